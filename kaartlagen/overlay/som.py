"""The sum over signed edges: how much ground two pieces share.

For chains A and B with the interior left of every edge, edge i spans x1 < x2 with sign
s = +1 when the interior lies below it and -1 when above:

    area(A and B) = sum over i, j of s_i s_j * integral of min(y_i, y_j) dx
                  = sum over i, j of s_i s_j * integral of min(y_i - y_j, 0) dx

The second line holds because at every x the signs of A sum to 0. With d0 and d1 the height
difference at both ends of the shared x-range of width w and n the sum of their negative
parts, the last integral is -w n^2 / (2 (|d0| + |d1|)), for crossing edges as well: no
branches. An edge of A above everything of B and one of B below everything of A give 0.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kaartlagen.overlay.boom import TAKKEN, Boom
from kaartlagen.overlay.compilatie import ingang, kernel
from kaartlagen.overlay.stukken import Getallen, Nummers, Stukken

RUIS_M2 = 1e-6
"""A pair that shares no more than a square millimetre is rounding of a shared border."""

_SMAL = 1e-13
"""An edge narrower than this many metres counts as vertical: it has no ground below it."""

_NIETS = 1e-300
"""Keeps 0 / 0 out of the sum where two edges coincide."""

_RIJ = 4
"""The inner loop runs over this many edges at once."""


class Vlakken(NamedTuple):
    """All that the join needs of one side: pieces, the first piece of every row, the tree."""

    stukken: Stukken
    eerste: Nummers
    boom: Boom


Box = tuple[float, float, float, float]
"""minx, miny, maxx, maxy."""

Deel = tuple[int, int]
"""First vertex of a piece, and the one after the last."""


class _Stuk(NamedTuple):
    """What must be known of a piece besides its vertices."""

    deel: Deel
    box: Box
    area: float


class _Venster(NamedTuple):
    """The x-range that two boxes share and the lower side of what they share."""

    minx: float
    maxx: float
    nul: float


X0, X1, HOOGTE, HELLING, TEKEN = range(5)
"""Rows of a table of edges: x-range, height at its start, slope, sign."""


class Werk(NamedTuple):
    """Scratch of one thread: tables (5, n) of edges of both pieces and three lists."""

    a: Getallen
    b: Getallen
    lijst: Nummers
    stapel: Nummers
    treffers: Nummers


def new_werk(zijden: int, niveaus: int, treffers: int) -> Werk:
    """Return scratch for pieces of so many edges and a tree of so many levels."""
    ruim = zijden + 2 * _RIJ
    return Werk(
        np.zeros((5, ruim)),
        np.zeros((5, ruim)),
        np.zeros(ruim, np.int64),
        np.zeros(3 * TAKKEN * (niveaus + 1) + 3, np.int64),
        np.empty(treffers + TAKKEN, np.int64),
    )


@kernel
def _select_zijden(
    x: Getallen, y: Getallen, deel: Deel, venster: _Venster, ander: Box, boven: bool, lijst: Nummers
) -> int:
    """List the edges of a piece that may matter to the box `ander`; return how many."""
    minx, maxx, miny, maxy = venster.minx, venster.maxx, ander[1], ander[3]
    n = 0
    for v in range(deel[0], deel[1] - 1):
        xa, xb, ya, yb = x[v], x[v + 1], y[v], y[v + 1]
        links = xa if xa < xb else xb
        rechts = xb if xa < xb else xa
        houd = (ya > miny) | (yb > miny) if boven else (ya < maxy) | (yb < maxy)
        lijst[n] = v
        n += (links < maxx) & (rechts > minx) & houd
    return n


@kernel
def _clip_zijden(
    x: Getallen,
    y: Getallen,
    lijst: Nummers,
    n: int,
    venster: _Venster,
    ander: Box,
    boven: bool,
    z: Getallen,
) -> tuple[int, int]:
    """Take the listed edges inside the window's x-range as far as they matter to a box.

    Coordinates become relative to the window. Edges above the box are laid on its upper
    side when `boven`, else left out; edges below it the other way round. Returns (edges,
    how many of them enter the box).
    """
    minx, nul = venster.minx, venster.nul
    breedte, laag, hoog = venster.maxx - minx, ander[1] - nul, ander[3] - nul
    m, binnen = 0, 0
    for t in range(n):
        v = lijst[t]
        teken = -1.0
        xa, ya, xb, yb = x[v] - minx, y[v] - nul, x[v + 1] - minx, y[v + 1] - nul
        if xa > xb:
            xa, ya, xb, yb, teken = xb, yb, xa, ya, 1.0
        if not xb - xa > _SMAL:
            continue
        helling = (yb - ya) / (xb - xa)
        if xa < 0.0:
            ya -= helling * xa
            xa = 0.0
        if xb > breedte:
            yb += helling * (breedte - xb)
            xb = breedte
        onder, over = ya <= laag and yb <= laag, ya >= hoog and yb >= hoog
        if (onder and boven) or (over and not boven):
            continue
        if onder or over:
            ya, helling = laag if onder else hoog, 0.0
        else:
            binnen += 1
        z[X0, m], z[X1, m], z[HOOGTE, m], z[HELLING, m], z[TEKEN, m] = xa, xb, ya, helling, teken
        m += 1
    return m, binnen


@kernel
def _sum_pairs(a: Getallen, na: int, b: Getallen, nb: int) -> float:
    """Return the double sum; b is padded to a multiple of four with edges of sign 0."""
    while nb % _RIJ != 0:
        for r in range(5):
            b[r, nb] = 0.0
        nb += 1
    totaal = 0.0
    for i in range(na):
        x0, x1, y, helling = a[X0, i], a[X1, i], a[HOOGTE, i], a[HELLING, i]
        som = 0.0
        for j in range(nb):
            lo = x0 if x0 > b[X0, j] else b[X0, j]
            hi = x1 if x1 < b[X1, j] else b[X1, j]
            w = hi - lo if hi > lo else 0.0
            d0 = (y + helling * (lo - x0)) - (b[HOOGTE, j] + b[HELLING, j] * (lo - b[X0, j]))
            d1 = d0 + (helling - b[HELLING, j]) * w
            n = (d0 if d0 < 0.0 else 0.0) + (d1 if d1 < 0.0 else 0.0)
            som += b[TEKEN, j] * w * n * n / (abs(d0) + abs(d1) + _NIETS)
        totaal += a[TEKEN, i] * som
    return 0.5 * totaal


@kernel
def _shared_area(
    ax: Getallen,
    ay: Getallen,
    a: _Stuk,
    bx: Getallen,
    by: Getallen,
    b: _Stuk,
    werk: Werk,
) -> float:
    """Return the area that piece a of (ax, ay) shares with b of (bx, by), up to rounding."""
    abox, bbox = a.box, b.box
    minx = abox[0] if abox[0] > bbox[0] else bbox[0]
    maxx = abox[2] if abox[2] < bbox[2] else bbox[2]
    nul = abox[1] if abox[1] > bbox[1] else bbox[1]
    venster = _Venster(minx, maxx, nul)
    za, zb, lijst = werk.a, werk.b, werk.lijst
    n = _select_zijden(ax, ay, a.deel, venster, bbox, False, lijst)
    na, in_a = _clip_zijden(ax, ay, lijst, n, venster, bbox, False, za)
    if na == 0:
        return 0.0
    # One edge across the whole window and none within: that piece covers the other's box.
    over = in_a == 0 and na == 1 and za[X0, 0] == 0.0 and za[X1, 0] == maxx - minx
    if over and minx == bbox[0] and maxx == bbox[2]:
        return b.area
    n = _select_zijden(bx, by, b.deel, venster, abox, True, lijst)
    nb, in_b = _clip_zijden(bx, by, lijst, n, venster, abox, True, zb)
    if nb == 0:
        return 0.0
    over = in_b == 0 and nb == 1 and zb[X0, 0] == 0.0 and zb[X1, 0] == maxx - minx
    if over and minx == abox[0] and maxx == abox[2]:
        return a.area
    return -_sum_pairs(za, na, zb, nb)


@kernel
def _stuk(s: Stukken, k: int) -> _Stuk:
    box = (s.box[k, 0], s.box[k, 1], s.box[k, 2], s.box[k, 3])
    return _Stuk((s.begin[k], s.einde[k]), box, s.area[k])


@kernel
def _sort_segment(rij: npt.NDArray[np.int32], area: Getallen, a: int, b: int) -> None:
    """Order [a, b) by row: insertion for few, a heap for many."""
    n = b - a
    if n <= 24:
        for i in range(a + 1, b):
            r, m2 = rij[i], area[i]
            k = i - 1
            while k >= a and rij[k] > r:
                rij[k + 1], area[k + 1] = rij[k], area[k]
                k -= 1
            rij[k + 1], area[k + 1] = r, m2
        return
    for start in range(n // 2 - 1, -1, -1):
        _sift(rij, area, a, start, n)
    for einde in range(n - 1, 0, -1):
        rij[a], rij[a + einde] = rij[a + einde], rij[a]
        area[a], area[a + einde] = area[a + einde], area[a]
        _sift(rij, area, a, 0, einde)


@kernel
def _sift(rij: npt.NDArray[np.int32], area: Getallen, a: int, wortel: int, n: int) -> None:
    r, m2 = rij[a + wortel], area[a + wortel]
    while 2 * wortel + 1 < n:
        kind = 2 * wortel + 1
        if kind + 1 < n and rij[a + kind + 1] > rij[a + kind]:
            kind += 1
        if rij[a + kind] <= r:
            break
        rij[a + wortel], area[a + wortel] = rij[a + kind], area[a + kind]
        wortel = kind
    rij[a + wortel], area[a + wortel] = r, m2


@kernel
def _merge_segment(rij: npt.NDArray[np.int32], area: Getallen, a: int, b: int) -> int:
    """Sum the pieces of one row and leave out what is rounding; return the new end."""
    _sort_segment(rij, area, a, b)
    uit = a
    i = a
    while i < b:
        r, som = rij[i], 0.0
        while i < b and rij[i] == r:
            som += area[i]
            i += 1
        if som > RUIS_M2:
            rij[uit] = r
            area[uit] = som
            uit += 1
    return uit


@kernel
def _search(boom: Boom, box: Getallen, i: int, stapel: Nummers, treffers: Nummers) -> int:
    """List the leaves whose box overlaps box i; return how many, -1 when there is no room."""
    telling = 0
    minx, miny, maxx, maxy = box[i, 0], box[i, 1], box[i, 2], box[i, 3]
    hoogst = len(boom.niveau) - 2
    stapel[0], stapel[1], stapel[2] = hoogst, boom.niveau[hoogst], boom.niveau[hoogst + 1]
    top = 3
    while top > 0:
        top -= 3
        niveau, k, einde = stapel[top], stapel[top + 1], stapel[top + 2]
        if telling + TAKKEN > len(treffers):
            return -1
        if niveau == 0:
            for c in range(k, einde):
                treffers[telling] = c
                telling += (
                    (boom.box[c, 0] < maxx) & (boom.box[c, 2] > minx)
                    & (boom.box[c, 1] < maxy) & (boom.box[c, 3] > miny)
                )  # fmt: skip
            continue
        onder, onder_einde = boom.niveau[niveau - 1], boom.niveau[niveau]
        for c in range(einde - 1, k - 1, -1):
            stapel[top] = niveau - 1
            stapel[top + 1] = onder + TAKKEN * (c - boom.niveau[niveau])
            stapel[top + 2] = min(stapel[top + 1] + TAKKEN, onder_einde)
            top += 3 * (
                (boom.box[c, 0] < maxx) & (boom.box[c, 2] > minx)
                & (boom.box[c, 1] < maxy) & (boom.box[c, 3] > miny)
            )  # fmt: skip
    return telling


@kernel
def _join_rows(
    links: Vlakken,
    rechts: Vlakken,
    rijen: npt.NDArray[np.int32],
    werk: Werk,
    aantal: npt.NDArray[np.int32],
    rij: npt.NDArray[np.int32],
    area: Getallen,
) -> tuple[int, int]:
    """Do `join_rows`."""
    einde = 0
    for r in range(len(rijen)):
        begin = einde
        for k in range(links.eerste[rijen[r]], links.eerste[rijen[r] + 1]):
            n = _search(rechts.boom, links.stukken.box, k, werk.stapel, werk.treffers)
            if n < 0 or einde + n > len(rij):
                return r, begin
            a = _stuk(links.stukken, k)
            for t in range(n):
                stuk = rechts.boom.orde[werk.treffers[t]]
                b = _stuk(rechts.stukken, stuk)
                m2 = _shared_area(
                    links.stukken.x, links.stukken.y, a, rechts.stukken.x, rechts.stukken.y, b, werk
                )
                if m2 != 0.0:
                    rij[einde] = rechts.stukken.rij[stuk]
                    area[einde] = m2
                    einde += 1
        einde = _merge_segment(rij, area, begin, einde)
        aantal[r] = einde - begin
    return len(rijen), einde


@ingang
def join_rows(
    links: Vlakken,
    rechts: Vlakken,
    rijen: npt.NDArray[np.int32],
    werk: Werk,
    aantal: npt.NDArray[np.int32],
    rij: npt.NDArray[np.int32],
    area: Getallen,
) -> tuple[int, int]:
    """Measure the given left rows against everything on the right.

    Parameters
    ----------
    links, rechts
        Both sides.
    rijen
        Left row numbers, in the order to be worked.
    werk
        Scratch of `new_werk` for the largest piece of both sides.
    aantal
        Written: the number of pairs of every row worked.
    rij, area
        Written: right row and area of the pairs, row after row, ordered by right row.

    Returns
    -------
    (int, int)
        Rows worked and pairs written; fewer rows than asked when `rij` was full.
    """
    return _join_rows(links, rechts, rijen, werk, aantal, rij, area)
