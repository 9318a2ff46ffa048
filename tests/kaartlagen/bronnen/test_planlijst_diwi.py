"""DIWI: four header rows, a line per woningblok, a date per planstatus; and its GeoJSON."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import openpyxl
import pytest

from kaartlagen.bestandsvorm import Vorm
from kaartlagen.bronnen.planlijst_diwi import diwi_sheet
from kaartlagen.errors import BronError
from kaartlagen.inname import read_bestand
from kaartlagen.tabellen import read_rasters
from tests.kaartlagen.maken import VIERKANT, write_geojson
from tests.kaartlagen.tabelmaken import WKT, diwi_rows, write_xlsx

BOUW = ("Woning aantallen", "Bouw", 0)
SLOOP = ("Woning aantallen", "Sloop", 0)
DATUM = ("Bouw gegevens", "Opleverdatum", 0)
CORPORATIE = ("Bouw gegevens", "Huur woningcorporatie", 0)
PLEK = ("Projectgegevens", "Maatwerk project eigenschap", 0)
ONDER = {DATUM: date(2026, 12, 31), PLEK: "wkt (RD)"}
TOEKOMST = datetime.now(UTC).date() + timedelta(days=400)


def project(nummer=1, naam="Hof", wkt=WKT, **cellen):
    return {"Identificatie nr": nummer, "Naam": naam, PLEK: wkt} | cellen


def lees(tmp_path, *projecten, onder=None):
    pad = write_xlsx(tmp_path / "diwi.xlsx", {"Data": diwi_rows(onder or ONDER, *projecten)})
    (laag,) = read_bestand(pad)
    return laag


def codes(laag):
    return {b.code: b.aantal for b in laag.bevindingen}


def test_the_real_template_has_its_columns_and_no_rows(data_map):
    pad = data_map / "woningbouw" / "Excel_Import.xlsx"
    (raster,) = read_rasters(pad, Vorm.XLSX)
    blad = diwi_sheet(raster)
    assert blad is not None
    assert {"Identificatie nr", "Naam", "Gemeente", "Woning aantallen/Bouw",
            "2b Vastgesteld uitwerking nodig", "1c Onherroepelijk B&W nodig",
            } <= set(blad.koppen)  # fmt: skip
    assert blad.rijen == ()
    with pytest.raises(BronError, match="geen rijen"):
        read_bestand(pad)


def test_the_real_template_filled_in(data_map, tmp_path):
    werkmap = openpyxl.load_workbook(data_map / "woningbouw" / "Excel_Import.xlsx")
    blad = werkmap["Data"]
    kolom = {}
    for cel in blad[4]:
        kolom.setdefault(cel.value, cel.column)
    blad.cell(5, kolom["Opleverdatum"], date(2027, 6, 30))
    blad.cell(5, kolom["Huurprijs woningcorporatie categorie"] + 1, "Sociale huur")
    blad.cell(5, kolom["Maatwerk project eigenschap"], "Perceelaanduiding")
    blad.cell(5, kolom["Maatwerk project eigenschap"] + 1, "WKT (RD)")
    waarden = {
        "Identificatie nr": 12, "Naam": "De Meent", "Gemeente": "Westveld", "Bouw": 40,
        "Plan soort": "Pand transformatie", "2b Vastgesteld uitwerking nodig": date(2025, 2, 1),
        "Opleverdatum": 40, "Huur woningcorporatie": 25, "Koopwoning": 15,
    }  # fmt: skip
    for kop, waarde in waarden.items():
        blad.cell(6, kolom[kop], waarde)
    blad.cell(6, kolom["Huurprijs woningcorporatie categorie"] + 1, 25)
    blad.cell(6, kolom["Maatwerk project eigenschap"] + 1, WKT)
    blad.cell(7, kolom["Identificatie nr"], 13)
    blad.cell(7, kolom["Naam"], "Nog geen plek")
    pad = tmp_path / "ingevuld.xlsx"
    werkmap.save(pad)
    (laag,) = read_bestand(pad)
    assert (laag.gelezen, laag.geweigerd) == (2, 1)
    rij = laag.frame.iloc[0]
    assert (rij["plan_id"], rij["plannaam"], rij["gemeente"], rij["plantype"]) == (
        "12", "De Meent", "Westveld", "Pand transformatie",
    )  # fmt: skip
    assert (rij["planstatus"], rij["status_datum"]) == (
        "2b Vastgesteld uitwerking nodig",
        "2025-02-01",
    )
    assert (rij["woningen_toe"], rij["geometry"].area) == (40, 10_000)
    (blok,) = json.loads(rij["overig"])["woningblokken"]
    assert blok == {
        "Woning aantallen/Bouw": 40,
        "Bouw gegevens/Opleverdatum/2027-06-30": 40,
        "Bouw gegevens/Koopwoning": 15,
        "Bouw gegevens/Huur woningcorporatie": 25,
        "Bouw gegevens/Huurprijs woningcorporatie categorie/Sociale huur": 25,
    }
    geweigerd = next(b for b in laag.bevindingen if b.code == "KL612")
    assert "Nog geen plek" in geweigerd.uitleg


def test_lines_of_one_project_are_blocks_of_one_row_and_none_is_lost(tmp_path):
    laag = lees(
        tmp_path,
        project(Gemeente="Westveld") | {BOUW: 30, DATUM: 30, CORPORATIE: 30},
        project(wkt=None, Gemeente="Westveld") | {BOUW: 10},
        project(wkt=None, Gemeente="Elders") | {SLOOP: 8},
        project(nummer=2, naam="Werf") | {BOUW: 5},
        project(nummer=1, naam="Andere naam") | {BOUW: 7},
    )
    assert laag.gelezen == len(laag.frame) == 3
    assert laag.frame["woningen_toe"].tolist() == [40, 5, 7]
    assert laag.frame["woningen_af"].iloc[0] == 8
    blokken = json.loads(laag.frame["overig"].iloc[0])["woningblokken"]
    assert [blok.get("Woning aantallen/Bouw") for blok in blokken] == [30, 10, None]
    # What a later line says otherwise of the project is kept with its block.
    assert blokken[2]["Gemeente"] == "Elders"
    assert codes(laag)["KL618"] == 2


def test_the_place_may_stand_on_any_line_of_the_project(tmp_path):
    laag = lees(tmp_path, project(wkt=None) | {BOUW: 3}, project() | {BOUW: 4})
    assert (laag.gelezen, laag.geweigerd, laag.frame["woningen_toe"].tolist()) == (1, 0, [7])


@pytest.mark.parametrize(
    ("statussen", "planstatus", "datum", "twijfel"),
    [
        ({"3 In voorbereiding": date(2023, 1, 1), "2a Vastgesteld": date(2024, 5, 3)},
         "2a Vastgesteld", "2024-05-03", 0),
        ({"3 In voorbereiding": date(2023, 1, 1), "2a Vastgesteld": TOEKOMST},
         "3 In voorbereiding", "2023-01-01", 0),
        ({"2a Vastgesteld": TOEKOMST}, None, None, 0),
        ({"1c Onherroepelijk B&W nodig": "x"}, "1c Onherroepelijk B&W nodig", None, 0),
        ({"3 In voorbereiding": "x", "2a Vastgesteld": "x"}, None, None, 1),
        ({"3 In voorbereiding": date(2023, 1, 1), "2a Vastgesteld": date(2023, 1, 1)},
         None, None, 1),
        ({}, None, None, 0),
    ],
)  # fmt: skip
def test_the_status_is_the_last_that_has_begun(tmp_path, statussen, planstatus, datum, twijfel):
    laag = lees(tmp_path, project(**statussen) | {BOUW: 3})
    rij = laag.frame.iloc[0]
    assert (rij["planstatus"], rij["status_datum"]) == (planstatus, datum)
    assert codes(laag).get("KL621", 0) == twijfel
    # The dates themselves stay, whatever was chosen.
    for kop, waarde in statussen.items():
        assert json.loads(rij["overig"])[kop] == (waarde if waarde == "x" else waarde.isoformat())


def test_a_count_that_is_no_number_leaves_the_total_unknown_and_is_kept(tmp_path):
    laag = lees(tmp_path, project() | {BOUW: "ca. 30"}, project(wkt=None) | {BOUW: 4})
    assert laag.frame["woningen_toe"].isna().all()
    blokken = json.loads(laag.frame["overig"].iloc[0])["woningblokken"]
    assert blokken[0]["Woning aantallen/Bouw"] == "ca. 30"


def diwi_feature(**anders):
    basis = {
        "projectgegevens": {
            "basisgegevens": {"identificatie_nr": 7, "naam": "Hof"},
            "projectgegevens": {"plan_soort": "VERDICHTING", "vertrouwelijkheid": "PUBLIC"},
            "planologische_planstatus": {"_3_IN_VOORBEREIDING": "2023-01-01",
                                         "_2A_VASTGESTELD": "2024-05-03",
                                         "_1A_ONHERROEPELIJK": None},
            "locatie": {"gemeente": ["Westveld"], "wijk": None, "buurt": None},
        },
        "woning_blokken": [
            {"mutatiegegevens": {"mutatie_type": "CONSTRUCTION", "aantal": 30,
                                 "eigendom_type": "HUURWONING_WONINGCORPORATIE"},
             "einddatum": "2027-12-31", "waarde": {"laag": 0, "hoog": 800.0}},
            {"mutatiegegevens": {"mutatie_type": "DEMOLITION", "aantal": 4}, "einddatum": None},
        ],
    }  # fmt: skip
    return basis | anders


def test_the_geojson_of_diwi_is_laid_flat_and_kept_literally(tmp_path):
    crs = {"type": "name", "properties": {"name": "EPSG:28992"}}
    pad = write_geojson(tmp_path / "diwi.geojson", [VIERKANT], [diwi_feature()], crs=crs)
    (laag,) = read_bestand(pad)
    rij = laag.frame.iloc[0]
    assert (rij["plan_id"], rij["plannaam"], rij["gemeente"], rij["plantype"]) == (
        "7", "Hof", "Westveld", "VERDICHTING",
    )  # fmt: skip
    assert (rij["planstatus"], rij["status_datum"]) == ("_2A_VASTGESTELD", "2024-05-03")
    assert (rij["woningen_toe"], rij["woningen_af"]) == (30, 4)
    overig = json.loads(rij["overig"])
    assert json.loads(overig["woning_blokken"]) == diwi_feature()["woning_blokken"]
    assert overig["vertrouwelijkheid"] == "PUBLIC"
