"""Typed values out of a TOML table; what is wrong is said with the line on which it stands."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from daeb_locaties.akkoord.plaats import Plek, find_line
from daeb_locaties.errors import AkkoordError


@dataclass(frozen=True, slots=True)
class Bron:
    """The file that is read, for messages."""

    pad: Path
    tekst: str

    def fout(self, plek: Plek, sleutel: str | None, wat: str, verwacht: str) -> AkkoordError:
        """Make the error that names file, line, key and what was expected."""
        regel = find_line(self.tekst, plek, sleutel)
        naam = f"{plek.tabel}.{sleutel}" if sleutel else plek.tabel
        waar = str(self.pad) if regel is None else f"{self.pad}, regel {regel}"
        return AkkoordError(f"{wat} (sleutel {naam}).", waar=waar, herstel=f"Verwacht: {verwacht}.")


@dataclass(frozen=True, slots=True)
class Tabel:
    """One table of the file."""

    bron: Bron
    plek: Plek
    waarden: Mapping[str, Any]

    def fout(self, sleutel: str | None, wat: str, verwacht: str) -> AkkoordError:
        """Make the error about a key of this table."""
        return self.bron.fout(self.plek, sleutel, wat, verwacht)

    def __contains__(self, sleutel: str) -> bool:
        """Whether the key is in the file."""
        return sleutel in self.waarden

    def require_known(self, sleutels: Collection[str]) -> None:
        """Refuse a key that nobody reads: a slip of the pen must not be silent."""
        for sleutel in self.waarden:
            if sleutel not in sleutels:
                bijna = difflib.get_close_matches(sleutel, sleutels, 1)
                verwacht = f"'{bijna[0]}'" if bijna else ", ".join(sorted(sleutels))
                raise self.fout(sleutel, f"de sleutel '{sleutel}' bestaat niet", verwacht)

    def text(self, sleutel: str) -> str:
        """Return a text that must be there."""
        waarde = self.waarden.get(sleutel)
        if not isinstance(waarde, str) or not waarde.strip():
            raise self.fout(sleutel, "de waarde ontbreekt of is geen tekst", "tekst")
        return waarde.strip()

    def number(self, sleutel: str) -> int | None:
        """Return a whole number; None when it is not there."""
        waarde = self.waarden.get(sleutel)
        if waarde is not None and (not isinstance(waarde, int) or isinstance(waarde, bool)):
            raise self.fout(sleutel, "de waarde is geen geheel getal", "een getal")
        return waarde

    def texts(self, sleutel: str) -> tuple[str, ...]:
        """Return a list of texts; empty when it is not there."""
        waarde = self.waarden.get(sleutel, [])
        if not isinstance(waarde, list) or not all(isinstance(w, str) for w in waarde):
            raise self.fout(sleutel, "de waarde is geen lijst van teksten", '["..."]')
        return tuple(waarde)

    def date(self, sleutel: str) -> date | None:
        """Return a date; None when it is not there."""
        waarde = self.waarden.get(sleutel)
        if waarde is not None and type(waarde) is not date:
            raise self.fout(sleutel, "de waarde is geen datum", "bijvoorbeeld 2024-01-01")
        return waarde

    def amount(self, sleutel: str, hoogst: float = float("inf")) -> float | None:
        """Return a number from 0; None when it is not there."""
        waarde = self.waarden.get(sleutel)
        if waarde is None:
            return None
        if isinstance(waarde, bool) or not isinstance(waarde, int | float):
            raise self.fout(sleutel, "de waarde is geen getal", "een getal")
        if not 0 <= waarde <= hoogst:
            grens = "0 tot en met 1" if hoogst == 1 else "0 of meer"
            raise self.fout(sleutel, "de waarde valt buiten de grenzen", grens)
        return float(waarde)
