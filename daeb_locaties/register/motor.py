"""Engines for the two databases: how each is opened, and how a transaction begins on it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event

from daeb_locaties.errors import RegisterError
from daeb_locaties.register.plaats import Registerplaats

WACHTTIJD_S = 10
"""So long a writer waits for another one before it is refused."""

_SCHRIJVEN = "register_schrijven"


def open_engine(plaats: Registerplaats) -> Engine:
    """Make an engine; a SQLite file's folder is made when it is absent.

    Raises
    ------
    RegisterError
        When the folder cannot be made, or the driver of PostgreSQL is not installed.
    """
    if plaats.pad is not None:
        if plaats.pad.exists() and not _is_writable(plaats.pad):
            return _open_to_read(plaats.pad)
        _make_folder(plaats.pad.parent)
        # One connection per use: nothing is gained by keeping a file open between requests.
        engine = create_engine(plaats.url, poolclass=NullPool)
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    try:
        return create_engine(
            plaats.url,
            pool_pre_ping=True,
            connect_args={
                "connect_timeout": WACHTTIJD_S,
                "application_name": "daeb-locaties",
                "options": f"-c timezone=UTC -c lock_timeout={WACHTTIJD_S}s",
            },
        )
    except ModuleNotFoundError as fout:
        raise RegisterError(
            "voor PostgreSQL is het pakket psycopg nodig, en dat is niet geïnstalleerd.",
            waar=str(plaats),
            herstel="Installeer daeb-locaties met de toevoeging [postgres].",
        ) from fout


def read_only(verbinding: Connection) -> Connection:
    """Let a new connection read at one moment, and write nothing."""
    if verbinding.dialect.name == "sqlite":
        return verbinding
    return verbinding.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def writable(verbinding: Connection) -> Connection:
    """Let the next transaction of a new connection be one that writes."""
    return verbinding.execution_options(**{_SCHRIJVEN: True})


def _is_writable(pad: Path) -> bool:
    """Whether a register can be written: its file, and its folder for the log beside it."""
    return os.access(pad, os.W_OK) and os.access(pad.parent, os.W_OK)


def _open_to_read(pad: Path) -> Engine:
    """Open a register that nobody here can write, as on a disk that is read only.

    Raises
    ------
    RegisterError
        When its log holds changes that were not yet brought into the file.
    """
    logboek = pad.with_name(pad.name + "-wal")
    if logboek.exists() and logboek.stat().st_size:
        raise RegisterError(
            "dit register is niet netjes afgesloten, en in deze map mag niet geschreven worden.",
            waar=str(pad),
            herstel="Geef schrijfrecht op de map, of neem de kopie opnieuw met `reservekopie`.",
        )
    # SQLite's log needs a writable folder; a file that cannot change does without.
    opties = {"mode": "ro", "immutable": "1", "uri": "true"}
    url = URL.create("sqlite", database=pad.resolve().as_uri(), query=opties)
    engine = create_engine(url, poolclass=NullPool)
    event.listen(engine, "connect", _leave_begin_to_us)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_folder(map_: Path) -> None:
    try:
        map_.mkdir(parents=True, exist_ok=True)
    except OSError as fout:
        raise RegisterError(
            f"de map kan niet worden gemaakt ({fout.strerror or fout}).",
            waar=str(map_),
            herstel="Kies een projectmap waarin u mag schrijven.",
        ) from fout


def _set_pragmas(verbinding: Any, _record: Any) -> None:
    """WAL lets readers go on while one writes; FULL keeps a confirmed event after a power cut."""
    _leave_begin_to_us(verbinding, _record)
    for pragma in (f"busy_timeout={WACHTTIJD_S * 1000}", "journal_mode=WAL", "synchronous=FULL"):
        verbinding.execute(f"PRAGMA {pragma}")


def _leave_begin_to_us(verbinding: Any, _record: Any) -> None:
    """Python's own BEGIN comes too late, at the first write; see _begin_sqlite."""
    verbinding.isolation_level = None


def _begin_sqlite(verbinding: Connection) -> None:
    """Take the write lock before anything is read that the writing rests on."""
    schrijft = verbinding.get_execution_options().get(_SCHRIJVEN, False)
    verbinding.exec_driver_sql("BEGIN IMMEDIATE" if schrijft else "BEGIN")
