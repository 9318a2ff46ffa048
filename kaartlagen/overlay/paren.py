"""Areas of all intersecting pairs of two sets of polygons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

Geometrieen = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Oppervlakteparen:
    """Pairs of rows that share ground, ordered by (left, right).

    Attributes
    ----------
    left, right
        Row numbers (int64) into the two inputs, one per pair.
    area_m2
        Shared area in m2 (float64), above 0.
    """

    left: npt.NDArray[np.int64]
    right: npt.NDArray[np.int64]
    area_m2: npt.NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.left)


def area_join(left: npt.ArrayLike, right: npt.ArrayLike) -> Oppervlakteparen:
    """Return the shared area of every pair that overlaps.

    Parameters
    ----------
    left, right
        Arrays of valid, linear shapely polygons or multipolygons in EPSG:28992. None,
        points, lines and empty polygons have no area and give no pair.

    Returns
    -------
    Oppervlakteparen
        Every pair with an area above 0, ordered by (left, right).
    """
    links: Any = np.asarray(left, dtype=object)
    rechts: Any = np.asarray(right, dtype=object)
    boom = shapely.STRtree(rechts)
    i, j = boom.query(links, predicate="intersects")
    area = shapely.area(shapely.intersection(links[i], rechts[j]))
    i, j, area = i[area > 0], j[area > 0], area[area > 0]
    orde = np.lexsort((j, i))
    return Oppervlakteparen(
        i[orde].astype(np.int64), j[orde].astype(np.int64), area[orde].astype(np.float64)
    )
