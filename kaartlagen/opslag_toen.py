"""The layer store as it stood on a day: newer snapshots are not there yet."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kaartlagen.momentopname import Momentopname
from kaartlagen.opslag import LaagOpslag


class LaagOpslagToen(LaagOpslag):
    """The snapshots that hold for a day or for one before it.

    A snapshot goes by its peildatum, or by the day of reading where that is not known.

    Parameters
    ----------
    map
        The folder of the store.
    op
        The day.
    """

    def __init__(self, map: Path, op: date) -> None:  # noqa: A002  (as LaagOpslag)
        super().__init__(map)
        self._op = op

    def snapshots(self, laag: str | None = None) -> tuple[Momentopname, ...]:
        """List the snapshots of a layer, or of all layers, oldest first per layer."""
        return tuple(opname for opname in super().snapshots(laag) if _day(opname) <= self._op)


def _day(opname: Momentopname) -> date:
    return opname.herkomst.peildatum or opname.herkomst.ingelezen_op.date()
