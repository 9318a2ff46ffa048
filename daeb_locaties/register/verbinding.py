"""One database: reading at one moment, writing one at a time, on SQLite and PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

from sqlalchemy import Connection, Engine

from daeb_locaties.errors import RegisterError
from daeb_locaties.register.fouten import translate
from daeb_locaties.register.migreren import ensure_schema
from daeb_locaties.register.motor import open_engine, read_only, writable
from daeb_locaties.register.plaats import Registerplaats


class Databank:
    """The database behind a register.

    It is opened, and made when absent, at the first use: a call that is refused before
    that leaves no empty register behind.

    Parameters
    ----------
    plaats
        Where it is.
    """

    def __init__(self, plaats: Registerplaats) -> None:
        self.plaats = plaats

    @cached_property
    def engine(self) -> Engine:
        """The engine, of a database whose tables are at the version of this program.

        Raises
        ------
        RegisterError
            When the database cannot be opened or made, or is of another version.
        """
        engine = open_engine(self.plaats)
        try:
            with translate(self.plaats):
                ensure_schema(engine, self.plaats)
        except RegisterError:
            engine.dispose()
            raise
        return engine

    def close(self) -> None:
        """Close all connections."""
        if "engine" in self.__dict__:
            self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection on which everything that is read is of one moment."""
        with translate(self.plaats), self.engine.connect() as verbinding:
            yield read_only(verbinding)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose changes all come to stand at the end, or none.

        On SQLite nobody else writes in the meantime; on PostgreSQL the row in `stand` has
        to be locked for that.
        """
        with (
            translate(self.plaats),
            self.engine.connect() as verbinding,
            writable(verbinding).begin(),
        ):
            yield verbinding
