"""Looking into a GeoPackage before it is read: plain tables only, and nothing left open.

A GeoPackage is a database, and a database can hold programs: a view without end, a virtual
table on a file elsewhere, a column that computes itself. None of those is geodata. And one
that another program has open keeps its newest rows in a log beside it.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from kaartlagen.errors import BronError
from kaartlagen.grenzen import size_text

_MODULES = frozenset({"rtree", "rtree_i32", "fts3", "fts4", "fts5"})
"""Virtual tables that are only an index."""

_VIRTUEEL = re.compile(
    r"create\s+virtual\s+table\s.*?\busing\s+\"?(\w+)", re.IGNORECASE | re.DOTALL
)
_NAAM = r"[\w.\"`\[\]]+"
_EENVOUDIG = re.compile(
    rf"create\s+view\s+{_NAAM}\s+as\s+select\s+[\w\s,.\"`\[\]*]+\s+from\s+{_NAAM}\s*;?\s*",
    re.IGNORECASE,
)
"""A view that only renames columns of a table, such as `st_geometry_columns`."""

_POGINGEN = 3


def require_plain_tables(pad: Path) -> None:
    """Refuse a GeoPackage that holds more than tables and their indexes.

    Raises
    ------
    BronError
        When it has views, foreign virtual tables or computed columns, or is damaged.
    """
    adres = f"{pad.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(adres, uri=True)) as verbinding:
            verbinding.execute("pragma trusted_schema = off")
            # Damaged text in the schema is no reason to fail here.
            verbinding.text_factory = lambda inhoud: inhoud.decode("utf-8", "replace")
            _require_plain(verbinding, pad.name)
    except (sqlite3.Error, UnicodeDecodeError) as fout:  # its own message may be damaged too
        raise BronError(
            f"het GeoPackage is beschadigd of afgebroken ({fout}).",
            waar=pad.name,
            herstel="Download of kopieer het opnieuw.",
        ) from fout


def _require_plain(verbinding: sqlite3.Connection, waar: str) -> None:
    schema = verbinding.execute("select type, name, sql from sqlite_master").fetchall()
    views = {str(naam): str(sql) for soort, naam, sql in schema if soort == "view"}
    vreemd = [naam for naam, sql in views.items() if not _EENVOUDIG.fullmatch(sql)]
    geregistreerd: set[str] = set()
    if any(soort == "table" and str(naam).lower() == "gpkg_contents" for soort, naam, _ in schema):
        rijen = verbinding.execute("select lower(table_name) from gpkg_contents")
        geregistreerd = {str(rij[0]) for rij in rijen}
    vreemd += [naam for naam in views if naam.lower() in geregistreerd or _reserved(naam)]
    if vreemd:
        raise _refused(f"een view ({vreemd[0][:60]!r})", waar)
    for soort, naam, sql in schema:
        if soort != "table":
            continue
        module = _VIRTUEEL.match(str(sql))
        if module is None:
            _require_stored_columns(verbinding, str(naam), waar)
        elif module[1].lower() not in _MODULES:
            raise _refused(f"een virtuele tabel ({str(naam)[:60]!r})", waar)


def _reserved(naam: str) -> bool:
    """Say whether a name is one under which the reading library looks for its own tables."""
    return naam.lower().startswith(("gpkg_", "gpkgext_", "ogr_", "rtree_"))


def _require_stored_columns(verbinding: sqlite3.Connection, tabel: str, waar: str) -> None:
    kolommen = verbinding.execute("select name, hidden from pragma_table_xinfo(?)", (tabel,))
    for naam, verborgen in kolommen:
        if verborgen in {2, 3}:
            raise _refused(f"een berekende kolom ({tabel[:60]}.{str(naam)[:60]})", waar)


def _refused(wat: str, waar: str) -> BronError:
    return BronError(
        f"het GeoPackage bevat {wat}; dat wordt uit veiligheid niet gelezen.",
        waar=waar,
        herstel="Bewaar de gegevens als gewone tabel in een nieuw GeoPackage.",
    )


def has_open_log(pad: Path) -> bool:
    """Say whether newer rows lie in a log beside a GeoPackage (another program has it open)."""
    logboek = _log(pad)
    return logboek.is_file() and logboek.stat().st_size > 0


@contextmanager
def settled(pad: Path, werkmap: Path | None = None) -> Iterator[Path]:
    """Give a copy of a GeoPackage with the rows of its log in it; the source is not touched.

    Opening the source itself would make a file beside it, or take the log away from under
    the program that wrote it.

    Parameters
    ----------
    pad
        A GeoPackage with an open log.
    werkmap
        Folder for the copy; None for the system's own.

    Raises
    ------
    BronError
        When there is no room for the copy, it is being written to, or the log is damaged.
    """
    with tempfile.TemporaryDirectory(
        prefix="daeb-kopie-", dir=werkmap, ignore_cleanup_errors=True
    ) as map_:
        kopie = Path(map_) / pad.name
        _require_room(pad, kopie.parent)
        _copy(pad, kopie)
        try:
            with closing(sqlite3.connect(kopie)) as verbinding:
                verbinding.execute("pragma journal_mode = delete")
        except sqlite3.Error as fout:
            raise BronError(
                f"de laatste wijzigingen van het GeoPackage zijn niet te lezen ({fout}).",
                waar=pad.name,
                herstel="Sluit het in het programma dat het openhoudt en probeer het opnieuw.",
            ) from fout
        yield kopie


def _copy(pad: Path, kopie: Path) -> None:
    """Copy a GeoPackage and its log as they were at one moment."""
    for _ in range(_POGINGEN):
        vooraf = _state(pad)
        shutil.copyfile(pad, kopie)
        shutil.copyfile(_log(pad), _log(kopie))
        if _state(pad) == vooraf:
            return
    raise BronError(
        "een ander programma schrijft op dit moment in het GeoPackage.",
        waar=pad.name,
        herstel="Sluit het daar, of wacht tot het klaar is, en probeer het opnieuw.",
    )


def _state(pad: Path) -> tuple[int, ...]:
    feiten = [deel.stat() for deel in (pad, _log(pad))]
    return tuple(getal for feit in feiten for getal in (feit.st_size, feit.st_mtime_ns))


def _require_room(pad: Path, map_: Path) -> None:
    nodig = pad.stat().st_size + _log(pad).stat().st_size
    vrij = shutil.disk_usage(map_).free
    if nodig > vrij:
        raise BronError(
            "een ander programma heeft dit GeoPackage open, en voor een kopie is geen ruimte: "
            f"nodig is {size_text(nodig)}, vrij is {size_text(vrij)}.",
            waar=pad.name,
            herstel="Sluit het in dat programma en probeer het opnieuw.",
        )


def _log(pad: Path) -> Path:
    return pad.with_name(pad.name + "-wal")
