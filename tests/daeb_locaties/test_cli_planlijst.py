"""`locatie inlezen` of every form of planlijst, as a user meets it: exit codes and words."""

from __future__ import annotations

import json
import sys
from datetime import date

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely

from daeb_locaties.cli import main
from tests.kaartlagen.maken import VIERKANT, write_geojson, write_vector
from tests.kaartlagen.tabelmaken import WKT, diwi_rows, write_csv, write_xlsx

RD = {"type": "name", "properties": {"name": "EPSG:28992"}}


@pytest.fixture
def daeb(tmp_path, monkeypatch, capfdbinary):
    """Call `daeb-locaties` on a project in tmp_path; return exit code, stdout and stderr."""

    def call(*woorden):
        argv = ["daeb-locaties", "--project", str(tmp_path / "project"), *map(str, woorden)]
        monkeypatch.setattr(sys, "argv", argv)
        with pytest.raises(SystemExit) as einde:
            main()
        uit, fout = capfdbinary.readouterr()
        return einde.value.code, uit.decode("utf-8"), fout.decode("utf-8")

    return call


@pytest.fixture
def inlezen(daeb):
    """Read a planlijst and list the locaties; return exit code, report and list."""

    def call(pad, *opties):
        code, uit, fout = daeb("locatie", "inlezen", pad, *opties, "--json")
        assert code in {0, 1}, fout
        lijst = json.loads(daeb("locatie", "lijst", "--json")[1])["locaties"]
        return code, json.loads(uit), {loc["naam"]: loc for loc in lijst}

    return call


def diwi_excel(map_):
    bouw, datum = ("Woning aantallen", "Bouw", 0), ("Bouw gegevens", "Opleverdatum", 0)
    plek = ("Projectgegevens", "Maatwerk project eigenschap", 0)
    huur = ("Bouw gegevens", "Huur woningcorporatie", 0)
    prijs = ("Bouw gegevens", "Huurprijs woningcorporatie categorie", 0)
    onder = {datum: date(2026, 12, 31), plek: "WKT (RD)", prijs: "Sociale huur"}
    project = {"Identificatie nr": 1, "Naam": "Hof", "2a Vastgesteld": date(2024, 5, 3), plek: WKT,
               bouw: 30, datum: 30, huur: 30, prijs: 20}  # fmt: skip
    return write_xlsx(map_ / "diwi.xlsx", {"Data": diwi_rows(onder, project)})


def diwi_geojson(map_):
    eigenschappen = {
        "projectgegevens": {"basisgegevens": {"identificatie_nr": 1, "naam": "Hof"},
                            "planologische_planstatus": {"_2A_VASTGESTELD": "2024-05-03"}},
        "woning_blokken": [
            {"mutatiegegevens": {"mutatie_type": "CONSTRUCTION", "aantal": 20,
                                 "eigendom_type": "HUURWONING_WONINGCORPORATIE"},
             "einddatum": "2026-12-31", "waarde": {"categorie": "Sociale huur"}}
        ],
    }  # fmt: skip
    return write_geojson(map_ / "diwi.geojson", [VIERKANT], [eigenschappen], crs=RD)


def zuid_holland(map_):
    eigenschappen = {
        "plannaam": "Hof", "gemeente": "Westveld", "status_planologisch": "2A. Vastgesteld",
        "ph_text1": "1b kansrijke plannen", "ph_short3": 20, "verhuurder_type": "Onbekend",
        "year_properties": [{"jaartal": 2026, "meergezins_huur1": 20, "eengezins_koop4": 10}],
    }  # fmt: skip
    return write_geojson(map_ / "hof.pzh.geojson", [VIERKANT], [eigenschappen], crs=RD)


def zeeland(map_):
    pad = map_ / "planmonitor.gpkg"
    plan = {"id": ["p"], "plan_naam": ["Hof"], "status_planologisch": ["2A. Vastgesteld"]}
    regels = {"id": ["c"], "planregistratie_id": ["p"], "betaalbaarheid": ["Sociale huur"],
              "totaal_gepland": [20]}  # fmt: skip
    jaren = {"id": ["d"], "plancategorie_id": ["c"], "jaartal": [2026], "aantal_gepland": [20]}
    pyogrio.write_dataframe(
        gpd.GeoDataFrame(plan, geometry=[VIERKANT], crs=28992), pad, layer="planregistratie"
    )
    pyogrio.write_dataframe(pd.DataFrame(regels), pad, layer="plancategorie")
    pyogrio.write_dataframe(pd.DataFrame(jaren), pad, layer="detailplanning")
    return pad


def eigen_xlsx(map_):
    rijen = [
        ["Woningbouw Westveld"],
        [],
        ["Nr", "Naam project", "Planologische status", "DAEB", None, "Geometrie (RD)"],
        [None, None, None, 2026, 2027, None],
        [1, "Hof", "2a_vastgesteld", 20, None, WKT],
    ]
    return write_xlsx(map_ / "eigen.xlsx", {"Plannen": rijen, "Toelichting": [["Zie ook"]]})


def eigen_csv(map_):
    tekst = "Naam plan;Status;Daeb 2026;x_rd;y_rd\nHof;2A Vastgesteld;20;155050;463050\n"
    return write_csv(map_ / "eigen.csv", tekst, "cp1252")


