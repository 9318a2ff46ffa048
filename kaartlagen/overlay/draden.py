"""Blocks over threads, with progress, cancelling and scratch that is made once per thread."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

from kaartlagen.overlay.errors import GeannuleerdError

Voortgang = Callable[[str, int, int], None]
"""Called as (stap, gedaan, totaal) from the calling thread."""

Annuleer = Callable[[], bool]
"""Asked between blocks; True stops the work with GeannuleerdError."""

_VOORUIT = 4
"""Tasks per thread under way or done and not yet taken."""

_Taak = TypeVar("_Taak")
_Uitkomst = TypeVar("_Uitkomst")
_Werk = TypeVar("_Werk")


def count_draden() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


def run_blocks(
    stap: str,
    functie: Callable[[_Taak], _Uitkomst],
    taken: Sequence[_Taak],
    *,
    draden: int | None = None,
    voortgang: Voortgang | None = None,
    annuleer: Annuleer | None = None,
) -> Iterator[_Uitkomst]:
    """Yield the outcome of every task, in the order of the tasks.

    Parameters
    ----------
    stap
        Dutch name of the step, passed on to `voortgang`.
    functie
        The work on one task; it runs in several threads at once.
    taken
        The tasks. No more than a few per thread are under way or waiting to be taken.
    draden
        The number of threads; None for one per processor.

    Raises
    ------
    GeannuleerdError
        When `annuleer` said so.
    """
    draden = min(draden or count_draden(), len(taken))
    if draden <= 1:
        for k, taak in enumerate(taken):
            _check(stap, annuleer)
            yield functie(taak)
            _report(stap, voortgang, k + 1, len(taken))
        return
    with ThreadPoolExecutor(draden, thread_name_prefix="overlay") as pool:
        lopend: deque[Future[_Uitkomst]] = deque()
        try:
            for k in range(len(taken)):
                while len(lopend) < _VOORUIT * draden and k + len(lopend) < len(taken):
                    lopend.append(pool.submit(functie, taken[k + len(lopend)]))
                _check(stap, annuleer)
                yield lopend.popleft().result()
                _report(stap, voortgang, k + 1, len(taken))
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _check(stap: str, annuleer: Annuleer | None) -> None:
    if annuleer is not None and annuleer():
        raise GeannuleerdError(f"{stap} is gestopt op verzoek.")


def _report(stap: str, voortgang: Voortgang | None, gedaan: int, totaal: int) -> None:
    if voortgang is not None:
        voortgang(stap, gedaan, totaal)


class PerDraad(Generic[_Werk]):
    """Scratch that every thread makes once and makes anew only when it is too small.

    Parameters
    ----------
    maak
        Makes scratch of at least the given size.
    """

    def __init__(self, maak: Callable[[int], _Werk]) -> None:
        self._maak = maak
        self._eigen = threading.local()

    def take(self, grootte: int) -> _Werk:
        """Return this thread's scratch, of at least this size."""
        if getattr(self._eigen, "grootte", -1) < grootte:
            self._eigen.werk = self._maak(grootte)
            self._eigen.grootte = grootte
        werk: _Werk = self._eigen.werk
        return werk
