/* Two people gave one field another value: both, side by side, and no way to save unseen. */

import { maak } from "./dom.js";

const dialoog = document.getElementById("botsing-dialoog");

/** Show both values of every field that conflicts; resolves when the reader has seen them. */
export function toonBotsing(botsingen, wie) {
  const rijen = botsingen.map((botsing) =>
    maak(
      "tr",
      { role: "row" },
      maak("th", { scope: "row", role: "rowheader" }, hoofdletter(botsing.naam)),
      maak("td", { role: "cell", "data-kop": "Staat er nu" }, maak("b", {}, botsing.nu), maak("span", { class: "klein" }, `door ${wie.noemPartijen(botsing.wie)}`)),
      maak("td", { role: "cell", "data-kop": "U gaf" }, maak("b", {}, botsing.gevraagd)),
    ),
  );
  dialoog.querySelector("tbody").replaceChildren(...rijen);
  return new Promise((klaar) => {
    dialoog.addEventListener("close", klaar, { once: true });
    dialoog.showModal();
  });
}

dialoog.querySelector("button").addEventListener("click", () => dialoog.close());

function hoofdletter(tekst) {
  return tekst[0].toUpperCase() + tekst.slice(1);
}
