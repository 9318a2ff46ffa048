"""Where a row of a table lies: the CRS is said by the header or the text, never guessed."""

from __future__ import annotations

import json

import pytest
import shapely

from kaartlagen.bestandsvorm import Vorm
from kaartlagen.bronnen.tabelgeometrie import LONLAT, RD, find_plek, read_plekken, split_percelen
from kaartlagen.errors import CrsError
from kaartlagen.inname import read_bestand
from tests.kaartlagen.tabelmaken import WKT, write_csv, write_xlsx


def plek(koppen, *rijen):
    kolommen = find_plek(koppen, rijen)
    return kolommen, read_plekken(kolommen, koppen, rijen, "a.csv")


@pytest.mark.parametrize(
    ("x", "y", "crs"),
    [
        ("x_rd", "y_rd", RD), ("X (RD)", "Y (RD)", RD), ("RD-x", "RD-y", RD),
        ("x-coördinaat RD", "y-coördinaat RD", RD), ("x", "y", None), ("X-coord", "Y-coord", None),
        ("lon", "lat", LONLAT), ("Lengtegraad", "Breedtegraad", LONLAT),
        ("lon_etrs89", "lat_etrs89", "EPSG:4258"), ("x_28992", "y_28992", RD),
    ],
)  # fmt: skip
def test_coordinates_by_their_headers(x, y, crs):
    kolommen, plekken = plek(("naam", x, y), ("Hof", 5.5, 52.5))
    assert (kolommen.x, kolommen.y, plekken.crs) == (x, y, crs)
    assert plekken.geometrie[0] == shapely.Point(5.5, 52.5)
    assert kolommen.geometrietype == "Point"


def test_rd_goes_before_degrees_and_a_half_pair_is_no_pair():
    _, plekken = plek(("lat", "lon", "y_rd", "x_rd"), (52, 5, 463_000, 155_000))
    assert (plekken.crs, plekken.geometrie[0]) == (RD, shapely.Point(155_000, 463_000))
    assert find_plek(("x_rd", "lat"), ()).geometrietype is None
    assert find_plek(("x_rd", "y"), ()).geometrietype is None


@pytest.mark.parametrize(
    ("tekst", "getal"),
    [
        ("155000", 155_000.0), ("155000,5", 155_000.5), ("155000.5", 155_000.5),
        ("155.000,50", 155_000.5), ("155,000.50", 155_000.5), (" 155 000 ", 155_000.0),
        (155_000, 155_000.0), ("155.000", None), ("155,000", None), ("ca. 155000", None),
        ("", None), (True, None),
    ],
)  # fmt: skip
def test_a_coordinate_that_may_be_two_numbers_is_not_read(tekst, getal):
    _, plekken = plek(("x_rd", "y_rd"), (tekst or None, 463_000))
    assert (plekken.geometrie[0].x if plekken.geometrie[0] else None) == getal
    assert plekken.onleesbaar == (() if getal else (0,))


def test_three_decimals_of_a_degree_are_decimals():
    _, plekken = plek(("lon", "lat"), ("4,321", "52.100"))
    assert plekken.geometrie[0] == shapely.Point(4.321, 52.1)


VIERKANT = shapely.from_wkt(WKT)
IN_RD = shapely.set_srid(VIERKANT, 28992)


@pytest.mark.parametrize(
    ("kop", "tekst", "crs"),
    [
        ("wkt", WKT, None), ("WKT (RD)", WKT, RD), ("geometrie_rd", WKT, RD),
        ("geom", f"SRID=28992;{WKT}", RD), ("vlak", WKT, None),
        ("geometry", shapely.to_wkb(VIERKANT, hex=True), None),
        ("geometrie", shapely.to_wkb(IN_RD, hex=True, include_srid=True), RD),
        ("geometry", shapely.to_geojson(VIERKANT), None),
    ],
)  # fmt: skip
def test_geometry_as_text(kop, tekst, crs):
    kolommen, plekken = plek(("naam", kop), ("Hof", tekst))
    assert kolommen.wkt == kop
    assert plekken.crs == crs
    assert plekken.geometrie[0].equals(VIERKANT)


def test_a_column_called_vlak_that_holds_no_geometry_is_an_ordinary_column():
    assert find_plek(("naam", "vlak"), (("Hof", "ja"),)).wkt is None


def test_text_that_is_no_geometry_is_unreadable_not_absent():
    _, plekken = plek(("wkt",), ("POLYGON((1 2",), (None,))
    assert (plekken.onleesbaar, list(plekken.geometrie)) == ((0,), [None, None])


