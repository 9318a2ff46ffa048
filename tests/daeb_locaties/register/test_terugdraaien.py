"""Undo: a reversing event, as long as nobody built on what is undone."""

from __future__ import annotations

import pytest
from shapely import MultiPolygon

from daeb_locaties.begrippen import Maat, Paaroordeel
from daeb_locaties.errors import RegisterError
from daeb_locaties.model import Paarbesluit
from daeb_locaties.register import Auteur, ConflictError
from daeb_locaties.register.paren import decide_pair
from daeb_locaties.register.samenvoegen import merge_locaties
from daeb_locaties.register.splitsen import split_locatie
from daeb_locaties.register.terugdraaien import undo
from daeb_locaties.register.wijzigen import Wijziging, add_locatie, change_locatie, end_locatie
from tests.daeb_locaties.bouwstenen import locatie, vak
from tests.daeb_locaties.register.test_splitsen import lijn
from tests.daeb_locaties.test_balans import bod_van

JAN = Auteur("Jan Smit", "gemeente Schiedam")
PIET = Auteur("Piet de Boer", "Woonstee")


@pytest.fixture
def bekend(register):
    register.put_locaties(
        [locatie(vak(0, 0, 2, 1), id="a"), locatie(vak(2, 0, 3, 1), id="b")], wie="t", reden="t"
    )
    return register


def wijzig(register, versie, **velden):
    return change_locatie(register, Wijziging("a", versie, velden), PIET, "r").gebeurtenis


def test_undo_reverses_only_its_own_fields(bekend):
    vorm = MultiPolygon([vak(0, 0, 1, 1)])
    nummer = wijzig(bekend, 1, naam="Nieuw", geometrie_rd=vorm)
    wijzig(bekend, 2, plantype="Verdichting")
    (terug,) = undo(bekend, nummer, JAN, "vergissing")
    nu = bekend.locatie("a")
    assert (nu.naam, nu.plantype, nu.oppervlakte_m2) == ("Hoflaan", "Verdichting", 20_000)
    laatste = bekend.gebeurtenissen("a")[-1]
    assert (laatste.nummer, laatste.herroept, laatste.wie) == (terug, nummer, "Jan Smit")


def test_undo_of_what_changed_since_is_a_conflict_that_shows_both(bekend):
    nummer = wijzig(bekend, 1, naam="Nieuw", plantype="Verdichting")
    wijzig(bekend, 2, naam="Nieuwer")
    with pytest.raises(ConflictError, match=r"'Nieuwer'.*'Nieuw'"):
        undo(bekend, nummer, JAN, "vergissing")
    assert bekend.locatie("a").plantype == "Verdichting"


def test_undo_can_be_undone(bekend):
    nummer = wijzig(bekend, 1, naam="Nieuw")
    (terug,) = undo(bekend, nummer, JAN, "vergissing")
    undo(bekend, terug, JAN, "toch goed")
    assert bekend.locatie("a").naam == "Nieuw"


def test_undone_twice_is_a_conflict(bekend):
    nummer = wijzig(bekend, 1, naam="Nieuw")
    undo(bekend, nummer, JAN, "vergissing")
    with pytest.raises(ConflictError):
        undo(bekend, nummer, PIET, "vergissing")


def test_undo_of_an_end_revives(bekend):
    nummer = end_locatie(bekend, "a", 1, JAN, "weg").gebeurtenis
    undo(bekend, nummer, JAN, "toch niet")
    assert bekend.locatie("a").einde is None


def test_undo_of_an_added_locatie_ends_it(bekend):
    uitkomst = add_locatie(bekend, locatie(), JAN, "r")
    undo(bekend, uitkomst.gebeurtenis, JAN, "bestaat niet")
    (einde,) = bekend.beeindigde_locaties()
    assert (einde.id, einde.einde.reden) == (uitkomst.locaties[0].id, "bestaat niet")


def test_undo_of_a_change_on_what_has_ended_is_a_conflict(bekend):
    nummer = wijzig(bekend, 1, naam="Nieuw")
    end_locatie(bekend, "a", 2, JAN, "weg")
    with pytest.raises(ConflictError, match="beëindig"):
        undo(bekend, nummer, JAN, "vergissing")


@pytest.mark.parametrize("welke", [0, 1, 2])
def test_undo_of_a_split_undoes_all_of_it(bekend, welke):
    voor = bekend.locatie("a")
    eerste = split_locatie(bekend, "a", 1, lijn((1, -1), (1, 2)), JAN, "r").gebeurtenis
    assert len(undo(bekend, eerste + welke, JAN, "vergissing")) == 3
    assert {loc.id for loc in bekend.locaties()} == {"a", "b"}
    assert bekend.locatie("a") == voor


def test_undo_of_a_split_is_a_conflict_when_a_part_went_on(bekend):
    uitkomst = split_locatie(bekend, "a", 1, lijn((1, -1), (1, 2)), JAN, "r")
    deel = uitkomst.locaties[0]
    change_locatie(bekend, Wijziging(deel.id, 1, {"naam": "Verder"}), PIET, "r")
    with pytest.raises(ConflictError, match="Verder"):
        undo(bekend, uitkomst.gebeurtenis, JAN, "vergissing")
    assert bekend.locatie("a").einde is not None


def test_undo_of_a_merge_gives_the_homes_back(bekend):
    uitkomst = merge_locaties(bekend, {"a": 1, "b": 1}, JAN, "r")
    undo(bekend, uitkomst.gebeurtenis, JAN, "vergissing")
    assert [loc.netto(Maat.DAEB) for loc in bekend.locaties()] == [10, 10]


def test_undo_of_a_bod_is_refused(bekend):
    bekend.put_biedingen([bod_van("9001", 5)], wie="t", reden="t")
    with pytest.raises(RegisterError, match="niet terug te draaien"):
        undo(bekend, bekend.laatste_gebeurtenis(), JAN, "r")


def test_event_that_is_not_there_cannot_be_undone(bekend):
    with pytest.raises(RegisterError, match="gebeurtenis 99"):
        undo(bekend, 99, JAN, "r")


ZELFDE = Paarbesluit("b", "a", Paaroordeel.ZELFDE, "een plan, twee lijsten", blijft_id="b")


def test_undo_of_a_decision_on_a_pair_takes_it_back(bekend):
    nummer = decide_pair(bekend, ZELFDE, JAN)
    undo(bekend, nummer, JAN, "toch niet")
    assert bekend.paarbesluiten() == ()
