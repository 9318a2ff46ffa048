/* What every page with a map sets up: the map's controls, the legend and the layer switches. */

import { bewaakZoom, pasInBeeld, rdGrenzen } from "./beeld.js";

const GROOTSTE_BEGINZOOM = 13;

/** Open the legend where it is a bar; on a narrow screen it would push the list out of sight. */
export function richtLegendaIn() {
  const legenda = document.getElementById("legenda");
  const smal = window.matchMedia("(max-width: 68.75rem)");
  const richt = () => {
    legenda.open = !smal.matches;
  };
  smal.addEventListener("change", richt);
  richt();
}

/**
 * Name the map, give it its buttons and show the box that the page asks for.
 *
 * @param {L.Map} kaart
 * @param {HTMLElement} vak  carries the box in RD metres as data-bbox
 * @param {object} woorden  naam of the map, and the title of its overzicht button
 */
export function richtKaartIn(kaart, vak, { naam, overzicht }) {
  const element = kaart.getContainer();
  element.setAttribute("role", "region");
  element.setAttribute("aria-label", naam);
  element.setAttribute("aria-describedby", "kaart-hulp");
  L.control.zoom({ position: "topleft", zoomInTitle: "Inzoomen", zoomOutTitle: "Uitzoomen" }).addTo(kaart);
  const toonAlles = (opties = {}) => {
    const kader = rdGrenzen(vak.dataset.bbox.split(",").map(Number));
    pasInBeeld(kaart, kader, { maxZoom: GROOTSTE_BEGINZOOM, ...opties });
  };
  voegOverzichtknopToe(kaart, overzicht, () => toonAlles());
  bewaakZoom(kaart);
  toonAlles({ animate: false });
  L.control.scale({ position: "bottomleft", imperial: false, maxWidth: 140 }).addTo(kaart);
  new ResizeObserver(() => kaart.invalidateSize({ animate: false })).observe(element);
}

/** Let each tick of the legend switch its layer. */
export function schakelLagen(schakelaars) {
  for (const vakje of document.querySelectorAll("[data-laag]")) {
    vakje.addEventListener("change", () => schakelaars[vakje.dataset.laag](vakje.checked));
    // A browser keeps ticks over a reload; the map starts with everything on.
    if (!vakje.checked) schakelaars[vakje.dataset.laag](false);
  }
}

function voegOverzichtknopToe(kaart, titel, bijKlik) {
  const Knop = L.Control.extend({
    onAdd() {
      const balk = L.DomUtil.create("div", "leaflet-bar");
      const knop = L.DomUtil.create("button", "overzicht", balk);
      knop.type = "button";
      knop.textContent = "Alles";
      knop.title = titel;
      L.DomEvent.disableClickPropagation(balk);
      knop.addEventListener("click", bijKlik);
      return balk;
    },
  });
  new Knop({ position: "topleft" }).addTo(kaart);
}
