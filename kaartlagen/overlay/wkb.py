"""From Arrow WKB straight to rings: coordinates are copied once and no geometry object is made.

Only what a layer store writes is read here: little-endian Polygon and MultiPolygon in two
dimensions. The kernels walk the bytes with every bound checked and give up on anything else;
such a block goes by way of shapely, which reads or refuses it.
"""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import shapely

from kaartlagen.overlay.compilatie import ingang, kernel
from kaartlagen.overlay.errors import NietOndersteundError
from kaartlagen.overlay.ringen import read_ringen, refuse_not_finite
from kaartlagen.overlay.stukken import Nummers, Ringen

ArrowWkb: TypeAlias = pa.Array | pa.ChunkedArray

_POLYGOON, _MULTIPOLYGOON = 3, 6
_KOP = 9  # byte order, type and a count
_PUNT = 16

_Bytes = npt.NDArray[np.uint8]


class _Blok(NamedTuple):
    """WKB of a block of rows: row i is `data[plaats[i]:plaats[i + 1]]`; empty where null."""

    data: _Bytes
    plaats: Nummers


def is_arrow_wkb(geometries: Any) -> bool:
    """Return whether this is an Arrow array of bytes."""
    if not isinstance(geometries, pa.Array | pa.ChunkedArray):
        return False
    soort = geometries.type
    return bool(pa.types.is_binary(soort) or pa.types.is_large_binary(soort))


def count_coordinates(wkb: ArrowWkb) -> int:
    """Return at least the number of vertices that the bytes can hold."""
    return int(wkb.nbytes) // _PUNT


def read_ringen_wkb(wkb: ArrowWkb, eerste: int = 0) -> Ringen:
    """Return the rings of a block of WKB.

    Parameters
    ----------
    wkb
        Arrow binary or large binary (n): valid geometries as ISO or EWKB. Null, points,
        lines and empty geometries have no ground and get no rings.
    eerste
        Row number of the first geometry, for error messages only.

    Raises
    ------
    NietOndersteundError
        For a curved geometry, a geometry collection, a coordinate that is not finite, or
        bytes that are no WKB.
    """
    blok = _bytes_of(wkb)
    n = len(wkb)
    ringen, punten = np.zeros(n, np.int64), np.zeros(n, np.int64)
    leeg_is_null = np.count_nonzero(np.diff(blok.plaats) == 0) == wkb.null_count
    if not (leeg_is_null and count_rings(blok.data, blok.plaats, ringen, punten)):
        return read_ringen(_via_shapely(wkb, eerste), eerste)
    rij = np.concatenate([[0], np.cumsum(ringen)])
    uit = Ringen(
        np.empty((int(punten.sum()), 2)),
        np.zeros(rij[-1] + 1, np.int64),
        np.zeros(rij[-1], np.bool_),
        rij,
    )
    fill_rings(blok.data, blok.plaats, uit.punten.view(np.uint8).reshape(-1), uit.ring, uit.buiten)
    refuse_not_finite(uit.punten, eerste, n)
    return uit


def _via_shapely(wkb: ArrowWkb, eerste: int) -> Any:
    try:
        return shapely.from_wkb(wkb.to_numpy(zero_copy_only=False))
    except (shapely.errors.GEOSException, NotImplementedError) as fout:
        raise NietOndersteundError(
            f"een rij van {eerste} tot {eerste + len(wkb)} is geen vlak met rechte zijden, of "
            f"geen leesbare WKB ({fout}).",
            herstel="Lees de laag in met de opdracht 'laag inlezen', die bogen omzet en "
            "onleesbare vormen weigert.",
        ) from fout


def _bytes_of(wkb: ArrowWkb) -> _Blok:
    """Return the bytes without copying them; a null is a row of no bytes."""
    geheel = wkb.combine_chunks() if isinstance(wkb, pa.ChunkedArray) else wkb
    breed = np.int64 if pa.types.is_large_binary(geheel.type) else np.int32
    _, plaatsen, inhoud = geheel.buffers()
    n = len(geheel)
    if n == 0 or inhoud is None:
        return _Blok(np.zeros(0, np.uint8), np.zeros(n + 1, np.int64))
    alle = np.frombuffer(plaatsen, breed)[geheel.offset : geheel.offset + n + 1]
    return _Blok(np.frombuffer(inhoud, np.uint8), alle.astype(np.int64))


