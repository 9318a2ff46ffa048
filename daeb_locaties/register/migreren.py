"""The tables of a register: made when absent, brought to a newer version only on command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from daeb_locaties.errors import RegisterError
from daeb_locaties.register.motor import writable
from daeb_locaties.register.plaats import Registerplaats
from daeb_locaties.register.schema import HOOFD

_MIGRATIES = Path(__file__).parent / "migraties"
# Any number will do; all of this program use the same.
_SLOT = 0xDAEB


def ensure_schema(engine: Engine, plaats: Registerplaats) -> None:
    """Make the tables where there are none, and refuse tables of another version.

    Raises
    ------
    RegisterError
        When the register is older (it has to be migrated) or newer (so has the program).
    """
    with engine.connect() as verbinding:
        versie = read_version(verbinding)
    if versie is None:
        with locked(engine) as verbinding:
            # Another process may have been first.
            if read_version(verbinding) is None:
                require_postgis(verbinding, plaats)
                upgrade(verbinding, "head")
        return
    refuse_newer(versie, plaats)
    if versie != HOOFD:
        raise RegisterError(
            f"dit register is van een oudere versie van het programma ({versie}).",
            waar=str(plaats),
            herstel="Draai eerst `migreer`; dat maakt vooraf een kopie.",
        )


def read_version(verbinding: Connection) -> str | None:
    """Return the migration that the tables are at; None where there are no tables."""
    if not inspect(verbinding).has_table("alembic_version"):
        return None
    versie: str | None = verbinding.execute(
        text("SELECT version_num FROM alembic_version")
    ).scalar()
    return versie


def refuse_newer(versie: str, plaats: Registerplaats) -> None:
    """Refuse tables that this program does not know.

    Raises
    ------
    RegisterError
        When the version is none of the migrations of this program.
    """
    if versie == HOOFD:
        return
    script = ScriptDirectory.from_config(_config())
    if versie not in {revisie.revision for revisie in script.walk_revisions()}:
        raise RegisterError(
            f"het register is van een nieuwere versie van dit programma ({versie}).",
            waar=str(plaats),
            herstel="Werk daeb-locaties bij.",
        )


@contextmanager
def locked(engine: Engine) -> Iterator[Connection]:
    """Give a transaction in which nobody else makes or changes tables."""
    with engine.connect() as verbinding, writable(verbinding).begin():
        if verbinding.dialect.name == "postgresql":
            verbinding.execute(text("SELECT pg_advisory_xact_lock(:slot)"), {"slot": _SLOT})
        yield verbinding


def require_postgis(verbinding: Connection, plaats: Registerplaats) -> None:
    """Make sure of PostGIS where the register is in PostgreSQL.

    Raises
    ------
    RegisterError
        When the database has none, and this user may not add it.
    """
    if verbinding.dialect.name != "postgresql":
        return
    try:
        with verbinding.begin_nested():
            verbinding.execute(text("CREATE EXTENSION IF NOT EXISTS postgis"))
    except DBAPIError as fout:
        raise RegisterError(
            "deze database mist PostGIS.",
            waar=str(plaats),
            herstel="Laat de beheerder er CREATE EXTENSION postgis in uitvoeren.",
        ) from fout


def upgrade(verbinding: Connection, doel: str) -> None:
    """Bring the tables to a version, within the transaction of the connection."""
    config = _config()
    config.attributes["connection"] = verbinding
    command.upgrade(config, doel)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIES).replace("%", "%%"))
    return config
