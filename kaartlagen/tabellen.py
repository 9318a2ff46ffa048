"""The cells of a table, xlsx or csv, as they stand there: no headers and no meaning yet.

A workbook may claim a cell at the far end of an empty sheet, and a reader that lays the
sheet out whole then fills the memory; so the cells' addresses are looked at first.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

import python_calamine

from kaartlagen.bestandsvorm import Vorm
from kaartlagen.errors import BronError

TABELVORMEN = frozenset({Vorm.XLSX, Vorm.CSV})
"""The forms that this module reads; all others are vector files or XML."""

MAX_BYTES = 64 * 1024 * 1024
MAX_UITGEPAKT = 8 * MAX_BYTES
MAX_CELLEN = 5_000_000
MAX_RIJEN = 200_000

Cel = str | int | float | bool | date | datetime | time | timedelta | None

_SCHEIDINGEN = ";,\t|"
_PROEF_RIJEN = 50
_BLOK = 1 << 20
_ADRES = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]*)([0-9]+)["']""")
_STAART = 4_096
"""What of a block is looked at again with the next, so that no address is lost between them."""
_LANG_ADRES = 12
"""The last cell of a sheet is XFD1048576; no address is longer than this."""


@dataclass(frozen=True, slots=True)
class Raster:
    """One sheet: rows of cells, all of one length; an empty cell is None, text is trimmed.

    `windows` says that the text was no UTF-8 and was read as Windows-1252.
    """

    naam: str
    rijen: tuple[tuple[Cel, ...], ...]
    verborgen: bool = False
    windows: bool = False


def read_rasters(pad: Path, vorm: Vorm) -> tuple[Raster, ...]:
    """Read all sheets of a workbook, or a csv as one sheet.

    Parameters
    ----------
    pad
        The file.
    vorm
        One of `TABELVORMEN`, as `kaartlagen.bestandsvorm.sniff` told it.

    Raises
    ------
    BronError
        When the file is too large, damaged, or in no encoding that is read.
    """
    try:
        lengte = pad.stat().st_size
        ruw = pad.read_bytes() if lengte <= MAX_BYTES else b""
    except OSError as fout:
        raise BronError(
            f"het bestand kan niet worden gelezen ({fout.strerror or fout}).",
            waar=str(pad),
            herstel="Controleer of het bestaat en of u het mag lezen.",
        ) from fout
    if lengte > MAX_BYTES:
        raise _too_large(pad)
    return _workbook(ruw, pad) if vorm is Vorm.XLSX else (_csv(ruw, pad),)


