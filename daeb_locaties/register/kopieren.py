"""Copying a whole register, table by table, to an empty one on either database."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import cast

from sqlalchemy import Connection, delete, insert, select

from daeb_locaties.errors import RegisterError
from daeb_locaties.register import schema
from daeb_locaties.register.fouten import translate
from daeb_locaties.register.register import Register

_BLOK = 2000


def copy_to_file(register: Register, pad: Path) -> None:
    """Copy a register, as it is at one moment, to a new SQLite file, whoever writes meanwhile.

    Raises
    ------
    RegisterError
        When it cannot be read, or the file cannot be written.
    """
    if register.plaats.pad is not None:
        _copy_sqlite(register, pad)
        return
    with Register(pad) as doel:
        copy_tables(register, doel)


def copy_tables(bron: Register, doel: Register) -> None:
    """Copy every row to an empty register, all or nothing.

    Raises
    ------
    RegisterError
        When the other register holds anything already.
    """
    with bron.databank.reading() as lezer, doel.databank.writing() as schrijver:
        stand = schrijver.execute(select(schema.stand).with_for_update()).one()
        if stand.nummer or _has_rows(schrijver):
            raise RegisterError(
                "hier staat al een register.",
                waar=str(doel.plaats),
                herstel="Kies een lege database.",
            )
        schrijver.execute(delete(schema.stand))
        for tabel in schema.metadata.sorted_tables:
            vraag = select(tabel)
            opties = {"stream_results": True, "yield_per": _BLOK}
            for blok in lezer.execute(vraag, execution_options=opties).mappings().partitions():
                schrijver.execute(insert(tabel), [{**rij} for rij in blok])


def _has_rows(verbinding: Connection) -> bool:
    return any(
        verbinding.execute(select(tabel).limit(1)).first() is not None
        for tabel in schema.metadata.sorted_tables
        if tabel is not schema.stand
    )


def _copy_sqlite(register: Register, pad: Path) -> None:
    """Copy a file page by page: one read, during which others go on writing."""
    with (
        translate(register.plaats),
        closing(register.databank.engine.raw_connection()) as bron,
        closing(sqlite3.connect(pad)) as doel,
    ):
        cast("sqlite3.Connection", bron.driver_connection).backup(doel)
