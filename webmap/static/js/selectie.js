/* Which locatie is chosen: the one fact that map, list and panel share. */

export class Selectie extends EventTarget {
  #id = null;

  get id() {
    return this.#id;
  }

  /** Choose a locatie, or none with null; `vanaf` says where: "kaart", "lijst", "paneel". */
  kies(id, vanaf) {
    if (id === this.#id && vanaf !== "lijst") return;
    const vorige = this.#id;
    this.#id = id;
    this.dispatchEvent(new CustomEvent("keuze", { detail: { id, vorige, vanaf } }));
  }
}
