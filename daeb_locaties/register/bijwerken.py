"""Bringing a register to the version of this program, whole or not at all."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, select, update

from daeb_locaties.errors import RegisterError
from daeb_locaties.register import schema
from daeb_locaties.register.controle import check_tables
from daeb_locaties.register.fouten import translate
from daeb_locaties.register.migreren import (
    locked,
    read_version,
    refuse_newer,
    require_postgis,
    upgrade,
)
from daeb_locaties.register.motor import open_engine
from daeb_locaties.register.onderwerpen import ONDERWERPEN
from daeb_locaties.register.plaats import Registerplaats
from daeb_locaties.register.schrijven import add_digests, digest
from daeb_locaties.register.vragen import ask


@dataclass(frozen=True, slots=True)
class Migratieverslag:
    """What bringing up to date did; `kopie` is the copy that was made of a file before."""

    van: str
    naar: str
    kopie: Path | None

    @property
    def bijgewerkt(self) -> bool:
        """Whether there was anything to do."""
        return self.van != self.naar


def migrate(plaats: Registerplaats, moment: datetime, *, kopie: bool = True) -> Migratieverslag:
    """Bring a register up to date; of a file a copy is made first.

    Parameters
    ----------
    plaats
        Where it is.
    moment
        Now; it names the copy.
    kopie
        Whether to copy a file first; not needed where the file is a copy itself.

    Raises
    ------
    RegisterError
        When there is no register, it is of a newer program, or it is not sound afterwards;
        then it is as it was.
    """
    if plaats.pad is not None and not plaats.pad.exists():
        raise RegisterError("er is nog geen register.", waar=str(plaats))
    engine = open_engine(plaats)
    try:
        with translate(plaats):
            with engine.connect() as verbinding:
                van = read_version(verbinding)
            if van is None:
                raise RegisterError("er is nog geen register.", waar=str(plaats))
            refuse_newer(van, plaats)
            bewaard = None
            if van != schema.HOOFD:
                if kopie and plaats.pad is not None:
                    bewaard = _copy_file(plaats.pad, van, moment)
                with locked(engine) as verbinding:
                    _upgrade_whole(verbinding, plaats)
    finally:
        engine.dispose()
    return Migratieverslag(van, schema.HOOFD, bewaard)


def _upgrade_whole(verbinding: Connection, plaats: Registerplaats) -> None:
    """Upgrade, fill in what follows from the rows, and prove that it is sound."""
    require_postgis(verbinding, plaats)
    upgrade(verbinding, "head")
    sommen = [
        digest(onderwerp, onderwerp.key(rij), onderwerp.to_velden(rij))
        for onderwerp in ONDERWERPEN.values()
        if onderwerp.invoer
        for rij in ask(verbinding, select(onderwerp.tabel))
    ]
    verbinding.execute(update(schema.stand).values(invoer=add_digests(sommen)))
    fouten = [b for b in check_tables(verbinding).bevindingen if b.niveau == "fout"]
    if fouten:
        raise RegisterError(
            f"het register is niet in orde en blijft zoals het was ({fouten[0].uitleg})",
            waar=str(plaats),
            herstel="Zet een reservekopie terug.",
        )


def _copy_file(pad: Path, versie: str, moment: datetime) -> Path:
    """Copy a SQLite register beside itself, with what its log still holds."""
    kopie = pad.with_name(f"{pad.stem}-{versie}-{moment:%Y%m%dT%H%M%S}{pad.suffix}")
    with closing(sqlite3.connect(pad)) as bron, closing(sqlite3.connect(kopie)) as doel:
        bron.backup(doel)
        if doel.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise RegisterError("de kopie vooraf is niet in orde.", waar=str(kopie))
    return kopie
