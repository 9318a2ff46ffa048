"""How long work tells how far it is, without knowing who listens."""

from __future__ import annotations

from collections.abc import Callable

# Called with the name of the step (Dutch), how much is done, and how much there is.
Voortgang = Callable[[str, int, int], None]


def silent(stap: str, gedaan: int, totaal: int) -> None:
    """Tell nobody."""
