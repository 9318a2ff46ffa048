"""Say in Dutch why a database refused, whichever of the two it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from daeb_locaties.errors import RegisterError
from daeb_locaties.register.plaats import Registerplaats

_VOL = (
    "de schijf is vol; er is niets gewijzigd.",
    "Maak ruimte vrij en probeer het opnieuw.",
)
_LEZEN = (
    "het register kan alleen gelezen worden; er is niets gewijzigd.",
    "Zorg voor schrijfrechten op de map of de database, of kies een andere.",
)
_BEZET = (
    "iemand anders schrijft al een tijd in dit register; er is niets gewijzigd.",
    "Probeer het zo dadelijk opnieuw.",
)
_BESCHADIGD = (
    "het bestand is geen register of is beschadigd.",
    "Zet een reservekopie terug met `herstel`.",
)
_SCHIJF = (
    "de schijf weigert; er is niets gewijzigd.",
    "Controleer of de schijf vol of losgekoppeld is en probeer het opnieuw.",
)
_OPENEN = (
    "het register kan niet worden geopend.",
    "Controleer de naam, de rechten op de map en de schijfruimte.",
)
_SERVER = (
    "de databaseserver is niet bereikbaar; er is niets gewijzigd.",
    "Controleer het adres en of de server draait.",
)
_TOEGANG = (
    "de databaseserver weigert deze gebruiker.",
    "Controleer gebruiker en wachtwoord (PGPASSWORD of ~/.pgpass) en de rechten.",
)
_DATABASE = (
    "deze database bestaat niet op de server.",
    "Laat de beheerder haar aanmaken: CREATE DATABASE en CREATE EXTENSION postgis.",
)
# SQLite's primary result codes.
_SQLITE = {
    sqlite3.SQLITE_FULL: _VOL,
    sqlite3.SQLITE_READONLY: _LEZEN,
    sqlite3.SQLITE_PERM: _LEZEN,
    sqlite3.SQLITE_BUSY: _BEZET,
    sqlite3.SQLITE_LOCKED: _BEZET,
    sqlite3.SQLITE_CORRUPT: _BESCHADIGD,
    sqlite3.SQLITE_NOTADB: _BESCHADIGD,
    sqlite3.SQLITE_IOERR: _SCHIJF,
    sqlite3.SQLITE_CANTOPEN: _OPENEN,
}
# PostgreSQL's SQLSTATE, by its longest beginning that is listed.
_POSTGRES = {
    "53100": _VOL,
    "53": _SCHIJF,
    "25006": _LEZEN,
    "42501": _TOEGANG,
    "28": _TOEGANG,
    "3D000": _DATABASE,
    "55P03": _BEZET,
    "57014": _BEZET,
    "40": _BEZET,
    "57P": _SERVER,
    "08": _SERVER,
}


@contextmanager
def translate(plaats: Registerplaats) -> Iterator[None]:
    """Turn what a database raises into one clear `RegisterError`.

    Raises
    ------
    RegisterError
        In place of every error of the database driver.
    """
    try:
        yield
    except DBAPIError as fout:
        raise to_register_error(fout.orig or fout, plaats) from fout
    except sqlite3.Error as fout:
        raise to_register_error(fout, plaats) from fout


def to_register_error(fout: BaseException, plaats: Registerplaats) -> RegisterError:
    """Return the Dutch error for what a driver raised."""
    wat, herstel = _reason(fout)
    return RegisterError(wat, waar=str(plaats), herstel=herstel)


def _reason(fout: BaseException) -> tuple[str, str]:
    if isinstance(fout, sqlite3.Error):
        bekend = _SQLITE.get(getattr(fout, "sqlite_errorcode", 0) & 0xFF)
    else:
        bekend = _by_sqlstate(getattr(fout, "sqlstate", None), str(fout))
    eerste = (str(fout).splitlines() or [""])[0]
    return bekend or (
        f"de database weigert dit; er is niets gewijzigd ({fout.__class__.__name__}: {eerste}).",
        "Controleer het register met `controleer`.",
    )


def _by_sqlstate(code: str | None, tekst: str) -> tuple[str, str] | None:
    """Return the reason of a SQLSTATE; a connection that failed has a text only."""
    if code is None:
        if 'database "' in tekst and "does not exist" in tekst:
            return _DATABASE
        return _TOEGANG if "FATAL" in tekst else _SERVER
    return next((_POSTGRES[code[:n]] for n in (5, 3, 2) if code[:n] in _POSTGRES), None)
