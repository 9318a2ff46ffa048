"""Which locaties are touched when a layer changes from one snapshot to the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from daeb_locaties.model import Locatie
from kaartlagen.overlay import OVERLAP_M2, area_join, union_area
from kaartlagen.vergelijken import Vergelijking


@dataclass(frozen=True, slots=True)
class GeraakteLocatie:
    """A locatie on ground where a layer now says something else.

    `oppervlakte_m2` is the ground of the locatie that is concerned, counted once; None for
    a locatie that is a point. `nieuw`, `weg` and `gewijzigd` count the objects.
    """

    locatie_id: str
    naam: str
    oppervlakte_m2: float | None
    nieuw: int
    weg: int
    gewijzigd: int


def find_geraakt(
    locaties: Sequence[Locatie], vergelijking: Vergelijking
) -> tuple[GeraakteLocatie, ...]:
    """Find the locaties that share ground with what differs, in the order given.

    A border that is only touched does not count. Points and lines touch a locatie when
    they lie in it.
    """
    vormen = _array([loc.geometrie_rd for loc in locaties])
    plekken = _array([verschil.plek_rd for verschil in vergelijking.verschillen])
    wie, wat = _touching(vormen, plekken)
    grond = _ground(vormen, plekken, wie, wat)
    uit = []
    for rij in np.unique(wie).tolist():
        locatie = locaties[rij]
        telling = Counter(vergelijking.verschillen[k].soort for k in wat[wie == rij])
        uit.append(
            GeraakteLocatie(
                locatie_id=locatie.id,
                naam=locatie.naam,
                oppervlakte_m2=None if locatie.oppervlakte_m2 is None else float(grond[rij]),
                nieuw=telling["nieuw"],
                weg=telling["weg"],
                gewijzigd=telling["gewijzigd"],
            )
        )
    return tuple(uit)


def _array(vormen: Sequence[shapely.Geometry]) -> npt.NDArray[np.object_]:
    uit = np.empty(len(vormen), dtype=object)
    uit[:] = vormen
    return uit


def _touching(
    vormen: npt.NDArray[np.object_], plekken: npt.NDArray[np.object_]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Give the pairs of locaties and differences that share ground, or a point or line."""
    paren = area_join(vormen, plekken)
    echt = paren.area_m2 > OVERLAP_M2
    boom = shapely.STRtree(plekken)
    wie, wat = boom.query(vormen, predicate="intersects")
    # What holds no ground of itself cannot share any.
    dun = (shapely.get_dimensions(vormen)[wie] < 2) | (shapely.get_dimensions(plekken)[wat] < 2)
    return (
        np.concatenate([paren.left[echt], wie[dun]]),
        np.concatenate([paren.right[echt], wat[dun]]),
    )


def _ground(
    vormen: npt.NDArray[np.object_],
    plekken: npt.NDArray[np.object_],
    wie: npt.NDArray[np.int64],
    wat: npt.NDArray[np.int64],
) -> npt.NDArray[np.float64]:
    """Measure per locatie the ground that is concerned."""
    uit: npt.NDArray[np.float64] = np.zeros(len(vormen))
    rijen, nodig = np.unique(wie), np.unique(wat)
    if len(rijen):
        uit[rijen] = union_area(vormen[rijen], plekken[nodig])
    return uit
