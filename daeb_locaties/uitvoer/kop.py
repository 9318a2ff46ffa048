"""What an export says about itself, so that a reader years later can tell what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from kaartlagen.teruglezen import Terugleesbewijs


@dataclass(frozen=True, slots=True)
class Kop:
    """The heading of an export.

    `momentopnamen` are the ids of the layer snapshots that the verdicts rest on;
    `regelversie` is the version of the hardheid table, `versie` that of the tool.
    """

    akkoord_naam: str
    akkoord_status: str
    peildatum: date
    regelversie: str
    momentopnamen: tuple[str, ...]
    versie: str

    @property
    def moment(self) -> datetime:
        """The peildatum at midnight UTC: files are dated with it, not with the clock."""
        return datetime(self.peildatum.year, self.peildatum.month, self.peildatum.day, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Uitvoerbestand:
    """A file that was handed out: where, its hash, the rows per layer, and who read it back."""

    pad: Path
    sha256: str
    lagen: dict[str, int]
    teruggelezen_met: str
    bewijs: Terugleesbewijs
