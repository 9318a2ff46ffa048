"""`laag ophalen`, `uitvoer`, `vergelijk` and `lijst`, and `controles`, as a user meets them."""

from __future__ import annotations

import json
import sys

import geopandas as gpd
import pytest

from daeb_locaties.cli import main
from daeb_locaties.cli.ophalen import OMGEVING
from kaartlagen.controlelijst import CONTROLES, CONTROLEVERSIE
from tests.daeb_locaties.bouwstenen import vak
from tests.kaartlagen.pdok import streek
from tests.kaartlagen.pdok.opzet import ZONDER_PROXY, running_pygeoapi
from tests.kaartlagen.pdok.storing import stoorzender


@pytest.fixture
def daeb(tmp_path, monkeypatch, capfdbinary):
    """Call `daeb-locaties` on a project in tmp_path; return exit code, stdout and stderr."""
    for naam, waarde in ZONDER_PROXY.items():
        monkeypatch.setenv(naam, waarde)

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
        {"gemeentecode": ["GM9001"], "gemeentenaam": ["Westveld"]},
        geometry=[vak(-5, -5, 9, 5)],
        crs="EPSG:28992",
    )
    pad = tmp_path / "gemeenten.gpkg"
    frame.to_file(pad, layer="gemeenten", engine="pyogrio")
    return pad


@pytest.fixture
def planlijst(tmp_path):
    frame = gpd.GeoDataFrame(
        {"plan_id": ["1"], "plannaam": ["De Meent"], "planstatus": ["2A. Vastgesteld"]},
        geometry=[vak(0, 0, 1, 1)],
        crs="EPSG:28992",
    )
    pad = tmp_path / "planlijst.gpkg"
    frame.to_file(pad, layer="plannen", engine="pyogrio")
    return pad


def write_percelen(pad, *rijen):
    frame = gpd.GeoDataFrame(
        {
            "identificatie_lokaal_id": [f"{nummer:014d}" for nummer, *_ in rijen],
            "akr_kadastrale_gemeente_code_waarde": ["WVD00"] * len(rijen),
            "sectie": [sectie for _, sectie, _ in rijen],
            "perceelnummer": [nummer for nummer, *_ in rijen],
        },
        geometry=[vorm for *_, vorm in rijen],
        crs="EPSG:28992",
    )
    frame.to_file(pad, layer="perceel", engine="pyogrio")
    return pad


def read_laag(daeb, *woorden):
    code, uit, fout = daeb("laag", "inlezen", *woorden, "--json")
    assert code == 0, fout
    return json.loads(uit)["lagen"][0]


def snapshots(daeb, laag):
    lijst = json.loads(daeb("laag", "lijst", "--json")[1])["lagen"]
    return [opname for opname in lijst if opname["laag"] == laag]


def test_gemeenten_and_then_percelen_are_fetched_and_counted(daeb, tmp_path):
    (tmp_path / "dienst").mkdir()
    with running_pygeoapi(tmp_path / "dienst") as basis:
        _fetch_and_count(daeb, basis)


def _fetch_and_count(daeb, basis):
    code, uit, fout = daeb("laag", "ophalen", "gemeenten", "--bron", basis, "--json")
    assert code == 0, fout
    assert json.loads(uit)["lagen"][0]["opgenomen"] == 2
    code, uit, fout = daeb(
        "laag", "ophalen", "percelen", "--gemeente", "GM9001", "--bron", basis, "--json"
    )
    assert code == 0, fout
    document = json.loads(uit)
    assert document["lagen"][0]["opgenomen"] == streek.IN_GEMEENTE
    opgehaald = document["opgehaald"]
    assert opgehaald["gemeentecode"] == "9001"
    assert opgehaald["ontvangen"] - opgehaald["buiten_gemeente"] == streek.IN_GEMEENTE
    (opname,) = snapshots(daeb, "percelen")
    assert (opname["url"], opname["eigenaar"]) == (opgehaald["url"], "Kadaster")
    assert opname["controles"] == CONTROLEVERSIE
    code, uit, _ = daeb("laag", "ophalen", "gemeenten", "--bron", basis)
    assert code == 0
    assert "Licentie: CC BY 4.0 (proef)" in uit


def test_mirror_is_named_by_the_environment(daeb, monkeypatch):
    with stoorzender() as nep:
        monkeypatch.setenv(OMGEVING, nep.basis)
        nep.altijd = lambda verzoek: verzoek.answer(404)
        code, _, fout = daeb("laag", "ophalen", "gemeenten")
    assert (code, "fout 404" in fout) == (2, True)
    pad = "/kadaster/brk-bestuurlijke-gebieden/ogc/v1/collections/gemeentegebied?f=json"
    assert nep.verzoeken == [pad]


def test_without_network_one_dutch_message_and_nothing_made(daeb, tmp_path):
    code, uit, fout = daeb("laag", "ophalen", "gemeenten", "--bron", "http://127.0.0.1:9")
    assert (code, uit) == (2, "")
    assert fout.startswith("Geweigerd: ")
    assert "er is geen verbinding met de dienst" in fout
    assert "netwerkverbinding" in fout
    assert "Traceback" not in fout
    assert not (tmp_path / "project" / "lagen").exists()


