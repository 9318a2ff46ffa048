"""The verdict as a sentence in plain Dutch that names plan, status, date and share."""

from __future__ import annotations

from daeb_locaties.begrippen import Hardheid, Planstatus
from daeb_locaties.datums import format_datum
from daeb_locaties.getallen import format_aandeel, format_getal
from daeb_locaties.hardheid.afleiding import Afleiding
from daeb_locaties.hardheid.bewijs import Grondstuk
from daeb_locaties.hardheid.bovenlagen import BOPA
from daeb_locaties.hardheid.plannen import Plan
from daeb_locaties.model import Bewijs, Locatie


def explain(
    locatie: Locatie,
    afleiding: Afleiding,
    regel: str,
    planstatus: Planstatus,
    hardheid: Hardheid,
) -> str:
    """Return the explanation of a verdict: outcome, what the plan says, what was declared."""
    delen = [
        f"{hardheid.label} ({planstatus.label})."
        if planstatus.value != "onbekend"
        else "Onbekend.",
        _ground(afleiding),
        _declared(locatie, afleiding, regel),
    ]
    return " ".join(deel for deel in delen if deel)


def _ground(afleiding: Afleiding) -> str:
    """Say what the ground gives: one or two sentences."""
    beslissend = afleiding.beslissend
    if afleiding.regel == "A06":
        return "De locatie is een punt: zonder vlak is niet te zien op welke bestemming zij ligt."
    if beslissend is None:
        return "Op deze locatie ligt geen ingelezen plan."
    if not afleiding.klassen:
        return _without_class(afleiding, beslissend)
    return " ".join([_title(afleiding, beslissend), *_remainder(afleiding, beslissend)])


def _title(afleiding: Afleiding, beslissend: Grondstuk) -> str:
    stuk = beslissend.stuk
    geeft = {
        "G01": "laat wonen rechtstreeks toe",
        "G02": "laat wonen toe na uitwerking",
        "G03": "laat wonen pas toe na een wijziging van het plan",
        "G04": "laat wonen rechtstreeks toe door een functieaanduiding",
        "G05": "gaat wonen toelaten, maar is nog niet vastgesteld",
        "G15": "staat de woningen toe in afwijking van het omgevingsplan",
    }[stuk.grond.regel]
    a = afleiding.aandelen
    aandeel = a.hard + a.zacht
    wat = "" if stuk.grond.regel == "G15" else f" (bestemming {stuk.naam or stuk.hoofdgroep})"
    return (
        f"{describe_plan(stuk.plan)} {geeft}{wat}; "
        f"{format_aandeel(aandeel)} van de locatie telt mee als grond voor woningen."
    )


def _remainder(afleiding: Afleiding, beslissend: Grondstuk) -> list[str]:
    a, zinnen = afleiding.aandelen, []
    if a.hard and a.zacht:
        zinnen.append(f"Hard is {format_aandeel(a.hard)} van de locatie.")
    if afleiding.regel == "A02":
        klassen = ", ".join(klasse.value for klasse in afleiding.klassen)
        zinnen.append(f"De grond geeft meer klassen ({klassen}); de zachtste telt.")
    if a.onbekend:
        zinnen.append(
            f"Op {format_aandeel(a.onbekend)} geeft het plan geen uitsluitsel of geen wonen."
        )
    if a.geen_plan:
        zinnen.append(f"Op {format_aandeel(a.geen_plan)} ligt geen ingelezen plan.")
    if (
        beslissend.stuk.grond.klasse.value[0] == "2"
        and not beslissend.stuk.plan.onherroepelijk_bekend
    ):
        zinnen.append("Of het plan onherroepelijk is, blijkt niet uit het planbestand.")
    return [*zinnen, *_room(afleiding)]


def _room(afleiding: Afleiding) -> list[str]:
    """Say how many homes there are and may be, as far as it matters to the verdict."""
    ruimte, zinnen = afleiding.ruimte, []
    if ruimte is None:
        return []
    if ruimte.maximum is not None:
        zin = f"Het plan laat hoogstens {format_getal(ruimte.maximum)} woningen toe"
        if ruimte.gevraagd is not None:
            zin += f"; gevraagd zijn er {format_getal(ruimte.gevraagd)}"
        zinnen.append(f"{zin}.")
    if ruimte.blijft:
        zinnen.append(
            f"Op de locatie staan {format_getal(ruimte.bestaand or 0)} woningen, waarvan er "
            f"{format_getal(ruimte.blijft)} blijven."
        )
    if afleiding.regel == "A08":
        zinnen.append(
            "Het plan kan daarmee al vol zijn; of er ruimte is voor nieuwe woningen, vraagt een "
            "oordeel van mensen."
        )
    if afleiding.regel == "A09":
        zinnen.append("Voor zoveel woningen geeft het plan geen ruimte.")
    return zinnen


