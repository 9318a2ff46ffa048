"""On which line of a TOML file a table or key stands, so that a message can name it.

`tomllib` forgets the lines. This finds them again for files that are known to be valid:
headers and keys at the beginning of a line, which is how people write them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_KOP = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]")
_SLEUTEL = re.compile(r"""\s*["']?([\w-]+)["']?\s*=""")


@dataclass(frozen=True, slots=True)
class Plek:
    """A table of the file: its name, and which one where there are more (from 0)."""

    tabel: str
    nummer: int = 0


def find_line(tekst: str, plek: Plek, sleutel: str | None = None) -> int | None:
    """Return the line (from 1) of a key, else of its table, else None.

    Parameters
    ----------
    tekst
        The whole file.
    plek
        The table in which the key belongs.
    sleutel
        The key; None for the header of the table.
    """
    geteld: dict[str, int] = {}
    huidig: Plek | None = None
    kopregel: int | None = None
    for nummer, regel in enumerate(tekst.splitlines(), start=1):
        if kop := _KOP.match(regel):
            naam = kop.group(2)
            huidig = Plek(naam, geteld.get(naam, 0))
            geteld[naam] = huidig.nummer + 1
            if huidig == plek:
                kopregel = nummer
        elif huidig == plek and (lid := _SLEUTEL.match(regel)) and lid.group(1) == sleutel:
            return nummer
    return kopregel
