"""What one file may ask of the machine: limits that hold for the nation, each a setting.

A limit is set by an environment variable, or for a while by `limited`. A file that goes
over one is refused as a whole, and the refusal names the setting.

=============================  ==================  =====================================
omgevingsvariabele             standaard           wat
=============================  ==================  =====================================
DAEB_GRENS_BESTAND_BYTES       200.000.000.000     bytes van één bestand
DAEB_GRENS_RIJEN               100.000.000         objecten in één laag
DAEB_GRENS_KOLOMMEN            2.000               kolommen in één tabel
DAEB_GRENS_PUNTEN              5.000.000           punten in één object
DAEB_GRENS_ARCHIEF_BYTES       400.000.000.000     bytes van een zipbestand, uitgepakt
DAEB_GRENS_ARCHIEF_LEDEN       200.000             bestanden in een zipbestand
DAEB_GRENS_ARCHIEF_VERHOUDING  250                 hoeveel keer groter uitgepakt
DAEB_GRENS_ARCHIEF_DIEPTE      2                   zip in zip: het buitenste telt als 1
=============================  ==================  =====================================
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields, replace

import shapely

from kaartlagen.errors import BronError
from kaartlagen.getallen import decimal

_VOORVOEGSEL = "DAEB_GRENS_"


@dataclass(frozen=True, slots=True)
class Grenzen:
    """The limits; see the table above."""

    bestand_bytes: int = 200_000_000_000
    rijen: int = 100_000_000
    kolommen: int = 2_000
    punten: int = 5_000_000
    archief_bytes: int = 400_000_000_000
    archief_leden: int = 200_000
    archief_verhouding: int = 250
    archief_diepte: int = 2


_huidig: ContextVar[Grenzen | None] = ContextVar("grenzen", default=None)


def current_limits() -> Grenzen:
    """Give the limits that hold here: those of `limited`, else those of the environment.

    Raises
    ------
    BronError
        When an environment variable is no whole number above zero.
    """
    gezet = _huidig.get()
    return _from_environment() if gezet is None else gezet


@contextmanager
def limited(**anders: int) -> Iterator[Grenzen]:
    """Let other limits hold within a block; the names are those of `Grenzen`."""
    nieuw = replace(current_limits(), **anders)
    sleutel = _huidig.set(nieuw)
    try:
        yield nieuw
    finally:
        _huidig.reset(sleutel)


def require_size(aantal_bytes: int, waar: str) -> None:
    """Refuse a file of more bytes than the limit.

    Raises
    ------
    BronError
        When it is larger.
    """
    grens = current_limits().bestand_bytes
    if aantal_bytes > grens:
        raise over_limit(
            f"het bestand is {size_text(aantal_bytes)}; de grens is {size_text(grens)}.",
            "bestand_bytes",
            waar,
            "Splits het bestand",
        )


def require_rows(aantal: int, waar: str) -> None:
    """Refuse a layer of more objects than the limit.

    Raises
    ------
    BronError
        When it has more.
    """
    grens = current_limits().rijen
    if aantal > grens:
        raise over_limit(
            f"de laag heeft {decimal(aantal, 0)} objecten; de grens is {decimal(grens, 0)}.",
            "rijen",
            waar,
            "Splits het bestand",
        )


def require_columns(aantal: int, waar: str) -> None:
    """Refuse a table of more columns than the limit.

    Raises
    ------
    BronError
        When it has more.
    """
    grens = current_limits().kolommen
    if aantal > grens:
        raise over_limit(
            f"de tabel heeft {decimal(aantal, 0)} kolommen; de grens is {decimal(grens, 0)}.",
            "kolommen",
            waar,
            "Laat kolommen weg",
        )


def require_points(geometrie: object, waar: str) -> None:
    """Refuse geometry (an array of shapely's) of which one has more points than the limit.

    Raises
    ------
    BronError
        When one has more; its place in the layer is named, from 1.
    """
    grens = current_limits().punten
    aantallen = shapely.get_num_coordinates(geometrie)
    if aantallen.size and aantallen.max() > grens:
        plek = int(aantallen.argmax())
        raise over_limit(
            f"object {plek + 1} heeft {decimal(int(aantallen[plek]), 0)} punten; de grens is "
            f"{decimal(grens, 0)}.",
            "punten",
            waar,
            "Vereenvoudig of splits het object",
        )


def over_limit(wat: str, grens: str, waar: str, anders: str) -> BronError:
    """Make the refusal of what goes over a limit, with the setting that raises it.

    Parameters
    ----------
    wat
        What is too much, a Dutch sentence.
    grens
        Name of the limit, a field of `Grenzen`.
    waar
        File, and layer where it has one.
    anders
        What the user can do instead, the beginning of a Dutch sentence.
    """
    return BronError(
        wat,
        waar=waar,
        herstel=f"{anders}, of verhoog de grens met de omgevingsvariabele "
        f"{_VOORVOEGSEL}{grens.upper()}.",
    )


def size_text(aantal_bytes: int) -> str:
    """Write a number of bytes for people: 1,5 GB."""
    for eenheid, factor in (("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)):
        if aantal_bytes >= factor:
            return f"{decimal(aantal_bytes / factor)} {eenheid}"
    return f"{aantal_bytes} bytes"


def _from_environment() -> Grenzen:
    gezet = {}
    for veld in fields(Grenzen):
        naam = _VOORVOEGSEL + veld.name.upper()
        tekst = os.environ.get(naam, "").strip()
        if not tekst:
            continue
        if not re.fullmatch(r"0*[1-9][0-9]{0,17}", tekst):
            raise BronError(
                f"de omgevingsvariabele {naam} is {tekst!r}; dat is geen geheel getal boven nul.",
                herstel="Zet er een getal in zonder punten, of laat haar weg.",
            )
        gezet[veld.name] = int(tekst)
    return Grenzen(**gezet)
