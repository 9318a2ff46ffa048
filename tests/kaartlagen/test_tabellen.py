"""Tables are read by content: signs, encodings, types; and what would not fit is refused."""

from __future__ import annotations

import zipfile
from datetime import date, datetime

import pytest

from kaartlagen import tabellen
from kaartlagen.bestandsvorm import Vorm, sniff
from kaartlagen.errors import BronError
from kaartlagen.tabellen import read_rasters
from tests.kaartlagen.tabelmaken import write_csv, write_xlsx

MOMENT = datetime.fromisoformat("2026-05-01T08:00:00")


def rijen(pad):
    vorm = sniff(pad)
    return read_rasters(pad, vorm)[0].rijen


@pytest.mark.parametrize(
    ("tekst", "verwacht"),
    [
        ("naam;aantal\nHof;1,5\n", (("naam", "aantal"), ("Hof", "1,5"))),
        ('naam,aantal\n"Hof, oost",3\n', (("naam", "aantal"), ("Hof, oost", "3"))),
        ("naam\taantal\nHof\t3\n", (("naam", "aantal"), ("Hof", "3"))),
        ("naam|aantal\r\nHof|3\r\n", (("naam", "aantal"), ("Hof", "3"))),
        ("sep=;\nnaam;aantal\nHof;3\n", (("naam", "aantal"), ("Hof", "3"))),
        ("naam;aantal;x\nHof;3\n", (("naam", "aantal", "x"), ("Hof", "3", None))),
        ('naam;wkt\nHof;"POINT(1 2, 3)"\nb;"c, d, e, f"\n',
         (("naam", "wkt"), ("Hof", "POINT(1 2, 3)"), ("b", "c, d, e, f"))),
        ("Planlijst, versie 2\n\nnaam;aantal\nHof;3\nWerf;4\n",
         (("Planlijst, versie 2", None), (None, None), ("naam", "aantal"), ("Hof", "3"),
          ("Werf", "4"))),
    ],
)  # fmt: skip
def test_a_csv_is_cut_by_the_sign_that_cuts_it_evenly(tmp_path, tekst, verwacht):
    gelezen = rijen(write_csv(tmp_path / "a.csv", tekst))
    # The csv reader skips a line without anything in it, or gives it empty.
    assert [r for r in gelezen if any(r)] == [r for r in verwacht if any(r)]


@pytest.mark.parametrize("codering", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_are_told_apart(tmp_path, codering):
    pad = write_csv(tmp_path / "a.csv", "naam;stad\nCafé;Düren\nHof;Enschede\n", codering)
    assert sniff(pad) is Vorm.CSV
    (raster,) = read_rasters(pad, Vorm.CSV)
    assert raster.rijen[1] == ("Café", "Düren")
    assert raster.windows is (codering == "cp1252")


def test_a_csv_with_a_quote_that_does_not_end_names_the_line(tmp_path):
    pad = write_csv(tmp_path / "a.csv", 'naam;x\nHof;1\n"Werf;2\nKade;3\n')
    with pytest.raises(BronError, match="aanhalingsteken"):
        rijen(pad)


def test_a_polygon_longer_than_the_csv_module_allows_is_read(tmp_path):
    wkt = "LINESTRING(" + ",".join(f"{n} {n}" for n in range(30_000)) + ")"
    gelezen = rijen(write_csv(tmp_path / "a.csv", f'naam;wkt\nHof;"{wkt}"\nb;c\n'))
    assert len(str(gelezen[1][1])) > 131_072


def test_xlsx_types_come_through_and_every_visible_sheet_does(tmp_path):
    pad = write_xlsx(
        tmp_path / "a.xlsx",
        {
            "Een": [
                ["naam", "n", "d", "t"],
                [" Hof ", 3.0, date(2026, 5, 1), MOMENT],
            ],
            "Twee": [[None, None], ["x", 2.5]],
        },
    )
    assert sniff(pad) is Vorm.XLSX
    een, twee = read_rasters(pad, Vorm.XLSX)
    assert een.rijen[1] == ("Hof", 3, date(2026, 5, 1), MOMENT)
    assert type(een.rijen[1][1]) is int
    assert (twee.naam, twee.rijen[-1][-1], twee.verborgen) == ("Twee", 2.5, False)


def _with_sheet(pad, xml):
    """Put another sheet in a workbook."""
    bron = write_xlsx(pad.with_name("bron.xlsx"), {"Data": [["naam"], ["Hof"]]})
    with zipfile.ZipFile(bron) as oud, zipfile.ZipFile(pad, "w", zipfile.ZIP_DEFLATED) as nieuw:
        for deel in oud.namelist():
            inhoud = xml if deel.startswith("xl/worksheets/") else oud.read(deel)
            nieuw.writestr(deel, inhoud)
    return pad


@pytest.mark.parametrize(
    "adres", ["XFD1048576", "A1048576", "ZZZ300000", "xfd1048576", "A1999999999999"]
)
def test_a_cell_at_the_far_end_of_an_empty_sheet_does_not_fill_the_memory(tmp_path, adres):
    xml = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f'<row r="1"><c r="A1"><v>1</v></c></row><row r="2">'
        f'<c r="{adres}"><v>1</v></c></row></sheetData></worksheet>'
    ).encode()
    with pytest.raises(BronError, match=r"rijen en|geen leesbaar"):
        rijen(_with_sheet(tmp_path / "a.xlsx", xml))


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(tabellen, "MAX_UITGEPAKT", 1_000)
    with pytest.raises(BronError, match="te groot"):
        rijen(write_xlsx(tmp_path / "a.xlsx", {"Data": [["naam"], ["Hof"]]}))


@pytest.mark.parametrize("weg", [0.5, 0.9])
def test_a_broken_workbook_is_refused_in_dutch(tmp_path, weg):
    pad = write_xlsx(tmp_path / "a.xlsx", {"Data": [["naam"], ["Hof"]]})
    inhoud = pad.read_bytes()
    pad.write_bytes(inhoud[: int(len(inhoud) * weg)])
    with pytest.raises(BronError):
        read_rasters(pad, Vorm.XLSX)


def test_a_table_of_too_many_cells_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(tabellen, "MAX_CELLEN", 10)
    with pytest.raises(BronError, match="te groot"):
        rijen(write_csv(tmp_path / "a.csv", "a;b\n" * 10))
