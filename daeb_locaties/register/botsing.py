"""When two people change the same: what was touched since, and the conflict that shows both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from daeb_locaties.errors import RegisterError
from daeb_locaties.register import schema
from daeb_locaties.register.onderwerpen import Onderwerp
from daeb_locaties.register.velden import Velden
from daeb_locaties.register.vragen import ask
from daeb_locaties.register.woorden import name_author, name_value, name_veld


@dataclass(frozen=True, slots=True)
class Aanraking:
    """A field that was changed since a version: its value then and now, and who was last."""

    veld: str
    basis: Any
    nu: Any
    wie: str
    partij: str | None
    tijdstip: datetime


@dataclass(frozen=True, slots=True)
class Botsing:
    """One field on which two people disagree, with both values."""

    aanraking: Aanraking
    gevraagd: Any

    @property
    def zin(self) -> str:
        """The conflict as a Dutch sentence."""
        a = self.aanraking
        return (
            f"{name_veld(a.veld)} is intussen door {name_author(a.wie, a.partij)} gewijzigd in "
            f"{name_value(a.veld, a.nu)}"
            + (f"; u gaf {name_value(a.veld, self.gevraagd)}" if self.gevraagd is not None else "")
            + "."
        )


class ConflictError(RegisterError):
    """Somebody else changed the same in the meantime; nothing was written.

    Parameters
    ----------
    naam
        The name of what it is about.
    botsingen
        Every field with the value that is there and the value that was asked for.
    """

    def __init__(self, naam: str, botsingen: Sequence[Botsing]) -> None:
        self.botsingen = tuple(botsingen)
        super().__init__(
            " ".join(botsing.zin for botsing in self.botsingen),
            waar=naam,
            herstel="Bekijk wat er nu staat en probeer het zo nodig opnieuw.",
        )


def collect_touches(
    verbinding: Connection, onderwerp: Onderwerp, rij: Mapping[str, Any], versie: int
) -> dict[str, Aanraking]:
    """Return every field that was changed since a version, by its name.

    Raises
    ------
    RegisterError
        When the row never had this version.
    """
    if not 1 <= versie <= rij["versie"]:
        raise RegisterError(
            f"versie {versie} is er nooit geweest; de laatste is {rij['versie']}.",
            waar=onderwerp.key(rij),
            herstel="Haal de gegevens opnieuw op.",
        )
    if versie == rij["versie"]:
        return {}
    tabel = schema.gebeurtenis
    vraag = (
        select(tabel)
        .where(
            tabel.c.onderwerp_id == onderwerp.key(rij),
            tabel.c.onderwerp == onderwerp.naam,
            tabel.c.versie > versie,
        )
        .order_by(tabel.c.versie)
    )
    nu = onderwerp.to_velden(rij)
    aangeraakt: dict[str, Aanraking] = {}
    for later in ask(verbinding, vraag):
        voor: Velden = {}
        onderwerp.apply(voor, later["oud"] or {})
        for veld in voor:
            eerder = aangeraakt.get(veld)
            aangeraakt[veld] = Aanraking(
                veld,
                eerder.basis if eerder else voor[veld],
                nu.get(veld),
                later["wie"],
                later["partij"],
                later["tijdstip"],
            )
    return aangeraakt


def refuse_conflicts(naam: str, botsend: Sequence[tuple[Aanraking, Any]]) -> None:
    """Refuse when there is anything to disagree on.

    Raises
    ------
    ConflictError
        With all of it.
    """
    if botsend:
        raise ConflictError(naam, [Botsing(a, gevraagd) for a, gevraagd in botsend])
