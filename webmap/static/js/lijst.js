/* The list beside the map: one Tab stop, arrow keys within, and a small filter. */

import { toonGetal } from "./getallen.js";
import { kiesMetToets, knop, schuifInBeeld, zetTabstop } from "./rijen.js";

export class Lijst {
  #rijen;
  #rol;
  #selectie;
  #bijFilter;
  #lichaam;

  constructor(tabel, selectie, bijFilter) {
    this.#selectie = selectie;
    this.#bijFilter = bijFilter;
    this.#lichaam = tabel.tBodies[0];
    this.#rijen = [...this.#lichaam.rows];
    this.#rol = tabel.parentElement;
    // The panel opens below the list and makes it shorter.
    new ResizeObserver(() => this.#brengInBeeld()).observe(this.#rol);
    tabel.tBodies[0].addEventListener("click", (gebeurtenis) => this.#klik(gebeurtenis));
    tabel.tBodies[0].addEventListener("keydown", (gebeurtenis) => this.#toets(gebeurtenis));
    selectie.addEventListener("keuze", ({ detail }) => this.#toon(detail));
    this.zoek = document.getElementById("zoek");
    this.hardheid = document.getElementById("filter-hardheid");
    this.zoek.addEventListener("input", () => this.#filter());
    this.hardheid.addEventListener("change", () => this.#filter());
  }

  /** Whether the list has a locatie with this id. */
  kent(id) {
    return this.#rij(id) !== undefined;
  }

  /** Whether a locatie that is asked for is no longer there; nothing asked is never missed. */
  mist(id) {
    return id !== null && !this.kent(id);
  }

  /** Return the name of a locatie as the list has it. */
  naam(id) {
    return knop(this.#rij(id))?.textContent ?? "";
  }

  /** Take the rows of a newer list; filter, choice, Tab stop and focus stay. */
  vernieuw(lichaam) {
    const oud = new Map(this.#rijen.map((rij) => [rij.dataset.id, rij]));
    const stop = this.#rijen.find((rij) => knop(rij).tabIndex === 0)?.dataset.id;
    const had = document.activeElement?.closest("#locaties tr")?.dataset.id;
    this.#rijen = [...lichaam.rows].map((rij) => {
      const nieuw = document.importNode(rij, true);
      const zelfde = oud.get(nieuw.dataset.id);
      return zelfde && zelfde.textContent === nieuw.textContent ? zelfde : nieuw;
    });
    this.#lichaam.replaceChildren(...this.#rijen);
    for (const rij of this.#rijen) {
      rij.setAttribute("aria-selected", String(rij.dataset.id === this.#selectie.id));
    }
    if (this.#rijen.length) this.#zetStop(this.#rij(stop) ?? this.#rijen[0]);
    this.#filter();
    if (had) (knop(this.#rij(had)) ?? knop(this.#rijen[0]))?.focus({ preventScroll: true });
  }

  /** Put the keyboard back on the row of a locatie. */
  focus(id) {
    knop(this.#rij(id))?.focus();
  }

  #rij(id) {
    return this.#rijen.find((rij) => rij.dataset.id === id);
  }

  #klik(gebeurtenis) {
    const rij = gebeurtenis.target.closest("tr");
    if (!rij) return;
    this.#zetStop(rij);
    this.#selectie.kies(rij.dataset.id, "lijst");
  }

  #toets(gebeurtenis) {
    const rij = kiesMetToets(gebeurtenis, this.#rijen.filter((andere) => !andere.hidden));
    if (!rij) return;
    this.#zetStop(rij);
    knop(rij).focus();
  }

  #toon({ id, vorige, vanaf }) {
    this.#rij(vorige)?.setAttribute("aria-selected", "false");
    const rij = this.#rij(id);
    if (!rij) return;
    if (rij.hidden) this.#wisFilter();
    rij.setAttribute("aria-selected", "true");
    this.#zetStop(rij);
    this.#brengInBeeld();
  }

  /** Scroll the list, and only the list, so far that the chosen row is seen. */
  #brengInBeeld() {
    const rij = this.#rij(this.#selectie.id);
    if (!rij || rij.hidden) return;
    schuifInBeeld(this.#rol, rij);
  }

  /** Make one row the Tab stop of the whole list. */
  #zetStop(rij) {
    zetTabstop(this.#rijen, rij);
  }

  #wisFilter() {
    this.zoek.value = "";
    this.hardheid.value = "";
    this.#filter();
  }

  #filter() {
    const woorden = this.zoek.value.toLowerCase().split(/\s+/).filter(Boolean);
    const hardheid = this.hardheid.value;
    const over = new Set();
    for (const rij of this.#rijen) {
      const past =
        (!hardheid || rij.dataset.hardheid === hardheid) &&
        woorden.every((woord) => rij.dataset.zoek.includes(woord));
      rij.hidden = !past;
      if (past) over.add(rij.dataset.id);
    }
    this.#zegAantal(over.size);
    const eerste = this.#rijen.find((rij) => !rij.hidden);
    const stop = this.#rijen.find((rij) => knop(rij).tabIndex === 0);
    if (eerste && (!stop || stop.hidden)) this.#zetStop(eerste);
    this.#bijFilter(over);
  }

  #zegAantal(over) {
    const alle = this.#rijen.length;
    document.getElementById("lijst-leeg").hidden = over > 0;
    document.getElementById("lijst-aantal").textContent =
      over === alle
        ? `${toonGetal(alle)} locatie${alle === 1 ? "" : "s"}`
        : `${toonGetal(over)} van ${toonGetal(alle)} locaties`;
  }
}
