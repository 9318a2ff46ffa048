/* Taking back one's own last action; what was taken back can be done again. */

import { stuur, Weigering, zeg } from "./stuur.js";

const BEWAARD = "daeb-acties";
const MEESTE = 30;

export class Ongedaan {
  #knop = document.getElementById("ongedaan");
  #wie;
  #bijKlaar;
  #acties = lees();

  constructor(wie, bijKlaar) {
    this.#wie = wie;
    this.#bijKlaar = bijKlaar;
    this.#knop.addEventListener("click", () => this.#doe());
    this.#toon();
  }

  /** Note what was done, so that it can be taken back. */
  noteer(gebeurtenis, wat) {
    if (gebeurtenis === null) return;
    this.#acties = [...this.#acties, { gebeurtenis, wat }].slice(-MEESTE);
    this.#toon();
  }

  async #doe() {
    const laatste = this.#acties.at(-1);
    if (!laatste) return;
    try {
      const uitkomst = await this.#wie.schrijf(() => stuur("POST", `/api/gebeurtenissen/${laatste.gebeurtenis}/terugdraaien`));
      if (uitkomst === null) return;
      this.#acties = this.#acties.slice(0, -1);
      zeg(`Teruggedraaid: ${laatste.wat}.`);
      this.#bijKlaar(uitkomst);
    } catch (fout) {
      if (!(fout instanceof Weigering)) throw fout;
      if (fout.status === 412 || fout.status === 422) this.#acties = this.#acties.slice(0, -1);
      zeg(`Niet teruggedraaid. ${fout.message}`);
    } finally {
      this.#toon();
    }
  }

  #toon() {
    sessionStorage.setItem(BEWAARD, JSON.stringify(this.#acties));
    const laatste = this.#acties.at(-1);
    const had = document.activeElement === this.#knop;
    this.#knop.hidden = !laatste;
    if (laatste) this.#knop.textContent = `Draai terug: ${laatste.wat}`;
    else if (had) document.getElementById("nieuwe-locatie").focus();
  }
}

function lees() {
  try {
    return JSON.parse(sessionStorage.getItem(BEWAARD)) ?? [];
  } catch {
    return [];
  }
}
