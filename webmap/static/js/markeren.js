/* Marking a new locatie: tap percelen, by hand, by keyboard or from the list of those in view. */

import { maak } from "./dom.js";
import { toonGetal, toonOppervlakte } from "./getallen.js";
import { Markeerkaart } from "./markeren-kaart.js";
import { haal } from "./melding.js";
import { stuur, Weigering } from "./stuur.js";

const BEWAARD = "daeb-markering";
const RUST_MS = 250;

export class Markeren {
  #kaart;
  #wie;
  #bijKlaar;
  #laag;
  #gekozen = new Map();
  #aan = false;
  #bezig = false;
  #wekker = null;
  #vak = document.getElementById("markeervak");
  #zijde = document.getElementById("zijde");
  #knop = document.getElementById("nieuwe-locatie");
  #inBeeld = document.getElementById("markeer-inbeeld");

  /**
   * @param {L.Map} kaart
   * @param {Wie} wie
   * @param {function} bijKlaar  gets what the server answered when the locatie was made
   */
  constructor(kaart, wie, bijKlaar) {
    this.#kaart = kaart;
    this.#wie = wie;
    this.#bijKlaar = bijKlaar;
    this.#laag = new Markeerkaart(kaart, (x, y) => this.#tik(x, y));
    for (const perceel of lees()) this.#gekozen.set(perceel.properties.id, perceel);
    this.#knop.addEventListener("click", () => (this.#aan ? this.#stop() : this.#begin()));
    const bij = (id, doe) => document.getElementById(id).addEventListener("click", doe);
    bij("markeer-maak", () => this.#maak());
    bij("markeer-stop", () => this.#stop());
    bij("markeer-wis", () => this.#wis());
    bij("markeer-kaart", () => kaart.getContainer().focus());
    for (const element of [this.#vak, kaart.getContainer()]) {
      element.addEventListener("keydown", ({ key }) => key === "Escape" && this.#aan && this.#stop());
    }
    this.#inBeeld.addEventListener("toggle", () => this.#ververs());
    kaart.on("moveend", () => {
      clearTimeout(this.#wekker);
      this.#wekker = setTimeout(() => this.#ververs(), RUST_MS);
    });
    this.#noemKnop();
  }

  #begin() {
    this.#aan = true;
    this.#vak.hidden = false;
    this.#zijde.classList.add("markeert");
    this.#laag.schakel(true);
    this.#toon();
    this.#ververs();
    this.#noemKnop();
    document.getElementById("markeer-kop").focus();
  }

  /** Leave the mode; what was chosen is kept for later. */
  #stop() {
    this.#aan = false;
    this.#vak.hidden = true;
    this.#zijde.classList.remove("markeert");
    this.#laag.schakel(false);
    this.#noemKnop();
    this.#knop.focus();
  }

  #noemKnop() {
    this.#knop.setAttribute("aria-pressed", String(this.#aan));
    const aantal = this.#gekozen.size;
    this.#knop.textContent = aantal && !this.#aan ? `Nieuwe locatie (${noem(aantal)} gekozen)` : "Nieuwe locatie";
  }

  #wis() {
    this.#gekozen.clear();
    this.#toon();
    document.getElementById("markeer-kop").focus();
  }

  async #tik(x, y) {
    try {
      const { features } = await haal(`/api/percelen?punt=${x.toFixed(3)},${y.toFixed(3)}`);
      if (features.length) this.#wissel(features[0]);
      else this.#zegStand("Hier ligt geen perceel. ");
    } catch (fout) {
      this.#zegFout(`Het perceel is niet op te halen. ${fout.message}`);
    }
  }

  #wissel(perceel) {
    const { id } = perceel.properties;
    if (!this.#gekozen.delete(id)) this.#gekozen.set(id, perceel);
    this.#toon();
  }

  #toon() {
    const percelen = [...this.#gekozen.values()];
    localStorage.setItem(BEWAARD, JSON.stringify(percelen));
    this.#laag.teken(percelen);
    this.#zegFout("");
    this.#zegStand("");
    document.getElementById("markeer-maak").setAttribute("aria-disabled", String(!percelen.length));
    const regels = percelen.map((perceel) => this.#regel(perceel));
    document.getElementById("markeer-lijst").replaceChildren(...regels);
    for (const vakje of this.#inBeeld.querySelectorAll("input")) vakje.checked = this.#gekozen.has(vakje.value);
  }

  #regel(perceel) {
    const { aanduiding, oppervlakte_m2: m2 } = perceel.properties;
    const weg = maak("button", { type: "button", class: "knop-weg", "aria-label": `Haal ${aanduiding} weg` }, maak("span", { "aria-hidden": "true" }, "×"));
    weg.addEventListener("click", () => {
      this.#wissel(perceel);
      const eerste = document.querySelector("#markeer-lijst button");
      (eerste ?? document.getElementById("markeer-kop")).focus();
    });
    return maak("li", {}, maak("span", {}, aanduiding), maak("span", { class: "getal" }, toonOppervlakte(m2)), weg);
  }

  #zegStand(vooraf) {
    const percelen = [...this.#gekozen.values()];
    const m2 = percelen.reduce((som, { properties }) => som + properties.oppervlakte_m2, 0);
    document.getElementById("markeer-stand").textContent = percelen.length
      ? `${vooraf}${noem(percelen.length)}, samen ${toonOppervlakte(m2)}.`
      : `${vooraf}Nog geen perceel gekozen.`;
  }

  #zegFout(tekst) {
    document.getElementById("markeer-fout").textContent = tekst;
  }

  /** List the percelen in view, so that they can be chosen without the map. */
  async #ververs() {
    if (!this.#aan || !this.#inBeeld.open) return;
    const noot = document.getElementById("markeer-noot");
    const { features, volledig, aantal } = await haal(`/api/percelen?bbox=${this.#laag.kader().join(",")}`);
    noot.textContent = zegInBeeld(features.length, volledig, aantal);
    const regels = features.map((perceel) => {
      const { id, aanduiding, oppervlakte_m2: m2 } = perceel.properties;
      const vakje = maak("input", { type: "checkbox", value: id, checked: this.#gekozen.has(id) });
      vakje.addEventListener("change", () => this.#wissel(perceel));
      return maak("li", {}, maak("label", { class: "vinkje" }, vakje, `${aanduiding}, ${toonOppervlakte(m2)}`));
    });
    this.#inBeeld.querySelector("ul").replaceChildren(...regels);
  }

  async #maak() {
    if (this.#bezig) return;
    if (!this.#gekozen.size) {
      this.#zegFout("Kies eerst ten minste een perceel.");
      return;
    }
    this.#bezig = true;
    const percelen = [...this.#gekozen.keys()];
    const bbox = this.#laag.omvang([...this.#gekozen.values()]);
    try {
      const uitkomst = await this.#wie.schrijf(() => stuur("POST", "/api/locaties", { percelen, bbox }));
      if (uitkomst === null) return;
      this.#gekozen.clear();
      this.#toon();
      this.#stop();
      this.#bijKlaar(uitkomst);
    } catch (fout) {
      if (!(fout instanceof Weigering)) throw fout;
      this.#zegFout(fout.message);
    } finally {
      this.#bezig = false;
    }
  }
}

function noem(aantal) {
  return `${toonGetal(aantal)} ${aantal === 1 ? "perceel" : "percelen"}`;
}

function zegInBeeld(getoond, volledig, aantal) {
  if (volledig) return getoond ? "" : "Er ligt geen perceel in beeld.";
  return aantal ? `Er liggen ${toonGetal(aantal)} percelen in beeld. Zoom verder in.` : "Zoom in om percelen te kunnen kiezen.";
}

function lees() {
  try {
    return JSON.parse(localStorage.getItem(BEWAARD)) ?? [];
  } catch {
    return [];
  }
}
