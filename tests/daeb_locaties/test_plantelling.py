"""Counts per measure: what is stated, what is left open, and what is nobody's guess."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daeb_locaties.begrippen import Component, Maat
from daeb_locaties.model import Aantal
from daeb_locaties.plantelling import (
    Opmerking,
    Telt,
    Woningregel,
    count_lines,
    net_count,
    spread_years,
)

BOUW, SLOOP = Component.NIEUWBOUW, Component.SLOOP
WEL, NIET, OPEN = Telt.WEL, Telt.NIET, Telt.ONBEKEND


def daeb(*regels):
    telling = count_lines(Woningregel(c, j, n, d) for c, j, n, d in regels)
    return [a for a in telling.aantallen if a.maat is Maat.DAEB], telling.opmerkingen


@pytest.mark.parametrize(
    ("regels", "verwacht"),
    [
        ([(BOUW, 2026, 10, WEL), (BOUW, 2027, 5, WEL)],
         [Aantal(BOUW, Maat.DAEB, 2026, 10), Aantal(BOUW, Maat.DAEB, 2027, 5)]),
        ([(BOUW, 2026, 10, WEL), (BOUW, 2026, 4, NIET)], [Aantal(BOUW, Maat.DAEB, 2026, 10)]),
        ([(BOUW, 2026, 10, WEL), (SLOOP, 2026, 4, WEL)],
         [Aantal(BOUW, Maat.DAEB, 2026, 10), Aantal(SLOOP, Maat.DAEB, 2026, 4)]),
        # Known to be none is 0; nothing known is no number.
        ([(BOUW, 2026, 10, NIET)], [Aantal(BOUW, Maat.DAEB, None, 0)]),
        ([(BOUW, 2026, 10, OPEN)], []),
        ([(BOUW, 2026, 10, NIET), (BOUW, 2027, 1, OPEN)], []),
        ([(BOUW, 2026, 0, OPEN)], []),
        ([], []),
        # What is left open comes on top as the maximum.
        ([(BOUW, 2026, 10, WEL), (BOUW, 2026, 3, OPEN)],
         [Aantal(BOUW, Maat.DAEB, 2026, 10, 10, 13)]),
        ([(BOUW, 2026, 10, WEL), (SLOOP, None, 3, OPEN)],
         [Aantal(BOUW, Maat.DAEB, 2026, 10), Aantal(SLOOP, Maat.DAEB, None, 0, 0, 3)]),
    ],
)  # fmt: skip
def test_daeb_of_lines(regels, verwacht):
    assert daeb(*regels)[0] == verwacht


def test_remarks_say_what_is_open():
    assert daeb((BOUW, None, 10, WEL), (BOUW, 2026, 3, OPEN))[1] == {
        Opmerking.JAAR_ONBEKEND, Opmerking.DEELS_ONBEKEND,
    }  # fmt: skip
    assert daeb((BOUW, 2026, 10, WEL))[1] == frozenset()


def test_the_doelgroepvoorraad_is_counted_only_when_every_home_is_known():
    sociaal = Woningregel(BOUW, 2026, 10, WEL, WEL)
    duur = Woningregel(BOUW, 2026, 5, NIET, NIET)
    koop = Woningregel(BOUW, 2026, 2, NIET, OPEN)
    assert Aantal(BOUW, Maat.DOELGROEPVOORRAAD, 2026, 10) in count_lines([sociaal, duur]).aantallen
    maten = {a.maat for a in count_lines([sociaal, duur, koop]).aantallen}
    assert maten == {Maat.DAEB}


REGELS = st.lists(
    st.builds(
        Woningregel,
        st.sampled_from([BOUW, SLOOP]),
        st.sampled_from([None, 2026, 2027]),
        st.integers(0, 50),
        st.sampled_from(list(Telt)),
    ),
    max_size=8,
)


@given(REGELS)
def test_bounds_hold_whatever_the_open_homes_turn_out_to_be(regels):
    telling = [a for a in count_lines(regels).aantallen if a.maat is Maat.DAEB]
    for component in (BOUW, SLOOP):
        eigen = [r for r in regels if r.component is component]
        wel = sum(r.aantal for r in eigen if r.daeb is WEL)
        open_ = sum(r.aantal for r in eigen if r.daeb is OPEN)
        cellen = [a for a in telling if a.component is component]
        if telling:
            assert sum(a.waarschijnlijk for a in cellen) == wel
            assert sum(a.waarschijnlijk if a.maximum is None else a.maximum for a in cellen) == (
                wel + open_
            )
        for cel in cellen:
            assert cel.minimum is None or cel.minimum <= cel.waarschijnlijk <= (cel.maximum or 0)


@given(REGELS, st.randoms())
def test_the_order_of_lines_does_not_matter(regels, willekeur):
    anders = list(regels)
    willekeur.shuffle(anders)
    assert count_lines(anders).aantallen == count_lines(regels).aantallen


@pytest.mark.parametrize(
    ("netto", "ruimte", "verwacht"),
    [
        (12, 0, [(BOUW, 12, None, None)]), (12, 3, [(BOUW, 12, 12, 15)]),
        (-4, 0, [(SLOOP, 4, None, None)]), (0, 0, [(BOUW, 0, None, None)]), (0, 3, []),
    ],
)  # fmt: skip
def test_a_net_number_alone(netto, ruimte, verwacht):
    assert [
        (a.component, a.waarschijnlijk, a.minimum, a.maximum) for a in net_count(netto, ruimte)
    ] == verwacht


def cellen(**aantallen):
    uit = {}
    for naam, aantal in aantallen.items():
        jaar = int(naam[1:]) if naam[1:].isdigit() else None
        uit[Maat.DAEB, BOUW, jaar] = Aantal(BOUW, Maat.DAEB, jaar, aantal)
    return uit


@pytest.mark.parametrize(
    ("kolommen", "verwacht", "strijdig"),
    [
        ({"totaal": 30}, {None: 30}, False),
        ({"j2026": 10, "j2027": 20}, {2026: 10, 2027: 20}, False),
        ({"totaal": 30, "j2026": 10, "j2027": 20}, {2026: 10, 2027: 20}, False),
        ({"totaal": 35, "j2026": 10, "j2027": 20}, {None: 5, 2026: 10, 2027: 20}, False),
        ({"totaal": 25, "j2026": 10, "j2027": 20}, {2026: 10, 2027: 20}, True),
    ],
)
def test_a_total_beside_years_is_not_counted_again(kolommen, verwacht, strijdig):
    telling = spread_years(cellen(**kolommen))
    assert {a.jaar: a.waarschijnlijk for a in telling.aantallen} == verwacht
    assert (Opmerking.STRIJDIG in telling.opmerkingen) is strijdig
