/* The list of parcels: rows and map follow each other, over the pages that the server cuts. */

import { meld, meldFout } from "./melding.js";
import { kiesMetToets, knop, schuifInBeeld, zetTabstop } from "./rijen.js";

export class Perceellijst {
  #vak;
  #selectie;

  /**
   * @param {HTMLElement} vak  holds the table and the links to other pages
   * @param {Selectie} selectie
   */
  constructor(vak, selectie) {
    this.#vak = vak;
    this.#selectie = selectie;
    vak.addEventListener("click", (gebeurtenis) => this.#klik(gebeurtenis));
    vak.addEventListener("keydown", (gebeurtenis) => this.#toets(gebeurtenis));
    selectie.addEventListener("keuze", ({ detail }) => this.#kies(detail));
  }

  /** Choose the parcel that the address names. */
  herneem() {
    const rij = this.#vak.querySelector("tr[aria-selected=true]");
    if (rij) this.#selectie.kies(rij.dataset.id, "adres");
  }

  /** Return the box of a parcel in RD metres; null when its row is on another page. */
  kader(id) {
    return this.#rij(id)?.dataset.bbox.split(",").map(Number) ?? null;
  }

  get #rijen() {
    return [...this.#vak.querySelectorAll("tbody tr")];
  }

  #rij(id) {
    return this.#rijen.find((rij) => rij.dataset.id === id);
  }

  #klik(gebeurtenis) {
    const rij = gebeurtenis.target.closest("tbody tr");
    if (rij) this.#selectie.kies(rij.dataset.id, "lijst");
  }

  #toets(gebeurtenis) {
    if (!gebeurtenis.target.closest("tbody tr")) return;
    const rijen = this.#rijen;
    const rij = kiesMetToets(gebeurtenis, rijen);
    if (!rij) return;
    zetTabstop(rijen, rij);
    knop(rij).focus();
  }

  async #kies({ id }) {
    const adres = new URL(window.location.href);
    adres.searchParams.set("perceel", id);
    adres.searchParams.delete("pagina");
    window.history.replaceState(null, "", adres);
    if (!this.#rij(id)) await this.#haal(adres);
    // Another parcel may have been chosen while the page was on its way.
    if (id === this.#selectie.id) this.#toon(id);
  }

  /** Fetch the page of the list on which the parcel stands, in place of the one shown. */
  async #haal(adres) {
    try {
      const antwoord = await fetch(adres, { headers: { Accept: "text/html" } });
      if (!antwoord.ok) throw new Error("Vernieuw de pagina.");
      const pagina = new DOMParser().parseFromString(await antwoord.text(), "text/html");
      this.#vak.replaceChildren(...pagina.getElementById(this.#vak.id).childNodes);
      meld("");
    } catch (fout) {
      meldFout("De lijst met percelen", fout);
    }
  }

  #toon(id) {
    const rijen = this.#rijen;
    for (const rij of rijen) rij.setAttribute("aria-selected", String(rij.dataset.id === id));
    const gekozen = this.#rij(id);
    if (!gekozen) return;
    zetTabstop(rijen, gekozen);
    schuifInBeeld(this.#vak.querySelector(".lijst-rol"), gekozen);
  }
}
