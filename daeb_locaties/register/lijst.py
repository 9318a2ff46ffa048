"""One page of the list of locaties, so that opening it costs no more than what is seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, collate, func, select

from daeb_locaties.begrippen import Hardheid
from daeb_locaties.model import Dubbelpaar, Koppeling, Locatie, Oordeel
from daeb_locaties.register.omzetten import row_to_locatie
from daeb_locaties.register.resultaten import (
    read_dubbelparen,
    read_koppelingen,
    read_oordelen,
)
from daeb_locaties.register.schema import koppeling, locatie, oordeel
from daeb_locaties.register.vragen import ask


@dataclass(frozen=True, slots=True)
class Lijstvraag:
    """Which locaties of the list: from the `vanaf`-th on, at most `aantal`.

    `zoek` is a part of the name, whatever its case; None leaves a filter out.
    """

    vanaf: int = 0
    aantal: int = 100
    gemeentecode: str | None = None
    hardheid: Hardheid | None = None
    zoek: str | None = None


@dataclass(frozen=True, slots=True)
class Bladzijde:
    """One page, by gemeente, naam and id, and how many locaties there are in all.

    What the last run found is by locatie id; what came after it has no link or verdict.
    """

    totaal: int
    locaties: tuple[Locatie, ...]
    koppelingen: Mapping[str, Koppeling]
    oordelen: Mapping[str, Oordeel]
    dubbelparen: tuple[Dubbelpaar, ...]


def read_page(verbinding: Connection, vraag: Lijstvraag) -> Bladzijde:
    """Read one page."""
    ids, totaal = _find(verbinding, vraag)
    rijen = ask(verbinding, select(locatie).where(locatie.c.id.in_(ids)))
    per_id = {rij["id"]: row_to_locatie(rij) for rij in rijen}
    return Bladzijde(
        totaal,
        tuple(per_id[id_] for id_ in ids),
        read_koppelingen(verbinding, ids),
        read_oordelen(verbinding, ids),
        read_dubbelparen(verbinding, ids),
    )


def _find(verbinding: Connection, vraag: Lijstvraag) -> tuple[Sequence[str], int]:
    """Return the ids of a page, and how many there are in all."""
    filters = _filters(vraag)
    tellen = _from(select(func.count()), vraag).where(*filters)
    totaal: int = verbinding.execute(tellen).scalar_one()
    naam = [_in_order(verbinding, kolom) for kolom in (koppeling.c.gemeentenaam, locatie.c.naam)]
    bladzijde = (
        _joined(select(locatie.c.id))
        .where(*filters)
        .order_by(koppeling.c.gemeentenaam.is_(None), *naam, locatie.c.id)
        .limit(vraag.aantal)
        .offset(vraag.vanaf)
    )
    return [rij["id"] for rij in ask(verbinding, bladzijde)], totaal


def _filters(vraag: Lijstvraag) -> list[ColumnElement[bool]]:
    filters: list[ColumnElement[bool]] = [locatie.c.einde.is_(None)]
    if vraag.gemeentecode is not None:
        filters.append(koppeling.c.gemeentecode == vraag.gemeentecode)
    if vraag.hardheid is Hardheid.ONBEKEND:
        # What came after the last run has no verdict yet.
        onbekend = Hardheid.ONBEKEND.value
        filters.append(func.coalesce(oordeel.c.hardheid, onbekend) == onbekend)
    elif vraag.hardheid is not None:
        filters.append(oordeel.c.hardheid == vraag.hardheid.value)
    if vraag.zoek:
        filters.append(func.lower(locatie.c.naam).contains(vraag.zoek.lower(), autoescape=True))
    return filters


def _from(keuze: Select[Any], vraag: Lijstvraag) -> Select[Any]:
    """Count without a join where no filter needs one."""
    if vraag.gemeentecode is None and vraag.hardheid is None:
        return keuze.select_from(locatie)
    return _joined(keuze)


def _joined(keuze: Select[Any]) -> Select[Any]:
    return keuze.select_from(
        locatie.outerjoin(koppeling, koppeling.c.locatie_id == locatie.c.id).outerjoin(
            oordeel, oordeel.c.locatie_id == locatie.c.id
        )
    )


def _in_order(verbinding: Connection, kolom: ColumnElement[str]) -> ColumnElement[str]:
    """Order texts alike on both databases, whatever the language of the server."""
    return collate(kolom, "C") if verbinding.dialect.name == "postgresql" else kolom
