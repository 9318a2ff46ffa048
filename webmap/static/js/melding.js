/* Asking the server, and saying it in Dutch when that fails. */

const vak = document.getElementById("melding");

/** Show a message on the map, also to a screen reader; an empty text takes it away. */
export function meld(tekst) {
  if (vak.textContent !== tekst) vak.textContent = tekst;
}

/** Fetch JSON; a refusal becomes an Error with the server's own Dutch words. */
export async function haal(adres, signal) {
  const antwoord = await fetch(adres, { signal, headers: { Accept: "application/json" } });
  const inhoud = await antwoord.json();
  if (!antwoord.ok) throw new Error(inhoud.detail ?? inhoud.title);
  return inhoud;
}

/** Say that something could not be loaded, unless it was called off by us. */
export function meldFout(wat, fout) {
  if (fout.name === "AbortError") return;
  meld(`${wat} is niet te laden. ${fout instanceof TypeError ? "Draait het programma nog?" : fout.message}`);
}
