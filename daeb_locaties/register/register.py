"""The register: what people stated, each change an event, and what the chain computed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, Engine, Select, Table, delete, insert, select, update

from daeb_locaties.begrippen import Begrip
from daeb_locaties.model import Bewijs, Bod, Dubbelpaar, Koppeling, Locatie, Oordeel
from daeb_locaties.register import omzetten, schema
from daeb_locaties.register.ketenbewijs import Ketenbewijs
from daeb_locaties.register.verbinding import open_engine

# Rows per INSERT: large enough to be quick, small enough for SQLite's variable limit.
_BLOK = 1000


@dataclass(frozen=True, slots=True)
class Schrijfverslag:
    """How many values were new, changed, or the same as before."""

    opgenomen: int
    gewijzigd: int
    gelijk: int


@dataclass(frozen=True, slots=True)
class Gebeurtenis:
    """One event: who changed what, when, from what to what, and why."""

    nummer: int
    tijdstip: datetime
    wie: str
    onderwerp: str
    onderwerp_id: str
    soort: str
    oud: Mapping[str, Any] | None
    nieuw: Mapping[str, Any]
    reden: str


@dataclass(frozen=True, slots=True)
class Resultaten:
    """Everything that one run of the chain computed."""

    koppelingen: Sequence[Koppeling]
    oordelen: Sequence[Oordeel]
    bewijs: Sequence[Bewijs]
    dubbelparen: Sequence[Dubbelpaar]
    ketenbewijs: Ketenbewijs


class Register:
    """The register of one project, in `register.sqlite`.

    The file is opened, and made when absent, at the first use: a call that is refused
    before that leaves no empty register behind.
    """

    def __init__(self, pad: Path) -> None:
        self._pad = pad

    @cached_property
    def _engine(self) -> Engine:
        return open_engine(self._pad)

    def __enter__(self) -> Self:
        """Return the register itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the register."""
        self.close()

    def close(self) -> None:
        """Close all connections."""
        if "_engine" in self.__dict__:
            self._engine.dispose()

    def put_locaties(self, locaties: Iterable[Locatie], *, wie: str, reden: str) -> Schrijfverslag:
        """Write locaties by id; each that is new or changed is an event, all or none.

        A decision of the gemeente (`besluit`) on an existing locatie stays when the
        locatie is read again without one.
        """
        rijen = [(loc.id, omzetten.locatie_to_row(loc)) for loc in locaties]
        with self._engine.begin() as verbinding:
            oud = {r["id"]: {**r} for r in verbinding.execute(select(schema.locatie)).mappings()}
            for id_, rij in rijen:
                if id_ in oud and rij["besluit"] is None:
                    rij["besluit"] = oud[id_]["besluit"]
            return _put(verbinding, schema.locatie, "locatie", rijen, oud, wie, reden)

    def put_biedingen(self, biedingen: Iterable[Bod], *, wie: str, reden: str) -> Schrijfverslag:
        """Write versions of bids by gemeente and version; each change is an event, all or none."""
        rijen = [
            (_bod_key(b.gemeentecode, b.volgnummer), omzetten.bod_to_row(b)) for b in biedingen
        ]
        with self._engine.begin() as verbinding:
            oud = {
                _bod_key(r["gemeentecode"], r["volgnummer"]): {**r}
                for r in verbinding.execute(select(schema.bod)).mappings()
            }
            return _put(verbinding, schema.bod, "bod", rijen, oud, wie, reden)

    def locaties(self) -> tuple[Locatie, ...]:
        """Return all locaties, by id."""
        return tuple(omzetten.row_to_locatie(r) for r in self._rows(schema.locatie, "id"))

    def biedingen(self) -> tuple[Bod, ...]:
        """Return all versions of all bids, by gemeente and version."""
        return tuple(
            omzetten.row_to_bod(r) for r in self._rows(schema.bod, "gemeentecode", "volgnummer")
        )

    def gebeurtenissen(self, onderwerp_id: str | None = None) -> tuple[Gebeurtenis, ...]:
        """Return the events in the order in which they happened, of one subject or of all."""
        vraag = select(schema.gebeurtenis).order_by(schema.gebeurtenis.c.nummer)
        if onderwerp_id is not None:
            vraag = vraag.where(schema.gebeurtenis.c.onderwerp_id == onderwerp_id)
        # SQLite keeps no time zone; every moment in the register is UTC.
        return tuple(
            Gebeurtenis(**{**rij, "tijdstip": rij["tijdstip"].replace(tzinfo=UTC)})
            for rij in self._ask(vraag)
        )

    def replace_resultaten(self, resultaten: Resultaten) -> None:
        """Replace everything that earlier runs computed, all or nothing."""
        with self._engine.begin() as verbinding:
            for tabel in (schema.koppeling, schema.oordeel, schema.bewijs, schema.dubbelpaar):
                verbinding.execute(delete(tabel))
            _fill(
                verbinding, schema.koppeling, map(omzetten.koppeling_to_row, resultaten.koppelingen)
            )
            _fill(verbinding, schema.oordeel, map(omzetten.oordeel_to_row, resultaten.oordelen))
            _fill(
                verbinding,
                schema.bewijs,
                (
                    {"nummer": n} | omzetten.bewijs_to_row(b)
                    for n, b in enumerate(resultaten.bewijs, start=1)
                ),
            )
            _fill(verbinding, schema.dubbelpaar, map(asdict, resultaten.dubbelparen))
            verbinding.execute(
                insert(schema.ketenbewijs).values(
                    gedraaid_op=resultaten.ketenbewijs.gedraaid_op,
                    inhoud=resultaten.ketenbewijs.to_json(),
                )
            )

    def koppelingen(self) -> dict[str, Koppeling]:
        """Return the links of the last run by locatie id."""
        rijen = self._rows(schema.koppeling, "locatie_id")
        return {r["locatie_id"]: omzetten.row_to_koppeling(r) for r in rijen}

    def oordelen(self) -> dict[str, Oordeel]:
        """Return the verdicts of the last run by locatie id."""
        rijen = self._rows(schema.oordeel, "locatie_id")
        return {r["locatie_id"]: omzetten.row_to_oordeel(r) for r in rijen}

    def bewijs(self, locatie_id: str | None = None) -> tuple[Bewijs, ...]:
        """Return the evidence of the last run, of one locatie or of all, in stored order."""
        vraag = select(schema.bewijs).order_by(schema.bewijs.c.nummer)
        if locatie_id is not None:
            vraag = vraag.where(schema.bewijs.c.locatie_id == locatie_id)
        return tuple(omzetten.row_to_bewijs(rij) for rij in self._ask(vraag))

    def dubbelparen(self) -> tuple[Dubbelpaar, ...]:
        """Return the suspected pairs of the last run, by ids."""
        rijen = self._rows(schema.dubbelpaar, "eerste_id", "tweede_id")
        return tuple(omzetten.row_to_dubbelpaar(r) for r in rijen)

    def ketenbewijs(self) -> Ketenbewijs | None:
        """Return the receipt of the last run; None when the chain never ran."""
        vraag = select(schema.ketenbewijs.c.inhoud).order_by(schema.ketenbewijs.c.nummer.desc())
        with self._engine.connect() as verbinding:
            inhoud = verbinding.execute(vraag.limit(1)).scalar()
        return Ketenbewijs.from_json(inhoud) if inhoud else None

    def invoer_sha256(self) -> str:
        """Return the digest of all locaties and biedingen: the same input, the same digest."""
        som = hashlib.sha256()
        for tabel, sleutels in (
            (schema.locatie, ("id",)),
            (schema.bod, ("gemeentecode", "volgnummer")),
        ):
            for rij in self._rows(tabel, *sleutels):
                som.update(json.dumps(_plain(rij), sort_keys=True).encode())
        return som.hexdigest()

    def _rows(self, tabel: Table, *sleutels: str) -> list[dict[str, Any]]:
        return self._ask(select(tabel).order_by(*(tabel.c[s] for s in sleutels)))

    def _ask(self, vraag: Select[Any]) -> list[dict[str, Any]]:
        with self._engine.connect() as verbinding:
            return [{**rij} for rij in verbinding.execute(vraag).mappings()]


def _put(
    verbinding: Connection,
    tabel: Table,
    onderwerp: str,
    rijen: Sequence[tuple[str, dict[str, Any]]],
    oud: Mapping[str, dict[str, Any]],
    wie: str,
    reden: str,
) -> Schrijfverslag:
    """Insert what is new, update what differs, and write an event for each of both."""
    nieuw: list[dict[str, Any]] = []
    events: list[dict[str, Any]] = []
    gewijzigd = 0
    for sleutel, rij in rijen:
        voor, na = oud.get(sleutel), _plain(rij)
        if voor is not None and _plain(voor) == na:
            continue
        if voor is None:
            nieuw.append(rij)
        else:
            gewijzigd += 1
            waar = [kolom == rij[kolom.name] for kolom in tabel.primary_key]
            verbinding.execute(update(tabel).where(*waar).values(rij))
        events.append(_event(onderwerp, sleutel, voor, na, wie, reden))
    _fill(verbinding, tabel, nieuw)
    _fill(verbinding, schema.gebeurtenis, events)
    return Schrijfverslag(len(nieuw), gewijzigd, len(rijen) - len(events))


def _event(
    onderwerp: str,
    sleutel: str,
    voor: dict[str, Any] | None,
    na: dict[str, Any],
    wie: str,
    reden: str,
) -> dict[str, Any]:
    """Make an event; of a change only the fields that differ."""
    oud = _plain(voor) if voor is not None else None
    anders = [veld for veld in na if oud is None or oud[veld] != na[veld]]
    return {
        "tijdstip": datetime.now(UTC),
        "wie": wie,
        "onderwerp": onderwerp,
        "onderwerp_id": sleutel,
        "soort": "opgenomen" if oud is None else "gewijzigd",
        "oud": {veld: oud[veld] for veld in anders} if oud is not None else None,
        "nieuw": {veld: na[veld] for veld in anders},
        "reden": reden,
    }


def _fill(verbinding: Connection, tabel: Table, rijen: Iterable[dict[str, Any]]) -> None:
    alle = list(rijen)
    for begin in range(0, len(alle), _BLOK):
        verbinding.execute(insert(tabel), [_codes(rij) for rij in alle[begin : begin + _BLOK]])


def _codes(rij: Mapping[str, Any]) -> dict[str, Any]:
    """Write enum members as their plain code."""
    return {k: v.value if isinstance(v, Begrip) else v for k, v in rij.items()}


def _plain(rij: Mapping[str, Any]) -> dict[str, Any]:
    """Make a row comparable and fit for JSON: geometry as hex, dates as ISO text."""
    return {naam: _plain_value(waarde) for naam, waarde in rij.items()}


def _plain_value(waarde: Any) -> Any:
    if isinstance(waarde, bytes):
        return waarde.hex()
    if isinstance(waarde, date):
        return waarde.isoformat()
    if isinstance(waarde, Begrip):
        return waarde.value
    if isinstance(waarde, list):
        return [_plain_value(deel) for deel in waarde]
    return _plain(waarde) if isinstance(waarde, Mapping) else waarde


def _bod_key(gemeentecode: str, volgnummer: int) -> str:
    return f"{gemeentecode}/{volgnummer}"
