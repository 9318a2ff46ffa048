"""BOPA's from a user's own layer: Dutch headers and dates, areas only, nothing lost."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from kaartlagen.errors import KolomError, OnbekendeSoortError
from kaartlagen.herkennen import recognise
from kaartlagen.inname import read_bestand
from tests.kaartlagen.maken import VIERKANT, write_geojson, write_vector

RD = {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}}
KOLOMMEN = {
    "zaaknummer": ["Z-001", "Z-002"],
    "verleend_op": ["2024-05-03", "2024-06-01"],
    "onherroepelijk_op": ["2024-07-01", None],
    "woningen": [12, None],
    "naam": ["Hof", "Erf"],
    "behandelaar": ["A", "B"],
}
NAAST = shapely.box(155_200, 463_000, 155_300, 463_100)


def codes(laag) -> dict[str, int]:
    return {b.code: b.aantal for b in laag.bevindingen}


def read(tmp_path, vormen=None, kolommen=None, naam="b.gpkg", **opties):
    kolommen = kolommen or KOLOMMEN
    aantal = len(next(iter(kolommen.values())))
    pad = write_vector(tmp_path / naam, vormen or [VIERKANT, NAAST][:aantal], kolommen)
    (laag,) = read_bestand(pad, **opties)
    return laag


def test_a_layer_of_permits_is_read_row_by_row(tmp_path):
    laag = read(tmp_path)
    assert (laag.laag, laag.soort, laag.gelezen, laag.geweigerd) == ("bopa", "bopa", 2, 0)
    rij = laag.frame.iloc[0]
    assert rij[["zaaknummer", "naam", "verleend_op", "onherroepelijk_op"]].tolist() == [
        "Z-001", "Hof", "2024-05-03", "2024-07-01",
    ]  # fmt: skip
    assert rij["woningen"] == 12
    assert json.loads(rij["overig"]) == {"behandelaar": "A"}
    tweede = laag.frame.iloc[1]
    assert tweede["onherroepelijk_op"] is None
    assert laag.frame["woningen"].isna().tolist() == [False, True]


@pytest.mark.parametrize(
    ("zaak", "verleend", "onherroepelijk"),
    [
        ("Zaaknummer", "Datum verleend", "Datum onherroepelijk"),
        ("ZAAKNR", "VERLEEND", "ONHERROEPELIJK"),
        ("zaak_id", "verleningsdatum", "onherroepelijk sinds"),
        ("Dossiernummer", "Datum verlening", "Onherroepelijk per"),
        ("kenmerk", "vergunning verleend", "onherroepelijk_datum"),
        # As a Shapefile cuts them.
        ("zaaknummer", "verleend_o", "onherroepe"),
    ],
)
def test_dutch_headers_in_many_spellings(tmp_path, zaak, verleend, onherroepelijk):
    kolommen = {zaak: ["Z-1"], verleend: ["3-5-2024"], onherroepelijk: ["1-7-2024"]}
    rij = read(tmp_path, kolommen=kolommen).frame.iloc[0]
    assert rij[["zaaknummer", "verleend_op", "onherroepelijk_op"]].tolist() == [
        "Z-1", "2024-05-03", "2024-07-01",
    ]  # fmt: skip


def test_a_shapefile_of_permits_is_read(tmp_path):
    laag = read(tmp_path, naam="b.shp")
    assert laag.frame["onherroepelijk_op"].tolist() == ["2024-07-01", None]


@settings(max_examples=20)
@given(dag=st.dates(date(2024, 1, 1), date(2035, 1, 1)))
@pytest.mark.parametrize(
    "vorm",
    ["{0:%d-%m-%Y}", "{0.day}/{0.month}/{0.year}", "{0:%Y%m%d}", "{0:%Y-%m-%d}T00:00:00+02:00"],
)
def test_every_dutch_notation_of_a_day_is_that_day(tmp_path_factory, vorm, dag):
    pad = write_geojson(
        tmp_path_factory.mktemp("b") / "b.geojson",
        [VIERKANT],
        [{"zaaknummer": "Z", "verleend_op": vorm.format(dag)}],
        **RD,
    )
    (laag,) = read_bestand(pad)
    assert laag.frame.iloc[0]["verleend_op"] == dag.isoformat()


def test_a_day_in_words_and_a_date_column_are_read(tmp_path):
    kolommen = {
        "zaaknummer": ["1", "2"],
        "verleend_op": ["3 mei 2024", "14 mrt. 2024"],
        "onherroepelijk_op": [datetime(2024, 8, 1), datetime(2024, 9, 2)],  # noqa: DTZ001
    }
    frame = read(tmp_path, kolommen=kolommen).frame
    assert frame["verleend_op"].tolist() == ["2024-05-03", "2024-03-14"]
    assert frame["onherroepelijk_op"].tolist() == ["2024-08-01", "2024-09-02"]


def test_what_is_no_date_is_left_empty_reported_and_kept(tmp_path):
    kolommen = KOLOMMEN | {
        "onherroepelijk_op": ["ja", "2024-08-01"],
        "verleend_op": ["x", "1-6-24"],
    }
    laag = read(tmp_path, kolommen=kolommen)
    assert laag.frame["verleend_op"].isna().all()
    assert codes(laag)["KL406"] == 3
    assert json.loads(laag.frame.iloc[0]["overig"])["onherroepelijk_op"] == "ja"
    # The first permit has no day at all: it cannot count.
    assert codes(laag)["KL912"] == 1


def test_a_count_that_is_no_number_is_kept_beside_the_layer(tmp_path):
    laag = read(tmp_path, kolommen=KOLOMMEN | {"woningen": ["circa 20", "1.200"]})
    assert laag.frame["woningen"].isna().tolist() == [True, False]
    assert laag.frame["woningen"].iloc[1] == 1200
    assert codes(laag)["KL601"] == 1
    assert json.loads(laag.frame.iloc[0]["overig"])["woningen"] == "circa 20"


@pytest.mark.parametrize(
    "vorm",
    [shapely.Point(155_050, 463_050), shapely.LineString([(155_000, 463_000), (155_050, 463_050)])],
)
def test_a_point_or_line_has_no_ground_and_is_refused_by_name(tmp_path, vorm):
    laag = read(tmp_path, [VIERKANT, vorm])
    assert (laag.gelezen, len(laag.frame), laag.geweigerd) == (2, 1, 1)
    bevinding = next(b for b in laag.bevindingen if b.code == "KL911")
    assert bevinding.aantal == 1
    assert "Z-002" in bevinding.voorbeelden[0]
    assert "oppervlakte" in bevinding.uitleg


def test_a_layer_of_points_alone_is_recognised_and_refused_row_by_row(tmp_path):
    punten = [shapely.Point(155_050, 463_050), shapely.Point(155_060, 463_050)]
    laag = read(tmp_path, punten)
    assert (laag.gelezen, len(laag.frame), laag.geweigerd) == (2, 0, 2)
    assert codes(laag) == {"KL911": 2}


def test_a_row_without_geometry_is_refused_as_everywhere(tmp_path):
    laag = read(tmp_path, [VIERKANT, None])
    assert (laag.gelezen, len(laag.frame), laag.geweigerd) == (2, 1, 1)
    assert codes(laag)["KL301"] == 1


def test_onherroepelijk_before_verleend_is_reported(tmp_path):
    kolommen = KOLOMMEN | {"onherroepelijk_op": ["2024-05-02", None]}
    assert codes(read(tmp_path, kolommen=kolommen))["KL950"] == 1


def test_a_day_in_the_future_is_reported(tmp_path):
    kolommen = KOLOMMEN | {"onherroepelijk_op": [f"{datetime.now(UTC).year + 2}-01-01", None]}
    assert codes(read(tmp_path, kolommen=kolommen))["KL120"] == 1


def test_a_missing_and_a_double_zaaknummer_are_reported(tmp_path):
    derde = shapely.box(155_400, 463_000, 155_500, 463_100)
    kolommen = {"zaaknummer": ["Z-1", "Z-1", None], "verleend_op": ["2024-05-03"] * 3}
    gevonden = codes(read(tmp_path, [VIERKANT, NAAST, derde], kolommen))
    assert gevonden["KL323"] == 1
    assert gevonden["KL324"] == 1


def test_a_zaaknummer_alone_is_no_permit(tmp_path):
    pad = write_vector(tmp_path / "z.gpkg", [VIERKANT], {"zaaknummer": ["1"], "soort": ["melding"]})
    with pytest.raises(OnbekendeSoortError):
        recognise(pad)
    (laag,) = read_bestand(pad, soort="bopa")
    assert codes(laag)["KL912"] == 1


def test_without_a_zaaknummer_the_columns_are_named(tmp_path):
    pad = write_vector(tmp_path / "z.gpkg", [VIERKANT], {"datum": ["2024-01-01"]})
    with pytest.raises(KolomError, match=r"zaaknummer.*er zijn: datum"):
        read_bestand(pad, soort="bopa")


def test_a_planlijst_with_zaaknummers_is_asked_for(tmp_path):
    kolommen = KOLOMMEN | {"plannaam": ["a", "b"], "planstatus": ["1A", "3"]}
    pad = write_vector(tmp_path / "b.gpkg", [VIERKANT, NAAST], kolommen)
    with pytest.raises(OnbekendeSoortError, match="--soort woningbouwplannen of --soort bopa"):
        recognise(pad)


def test_a_stored_layer_of_permits_is_read_back_as_it_was(tmp_path):
    eerst = read(tmp_path)
    terug = eerst.frame.to_file(tmp_path / "uit.gpkg", driver="GPKG") or read_bestand(
        tmp_path / "uit.gpkg"
    )
    assert terug[0].laag == "bopa"
    assert terug[0].frame["overig"].tolist() == eerst.frame["overig"].tolist()