def _workbook(ruw: bytes, pad: Path) -> tuple[Raster, ...]:
    try:
        _require_small(ruw, pad)
        werkmap = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(ruw))
        bladen = [
            blad
            for blad in werkmap.sheets_metadata
            if blad.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
        return tuple(_sheet(werkmap, blad) for blad in bladen)
    except (
        python_calamine.CalamineError, zipfile.BadZipFile, EOFError, KeyError, ValueError,
        NotImplementedError, OSError, RuntimeError, zlib.error,
    ) as fout:  # fmt: skip
        raise BronError(
            "dit is geen leesbaar xlsx-bestand.",
            waar=pad.name,
            herstel="Bewaar het opnieuw als xlsx (zonder wachtwoord), of als csv.",
        ) from fout


def _sheet(werkmap: python_calamine.CalamineWorkbook, kop: python_calamine.SheetMetadata) -> Raster:
    blad = werkmap.get_sheet_by_name(kop.name)
    rijen = _rectangular(
        [[_clean(cel) for cel in rij] for rij in blad.to_python(skip_empty_area=False)]
    )
    return Raster(kop.name, rijen, kop.visible != python_calamine.SheetVisibleEnum.Visible)


def _require_small(ruw: bytes, pad: Path) -> None:
    """Refuse a workbook that would unpack, or lay out, to more than fits."""
    with zipfile.ZipFile(io.BytesIO(ruw)) as zipje:
        delen = zipje.infolist()
        if sum(deel.file_size for deel in delen) > MAX_UITGEPAKT:
            raise _too_large(pad)
        for deel in delen:
            if re.fullmatch(r"xl/worksheets/[^/]+\.xml", deel.filename):
                rijen, kolommen = _extent(_blocks(zipje, deel))
                if rijen * kolommen > MAX_CELLEN or rijen > MAX_RIJEN:
                    raise BronError(
                        f"een werkblad beslaat {rijen} rijen en {kolommen} kolommen; dat is te "
                        "veel.",
                        waar=pad.name,
                        herstel="Verwijder de lege rijen en kolommen onder en naast de tabel "
                        "(of een cel ver daarbuiten) en bewaar het opnieuw.",
                    )


def _blocks(zipje: zipfile.ZipFile, deel: zipfile.ZipInfo) -> Iterator[bytes]:
    with zipje.open(deel) as stroom:
        gelezen = 0
        while blok := stroom.read(_BLOK):
            gelezen += len(blok)
            if gelezen > MAX_UITGEPAKT:  # the size in the zip's own list may lie
                raise zipfile.BadZipFile("larger than it says")
            yield blok


def _extent(blokken: Iterator[bytes]) -> tuple[int, int]:
    """Give the last row and column that any cell of a sheet claims, counted from 1."""
    rijen, kolommen, staart = 0, 0, b""
    for blok in blokken:
        tekst = staart + blok
        for letters, cijfers in _ADRES.findall(tekst):
            if len(letters) + len(cijfers) > _LANG_ADRES:
                raise zipfile.BadZipFile("no address of a cell")
            rijen = max(rijen, int(cijfers))
            nummer = 0
            for letter in letters.upper():
                nummer = nummer * 26 + letter - 64
            kolommen = max(kolommen, nummer)
        staart = tekst[-_STAART:]
    return rijen, kolommen


def _csv(ruw: bytes, pad: Path) -> Raster:
    tekst, windows = _decode(ruw, pad)
    eerste, _, rest = tekst.partition("\n")
    # Excel's own line that names the delimiter.
    genoemd = re.fullmatch(r"sep=(.)\s*", eerste)
    scheiding = genoemd.group(1) if genoemd else _delimiter(tekst)
    csv.field_size_limit(MAX_BYTES)  # a polygon as WKT is longer than the default allows
    lezer = csv.reader(
        io.StringIO(rest if genoemd else tekst, newline=""), delimiter=scheiding, strict=True
    )
    rijen: list[list[Cel]] = []
    cellen = 0
    try:
        for rij in lezer:
            rijen.append([cel.strip() or None for cel in rij])
            cellen += len(rij)
            if len(rijen) > MAX_RIJEN or cellen > MAX_CELLEN:
                raise _too_large(pad)
    except csv.Error as fout:
        raise BronError(
            f"regel {lezer.line_num} is niet te lezen: een aanhalingsteken ontbreekt of staat op "
            "een verkeerde plaats.",
            waar=pad.name,
            herstel="Verbeter die regel, of bewaar het bestand opnieuw als csv of xlsx.",
        ) from fout
    return Raster(pad.stem, _rectangular(rijen), windows=windows)


def _decode(ruw: bytes, pad: Path) -> tuple[str, bool]:
    """Read the text as UTF-8 or UTF-16 (by its mark), else as Excel on Windows; say which."""
    try:
        if ruw.startswith((b"\xff\xfe", b"\xfe\xff")):
            return ruw.decode("utf-16"), False
        if b"\x00" in ruw:
            raise UnicodeDecodeError("utf-8", ruw[:1], 0, 1, "NUL")
        try:
            return ruw.decode("utf-8-sig"), False
        except UnicodeDecodeError:
            return ruw.decode("cp1252"), True
    except UnicodeDecodeError as fout:
        raise BronError(
            "dit is geen tekstbestand in UTF-8, UTF-16 of Windows-1252.",
            waar=pad.name,
            herstel="Bewaar het bestand als csv met codering UTF-8, of als xlsx.",
        ) from fout


def _delimiter(tekst: str) -> str:
    """Choose the sign that cuts the first rows most evenly; `;` where two do."""

    def evenness(teken: str) -> tuple[bool, float, int]:
        lezer = csv.reader(io.StringIO(tekst[: 4 * _BLOK], newline=""), delimiter=teken)
        breedten: list[int] = []
        try:
            for rij in lezer:
                if any(rij):
                    breedten.append(len(rij))
                if len(breedten) == _PROEF_RIJEN:
                    break
        except csv.Error:
            return (False, 0.0, 0)
        if not breedten:
            return (False, 0.0, 0)
        # Of two widths that occur as often, the wider is the table, the other a title.
        breedte, aantal = max(Counter(breedten).items(), key=lambda paar: (paar[1], paar[0]))
        return (breedte > 1, aantal / len(breedten), breedte)

    return max(_SCHEIDINGEN, key=evenness)


def _rectangular(rijen: Sequence[Sequence[Cel]]) -> tuple[tuple[Cel, ...], ...]:
    breedte = max((len(rij) for rij in rijen), default=0)
    return tuple((*rij, *[None] * (breedte - len(rij))) for rij in rijen)


def _clean(cel: Cel) -> Cel:
    """Trim text, make nothing None, and undo what an xlsx has no types for: int and date."""
    if isinstance(cel, str):
        return cel.strip() or None
    if isinstance(cel, float) and cel.is_integer():
        return int(cel)
    if isinstance(cel, datetime) and cel.time() == time():
        return cel.date()
    return cel


def _too_large(pad: Path) -> BronError:
    return BronError(
        f"de tabel is te groot (meer dan {MAX_BYTES // 1024 // 1024} MB, {MAX_RIJEN} rijen of "
        f"{MAX_CELLEN} cellen).",
        waar=pad.name,
        herstel="Splits het bestand, of lever de gegevens als GeoPackage aan.",
    )
