/* Bringing a part of the map into the space that the buttons leave free. */

const RAND_PX = 16;
const KNOPPEN_PX = 60;

let animeert = false;
let straks = null;

/** Watch the map's zooming: Leaflet drops a fit that comes during a zoom animation. */
export function bewaakZoom(kaart) {
  kaart.on("zoomanim", () => {
    animeert = true;
  });
  kaart.on("zoomend", () => {
    animeert = false;
    const laatste = straks;
    straks = null;
    laatste?.();
  });
}

/** Fit bounds into the free part of the map; the last one asked for wins. */
export function pasInBeeld(kaart, kader, opties = {}) {
  if (animeert) {
    straks = () => pasInBeeld(kaart, kader, opties);
    return;
  }
  kaart.fitBounds(kader, {
    paddingTopLeft: [KNOPPEN_PX, RAND_PX],
    paddingBottomRight: [RAND_PX, RAND_PX],
    ...opties,
  });
}

/** Return the bounds of a box in RD metres. */
export function rdGrenzen([links, onder, rechts, boven]) {
  return L.latLngBounds(L.CRS.RD.fromRd(links, onder), L.CRS.RD.fromRd(rechts, boven));
}