@pytest.mark.parametrize(
    "maak", [diwi_excel, diwi_geojson, zuid_holland, zeeland, eigen_xlsx, eigen_csv]
)
def test_every_form_gives_a_locatie_with_status_and_daeb(tmp_path, inlezen, maak):
    code, verslag, lijst = inlezen(maak(tmp_path))
    assert (code, verslag["gelezen"], verslag["opgenomen"], verslag["geweigerd"]) == (0, 1, 1, 0)
    assert (lijst["Hof"]["planstatus_opgegeven"], lijst["Hof"]["daeb_netto"]) == ("2A", 20)


def test_the_overijssel_set_has_no_daeb_and_says_so(data_map, inlezen):
    pad = data_map / "woningbouw" / "derived_eib_overijssel_dev.gpkg"
    code, verslag, lijst = inlezen(pad)
    assert (code, verslag["gelezen"], verslag["opgenomen"]) == (0, 487, 487)
    assert {loc["daeb_netto"] for loc in lijst.values()} == {None}
    assert {b["code"]: b["aantal"] for b in verslag["bevindingen"]}["DL603"] == 487


def test_percelen_give_the_place_and_a_missing_one_refuses_the_row(tmp_path, daeb, inlezen):
    percelen = {"akr_kadastrale_gemeente_code_waarde": ["OTL02"] * 2, "sectie": ["B"] * 2,
                "perceelnummer": [2298, 2299]}  # fmt: skip
    vormen = [shapely.box(155_000 + 50 * n, 463_000, 155_050 + 50 * n, 463_050) for n in (0, 1)]
    bron = write_vector(tmp_path / "percelen.gpkg", vormen, percelen)
    assert daeb("laag", "inlezen", bron)[0] == 0
    pad = write_csv(
        tmp_path / "a.csv",
        "plannaam;planstatus;perceelaanduiding\nHof;2A;OTL02 B 2298, 2299\nWerf;3;OTL02 B 1\n",
    )
    code, verslag, lijst = inlezen(pad)
    assert (code, verslag["geweigerd"], list(lijst)) == (1, 1, ["Hof"])
    assert lijst["Hof"]["oppervlakte_m2"] == pytest.approx(5_000)
    fout = next(b for b in verslag["bevindingen"] if b["niveau"] == "fout")
    assert (fout["code"], "OTL02 B 1 staat niet" in fout["uitleg"]) == ("KL613", True)


def test_a_list_without_any_place_is_refused_by_name_with_the_remedy(tmp_path, daeb):
    pad = write_csv(tmp_path / "a.csv", "plannaam;planstatus;aantal woningen\nHof;2A;3\nKade;3;4\n")
    code, uit, fout = daeb("locatie", "inlezen", pad)
    assert (code, uit) == (2, "")
    for woord in ("Hof", "Kade", "zonder geometrie", "x_rd", "perceelaanduiding"):
        assert woord in fout
    assert json.loads(daeb("locatie", "lijst", "--json")[1])["locaties"] == []


def test_a_crs_is_asked_and_given(tmp_path, daeb):
    pad = write_csv(tmp_path / "a.csv", "plannaam;planstatus;x;y\nHof;2A;155000;463000\nb;3;1;\n")
    code, _, fout = daeb("locatie", "inlezen", pad)
    assert code == 2
    assert "--crs EPSG:28992" in fout
    code, _, _ = daeb("locatie", "inlezen", pad, "--crs", "EPSG:28992")
    assert code == 1


def test_columns_are_chosen_shown_and_remembered(tmp_path, daeb):
    def lijst(naam, plan):
        return write_csv(tmp_path / naam, f'Titel;Stand;Sociaal 26;WKT RD\n{plan};2A;20;"{WKT}"\n')

    eerste, volgende = lijst("2026-1.csv", "Hof"), lijst("2026-2.csv", "Kade")
    keuze = ("--kolom", "plannaam=Titel", "--kolom", "planstatus=Stand",
             "--kolom", "daeb_nieuwbouw_2026=sociaal 26")  # fmt: skip
    code, _, fout = daeb("locatie", "inlezen", eerste)
    assert code == 2
    assert "Titel" in fout
    code, uit, _ = daeb("locatie", "inlezen", eerste, *keuze)
    assert code == 0
    assert "Titel is gelezen als plannaam" in uit
    code, uit, _ = daeb("locatie", "inlezen", volgende, "--json")
    assert code == 0
    assert "Titel is gelezen als plannaam (onthouden)" in uit
    locaties = json.loads(daeb("locatie", "lijst", "--json")[1])["locaties"]
    assert {loc["naam"]: loc["daeb_netto"] for loc in locaties} == {"Hof": 20, "Kade": 20}
    code, uit, _ = daeb("laag", "inlezen", volgende, "--json")
    assert (code, "(onthouden)" in uit) == (0, True)


@pytest.mark.parametrize(
    ("keuze", "woord"),
    [("plannaam=Bestaat niet", "Titel"), ("plannam=Titel", "plannaam"), ("Titel", "--kolom"),
     ("=Titel", "--kolom")],
)  # fmt: skip
def test_a_wrong_choice_is_refused_whole(tmp_path, daeb, keuze, woord):
    pad = write_csv(tmp_path / "a.csv", f'Titel;planstatus;wkt_rd\nHof;2A;"{WKT}"\nb;3;\n')
    code, _, fout = daeb("locatie", "inlezen", pad, "--kolom", keuze)
    assert code == 2
    assert woord in fout
    assert not (tmp_path / "project" / "lagen" / "kolommen.json").exists()
