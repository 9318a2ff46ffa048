"""Reading a table (csv or xlsx) with Dutch headers into rows of text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from daeb_locaties.errors import DaebError
from kaartlagen.bestandsvorm import Vorm
from kaartlagen.errors import KaartlagenError
from kaartlagen.tabellen import Cel, read_rasters


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
        with pad.open("rb") as bestand:
            begin = bestand.read(4_096)
    except OSError as oorzaak:
        raise fout(
            "het bestand kan niet worden gelezen.",
            waar=str(pad),
            herstel="Controleer de naam en de rechten.",
        ) from oorzaak
    if not begin.strip():
        raise fout("het bestand is leeg.", waar=str(pad), herstel="Kies het juiste bestand.")
    try:
        raster = read_rasters(pad, Vorm.XLSX if begin.startswith(b"PK") else Vorm.CSV)[0]
    except KaartlagenError as oorzaak:
        raise fout(oorzaak.wat, waar=str(pad), herstel=oorzaak.herstel) from oorzaak
    except IndexError as oorzaak:
        raise fout(
            "het bestand heeft geen werkblad.", waar=str(pad), herstel="Kies het juiste bestand."
        ) from oorzaak
    if raster.windows:
        # Nothing here can say how a text was understood, so it is not left to a guess.
        raise fout(
            "de tekst is geen UTF-8.",
            waar=str(pad),
            herstel="Bewaar het bestand als csv met codering UTF-8, of als xlsx.",
        )
    rijen = [[_cell_text(cel) for cel in rij] for rij in raster.rijen]
    if not rijen:
        raise fout("het bestand heeft geen kopregel.", waar=str(pad), herstel="Voeg die toe.")
    kop = [normalise_header(cel) for cel in rijen[0]]
    return tuple(
        Tabelrij(nummer, dict(zip(kop, rij, strict=False)))
        for nummer, rij in enumerate(rijen[1:], start=2)
        if any(rij)
    )


def _cell_text(cel: Cel) -> str:
    if cel is None:
        return ""
    if isinstance(cel, datetime):
        return cel.date().isoformat()
    return cel.isoformat() if isinstance(cel, date) else str(cel)
