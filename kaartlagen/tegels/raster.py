"""The tile grid of PDOK in RD (EPSG:28992): one square at zoom 0, four at each next zoom."""

from __future__ import annotations

import math
from dataclasses import dataclass

Bbox = tuple[float, float, float, float]

LINKS_RD, BOVEN_RD = -285_401.92, 903_401.92
METER_PER_PIXEL_BIJ_NUL = 3440.64
TEGEL_PX = 256
GROOTSTE_ZOOM = 15
"""At zoom 15 a tile is 27 m wide; further in the same tiles are shown larger."""

RASTER = 4096
"""Units of a vector tile along a side."""

RAND = 64
"""Units of a vector tile beyond its sides, so that no line shows where tiles meet."""


@dataclass(frozen=True, slots=True)
class Tegel:
    """One tile: x counts to the east from `LINKS_RD`, y to the south from `BOVEN_RD`."""

    z: int
    x: int
    y: int

    @property
    def bestaat(self) -> bool:
        """Whether the grid has this tile."""
        aantal = 1 << min(max(self.z, 0), GROOTSTE_ZOOM)
        return 0 <= self.z <= GROOTSTE_ZOOM and 0 <= self.x < aantal and 0 <= self.y < aantal

    @property
    def zijde_m(self) -> float:
        """The length of a side in metres."""
        return measure_zijde(self.z)

    @property
    def hoek_rd(self) -> tuple[float, float]:
        """The upper left corner (x, y)."""
        return LINKS_RD + self.x * self.zijde_m, BOVEN_RD - self.y * self.zijde_m

    @property
    def bbox_rd(self) -> Bbox:
        """x_min, y_min, x_max, y_max without the margin."""
        links, boven = self.hoek_rd
        return links, boven - self.zijde_m, links + self.zijde_m, boven

    @property
    def bbox_met_rand_rd(self) -> Bbox:
        """x_min, y_min, x_max, y_max of all that is drawn into the tile."""
        links, onder, rechts, boven = self.bbox_rd
        rand = self.zijde_m * RAND / RASTER
        return links - rand, onder - rand, rechts + rand, boven + rand


def measure_zijde(z: int) -> float:
    """Return the length of a tile's side in metres."""
    return math.ldexp(METER_PER_PIXEL_BIJ_NUL * TEGEL_PX, -z)


def tile_at(z: int, x_rd: float, y_rd: float) -> Tegel:
    """Return the tile of a zoom on which a point in RD lies."""
    zijde = measure_zijde(z)
    return Tegel(z, math.floor((x_rd - LINKS_RD) / zijde), math.floor((BOVEN_RD - y_rd) / zijde))
