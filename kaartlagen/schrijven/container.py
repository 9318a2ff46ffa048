"""The container of a FlatGeobuf file: rows along a Hilbert curve behind a packed R-tree.

GDAL encodes the rows, without an index; this puts them in their order and the index before
them. GDAL can do that too, in thrice the time. A file is: eight bytes of mark, the header (a
flatbuffer behind its length), the nodes of the tree from the root down, and the rows, each
behind its length. The layout is that of version 3 (flatgeobuf.org).
"""

from __future__ import annotations

import mmap
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

TAKKEN = 16
"""Children per node of the tree: the format's default, so a header need not name it."""

_MERK = b"fgb\x03fgb"
_KOP = 12  # mark and length of the header
_OMVANG, _AANTAL, _TAKKEN = 1, 8, 9  # fields of the header's flatbuffer
_BLOK = 20_000
_LENGTE = struct.Struct("<I")
_KNOOP = np.dtype([("box", "<f8", 4), ("plaats", "<u8")])

Grenzen = NDArray[np.float64]


class VormfoutError(ValueError):
    """A file that is not the FlatGeobuf it should be."""


@dataclass(frozen=True, slots=True)
class Rijplaatsen:
    """Where rows stand in a file: the first at `begin`, row i at `plaats[i]` to `plaats[i + 1]`."""

    begin: int
    plaats: NDArray[np.int64]


def assemble(doel: Path, ruw: Path, kop: Path, grenzen: Grenzen) -> NDArray[np.intp]:
    """Write a file with index from one without.

    Parameters
    ----------
    doel
        The file to make.
    ruw
        Rows without an index, in any order, as GDAL wrote them.
    kop
        A file of the same columns, with an index, of which the header is taken.
    grenzen
        The box (x_min, y_min, x_max, y_max) of every row of `ruw`, shape (n, 4), n > 0.

    Returns
    -------
    ndarray of int
        Which row of `ruw` stands at each place in `doel`.

    Raises
    ------
    VormfoutError
        When `ruw` does not hold n rows.
    """
    with _mapped(ruw) as inhoud, doel.open("wb") as uit:
        rijen = find_rows(inhoud, index=False)
        if len(rijen.plaats) - 1 != len(grenzen):
            raise VormfoutError(f"{len(rijen.plaats) - 1} rows, meant were {len(grenzen)}")
        orde = hilbert_order(grenzen)
        uit.write(_header(kop, grenzen))
        uit.write(_tree(grenzen[orde], np.diff(rijen.plaats)[orde]).tobytes())
        _copy_rows(uit, inhoud, rijen, orde)
        return orde


def count_rows(pad: Path) -> int:
    """Count the rows of a file with an index, from its bytes and not from its header.

    Raises
    ------
    VormfoutError
        When the last row does not end where the file ends.
    """
    with _mapped(pad) as inhoud:
        return len(find_rows(inhoud, index=True).plaats) - 1


@dataclass(frozen=True, slots=True)
class Rijenboom:
    """A file with its index, opened to be walked by compiled loops.

    Parameters
    ----------
    inhoud
        All bytes, mapped into memory.
    rijen
        Where each row begins, and at last where the file ends.
    box, niveau
        The boxes (n, 4) of the tree, the root first; level l stands at `niveau[l]` to
        `niveau[l + 1]`, the rows last.
    """

    inhoud: NDArray[np.uint8]
    rijen: NDArray[np.int64]
    box: Grenzen
    niveau: NDArray[np.int64]


def open_tree(pad: Path) -> Rijenboom:
    """Open a file that `assemble` made.

    Raises
    ------
    VormfoutError
        When it is not whole.
    """
    with _mapped(pad) as inhoud:
        rijen = find_rows(inhoud, index=True)
        bytes_ = np.frombuffer(inhoud, np.uint8)
        knopen = sum(niveaus := _levels(len(rijen.plaats) - 1))
        boom = np.frombuffer(inhoud, _KNOOP, knopen, rijen.begin - knopen * _KNOOP.itemsize)
        niveau = np.concatenate([[0], np.cumsum(niveaus[::-1])])
        return Rijenboom(bytes_, rijen.plaats, np.ascontiguousarray(boom["box"]), niveau)


