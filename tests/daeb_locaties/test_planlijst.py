from __future__ import annotations

import json

import geopandas as gpd
import pytest
from shapely import Point

from daeb_locaties.begrippen import Component, Maat
from daeb_locaties.model import Aantal
from daeb_locaties.planlijst import make_locaties, read_planlijst
from tests.daeb_locaties.bouwstenen import vak


def rij(overig=None, geometry=None, **velden):
    return {
        "plan_id": "7",
        "plannaam": "De Meent",
        "gemeente": "Westveld",
        "planstatus": "2A. Vastgesteld",
        "status_datum": "3-5-2024",
        "plantype": "Verdichting",
        "woningen_toe": 12,
        "woningen_af": 2,
        "overig": json.dumps(overig or {}),
        "geometry": geometry or vak(0, 0, 1, 1),
    } | velden


def maak(*rijen, bron="lijst.gpkg"):
    return make_locaties(gpd.GeoDataFrame(list(rijen), crs="EPSG:28992"), bron)


def test_row_becomes_a_locatie_with_its_status_and_date():
    (loc,) = maak(rij({"Corporatie": "Woonstee; Thuisland", "vertrouwelijkheid": "Openbaar"}))
    assert (loc.naam, loc.planstatus_opgegeven.value, str(loc.planstatus_datum)) == (
        "De Meent", "2A", "2024-05-03",
    )  # fmt: skip
    assert (loc.woningen_totaal, loc.corporaties) == (10, ("Woonstee", "Thuisland"))
    assert loc.geometrie_rd.geom_type == "MultiPolygon"


def test_counts_per_component_and_year_with_bounds():
    (loc,) = maak(
        rij(
            {
                "daeb_nieuwbouw_2026": 30,
                "daeb_nieuwbouw_2026_min": 20,
                "DAEB nieuwbouw 2026 max": "40",
                "daeb_sloop": -8,
                "doelgroepvoorraad_terug_naar_daeb": 3,
                "daeb_nieuwbouw_2027": None,
                "daeb_iets": 99,
            }
        )
    )
    assert loc.aantallen == (
        Aantal(Component.NIEUWBOUW, Maat.DAEB, 2026, 30, 20, 40),
        Aantal(Component.SLOOP, Maat.DAEB, None, 8),
        Aantal(Component.TERUG_NAAR_DAEB, Maat.DOELGROEPVOORRAAD, None, 3),
    )
    assert (loc.netto(Maat.DAEB), loc.netto(Maat.DOELGROEPVOORRAAD)) == (22, 3)


def test_a_total_beside_years_is_not_counted_again():
    (loc,) = maak(rij({"daeb_nieuwbouw": 30, "daeb_nieuwbouw_2026": 10, "daeb_nieuwbouw_2027": 15}))
    assert (loc.netto(Maat.DAEB), len(loc.aantallen)) == (30, 3)


def test_a_count_under_its_full_name_goes_before_what_a_form_would_give():
    vorm = {"plancategorieen": [{"betaalbaarheid": "Sociale huur", "totaal_gepland": 9}]}
    assert maak(rij(vorm))[0].netto(Maat.DAEB) == 9
    assert maak(rij(vorm | {"daeb_nieuwbouw_2026": 4}))[0].netto(Maat.DAEB) == 4


def test_the_limit_of_the_akkoord_says_which_rent_is_daeb():
    blok = {
        "Woning aantallen/Bouw": 9,
        "Bouw gegevens/Huur woningcorporatie": 9,
        "Bouw gegevens/Huurprijs woningcorporatie/0-850": 9,
    }
    frame = gpd.GeoDataFrame([rij({"woningblokken": [blok]})], crs="EPSG:28992")
    assert make_locaties(frame, "d.xlsx")[0].netto(Maat.DAEB) is None
    assert make_locaties(frame, "d.xlsx", {2025: 900.07})[0].netto(Maat.DAEB) == 9


@pytest.mark.parametrize(
    ("soort", "namen"),
    [("Woningcorporatie", ("Thuisland",)), ("Woningbouwcorporatie", ("Thuisland",)),
     ("Projectontwikkelaar", ())],
)  # fmt: skip
def test_an_opdrachtgever_that_is_a_corporatie_is_one(soort, namen):
    overig = {"opdrachtgever_type": soort, "opdrachtgever_naam": "Thuisland"}
    assert maak(rij(overig))[0].corporaties == namen


def bevindingen(*rijen):
    lijst = read_planlijst(gpd.GeoDataFrame(list(rijen), crs="EPSG:28992"), "lijst.gpkg")
    return {b.code: (b.aantal, b.voorbeelden) for b in lijst.bevindingen}


def test_a_status_that_contradicts_itself_is_unknown_kept_and_said():
    frame = gpd.GeoDataFrame([rij(planstatus="4A. Idee")], crs="EPSG:28992")
    (loc,) = make_locaties(frame, "lijst.gpkg")
    assert (loc.planstatus_opgegeven.value, loc.planstatus_tekst) == ("onbekend", "4A. Idee")
    assert bevindingen(rij(planstatus="4A. Idee"))["DL601"] == (1, ("De Meent: 4A. Idee",))


@pytest.mark.parametrize(
    ("tekst", "gemeld"), [("loopt", 1), ("6. Nazorg", 1), ("Onbekend", 0), ("-", 0), (None, 0)]
)
def test_a_status_that_is_none_is_said_unless_it_says_so_itself(tekst, gemeld):
    assert bevindingen(rij(planstatus=tekst)).get("DL602", (0, ()))[0] == gemeld


def test_plannen_without_a_daeb_number_are_named_with_the_reason():
    gevonden = bevindingen(rij({"HUUR": 12}), rij({"sociale huur 2026": 3}, plannaam="Werf"))
    assert gevonden["DL603"] == (1, ("De Meent",))
    assert gevonden["DL604"] == (1, ("Werf",))


def test_source_without_daeb_numbers_stays_unknown_and_is_not_zero():
    (loc,) = maak(rij({"HUUR": 12}))
    assert loc.netto(Maat.DAEB) is None


def test_ids_are_stable_unique_and_differ_between_sources():
    een = maak(rij(), rij(plan_id="8"), rij(plan_id="8"))
    nog_eens = maak(rij(), rij(plan_id="8"), rij(plan_id="8"))
    assert [loc.id for loc in een] == [loc.id for loc in nog_eens]
    assert len({loc.id for loc in een}) == 3
    assert maak(rij(), bron="ander.gpkg")[0].id != een[0].id


def test_row_without_plan_id_is_known_by_place_and_name():
    een = maak(rij(plan_id=None), rij(plan_id=None, plannaam="Ander"))
    omgekeerd = maak(rij(plan_id=None, plannaam="Ander"), rij(plan_id=None))
    assert {loc.id for loc in een} == {loc.id for loc in omgekeerd}


@pytest.mark.parametrize("vorm", [Point(120000, 420000), vak(0, 0, 1, 1).boundary])
def test_shape_without_ground_becomes_a_point(vorm):
    (loc,) = maak(rij(geometry=vorm))
    assert loc.oppervlakte_m2 is None
