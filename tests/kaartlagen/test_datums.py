"""Dates as Dutch sources write them; what is no date is None, never a guess."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaartlagen.datums import parse_datum


@given(dag=st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_every_spelling_of_a_day_is_that_day(dag):
    for tekst in (
        dag.isoformat(),
        f"{dag.isoformat()}T12:30:00+02:00",
        f"{dag:%Y%m%d}",
        f"{dag.day}-{dag.month}-{dag.year}",
        f"{dag:%d/%m/%Y}",
        f"{dag:%d.%m.%Y}",
        f"{dag:%Y/%m/%d}",
    ):
        assert parse_datum(tekst) == dag
    maand = (
        "januari februari maart april mei juni juli augustus september oktober november december"
    )
    voluit = maand.split()[dag.month - 1]
    assert parse_datum(f"{dag.day} {voluit} {dag.year}") == dag
    assert parse_datum(f"{dag.day}-{voluit.upper()}-{dag.year}") == dag
    assert parse_datum(datetime(dag.year, dag.month, dag.day, 23, 59)) == dag  # noqa: DTZ001
    assert parse_datum(dag) == dag


@pytest.mark.parametrize(
    "waarde",
    [
        None,
        "",
        "voorjaar 2024",
        "2024",
        "31-2-2024",
        "2024-13-01",
        "13-27-2020",
        5,
        "1-1-24",
        "31 februari 2024",
        "3 mai 2024",
        "mei 2024",
    ],
)
def test_what_is_no_date_is_none(waarde):
    assert parse_datum(waarde) is None


def test_months_are_cut_short_as_the_dutch_do():
    assert parse_datum("12 mrt. 2024") == date(2024, 3, 12)
    assert parse_datum("1 sep 2023") == parse_datum("1 sept 2023") == date(2023, 9, 1)
