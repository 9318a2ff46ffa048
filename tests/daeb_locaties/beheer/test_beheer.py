"""Backup, restore and check of a whole project, on both databases."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from daeb_locaties.akkoord import Akkoord
from daeb_locaties.beheer.archief import INHOUD, REGISTER
from daeb_locaties.beheer.controle import check_project
from daeb_locaties.beheer.herstel import restore
from daeb_locaties.beheer.reservekopie import back_up
from daeb_locaties.errors import RegisterError, ReservekopieError
from daeb_locaties.keten import ensure_beoordeeld
from daeb_locaties.project import Project
from daeb_locaties.register import Auteur, Register, Registerplaats
from daeb_locaties.register.splitsen import split_locatie
from kaartlagen.errors import OpslagError
from kaartlagen.inname import ingest
from kaartlagen.opslag import LaagOpslag
from tests.daeb_locaties.bouwstenen import locatie, vak
from tests.daeb_locaties.register.test_splitsen import lijn
from tests.daeb_locaties.test_balans import bod_van
from tests.daeb_locaties.test_cli import gemeentebestand  # noqa: F401  (fixture)


@pytest.fixture
def project(registerplaats, tmp_path, gemeentebestand):  # noqa: F811
    map_ = tmp_path / "project"
    plaats = registerplaats
    if plaats.pad is not None:
        plaats = Registerplaats.of_file(map_ / "register.sqlite")
    with Project(map_, Akkoord(), LaagOpslag(map_ / "lagen"), Register(plaats)) as project:
        ingest([gemeentebestand], project.lagen)
        (map_ / "notitie.txt").write_text("bewaar mij", encoding="utf-8")
        (map_ / "register.toml").write_text('adres = "postgresql://a/b"\n', encoding="utf-8")
        locaties = [locatie(vak(n, 0, n + 0.9, 1), id=f"{n}", naam=f"Één {n}") for n in range(5)]
        project.register.put_locaties(locaties, wie="t", reden="t")
        project.register.put_biedingen([bod_van("9001", 9)], wie="t", reden="t")
        ensure_beoordeeld(project)
        split_locatie(project.register, "0", 1, lijn((0.5, -1), (0.5, 2)), Auteur("Jan"), "r")
        yield project


@pytest.fixture
def kopie(project, tmp_path):
    return back_up(project, tmp_path / "kopie.zip").bestand


def inhoud_van(register):
    return (
        register.locaties(),
        register.beeindigde_locaties(),
        register.biedingen(),
        register.gebeurtenissen(),
        register.invoer_sha256(),
        register.oordelen(),
        register.ketenbewijs(),
    )


def test_backup_put_back_is_the_project_itself(project, kopie, tmp_path):
    verslag = restore(kopie, tmp_path / "terug", None)
    assert verslag.gebeurtenissen == 9
    with Register(tmp_path / "terug" / "register.sqlite") as terug:
        assert inhoud_van(terug) == inhoud_van(project.register)
    lagen = LaagOpslag(tmp_path / "terug" / "lagen")
    assert len(lagen.read("gemeenten")) == 2
    assert (tmp_path / "terug" / "notitie.txt").exists()
    # The original may be on a server: the copy must never point at it by itself.
    assert not (tmp_path / "terug" / "register.toml").exists()
    assert not list(tmp_path.glob(".*"))


@pytest.mark.postgres
def test_backup_is_put_back_on_a_server(project, kopie, tmp_path, make_database):
    server = Registerplaats.parse(make_database())
    restore(kopie, tmp_path / "terug", server)
    with Register(server) as terug:
        assert inhoud_van(terug) == inhoud_van(project.register)
    with Project.open(tmp_path / "terug") as terug:
        assert check_project(terug).goed
    with pytest.raises(RegisterError, match="staat al een register"):
        restore(kopie, tmp_path / "nog eens", server)
    assert not (tmp_path / "nog eens").exists()


def test_restore_never_writes_over_anything(kopie, tmp_path):
    vol = tmp_path / "vol"
    vol.mkdir()
    (vol / "brief.txt").write_text("bewaar mij", encoding="utf-8")
    with pytest.raises(ReservekopieError, match="niet leeg"):
        restore(kopie, vol, None)
    assert [pad.name for pad in vol.iterdir()] == ["brief.txt"]


def test_restore_fills_an_empty_folder(kopie, tmp_path):
    (tmp_path / "leeg").mkdir()
    restore(kopie, tmp_path / "leeg", None)
    assert (tmp_path / "leeg" / "register.sqlite").exists()


def test_backup_does_not_write_over_an_older_one(project, kopie):
    with pytest.raises(ReservekopieError, match="bestaat al"):
        back_up(project, kopie)


def test_backup_in_the_project_itself_leaves_itself_out(project):
    back_up(project, project.map / "een.zip")
    with zipfile.ZipFile(back_up(project, project.map / "twee.zip").bestand) as zip_:
        namen = zip_.namelist()
    assert "project/een.zip" in namen
    assert "project/twee.zip" not in namen


def test_backup_to_a_folder_that_is_not_there_leaves_nothing(project, tmp_path):
    with pytest.raises(OpslagError, match="map bestaat niet"):
        back_up(project, tmp_path / "weg" / "kopie.zip")


def herschrijf(kopie, wijzig):
    """Rewrite a backup: `wijzig` takes and gives the names with their bytes."""
    with zipfile.ZipFile(kopie) as zip_:
        leden = {naam: zip_.read(naam) for naam in zip_.namelist()}
    with zipfile.ZipFile(kopie, "w") as zip_:
        for naam, inhoud in wijzig(leden).items():
            zip_.writestr(naam, inhoud)


def herschreven(leden, **anders):
    inhoud = json.loads(leden[INHOUD]) | anders
    return leden | {INHOUD: json.dumps(inhoud).encode()}


@pytest.mark.parametrize(
    ("wijzig", "melding"),
    [
        (lambda leden: leden | {REGISTER: leden[REGISTER] + b"x"}, "niet meer wat het was"),
        (lambda leden: leden | {"project/extra": b""}, "hoort er niet in"),
        (lambda leden: {n: b for n, b in leden.items() if n != REGISTER}, "ontbreekt"),
        (lambda leden: {n: b for n, b in leden.items() if n != INHOUD}, "geen reservekopie"),
        (lambda leden: leden | {INHOUD: b"{"}, "onleesbaar"),
        (lambda leden: herschreven(leden, vorm=99), "nieuwere versie"),
        (lambda leden: herschreven(leden, soort="iets"), "nieuwere versie|geen reservekopie"),
        (
            lambda leden: herschreven(
                leden | {"project/../../kwaad": b""},
                bestanden=json.loads(leden[INHOUD])["bestanden"] | {"project/../../kwaad": "0"},
            ),
            "buiten de projectmap",
        ),
    ],
)
def test_backup_that_is_not_what_it_was_is_refused_whole(kopie, tmp_path, wijzig, melding):
    herschrijf(kopie, wijzig)
    with pytest.raises(ReservekopieError, match=melding):
        restore(kopie, tmp_path / "terug", None)
    assert not (tmp_path / "terug").exists()
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("inhoud", [b"", b"geen zip", None])
def test_file_that_is_no_backup_is_refused(kopie, tmp_path, inhoud):
    pad = tmp_path / "anders.zip"
    if inhoud is None:
        pad.write_bytes(kopie.read_bytes()[: kopie.stat().st_size // 2])
    else:
        pad.write_bytes(inhoud)
    with pytest.raises(ReservekopieError, match="reservekopie"):
        restore(pad, tmp_path / "terug", None)
    with pytest.raises(ReservekopieError, match="is er niet"):
        restore(tmp_path / "nergens.zip", tmp_path / "terug", None)


def test_register_that_is_not_sound_is_not_backed_up_as_if_it_were(tmp_path):
    with Project.open(tmp_path / "p") as project:
        project.register.put_locaties([locatie(id="a")], wie="t", reden="t")
        verbinding = sqlite3.connect(project.map / "register.sqlite")
        verbinding.execute("UPDATE locatie SET naam = 'stiekem'")
        verbinding.commit()
        verbinding.close()
        with pytest.raises(ReservekopieError, match="RG104"):
            back_up(project, tmp_path / "kopie.zip")
    assert not (tmp_path / "kopie.zip").exists()


SCHRIJVER = """
import sys
from pathlib import Path
from daeb_locaties.register import Auteur, Register, Registerplaats
from daeb_locaties.register.wijzigen import Wijziging, change_locatie
adres = sys.argv[1]
plaats = Registerplaats.parse(adres) if "://" in adres else Registerplaats.of_file(Path(adres))
with Register(plaats) as register:
    for n in range(100_000):
        versie = register.locatie("1").versie
        change_locatie(register, Wijziging("1", versie, {"naam": f"n{n}"}), Auteur("X"), "r")
        print(n, flush=True)
