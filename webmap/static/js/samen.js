/* Working on it together: who one is, marking, the form, what others do, and taking back. */

import { maak } from "./dom.js";
import { Formulier } from "./formulier.js";
import { concept } from "./formulier-waarden.js";
import { maakGeschiedenis } from "./geschiedenis.js";
import { toonAanwezig, vertel } from "./live-aanwezig.js";
import { Vernieuwer } from "./live-vernieuw.js";
import { Live } from "./live.js";
import { Markeren } from "./markeren.js";
import { meldFout } from "./melding.js";
import { Ongedaan } from "./ongedaan.js";
import { zeg } from "./stuur.js";
import { Wie } from "./wie.js";

export class Samen {
  #wie = new Wie();
  #live;
  #ongedaan;
  #vernieuwer;
  #selectie;
  #lijst;
  #paneel;

  /** @param {number} stand  the last event that the page shows */
  constructor(stand, kaart, selectie) {
    this.#selectie = selectie;
    this.#live = new Live(stand);
    this.#ongedaan = new Ongedaan(this.#wie, (uitkomst) => this.#verwerk(uitkomst));
    new Markeren(kaart, this.#wie, (uitkomst) => this.#gemaakt(uitkomst));
    this.#wie.addEventListener("anders", () => this.#live.opnieuw());
    selectie.addEventListener("keuze", () => this.#live.bewerk(null));
  }

  /** What the panel shows beside the details of a locatie. */
  get delen() {
    return {
      knoppen: (locatie) => this.#knoppen(locatie),
      staart: (locatie) => maakGeschiedenis(locatie.id, this.#wie),
    };
  }

  /** Begin, once list, map and panel are there. */
  begin({ lijst, kaart, paneel }) {
    this.#lijst = lijst;
    this.#paneel = paneel;
    this.#vernieuwer = new Vernieuwer({ lijst, kaart, paneel });
    this.#live.addEventListener("wijziging", ({ detail }) => this.#hoor(detail));
    this.#live.addEventListener("aanwezig", ({ detail }) => toonAanwezig(detail, this.#wie));
    this.#wie
      .begin()
      .then(() => this.#wie.naam && this.#live.opnieuw())
      .catch((fout) => meldFout("Wie u bent", fout));
  }

  #knoppen(locatie) {
    const verder = concept.lees(locatie.id) !== null;
    const bewerk = maak(
      "button",
      { type: "button", class: "knop", "data-sleutel": "bewerk" },
      verder ? "Verder met uw concept" : "Bewerk",
    );
    bewerk.addEventListener("click", () => this.#bewerk(locatie, false));
    return maak("div", { class: "paneel-knoppen" }, bewerk);
  }

  async #bewerk(locatie, nieuw) {
    if (!this.#wie.naam && !(await this.#wie.vraag())) return;
    const formulier = await Formulier.maak(locatie, {
      wie: this.#wie,
      nieuw,
      bijKlaar: (uitkomst) => this.#klaar(locatie, uitkomst),
    });
    this.#paneel.toonFormulier(formulier);
    this.#live.bewerk(locatie.id);
    formulier.focus();
  }

  async #klaar(locatie, uitkomst) {
    this.#live.bewerk(null);
    if (uitkomst === null) {
      await this.#paneel.sluitFormulier();
      return;
    }
    this.#ongedaan.noteer(uitkomst.gebeurtenis, `wijziging van ${uitkomst.locaties[0]?.naam ?? locatie.naam}`);
    await this.#paneel.sluitFormulier();
    zeg(`Opgeslagen. ${zegUitkomst(uitkomst)}`);
    await this.#vernieuwer.nu();
  }

  async #gemaakt(uitkomst) {
    const [locatie] = uitkomst.locaties;
    this.#ongedaan.noteer(uitkomst.gebeurtenis, `maken van ${locatie.naam}`);
    zeg(`Locatie gemaakt. ${zegUitkomst(uitkomst)}`);
    // The verdict is in the answer: it is shown before the rest of the page is renewed.
    this.#paneel.toon(locatie);
    await this.#bewerk(locatie, true);
    await this.#vernieuwer.nu();
    this.#selectie.kies(locatie.id, "gemaakt");
  }

  async #verwerk(uitkomst) {
    await this.#vernieuwer.nu();
    await this.#paneel.vernieuw();
    const eerste = uitkomst.locaties[0];
    if (eerste && !this.#paneel.formulier) this.#selectie.kies(eerste.id, "ongedaan");
  }

  #hoor({ gebeurtenissen, opnieuw }) {
    const ids = gebeurtenissen.flatMap((g) => g.locaties);
    this.#vernieuwer.straks(ids, {
      alles: opnieuw,
      daarna: () => this.#vertel(gebeurtenissen, ids),
    });
  }

  /** Tell what others did, once the page shows it: then the names are known too. */
  #vertel(gebeurtenissen, ids) {
    const tekst = vertel(gebeurtenissen, this.#wie, (id) => this.#lijst.naam(id));
    if (!tekst) return;
    zeg(tekst);
    const { formulier } = this.#paneel;
    if (formulier && ids.includes(formulier.id)) formulier.meldElders(tekst);
  }
}

/** Say the verdict and what it does to the balans. */
function zegUitkomst({ locaties: [locatie], effect }) {
  const oordeel = locatie ? `${locatie.oordeel.hardheid.label}. ` : "";
  return oordeel + (effect.length ? effect.map(({ zin }) => zin).join(" ") : "De balans verandert niet.");
}