def test_unknown_layer_is_refused_in_dutch(daeb):
    code, _, fout = daeb("laag", "ophalen", "wegen")
    assert (code, "Kies uit: percelen" in fout) == (2, True)


def test_layer_goes_out_with_herkomst_and_comes_back(daeb, tmp_path):
    bron = write_percelen(tmp_path / "percelen.gpkg", (1, "A", vak(0, 0, 1, 1)))
    read_laag(daeb, bron, "--licentie", "CC0", "--eigenaar", "Gemeente Proef")
    doel = tmp_path / "uit.gpkg"
    code, uit, fout = daeb("laag", "uitvoer", "percelen", doel, "--json")
    assert code == 0, fout
    (bestand,) = json.loads(uit)["bestanden"]
    assert bestand["lagen"] == {"percelen": 1, "herkomst": 1, "bevindingen": 0}
    herkomst = gpd.read_file(doel, layer="herkomst", engine="pyogrio")
    assert herkomst["licentie"].tolist() == ["CC0"]
    code, uit, _ = daeb("laag", "uitvoer", "percelen", doel)
    assert (code, "teruggelezen" in uit) == (0, True)
    for woorden in (("wegen", doel), ("gemeenten", doel), ("percelen", tmp_path / "x" / "y.gpkg")):
        assert daeb("laag", "uitvoer", *woorden)[0] == 2


def test_two_snapshots_are_compared_and_the_locaties_that_are_touched_named(
    daeb, planlijst, tmp_path
):
    daeb("locatie", "inlezen", planlijst)
    bron = tmp_path / "percelen.gpkg"
    oud_rijen = [(1, "A", vak(0, 0, 1, 1)), (2, "A", vak(5, 0, 6, 1)), (3, "A", vak(8, 0, 9, 1))]
    write_percelen(bron, *oud_rijen)
    read_laag(daeb, bron)
    bron.unlink()
    write_percelen(bron, (1, "B", vak(0, 0, 1, 1)), oud_rijen[1], (4, "A", vak(9, 0, 9.5, 1)))
    read_laag(daeb, bron)
    oud, nieuw = (opname["id"] for opname in snapshots(daeb, "percelen"))
    code, uit, fout = daeb("laag", "vergelijk", "percelen", oud, nieuw, "--json")
    assert code == 0, fout
    document = json.loads(uit)
    assert document["tellingen"] == {"gelijk": 1, "nieuw": 1, "weg": 1, "gewijzigd": 1}
    soorten = {v["soort"]: v for v in document["verschillen"]}
    assert soorten["gewijzigd"]["kolommen"] == ["aanduiding", "sectie"]
    assert soorten["nieuw"]["oppervlakte_oud_m2"] is None
    assert soorten["nieuw"]["oppervlakte_nieuw_m2"] == 5_000
    (geraakt,) = document["locaties"]
    assert (geraakt["naam"], geraakt["gewijzigd"]) == ("De Meent", 1)
    assert geraakt["oppervlakte_m2"] == pytest.approx(10_000)
    code, uit, _ = daeb("laag", "vergelijk", "percelen", oud, nieuw)
    assert (code, "1 gelijk, 1 nieuw, 1 weg, 1 gewijzigd" in uit) == (0, True)
    assert "Raakt locatie De Meent" in uit
    code, uit, _ = daeb("laag", "vergelijk", "percelen", oud, oud)
    assert "Er wordt geen locatie geraakt." in uit


def test_snapshot_or_layer_that_is_not_there_is_refused(daeb, gemeentebestand):
    daeb("laag", "inlezen", gemeentebestand)
    (opname,) = snapshots(daeb, "gemeenten")
    for woorden, deel in (
        (("wegen", "a", "b"), "Kies uit: gemeenten"),
        (("gemeenten", "a", opname["id"]), opname["id"]),
        (("percelen", "a", "b"), "de laag is leeg"),
    ):
        code, _, fout = daeb("laag", "vergelijk", *woorden)
        assert (code, deel in fout) == (2, True)


def test_list_shows_whose_and_when(daeb, gemeentebestand):
    daeb("laag", "inlezen", gemeentebestand, "--eigenaar", "CBS", "--licentie", "CC BY 4.0")
    code, uit, _ = daeb("laag", "lijst")
    assert code == 0
    for deel in ("CBS", "CC BY 4.0", "gemeenten.gpkg", "onbekend"):
        assert deel in uit


def test_controles_prints_every_check(daeb):
    code, uit, fout = daeb("controles")
    assert (code, fout) == (0, "")
    assert all(controle.code in uit for controle in CONTROLES)
    document = json.loads(daeb("controles", "--json")[1])
    assert document["versie"] == CONTROLEVERSIE
    assert [c["code"] for c in document["controles"]] == [c.code for c in CONTROLES]
    assert set(document["controles"][0]) == {"code", "niveau", "wat", "waarom", "herstel"}
