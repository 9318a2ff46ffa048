"""The ground: parcels share borders exactly, cover everything once, and look as in a town."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from daeb_locaties.voorbeeld.streek import Streek, make_streek


def _parcels(streek: Streek) -> np.ndarray:
    return np.concatenate([cel.dekking.vorm for cel in streek.cellen])


@settings(max_examples=8)
@given(seed=st.integers(0, 10_000), percelen=st.integers(300, 1_500))
def test_parcels_cover_the_region_once_without_gap_or_overlap(seed: int, percelen: int) -> None:
    streek = make_streek(percelen, seed)
    vormen = _parcels(streek)
    assert shapely.is_valid(vormen).all()
    assert shapely.coverage_is_valid(vormen)
    heel = shapely.union_all([cel.vorm for cel in streek.cellen])
    assert shapely.area(vormen).sum() == pytest.approx(heel.area, rel=1e-9)


@settings(max_examples=5)
@given(seed=st.integers(0, 10_000))
def test_coordinates_are_whole_millimetres(seed: int) -> None:
    punten = shapely.get_coordinates(_parcels(make_streek(400, seed)))
    np.testing.assert_allclose(punten, np.round(punten, 3), atol=1e-7, rtol=0)


@pytest.mark.parametrize(("percelen", "seed"), [(2_000, 3), (5_000, 1), (8_000, 2)])
def test_number_of_parcels_is_within_one_percent(percelen: int, seed: int) -> None:
    assert make_streek(percelen, seed).percelen == pytest.approx(percelen, rel=0.01)


def test_mean_size_does_not_change_with_the_size_of_the_region() -> None:
    klein, groot = (shapely.area(_parcels(make_streek(n, 1))).mean() for n in (2_000, 12_000))
    assert groot == pytest.approx(klein, rel=0.25)


def test_town_has_every_age_and_row_houses_have_the_size_of_row_houses() -> None:
    streek = make_streek(5_000, 1)
    soorten = {cel.soort for cel in streek.cellen}
    assert soorten >= {
        "kern", "vooroorlogs", "stroken", "bloemkool", "vinex", "bedrijven", "park",
        "lint", "polder", "rivier", "spoor", "kanaal",
    }  # fmt: skip
    wonen = np.concatenate([c.dekking.vorm[c.dekking.zone == "W"] for c in streek.cellen])
    assert 120 < np.median(shapely.area(wonen)) < 220


def test_same_seed_gives_the_same_ground_and_another_seed_another() -> None:
    een, weer, ander = (_parcels(make_streek(600, seed)) for seed in (5, 5, 6))
    assert [v.wkb for v in een] == [v.wkb for v in weer]
    assert [v.wkb for v in een] != [v.wkb for v in ander]


def test_region_lies_on_dutch_ground() -> None:
    x_min, y_min, x_max, y_max = shapely.total_bounds(_parcels(make_streek(1_000, 1)))
    assert -7_000 < x_min < x_max < 300_000
    assert 289_000 < y_min < y_max < 629_000
