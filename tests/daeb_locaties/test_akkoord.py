from __future__ import annotations

import pytest

from daeb_locaties.akkoord import Hardheidsregel, read_akkoord
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
