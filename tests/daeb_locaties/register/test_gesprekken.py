"""What is said at the table, on both databases: kept, merged field by field, and told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from daeb_locaties.errors import GesprekError, RegisterError
from daeb_locaties.gesprek import (
    Agendapunt,
    Beoordeling,
    Gesprek,
    Indiening,
    Peildatum,
    Reactie,
    Standpunt,
)
from daeb_locaties.gespreksbegrippen import (
    Agendasoort,
    Agendastatus,
    Gesprekssoort,
    Instrument,
    Knelpunt,
    Standpuntwaarde,
    Toetsuitkomst,
)
from daeb_locaties.register import Auteur, ConflictError
from daeb_locaties.register.gesprekken import (
    put_peildatum,
    put_values,
    read_inhoud,
    read_value,
    read_values,
)

AN, BEN = Auteur("An", "gemeente 9001"), Auteur("Ben", "corporatie Woonstee")
PUNT = Agendapunt(
    id="punt-1",
    gemeentecode="9001",
    soort=Agendasoort.BELEMMERING,
    titel="Stroom",
    locatie_ids=("loc-1",),
    knelpunten=(Knelpunt.NETCONGESTIE, Knelpunt.STIKSTOF),
    ingebracht_door="corporatie Woonstee",
    dragers=("gemeente 9001", "provincie"),
    volgende_stap="netbeheerder bellen",
    aan_zet="gemeente 9001",
    uiterlijk=date(2027, 1, 15),
)
WAARDEN = (
    PUNT,
    Gesprek("g-1", "9001", Gesprekssoort.STARTGESPREK, 0, date(2026, 12, 1), ("provincie",)),
    Reactie("r-1", "punt-1", "provincie", "Wij vragen het na.", opgelost=True),
    Standpunt("loc-1", "provincie", Standpuntwaarde.NIET_AKKOORD, "te ver weg"),
    Peildatum("p-1", date(2026, 12, 1), "December", "a" * 64, "akkoord", "DIWI", 12),
    Indiening("i-1", "p-1", "9001", date(2026, 12, 2)),
    Beoordeling("i-1", "loc-1", Toetsuitkomst.AANVAARD, "past", Instrument.LOBBY),
)


@pytest.mark.parametrize("waarde", WAARDEN, ids=lambda waarde: type(waarde).__name__)
def test_what_is_put_is_what_is_read(register, waarde):
    assert put_values(register, [waarde], AN, "proef") == 1
    (terug,) = read_values(register, type(waarde))
    assert (terug, terug.versie) == (waarde, 1)
    assert put_values(register, [terug], AN, "nog eens") == 0


def test_two_people_change_other_fields_of_one_point_and_both_stand(register):
    put_values(register, [PUNT], AN, "ingebracht")
    gezien = read_value(register, Agendapunt, "punt-1")
    put_values(register, [replace(gezien, volgende_stap="aanvragen")], AN, "stap")
    put_values(register, [replace(gezien, titel="Netcongestie")], BEN, "titel")
    nu = read_value(register, Agendapunt, "punt-1")
    assert (nu.volgende_stap, nu.titel, nu.versie) == ("aanvragen", "Netcongestie", 3)


def test_the_same_field_to_the_same_value_is_no_conflict(register):
    put_values(register, [PUNT], AN, "ingebracht")
    gezien = read_value(register, Agendapunt, "punt-1")
    put_values(register, [replace(gezien, titel="Netcongestie")], AN, "titel")
    assert put_values(register, [replace(gezien, titel="Netcongestie")], BEN, "titel") == 0


def test_the_same_field_to_another_value_is_refused_with_both(register):
    put_values(register, [PUNT], AN, "ingebracht")
    gezien = read_value(register, Agendapunt, "punt-1")
    put_values(register, [replace(gezien, titel="Netcongestie")], AN, "titel")
    with pytest.raises(ConflictError, match="Netcongestie"):
        put_values(register, [replace(gezien, titel="Stroomnet")], BEN, "titel")
    assert read_value(register, Agendapunt, "punt-1").titel == "Netcongestie"


def test_two_parties_speak_for_themselves(register):
    voor = Standpunt("loc-1", "gemeente 9001", Standpuntwaarde.AKKOORD)
    tegen = Standpunt("loc-1", "corporatie A/B", Standpuntwaarde.NIET_AKKOORD)
    put_values(register, [voor, tegen], AN, "standpunten")
    assert set(read_values(register, Standpunt, locatie_id="loc-1")) == {voor, tegen}


def test_one_standpunt_given_twice_without_looking_is_a_conflict(register):
    eerste = Standpunt("loc-1", "provincie", Standpuntwaarde.GEZIEN)
    put_values(register, [eerste], AN, "gezien")
    put_values(register, [replace(eerste, waarde=Standpuntwaarde.AKKOORD, versie=1)], AN, "ja")
    with pytest.raises(ConflictError):
        put_values(register, [replace(eerste, waarde=Standpuntwaarde.NIET_AKKOORD)], BEN, "nee")


def test_every_change_is_an_event_with_who_and_why(register):
    put_values(register, [PUNT], BEN, "uit de vergadering")
    klaar = replace(PUNT, status=Agendastatus.AFGEROND, uitkomst="opgelost", versie=1)
    put_values(register, [klaar], AN, "afgerond")
    een, twee = register.gebeurtenissen("punt-1")
    assert (een.wie, een.partij, een.reden) == ("Ben", "corporatie Woonstee", "uit de vergadering")
    assert twee.nieuw == {"status": "afgerond", "uitkomst": "opgelost"}


def test_changing_what_never_was_is_refused(register):
    with pytest.raises(RegisterError, match="agendapunt"):
        put_values(register, [replace(PUNT, versie=2)], AN, "proef")
    with pytest.raises(GesprekError, match="is er niet"):
        read_value(register, Agendapunt, "weg")


def test_all_or_none_of_a_set_of_values_is_put(register):
    with pytest.raises(RegisterError):
        put_values(register, [PUNT, replace(PUNT, id="punt-2", versie=4)], AN, "proef")
    assert read_values(register, Agendapunt) == ()


def test_what_is_said_does_not_make_the_figures_old(register):
    voor = register.invoer_sha256()
    put_values(register, WAARDEN, AN, "proef")
    assert register.invoer_sha256() == voor


def test_a_frozen_state_is_kept_once_and_read_back_byte_for_byte(register):
    inhoud = '{"locaties":["Héé"]}'.encode() * 1000
    peildatum = Peildatum("p-1", date(2026, 12, 1), "December", "b" * 64, "akkoord", "DIWI", 1)
    assert put_peildatum(register, peildatum, inhoud, AN, "bevroren")
    assert not put_peildatum(register, peildatum, inhoud, BEN, "nog eens")
    assert read_inhoud(register, "b" * 64) == inhoud
    with pytest.raises(GesprekError, match="bevroren stand"):
        read_inhoud(register, "c" * 64)
