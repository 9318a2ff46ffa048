/* What happened to a locatie, fetched when somebody opens it. */

import { maak } from "./dom.js";
import { haal } from "./melding.js";

/** Make the part of the panel that tells the history of a locatie. */
export function maakGeschiedenis(id, wie) {
  const lijst = maak("ol", { class: "geschiedenis", reversed: true });
  const vak = maak("details", { class: "geschiedenis-vak", "data-sleutel": "geschiedenis" }, maak("summary", {}, "Geschiedenis"), lijst);
  vak.addEventListener("toggle", async () => {
    if (!vak.open) return;
    try {
      const { regels } = await haal(`/api/locaties/${encodeURIComponent(id)}/geschiedenis`);
      lijst.replaceChildren(...regels.map(({ zin }) => maak("li", {}, wie.noemPartijen(zin))));
    } catch (fout) {
      lijst.replaceChildren(maak("li", {}, `De geschiedenis is niet te laden. ${fout.message}`));
    }
  });
  return vak;
}
