"""Frames that obey a layer contract: its columns, in its order, of its types."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from kaartlagen.crs import RD
from kaartlagen.lagen import LAGEN, Kolomtype

_GROOTSTE = 2**63 - 1
_PRECIES = 2.0**53
"""Beyond this a floating-point number is no longer every whole number."""

ARROWTYPEN: dict[Kolomtype, pa.DataType] = {
    "text": pa.string(),
    "int": pa.int64(),
    "float": pa.float64(),
    "bool": pa.bool_(),
}


def contract_columns(
    laag: str, kolommen: Mapping[str, Iterable[object]], index: Sequence[int] | pd.Index[Any]
) -> pd.DataFrame:
    """Make the attribute columns of a layer.

    Parameters
    ----------
    laag
        Name of a contract in `kaartlagen.lagen`.
    kolommen
        Values per column name; a column of the contract that is absent becomes None.
    index
        Row labels: the row's number in its source, from 0.

    Returns
    -------
    pandas.DataFrame
        The contract's columns in its order. Text is of type object with None where the
        source does not say; integers are Int64; numbers float64; booleans `boolean`.
    """
    rijen = pd.Index(index)
    data = {
        kolom.naam: typed(kolommen.get(kolom.naam, [None] * len(rijen)), kolom.type, rijen)
        for kolom in LAGEN[laag].kolommen
    }
    return pd.DataFrame(data, index=rijen)


def contract_schema(laag: str) -> pa.Schema:
    """Give the columns of a layer as Arrow types."""
    return pa.schema([(kolom.naam, ARROWTYPEN[kolom.type]) for kolom in LAGEN[laag].kolommen])


def columns_from_arrow(
    laag: str, tabel: pa.Table, index: Sequence[int] | pd.Index[Any] | None = None
) -> pd.DataFrame:
    """Make the attribute columns of a layer, as `contract_columns`, of an Arrow table.

    Parameters
    ----------
    laag
        Name of a contract.
    tabel
        Its columns with the types of `contract_schema`; others are passed over.
    index
        Row labels; None to count from 0.
    """
    rijen = pd.RangeIndex(len(tabel)) if index is None else pd.Index(index)
    kolommen = {
        kolom.naam: _from_arrow(tabel.column(kolom.naam), kolom.type).set_axis(rijen)
        for kolom in LAGEN[laag].kolommen
    }
    return pd.DataFrame(kolommen, index=rijen)


def layer_frame(kolommen: pd.DataFrame, geometrie: NDArray[np.object_]) -> gpd.GeoDataFrame:
    """Join attribute columns and geometry (EPSG:28992, same rows) to a layer."""
    reeks = gpd.GeoSeries(geometrie, index=kolommen.index, crs=RD)
    return gpd.GeoDataFrame(kolommen, geometry=reeks, crs=RD)


def typed(waarden: Iterable[object], soort: Kolomtype, index: pd.Index[Any]) -> pd.Series[Any]:
    """Make one column of a contract's type."""
    # A pandas column hands out its values one by one far slower than all at once.
    lijst = waarden.astype(object).tolist() if isinstance(waarden, pd.Series) else list(waarden)
    if soort == "text":
        teksten = np.empty(len(lijst), dtype=object)
        teksten[:] = [as_text(waarde) for waarde in lijst]
        return pd.Series(teksten, index=index, dtype=object)
    if soort == "int":
        return pd.Series([_whole(waarde) for waarde in lijst], index=index, dtype="Int64")
    if soort == "bool":
        return pd.Series([_truth(waarde) for waarde in lijst], index=index, dtype="boolean")
    return pd.Series([_real(waarde) for waarde in lijst], index=index, dtype="float64")


def _whole(waarde: object) -> int | None:
    """Give a whole number that the column can hold; None for anything else."""
    if type(waarde) is int:
        return waarde if abs(waarde) <= _GROOTSTE else None
    if isinstance(waarde, np.integer):
        return _whole(int(waarde))
    getal = _real(waarde)
    if getal is None or not abs(getal) <= _PRECIES or not getal.is_integer():
        return None
    return int(getal)


