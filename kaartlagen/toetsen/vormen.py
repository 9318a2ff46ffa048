"""Shapes that are valid and yet suspect: slivers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from kaartlagen.controles import Bevinding
from kaartlagen.inhoudcontroles import SPLINTER
from kaartlagen.lagen import LAGEN
from kaartlagen.toetsen.maten import Maten, measure
from kaartlagen.toetsen.namen import name_marked

SPLINTER_BREEDTE_M = 0.10
"""A polygon that is narrower than this on average is a sliver (text of KL320)."""

_VLAKTYPEN = (3, 6)


def shape_findings(
    laag: str, kolommen: pd.DataFrame, geometrie: NDArray[np.object_], maten: Maten
) -> tuple[Bevinding, ...]:
    """Report polygons that are slivers or have parts that are."""
    if LAGEN[laag].geometrie not in {"vlak", "alle"}:
        return ()
    dun = slivers(geometrie, maten)
    return SPLINTER.report(int(dun.sum()), name_marked(kolommen, dun))


def slivers(geometrie: NDArray[np.object_], maten: Maten) -> NDArray[np.bool_]:
    """Mark the polygons of which a part is narrower than `SPLINTER_BREEDTE_M` on average.

    A strip of length l and width w has area l w and an outline of some 2 l.
    """
    dun = _thin(geometrie, maten)
    samengesteld = np.flatnonzero(shapely.get_num_geometries(geometrie) > 1)
    if len(samengesteld):
        delen, rij = shapely.get_parts(geometrie[samengesteld], return_index=True)
        dun[samengesteld[rij[_thin(delen, measure(delen))]]] = True
    return dun


def _thin(geometrie: NDArray[np.object_], maten: Maten) -> NDArray[np.bool_]:
    dun: NDArray[np.bool_] = 2 * maten.oppervlakte_m2 < SPLINTER_BREEDTE_M * maten.omtrek_m
    return dun & np.isin(shapely.get_type_id(geometrie), _VLAKTYPEN)