@kernel
def _count(data: _Bytes, p: int, einde: int) -> int:
    """Return the unsigned little-endian number of four bytes at p, or -1 past the end."""
    if p + 4 > einde:
        return -1
    uit = 0
    for k in range(4):
        uit |= int(data[p + k]) << (8 * k)
    return uit


@kernel
def _kind(data: _Bytes, p: int, einde: int) -> int:
    """Return the type of the little-endian geometry at p, or -1."""
    if p >= einde or data[p] != 1:
        return -1
    return _count(data, p + 1, einde)


@kernel
def _is_closed(data: _Bytes, p: int, n: int) -> bool:
    """Return whether the last of n vertices is the first, to the bit."""
    gelijk = True
    for k in range(_PUNT if n else 0):
        gelijk &= data[p + k] == data[p + _PUNT * (n - 1) + k]
    return gelijk


@kernel
def _walk_polygon(data: _Bytes, p: int, einde: int) -> tuple[int, int, int]:
    """Return (rings, vertices, end) of the polygon body at p; an end of -1 is no polygon."""
    ringen = _count(data, p, einde)
    if ringen < 0:
        return 0, 0, -1
    p += 4
    punten = 0
    for _ in range(ringen):
        n = _count(data, p, einde)
        if n < 0 or n in (1, 2, 3) or n > (einde - p - 4) // _PUNT:
            return 0, 0, -1
        p += 4
        if not _is_closed(data, p, n):
            return 0, 0, -1
        p += _PUNT * n
        punten += n
    return ringen, punten, p


@ingang
def count_rings(data: _Bytes, plaats: Nummers, ringen: Nummers, punten: Nummers) -> bool:
    """Count the rings and vertices of every row; False when a row is of another kind."""
    for i in range(len(plaats) - 1):
        p, einde = plaats[i], plaats[i + 1]
        if p == einde:
            continue
        soort = _kind(data, p, einde)
        delen = 1
        if soort == _MULTIPOLYGOON:
            delen = _count(data, p + 5, einde)
            p += _KOP
        elif soort != _POLYGOON:
            return False
        for _ in range(delen):
            if _kind(data, p, einde) != _POLYGOON:
                return False
            r, n, p = _walk_polygon(data, p + 5, einde)
            if p < 0:
                return False
            ringen[i] += r
            punten[i] += n
        if p != einde or delen < 0:
            return False
    return True


@kernel
def _fill_polygon(
    data: _Bytes,
    p: int,
    naar: _Bytes,
    ring: Nummers,
    buiten: npt.NDArray[np.bool_],
    r: int,
) -> tuple[int, int]:
    """Copy the polygon body at p as rings r and on; return the next ring and the end."""
    ringen = _count(data, p, len(data))
    p += 4
    for k in range(ringen):
        n = _PUNT * _count(data, p, len(data))
        p += 4
        doel = _PUNT * ring[r]
        for b in range(n):
            naar[doel + b] = data[p + b]
        p += n
        buiten[r] = k == 0
        ring[r + 1] = ring[r] + n // _PUNT
        r += 1
    return r, p


@ingang
def fill_rings(
    data: _Bytes,
    plaats: Nummers,
    naar: _Bytes,
    ring: Nummers,
    buiten: npt.NDArray[np.bool_],
) -> None:
    """Copy the coordinates of rows that `count_rings` has found in order."""
    r = 0
    for i in range(len(plaats) - 1):
        p = plaats[i]
        if p == plaats[i + 1]:
            continue
        delen = 1
        if _kind(data, p, len(data)) == _MULTIPOLYGOON:
            delen = _count(data, p + 5, len(data))
            p += _KOP
        for _ in range(delen):
            r, p = _fill_polygon(data, p + 5, naar, ring, buiten, r)
