"""The command line as a user meets it: exit codes, JSON on stdout, Dutch on stderr."""

from __future__ import annotations

import json
import sys

import geopandas as gpd
import pytest

from daeb_locaties.cli import main
from tests.daeb_locaties.bouwstenen import vak

BOD = (
    "gemeentecode;gemeente;versie;component;maat;periode;aantal\n"
    "9001;Westveld;bod;nieuwbouw;daeb;2021-2030;50\n"
)


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
def gemeentebestand(tmp_path):
    frame = gpd.GeoDataFrame(
        {"gemeentecode": ["GM9001", "GM9002"], "gemeentenaam": ["Westveld", "Oostveld"]},
        geometry=[vak(-5, -5, 1, 5), vak(1, -5, 9, 5)],
        crs="EPSG:28992",
    )
    pad = tmp_path / "gemeenten.gpkg"
    frame.to_file(pad, layer="gemeenten", engine="pyogrio")
    return pad


@pytest.fixture
def planlijst(tmp_path):
    frame = gpd.GeoDataFrame(
        {
            "plan_id": ["1", "2"],
            "plannaam": ["De Meent", "Kade <b>"],
            "gemeente": ["Westveld", "Westveld"],
            "planstatus": ["2a_vastgesteld", "4B. Optie"],
            "daeb_nieuwbouw_2026": [30, 40],
        },
        geometry=[vak(0, 0, 1, 1), vak(2, 0, 3, 1)],
        crs="EPSG:28992",
    )
    pad = tmp_path / "planlijst.gpkg"
    frame.to_file(pad, layer="plannen", engine="pyogrio")
    return pad


def test_chain_from_files_to_balans(daeb, gemeentebestand, planlijst, tmp_path):
    code, uit, _ = daeb("laag", "inlezen", gemeentebestand, "--json")
    assert code == 0
    (laag,) = json.loads(uit)["lagen"]
    assert (laag["laag"], laag["gelezen"], laag["opgenomen"]) == ("gemeenten", 2, 2)
    code, uit, _ = daeb("locatie", "inlezen", planlijst, "--json")
    assert (code, json.loads(uit)["opgenomen"]) == (0, 2)
    (tmp_path / "bod.csv").write_text(BOD, encoding="utf-8")
    assert daeb("bod", "inlezen", tmp_path / "bod.csv")[0] == 0

    code, uit, _ = daeb("beoordeel", "--json")
    bewijs = json.loads(uit)
    assert (code, bewijs["tellingen"]["locaties"]) == (0, 2)
    assert any("plannen" in tekst for tekst in bewijs["ontbreekt"])

    rijen = {r["naam"]: r for r in json.loads(daeb("locatie", "lijst", "--json")[1])["locaties"]}
    meent, kade = rijen["De Meent"], rijen["Kade <b>"]
    assert (meent["gemeentecode"], meent["hardheid"], meent["telt_mee"]) == ("9001", "hard", True)
    assert (kade["gemeentecode"], kade["planstatus"]) == ("9002", "4B")
    assert "gemeente_wijkt_af" in kade["signalen"]
    assert meent["uitleg"].startswith("Hard (2A. Vastgesteld).")

    balans = json.loads(daeb("balans", "--json")[1])
    west = {r["gemeentecode"]: r for r in balans["gemeenten"]}["9001"]
    assert (west["bod"], west["hard"], west["zonder_locatie"]) == (50, 30, 20)


def test_figures_are_renewed_when_something_changed_since_the_last_run(
    daeb, gemeentebestand, planlijst
):
    daeb("locatie", "inlezen", planlijst)
    assert json.loads(daeb("locatie", "lijst", "--json")[1])["locaties"][0]["gemeentecode"] is None
    daeb("laag", "inlezen", gemeentebestand)
    codes = [
        r["gemeentecode"] for r in json.loads(daeb("locatie", "lijst", "--json")[1])["locaties"]
    ]
    assert sorted(codes) == ["9001", "9002"]


