"""The balans as a stacked bar: which part of the bod is hard, zacht, onbekend or placeless.

Widths are shares of one scale, so that the bars of gemeenten can be compared by eye.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from daeb_locaties.model import Balansregel

DELEN = (
    ("hard", "concreet hard"),
    ("zacht", "concreet zacht"),
    ("onbekend", "onbekend"),
    ("zonder_locatie", "nog zonder locatie"),
)
"""Code and word of each part, in the order in which they are stacked."""


@dataclass(frozen=True, slots=True)
class Balkdeel:
    """One part of a bar; `begin` and `breedte` are percentages of the bar's full width."""

    code: str
    woord: str
    aantal: int
    begin: float
    breedte: float


@dataclass(frozen=True, slots=True)
class Balk:
    """A stacked bar with a mark for the bod and one for the target.

    The marks are percentages of the full width; None where there is no bod or target.
    """

    delen: tuple[Balkdeel, ...]
    bod: float | None
    doel: float | None


def scale_of(regels: Sequence[Balansregel]) -> int:
    """Return the number of homes that a full width stands for; at least 1."""
    return max((max(_total(r), r.bod or 0, r.doel or 0) for r in regels), default=1) or 1


def stack(regel: Balansregel, schaal: int) -> Balk:
    """Stack the parts of one balans row on a scale in homes.

    A negative part (more homes taken away than built) cannot be drawn and gets no width;
    its number is in the table.
    """
    delen: list[Balkdeel] = []
    begin = 0.0
    for code, woord in DELEN:
        aantal = getattr(regel, code)
        breedte = 100 * max(aantal, 0) / schaal
        delen.append(Balkdeel(code, woord, aantal, round(begin, 3), round(breedte, 3)))
        begin += breedte
    return Balk(tuple(delen), _mark(regel.bod, schaal), _mark(regel.doel, schaal))


def _total(regel: Balansregel) -> int:
    return sum(max(getattr(regel, code), 0) for code, _ in DELEN)


def _mark(aantal: int | None, schaal: int) -> float | None:
    return None if aantal is None else round(100 * max(aantal, 0) / schaal, 3)