def _without_class(afleiding: Afleiding, beslissend: Grondstuk) -> str:
    stuk = beslissend.stuk
    waarom = {
        "G06": "de planregels bepalen of wonen mag, en die staan niet in het planbestand",
        "G07": "het plan laat hier geen woningen toe",
        "G08": "binnen het plan liggen bestemmingen op elkaar",
        "G09": f"de dossierstatus '{stuk.plan.dossierstatus}' vraagt een oordeel van mensen",
        "G10": "het plan is vervallen",
        "G11": "de bestemming is voorlopig",
        "G12": f"uit de planstatus '{stuk.plan.planstatus or 'onbekend'}' blijkt niet of het geldt",
        "G13": "het plan laat hier geen woningen toe",
        "G14": "hier ligt een ponsgebied van het omgevingsplan, dus dit plan geldt niet meer",
        "G16": "een uitspraak of aanwijzing raakt dit plan, en wat ervan overblijft vraagt een "
        "oordeel van mensen",
        "G17": "wat de beheersverordening toelaat, staat in de regels en niet op de kaart",
        "G18": "er ligt een vergunning of projectbesluit; wat die toelaat staat niet op de kaart",
    }.get(stuk.grond.regel, "de woonbestemming beslaat een te klein deel om mee te wegen")
    zin = (
        f"{describe_plan(stuk.plan)} geeft op {format_aandeel(beslissend.aandeel)} van de locatie "
        f"de bestemming {stuk.naam or stuk.hoofdgroep or 'zonder naam'}: {waarom}."
    )
    a = afleiding.aandelen
    return (
        f"{zin} Op {format_aandeel(a.geen_plan)} ligt geen ingelezen plan." if a.geen_plan else zin
    )


def _declared(locatie: Locatie, afleiding: Afleiding, regel: str) -> str:
    opgegeven, afgeleid = locatie.planstatus_opgegeven, afleiding.planstatus
    return {
        "O01": f"De opgegeven status {opgegeven.value} is gelijk.",
        "O02": f"Opgegeven is {opgegeven.label}; dat is niet door een plan bevestigd.",
        "O03": "Er is geen status opgegeven; dit oordeel is niet door de gemeente bevestigd.",
        "O04": f"Opgegeven is {opgegeven.value}, het plan geeft {afgeleid.value}: "
        "de zachtste telt, en dit is een agendapunt.",
        "O05": "Er is geen status opgegeven.",
        "O06": f"Opgegeven is {opgegeven.label}: dat is strijdig met het plan en een agendapunt.",
        "O07": _decided(locatie, afgeleid),
        "O08": f"Opgegeven is {opgegeven.value}; voor hard of zacht maakt dat geen verschil.",
        "O10": f"Opgegeven is {opgegeven.label}, voor meer woningen dan het plan toelaat: dit "
        "is een agendapunt.",
        "O09": f"Opgegeven is {opgegeven.label}; dat houdt op deze grond geen stand, en dit is een "
        "agendapunt.",
    }[regel]


def _decided(locatie: Locatie, afgeleid: Planstatus) -> str:
    besluit = locatie.besluit
    if besluit is None:
        return ""
    return (
        f"De gemeente besloot op {format_datum(besluit.datum)} tot {besluit.planstatus.value}: "
        f"{besluit.reden} Het plan zelf geeft {afgeleid.value}."
    )


def describe_bewijs(rij: Bewijs) -> str:
    """Return ``bestemmingsplan "Molenveld" (NL.IMRO..., vastgesteld op 3 mei 2024)``."""
    status = rij.dossierstatus or rij.planstatus or "status onbekend"
    datum = f" op {format_datum(rij.datum)}" if rij.datum else ", datum onbekend"
    return f'{rij.type_plan or "plan"} "{rij.plannaam}" ({rij.idn}, {status}{datum})'


def describe_plan(plan: Plan) -> str:
    """Return ``Het bestemmingsplan "Molenveld" (NL.IMRO..., vastgesteld op 3 mei 2024)``."""
    soort = "vergunning (BOPA)" if plan.type_plan == BOPA else plan.type_plan or "plan"
    de = ("verordening", "visie", "vergunning", "(BOPA)", "uitspraak", "aanwijzing")
    lidwoord = "De" if soort.endswith(de) else "Het"
    status = plan.dossierstatus or plan.planstatus or "status onbekend"
    datum = f" op {format_datum(plan.datum)}" if plan.datum else ", datum onbekend"
    return f'{lidwoord} {soort} "{plan.naam}" ({plan.idn}, {status}{datum})'
