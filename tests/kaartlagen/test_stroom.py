"""A source in parts gives the snapshot, the counts and the findings of the source as a whole."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

import kaartlagen.stroom
from kaartlagen.errors import OpslagError
from kaartlagen.inname import ingest
from kaartlagen.opslag import LaagOpslag
from tests.kaartlagen.maken import VIERKANT, write_vector
from tests.kaartlagen.percelen_maken import (
    left_by_parts,
    parcel_rows,
    require_same,
    take_in_parts,
)


def write_rows(pad: Path, frame: gpd.GeoDataFrame, **opties: object) -> Path:
    kolommen = {naam: frame[naam].tolist() for naam in frame.columns if naam != "geometry"}
    return write_vector(pad, frame.geometry.tolist(), kolommen, laag="perceel", **opties)


@pytest.mark.parametrize("vorm", ["gpkg", "fgb"])
@pytest.mark.parametrize("seed", range(3))
def test_both_roads_give_the_same_snapshot_and_say_the_same(tmp_path, vorm, seed):
    frame = parcel_rows(600, seed)
    if vorm == "fgb":
        # A FlatGeobuf has no rows without place, and puts those of far away together.
        vreemd = frame.geometry.isna() | frame.geometry.is_empty | frame.has_z
        frame = frame[~(vreemd | (frame.geometry.bounds.minx < 0))]
    inname = require_same(write_rows(tmp_path / f"percelen.{vorm}", frame), tmp_path)
    assert inname.gelezen == len(frame)
    gemeld = {b.code for b in inname.bevindingen}
    assert gemeld >= {"KL304", "KL303", "KL320", "KL701", "KL702", "KL750", "KL752"}
    assert {b.code for b in inname.bevindingen if b.niveau == "fout"} == gemeld & {
        "KL202", "KL301", "KL303", "KL703",
    }  # fmt: skip


@settings(max_examples=15)
@given(st.integers(0, 10**6), st.integers(1, 40), st.integers(2, 70), st.floats(0, 1))
def test_whatever_the_rows_and_wherever_the_parts_are_cut(seed, aantal, per_deel, gewoon):
    with tempfile.TemporaryDirectory() as naam:
        map_ = Path(naam)
        vreemd = parcel_rows(aantal, seed, gewoon)
        gewone = parcel_rows(2 * aantal, seed + 1, 1.0, 0.0)
        # Wherever it is cut, most of a part lies in the Netherlands, as this road asks.
        volgorde = np.argsort(np.r_[np.arange(aantal) * 2 + 1, np.r_[:aantal, 1 : aantal + 1] * 2])
        frame = pd.concat([vreemd, gewone], ignore_index=True).iloc[volgorde]
        require_same(write_rows(map_ / "p.gpkg", frame), map_, per_deel)


@pytest.mark.parametrize("crs", [4326, 4258, 3857])
def test_coordinates_that_are_not_rd_are_brought_there_part_by_part(tmp_path, crs):
    frame = parcel_rows(200, 5)
    frame = frame[~frame.has_z & (frame.geometry.bounds.minx > 0)].to_crs(crs)
    inname = require_same(write_rows(tmp_path / "p.gpkg", frame, crs=crs), tmp_path)
    assert {b.code for b in inname.bevindingen} >= {"KL201", "KL304"}


def test_what_the_user_says_counts_on_both_roads(tmp_path):
    frame = parcel_rows(120, 6)
    pad = write_rows(tmp_path / "p.gpkg", frame, crs=4326)
    inname = require_same(
        pad, tmp_path, crs="EPSG:28992", soort="percelen", peildatum=date(2026, 1, 1)
    )
    assert inname.peildatum == date(2026, 1, 1)
    assert "KL203" in {b.code for b in inname.bevindingen}


def test_a_file_in_an_archive_is_named_as_it_is_there(tmp_path):
    los = write_rows(tmp_path / "p.gpkg", parcel_rows(80, 7))
    with ZipFile(tmp_path / "levering.zip", "w") as zip_:
        zip_.write(los, "map/p.gpkg")
    inname = require_same(tmp_path / "levering.zip", tmp_path)
    assert "levering.zip" in inname.bestand


def test_the_same_file_again_makes_no_second_snapshot(tmp_path):
    pad = write_rows(tmp_path / "p.gpkg", parcel_rows(80, 8))
    (eerst,), opslag = take_in_parts(pad, tmp_path)
    (weer,), opslag = take_in_parts(pad, tmp_path)
    assert eerst.momentopname == weer.momentopname
    assert len(opslag.snapshots()) == 1
    assert not [p for p in opslag.map.rglob("*") if p.name.startswith(".")]


def test_a_changed_file_says_which_snapshot_it_replaces(tmp_path):
    pad = write_rows(tmp_path / "p.gpkg", parcel_rows(80, 9))
    (eerst,), _ = take_in_parts(pad, tmp_path)
    pad.unlink()
    write_rows(pad, parcel_rows(90, 9))
    (weer,), opslag = take_in_parts(pad, tmp_path)
    assert {b.code: b.voorbeelden for b in weer.bevindingen}["KL103"] == (eerst.momentopname,)
    assert [o.id for o in opslag.current("percelen")] == [weer.momentopname]


@pytest.mark.parametrize(
    ("maak", "reden"),
    [
        (lambda f: f.set_geometry(f.geometry.translate(-9e5)), "outside"),
        (lambda f: f.set_geometry(f.geometry.centroid), "points"),
        (lambda f: f.set_geometry([None] * len(f)), "no row"),
        (lambda f: f.assign(eigenaar=pd.Timestamp("2020-01-01")), "type"),
    ],
)
def test_what_takes_the_whole_is_left_to_the_other_road(tmp_path, maak, reden):
    frame = maak(parcel_rows(40, 10, 1.0))
    soort = "Point" if reden == "points" else "Polygon"
    pad = tmp_path / "p.gpkg"
    frame.to_file(pad, layer="perceel", geometry_type=soort)
    assert reden in left_by_parts(pad, tmp_path)


def test_when_the_disk_fails_nothing_stays(tmp_path, monkeypatch):
    pad = write_rows(tmp_path / "p.gpkg", parcel_rows(80, 11))

    def full(*_: object) -> None:
        raise OpslagError("de schijf is vol.")

    monkeypatch.setattr("kaartlagen.grootinname.GROOT_VANAF_BYTES", 0)
    monkeypatch.setattr(LaagOpslag, "adopt", full)
    opslag = LaagOpslag(tmp_path / "project" / "lagen")
    verslag = ingest([pad], opslag)
    assert isinstance(verslag.geweigerde_bestanden[0][1], OpslagError)
    assert not (tmp_path / "project").exists()


def test_a_fault_of_ours_in_a_thread_is_not_hidden(tmp_path, monkeypatch):
    pad = write_rows(tmp_path / "p.gpkg", parcel_rows(80, 12))

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("kaartlagen.grootinname.GROOT_VANAF_BYTES", 0)
    monkeypatch.setattr(kaartlagen.stroom, "check_part", broken)
    with pytest.raises(ZeroDivisionError):
        ingest([pad], LaagOpslag(tmp_path / "lagen"))
    assert not (tmp_path / "lagen").exists()


def test_a_small_file_takes_the_ordinary_road(tmp_path, monkeypatch):
    monkeypatch.setattr("kaartlagen.grootinname.stream_in", None)
    pad = write_vector(tmp_path / "p.gpkg", [VIERKANT], {"sectie": ["B"], "perceelnummer": [1]})
    assert ingest([pad], LaagOpslag(tmp_path / "lagen")).lagen[0].opgenomen == 1


def test_repairs_add_up_over_the_parts(tmp_path):
    vlinder = np.array([shapely.Polygon([(0, 0), (9, 9), (9, 0), (0, 9)])] * 12, dtype=object)
    vormen = [
        shapely.affinity.translate(v, 155_000 + 20 * n, 463_000) for n, v in enumerate(vlinder)
    ]
    kolommen = {"sectie": ["B"] * 12, "perceelnummer": list(range(12))}
    inname = require_same(write_vector(tmp_path / "p.gpkg", vormen, kolommen), tmp_path, 5)
    assert inname.hersteld == 12
