"""The gespreksronde: who may do what at the table, and what is kept of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from daeb_locaties.agenda import Agendavergelijking, compare_agenda, derive_agenda
from daeb_locaties.errors import GesprekError
from daeb_locaties.gesprek import (
    Agendapunt,
    Beoordeling,
    Gesprek,
    Indiening,
    Partij,
    Peildatum,
    Reactie,
    Standpunt,
    make_id,
)
from daeb_locaties.gespreksbegrippen import (
    Agendastatus,
    Gesprekssoort,
    Instrument,
    Partijsoort,
    Toetsuitkomst,
)
from daeb_locaties.keten import ensure_beoordeeld
from daeb_locaties.model import LocatieRegel
from daeb_locaties.overzicht import read_balans, read_regels
from daeb_locaties.project import Project
from daeb_locaties.register.gesprekken import put_values, read_value, read_values
from daeb_locaties.register.schrijven import Auteur


@dataclass(frozen=True, slots=True)
class Actie:
    """One line of the action list: what, who, and before when."""

    agendapunt: Agendapunt
    wat: str
    wie: str | None
    uiterlijk: date | None


@dataclass(frozen=True, slots=True)
class Verslag:
    """The minutes of a gesprek: what was dealt with, what was said, and who does what."""

    gesprek: Gesprek
    punten: tuple[Agendapunt, ...]
    reacties: tuple[Reactie, ...]
    standpunten: tuple[Standpunt, ...]
    acties: tuple[Actie, ...]


def fill_agenda(
    project: Project, auteur: Auteur, gemeentecode: str | None = None
) -> Agendavergelijking:
    """Bring what the register itself finds onto the agenda, and say what has lost its cause.

    Points that people closed stay closed; open ones get the words of today.
    """
    ensure_beoordeeld(project)
    with project.register.at_one_moment():
        regels = read_regels(project)
        afgeleid = derive_agenda(
            regels, project.register.dubbelparen(), read_balans(project, regels)
        )
        bewaard = read_values(project.register, Agendapunt)
    uitkomst = compare_agenda(
        [punt for punt in afgeleid if gemeentecode in {None, punt.gemeentecode}],
        [punt for punt in bewaard if gemeentecode in {None, punt.gemeentecode}],
    )
    if uitkomst.nieuw or uitkomst.anders:
        put_values(
            project.register,
            [*uitkomst.nieuw, *uitkomst.anders],
            auteur,
            "de agenda is gevuld uit de stand van het register",
        )
    return uitkomst


def start_gesprek(
    project: Project, gemeentecode: str, datum: date, deelnemers: Sequence[Partij], auteur: Auteur
) -> Gesprek:
    """Start the next gesprek of a gemeente: the startgesprek first, then round 1, 2 ..

    Raises
    ------
    GesprekError
        When the one before it is not closed, or the gemeente is none of the akkoord.
    """
    _require_gemeente(project, gemeentecode)
    eerder = read_values(project.register, Gesprek, gemeentecode=gemeentecode)
    open_ = [gesprek for gesprek in eerder if not gesprek.afgesloten]
    if open_:
        raise GesprekError(
            f"het gesprek van {open_[0].datum.isoformat()} met deze gemeente is nog niet gesloten.",
            waar=f"gemeente {gemeentecode}",
            herstel="Sluit dat gesprek eerst.",
        )
    nummer = len(eerder)
    gesprek = Gesprek(
        id=make_id("gesprek", gemeentecode, str(nummer)),
        gemeentecode=gemeentecode,
        soort=Gesprekssoort.RONDE if nummer else Gesprekssoort.STARTGESPREK,
        nummer=nummer,
        datum=datum,
        deelnemers=tuple(map(str, deelnemers)),
    )
    put_values(project.register, [gesprek], auteur, "gesprek begonnen")
    return replace(gesprek, versie=1)


def close_gesprek(project: Project, id_: str, auteur: Auteur) -> Gesprek:
    """Close a gesprek; its minutes can still be read, and points go on in the next."""
    gesprek = replace(read_value(project.register, Gesprek, id_), afgesloten=True)
    put_values(project.register, [gesprek], auteur, "gesprek gesloten")
    return read_value(project.register, Gesprek, id_)


def close_punt(
    project: Project, punt: Agendapunt, uitkomst: str, auteur: Auteur, gesprek_id: str | None = None
) -> None:
    """Close a point of the agenda with its outcome.

    Raises
    ------
    GesprekError
        When there is no outcome to note.
    """
    if not uitkomst.strip():
        raise GesprekError("de uitkomst ontbreekt.", waar=punt.titel, herstel="Schrijf haar op.")
    klaar = replace(
        punt,
        status=Agendastatus.AFGEROND,
        uitkomst=uitkomst.strip(),
        gesprek_id=gesprek_id or punt.gesprek_id,
    )
    put_values(project.register, [klaar], auteur, "agendapunt afgerond")


def submit(
    project: Project,
    peildatum_id: str,
    gemeentecode: str,
    partij: Partij,
    datum: date,
    auteur: Auteur,
    toelichting: str | None = None,
) -> Indiening:
    """Hand a gemeente's part of a frozen peildatum to the provincie.

    Raises
    ------
    GesprekError
        When another than the gemeente itself does so, or the peildatum is not there.
    """
    _require_gemeente(project, gemeentecode)
    if partij != Partij(Partijsoort.GEMEENTE, gemeentecode):
        raise GesprekError(
            f"{partij} kan niet indienen voor gemeente {gemeentecode}.",
            herstel="Indienen doet de gemeente zelf.",
        )
    peildatum = read_value(project.register, Peildatum, peildatum_id)
    indiening = Indiening(
        make_id("indiening", peildatum.id, gemeentecode),
        peildatum.id,
        gemeentecode,
        datum,
        toelichting,
    )
    put_values(project.register, [indiening], auteur, f"ingediend op peildatum {peildatum.datum}")
    return indiening


def assess(
    project: Project,
    indiening_id: str,
    locatie_id: str,
    partij: Partij,
    uitkomst: Toetsuitkomst,
    motief: str,
    auteur: Auteur,
    instrument: Instrument | None = None,
    versie: int = 0,
) -> Beoordeling:
    """Note what the provincie, as assessor, says of a locatie in an indiening.

    `versie` is the version of the assessment that the person saw, 0 for none.

    Raises
    ------
    GesprekError
        When another than the provincie does so, without a motive, or of a locatie that is
        not in the indiening.
    """
    if partij.soort is not Partijsoort.PROVINCIE:
        raise GesprekError(f"{partij} kan niet beoordelen.", herstel="Dat doet de provincie.")
    if not motief.strip():
        raise GesprekError("het motief ontbreekt.", herstel="Schrijf in een zin waarom.")
    indiening = read_value(project.register, Indiening, indiening_id)
    regel = _regel(project, locatie_id)
    if regel.koppeling.gemeentecode != indiening.gemeentecode:
        raise GesprekError(
            f"locatie {regel.locatie.naam} hoort niet bij deze indiening van gemeente "
            f"{indiening.gemeentecode}."
        )
    beoordeling = Beoordeling(
        indiening.id, locatie_id, uitkomst, motief.strip(), instrument, versie=versie
    )
    put_values(project.register, [beoordeling], auteur, "beoordeeld door de provincie")
    return beoordeling


def put_standpunt(project: Project, standpunt: Standpunt, auteur: Auteur) -> None:
    """Note what a party says of a locatie.

    Raises
    ------
    GesprekError
        When the locatie is not there.
    """
    regel = _regel(project, standpunt.locatie_id)
    put_values(project.register, [standpunt], auteur, f"standpunt over {regel.locatie.naam}")


def make_verslag(project: Project, gesprek_id: str) -> Verslag:
    """Return the minutes and the action list of a gesprek.

    The minutes hold the points that were dealt with in it; the actions are the next steps
    of these and of the gemeente's points that are still open.
    """
    with project.register.at_one_moment():
        gesprek = read_value(project.register, Gesprek, gesprek_id)
        alle = read_values(project.register, Agendapunt, gemeentecode=gesprek.gemeentecode)
        punten = tuple(punt for punt in alle if punt.gesprek_id == gesprek_id)
        bij_punt = {punt.id for punt in punten}
        reacties = tuple(
            r for r in read_values(project.register, Reactie) if r.onderwerp_id in bij_punt
        )
        locaties = {id_ for punt in punten for id_ in punt.locatie_ids}
        standpunten = tuple(
            s for s in read_values(project.register, Standpunt) if s.locatie_id in locaties
        )
    acties = [
        Actie(punt, punt.volgende_stap, punt.aan_zet, punt.uiterlijk)
        for punt in alle
        if punt.volgende_stap
        and (punt.gesprek_id == gesprek_id or punt.status is Agendastatus.OPEN)
    ]
    acties.sort(key=lambda a: (a.uiterlijk or date.max, a.wie or "", a.agendapunt.titel))
    return Verslag(gesprek, punten, reacties, standpunten, tuple(acties))


def _require_gemeente(project: Project, code: str) -> None:
    akkoord = project.akkoord
    if akkoord.gemeenten and akkoord.gemeente(code) is None:
        bekend = ", ".join(f"{g.code} {g.naam}" for g in akkoord.gemeenten)
        raise GesprekError(
            f"gemeente '{code}' hoort niet bij het akkoord.", herstel=f"Kies uit: {bekend}."
        )


def _regel(project: Project, locatie_id: str) -> LocatieRegel:
    for regel in read_regels(project):
        if regel.locatie.id == locatie_id:
            return regel
    raise GesprekError(f"locatie {locatie_id} is er niet.")
