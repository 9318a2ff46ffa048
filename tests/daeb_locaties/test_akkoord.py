from __future__ import annotations

import os
import subprocess
import sys
from datetime import date

import pytest

from daeb_locaties.akkoord import (
    Hardheidsregel,
    Periode,
    current_akkoord,
    parse_periode,
    read_akkoord,
    read_akkoorden,
)
from daeb_locaties.begrippen import Hardheid, Planstatus
from daeb_locaties.errors import AkkoordError

GOED = """
[akkoord]
naam = "Testakkoord"
status = "tussenakkoord"
begin = 2021
eind = 2030

[[gemeenten]]
code = "9009"
naam = "Heelveld"
voorgangers = ["9001", "9002"]
doel_meer_evenwicht = 200

[[corporaties]]
naam = "Woonstee"
gemeenten = ["9009"]

[hardheid]
versie = "streng"
datum = 2024-01-01
hard = ["1A", "1B"]

[drempels]
dubbel_aandeel = 0.2
"""


def lees(tmp_path, tekst):
    (tmp_path / "akkoord.toml").write_text(tekst, encoding="utf-8")
    return read_akkoord(tmp_path / "akkoord.toml")


def test_akkoord_is_read_with_defaults_for_what_it_leaves_out(tmp_path):
    akkoord = lees(tmp_path, GOED)
    assert akkoord.aanwezig
    assert akkoord.gemeente("9002").naam == "Heelveld"
    assert akkoord.hardheid.naam == "streng (2024-01-01)"
    assert akkoord.hardheid.hardheid(Planstatus.S2A) is Hardheid.ZACHT
    assert akkoord.hardheid.woon_hoofdgroepen == {"wonen", "woongebied"}
    assert (akkoord.drempels.dubbel_aandeel, akkoord.drempels.klasse_aandeel) == (0.2, 0.05)
    assert [akkoord.in_period(jaar) for jaar in (2020, 2021, 2030, 2031, None)] == [
        False, True, True, False, True,
    ]  # fmt: skip


def test_project_without_akkoord_gets_the_defaults(tmp_path):
    akkoord = read_akkoord(tmp_path / "akkoord.toml")
    assert not akkoord.aanwezig
    assert akkoord.in_period(1999)


def test_default_table_is_that_of_diwi():
    regel = Hardheidsregel()
    hard = {s.value for s in Planstatus if regel.hardheid(s) is Hardheid.HARD}
    zacht = {s.value for s in Planstatus if regel.hardheid(s) is Hardheid.ZACHT}
    assert hard == {"1A", "1B", "2A", "2B"}
    assert zacht == {"1C", "2C", "3", "4A", "4B", "5A", "5B"}
    assert regel.hardheid(Planstatus.ONBEKEND) is Hardheid.ONBEKEND


@pytest.mark.parametrize(
    ("oud", "nieuw", "deel"),
    [
        ("[akkoord]", "[iets]", r"\[akkoord\]"),
        ('"tussenakkoord"', '"klaar"', "akkoord.status"),
        ("begin = 2021", 'begin = "nu"', "akkoord.begin"),
        ("eind = 2030", "eind = 2020", "akkoord.eind"),
        ('code = "9009"', 'code = "GM9"', "gemeenten.code"),
        ('"9001", "9002"', '"9001", "9001"', "tweemaal"),
        ('gemeenten = ["9009"]', 'gemeenten = ["8888"]', "8888"),
        ('"1A", "1B"', '"1A", "9Z"', "9Z"),
        ("0.2", "1.2", "drempels.dubbel_aandeel"),
        ("naam =", "naam", "TOML"),
    ],
)
def test_wrong_akkoord_is_refused_and_the_key_is_named(tmp_path, oud, nieuw, deel):
    with pytest.raises(AkkoordError, match=deel):
        lees(tmp_path, GOED.replace(oud, nieuw))


@pytest.mark.parametrize(
    ("oud", "nieuw", "regel", "deel"),
    [
        ("eind = 2030", 'eind = "dan"', 6, "akkoord.eind"),
        ('naam = "Heelveld"', "naam = 3", 10, "gemeenten.naam"),
        ("doel_meer_evenwicht", "doel_meer_evenwigt", 12, "doel_meer_evenwicht"),
        ("datum = 2024-01-01", 'datum = "2024"', 20, "hardheid.datum"),
        ("dubbel_aandeel = 0.2", "dubbel_aandeel = true", 24, "geen getal"),
        ("[drempels]", "[drempls]", 23, "drempls"),
    ],
)
def test_the_line_is_named(tmp_path, oud, nieuw, regel, deel):
    with pytest.raises(AkkoordError, match=deel) as fout:
        lees(tmp_path, GOED.replace(oud, nieuw))
    assert f"regel {regel}" in str(fout.value.melding)


