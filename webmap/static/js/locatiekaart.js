/* Locaties on the map: a patterned shape, or a patterned dot while the shape is too small. */

import { pasInBeeld } from "./beeld.js";
import { maak } from "./dom.js";

const KLEINSTE_VORM_PX = 16;
const STRAAL_PX = 8;
const STRAAL_VER_PX = 6;
const RAND_STIP_PX = 2;
const VER_TOT_ZOOM = 7;
const GROOTSTE_ZOOM_BIJ_KEUZE = 12;
const OMGEVING = 0.35;

const naarPlek = ([x, y]) => L.CRS.RD.fromRd(x, y);

export class Locatiekaart {
  #kaart;
  #groep;
  #halo;
  #perId = new Map();
  #zichtbaar = null;
  #gekozen = null;

  constructor(kaart, groep, halo, selectie) {
    this.#kaart = kaart;
    this.#groep = groep;
    this.#halo = halo;
    this.selectie = selectie;
    kaart.on("zoomend", () => this.#teken());
    selectie.addEventListener("keuze", ({ detail }) => this.#kies(detail.id, detail.vanaf));
  }

  /** Take the features of all locaties, in the order of the list. */
  vul(features) {
    for (const feature of features) this.#perId.set(feature.properties.id, this.#maak(feature));
    this.#teken();
    this.#kies(this.selectie.id, "adres");
  }

  /** Take newer features; what did not change stays as it is, and the map does not move. */
  vervang(features) {
    const oud = this.#perId;
    this.#perId = new Map();
    for (const feature of features) {
      const { id } = feature.properties;
      const eerder = oud.get(id);
      const gelijk = eerder?.tekst === JSON.stringify(feature);
      this.#perId.set(id, gelijk ? eerder : this.#maak(feature));
      if (gelijk) oud.delete(id);
    }
    for (const { stip, vorm } of oud.values()) {
      this.#zet(stip, false);
      this.#zet(vorm, false);
    }
    this.#teken();
  }

  /** Show only the locaties with these ids. */
  filter(ids) {
    this.#zichtbaar = ids;
    this.#teken();
  }

  /** The locaties that are drawn at a place: [{id, naam, hardheid}]. */
  opPlek(latlng) {
    const punt = this.#kaart.latLngToLayerPoint(latlng);
    const raakt = ({ stip, vorm }) =>
      (this.#groep.hasLayer(stip) && raaktStip(this.#kaart, stip, punt)) ||
      (vorm !== null && this.#groep.hasLayer(vorm) && vorm.getLayers().some((deel) => deel._containsPoint(punt)));
    return [...this.#perId.values()].filter(raakt).map(({ gegevens }) => gegevens);
  }

  #maak(feature) {
    const { hardheid, punt } = feature.properties;
    const stijl = {
      pane: "locaties",
      className: `locatie locatie-${hardheid}`,
      fillColor: `url(#patroon-${hardheid})`,
      fillOpacity: 1,
      weight: 2,
    };
    const stip = L.circleMarker(naarPlek(punt), { ...stijl, radius: STRAAL_PX });
    const vorm =
      feature.geometry.type === "Point"
        ? null
        : L.geoJSON(feature, { coordsToLatLng: naarPlek, style: stijl, pane: "locaties" });
    for (const laag of [stip, vorm]) {
      laag?.on("click", () => this.selectie.kies(feature.properties.id, "kaart"));
      laag?.bindTooltip(() => naamkaartje(feature.properties), { sticky: true, pane: "tooltipPane" });
    }
    return { stip, vorm, gegevens: feature.properties, tekst: JSON.stringify(feature) };
  }

  #teken() {
    const straal = this.#kaart.getZoom() < VER_TOT_ZOOM ? STRAAL_VER_PX : STRAAL_PX;
    for (const [id, locatie] of this.#perId) {
      const zichtbaar = !this.#zichtbaar || this.#zichtbaar.has(id);
      const alsVorm = locatie.vorm !== null && this.#size(locatie.vorm) >= KLEINSTE_VORM_PX;
      this.#zet(locatie.vorm, zichtbaar && alsVorm);
      locatie.stip.setRadius(straal);
      this.#zet(locatie.stip, zichtbaar && !alsVorm);
    }
    this.#merk();
  }

  #size(vorm) {
    const kader = vorm.getBounds();
    const een = this.#kaart.latLngToLayerPoint(kader.getSouthWest());
    const ander = this.#kaart.latLngToLayerPoint(kader.getNorthEast());
    return Math.max(Math.abs(ander.x - een.x), Math.abs(ander.y - een.y));
  }

  #zet(laag, aan) {
    if (!laag || this.#groep.hasLayer(laag) === aan) return;
    if (aan) this.#groep.addLayer(laag);
    else this.#groep.removeLayer(laag);
  }

  #kies(id, vanaf) {
    this.#gekozen = id;
    const locatie = this.#perId.get(id);
    if (locatie && vanaf !== "kaart") this.#breng(locatie);
    this.#merk();
  }

  #breng(locatie) {
    const kader = locatie.vorm?.getBounds() ?? locatie.stip.getLatLng().toBounds(200);
    pasInBeeld(this.#kaart, kader.pad(OMGEVING), { maxZoom: GROOTSTE_ZOOM_BIJ_KEUZE });
  }

  /** Put a halo under the chosen locatie. */
  #merk() {
    this.#halo.clearLayers();
    const locatie = this.#perId.get(this.#gekozen);
    if (!locatie) return;
    const alsVorm = locatie.vorm && this.#groep.hasLayer(locatie.vorm);
    // Above a locatie that it overlaps: the chosen one must be seen whole.
    if (alsVorm) locatie.vorm.bringToFront();
    else if (this.#groep.hasLayer(locatie.stip)) locatie.stip.bringToFront();
    for (const klasse of ["halo halo-buiten", "halo halo-binnen"]) {
      const stijl = { pane: "selectie", className: klasse, fill: false, interactive: false };
      const omtrek = alsVorm
        ? L.polygon(locatie.vorm.getLayers()[0].getLatLngs(), stijl)
        : L.circleMarker(locatie.stip.getLatLng(), { ...stijl, radius: locatie.stip.getRadius() });
      this.#halo.addLayer(omtrek);
    }
  }
}

function raaktStip(kaart, stip, punt) {
  return kaart.latLngToLayerPoint(stip.getLatLng()).distanceTo(punt) <= stip.getRadius() + RAND_STIP_PX;
}

function naamkaartje({ naam, hardheid, daeb_netto: netto }) {
  const aantal = netto === null ? "aantal DAEB onbekend" : `${netto} DAEB netto`;
  return maak("div", {}, maak("b", {}, naam), maak("br"), `${hardheid}, ${aantal}`);
}
