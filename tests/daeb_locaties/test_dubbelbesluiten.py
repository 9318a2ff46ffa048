from __future__ import annotations

from daeb_locaties.begrippen import Paaroordeel, Planstatus
from daeb_locaties.dubbelbesluiten import (
    BESLOTEN,
    chosen_ids,
    count_partly_double,
    decide_paren,
)
from daeb_locaties.dubbeltelling import choose_apart
from daeb_locaties.model import Dubbelpaar, Paarbesluit
from tests.daeb_locaties.bouwstenen import locatie
from tests.daeb_locaties.test_balans import oordeel_van

VERDACHT = Dubbelpaar("a", "b", "zelfde grond", 100.0, 0.9, apart=True)
LEVEND = frozenset("abc")


def besluit(oordeel, eerste="a", tweede="b", **overig):
    return Paarbesluit(eerste, tweede, oordeel, "reden", **overig)


def test_pair_that_a_person_called_different_sets_nothing_aside():
    (paar,) = decide_paren([VERDACHT], [besluit(Paaroordeel.VERSCHILLEND)], LEVEND)
    assert (paar.apart, paar.besluit) == (False, Paaroordeel.VERSCHILLEND)


def test_pair_that_a_person_called_the_same_counts_even_unsuspected():
    paren = decide_paren([VERDACHT], [besluit(Paaroordeel.ZELFDE, "b", "c")], LEVEND)
    assert [(p.eerste_id, p.tweede_id, p.apart, p.reden) for p in paren] == [
        ("a", "b", True, "zelfde grond"),
        ("b", "c", True, BESLOTEN),
    ]


def test_decision_on_a_locatie_that_ended_does_nothing():
    assert decide_paren([], [besluit(Paaroordeel.ZELFDE)], frozenset("a")) == ()


def situatie():
    locaties = [locatie(id="a", daeb=10), locatie(id="b", daeb=30)]
    statussen = {"a": Planstatus.S1A, "b": Planstatus.S3}
    return locaties, {loc.id: oordeel_van(loc, statussen[loc.id]) for loc in locaties}


def test_locatie_that_a_person_chose_stays_though_the_other_is_firmer():
    locaties, oordelen = situatie()
    besluiten = [besluit(Paaroordeel.ZELFDE, blijft_id="b")]
    assert choose_apart(locaties, oordelen, [VERDACHT]) == {"b"}
    assert choose_apart(locaties, oordelen, [VERDACHT], chosen_ids(besluiten)) == {"a"}


def test_softer_of_two_gives_up_the_homes_that_both_hold():
    besluiten = [besluit(Paaroordeel.DEELS, daeb_dubbel=4)]
    assert count_partly_double(*situatie(), besluiten, frozenset()) == {"b": 4}
    assert count_partly_double(*situatie(), besluiten, frozenset("b")) == {}


def test_part_without_a_number_is_not_guessed():
    besluiten = [besluit(Paaroordeel.DEELS)]
    assert count_partly_double(*situatie(), besluiten, frozenset()) == {}