def test_every_list_has_a_form_for_people(daeb, gemeentebestand, planlijst, tmp_path):
    (tmp_path / "bod.csv").write_text(BOD, encoding="utf-8")
    daeb("laag", "inlezen", gemeentebestand)
    daeb("locatie", "inlezen", planlijst)
    daeb("bod", "inlezen", tmp_path / "bod.csv")
    for woorden, deel in (
        (("laag", "lijst"), "gemeenten"),
        (("bod", "lijst"), "Westveld"),
        (("locatie", "lijst"), "De Meent"),
        (("balans",), "Regio"),
        (("dubbeltelling",), "0 mogelijk dubbele paren"),
        (("beoordeel",), "locaties: 2"),
        (("regels",), "G01 Rechtstreekse woonbestemming"),
    ):
        code, uit, fout = daeb(*woorden)
        assert (code, fout) == (0, ""), woorden
        assert deel in uit


def test_uitvoer_geopackage_twice_is_the_same_file(daeb, gemeentebestand, planlijst, tmp_path):
    daeb("laag", "inlezen", gemeentebestand)
    daeb("locatie", "inlezen", planlijst)
    sommen = []
    for naam in ("een.gpkg", "twee.gpkg"):
        code, uit, fout = daeb("uitvoer", "geopackage", tmp_path / naam, "--json")
        assert code == 0, fout
        sommen.append(json.loads(uit)["bestanden"][0]["sha256"])
    assert sommen[0] == sommen[1]


def test_uitvoer_of_one_gemeente_holds_only_its_rows(daeb, gemeentebestand, planlijst, tmp_path):
    daeb("laag", "inlezen", gemeentebestand)
    daeb("locatie", "inlezen", planlijst)
    doel = tmp_path / "west.gpkg"
    code, uit, _ = daeb("uitvoer", "geopackage", doel, "--gemeente", "GM9001", "--json")
    assert (code, json.loads(uit)["bestanden"][0]["lagen"]["locaties"]) == (0, 1)
    code, _, fout = daeb("uitvoer", "geopackage", doel, "--gemeente", "1234")
    assert code == 2
    assert "9001 Westveld" in fout


@pytest.mark.parametrize(
    ("woorden", "deel"),
    [
        (("laag", "inlezen", "bestaat-niet.gml"), "bestaat-niet.gml"),
        (("locatie", "inlezen", "bestaat-niet.gpkg"), "bestaat-niet.gpkg"),
        (("bod", "inlezen", "bestaat-niet.csv"), "bestaat-niet.csv"),
        (("laag", "inlezen"), "ontbreekt"),
        (("laag", "inlezen", "--foo", "x"), "--foo bestaat niet"),
        (("iets",), "opdracht bestaat niet"),
        (("voorbeeld", "--percelen", "3"), "percelen"),
    ],
)
def test_refused_call_exits_with_two_and_one_dutch_message(daeb, woorden, deel):
    code, uit, fout = daeb(*woorden)
    assert (code, uit) == (2, "")
    assert fout.startswith("Geweigerd: ")
    assert deel in fout
    assert "Traceback" not in fout


def test_help_is_dutch_on_every_level(daeb):
    for woorden in ((), ("laag",), ("laag", "inlezen"), ("uitvoer", "geopackage")):
        code, uit, _ = daeb(*woorden, "--hulp")
        assert code == 0
        assert uit.startswith("Gebruik: ")
        assert not {"Usage", "Options", "Commands", "Show this message"} & set(uit.split())
        assert "Show this message" not in uit


def test_voorbeeld_is_not_written_over_a_project(daeb, gemeentebestand):
    daeb("laag", "inlezen", gemeentebestand)
    code, _, fout = daeb("voorbeeld")
    assert code == 2
    assert "lege map" in fout


