"""Naming the rows of a finding: only those that it shows."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kaartlagen.controles import MAX_VOORBEELDEN
from kaartlagen.laagframe import row_name


def name_marked(
    kolommen: pd.DataFrame,
    masker: NDArray[np.bool_],
    toevoeging: Callable[[int], str] | None = None,
) -> list[str]:
    """Name the first marked rows; `toevoeging` gives what to add for the row at a position."""
    plekken = np.flatnonzero(masker)[:MAX_VOORBEELDEN].tolist()
    if toevoeging is None:
        return [row_name(kolommen, plek) for plek in plekken]
    return [f"{row_name(kolommen, plek)}: {toevoeging(plek)}" for plek in plekken]
