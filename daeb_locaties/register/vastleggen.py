"""Putting a value of the gesprek in the register, field by field beside what others changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from sqlalchemy import select

from daeb_locaties.errors import RegisterError
from daeb_locaties.gesprek import (
    Agendapunt,
    Beoordeling,
    Gesprek,
    Indiening,
    Peildatum,
    Reactie,
    Standpunt,
)
from daeb_locaties.register import schema
from daeb_locaties.register.botsing import Aanraking, collect_touches, refuse_conflicts
from daeb_locaties.register.onderwerpen import ONDERWERPEN, Onderwerp
from daeb_locaties.register.opnemen import GEWIJZIGD, OPGENOMEN
from daeb_locaties.register.schrijven import Schrijver
from daeb_locaties.register.velden import differ, plain, same
from daeb_locaties.register.vragen import ask, ask_one

Gesprekswaarde = Agendapunt | Beoordeling | Gesprek | Indiening | Peildatum | Reactie | Standpunt

_NAMEN: dict[type[Gesprekswaarde], str] = {
    Gesprek: "gesprek",
    Agendapunt: "agendapunt",
    Reactie: "reactie",
    Standpunt: "standpunt",
    Peildatum: "peildatum",
    Indiening: "indiening",
    Beoordeling: "beoordeling",
}


def subject_of(soort: type[Gesprekswaarde]) -> Onderwerp:
    """Return the subject under which events speak of such a value."""
    return ONDERWERPEN[_NAMEN[soort]]


def put_value(schrijver: Schrijver, waarde: Gesprekswaarde) -> int | None:
    """Put a value, new or changed; return the number of its event, None when nothing differs.

    `waarde.versie` is the version that the person looked at, 0 for none: fields that others
    changed since, and that the person left alone, stay as they are.

    Raises
    ------
    ConflictError
        When somebody else gave one of the fields another value since.
    RegisterError
        When it is changed but was never there.
    """
    onderwerp = subject_of(type(waarde))
    rij = ask_one(
        schrijver.verbinding,
        select(onderwerp.tabel).where(*onderwerp.where(waarde.id)),
    )
    gevraagd = _to_velden(waarde)
    if rij is None:
        if waarde.versie:
            raise RegisterError(f"dit {onderwerp.naam} is er niet.", waar=waarde.id)
        return schrijver.put(onderwerp, OPGENOMEN, None, onderwerp.to_row(waarde.id, gevraagd))
    nu = onderwerp.to_velden(rij)
    if waarde.versie:
        aangeraakt = collect_touches(schrijver.verbinding, onderwerp, rij, waarde.versie)
    else:
        aangeraakt = _all_touched(schrijver, onderwerp, rij)
    basis = nu | {veld: a.basis for veld, a in aangeraakt.items()}
    wordt, botsend = dict(nu), []
    for veld in differ(basis, gevraagd):
        nieuw = gevraagd.get(veld)
        if not same(nieuw, nu.get(veld)):
            if veld in aangeraakt:
                botsend.append((aangeraakt[veld], nieuw))
            wordt[veld] = nieuw
    refuse_conflicts(str(gevraagd.get("titel") or onderwerp.naam), botsend)
    return schrijver.put(
        onderwerp, GEWIJZIGD, nu, onderwerp.to_row(waarde.id, wordt), versie=rij["versie"]
    )


def _all_touched(
    schrijver: Schrijver, onderwerp: Onderwerp, rij: Mapping[str, Any]
) -> dict[str, Aanraking]:
    """Return every field as touched by who was last: the person saw none of it."""
    tabel = schema.gebeurtenis
    laatste = ask(
        schrijver.verbinding,
        select(tabel).where(
            tabel.c.onderwerp_id == onderwerp.key(rij),
            tabel.c.onderwerp == onderwerp.naam,
            tabel.c.versie == rij["versie"],
        ),
    )[0]
    wie = (laatste["wie"], laatste["partij"], laatste["tijdstip"])
    return {veld: Aanraking(veld, None, nu, *wie) for veld, nu in onderwerp.to_velden(rij).items()}


def _to_velden(waarde: Gesprekswaarde) -> dict[str, Any]:
    inhoud = {lid.name: plain(getattr(waarde, lid.name)) for lid in fields(waarde)}
    inhoud.pop("versie")
    return inhoud | {"id": waarde.id}
