"""Ground in any of several polygons, counted once."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from kaartlagen.overlay.paren import area_join
from kaartlagen.overlay.vlakleggen import OVERLAP_M2


def union_area(left: npt.ArrayLike, right: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return how much of each left polygon lies in any of the right ones.

    Parameters
    ----------
    left, right
        Arrays of valid, linear polygons or multipolygons in a metric CRS, as for
        `area_join`.

    Returns
    -------
    ndarray of float64, shape (len(left),)
        Area in m2 per left row; 0 where nothing overlaps. Ground under several right
        polygons counts once. Only rows whose right polygons overlap each other build
        shapes with GEOS; for all others the pair areas add up.
    """
    links: Any = np.asarray(left, dtype=object)
    rechts: Any = np.asarray(right, dtype=object)
    paren = area_join(links, rechts)
    som: npt.NDArray[np.float64] = np.zeros(len(links))
    som += np.bincount(paren.left, weights=paren.area_m2, minlength=len(links))
    for rij in _stacked_rows(paren.left, paren.right, rechts):
        deel = paren.right[slice(*np.searchsorted(paren.left, [rij, rij + 1]))]
        som[rij] = shapely.area(shapely.intersection(links[rij], shapely.union_all(rechts[deel])))
    return som


def _stacked_rows(
    links: npt.NDArray[np.int64], rechts: npt.NDArray[np.int64], vlakken: npt.NDArray[np.object_]
) -> npt.NDArray[np.int64]:
    """Return the left rows that meet two right polygons that overlap each other."""
    telling = np.bincount(links)
    gedeeld = telling[links] > 1
    gebruikt = np.unique(rechts[gedeeld])
    onderling = area_join(vlakken[gebruikt], vlakken[gebruikt])
    echt = (onderling.left < onderling.right) & (onderling.area_m2 > OVERLAP_M2)
    a, b = gebruikt[onderling.left[echt]], gebruikt[onderling.right[echt]]
    stapels = np.union1d(a, b)
    verdacht = gedeeld & np.isin(rechts, stapels)
    return np.unique(links[verdacht][_repeated(links[verdacht])])


def _repeated(rijen: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    return np.bincount(rijen)[rijen] > 1 if len(rijen) else np.zeros(0, dtype=bool)