def hilbert_order(grenzen: Grenzen) -> NDArray[np.intp]:
    """Order boxes by their middles along a Hilbert curve of 2^16 by 2^16 cells."""
    laag, hoog = grenzen[:, :2].min(axis=0), grenzen[:, 2:].max(axis=0)
    cel = grenzen[:, :2] + grenzen[:, 2:]
    cel *= 0.5
    cel -= laag
    cel *= 65_535.0 / np.where(hoog > laag, hoog - laag, 1.0)
    x, y = cel[:, 0].astype(np.uint16), cel[:, 1].astype(np.uint16)
    sleutel = np.zeros(len(cel), np.uint32)
    for bit in range(15, -1, -1):
        rx, ry = (x >> bit) & 1, (y >> bit) & 1
        sleutel <<= 2
        sleutel |= (3 * rx) ^ ry
        # In the lower half the curve runs mirrored: x and y change places, and on the right
        # side they count down. A mask of all ones or none does without a choice per row.
        om = ry - np.uint16(1)
        ruil = (x ^ y) & om
        ruil ^= om & -rx
        x ^= ruil
        y ^= ruil
    return np.argsort(sleutel, kind="stable")


def find_rows(inhoud: mmap.mmap, *, index: bool) -> Rijplaatsen:
    """Walk through a file from row to row, by their lengths.

    Raises
    ------
    VormfoutError
        When this is no FlatGeobuf, or the last row does not end where the file ends.
    """
    if inhoud[:7] != _MERK:
        raise VormfoutError("no FlatGeobuf")
    begin = _KOP + _LENGTE.unpack_from(inhoud, 8)[0]
    if index:
        velden = _Tabel(inhoud[_KOP:begin])
        (aantal,) = struct.unpack_from("<Q", velden.inhoud, velden.field(_AANTAL))
        begin += sum(_levels(aantal)) * _KNOOP.itemsize
    plaatsen = _walk_words(inhoud, begin)
    if plaatsen is None:
        plaatsen = _walk_bytes(inhoud, begin)
    if plaatsen[-1] != len(inhoud):
        raise VormfoutError("the last row is cut off")
    return Rijplaatsen(begin, plaatsen)


def _walk_bytes(inhoud: mmap.mmap, begin: int) -> NDArray[np.int64]:
    plaats, einde, lees = begin, len(inhoud), _LENGTE.unpack_from
    plaatsen = [plaats]
    while plaats + 4 <= einde:
        plaats += 4 + lees(inhoud, plaats)[0]
        plaatsen.append(plaats)
    return np.array(plaatsen, dtype=np.int64)


def _walk_words(inhoud: mmap.mmap, begin: int) -> NDArray[np.int64] | None:
    """Walk in steps of four bytes, in a third of the time; None where lengths do not allow it."""
    if sys.byteorder != "little" or begin % 4 or len(inhoud) % 4:
        return None
    with memoryview(inhoud) as alles, alles.cast("I") as woorden:
        woord, einde = begin // 4, len(woorden)
        plaatsen = [woord]
        neem = plaatsen.append
        while woord < einde:
            lengte = woorden[woord]
            if lengte & 3:
                return None
            woord += 1 + (lengte >> 2)
            neem(woord)
    return np.array(plaatsen, dtype=np.int64) * 4


@contextmanager
def _mapped(pad: Path) -> Iterator[mmap.mmap]:
    with pad.open("rb") as bestand:
        yield mmap.mmap(bestand.fileno(), 0, access=mmap.ACCESS_READ)


