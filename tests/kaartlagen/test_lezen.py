"""Reading vector files: nothing is written, nothing is lost, damage is said."""

from __future__ import annotations

import math
import os
import shutil
import sqlite3
import struct
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely

from kaartlagen.bestandsvorm import Vorm, sniff
from kaartlagen.errors import BronError
from kaartlagen.lezen import Bronlaag, read_heads, read_layer
from tests.kaartlagen.maken import VIERKANT, write_geojson, write_vector


def read_one(pad: Path) -> Bronlaag:
    koppen = read_heads(pad, sniff(pad))
    assert len(koppen) == 1
    return read_layer(koppen[0])


@pytest.mark.parametrize("naam", ["a.gpkg", "a.fgb", "a.shp", "a.geojson"])
def test_rows_come_out_in_order_with_codes_as_text_and_gaps_in_whole_numbers(tmp_path, naam):
    kolommen = {
        "code": ["0202", "0363", None],
        "aantal": pd.array([1, None, 3], dtype="Int64"),
    }
    vormen = [VIERKANT, shapely.affinity.translate(VIERKANT, 200), VIERKANT]
    laag = read_one(write_vector(tmp_path / naam, vormen, kolommen))
    assert laag.kop.aantal == 3
    rijen = sorted(
        zip(laag.kolommen["code"].astype(object), laag.kolommen["aantal"], strict=True), key=str
    )
    assert ("0202", 1) in rijen
    assert laag.kolommen["aantal"].isna().sum() == 1
    assert str(laag.kolommen["aantal"].dtype).startswith("Int")


@pytest.mark.parametrize("naam", ["a.gpkg", "a.fgb", "a.shp", "a.geojson"])
def test_reading_leaves_the_folder_as_it_was_even_when_it_is_read_only(tmp_path, naam):
    pad = write_vector(tmp_path / naam, [VIERKANT], {"naam": ["a"]})
    vooraf = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    tmp_path.chmod(0o555)
    try:
        read_one(pad)
    finally:
        tmp_path.chmod(0o755)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == vooraf


def test_a_geopackage_in_wal_mode_gets_no_side_files(tmp_path):
    pad = write_vector(tmp_path / "a.gpkg", [VIERKANT], {"naam": ["a"]})
    verbinding = sqlite3.connect(pad)
    verbinding.execute("pragma journal_mode=wal")
    verbinding.close()
    vooraf = sorted(tmp_path.iterdir())
    read_one(pad)
    assert sorted(tmp_path.iterdir()) == vooraf


def test_absent_geometry_is_none_and_keeps_its_row(tmp_path):
    laag = read_one(write_vector(tmp_path / "a.gpkg", [VIERKANT, None], {"naam": ["a", "b"]}))
    assert laag.geometrie[1] is None
    assert laag.onleesbaar == ()


def write_curved(pad: Path) -> Path:
    """A GeoPackage with one plain square and one disc of radius 50 m written as an arc."""
    write_vector(pad, [VIERKANT, VIERKANT], {"naam": ["recht", "rond"]})
    x, y, straal = 155_000.0, 463_000.0, 50.0
    boog = [(x - straal, y), (x, y + straal), (x + straal, y), (x, y - straal), (x - straal, y)]
    wkb = struct.pack("<BIIBII", 1, 10, 1, 1, 8, len(boog))
    wkb += b"".join(struct.pack("<dd", *punt) for punt in boog)
    kop = b"GP\x00\x01" + struct.pack("<i", 28992)
    # SQLite's spatial triggers of GDAL are of no use here: the index is not read.
    verbinding = sqlite3.connect(pad)
    for (naam,) in verbinding.execute(
        "select name from sqlite_master where type = 'trigger'"
    ).fetchall():
        verbinding.execute(f'drop trigger "{naam}"')
    verbinding.execute("update a set geom = ? where naam = 'rond'", (kop + wkb,))
    verbinding.commit()
    verbinding.close()
    return pad


def test_curves_in_a_geopackage_are_cut_into_chords_close_to_the_arc(tmp_path):
    laag = read_one(write_curved(tmp_path / "a.gpkg"))
    assert laag.krom == 1
    assert laag.kolommen["naam"].tolist() == ["recht", "rond"]
    assert laag.geometrie[0].equals(VIERKANT)
    assert laag.geometrie[1].area == pytest.approx(math.pi * 50**2, abs=2 / 3 * 0.001 * 315)
    assert laag.geometrie[1].is_valid


