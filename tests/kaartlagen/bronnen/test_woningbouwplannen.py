"""A planlijst keeps its words, loses no column and reads its numbers and dates."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pyogrio
import pytest
import shapely

from kaartlagen.errors import KolomError, OnbekendeSoortError
from kaartlagen.inname import read_bestand
from tests.kaartlagen.maken import VIERKANT, write_vector

PUNT = shapely.Point(155_000, 463_000)


def only(pad: Path, **opties):
    lagen = read_bestand(pad, **opties)
    assert len(lagen) == 1
    return lagen[0]


def codes(laag) -> dict[str, int]:
    return {b.code: b.aantal for b in laag.bevindingen}


def uitleg(laag, code: str) -> str:
    return " ".join(b.uitleg for b in laag.bevindingen if b.code == code)


def test_the_eib_set_of_overijssel(data_map):
    pad = data_map / "woningbouw" / "derived_eib_overijssel_dev.gpkg"
    bron = pyogrio.read_dataframe(pad)
    laag = only(pad)
    frame = laag.frame
    assert (laag.laag, laag.gelezen, len(frame), laag.geweigerd) == (
        "woningbouwplannen",
        487,
        487,
        0,
    )
    assert frame["plannaam"].tolist() == bron["Plannaam"].tolist()
    assert frame["gemeente"].tolist() == bron["Gem_naam"].tolist()
    assert (
        frame["planstatus"].value_counts().to_dict() == bron["Planstatus"].value_counts().to_dict()
    )
    assert frame["plan_id"].tolist() == [str(i) for i in bron["OBJECTID"]]
    assert frame["woningen_toe"].tolist() == bron["Aantalrest"].tolist()
    assert frame["woningen_af"].tolist() == (-bron["Sloop"]).tolist()
    assert frame["woningen_af"].min() == 0
    assert frame["status_datum"].iloc[0] == "2020-01-27"
    assert codes(laag)["KL610"] == 5
    assert "Gem_naam is gelezen als gemeente" in uitleg(laag, "KL610")
    assert not [b for b in laag.bevindingen if b.niveau != "melding"]
    assert frame.area.sum() == pytest.approx(bron.area.sum())


def test_nothing_of_the_source_is_lost(data_map):
    pad = data_map / "woningbouw" / "derived_eib_overijssel_dev.gpkg"
    bron = pyogrio.read_dataframe(pad).iloc[1]
    rij = only(pad).frame.iloc[1]
    overig = json.loads(rij["overig"])
    verbruikt = {
        "OBJECTID",
        "Gem_naam",
        "Plannaam",
        "Plantype",
        "Planstatus",
        "Aantalrest",
        "geometry",
    }
    assert set(overig) == set(bron.index) - verbruikt
    # Rewritten values are kept as they were.
    assert (overig["Sloop"], overig["datum"]) == (-12, "27-1-2020")
    assert overig["schatting"] is None
    assert overig["Shape_Area"] == pytest.approx(bron["Shape_Area"])


def test_our_own_planlijst_columns_and_counts(tmp_path):
    kolommen = {
        "plan_id": ["A1"], "plannaam": ["Hof"], "gemeente": ["9001"], "planstatus": ["2A"],
        "status_datum": ["2024-05-03"], "plantype": ["Verdichting"], "woningen_toe": [40],
        "woningen_af": [12], "corporatie": ["Thuis"], "vertrouwelijkheid": ["Openbaar"],
        "daeb_nieuwbouw_2026": [20], "daeb_sloop_min": [5],
    }  # fmt: skip
    rij = only(write_vector(tmp_path / "p.gpkg", [VIERKANT], kolommen)).frame.iloc[0]
    assert (rij["plan_id"], rij["gemeente"], rij["woningen_toe"], rij["woningen_af"]) == (
        "A1",
        "9001",
        40,
        12,
    )
    assert json.loads(rij["overig"]) == {
        "corporatie": "Thuis", "vertrouwelijkheid": "Openbaar", "daeb_nieuwbouw_2026": 20,
        "daeb_sloop_min": 5,
    }  # fmt: skip


@pytest.mark.parametrize(
    "koppen",
    [
        {"Plannaam": "plannaam", "Gemeente": "gemeente", "status_planologisch": "planstatus"},
        {"PLAN_NAAM": "plannaam", "GEM_NAAM": "gemeente", "PLANSTATUS": "planstatus"},
        {
            "projectnaam": "plannaam",
            "gemeentenaam": "gemeente",
            "planologische status": "planstatus",
        },
        {"naam": "plannaam", "gm_code": "gemeente", "Plan-status": "planstatus"},
    ],
)
@pytest.mark.parametrize("vorm", [VIERKANT, PUNT])
def test_common_headers_are_recognised_for_areas_and_points(tmp_path, koppen, vorm):
    waarden = {"plannaam": ["Hof"], "gemeente": ["0363"], "planstatus": ["3"]}
    pad = write_vector(tmp_path / "p.gpkg", [vorm], {k: waarden[v] for k, v in koppen.items()})
    laag = only(pad)
    assert laag.laag == "woningbouwplannen"
    rij = laag.frame.iloc[0]
    assert (rij["plannaam"], rij["gemeente"], rij["planstatus"]) == ("Hof", "0363", "3")
    assert rij["woningen_toe"] is pd.NA


def test_numbers_and_dates_that_cannot_be_read_are_left_open_kept_and_said(tmp_path):
    kolommen = {
        "plannaam": ["a", "b", "c", None],
        "planstatus": ["1A"] * 4,
        "woningen_toe": ["1.200", "ca. 20", "7,5", None],
        "datum": ["3-5-2024", "voorjaar", None, "2024-02-30"],
        "plan_id": ["1", "1", "2", "3"],
    }
    laag = only(write_vector(tmp_path / "p.gpkg", [VIERKANT] * 4, kolommen))
    assert laag.frame["woningen_toe"].astype(object).where(
        laag.frame["woningen_toe"].notna(), None
    ).tolist() == [1200, None, None, None]
    assert laag.frame["status_datum"].tolist() == ["2024-05-03", None, None, None]
    assert {"KL601": 2, "KL406": 2, "KL602": 1, "KL603": 1}.items() <= codes(laag).items()
    assert json.loads(laag.frame["overig"].iloc[1]) == {
        "woningen_toe": "ca. 20",
        "datum": "voorjaar",
    }


def test_a_date_column_of_type_date_reads(tmp_path):
    kolommen = {"plannaam": ["a"], "planstatus": ["1A"], "datum": pd.to_datetime(["2024-05-03"])}
    laag = only(write_vector(tmp_path / "p.gpkg", [VIERKANT], kolommen))
    assert laag.frame["status_datum"].tolist() == ["2024-05-03"]


@pytest.mark.parametrize(
    "kolommen",
    [
        {"naam": ["a"], "soort": ["b"]},
        {"naam": ["a"], "planstatus": ["vastgesteld"], "typePlan": ["bestemmingsplan"]},
        {"naam": ["a"], "planstatus": ["vastgesteld"], "bestemmingshoofdgroep": ["wonen"]},
        {"naam": ["school"], "aantal_woningen": [3]},
    ],
)
def test_other_tables_with_names_are_not_taken_for_a_planlijst(tmp_path, kolommen):
    with pytest.raises(OnbekendeSoortError):
        read_bestand(write_vector(tmp_path / "p.gpkg", [VIERKANT], kolommen))


@pytest.mark.parametrize(
    ("waarden", "status"),
    [
        (["2A. Vastgesteld", "4B. Optie"], "2A. Vastgesteld"),
        (["in voorbereiding", None], "in voorbereiding"),
        (["6. Nazorg", "2A"], None),
        (["loopt", "klaar"], None),
    ],
)
def test_a_column_called_status_is_a_planstatus_only_when_it_reads_as_one(
    tmp_path, waarden, status
):
    kolommen = {"plannaam": ["a", "b"], "status": waarden, "aantal_woningen": [3, 4]}
    pad = write_vector(tmp_path / "p.gpkg", [VIERKANT, PUNT], kolommen)
    assert only(pad).frame["planstatus"].iloc[0] == status


def test_the_planlijst_category_of_zuid_holland_is_no_planstatus(tmp_path):
    kolommen = {
        "plannaam": ["a"],
        "ph_text1": ["1a harde plannen, in voorbereiding of in uitvoering"],
        "aantal_woningen": [3],
    }
    rij = only(write_vector(tmp_path / "p.gpkg", [VIERKANT], kolommen)).frame.iloc[0]
    assert rij["planstatus"] is None
    assert json.loads(rij["overig"])["ph_text1"].startswith("1a harde")


def test_a_planlijst_without_names_of_plans_is_refused(tmp_path):
    pad = write_vector(tmp_path / "p.gpkg", [VIERKANT], {"planstatus": ["1A"]})
    with pytest.raises(KolomError, match="naam van het plan"):
        read_bestand(pad, soort="woningbouwplannen")


def test_a_stored_planlijst_reads_back_as_itself(tmp_path):
    kolommen = {"plannaam": ["Hof"], "planstatus": ["1A"], "daeb_nieuwbouw": [3]}
    eerst = only(write_vector(tmp_path / "p.gpkg", [VIERKANT], kolommen)).frame
    terug = only(
        write_vector(tmp_path / "q.gpkg", list(eerst.geometry), eerst.drop(columns="geometry"))
    ).frame
    assert terug["overig"].tolist() == eerst["overig"].tolist()
