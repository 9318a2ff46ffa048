from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from daeb_locaties.akkoord import Akkoord, AkkoordGemeente
from daeb_locaties.begrippen import Component, Maat
from daeb_locaties.bodversies import compare_alle, compare_versies, view_as_today
from daeb_locaties.model import Bod, Bodregel

AKKOORD = Akkoord(
    gemeenten=(AkkoordGemeente("9009", "Heelveld", voorgangers=("9001", "9002")),), aanwezig=True
)


def bod(code, volgnummer=0, aantal=100, *, sloop=None, toelichting=None, periode="2021-2030"):
    regels = [Bodregel(Component.NIEUWBOUW, Maat.DAEB, periode, aantal)]
    if sloop is not None:
        regels.append(Bodregel(Component.SLOOP, Maat.DAEB, periode, sloop))
    datum = date(2021 + volgnummer, 1, 1)
    naam = f"Gemeente {code}"
    return Bod(code, naam, volgnummer, datum, f"bron {code}", tuple(regels), toelichting)


def test_a_new_version_is_told_line_by_line():
    verschil = compare_versies(bod("9001", 0, 100), bod("9001", 1, 130, sloop=10, toelichting="x"))
    assert [(r.component, r.oud, r.nieuw, r.verschil) for r in verschil.regels] == [
        (Component.NIEUWBOUW, 100, 130, 30),
        (Component.SLOOP, None, 10, 10),
    ]
    assert verschil.netto == ((Maat.DAEB, 100, 120),)
    assert verschil.toelichting_gewijzigd


def test_the_same_lines_are_no_difference():
    verschil = compare_versies(bod("9001", 0), bod("9001", 1))
    assert verschil.regels == ()
    assert not verschil.toelichting_gewijzigd


def test_each_version_is_compared_with_the_one_before_it():
    reeks = [bod("9001", 2, 90), bod("9002"), bod("9001"), bod("9001", 1, 110)]
    gevonden = [(v.nieuw.gemeentecode, v.oud.versie, v.nieuw.versie) for v in compare_alle(reeks)]
    assert gevonden == [
        ("9001", "bod", "aangescherpt bod 1"),
        ("9001", "aangescherpt bod 1", "aangescherpt bod 2"),
    ]


def test_bids_of_predecessors_are_read_as_the_merged_gemeente():
    (samen,) = view_as_today(
        [bod("9001", 0, 70), bod("9001", 1, 80, toelichting="meer"), bod("9002", 0, 20, sloop=5)],
        AKKOORD,
    )
    assert (samen.gemeentecode, samen.gemeentenaam) == ("9009", "Heelveld")
    assert samen.netto(Maat.DAEB) == 80 + 20 - 5
    assert samen.versie == "bod"  # 9002 has sharpened nothing yet
    assert samen.toelichting == "Gemeente 9001: meer"
    assert "aangescherpt bod 1" in samen.bron
    assert len(samen.regels) == 2


def test_a_bod_of_the_merged_gemeente_itself_replaces_those_of_its_predecessors():
    (eigen,) = view_as_today([bod("9001", 0, 70), bod("9009", 0, 95)], AKKOORD)
    assert eigen.netto(Maat.DAEB) == 95


def test_a_gemeente_outside_the_akkoord_stays_itself():
    assert [b.gemeentecode for b in view_as_today([bod("8000")], AKKOORD)] == ["8000"]


_reeks = st.lists(
    st.tuples(st.sampled_from(["9001", "9002", "8000"]), st.integers(0, 3), st.integers(0, 999)),
    unique_by=lambda deel: deel[:2],
    max_size=8,
)


@given(_reeks)
def test_no_home_is_lost_or_made_by_adding_up(delen):
    biedingen = [bod(*deel) for deel in delen]
    nieuwste = {b.gemeentecode: b for b in sorted(biedingen, key=lambda b: b.volgnummer)}
    som = sum(b.netto(Maat.DAEB) for b in nieuwste.values())
    assert sum(b.netto(Maat.DAEB) for b in view_as_today(biedingen, AKKOORD)) == som


@given(_reeks)
def test_differences_add_up_to_the_newest_version(delen):
    biedingen = [bod(*deel) for deel in delen]
    for code in {b.gemeentecode for b in biedingen}:
        eigen = sorted((b for b in biedingen if b.gemeentecode == code), key=lambda b: b.volgnummer)
        stappen = [regel.verschil for verschil in compare_alle(eigen) for regel in verschil.regels]
        begin, eind = eigen[0].netto(Maat.DAEB), eigen[-1].netto(Maat.DAEB)
        assert begin + sum(stappen) == eind
        assert compare_versies(eigen[-1], replace(eigen[-1])).regels == ()
