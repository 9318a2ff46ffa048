"""End dates in tables: which rows have one. An end in the year 9999 stands for none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kaartlagen.bronnen.kolommen import find_column
from kaartlagen.laagframe import as_text


def is_open_end(waarde: object) -> bool:
    """Say whether an end date is none: empty, or the far end of time that stands for it."""
    tekst = as_text(waarde)
    return tekst is None or tekst.startswith("9999")


def rows_with_end(kolommen: pd.DataFrame, namen: Sequence[Sequence[str]]) -> NDArray[np.bool_]:
    """Mark the rows that have an end in one of some columns.

    Parameters
    ----------
    kolommen
        The attributes of a table.
    namen
        Per kind of end what its column may be called, as for `find_column`.
    """
    eigen = [str(naam) for naam in kolommen.columns]
    uit = np.zeros(len(kolommen), dtype=bool)
    for zoek in namen:
        naam = find_column(eigen, zoek)
        if naam is not None:
            uit |= _ended(kolommen[naam])
    return uit


def _ended(einden: pd.Series[Any]) -> NDArray[np.bool_]:
    gevuld = einden.notna().to_numpy(dtype=bool)
    uit = np.zeros(len(einden), dtype=bool)
    uit[gevuld] = [not is_open_end(waarde) for waarde in einden[gevuld]]
    return uit
