"""Taking locaties and biedingen in from a source, beside what people changed by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from daeb_locaties.model import Bod, Locatie
from daeb_locaties.register import omzetten
from daeb_locaties.register.bronwaarden import INGELEZEN, change_by_source, weigh
from daeb_locaties.register.onderwerpen import BOD, LOCATIE
from daeb_locaties.register.schrijven import Schrijver
from daeb_locaties.register.velden import Velden, differ, locatie_to_velden, velden_to_locatie
from daeb_locaties.register.vragen import Rij, ask
from daeb_locaties.register.woorden import name_value, name_veld

OPGENOMEN = "opgenomen"
GEWIJZIGD = "gewijzigd"

# Ids per question: within the number of variables that SQLite allows.
_BLOK = 500


@dataclass(frozen=True, slots=True)
class Bronbotsing:
    """A field that a person changed and that the source now has otherwise; nothing changed."""

    locatie_id: str
    naam: str
    veld: str
    register: Any
    bron: Any

    @property
    def zin(self) -> str:
        """The conflict as a Dutch sentence."""
        nu, anders = name_value(self.veld, self.register), name_value(self.veld, self.bron)
        return (
            f"{self.naam}: {name_veld(self.veld)} is met de hand {nu} geworden en is in de bron nu "
            f"{anders}; wat met de hand is gedaan, blijft."
        )


@dataclass(frozen=True, slots=True)
class Schrijfverslag:
    """What became of what was read; opgenomen + gewijzigd + gelijk + beeindigd = all of it.

    `beeindigd` are locaties that ended in the register and stay ended. `botsingen` are
    fields that stayed as a person made them, though the source changed too.
    """

    opgenomen: int
    gewijzigd: int
    gelijk: int
    beeindigd: int = 0
    botsingen: tuple[Bronbotsing, ...] = ()


def put_locaties(schrijver: Schrijver, locaties: Iterable[Locatie]) -> Schrijfverslag:
    """Put locaties by id as their source has them."""
    alle = tuple(locaties)
    bestaand = _locatie_rows(schrijver, [locatie.id for locatie in alle])
    aantal = {"opgenomen": 0, "gewijzigd": 0, "gelijk": 0, "beeindigd": 0}
    botsingen: list[Bronbotsing] = []
    for locatie in alle:
        oud = bestaand.get(locatie.id)
        if oud is None:
            rij = omzetten.locatie_to_row(locatie) | {"bronwaarden": None}
            schrijver.put(LOCATIE, OPGENOMEN, None, rij, nieuw=locatie_to_velden(locatie))
            aantal["opgenomen"] += 1
        elif oud["einde"] is not None:
            aantal["beeindigd"] += 1
        else:
            veranderd, botsend = _put_again(schrijver, oud, locatie)
            aantal["gewijzigd" if veranderd else "gelijk"] += 1
            botsingen += botsend
    return Schrijfverslag(**aantal, botsingen=tuple(botsingen))


def put_biedingen(schrijver: Schrijver, biedingen: Iterable[Bod]) -> Schrijfverslag:
    """Put versions of bids by gemeente and version."""
    bestaand = {BOD.key(rij): rij for rij in ask(schrijver.verbinding, select(BOD.tabel))}
    opgenomen = gewijzigd = gelijk = 0
    for bod in biedingen:
        rij = omzetten.bod_to_row(bod)
        oud = bestaand.get(BOD.key(rij))
        if oud is None:
            schrijver.put(BOD, OPGENOMEN, None, rij)
            opgenomen += 1
        elif schrijver.put(BOD, INGELEZEN, BOD.to_velden(oud), rij, versie=oud["versie"]):
            gewijzigd += 1
        else:
            gelijk += 1
    return Schrijfverslag(opgenomen, gewijzigd, gelijk)


def _locatie_rows(schrijver: Schrijver, ids: Sequence[str]) -> Mapping[str, Rij]:
    """Return the rows of locaties that are there already, by id."""
    tabel = LOCATIE.tabel
    bestaand: dict[str, Rij] = {}
    for begin in range(0, len(ids), _BLOK):
        vraag = select(tabel).where(tabel.c.id.in_(ids[begin : begin + _BLOK]))
        bestaand |= {rij["id"]: rij for rij in ask(schrijver.verbinding, vraag)}
    return bestaand


def _put_again(
    schrijver: Schrijver, oud: Rij, locatie: Locatie
) -> tuple[bool, Sequence[Bronbotsing]]:
    """Put a locatie that is there already; say whether it changed, and where it conflicts."""
    nu: Velden = LOCATIE.to_velden(oud)
    gelezen = locatie_to_velden(locatie)
    wordt, botsend = weigh(oud["bronwaarden"], nu, gelezen)
    botsingen = [
        Bronbotsing(locatie.id, locatie.naam, veld, nu.get(veld), gelezen.get(veld))
        for veld in botsend
    ]
    anders = differ(nu, wordt)
    if not anders:
        return False, botsingen
    rij = omzetten.locatie_to_row(velden_to_locatie(locatie.id, wordt))
    rij["bronwaarden"] = change_by_source(oud["bronwaarden"], anders)
    schrijver.put(LOCATIE, INGELEZEN, nu, rij, versie=oud["versie"], nieuw=wordt)
    return True, botsingen
