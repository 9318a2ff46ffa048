"""Kadastrale percelen from a table, part by part: what `percelen.read_percelen` reads whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kaartlagen.bestandsvorm import Vorm
from kaartlagen.bronnen.deel import Deel, OngeschiktError, Stroom
from kaartlagen.bronnen.percelen import part_columns
from kaartlagen.bronnen.percelen_arrow import Perceeltelling, parcel_table
from kaartlagen.bronnen.percelen_historie import ended_rows, history_columns
from kaartlagen.controles import MAX_VOORBEELDEN
from kaartlagen.laagframe import columns_from_arrow, row_names
from kaartlagen.lezen import Laagkop, read_parts, to_pandas

PER_DEEL = 32_768
_VORMEN = frozenset({Vorm.GEOPACKAGE, Vorm.FLATGEOBUF})
"""Forms whose columns have their whole names and their types from the start."""
_PUNTEN_EN_KROMMEN = frozenset({1, 4, *range(8, 15)})
"""WKB types that the other road reads or refuses."""


@dataclass(frozen=True, slots=True)
class _Stuk:
    """Rows as they were read: the source's columns, WKB, and the number of the first row."""

    tabel: pa.Table
    wkb: pa.Array
    eerste: int


def stream_percelen(kop: Laagkop) -> Stroom:
    """Read percelen from a table part by part.

    Raises
    ------
    OngeschiktError
        When it takes the reader of whole tables to understand this one.
    """
    namen = part_columns(kop.kolommen)
    if kop.vorm not in _VORMEN or kop.keuze is not None or namen is None:
        raise OngeschiktError(f"{kop.vorm.value}, columns {kop.kolommen}")
    historie = history_columns(kop.kolommen)
    return Stroom(
        laag="percelen",
        crs=kop.crs,
        bron=kop.pad.name,
        vorm=kop.vorm.value,
        stukken=_pieces(kop, tuple(dict.fromkeys((*namen.values(), *historie)))),
        maak=part_maker(namen, historie),
        telling=Perceeltelling(),
        verwacht=kop.aantal,
    )


def part_maker(namen: Mapping[str, str], historie: tuple[str, ...]) -> Callable[[_Stuk], Deel]:
    """Give the function that makes a part of a piece.

    Parameters
    ----------
    namen
        Per part of a perceel (see `percelen_arrow.parcel_table`) the column that holds it.
    historie
        The columns that say which rows no longer hold.
    """

    def make(stuk: _Stuk) -> Deel:
        _require_straight_surfaces(stuk.wkb)
        aantal = len(stuk.wkb)
        kolommen = parcel_table(
            {deel: _whole(stuk.tabel.column(naam)) for deel, naam in namen.items()}, aantal
        )
        voorbij = np.zeros(aantal, dtype=bool)
        if historie:
            voorbij = ended_rows(to_pandas(stuk.tabel.select(list(historie))))
        rijen = np.arange(aantal, dtype=np.int64)
        if not voorbij.any():
            return Deel(kolommen, stuk.wkb, rijen, aantal)
        weg = np.flatnonzero(voorbij)[:MAX_VOORBEELDEN]
        frame = columns_from_arrow(
            "percelen", kolommen.take(pa.array(weg)), (weg + stuk.eerste).tolist()
        )
        houd = pa.array(~voorbij)
        return Deel(
            kolommen.filter(houd),
            stuk.wkb.filter(houd),
            rijen[~voorbij],
            aantal,
            weggelaten=tuple(row_names(frame)),
        )

    return make


def _pieces(kop: Laagkop, kolommen: tuple[str, ...]) -> Iterator[_Stuk]:
    eerste = 0
    for tabel, wkb in read_parts(kop, kolommen, PER_DEEL):
        yield _Stuk(tabel, wkb, eerste)
        eerste += len(wkb)


def _require_straight_surfaces(wkb: pa.Array) -> None:
    """Leave points and curves to the other road; tell them by the first bytes."""
    soorten = _wkb_types(wkb)
    if np.isin(soorten % 1000, list(_PUNTEN_EN_KROMMEN)).any():
        raise OngeschiktError("points or curves")


def _wkb_types(wkb: pa.Array) -> NDArray[np.int64]:
    """Give the geometry type of every row that has one."""
    _, plaatsen, inhoud = wkb.buffers()
    if inhoud is None or len(wkb) == wkb.null_count:
        return np.empty(0, np.int64)
    breed = np.int64 if pa.types.is_large_binary(wkb.type) else np.int32
    plaats = np.frombuffer(plaatsen, breed)[wkb.offset : wkb.offset + len(wkb) + 1]
    begin = plaats[:-1][np.diff(plaats) >= 5].astype(np.int64)
    data = np.frombuffer(inhoud, np.uint8)
    if (data[begin] != 1).any():
        raise OngeschiktError("WKB of another byte order")
    soort = sum(data[begin + 1 + k].astype(np.int64) << (8 * k) for k in range(4))
    uit: NDArray[np.int64] = np.asarray(soort, np.int64) & 0x0FFFFFFF
    return uit


def _whole(kolom: pa.ChunkedArray) -> pa.Array:
    return kolom.chunk(0) if kolom.num_chunks == 1 else kolom.combine_chunks()
