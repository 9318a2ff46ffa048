/* A layer that is fetched for the part of the map in view, and again when the view leaves it. */

import { haal, meldFout } from "./melding.js";

const RUST_MS = 200;
const RUIMTE = 0.25;

export class Kaderlaag {
  #bezig = null;
  #geladen = null;
  #wekker = null;
  #aan = true;

  /**
   * @param {L.Map} kaart
   * @param {L.FeatureGroup} groep  the group to fill
   * @param {object} opties  naam (for messages), adres, minZoom, laag(inhoud) -> Leaflet layer,
   *   na(inhoud|null) called after each change
   */
  constructor(kaart, groep, opties) {
    this.kaart = kaart;
    this.groep = groep;
    this.opties = opties;
    kaart.on("moveend", () => this.#straks());
    this.#straks();
  }

  /** Switch the layer on or off. */
  schakel(aan) {
    this.#aan = aan;
    this.#geladen = null;
    if (aan) this.#straks();
    else this.#leeg();
  }

  #straks() {
    clearTimeout(this.#wekker);
    this.#wekker = setTimeout(() => this.#ververs(), RUST_MS);
  }

  async #ververs() {
    if (!this.#aan) return;
    if (this.kaart.getZoom() < this.opties.minZoom) {
      this.#geladen = null;
      this.#leeg();
      return;
    }
    const beeld = rdKader(this.kaart);
    if (this.#geladen?.contains(beeld)) return;
    const kader = verruim(beeld);
    this.#bezig?.abort();
    this.#bezig = new AbortController();
    try {
      const inhoud = await haal(plusKader(this.opties.adres, kader), this.#bezig.signal);
      this.groep.clearLayers();
      this.groep.addLayer(this.opties.laag(inhoud));
      this.#geladen = inhoud.volledig ? kader : null;
      this.opties.na?.(inhoud);
    } catch (fout) {
      meldFout(this.opties.naam, fout);
    }
  }

  #leeg() {
    this.#bezig?.abort();
    this.groep.clearLayers();
    this.opties.na?.(null);
  }
}

function rdKader(kaart) {
  const { min, max } = kaart.getPixelBounds();
  const zoom = kaart.getZoom();
  const crs = kaart.options.crs;
  const schaal = crs.scale(zoom);
  return L.bounds(
    crs.transformation.untransform(min, schaal),
    crs.transformation.untransform(max, schaal),
  );
}

function verruim(kader) {
  const rand = kader.getSize().multiplyBy(RUIMTE);
  return L.bounds(kader.min.subtract(rand), kader.max.add(rand));
}

/** Add the box to an address that may have parameters of its own. */
function plusKader(adres, kader) {
  return `${adres}${adres.includes("?") ? "&" : "?"}bbox=${tekst(kader)}`;
}

function tekst({ min, max }) {
  return [min.x, min.y, max.x, max.y].map((getal) => getal.toFixed(1)).join(",");
}