def test_the_line_is_that_of_the_second_table_of_the_same_name(tmp_path):
    tekst = GOED + '\n[[gemeenten]]\ncode = "9010"\nnaam = ""\n'
    with pytest.raises(AkkoordError, match="regel 28") as fout:
        lees(tmp_path, tekst)
    assert "gemeenten.naam" in fout.value.melding


def test_periods_prices_and_measures_are_read(tmp_path):
    extra = 'eind = 2030\nvanaf = 2021-07-01\nperioden = ["2021-2025", "2026"]\nmaten = ["daeb"]'
    tekst = GOED.replace("eind = 2030", extra) + "\n[prijsgrenzen]\n2025 = 900.07\n"
    akkoord = lees(tmp_path, tekst)
    assert [str(p) for p in akkoord.perioden] == ["2021-2025", "2026"]
    assert 2025 in akkoord.perioden[0]
    assert [m.value for m in akkoord.maten] == ["daeb"]
    assert dict(akkoord.prijsgrenzen) == {2025: 900.07}
    assert akkoord.vanaf == date(2021, 7, 1)


@pytest.mark.parametrize(
    ("sleutel", "deel"),
    [
        ('perioden = ["2021-2025", "2025-2030"]', "overlapt"),
        ('perioden = ["ooit"]', "geen periode"),
        ('maten = ["euro"]', "geen maat"),
    ],
)
def test_wrong_periods_and_measures_are_refused(tmp_path, sleutel, deel):
    with pytest.raises(AkkoordError, match=deel):
        lees(tmp_path, GOED.replace("eind = 2030", f"eind = 2030\n{sleutel}"))


@pytest.mark.parametrize(
    ("tekst", "periode"),
    [
        ("2021-2030", Periode(2021, 2030)),
        (" 2021 – 2030 ", Periode(2021, 2030)),
        ("2026", Periode(2026, 2026)),
        ("2030-2021", None),
        ("tot 2030", None),
        ("", None),
    ],
)
def test_a_period_is_two_years_or_one(tekst, periode):
    assert parse_periode(tekst) == periode


EIND = GOED.replace("tussenakkoord", "eindakkoord").replace("Testakkoord", "Eindakkoord")


def test_the_tussenakkoord_stays_in_force_until_the_eindakkoord_begins(tmp_path):
    (tmp_path / "akkoord.toml").write_text(GOED, encoding="utf-8")
    eind = EIND.replace("eind = 2030", "eind = 2030\nvanaf = 2023-02-01")
    (tmp_path / "akkoord-eind.toml").write_text(eind, encoding="utf-8")
    assert current_akkoord(tmp_path, date(2023, 1, 31)).naam == "Testakkoord"
    assert current_akkoord(tmp_path, date(2023, 2, 1)).naam == "Eindakkoord"
    namen = {b.akkoord.naam: b.geldt for b in read_akkoorden(tmp_path, date(2024, 1, 1))}
    assert namen == {"Testakkoord": False, "Eindakkoord": True}


def test_a_later_tussenakkoord_does_not_replace_the_eindakkoord(tmp_path):
    (tmp_path / "akkoord.toml").write_text(EIND, encoding="utf-8")
    later = GOED.replace("eind = 2030", "eind = 2030\nvanaf = 2025-01-01")
    (tmp_path / "akkoord-2.toml").write_text(later, encoding="utf-8")
    assert current_akkoord(tmp_path, date(2026, 1, 1)).naam == "Eindakkoord"


def test_two_akkoorden_of_one_rank_are_refused_by_name(tmp_path):
    (tmp_path / "akkoord.toml").write_text(GOED, encoding="utf-8")
    (tmp_path / "akkoord-b.toml").write_text(GOED, encoding="utf-8")
    with pytest.raises(AkkoordError, match=r"akkoord-b\.toml"):
        current_akkoord(tmp_path, date(2026, 1, 1))
    assert not current_akkoord(tmp_path / "leeg", date(2026, 1, 1)).aanwezig


def test_the_fingerprint_is_that_of_another_process(tmp_path):
    (tmp_path / "akkoord.toml").write_text(GOED, encoding="utf-8")
    vraag = (
        "import sys; from pathlib import Path; from daeb_locaties.akkoord import read_akkoord; "
        "print(read_akkoord(Path(sys.argv[1])).afdruk)"
    )
    afdrukken = {
        subprocess.run(
            [sys.executable, "-c", vraag, str(tmp_path / "akkoord.toml")],
            env={**os.environ, "PYTHONHASHSEED": zaad},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for zaad in ("1", "2", "3")
    }
    assert afdrukken == {read_akkoord(tmp_path / "akkoord.toml").afdruk + "\n"}
    anders = lees(tmp_path, GOED.replace("0.2", "0.3"))
    assert anders.afdruk + "\n" not in afdrukken
