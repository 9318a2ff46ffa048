"""A packed Hilbert R-tree over boxes, in flat arrays.

The boxes are ordered along a Hilbert curve; every sixteen neighbours share a parent, so a
node needs no pointers: child c of node k stands at place 16 k + c of the level below.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kaartlagen.overlay.compilatie import ingang
from kaartlagen.overlay.stukken import Getallen, Nummers

TAKKEN = 16
"""Children per node."""

Sleutels = npt.NDArray[np.uint32]
Orde = npt.NDArray[np.int32]
Telling = npt.NDArray[np.int64]


class Boom(NamedTuple):
    """The tree.

    `orde` (n) is the box number of every leaf; `box` (m, 4) holds the boxes of all levels,
    leaves first; level l stands at `niveau[l]` to `niveau[l + 1]`, the last one has at most
    sixteen boxes.
    """

    orde: Orde
    box: Getallen
    niveau: Nummers


@ingang
def _hilbert_keys(box: Getallen, sleutel: Sleutels) -> None:
    """Write the place of every box's middle on a Hilbert curve of 2^16 by 2^16 cells."""
    minx, miny, maxx, maxy = np.inf, np.inf, -np.inf, -np.inf
    for i in range(len(box)):
        minx = box[i, 0] if box[i, 0] < minx else minx
        miny = box[i, 1] if box[i, 1] < miny else miny
        maxx = box[i, 2] if box[i, 2] > maxx else maxx
        maxy = box[i, 3] if box[i, 3] > maxy else maxy
    zijde = maxx - minx if maxx - minx > maxy - miny else maxy - miny
    schaal = 65535.0 / zijde if zijde > 0.0 else 0.0
    for i in range(len(box)):
        x = np.int64((0.5 * (box[i, 0] + box[i, 2]) - minx) * schaal)
        y = np.int64((0.5 * (box[i, 1] + box[i, 3]) - miny) * schaal)
        plaats = np.int64(0)
        for bit in range(15, -1, -1):
            rx = (x >> bit) & 1
            ry = (y >> bit) & 1
            plaats = (plaats << 2) | ((3 * rx) ^ ry)
            if ry == 0:
                if rx == 1:
                    x = 65535 - x
                    y = 65535 - y
                x, y = y, x
        sleutel[i] = np.uint32(plaats)


@ingang
def _sort_radix(sleutel: Sleutels, orde: Orde, reserve: Orde, telling: Telling) -> None:
    """Order the numbers 0..n-1 by key, equal keys by number: four rounds of one byte.

    `reserve` is as long as `orde`; `telling` (4, 257) holds zeros.
    """
    n = len(sleutel)
    for i in range(n):
        orde[i] = i
        for ronde in range(4):
            telling[ronde, ((sleutel[i] >> np.uint32(8 * ronde)) & np.uint32(255)) + 1] += 1
    van, naar = orde, reserve
    for ronde in range(4):
        for b in range(256):
            telling[ronde, b + 1] += telling[ronde, b]
        for i in range(n):
            b = (sleutel[van[i]] >> np.uint32(8 * ronde)) & np.uint32(255)
            naar[telling[ronde, b]] = van[i]
            telling[ronde, b] += 1
        van, naar = naar, van


@ingang
def _fill_levels(blad: Getallen, orde: Orde, niveau: Nummers, box: Getallen) -> None:
    """Write the leaves in Hilbert order, then every level from the one below."""
    for k in range(len(orde)):
        for c in range(4):
            box[k, c] = blad[orde[k], c]
    for hoogte in range(1, len(niveau) - 1):
        onder, einde = niveau[hoogte - 1], niveau[hoogte]
        for k in range(niveau[hoogte + 1] - niveau[hoogte]):
            eerste = onder + TAKKEN * k
            laatste = min(eerste + TAKKEN, einde)
            minx, miny, maxx, maxy = np.inf, np.inf, -np.inf, -np.inf
            for i in range(eerste, laatste):
                minx = box[i, 0] if box[i, 0] < minx else minx
                miny = box[i, 1] if box[i, 1] < miny else miny
                maxx = box[i, 2] if box[i, 2] > maxx else maxx
                maxy = box[i, 3] if box[i, 3] > maxy else maxy
            box[einde + k, 0] = minx
            box[einde + k, 1] = miny
            box[einde + k, 2] = maxx
            box[einde + k, 3] = maxy


def build_boom(box: Getallen) -> Boom:
    """Return the tree over boxes (n, 4) given as minx, miny, maxx, maxy."""
    n = len(box)
    sleutel = np.empty(n, np.uint32)
    orde, reserve = np.empty(n, np.int32), np.empty(n, np.int32)
    _hilbert_keys(box, sleutel)
    _sort_radix(sleutel, orde, reserve, np.zeros((4, 257), np.int64))
    grootte = [n]
    while grootte[-1] > TAKKEN:
        grootte.append(-(-grootte[-1] // TAKKEN))
    niveau = np.concatenate([[0], np.cumsum(grootte)]).astype(np.int64)
    alle = np.empty((niveau[-1], 4))
    _fill_levels(box, orde, niveau, alle)
    return Boom(orde, alle, niveau)
