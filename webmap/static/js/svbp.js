/* Colours of bestemmingshoofdgroepen, after those that SVBP2012 gives them, and a motif each.
 *
 * Colours that colour-blind eyes take for one another have different motifs (tegelstijl.js).
 */

export const HOOFDGROEPEN = {
  agrarisch: ["Agrarisch", "#ebf0d2", "effen"],
  "agrarisch met waarden": ["Agrarisch met waarden", "#d2e1a5", "stippen"],
  bedrijf: ["Bedrijf", "#b45fd2", "schuin"],
  bedrijventerrein: ["Bedrijventerrein", "#c8a0d7", "ruiten"],
  bos: ["Bos", "#68af28", "dicht"],
  centrum: ["Centrum", "#ffc8be", "terug"],
  "cultuur en ontspanning": ["Cultuur en ontspanning", "#ff3c82", "ruiten"],
  detailhandel: ["Detailhandel", "#ffa096", "schuin"],
  dienstverlening: ["Dienstverlening", "#f091be", "liggend"],
  gemengd: ["Gemengd", "#ffbc87", "staand"],
  groen: ["Groen", "#28c846", "stippen"],
  horeca: ["Horeca", "#ff6723", "dicht"],
  kantoor: ["Kantoor", "#ebc3d7", "ruiten"],
  maatschappelijk: ["Maatschappelijk", "#dc9b78", "liggend"],
  natuur: ["Natuur", "#82a591", "kruisjes"],
  overig: ["Overig", "#ebe1eb", "terug"],
  recreatie: ["Recreatie", "#b9d746", "terug"],
  sport: ["Sport", "#82c846", "kruisjes"],
  tuin: ["Tuin", "#c8da64", "staand"],
  verkeer: ["Verkeer", "#cdcdcd", "effen"],
  water: ["Water", "#afcde1", "golven"],
  wonen: ["Wonen", "#ffff00", "effen"],
  woongebied: ["Woongebied", "#ffffb4", "stippen"],
};

const ONBEKEND = ["Zonder hoofdgroep", "#f2f2f2", "kruisjes"];

/** Return the name, colour and motif of a hoofdgroep. */
export function hoofdgroep(naam) {
  return HOOFDGROEPEN[(naam ?? "").toLowerCase()] ?? ONBEKEND;
}
