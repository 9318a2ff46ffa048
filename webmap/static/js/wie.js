/* Who one is: chosen once, and said again by itself when the server has forgotten it. */

import { maak } from "./dom.js";
import { haal } from "./melding.js";
import { stuur, Weigering, zeg } from "./stuur.js";

const BEWAARD = "daeb-ik";

export class Wie extends EventTarget {
  #dialoog = document.getElementById("wie-dialoog");
  #knop = document.getElementById("wie");
  #partijen = new Map();
  #klaar = null;
  naam = null;
  partij = null;

  constructor() {
    super();
    this.#knop.addEventListener("click", () => this.vraag());
    this.#dialoog.querySelector("form").addEventListener("submit", (gebeurtenis) => {
      gebeurtenis.preventDefault();
      this.#zet();
    });
    this.#dialoog.querySelector("[data-sluit]").addEventListener("click", () => this.#dialoog.close());
    this.#dialoog.addEventListener("close", () => {
      this.#klaar?.(this.naam !== null);
      this.#klaar = null;
    });
  }

  /** Learn from the server who this is; tell it again when it has forgotten. */
  async begin() {
    this.#neem(await haal("/api/ik"));
    const bewaard = leesBewaard();
    if (this.naam === null && bewaard) {
      await stuur("PUT", "/api/ik", bewaard).then((ik) => this.#neem(ik), () => undefined);
    }
  }

  /** Return the name of a party as people say it. */
  label(partij) {
    return this.#partijen.get(partij) ?? partij ?? "";
  }

  /** Put the names of parties in a sentence: `Anna (gemeente 9001)` becomes readable. */
  noemPartijen(zin) {
    return zin.replace(/\(([^()]+)\)/g, (geheel, partij) => {
      const label = this.#partijen.get(partij);
      return label ? `(${label})` : geheel;
    });
  }

  /** Ask who this is; resolves to whether it is known then. */
  vraag() {
    this.#zegFout("");
    this.#dialoog.showModal();
    return new Promise((klaar) => {
      this.#klaar = klaar;
    });
  }

  /** Do something that writes; ask first who it is where that is not known. */
  async schrijf(actie) {
    if (this.naam === null && !(await this.vraag())) return null;
    try {
      return await actie();
    } catch (fout) {
      if (!(fout instanceof Weigering) || fout.inhoud.code !== "wie_onbekend") throw fout;
      // The server was started anew: its cookie is no longer known.
      await stuur("PUT", "/api/ik", { naam: this.naam, partij: this.partij });
      return actie();
    }
  }

  async #zet() {
    const velden = this.#dialoog.querySelector("form").elements;
    const keuze = { naam: velden.naam.value.trim(), partij: velden.partij.value };
    try {
      this.#neem(await stuur("PUT", "/api/ik", keuze));
      localStorage.setItem(BEWAARD, JSON.stringify(keuze));
      this.#dialoog.close();
      zeg(`U werkt nu als ${this.naam}, ${this.label(this.partij)}.`);
      this.dispatchEvent(new Event("anders"));
    } catch (fout) {
      this.#zegFout(fout.message);
    }
  }

  #zegFout(tekst) {
    document.getElementById("wie-fout").textContent = tekst;
  }

  #neem({ naam, partij, partijen }) {
    this.naam = naam;
    this.partij = partij;
    this.#partijen = new Map(partijen.map(({ waarde, label }) => [waarde, label]));
    const { naam: invoer, partij: keuze } = this.#dialoog.querySelector("form").elements;
    keuze.replaceChildren(
      maak("option", { value: "" }, "Kies een partij"),
      ...partijen.map(({ waarde, label }) => maak("option", { value: waarde }, label)),
    );
    if (naam) invoer.value = naam;
    keuze.value = partij ?? "";
    this.#knop.textContent = naam ? `${naam}, ${this.label(partij)}` : "Wie bent u?";
  }
}

function leesBewaard() {
  try {
    return JSON.parse(localStorage.getItem(BEWAARD));
  } catch {
    return null;
  }
}
