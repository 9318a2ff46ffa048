/* Writing: JSON to the server, and its refusal with the words and the data that it gave. */

/** What the server says no to; `inhoud` is its problem document. */
export class Weigering extends Error {
  constructor(status, inhoud) {
    super(inhoud.detail ?? inhoud.title ?? "De server weigert dit.");
    this.status = status;
    this.inhoud = inhoud;
  }
}

/**
 * Send JSON and return what comes back.
 *
 * @param {string} methode
 * @param {string} adres
 * @param {object} inhoud
 * @param {number} [versie]  the version that the change is based on
 */
export async function stuur(methode, adres, inhoud = {}, versie = undefined) {
  const koppen = { Accept: "application/json", "Content-Type": "application/json", "X-DAEB": "1" };
  if (versie !== undefined) koppen["If-Match"] = `"${versie}"`;
  let antwoord;
  try {
    antwoord = await fetch(adres, { method: methode, headers: koppen, body: JSON.stringify(inhoud) });
  } catch {
    throw new Weigering(0, { detail: "De server is niet bereikbaar. Wat u invulde staat er nog; probeer het zo opnieuw." });
  }
  const gelezen = await antwoord.json().catch(() => ({}));
  if (!antwoord.ok) throw new Weigering(antwoord.status, gelezen);
  return gelezen;
}

const LANG_GENOEG_MS = 9000;
const vak = document.getElementById("status");
let wekker = null;

/** Say what was done or what others did, also to a screen reader; it goes by itself. */
export function zeg(tekst) {
  clearTimeout(wekker);
  vak.textContent = tekst;
  wekker = setTimeout(() => {
    vak.textContent = "";
  }, LANG_GENOEG_MS);
}
