"""Files of no special kind: every row of the kind asked for, with all its columns."""

from __future__ import annotations

import json

import pytest
import shapely

from kaartlagen.inname import read_bestand
from tests.kaartlagen.maken import VIERKANT, VLINDER, write_vector

PUNT = shapely.Point(155_000, 463_000)
LIJN = shapely.LineString([(155_000, 463_000), (155_100, 463_100)])


@pytest.mark.parametrize(
    ("soort", "vorm"), [("punten", PUNT), ("lijnen", LIJN), ("vlakken", VIERKANT)]
)
@pytest.mark.parametrize("naam", ["a.gpkg", "a.shp", "a.fgb"])
def test_a_file_of_one_kind_is_read_with_its_columns(tmp_path, soort, vorm, naam):
    pad = write_vector(tmp_path / naam, [vorm], {"code": ["007"], "n": [3], "x": [1.5]})
    (laag,) = read_bestand(pad, soort=soort)
    assert (laag.laag, len(laag.frame)) == (soort, 1)
    assert json.loads(laag.frame.iloc[0]["overig"]) == {"code": "007", "n": 3, "x": 1.5}


def test_rows_of_another_kind_are_refused_and_counted(tmp_path):
    pad = write_vector(tmp_path / "a.gpkg", [PUNT, LIJN, VIERKANT, None], {"n": [1, 2, 3, 4]})
    (laag,) = read_bestand(pad, soort="lijnen")
    assert (laag.gelezen, len(laag.frame), laag.geweigerd) == (4, 1, 3)
    assert {b.code: b.aantal for b in laag.bevindingen} == {"KL301": 1, "KL302": 2}
    assert json.loads(laag.frame.iloc[0]["overig"]) == {"n": 2}


def test_invalid_polygons_are_repaired(tmp_path):
    (laag,) = read_bestand(
        write_vector(tmp_path / "a.gpkg", [VIERKANT, VLINDER], {"n": [1, 2]}), soort="vlakken"
    )
    assert laag.hersteld == 1
    assert laag.frame.is_valid.all()


def test_all_layers_of_a_file_are_read_and_keep_apart(data_map):
    lagen = read_bestand(data_map / "bag" / "bag.gpkg", soort="punten")
    assert [(laag.herkomst.bron, len(laag.frame)) for laag in lagen] == [
        ("bag.gpkg#ligplaatsen", 67),
        ("bag.gpkg#standplaatsen", 1),
        ("bag.gpkg#verblijfsobjecten", 1836),
    ]
    assert [laag.bevindingen[0].voorbeelden for laag in lagen] == [
        ("ligplaatsen",),
        ("standplaatsen",),
        ("verblijfsobjecten",),
    ]


def test_null_geometry_is_refused_row_by_row(data_map):
    (laag,) = read_bestand(data_map / "gpkg" / "test_geometry_null.gpkg", soort="vlakken")
    assert (laag.gelezen, len(laag.frame), laag.geweigerd) == (2, 0, 2)
    assert [(b.code, b.aantal) for b in laag.bevindingen] == [("KL301", 2)]


def test_a_file_without_columns_has_no_overig(tmp_path):
    (laag,) = read_bestand(write_vector(tmp_path / "a.fgb", [VIERKANT]), soort="vlakken")
    assert laag.frame["overig"].tolist() == [None]
