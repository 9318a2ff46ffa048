"""Columns of text and numbers as `kaartlagen.laagframe` reads them, a whole column at a time.

The rules are those of `as_text`. Only values that a rule could change pass through Python;
where a column repeats its values, each of them once.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from kaartlagen.bronnen.deel import OngeschiktError
from kaartlagen.laagframe import as_text

_EERSTE_TEKEN, _LAATSTE_TEKEN = 0x21, 0x7E


def text_column(kolom: pa.Array) -> pa.Array:
    """Give a column as text: trimmed, null for missing or empty, 363.0 as 363.

    Raises
    ------
    OngeschiktError
        When the column holds something else than text or numbers.
    """
    soort = kolom.type
    if pa.types.is_string(soort):
        return _trimmed(kolom)
    if pa.types.is_null(soort):
        return kolom.cast(pa.string())
    if pa.types.is_integer(soort):
        return kolom.cast(pa.string())
    if pa.types.is_large_string(soort) or pa.types.is_dictionary(soort):
        return _trimmed(kolom.cast(pa.string()))
    return map_values(kolom, as_text, pa.string())


def map_values(kolom: pa.Array, regel: Callable[[object], object], soort: pa.DataType) -> pa.Array:
    """Apply a rule for single values to a column, to each different value once.

    Raises
    ------
    OngeschiktError
        When the column holds something else than text or numbers, or a number too large.
    """
    if not (
        pa.types.is_string(kolom.type)
        or pa.types.is_large_string(kolom.type)
        or pa.types.is_floating(kolom.type)
        or pa.types.is_integer(kolom.type)
    ):
        raise OngeschiktError(f"a column of type {kolom.type}")
    gecodeerd = kolom.dictionary_encode()
    try:
        waarden = pa.array([regel(w) for w in gecodeerd.dictionary.to_pylist()], soort)
    except (pa.ArrowInvalid, OverflowError) as fout:
        raise OngeschiktError(str(fout)) from fout
    return waarden.take(gecodeerd.indices)


def repeated(kolom: pa.Array) -> NDArray[np.bool_]:
    """Mark values that the column held before; null is no value."""
    codes = kolom.dictionary_encode().indices.fill_null(-1).to_numpy(zero_copy_only=False)
    # Codes count up as values appear, so a new value is one above all before it.
    hoogste = np.maximum.accumulate(np.concatenate([[-1], codes]))[:-1]
    masker: NDArray[np.bool_] = (codes >= 0) & (codes <= hoogste)
    return masker


def _trimmed(kolom: pa.Array) -> pa.Array:
    """Trim the texts that begin or end with anything but a visible ASCII sign."""
    _, plaatsen, inhoud = kolom.buffers()
    if len(kolom) == 0 or plaatsen is None:
        return kolom
    plaats = np.frombuffer(plaatsen, np.int32)[kolom.offset : kolom.offset + len(kolom) + 1]
    tekens = np.frombuffer(inhoud, np.uint8) if inhoud is not None else np.zeros(0, np.uint8)
    if (tekens[plaats[0] : plaats[-1]] == 0).any():
        raise OngeschiktError("text with a NUL")
    leeg = plaats[:-1] == plaats[1:]
    if len(tekens) == 0:
        return pa.nulls(len(kolom), pa.string())
    eerste = tekens[np.minimum(plaats[:-1], len(tekens) - 1)]
    laatste = tekens[np.maximum(plaats[1:] - 1, 0)]
    gewoon = _visible(eerste) & _visible(laatste)
    anders = (leeg | ~gewoon) & ~_is_null(kolom)
    if not anders.any():
        return kolom
    plekken = pa.array(np.flatnonzero(anders))
    nieuw = pa.array([as_text(tekst) for tekst in kolom.take(plekken).to_pylist()], pa.string())
    return pc.replace_with_mask(kolom, pa.array(anders), nieuw)


def _visible(tekens: NDArray[np.uint8]) -> NDArray[np.bool_]:
    zichtbaar: NDArray[np.bool_] = (tekens >= _EERSTE_TEKEN) & (tekens <= _LAATSTE_TEKEN)
    return zichtbaar


def _is_null(kolom: pa.Array) -> NDArray[np.bool_]:
    masker: NDArray[np.bool_] = kolom.is_null().to_numpy(zero_copy_only=False)
    return masker
