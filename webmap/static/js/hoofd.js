/* Puts the page together: map, layers, list and panel around one selection. */

import { bewaakZoom, pasInBeeld, rdGrenzen } from "./beeld.js";
import { Lijst } from "./lijst.js";
import { Locatiekaart } from "./locatiekaart.js";
import { haal, meldFout } from "./melding.js";
import { Paneel } from "./paneel.js";
import { maakGemeenten, maakPercelen, maakPlannen } from "./planlagen.js";
import { Selectie } from "./selectie.js";

const kaart = window.map_hoofd;
const vak = document.getElementById("kaartvak");
const GROOTSTE_BEGINZOOM = 13;
const LAGEN = ["bestemmingsvlakken", "plangebieden", "percelen", "gemeenten", "selectie", "locaties"];
const groepen = Object.fromEntries(LAGEN.map((naam) => [naam, window[`feature_group_${naam}`]]));
const legenda = document.getElementById("legenda");
const selectie = new Selectie();

// On a narrow screen the legend would push the list out of sight; on a wide one it is a bar.
const smal = window.matchMedia("(max-width: 68.75rem)");
const richtLegendaIn = () => {
  legenda.open = !smal.matches;
};
smal.addEventListener("change", richtLegendaIn);
richtLegendaIn();
richtKaartIn();
const locatiekaart = new Locatiekaart(kaart, groepen.locaties, groepen.selectie, selectie);
const lijst = new Lijst(document.getElementById("locaties"), selectie, (ids) => locatiekaart.filter(ids));
new Paneel(document.getElementById("paneel"), selectie, (id) => lijst.focus(id));
schakelLagen(maakLagen());
volgAdres();
haal("/api/locaties")
  .then(({ features }) => locatiekaart.vul(features))
  .catch((fout) => meldFout("De kaart met locaties", fout));

function richtKaartIn() {
  const element = kaart.getContainer();
  element.setAttribute("role", "region");
  element.setAttribute("aria-label", "Kaart met locaties");
  element.setAttribute("aria-describedby", "kaart-hulp");
  L.control.zoom({ position: "topleft", zoomInTitle: "Inzoomen", zoomOutTitle: "Uitzoomen" }).addTo(kaart);
  voegOverzichtknopToe();
  bewaakZoom(kaart);
  toonAlles({ animate: false });
  L.control.scale({ position: "bottomleft", imperial: false, maxWidth: 140 }).addTo(kaart);
  new ResizeObserver(() => kaart.invalidateSize({ animate: false })).observe(element);
}

function voegOverzichtknopToe() {
  const Knop = L.Control.extend({
    onAdd() {
      const balk = L.DomUtil.create("div", "leaflet-bar");
      const knop = L.DomUtil.create("button", "overzicht", balk);
      knop.type = "button";
      knop.textContent = "Alles";
      knop.title = "Toon alle locaties";
      L.DomEvent.disableClickPropagation(balk);
      knop.addEventListener("click", () => toonAlles());
      return balk;
    },
  });
  new Knop({ position: "topleft" }).addTo(kaart);
}

/** Show the whole region. */
function toonAlles(opties = {}) {
  const kader = rdGrenzen(vak.dataset.bbox.split(",").map(Number));
  pasInBeeld(kaart, kader, { maxZoom: GROOTSTE_BEGINZOOM, ...opties });
}

function maakLagen() {
  const [bestemmingen, gebieden] = maakPlannen(kaart, groepen);
  const percelen = maakPercelen(kaart, groepen.percelen, Number(vak.dataset.percelenZoom));
  maakGemeenten(kaart, groepen.gemeenten);
  const toon = (naam) => (aan) => groepen[naam][aan ? "addTo" : "removeFrom"](kaart);
  return {
    plannen: (aan) => [bestemmingen, gebieden].forEach((laag) => laag.schakel(aan)),
    percelen: (aan) => percelen.schakel(aan),
    gemeenten: toon("gemeenten"),
    locaties: (aan) => ["locaties", "selectie"].forEach((naam) => toon(naam)(aan)),
  };
}

function schakelLagen(schakelaars) {
  for (const vakje of document.querySelectorAll("[data-laag]")) {
    vakje.addEventListener("change", () => schakelaars[vakje.dataset.laag](vakje.checked));
    // A browser keeps ticks over a reload; the map starts with everything on.
    if (!vakje.checked) schakelaars[vakje.dataset.laag](false);
  }
}

/** Keep the chosen locatie in the address, so that it can be sent to someone. */
function volgAdres() {
  selectie.addEventListener("keuze", ({ detail }) => {
    const adres = detail.id ? `#locatie=${encodeURIComponent(detail.id)}` : window.location.pathname;
    window.history.replaceState(null, "", adres);
  });
  const gevraagd = new URLSearchParams(window.location.hash.slice(1)).get("locatie");
  if (gevraagd && lijst.kent(gevraagd)) selectie.kies(gevraagd, "adres");
}
