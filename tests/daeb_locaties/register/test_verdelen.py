"""Dividing homes: nothing is lost, nothing is made, and bounds keep their order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daeb_locaties.begrippen import Component, Maat
from daeb_locaties.errors import LocatieError
from daeb_locaties.model import Aantal
from daeb_locaties.register.verdelen import (
    add_counts,
    divide_counts,
    divide_number,
    require_sum,
)

gewichten = st.lists(st.floats(0.01, 1e7), min_size=1, max_size=12)


@given(st.integers(-3000, 3000), gewichten)
def test_parts_add_up_to_the_whole(aantal, delen):
    assert sum(divide_number(aantal, delen)) == aantal


@given(st.integers(0, 3000), gewichten)
def test_one_home_more_gives_no_part_less(aantal, delen):
    minder, meer = divide_number(aantal, delen), divide_number(aantal + 1, delen)
    assert all(m <= n for m, n in zip(minder, meer, strict=True))


@given(st.integers(0, 400), st.integers(1, 12))
def test_equal_parts_differ_by_one_home_at_most(aantal, delen):
    uit = divide_number(aantal, [7.5] * delen)
    assert max(uit) - min(uit) <= 1


def slow_sainte_lague(aantal, delen):
    uit = [0] * len(delen)
    for _ in range(aantal):
        beste = min(range(len(delen)), key=lambda i: ((2 * uit[i] + 1) / delen[i], i))
        uit[beste] += 1
    return tuple(uit)


@given(st.integers(0, 400), gewichten)
def test_short_cut_gives_what_home_by_home_gives(aantal, delen):
    assert divide_number(aantal, delen) == slow_sainte_lague(aantal, delen)


def aantal_van(likely, laag=None, hoog=None, jaar=2027):
    return Aantal(Component.NIEUWBOUW, Maat.DAEB, jaar, likely, laag, hoog)


@given(st.tuples(*[st.integers(0, 60)] * 3), gewichten)
def test_minimum_likely_and_maximum_keep_their_order_and_their_sum(getallen, delen):
    laag, likely, hoog = sorted(getallen)
    heel = (aantal_van(likely, laag, hoog),)
    uit = divide_counts(heel, delen)
    for (deel,) in uit:
        assert deel.minimum <= deel.waarschijnlijk <= deel.maximum
    assert tuple(add_counts(uit).values()) == heel


def test_known_nought_stays_known_in_every_part():
    assert divide_counts((aantal_van(1),), [10, 1]) == ((aantal_van(1),), (aantal_van(0),))


@pytest.mark.parametrize(
    "delen",
    [
        [(aantal_van(6),), (aantal_van(3),)],
        [(aantal_van(6),), (aantal_van(5),)],
        [(aantal_van(6),), (aantal_van(4, jaar=2028),)],
        [(aantal_van(6, 1, 9),), (aantal_van(4),)],
    ],
    ids=["te weinig", "te veel", "ander jaar", "grenzen erbij"],
)
def test_division_that_does_not_add_up_is_refused(delen):
    with pytest.raises(LocatieError, match="telt niet op"):
        require_sum((aantal_van(10),), delen, "Hoflaan")


def test_count_without_bounds_is_sure_where_another_has_bounds():
    (som,) = add_counts([(aantal_van(6, 4, 9),), (aantal_van(4),)]).values()
    assert som == aantal_van(10, 8, 13)
