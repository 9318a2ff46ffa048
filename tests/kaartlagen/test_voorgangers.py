"""Old codes and new: every merger once, and a day decides which code counts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaartlagen.voorgangers import (
    HERINDELINGEN,
    code_at,
    ended,
    existed,
    out_of_time,
    predecessors,
)

ALLE = sorted({h.oud for h in HERINDELINGEN} | {h.nieuw for h in HERINDELINGEN})
DAGEN = st.dates(date(2000, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize("herindeling", HERINDELINGEN, ids=lambda h: h.oud)
def test_every_merger_has_two_codes_a_date_and_a_source(herindeling):
    assert herindeling.oud.isdigit()
    assert len(herindeling.oud) == len(herindeling.nieuw) == 4
    assert herindeling.oud != herindeling.nieuw
    assert herindeling.bron
    assert herindeling.onzeker == "" or herindeling.onzeker.endswith(".")


def test_what_no_source_confirmed_is_said():
    onzeker = {h.oud for h in HERINDELINGEN if h.onzeker}
    assert onzeker == {"0492", "0493", "0495", "0568", "0612"}


def test_a_code_ends_once():
    oude = [h.oud for h in HERINDELINGEN]
    assert len(oude) == len(set(oude))


@pytest.mark.parametrize(
    ("code", "dag", "nieuw"),
    [
        ("0501", date(2022, 12, 31), "0501"),
        ("0501", date(2023, 1, 1), "1992"),
        ("0612", date(2015, 1, 1), "1930"),
        ("0600", date(2010, 3, 17), "0600"),
        ("0600", date(2010, 3, 18), "0599"),
        ("0493", date(2007, 1, 1), "1621"),
        ("0363", date(2026, 1, 1), "0363"),
        ("1992", date(2010, 1, 1), "1992"),
    ],
)
def test_the_day_decides_which_code_counts(code, dag, nieuw):
    assert code_at(code, dag) == nieuw


@given(code=st.sampled_from(ALLE), dag=DAGEN)
def test_the_code_of_a_day_does_not_change_when_asked_again(code, dag):
    nu = code_at(code, dag)
    assert code_at(nu, dag) == nu
    assert code_at(nu, dag + timedelta(days=3650)) == code_at(code, dag + timedelta(days=3650))


@given(code=st.sampled_from(ALLE), dag=DAGEN)
def test_a_code_of_before_that_day_leads_to_one_that_exists(code, dag):
    if existed(code, date(2000, 1, 1)) is not False:
        assert existed(code_at(code, dag), dag) is not False


def test_predecessors_are_summed_in_both_views():
    assert predecessors("1992") == ("0501", "0530", "0614")
    assert predecessors("1930") == ("0568", "0612")
    assert predecessors("0599") == ("0600",)
    assert predecessors("0363") == ()


def test_existence_is_unknown_where_the_table_does_not_tell():
    assert existed("0363", date(2026, 1, 1)) is None
    # Rotterdam was there before Rozenburg joined it.
    assert existed("0599", date(2000, 1, 1)) is None
    assert existed("1992", date(2022, 1, 1)) is False
    assert existed("0501", date(2022, 1, 1)) is True


def test_codes_that_never_were_there_together_are_told():
    assert out_of_time(["0501", "0599"], None) == ()
    assert out_of_time(["1992", "0599"], None) == ()
    (tekst,) = out_of_time(["1992", "0501"], None)
    assert tekst == "0501 Brielle: sinds 01-01-2023 1992 Voorne aan Zee"
    # Bernisse ended eight years before Voorne aan Zee began.
    assert len(out_of_time(["0568", "1992"], None)) == 1
    assert out_of_time(["1930", "0501"], None) == ()


def test_codes_of_another_day_are_told():
    assert out_of_time(["0501", "0599"], date(2022, 1, 1)) == ()
    assert len(out_of_time(["0501", "0530", "0599"], date(2024, 1, 1))) == 2
    (tekst,) = out_of_time(["1992"], date(2022, 1, 1))
    assert tekst == "1992 Voorne aan Zee: bestaat sinds 01-01-2023"


def test_ended_codes_name_their_successor():
    assert ended(["0599", "0614"]) == ("0614 Westvoorne: sinds 01-01-2023 1992 Voorne aan Zee",)
