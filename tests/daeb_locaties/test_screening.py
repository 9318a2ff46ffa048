from __future__ import annotations

import geopandas as gpd
import pytest
from shapely import Point

from daeb_locaties.akkoord import Hardheidsregel, Screeningsregel
from daeb_locaties.hardheid.regime import Regime
from daeb_locaties.screening import KLASSEN, screen_percelen
from tests.daeb_locaties.bouwstenen import OORSPRONG, Plannen, vak

WIJZIGING = (("gebiedsaanduiding", "wetgevingzone - wijzigingsgebied", vak(2, 0, 3, 1)),)
PLANNEN = Plannen().plan(
    "NL.IMRO.9001.BP-0001",
    [
        ("Wonen", "wonen", vak(0, 0, 1, 1)),
        ("Gemengd", "gemengd", vak(1, 0, 2, 1)),
        ("Agrarisch", "agrarisch", vak(2, 0, 4, 1)),
    ],
    aanduidingen=WIJZIGING,
)


def screen(*vormen, regime=None, woningen=None, eisen=None):
    percelen = gpd.GeoDataFrame(
        {
            "perceel_id": [str(n) for n in range(len(vormen))],
            "aanduiding": "ABC00 A 1",
            "eigenaar": None,
        },
        geometry=list(vormen),
        crs="EPSG:28992",
        index=[10 * n for n in range(len(vormen))],
    )
    return screen_percelen(
        percelen, regime or PLANNEN.regime(), Hardheidsregel(), eisen or Screeningsregel(), woningen
    )


def punt(x, y):
    return Point(OORSPRONG[0] + 100 * x, OORSPRONG[1] + 100 * y)


@pytest.mark.parametrize(
    ("vorm", "code", "kandidaat"),
    [
        (vak(0, 0, 1, 1), "hard", True),
        (vak(1, 0, 2, 1), "regels_beslissen", True),
        (vak(2, 0, 3, 1), "zacht", True),
        (vak(3, 0, 4, 1), "geen_wonen", False),
        (vak(8, 8, 9, 9), "geen_plan", False),
        (vak(0, 0, 0.15, 0.15), "te_klein", False),
        (vak(0.5, 0, 1.5, 1), "hard", True),  # precies de helft
        (vak(0.51, 0, 1.51, 1), "regels_beslissen", True),
    ],
)
def test_perceel_gets_the_first_reason_that_holds(vorm, code, kandidaat):
    rij = screen(vorm).iloc[0]
    assert (rij["screening"], rij["kandidaat"]) == (code, kandidaat)


def test_present_homes_make_a_perceel_bewoond_and_unknown_homes_do_not():
    frame = gpd.GeoDataFrame(geometry=[punt(0.5, 0.5), punt(0.6, 0.5)], crs="EPSG:28992")
    assert screen(vak(0, 0, 1, 1), woningen=frame).iloc[0][["woningen", "screening"]].tolist() == [
        2, "bewoond",
    ]  # fmt: skip
    zonder = screen(vak(0, 0, 1, 1)).iloc[0]
    assert zonder["woningen"] != zonder["woningen"]
    assert zonder["screening"] == "hard"


def test_home_on_a_border_counts_on_one_perceel():
    frame = gpd.GeoDataFrame(geometry=[punt(1, 0.5)], crs="EPSG:28992")
    assert screen(vak(0, 0, 1, 1), vak(1, 0, 2, 1), woningen=frame)["woningen"].sum() == 1


def test_shares_by_use_sum_to_one_and_rows_keep_their_index():
    uit = screen(vak(0, 0, 1, 1), vak(0.5, 0, 2.5, 2), vak(8, 8, 9, 9))
    gebruik = ["aandeel_wonen", "aandeel_gemengd", "aandeel_overig", "aandeel_geen_plan"]
    assert uit[gebruik].sum(axis=1).tolist() == pytest.approx([1, 1, 1])
    assert uit.index.tolist() == [0, 10, 20]
    per_klasse = uit[[f"aandeel_{k.value}" for k in KLASSEN]].sum(axis=1)
    assert (per_klasse <= uit["aandeel_wonen"] + 1e-9).all()


def test_without_plans_every_perceel_is_without_plan():
    assert screen(vak(0, 0, 1, 1), regime=Regime())["screening"].tolist() == ["geen_plan"]