def _real(waarde: object) -> float | None:
    """Give a number, also of text; None for anything else."""
    if type(waarde) is float:
        return waarde
    if is_missing(waarde) or not isinstance(waarde, str | int | float | np.number):
        return None
    try:
        return float(waarde)
    except (ValueError, OverflowError):
        return None


def _truth(waarde: object) -> bool | None:
    """Give a yes or no, also of 1 and 0; None for anything else."""
    if isinstance(waarde, bool | np.bool_):
        return bool(waarde)
    if is_missing(waarde) or not isinstance(waarde, int | float | np.number):
        return None
    return bool(waarde) if waarde in (0, 1) else None


def _from_arrow(kolom: pa.ChunkedArray, soort: Kolomtype) -> pd.Series[Any]:
    if soort == "text":
        return pd.Series(kolom.to_numpy(), dtype=object)
    if soort == "float":
        return pd.Series(kolom.to_numpy(), dtype="float64")
    dtype = pd.Int64Dtype() if soort == "int" else pd.BooleanDtype()
    reeks: pd.Series[Any] = kolom.to_pandas(types_mapper=lambda _: dtype)
    return reeks


def as_text(waarde: object) -> str | None:
    """Give a value as trimmed text; None for missing or empty. 363.0 reads as 363."""
    if type(waarde) is str:  # by far the most: no need to ask further
        return waarde.strip() or None
    if is_missing(waarde):
        return None
    if isinstance(waarde, float | np.floating) and float(waarde).is_integer():
        return str(int(waarde))
    return str(waarde).strip() or None


def is_missing(waarde: object) -> bool:
    """Say whether a value stands for nothing: None, NaN, NaT or pandas' NA."""
    if waarde is None or waarde is pd.NA or waarde is pd.NaT:
        return True
    return isinstance(waarde, float | np.floating) and math.isnan(waarde)


def rest_as_json(kolommen: pd.DataFrame) -> list[str | None]:
    """Give all columns of each row as one JSON object, for a layer's `overig`.

    Nothing is lost: names and order as in the source, null where it has nothing, dates
    as ISO text. None for every row when there are no columns.
    """
    if kolommen.shape[1] == 0:
        return [None] * len(kolommen)
    namen = [str(naam) for naam in kolommen.columns]
    lijsten = [kolommen.iloc[:, plek].astype(object).tolist() for plek in range(len(namen))]
    return [
        json.dumps(
            {naam: _plain(waarde) for naam, waarde in zip(namen, rij, strict=True)},
            ensure_ascii=False,
            allow_nan=False,
        )
        for rij in zip(*lijsten, strict=True)
    ]


def row_name(frame: pd.DataFrame, plek: int) -> str:
    """Name the row at a position for people: its first two filled columns, else its number."""
    rij = frame.iloc[plek]
    delen = [as_text(rij[k]) for k in frame.columns if k not in {"geometry", "overig"}]
    gevuld = [deel for deel in delen if deel][:2]
    return " ".join(gevuld) or f"rij {int(frame.index[plek]) + 1}"


def row_names(frame: pd.DataFrame, hoeveel: int = 10) -> list[str]:
    """Name the first rows of a frame for people."""
    return [row_name(frame, plek) for plek in range(min(hoeveel, len(frame)))]


def _plain(waarde: object) -> object:
    if is_missing(waarde):
        return None
    if isinstance(waarde, np.generic):
        return _plain(waarde.item())
    if isinstance(waarde, float) and not math.isfinite(waarde):
        return str(waarde)
    if isinstance(waarde, datetime | date):
        return waarde.isoformat()
    if isinstance(waarde, bytes):
        return waarde.hex()
    if isinstance(waarde, np.ndarray | list | tuple):
        return [_plain(deel) for deel in waarde]
    if isinstance(waarde, dict):
        return {str(sleutel): _plain(deel) for sleutel, deel in waarde.items()}
    return waarde if isinstance(waarde, str | int | float | bool) else str(waarde)
