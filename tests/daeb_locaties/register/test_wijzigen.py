"""Two people in one register: what both may do, and what is a conflict."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from shapely import MultiPolygon, Point

from daeb_locaties.begrippen import Component, Maat, Planstatus
from daeb_locaties.errors import LocatieError, RegisterError
from daeb_locaties.model import Aantal, Besluit
from daeb_locaties.register import Auteur, ConflictError
from daeb_locaties.register.wijzigen import (
    Wijziging,
    add_locatie,
    change_locatie,
    end_locatie,
    override_verdict,
)
from tests.daeb_locaties.bouwstenen import locatie, vak

JAN = Auteur("Jan Smit", "gemeente Schiedam")
PIET = Auteur("Piet de Boer", "Woonstee")


@pytest.fixture
def bekend(register):
    """A register with one locatie of ten homes, read from a source."""
    register.put_locaties([locatie(id="a", jaar=2027)], wie="test", reden="ingelezen")
    return register


def wijzig(register, auteur, versie, aantallen=None, **velden):
    wijziging = Wijziging("a", versie, velden, aantallen or {})
    return change_locatie(register, wijziging, auteur, "omdat het zo is")


def daeb(jaar, aantal):
    sleutel = (Component.NIEUWBOUW, Maat.DAEB, jaar)
    return {sleutel: Aantal(Component.NIEUWBOUW, Maat.DAEB, jaar, aantal)}


def test_change_is_one_event_with_person_party_and_reason(bekend):
    uitkomst = wijzig(bekend, JAN, 1, naam="Hoflaan oost")
    gebeurtenis = bekend.gebeurtenissen("a")[-1]
    assert (gebeurtenis.wie, gebeurtenis.partij) == ("Jan Smit", "gemeente Schiedam")
    assert (gebeurtenis.oud, gebeurtenis.nieuw) == ({"naam": "Hoflaan"}, {"naam": "Hoflaan oost"})
    assert (gebeurtenis.nummer, gebeurtenis.versie) == (uitkomst.gebeurtenis, 2)
    assert uitkomst.locaties == (bekend.locatie("a"),)
    assert uitkomst.locaties[0].versie == bekend.locatie("a").versie == 2


def test_two_people_change_different_fields_of_one_version(bekend):
    wijzig(bekend, JAN, 1, naam="Nieuw")
    wijzig(bekend, PIET, 1, plantype="Verdichting")
    nu = bekend.locatie("a")
    assert (nu.naam, nu.plantype, nu.versie) == ("Nieuw", "Verdichting", 3)


def test_two_people_change_different_years_of_one_locatie(bekend):
    wijzig(bekend, JAN, 1, daeb(2027, 24))
    wijzig(bekend, PIET, 1, daeb(2028, 6))
    assert [(a.jaar, a.waarschijnlijk) for a in bekend.locatie("a").aantallen] == [
        (2027, 24),
        (2028, 6),
    ]


def test_same_value_by_two_people_is_no_conflict_and_no_second_event(bekend):
    wijzig(bekend, JAN, 1, naam="Nieuw")
    uitkomst = wijzig(bekend, PIET, 1, naam="Nieuw")
    assert uitkomst.gebeurtenis is None
    assert len(bekend.gebeurtenissen("a")) == 2


def test_other_value_for_the_same_field_is_a_conflict_that_shows_both(bekend):
    wijzig(bekend, JAN, 1, naam="Oost", plantype="Verdichting")
    with pytest.raises(ConflictError) as fout:
        wijzig(bekend, PIET, 1, naam="West", projectfase="1. Initiatief")
    (botsing,) = fout.value.botsingen
    assert (botsing.aanraking.basis, botsing.aanraking.nu, botsing.gevraagd) == (
        "Hoflaan",
        "Oost",
        "West",
    )
    assert "Jan Smit (gemeente Schiedam)" in str(fout.value)
    assert "'Oost'" in str(fout.value)
    assert "'West'" in str(fout.value)
    nu = bekend.locatie("a")
    assert (nu.naam, nu.projectfase) == ("Oost", None)


def test_field_set_back_to_what_was_seen_is_no_change(bekend):
    wijzig(bekend, JAN, 1, naam="Oost")
    assert wijzig(bekend, PIET, 1, naam="Hoflaan").gebeurtenis is None
    assert bekend.locatie("a").naam == "Oost"


def test_half_of_a_planstatus_conflicts_with_the_other_half(bekend):
    wijzig(bekend, JAN, 1, planstatus_opgegeven=Planstatus.S2A)
    with pytest.raises(ConflictError, match="opgegeven planstatus"):
        wijzig(bekend, PIET, 1, planstatus_datum=date(2026, 1, 2))


def test_version_that_never_was_is_refused(bekend):
    with pytest.raises(RegisterError, match="versie 7"):
        wijzig(bekend, JAN, 7, naam="x")


def test_geometry_status_and_bounds_come_back_as_they_were_given(bekend):
    vorm = MultiPolygon([vak(0, 0, 2, 3)])
    aantal = Aantal(Component.SLOOP, Maat.DAEB, None, 5, 3, 8)
    wijzig(
        bekend,
        JAN,
        1,
        {(Component.SLOOP, Maat.DAEB, None): aantal, (Component.NIEUWBOUW, Maat.DAEB, 2027): None},
        geometrie_rd=vorm,
        corporaties=("Woonstee", "De Haven"),
        planstatus_opgegeven=Planstatus.S4A,
        planstatus_herkomst="woonvisie",
        planstatus_datum=date(2026, 5, 1),
    )
    nu = bekend.locatie("a")
    assert nu.aantallen == (aantal,)
    assert nu.geometrie_rd == vorm
    assert (nu.planstatus_opgegeven, nu.planstatus_herkomst) == (Planstatus.S4A, "woonvisie")
    assert nu.corporaties == ("Woonstee", "De Haven")


@pytest.mark.parametrize(
    ("velden", "melding"),
    [
        ({"naam": " "}, "de naam ontbreekt"),
        ({"naam": "a\x00b"}, "niet te bewaren"),
        ({"plantype": "\ud83d"}, "niet te bewaren"),
        ({"geometrie_rd": Point(52.0, 4.5)}, "buiten Nederland"),
        ({"geometrie_rd": MultiPolygon()}, "leeg"),
        ({"corporaties": (3,)}, "niet te bewaren"),
    ],
)
def test_value_that_cannot_be_right_is_refused_whole(bekend, velden, melding):
    with pytest.raises(LocatieError, match=melding):
        wijzig(bekend, JAN, 1, projectfase="x", **velden)
    assert len(bekend.gebeurtenissen()) == 1


@pytest.mark.parametrize("grenzen", [(3, 2), (-1, None), (11, None), (None, 9)])
def test_bounds_out_of_order_are_refused(bekend, grenzen):
    aantal = Aantal(Component.NIEUWBOUW, Maat.DAEB, 2027, 10, *grenzen)
    with pytest.raises(LocatieError, match="minimum"):
        wijzig(bekend, JAN, 1, {(Component.NIEUWBOUW, Maat.DAEB, 2027): aantal})


def test_change_without_reason_or_of_a_foreign_field_is_refused(bekend):
    with pytest.raises(RegisterError, match="reden"):
        change_locatie(bekend, Wijziging("a", 1, {"naam": "x"}), JAN, "  ")
    with pytest.raises(RegisterError, match="opvolgers"):
        wijzig(bekend, JAN, 1, opvolgers=("b",))


def test_locatie_added_by_hand_gets_an_id_of_its_own(register):
    uitkomst = add_locatie(register, locatie(id="zelf bedacht"), JAN, "uit een gesprek")
    (nieuw,) = uitkomst.locaties
    assert nieuw.id != "zelf bedacht"
    assert register.locaties() == (nieuw,)


def test_ended_locatie_stays_readable_and_counts_nowhere(bekend):
    end_locatie(bekend, "a", 1, JAN, "het plan is ingetrokken")
    assert bekend.locaties() == ()
    (einde,) = bekend.beeindigde_locaties()
    assert einde.einde.reden == "het plan is ingetrokken"
    assert bekend.locatie("a") == einde
    with pytest.raises(RegisterError, match="beëindigd"):
        wijzig(bekend, PIET, 2, naam="x")


def test_ending_what_somebody_changed_meanwhile_is_a_conflict(bekend):
    wijzig(bekend, JAN, 1, daeb(2027, 24))
    with pytest.raises(ConflictError, match="DAEB-woningen in 2027"):
        end_locatie(bekend, "a", 1, PIET, "weg ermee")


def test_decision_of_the_gemeente_is_set_and_taken_back(bekend):
    besluit = Besluit(Planstatus.S3, "de raad heeft nog niet besloten", date(2026, 3, 1))
    override_verdict(bekend, "a", 1, besluit, JAN, "raadsbrief")
    assert bekend.locatie("a").besluit == besluit
    with pytest.raises(ConflictError, match="besluit"):
        override_verdict(bekend, "a", 1, replace(besluit, planstatus=Planstatus.S2A), PIET, "x")
    override_verdict(bekend, "a", 2, None, JAN, "besluit ingetrokken")
    assert bekend.locatie("a").besluit is None


def lees(register, **anders):
    bron = replace(locatie(id="a", jaar=2027), **anders)
    return register.put_locaties([bron], wie="opdrachtregel", reden="ingelezen uit b.gpkg")


def test_reading_the_same_source_again_leaves_what_a_person_changed(bekend):
    wijzig(bekend, JAN, 1, naam="Met de hand", projectfase="1. Initiatief")
    verslag = lees(bekend)
    assert (verslag.gelijk, verslag.gewijzigd, verslag.botsingen) == (1, 0, ())
    assert bekend.locatie("a").naam == "Met de hand"


def test_source_that_changed_another_field_is_taken_beside_the_persons(bekend):
    wijzig(bekend, JAN, 1, naam="Met de hand")
    assert lees(bekend, plantype="Verdichting").gewijzigd == 1
    nu = bekend.locatie("a")
    assert (nu.naam, nu.plantype) == ("Met de hand", "Verdichting")


def test_source_and_person_who_both_changed_a_field_conflict(bekend):
    wijzig(bekend, JAN, 1, naam="Met de hand")
    verslag = lees(bekend, naam="Bron")
    (botsing,) = verslag.botsingen
    assert (botsing.veld, botsing.register, botsing.bron) == ("naam", "Met de hand", "Bron")
    assert (verslag.gelijk, bekend.locatie("a").naam) == (1, "Met de hand")


def test_value_set_back_to_the_sources_follows_the_source_again(bekend):
    wijzig(bekend, JAN, 1, naam="Met de hand")
    wijzig(bekend, JAN, 2, naam="Hoflaan")
    assert lees(bekend, naam="Bron").gewijzigd == 1
    assert bekend.locatie("a").naam == "Bron"


def test_source_does_not_revive_what_ended(bekend):
    end_locatie(bekend, "a", 1, JAN, "vervallen")
    assert lees(bekend, naam="Bron").beeindigd == 1
    assert bekend.locaties() == ()
