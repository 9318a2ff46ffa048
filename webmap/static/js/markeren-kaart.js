/* Marking on the map: a tap is a place in RD, the chosen percelen are drawn over everything. */

const PANE = "markering";
const naarPlek = ([x, y]) => L.CRS.RD.fromRd(x, y);

export class Markeerkaart {
  #kaart;
  #bijTik;
  #groep;
  #aan = false;

  /** @param {function} bijTik  gets x and y in RD */
  constructor(kaart, bijTik) {
    this.#kaart = kaart;
    this.#bijTik = bijTik;
    const pane = kaart.createPane(PANE);
    pane.classList.add("markering-pane");
    this.#groep = L.layerGroup().addTo(kaart);
    const kruis = L.DomUtil.create("div", "kruis", kaart.getContainer());
    kruis.setAttribute("aria-hidden", "true");
    kaart.on("click", ({ latlng }) => this.#aan && this.#tik(latlng));
    kaart.getContainer().addEventListener("keydown", (gebeurtenis) => this.#toets(gebeurtenis));
  }

  /** Switch the mode on or off: taps go to percelen, and no longer to locaties. */
  schakel(aan) {
    this.#aan = aan;
    this.#kaart.getContainer().classList.toggle("markeert", aan);
    this.#kaart.doubleClickZoom[aan ? "disable" : "enable"]();
    if (!aan) this.#groep.clearLayers();
  }

  /** Draw the chosen percelen. */
  teken(percelen) {
    this.#groep.clearLayers();
    if (!this.#aan) return;
    const stijl = { pane: PANE, interactive: false, className: "gekozen-perceel", weight: 3 };
    for (const perceel of percelen) {
      this.#groep.addLayer(L.geoJSON(perceel, { coordsToLatLng: naarPlek, style: stijl, ...stijl }));
    }
  }

  /** Return the box in view in RD metres. */
  kader() {
    const { min, max } = this.#kaart.getPixelBounds();
    const crs = this.#kaart.options.crs;
    const schaal = crs.scale(this.#kaart.getZoom());
    const een = crs.transformation.untransform(min, schaal);
    const ander = crs.transformation.untransform(max, schaal);
    const { min: laag, max: hoog } = L.bounds(een, ander);
    return [laag.x, laag.y, hoog.x, hoog.y].map((getal) => Number(getal.toFixed(1)));
  }

  /** Return the box around percelen, a metre wider. */
  omvang(percelen) {
    const punten = percelen.flatMap(({ geometry }) => geometry.coordinates.flat(Infinity));
    const xs = punten.filter((_, plek) => plek % 2 === 0);
    const ys = punten.filter((_, plek) => plek % 2 === 1);
    return [Math.min(...xs) - 1, Math.min(...ys) - 1, Math.max(...xs) + 1, Math.max(...ys) + 1];
  }

  #tik(latlng) {
    const { x, y } = L.CRS.RD.projection.project(latlng);
    this.#bijTik(x, y);
  }

  /** Enter on the map means the perceel under the cross in its middle. */
  #toets(gebeurtenis) {
    if (!this.#aan || gebeurtenis.target !== this.#kaart.getContainer()) return;
    if (gebeurtenis.key !== "Enter" && gebeurtenis.key !== " ") return;
    gebeurtenis.preventDefault();
    this.#tik(this.#kaart.getCenter());
  }
}
