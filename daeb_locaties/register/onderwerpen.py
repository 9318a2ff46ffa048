"""What the register keeps by events: per subject its table, its key and its fields.

A subject that is listed here is written by `Schrijver`, replayed by `naspelen`, checked by
`controleer` and copied by `reservekopie`, without a word about it in those.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Date, Table

from daeb_locaties.gespreksbegrippen import Agendastatus
from daeb_locaties.register import gesprekstabellen, omzetten, schema, velden
from daeb_locaties.register.velden import Velden

Rij = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Onderwerp:
    """A kind of thing whose every change is an event.

    Parameters
    ----------
    naam
        As events call it.
    tabel
        Its rows; one column is `versie`.
    to_velden
        From a row to the fields that events name.
    to_row
        From an id and fields back to a row, without `versie`.
    apply
        Brings what an event says into fields, in place.
    retract
        Fields of a new row whose making is reversed on a day, for a reason: rows are never
        deleted. None where making it is not reversed.
    invoer
        Whether the chain computes from it.
    """

    naam: str
    tabel: Table
    to_velden: Callable[[Rij], Velden]
    to_row: Callable[[str, Velden], dict[str, Any]]
    apply: Callable[[Velden, Mapping[str, Any]], None]
    retract: Callable[[Velden, date, str], Velden] | None = None
    invoer: bool = True

    def key(self, rij: Rij) -> str:
        """Return the id of a row, as events name it."""
        return "/".join(str(rij[kolom.name]) for kolom in self.tabel.primary_key)

    def where(self, id_: str) -> tuple[ColumnElement[bool], ...]:
        """Return the conditions that find the row of an id."""
        return tuple(
            kolom == kolom.type.python_type(deel)
            for kolom, deel in zip(self.tabel.primary_key, id_.split("/"), strict=True)
        )


def _row_to_velden(rij: Rij) -> Velden:
    return {naam: velden.plain(waarde) for naam, waarde in rij.items() if naam != "versie"}


def _apply(inhoud: Velden, nieuw: Rij) -> None:
    inhoud.update(nieuw)


def _locatie_to_velden(rij: Rij) -> Velden:
    return velden.locatie_to_velden(omzetten.row_to_locatie(rij))


def _velden_to_locatie(id_: str, inhoud: Velden) -> dict[str, Any]:
    return omzetten.locatie_to_row(velden.velden_to_locatie(id_, inhoud))


def _end_locatie(inhoud: Velden, dag: date, reden: str) -> Velden:
    return inhoud | {"einde": velden.plain({"datum": dag, "reden": reden})}


def _velden_to_bod(_: str, inhoud: Velden) -> dict[str, Any]:
    return inhoud | {"datum": velden.read_date(inhoud["datum"])}


def _retract_paarbesluit(inhoud: Velden, _: date, reden: str) -> Velden:
    return inhoud | {"oordeel": None, "reden": reden}


def _velden_to_table(tabel: Table, _: str, inhoud: Velden) -> dict[str, Any]:
    """Return the row of a table whose columns are the fields, dates as dates."""
    return {
        kolom.name: velden.read_date(inhoud.get(kolom.name))
        if isinstance(kolom.type, Date)
        else inhoud.get(kolom.name)
        for kolom in tabel.c
        if kolom.name != "versie"
    }


def _lapse(inhoud: Velden, _: date, reden: str) -> Velden:
    return inhoud | {"status": Agendastatus.VERVALLEN.value, "uitkomst": reden}


LOCATIE = Onderwerp(
    "locatie",
    schema.locatie,
    _locatie_to_velden,
    _velden_to_locatie,
    velden.apply,
    retract=_end_locatie,
)
BOD = Onderwerp("bod", schema.bod, _row_to_velden, _velden_to_bod, _apply)
PAARBESLUIT = Onderwerp(
    "paarbesluit",
    schema.paarbesluit,
    _row_to_velden,
    lambda _, inhoud: dict(inhoud),
    _apply,
    retract=_retract_paarbesluit,
)

GESPREK = tuple(
    Onderwerp(
        tabel.name,
        tabel,
        _row_to_velden,
        partial(_velden_to_table, tabel),
        _apply,
        retract=_lapse if tabel is gesprekstabellen.agendapunt else None,
        invoer=False,
    )
    for tabel in (
        gesprekstabellen.gesprek,
        gesprekstabellen.agendapunt,
        gesprekstabellen.reactie,
        gesprekstabellen.standpunt,
        gesprekstabellen.peildatum,
        gesprekstabellen.indiening,
        gesprekstabellen.beoordeling,
    )
)
"""What is said at the table; the chain computes nothing from it."""

ONDERWERPEN = {onderwerp.naam: onderwerp for onderwerp in (LOCATIE, BOD, PAARBESLUIT, *GESPREK)}
