"""The area index: a layer's polygons made ready for measuring, once per snapshot."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from kaartlagen.overlay.bestand import read_arrays, write_arrays
from kaartlagen.overlay.boom import Boom, build_boom
from kaartlagen.overlay.draden import Annuleer, PerDraad, Voortgang, run_blocks
from kaartlagen.overlay.ringen import Geometrieen, read_ringen
from kaartlagen.overlay.som import Vlakken
from kaartlagen.overlay.stukken import Getallen, Ringen, Stukken, cut_rings, new_werk
from kaartlagen.overlay.wkb import ArrowWkb, count_coordinates, is_arrow_wkb, read_ringen_wkb

BLOK_RIJEN = 4096
"""Rows that one thread prepares at a time: their coordinates stay in its cache."""


@dataclass(frozen=True, slots=True, eq=False)
class AreaIndex:
    """Polygons cut into pieces under an R-tree, in flat arrays.

    Attributes
    ----------
    vlakken
        Pieces, first piece per row, and the tree.
    volgorde
        The rows that hold ground (int32), along the Hilbert curve.
    oppervlakte_m2
        Area of every row in m2 (float64); 0 for None, points, lines and empty geometries.
    meest
        The number of vertices of the largest piece.
    """

    vlakken: Vlakken
    volgorde: npt.NDArray[np.int32]
    oppervlakte_m2: Getallen
    meest: int

    def __len__(self) -> int:
        """Return the number of rows of the layer, with and without ground."""
        return len(self.oppervlakte_m2)

    @classmethod
    def build(
        cls,
        geometries: npt.ArrayLike | ArrowWkb,
        *,
        eerste: int = 0,
        draden: int | None = None,
        voortgang: Voortgang | None = None,
        annuleer: Annuleer | None = None,
    ) -> AreaIndex:
        """Make the index of shapely geometries, or of Arrow WKB, in a metric CRS.

        Row i of the index is row i of the array. WKB takes half the memory. None, points,
        lines and empty geometries are rows without ground. `eerste` is the number of the
        first row where this is part of a layer, for messages.

        Raises
        ------
        NietOndersteundError
            For curves, collections and coordinates that are not finite.
        GeannuleerdError
            When `annuleer` said so.
        """
        rijen: Any = as_rows(geometries)
        bouw = _Bouw(rijen, eerste)
        taken = range(0, len(rijen), BLOK_RIJEN)
        blokken = run_blocks(
            "vlakken voorbereiden",
            bouw.prepare,
            taken,
            draden=draden,
            voortgang=voortgang,
            annuleer=annuleer,
        )
        delen = list(blokken)
        return _finish(bouw.collect(delen), len(rijen))

    def save(self, map_: Path, *, bron_sha256: str = "") -> Path:
        """Store the index in a folder, whole or not at all, and return the file.

        `bron_sha256` names the snapshot that it was made of; `open` compares it.
        """
        stukken, boom = self.vlakken.stukken, self.vlakken.boom
        arrays = {f"stukken.{naam}": reeks for naam, reeks in stukken._asdict().items()}
        arrays |= {f"boom.{naam}": reeks for naam, reeks in boom._asdict().items()}
        arrays |= {
            "eerste": self.vlakken.eerste,
            "volgorde": self.volgorde,
            "oppervlakte_m2": self.oppervlakte_m2,
        }
        return write_arrays(map_, arrays, bron_sha256=bron_sha256, meest=self.meest)

    @classmethod
    def open(cls, map_: Path, *, bron_sha256: str | None = None) -> AreaIndex:
        """Open a stored index as a memory map, in milliseconds.

        Raises
        ------
        OppervlakteindexError
            When it is absent, damaged, of another version, or not of `bron_sha256`.
        """
        arrays, meest = read_arrays(map_, bron_sha256=bron_sha256)
        stukken = Stukken(**{naam: arrays[f"stukken.{naam}"] for naam in Stukken._fields})
        boom = Boom(**{naam: arrays[f"boom.{naam}"] for naam in Boom._fields})
        vlakken = Vlakken(stukken, arrays["eerste"], boom)
        return cls(vlakken, arrays["volgorde"], arrays["oppervlakte_m2"], meest)


def count_vertices(geometries: Geometrieen | ArrowWkb) -> int:
    """Return about how many vertices there are, at least as many as there can be."""
    if is_arrow_wkb(geometries):
        return count_coordinates(geometries)
    return int(shapely.get_num_coordinates(geometries).sum())


def as_rows(geometries: Any) -> Any:
    """Return an object array of geometries; Arrow WKB stays what it is."""
    if is_arrow_wkb(geometries):
        return geometries
    rijen = np.asarray(geometries, dtype=object)
    if rijen.ndim != 1:
        raise ValueError("geometries must be one-dimensional")
    return rijen


def _new_stukken(punten: int) -> Stukken:
    """Return room for so many vertices; a piece has four or more."""
    stukken = punten // 4
    return Stukken(
        x=np.empty(punten),
        y=np.empty(punten),
        begin=np.empty(stukken, np.int64),
        einde=np.empty(stukken, np.int64),
        rij=np.empty(stukken, np.int32),
        box=np.empty((stukken, 4)),
        area=np.empty(stukken),
    )


class _Bouw:
    """Vertices of all blocks in one pair of arrays, in the order in which blocks are done.

    The pieces keep the order of the rows, so that the index does not depend on which
    thread was first.
    """

    def __init__(self, rijen: Geometrieen | ArrowWkb, eerste: int) -> None:
        self._rijen = rijen
        self._eerste = eerste
        self._is_wkb = is_arrow_wkb(rijen)
        # Memory that is never written costs nothing: room for what cutting adds.
        ruim = int(count_vertices(rijen) * 1.25) + 1024
        self._x, self._y = np.empty(ruim), np.empty(ruim)
        self._einde = 0
        self._over: list[tuple[int, Stukken]] = []
        self._slot = threading.Lock()
        self._werk = PerDraad(_new_stukken)
        self._snijwerk = PerDraad(new_werk)

    def prepare(self, eerste: int) -> Stukken:
        """Cut one block; the outcome holds everything but the vertices."""
        rijen: Any = self._rijen[eerste : eerste + BLOK_RIJEN]
        lees = read_ringen_wkb if self._is_wkb else read_ringen
        ringen = lees(rijen, self._eerste + eerste)
        blok = self._cut(ringen, eerste)
        n = len(blok.x)
        with self._slot:
            begin = self._einde
            self._einde += n
        if begin + n <= len(self._x):
            self._x[begin : begin + n] = blok.x
            self._y[begin : begin + n] = blok.y
        else:
            self._over.append((begin, blok._replace(x=blok.x.copy(), y=blok.y.copy())))
        leeg = np.empty(0)
        klein = {naam: getattr(blok, naam).copy() for naam in ("rij", "box", "area")}
        return Stukken(leeg, leeg, blok.begin + begin, blok.einde + begin, **klein)

    def _cut(self, ringen: Ringen, eerste: int) -> Stukken:
        """Return views on this thread's scratch, exactly as long as what is in them."""
        punten = 2 * len(ringen.punten) + 64 * len(ringen.rij)
        per_rij = np.diff(ringen.ring[ringen.rij] + ringen.rij)
        meest = int(per_rij.max(initial=0))
        while True:
            werk = self._werk.take(punten)
            k = cut_rings(ringen, eerste, self._snijwerk.take(meest), werk)
            if k >= 0:
                break
            punten *= 2
        n = int(werk.einde[k - 1]) if k else 0
        klein = {naam: getattr(werk, naam)[:k] for naam in Stukken._fields[2:]}
        return Stukken(werk.x[:n], werk.y[:n], **klein)

    def collect(self, delen: list[Stukken]) -> Stukken:
        """Return all pieces as one."""
        x, y = self._x[: self._einde], self._y[: self._einde]
        if self._over:
            x, y = np.empty(self._einde), np.empty(self._einde)
            x[: len(self._x)], y[: len(self._y)] = self._x[: len(x)], self._y[: len(y)]
            for begin, blok in self._over:
                x[begin : begin + len(blok.x)] = blok.x
                y[begin : begin + len(blok.y)] = blok.y
        delen = delen or [_new_stukken(0)]
        klein = {
            naam: np.concatenate([getattr(deel, naam) for deel in delen])
            for naam in Stukken._fields[2:]
        }
        return Stukken(x, y, **klein)


def _finish(stukken: Stukken, rijen: int) -> AreaIndex:
    """Put the tree over the pieces and order the rows along it."""
    boom = build_boom(stukken.box)
    eerste = np.searchsorted(stukken.rij, np.arange(rijen + 1)).astype(np.int64)
    is_eerste = np.zeros(len(stukken.rij) + 1, dtype=bool)
    is_eerste[eerste[:-1][np.diff(eerste) > 0]] = True
    volgorde = stukken.rij[boom.orde[is_eerste[boom.orde]]]
    oppervlakte: Any = np.bincount(stukken.rij, weights=stukken.area, minlength=rijen)
    meest = int((stukken.einde - stukken.begin).max(initial=0))
    return AreaIndex(Vlakken(stukken, eerste, boom), volgorde, oppervlakte, meest)
