/* Screened parcels on the map: patterned by outcome, for the part of the map in view. */

import { pasInBeeld, rdGrenzen } from "./beeld.js";
import { maak } from "./dom.js";
import { toonGetal, toonOppervlakte } from "./getallen.js";
import { Kaderlaag } from "./kaderlaag.js";
import { meld } from "./melding.js";

const GROOTSTE_ZOOM_BIJ_KEUZE = 12;
const OMGEVING = 0.6;

const naarPlek = ([x, y]) => L.CRS.RD.fromRd(x, y);

export class Perceelkaart {
  #kaart;
  #halo;
  #selectie;
  #kaderVan;
  #laag;
  #perId = new Map();
  #teVeel = false;

  /**
   * @param {L.Map} kaart
   * @param {object} groepen  the layer groups kandidaten and selectie
   * @param {Selectie} selectie
   * @param {object} opties  adres of the parcels; kaderVan(id), their box in RD or null
   */
  constructor(kaart, groepen, selectie, { adres, kaderVan }) {
    this.#kaart = kaart;
    this.#halo = groepen.selectie;
    this.#selectie = selectie;
    this.#kaderVan = kaderVan;
    this.#laag = new Kaderlaag(kaart, groepen.kandidaten, {
      naam: "De laag percelen",
      adres,
      minZoom: 0,
      laag: (inhoud) => this.#maak(inhoud),
      na: (inhoud) => this.#na(inhoud),
    });
    selectie.addEventListener("keuze", ({ detail }) => this.#kies(detail));
  }

  /** Switch the parcels on or off. */
  schakel(aan) {
    this.#laag.schakel(aan);
  }

  #maak(inhoud) {
    this.#perId.clear();
    return L.geoJSON(inhoud, {
      pane: "kandidaten",
      coordsToLatLng: naarPlek,
      style: ({ properties }) => stijl(properties),
      onEachFeature: ({ properties }, vorm) => {
        this.#perId.set(properties.id, vorm);
        vorm.on("click", () => this.#selectie.kies(properties.id, "kaart"));
        vorm.bindTooltip(() => naamkaartje(properties), { sticky: true, pane: "tooltipPane" });
      },
    });
  }

  #na(inhoud) {
    if (inhoud === null) this.#perId.clear();
    const teVeel = inhoud !== null && !inhoud.volledig;
    const tekst = teVeel ? `Te veel percelen in beeld (${toonGetal(inhoud.aantal)}). Zoom verder in.` : "";
    document.getElementById("noot-kandidaten").textContent = tekst;
    if (teVeel || this.#teVeel) meld(tekst);
    this.#teVeel = teVeel;
    this.#merk();
  }

  #kies({ id, vanaf }) {
    const kader = vanaf === "kaart" ? null : this.#kaderVan(id);
    if (kader) {
      pasInBeeld(this.#kaart, rdGrenzen(kader).pad(OMGEVING), { maxZoom: GROOTSTE_ZOOM_BIJ_KEUZE });
    }
    this.#merk();
  }

  /** Put a halo around the chosen parcel, as soon as the map has it. */
  #merk() {
    this.#halo.clearLayers();
    const vorm = this.#perId.get(this.#selectie.id);
    if (!vorm) return;
    for (const klasse of ["halo halo-buiten", "halo halo-binnen"]) {
      const omtrek = { pane: "kandidaten", className: klasse, fill: false, interactive: false };
      this.#halo.addLayer(L.polygon(vorm.getLatLngs(), omtrek));
    }
    // Neighbours touch: the halo lies over them, and the parcel over its halo.
    vorm.bringToFront();
  }
}

function stijl({ uitkomst, kandidaat }) {
  const code = kandidaat ? uitkomst : "niet";
  return {
    className: `perceel perceel-${code}`,
    fillColor: `url(#patroon-${code})`,
    fillOpacity: 1,
    weight: 1.5,
  };
}

function naamkaartje({ aanduiding, label, oppervlakte_m2: m2 }) {
  const naam = maak("b", {}, aanduiding ?? "zonder aanduiding");
  return maak("div", {}, naam, maak("br"), `${label}, ${toonOppervlakte(m2)}`);
}
