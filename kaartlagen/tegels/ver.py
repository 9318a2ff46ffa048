"""Far away only the largest of what lies there: found in the index, without reading the rest.

A stored snapshot begins with the tree of the boxes of its rows (`kaartlagen.schrijven`). Its
last level has one box per row, in the order of the rows, so that a view of the whole region
costs the rows that it shows and not those that it has.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kaartlagen.errors import BronError
from kaartlagen.momentopname import Momentopname
from kaartlagen.tegels.raster import Bbox, Tegel

VER_TOT_ZOOM = 6
"""Up to this zoom of the grid tiles are thinned: a pixel is then 27 m or more."""

MEESTE = 3_000
"""The most rows on a thinned tile."""

_MERK = b"fgb\x03fgb"
_TAKKEN = 16
_KNOOP = np.dtype([("box", "<f8", 4), ("plaats", "<u8")])


def choose_largest(
    opnamen: Sequence[Momentopname], tegel: Tegel
) -> tuple[npt.NDArray[np.int64], ...] | None:
    """Choose per snapshot the rows of a thinned tile.

    Parameters
    ----------
    opnamen
        The snapshots, as `kaartlagen.schrijven` made their files.
    tegel
        The tile.

    Returns
    -------
    tuple
        Row numbers per snapshot, `MEESTE` in all: those with the longest box. None when all
        rows that meet the tile are no more than that.

    Raises
    ------
    BronError
        When a file has no index.
    """
    rijen, maten = [], []
    for opname in opnamen:
        box = _read_boxes(opname.pad, opname.aantal)
        raakt = _meeting(box, tegel.bbox_met_rand_rd)
        rijen.append(raakt)
        maten.append(np.maximum(*(box[raakt, 2:] - box[raakt, :2]).T))
    alle = np.concatenate([np.empty(0), *maten])
    if len(alle) <= MEESTE:
        return None
    gekozen = np.zeros(len(alle), np.bool_)
    gekozen[np.argsort(-alle, kind="stable")[:MEESTE]] = True
    delen = np.split(gekozen, np.cumsum([len(deel) for deel in rijen])[:-1])
    return tuple(deel[keus] for deel, keus in zip(rijen, delen, strict=True))


def _meeting(box: npt.NDArray[np.float64], bbox: Bbox) -> npt.NDArray[np.int64]:
    """Return the numbers of the boxes that meet one."""
    links, onder, rechts, boven = bbox
    raakt = (box[:, 0] <= rechts) & (box[:, 2] >= links)
    raakt &= (box[:, 1] <= boven) & (box[:, 3] >= onder)
    return np.flatnonzero(raakt).astype(np.int64)


def _read_boxes(pad: Path, aantal: int) -> npt.NDArray[np.float64]:
    """Read the last level of the tree."""
    try:
        with pad.open("rb") as bestand:
            kop = bestand.read(12)
            begin = 12 + int.from_bytes(kop[8:12], "little") + _count_above(aantal) * 40
            bestand.seek(begin)
            knopen = np.fromfile(bestand, _KNOOP, aantal)
    except OSError as fout:
        raise BronError("het bestand is niet te lezen.", waar=pad.name) from fout
    if kop[:7] != _MERK or len(knopen) != aantal:
        raise BronError("het bestand is afgebroken of heeft geen index.", waar=pad.name)
    box: npt.NDArray[np.float64] = knopen["box"]
    return box


def _count_above(aantal: int) -> int:
    """Return the number of nodes above the last level."""
    boven = 0
    while aantal > 1:
        aantal = -(-aantal // _TAKKEN)
        boven += aantal
    return boven
