"""Far away only what is large enough to be seen: found in the index, without reading the rest.

A stored snapshot begins with the tree of the boxes of its rows (`kaartlagen.schrijven`). Its
last level has one box per row, in the order of the rows, so that a view of the whole region
costs the rows that it shows and not those that it has.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from kaartlagen.errors import BronError
from kaartlagen.tegels.raster import Tegel

VER_TOT_ZOOM = 7
"""Up to this zoom of the grid large snapshots are thinned; a pixel is then over 13 m."""

KLEIN_AANTAL = 2_000
"""A snapshot of at most this many rows is always read whole."""

_TEGEL_PX = 512
_MERK = b"fgb\x03fgb"
_TAKKEN = 16
_KNOOP = np.dtype([("box", "<f8", 4), ("plaats", "<u8")])


def find_visible(pad: Path, aantal: int, tegel: Tegel) -> npt.NDArray[np.int64]:
    """Return the numbers of the rows that meet a tile and are a pixel wide or high there.

    Parameters
    ----------
    pad
        A FlatGeobuf file with an index that `kaartlagen.schrijven` made.
    aantal
        The number of its rows.
    tegel
        The tile; it is shown 512 pixels wide.

    Raises
    ------
    BronError
        When the file is not such a one.
    """
    box = _read_boxes(pad, aantal)
    links, onder, rechts, boven = tegel.bbox_met_rand_rd
    pixel = tegel.zijde_m / _TEGEL_PX
    groot = np.maximum(box[:, 2] - box[:, 0], box[:, 3] - box[:, 1]) >= pixel
    raakt = (box[:, 0] <= rechts) & (box[:, 2] >= links)
    raakt &= (box[:, 1] <= boven) & (box[:, 3] >= onder)
    return np.flatnonzero(groot & raakt).astype(np.int64)


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
