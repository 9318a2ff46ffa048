/* What lies at a place: asked by a click, or with Enter for the middle of the map. */

import { maak } from "./dom.js";
import { toonDatum, toonOppervlakte } from "./getallen.js";
import { haal, meldFout } from "./melding.js";

const SOORTEN = {
  percelen: { woord: "Perceel", kop: perceelkop },
  bestemmingsvlakken: { woord: "Bestemming", kop: bestemmingskop },
};
const MEESTE = 12;

export class Plekkaart {
  #kaart;
  #lagen;
  #locaties;
  #kies;
  #vak;
  #rand;
  #bezig = null;

  /**
   * @param {L.Map} kaart
   * @param {object} opties  lagen: layers of tiles in the order in which their objects are listed;
   *   locaties(latlng): those at a place; kies(id): choose one
   */
  constructor(kaart, { lagen, locaties, kies }) {
    this.#kaart = kaart;
    this.#lagen = lagen;
    this.#locaties = locaties;
    this.#kies = kies;
    this.#rand = L.layerGroup().addTo(kaart);
    this.#vak = maak("section", { class: "plek", "aria-label": "Op deze plek", hidden: true });
    kaart.getContainer().after(this.#vak);
    const kruis = maak("div", { class: "richtkruis", "aria-hidden": "true" });
    kaart.getContainer().append(kruis);
    kaart.on("click", (gebeurtenis) => this.#bijKlik(gebeurtenis));
    kaart.getContainer().addEventListener("keydown", (gebeurtenis) => this.#bijToets(gebeurtenis));
    this.#vak.addEventListener("keydown", (gebeurtenis) => {
      if (gebeurtenis.key === "Escape") this.sluit();
    });
  }

  /** The objects of all layers at a point in RD. */
  vindOp(rd) {
    return this.#lagen.flatMap((laag) => laag.vindOp(rd));
  }

  /** Take the list away and give the focus back to the map. */
  sluit() {
    this.#bezig?.abort();
    const hadAandacht = this.#vak.contains(document.activeElement);
    this.#vak.hidden = true;
    this.#vak.replaceChildren();
    this.#rand.clearLayers();
    if (hadAandacht) this.#kaart.getContainer().focus({ preventScroll: true });
  }

  #bijKlik({ latlng, originalEvent }) {
    if (originalEvent.target.closest?.(".leaflet-interactive")) return;
    this.#prik(latlng, false);
  }

  #bijToets(gebeurtenis) {
    if (gebeurtenis.target !== this.#kaart.getContainer()) return;
    if (gebeurtenis.key === "Escape" && !this.#vak.hidden) this.sluit();
    if (gebeurtenis.key !== "Enter") return;
    gebeurtenis.preventDefault();
    this.#prik(this.#kaart.getCenter(), true);
  }

  #prik(latlng, metToets) {
    // Who marks does something else with a place.
    if (this.#kaart.getContainer().classList.contains("markeert")) return;
    this.#toon(this.#locaties(latlng), this.vindOp(L.CRS.RD.projection.project(latlng)), metToets);
  }

  async #toon(locaties, objecten, metToets) {
    this.#bezig?.abort();
    this.#bezig = new AbortController();
    this.#rand.clearLayers();
    const getoond = objecten.slice(0, MEESTE);
    const punten = getoond.map((object) => maak("li", {}, naam(object)));
    const knoppen = locaties.map((locatie) => maak("li", {}, this.#locatieknop(locatie)));
    this.#vak.replaceChildren(this.#kop(), lijst([...knoppen, ...punten], objecten.length - punten.length));
    this.#vak.hidden = false;
    if (metToets) this.#vak.querySelector("h3").focus({ preventScroll: true });
    const { signal } = this.#bezig;
    await Promise.all(getoond.map((object, plek) => this.#vulAan(object, punten[plek], signal)));
  }

  async #vulAan(object, punt, signal) {
    try {
      const [feature] = (await haal(object.adres, signal)).features;
      punt.replaceChildren(...SOORTEN[object.laag].kop(feature.properties));
      if (object.laag === "percelen") this.#omlijn(feature);
    } catch (fout) {
      meldFout("Wat op deze plek ligt", fout);
    }
  }

  #omlijn(feature) {
    for (const klasse of ["halo halo-buiten", "halo halo-binnen"]) {
      const opties = { pane: "selectie", style: { className: `${klasse} plek-rand`, fill: false } };
      const omtrek = L.geoJSON(feature, {
        ...opties,
        interactive: false,
        coordsToLatLng: ([x, y]) => L.CRS.RD.fromRd(x, y),
      });
      this.#rand.addLayer(omtrek);
    }
  }

  #locatieknop({ id, naam, hardheid }) {
    const knop = maak("button", { type: "button", class: "verwijzing" }, naam);
    knop.addEventListener("click", () => {
      this.sluit();
      this.#kies(id);
    });
    return maak("div", {}, knop, maak("span", { class: "klein" }, `Locatie, ${hardheid}`));
  }

  #kop() {
    const knop = maak("button", { type: "button", class: "sluit", "aria-label": "Sluit" });
    knop.append(maak("span", { "aria-hidden": "true" }, "×"));
    knop.addEventListener("click", () => this.sluit());
    return maak("div", { class: "plek-kop" }, maak("h3", { tabindex: "-1" }, "Op deze plek"), knop);
  }
}

function naam({ laag, klasse }) {
  return klasse === null || laag === "percelen" ? SOORTEN[laag].woord : `${SOORTEN[laag].woord} ${klasse}`;
}

function lijst(punten, rest) {
  if (!punten.length) {
    return maak("p", { class: "stil" }, "Hier ligt niets dat bij deze zoom op de kaart staat.");
  }
  const vak = maak("div", {}, maak("ul", { class: "plek-lijst" }, ...punten));
  if (rest) vak.append(maak("p", { class: "stil" }, `En nog ${rest}.`));
  return vak;
}

function perceelkop({ kolommen }) {
  const grootte = kolommen.kadastrale_grootte_m2;
  return [
    maak("b", {}, `Perceel ${kolommen.aanduiding ?? "zonder aanduiding"}`),
    maak("span", { class: "klein" }, [
      grootte === undefined ? null : toonOppervlakte(grootte),
      kolommen.eigenaar && `eigenaar ${kolommen.eigenaar}`,
    ].filter(Boolean).join(", ")),
  ];
}

function bestemmingskop({ kolommen, plan }) {
  const groep = kolommen.hoofdgroep;
  const zelfde = groep?.toLowerCase() === kolommen.naam?.toLowerCase();
  const status = [plan?.planstatus, plan?.datum && toonDatum(plan.datum)].filter(Boolean).join(" ");
  return [
    maak("b", {}, `Bestemming ${kolommen.naam ?? groep ?? "zonder naam"}`),
    maak("span", { class: "klein" }, [
      groep && !zelfde ? `hoofdgroep ${groep}` : null,
      plan?.naam ?? kolommen.idn,
      status,
    ].filter(Boolean).join(", ")),
  ];
}
