"""Arrow WKB gives what shapely gives, and broken bytes give an error and never an area."""

from __future__ import annotations

import struct
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from kaartlagen.overlay import AreaIndex, NietOndersteundError, area_join
from kaartlagen.overlay.ringen import read_ringen
from kaartlagen.overlay.wkb import read_ringen_wkb

_GAT = shapely.Polygon(
    [(0, 0), (9, 0), (9, 9), (0, 9)], [[(1, 1), (2, 1), (2, 2)], [(4, 4), (8, 4), (8, 8)]]
)
_VORMEN = [
    shapely.box(0, 0, 5, 5),
    None,
    _GAT,
    shapely.MultiPolygon([shapely.box(20, 0, 25, 5), _GAT]),
    shapely.Polygon(),
    shapely.MultiPolygon(),
]


def _equal(een: Any, ander: Any) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(een, ander, strict=True))


@pytest.mark.parametrize("soort", [pa.binary(), pa.large_binary()])
def test_rings_are_those_of_shapely(soort: pa.DataType) -> None:
    vormen = np.array(_VORMEN, dtype=object)
    wkb = pa.array(shapely.to_wkb(vormen), soort)
    assert _equal(read_ringen_wkb(wkb), read_ringen(vormen))
    assert _equal(read_ringen_wkb(wkb[2:4]), read_ringen(vormen[2:4]))


def test_chunks_are_one_layer() -> None:
    vormen = np.array(_VORMEN * 2000, dtype=object)
    wkb = shapely.to_wkb(vormen)
    stukken = pa.chunked_array([wkb[:7], wkb[7:5001], wkb[5001:]])
    heel, via = area_join(vormen[:50], vormen), area_join(stukken[:50], stukken)
    assert (heel.left == via.left).all()
    assert (heel.right == via.right).all()
    assert (heel.area_m2 == via.area_m2).all()


@pytest.mark.parametrize(
    "naar_wkb",
    [
        lambda v: shapely.to_wkb(v, byte_order=0),
        lambda v: shapely.to_wkb(shapely.force_3d(v, 4.0)),
        lambda v: shapely.to_wkb(shapely.set_srid(v, 28992), include_srid=True),
    ],
    ids=["big-endian", "3D", "EWKB"],
)
def test_other_wkb_goes_by_way_of_shapely(naar_wkb: Any) -> None:
    vormen = np.array([shapely.box(0, 0, 2, 2), _GAT], dtype=object)
    wkb = pa.array([naar_wkb(vorm) for vorm in vormen])
    assert AreaIndex.build(wkb).oppervlakte_m2 == pytest.approx(shapely.area(vormen))


def test_points_have_no_ground() -> None:
    wkb = pa.array(shapely.to_wkb([shapely.Point(1, 1), shapely.box(0, 0, 2, 2)]))
    assert AreaIndex.build(wkb).oppervlakte_m2.tolist() == [0.0, 4.0]


def test_a_collection_is_refused_by_name() -> None:
    wkb = pa.array(shapely.to_wkb([shapely.GeometryCollection([shapely.box(0, 0, 1, 1)])]))
    with pytest.raises(NietOndersteundError, match="GEOMETRYCOLLECTION"):
        AreaIndex.build(wkb)


def test_a_coordinate_that_is_no_number_is_refused() -> None:
    heel = shapely.to_wkb(shapely.box(0, 0, 1, 1))
    stuk = heel[:29] + struct.pack("<d", float("inf")) + heel[37:]
    with pytest.raises(NietOndersteundError, match="geen getal"):
        AreaIndex.build(pa.array([stuk]))


_WKB = [shapely.to_wkb(vorm) for vorm in _VORMEN if vorm is not None]


@st.composite
def _broken(draw: st.DrawFn) -> bytes:
    """Bytes of a polygon with some changed, cut off, or put behind it."""
    ruw = bytearray(draw(st.sampled_from(_WKB)))
    for _ in range(draw(st.integers(0, 4))):
        ruw[draw(st.integers(0, len(ruw) - 1))] = draw(st.integers(0, 255))
    houd = draw(st.integers(0, len(ruw)))
    return bytes(ruw[:houd] if draw(st.booleans()) else ruw) + draw(st.binary(max_size=3))


@settings(max_examples=2000)
@given(_broken())
def test_broken_bytes_are_read_as_shapely_reads_them_or_refused(ruw: bytes) -> None:
    try:
        via = read_ringen_wkb(pa.array([ruw]))
    except NietOndersteundError:
        return
    # Raises, and so fails, on what shapely refuses and we read.
    direct = read_ringen(np.array([shapely.from_wkb(ruw)], dtype=object))
    assert _equal(via, direct)
