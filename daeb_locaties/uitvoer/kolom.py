"""Columns of an outgoing table: each with a fixed type, so that None never changes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

import pandas as pd
import pyarrow as pa

from kaartlagen.uitvoervorm import writable_texts

Rij = TypeVar("Rij")
Soort = Literal["tekst", "geheel", "getal", "ja_nee", "datum"]

# Arrow types say None and nothing else for "not known", in every kind of column.
_TYPEN: dict[Soort, pd.ArrowDtype] = {
    "tekst": pd.ArrowDtype(pa.string()),
    "geheel": pd.ArrowDtype(pa.int64()),
    "getal": pd.ArrowDtype(pa.float64()),
    "ja_nee": pd.ArrowDtype(pa.bool_()),
    "datum": pd.ArrowDtype(pa.date32()),
}


@dataclass(frozen=True, slots=True)
class Kolom(Generic[Rij]):
    """One column: its name, its type, and how a row gives its value (None: not known)."""

    naam: str
    soort: Soort
    waarde: Callable[[Rij], object]


def to_table(kolommen: Sequence[Kolom[Rij]], rijen: Sequence[Rij]) -> pd.DataFrame:
    """Make a table with one row per item of `rijen`, in that order.

    Returns
    -------
    pandas.DataFrame
        Arrow-typed columns in the order of `kolommen`; the same types without rows.
    """
    return pd.DataFrame(
        {
            kolom.naam: pd.Series(
                writable_texts([kolom.waarde(rij) for rij in rijen]), dtype=_TYPEN[kolom.soort]
            )
            for kolom in kolommen
        }
    )
