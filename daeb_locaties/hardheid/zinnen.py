"""The verdict as a sentence in plain Dutch that names plan, status, date and share."""

from __future__ import annotations

from daeb_locaties.begrippen import Hardheid, Planstatus
from daeb_locaties.datums import format_datum
from daeb_locaties.getallen import format_aandeel
from daeb_locaties.hardheid.afleiding import Afleiding
from daeb_locaties.hardheid.bewijs import Grondstuk
from daeb_locaties.hardheid.plannen import Plan
from daeb_locaties.model import Locatie


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
    }[stuk.grond.regel]
    a = afleiding.aandelen
    aandeel = a.hard + a.zacht
    return (
        f"{describe_plan(stuk.plan)} {geeft} (bestemming {stuk.naam or stuk.hoofdgroep}); "
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
        "G12": "de status van het plan is niet te lezen",
        "G13": "het plan laat hier geen woningen toe",
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


def describe_plan(plan: Plan) -> str:
    """Return ``Het bestemmingsplan "Molenveld" (NL.IMRO..., vastgesteld op 3 mei 2024)``."""
    soort = plan.type_plan or "plan"
    lidwoord = "De" if soort.endswith(("verordening", "visie", "vergunning")) else "Het"
    status = plan.dossierstatus or plan.planstatus or "status onbekend"
    datum = f" op {format_datum(plan.datum)}" if plan.datum else ", datum onbekend"
    return f'{lidwoord} {soort} "{plan.naam}" ({plan.idn}, {status}{datum})'
