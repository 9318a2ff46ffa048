"""Areas of all pairs of two sets of polygons that share ground."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from kaartlagen.overlay.draden import Annuleer, PerDraad, Voortgang, count_draden, run_blocks
from kaartlagen.overlay.index import AreaIndex, as_rows, count_vertices
from kaartlagen.overlay.plaatsen import place_pairs, place_rows
from kaartlagen.overlay.som import Werk, join_rows, new_werk
from kaartlagen.overlay.stukken import Getallen
from kaartlagen.overlay.wkb import ArrowWkb

_BLOK_RIJEN = 4096
"""At most this many left rows per block; fewer when there are not enough blocks."""

_RUIMTE = 1 << 16
"""Pairs of pieces that the scratch of a thread holds to begin with."""

STROOM_RIJEN = 1 << 16
"""More rows than this, without an index of them, are indexed and measured in blocks."""

Rijen = npt.NDArray[np.int32]
Blok = tuple[Rijen, Rijen, Rijen, Getallen]
"""Left rows worked, pairs per row, right rows, areas."""

Stroomblok = tuple[Rijen, Rijen, Getallen]
"""Rows of the streamed side, rows of the other side, areas."""


@dataclass(frozen=True, slots=True)
class Oppervlakteparen:
    """Pairs of rows that share ground, ordered by (left, right).

    Attributes
    ----------
    left, right
        Row numbers (int64) into the two inputs, one per pair.
    area_m2
        Shared area in m2 (float64), above 1e-6.
    """

    left: npt.NDArray[np.int64]
    right: npt.NDArray[np.int64]
    area_m2: npt.NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.left)


def area_join(
    left: npt.ArrayLike | ArrowWkb | AreaIndex,
    right: npt.ArrayLike | ArrowWkb | AreaIndex,
    *,
    voortgang: Voortgang | None = None,
    annuleer: Annuleer | None = None,
) -> Oppervlakteparen:
    """Return the shared area of every pair that overlaps.

    Parameters
    ----------
    left, right
        Arrays of valid, linear shapely polygons or multipolygons in EPSG:28992 (or any
        metric CRS), as shapely objects or as Arrow WKB, or indexes of them. None, points,
        lines and empty polygons have no area and give no pair.
    voortgang
        Called as (stap, gedaan, totaal) in the calling thread.
    annuleer
        Asked between blocks; True stops with GeannuleerdError.

    Returns
    -------
    Oppervlakteparen
        Every pair that shares more than 1e-6 m2, ordered by (left, right). The same input
        gives the same bits, however many threads there are.

    Raises
    ------
    NietOndersteundError
        For curves, collections and coordinates that are not finite.
    GeannuleerdError
        When `annuleer` said so.
    """
    zelfde = right is left
    links = left if isinstance(left, AreaIndex) else as_rows(left)
    rechts = links if zelfde else right if isinstance(right, AreaIndex) else as_rows(right)
    if not (zelfde or isinstance(links, AreaIndex) or isinstance(rechts, AreaIndex)):
        links_groot = count_vertices(links) > count_vertices(rechts)
        if len(links if links_groot else rechts) > STROOM_RIJEN:
            return join_streamed(links, rechts, links_groot, voortgang, annuleer)
    links = _index_of(links, voortgang, annuleer)
    rechts = links if zelfde else _index_of(rechts, voortgang, annuleer)
    return join_indexes(links, rechts, voortgang=voortgang, annuleer=annuleer)


def _index_of(kant: Any, voortgang: Voortgang | None, annuleer: Annuleer | None) -> AreaIndex:
    if isinstance(kant, AreaIndex):
        return kant
    return AreaIndex.build(kant, voortgang=voortgang, annuleer=annuleer)


def join_streamed(
    links: Any,
    rechts: Any,
    links_groot: bool,
    voortgang: Voortgang | None = None,
    annuleer: Annuleer | None = None,
) -> Oppervlakteparen:
    """Do `area_join` with an index of the small side alone; the other passes by in blocks."""
    groot, klein = (links, rechts) if links_groot else (rechts, links)
    stroom = _stream(groot, _index_of(klein, voortgang, annuleer), voortgang, annuleer)
    return _in_order(list(stroom), len(links), keer=not links_groot)


def _stream(
    groot: Any, klein: AreaIndex, voortgang: Voortgang | None, annuleer: Annuleer | None
) -> Iterator[Stroomblok]:
    """Yield the pairs of one block of rows after the other."""
    totaal = len(groot)
    for begin in range(0, totaal, STROOM_RIJEN):
        blok = groot[begin : begin + STROOM_RIJEN]
        index = AreaIndex.build(blok, eerste=begin, annuleer=annuleer)
        paren = join_indexes(index, klein, annuleer=annuleer)
        yield ((paren.left + begin).astype(np.int32), paren.right.astype(np.int32), paren.area_m2)
        if voortgang is not None:
            voortgang("oppervlakten meten", min(begin + STROOM_RIJEN, totaal), totaal)


def _in_order(blokken: list[Stroomblok], rijen: int, *, keer: bool) -> Oppervlakteparen:
    """Put streamed pairs in the order of the left rows; `keer` where right was streamed."""
    if keer:
        blokken = [(klein, groot, area) for groot, klein, area in blokken]
    plaats = np.zeros(rijen + 1, np.int64)
    for links, _, _ in blokken:
        plaats[1:] += np.bincount(links, minlength=rijen)
    np.cumsum(plaats, out=plaats)
    n = int(plaats[-1])
    uit = Oppervlakteparen(np.empty(n, np.int64), np.empty(n, np.int64), np.empty(n))
    for links, rechts, area in blokken:
        place_pairs(links, rechts, area, plaats, uit.left, uit.right, uit.area_m2)
    return uit


def join_indexes(
    links: AreaIndex,
    rechts: AreaIndex,
    *,
    draden: int | None = None,
    voortgang: Voortgang | None = None,
    annuleer: Annuleer | None = None,
) -> Oppervlakteparen:
    """Do `area_join` on two indexes, in `draden` threads (None: one per processor)."""
    rijen = links.volgorde if len(rechts.volgorde) else links.volgorde[:0]
    stap = max(16, min(_BLOK_RIJEN, len(rijen) // (8 * (draden or count_draden())) + 1))
    blokken = run_blocks(
        "oppervlakten meten",
        _Meting(links, rechts).measure,
        [rijen[a : a + stap] for a in range(0, len(rijen), stap)],
        draden=draden,
        voortgang=voortgang,
        annuleer=annuleer,
    )
    return _assemble([deel for blok in blokken for deel in blok], len(links))


def _new_scratch(zijden: int, niveaus: int, ruimte: int) -> tuple[Werk, Rijen, Getallen]:
    """Return scratch for `ruimte` pairs of pieces per round."""
    werk = new_werk(zijden, niveaus, ruimte)
    return werk, np.empty(ruimte, np.int32), np.empty(ruimte)


class _Meting:
    """Measures blocks of left rows, each thread with its own scratch."""

    def __init__(self, links: AreaIndex, rechts: AreaIndex) -> None:
        self._links, self._rechts = links, rechts
        # Not a method of this object: a cycle would keep both indexes in memory.
        niveaus = len(rechts.vlakken.boom.niveau)
        self._werk = PerDraad(partial(_new_scratch, max(links.meest, rechts.meest), niveaus))

    def measure(self, rijen: Rijen) -> list[Blok]:
        """Return the pairs of the given left rows, in one or more blocks."""
        uit: list[Blok] = []
        ruimte = _RUIMTE
        while len(rijen):
            werk, rij, area = self._werk.take(ruimte)
            aantal = np.zeros(len(rijen), np.int32)
            gedaan, n = join_rows(
                self._links.vlakken, self._rechts.vlakken, rijen, werk, aantal, rij, area
            )
            if gedaan == 0:
                ruimte *= 4
                continue
            uit.append((rijen[:gedaan], aantal[:gedaan], rij[:n].copy(), area[:n].copy()))
            rijen = rijen[gedaan:]
        return uit


def _assemble(blokken: list[Blok], rijen: int) -> Oppervlakteparen:
    """Put the pairs of all blocks in the order of the left rows."""
    plaats = np.zeros(rijen + 1, np.int64)
    for links, aantal, _, _ in blokken:
        plaats[links + 1] = aantal
    np.cumsum(plaats, out=plaats)
    n = int(plaats[-1])
    uit = Oppervlakteparen(np.empty(n, np.int64), np.empty(n, np.int64), np.empty(n))
    for links, aantal, rij, area in blokken:
        place_rows(links, aantal, rij, area, plaats, uit.left, uit.right, uit.area_m2)
    return uit
