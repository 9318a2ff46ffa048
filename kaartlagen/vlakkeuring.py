"""A first look at WKB polygons, without making geometry: measures, and which are surely valid.

Most polygons of a cadastre are one small ring. For such a ring a loop over its edges shows
that none touch, with a margin for rounding; what it cannot show for sure GEOS decides. So
this never calls a row valid that GEOS does not, and leaves few rows to GEOS.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from kaartlagen.compileren import exact_entry, exact_kernel

MEESTE_PUNTEN = 64
"""Every edge is held against every other: longer rings are GEOS's."""

KLEINSTE_M2 = 1e-3
"""Smaller polygons are looked at with the others that are not sure."""

_FOUTMARGE = 3.4e-16
"""Rounding in a test of sides, relative to its two products (Shewchuk 1997)."""

_POLYGOON, _MULTIPOLYGOON = 3, 6
_PUNT = 16

Bytes = npt.NDArray[np.uint8]
Nummers = npt.NDArray[np.int64]
Getallen = npt.NDArray[np.float64]


class Keuring(NamedTuple):
    """What was seen of every row.

    `zeker` marks rows that are one valid polygon (or a multipolygon of one) in two
    dimensions; only for those the rest is filled: `grenzen` (n, 4), `oppervlakte` as GEOS
    computes it, `omtrek`, and the number of `punten`.
    """

    zeker: npt.NDArray[np.bool_]
    grenzen: Getallen
    oppervlakte: Getallen
    omtrek: Getallen
    punten: Nummers
    multi: npt.NDArray[np.bool_]


def inspect_wkb(wkb: pa.Array) -> Keuring:
    """Look at every row of an Arrow array of WKB (binary or large binary, nulls allowed)."""
    n = len(wkb)
    uit = Keuring(
        np.zeros(n, np.bool_),
        np.empty((n, 4)),
        np.empty(n),
        np.empty(n),
        np.empty(n, np.int64),
        np.zeros(n, np.bool_),
    )
    data, plaats = wkb_bytes(wkb)
    look_at_rows(data, plaats, *uit)
    return uit


def wkb_bytes(wkb: pa.Array) -> tuple[Bytes, Nummers]:
    """Give the bytes and places of an Arrow array of bytes, uncopied; a null has no bytes."""
    breed = np.int64 if pa.types.is_large_binary(wkb.type) else np.int32
    _, plaatsen, inhoud = wkb.buffers()
    if len(wkb) == 0 or inhoud is None:
        return np.zeros(0, np.uint8), np.zeros(len(wkb) + 1, np.int64)
    plaats = np.frombuffer(plaatsen, breed)[wkb.offset : wkb.offset + len(wkb) + 1]
    return np.frombuffer(inhoud, np.uint8), plaats.astype(np.int64)


@exact_kernel
def _count(data: Bytes, p: int) -> int:
    """Read the little-endian number of four bytes at p."""
    return int(data[p]) | int(data[p + 1]) << 8 | int(data[p + 2]) << 16 | int(data[p + 3]) << 24


@exact_kernel
def _side(ax: float, ay: float, bx: float, by: float, cx: float, cy: float) -> int:
    """Say on which side of a-b c lies, 1 or -1; 0 where rounding leaves it open."""
    links = (ax - cx) * (by - cy)
    rechts = (ay - cy) * (bx - cx)
    kruis = links - rechts
    marge = _FOUTMARGE * (abs(links) + abs(rechts))
    if kruis > marge:
        return 1
    if kruis < -marge:
        return -1
    return 0


@exact_kernel
def _apart(xy: Getallen, i: int, j: int) -> bool:
    """Say whether edges i and j, that share no vertex, surely do not meet."""
    ax, ay, bx, by = xy[2 * i], xy[2 * i + 1], xy[2 * i + 2], xy[2 * i + 3]
    cx, cy, dx, dy = xy[2 * j], xy[2 * j + 1], xy[2 * j + 2], xy[2 * j + 3]
    if max(ax, bx) < min(cx, dx) or max(cx, dx) < min(ax, bx):
        return True
    if max(ay, by) < min(cy, dy) or max(cy, dy) < min(ay, by):
        return True
    kant = _side(ax, ay, bx, by, cx, cy)
    if kant != 0 and kant == _side(ax, ay, bx, by, dx, dy):
        return True
    kant = _side(cx, cy, dx, dy, ax, ay)
    return kant != 0 and kant == _side(cx, cy, dx, dy, bx, by)


