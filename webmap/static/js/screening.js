/* Puts the page of the screening together: map, layers and list around one selection. */

import { richtKaartIn, richtLegendaIn, schakelLagen } from "./opzet.js";
import { Perceelkaart } from "./perceelkaart.js";
import { Perceellijst } from "./perceellijst.js";
import { maakGemeenten, maakPlannen } from "./planlagen.js";
import { Selectie } from "./selectie.js";

const kaart = window.map_hoofd;
const vak = document.getElementById("kaartvak");
const LAGEN = ["bestemmingsvlakken", "plangebieden", "gemeenten", "selectie", "kandidaten"];
const groepen = Object.fromEntries(LAGEN.map((naam) => [naam, window[`feature_group_${naam}`]]));
const selectie = new Selectie();

richtLegendaIn();
richtKaartIn(kaart, vak, { naam: "Kaart met percelen", overzicht: "Toon alle gekozen percelen" });
const lijst = new Perceellijst(document.getElementById("lijst-inhoud"), selectie);
const perceelkaart = new Perceelkaart(kaart, groepen, selectie, {
  adres: vak.dataset.adres,
  kaderVan: (id) => lijst.kader(id),
});
schakelLagen(maakLagen());
lijst.herneem();

function maakLagen() {
  const plannen = maakPlannen(kaart, groepen);
  maakGemeenten(kaart, groepen.gemeenten);
  return {
    plannen: (aan) => plannen.forEach((laag) => laag.schakel(aan)),
    gemeenten: (aan) => groepen.gemeenten[aan ? "addTo" : "removeFrom"](kaart),
    kandidaten: (aan) => perceelkaart.schakel(aan),
  };
}
