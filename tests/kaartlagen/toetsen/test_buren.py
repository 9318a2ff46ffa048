"""The pairs found in a file are those that the area engine finds."""

from __future__ import annotations

import tempfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from kaartlagen.schrijven import write_flatgeobuf
from kaartlagen.toetsen import buren
from kaartlagen.toetsen.buren import find_overlaps


def found(map_: Path, vormen: list[shapely.Geometry]) -> tuple[set[tuple[int, int]], np.ndarray]:
    """Give the pairs by their place in `vormen`, and the vormen as they were written."""
    frame = gpd.GeoDataFrame({"n": range(len(vormen))}, geometry=vormen, crs=28992)
    write_flatgeobuf(map_ / "a.fgb", frame)
    terug = pyogrio.read_dataframe(map_ / "a.fgb")
    nummers = terug["n"].to_numpy()
    paren = nummers[find_overlaps(map_ / "a.fgb")]
    return {(min(a, b), max(a, b)) for a, b in paren.tolist()}, np.array(vormen, dtype=object)


def truth(vormen: np.ndarray, m2: float = 1.0) -> set[tuple[int, int]]:
    i, j = shapely.STRtree(vormen).query(vormen)
    i, j = i[i < j], j[i < j]
    deelt = shapely.area(shapely.intersection(vormen[i], vormen[j])) > m2
    return set(zip(i[deelt].tolist(), j[deelt].tolist(), strict=True))


@st.composite
def shape(draw):
    """A polygon, perhaps with a hole, of two parts, turned either way, anywhere nearby."""
    x, y = draw(st.integers(0, 60)), draw(st.integers(0, 60))
    straal = draw(st.integers(2, 25))
    hoeken = draw(st.integers(3, 9))
    draai = draw(st.floats(0, 6))
    hoek = draai + np.arange(hoeken) * 2 * np.pi / hoeken
    vorm = shapely.Polygon(np.c_[x + straal * np.cos(hoek), y + straal * np.sin(hoek)])
    soort = draw(st.integers(0, 3))
    if soort == 1:
        vorm = vorm.difference(vorm.buffer(-straal / 4))
    if soort == 2:
        vorm = shapely.MultiPolygon([vorm, shapely.affinity.translate(vorm, 80, 5)])
    return vorm.reverse() if soort == 3 else vorm


@settings(max_examples=80)
@given(st.lists(shape(), min_size=1, max_size=40))
def test_pairs_are_those_of_geos(vormen):
    with tempfile.TemporaryDirectory() as map_:
        paren, geschreven = found(Path(map_), vormen)
    assert paren >= truth(geschreven)
    # What is found beside those shares nearly as much.
    assert paren <= truth(geschreven, 0.89)


def test_a_cover_without_overlaps_gives_none_though_borders_slant(tmp_path):
    vlak = [shapely.box(x, y, x + 1, y + 1) for x in range(30) for y in range(30)]
    draai = shapely.affinity.rotate(shapely.MultiPolygon(vlak), 22.5, origin=(0, 0))
    groot = shapely.affinity.scale(draai, 20, 20, origin=(0, 0))
    ver = shapely.affinity.translate(groot, 155_000, 463_000)
    paren, _ = found(tmp_path, list(ver.geoms))
    assert paren == set()


def test_a_long_row_is_held_against_its_many_neighbours(tmp_path):
    ring = shapely.Point(500, 500).buffer(400, quad_segs=500)
    stippen = [shapely.Point(500 + 400 * np.cos(a), 500 + 400 * np.sin(a)).buffer(3)
               for a in np.linspace(0, 6, 90)]  # fmt: skip
    paren, vormen = found(tmp_path, [ring, *stippen])
    assert paren == truth(vormen)
    assert len(paren) == 90


@pytest.mark.parametrize("aantal", [1, 2, 16, 17, 256, 257])
def test_every_size_of_tree_is_searched_whole(tmp_path, aantal):
    vormen = [shapely.box(i * 10, 0, i * 10 + 12, 5) for i in range(aantal)]
    paren, _ = found(tmp_path, vormen)
    assert paren == {(i, i + 1) for i in range(aantal - 1)}


def test_more_pairs_than_there_was_room_for_are_all_given(tmp_path, monkeypatch):
    vormen = [shapely.box(i / 10, 0, 50 + i / 10, 5) for i in range(120)]
    paren, _ = found(tmp_path, vormen)
    assert len(paren) == 120 * 119 // 2
    assert buren.ZOEKEN_VANAF_M2 < 1.0
