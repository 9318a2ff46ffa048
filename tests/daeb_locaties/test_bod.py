from __future__ import annotations

import openpyxl
import pytest

from daeb_locaties.begrippen import Maat
from daeb_locaties.bod import read_biedingen
from daeb_locaties.errors import BodError

KOP = "gemeentecode;gemeente;versie;datum;component;maat;periode;aantal;toelichting"
REGELS = [
    "9001;Westveld;bod;2021-12-01;nieuwbouw;daeb;2021-2030;1.200;Wij bouwen.",
    "9001;Westveld;bod;2021-12-01;sloop;daeb;2021-2030;200;",
    "GM9001;Westveld;aangescherpt bod 1;1-6-2022;nieuwbouw;DAEB-woningen;2021-2030;1300;",
]


def schrijf(tmp_path, *regels, kop=KOP, codering="utf-8"):
    pad = tmp_path / "bod.csv"
    pad.write_bytes("\n".join([kop, *regels]).encode(codering))
    return pad


def test_biedingen_from_csv_are_grouped_by_gemeente_and_version(tmp_path):
    eerste, tweede = read_biedingen(schrijf(tmp_path, *REGELS))
    assert (eerste.versie, eerste.netto(Maat.DAEB), eerste.toelichting) == (
        "bod", 1000, "Wij bouwen.",
    )  # fmt: skip
    assert (tweede.gemeentecode, tweede.versie) == ("9001", "aangescherpt bod 1")
    assert str(tweede.datum) == "2022-06-01"


def test_xlsx_gives_the_same_biedingen_as_csv(tmp_path):
    werkmap = openpyxl.Workbook()
    for rij in [KOP.split(";"), *(r.split(";") for r in REGELS)]:
        werkmap.active.append([int(cel) if cel.isdigit() else cel for cel in rij])
    werkmap.save(tmp_path / "bod.xlsx")
    uit_xlsx = read_biedingen(tmp_path / "bod.xlsx")
    uit_csv = read_biedingen(schrijf(tmp_path, *REGELS))
    assert [b.regels for b in uit_xlsx] == [b.regels for b in uit_csv]


@pytest.mark.parametrize(
    ("regel", "deel"),
    [
        ("9001;W;bod;;nieuwbouw;daeb;2021;twaalf;", "geen geheel getal"),
        ("9001;W;bod;;nieuwbouw;daeb;2021;-3;", "geen geheel getal"),
        ("9001;W;bod;;nieuwbouw;daeb;2021;12,5;", "geen geheel getal"),
        ("9001;W;eerste bod;;nieuwbouw;daeb;2021;12;", "versie"),
        ("Westveld;W;bod;;nieuwbouw;daeb;2021;12;", "gemeentecode"),
        ("9001;W;bod;;bouw;daeb;2021;12;", "nieuwbouw, sloop"),
        ("9001;W;bod;;nieuwbouw;koop;2021;12;", "daeb, doelgroepvoorraad"),
    ],
)
def test_wrong_line_refuses_the_file_and_names_the_line(tmp_path, regel, deel):
    with pytest.raises(BodError, match=deel) as fout:
        read_biedingen(schrijf(tmp_path, REGELS[0], regel))
    assert "regel 3" in fout.value.melding


def test_same_line_twice_is_refused(tmp_path):
    with pytest.raises(BodError, match="twee regels"):
        read_biedingen(schrijf(tmp_path, REGELS[0], REGELS[0]))


@pytest.mark.parametrize(
    ("inhoud", "deel"),
    [
        (b"", "leeg"),
        (b"   \n", "leeg"),
        (b"PK\x03\x04kapot", "geen leesbaar xlsx"),
        (b"gemeentecode;aantal\n9001;1", "ontbreekt"),
        (KOP.encode(), "geen regels"),
        ("gemeentecode;g\xe9meente".encode("latin-1"), "UTF-8"),
        (b"\x00\x01\x02\x03", "geen tekstbestand"),
    ],
)
def test_file_that_is_no_table_of_bids_is_refused(tmp_path, inhoud, deel):
    pad = tmp_path / "bod.csv"
    pad.write_bytes(inhoud)
    with pytest.raises(BodError, match=deel):
        read_biedingen(pad)


def test_absent_file_is_refused(tmp_path):
    with pytest.raises(BodError, match="kan niet worden gelezen"):
        read_biedingen(tmp_path / "weg.csv")
