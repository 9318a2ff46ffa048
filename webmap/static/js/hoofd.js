/* Puts the page together: map, layers, list and panel around one selection. */

import { Lijst } from "./lijst.js";
import { Locatiekaart } from "./locatiekaart.js";
import { haal, meldFout } from "./melding.js";
import { richtKaartIn, richtLegendaIn, schakelLagen } from "./opzet.js";
import { Paneel } from "./paneel.js";
import { Plekkaart } from "./plek.js";
import { maakGemeenten, maakPercelen, maakPlannen } from "./planlagen.js";
import { Samen } from "./samen.js";
import { Selectie } from "./selectie.js";

const kaart = window.map_hoofd;
const vak = document.getElementById("kaartvak");
const LAGEN = ["bestemmingsvlakken", "plangebieden", "percelen", "gemeenten", "selectie", "locaties"];
const groepen = Object.fromEntries(LAGEN.map((naam) => [naam, window[`feature_group_${naam}`]]));
const selectie = new Selectie();

richtLegendaIn();
richtKaartIn(kaart, vak, { naam: "Kaart met locaties", overzicht: "Toon alle locaties" });
const locatiekaart = new Locatiekaart(kaart, groepen.locaties, groepen.selectie, selectie);
const lijst = new Lijst(document.getElementById("locaties"), selectie, (ids) => locatiekaart.filter(ids));
const samen = new Samen(Number(vak.dataset.stand), kaart, selectie);
const paneel = new Paneel(document.getElementById("paneel"), selectie, (id) => lijst.focus(id), samen.delen);
samen.begin({ lijst, kaart: locatiekaart, paneel });
schakelLagen(maakLagen());
volgAdres();
haal("/api/locaties")
  .then(({ features }) => locatiekaart.vul(features))
  .catch((fout) => meldFout("De kaart met locaties", fout));

function maakLagen() {
  const [bestemmingen, gebieden] = maakPlannen(kaart, groepen);
  const percelen = maakPercelen(kaart, groepen.percelen, Number(vak.dataset.percelenZoom));
  maakGemeenten(kaart, groepen.gemeenten);
  new Plekkaart(kaart, {
    lagen: [percelen.tegels, bestemmingen.tegels],
    locaties: (latlng) => locatiekaart.opPlek(latlng),
    kies: (id) => selectie.kies(id, "kaart"),
  });
  const toon = (naam) => (aan) => groepen[naam][aan ? "addTo" : "removeFrom"](kaart);
  return {
    plannen: (aan) => [bestemmingen, gebieden].forEach((laag) => laag.schakel(aan)),
    percelen: (aan) => percelen.schakel(aan),
    gemeenten: toon("gemeenten"),
    locaties: (aan) => ["locaties", "selectie"].forEach((naam) => toon(naam)(aan)),
  };
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
