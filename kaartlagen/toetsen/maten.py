"""The measures of every row that several checks look at, taken once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray


class Maten(NamedTuple):
    """Per row, in EPSG:28992: what can be measured without looking at its shape.

    `grenzen` (n, 4) is x_min, y_min, x_max, y_max; `oppervlakte_m2` and `omtrek_m` are 0
    for points; `punten` counts all vertices.
    """

    grenzen: NDArray[np.float64]
    oppervlakte_m2: NDArray[np.float64]
    omtrek_m: NDArray[np.float64]
    punten: NDArray[np.int64]

    def of(self, rijen: NDArray[np.intp] | NDArray[np.bool_]) -> Maten:
        """Give the measures of some rows, by place or by mask."""
        return Maten(
            self.grenzen[rijen],
            self.oppervlakte_m2[rijen],
            self.omtrek_m[rijen],
            self.punten[rijen],
        )


def measure(geometrie: NDArray[np.object_]) -> Maten:
    """Measure every row; no geometry may be missing."""
    return Maten(
        shapely.bounds(geometrie),
        shapely.area(geometrie),
        shapely.length(geometrie),
        shapely.get_num_coordinates(geometrie).astype(np.int64),
    )
