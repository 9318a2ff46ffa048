"""Vector tiles of stored layers, made on request in the RD grid of PDOK."""

from kaartlagen.tegels.bron import Tegelbron, Tegelobject
from kaartlagen.tegels.coderen import KLASSESLEUTEL, Uitsnede, encode_tile, warm_up
from kaartlagen.tegels.lagen import TEGELLAGEN, Tegellaag, make_uitsnede
from kaartlagen.tegels.raster import GROOTSTE_ZOOM, RAND, RASTER, Tegel, tile_at

__all__ = [
    "GROOTSTE_ZOOM",
    "KLASSESLEUTEL",
    "RAND",
    "RASTER",
    "TEGELLAGEN",
    "Tegel",
    "Tegelbron",
    "Tegellaag",
    "Tegelobject",
    "Uitsnede",
    "encode_tile",
    "make_uitsnede",
    "tile_at",
    "warm_up",
]
