"""Whatever is changed behind the register's back, the check finds it."""

from __future__ import annotations

import sqlite3

import pytest
from sqlalchemy import text

from daeb_locaties.begrippen import Paaroordeel
from daeb_locaties.errors import RegisterError
from daeb_locaties.model import Paarbesluit
from daeb_locaties.register import Auteur, Register
from daeb_locaties.register.controle import check_register
from daeb_locaties.register.motor import open_engine
from daeb_locaties.register.paren import decide_pair
from daeb_locaties.register.splitsen import split_locatie
from daeb_locaties.register.wijzigen import Wijziging, change_locatie
from tests.daeb_locaties.bouwstenen import locatie, vak
from tests.daeb_locaties.register.test_splitsen import lijn
from tests.daeb_locaties.test_balans import bod_van

JAN = Auteur("Jan Smit", "gemeente Schiedam")


@pytest.fixture
def bekend(register):
    register.put_locaties(
        [locatie(vak(0, 0, 2, 1), id="a"), locatie(vak(3, 0, 4, 1), id="b")], wie="t", reden="t"
    )
    register.put_biedingen([bod_van("9001", 5)], wie="t", reden="t")
    change_locatie(register, Wijziging("a", 1, {"naam": "Nieuw"}), JAN, "r")
    decide_pair(register, Paarbesluit("a", "b", Paaroordeel.VERSCHILLEND, "r"), JAN)
    split_locatie(register, "a", 2, lijn((1, -1), (1, 2)), JAN, "r")
    return register


def codes(register):
    return {b.code for b in check_register(register).bevindingen if b.niveau == "fout"}


def knoei(register, *opdrachten, zonder_wacht=True):
    """Change the database as somebody with its password could: past the program."""
    engine = open_engine(register.plaats)
    wachters = _WACHTERS[engine.dialect.name == "sqlite"] if zonder_wacht else ()
    try:
        with engine.begin() as verbinding:
            for opdracht in (*wachters, *opdrachten):
                verbinding.execute(text(opdracht))
    finally:
        engine.dispose()


_WACHTERS = {
    True: ("DROP TRIGGER gebeurtenis_geen_update", "DROP TRIGGER gebeurtenis_geen_delete"),
    False: ("DROP TRIGGER gebeurtenis_blijft ON gebeurtenis",),
}


def test_sound_register_has_nothing_to_find(bekend):
    verslag = check_register(bekend)
    assert (verslag.goed, verslag.bevindingen) == (True, ())
    assert (verslag.gebeurtenissen, verslag.onderwerpen) == (8, 6)


@pytest.mark.parametrize(
    ("opdracht", "gevonden"),
    [
        ("UPDATE gebeurtenis SET wie = 'Piet' WHERE nummer = 4", {"RG102"}),
        ("UPDATE gebeurtenis SET tijdstip = '2020-01-01 00:00:00' WHERE nummer = 2", {"RG102"}),
        ("DELETE FROM gebeurtenis WHERE nummer = 5", {"RG101", "RG102", "RG104"}),
        ("DELETE FROM gebeurtenis WHERE nummer = 8", {"RG103", "RG104", "RG105"}),
        ("UPDATE stand SET nummer = 7", {"RG103"}),
        ("UPDATE stand SET invoer = '00'", {"RG106"}),
        ("UPDATE locatie SET naam = 'Anders' WHERE id = 'b'", {"RG104", "RG106"}),
        ("UPDATE locatie SET versie = 9 WHERE id = 'b'", {"RG104"}),
        ("UPDATE locatie SET bronwaarden = NULL WHERE id = 'a'", {"RG104"}),
        ("DELETE FROM locatie WHERE id = 'b'", {"RG104", "RG105", "RG106"}),
        ("DELETE FROM bod", {"RG104", "RG106"}),
        ("UPDATE paarbesluit SET oordeel = 'zelfde'", {"RG104", "RG106"}),
    ],
)
def test_every_way_of_tampering_is_found(bekend, opdracht, gevonden):
    knoei(bekend, opdracht)
    assert codes(bekend) >= gevonden - {"RG105"}
    assert codes(bekend) <= gevonden | {"RG105"}


def test_results_of_a_locatie_that_is_not_there_are_named(bekend):
    knoei(bekend, "INSERT INTO dubbelpaar VALUES ('b', 'zzz', 'r', 0, 0, true, NULL)")
    (bevinding,) = check_register(bekend).bevindingen
    assert (bevinding.code, bevinding.niveau) == ("RG109", "waarschuwing")
    assert bevinding.voorbeelden == ("locatie zzz",)


@pytest.mark.parametrize("daad", ["UPDATE gebeurtenis SET wie = 'x'", "DELETE FROM gebeurtenis"])
def test_database_itself_refuses_to_change_events(bekend, daad):
    with pytest.raises(Exception, match="niet gewijzigd of verwijderd"):
        knoei(bekend, daad, zonder_wacht=False)
    assert check_register(bekend).goed


def test_damaged_file_is_found_or_refused(tmp_path):
    pad = tmp_path / "register.sqlite"
    with Register(pad) as register:
        register.put_locaties([locatie(id=f"{n:04}") for n in range(300)], wie="t", reden="t")
    with sqlite3.connect(pad) as verbinding:
        verbinding.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    verbinding.close()
    inhoud = bytearray(pad.read_bytes())
    midden = len(inhoud) // 2
    inhoud[midden : midden + 9000] = b"\xff" * 9000
    pad.write_bytes(inhoud)
    with Register(pad) as register:
        try:
            gevonden = codes(register)
        except RegisterError as fout:
            gevonden = {"RG107"} if "beschadigd" in str(fout) else set()
    assert "RG107" in gevonden
