"""Which rows of a stored layer may share ground: found in its file, without making geometry.

For every pair of rows whose boxes meet, the shared area is summed over pairs of edges (see
`kaartlagen.overlay.som`). The file is mapped into memory and its own tree tells which boxes
meet, so that a layer of millions of rows takes no memory of ours. What is found here is a
short list for `dekking`, which measures and reports.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kaartlagen.compileren import exact_entry, exact_kernel
from kaartlagen.schrijven.container import open_tree
from kaartlagen.toetsen.dekking import OVERLAP_MELDEN_M2

ZOEKEN_VANAF_M2 = 0.9 * OVERLAP_MELDEN_M2
"""A little less than what is reported: no pair is lost to rounding."""

_HOEKEN = np.radians([30.0, 120.0, 60.0, 150.0])
_ASSEN = np.column_stack([np.cos(_HOEKEN), np.sin(_HOEKEN)])
_SPELING_M = 0.1
"""More than single precision loses on any coordinate within the Netherlands."""

_STAPEL = 512
_BLOKKEN = 8
_ENDS, _XY, _PARTS = 0, 1, 7  # fields of a geometry in FlatGeobuf

Bytes = npt.NDArray[np.uint8]
Nummers = npt.NDArray[np.int64]
Getallen = npt.NDArray[np.float64]


class Blad(NamedTuple):
    """The file to search: see `kaartlagen.schrijven.container.Rijenboom`.

    `scheef` (n, 8) holds the boxes of the rows in two frames turned by 30 and 60 degrees:
    of neighbours along a slanting border the upright boxes meet, and one of these does not.
    """

    data: Bytes
    rijen: Nummers
    box: Getallen
    niveau: Nummers
    scheef: npt.NDArray[np.float32]


def find_overlaps(pad: Path) -> Nummers:
    """Give the pairs of rows that share more than `ZOEKEN_VANAF_M2`, shape (n, 2).

    Parameters
    ----------
    pad
        A FlatGeobuf of polygons that `kaartlagen.schrijven` made; row numbers are those of
        the file.
    """
    boom = open_tree(pad)
    aantal = len(boom.rijen) - 1
    blad = Blad(boom.inhoud, boom.rijen, boom.box, boom.niveau, np.empty((aantal, 8), np.float32))
    langste = int(np.diff(boom.rijen).max()) // 16 + 8
    draden = os.cpu_count() or 1
    snede = np.linspace(0, aantal, _BLOKKEN * draden + 1).astype(np.int64).tolist()
    blokken = list(pairwise(snede))
    with ThreadPoolExecutor(draden) as werkers:
        list(werkers.map(lambda blok: fill_tilted(blad, blok[0], blok[1], langste), blokken))
        delen = list(werkers.map(lambda blok: _search(blad, blok[0], blok[1], langste), blokken))
    return np.concatenate(delen)


def _search(blad: Blad, van: int, tot: int, langste: int) -> Nummers:
    """Search the pairs of which the first row lies in a range; rows count from 0."""
    ruimte = 1024
    while True:
        uit = np.empty((ruimte, 2), np.int64)
        gevonden = search_pairs(blad, van, tot, langste, uit)
        if gevonden <= ruimte:
            return uit[:gevonden]
        ruimte = gevonden


@exact_kernel
def _u32(data: Bytes, p: int) -> int:
    return int(data[p]) | int(data[p + 1]) << 8 | int(data[p + 2]) << 16 | int(data[p + 3]) << 24


@exact_kernel
def _field(data: Bytes, tabel: int, nummer: int) -> int:
    """Give the place of what a field of a flatbuffer table points to; -1 when it is absent."""
    vtabel = tabel - np.int64(np.int32(np.uint32(_u32(data, tabel))))
    lengte = int(data[vtabel]) | int(data[vtabel + 1]) << 8
    plek = 4 + 2 * nummer
    if plek >= lengte:
        return -1
    sprong = int(data[vtabel + plek]) | int(data[vtabel + plek + 1]) << 8
    if sprong == 0:
        return -1
    return tabel + sprong + _u32(data, tabel + sprong)


class _Venster(NamedTuple):
    """Where edges are wanted, seen from a point: those out of reach are passed over."""

    x0: float
    y0: float
    links: float
    rechts: float
    onder: float
    boven: float


@exact_kernel
def _add_ring(
    punten: Getallen, van: int, tot: int, gat: bool, venster: _Venster, zijden: Getallen, n: int
) -> int:
    """Append the edges of a ring (points `van` to `tot`): x1, y1, x2, y2, sign, slope; x1 < x2.

    The sign is 1 where the ground lies below the edge. Which way the ring runs does not
    matter: its own area tells.
    """
    x0, y0 = venster.x0, venster.y0
    dubbel = 0.0
    for k in range(van, tot - 1):
        dubbel += (punten[2 * k] - x0) * (punten[2 * k + 3] - y0)
        dubbel -= (punten[2 * k + 2] - x0) * (punten[2 * k + 1] - y0)
    links = 1.0 if (dubbel > 0.0) != gat else -1.0
    for k in range(van, tot - 1):
        x1, y1 = punten[2 * k] - x0, punten[2 * k + 1] - y0
        x2, y2 = punten[2 * k + 2] - x0, punten[2 * k + 3] - y0
        teken = -links
        if x1 > x2:
            x1, y1, x2, y2 = x2, y2, x1, y1
            teken = links
        if x1 == x2 or x1 >= venster.rechts or x2 <= venster.links:
            continue
        if min(y1, y2) >= venster.boven or max(y1, y2) <= venster.onder:
            continue
        zijden[n, 0], zijden[n, 1], zijden[n, 2], zijden[n, 3] = x1, y1, x2, y2
        zijden[n, 4], zijden[n, 5] = teken, (y2 - y1) / (x2 - x1)
        n += 1
    return n


@exact_kernel
def _add_polygon(
    data: Bytes, vorm: int, venster: _Venster, punten: Getallen, zijden: Getallen, n: int
) -> int:
    """Append the edges of the polygon whose geometry table stands at `vorm`."""
    xy = _field(data, vorm, _XY)
    if xy < 0:
        return n
    ruw = punten.view(np.uint8)
    lengte = _u32(data, xy)
    for k in range(8 * lengte):
        ruw[k] = data[xy + 4 + k]
    ends = _field(data, vorm, _ENDS)
    if ends < 0:
        return _add_ring(punten, 0, lengte // 2, False, venster, zijden, n)
    van = 0
    for ring in range(_u32(data, ends)):
        tot = _u32(data, ends + 4 + 4 * ring)
        n = _add_ring(punten, van, tot, ring > 0, venster, zijden, n)
        van = tot
    return n


@exact_kernel
def _edges(data: Bytes, rij: int, venster: _Venster, punten: Getallen, zijden: Getallen) -> int:
    """Fill in the edges of the row that stands at byte `rij`; give their number."""
    rij += 4  # its length
    vorm = _field(data, rij + _u32(data, rij), 0)
    if vorm < 0:
        return 0
    delen = _field(data, vorm, _PARTS)
    if delen < 0:
        return _add_polygon(data, vorm, venster, punten, zijden, 0)
    n = 0
    for k in range(_u32(data, delen)):
        plek = delen + 4 + 4 * k
        n = _add_polygon(data, plek + _u32(data, plek), venster, punten, zijden, n)
    return n


@exact_kernel
def _keep(zijden: Getallen, n: int, venster: _Venster, uit: Getallen) -> int:
    """Copy the edges within reach; give their number."""
    m = 0
    for k in range(n):
        if zijden[k, 0] >= venster.rechts or zijden[k, 2] <= venster.links:
            continue
        laag, hoog = min(zijden[k, 1], zijden[k, 3]), max(zijden[k, 1], zijden[k, 3])
        if laag >= venster.boven or hoog <= venster.onder:
            continue
        for c in range(6):
            uit[m, c] = zijden[k, c]
        m += 1
    return m


@exact_kernel
def _shared(a: Getallen, na: int, b: Getallen, nb: int) -> float:
    """Sum the area that lies below an edge of both sides, with their signs."""
    som = 0.0
    for i in range(na):
        ax1, ay1, ax2, ahelling = a[i, 0], a[i, 1], a[i, 2], a[i, 5]
        for j in range(nb):
            links = max(ax1, b[j, 0])
            rechts = min(ax2, b[j, 2])
            if rechts <= links:
                continue
            hoogte = ay1 - ax1 * ahelling - b[j, 1] + b[j, 0] * b[j, 5]
            d0 = hoogte + links * (ahelling - b[j, 5])
            d1 = hoogte + rechts * (ahelling - b[j, 5])
            negatief = min(d0, 0.0) + min(d1, 0.0)
            if negatief < 0.0:
                deel = (rechts - links) * negatief * negatief
                som -= a[i, 4] * b[j, 4] * deel / (2.0 * (abs(d0) + abs(d1)))
    return som


class _Werkblad(NamedTuple):
    """Room to work in: all edges of one row, those in reach of both, points, nodes, groups."""

    alles: Getallen
    een: Getallen
    ander: Getallen
    punten: Getallen
    stapel: Nummers
    groepen: Nummers


@exact_entry
def fill_tilted(blad: Blad, van: int, tot: int, langste: int) -> None:
    """Fill in the turned boxes of a range of rows, by the edges of each."""
    punten, zijden = np.empty(2 * langste), np.empty((langste, 6))
    x0, y0 = blad.box[0, 0], blad.box[0, 1]
    alles = _Venster(x0, y0, -np.inf, np.inf, -np.inf, np.inf)
    for rij in range(van, tot):
        n = _edges(blad.data, blad.rijen[rij], alles, punten, zijden)
        for as_ in range(4):
            laag, hoog = np.inf, -np.inf
            for k in range(n):
                for x, y in ((zijden[k, 0], zijden[k, 1]), (zijden[k, 2], zijden[k, 3])):
                    ver = x * _ASSEN[as_, 0] + y * _ASSEN[as_, 1]
                    laag, hoog = min(laag, ver), max(hoog, ver)
            blad.scheef[rij, 2 * as_] = laag - _SPELING_M
            blad.scheef[rij, 2 * as_ + 1] = hoog + _SPELING_M


@exact_kernel
def _apart(scheef: npt.NDArray[np.float32], a: int, b: int) -> bool:
    """Say whether the turned boxes of two rows share next to no ground."""
    for k in (0, 4):
        breed = min(scheef[a, k + 1], scheef[b, k + 1]) - max(scheef[a, k], scheef[b, k])
        hoog = min(scheef[a, k + 3], scheef[b, k + 3]) - max(scheef[a, k + 2], scheef[b, k + 2])
        if breed <= 0.0 or hoog <= 0.0 or breed * hoog <= ZOEKEN_VANAF_M2:
            return True
    return False


@exact_entry
def search_pairs(blad: Blad, van: int, tot: int, langste: int, uit: Nummers) -> int:
    """Write the pairs i < j, van <= i < tot, that share ground; give their number.

    `langste` is the number of points that a row can have. `uit` is filled as far as it
    reaches.
    """
    werk = _Werkblad(
        np.empty((langste, 6)),
        np.empty((langste, 6)),
        np.empty((langste, 6)),
        np.empty(2 * langste),
        np.empty(_STAPEL, np.int64),
        np.empty(blad.niveau[len(blad.niveau) - 2] + 1, np.int64),
    )
    gevonden = 0
    for groep in range(van // 16, (tot + 15) // 16):
        aantal = _near_groups(blad, werk, groep)
        for i in range(max(16 * groep, van), min(16 * groep + 16, tot)):
            gevonden = _search_row(blad, werk, i, aantal, uit, gevonden)
    return gevonden


@exact_kernel
def _meet_m2(box: Getallen, a: int, b: int) -> float:
    """Give the area that two boxes of the tree share."""
    breed = min(box[a, 2], box[b, 2]) - max(box[a, 0], box[b, 0])
    hoog = min(box[a, 3], box[b, 3]) - max(box[a, 1], box[b, 1])
    return breed * hoog if breed > 0.0 and hoog > 0.0 else 0.0


@exact_kernel
def _near_groups(blad: Blad, werk: _Werkblad, groep: int) -> int:
    """Fill in the groups of rows whose boxes meet that of one group."""
    laatste = len(blad.niveau) - 3  # the level of groups, above that of the rows
    zelf = blad.niveau[laatste] + groep
    aantal, top = 0, 1
    werk.stapel[0] = 0
    while top:
        top -= 1
        plek = werk.stapel[top]
        if _meet_m2(blad.box, zelf, plek) <= ZOEKEN_VANAF_M2:
            continue
        laag = _level(blad.niveau, plek)
        knoop = plek - blad.niveau[laag]
        if laag == laatste:
            if aantal < len(werk.groepen):
                werk.groepen[aantal] = knoop
                aantal += 1
            continue
        kind = blad.niveau[laag + 1] + 16 * knoop
        for k in range(kind, min(kind + 16, blad.niveau[laag + 2])):
            werk.stapel[top] = k
            top += 1
    return aantal


@exact_kernel
def _level(niveau: Nummers, plek: int) -> int:
    laag = 0
    while plek >= niveau[laag + 1]:
        laag += 1
    return laag


@exact_kernel
def _search_row(
    blad: Blad, werk: _Werkblad, i: int, groepen: int, uit: Nummers, gevonden: int
) -> int:
    """Look in the groups near row i for shorter rows that share ground with it.

    Of two neighbours the longer one (by its bytes, then by number) does the work: its edges
    are read once for all of them.
    """
    lengte = blad.rijen[i + 1] - blad.rijen[i]
    bladen = len(blad.niveau) - 2
    eerste = blad.niveau[bladen]
    aantal = blad.niveau[bladen + 1] - eerste
    zelf = eerste + i
    zijden = -1
    for g in range(groepen):
        groep = werk.groepen[g]
        if _meet_m2(blad.box, zelf, blad.niveau[bladen - 1] + groep) <= ZOEKEN_VANAF_M2:
            continue
        for j in range(16 * groep, min(16 * groep + 16, aantal)):
            if _meet_m2(blad.box, zelf, eerste + j) <= ZOEKEN_VANAF_M2:
                continue
            ander = blad.rijen[j + 1] - blad.rijen[j]
            if ander > lengte or (ander == lengte and j <= i):
                continue
            if _apart(blad.scheef, i, j):
                continue
            if zijden < 0:
                x0, y0 = blad.box[zelf, 0], blad.box[zelf, 1]
                alles = _Venster(x0, y0, -np.inf, np.inf, -np.inf, np.inf)
                zijden = _edges(blad.data, blad.rijen[i], alles, werk.punten, werk.alles)
            if _pair(blad, werk, zelf, eerste + j, zijden):
                if gevonden < len(uit):
                    uit[gevonden, 0], uit[gevonden, 1] = min(i, j), max(i, j)
                gevonden += 1
    return gevonden


@exact_kernel
def _pair(blad: Blad, werk: _Werkblad, a: int, b: int, na: int) -> bool:
    """Say whether two rows (places in the tree) share ground; the edges of a are there.

    An edge of the upper row above all of the lower, and one of the lower row below all of
    the upper, add nothing, nor do edges out of the range of x that they share.
    """
    x0, y0 = blad.box[a, 0], blad.box[a, 1]
    rij = blad.rijen[b - blad.niveau[len(blad.niveau) - 2]]
    links = max(x0, blad.box[b, 0]) - x0
    rechts = min(blad.box[a, 2], blad.box[b, 2]) - x0
    onder_b, boven_b = blad.box[b, 1] - y0, blad.box[b, 3] - y0
    boven_a = blad.box[a, 3] - y0
    a_boven = boven_a > onder_b + boven_b
    if a_boven:
        om_a = _Venster(x0, y0, links, rechts, -np.inf, boven_b)
        om_b = _Venster(x0, y0, links, rechts, 0.0, np.inf)
    else:
        om_a = _Venster(x0, y0, links, rechts, onder_b, np.inf)
        om_b = _Venster(x0, y0, links, rechts, -np.inf, boven_a)
    m = _keep(werk.alles, na, om_a, werk.een)
    if m == 0:
        return False
    n = _edges(blad.data, rij, om_b, werk.punten, werk.ander)
    if a_boven:
        return _shared(werk.een, m, werk.ander, n) > ZOEKEN_VANAF_M2
    return _shared(werk.ander, n, werk.een, m) > ZOEKEN_VANAF_M2
