"""Opening the register's database and bringing its tables up to date."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DatabaseError

from daeb_locaties.errors import RegisterError

_MIGRATIES = Path(__file__).parent / "migraties"


def open_engine(pad: Path) -> Engine:
    """Open (or make) the SQLite register at `pad`, with its tables at the newest version.

    Raises
    ------
    RegisterError
        When the file cannot be made, or is no register, or is of a newer version.
    """
    try:
        pad.parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(f"sqlite:///{pad}")
        event.listen(engine, "connect", _set_pragmas)
        _migrate(engine, pad)
    except (DatabaseError, OSError) as fout:
        raise RegisterError(
            f"het register kan niet worden geopend ({fout.__class__.__name__}).",
            waar=str(pad),
            herstel="Controleer de rechten en de schijfruimte, of zet een reservekopie terug.",
        ) from fout
    return engine


def _set_pragmas(verbinding: Any, _record: Any) -> None:
    """WAL lets readers go on while one writes; FULL keeps a confirmed event after a power cut."""
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000"):
        verbinding.execute(f"PRAGMA {pragma}")


def _migrate(engine: Engine, pad: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIES).replace("%", "%%"))
    script = ScriptDirectory.from_config(config)
    bekend = {revisie.revision for revisie in script.walk_revisions()}
    with engine.connect() as verbinding:
        huidig = MigrationContext.configure(verbinding).get_current_revision()
    if huidig is not None and huidig not in bekend:
        raise RegisterError(
            f"het register is van een nieuwere versie van dit programma ({huidig}).",
            waar=str(pad),
            herstel="Werk daeb-locaties bij.",
        )
    if huidig != script.get_current_head():
        with engine.begin() as verbinding:
            config.attributes["connection"] = verbinding
            command.upgrade(config, "head")
