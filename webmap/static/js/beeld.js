/* Bringing a part of the map into the space that the buttons and the legend leave free. */

const RAND_PX = 16;
const KNOPPEN_PX = 60;

/** Fit bounds into the free part of the map. */
export function pasInBeeld(kaart, kader, opties = {}) {
  const legenda = document.getElementById("legenda");
  const over = getComputedStyle(legenda).position === "absolute";
  const breedte = kaart.getSize().x;
  const rechts = over && legenda.open && breedte > 2.5 * legenda.offsetWidth ? legenda.offsetWidth : 0;
  kaart.fitBounds(kader, {
    paddingTopLeft: [over ? KNOPPEN_PX : RAND_PX, RAND_PX],
    paddingBottomRight: [rechts + RAND_PX, RAND_PX],
    ...opties,
  });
}

/** Return the bounds of a box in RD metres. */
export function rdGrenzen([links, onder, rechts, boven]) {
  return L.latLngBounds(L.CRS.RD.fromRd(links, onder), L.CRS.RD.fromRd(rechts, boven));
}
