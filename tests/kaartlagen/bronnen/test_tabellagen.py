"""A workbook holds more than one sheet: each is read, or named as passed over."""

from __future__ import annotations

import openpyxl
import pytest

from kaartlagen.errors import BronError, OnbekendeSoortError
from kaartlagen.inname import read_bestand
from tests.kaartlagen.maken import VIERKANT, write_geojson
from tests.kaartlagen.tabelmaken import WKT, write_csv, write_xlsx

KOP = ["plannaam", "planstatus", "wkt_rd"]


def test_sheets_that_are_not_read_are_named(tmp_path):
    bladen = {
        "Plannen": [KOP, ["Hof", "2A", WKT]],
        "Oud": [KOP, ["Hof", "3", WKT]],
        "Toelichting": [["Zie ook de website."]],
        "Lijst": [["code", "uitleg"], ["a", "b"]],
    }
    pad = write_xlsx(tmp_path / "a.xlsx", bladen)
    werkmap = openpyxl.load_workbook(pad)
    werkmap["Oud"].sheet_state = "hidden"
    werkmap.save(pad)
    (laag,) = read_bestand(pad)
    assert laag.frame["planstatus"].tolist() == ["2A"]
    (over,) = [b for b in laag.bevindingen if b.code == "KL101"]
    assert set(over.voorbeelden) == {
        "Oud (verborgen werkblad)", "Toelichting (zonder kopregel)", "Lijst",
    }  # fmt: skip


def test_two_sheets_with_plannen_are_two_sources(tmp_path):
    bladen = {naam: [KOP, [naam, "2A", WKT]] for naam in ("Noord", "Zuid")}
    lagen = read_bestand(write_xlsx(tmp_path / "a.xlsx", bladen))
    assert [laag.herkomst.bron for laag in lagen] == ["a.xlsx#Noord", "a.xlsx#Zuid"]


@pytest.mark.parametrize("rijen", [[[1, 2], [3, 4]], [["alleen een titel"]]])
def test_a_workbook_without_a_header_is_refused(tmp_path, rijen):
    with pytest.raises(BronError, match="kopregel"):
        read_bestand(write_xlsx(tmp_path / "a.xlsx", {"x": rijen}))


def test_a_table_of_an_unknown_kind_names_its_columns(tmp_path):
    pad = write_csv(tmp_path / "a.csv", f'kleur;wkt_rd\nrood;"{WKT}"\nblauw;"{WKT}"\n')
    with pytest.raises(OnbekendeSoortError, match="kleur"):
        read_bestand(pad)


def test_text_that_is_no_utf8_is_refused_where_it_is_read(tmp_path):
    pad = write_geojson(
        tmp_path / "a.geojson", [VIERKANT], [{"plannaam": "H@f", "planstatus": "3"}]
    )
    pad.write_bytes(pad.read_bytes().replace(b"@", b"\xff"))
    with pytest.raises(BronError):
        read_bestand(pad, soort="woningbouwplannen", crs="EPSG:28992")
