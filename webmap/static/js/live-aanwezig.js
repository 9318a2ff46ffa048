/* Who is there, in the head of the page, and who is changing the locatie that one looks at. */

import { maak } from "./dom.js";

const vak = document.getElementById("aanwezig");

/** Show the names and parties that are there; guests are counted. */
export function toonAanwezig({ aanwezig, gasten }, wie) {
  const aantal = aanwezig.length + gasten;
  vak.hidden = aantal === 0;
  vak.querySelector("summary").textContent = `${aantal} aanwezig`;
  const regels = aanwezig.map(({ naam, partij, bewerkt }) =>
    maak("li", {}, maak("b", {}, naam), `, ${wie.label(partij)}${bewerkt.length ? " (bewerkt)" : ""}`),
  );
  if (gasten) regels.push(maak("li", {}, `${gasten} zonder naam`));
  vak.querySelector("ul").replaceChildren(...regels);
}

const WOORD = {
  opgenomen: "maakte",
  gewijzigd: "wijzigde",
  ingelezen: "las opnieuw in:",
  besloten: "besloot over",
  beeindigd: "beëindigde",
  gesplitst: "splitste",
  samengevoegd: "voegde samen:",
  teruggedraaid: "draaide iets terug bij",
};

/** Tell in one sentence what others did; an empty text when it was nobody else. */
export function vertel(gebeurtenissen, wie, naamVan) {
  const van = gebeurtenissen.filter((g) => g.wie !== wie.naam || g.partij !== wie.partij);
  if (!van.length) return "";
  const { wie: naam, partij, soort, locaties } = van[0];
  const wat = locaties.map(naamVan).filter(Boolean).join(" en ") || "iets in het register";
  const rest = new Set(van.map((g) => g.handeling)).size - 1;
  const meer = rest > 0 ? ` En nog ${rest} ${rest === 1 ? "wijziging" : "wijzigingen"}.` : "";
  return `${naam}${partij ? ` (${wie.label(partij)})` : ""} ${WOORD[soort] ?? "wijzigde"} ${wat}.${meer}`;
}
