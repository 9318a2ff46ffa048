"""Writing: state and events in one transaction, numbered and sealed one after the other."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, bindparam, insert, select, update

from daeb_locaties.begrippen import Begrip
from daeb_locaties.register import schema
from daeb_locaties.register.onderwerpen import Onderwerp
from daeb_locaties.register.velden import Velden, differ
from daeb_locaties.register.verbinding import Databank
from daeb_locaties.register.zegel import canonical, seal

Klok = Callable[[], datetime]

# Rows per statement: large enough to be quick, small enough for SQLite's variable limit.
_BLOK = 1000
_MODULUS = 1 << 256


@dataclass(frozen=True, slots=True)
class Auteur:
    """Who changes something, and for which party; None where nobody said."""

    wie: str
    partij: str | None = None


@dataclass(slots=True)
class Schrijver:
    """One transaction in which nobody else writes.

    What is put is kept until the end and written then, so that one statement writes many.
    """

    verbinding: Connection
    auteur: Auteur
    reden: str
    moment: datetime
    nummer: int
    zegel: str
    invoer: int
    begin: int = field(init=False)
    gebeurtenissen: list[dict[str, Any]] = field(default_factory=list)
    _nieuw: dict[str, tuple[Table, list[dict[str, Any]]]] = field(default_factory=dict)
    _anders: dict[str, tuple[Table, list[dict[str, Any]]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Note which event will be the first."""
        self.begin = self.nummer + 1

    def put(
        self,
        onderwerp: Onderwerp,
        soort: str,
        oud: Velden | None,
        rij: Mapping[str, Any],
        *,
        versie: int = 0,
        herroept: int | None = None,
        nieuw: Velden | None = None,
    ) -> int | None:
        """Put a row with the event that says how it differs from what was there.

        Parameters
        ----------
        onderwerp, soort
            What it is, and what happened to it.
        oud
            The fields as they are; None when the row is new.
        rij
            The row as it becomes.
        versie
            The version of the row as it is.
        herroept
            The number of the event that this one reverses.
        nieuw
            The fields of the row as it becomes, where the caller has them.

        Returns
        -------
        int or None
            The number of the event; None when nothing differs, and then nothing is written.
        """
        id_ = onderwerp.key(rij)
        if nieuw is None:
            nieuw = onderwerp.to_velden(rij)
        anders = differ({} if oud is None else oud, nieuw)
        if oud is not None and not anders:
            return None
        self.nummer += 1
        gebeurtenis = {
            "nummer": self.nummer,
            "tijdstip": self.moment,
            "wie": self.auteur.wie,
            "partij": self.auteur.partij,
            "onderwerp": onderwerp.naam,
            "onderwerp_id": id_,
            "versie": versie + 1,
            "soort": soort,
            "oud": None if oud is None else {veld: oud.get(veld) for veld in anders},
            "nieuw": {veld: nieuw.get(veld) for veld in anders},
            "reden": self.reden,
            "handeling": self.begin,
            "herroept": herroept,
        }
        self.zegel = seal(gebeurtenis, self.zegel)
        self.gebeurtenissen.append(gebeurtenis | {"zegel": self.zegel})
        waar = self._nieuw if oud is None else self._anders
        rijen = waar.setdefault(onderwerp.naam, (onderwerp.tabel, []))[1]
        rijen.append(_codes(rij) | {"versie": versie + 1})
        if onderwerp.invoer:
            erbij = digest(onderwerp, id_, nieuw)
            eraf = 0 if oud is None else digest(onderwerp, id_, oud)
            self.invoer = (self.invoer + erbij - eraf) % _MODULUS
        return self.nummer

    def flush(self) -> None:
        """Write everything that was put."""
        if not self.gebeurtenissen:
            return
        for tabel, rijen in self._nieuw.values():
            fill(self.verbinding, tabel, rijen)
        for tabel, rijen in self._anders.values():
            _update(self.verbinding, tabel, rijen)
        fill(self.verbinding, schema.gebeurtenis, self.gebeurtenissen)
        self.verbinding.execute(
            update(schema.stand).values(
                nummer=self.nummer, zegel=self.zegel, invoer=f"{self.invoer:064x}"
            )
        )


@contextmanager
def writing(databank: Databank, auteur: Auteur, reden: str, klok: Klok) -> Iterator[Schrijver]:
    """Give a writer; at the end all that it was given stands, or nothing.

    Raises
    ------
    RegisterError
        When the database refuses; then nothing has changed.
    """
    with databank.writing() as verbinding:
        # The lock on this row is what numbers events one by one on PostgreSQL.
        stand = verbinding.execute(select(schema.stand).with_for_update()).one()
        schrijver = Schrijver(
            verbinding,
            auteur,
            reden,
            klok(),
            stand.nummer,
            stand.zegel,
            int(stand.invoer, 16),
        )
        yield schrijver
        schrijver.flush()


def digest(onderwerp: Onderwerp, id_: str, velden: Velden) -> int:
    """Return what one row adds to the digest of the input.

    The digest is the sum over all rows, so that a change costs no more than its own row:
    the same rows give the same sum, in whatever order they came.
    """
    gevuld = {veld: waarde for veld, waarde in velden.items() if waarde not in (None, [])}
    return int.from_bytes(hashlib.sha256(canonical([onderwerp.naam, id_, gevuld])).digest(), "big")


def add_digests(sommen: Iterable[int]) -> str:
    """Return the digest of all rows, as `stand` keeps it."""
    return f"{sum(sommen) % _MODULUS:064x}"


def fill(verbinding: Connection, tabel: Table, rijen: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows, many at a time."""
    alle = list(rijen)
    for begin in range(0, len(alle), _BLOK):
        verbinding.execute(insert(tabel), [_codes(rij) for rij in alle[begin : begin + _BLOK]])


def _update(verbinding: Connection, tabel: Table, rijen: list[dict[str, Any]]) -> None:
    """Update rows by their primary key, many at a time."""
    sleutels = [kolom.name for kolom in tabel.primary_key]
    opdracht = update(tabel).where(*(tabel.c[s] == bindparam(f"_{s}") for s in sleutels))
    opdracht = opdracht.values({naam: bindparam(naam) for naam in rijen[0] if naam not in sleutels})
    for begin in range(0, len(rijen), _BLOK):
        blok = rijen[begin : begin + _BLOK]
        verbinding.execute(
            opdracht,
            [
                {(f"_{n}" if n in sleutels else n): waarde for n, waarde in rij.items()}
                for rij in blok
            ],
        )


def _codes(rij: Mapping[str, Any]) -> dict[str, Any]:
    """Write enum members as their plain code."""
    return {k: v.value if isinstance(v, Begrip) else v for k, v in rij.items()}
