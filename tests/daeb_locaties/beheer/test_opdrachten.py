"""`controleer`, `reservekopie`, `herstel` and `migreer` as a user meets them."""

from __future__ import annotations

import json
import sqlite3
import sys

import pytest

from daeb_locaties.cli import main
from daeb_locaties.register.schema import HOOFD
from tests.daeb_locaties.test_cli import gemeentebestand, planlijst  # noqa: F401  (fixtures)


@pytest.fixture
def daeb(monkeypatch, capfdbinary):
    def call(*woorden):
        monkeypatch.setattr(sys, "argv", ["daeb-locaties", *map(str, woorden)])
        with pytest.raises(SystemExit) as einde:
            main()
        uit, fout = capfdbinary.readouterr()
        return einde.value.code, uit.decode("utf-8"), fout.decode("utf-8")

    return call


@pytest.fixture
def project(daeb, tmp_path, gemeentebestand, planlijst):  # noqa: F811
    map_ = tmp_path / "project"
    assert daeb("--project", map_, "laag", "inlezen", gemeentebestand)[0] == 0
    assert daeb("--project", map_, "locatie", "inlezen", planlijst)[0] == 0
    return map_


def test_sound_project_gives_exit_code_nought(daeb, project):
    code, uit, fout = daeb("--project", project, "controleer")
    assert (code, fout) == (0, "")
    assert "2 gebeurtenissen over 2 onderwerpen en 1 momentopnamen nagegaan." in uit
    assert "Alles in orde." in uit
    verslag = json.loads(daeb("--project", project, "controleer", "--json")[1])
    assert verslag == {
        "goed": True,
        "gebeurtenissen": 2,
        "onderwerpen": 2,
        "momentopnamen": 1,
        "bevindingen": [],
    }


def test_project_that_was_tampered_with_gives_exit_code_one(daeb, project):
    verbinding = sqlite3.connect(project / "register.sqlite")
    verbinding.execute("UPDATE locatie SET woningen_totaal = 999")
    verbinding.commit()
    verbinding.close()
    code, uit, _ = daeb("--project", project, "controleer", "--json")
    assert code == 1
    assert [b["code"] for b in json.loads(uit)["bevindingen"]] == ["RG104", "RG106"]
    assert "niet in orde" in daeb("--project", project, "controleer")[1]


def test_backup_and_restore_from_the_command_line(daeb, project, tmp_path):
    code, uit, _ = daeb("--project", project, "reservekopie", tmp_path / "kopie.zip", "--json")
    assert (code, json.loads(uit)["gebeurtenissen"]) == (0, 2)
    code, uit, _ = daeb("--project", tmp_path / "terug", "herstel", tmp_path / "kopie.zip")
    assert code == 0
    assert "nagegaan en in orde" in uit
    voor, na = (
        daeb("--project", map_, "locatie", "lijst", "--json")[1]
        for map_ in (project, tmp_path / "terug")
    )
    assert voor == na
    code, _, fout = daeb("--project", project, "herstel", tmp_path / "kopie.zip")
    assert code == 2
    assert fout.count("\n") == 1
    assert "niet leeg" in fout


@pytest.mark.postgres
def test_backup_of_a_file_is_put_back_on_a_server(daeb, project, tmp_path, make_database):
    adres = make_database()
    daeb("--project", project, "reservekopie", tmp_path / "kopie.zip")
    terug = tmp_path / "terug"
    voor = ("--project", terug, "--register", adres)
    assert daeb(*voor, "herstel", tmp_path / "kopie.zip")[0] == 0
    # From here on the folder says itself where its register is.
    assert daeb("--project", terug, "controleer")[0] == 0
    assert not (terug / "register.sqlite").exists()
    lijsten = [daeb("--project", m, "locatie", "lijst", "--json")[1] for m in (project, terug)]
    assert lijsten[0] == lijsten[1]


def test_migrating_what_is_up_to_date_says_so(daeb, project, tmp_path):
    code, uit, _ = daeb("--project", project, "migreer")
    assert (code, uit) == (0, f"Het register is al bij (versie {HOOFD}).\n")
    code, _, fout = daeb("--project", tmp_path / "leeg", "migreer")
    assert code == 2
    assert "nog geen register" in fout
