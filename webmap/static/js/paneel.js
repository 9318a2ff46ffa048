/* The panel of one locatie: verdict, sentence, evidence, bod, signals. */

import { maak, maakBalk, maakStaal } from "./dom.js";
import { VERWAARLOOSBAAR, toonAandeel, toonDatum, toonGetal, toonOppervlakte } from "./getallen.js";
import { haal, meldFout } from "./melding.js";

const smal = window.matchMedia("(max-width: 68.75rem)");

export class Paneel {
  #vak;
  #selectie;
  #bezig = null;
  #locatie = null;
  #delen;
  formulier = null;

  /**
   * @param {HTMLElement} vak
   * @param {Selectie} selectie
   * @param {function} bijSluiten  gets the id of the locatie that was shown
   * @param {object} delen  knoppen(locatie) and staart(locatie): more nodes under head and foot
   */
  constructor(vak, selectie, bijSluiten, { knoppen = () => null, staart = () => null } = {}) {
    this.#vak = vak;
    this.#selectie = selectie;
    this.#delen = { knoppen, staart };
    this.bijSluiten = bijSluiten;
    selectie.addEventListener("keuze", ({ detail }) => this.#toon(detail));
    vak.addEventListener("keydown", (gebeurtenis) => {
      if (gebeurtenis.key === "Escape") this.#sluit();
    });
  }

  /** The locatie that is shown; null for none. */
  get id() {
    return this.#locatie?.id ?? null;
  }

  /** Show a locatie of which all is known already. */
  toon(locatie) {
    this.#bezig?.abort();
    this.#vul(locatie);
  }

  /** Show a form in the place of the details. */
  toonFormulier(formulier) {
    this.formulier = formulier;
    const titel = maak("h2", { tabindex: "-1" }, this.#locatie.naam);
    this.#vak.replaceChildren(
      maak("div", { class: "paneel-kop" }, maak("div", {}, titel), this.#sluitknop()),
      maak("p", { class: "uitleg" }, this.#locatie.oordeel.uitleg),
      formulier.element,
    );
    this.#vak.classList.add("paneel-bewerkt");
    this.#vak.scrollTop = 0;
  }

  /** Show the details again, of the newest state. */
  async sluitFormulier() {
    this.#laatFormulierLos();
    await this.vernieuw();
    this.#vak.querySelector("[data-sleutel=bewerk]")?.focus();
  }

  /** Fetch what is shown anew; focus, scrolling and what is folded open stay. */
  async vernieuw() {
    if (this.id === null) return;
    const locatie = await haal(`/api/locaties/${encodeURIComponent(this.id)}`);
    if (locatie.id !== this.id) return;
    if (this.formulier) {
      // What is being typed stays; its heading and verdict are of the day.
      this.#vak.querySelector("h2").textContent = locatie.naam;
      this.#vak.querySelector(".uitleg").textContent = locatie.oordeel.uitleg;
      return;
    }
    const { scrollTop } = this.#vak;
    const sleutel = document.activeElement?.closest("#paneel [data-sleutel]")?.dataset.sleutel;
    const had = this.#vak.contains(document.activeElement);
    const open = [...this.#vak.querySelectorAll("details[open]")].map((deel) => deel.dataset.sleutel);
    this.#vul(locatie);
    for (const naam of open) this.#vak.querySelector(`details[data-sleutel=${naam}]`).open = true;
    this.#vak.scrollTop = scrollTop;
    if (!had) return;
    const doel = this.#vak.querySelector(sleutel ? `[data-sleutel=${sleutel}]` : "h2");
    (doel?.querySelector("summary") ?? doel)?.focus({ preventScroll: true });
  }

  /** The locatie that was shown has ended: say so and close, without moving the keyboard. */
  vervallen() {
    const had = this.#vak.contains(document.activeElement);
    this.#selectie.kies(null, "paneel");
    if (had) document.getElementById("lijstvak").focus();
  }

  #laatFormulierLos() {
    this.formulier = null;
    this.#vak.classList.remove("paneel-bewerkt");
  }

  #sluitknop() {
    const sluit = maak("button", { type: "button", class: "sluit", "aria-label": "Sluit de details", "data-sleutel": "sluit" });
    sluit.append(maak("span", { "aria-hidden": "true" }, "×"));
    sluit.addEventListener("click", () => this.#sluit());
    return sluit;
  }

  async #toon({ id, vanaf }) {
    this.#bezig?.abort();
    if (this.formulier && this.formulier.id !== id) this.#laatFormulierLos();
    if (id === null) {
      this.#locatie = null;
      this.#vak.hidden = true;
      this.#vak.replaceChildren();
      return;
    }
    if (this.formulier) return;
    this.#bezig = new AbortController();
    try {
      const locatie = await haal(`/api/locaties/${encodeURIComponent(id)}`, this.#bezig.signal);
      this.#vul(locatie);
      this.#richt(vanaf);
    } catch (fout) {
      meldFout("De locatie", fout);
    }
  }

  /** Where the panel lies below the fold, bring the reader there. */
  #richt(vanaf) {
    this.#vak.scrollTop = 0;
    const onder = smal.matches && (vanaf === "lijst" || vanaf === "kaart");
    if (vanaf === "paneel" || onder) this.#vak.querySelector("h2").focus({ preventScroll: true });
    if (onder) this.#vak.scrollIntoView({ block: "start" });
  }

  #sluit() {
    const id = this.#selectie.id;
    this.#selectie.kies(null, "paneel");
    this.bijSluiten(id);
  }

  #vul(locatie) {
    this.#locatie = locatie;
    this.#laatFormulierLos();
    // replaceChildren would write a missing part as the word null.
    const delen = [
      maak("div", { class: "paneel-kop" }, kop(locatie), this.#sluitknop()),
      maak("p", { class: "uitleg" }, locatie.oordeel.uitleg),
      this.#delen.knoppen(locatie),
      aandelen(locatie.oordeel),
      ...signalen(locatie.signalen),
      ...this.#dubbel(locatie.dubbel_met),
      ...bewijs(locatie.bewijs),
      ...bod(locatie.bod),
      kenmerken(locatie),
      this.#delen.staart(locatie),
      voet(locatie),
    ];
    this.#vak.replaceChildren(...delen.filter((deel) => deel !== null));
    this.#vak.hidden = false;
  }

  #dubbel(anderen) {
    if (!anderen.length) return [];
    const lijst = maak("ul", { class: "dubbel" });
    for (const ander of anderen) {
      const knop = maak("button", { type: "button", class: "verwijzing" }, ander.naam);
      knop.addEventListener("click", () => this.#selectie.kies(ander.id, "paneel"));
      lijst.append(maak("li", {}, knop));
    }
    return [maak("h3", {}, "Mogelijk dubbel met"), lijst];
  }
}

function kop({ naam, gemeentenaam, oordeel, daeb_netto: netto }) {
  const { hardheid, planstatus } = oordeel;
  const merk = maak("p", { class: `merk-hardheid merk-${hardheid.code}` }, maakStaal(hardheid.code));
  merk.append(maak("b", {}, hardheid.label));
  const aantal = netto === null ? "aantal DAEB onbekend" : `${toonGetal(netto)} DAEB-woningen netto`;
  const regel = maak(
    "div",
    { class: "paneel-oordeel" },
    merk,
    maak("span", {}, planstatus.code === "onbekend" ? "planstatus onbekend" : planstatus.label),
    maak("span", { class: "paneel-aantal" }, aantal),
  );
  return maak(
    "div",
    {},
    maak("p", { class: "paneel-gemeente" }, gemeentenaam ?? "Gemeente onbekend"),
    maak("h2", { tabindex: "-1" }, naam),
    regel,
  );
}

const AANDELEN = [
  ["hard", "hard"],
  ["zacht", "zacht"],
  ["onbekend", "onbekend"],
  ["geen_plan", "zonder plan"],
];

function aandelen({ aandelen: delen }) {
  const aanwezig = AANDELEN.filter(([code]) => delen[code] > VERWAARLOOSBAAR);
  if (!aanwezig.length) return null;
  const tekst = aanwezig.map(([code, woord]) => `${toonAandeel(delen[code])} ${woord}`).join(", ");
  const balk = maakBalk(
    aanwezig.map(([code]) => ({
      code: code === "geen_plan" ? "zonder_locatie" : code,
      aandeel: delen[code],
    })),
    `Aandeel van de grond: ${tekst}`,
  );
  return maak("div", { class: "aandelen" }, balk, maak("p", { class: "stil" }, `Van de grond: ${tekst}`));
}

function kenmerken(locatie) {
  const { oordeel, besluit } = locatie;
  const opgegeven = locatie.planstatus_opgegeven;
  const rijen = [
    ["Planstatus uit het plan", oordeel.planstatus_afgeleid.label],
    [
      "Planstatus opgegeven",
      locatie.planstatus_datum
        ? `${opgegeven.label} (${toonDatum(locatie.planstatus_datum)})`
        : opgegeven.label,
    ],
    besluit && [
      "Besluit van de gemeente",
      `${besluit.planstatus.label} (${toonDatum(besluit.datum)}): ${besluit.reden}`,
    ],
    ["Oppervlakte", locatie.oppervlakte_m2 === null ? "niet bekend (punt)" : toonOppervlakte(locatie.oppervlakte_m2)],
    locatie.corporaties.length && ["Corporatie", locatie.corporaties.join(", ")],
    locatie.plantype && ["Plantype", locatie.plantype],
    locatie.projectfase && ["Projectfase", locatie.projectfase],
    locatie.gemeenteaandelen.length > 1 && [
      "Ligging",
      locatie.gemeenteaandelen.map((d) => `${d.gemeentenaam} ${toonAandeel(d.aandeel)}`).join(", "),
    ],
  ];
  const lijst = maak("dl", { class: "kenmerken" });
  for (const rij of rijen) {
    if (rij) lijst.append(maak("div", {}, maak("dt", {}, rij[0]), maak("dd", {}, rij[1])));
  }
  return lijst;
}

function signalen(lijst) {
  if (!lijst.length) return [];
  const punten = lijst.map(({ label, definitie }) =>
    maak("li", {}, maak("b", {}, label), `: ${definitie}.`),
  );
  return [maak("h3", {}, "Signalen"), maak("ul", { class: "signaallijst" }, ...punten)];
}

const KOLOMMEN = ["Plan en bestemming", "Planstatus", "Klasse", "Oppervlakte", "Aandeel"];

function bewijs(rijen) {
  if (!rijen.length) {
    return [
      maak("h3", {}, "Bewijs"),
      maak("p", { class: "stil" }, "Geen plan gevonden op deze plek; het oordeel rust op de opgegeven status."),
    ];
  }
  const koppen = KOLOMMEN.map((naam, plek) =>
    maak("th", { scope: "col", role: "columnheader", class: plek > 2 && "getal" }, naam),
  );
  // The roles are spelled out: on a phone the rows are drawn as cards, and stay a table.
  const tabel = maak(
    "table",
    { class: "bewijs", role: "table", "aria-label": "Bewijs: plannen onder de locatie" },
    maak("thead", { role: "rowgroup" }, maak("tr", { role: "row" }, ...koppen)),
    maak("tbody", { role: "rowgroup" }, ...rijen.map(bewijsrij)),
  );
  const rol = maak(
    "div",
    { class: "bewijs-rol", role: "region", tabindex: "0", "aria-label": "Bewijs, schuift opzij" },
    tabel,
  );
  return [maak("h3", {}, "Bewijs"), rol];
}

function bewijsrij(rij) {
  const status = [rij.planstatus, rij.dossierstatus].filter(Boolean).join(", ");
  const cel = (kop, klasse, ...inhoud) =>
    maak("td", { role: "cell", "data-kop": kop, class: klasse }, ...inhoud);
  return maak(
    "tr",
    { role: "row" },
    cel(
      KOLOMMEN[0],
      "bewijs-plan",
      maak("b", {}, rij.plannaam),
      maak("span", {}, rij.naam ?? rij.hoofdgroep ?? "geen bestemming"),
      maak("span", { class: "klein" }, rij.idn),
    ),
    cel(
      KOLOMMEN[1],
      null,
      maak("span", {}, status || "onbekend"),
      maak("span", { class: "klein datum" }, toonDatum(rij.datum)),
    ),
    cel(
      KOLOMMEN[2],
      null,
      maak("b", {}, rij.klasse.code === "onbekend" ? "–" : rij.klasse.code),
      maak("span", { class: "klein bewijs-regel" }, rij.regel.titel || rij.regel.code),
    ),
    cel(KOLOMMEN[3], "getal", toonOppervlakte(rij.oppervlakte_m2)),
    cel(KOLOMMEN[4], "getal", toonAandeel(rij.aandeel)),
  );
}

function bod(gegevens) {
  const regels = [];
  if (gegevens.versie) {
    const datum = gegevens.datum ? ` van ${toonDatum(gegevens.datum)}` : "";
    const netto = gegevens.daeb_netto === null ? "" : ` (${toonGetal(gegevens.daeb_netto)} DAEB netto)`;
    regels.push(
      maak(
        "p",
        {},
        maak("b", {}, gegevens.telt_mee ? "Telt mee" : "Telt niet mee"),
        ` in ${gegevens.versie}${datum}${netto}.`,
      ),
    );
  } else {
    regels.push(maak("p", {}, "Er is geen bod waarin deze locatie kan meetellen."));
  }
  if (gegevens.reden) regels.push(maak("p", {}, gegevens.reden));
  for (const [naam, tekst] of [
    ["Toelichting", gegevens.toelichting],
    ["Handelingsperspectief", gegevens.handelingsperspectief],
  ]) {
    if (tekst) regels.push(maak("p", {}, maak("b", {}, `${naam}: `), tekst));
  }
  return [maak("h3", {}, "Bod van de gemeente"), ...regels];
}

function voet({ oordeel, bron, bron_id: bronId }) {
  const regels = oordeel.regels.map(({ code, titel }) => (titel ? `${code} (${titel})` : code));
  const toegepast = regels.length ? `Regels: ${regels.join(", ")}. ` : "";
  return maak(
    "p",
    { class: "paneel-voet" },
    `${toegepast}Hardheid volgens ${oordeel.regelversie}. Bron: ${bron}, nummer ${bronId}.`,
  );
}
