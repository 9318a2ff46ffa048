"""The register: what people stated, each change an event, and what the chain computed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, Select, Table, select

from daeb_locaties.balansposten import Post
from daeb_locaties.model import (
    Bewijs,
    Bod,
    Dubbelpaar,
    Koppeling,
    Locatie,
    Oordeel,
    Paarbesluit,
)
from daeb_locaties.register import omzetten, opnemen, resultaten, schema
from daeb_locaties.register.gebeurtenis import Gebeurtenis, row_to_gebeurtenis
from daeb_locaties.register.ketenbewijs import Ketenbewijs
from daeb_locaties.register.lijst import Bladzijde, Lijstvraag, read_page
from daeb_locaties.register.opnemen import Schrijfverslag
from daeb_locaties.register.plaats import Registerplaats
from daeb_locaties.register.resultaten import Resultaten
from daeb_locaties.register.schrijven import Auteur, Klok, Schrijver, writing
from daeb_locaties.register.verbinding import Databank
from daeb_locaties.register.vragen import ask


def utc_now() -> datetime:
    """Return this moment in UTC."""
    return datetime.now(UTC)


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
        return omzetten.rows_to_locaties(self.ask(vraag))

    def locatie(self, id_: str) -> Locatie | None:
        """Return one locatie, ended or not; None when there never was one of this id."""
        rijen = self.ask(select(schema.locatie).where(schema.locatie.c.id == id_))
        return omzetten.row_to_locatie(rijen[0]) if rijen else None

    def beeindigde_locaties(self) -> tuple[Locatie, ...]:
        """Return the locaties that ended, by id; they count nowhere."""
        tabel = schema.locatie
        vraag = select(tabel).where(tabel.c.einde.is_not(None)).order_by(tabel.c.id)
        return omzetten.rows_to_locaties(self.ask(vraag))

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
        return tuple(row_to_gebeurtenis(rij) for rij in self.ask(vraag))

    def gebeurtenissen_van(self, locatie_id: str) -> tuple[Gebeurtenis, ...]:
        """Return the events of a locatie and of the decisions on its pairs, in order."""
        tabel, paar = schema.gebeurtenis, schema.paarbesluit
        vraag = select(paar.c.eerste_id, paar.c.tweede_id).where(
            (paar.c.eerste_id == locatie_id) | (paar.c.tweede_id == locatie_id)
        )
        with self.at_one_moment():
            ids = [locatie_id, *(f"{r['eerste_id']}/{r['tweede_id']}" for r in self.ask(vraag))]
            eigen = select(tabel).where(tabel.c.onderwerp_id.in_(ids)).order_by(tabel.c.nummer)
            return tuple(row_to_gebeurtenis(rij) for rij in self.ask(eigen))

    def laatste_gebeurtenis(self) -> int:
        """Return the number of the last event; 0 in an empty register."""
        return int(self.ask(select(schema.stand.c.nummer))[0]["nummer"])

    def invoer_sha256(self) -> str:
        """Return the digest of all that the chain computes from; the same input, the same one."""
        return str(self.ask(select(schema.stand.c.invoer))[0]["invoer"])

    def replace_resultaten(self, nieuw: Resultaten) -> None:
        """Replace everything that earlier runs computed, all or nothing."""
        with self.databank.writing() as verbinding:
            resultaten.replace_all(verbinding, nieuw)

    def koppelingen(self) -> dict[str, Koppeling]:
        """Return the links of the last run by locatie id."""
        with self._connected() as verbinding:
            return resultaten.read_koppelingen(verbinding)

    def oordelen(self) -> dict[str, Oordeel]:
        """Return the verdicts of the last run by locatie id."""
        with self._connected() as verbinding:
            return resultaten.read_oordelen(verbinding)

    def bewijs(self, locatie_id: str | None = None) -> tuple[Bewijs, ...]:
        """Return the evidence of the last run, of one locatie or of all, in stored order."""
        with self._connected() as verbinding:
            return resultaten.read_bewijs(verbinding, locatie_id)

    def dubbelparen(self) -> tuple[Dubbelpaar, ...]:
        """Return the suspected pairs of the last run, by ids."""
        with self._connected() as verbinding:
            return resultaten.read_dubbelparen(verbinding)

    def balansposten(self) -> tuple[Post, ...]:
        """Return the sums of the last run that the balans is added up from."""
        with self._connected() as verbinding:
            return resultaten.read_posten(verbinding)

    def gemeentenamen(self) -> dict[str, str]:
        """Return the gemeenten in which the last run found locaties, code to name."""
        with self._connected() as verbinding:
            return resultaten.read_gemeentenamen(verbinding)

    def bladzijde(self, vraag: Lijstvraag) -> Bladzijde:
        """Return one page of the list, with what the last run found on it."""
        with self._connected() as verbinding:
            return read_page(verbinding, vraag)

    def ketenbewijs(self) -> Ketenbewijs | None:
        """Return the receipt of the last run; None when the chain never ran."""
        with self._connected() as verbinding:
            return resultaten.read_ketenbewijs(verbinding)

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        """Give the connection of the moment, or one of its own."""
        if self._moment is not None:
            yield self._moment
            return
        with self.databank.reading() as verbinding:
            yield verbinding

    def _rows(self, tabel: Table, *sleutels: str) -> Sequence[Mapping[str, Any]]:
        return self.ask(select(tabel).order_by(*(tabel.c[s] for s in sleutels)))

    def ask(self, vraag: Select[Any]) -> Sequence[Mapping[str, Any]]:
        """Return the rows of a question, by column name."""
        with self._connected() as verbinding:
            return ask(verbinding, vraag)
