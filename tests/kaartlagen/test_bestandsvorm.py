"""Forms are told from the first bytes; what is offered by mistake is named."""

from __future__ import annotations

import sqlite3
import zipfile
from pathlib import Path

import pytest

from kaartlagen.bestandsvorm import Vorm, sniff
from kaartlagen.errors import BronError
from tests.kaartlagen.maken import VIERKANT, plan, write_geojson, write_imro, write_vector


@pytest.mark.parametrize(
    ("naam", "vorm"),
    [
        ("a.gpkg", Vorm.GEOPACKAGE),
        ("a.shp", Vorm.SHAPEFILE),
        ("a.fgb", Vorm.FLATGEOBUF),
        ("a.geojson", Vorm.GEOJSON),
    ],
)
def test_vector_files_are_known_by_content_whatever_their_name(tmp_path, naam, vorm):
    pad = write_vector(tmp_path / naam, [VIERKANT], {"naam": ["a"]})
    assert sniff(pad) is vorm
    if vorm is not Vorm.SHAPEFILE:
        assert sniff(pad.rename(tmp_path / "download")) is vorm


def test_xml_and_utf16_json_are_told_apart(tmp_path):
    assert sniff(write_imro(tmp_path / "plan.bin", plan())) is Vorm.XML
    pad = tmp_path / "b.geojson"
    pad.write_text('{"type": "FeatureCollection"}', encoding="utf-16")
    with pytest.raises(BronError, match="UTF-16"):
        sniff(pad)
    pad.write_text('{"type": "FeatureCollection"}', encoding="utf-8-sig")
    assert sniff(pad) is Vorm.GEOJSON


@pytest.mark.parametrize(
    ("inhoud", "woord"),
    [
        (b"", "leeg"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"%PDF-1.7", "pdf"),
        (b"\x89PNG\r\n", "afbeelding"),
        (b"SQLite format 3\x00", "afgebroken"),
        (b"\x00\x00\x27\x0a", "afgebroken"),
        (b"zomaar tekst, geen geodata", "geen geodatabestand"),
        (b"PK\x07\x08 deel 1", "deel van een zipbestand"),
        (b'{"type": "gdal_streamed_alg", "command_line": "x"}', "opdracht"),
        (b"<!DOCTYPE html><html></html>", "webpagina"),
        (b"<HTML><body>404</body></HTML>", "webpagina"),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "DOCTYPE"),
    ],
)
def test_what_is_no_geodata_is_refused_by_its_own_name(tmp_path, inhoud, woord):
    pad = tmp_path / "bron.shp"
    pad.write_bytes(inhoud)
    with pytest.raises(BronError, match=woord) as gevangen:
        sniff(pad)
    assert gevangen.value.waar == "bron.shp"
    assert gevangen.value.herstel


def test_a_doctype_in_utf16_is_refused_too(tmp_path):
    pad = tmp_path / "plan.gml"
    pad.write_text('<?xml version="1.0"?><!DOCTYPE a><a/>', encoding="utf-16")
    with pytest.raises(BronError, match="DOCTYPE"):
        sniff(pad)


def test_an_archive_is_told_from_the_office_forms(tmp_path):
    namen = {
        "levering.zip": ["a.gml"],
        "brief.docx": ["[Content_Types].xml", "word/document.xml"],
        "tabel.ods": ["mimetype", "content.xml"],
        "planlijst.xlsx": ["[Content_Types].xml", "xl/workbook.xml"],
    }
    for naam, leden in namen.items():
        with zipfile.ZipFile(tmp_path / naam, "w") as archief:
            for lid in leden:
                archief.writestr(lid, "<a/>")
    assert sniff(tmp_path / "levering.zip") is Vorm.ZIP
    assert sniff(tmp_path / "planlijst.xlsx") is Vorm.XLSX
    for naam in ("brief.docx", "tabel.ods"):
        with pytest.raises(BronError, match="Office"):
            sniff(tmp_path / naam)


def test_a_plain_sqlite_database_is_no_geopackage(tmp_path):
    pad = tmp_path / "data.gpkg"
    with sqlite3.connect(pad) as verbinding:
        verbinding.execute("create table a (b)")
    verbinding.close()
    with pytest.raises(BronError, match="SQLite"):
        sniff(pad)


@pytest.mark.parametrize("weg", [".shx", ".dbf"])
def test_a_shapefile_without_one_of_its_parts_names_the_part(tmp_path, weg):
    pad = write_vector(tmp_path / "a.shp", [VIERKANT], {"naam": ["a"]})
    pad.with_suffix(weg).unlink()
    with pytest.raises(BronError, match=weg):
        sniff(pad)


@pytest.mark.parametrize("deel", [".shx", ".dbf", ".prj"])
def test_a_part_of_a_shapefile_points_to_the_shp(tmp_path, deel):
    pad = write_vector(tmp_path / "a.shp", [VIERKANT], {"naam": ["a"]})
    with pytest.raises(BronError, match="onderdeel van een Shapefile"):
        sniff(pad.with_suffix(deel))


@pytest.mark.parametrize("naam", ["a.gpkg", "a.shp"])
def test_a_file_that_is_shorter_than_it_says_is_cut_off(tmp_path, naam):
    pad = write_vector(tmp_path / naam, [VIERKANT] * 500, {"naam": ["a" * 50] * 500})
    pad.write_bytes(pad.read_bytes()[: pad.stat().st_size // 2])
    with pytest.raises(BronError, match="afgebroken"):
        sniff(pad)


def test_an_absent_file_and_a_folder_are_refused(tmp_path):
    with pytest.raises(BronError, match="bestaat niet"):
        sniff(tmp_path / "weg.gpkg")
    with pytest.raises(BronError, match="map"):
        sniff(tmp_path)


def test_geojson_written_by_hand_is_known(tmp_path: Path):
    assert sniff(write_geojson(tmp_path / "x", [VIERKANT])) is Vorm.GEOJSON
