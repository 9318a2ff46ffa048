"""One tile of a layer as a Mapbox Vector Tile: id and style class per object, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import shapely

from kaartlagen.overlay.wkb import read_ringen_wkb
from kaartlagen.tegels.kernen import (
    RUIMTE_PER_PUNT,
    RUIMTE_PER_RIJ,
    RUIMTE_PER_RING,
    Beeld,
    write_features,
)
from kaartlagen.tegels.raster import RAND, RASTER, Tegel

KLASSESLEUTEL = "k"
"""The one attribute of an object: its style class."""

GROF_TOT_ZOOM = 9
"""Up to this zoom of the grid vertices come on a coarser grid and specks are left out."""

_GROVE_STAP = 4
_KLEIN_DUBBEL = 64
"""Twice 32 square units: half a pixel of a tile that is shown 512 pixels wide."""


@dataclass(frozen=True, slots=True)
class Uitsnede:
    """The rows of a layer that a tile may need.

    Parameters
    ----------
    wkb
        Arrow binary (n): polygons in EPSG:28992.
    nummers
        (n) ids, at least 0 and below 2**53, so that a script can hold them.
    klassen
        (n) place of a row's class in `waarden`, -1 for none.
    waarden
        The classes.
    volgorde
        Row numbers in drawing order; a row that is not in it is not drawn.
    """

    wkb: Any
    nummers: npt.NDArray[np.int64]
    klassen: npt.NDArray[np.int64]
    waarden: tuple[str, ...]
    volgorde: npt.NDArray[np.int64]


def encode_tile(naam: str, tegel: Tegel, uitsnede: Uitsnede) -> bytes:
    """Write the objects of one layer on one tile.

    Parameters
    ----------
    naam
        Name of the layer within the tile.
    tegel
        A tile of the grid.
    uitsnede
        Rows whose box meets the tile with its margin; others do no harm.

    Returns
    -------
    bytes
        A tile of one layer; no bytes at all when nothing lies on it.

    Raises
    ------
    NietOndersteundError
        When a row is no polygon with straight sides.
    """
    ringen = read_ringen_wkb(uitsnede.wkb)
    naar = np.empty(
        RUIMTE_PER_PUNT * len(ringen.punten)
        + RUIMTE_PER_RING * len(ringen.buiten)
        + RUIMTE_PER_RIJ * len(uitsnede.nummers),
        np.uint8,
    )
    lengte, aantal = write_features(
        *ringen, uitsnede.volgorde, uitsnede.nummers, uitsnede.klassen, make_beeld(tegel), naar
    )
    if aantal == 0:
        return b""
    return _message(3, _layer(naam, uitsnede.waarden, naar[:lengte].tobytes()))


def warm_up() -> None:
    """Compile the kernels, or load them from the cache, so that no tile waits for it."""
    leeg = np.zeros(1, np.int64)
    wkb = pa.array(shapely.to_wkb([shapely.box(0.0, 0.0, 1.0, 1.0)]), pa.binary())
    encode_tile("", Tegel(0, 0, 0), Uitsnede(wkb, leeg, leeg, (), leeg))


def make_beeld(tegel: Tegel) -> Beeld:
    """Return how RD becomes units of this tile, and how fine."""
    links, boven = tegel.hoek_rd
    grof = tegel.z <= GROF_TOT_ZOOM
    return Beeld(
        links, boven, RASTER / tegel.zijde_m, float(RASTER), float(RAND),
        float(_GROVE_STAP if grof else 1), _KLEIN_DUBBEL if grof else 0,
    )  # fmt: skip


def _layer(naam: str, waarden: tuple[str, ...], features: bytes) -> bytes:
    delen = [b"\x78\x02", _message(1, naam.encode()), features]
    if waarden:
        delen.append(_message(3, KLASSESLEUTEL.encode()))
        delen += [_message(4, _message(1, waarde.encode())) for waarde in waarden]
    delen.append(b"\x28" + _varint(RASTER))
    return b"".join(delen)


def _message(veld: int, inhoud: bytes) -> bytes:
    return _varint(veld << 3 | 2) + _varint(len(inhoud)) + inhoud


def _varint(waarde: int) -> bytes:
    uit = bytearray()
    while waarde > 127:
        uit.append((waarde & 127) | 128)
        waarde >>= 7
    return bytes([*uit, waarde])
