"""The page on a real project folder: the example region, read by the ordinary readers."""

from __future__ import annotations

import shutil
from pathlib import Path

import geopandas as gpd
import pytest
from flask.testing import FlaskClient
from shapely.geometry import shape

from daeb_locaties.inlezen import read_voorbeeld
from daeb_locaties.keten import run_keten
from daeb_locaties.overzicht import read_balans, read_regels
from daeb_locaties.project import Project
from daeb_locaties.screeningslijst import read_screening
from daeb_locaties.voorbeeld import write_voorbeeld
from webmap import create_app

pytestmark = pytest.mark.traag


@pytest.fixture(scope="module")
def voorbeeld_map(tmp_path_factory: pytest.TempPathFactory) -> Path:
    map_ = tmp_path_factory.mktemp("webmap") / "project"
    write_voorbeeld(map_, percelen=1000)
    with Project.open(map_) as project:
        read_voorbeeld(project)
        run_keten(project)
    return map_


@pytest.fixture(scope="module")
def voorbeeld(voorbeeld_map: Path) -> FlaskClient:
    return create_app(voorbeeld_map, flask_config={"TESTING": True}).test_client()


def test_page_lists_the_locaties_of_the_project(
    voorbeeld: FlaskClient, voorbeeld_map: Path
) -> None:
    html = voorbeeld.get("/").text
    with Project.open(voorbeeld_map) as project:
        regels = read_regels(project)
        regio = read_balans(project).regio
    plekken = [html.index(f'data-id="{regel.locatie.id}"') for regel in regels]
    assert plekken == sorted(plekken)
    assert f'aria-label="Regio: concreet hard {regio.hard}' in html
    assert "nog niet volledig" not in html


def test_geometry_on_the_map_is_that_of_the_register(
    voorbeeld: FlaskClient, voorbeeld_map: Path
) -> None:
    features = voorbeeld.get("/api/locaties").json["features"]
    with Project.open(voorbeeld_map) as project:
        regels = read_regels(project)
    for feature, regel in zip(features, regels, strict=True):
        vorm, waar = shape(feature["geometry"]), regel.locatie.geometrie_rd
        assert vorm.hausdorff_distance(waar) < 0.02


def test_every_locatie_has_a_panel_with_its_evidence(voorbeeld: FlaskClient) -> None:
    bewezen = 0
    for feature in voorbeeld.get("/api/locaties").json["features"]:
        detail = voorbeeld.get(f"/api/locaties/{feature['properties']['id']}").json
        assert detail["oordeel"]["uitleg"]
        assert all(regel["titel"] for regel in detail["oordeel"]["regels"])
        aandelen = [rij["aandeel"] for rij in detail["bewijs"]]
        assert aandelen == sorted(aandelen, reverse=True)
        bewezen += bool(aandelen)
    assert bewezen > 20


def test_layers_come_within_the_box_that_was_asked(voorbeeld: FlaskClient) -> None:
    features = voorbeeld.get("/api/locaties").json["features"]
    x, y = features[0]["properties"]["punt"]
    kader = f"{x - 150},{y - 150},{x + 150},{y + 150}"
    for laag in ("percelen", "bestemmingsvlakken", "plangebieden", "gemeenten"):
        inhoud = voorbeeld.get(f"/api/lagen/{laag}?bbox={kader}").json
        assert inhoud["volledig"], laag
        assert inhoud["features"], laag
        assert inhoud["aantal"] == len(inhoud["features"])


def test_screening_page_and_command_line_read_the_same_outcome(
    voorbeeld: FlaskClient, voorbeeld_map: Path
) -> None:
    with Project.open(voorbeeld_map) as project:
        gescreend = read_screening(project)
    kandidaten = gescreend[gescreend["kandidaat"]]
    assert len(kandidaten) > 20
    links, onder, rechts, boven = gescreend.total_bounds
    inhoud = voorbeeld.get(f"/api/screening?bbox={links},{onder},{rechts},{boven}").json
    gevonden = {f["properties"]["id"]: f["properties"] for f in inhoud["features"]}
    assert set(gevonden) == set(kandidaten["perceel_id"])
    for rij in kandidaten.to_dict("records"):
        assert gevonden[rij["perceel_id"]]["uitkomst"] == rij["screening"]
        assert gevonden[rij["perceel_id"]]["gemeentenaam"] == rij["gemeentenaam"]


def test_screening_is_computed_once_and_again_after_a_change(
    voorbeeld_map: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keren = []

    def read_and_count(project: Project) -> gpd.GeoDataFrame:
        keren.append(project.map)
        return read_screening(project)

    monkeypatch.setattr("webmap.gegevens.read_screening", read_and_count)
    kopie = tmp_path / "kopie"
    shutil.copytree(voorbeeld_map, kopie)
    client = create_app(kopie, flask_config={"TESTING": True}).test_client()
    for _ in range(2):
        assert "kunnen DAEB-woningen dragen" in client.get("/screening").text
    assert len(keren) == 1
    akkoord = kopie / "akkoord.toml"
    tekst = akkoord.read_text(encoding="utf-8")
    assert "min_oppervlakte_m2 = 250" in tekst
    akkoord.write_text(tekst.replace("= 250", "= 1e9"), encoding="utf-8")
    assert "<strong>0</strong> van" in client.get("/screening").text
    assert len(keren) == 2


def test_a_page_never_shows_figures_older_than_the_project(
    voorbeeld_map: Path, tmp_path: Path
) -> None:
    kopie = tmp_path / "kopie"
    shutil.copytree(voorbeeld_map, kopie)
    akkoord = kopie / "akkoord.toml"
    tekst = akkoord.read_text(encoding="utf-8")
    akkoord.write_text(tekst.replace('"DIWI"', '"Proefregel"'), encoding="utf-8")
    assert "Proefregel" in create_app(kopie).test_client().get("/").text


def test_a_broken_akkoord_is_a_dutch_page_that_names_the_key(
    voorbeeld_map: Path, tmp_path: Path
) -> None:
    kopie = tmp_path / "kopie"
    shutil.copytree(voorbeeld_map, kopie)
    (kopie / "akkoord.toml").write_text('[akkoord]\nnaam = "X"\n', encoding="utf-8")
    antwoord = create_app(kopie).test_client().get("/", headers={"Accept": "text/html"})
    assert antwoord.status_code == 409
    assert "akkoord.status" in antwoord.text
