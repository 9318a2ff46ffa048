"""Where a project's register is, and that it makes no difference where."""

from __future__ import annotations

import json
import sys

import geopandas as gpd
import pytest

from daeb_locaties.cli import main
from daeb_locaties.errors import RegisterError
from daeb_locaties.project import Project, find_register, is_empty
from daeb_locaties.register import Auteur
from daeb_locaties.register.wijzigen import Wijziging, change_locatie
from tests.daeb_locaties.test_cli import BOD, gemeentebestand, planlijst  # noqa: F401  (fixtures)

ADRES = "postgresql://jan@server/wonen"


@pytest.fixture
def project_map(tmp_path):
    return tmp_path / "project"


def schrijf(project_map, tekst):
    project_map.mkdir()
    (project_map / "register.toml").write_text(tekst, encoding="utf-8")


def test_register_is_a_file_in_the_folder_unless_something_else_is_said(project_map, monkeypatch):
    assert find_register(project_map).pad == project_map / "register.sqlite"
    schrijf(project_map, f'adres = "{ADRES}"\n')
    assert str(find_register(project_map)) == ADRES
    monkeypatch.setenv("DAEB_REGISTER", "postgresql://piet@elders/wonen")
    assert str(find_register(project_map)) == "postgresql://piet@elders/wonen"
    assert not is_empty(project_map)


@pytest.mark.parametrize(
    ("tekst", "melding"),
    [
        ("adres = ", "niet te lezen"),
        ('plaats = "x"', "niet te lezen"),
        ('adres = "mysql://a/b"', "geen adres"),
        ('adres = "postgresql://jan:geheim@server/wonen"', "wachtwoord"),
    ],
)
def test_setting_that_is_wrong_is_refused_without_its_password(project_map, tekst, melding):
    schrijf(project_map, tekst)
    with pytest.raises(RegisterError, match=melding) as fout:
        find_register(project_map)
    assert "geheim" not in str(fout.value)


@pytest.fixture
def daeb(project_map, monkeypatch, capfdbinary):
    """Call the command line; give exit code and stdout."""

    def call(*woorden):
        argv = ["daeb-locaties", "--project", str(project_map), *map(str, woorden)]
        monkeypatch.setattr(sys, "argv", argv)
        with pytest.raises(SystemExit) as einde:
            main()
        uit, _ = capfdbinary.readouterr()
        return einde.value.code, uit.decode("utf-8")

    return call


@pytest.mark.postgres
def test_figures_are_the_same_on_both_databases(
    daeb,
    gemeentebestand,  # noqa: F811
    planlijst,  # noqa: F811
    tmp_path,
    project_map,
    make_database,
):
    (tmp_path / "bod.csv").write_text(BOD, encoding="utf-8")
    assert daeb("laag", "inlezen", gemeentebestand)[0] == 0
    uitkomsten = []
    for voor in ((), ("--register", make_database())):
        assert daeb(*voor, "locatie", "inlezen", planlijst)[0] == 0
        assert daeb(*voor, "bod", "inlezen", tmp_path / "bod.csv")[0] == 0
        vragen = (("locatie", "lijst"), ("balans",), ("dubbeltelling",), ("bod", "lijst"))
        uitkomsten.append([json.loads(daeb(*voor, *vraag, "--json")[1]) for vraag in vragen])
    op_bestand, op_server = uitkomsten
    assert op_bestand == op_server
    assert len(op_bestand[0]["locaties"]) == 2


@pytest.mark.postgres
def test_example_is_not_mixed_with_what_is_on_a_server(daeb, planlijst, make_database):  # noqa: F811
    adres = make_database()
    assert daeb("--register", adres, "locatie", "inlezen", planlijst)[0] == 0
    assert daeb("--project", "elders", "--register", adres, "voorbeeld")[0] == 2


def test_source_that_differs_from_what_a_person_did_is_told(daeb, project_map, planlijst):  # noqa: F811
    assert daeb("locatie", "inlezen", planlijst)[0] == 0
    with Project.open(project_map) as project:
        for loc in project.register.locaties():
            wijziging = Wijziging(loc.id, 1, {"naam": "Met de hand"})
            change_locatie(project.register, wijziging, Auteur("Jan"), "omdat")
    frame = gpd.read_file(planlijst)
    frame["plannaam"] = ["Uit de bron", frame["plannaam"][1]]
    frame.to_file(planlijst, layer="plannen", engine="pyogrio")
    code, uit = daeb("locatie", "inlezen", planlijst)
    assert code == 1
    assert "de naam is met de hand 'Met de hand' geworden en is in de bron nu 'Uit de bron'" in uit
