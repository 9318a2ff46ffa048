"""Overlaps in layers that divide the ground: gemeenten, percelen, the bestemmingen of a plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kaartlagen.controles import MAX_VOORBEELDEN, Bevinding, Controle
from kaartlagen.getallen import square_metres
from kaartlagen.inhoudcontroles import (
    BESTEMMINGEN_OVERLAPPEN,
    GEMEENTEN_OVERLAPPEN,
    PERCELEN_OVERLAPPEN,
)
from kaartlagen.laagframe import row_name
from kaartlagen.overlay import Oppervlakteparen, area_join

OVERLAP_MELDEN_M2 = 1.0
"""Shared ground up to this area is how borders are drawn, not an overlap to look into."""


@dataclass(frozen=True, slots=True)
class Dekking:
    """A layer, or those rows of it where `alleen` (column, value) holds, that has no overlaps.

    `per` names the column within whose equal values that is so; None for the whole layer.
    """

    controle: Controle
    alleen: tuple[str, str] | None = None
    per: str | None = None


DEKKINGEN = MappingProxyType(
    {
        "gemeenten": Dekking(GEMEENTEN_OVERLAPPEN),
        "percelen": Dekking(PERCELEN_OVERLAPPEN),
        "bestemmingsvlakken": Dekking(
            BESTEMMINGEN_OVERLAPPEN, alleen=("soort", "enkelbestemming"), per="idn"
        ),
    }
)
"""The layers in which objects may not overlap."""


def overlap_findings(
    laag: str,
    kolommen: pd.DataFrame,
    geometrie: NDArray[np.object_],
    voortgang: Callable[[str, int, int], None] | None = None,
) -> tuple[Bevinding, ...]:
    """Report the pairs of rows that share ground and may not; the largest are named."""
    dekking = DEKKINGEN.get(laag)
    if dekking is None:
        return ()
    rijen = np.arange(len(kolommen))
    if dekking.alleen is not None:
        kolom, waarde = dekking.alleen
        rijen = np.flatnonzero((kolommen[kolom] == waarde).to_numpy(dtype=bool))
    if len(rijen) < 2:
        return ()
    if voortgang is not None:
        voortgang("overlap zoeken (de eerste keer een halve minuut)", 0, 1)
    paren = _overlaps(geometrie[rijen])
    if dekking.per is not None:
        groep = kolommen[dekking.per].to_numpy()[rijen]
        paren = _take(paren, groep[paren.left] == groep[paren.right])
    return _report(dekking.controle, kolommen, rijen, paren)


def _overlaps(vormen: NDArray[np.object_]) -> Oppervlakteparen:
    """Measure every pair once, above the area that is worth a word."""
    paren = area_join(vormen, vormen)
    return _take(paren, (paren.left < paren.right) & (paren.area_m2 > OVERLAP_MELDEN_M2))


def _take(paren: Oppervlakteparen, houd: NDArray[np.bool_]) -> Oppervlakteparen:
    return Oppervlakteparen(paren.left[houd], paren.right[houd], paren.area_m2[houd])


def _report(
    controle: Controle, kolommen: pd.DataFrame, rijen: NDArray[np.intp], paren: Oppervlakteparen
) -> tuple[Bevinding, ...]:
    grootste = np.argsort(-paren.area_m2, kind="stable")[:MAX_VOORBEELDEN].tolist()
    voorbeelden = [
        f"{row_name(kolommen, int(rijen[paren.left[k]]))} en "
        f"{row_name(kolommen, int(rijen[paren.right[k]]))}: {square_metres(paren.area_m2[k])}"
        for k in grootste
    ]
    samen = square_metres(float(paren.area_m2.sum()))
    return controle.report(len(paren), voorbeelden, uitleg=f"Het gaat samen om {samen}.")
