/* Reads a vector tile of one layer (Mapbox Vector Tile 2.1) into flat arrays.
 *
 * Our server writes polygons with an id and at most one attribute, the style class; this
 * reader knows no more than that. Flat arrays hold thousands of shapes without an object each.
 */

export const RASTER = 4096;

const TEKST = new TextDecoder();

/** A tile: object i has rings `ringVan[i]` to `ringVan[i + 1]`, ring r points `puntVan[r]` on. */
export class Tegelinhoud {
  constructor(objecten, ringen, punten) {
    this.aantal = objecten;
    this.ids = new Float64Array(objecten);
    this.klassen = new Int16Array(objecten).fill(-1);
    this.kaders = new Int16Array(objecten * 4);
    this.ringVan = new Uint32Array(objecten + 1);
    this.puntVan = new Uint32Array(ringen + 1);
    this.xy = new Int16Array(punten * 2);
    this.waarden = [];
  }

  /** The style class of object i, or null. */
  klasse(i) {
    return this.klassen[i] < 0 ? null : this.waarden[this.klassen[i]];
  }

  /** Whether object i covers a point, in units of the tile; holes do not count. */
  bedekt(i, x, y) {
    const k = i * 4;
    const { kaders, puntVan, xy } = this;
    if (x < kaders[k] || y < kaders[k + 1] || x > kaders[k + 2] || y > kaders[k + 3]) return false;
    let binnen = false;
    for (let r = this.ringVan[i]; r < this.ringVan[i + 1]; r += 1) {
      const van = puntVan[r];
      const tot = puntVan[r + 1];
      for (let a = van, b = tot - 1; a < tot; b = a, a += 1) {
        const ya = xy[2 * a + 1];
        const yb = xy[2 * b + 1];
        if (ya > y === yb > y) continue;
        const xa = xy[2 * a];
        if (x < xa + ((y - ya) / (yb - ya)) * (xy[2 * b] - xa)) binnen = !binnen;
      }
    }
    return binnen;
  }
}

/** Read the bytes of a tile; null for an empty one. */
export function leesTegel(buffer) {
  const bytes = new Uint8Array(buffer);
  if (bytes.length === 0) return null;
  const lezer = new Lezer(bytes);
  lezer.varint();
  lezer.varint();
  const begin = lezer.plek;
  const [objecten, ringen, punten] = tel(new Lezer(bytes, begin));
  const inhoud = new Tegelinhoud(objecten, ringen, punten);
  vul(new Lezer(bytes, begin), inhoud);
  return inhoud;
}

class Lezer {
  constructor(bytes, plek = 0) {
    this.bytes = bytes;
    this.plek = plek;
  }

  varint() {
    const { bytes } = this;
    let stuk = bytes[this.plek++];
    if (stuk < 128) return stuk;
    let waarde = stuk & 127;
    let maal = 128;
    do {
      stuk = bytes[this.plek++];
      waarde += (stuk & 127) * maal;
      maal *= 128;
    } while (stuk > 127);
    return waarde;
  }

  zigzag() {
    const waarde = this.varint();
    return (waarde >> 1) ^ -(waarde & 1);
  }

  /** Call `bij[veld](einde)` per field of a message; what is not named is passed by. */
  loop(einde, bij) {
    while (this.plek < einde) {
      const merk = this.varint();
      const veld = merk >> 3;
      if ((merk & 7) === 0) {
        const waarde = this.varint();
        bij[veld]?.(waarde);
        continue;
      }
      const stop = this.varint();
      const tot = this.plek + stop;
      bij[veld]?.(tot);
      this.plek = tot;
    }
  }
}

/** Count objects, rings and points, so that the arrays can be made at once. */
function tel(lezer) {
  let objecten = 0;
  let ringen = 0;
  let punten = 0;
  const meetkunde = (tot) => {
    while (lezer.plek < tot) {
      const bevel = lezer.varint();
      const aantal = bevel >> 3;
      if ((bevel & 7) === 7) continue;
      if ((bevel & 7) === 1) ringen += 1;
      punten += aantal;
      for (let k = 0; k < 2 * aantal; k += 1) lezer.varint();
    }
  };
  lezer.loop(lezer.bytes.length, {
    2: (tot) => {
      objecten += 1;
      lezer.loop(tot, { 4: meetkunde });
    },
  });
  return [objecten, ringen, punten];
}

function vul(lezer, inhoud) {
  const { ids, klassen, ringVan, waarden } = inhoud;
  const stand = { object: 0, ring: 0, punt: 0 };
  const object = {
    1: (id) => {
      ids[stand.object] = id;
    },
    2: () => {
      lezer.varint();
      klassen[stand.object] = lezer.varint();
    },
    4: (tot) => vulVorm(lezer, tot, inhoud, stand),
  };
  lezer.loop(lezer.bytes.length, {
    2: (tot) => {
      lezer.loop(tot, object);
      stand.object += 1;
      ringVan[stand.object] = stand.ring;
    },
    4: (tot) => {
      lezer.varint();
      const lengte = lezer.varint();
      waarden.push(TEKST.decode(lezer.bytes.subarray(lezer.plek, lezer.plek + lengte)));
      lezer.plek = tot;
    },
  });
}

function vulVorm(lezer, tot, { kaders, puntVan, xy }, stand) {
  let x = 0;
  let y = 0;
  let [links, boven, rechts, onder] = [32767, 32767, -32768, -32768];
  while (lezer.plek < tot) {
    const bevel = lezer.varint();
    if ((bevel & 7) === 7) {
      stand.ring += 1;
      puntVan[stand.ring] = stand.punt;
      continue;
    }
    for (let k = bevel >> 3; k > 0; k -= 1) {
      x += lezer.zigzag();
      y += lezer.zigzag();
      xy[2 * stand.punt] = x;
      xy[2 * stand.punt + 1] = y;
      stand.punt += 1;
      if (x < links) links = x;
      if (x > rechts) rechts = x;
      if (y < boven) boven = y;
      if (y > onder) onder = y;
    }
  }
  kaders.set([links, boven, rechts, onder], stand.object * 4);
}
