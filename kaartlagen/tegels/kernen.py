"""From rings in RD to the bytes of features in a Mapbox Vector Tile (2.1), compiled.

A ring is cut at the box of the tile with its margin, side by side (Sutherland and Hodgman),
rounded to the grid, freed of points that add nothing, and written in the direction that the
format asks: an exterior ring with a positive area where y runs down, a hole with a negative
one. Cutting keeps the signed area of what lies within, also of a ring that leaves the box
and comes back: such a ring then runs along the border, in the margin that nobody sees.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kaartlagen.compileren import exact_entry, exact_kernel

Getallen = npt.NDArray[np.float64]
Nummers = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]

RUIMTE_PER_PUNT = 40
"""Bytes that a vertex can become at most: cutting at four sides makes at most 5.1 of it."""

RUIMTE_PER_RING, RUIMTE_PER_RIJ = 160, 80

_MOVE_TO, _LINE_TO, _CLOSE = 9, 2, 15  # with their count of 1, none and 1
_POLYGOON = 3


class Beeld(NamedTuple):
    """How RD becomes units of the tile.

    A unit is `1 / schaal` metre from (`links`, `boven`), y down; the cut lies `rand` beyond
    0 and `raster`; vertices come on multiples of `stap`; twice the area of a ring that is
    kept is above `klein`.
    """

    links: float
    boven: float
    schaal: float
    raster: float
    rand: float
    stap: float
    klein: int


@exact_kernel
def _put_varint(naar: Bytes, p: int, waarde: int) -> int:
    """Write a number of seven bits per byte at p; return the place behind it."""
    while waarde > 127:
        naar[p] = (waarde & 127) | 128
        waarde >>= 7
        p += 1
    naar[p] = waarde
    return p + 1


@exact_kernel
def _size_varint(waarde: int) -> int:
    n = 1
    while waarde > 127:
        waarde >>= 7
        n += 1
    return n


@exact_kernel
def _put_delta(naar: Bytes, p: int, verschil: int) -> int:
    """Write a signed number, zigzag."""
    return _put_varint(naar, p, verschil << 1 if verschil >= 0 else ((-verschil) << 1) - 1)


@exact_kernel
def _cut(
    x: Getallen, y: Getallen, n: int, grens: float, teken: float, naar_x: Getallen, naar_y: Getallen
) -> int:
    """Cut the open ring x, y at `teken * x <= teken * grens`; return the number of points."""
    m = 0
    for i in range(n):
        j = i + 1 if i + 1 < n else 0
        hier, daar = teken * (grens - x[i]), teken * (grens - x[j])
        if hier >= 0.0:
            naar_x[m], naar_y[m] = x[i], y[i]
            m += 1
        if (hier < 0.0 and daar > 0.0) or (hier > 0.0 and daar < 0.0):
            naar_x[m] = grens
            naar_y[m] = y[i] + (y[j] - y[i]) * (hier / (hier - daar))
            m += 1
    return m


@exact_kernel
def _load(
    punten: Getallen, van: int, tot: int, beeld: Beeld, x: Getallen, y: Getallen
) -> tuple[int, bool]:
    """Bring the closed ring `van:tot` into units; return its points, and whether it is inside."""
    laag, hoog = -beeld.rand, beeld.raster + beeld.rand
    n, binnen = 0, True
    for i in range(van, tot - 1):
        px = (punten[i, 0] - beeld.links) * beeld.schaal
        py = (beeld.boven - punten[i, 1]) * beeld.schaal
        binnen = binnen and laag <= px <= hoog and laag <= py <= hoog
        x[n], y[n] = px, py
        n += 1
    return n, binnen


@exact_kernel
def _clip(n: int, beeld: Beeld, x: Getallen, y: Getallen, u: Getallen, v: Getallen) -> int:
    """Cut the ring in x, y at the four sides; the outcome is in x, y again."""
    laag, hoog = -beeld.rand, beeld.raster + beeld.rand
    n = _cut(x, y, n, laag, -1.0, u, v)
    n = _cut(u, v, n, hoog, 1.0, x, y)
    n = _cut(y, x, n, laag, -1.0, v, u)
    return _cut(v, u, n, hoog, 1.0, y, x)


@exact_kernel
def _is_straight(ax: int, ay: int, bx: int, by: int, cx: int, cy: int) -> bool:
    return (bx - ax) * (cy - ay) == (by - ay) * (cx - ax)


@exact_kernel
def _snap(
    n: int, stap: float, x: Getallen, y: Getallen, rx: Nummers, ry: Nummers
) -> tuple[int, int]:
    """Round to the grid without points that add nothing; return begin and end in rx, ry."""
    m = 0
    for i in range(n):
        px = int(np.floor(x[i] / stap + 0.5) * stap)
        py = int(np.floor(y[i] / stap + 0.5) * stap)
        while m > 1 and _is_straight(rx[m - 2], ry[m - 2], rx[m - 1], ry[m - 1], px, py):
            m -= 1
        if m > 0 and rx[m - 1] == px and ry[m - 1] == py:
            continue
        rx[m], ry[m] = px, py
        m += 1
    begin = 0
    while m - begin > 2:
        if _is_straight(rx[m - 2], ry[m - 2], rx[m - 1], ry[m - 1], rx[begin], ry[begin]):
            m -= 1
        elif _is_straight(rx[m - 1], ry[m - 1], rx[begin], ry[begin], rx[begin + 1], ry[begin + 1]):
            begin += 1
        else:
            break
    return begin, m


@exact_kernel
def _twice_area(begin: int, einde: int, rx: Nummers, ry: Nummers) -> int:
    som = 0
    for i in range(begin, einde):
        j = i + 1 if i + 1 < einde else begin
        som += rx[i] * ry[j] - rx[j] * ry[i]
    return som


@exact_kernel
def _put_ring(
    naar: Bytes, p: int, begin: int, einde: int, rx: Nummers, ry: Nummers, keer: bool, pen: Nummers
) -> int:
    """Write the commands of one ring, from where the pen is; return the place behind them."""
    p = _put_varint(naar, p, _MOVE_TO)
    for k in range(einde - begin):
        i = einde - 1 - k if keer else begin + k
        if k == 1:
            p = _put_varint(naar, p, (einde - begin - 1) << 3 | _LINE_TO)
        p = _put_delta(naar, p, rx[i] - pen[0])
        p = _put_delta(naar, p, ry[i] - pen[1])
        pen[0], pen[1] = rx[i], ry[i]
    return _put_varint(naar, p, _CLOSE)


@exact_kernel
def _put_feature(
    naar: Bytes, p: int, nummer: int, klasse: int, geometrie: Bytes, lengte: int
) -> int:
    """Write one feature: id, class, kind and geometry."""
    merk = 0 if klasse < 0 else 3 + _size_varint(klasse)
    rest = 1 + _size_varint(nummer) + merk + 2 + 1 + _size_varint(lengte) + lengte
    naar[p] = 2 << 3 | 2  # a feature of the layer
    p = _put_varint(naar, p + 1, rest)
    naar[p] = 1 << 3
    p = _put_varint(naar, p + 1, nummer)
    if klasse >= 0:
        naar[p] = 2 << 3 | 2
        p = _put_varint(naar, p + 1, merk - 2)
        naar[p] = 0  # the one key
        p = _put_varint(naar, p + 1, klasse)
    naar[p], naar[p + 1], naar[p + 2] = 3 << 3, _POLYGOON, 4 << 3 | 2
    p = _put_varint(naar, p + 3, lengte)
    for k in range(lengte):
        naar[p + k] = geometrie[k]
    return p + lengte


@exact_entry
def write_features(
    punten: Getallen,
    ring: Nummers,
    buiten: npt.NDArray[np.bool_],
    rij: Nummers,
    volgorde: Nummers,
    nummers: Nummers,
    klassen: Nummers,
    beeld: Beeld,
    naar: Bytes,
) -> tuple[int, int]:
    """Write the rows of `volgorde` as features; return the bytes used and the features.

    Parameters
    ----------
    punten, ring, buiten, rij
        The rings, as `kaartlagen.overlay.stukken.Ringen` has them.
    volgorde
        Row numbers in drawing order.
    nummers, klassen
        Per row its id, and the place of its class among the layer's values; -1 for none.
    beeld
        From RD to units.
    naar
        Room for `RUIMTE_PER_PUNT` bytes a vertex, `RUIMTE_PER_RING` a ring, `RUIMTE_PER_RIJ`
        a row.
    """
    langste, grootste = 4, 4
    for r in range(len(ring) - 1):
        langste = max(langste, ring[r + 1] - ring[r])
    for i in range(len(rij) - 1):
        grootste = max(grootste, ring[rij[i + 1]] - ring[rij[i]] + 4 * (rij[i + 1] - rij[i]))
    ruimte = 6 * langste + 16
    x, y, u, v = np.empty(ruimte), np.empty(ruimte), np.empty(ruimte), np.empty(ruimte)
    rx, ry = np.empty(ruimte, np.int64), np.empty(ruimte, np.int64)
    geometrie = np.empty(RUIMTE_PER_PUNT * grootste, np.uint8)
    pen = np.zeros(2, np.int64)
    p = aantal = 0
    for i in volgorde:
        lengte, mee = 0, False
        begin_vlak, over = 0, 0
        pen[0] = pen[1] = vorig_x = vorig_y = 0
        for r in range(rij[i], rij[i + 1]):
            if not (buiten[r] or mee):
                continue  # a hole in what is not drawn
            n, binnen = _load(punten, ring[r], ring[r + 1], beeld, x, y)
            if not binnen:
                n = _clip(n, beeld, x, y, u, v)
            begin, einde = _snap(n, beeld.stap, x, y, rx, ry)
            dubbel = _twice_area(begin, einde, rx, ry)
            houden = einde - begin > 2 and abs(dubbel) > beeld.klein
            if buiten[r]:
                begin_vlak, vorig_x, vorig_y = lengte, pen[0], pen[1]
                mee, over = houden, abs(dubbel)
            elif houden:
                over -= abs(dubbel)
            if houden:
                keer = (dubbel > 0) != buiten[r]
                lengte = _put_ring(geometrie, lengte, begin, einde, rx, ry, keer, pen)
                if over == 0:  # the tile lies in the hole
                    lengte, mee = begin_vlak, False
                    pen[0], pen[1] = vorig_x, vorig_y
        if lengte:
            p = _put_feature(naar, p, nummers[i], klassen[i], geometrie, lengte)
            aantal += 1
    return p, aantal
