"""The area engine: how many m2 of A lie in each of B."""

from kaartlagen.overlay.errors import (
    GeannuleerdError,
    NietOndersteundError,
    OppervlakteindexError,
)
from kaartlagen.overlay.index import AreaIndex
from kaartlagen.overlay.opwarmen import warm_up
from kaartlagen.overlay.paren import Oppervlakteparen, area_join
from kaartlagen.overlay.verenigen import union_area
from kaartlagen.overlay.vlakleggen import OVERLAP_M2, Vlaklegging, flatten

__all__ = [
    "OVERLAP_M2",
    "AreaIndex",
    "GeannuleerdError",
    "NietOndersteundError",
    "OppervlakteindexError",
    "Oppervlakteparen",
    "Vlaklegging",
    "area_join",
    "flatten",
    "union_area",
    "warm_up",
]
