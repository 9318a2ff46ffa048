"""The register: what people stated, each change an event, and what the chain computed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, Select, Table, delete, insert, select

from daeb_locaties.model import (
    Bewijs,
    Bod,
    Dubbelpaar,
    Koppeling,
    Locatie,
    Oordeel,
    Paarbesluit,
)
from daeb_locaties.register import omzetten, opnemen, schema
from daeb_locaties.register.gebeurtenis import Gebeurtenis, row_to_gebeurtenis
from daeb_locaties.register.ketenbewijs import Ketenbewijs
from daeb_locaties.register.opnemen import Schrijfverslag
from daeb_locaties.register.plaats import Registerplaats
from daeb_locaties.register.schrijven import Auteur, Klok, Schrijver, fill, writing
from daeb_locaties.register.verbinding import Databank
from daeb_locaties.register.vragen import ask


def utc_now() -> datetime:
    """Return this moment in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Resultaten:
    """Everything that one run of the chain computed."""

    koppelingen: Sequence[Koppeling]
    oordelen: Sequence[Oordeel]
    bewijs: Sequence[Bewijs]
    dubbelparen: Sequence[Dubbelpaar]
    ketenbewijs: Ketenbewijs


class Register:
    """The register of one project. Not to be shared between threads.

    Parameters
    ----------
    plaats
        Where it is, or the path of its SQLite file. It is opened, and made when absent, at
        the first use.
    klok
        Tells the moment of an event.
    """

    def __init__(self, plaats: Registerplaats | Path, klok: Klok = utc_now) -> None:
        self.plaats = (
            plaats if isinstance(plaats, Registerplaats) else Registerplaats.of_file(plaats)
        )
        self.databank = Databank(self.plaats)
        self._klok = klok
        self._moment: Connection | None = None

    def __enter__(self) -> Self:
        """Return the register itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the register."""
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self.databank.close()

    @contextmanager
    def at_one_moment(self) -> Iterator[Self]:
        """Let everything that is read within be of one moment, whoever writes meanwhile."""
        with self._connected() as verbinding:
            eerder, self._moment = self._moment, verbinding
            try:
                yield self
            finally:
                self._moment = eerder

    @contextmanager
    def writing(self, auteur: Auteur, reden: str) -> Iterator[Schrijver]:
        """Give a writer; at the end all that it was given stands, or nothing.

        Raises
        ------
        RegisterError
            When the database refuses; then nothing has changed.
        """
        with writing(self.databank, auteur, reden, self._klok) as schrijver:
            yield schrijver

    def put_locaties(
        self, locaties: Iterable[Locatie], *, wie: str, reden: str, partij: str | None = None
    ) -> Schrijfverslag:
        """Write locaties as their source has them; each change is an event, all or none.

        What a person changed since the source was read last stays: see `Schrijfverslag`.
        """
        with self.writing(Auteur(wie, partij), reden) as schrijver:
            return opnemen.put_locaties(schrijver, locaties)

    def put_biedingen(
        self, biedingen: Iterable[Bod], *, wie: str, reden: str, partij: str | None = None
    ) -> Schrijfverslag:
        """Write versions of bids by gemeente and version; each change is an event, all or none."""
        with self.writing(Auteur(wie, partij), reden) as schrijver:
            return opnemen.put_biedingen(schrijver, biedingen)

    def locaties(self) -> tuple[Locatie, ...]:
        """Return all locaties that have not ended, by id."""
        tabel = schema.locatie
        vraag = select(tabel).where(tabel.c.einde.is_(None)).order_by(tabel.c.id)
        return tuple(omzetten.row_to_locatie(r) for r in self._ask(vraag))

    def locatie(self, id_: str) -> Locatie | None:
        """Return one locatie, ended or not; None when there never was one of this id."""
        rijen = self._ask(select(schema.locatie).where(schema.locatie.c.id == id_))
        return omzetten.row_to_locatie(rijen[0]) if rijen else None

    def beeindigde_locaties(self) -> tuple[Locatie, ...]:
        """Return the locaties that ended, by id; they count nowhere."""
        tabel = schema.locatie
        vraag = select(tabel).where(tabel.c.einde.is_not(None)).order_by(tabel.c.id)
        return tuple(omzetten.row_to_locatie(r) for r in self._ask(vraag))

    def biedingen(self) -> tuple[Bod, ...]:
        """Return all versions of all bids, by gemeente and version."""
        return tuple(
            omzetten.row_to_bod(r) for r in self._rows(schema.bod, "gemeentecode", "volgnummer")
        )

    def paarbesluiten(self) -> tuple[Paarbesluit, ...]:
        """Return what people decided on pairs that may be double, by ids."""
        rijen = self._rows(schema.paarbesluit, "eerste_id", "tweede_id")
        return tuple(omzetten.row_to_paarbesluit(r) for r in rijen if r["oordeel"] is not None)

    def gebeurtenissen(self, onderwerp_id: str | None = None) -> tuple[Gebeurtenis, ...]:
        """Return the events in the order in which they happened, of one subject or of all."""
        vraag = select(schema.gebeurtenis).order_by(schema.gebeurtenis.c.nummer)
        if onderwerp_id is not None:
            vraag = vraag.where(schema.gebeurtenis.c.onderwerp_id == onderwerp_id)
        return tuple(row_to_gebeurtenis(rij) for rij in self._ask(vraag))

    def gebeurtenissen_van(self, locatie_id: str) -> tuple[Gebeurtenis, ...]:
        """Return the events of a locatie and of the decisions on its pairs, in order."""
        tabel, paar = schema.gebeurtenis, schema.paarbesluit
        vraag = select(paar.c.eerste_id, paar.c.tweede_id).where(
            (paar.c.eerste_id == locatie_id) | (paar.c.tweede_id == locatie_id)
        )
        with self.at_one_moment():
            ids = [locatie_id, *(f"{r['eerste_id']}/{r['tweede_id']}" for r in self._ask(vraag))]
            eigen = select(tabel).where(tabel.c.onderwerp_id.in_(ids)).order_by(tabel.c.nummer)
            return tuple(row_to_gebeurtenis(rij) for rij in self._ask(eigen))

    def laatste_gebeurtenis(self) -> int:
        """Return the number of the last event; 0 in an empty register."""
        return int(self._ask(select(schema.stand.c.nummer))[0]["nummer"])

    def invoer_sha256(self) -> str:
        """Return the digest of all that the chain computes from; the same input, the same one."""
        return str(self._ask(select(schema.stand.c.invoer))[0]["invoer"])

    def replace_resultaten(self, resultaten: Resultaten) -> None:
        """Replace everything that earlier runs computed, all or nothing."""
        bewijs = (
            {"nummer": n} | omzetten.bewijs_to_row(b)
            for n, b in enumerate(resultaten.bewijs, start=1)
        )
        rijen: Sequence[tuple[Table, Iterable[dict[str, Any]]]] = (
            (schema.koppeling, map(omzetten.koppeling_to_row, resultaten.koppelingen)),
            (schema.oordeel, map(omzetten.oordeel_to_row, resultaten.oordelen)),
            (schema.bewijs, bewijs),
            (schema.dubbelpaar, map(asdict, resultaten.dubbelparen)),
        )
        with self.databank.writing() as verbinding:
            # Two runs at once take turns: on PostgreSQL only a locked row sees to that.
            verbinding.execute(select(schema.stand).with_for_update())
            for tabel, inhoud in rijen:
                verbinding.execute(delete(tabel))
                fill(verbinding, tabel, inhoud)
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
        tabel = schema.ketenbewijs
        rijen = self._ask(select(tabel.c.inhoud).order_by(tabel.c.nummer.desc()).limit(1))
        return Ketenbewijs.from_json(rijen[0]["inhoud"]) if rijen else None

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        """Give the connection of the moment, or one of its own."""
        if self._moment is not None:
            yield self._moment
            return
        with self.databank.reading() as verbinding:
            yield verbinding

    def _rows(self, tabel: Table, *sleutels: str) -> Sequence[Mapping[str, Any]]:
        return self._ask(select(tabel).order_by(*(tabel.c[s] for s in sleutels)))

    def _ask(self, vraag: Select[Any]) -> Sequence[Mapping[str, Any]]:
        with self._connected() as verbinding:
            return ask(verbinding, vraag)