def test_rows_and_header_must_agree_on_the_crs():
    with pytest.raises(CrsError, match="EPSG:4326"):
        plek(("wkt_rd",), ("SRID=4326;POINT(5 52)",))
    with pytest.raises(CrsError, match="verschillende"):
        plek(("wkt",), ("SRID=4326;POINT(5 52)",), ("SRID=28992;POINT(155000 463000)",))


def test_percelen_go_with_rows_that_have_no_coordinates():
    koppen = ("naam", "x_rd", "y_rd", "Kadastrale aanduiding")
    _, plekken = plek(koppen, ("a", 155_000, 463_000, "OTL02 B 1"), ("b", None, None, "OTL02 B 2"))
    assert plekken.percelen == {1: ("OTL02 B 2",)}
    _, alleen = plek(("naam", "percelen"), ("b", "OTL02 B 2"))
    assert alleen.crs == RD


@pytest.mark.parametrize(
    "cel", ["OTL02 B 1; OTL02 B 2", "OTL02 B 1, OTL02 B 2", "OTL02 B 1 en OTL02 B 2",
            "OTL02 B 1\nOTL02 B 2;", "OTL02 B 1 & OTL02 B 2"],
)  # fmt: skip
def test_percelen_in_one_cell_are_cut_apart(cel):
    assert split_percelen(cel) == ("OTL02 B 1", "OTL02 B 2")


KOP = "plannaam;planstatus"


def test_plain_x_and_y_ask_for_the_crs_and_take_it(tmp_path):
    pad = write_csv(tmp_path / "a.csv", f"{KOP};x;y\nHof;2A;155000;463000\nWerf;3;155100;463100\n")
    with pytest.raises(CrsError, match="--crs EPSG:28992"):
        read_bestand(pad)
    (laag,) = read_bestand(pad, crs="EPSG:28992")
    assert (laag.gelezen, laag.geweigerd, laag.herkomst.crs_bron) == (2, 0, "EPSG:28992")
    assert laag.frame.geometry.iloc[0] == shapely.Point(155_000, 463_000)


def test_labelled_degrees_are_brought_to_rd(tmp_path):
    pad = write_csv(
        tmp_path / "a.csv", f"{KOP};lat;lon\nHof;2A;52,155172897;5,387203657\nWerf;3;52,2;5,4\n"
    )
    (laag,) = read_bestand(pad)
    assert laag.frame.geometry.iloc[0].distance(shapely.Point(155_000, 463_000)) < 0.3
    assert laag.herkomst.crs_bron == "EPSG:4326"


def test_degrees_under_a_header_that_says_rd_are_refused(tmp_path):
    pad = write_csv(tmp_path / "a.csv", f"{KOP};x_rd;y_rd\nHof;2A;5.38;52.15\nb;3;5.4;52.2\n")
    with pytest.raises(CrsError, match="EPSG:4326"):
        read_bestand(pad)


def test_swapped_axes_are_named(tmp_path):
    pad = write_csv(
        tmp_path / "a.csv", f"{KOP};x_rd;y_rd\nHof;2A;463000;155000\nb;3;463100;155100\n"
    )
    with pytest.raises(CrsError, match="verwissel"):
        read_bestand(pad)


def test_a_row_without_a_place_is_refused_by_name_and_the_others_are_read(tmp_path):
    rijen = [["plannaam", "planstatus", "wkt (RD)"], ["Hof", "2A", WKT], ["Nergens", "3", None]]
    (laag,) = read_bestand(write_xlsx(tmp_path / "a.xlsx", {"Plannen": rijen}))
    assert (laag.gelezen, len(laag.frame), laag.geweigerd) == (2, 1, 1)
    (fout,) = [b for b in laag.bevindingen if b.niveau == "fout"]
    assert (fout.code, fout.aantal) == ("KL612", 1)
    assert "Nergens" in fout.uitleg
    assert "wkt" not in json.loads(laag.frame["overig"].iloc[0] or "{}")


def test_other_kinds_are_read_from_a_table_too(tmp_path):
    pad = write_xlsx(tmp_path / "a.xlsx", {"x": [["naam", "wkt_rd"], ["Hof", WKT]]})
    (laag,) = read_bestand(pad, soort="vlakken")
    assert (laag.laag, laag.herkomst.vorm, len(laag.frame)) == ("vlakken", Vorm.XLSX.value, 1)
