/* How the objects of tiles are painted: colour and motif, the same on the map and in the legend. */

import { hoofdgroep } from "./svbp.js";

const VAK_PX = 8;
const DEKKING = 0.5;
const MOTIEFKLEUR = "rgb(23 35 47 / 30%)";
const RAND = "rgb(255 255 255 / 70%)";

/** Each motif as lines (x1, y1, x2, y2) and dots (x, y) in a square of 8 by 8. */
const MOTIEVEN = {
  effen: {},
  schuin: { lijnen: [[-2, 2, 2, -2], [-2, 10, 10, -2], [6, 10, 10, 6]] },
  terug: { lijnen: [[-2, 6, 2, 10], [-2, -2, 10, 10], [6, -2, 10, 2]] },
  ruiten: { lijnen: [[-1, -1, 9, 9], [-1, 9, 9, -1]] },
  liggend: { lijnen: [[0, 2, 8, 2], [0, 6, 8, 6]] },
  staand: { lijnen: [[2, 0, 2, 8], [6, 0, 6, 8]] },
  golven: { lijnen: [[0, 5, 2, 3], [2, 3, 4, 3], [4, 3, 6, 5], [6, 5, 8, 5]] },
  kruisjes: { lijnen: [[2, 4, 6, 4], [4, 2, 4, 6]] },
  stippen: { stippen: [[2, 2], [6, 6]] },
  dicht: { stippen: [[1, 1], [5, 1], [3, 3], [7, 3], [1, 5], [5, 5], [3, 7], [7, 7]] },
};

const vakken = new Map();

/** The pattern of a hoofdgroep; `fijnheid` is the canvas pixels per pixel on the screen. */
export function bestemmingsvulling(groep, fijnheid = 1) {
  const sleutel = `${groep} ${fijnheid}`;
  if (!vakken.has(sleutel)) vakken.set(sleutel, maakPatroon(groep, fijnheid));
  return vakken.get(sleutel);
}

/** How an object of the zoning is painted. */
export function bestemmingsstijl(groep, fijnheid) {
  return { vulling: bestemmingsvulling(groep, fijnheid), lijn: RAND, dikte: 0.6 };
}

/** How a parcel is painted: its border alone, so that what lies under it is seen. */
export function perceelstijl() {
  return { vulling: null, lijn: "rgb(74 88 104 / 75%)", dikte: 0.6 };
}

/** Make the sample of a hoofdgroep for the legend. */
export function maakBestemmingsstaal(groep) {
  const doek = document.createElement("canvas");
  doek.className = "staal staal-plan";
  doek.width = 20;
  doek.height = 14;
  doek.setAttribute("aria-hidden", "true");
  const pen = doek.getContext("2d");
  pen.fillStyle = bestemmingsvulling(groep);
  pen.fillRect(1, 1, 18, 12);
  pen.strokeStyle = "#7a8794";
  pen.strokeRect(0.5, 0.5, 19, 13);
  return doek;
}

function maakPatroon(groep, fijnheid) {
  const [, kleur, motief] = hoofdgroep(groep);
  const doek = document.createElement("canvas");
  doek.width = doek.height = Math.round(VAK_PX * fijnheid);
  const pen = doek.getContext("2d");
  pen.globalAlpha = DEKKING;
  pen.fillStyle = kleur;
  pen.fillRect(0, 0, doek.width, doek.height);
  pen.globalAlpha = 1;
  pen.scale(doek.width / VAK_PX, doek.width / VAK_PX);
  pen.strokeStyle = pen.fillStyle = MOTIEFKLEUR;
  const { lijnen = [], stippen = [] } = MOTIEVEN[motief];
  pen.beginPath();
  for (const [x1, y1, x2, y2] of lijnen) {
    pen.moveTo(x1, y1);
    pen.lineTo(x2, y2);
  }
  pen.stroke();
  for (const [x, y] of stippen) pen.fillRect(x - 0.7, y - 0.7, 1.4, 1.4);
  return pen.createPattern(doek, "repeat");
}
