"""Changing locaties: each change one event, and two people never overwrite one another.

Whoever changes something says on which version it was based. Fields are merged one by one:
what nobody else touched since is changed; where somebody gave the same value nothing is
left to do; where somebody gave another value the whole change is refused with both values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from daeb_locaties.begrippen import Component, Maat
from daeb_locaties.datums import local_date
from daeb_locaties.errors import RegisterError
from daeb_locaties.model import Aantal, Besluit, Einde, Locatie
from daeb_locaties.register import omzetten
from daeb_locaties.register.botsing import collect_touches, refuse_conflicts
from daeb_locaties.register.bronwaarden import change_by_hand
from daeb_locaties.register.invoer import check_locatie
from daeb_locaties.register.onderwerpen import LOCATIE
from daeb_locaties.register.opnemen import GEWIJZIGD, OPGENOMEN
from daeb_locaties.register.register import Register
from daeb_locaties.register.schrijven import Auteur, Schrijver
from daeb_locaties.register.velden import differ, locatie_to_velden, same, velden_to_locatie
from daeb_locaties.register.vragen import Rij, ask_one

BEEINDIGD = "beeindigd"
BESLOTEN = "besloten"
Aantalsleutel = tuple[Component, Maat, int | None]

# What may be changed by name; the rest has an action of its own.
WIJZIGBAAR = frozenset(
    {
        "naam",
        "geometrie_rd",
        "gemeente_opgegeven",
        "corporaties",
        "woningen_totaal",
        "planstatus_opgegeven",
        "planstatus_tekst",
        "planstatus_datum",
        "planstatus_herkomst",
        "plantype",
        "projectfase",
        "vertrouwelijkheid",
    }
)


@dataclass(frozen=True, slots=True)
class Wijziging:
    """What a person wants to change on a locatie.

    Parameters
    ----------
    locatie_id, versie
        The locatie, and the version of it that the person looked at.
    velden
        New values by the name of the attribute of `Locatie`, see `WIJZIGBAAR`.
    aantallen
        New counts by component, measure and year; None takes a count away.
    """

    locatie_id: str
    versie: int
    velden: Mapping[str, Any] = field(default_factory=dict)
    aantallen: Mapping[Aantalsleutel, Aantal | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """What an action led to.

    `gebeurtenis` is the number of its (first) event, None when nothing was left to change.
    `locaties` are the locaties that it made or changed, as they are now.
    """

    gebeurtenis: int | None
    locaties: tuple[Locatie, ...]


def add_locatie(register: Register, locatie: Locatie, auteur: Auteur, reden: str) -> Uitkomst:
    """Add a locatie by hand; it gets a new id.

    Raises
    ------
    RegisterError
        When a value cannot be right, or the database refuses.
    """
    nieuw = replace(
        locatie, id=str(uuid4()), voorgangers=(), opvolgers=(), einde=None, besluit=None
    )
    check_locatie(nieuw)
    with register.writing(auteur, need_reason(reden)) as schrijver:
        nummer = put_new(schrijver, nieuw, OPGENOMEN)
    return Uitkomst(nummer, (replace(nieuw, versie=1),))


def change_locatie(
    register: Register, wijziging: Wijziging, auteur: Auteur, reden: str
) -> Uitkomst:
    """Change fields of a locatie, beside what others changed since.

    Raises
    ------
    ConflictError
        When somebody else gave one of the fields another value since; nothing is written.
    RegisterError
        When the locatie is unknown or ended, or a value cannot be right.
    """
    vreemd = sorted(set(wijziging.velden) - WIJZIGBAAR)
    if vreemd:
        raise RegisterError(f"deze velden zijn zo niet te wijzigen: {', '.join(vreemd)}.")
    with register.writing(auteur, need_reason(reden)) as schrijver:
        rij = read_row(schrijver, wijziging.locatie_id)
        return _put_changed(
            schrijver,
            rij,
            wijziging.versie,
            lambda basis: _wanted(basis, wijziging),
            GEWIJZIGD,
        )


def override_verdict(
    register: Register, id_: str, versie: int, besluit: Besluit | None, auteur: Auteur, reden: str
) -> Uitkomst:
    """Set a decision of the gemeente above the machine's verdict; None takes it back.

    Raises
    ------
    ConflictError
        When somebody else decided otherwise since.
    RegisterError
        When the locatie is unknown or ended, or the decision has no reason.
    """
    if besluit is not None:
        need_reason(besluit.reden)
    with register.writing(auteur, need_reason(reden)) as schrijver:
        rij = read_row(schrijver, id_)
        return _put_changed(
            schrijver, rij, versie, lambda basis: replace(basis, besluit=besluit), BESLOTEN
        )


def end_locatie(register: Register, id_: str, versie: int, auteur: Auteur, reden: str) -> Uitkomst:
    """End a locatie: it counts nowhere any more, and stays readable.

    Raises
    ------
    ConflictError
        When the locatie changed since `versie`: who ends it should have seen that.
    RegisterError
        When it is unknown or ended already.
    """
    with register.writing(auteur, need_reason(reden)) as schrijver:
        rij = read_row(schrijver, id_)
        require_version(schrijver, rij, versie)
        oud = omzetten.row_to_locatie(rij)
        nieuw = replace(oud, einde=Einde(local_date(schrijver.moment), reden))
        nummer = put_changed(schrijver, rij, nieuw, BEEINDIGD)
        return Uitkomst(nummer, (replace(nieuw, versie=versie + 1),))


def read_row(schrijver: Schrijver, id_: str) -> Rij:
    """Read the row of a locatie that can still be changed.

    Raises
    ------
    RegisterError
        When there never was one of this id, or it has ended.
    """
    vraag = select(LOCATIE.tabel).where(LOCATIE.tabel.c.id == id_)
    rij = ask_one(schrijver.verbinding, vraag)
    if rij is None:
        raise RegisterError("deze locatie is er niet.", waar=id_)
    if rij["einde"] is not None:
        raise RegisterError(
            f"deze locatie is beëindigd ({rij['einde']['reden']}).",
            waar=rij["naam"],
            herstel="Draai eerst de beëindiging terug.",
        )
    return rij


def require_version(schrijver: Schrijver, rij: Mapping[str, Any], versie: int) -> None:
    """Refuse to act on a locatie as a whole when it changed since the version that was seen.

    Raises
    ------
    ConflictError
        With who changed what since.
    """
    aanrakingen = collect_touches(schrijver.verbinding, LOCATIE, rij, versie)
    refuse_conflicts(rij["naam"], [(a, None) for a in aanrakingen.values()])


def put_new(schrijver: Schrijver, locatie: Locatie, soort: str) -> int | None:
    """Put a locatie that is new; return the number of its event."""
    rij = omzetten.locatie_to_row(locatie) | {"bronwaarden": None}
    return schrijver.put(LOCATIE, soort, None, rij)


def put_changed(
    schrijver: Schrijver,
    rij: Mapping[str, Any],
    locatie: Locatie,
    soort: str,
    herroept: int | None = None,
) -> int | None:
    """Put a locatie that a person changed; return the number of its event, None for none."""
    oud, nieuw = LOCATIE.to_velden(rij), locatie_to_velden(locatie)
    bron = change_by_hand(rij["bronwaarden"], oud, nieuw)
    wordt = omzetten.locatie_to_row(locatie) | {"bronwaarden": bron}
    return schrijver.put(LOCATIE, soort, oud, wordt, versie=rij["versie"], herroept=herroept)


def need_reason(reden: str) -> str:
    """Return the reason without spaces around it.

    Raises
    ------
    RegisterError
        When there is none: the register is read by others, years later.
    """
    if not reden.strip():
        raise RegisterError("een reden ontbreekt.", herstel="Schrijf in een zin waarom.")
    return reden.strip()


def _put_changed(
    schrijver: Schrijver,
    rij: Mapping[str, Any],
    versie: int,
    change: Callable[[Locatie], Locatie],
    soort: str,
) -> Uitkomst:
    """Put what a person made of the version that was seen, field by field."""
    id_, nu = rij["id"], LOCATIE.to_velden(rij)
    aangeraakt = collect_touches(schrijver.verbinding, LOCATIE, rij, versie)
    basis = nu | {veld: a.basis for veld, a in aangeraakt.items()}
    gevraagd = locatie_to_velden(change(velden_to_locatie(id_, basis)))
    wordt, botsend = dict(nu), []
    for veld in differ(basis, gevraagd):
        waarde = gevraagd.get(veld)
        if same(waarde, nu.get(veld)):
            continue
        if veld in aangeraakt:
            botsend.append((aangeraakt[veld], waarde))
        wordt[veld] = waarde
    refuse_conflicts(rij["naam"], botsend)
    nieuw = velden_to_locatie(id_, wordt, versie=rij["versie"])
    check_locatie(nieuw, velden_to_locatie(id_, nu))
    nummer = put_changed(schrijver, rij, nieuw, soort)
    return Uitkomst(nummer, (replace(nieuw, versie=rij["versie"] + (nummer is not None)),))


def _wanted(basis: Locatie, wijziging: Wijziging) -> Locatie:
    aantallen = {(a.component, a.maat, a.jaar): a for a in basis.aantallen}
    for sleutel, aantal in wijziging.aantallen.items():
        if aantal is None:
            aantallen.pop(sleutel, None)
        elif (aantal.component, aantal.maat, aantal.jaar) != sleutel:
            raise RegisterError("een aantal hoort bij een andere component, maat of jaar.")
        else:
            aantallen[sleutel] = aantal
    return replace(basis, **wijziging.velden, aantallen=tuple(aantallen.values()))
