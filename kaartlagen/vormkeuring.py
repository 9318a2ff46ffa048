"""Geometry as bytes or text, looked at before the library builds it.

GEOS goes one call deeper for every collection within a collection, until the stack of the
machine is full and the whole program dies. Nobody draws such a shape; a file that holds one
is damaged or made to harm.
"""

from __future__ import annotations

import re
import struct

import numpy as np
import shapely
from numpy.typing import NDArray

MAX_DIEPTE = 64
"""So deep may geometries be nested; GDAL itself stops at half of it."""

_KORTSTE = 9 * MAX_DIEPTE
"""WKB of fewer bytes cannot be nested deeper: each level takes a type and a count."""

_PUNT, _LIJNEN, _VLAKKEN = frozenset({1}), frozenset({2, 8, 13}), frozenset({3, 14, 17})
_Z, _M, _SRID = 0x80000000, 0x40000000, 0x20000000


def build_shapes(wkb: NDArray[np.object_]) -> NDArray[np.object_]:
    """Build geometries of WKB (bytes or None per row); None where they cannot be built."""
    te_diep = [rij is not None and nests_too_deep(rij) for rij in wkb]
    if any(te_diep):
        wkb = wkb.copy()
        wkb[np.flatnonzero(te_diep)] = None
    vormen: NDArray[np.object_] = shapely.from_wkb(wkb, on_invalid="fix")
    return vormen


def nests_too_deep(wkb: bytes) -> bool:
    """Say whether WKB holds collections nested deeper than `MAX_DIEPTE`."""
    if len(wkb) <= _KORTSTE:
        return False
    plek = 0
    open_ = [1]
    try:
        while open_:
            if open_[-1] == 0:
                open_.pop()
                continue
            if len(open_) > MAX_DIEPTE:
                return True
            open_[-1] -= 1
            plek, leden = _step(wkb, plek)
            if leden:
                open_.append(leden)
    except (struct.error, IndexError):
        # Cut off or of an unknown type: nothing beyond is reached by the library either.
        return False
    return False


def text_nests_too_deep(tekst: str) -> bool:
    """Say whether WKT or GeoJSON holds more brackets in brackets than any shape needs."""
    if sum(tekst.count(haak) for haak in "([{") <= MAX_DIEPTE:
        return False
    diepte = 0
    for haak in re.findall(r"[()\[\]{}]", tekst):
        diepte += 1 if haak in "([{" else -1
        if diepte > MAX_DIEPTE:
            return True
    return False


def _step(wkb: bytes, plek: int) -> tuple[int, int]:
    """Pass over one geometry's head, and its points; give the place and how many parts follow."""
    orde = "<" if wkb[plek] == 1 else ">"
    soort = struct.unpack_from(f"{orde}I", wkb, plek + 1)[0]
    kaal = soort & 0x0FFFFFFF
    assen = 2 + bool(soort & _Z) + bool(soort & _M) + (0, 1, 1, 2)[min(kaal // 1000, 3)]
    plek += 5 + (4 if soort & _SRID else 0)
    kaal %= 1000
    if kaal in _PUNT:
        return plek + 8 * assen, 0
    aantal = struct.unpack_from(f"{orde}I", wkb, plek)[0]
    plek += 4
    if kaal in _LIJNEN:
        return plek + 8 * assen * aantal, 0
    if kaal in _VLAKKEN:
        for _ in range(aantal):
            punten = struct.unpack_from(f"{orde}I", wkb, plek)[0]
            plek += 4 + 8 * assen * punten
        return plek, 0
    return plek, aantal
