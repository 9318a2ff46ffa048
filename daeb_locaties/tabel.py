"""Reading a table (csv or xlsx) with Dutch headers into rows of text."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import python_calamine

from daeb_locaties.errors import DaebError

MAX_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Tabelrij:
    """One row: its line number in the file (1 is the header) and its cells by header."""

    nummer: int
    cellen: dict[str, str]

    def get(self, kolom: str) -> str | None:
        """Return the cell's text, or None where it is empty or the column is absent."""
        return self.cellen.get(kolom) or None


def normalise_header(tekst: str) -> str:
    """Lower case, without spaces and signs: ``Gemeente-code`` becomes ``gemeentecode``."""
    return re.sub(r"[^a-z0-9]", "", tekst.lower())


def read_tabel(pad: Path, fout: type[DaebError]) -> tuple[Tabelrij, ...]:
    """Read the first sheet of an xlsx, or a csv with `;`, `,` or tab, by its content.

    Parameters
    ----------
    pad
        The file; its kind is seen from the content, not from the name.
    fout
        The error class to raise.

    Returns
    -------
    tuple of Tabelrij
        One per row below the header that holds anything; headers are normalised.

    Raises
    ------
    DaebError
        Of class `fout`: absent, empty, too large, or neither csv nor xlsx.
    """
    try:
        if pad.stat().st_size > MAX_BYTES:
            raise fout("het bestand is groter dan 64 MB.", waar=str(pad), herstel="Splits het.")
        ruw = pad.read_bytes()
    except OSError as oorzaak:
        raise fout(
            "het bestand kan niet worden gelezen.",
            waar=str(pad),
            herstel="Controleer de naam en de rechten.",
        ) from oorzaak
    if not ruw.strip():
        raise fout("het bestand is leeg.", waar=str(pad), herstel="Kies het juiste bestand.")
    rijen = _sheet_rows(ruw, pad, fout) if ruw[:2] == b"PK" else _csv_rows(ruw, pad, fout)
    if not rijen:
        raise fout("het bestand heeft geen kopregel.", waar=str(pad), herstel="Voeg die toe.")
    kop = [normalise_header(cel) for cel in rijen[0]]
    return tuple(
        Tabelrij(nummer, dict(zip(kop, rij, strict=False)))
        for nummer, rij in enumerate(rijen[1:], start=2)
        if any(rij)
    )


def _csv_rows(ruw: bytes, pad: Path, fout: type[DaebError]) -> list[list[str]]:
    tekst = _decode(ruw, pad, fout)
    kop = tekst.splitlines()[0]
    scheiding = max(";,\t", key=kop.count)
    rijen = list(csv.reader(io.StringIO(tekst, newline=""), delimiter=scheiding))
    return [[cel.strip() for cel in rij] for rij in rijen]


def _decode(ruw: bytes, pad: Path, fout: type[DaebError]) -> str:
    try:
        tekst = ruw.decode("utf-8-sig")
    except UnicodeDecodeError as oorzaak:
        raise fout(
            f"teken {oorzaak.start} is geen UTF-8.",
            waar=str(pad),
            herstel="Bewaar het bestand als csv met codering UTF-8, of als xlsx.",
        ) from oorzaak
    if "\x00" in tekst:
        raise fout("dit is geen tekstbestand.", waar=str(pad), herstel="Lever csv of xlsx aan.")
    return tekst


def _sheet_rows(ruw: bytes, pad: Path, fout: type[DaebError]) -> list[list[str]]:
    try:
        uitgepakt = sum(deel.file_size for deel in zipfile.ZipFile(io.BytesIO(ruw)).infolist())
        if uitgepakt > 8 * MAX_BYTES:
            raise fout("de inhoud is uitgepakt te groot.", waar=str(pad), herstel="Splits het.")
        werkmap = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(ruw))
        blad = werkmap.get_sheet_by_index(0)
    except (python_calamine.CalamineError, zipfile.BadZipFile, IndexError) as oorzaak:
        raise fout(
            "dit is geen leesbaar xlsx-bestand.",
            waar=str(pad),
            herstel="Bewaar het opnieuw als xlsx of als csv.",
        ) from oorzaak
    return [_cell_texts(rij) for rij in blad.to_python(skip_empty_area=False)]


def _cell_texts(rij: Sequence[object]) -> list[str]:
    return [_cell_text(cel) for cel in rij]


def _cell_text(cel: object) -> str:
    if isinstance(cel, datetime):
        return cel.date().isoformat()
    if isinstance(cel, date):
        return cel.isoformat()
    if isinstance(cel, float) and cel.is_integer():
        return str(int(cel))
    return str(cel).strip()