def test_screening_lists_what_could_carry_homes_and_writes_it(daeb, gemeentebestand, tmp_path):
    frame = gpd.GeoDataFrame(
        {
            "identificatie_lokaal_id": ["10000000000001", "10000000000002"],
            "akr_kadastrale_gemeente_code_waarde": ["ABC00", "ABC00"],
            "kadastrale_gemeente_waarde": ["Westveld", "Oostveld"],
            "sectie": ["A", "A"],
            "perceelnummer": [1, 2],
            "kadastrale_grootte_waarde": [10000.0, 10000.0],
        },
        geometry=[vak(0, 0, 1, 1), vak(2, 0, 3, 1)],
        crs="EPSG:28992",
    )
    frame.to_file(tmp_path / "percelen.gpkg", layer="perceel", engine="pyogrio")
    code, _, fout = daeb("screening")
    assert (code, "Lees percelen in" in fout) == (2, True)
    daeb("laag", "inlezen", tmp_path / "percelen.gpkg", gemeentebestand)
    doel = tmp_path / "alles.fgb"
    code, uit, fout = daeb("screening", doel, "--alles", "--gemeente", "9001", "--json")
    assert code == 0, fout
    document = json.loads(uit)
    assert (document["percelen"], document["per_reden"]["geen_plan"]) == (1, 1)
    (rij,) = document["lijst"]
    assert (rij["aanduiding"], rij["woningen"], rij["kandidaat"]) == ("ABC00 A 1", None, False)
    assert len(gpd.read_file(doel, engine="pyogrio")) == 1


@pytest.mark.filterwarnings("ignore:'crs' was not provided")
@pytest.mark.parametrize(
    ("stelsel", "deel"),
    [(None, "noemt geen coördinatenstelsel"), ("EPSG:4326", "passen niet bij EPSG:4326")],
)
def test_wrong_crs_is_said_before_an_unknown_kind_and_leaves_nothing(daeb, tmp_path, stelsel, deel):
    frame = gpd.GeoDataFrame({"iets": ["a"]}, geometry=[vak(0, 0, 1, 1)], crs=stelsel)
    pad = tmp_path / "vlakken.gpkg"
    frame.to_file(pad, engine="pyogrio")
    code, uit, fout = daeb("laag", "inlezen", pad)
    assert (code, uit) == (2, "")
    assert deel in fout
    assert "--crs EPSG:28992" in fout
    assert not (tmp_path / "project").exists()


def test_file_of_which_no_row_is_left_is_refused(daeb, tmp_path):
    frame = gpd.GeoDataFrame(
        {"plannaam": ["a"], "planstatus": ["3"]}, geometry=[None], crs="EPSG:28992"
    )
    pad = tmp_path / "leeg.gpkg"
    frame.set_geometry(gpd.GeoSeries([None], crs="EPSG:28992")).to_file(
        pad, engine="pyogrio", geometry_type="Polygon"
    )
    for opdracht in ("laag", "locatie"):
        code, uit, fout = daeb(opdracht, "inlezen", pad)
        assert (code, uit) == (2, "")
        assert "zonder geometrie" in fout


def test_voorbeeld_that_was_broken_off_is_made_again(daeb, tmp_path):
    (tmp_path / "project" / "voorbeeld").mkdir(parents=True)
    (tmp_path / "project" / "voorbeeld" / "nog-niet-klaar").touch()
    (tmp_path / "project" / "akkoord.toml").write_text("half", encoding="utf-8")
    code, uit, fout = daeb("voorbeeld", "--percelen", "400", "--json")
    assert code == 0, fout
    assert json.loads(uit)["gemeenten"] == 5
    assert daeb("voorbeeld")[0] == 2
    balans = json.loads(daeb("balans", "--json")[1])["regio"]
    som = balans["hard"] + balans["zacht"] + balans["onbekend"] + balans["zonder_locatie"]
    assert som == balans["bod"] + balans["boven_bod"]
