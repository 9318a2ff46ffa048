"""Tiles for the map: which snapshots they stand on, and those made before kept in memory.

Nothing is shared between processes but the store, so any number of them may serve one project.
"""

from __future__ import annotations

import gzip
import os
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

from kaartlagen.opslag import LaagOpslag
from kaartlagen.tegels import TEGELLAGEN, Tegel, Tegelbron

_GZIP_NIVEAU = 3
_VERS_NS = 2_000_000_000
"""A folder that changed this shortly ago may change again within the same tick of its clock."""

_Stempel = tuple[int, ...]
_Sleutel = tuple[str, str, Tegel]


@dataclass(frozen=True, slots=True)
class _Bekend:
    """What counted in a layer when its folders were last changed."""

    stempel: _Stempel
    bron: Tegelbron


class Tegelkast:
    """The tiles of one project. Safe between threads.

    Parameters
    ----------
    grens
        The most bytes of tiles that are kept; those not asked for the longest go first.
    """

    def __init__(self, grens: int = 64 << 20) -> None:
        self._grens = grens
        self._bekend: dict[str, _Bekend] = {}
        self._tegels: OrderedDict[_Sleutel, bytes] = OrderedDict()
        self._omvang = 0
        self._slot = threading.Lock()
        # As many at a time as there are processors: more would only hold memory.
        self._beurt = threading.BoundedSemaphore(os.cpu_count() or 1)

    @property
    def omvang(self) -> int:
        """The bytes of the tiles that are kept."""
        return self._omvang

    def bron(self, opslag: LaagOpslag, naam: str) -> Tegelbron:
        """Return the source of a layer's tiles as the store is now.

        Parameters
        ----------
        opslag
            The store of the one project that this belongs to.
        naam
            A layer of `TEGELLAGEN`.
        """
        laag = TEGELLAGEN[naam]
        stempel = _stamp(opslag.map, naam, "plangebieden")
        bekend = self._bekend.get(naam)
        if bekend is None or bekend.stempel != stempel:
            bekend = _Bekend(stempel, Tegelbron(laag, opslag))
            if time.time_ns() - max(stempel) > _VERS_NS:
                self._bekend[naam] = bekend
        return bekend.bron

    def tegel(self, bron: Tegelbron, tegel: Tegel) -> bytes:
        """Return a tile, compressed with gzip; no bytes where nothing lies.

        Raises
        ------
        OpslagError
            When a snapshot is damaged or gone.
        """
        sleutel = (bron.laag.naam, bron.versie, tegel)
        gevonden = self._recall(sleutel)
        if gevonden is not None:
            return gevonden
        with self._beurt:
            inhoud = bron.encode(tegel)
        klein = gzip.compress(inhoud, _GZIP_NIVEAU, mtime=0) if inhoud else b""
        self._keep(sleutel, klein)
        return klein

    def _recall(self, sleutel: _Sleutel) -> bytes | None:
        with self._slot:
            if sleutel in self._tegels:
                self._tegels.move_to_end(sleutel)
            return self._tegels.get(sleutel)

    def _keep(self, sleutel: _Sleutel, inhoud: bytes) -> None:
        with self._slot:
            self._omvang += len(inhoud) - len(self._tegels.pop(sleutel, b""))
            self._tegels[sleutel] = inhoud
            while self._omvang > self._grens:
                self._omvang -= len(self._tegels.popitem(last=False)[1])


def _stamp(map_: Path, *namen: str) -> _Stempel:
    """Return when the folders of layers were last changed; 0 for one that is not there."""
    return tuple(_changed(map_ / naam) for naam in namen)


def _changed(pad: Path) -> int:
    try:
        return pad.stat().st_mtime_ns
    except FileNotFoundError:
        return 0
