/* What a form holds: one value per field of the register, so that each can change apart. */

const SIMPEL = ["naam", "plantype", "projectfase", "vertrouwelijkheid"];

/** Return the fields of a locatie as the server describes it. */
export function leesLocatie(locatie) {
  const waarden = Object.fromEntries(SIMPEL.map((veld) => [veld, locatie[veld] ?? null]));
  waarden.corporaties = locatie.corporaties;
  waarden.planstatus = {
    status: locatie.planstatus_opgegeven.code,
    datum: locatie.planstatus_datum,
    herkomst: locatie.planstatus_herkomst,
    tekst: locatie.planstatus_tekst,
  };
  for (const aantal of locatie.aantallen) waarden[sleutelVan(aantal)] = cel(aantal);
  return waarden;
}

/** Return the field of a count: aantal:nieuwbouw:daeb:2027. */
export function sleutelVan({ component, maat, jaar }) {
  return `aantal:${component}:${maat}:${jaar ?? ""}`;
}

/** Return component, measure and year of a field; null when it is no count. */
export function leesSleutel(veld) {
  if (!veld.startsWith("aantal:")) return null;
  const [, component, maat, jaar] = veld.split(":");
  return { component, maat, jaar: jaar ? Number(jaar) : null };
}

/** Return the three numbers of a count. */
export function cel({ minimum, waarschijnlijk, maximum }) {
  return { minimum: minimum ?? null, waarschijnlijk, maximum: maximum ?? null };
}

/** Name the fields in which two sets of values differ. */
export function verschil(basis, nu) {
  const velden = new Set([...Object.keys(basis), ...Object.keys(nu)]);
  return [...velden].filter((veld) => !gelijk(basis[veld], nu[veld]));
}

/** Make the body of a request that changes these fields. */
export function maakInhoud(velden, nu) {
  const inhoud = {};
  const aantallen = [];
  for (const veld of velden) {
    const sleutel = leesSleutel(veld);
    if (sleutel) aantallen.push({ ...sleutel, ...(nu[veld] ?? { waarschijnlijk: null }) });
    else inhoud[veld] = nu[veld];
  }
  if (aantallen.length) inhoud.aantallen = aantallen;
  return inhoud;
}

/**
 * Put changes on a newer state; what conflicts takes the newer value.
 *
 * @returns {object} the values as the form shows them now
 */
export function verplaats(basis, nu, nieuw, botsend) {
  const uit = { ...nieuw };
  for (const veld of verschil(basis, nu)) {
    if (!botsend.includes(veld)) uit[veld] = nu[veld];
  }
  return uit;
}

/** What a new locatie still lacks; only that is asked. */
export function watOntbreekt(waarden) {
  const mist = new Set();
  const heeftDaeb = Object.keys(waarden).some((veld) => leesSleutel(veld)?.maat === "daeb");
  if (!heeftDaeb) mist.add("aantallen");
  if (!waarden.corporaties.length) mist.add("corporaties");
  if (waarden.planstatus.status === "onbekend" || !waarden.planstatus.herkomst) mist.add("planstatus");
  for (const veld of ["vertrouwelijkheid", "plantype", "projectfase"]) {
    if (waarden[veld] === null) mist.add(veld);
  }
  return mist;
}

/** A draft outlives a reload, a sign-out and a conflict: it is kept in the browser. */
export const concept = {
  lees(id) {
    try {
      return JSON.parse(localStorage.getItem(`daeb-concept:${id}`));
    } catch {
      return null;
    }
  },
  bewaar(id, inhoud) {
    localStorage.setItem(`daeb-concept:${id}`, JSON.stringify(inhoud));
  },
  wis(id) {
    localStorage.removeItem(`daeb-concept:${id}`);
  },
};

function gelijk(een, ander) {
  return canoniek(een) === canoniek(ander);
}

function canoniek(waarde) {
  if (waarde === undefined || waarde === null || waarde === "") return "null";
  if (Array.isArray(waarde)) return waarde.length ? JSON.stringify([...waarde].sort()) : "null";
  if (typeof waarde === "object") {
    return JSON.stringify(Object.keys(waarde).sort().map((naam) => [naam, waarde[naam] || waarde[naam] === 0 ? waarde[naam] : null]));
  }
  return JSON.stringify(waarde);
}
