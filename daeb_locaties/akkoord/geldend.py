"""Which agreement is in force: the eindakkoord once there is one, until then the tussenakkoord.

A project keeps its agreements as `akkoord.toml` and `akkoord-*.toml`; all stay readable.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from daeb_locaties.akkoord.inhoud import Akkoord
from daeb_locaties.akkoord.lezen import read_akkoord
from daeb_locaties.errors import AkkoordError

BESTANDEN = ("akkoord.toml", "akkoord-*.toml")


@dataclass(frozen=True, slots=True)
class Akkoordbestand:
    """One agreement of the project, and whether figures stand under it."""

    pad: Path
    akkoord: Akkoord
    geldt: bool


def read_akkoorden(project_map: Path, op: date) -> tuple[Akkoordbestand, ...]:
    """Read all agreements of a project and say which is in force on a day.

    An eindakkoord goes before a tussenakkoord, a later `vanaf` before an earlier one; an
    agreement that begins after the day does not count yet. Without files: an empty tuple.

    Raises
    ------
    AkkoordError
        When a file is wrong, or when it cannot be told which of two is in force.
    """
    paden = sorted({pad for patroon in BESTANDEN for pad in project_map.glob(patroon)})
    akkoorden = [(pad, read_akkoord(pad)) for pad in paden]
    begonnen = [(p, a) for p, a in akkoorden if a.vanaf is None or a.vanaf <= op]
    hoogste = max((_rank(a) for _, a in begonnen), default=None)
    geldend = [pad for pad, akkoord in begonnen if _rank(akkoord) == hoogste]
    if len(geldend) > 1:
        raise AkkoordError(
            "er zijn twee akkoorden met dezelfde status en ingangsdatum.",
            waar=", ".join(map(str, geldend)),
            herstel="Geef het akkoord dat moet gelden een latere datum bij 'vanaf'.",
        )
    return tuple(Akkoordbestand(pad, akkoord, pad in geldend) for pad, akkoord in akkoorden)


def current_akkoord(project_map: Path, op: date) -> Akkoord:
    """Return the agreement in force on a day; the defaults where there is none."""
    for bestand in read_akkoorden(project_map, op):
        if bestand.geldt:
            return bestand.akkoord
    return Akkoord()


def _rank(akkoord: Akkoord) -> tuple[bool, date]:
    return akkoord.status == "eindakkoord", akkoord.vanaf or date.min
