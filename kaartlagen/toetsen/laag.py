"""Every check on content that a layer asks for, in one call."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kaartlagen.controles import Bevinding
from kaartlagen.toetsen.dekking import overlap_findings
from kaartlagen.toetsen.dubbel import double_findings
from kaartlagen.toetsen.maten import Maten, measure
from kaartlagen.toetsen.vormen import shape_findings
from kaartlagen.toetsen.waarden import value_findings

Voortgang = Callable[[str, int, int], None]


def check_layer(
    laag: str,
    frame: gpd.GeoDataFrame,
    op: date,
    voortgang: Voortgang | None = None,
    *,
    maten: Maten | None = None,
) -> tuple[Bevinding, ...]:
    """Check the rows of a layer against each other and against the lists.

    Parameters
    ----------
    laag
        A layer of `kaartlagen.lagen`.
    frame
        Its columns and valid geometry in EPSG:28992.
    op
        The day of reading: dates after it lie in the future.
    voortgang
        Called as (stap, gedaan, totaal) while overlaps are measured.
    maten
        The measures of the rows, where they are known already.

    Returns
    -------
    tuple of Bevinding
        Of level `waarschuwing` or `melding`; none refuses a row.
    """
    if frame.empty:
        return ()
    kolommen = pd.DataFrame(frame.drop(columns=frame.geometry.name))
    geometrie: NDArray[np.object_] = frame.geometry.to_numpy()
    bekend = measure(geometrie) if maten is None else maten
    return (
        *shape_findings(laag, kolommen, geometrie, bekend),
        *double_findings(laag, kolommen, geometrie, bekend),
        *overlap_findings(laag, kolommen, geometrie, voortgang),
        *value_findings(laag, kolommen, bekend, op),
    )
