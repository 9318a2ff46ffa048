"""Rows that name percelen get their ground; a part of it is not the place that was meant."""

from __future__ import annotations

import pytest
import shapely

from kaartlagen.inname import ingest, read_bestand
from kaartlagen.opslag import LaagOpslag
from tests.kaartlagen.maken import write_vector
from tests.kaartlagen.tabelmaken import WKT, write_csv, write_xlsx

OPP = 2_500.0


@pytest.fixture
def opslag(tmp_path):
    """A store with four percelen of 50 x 50 m in a row."""
    vormen = [shapely.box(155_000 + 50 * n, 463_000, 155_050 + 50 * n, 463_050) for n in range(4)]
    kolommen = {
        "perceel_id": [f"1234567890123{n}" for n in range(4)],
        "akr_kadastrale_gemeente_code_waarde": ["OTL02"] * 4,
        "kadastrale_gemeente_waarde": ["Otterlo"] * 4,
        "sectie": ["B"] * 4,
        "perceelnummer": [2298, 2299, 2300, 2301],
    }
    lagen = LaagOpslag(tmp_path / "lagen")
    ingest([write_vector(tmp_path / "percelen.gpkg", vormen, kolommen)], lagen)
    return lagen


def lees(pad, opslag, *percelen):
    regels = "".join(f'Plan {n};2A;"{cel}"\n' for n, cel in enumerate(percelen))
    tekst = f"plannaam;planstatus;kadastrale aanduiding\n{regels}"
    (laag,) = read_bestand(write_csv(pad, tekst), opslag=opslag)
    return laag


@pytest.mark.parametrize(
    ("cel", "aantal"),
    [
        ("OTL02 B 2298; OTL02 B 2299", 2), ("otl02b2298", 1), ("OTL02B 02298G0000", 1),
        ("OTL02 B 2298, 2299 en 2300", 3), ("Otterlo B 2298", 1),
        ("Otterlo, sectie B nummer 2299", 1),
        ("12345678901230", 1), ("OTL02-B-2298|OTL02-B-2301", 2), ("OTL02 B 2298;OTL02 B 2298", 1),
    ],
)  # fmt: skip
def test_spellings_of_percelen(tmp_path, opslag, cel, aantal):
    laag = lees(tmp_path / "a.csv", opslag, cel)
    assert (laag.gelezen, laag.geweigerd) == (1, 0)
    assert laag.frame.area.iloc[0] == pytest.approx(aantal * OPP)


@pytest.mark.parametrize(
    ("cel", "woord"),
    [
        ("OTL02 B 9999", "OTL02 B 9999 staat niet in de laag percelen"),
        ("OTL02 B 2298; OTL02 B 9999", "OTL02 B 9999 staat niet"),
        ("OTL02 B 2298 A0001", "is geen kadastrale aanduiding"),
        ("nog onbekend", "is geen kadastrale aanduiding"),
        ("2298", "is geen kadastrale aanduiding"),
        ("OTL03 B 2298", "staat niet"),
    ],
)
def test_a_row_of_which_one_perceel_is_not_found_is_refused_whole_and_named(
    tmp_path, opslag, cel, woord
):
    laag = lees(tmp_path / "a.csv", opslag, "OTL02 B 2301", cel)
    assert (laag.gelezen, len(laag.frame), laag.geweigerd) == (2, 1, 1)
    assert laag.frame["plannaam"].tolist() == ["Plan 0"]
    (fout,) = [b for b in laag.bevindingen if b.niveau == "fout"]
    assert (fout.code, fout.aantal) == ("KL613", 1)
    assert "Plan 1" in fout.uitleg
    assert woord in fout.uitleg


def test_without_percelen_every_row_is_refused_with_the_remedy(tmp_path):
    laag = lees(tmp_path / "a.csv", LaagOpslag(tmp_path / "leeg"), "OTL02 B 2298")
    (fout,) = [b for b in laag.bevindingen if b.niveau == "fout"]
    assert (laag.geweigerd, fout.code) == (1, "KL613")
    assert "geen percelen ingelezen" in fout.uitleg
    assert "laag inlezen" in fout.uitleg
    assert lees(tmp_path / "a.csv", None, "OTL02 B 2298").geweigerd == 1


def test_rows_with_and_without_coordinates_in_degrees_lie_side_by_side(tmp_path, opslag):
    tekst = (
        "plannaam;planstatus;lon;lat;percelen\n"
        "A;2A;5,387203657;52,155172897;\nB;3;;;OTL02 B 2298\nC;3;;;OTL02 B 1\nD;3;5,39;52,16;\n"
    )
    (laag,) = read_bestand(write_csv(tmp_path / "a.csv", tekst), opslag=opslag)
    assert laag.frame["plannaam"].tolist() == ["A", "B", "D"]
    punt, vlak, _ = laag.frame.geometry
    assert punt.distance(shapely.Point(155_000, 463_000)) < 0.3
    assert vlak.area == pytest.approx(OPP)
    assert (laag.gelezen, laag.geweigerd) == (4, 1)


def test_other_percelen_make_another_snapshot_of_the_same_table(tmp_path, opslag):
    rijen = [["plannaam", "planstatus", "percelen"], ["Hof", "2A", "OTL02 B 2298"]]
    pad = write_xlsx(tmp_path / "a.xlsx", {"x": rijen})
    ingest([pad], opslag)
    ingest([pad], opslag)
    assert len(opslag.snapshots("woningbouwplannen")) == 1
    nieuw = write_vector(
        tmp_path / "percelen.gpkg",
        [shapely.box(155_000, 463_000, 155_100, 463_100)],
        {
            "akr_kadastrale_gemeente_code_waarde": ["OTL02"],
            "sectie": ["B"],
            "perceelnummer": [2298],
        },
    )
    ingest([nieuw], opslag)
    ingest([pad], opslag)
    assert len(opslag.snapshots("woningbouwplannen")) == 2
    assert opslag.read("woningbouwplannen").area.tolist() == [10_000]


def test_geometry_of_the_row_itself_goes_first(tmp_path, opslag):
    rijen = [["plannaam", "planstatus", "wkt_rd", "percelen"], ["Hof", "2A", WKT, "OTL02 B 2298"]]
    (laag,) = read_bestand(write_xlsx(tmp_path / "a.xlsx", {"x": rijen}), opslag=opslag)
    assert laag.frame.area.tolist() == [10_000]
    assert "KL614" not in {b.code for b in laag.bevindingen}
