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

from kaartlagen.overlay.paren import Oppervlakteparen, area_join

OVERLAP_M2 = 1e-4
"""Shared ground up to this area (1 cm2) is a drawing tolerance, not an overlap."""

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


def flatten(geometries: npt.ArrayLike, rang: npt.ArrayLike) -> Vlaklegging:
    """Lay polygons flat: ground under a lower rank number is taken from all higher ones.

    Parameters
    ----------
    geometries
        Array (n) of valid, linear polygons or multipolygons in a metric CRS. None, empty
        geometries, points and lines hold no ground and give no piece.
    rang
        Array (n) of int; the lowest rank wins. Equal rank means the same plan: such
        polygons are not subtracted from each other, their shared ground is `gestapeld`.

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
    links, rechts, gelijk = _overlaps(vlakken, rangen)
    rest = vlakken.copy()
    rest[~_has_ground(vlakken)] = None
    _subtract(rest, vlakken, links[~gelijk], rechts[~gelijk])
    return _unstack(rest, vlakken, links[gelijk], rechts[gelijk])


def _has_ground(vlakken: Geometrieen) -> npt.NDArray[np.bool_]:
    soort = shapely.get_type_id(vlakken)
    vlak: npt.NDArray[np.bool_] = ((soort == 3) | (soort == 6)) & ~shapely.is_empty(vlakken)
    return vlak


def _overlaps(vlakken: Geometrieen, rangen: Rijen) -> tuple[Rijen, Rijen, npt.NDArray[np.bool_]]:
    """Return (loser, winner, same rank); same-rank pairs are given in both directions."""
    paren: Oppervlakteparen = area_join(vlakken, vlakken)
    echt = (paren.left != paren.right) & (paren.area_m2 > OVERLAP_M2)
    links, rechts = paren.left[echt], paren.right[echt]
    houd = rangen[links] >= rangen[rechts]
    links, rechts = links[houd], rechts[houd]
    return links, rechts, rangen[links] == rangen[rechts]


def _subtract(rest: Geometrieen, vlakken: Geometrieen, verliezer: Rijen, winnaar: Rijen) -> None:
    """Replace in `rest` every loser by what its winners leave of it."""
    rijen, begin = np.unique(verliezer, return_index=True)
    if len(rijen) == 0:
        return
    groepen = np.split(winnaar, begin[1:])
    rest[rijen] = _difference(vlakken[rijen], _unions(vlakken, groepen))


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
