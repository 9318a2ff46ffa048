"""Where is the header of a sheet? Titles above it, groups over it and a second line under it.

People put a title over their table, merge a cell over the years of one count, and leave
blank rows. The header is the first row of words that is about as wide as the table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kaartlagen.laagframe import as_text
from kaartlagen.tabellen import Cel, Raster

_ZOEK_RIJEN = 30
_BREEDTE_AANDEEL = 0.6
"""A header has a word over at least this part of the columns that are filled at all."""

_GETAL = re.compile(r"[-+]?[\d.,\s]+%?")
_JAAR = re.compile(r"(19|20|21)\d\d")


@dataclass(frozen=True, slots=True)
class Blad:
    """A sheet with its header found.

    Parameters
    ----------
    naam
        Name of the sheet.
    koppen
        One name per column, each once.
    rijen
        The rows below the header that hold anything, one cell per header.
    regels
        The line in the sheet (from 1) of each row.
    """

    naam: str
    koppen: tuple[str, ...]
    rijen: tuple[tuple[Cel, ...], ...]
    regels: tuple[int, ...]


def find_header(raster: Raster) -> Blad | None:
    """Find the header of a sheet and give its columns their names.

    Returns
    -------
    Blad or None
        None when no row looks like a header.
    """
    plek = _header_row(raster)
    if plek is None:
        return None
    namen, laatste = _names(raster, plek)
    return make_blad(raster, namen, laatste + 1)


def make_blad(raster: Raster, namen: Sequence[str | None], begin: int) -> Blad:
    """Make a sheet of column names and the rows from `begin` on (from 0).

    A column without a name is kept under its number when it holds anything; a name that
    comes twice is numbered.
    """
    rijen = [
        (nr, rij)
        for nr, rij in enumerate(raster.rijen[begin:], begin + 1)
        if any(map(_filled, rij))
    ]
    kolommen = [
        (plek, naam or f"kolom {plek + 1}")
        for plek, naam in enumerate(namen)
        if naam or any(_filled(rij[plek]) for _, rij in rijen)
    ]
    return Blad(
        raster.naam,
        _unique([naam for _, naam in kolommen]),
        tuple(tuple(rij[plek] for plek, _ in kolommen) for _, rij in rijen),
        tuple(nr for nr, _ in rijen),
    )


def cell_name(cel: Cel) -> str | None:
    """Give a header cell as text: a year is ``2026``, a date ISO, line breaks are spaces."""
    if isinstance(cel, datetime):
        return cel.date().isoformat()
    if isinstance(cel, date):
        return cel.isoformat()
    tekst = as_text(cel)
    return re.sub(r"\s+", " ", tekst) if tekst else None


def fill_right(namen: Sequence[str | None]) -> list[str | None]:
    """Let a name hold for the empty cells to its right, as a group over columns does."""
    uit: list[str | None] = []
    for naam in namen:
        uit.append(naam or (uit[-1] if uit else None))
    return uit


def _header_row(raster: Raster) -> int | None:
    breedte = max((_width(rij) for rij in raster.rijen[: 2 * _ZOEK_RIJEN]), default=0)
    genoeg = max(2, _BREEDTE_AANDEEL * breedte)
    woorden = [plek for plek, rij in enumerate(raster.rijen[:_ZOEK_RIJEN]) if _is_words(rij)]
    breed = [plek for plek in woorden if _width(raster.rijen[plek]) >= genoeg]
    smal = [plek for plek in woorden if _width(raster.rijen[plek]) >= 2]
    return next(iter((*breed, *smal)), None)


def _names(raster: Raster, plek: int) -> tuple[list[str | None], int]:
    """Name the columns, and give the header's last row."""
    rijen = [_row_names(rij) for rij in raster.rijen]
    boven, laatste = rijen[plek], plek
    if plek + 1 < len(rijen) and _is_second_line(raster, plek):
        laatste = plek + 1
        groep = [a or b for a, b in zip(boven, _under_group(boven, rijen[laatste]), strict=True)]
        boven = [_joined(a, b) for a, b in zip(groep, rijen[laatste], strict=True)]
    elif plek and _width(raster.rijen[plek - 1]) > 0:
        groepen = fill_right(rijen[plek - 1])
        vaak = {naam for naam in boven if naam and boven.count(naam) > 1}
        boven = [
            _joined(groep, naam)
            if naam and (naam in vaak or _JAAR.fullmatch(naam))
            else naam or groep
            for groep, naam in zip(groepen, boven, strict=True)
        ]
    return boven, laatste


def _under_group(boven: Sequence[str | None], onder: Sequence[str | None]) -> list[str | None]:
    """Carry a group's name over the empty cells that have a word under them."""
    return [groep if woord else None for groep, woord in zip(fill_right(boven), onder, strict=True)]


def _is_second_line(raster: Raster, plek: int) -> bool:
    """Whether the row under the header names the parts of its groups, and holds no data.

    Its cells stand under empty header cells, or under a cell with an empty one beside it
    (the group's own first column).
    """
    boven, onder = raster.rijen[plek], raster.rijen[plek + 1]
    gevuld = [kolom for kolom, cel in enumerate(onder) if _filled(cel)]
    if len(gevuld) < 2 or not _is_words(onder):
        return False
    return all(
        not _filled(boven[kolom]) or (kolom + 1 < len(boven) and not _filled(boven[kolom + 1]))
        for kolom in gevuld
    ) and any(not _filled(boven[kolom]) for kolom in gevuld)


def _is_words(rij: Sequence[Cel]) -> bool:
    """Whether a row holds words only; a bare year may head a column too."""
    gevuld = [cel for cel in rij if _filled(cel)]
    return bool(gevuld) and all(_is_word(cel) for cel in gevuld)


def _is_word(cel: Cel) -> bool:
    if isinstance(cel, bool):
        return False
    tekst = as_text(cel) or ""
    if _JAAR.fullmatch(tekst):
        return True
    return isinstance(cel, str) and not _GETAL.fullmatch(tekst)


def _row_names(rij: Sequence[Cel]) -> list[str | None]:
    return [cell_name(cel) for cel in rij]


def _joined(groep: str | None, naam: str | None) -> str | None:
    return " ".join(deel for deel in (groep, naam) if deel) or None


def _width(rij: Sequence[Cel]) -> int:
    return sum(map(_filled, rij))


def _filled(cel: Cel) -> bool:
    return cel is not None


def _unique(namen: Sequence[str]) -> tuple[str, ...]:
    gezien: dict[str, int] = {}
    uit = []
    for naam in namen:
        gezien[naam] = gezien.get(naam, 0) + 1
        uit.append(naam if gezien[naam] == 1 else f"{naam} ({gezien[naam]})")
    return tuple(uit)


Kopvorm = Callable[[Raster], Blad | None]
"""Finds the header of one known form of sheet; None when the sheet is not of that form."""
