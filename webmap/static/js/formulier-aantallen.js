/* The table of counts: per component, measure and year a minimum, likely and maximum number. */

import { maak } from "./dom.js";
import { leesSleutel, sleutelVan } from "./formulier-waarden.js";

const KOLOMMEN = ["Wat", "Jaar", "Minimaal", "Waarschijnlijk", "Maximaal", "Weg"];
const GETALLEN = [
  ["minimum", "minimaal"],
  ["waarschijnlijk", "waarschijnlijk"],
  ["maximum", "maximaal"],
];
let teller = 0;

export class Aantallen {
  #keuzes;
  #lichaam = maak("tbody", { role: "rowgroup" });
  #bijWijziging;

  constructor(keuzes, waarden, bijWijziging) {
    this.#keuzes = keuzes;
    this.#bijWijziging = bijWijziging;
    const velden = Object.keys(waarden).filter(leesSleutel).sort();
    for (const veld of velden) this.#voegToe(leesSleutel(veld), waarden[veld]);
  }

  /** The table with a button for a new row. */
  get element() {
    const koppen = KOLOMMEN.map((kop) => maak("th", { scope: "col", role: "columnheader" }, kop));
    const erbij = maak("button", { type: "button", class: "knop knop-licht" }, "Regel erbij");
    erbij.addEventListener("click", () => this.#nieuw());
    return maak(
      "div",
      {},
      maak(
        "table",
        { class: "aantallen", role: "table", "aria-label": "Aantallen woningen" },
        maak("thead", { role: "rowgroup" }, maak("tr", { role: "row" }, ...koppen)),
        this.#lichaam,
      ),
      erbij,
    );
  }

  /** Begin with one empty row where there is none yet. */
  begin() {
    if (!this.#lichaam.rows.length) this.#voegToe(null, null);
  }

  /** Read the rows into values by field; what cannot be is told with its input. */
  lees() {
    const waarden = {};
    const fouten = [];
    for (const rij of this.#lichaam.rows) {
      const invoer = (naam) => rij.querySelector(`[data-naam=${naam}]`);
      const getallen = Object.fromEntries(GETALLEN.map(([naam]) => [naam, leesGetal(invoer(naam), fouten)]));
      const [component, maat] = invoer("soort").value.split(":");
      const jaar = leesGetal(invoer("jaar"), fouten);
      const leeg = GETALLEN.every(([naam]) => invoer(naam).value.trim() === "");
      if (leeg && rij.dataset.nieuw) continue;
      const veld = sleutelVan({ component, maat, jaar });
      if (getallen.waarschijnlijk === null) {
        fouten.push([invoer("waarschijnlijk"), "Vul het waarschijnlijke aantal in, of haal de regel weg."]);
      } else if (inOrde(getallen) === false) {
        fouten.push([invoer("minimum"), "Minimaal is hoger dan waarschijnlijk, of waarschijnlijk hoger dan maximaal."]);
      }
      if (veld in waarden) fouten.push([invoer("jaar"), "Deze regel staat er tweemaal; tel de aantallen op."]);
      waarden[veld] = getallen;
    }
    return { waarden, fouten };
  }

  #nieuw() {
    const rij = this.#voegToe(null, null);
    rij.querySelector("select").focus();
    this.#bijWijziging();
  }

  #voegToe(sleutel, getallen) {
    teller += 1;
    const naam = `aantal-${teller}`;
    const soort = sleutel ? `${sleutel.component}:${sleutel.maat}` : "nieuwbouw:daeb";
    const keuze = maak("select", { "data-naam": "soort", id: `${naam}-soort`, disabled: Boolean(sleutel) });
    for (const maat of this.#keuzes.maat) {
      const groep = maak("optgroup", { label: maat.label });
      for (const component of this.#keuzes.component) {
        const waarde = `${component.waarde}:${maat.waarde}`;
        const tekst = maat.waarde === "daeb" ? component.label : `${component.label} (doelgroep)`;
        groep.append(maak("option", { value: waarde, selected: waarde === soort }, tekst));
      }
      keuze.append(groep);
    }
    const weg = maak("button", { type: "button", class: "knop-weg" }, maak("span", { "aria-hidden": "true" }, "×"));
    const rij = maak(
      "tr",
      { role: "row", "data-nieuw": !sleutel },
      vak("Wat", naam, "soort", keuze),
      vak("Jaar", naam, "jaar", maak("input", { ...GETAL, "data-naam": "jaar", id: `${naam}-jaar`, value: sleutel?.jaar ?? "", disabled: Boolean(sleutel) })),
      ...GETALLEN.map(([deel, label]) =>
        vak(label, naam, deel, maak("input", { ...GETAL, "data-naam": deel, id: `${naam}-${deel}`, value: getallen?.[deel] ?? "" })),
      ),
      maak("td", { role: "cell" }, weg),
    );
    weg.setAttribute("aria-label", `Haal regel weg: ${keuze.selectedOptions[0]?.textContent ?? ""} ${sleutel?.jaar ?? "nieuw"}`);
    weg.addEventListener("click", () => {
      const buur = rij.nextElementSibling ?? rij.previousElementSibling;
      rij.remove();
      (buur?.querySelector("input:not(:disabled), select:not(:disabled)") ?? document.querySelector(".aantallen + button"))?.focus();
      this.#bijWijziging();
    });
    this.#lichaam.append(rij);
    return rij;
  }
}

const GETAL = { type: "text", inputmode: "numeric", autocomplete: "off", size: 5 };

function vak(kop, naam, deel, invoer) {
  return maak(
    "td",
    { role: "cell" },
    maak("label", { for: `${naam}-${deel}`, class: "vak-label" }, kop[0].toUpperCase() + kop.slice(1)),
    invoer,
  );
}

function leesGetal(invoer, fouten) {
  const tekst = invoer.value.replace(/[.\s]/g, "");
  if (tekst === "") return null;
  if (/^\d{1,6}$/.test(tekst)) return Number(tekst);
  fouten.push([invoer, `'${invoer.value}' is geen geheel getal.`]);
  return null;
}

function inOrde({ minimum, waarschijnlijk, maximum }) {
  return (minimum ?? waarschijnlijk) <= waarschijnlijk && waarschijnlijk <= (maximum ?? waarschijnlijk);
}
