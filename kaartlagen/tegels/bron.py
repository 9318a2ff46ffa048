"""The snapshots that count of a layer, as a source of tiles with a version.

What a version names never changes: the same address gives the same bytes for good, in this
process or another. When another snapshot counts the version is another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import shapely

from kaartlagen.errors import BronError, OpslagError
from kaartlagen.lezen import read_flatgeobuf_rows, read_flatgeobuf_wkb
from kaartlagen.momentopname import Momentopname
from kaartlagen.opslag import LaagOpslag
from kaartlagen.tegels.coderen import Uitsnede, encode_tile
from kaartlagen.tegels.lagen import Tegellaag, make_uitsnede
from kaartlagen.tegels.raster import Bbox, Tegel
from kaartlagen.tegels.ver import VER_TOT_ZOOM, choose_largest

CODEERREGELS = "tegel 1"
"""Raised when the same snapshots would give other tiles."""

_PER_OPNAME = 1 << 32
NERGENS: Bbox = (-1.0, -1.0, 0.0, 0.0)
"""A box outside RD, in which nothing lies."""


@dataclass(frozen=True, slots=True)
class Tegelobject:
    """One object that a tile shows: its row, and its geometry in EPSG:28992."""

    kolommen: Mapping[str, Any]
    momentopname: str
    geometrie_rd: Any


class Tegelbron:
    """Tiles of one layer of a project.

    Parameters
    ----------
    laag
        The layer.
    opslag
        The store; what counts in it is looked up now and holds for good.
    """

    def __init__(self, laag: Tegellaag, opslag: LaagOpslag) -> None:
        self.laag = laag
        self._opnamen = opslag.current(laag.naam)
        self._plannen = opslag.current("plangebieden") if laag.op_plandatum else ()
        self.versie = name_version(opname.id for opname in (*self._opnamen, *self._plannen))

    @property
    def leeg(self) -> bool:
        """Whether the project has nothing of this layer."""
        return not self._opnamen

    def encode(self, tegel: Tegel) -> bytes:
        """Write a tile; no bytes where nothing lies.

        Raises
        ------
        OpslagError
            When a snapshot is damaged or gone.
        """
        return encode_tile(self.laag.naam, tegel, self.cut(tegel))

    def cut(self, tegel: Tegel) -> Uitsnede:
        """Read the rows that a tile may need.

        Raises
        ------
        OpslagError
            As `encode`.
        """
        plekken = [
            plek
            for plek, opname in enumerate(self._opnamen)
            if _meets(opname.bbox_rd, tegel.bbox_met_rand_rd)
        ]
        keus = self._thin(plekken, tegel)
        tabellen, vormen, nummers = [], [], []
        for plek in plekken:
            rijen, tabel, wkb = self._read(self._opnamen[plek], tegel, keus.get(plek))
            tabellen.append(_as_text(tabel, self.laag.kolommen))
            vormen += wkb.chunks
            nummers.append(rijen + plek * _PER_OPNAME)
        leeg = pa.table({naam: pa.array([], pa.string()) for naam in self.laag.kolommen})
        return make_uitsnede(
            self.laag,
            pa.concat_tables([leeg, *tabellen]),
            pa.chunked_array(vormen, pa.binary()),
            np.concatenate(nummers) if nummers else np.empty(0, np.int64),
            lambda: self._plandatum,
        )

    def _thin(self, plekken: list[int], tegel: Tegel) -> dict[int, npt.NDArray[np.int64]]:
        """Return per snapshot which rows are drawn; nothing where all are."""
        if tegel.z > VER_TOT_ZOOM or not plekken:
            return {}
        with _told(self._opnamen[plekken[0]]):
            rijen = choose_largest([self._opnamen[plek] for plek in plekken], tegel)
        return {} if rijen is None else dict(zip(plekken, rijen, strict=True))

    def _read(
        self, opname: Momentopname, tegel: Tegel, rijen: npt.NDArray[np.int64] | None
    ) -> tuple[npt.NDArray[np.int64], pa.Table, pa.ChunkedArray]:
        """Read rows of one snapshot: numbers, columns and WKB."""
        with _told(opname):
            if rijen is None:
                return read_flatgeobuf_wkb(opname.pad, self.laag.kolommen, tegel.bbox_met_rand_rd)
            if not rijen.size:
                return read_flatgeobuf_wkb(opname.pad, self.laag.kolommen, NERGENS)
            tabel, geometrie = read_flatgeobuf_rows(opname.pad, rijen)
            return (
                rijen,
                tabel,
                pa.chunked_array([pa.array(shapely.to_wkb(geometrie), pa.binary())]),
            )

    def find(self, nummer: int) -> Tegelobject | None:
        """Return the object with this id; None when no tile of this version has it.

        Raises
        ------
        OpslagError
            As `encode`.
        """
        plek, rij = divmod(nummer, _PER_OPNAME)
        if not (0 <= plek < len(self._opnamen) and rij < self._opnamen[plek].aantal):
            return None
        opname = self._opnamen[plek]
        with _told(opname):
            tabel, vormen = read_flatgeobuf_rows(opname.pad, np.array([rij], np.int64))
        kolommen = {naam: _plain(waarden[0]) for naam, waarden in tabel.to_pydict().items()}
        return Tegelobject(kolommen, opname.id, vormen[0])

    @cached_property
    def _plandatum(self) -> dict[str, str]:
        """The date of every plan."""
        datums: dict[str, str] = {}
        for opname in self._plannen:
            with _told(opname):
                _, tabel, _ = read_flatgeobuf_wkb(opname.pad, ("idn", "datum"), None)
            rijen = tabel.to_pydict()
            datums |= dict(zip(rijen["idn"], rijen["datum"], strict=True))
        return datums


def name_version(delen: Iterable[str]) -> str:
    """Name what tiles stand on: the same snapshots have the same name everywhere."""
    return hashlib.sha256("\n".join([CODEERREGELS, *delen]).encode()).hexdigest()[:16]


@contextmanager
def _told(opname: Momentopname) -> Iterator[None]:
    """Say which snapshot is damaged."""
    try:
        yield
    except BronError as fout:
        raise OpslagError(
            f"momentopname {opname.id} is beschadigd of verdwenen.",
            waar=str(opname.pad),
            herstel=f"Verwijder haar en lees {opname.herkomst.bestand} opnieuw in.",
        ) from fout


def _as_text(tabel: pa.Table, kolommen: tuple[str, ...]) -> pa.Table:
    """Give every column the type text, whatever a file of nulls alone says."""
    return pa.table({naam: tabel.column(naam).cast(pa.string()) for naam in kolommen})


def _meets(een: Bbox | None, ander: Bbox) -> bool:
    if een is None:
        return True
    return een[0] <= ander[2] and ander[0] <= een[2] and een[1] <= ander[3] and ander[1] <= een[3]


def _plain(waarde: Any) -> Any:
    """Return a whole number as such: a column with gaps comes as floats."""
    return int(waarde) if isinstance(waarde, float) and waarde.is_integer() else waarde
