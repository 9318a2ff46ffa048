"""Small layers kept in memory between requests, so that moving the map opens no files.

A layer of many plans is as many files. Snapshots never change, so what was read under
their ids stays true until other snapshots count.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
from shapely import box

from kaartlagen.opslag import LaagOpslag
from webmap.kaart import Bbox


@dataclass(frozen=True, slots=True)
class _Bewaard:
    """What was read or computed, and the key of what that stood on."""

    sleutel: tuple[str, ...]
    frame: gpd.GeoDataFrame


@dataclass(slots=True)
class Laaggeheugen:
    """Reads layers, and remembers those of at most `grens` rows. Safe between threads."""

    grens: int = 50_000
    beurt: threading.Lock = field(default_factory=threading.Lock)
    _bewaard: dict[str, _Bewaard] = field(default_factory=dict)
    _slot: threading.Lock = field(default_factory=threading.Lock)
    _sloten: dict[str, threading.Lock] = field(default_factory=dict)

    def read(self, opslag: LaagOpslag, naam: str, bbox: Bbox | None) -> gpd.GeoDataFrame:
        """Read the current rows of a layer, as `LaagOpslag.read` does.

        Parameters
        ----------
        opslag
            The store of the one project that this memory belongs to.
        naam
            A layer of `kaartlagen.lagen`.
        bbox
            Box in EPSG:28992 metres: only rows whose own box meets it.

        Returns
        -------
        geopandas.GeoDataFrame
            The rows in the store's order; not to be changed, for others read it too.
        """
        opnamen = opslag.current(naam)
        if sum(opname.aantal for opname in opnamen) > self.grens:
            return opslag.read(naam, bbox=bbox)
        sleutel = tuple(opname.id for opname in opnamen)
        frame = self.remember(naam, sleutel, lambda: opslag.read(naam))
        if bbox is None or frame.empty:
            return frame
        return frame.iloc[np.sort(frame.sindex.query(box(*bbox)))]

    def remember(
        self, naam: str, sleutel: tuple[str, ...], make: Callable[[], gpd.GeoDataFrame]
    ) -> gpd.GeoDataFrame:
        """Return what was made under this key before, or make it now and keep it.

        Parameters
        ----------
        naam
            What it is; one outcome is kept per name.
        sleutel
            Everything that the outcome rests on.
        make
            Makes the frame; never called by two threads at once for one name, since a page
            asks for all its layers at the same time.
        """
        with self._slot:
            slot = self._sloten.setdefault(naam, threading.Lock())
        with slot:
            bewaard = self._bewaard.get(naam)
            if bewaard is None or bewaard.sleutel != sleutel:
                frame = make()
                _ = frame.sindex  # built here once, not by several threads later
                bewaard = self._bewaard[naam] = _Bewaard(sleutel, frame)
            return bewaard.frame