@exact_kernel
def _turns(xy: Getallen, i: int, j: int) -> bool:
    """Say whether edge j, that begins where i ends, surely does not run back over it."""
    ax, ay, bx, by = xy[2 * i], xy[2 * i + 1], xy[2 * i + 2], xy[2 * i + 3]
    cx, cy = xy[2 * j + 2], xy[2 * j + 3]
    if _side(ax, ay, bx, by, cx, cy) != 0:
        return True
    vooruit: bool = (bx - ax) * (cx - bx) + (by - ay) * (cy - by) > 0.0
    return vooruit


@exact_kernel
def _is_simple(xy: Getallen, n: int) -> bool:
    """Say whether the edges of a closed ring of n points surely meet in its vertices only."""
    zijden = n - 1
    for i in range(zijden):
        if not _turns(xy, i, (i + 1) % zijden):
            return False
        for j in range(i + 2, zijden):
            if (i > 0 or j < zijden - 1) and not _apart(xy, i, j):
                return False
    return True


@exact_kernel
def _ring_at(data: Bytes, p: int, einde: int) -> tuple[int, bool]:
    """Find where the points of the only ring at p are counted, else -1; and whether it is multi."""
    multi = False
    if einde - p >= 9 and data[p] == 1 and _count(data, p + 1) == _MULTIPOLYGOON:
        if _count(data, p + 5) != 1:
            return -1, True
        multi = True
        p += 9
    if einde - p < 13 or data[p] != 1 or _count(data, p + 1) != _POLYGOON:
        return -1, multi
    if _count(data, p + 5) != 1:
        return -1, multi
    n = _count(data, p + 9)
    if n < 4 or n > MEESTE_PUNTEN or p + 13 + _PUNT * n != einde:
        return -1, multi
    return p + 9, multi


@exact_entry
def look_at_rows(
    data: Bytes,
    plaats: Nummers,
    zeker: npt.NDArray[np.bool_],
    grenzen: Getallen,
    oppervlakte: Getallen,
    omtrek: Getallen,
    punten: Nummers,
    multi: npt.NDArray[np.bool_],
) -> None:
    """Fill the columns of a `Keuring`."""
    xy = np.empty(2 * MEESTE_PUNTEN)
    ruw = xy.view(np.uint8)
    for rij in range(len(plaats) - 1):
        p, is_multi = _ring_at(data, plaats[rij], plaats[rij + 1])
        multi[rij] = is_multi
        if p < 0:
            continue
        n = _count(data, p)
        for k in range(_PUNT * n):
            ruw[k] = data[p + 4 + k]
        if xy[0] != xy[2 * n - 2] or xy[1] != xy[2 * n - 1]:
            continue
        x_min, y_min, x_max, y_max = xy[0], xy[1], xy[0], xy[1]
        dubbel, lengte, eindig = 0.0, 0.0, True
        for k in range(n):
            x, y = xy[2 * k], xy[2 * k + 1]
            eindig &= np.isfinite(x) and np.isfinite(y)
            x_min, x_max = min(x_min, x), max(x_max, x)
            y_min, y_max = min(y_min, y), max(y_max, y)
            if k > 0:
                lengte += np.hypot(x - xy[2 * k - 2], y - xy[2 * k - 1])
                if k < n - 1:
                    dubbel += (x - xy[0]) * (xy[2 * k - 1] - xy[2 * k + 3])
        if not eindig or abs(dubbel) < 2.0 * KLEINSTE_M2 or not _is_simple(xy, n):
            continue
        zeker[rij] = True
        grenzen[rij, 0], grenzen[rij, 1] = x_min, y_min
        grenzen[rij, 2], grenzen[rij, 3] = x_max, y_max
        oppervlakte[rij], omtrek[rij], punten[rij] = abs(dubbel / 2.0), lengte, n
