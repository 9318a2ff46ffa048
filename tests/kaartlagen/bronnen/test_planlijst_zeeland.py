"""Planmonitor Wonen: three tables are one planlijst, and cuts of the same homes are not added."""

from __future__ import annotations

import json
import sqlite3

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest

from kaartlagen.errors import KolomError
from kaartlagen.inname import read_bestand
from tests.kaartlagen.maken import VIERKANT
from tests.kaartlagen.tabelmaken import WKT, write_xlsx

PLAN = {"id": "p1", "plan_naam": "Hof", "gemeente": "Westkapelle", "regio": "Walcheren",
        "status_planologisch": "4B. Optie", "plantype": "Verdichting",
        "sleutelproject": True}  # fmt: skip
CATEGORIEEN = [
    {"id": "c1", "planregistratie_id": "p1", "nieuwbouw": "Nieuwbouw", "totaal_gepland": 40,
     "totaal_gerealiseerd": 10},
    {"id": "c2", "planregistratie_id": "p1", "woning_type": "Meergezins", "totaal_gepland": 40},
    {"id": "c3", "planregistratie_id": "p1", "betaalbaarheid": "Sociale huur", "totaal_gepland": 25,
     "totaal_gerealiseerd": 10},
    {"id": "c4", "planregistratie_id": "p1", "betaalbaarheid": "Koop dure koop",
     "totaal_gepland": 15},
    {"id": "c5", "planregistratie_id": "p1", "sloop": "Sloop", "totaal_gepland": 6},
]  # fmt: skip
DETAILS = [
    {"id": "d1", "plancategorie_id": "c3", "jaartal": 2026, "aantal_gepland": 5},
    {"id": "d2", "plancategorie_id": "c3", "jaartal": 2027, "aantal_gepland": 10},
]
VELDEN = (
    "nieuwbouw",
    "woning_type",
    "betaalbaarheid",
    "sloop",
    "totaal_gepland",
    "totaal_gerealiseerd",
)


def schrijf(tmp_path, categorieen=CATEGORIEEN, details=DETAILS, plannen=(PLAN,), voor=""):
    pad = tmp_path / "planmonitor.gpkg"
    frame = gpd.GeoDataFrame(list(plannen), geometry=[VIERKANT] * len(plannen), crs=28992)
    pyogrio.write_dataframe(frame, pad, layer=f"{voor}planregistratie")
    leeg = dict.fromkeys(VELDEN)
    pyogrio.write_dataframe(
        pd.DataFrame([leeg | c for c in categorieen]), pad, layer=f"{voor}plancategorie"
    )
    pyogrio.write_dataframe(pd.DataFrame(details), pad, layer=f"{voor}detailplanning")
    return pad


def codes(laag):
    return {b.code: b.aantal for b in laag.bevindingen}


@pytest.mark.parametrize("voor", ["", "public."])
def test_the_three_tables_are_joined(tmp_path, voor):
    (laag,) = read_bestand(schrijf(tmp_path, voor=voor))
    rij = laag.frame.iloc[0]
    assert (laag.laag, laag.gelezen, rij["plannaam"], rij["planstatus"]) == (
        "woningbouwplannen", 1, "Hof", "4B. Optie",
    )  # fmt: skip
    regels = {regel["id"]: regel for regel in json.loads(rij["overig"])["plancategorieen"]}
    assert set(regels) == {"c1", "c2", "c3", "c4", "c5"}
    assert [(d["jaartal"], d["aantal_gepland"]) for d in regels["c3"]["detailplanning"]] == [
        (2026, 5), (2027, 10),
    ]  # fmt: skip
    assert "KL101" not in codes(laag)
    assert "KL615" not in codes(laag)


def test_cuts_of_the_same_homes_are_not_added_and_built_homes_are_off(tmp_path):
    (laag,) = read_bestand(schrijf(tmp_path))
    assert (laag.frame["woningen_toe"].iloc[0], laag.frame["woningen_af"].iloc[0]) == (30, 6)


def test_a_crossed_table_counts_every_line_once(tmp_path):
    kruis = [
        {"id": "a", "planregistratie_id": "p1", "nieuwbouw": "Nieuwbouw",
         "woning_type": "Eengezins",
         "betaalbaarheid": "Sociale huur", "totaal_gepland": 20},
        {"id": "b", "planregistratie_id": "p1", "nieuwbouw": "Nieuwbouw",
         "woning_type": "Meergezins",
         "betaalbaarheid": "Koop dure koop", "totaal_gepland": 5},
    ]  # fmt: skip
    (laag,) = read_bestand(schrijf(tmp_path, kruis))
    assert laag.frame["woningen_toe"].iloc[0] == 25


def test_without_the_whole_one_cut_gives_the_number(tmp_path):
    (laag,) = read_bestand(schrijf(tmp_path, CATEGORIEEN[1:4]))
    assert laag.frame["woningen_toe"].iloc[0] == 30


def test_lines_of_no_plan_are_told(tmp_path):
    wees = [
        {"id": "c9", "planregistratie_id": "weg", "nieuwbouw": "Nieuwbouw", "totaal_gepland": 9}
    ]
    los = [{"id": "d9", "plancategorie_id": "nergens", "jaartal": 2026, "aantal_gepland": 1}]
    (laag,) = read_bestand(schrijf(tmp_path, CATEGORIEEN + wees, DETAILS + los))
    gemeld = [b for b in laag.bevindingen if b.code == "KL615"]
    assert [(b.aantal, b.voorbeelden) for b in gemeld] == [(1, ("weg",)), (1, ("nergens",))]
    assert laag.frame["woningen_toe"].iloc[0] == 30


def test_a_table_that_cannot_be_joined_refuses_the_file(tmp_path):
    pad = schrijf(tmp_path)
    with sqlite3.connect(pad) as db:
        db.execute("ALTER TABLE plancategorie RENAME COLUMN planregistratie_id TO plan")
    with pytest.raises(KolomError, match="planregistratie_id"):
        read_bestand(pad)


def test_the_same_tables_in_a_workbook(tmp_path):
    velden = ["id", "planregistratie_id", *VELDEN]
    bladen = {
        "planregistratie": [[*PLAN, "geometrie_rd"], [*PLAN.values(), WKT]],
        "plancategorie": [velden, *[[c.get(v) for v in velden] for c in CATEGORIEEN]],
        "detailplanning": [list(DETAILS[0]), *[list(d.values()) for d in DETAILS]],
    }
    (laag,) = read_bestand(write_xlsx(tmp_path / "pm.xlsx", bladen))
    assert (laag.frame["woningen_toe"].iloc[0], laag.frame["woningen_af"].iloc[0]) == (30, 6)
    assert "KL101" not in codes(laag)
