"""Kadastrale percelen a column at a time: the rules of `percelen`, for many rows.

Tests hold both against each other.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kaartlagen.bronnen.arrowwaarden import map_values, repeated, text_column
from kaartlagen.bronnen.deel import Deel, OngeschiktError
from kaartlagen.bronnen.percelen import read_area, read_number
from kaartlagen.controles import AANDUIDING_ONVOLLEDIG, MAX_VOORBEELDEN, PERCEEL_DUBBEL, Bevinding
from kaartlagen.laagframe import columns_from_arrow, contract_schema, row_names
from kaartlagen.registercontroles import PERCEEL_VERVALLEN

TEKSTEN = ("perceel_id", "kadastrale_gemeente", "soort_grootte", "eigenaar")


def parcel_table(waarden: Mapping[str, pa.Array], aantal: int) -> pa.Table:
    """Make the contract columns of percelen, as `percelen.parcel_columns`.

    Parameters
    ----------
    waarden
        The same parts; one that the source does not have is absent.
    aantal
        How many rows there are.

    Raises
    ------
    OngeschiktError
        When a column is of a type that only the other road reads.
    """
    leeg = pa.nulls(aantal, pa.string())
    delen = {naam: text_column(waarden.get(naam, leeg)) for naam in (*TEKSTEN, "akr", "sectie")}
    nummer = _numbers(waarden.get("perceelnummer", leeg))
    eigen = pc.binary_join_element_wise(
        delen["akr"], delen["sectie"], nummer.cast(pa.string()), " "
    )
    kolommen = {
        **{naam: delen[naam] for naam in TEKSTEN},
        "aanduiding": pc.coalesce(text_column(waarden.get("aanduiding", leeg)), eigen),
        "sectie": delen["sectie"],
        "perceelnummer": nummer,
        "kadastrale_grootte_m2": _areas(waarden.get("grootte", leeg)),
    }
    schema = contract_schema("percelen")
    return pa.table([kolommen[naam] for naam in schema.names], schema=schema)


class Perceeltelling:
    """What `percelen.read_percelen` finds in a whole table, gathered part by part."""

    def __init__(self) -> None:
        self._zonder = self._vervallen = 0
        self._zonder_namen: list[str] = []
        self._vervallen_namen: list[str] = []
        self._ids: list[pa.Array] = []

    def add(self, deel: Deel, eerste: int) -> None:
        """Count a part, of which the first row is number `eerste` of the source."""
        zonder = np.flatnonzero(deel.kolommen.column("aanduiding").is_null())
        self._zonder += len(zonder)
        kort = zonder[: MAX_VOORBEELDEN - len(self._zonder_namen)]
        if len(kort):
            kolommen = deel.kolommen.take(pa.array(kort))
            frame = columns_from_arrow("percelen", kolommen, (deel.rijen[kort] + eerste).tolist())
            self._zonder_namen += row_names(frame)
        # A copy: a column as it was read holds on to all of its part.
        if len(deel.rijen):
            self._ids.append(pa.concat_arrays(deel.kolommen.column("perceel_id").chunks))
        self._vervallen += deel.gelezen - len(deel.rijen)
        self._vervallen_namen += deel.weggelaten[: MAX_VOORBEELDEN - len(self._vervallen_namen)]

    def findings(self) -> tuple[Bevinding, ...]:
        """Report on all parts together."""
        ids = pa.chunked_array(self._ids, pa.string()).combine_chunks()
        plekken = np.flatnonzero(repeated(ids))
        namen = ids.take(pa.array(plekken[:MAX_VOORBEELDEN])).to_pylist()
        return (
            *PERCEEL_VERVALLEN.report(self._vervallen, self._vervallen_namen),
            *AANDUIDING_ONVOLLEDIG.report(self._zonder, self._zonder_namen),
            *PERCEEL_DUBBEL.report(len(plekken), namen),
        )


def without_prefix(kolom: pa.Array, begin: str) -> pa.Array:
    """Leave out what texts begin with, where they do."""
    wel = pc.starts_with(kolom, begin)
    if not pc.any(wel).as_py():
        return kolom
    return pc.if_else(wel, pc.utf8_slice_codeunits(kolom, len(begin)), kolom)


def _numbers(kolom: pa.Array) -> pa.Array:
    if pa.types.is_string(kolom.type) and _all_match(kolom, "^[0-9]{1,18}$"):
        return kolom.cast(pa.int64())
    if pa.types.is_integer(kolom.type):
        try:
            return kolom.cast(pa.int64())
        except pa.ArrowInvalid as fout:
            raise OngeschiktError(str(fout)) from fout
    if pa.types.is_null(kolom.type):
        return kolom.cast(pa.int64())
    return map_values(kolom, read_number, pa.int64())


def _all_match(kolom: pa.Array, patroon: str) -> bool:
    """Say whether every text in a column has some form."""
    return bool(pc.all(pc.match_substring_regex(kolom, patroon), min_count=0).as_py())


def _areas(kolom: pa.Array) -> pa.Array:
    if pa.types.is_string(kolom.type) and _all_match(kolom, "^[0-9]{1,15}([.][0-9]{1,6})?$"):
        return kolom.cast(pa.float64())
    if pa.types.is_null(kolom.type):
        return kolom.cast(pa.float64())
    if pa.types.is_integer(kolom.type):
        return kolom.cast(pa.float64(), safe=False)
    if not pa.types.is_floating(kolom.type):
        return map_values(kolom, read_area, pa.float64())
    getallen = kolom.cast(pa.float64())
    if getallen.null_count == len(getallen) or not pc.any(pc.is_nan(getallen)).as_py():
        return getallen
    return pc.if_else(pc.is_nan(getallen), pa.scalar(None, pa.float64()), getallen)
