"""Working ahead in threads with a bounded store: reading, cleaning and writing at once.

What runs in a thread must spend its time outside Python's lock: in GDAL, GEOS, Arrow or a
compiled kernel.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

_Stuk = TypeVar("_Stuk")
_Klaar = TypeVar("_Klaar")


def fetch_ahead(
    lezer: ThreadPoolExecutor, stukken: Iterator[_Stuk], diepte: int
) -> Iterator[_Stuk]:
    """Walk through an iterator in the one thread of `lezer`, at most `diepte` items ahead."""
    wacht: deque[Future[tuple[_Stuk, ...]]] = deque()
    for _ in range(diepte):
        wacht.append(lezer.submit(_next, stukken))
    while stuk := wacht.popleft().result():
        wacht.append(lezer.submit(_next, stukken))
        yield stuk[0]


def map_ahead(
    werkers: ThreadPoolExecutor,
    functie: Callable[[_Stuk], _Klaar],
    stukken: Iterable[_Stuk],
    diepte: int,
) -> Iterator[_Klaar]:
    """Apply a function in threads and give the results in order, at most `diepte` ahead."""
    wacht: deque[Future[_Klaar]] = deque()
    for stuk in stukken:
        wacht.append(werkers.submit(functie, stuk))
        if len(wacht) >= diepte:
            yield wacht.popleft().result()
    while wacht:
        yield wacht.popleft().result()


def _next(stukken: Iterator[_Stuk]) -> tuple[_Stuk, ...]:
    """Give the next item, or nothing at the end."""
    for stuk in stukken:
        return (stuk,)
    return ()
