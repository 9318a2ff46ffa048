"""The container of a FlatGeobuf: every row once, in its place, found by GDAL's own reader."""

from __future__ import annotations

import tempfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyogrio
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from kaartlagen.errors import OpslagError
from kaartlagen.schrijven import Rijen, rows_aside, write_flatgeobuf
from kaartlagen.schrijven.container import VormfoutError, count_rows, hilbert_order

plaatsen = st.lists(
    st.tuples(st.integers(0, 500), st.integers(0, 500), st.integers(1, 40)),
    min_size=1,
    max_size=300,
)


def rows(vormen: list[shapely.Geometry], eerste: int = 0) -> Rijen:
    tabel = pa.table(
        {
            "n": pa.array(range(eerste, eerste + len(vormen)), pa.int64()),
            "geometry": pa.array(shapely.to_wkb(np.array(vormen, dtype=object)), pa.binary()),
        }
    )
    soorten = frozenset(vorm.geom_type for vorm in vormen)
    return Rijen(tabel, shapely.bounds(np.array(vormen, dtype=object)), soorten)


@settings(max_examples=30)
@given(plaatsen, st.integers(1, 5))
def test_gdal_finds_every_row_and_the_rows_of_a_box(plekken, delen):
    vormen = [shapely.box(x, y, x + maat, y + maat) for x, y, maat in plekken]
    per_deel = -(-len(vormen) // delen)
    with tempfile.TemporaryDirectory() as map_:
        pad = Path(map_) / "a.fgb"
        with rows_aside(pad.parent) as terzijde:
            terzijde.write(
                rows(vormen[van : van + per_deel], van) for van in range(0, len(vormen), per_deel)
            )
            terzijde.finish(pad)
        terug = pyogrio.read_dataframe(pad)
        assert sorted(terug["n"]) == list(range(len(vormen)))
        assert all(
            vorm.equals(vormen[n]) for n, vorm in zip(terug["n"], terug.geometry, strict=True)
        )
        vak = (100.5, 100.5, 260.5, 300.5)
        meet = {n for n, vorm in enumerate(vormen) if vorm.intersects(shapely.box(*vak))}
        assert set(pyogrio.read_dataframe(pad, bbox=vak)["n"]) == meet
        assert count_rows(pad) == len(vormen)
        assert [p.name for p in pad.parent.iterdir()] == ["a.fgb"]


def test_parts_make_the_same_bytes_as_the_whole(tmp_path):
    vormen = [shapely.box(i % 37 * 10, i // 37 * 10, i % 37 * 10 + 8, i // 37 * 10 + 9)
              for i in range(1000)]  # fmt: skip
    frame = gpd.GeoDataFrame({"n": range(1000)}, geometry=vormen, crs=28992)
    heel, in_delen = tmp_path / "heel" / "a.fgb", tmp_path / "delen" / "a.fgb"
    for pad in (heel, in_delen):
        pad.parent.mkdir()
    write_flatgeobuf(heel, frame)
    with rows_aside(in_delen.parent) as terzijde:
        terzijde.write(rows(vormen[van : van + 300], van) for van in range(0, 1000, 300))
        terzijde.finish(in_delen)
    assert heel.read_bytes() == in_delen.read_bytes()


def test_one_geometry_type_is_named_and_a_mix_is_not(tmp_path):
    vlak, twee = shapely.box(0, 0, 1, 1), shapely.union(shapely.box(0, 0, 1, 1),
                                                        shapely.box(5, 5, 6, 6))  # fmt: skip
    for naam, vormen, soort in (
        ("een", [vlak, vlak], "Polygon"),
        ("meer", [twee], "MultiPolygon"),
        ("mix", [vlak, twee], "Unknown"),
    ):
        frame = gpd.GeoDataFrame({"n": range(len(vormen))}, geometry=vormen, crs=28992)
        write_flatgeobuf(tmp_path / f"{naam}.fgb", frame)
        assert pyogrio.read_info(tmp_path / f"{naam}.fgb")["geometry_type"] == soort
        terug = pyogrio.read_dataframe(tmp_path / f"{naam}.fgb").sort_values("n")
        assert terug.geom_type.tolist() == [vorm.geom_type for vorm in vormen]


def test_rows_of_geometry_alone_are_written(tmp_path):
    frame = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 1, 1), shapely.Point(3, 3)], crs=28992)
    write_flatgeobuf(tmp_path / "a.fgb", frame)
    assert sorted(pyogrio.read_dataframe(tmp_path / "a.fgb").geom_type) == ["Point", "Polygon"]


def test_what_goes_wrong_where_rows_come_from_is_said_as_it_was(tmp_path):
    def halfway():
        yield rows([shapely.box(0, 0, 1, 1)] * 5)
        raise ZeroDivisionError("halfway")

    with rows_aside(tmp_path) as terzijde, pytest.raises(ZeroDivisionError, match="halfway"):
        terzijde.write(halfway())
    assert list(tmp_path.iterdir()) == []


def test_neighbours_on_the_ground_are_neighbours_in_the_file():
    x, y = np.meshgrid(np.arange(16.0), np.arange(16.0))
    hoek = np.column_stack([x.ravel(), y.ravel()])
    orde = hilbert_order(np.hstack([hoek, hoek]))
    stap = np.abs(np.diff(hoek[orde], axis=0)).sum(axis=1)
    assert sorted(orde) == list(range(256))
    assert (stap == 1).all()


def test_a_file_that_was_cut_off_is_no_file(tmp_path):
    pad = tmp_path / "a.fgb"
    frame = gpd.GeoDataFrame({"n": [1, 2]}, geometry=[shapely.box(0, 0, 1, 1)] * 2, crs=28992)
    write_flatgeobuf(pad, frame)
    heel = pad.read_bytes()
    for over in (heel[:-3], heel[:-100], heel + b"\x00"):
        pad.write_bytes(over)
        with pytest.raises(VormfoutError):
            count_rows(pad)


def test_a_row_that_its_box_does_not_find_is_no_proof(tmp_path, monkeypatch):
    pad = tmp_path / "a.fgb"
    vormen = [shapely.box(i * 10, 0, i * 10 + 5, 5) for i in range(200)]
    scheef = rows(vormen)
    kwijt = Rijen(scheef.tabel, scheef.grenzen[::-1].copy(), scheef.soorten)
    with rows_aside(tmp_path) as terzijde:
        terzijde.write([kwijt])
        with pytest.raises(OpslagError, match="niet te vinden"):
            terzijde.finish(pad)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_said_though_gdal_is_silent(tmp_path, monkeypatch):
    frame = gpd.GeoDataFrame({"n": [1]}, geometry=[shapely.box(0, 0, 1, 1)], crs=28992)
    monkeypatch.setattr("kaartlagen.schrijven.flatgeobuf.assemble", _cut_off)
    with pytest.raises(OpslagError, match="kan niet worden geschreven"):
        write_flatgeobuf(tmp_path / "a.fgb", frame)
    assert list(tmp_path.iterdir()) == []


def _cut_off(*_: object) -> None:
    raise VormfoutError("the last row is cut off")
