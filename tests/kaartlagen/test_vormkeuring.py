"""Shapes nested deeper than any drawing are found in bytes and text; real ones never are."""

from __future__ import annotations

import struct

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from kaartlagen.vormkeuring import (
    MAX_DIEPTE,
    build_shapes,
    nests_too_deep,
    text_nests_too_deep,
)
from tests.kaartlagen.maken import VIERKANT

VEEL = [shapely.Point(n, n).buffer(0.4) for n in range(300)]


def nested(diepte: int, soort: int = 7) -> bytes:
    return struct.pack("<BII", 1, soort, 1) * diepte + shapely.to_wkb(VIERKANT)


@pytest.mark.parametrize(
    "vorm",
    [
        shapely.MultiPolygon(VEEL),
        shapely.GeometryCollection([*VEEL, shapely.Point(0, 0)]),
        shapely.Point(0, 0).buffer(1).difference(shapely.Point(0, 0).buffer(0.5)),
        shapely.MultiPoint(np.arange(2_000).reshape(-1, 2)),
        shapely.MultiLineString([[(0, 0), (n + 1, n)] for n in range(100)]),
    ],
)
@pytest.mark.parametrize(
    "opties", [{}, {"byte_order": 0}, {"flavor": "iso"}, {"include_srid": True}]
)
def test_real_shapes_pass_in_every_spelling_of_wkb(vorm, opties):
    for met_z in (vorm, shapely.force_3d(vorm, 1.0)):
        wkb = shapely.to_wkb(shapely.set_srid(met_z, 28992), **opties)
        assert not nests_too_deep(wkb)
        assert not text_nests_too_deep(met_z.wkt)
        assert not text_nests_too_deep(shapely.to_geojson(met_z))


@pytest.mark.parametrize("soort", [4, 5, 6, 7, 9, 11, 12, 1007])
def test_nesting_is_found_also_in_the_last_part(soort):
    assert not nests_too_deep(nested(MAX_DIEPTE - 1, soort))
    assert nests_too_deep(nested(MAX_DIEPTE + 1, soort))
    achteraan = struct.pack("<BII", 1, 7, 2) + shapely.to_wkb(VIERKANT) + nested(MAX_DIEPTE + 1)
    assert nests_too_deep(achteraan)


def test_what_nests_too_deep_is_not_built_and_the_rest_is():
    wkb = np.array([nested(50_000), None, shapely.to_wkb(VIERKANT), b"\x01\x07"], dtype=object)
    vormen = build_shapes(wkb)
    assert vormen[2].equals(VIERKANT)
    assert [vorm is None for vorm in vormen] == [True, True, False, True]


def test_text_that_nests_too_deep_is_found():
    assert text_nests_too_deep("GEOMETRYCOLLECTION(" * 50_000)
    assert text_nests_too_deep('{"type":"GeometryCollection","geometries":[' * 50_000)


@given(st.binary(max_size=4_000), st.integers(0, 200))
def test_any_bytes_are_judged_without_fault(rest, diepte):
    nests_too_deep(struct.pack("<BII", 1, 7, 3) * diepte + rest)
    nests_too_deep(rest + b"\x00" * 600)
