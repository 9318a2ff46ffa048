from __future__ import annotations

from dataclasses import replace

import pytest

from daeb_locaties.begrippen import Paaroordeel
from daeb_locaties.errors import LocatieError, RegisterError
from daeb_locaties.model import Paarbesluit
from daeb_locaties.register import Auteur, ConflictError
from daeb_locaties.register.paren import decide_pair
from tests.daeb_locaties.bouwstenen import locatie, vak

JAN = Auteur("Jan Smit", "gemeente Schiedam")
PIET = Auteur("Piet de Boer", "Woonstee")
ZELFDE = Paarbesluit("b", "a", Paaroordeel.ZELFDE, "een plan, twee lijsten", blijft_id="b")


@pytest.fixture
def bekend(register):
    register.put_locaties([locatie(id="a"), locatie(vak(0, 0, 1, 2), id="b")], wie="t", reden="t")
    return register


def test_decision_is_kept_with_the_lower_id_first(bekend):
    decide_pair(bekend, ZELFDE, JAN)
    (besluit,) = bekend.paarbesluiten()
    assert besluit == replace(ZELFDE, eerste_id="a", tweede_id="b")
    assert besluit.versie == 1


def test_same_decision_by_another_is_no_second_event(bekend):
    decide_pair(bekend, ZELFDE, JAN)
    assert decide_pair(bekend, replace(ZELFDE, reden="vind ik ook"), PIET) is None


def test_other_decision_by_who_had_not_seen_the_first_is_a_conflict(bekend):
    decide_pair(bekend, ZELFDE, JAN)
    anders = Paarbesluit("a", "b", Paaroordeel.VERSCHILLEND, "twee gebouwen")
    with pytest.raises(ConflictError, match="Jan Smit"):
        decide_pair(bekend, anders, PIET)
    decide_pair(bekend, replace(anders, versie=1), PIET)
    assert bekend.paarbesluiten()[0].oordeel is Paaroordeel.VERSCHILLEND


@pytest.mark.parametrize(
    "anders",
    [
        {"tweede_id": "b"},
        {"blijft_id": "c"},
        {"oordeel": Paaroordeel.VERSCHILLEND},
        {"daeb_dubbel": 3},
        {"oordeel": Paaroordeel.DEELS, "blijft_id": None, "daeb_dubbel": -1},
    ],
)
def test_decision_that_contradicts_itself_is_refused(bekend, anders):
    with pytest.raises(LocatieError):
        decide_pair(bekend, replace(ZELFDE, **anders), JAN)


def test_decision_without_reason_or_on_an_unknown_locatie_is_refused(bekend):
    with pytest.raises(RegisterError, match="reden"):
        decide_pair(bekend, replace(ZELFDE, reden=" "), JAN)
    with pytest.raises(RegisterError, match="is er niet"):
        decide_pair(bekend, replace(ZELFDE, eerste_id="z", blijft_id=None), JAN)


def test_decision_changes_the_input_of_the_chain(bekend):
    voor = bekend.invoer_sha256()
    decide_pair(bekend, ZELFDE, JAN)
    assert bekend.invoer_sha256() != voor
