/* Draws the shapes of a tile, a little at a time, so that a moving map keeps its pace. */

import { RASTER } from "./tegellezer.js";

const PER_PAD = 20; // one long path is slower than many short ones
const TIJD_PER_BEELD_MS = 6;

/** Gives each drawing its turn within the time that a frame leaves. */
class Beurtlijst {
  #werk = [];
  #loopt = false;

  voegToe(stappen, klaar) {
    const taak = { stappen, klaar };
    this.#werk.push(taak);
    if (!this.#loopt) {
      this.#loopt = true;
      requestAnimationFrame(() => this.#werkAf());
    }
    return () => {
      this.#werk = this.#werk.filter((ander) => ander !== taak);
    };
  }

  #werkAf() {
    const einde = performance.now() + TIJD_PER_BEELD_MS;
    while (this.#werk.length && performance.now() < einde) {
      const [taak] = this.#werk;
      if (!taak.stappen.next().done) continue;
      this.#werk.shift();
      taak.klaar();
    }
    this.#loopt = this.#werk.length > 0;
    if (this.#loopt) requestAnimationFrame(() => this.#werkAf());
  }
}

const beurten = new Beurtlijst();

/**
 * Draw a tile when there is time; returns a function that calls it off.
 *
 * @param {HTMLCanvasElement} doek
 * @param {Tegelinhoud} inhoud
 * @param {number} lijnmaat  device pixels of the canvas per pixel on the screen
 * @param {function(string|null, number): object} stijl
 *   per class and `lijnmaat`: vulling and lijn (or null), and dikte of the line in pixels on the screen
 * @param {function()} klaar
 */
export function tekenTegel(doek, inhoud, lijnmaat, stijl, klaar) {
  return beurten.voegToe(teken(doek, inhoud, lijnmaat, stijl), klaar);
}

function* teken(doek, inhoud, lijnmaat, stijl) {
  const pen = doek.getContext("2d");
  const schaal = doek.width / RASTER;
  const stijlen = new Map();
  pen.lineJoin = "round";
  for (let begin = 0; begin < inhoud.aantal; ) {
    const klasse = inhoud.klassen[begin];
    let einde = begin + 1;
    while (einde < inhoud.aantal && einde - begin < PER_PAD && inhoud.klassen[einde] === klasse) einde += 1;
    if (!stijlen.has(klasse)) stijlen.set(klasse, stijl(inhoud.klasse(begin), lijnmaat));
    pen.beginPath();
    for (let i = begin; i < einde; i += 1) volg(pen, inhoud, i, schaal);
    verf(pen, stijlen.get(klasse), lijnmaat);
    begin = einde;
    yield;
  }
}

function volg(pen, { ringVan, puntVan, xy }, i, schaal) {
  for (let r = ringVan[i]; r < ringVan[i + 1]; r += 1) {
    pen.moveTo(xy[2 * puntVan[r]] * schaal, xy[2 * puntVan[r] + 1] * schaal);
    for (let p = puntVan[r] + 1; p < puntVan[r + 1]; p += 1) {
      pen.lineTo(xy[2 * p] * schaal, xy[2 * p + 1] * schaal);
    }
    pen.closePath();
  }
}

function verf(pen, { vulling, lijn, dikte }, lijnmaat) {
  if (vulling) {
    pen.fillStyle = vulling;
    pen.fill();
  }
  if (lijn) {
    pen.strokeStyle = lijn;
    pen.lineWidth = dikte * lijnmaat;
    pen.stroke();
  }
}
