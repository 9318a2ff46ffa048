/* The form of one locatie, in the panel: saved field by field, kept as a draft, never lost. */

import { maak } from "./dom.js";
import { Aantallen } from "./formulier-aantallen.js";
import { toonBotsing } from "./formulier-botsing.js";
import {
  concept,
  leesLocatie,
  leesSleutel,
  maakInhoud,
  verplaats,
  verschil,
  watOntbreekt,
} from "./formulier-waarden.js";
import { haal } from "./melding.js";
import { stuur, Weigering, zeg } from "./stuur.js";

let keuzes = null;

export class Formulier {
  #locatie;
  #wie;
  #bijKlaar;
  #basis;
  #versie;
  #waarden;
  #alleen;
  #aantallen;
  #eigen = [];
  #bezig = false;
  element = maak("form", { class: "formulier", novalidate: true });

  /** Make the form of a locatie; with `nieuw` only what is missing is asked. */
  static async maak(locatie, { wie, nieuw, bijKlaar }) {
    keuzes ??= await haal("/api/keuzes");
    return new Formulier(locatie, wie, nieuw, bijKlaar);
  }

  constructor(locatie, wie, nieuw, bijKlaar) {
    this.#locatie = locatie;
    this.#wie = wie;
    this.#bijKlaar = bijKlaar;
    this.#basis = leesLocatie(locatie);
    this.#versie = locatie.versie;
    this.#waarden = this.#basis;
    this.#alleen = nieuw ? new Set(["naam", ...watOntbreekt(this.#basis)]) : null;
    const bewaard = concept.lees(locatie.id);
    if (bewaard) {
      this.#basis = bewaard.basis;
      this.#versie = bewaard.versie;
      this.#waarden = bewaard.waarden;
      this.#alleen = null;
    }
    this.element.addEventListener("submit", (gebeurtenis) => {
      gebeurtenis.preventDefault();
      this.#bewaar();
    });
    this.element.addEventListener("input", () => this.#onthoud());
    this.#bouw(bewaard ? "Uw concept is teruggezet: dit was nog niet opgeslagen." : "");
  }

  get id() {
    return this.#locatie.id;
  }

  /** Put the keyboard in the first field that is asked. */
  focus() {
    this.element.querySelector("[data-sectie] :is(input, select):not(:disabled)")?.focus();
  }

  /** Say that somebody else changed the locatie; what was typed stays. */
  meldElders(tekst) {
    const regel = this.element.querySelector(".formulier-elders");
    regel.hidden = false;
    regel.textContent = `${tekst} Uw formulier blijft staan; bij het opslaan worden beide samengevoegd.`;
  }

  #bouw(melding) {
    this.#aantallen = new Aantallen(keuzes, this.#waarden, () => this.#onthoud());
    if (this.#alleen?.has("aantallen")) this.#aantallen.begin();
    const opslaan = maak("button", { type: "submit", class: "knop" }, "Opslaan");
    const terug = maak("button", { type: "button", class: "knop knop-licht" }, "Sluit zonder opslaan");
    terug.addEventListener("click", () => this.#sluit());
    this.element.replaceChildren(
      maak("p", { class: "formulier-elders let-op", role: "status", hidden: !melding }, melding),
      maak("div", { class: "formulier-fouten", role: "alert", tabindex: "-1" }),
      maak("div", { class: "formulier-eigen" }, ...this.#eigen),
      ...this.#secties(),
      maak("div", { class: "formulier-knoppen" }, opslaan, terug),
    );
  }

  #secties() {
    const w = this.#waarden;
    const alle = [
      ["naam", [veld("Naam", maak("input", { name: "naam", value: w.naam ?? "", maxlength: 200, autocomplete: "off" }))]],
      ["aantallen", [groep("Aantallen woningen", this.#aantallen.element)]],
      ["corporaties", [this.#corporaties()]],
      ["planstatus", [this.#planstatus()]],
      ["vertrouwelijkheid", [keuzeVeld("Wie mag dit zien", "vertrouwelijkheid", keuzes.vertrouwelijkheid, w.vertrouwelijkheid)]],
      ["plantype", [keuzeVeld("Plantype", "plantype", keuzes.plantype, w.plantype)]],
      ["projectfase", [keuzeVeld("Projectfase", "projectfase", keuzes.projectfase, w.projectfase)]],
    ];
    const secties = alle.map(([naam, inhoud]) =>
      maak("div", { "data-sectie": naam, hidden: this.#alleen && !this.#alleen.has(naam) }, ...inhoud),
    );
    const verborgen = secties.filter((sectie) => sectie.hidden);
    if (!verborgen.length) return secties;
    const meer = maak("button", { type: "button", class: "knop knop-licht" }, "Toon ook wat al is ingevuld");
    meer.addEventListener("click", () => {
      for (const sectie of verborgen) sectie.hidden = false;
      this.#alleen = null;
      meer.remove();
      verborgen[0].querySelector("input, select")?.focus();
    });
    return [...secties, meer];
  }

  #corporaties() {
    const namen = [...new Set([...keuzes.corporaties, ...this.#waarden.corporaties])];
    if (!namen.length) {
      return veld("Corporatie", maak("input", { name: "corporatie-vrij", value: this.#waarden.corporaties.join("; ") }));
    }
    const vakjes = namen.map((naam) =>
      maak(
        "label",
        { class: "vinkje" },
        maak("input", { type: "checkbox", name: "corporatie", value: naam, checked: this.#waarden.corporaties.includes(naam) }),
        naam,
      ),
    );
    return groep("Corporatie", ...vakjes);
  }

  #planstatus() {
    const { status, datum, herkomst } = this.#waarden.planstatus;
    return groep(
      "Opgegeven planstatus",
      keuzeVeld("Status", "status", keuzes.planstatus, status, false),
      veld("Datum", maak("input", { type: "date", name: "datum", value: datum ?? "" })),
      veld("Waaruit blijkt dat", maak("input", { name: "herkomst", value: herkomst ?? "", maxlength: 300, autocomplete: "off" })),
    );
  }

  /** Read the form; what cannot be is told with its input. */
  #lees() {
    const velden = this.element.elements;
    const { waarden: aantallen, fouten } = this.#aantallen.lees();
    const vrij = velden["corporatie-vrij"];
    const leeg = (tekst) => tekst.trim() || null;
    const waarden = {
      naam: leeg(velden.naam.value),
      corporaties: vrij
        ? vrij.value.split(";").map((naam) => naam.trim()).filter(Boolean)
        : [...this.element.querySelectorAll("[name=corporatie]:checked")].map((vakje) => vakje.value),
      planstatus: {
        // The words of the source go with the status that they were said of.
        tekst: velden.status.value === this.#waarden.planstatus.status ? this.#waarden.planstatus.tekst : null,
        status: velden.status.value,
        datum: velden.datum.value || null,
        herkomst: leeg(velden.herkomst.value),
      },
      vertrouwelijkheid: velden.vertrouwelijkheid.value || null,
      plantype: velden.plantype.value || null,
      projectfase: velden.projectfase.value || null,
      ...aantallen,
    };
    if (waarden.naam === null) fouten.unshift([velden.naam, "Vul een naam in."]);
    return { waarden, fouten };
  }

  #onthoud() {
    const { waarden } = this.#lees();
    if (verschil(this.#basis, waarden).length) {
      concept.bewaar(this.id, { basis: this.#basis, versie: this.#versie, waarden });
    } else {
      concept.wis(this.id);
    }
  }

  async #bewaar() {
    if (this.#bezig) return;
    const { waarden, fouten } = this.#lees();
    this.#toonFouten(fouten);
    if (fouten.length) return;
    const velden = verschil(this.#basis, waarden);
    if (!velden.length) {
      this.#sluit();
      return;
    }
    this.#bezig = true;
    try {
      const adres = `/api/locaties/${encodeURIComponent(this.id)}`;
      const inhoud = maakInhoud(velden, waarden);
      const uitkomst = await this.#wie.schrijf(() => stuur("PATCH", adres, inhoud, this.#versie));
      if (uitkomst === null) return;
      concept.wis(this.id);
      this.#bijKlaar(uitkomst);
    } catch (fout) {
      await this.#weiger(fout, waarden);
    } finally {
      this.#bezig = false;
    }
  }

  async #weiger(fout, waarden) {
    if (!(fout instanceof Weigering)) throw fout;
    if (fout.status !== 412) {
      this.#toonFouten([[null, fout.message]]);
      return;
    }
    const { botsingen } = fout.inhoud;
    const nu = await haal(`/api/locaties/${encodeURIComponent(this.id)}`);
    const nieuw = leesLocatie(nu);
    const botsend = botsingen.map(({ veld: naam }) => naam);
    const verplaatst = verplaats(this.#basis, waarden, nieuw, botsend);
    // The draft holds on to one's own values until one has seen both.
    this.#eigen = botsingen.map((botsing) => this.#eigenWaarde(botsing, waarden[botsing.veld]));
    this.#basis = nieuw;
    this.#versie = nu.versie;
    this.#waarden = verplaatst;
    this.#alleen = null;
    this.#bouw("");
    this.#onthoud();
    await toonBotsing(botsingen, this.#wie);
    this.element.querySelector(".formulier-eigen button")?.focus();
  }

  /** One's own value of a field that conflicts, with a button that fills it in again. */
  #eigenWaarde(botsing, waarde) {
    const knop = maak("button", { type: "button", class: "knop knop-licht" }, "Zet mijn waarde weer in het formulier");
    const regel = maak("p", { class: "let-op" }, `U had voor ${botsing.naam}: ${botsing.gevraagd}. `, knop);
    knop.addEventListener("click", () => {
      const { waarden } = this.#lees();
      if (waarde === undefined) delete waarden[botsing.veld];
      else waarden[botsing.veld] = waarde;
      this.#waarden = waarden;
      this.#eigen = this.#eigen.filter((ander) => ander !== regel);
      this.#bouw("");
      this.#onthoud();
      this.#wijsAan(botsing.veld);
    });
    return regel;
  }

  #wijsAan(veldnaam) {
    const sectie = leesSleutel(veldnaam) ? "aantallen" : veldnaam;
    this.element.querySelector(`[data-sectie=${sectie}] :is(input, select):not(:disabled)`)?.focus();
  }

  #toonFouten(fouten) {
    const vak = this.element.querySelector(".formulier-fouten");
    for (const invoer of this.element.querySelectorAll("[aria-invalid]")) invoer.removeAttribute("aria-invalid");
    vak.replaceChildren(...fouten.map(([, tekst]) => maak("p", {}, tekst)));
    for (const [invoer] of fouten) invoer?.setAttribute("aria-invalid", "true");
    if (fouten.length) (fouten[0][0] ?? vak).focus();
  }

  #sluit() {
    const had = concept.lees(this.id) !== null;
    concept.wis(this.id);
    this.#bijKlaar(null);
    if (had) zeg("Niet opgeslagen.");
  }
}

function veld(label, invoer) {
  invoer.id ||= `veld-${invoer.name}`;
  return maak("p", { class: "veld" }, maak("label", { for: invoer.id }, label), invoer);
}

function keuzeVeld(label, naam, lijst, waarde, leeg = true) {
  const keuze = maak("select", { name: naam });
  if (leeg) keuze.append(maak("option", { value: "" }, "Niet bekend"));
  const bekend = lijst.some((deel) => deel.waarde === waarde);
  // A planlijst may have brought another word; it stays what it was until one chooses.
  const alle = waarde && !bekend ? [{ waarde, label: waarde }, ...lijst] : lijst;
  for (const deel of alle) {
    keuze.append(maak("option", { value: deel.waarde, selected: deel.waarde === waarde }, deel.label));
  }
  return veld(label, keuze);
}

function groep(naam, ...inhoud) {
  return maak("fieldset", { class: "veldgroep" }, maak("legend", {}, naam), ...inhoud);
}
