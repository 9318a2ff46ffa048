/* Gemeenten, plans and parcels: the ground on which the locaties lie. */

import { maak, maakKleurstaal } from "./dom.js";
import { Kaderlaag } from "./kaderlaag.js";
import { haal, meldFout } from "./melding.js";
import { toonNamen } from "./namen.js";
import { hoofdgroep } from "./svbp.js";

const naarPlek = ([x, y]) => L.CRS.RD.fromRd(x, y);
const BESTEMMINGEN_VANAF_ZOOM = 6;

function vlakken(inhoud, pane, style, renderer) {
  return L.geoJSON(inhoud, { pane, renderer, style, coordsToLatLng: naarPlek, interactive: false });
}

/** Draw bestemmingsvlakken in the colour of their hoofdgroep, with the border of each plan. */
export function maakPlannen(kaart, groepen) {
  const doek = L.canvas({ pane: "bestemmingsvlakken", padding: 0.3 });
  const bestemmingen = new Kaderlaag(kaart, groepen.bestemmingsvlakken, {
    naam: "De laag bestemmingen",
    adres: "/api/lagen/bestemmingsvlakken",
    minZoom: BESTEMMINGEN_VANAF_ZOOM,
    laag: (inhoud) => vlakken(inhoud, "bestemmingsvlakken", bestemmingsstijl, doek),
    na: vulLegenda,
  });
  const gebieden = new Kaderlaag(kaart, groepen.plangebieden, {
    naam: "De laag plangebieden",
    adres: "/api/lagen/plangebieden",
    minZoom: 0,
    laag: (inhoud) => vlakken(inhoud, "plangebieden", plangebiedstijl),
  });
  return [bestemmingen, gebieden];
}

/** Draw parcels from street level on; the legend says why when there are none. */
export function maakPercelen(kaart, groep, minZoom) {
  const noot = document.getElementById("noot-percelen");
  const doek = L.canvas({ pane: "percelen", padding: 0.3 });
  return new Kaderlaag(kaart, groep, {
    naam: "De laag percelen",
    adres: "/api/lagen/percelen",
    minZoom,
    laag: (inhoud) =>
      vlakken(inhoud, "percelen", { color: "#4a5868", weight: 0.6, opacity: 0.75, fill: false }, doek),
    na: (inhoud) => {
      noot.textContent = percelenNoot(inhoud);
    },
  });
}

function percelenNoot(inhoud) {
  if (inhoud === null) return "Zoom in om percelen te zien.";
  if (!inhoud.volledig) return `Te veel percelen in beeld (${inhoud.aantal}). Zoom verder in.`;
  return inhoud.aantal ? "" : "Geen percelen in beeld.";
}

/** Draw the borders of gemeenten, with their names while one sees the region. */
export async function maakGemeenten(kaart, groep) {
  try {
    const inhoud = await haal("/api/lagen/gemeenten");
    groep.addLayer(vlakken(inhoud, "gemeenten", { className: "gemeentegrens", fill: false }));
    toonNamen(kaart, groep, inhoud.features.map(({ properties }) => properties));
  } catch (fout) {
    meldFout("De laag gemeenten", fout);
  }
}

function bestemmingsstijl({ properties }) {
  const [, kleur] = hoofdgroep(properties.hoofdgroep);
  return { fillColor: kleur, fillOpacity: 0.5, color: "#ffffff", weight: 0.6, opacity: 0.7 };
}

function plangebiedstijl({ properties }) {
  const vast = /vastgesteld|onherroepelijk|geconsolideerd/i.test(properties.planstatus ?? "");
  return { className: `plangrens ${vast ? "" : "plangrens-voorbereiding"}`.trim(), fill: false };
}

function vulLegenda(inhoud) {
  const lijst = document.getElementById("legenda-plannen");
  lijst.replaceChildren();
  if (inhoud === null) return;
  if (!inhoud.volledig) {
    lijst.append(maak("li", { class: "laag-noot" }, "Te veel vlakken in beeld. Zoom verder in."));
    return;
  }
  const gezien = new Map(
    inhoud.features.map(({ properties }) => hoofdgroep(properties.hoofdgroep)),
  );
  for (const [naam, kleur] of [...gezien].sort(([een], [ander]) => een.localeCompare(ander, "nl"))) {
    lijst.append(maak("li", {}, maakKleurstaal(kleur), maak("span", {}, naam)));
  }
}
