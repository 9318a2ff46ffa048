"""The GeoJSON of Zuid-Holland: counts per year and price class in nested lists."""

from __future__ import annotations

import json

import pytest

from kaartlagen.inname import read_bestand
from tests.kaartlagen.maken import VIERKANT, write_geojson

RD = {"type": "name", "properties": {"name": "EPSG:28992"}}


def plan(jaren, **anders):
    return {
        "plannaam": "Hof", "gemeente": "Westveld", "status_planologisch": "3. In voorbereiding",
        "plantype": "Verdichting", "verhuurder_type": "Woningcorporatie",
        "knelpunten_meerkeuze": ["Parkeren", "Stikstof"], "ph_short3": 12,
        "ph_text1": "1a harde plannen, in voorbereiding of in uitvoering",
        "ph_text9": "0b1c", "ph_date3": "2026-01-05", "year_properties": jaren,
    } | anders  # fmt: skip


def jaar(jaartal, **aantallen):
    return {"jaartal": jaartal, "meergezins_koop1": 0, "bouw_gerealiseerd": "Nee",
            "sloop_gerealiseerd": "Nee"} | aantallen  # fmt: skip


def lees(tmp_path, *plannen):
    pad = tmp_path / "plannen.pzh.geojson"
    (laag,) = read_bestand(write_geojson(pad, [VIERKANT] * len(plannen), plannen, crs=RD))
    return laag


JAREN = [
    jaar(2026, meergezins_huur1=10, eengezins_koop4=5, sloop_eengezins_huur1=3),
    jaar(2027, onbekend_onbekend=7, meergezins_huur_onb=1),
]


def test_years_are_added_up_and_kept_as_they_are(tmp_path):
    laag = lees(tmp_path, plan(JAREN))
    rij = laag.frame.iloc[0]
    assert (rij["woningen_toe"], rij["woningen_af"], laag.herkomst.crs_bron) == (
        23,
        3,
        "EPSG:28992",
    )
    assert (rij["plan_id"], rij["planstatus"], rij["plantype"]) == (
        "0b1c", "3. In voorbereiding", "Verdichting",
    )  # fmt: skip
    overig = json.loads(rij["overig"])
    assert json.loads(overig["year_properties"]) == JAREN
    assert (overig["ph_short3"], overig["ph_text1"][:2]) == (12, "1a")
    assert overig["knelpunten_meerkeuze"] == ["Parkeren", "Stikstof"]


def test_the_category_of_the_planlijst_is_not_the_planstatus(tmp_path):
    laag = lees(tmp_path, plan(JAREN, status_planologisch=None), plan(JAREN))
    assert laag.frame["planstatus"].tolist() == [None, "3. In voorbereiding"]


@pytest.mark.parametrize("gebouwd", ["Ja", "Nee", None])
def test_gerealiseerd_is_not_believed_and_said_so(tmp_path, gebouwd):
    jaren = [jaar(2020, meergezins_huur1=10) | {"bouw_gerealiseerd": gebouwd}]
    laag = lees(tmp_path, plan(jaren))
    assert laag.frame["woningen_toe"].tolist() == [10]
    assert {b.code: b.aantal for b in laag.bevindingen}["KL617"] == 1


@pytest.mark.parametrize(
    "jaren", ["geen lijst", {"jaartal": 2026}, [jaar(2026, meergezins_huur1="tien")]]
)
def test_lists_that_cannot_be_read_leave_the_count_open_and_are_kept(tmp_path, jaren):
    laag = lees(tmp_path, plan(JAREN), plan(jaren))
    assert laag.frame["woningen_toe"].isna().tolist() == [False, True]
    assert {b.code: b.aantal for b in laag.bevindingen}["KL616"] == 1
    assert json.loads(laag.frame["overig"].iloc[1])["year_properties"]


def test_a_plan_without_lists_has_no_count(tmp_path):
    laag = lees(tmp_path, plan(JAREN), plan(None), plan([]))
    assert laag.frame["woningen_toe"].isna().tolist() == [False, True, True]
    assert "KL616" not in {b.code for b in laag.bevindingen}
