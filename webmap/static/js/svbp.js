/* Colours of bestemmingshoofdgroepen, after the colours that SVBP2012 gives them. */

export const HOOFDGROEPEN = {
  agrarisch: ["Agrarisch", "#ebf0d2"],
  "agrarisch met waarden": ["Agrarisch met waarden", "#d2e1a5"],
  bedrijf: ["Bedrijf", "#b45fd2"],
  bedrijventerrein: ["Bedrijventerrein", "#c8a0d7"],
  bos: ["Bos", "#68af28"],
  centrum: ["Centrum", "#ffc8be"],
  "cultuur en ontspanning": ["Cultuur en ontspanning", "#ff3c82"],
  detailhandel: ["Detailhandel", "#ffa096"],
  dienstverlening: ["Dienstverlening", "#f091be"],
  gemengd: ["Gemengd", "#ffbc87"],
  groen: ["Groen", "#28c846"],
  horeca: ["Horeca", "#ff6723"],
  kantoor: ["Kantoor", "#ebc3d7"],
  maatschappelijk: ["Maatschappelijk", "#dc9b78"],
  natuur: ["Natuur", "#82a591"],
  overig: ["Overig", "#ebe1eb"],
  recreatie: ["Recreatie", "#b9d746"],
  sport: ["Sport", "#82c846"],
  tuin: ["Tuin", "#c8da64"],
  verkeer: ["Verkeer", "#cdcdcd"],
  water: ["Water", "#afcde1"],
  wonen: ["Wonen", "#ffff00"],
  woongebied: ["Woongebied", "#ffffb4"],
};

const ONBEKEND = ["Zonder hoofdgroep", "#f2f2f2"];

/** Return the name and colour of a hoofdgroep. */
export function hoofdgroep(naam) {
  return HOOFDGROEPEN[(naam ?? "").toLowerCase()] ?? ONBEKEND;
}
