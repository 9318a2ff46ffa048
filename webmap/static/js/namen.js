/* Names of gemeenten on the map, as many as fit without one lying over another. */

import { maak } from "./dom.js";

const TOT_ZOOM = 11;
const LETTER_PX = 11.5;
const HOOGTE_PX = 22;

/**
 * Show the names and keep them apart while the map moves.
 *
 * @param {L.Map} kaart
 * @param {L.LayerGroup} groep
 * @param {Array<{gemeentenaam: string, punt: number[]}>} gemeenten  those first in the list win
 */
export function toonNamen(kaart, groep, gemeenten) {
  const laag = L.layerGroup().addTo(groep);
  const labels = gemeenten.map(({ gemeentenaam, punt }) => maakLabel(gemeentenaam, punt));
  const werkBij = () => {
    laag.clearLayers();
    if (kaart.getZoom() >= TOT_ZOOM) return;
    const bezet = [];
    for (const { label, breedte } of labels) {
      const midden = kaart.latLngToContainerPoint(label.getLatLng());
      const half = L.point(breedte / 2, HOOGTE_PX / 2);
      const vak = L.bounds(midden.subtract(half), midden.add(half));
      if (bezet.some((ander) => ander.overlaps(vak))) continue;
      bezet.push(vak);
      laag.addLayer(label);
    }
  };
  kaart.on("zoomend", werkBij);
  werkBij();
}

function maakLabel(naam, [x, y]) {
  const label = L.tooltip({ permanent: true, direction: "center", className: "gemeentenaam" })
    .setLatLng(L.CRS.RD.fromRd(x, y))
    .setContent(maak("span", {}, naam));
  return { label, breedte: naam.length * LETTER_PX };
}
