"""From geometry to a tile and back: holes, several parts, borders, rounding, and second readers."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyogrio
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon, box

from kaartlagen.overlay.errors import NietOndersteundError
from kaartlagen.tegels import RAND, RASTER, Tegel, Uitsnede, encode_tile, tile_at
from tests.kaartlagen.tegels.decoderen import decode, decode_one

TEGEL = tile_at(12, 155_000.0, 463_000.0)
LINKS, BOVEN = TEGEL.hoek_rd
EENHEID = TEGEL.zijde_m / RASTER
KADER = box(-RAND, -RAND, RASTER + RAND, RASTER + RAND)


def cut(vormen: list[Any], **anders: Any) -> Uitsnede:
    n = len(vormen)
    gewoon = {
        "nummers": np.arange(n, dtype=np.int64),
        "klassen": np.full(n, -1, np.int64),
        "waarden": (),
        "volgorde": np.arange(n, dtype=np.int64),
    }
    wkb = pa.array(shapely.to_wkb(np.array(vormen, dtype=object)), pa.binary())
    return Uitsnede(wkb, **{**gewoon, **anders})


def in_rd(vorm: Any, tegel: Tegel = TEGEL) -> Any:
    """Bring a shape in units of a tile (y down) to RD."""
    links, boven = tegel.hoek_rd
    eenheid = tegel.zijde_m / RASTER
    return shapely.transform(
        vorm, lambda p: np.c_[links + p[:, 0] * eenheid, boven - p[:, 1] * eenheid]
    )


def encode(*eenheden: Any, tegel: Tegel = TEGEL, **anders: Any) -> bytes:
    return encode_tile("percelen", tegel, cut([in_rd(v, tegel) for v in eenheden], **anders))


def test_square_comes_back_as_it_was() -> None:
    laag = decode_one(encode(box(10, 20, 110, 220)))
    assert laag.naam == "percelen"
    (ding,) = laag.objecten
    assert (ding.id, ding.klasse) == (0, None)
    assert ding.vorm.equals(box(10, 20, 110, 220))


def test_hole_stays_a_hole_and_turns_the_other_way() -> None:
    ring = box(100, 100, 900, 900).difference(box(300, 300, 600, 700))
    for vorm in (ring, shapely.reverse(ring), shapely.normalize(ring)):
        (ding,) = decode_one(encode(vorm)).objecten
        assert [len(p) for p in ding.polygonen] == [2]
        assert ding.vorm.equals(ring)


def test_parts_stay_apart_each_with_its_own_holes() -> None:
    donut = (
        box(0, 0, 400, 400).difference(box(100, 100, 200, 200)).difference(box(250, 250, 300, 300))
    )
    eiland = box(120, 120, 180, 180)
    vorm = MultiPolygon([donut, eiland, box(1000, 1000, 1100, 1100)])
    (ding,) = decode_one(encode(vorm)).objecten
    assert [len(p) for p in ding.polygonen] == [3, 1, 1]
    assert ding.vorm.equals(vorm)


def test_hole_as_large_as_the_tile_leaves_an_empty_tile() -> None:
    assert encode(box(-9000, -9000, 9000, 9000).difference(box(-8000, -8000, 8000, 8000))) == b""


def test_shape_around_the_tile_fills_it_with_its_margin() -> None:
    (ding,) = decode_one(encode(box(-1e5, -1e5, 1e5, 1e5))).objecten
    assert ding.vorm.equals(KADER)


def test_nothing_gives_no_bytes() -> None:
    assert encode_tile("percelen", TEGEL, cut([])) == b""
    assert encode(box(5000, 5000, 6000, 6000)) == b""
    assert encode(Polygon(), box(9000, 0, 9100, 10)) == b""
    assert decode(b"") == []


def test_sliver_below_a_unit_is_dropped_with_its_holes_and_alone() -> None:
    sliver = box(100.1, 100, 100.3, 900)
    laag = decode_one(encode(sliver, box(0, 0, 50, 50)))
    assert [ding.id for ding in laag.objecten] == [1]


def test_specks_are_left_out_far_away_and_kept_in_the_street() -> None:
    speldenknop = box(1000, 1000, 1004, 1004)
    assert encode(speldenknop, tegel=Tegel(7, 60, 60)) == b""
    assert decode_one(encode(speldenknop)).objecten


def test_shared_border_is_the_same_line_on_both_sides_far_away_too() -> None:
    punten = [(1000.3, 0.0), (1013.7, 400.2), (988.1, 911.4), (1001.9, 1600.0)]
    links = Polygon([(0, 0), *punten, (0, 1600)])
    rechts = Polygon([(2000, 0), *punten, (2000, 1600)])
    een, ander = decode_one(encode(links, rechts, tegel=Tegel(8, 120, 120))).objecten
    assert een.vorm.intersection(ander.vorm).area == 0
    assert een.vorm.union(ander.vorm).area == pytest.approx(2000 * 1600, rel=0.01)


def test_order_class_and_id_are_as_asked_and_rows_outside_the_order_are_not_drawn() -> None:
    nummers = np.array([5, 2**53 - 1, 300], np.int64)
    laag = decode_one(
        encode(
            box(0, 0, 10, 10),
            box(20, 0, 30, 10),
            box(40, 0, 50, 10),
            nummers=nummers,
            klassen=np.array([1, -1, 0], np.int64),
            waarden=("wonen", "groen"),
            volgorde=np.array([2, 1], np.int64),
        )
    )
    assert [(d.id, d.klasse) for d in laag.objecten] == [(300, "wonen"), (2**53 - 1, None)]


def test_class_beyond_one_byte_is_written_right() -> None:
    waarden = tuple(f"soort {n}" for n in range(250))
    laag = decode_one(encode(box(0, 0, 9, 9), klassen=np.array([249], np.int64), waarden=waarden))
    assert laag.objecten[0].klasse == "soort 249"


def test_tile_border_lies_on_the_same_units_in_both_tiles() -> None:
    over = in_rd(box(4000, 100, 4200, 300))
    buur = Tegel(TEGEL.z, TEGEL.x + 1, TEGEL.y)
    (links,) = decode_one(encode_tile("l", TEGEL, cut([over]))).objecten
    (rechts,) = decode_one(encode_tile("l", buur, cut([over]))).objecten
    assert links.vorm.equals(box(4000, 100, RASTER + RAND, 300))
    assert rechts.vorm.equals(box(-RAND, 100, 104, 300))


@pytest.mark.parametrize("vorm", [shapely.Point(1, 1), shapely.LineString([(0, 0), (9, 9)])])
def test_what_has_no_ground_is_not_drawn(vorm: Any) -> None:
    assert encode(vorm) == b""


def test_collection_is_refused_and_not_drawn_half() -> None:
    with pytest.raises(NietOndersteundError):
        encode(shapely.GeometryCollection([box(0, 0, 9, 9), shapely.Point(1, 1)]))


@st.composite
def stars(draw: st.DrawFn) -> Polygon:
    """A valid polygon around some point in or near the tile, perhaps with a hole."""
    n = draw(st.integers(3, 40))
    straal = draw(st.floats(20.0, 6000.0))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    midden = rng.uniform(-3000, RASTER + 3000, 2)
    hoek = np.sort(rng.uniform(0, 2 * math.pi, n)) + np.arange(n) * 1e-3
    r = straal * rng.uniform(0.3, 1.0, n)
    vorm = Polygon(midden + np.c_[r * np.cos(hoek), r * np.sin(hoek)]).buffer(0)
    if draw(st.booleans()):
        vorm = vorm.difference(shapely.affinity.scale(vorm, 0.4, 0.4, origin=tuple(midden)))
    return vorm


@settings(max_examples=150, deadline=None)
@given(st.lists(stars(), min_size=1, max_size=6))
def test_area_within_the_tile_is_kept_up_to_rounding(vormen: list[Any]) -> None:
    vormen = [v for v in vormen if v.is_valid and not v.is_empty]
    tegel = encode(*vormen)
    gelezen = {d.id: d for laag in decode(tegel) for d in laag.objecten}
    for nummer, vorm in enumerate(vormen):
        binnen = vorm.intersection(KADER)
        kreeg = gelezen[nummer].dubbele_oppervlakte / 2 if nummer in gelezen else 0.0
        # Each vertex moves at most half a unit, so a side of length l sweeps about l units.
        assert abs(kreeg - binnen.area) <= binnen.length + 4.0 * shapely.get_num_coordinates(vorm)
        if nummer in gelezen:
            grenzen = gelezen[nummer].vorm.bounds
            assert min(grenzen) >= -RAND
            assert max(grenzen) <= RASTER + RAND


@settings(max_examples=60, deadline=None)
@given(stars(), st.integers(8, 15))
def test_tiles_of_every_zoom_read_back_strictly(vorm: Any, z: int) -> None:
    plek = tile_at(z, LINKS, BOVEN)
    for laag in decode(encode_tile("l", plek, cut([in_rd(vorm)]))):
        for ding in laag.objecten:
            assert ding.dubbele_oppervlakte > 0


def test_second_reader_sees_the_same(tmp_path: Path) -> None:
    """GDAL, which shares no code with us."""
    donut = box(100, 100, 900, 900).difference(box(300, 300, 600, 700))
    vormen = [donut, MultiPolygon([box(0, 0, 90, 90), box(2000, 2000, 2100, 2300)])]
    pad = tmp_path / "tegel.mvt"
    pad.write_bytes(
        encode(
            *vormen,
            nummers=np.array([7, 8], np.int64),
            klassen=np.array([0, -1], np.int64),
            waarden=("wonen",),
        )
    )
    frame = pyogrio.read_dataframe(pad, layer="percelen", CLIP="NO")
    assert frame["mvt_id"].tolist() == [7, 8]
    assert frame["k"].fillna("").tolist() == ["wonen", ""]
    # Without a place on earth GDAL gives units, y up.
    omgekeerd = shapely.transform(
        frame.geometry.to_numpy(), lambda p: np.c_[p[:, 0], RASTER - p[:, 1]]
    )
    for kreeg, vorm in zip(omgekeerd, vormen, strict=True):
        assert kreeg.symmetric_difference(vorm).area == 0
