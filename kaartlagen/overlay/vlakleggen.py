"""Newest plan wins, once: give every bit of ground to the polygon that governs it.

Only polygons that truly overlap (found by the area engine) take the slow road of building
shapes with GEOS; all others pass through untouched.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from kaartlagen.overlay.draden import Annuleer, Voortgang, run_blocks
from kaartlagen.overlay.index import AreaIndex
from kaartlagen.overlay.paren import join_indexes

OVERLAP_M2 = 1e-4
"""Shared ground up to this area (1 cm2) is a drawing tolerance, not an overlap."""

_BLOK_RIJEN = 256
"""Rows of which one thread builds the shapes at a time."""

Geometrieen = npt.NDArray[np.object_]
Rijen = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Vlaklegging:
    """Polygons without mutual overlap, ordered by `rij` (unstacked before stacked).

    Attributes
    ----------
    rij
        Input row of every piece (int64). A row without ground left has no piece, a row
        that is partly stacked has two.
    geometrie
        Valid Polygon or MultiPolygon per piece, in the CRS of the input.
    gestapeld
        True where two or more polygons of the same rank overlap. Such ground is given
        once, with the lowest row of the stack.
    """

    rij: Rijen
    geometrie: Geometrieen
    gestapeld: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.rij)


def flatten(
    geometries: npt.ArrayLike,
    rang: npt.ArrayLike,
    *,
    voortgang: Voortgang | None = None,
    annuleer: Annuleer | None = None,
) -> Vlaklegging:
    """Lay polygons flat: ground under a lower rank number is taken from all higher ones.

    Parameters
    ----------
    geometries
        Array (n) of valid, linear polygons or multipolygons in a metric CRS. None, empty
        geometries, points and lines hold no ground and give no piece.
    rang
        Array (n) of int; the lowest rank wins. Equal rank means the same plan: such
        polygons are not subtracted from each other, their shared ground is `gestapeld`.
    voortgang, annuleer
        As for `area_join`.

    Returns
    -------
    Vlaklegging
        Pieces that are disjoint and together cover the union of the input, both up to
        `OVERLAP_M2` per pair.
    """
    vlakken: Any = np.asarray(geometries, dtype=object)
    rangen = np.asarray(rang, dtype=np.int64)
    if vlakken.shape != rangen.shape or vlakken.ndim != 1:
        raise ValueError("geometries and rang must be one-dimensional and of equal length")
    index = AreaIndex.build(vlakken, voortgang=voortgang, annuleer=annuleer)
    paren = join_indexes(index, index, voortgang=voortgang, annuleer=annuleer)
    echt = (paren.left != paren.right) & (paren.area_m2 > OVERLAP_M2)
    onder = rangen[paren.left] > rangen[paren.right]
    gelijk = echt & (rangen[paren.left] == rangen[paren.right])
    # Wholly under one other: nothing is left, and no shape has to be built to know it.
    geheel = onder & (paren.area_m2 >= index.oppervlakte_m2[paren.left] - OVERLAP_M2)
    rest = vlakken.copy()
    rest[~_has_ground(vlakken)] = None
    rest[paren.left[geheel]] = None
    leeg = shapely.is_missing(rest)
    deels = echt & onder & ~leeg[paren.left]
    gelijk &= ~leeg[paren.left]
    _subtract(rest, vlakken, paren.left[deels], paren.right[deels], voortgang, annuleer)
    return _unstack(rest, vlakken, paren.left[gelijk], paren.right[gelijk])


def _has_ground(vlakken: Geometrieen) -> npt.NDArray[np.bool_]:
    soort = shapely.get_type_id(vlakken)
    vlak: npt.NDArray[np.bool_] = ((soort == 3) | (soort == 6)) & ~shapely.is_empty(vlakken)
    return vlak


def _subtract(
    rest: Geometrieen,
    vlakken: Geometrieen,
    verliezer: Rijen,
    winnaar: Rijen,
    voortgang: Voortgang | None,
    annuleer: Annuleer | None,
) -> None:
    """Replace in `rest` every loser by what its winners leave of it."""
    rijen, begin = np.unique(verliezer, return_index=True)
    if len(rijen) == 0:
        return
    groepen = np.split(winnaar, begin[1:])

    def take(a: int) -> Geometrieen:
        deel = slice(a, a + _BLOK_RIJEN)
        return _difference(vlakken[rijen[deel]], _unions(vlakken, groepen[deel]))

    taken = range(0, len(rijen), _BLOK_RIJEN)
    delen = run_blocks("plannen vlakleggen", take, taken, voortgang=voortgang, annuleer=annuleer)
    rest[rijen] = np.concatenate(list(delen))


def _unstack(rest: Geometrieen, vlakken: Geometrieen, links: Rijen, rechts: Rijen) -> Vlaklegging:
    """Split rows that overlap others of their rank into own and stacked ground."""
    rijen, begin = np.unique(links, return_index=True)
    stapel = np.full(len(rest), None, dtype=object)
    if len(rijen):
        groepen = np.split(rechts, begin[1:])
        lager = [groep[groep < rij] for rij, groep in zip(rijen, groepen, strict=True)]
        hoger = [groep[groep > rij] for rij, groep in zip(rijen, groepen, strict=True)]
        eerste = _difference(rest[rijen], _unions(vlakken, lager))
        onder = _unions(vlakken, hoger)
        stapel[rijen] = _polygonal(shapely.intersection(eerste, onder))
        rest[rijen] = _difference(eerste, onder)
    rij = np.concatenate([np.arange(len(rest)), np.arange(len(rest))]).astype(np.int64)
    geometrie = np.concatenate([rest, stapel])
    gestapeld = np.repeat([False, True], len(rest))
    houd = _has_ground(geometrie)
    orde = np.flatnonzero(houd)[np.lexsort((gestapeld[houd], rij[houd]))]
    return Vlaklegging(rij[orde], geometrie[orde], gestapeld[orde])


def _unions(vlakken: Geometrieen, groepen: list[Rijen]) -> Geometrieen:
    """Return the union of every group of rows; an empty polygon for an empty group."""
    uit = np.empty(len(groepen), dtype=object)
    for k, groep in enumerate(groepen):
        uit[k] = vlakken[groep[0]] if len(groep) == 1 else shapely.union_all(vlakken[groep])
    return uit


def _difference(links: Geometrieen, rechts: Geometrieen) -> Geometrieen:
    return _polygonal(shapely.difference(links, rechts))


def _polygonal(geometrie: Geometrieen) -> Geometrieen:
    """Keep the polygons above the threshold, valid; None where nothing is left."""
    uit = geometrie.copy()
    gemengd = np.flatnonzero(shapely.get_type_id(uit) == 7)
    for k in gemengd:
        delen = shapely.get_parts(uit[k])
        uit[k] = shapely.union_all(delen[_has_ground(delen)])
    scheef = np.flatnonzero(~shapely.is_valid(uit) & ~shapely.is_missing(uit))
    if len(scheef):
        uit[scheef] = shapely.make_valid(uit[scheef], method="structure", keep_collapsed=False)
    uit[~_has_ground(uit) | ~(shapely.area(uit) > OVERLAP_M2)] = None
    return uit
