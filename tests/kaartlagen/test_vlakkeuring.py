"""What the first look calls surely valid GEOS calls valid, and it measures as GEOS does."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from kaartlagen.vlakkeuring import MEESTE_PUNTEN, inspect_wkb
from tests.kaartlagen.maken import VIERKANT, VLINDER

hoek = st.tuples(st.integers(0, 12), st.integers(0, 12))
fijn = st.tuples(st.floats(0, 3, width=32), st.floats(0, 3, width=32))


def look(*vormen: shapely.Geometry | None):
    return inspect_wkb(pa.array([None if v is None else v.wkb for v in vormen], pa.binary()))


@settings(max_examples=600)
@given(
    st.lists(hoek, min_size=3, max_size=9) | st.lists(fijn, min_size=3, max_size=9),
    st.sampled_from([0.0, 155_000.123, 1e7]),
)
def test_surely_valid_is_valid_and_the_measures_are_those_of_geos(hoeken, weg):
    vlak = shapely.Polygon([(x + weg, y + 3 * weg) for x, y in hoeken])
    keuring = look(vlak)
    if not keuring.zeker[0]:
        return
    assert vlak.is_valid
    assert keuring.oppervlakte[0] == vlak.area
    assert keuring.omtrek[0] == pytest.approx(vlak.length, rel=1e-14)
    assert tuple(keuring.grenzen[0]) == vlak.bounds
    assert keuring.punten[0] == shapely.get_num_coordinates(vlak)


@settings(max_examples=200)
@given(st.integers(3, MEESTE_PUNTEN - 1), st.integers(0, 10_000), st.booleans())
def test_ordinary_parcels_need_no_second_look(hoeken, seed, om):
    rng = np.random.default_rng(seed)
    hoek_rad = np.sort(rng.uniform(0, 2 * np.pi, hoeken))
    straal = rng.uniform(5, 30, hoeken)
    punten = np.c_[155_000 + straal * np.cos(hoek_rad), 463_000 + straal * np.sin(hoek_rad)]
    vlak = shapely.Polygon(np.round(punten, 3)[:: -1 if om else 1])
    if vlak.is_valid and vlak.area > 1 and shapely.minimum_clearance(vlak) > 0.01:
        assert look(vlak).zeker[0]
        assert look(shapely.MultiPolygon([vlak])).zeker[0]
        assert look(shapely.MultiPolygon([vlak])).multi[0]


def test_what_is_not_one_plain_ring_is_not_sure():
    vierkant = VIERKANT.exterior.coords
    gat = shapely.Polygon(vierkant, [shapely.box(155_010, 463_010, 155_020, 463_020).exterior])
    lang = shapely.Point(155_000, 463_000).buffer(50, quad_segs=MEESTE_PUNTEN)
    platvorm = shapely.Polygon([(0, 0), (1, 1), (2, 2)])
    oneindig = shapely.from_wkt("POLYGON((0 0, 1 0, 1 inf, 0 0))")
    anders = [
        None, VLINDER, gat, lang, platvorm, oneindig, VIERKANT.centroid, VIERKANT.exterior,
        shapely.force_3d(VIERKANT), shapely.Polygon(), shapely.MultiPolygon(),
        shapely.MultiPolygon([VIERKANT, shapely.box(0, 0, 1, 1)]), shapely.box(0, 0, 1e-3, 1e-2),
        shapely.GeometryCollection([VIERKANT]),
        shapely.Polygon([*vierkant[:2], vierkant[1], *vierkant[2:]]),
    ]  # fmt: skip
    assert not look(*anders).zeker.any()
    assert look(*anders, VIERKANT).zeker[-1]


@pytest.mark.parametrize("breed", [pa.binary(), pa.large_binary()])
def test_a_slice_and_nulls_keep_their_places(breed):
    vormen = [None, VIERKANT, None, shapely.box(0, 0, 2, 2), VLINDER]
    wkb = pa.array([None if v is None else v.wkb for v in vormen], breed).slice(1)
    keuring = inspect_wkb(wkb)
    assert keuring.zeker.tolist() == [True, False, True, False]
    assert keuring.oppervlakte[keuring.zeker].tolist() == [10_000, 4]
    assert len(inspect_wkb(pa.nulls(3, breed)).zeker) == 3
    assert len(inspect_wkb(pa.array([], breed)).zeker) == 0


@settings(max_examples=200)
@given(st.binary(max_size=60), st.integers(0, 5))
def test_any_bytes_are_looked_at_without_harm(ruis, knip):
    goed = VIERKANT.wkb
    stuk = [ruis, goed[:knip], goed[: len(goed) - knip] + ruis, goed[:9] + ruis, goed]
    keuring = inspect_wkb(pa.array(stuk, pa.binary()))
    assert keuring.zeker[-1]
    for zeker, wkb in zip(keuring.zeker, stuk, strict=True):
        assert not zeker or shapely.from_wkb(wkb).is_valid