def test_a_curved_type_of_straight_lines_reads_too(data_map):
    laag = read_one(data_map / "gpkg" / "curvepolygon.gpkg")
    assert laag.krom == 1
    assert laag.geometrie[0].geom_type == "Polygon"


def test_the_crs_of_geojson_is_what_its_member_says_or_longitude_and_latitude(tmp_path):
    kaal = write_geojson(tmp_path / "a.json", [shapely.Point(5, 52)])
    rd = write_geojson(
        tmp_path / "b.json",
        [VIERKANT],
        crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}},
    )
    assert read_one(kaal).kop.crs == "EPSG:4326"
    assert read_one(rd).kop.crs == "EPSG:28992"


@pytest.mark.parametrize("srs_id", [0, -1])
def test_an_undefined_crs_of_a_geopackage_is_none(tmp_path, srs_id):
    pad = write_vector(tmp_path / "a.gpkg", [VIERKANT], {"naam": ["a"]})
    with sqlite3.connect(pad) as verbinding:
        verbinding.execute("update gpkg_geometry_columns set srs_id = ?", (srs_id,))
        verbinding.execute("update gpkg_contents set srs_id = ?", (srs_id,))
    verbinding.close()
    assert read_one(pad).kop.crs is None


def test_a_shapefile_without_prj_names_no_crs(tmp_path):
    pad = write_vector(tmp_path / "a.shp", [VIERKANT], {"naam": ["a"]})
    pad.with_suffix(".prj").unlink()
    assert read_one(pad).kop.crs is None


@pytest.mark.parametrize("naam", ["a.fgb", "a.geojson"])
def test_a_file_cut_off_halfway_is_refused(tmp_path, naam):
    pad = write_vector(
        tmp_path / naam, [VIERKANT] * 400, {"naam": [f"rij {i}" for i in range(400)]}
    )
    inhoud = pad.read_bytes()
    for deel in (0.3, 0.6, 0.95):
        pad.write_bytes(inhoud[: int(len(inhoud) * deel)])
        with pytest.raises(BronError, match=r"afgebroken|beschadigd"):
            read_one(pad)


def test_damage_in_the_middle_of_a_geopackage_is_refused(tmp_path):
    pad = write_vector(tmp_path / "a.gpkg", [VIERKANT] * 400, {"naam": ["x" * 200] * 400})
    inhoud = bytearray(pad.read_bytes())
    inhoud[len(inhoud) // 2 :] = os.urandom(len(inhoud) - len(inhoud) // 2)
    pad.write_bytes(inhoud)
    with pytest.raises(BronError):
        read_one(pad)


def test_json_that_is_no_geojson_is_refused(tmp_path):
    pad = tmp_path / "a.json"
    for inhoud in ('{"a": 1}', "[1, 2]", '{"type": "Topology", "objects": {}, "arcs": []}'):
        pad.write_text(inhoud)
        with pytest.raises(BronError):
            read_one(pad)


def test_the_name_of_a_file_cannot_lead_to_another_driver(tmp_path):
    pad = write_vector(tmp_path / "a.gpkg", [VIERKANT], {"naam": ["a"]})
    for naam in ("kaart.zip", "a b#c%20.gpkg", "kaart.vrt", "http___x.gpkg"):
        ander = tmp_path / naam
        shutil.copy(pad, ander)
        try:
            assert len(read_one(ander).geometrie) == 1
        except BronError as fout:
            assert fout.waar == naam  # noqa: PT017  (refused is fine, misread is not)


def test_several_layers_are_listed_with_their_first_rows(data_map):
    koppen = read_heads(data_map / "bag" / "bag.gpkg", Vorm.GEOPACKAGE)
    assert [(k.naam, k.aantal, k.geometrietype) for k in koppen] == [
        ("ligplaatsen", 67, "Point"),
        ("standplaatsen", 1, "Point"),
        ("verblijfsobjecten", 1836, "Point"),
    ]
    assert len(koppen[2].monster) == 100
    assert np.all(koppen[0].monster["nummer_id"].str.len() == 16)