"""


def test_backup_while_another_process_writes_is_of_one_moment(project, tmp_path):
    plaats = project.register.plaats
    adres = str(plaats.pad) if plaats.pad else plaats.without_password
    with subprocess.Popen(
        [sys.executable, "-c", SCHRIJVER, adres],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[3],
    ) as schrijver:
        try:
            schrijver.stdout.readline()
            voor = project.register.laatste_gebeurtenis()
            verslagen = [back_up(project, tmp_path / f"{n}.zip") for n in range(3)]
            na = project.register.laatste_gebeurtenis()
        finally:
            schrijver.kill()
    assert voor <= verslagen[0].gebeurtenissen <= verslagen[-1].gebeurtenissen <= na
    assert na > voor
    for n, verslag in enumerate(verslagen):
        terug = restore(verslag.bestand, tmp_path / f"terug{n}", None)
        assert terug.gebeurtenissen == verslag.gebeurtenissen


def test_check_finds_what_is_wrong_with_layers(project):
    assert check_project(project).bevindingen == ()
    (fgb,) = project.lagen.map.glob("gemeenten/*.fgb")
    (fgb.parent / "rest.fgb").write_bytes(b"x")
    heel = fgb.read_bytes()
    fgb.write_bytes(heel[: len(heel) // 2])
    codes = {b.code: b for b in check_project(project).bevindingen}
    assert set(codes) == {"RG201", "RG203"}
    assert codes["RG203"].voorbeelden == ("rest.fgb",)
    fgb.unlink()
    assert not check_project(project).goed
    fgb.with_suffix(".json").write_text("{", encoding="utf-8")
    assert "RG202" in {b.code for b in check_project(project).bevindingen}