@dataclass(frozen=True, slots=True)
class _Tabel:
    """The root table of a flatbuffer."""

    inhoud: bytes | bytearray

    def field(self, nummer: int) -> int:
        """Give the place of a field; -1 where it has its default."""
        (tabel,) = _LENGTE.unpack_from(self.inhoud, 0)
        vtabel = tabel - struct.unpack_from("<i", self.inhoud, tabel)[0]
        (lengte,) = struct.unpack_from("<H", self.inhoud, vtabel)
        plek = 4 + 2 * nummer
        if plek >= lengte:
            return -1
        (sprong,) = struct.unpack_from("<H", self.inhoud, vtabel + plek)
        return tabel + sprong if sprong else -1


def _header(kop: Path, grenzen: Grenzen) -> bytes:
    """Take the header of another file and give it our count and extent."""
    with kop.open("rb") as bestand:
        begin = bestand.read(_KOP)
        tekst = bytearray(bestand.read(_LENGTE.unpack_from(begin, 8)[0]))
    tabel = _Tabel(tekst)
    omvang, aantal = tabel.field(_OMVANG), tabel.field(_AANTAL)
    if begin[:7] != _MERK or omvang < 0 or aantal < 0 or tabel.field(_TAKKEN) >= 0:
        raise VormfoutError("the header is not as expected")
    getallen = omvang + _LENGTE.unpack_from(tekst, omvang)[0]
    if _LENGTE.unpack_from(tekst, getallen)[0] != 4:
        raise VormfoutError("the extent in the header is not two-dimensional")
    hoeken = (*grenzen[:, :2].min(axis=0), *grenzen[:, 2:].max(axis=0))
    struct.pack_into("<4d", tekst, getallen + 4, *hoeken)
    struct.pack_into("<Q", tekst, aantal, len(grenzen))
    return begin + bytes(tekst)


def _levels(aantal: int) -> list[int]:
    """Give the number of nodes per level, from the leaves up; a lone leaf has a root too."""
    niveaus = [aantal]
    while niveaus[-1] != 1 or len(niveaus) == 1:
        niveaus.append(-(-niveaus[-1] // TAKKEN))
    return niveaus


def _tree(grenzen: Grenzen, lengten: NDArray[np.int64]) -> NDArray[np.void]:
    """Make the nodes over rows in their order, the root first.

    A leaf tells at which byte its row begins, an inner node which node is its first child.
    """
    niveaus = _levels(len(grenzen))
    knopen = np.empty(sum(niveaus), _KNOOP)
    eerste = len(knopen) - niveaus[0]
    knopen["box"][eerste:] = grenzen
    knopen["plaats"][eerste] = 0
    knopen["plaats"][eerste + 1 :] = np.cumsum(lengten[:-1])
    for aantal, onder in zip(niveaus[1:], niveaus, strict=False):
        kinderen = np.arange(0, onder, TAKKEN)
        box = knopen["box"][eerste : eerste + onder]
        eigen = slice(eerste - aantal, eerste)
        knopen["box"][eigen, :2] = np.minimum.reduceat(box[:, :2], kinderen)
        knopen["box"][eigen, 2:] = np.maximum.reduceat(box[:, 2:], kinderen)
        knopen["plaats"][eigen] = eerste + kinderen
        eerste -= aantal
    return knopen


def _copy_rows(
    uit: BinaryIO, inhoud: mmap.mmap, rijen: Rijplaatsen, orde: NDArray[np.intp]
) -> None:
    """Write the rows in their order, block by block, so that memory stays bounded."""
    plaatsen, teksten = pa.py_buffer(rijen.plaats), pa.py_buffer(inhoud)
    stukken = pa.LargeBinaryArray.from_buffers(
        pa.large_binary(), len(orde), [None, plaatsen, teksten]
    )
    for van in range(0, len(orde), _BLOK):
        blok = stukken.take(pa.array(orde[van : van + _BLOK]))
        uit.write(memoryview(blok.buffers()[2]))
