/* Bringing the page up to date with the register, without moving what the user is at. */

import { haal, meldFout } from "./melding.js";

const RUST_MS = 120;

export class Vernieuwer {
  #lijst;
  #kaart;
  #paneel;
  #ids = new Set();
  #alles = false;
  #daarna = [];
  #wekker = null;
  #loop = null;

  constructor({ lijst, kaart, paneel }) {
    this.#lijst = lijst;
    this.#kaart = kaart;
    this.#paneel = paneel;
  }

  /** Renew soon; changes that come together are shown together. `daarna` runs after it. */
  straks(ids, { alles = false, daarna = null } = {}) {
    for (const id of ids) this.#ids.add(id);
    this.#alles ||= alles;
    if (daarna) this.#daarna.push(daarna);
    this.#wekker ??= setTimeout(() => this.nu(), RUST_MS);
  }

  /** Renew list, balans, map and panel; who asks during a round gets one more after it. */
  async nu() {
    clearTimeout(this.#wekker);
    this.#wekker = null;
    const eerder = this.#loop;
    const ronde = Promise.resolve(eerder).then(() => this.#werkBij());
    this.#loop = ronde;
    await ronde;
  }

  async #werkBij() {
    const [ids, alles, daarna] = [this.#ids, this.#alles, this.#daarna];
    [this.#ids, this.#alles, this.#daarna] = [new Set(), false, []];
    try {
      // The parts wait for the verdict; the map must not be asked before it is there.
      const delen = await haalDelen();
      const { features } = await haal("/api/locaties");
      vervang(delen, ".regio");
      vervang(delen, "#balansvak");
      this.#lijst.vernieuw(delen.querySelector("#locaties tbody"));
      this.#kaart.vervang(features);
      if (this.#lijst.mist(this.#paneel.id)) this.#paneel.vervallen();
      else if (alles || ids.has(this.#paneel.id)) await this.#paneel.vernieuw();
      for (const doe of daarna) doe();
    } catch (fout) {
      meldFout("De nieuwste stand", fout);
    }
  }
}

async function haalDelen() {
  const antwoord = await fetch("/delen", { headers: { Accept: "text/html" } });
  if (!antwoord.ok) throw new Error("Vernieuw de pagina.");
  return new DOMParser().parseFromString(await antwoord.text(), "text/html");
}

/** Put a part in the place of its older self; focus and scrolling stay. */
function vervang(delen, keuze) {
  const oud = document.querySelector(keuze);
  const nieuw = document.importNode(delen.querySelector(keuze), true);
  if (oud.innerHTML === nieuw.innerHTML) return;
  const had = oud.contains(document.activeElement) ? [...oud.querySelectorAll("*")].indexOf(document.activeElement) : null;
  const rollen = [...oud.querySelectorAll("[tabindex='0']")].map((rol) => rol.scrollLeft);
  oud.replaceWith(nieuw);
  nieuw.querySelectorAll("[tabindex='0']").forEach((rol, plek) => {
    rol.scrollLeft = rollen[plek] ?? 0;
  });
  if (had !== null) (had < 0 ? nieuw : nieuw.querySelectorAll("*")[had])?.focus({ preventScroll: true });
}
