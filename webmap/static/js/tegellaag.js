/* A large layer as vector tiles: our own canvas tiles in the RD grid of PDOK.
 *
 * A tile is fetched once and kept by the browser for good; its shapes stay in memory while it
 * is on the map, so that what lies at a place is answered without asking the server.
 */

import { haal } from "./melding.js";
import { RASTER, leesTegel } from "./tegellezer.js";
import { tekenTegel } from "./tegeltekenaar.js";

const TEGEL_PX = 512; // twice PDOK's: a quarter of the requests
const FIJNSTE_ZOOM = 14; // of the map; tiles of one zoom less are half a decimetre a pixel wide

/** The version of each layer; asked once for all layers, and again when one has been replaced. */
let versies = null;

/** Give the version of a layer; not the one that the server has just refused. */
async function vraagVersie(laag, vervallen = null) {
  versies ??= haal("/tegels");
  try {
    const { versie, leeg } = (await versies)[laag];
    if (versie !== vervallen) return { versie, leeg };
    versies = haal("/tegels");
    return (await versies)[laag];
  } catch (fout) {
    versies = null;
    throw fout;
  }
}

export const Tegellaag = L.GridLayer.extend({
  options: {
    tileSize: TEGEL_PX,
    maxNativeZoom: FIJNSTE_ZOOM,
    updateWhenZooming: false,
    updateWhenIdle: false,
    updateInterval: 100,
    keepBuffer: 1,
  },

  /**
   * @param {object} opties  beside those of L.GridLayer: laag, its name at the server;
   *   stijl(klasse, fijnheid); bijFout(fout)
   */
  initialize(opties) {
    L.GridLayer.prototype.initialize.call(this, opties);
    this._inhoud = new Map();
    this.on("tileunload", ({ coords, tile }) => {
      this._inhoud.delete(this._tileCoordsToKey(coords));
      tile.breekAf?.();
    });
  },

  createTile(coords, klaar) {
    const doek = L.DomUtil.create("canvas", "tegel");
    const { fijnheid, lijnmaat } = this._density(coords.z);
    doek.width = doek.height = Math.round(this.getTileSize().x * fijnheid);
    const afbreker = new AbortController();
    let staak = null;
    doek.breekAf = () => {
      afbreker.abort();
      staak?.();
    };
    this._fetch(coords, afbreker.signal)
      .then((inhoud) => {
        if (inhoud === null) return klaar(null, doek);
        this._inhoud.set(this._tileCoordsToKey(coords), inhoud);
        staak = tekenTegel(doek, inhoud, lijnmaat, this.options.stijl, () => klaar(null, doek));
        return undefined;
      })
      .catch((fout) => {
        if (fout.name !== "AbortError") this.options.bijFout?.(fout);
        klaar(fout.name === "AbortError" ? null : fout, doek);
      });
    return doek;
  },

  /** Whether the layer is switched on, also where the zoom shows nothing of it. */
  staatOpKaart() {
    return Boolean(this._map);
  },

  /** What lies at a point in RD, topmost first: [{laag, id, klasse, adres of its details}]. */
  vindOp(rd) {
    if (!this._map || this._tileZoom === undefined) return [];
    const gevonden = [];
    const { crs } = this._map.options;
    const plek = crs.transformation.transform(rd.clone(), crs.scale(this._tileZoom));
    const maat = this.getTileSize().x;
    const coords = plek.divideBy(maat).floor();
    coords.z = this._tileZoom;
    const inhoud = this._inhoud.get(this._tileCoordsToKey(coords));
    if (!inhoud) return [];
    const x = (plek.x / maat - coords.x) * RASTER;
    const y = (plek.y / maat - coords.y) * RASTER;
    for (let i = inhoud.aantal - 1; i >= 0; i -= 1) {
      if (!inhoud.bedekt(i, x, y)) continue;
      const { laag } = this.options;
      const adres = `/tegels/${laag}/${inhoud.versie}/${inhoud.ids[i]}`;
      gevonden.push({ laag, id: inhoud.ids[i], klasse: inhoud.klasse(i), adres });
    }
    return gevonden;
  },

  /** The style classes of what is in view, each once; null for objects without a class. */
  klassenInBeeld() {
    const klassen = new Set();
    if (!this._map || this._tileZoom === undefined) return klassen;
    const { min, max } = this._map.getPixelBounds();
    const verhouding = this._map.getZoomScale(this._tileZoom, this._map.getZoom());
    const maat = this.getTileSize().x;
    for (const [sleutel, inhoud] of this._inhoud) {
      const { x, y, z } = this._keyToTileCoords(sleutel);
      if (z !== this._tileZoom) continue;
      const eenheid = (punt, as, tegel) => ((punt[as] * verhouding) / maat - tegel) * RASTER;
      voegToe(klassen, inhoud, [
        eenheid(min, "x", x), eenheid(min, "y", y), eenheid(max, "x", x), eenheid(max, "y", y),
      ]);
    }
    return klassen;
  },

  async _fetch({ x, y, z }, signal, vervallen = null) {
    const { laag } = this.options;
    const { versie, leeg } = await vraagVersie(laag, vervallen);
    if (leeg || signal.aborted) return null;
    // Our tiles are twice as wide as PDOK's, so they are those of one zoom less.
    const antwoord = await fetch(`/tegels/${laag}/${versie}/${z - 1}/${x}/${y}.mvt`, { signal });
    if (antwoord.ok) {
      const inhoud = leesTegel(await antwoord.arrayBuffer());
      if (inhoud !== null) inhoud.versie = versie;
      return inhoud;
    }
    // Another snapshot counts since this page was opened: go on with that one.
    if (antwoord.status === 404 && !vervallen) return this._fetch({ x, y, z }, signal, versie);
    throw new Error((await antwoord.json()).detail);
  },

  /**
   * How fine a canvas is: `fijnheid`, its pixels per pixel of a tile, enough for the screen and
   * for a zoom in between; `lijnmaat`, its pixels per pixel on the screen at this zoom.
   */
  _density(z) {
    const verschil = this._map.getZoom() - z;
    const tussen = Math.abs(verschil) < 1 ? 2 ** verschil : 1;
    const fijnheid = Math.min((window.devicePixelRatio || 1) * Math.max(tussen, 1), 2);
    return { fijnheid, lijnmaat: fijnheid / tussen };
  },
});

function voegToe(klassen, inhoud, [links, boven, rechts, onder]) {
  const { kaders } = inhoud;
  for (let i = 0, k = 0; i < inhoud.aantal; i += 1, k += 4) {
    if (kaders[k] > rechts || kaders[k + 2] < links) continue;
    if (kaders[k + 1] > onder || kaders[k + 3] < boven) continue;
    klassen.add(inhoud.klasse(i));
  }
}
