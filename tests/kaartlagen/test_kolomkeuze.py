"""What a user says of columns holds over what was remembered, and is remembered itself."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaartlagen.errors import KolomError, OpslagError
from kaartlagen.inname import ingest, read_bestand, remember_columns
from kaartlagen.kolomkeuze import Kolomgeheugen, Kolomkeuze, Kolomwijzer, parse_keuze
from kaartlagen.opslag import LaagOpslag
from tests.kaartlagen.maken import VIERKANT, plan, write_imro, write_vector
from tests.kaartlagen.tabelmaken import WKT, write_xlsx

KOPPEN = ("Titel van het werk", "Stand", "Vlak WKT")


def tabel(pad, *namen, koppen=KOPPEN):
    rijen = [[naam, "2A. Vastgesteld", WKT] for naam in namen]
    return write_xlsx(pad, {"Blad1": [list(koppen), *rijen]})


KEUZE = {"plannaam": "Titel van het werk", "planstatus": "Stand", "wkt_rd": "Vlak WKT"}


def uitleg(laag, code="KL611"):
    return " ".join(b.uitleg for b in laag.bevindingen if b.code == code)


def test_a_choice_is_used_shown_remembered_and_taken_back(tmp_path):
    opslag = LaagOpslag(tmp_path / "lagen")
    pad = tabel(tmp_path / "a.xlsx", "Hof")
    eerst = read_bestand(pad, soort="woningbouwplannen", kolommen=KEUZE, opslag=opslag)
    assert eerst[0].frame["plannaam"].tolist() == ["Hof"]
    assert "Stand is gelezen als planstatus" in uitleg(eerst[0])
    assert "onthouden)" not in uitleg(eerst[0])
    remember_columns(eerst, opslag)
    # Another file, the same headers in another order and letter case.
    ander = write_xlsx(
        tmp_path / "b.xlsx",
        {"X": [["STAND", "vlak wkt", "titel van het  werk"], ["3", WKT, "Kade"]]},
    )
    (laag,) = read_bestand(ander, opslag=opslag)
    assert laag.frame[["plannaam", "planstatus"]].to_numpy().tolist() == [["Kade", "3"]]
    assert "STAND is gelezen als planstatus (onthouden)" in uitleg(laag)
    # Taking back all of it.
    terug = read_bestand(
        ander,
        soort="vlakken",
        kolommen=dict.fromkeys(("plannaam", "planstatus"), ""),
        opslag=opslag,
    )
    remember_columns(terug, opslag)
    assert Kolomgeheugen(opslag.map).recall(KOPPEN) == {"wkt_rd": "Vlak WKT"}


def test_intake_remembers_only_what_was_taken_in(tmp_path):
    opslag = LaagOpslag(tmp_path / "lagen")
    pad = tabel(tmp_path / "a.xlsx", "Hof")
    mis = ingest([pad], opslag, soort="woningbouwplannen", kolommen={"plannaam": "Bestaat niet"})
    assert "Titel van het werk" in mis.geweigerde_bestanden[0][1].melding
    assert not (opslag.map / "kolommen.json").exists()
    verslag = ingest([pad], opslag, soort="woningbouwplannen", kolommen=KEUZE)
    assert verslag.lagen[0].opgenomen == 1
    assert Kolomgeheugen(opslag.map).recall(KOPPEN) == KEUZE
    assert [o.laag for o in opslag.snapshots()] == ["woningbouwplannen"]


def test_the_same_file_under_another_choice_is_another_snapshot(tmp_path):
    opslag = LaagOpslag(tmp_path / "lagen")
    pad = tabel(tmp_path / "a.xlsx", "Hof")
    ingest([pad], opslag, soort="woningbouwplannen", kolommen=KEUZE)
    om = KEUZE | {"plannaam": "Stand", "planstatus": "Titel van het werk"}
    ingest([pad], opslag, soort="woningbouwplannen", kolommen=om)
    assert opslag.read("woningbouwplannen")["plannaam"].tolist() == ["2A. Vastgesteld"]
    ingest([pad], opslag, soort="woningbouwplannen")
    assert len(opslag.snapshots()) == 2


def test_a_choice_works_for_a_vector_file_and_an_own_column_gives_way(tmp_path):
    kolommen = {"plannaam": ["leeg"], "werk": ["Hof"], "stand": ["2A"], "n": [3]}
    pad = write_vector(tmp_path / "p.gpkg", [VIERKANT], kolommen)
    (laag,) = read_bestand(
        pad, kolommen={"plannaam": "werk", "planstatus": "stand", "daeb_sloop": "n"}
    )
    rij = laag.frame.iloc[0]
    assert (rij["plannaam"], rij["planstatus"]) == ("Hof", "2A")
    assert json.loads(rij["overig"]) == {"plannaam (bron)": "leeg", "daeb_sloop": 3}


def test_a_choice_needs_a_table(tmp_path):
    with pytest.raises(KolomError, match="XML"):
        read_bestand(write_imro(tmp_path / "p.gml", plan()), kolommen={"plannaam": "naam"})


def test_a_damaged_memory_is_said_not_overwritten(tmp_path):
    pad = tmp_path / "kolommen.json"
    for inhoud in ("{", "[]", '{"keuzen": [{}]}', '{"keuzen": 3}'):
        pad.write_text(inhoud)
        with pytest.raises(OpslagError, match=r"kolommen\.json"):
            Kolomgeheugen(tmp_path).recall(["a"])
        assert pad.read_text() == inhoud


@pytest.mark.parametrize("tekst", ["plannaam", "Plan naam=x", "=x", "a=b=", "9a=x"])
def test_a_choice_of_another_form_is_refused(tekst):
    if tekst == "a=b=":
        assert parse_keuze([tekst]) == {"a": "b="}
        return
    with pytest.raises(KolomError):
        parse_keuze([tekst])


@pytest.mark.parametrize("teksten", [("a=x", "a=y"), ("a=x", "b=x")])
def test_a_column_or_a_name_is_chosen_once(teksten):
    with pytest.raises(KolomError, match="tweemaal"):
        parse_keuze(teksten)


@given(st.lists(st.sampled_from(["a", "b", "c", "plannaam", "gemeente"]), unique=True), st.data())
def test_renamed_headers_stay_as_many_and_unique(koppen, data):
    eigen = data.draw(st.lists(st.sampled_from(koppen), unique=True)) if koppen else []
    keuze = dict(zip(["plannaam", "gemeente", "a"], eigen, strict=False))
    nieuw = Kolomkeuze(tuple(koppen), keuze).nieuwe_koppen
    assert len(nieuw) == len(koppen) == len(set(nieuw))
    assert set(keuze) <= set(nieuw)


def test_what_is_said_now_takes_a_column_from_what_was_remembered(tmp_path):
    geheugen = Kolomgeheugen(tmp_path)
    geheugen.remember(Kolomkeuze(("a", "b"), {"plannaam": "a"}))
    keuze = Kolomwijzer({"gemeente": "a"}, geheugen).choose(("a", "b"))
    assert (dict(keuze.keuze), keuze.onthouden) == ({"gemeente": "a"}, frozenset())
