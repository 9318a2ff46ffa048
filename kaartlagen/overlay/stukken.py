"""Polygons cut into pieces of few edges, as ketens of vertices in flat arrays.

A piece is a run of vertices; every two neighbours in the run are an edge and a NaN vertex
separates two rings. Exterior rings run counter-clockwise and holes clockwise, so that the
interior lies left of every edge. Cutting is Sutherland-Hodgman against axis-aligned half
planes: it leaves edges that lie upon each other on the cutting line, which would make the
piece invalid as a polygon, but in a sum over signed edges they cancel exactly.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kaartlagen.overlay.compilatie import ingang, kernel

STUK_ZIJDEN = 48
"""Polygons with more edges than this are cut (techniek B.6: without it 3.3 times slower)."""

_DIEPTE = 40
"""A piece is halved at most this often; what is left then stays one piece."""

Getallen = npt.NDArray[np.float64]
Nummers = npt.NDArray[np.int64]


class Ringen(NamedTuple):
    """Rings of a block of polygons.

    `punten` (n, 2); ring r is `punten[ring[r]:ring[r + 1]]`, closed; `buiten[r]` is True for
    an exterior ring; row i holds the rings `rij[i]` to `rij[i + 1]`.
    """

    punten: Getallen
    ring: Nummers
    buiten: npt.NDArray[np.bool_]
    rij: Nummers


class Werk(NamedTuple):
    """Scratch of one call: a stack of ketens, and the low and high part of a cut."""

    x: Getallen
    y: Getallen
    laag_x: Getallen
    laag_y: Getallen
    hoog_x: Getallen
    hoog_y: Getallen
    begin: Nummers
    diepte: Nummers


class Stukken(NamedTuple):
    """Pieces in row order.

    Piece k is the chain `x[begin[k]:einde[k]]`, `y[...]` and belongs to row `rij[k]`;
    `box` (n, 4) is minx, miny, maxx, maxy; `area` its area in m2.
    """

    x: Getallen
    y: Getallen
    begin: Nummers
    einde: Nummers
    rij: npt.NDArray[np.int32]
    box: Getallen
    area: Getallen


def new_werk(punten: int) -> Werk:
    """Return scratch for rows of at most so many vertices and rings together."""
    ruim = 4 * punten + 64
    diepte = _DIEPTE + 3
    x, y, laag_x, laag_y, hoog_x, hoog_y = (np.empty(ruim) for _ in range(6))
    begin, stap = np.zeros(diepte, np.int64), np.zeros(diepte, np.int64)
    return Werk(x, y, laag_x, laag_y, hoog_x, hoog_y, begin, stap)


@kernel
def _ring_area(punten: Getallen, a: int, b: int) -> float:
    """Return the signed area of a closed ring, counter-clockwise above 0."""
    som = 0.0
    x0, y0 = punten[a, 0], punten[a, 1]
    for v in range(a, b - 1):
        som += (punten[v, 0] - x0) * (punten[v + 1, 1] - y0)
        som -= (punten[v + 1, 0] - x0) * (punten[v, 1] - y0)
    return 0.5 * som


@kernel
def _copy_rings(ringen: Ringen, rij: int, x: Getallen, y: Getallen, doel: int) -> int:
    """Write the rings of a row, turned the right way round; return the new end."""
    eerste = doel
    for r in range(ringen.rij[rij], ringen.rij[rij + 1]):
        a, b = ringen.ring[r], ringen.ring[r + 1]
        if b - a < 4:
            continue
        if doel > eerste:
            x[doel] = np.nan
            y[doel] = np.nan
            doel += 1
        keer = (_ring_area(ringen.punten, a, b) > 0.0) != ringen.buiten[r]
        for k in range(b - a):
            v = b - 1 - k if keer else a + k
            x[doel] = ringen.punten[v, 0]
            y[doel] = ringen.punten[v, 1]
            doel += 1
    return doel


@kernel
def _push(p: Getallen, q: Getallen, k: int, begin: int, c: float) -> int:
    """Keep the vertex just written at k; the middle one of three on the cut is left out."""
    if k - begin >= 2 and p[k] == c and p[k - 1] == c and p[k - 2] == c:
        q[k - 1] = q[k]
        return k
    return k + 1


@kernel
def _clip(
    p: Getallen, q: Getallen, n: int, c: float, laag: bool, dp: Getallen, dq: Getallen
) -> int:
    """Clip the chain (p, q)[:n] to p <= c (laag) or p >= c; return the length of (dp, dq)."""
    m = 0
    v = 0
    while v < n:
        begin = m + 1 if m > 0 else 0
        k = begin
        while v + 1 < n and not np.isnan(p[v + 1]):
            p0, q0, p1, q1 = p[v], q[v], p[v + 1], q[v + 1]
            if (p0 <= c) if laag else (p0 >= c):
                dp[k] = p0
                dq[k] = q0
                k = _push(dp, dq, k, begin, c)
            if (p0 < c < p1) or (p1 < c < p0):
                # From the lower end, so that neighbours that share this edge cut it alike.
                dp[k] = c
                if p0 < p1:
                    dq[k] = q0 + (c - p0) * ((q1 - q0) / (p1 - p0))
                else:
                    dq[k] = q1 + (c - p1) * ((q0 - q1) / (p0 - p1))
                k = _push(dp, dq, k, begin, c)
            v += 1
        v += 2
        if k - begin >= 3:
            dp[k] = dp[begin]
            dq[k] = dq[begin]
            if begin > 0:
                dp[m] = np.nan
                dq[m] = np.nan
            m = k + 1
    return m


@kernel
def _emit(x: Getallen, y: Getallen, a: int, b: int, rij: int, uit: Stukken, k: int) -> int:
    """Write the chain as piece k unless it holds no ground; return the number of pieces."""
    minx, miny, maxx, maxy = np.inf, np.inf, -np.inf, -np.inf
    som = 0.0
    x0, y0 = x[a], y[a]
    doel = uit.einde[k - 1] if k > 0 else 0
    uit.begin[k] = doel
    for v in range(a, b):
        xv, yv = x[v], y[v]
        uit.x[doel] = xv
        uit.y[doel] = yv
        doel += 1
        if xv < minx:
            minx = xv
        if xv > maxx:
            maxx = xv
        if yv < miny:
            miny = yv
        if yv > maxy:
            maxy = yv
        if v + 1 < b:
            stap = (xv - x0) * (y[v + 1] - y0) - (x[v + 1] - x0) * (yv - y0)
            som += 0.0 if np.isnan(stap) else stap
    if not (maxx > minx and maxy > miny):
        return k
    uit.einde[k] = doel
    uit.rij[k] = rij
    uit.box[k, 0] = minx
    uit.box[k, 1] = miny
    uit.box[k, 2] = maxx
    uit.box[k, 3] = maxy
    uit.area[k] = 0.5 * som
    return k + 1


@kernel
def _choose_cut(x: Getallen, y: Getallen, a: int, b: int) -> tuple[bool, float, float]:
    """Return (the box is wider than high, mean x of the vertices, mean y)."""
    minx, miny, maxx, maxy = np.inf, np.inf, -np.inf, -np.inf
    somx, somy, aantal = 0.0, 0.0, 0
    for v in range(a, b):
        xv, yv = x[v], y[v]
        if not np.isnan(xv):
            minx = xv if xv < minx else minx
            maxx = xv if xv > maxx else maxx
            miny = yv if yv < miny else miny
            maxy = yv if yv > maxy else maxy
            somx += xv - x[a]
            somy += yv - y[a]
            aantal += 1
    return maxx - minx >= maxy - miny, x[a] + somx / aantal, y[a] + somy / aantal


@kernel
def _split(w: Werk, a: int, b: int, langs_x: bool, c: float) -> tuple[int, int]:
    """Write the two halves of a chain of the stack; (0, 0) when that gains too little."""
    m = b - a
    x, y = w.x[a:b], w.y[a:b]
    if langs_x:
        nl = _clip(x, y, m, c, True, w.laag_x, w.laag_y)
        nh = _clip(x, y, m, c, False, w.hoog_x, w.hoog_y)
    else:
        nl = _clip(y, x, m, c, True, w.laag_y, w.laag_x)
        nh = _clip(y, x, m, c, False, w.hoog_y, w.hoog_x)
    goed = 8 * nl < 7 * m and 8 * nh < 7 * m and a + nl + nh <= len(w.x)
    return (nl, nh) if goed else (0, 0)


@kernel
def _halve(w: Werk, top: int) -> bool:
    """Replace the top chain of the stack by its two halves; False when that gains nothing.

    Across the longer side first; across the other where the cut would only hit the teeth
    of a comb.
    """
    a, b = w.begin[top], w.begin[top + 1]
    langs_x, cx, cy = _choose_cut(w.x, w.y, a, b)
    nl, nh = _split(w, a, b, langs_x, cx if langs_x else cy)
    if nl + nh == 0:
        nl, nh = _split(w, a, b, not langs_x, cy if langs_x else cx)
    if nl + nh == 0:
        return False
    for v in range(nl):
        w.x[a + v] = w.laag_x[v]
        w.y[a + v] = w.laag_y[v]
    for v in range(nh):
        w.x[a + nl + v] = w.hoog_x[v]
        w.y[a + nl + v] = w.hoog_y[v]
    w.diepte[top] += 1
    w.diepte[top + 1] = w.diepte[top]
    w.begin[top + 1] = a + nl
    w.begin[top + 2] = a + nl + nh
    return True


@kernel
def _cut(w: Werk, n: int, rij: int, uit: Stukken, k: int) -> int:
    """Halve the chain (w.x, w.y)[:n] until every part has few edges; write the parts.

    Returns the new number of pieces, or -1 when `uit` is too small.
    """
    w.begin[1] = n
    w.diepte[0] = 0
    top = 0
    while top >= 0:
        a, b = w.begin[top], w.begin[top + 1]
        if b - a > STUK_ZIJDEN + 1 and w.diepte[top] < _DIEPTE and _halve(w, top):
            top += 1
            continue
        vol = uit.einde[k - 1] if k > 0 else 0
        if vol + b - a > len(uit.x) or k >= len(uit.begin):
            return -1
        if b > a:
            k = _emit(w.x, w.y, a, b, rij, uit, k)
        top -= 1
    return k


@kernel
def _cut_rows(ringen: Ringen, eerste: int, werk: Werk, uit: Stukken) -> int:
    """Do `cut_rings`."""
    k = 0
    for rij in range(len(ringen.rij) - 1):
        n = _copy_rings(ringen, rij, werk.x, werk.y, 0)
        if n > 0:
            k = _cut(werk, n, eerste + rij, uit, k)
            if k < 0:
                return -1
    return k


@ingang
def cut_rings(ringen: Ringen, eerste: int, werk: Werk, uit: Stukken) -> int:
    """Cut every row into pieces.

    Parameters
    ----------
    ringen
        The rings of the rows.
    eerste
        Row number of the first row, added to `uit.rij`.
    werk
        Scratch of `new_werk`, for the row with the most vertices.
    uit
        Space to write in.

    Returns
    -------
    int
        The number of pieces, or -1 when `uit` is too small.
    """
    return _cut_rows(ringen, eerste, werk, uit)
