"""Where a register is: a SQLite file in the project folder, or a PostgreSQL database."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from daeb_locaties.errors import RegisterError

_POSTGRES = frozenset({"postgresql", "postgres", "postgresql+psycopg"})
_VORM = "postgresql://gebruiker@server:5432/database"


@dataclass(frozen=True, slots=True)
class Registerplaats:
    """The place of a register.

    `pad` is the file of a SQLite register, None for a server. As text it names the place
    without a password, fit for a message.
    """

    url: URL
    pad: Path | None = None

    @classmethod
    def of_file(cls, pad: Path) -> Registerplaats:
        """Return the place of a register in a SQLite file."""
        return cls(URL.create("sqlite", database=str(pad)), pad)

    @classmethod
    def parse(cls, adres: str) -> Registerplaats:
        """Read an address as people write it.

        Raises
        ------
        RegisterError
            When it is no address of PostgreSQL.
        """
        try:
            url = make_url(adres)
        except ArgumentError as fout:
            raise _no_address(adres) from fout
        if url.drivername not in _POSTGRES or not url.database:
            # A refused text may hold a password: only what stands before it is named.
            raise _no_address(adres.split(":", maxsplit=1)[0])
        return cls(url.set(drivername="postgresql+psycopg"))

    @property
    def has_password(self) -> bool:
        """Whether the address holds a password."""
        return self.url.password is not None

    @property
    def without_password(self) -> str:
        """The address as it may be written down."""
        return self.url.set(drivername="postgresql", password=None).render_as_string()

    def __str__(self) -> str:
        """Name the place, without a password."""
        if self.pad is not None:
            return str(self.pad)
        return self.url.set(drivername="postgresql").render_as_string(hide_password=True)


def _no_address(tekst: str) -> RegisterError:
    return RegisterError(
        "dit is geen adres van een PostgreSQL-database.",
        waar=tekst,
        herstel=f"Schrijf het als {_VORM}, of laat het weg voor een register in de projectmap.",
    )
