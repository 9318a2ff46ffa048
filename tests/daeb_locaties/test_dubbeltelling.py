from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point

from daeb_locaties import dubbeltelling
from daeb_locaties.akkoord import Drempels
from daeb_locaties.begrippen import Planstatus
from daeb_locaties.dubbeltelling import choose_apart, find_dubbelparen
from tests.daeb_locaties.bouwstenen import locatie, vak
from tests.daeb_locaties.test_balans import oordeel_van


def find(*locaties, code="9001"):
    return find_dubbelparen(locaties, {loc.id: code for loc in locaties}, Drempels())


def test_same_ground_is_a_pair_with_overlap_and_share_of_the_smaller():
    (paar,) = find(locatie(id="a", naam="A"), locatie(vak(0.5, 0, 2, 1), id="b", naam="B"))
    assert (paar.reden, round(paar.overlap_m2), round(paar.aandeel, 6), paar.apart) == (
        dubbeltelling.ZELFDE_GROND, 5000, 0.5, True,
    )  # fmt: skip


def test_overlap_on_the_drempel_is_suspect_and_below_it_is_not():
    een = locatie(id="a", naam="A")
    assert find(een, locatie(vak(0.9, 0, 1.9, 1), id="b", naam="B"))
    assert not find(een, locatie(vak(0.91, 0, 1.91, 1), id="b", naam="B"))


def test_suspect_overlap_below_apart_drempel_sets_nothing_aside():
    paren = find(locatie(id="a", naam="A"), locatie(vak(0.6, 0, 1.6, 1), id="b", naam="B"))
    assert [p.apart for p in paren] == [False]


def test_two_corporaties_on_one_site_are_named_in_the_reason():
    een = locatie(id="a", naam="A", corporaties=("Woonstee",))
    (paar,) = find(een, locatie(id="b", naam="B", corporaties=("Thuisland",)))
    assert paar.reden == (
        f"{dubbeltelling.ZELFDE_GROND}; {dubbeltelling.ZELFDE_VORM}; "
        f"{dubbeltelling.TWEE_CORPORATIES}"
    )


def test_nearly_the_same_shape_is_named_from_the_drempel_on():
    def redenen(rechts):
        (paar,) = find(locatie(id="a", naam="A"), locatie(vak(0, 0, rechts, 1), id="b", naam="B"))
        return paar.reden

    assert dubbeltelling.ZELFDE_VORM in redenen(0.95)
    assert dubbeltelling.ZELFDE_VORM not in redenen(0.94)


def test_one_site_in_two_gemeenten_is_named():
    een, twee = locatie(id="a", naam="A"), locatie(vak(0.2, 0, 1.2, 1), id="b", naam="B")
    (paar,) = find_dubbelparen([een, twee], {"a": "9001", "b": "9002"}, Drempels())
    assert paar.reden == f"{dubbeltelling.ZELFDE_GROND}; {dubbeltelling.TWEE_GEMEENTEN}"
    (onbekend,) = find_dubbelparen([een, twee], {"a": "9001", "b": None}, Drempels())
    assert onbekend.reden == dubbeltelling.ZELFDE_GROND


@pytest.mark.parametrize(
    ("code", "bronnen", "paren"),
    [
        ("PLAN-2024-17", ("pzh", "eigen"), [dubbeltelling.ZELFDE_CODE]),
        ("PLAN-2024-17", ("pzh", "pzh"), []),
        ("17", ("pzh", "eigen"), []),
    ],
)
def test_the_same_plan_code_in_two_sources_is_suspect(code, bronnen, paren):
    een, twee = (
        replace(locatie(vak(n, 0, n + 1, 1), id=i, naam=i), bron=bron, bron_id=code)
        for n, (i, bron) in enumerate(zip("ab", bronnen, strict=True))
    )
    gevonden = find(een, twee)
    assert [p.reden for p in gevonden] == paren
    assert not any(p.apart for p in gevonden)


def test_every_reason_of_a_pair_is_told():
    een, twee = locatie(id="a"), locatie(id="b")
    (paar,) = find(een, twee)
    assert paar.reden.split("; ") == [
        dubbeltelling.ZELFDE_GROND,
        dubbeltelling.ZELFDE_VORM,
        dubbeltelling.ZELFDE_NAAM,
    ]


def test_same_name_in_one_gemeente_is_suspect_but_counts():
    ver = locatie(vak(8, 8, 9, 9), id="b", naam="HOF-laan")
    (paar,) = find(locatie(id="a", naam="Hoflaan"), ver)
    assert (paar.reden, paar.apart) == (dubbeltelling.ZELFDE_NAAM, False)


def test_same_name_in_two_gemeenten_is_no_pair():
    een, twee = locatie(id="a"), locatie(vak(8, 8, 9, 9), id="b")
    assert not find_dubbelparen([een, twee], {"a": "9001", "b": "9002"}, Drempels())


def test_same_point_is_a_pair():
    een, twee = (locatie(Point(1, 2), id=i, naam=i) for i in "ab")
    assert [p.reden for p in find(een, twee)] == [dubbeltelling.ZELFDE_PUNT]


def test_firmest_stays_and_number_of_homes_breaks_a_tie():
    een, twee = locatie(id="a", naam="A"), locatie(id="b", naam="B", daeb=99)
    paren = find(een, twee)
    zelfde = {loc.id: oordeel_van(loc, Planstatus.S3) for loc in (een, twee)}
    assert choose_apart([een, twee], zelfde, paren) == {"a"}
    hard = zelfde | {"a": oordeel_van(een, Planstatus.S2A)}
    assert choose_apart([een, twee], hard, paren) == {"b"}


def test_locatie_without_number_sets_nothing_aside():
    een, twee = locatie(id="a", naam="A", daeb=None), locatie(id="b", naam="B")
    oordelen = {loc.id: oordeel_van(loc, Planstatus.S2A) for loc in (een, twee)}
    assert choose_apart([een, twee], oordelen, find(een, twee)) == frozenset()


@given(st.lists(st.integers(0, 12), min_size=2, max_size=7), st.randoms())
def test_no_two_that_share_most_ground_both_count_and_order_does_not_matter(plekken, toeval):
    locaties = [
        locatie(vak(x / 4, 0, x / 4 + 1, 1), id=f"loc-{n}", naam=f"n{n}")
        for n, x in enumerate(plekken)
    ]
    oordelen = {loc.id: oordeel_van(loc, Planstatus.S3) for loc in locaties}
    paren = find(*locaties)
    apart = choose_apart(locaties, oordelen, paren)
    for paar in paren:
        if paar.apart:
            assert {paar.eerste_id, paar.tweede_id} & apart
    door_elkaar = [replace(loc) for loc in locaties]
    toeval.shuffle(door_elkaar)
    assert choose_apart(door_elkaar, oordelen, find(*door_elkaar)) == apart
