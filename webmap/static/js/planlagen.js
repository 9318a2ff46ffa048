/* Gemeenten, plans and parcels: the ground on which the locaties lie. */

import { maak } from "./dom.js";
import { Kaderlaag } from "./kaderlaag.js";
import { haal, meldFout } from "./melding.js";
import { toonNamen } from "./namen.js";
import { hoofdgroep } from "./svbp.js";
import { Tegellaag } from "./tegellaag.js";
import { bestemmingsstijl, maakBestemmingsstaal, perceelstijl } from "./tegelstijl.js";

const naarPlek = ([x, y]) => L.CRS.RD.fromRd(x, y);
const BESTEMMINGEN_VANAF_ZOOM = 6;
const ALLES_VANAF_ZOOM = 8; // further out the server sends the largest ones of a large layer

function vlakken(inhoud, pane, style, renderer) {
  return L.geoJSON(inhoud, { pane, renderer, style, coordsToLatLng: naarPlek, interactive: false });
}

/** Draw bestemmingsvlakken in the colour of their hoofdgroep, with the border of each plan. */
export function maakPlannen(kaart, groepen) {
  const bestemmingen = new Tegellaag({
    laag: "bestemmingsvlakken",
    pane: "bestemmingsvlakken",
    minZoom: BESTEMMINGEN_VANAF_ZOOM,
    stijl: bestemmingsstijl,
    bijFout: (fout) => meldFout("De laag bestemmingen", fout),
  });
  volgBeeld(kaart, bestemmingen, () => {
    vulLegenda(bestemmingen.klassenInBeeld(), Math.round(kaart.getZoom()) < ALLES_VANAF_ZOOM);
  });
  const gebieden = new Kaderlaag(kaart, groepen.plangebieden, {
    naam: "De laag plangebieden",
    adres: "/api/lagen/plangebieden",
    minZoom: 0,
    laag: (inhoud) => vlakken(inhoud, "plangebieden", plangebiedstijl),
  });
  return [schakelbaar(groepen.bestemmingsvlakken, bestemmingen), gebieden];
}

/** Draw parcels from street level on; the legend says why when there are none. */
export function maakPercelen(kaart, groep, minZoom) {
  const noot = document.getElementById("noot-percelen");
  const percelen = new Tegellaag({
    laag: "percelen",
    pane: "percelen",
    minZoom,
    stijl: perceelstijl,
    bijFout: (fout) => meldFout("De laag percelen", fout),
  });
  volgBeeld(kaart, percelen, () => {
    noot.textContent = percelenNoot(percelen, Math.round(kaart.getZoom()) >= minZoom);
  });
  return schakelbaar(groep, percelen);
}

/** A layer of tiles with the switch of the legend. */
function schakelbaar(groep, tegels) {
  groep.addLayer(tegels);
  return {
    tegels,
    schakel: (aan) => groep[aan ? "addLayer" : "removeLayer"](tegels),
  };
}

/** Tell each time that other objects are in view, or none any more. */
function volgBeeld(kaart, tegels, bij) {
  tegels.on("load", bij);
  tegels.on("remove", bij);
  kaart.on("moveend", bij);
}

function percelenNoot(percelen, dichtbij) {
  if (!percelen.staatOpKaart()) return "";
  if (!dichtbij) return "Zoom in om percelen te zien.";
  return percelen.isLoading() || percelen.klassenInBeeld().size ? "" : "Geen percelen in beeld.";
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

function plangebiedstijl({ properties }) {
  const vast = /vastgesteld|onherroepelijk|geconsolideerd/i.test(properties.planstatus ?? "");
  return { className: `plangrens ${vast ? "" : "plangrens-voorbereiding"}`.trim(), fill: false };
}

function vulLegenda(klassen, ver) {
  const lijst = document.getElementById("legenda-plannen");
  const namen = new Map([...klassen].map((klasse) => [hoofdgroep(klasse)[0], klasse]));
  const rijen = [...namen].sort(([een], [ander]) => een.localeCompare(ander, "nl"));
  const tekst = `${ver} ${rijen.map(([naam]) => naam).join()}`;
  if (lijst.dataset.inhoud === tekst) return;
  lijst.dataset.inhoud = tekst;
  lijst.replaceChildren(
    ...rijen.map(([naam, klasse]) => maak("li", {}, maakBestemmingsstaal(klasse), maak("span", {}, naam))),
  );
  if (ver) lijst.append(maak("li", { class: "laag-noot" }, "Van ver staan de grootste vlakken op de kaart; zoom in voor alle."));
}
