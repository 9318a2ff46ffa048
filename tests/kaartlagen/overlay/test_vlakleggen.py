"""Newest plan wins: no ground twice, no ground lost, stacked ground flagged."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely import affinity

from kaartlagen.overlay import OVERLAP_M2, flatten, union_area
from tests.kaartlagen.overlay.vormen import VOORBEELDEN, korte_vlakken

# Two thousand examples per property: half a minute each on an idle machine.
pytestmark = pytest.mark.timeout(1800)

veel = settings(
    max_examples=VOORBEELDEN,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def _plans(lijst: list[tuple[Any, int, int, int]]) -> tuple[Any, Any]:
    """Return polygons of some tens of metres, moved over each other, with their ranks."""
    vormen = [
        affinity.translate(affinity.scale(vlak, 10, 10, origin=(0, 0)), 5 * dx + 155e3, 5 * dy)
        for vlak, _, dx, dy in lijst
    ]
    return np.array(vormen, dtype=object), np.array([rang for _, rang, _, _ in lijst])


_plan = st.tuples(korte_vlakken, st.integers(0, 2), st.integers(-6, 6), st.integers(-6, 6))
plannen = (
    st.lists(_plan, min_size=1, max_size=4)
    .map(_plans)
    .filter(lambda plan: bool(shapely.is_valid(plan[0]).all()))
)


def _slack(vormen: Any) -> float:
    """What the threshold may leave: one per pair and per piece."""
    return float(len(vormen) ** 2 + 2 * len(vormen)) * OVERLAP_M2


@veel
@given(plannen)
def test_newest_plan_wins_once(plan: tuple[Any, Any]) -> None:
    vormen, rang = plan
    gelegd = flatten(vormen, rang)
    area = shapely.area(gelegd.geometrie)
    assert shapely.is_valid(gelegd.geometrie).all()
    assert np.isin(shapely.get_type_id(gelegd.geometrie), [3, 6]).all()
    assert abs(shapely.union_all(gelegd.geometrie).area - area.sum()) <= _slack(vormen)
    boven = shapely.Polygon()
    for waarde in np.unique(rang):
        laag = vormen[rang == waarde]
        eigen = rang[gelegd.rij] == waarde
        verwacht = shapely.union_all(laag).difference(boven).area
        assert abs(area[eigen].sum() - verwacht) <= _slack(vormen)
        dubbel = [laag[i].intersection(laag[j]) for i in range(len(laag)) for j in range(i)]
        verwacht = shapely.union_all(dubbel).difference(boven).area
        assert abs(area[eigen & gelegd.gestapeld].sum() - verwacht) <= _slack(vormen)
        boven = boven.union(shapely.union_all(laag))


@veel
@given(plannen, plannen)
def test_union_counts_no_ground_twice(een: tuple[Any, Any], ander: tuple[Any, Any]) -> None:
    links, rechts = een[0], ander[0]
    verwacht = shapely.area(shapely.intersection(links, shapely.union_all(rechts)))
    assert np.abs(union_area(links, rechts) - verwacht).max() <= _slack(rechts)


def test_newest_plan_takes_the_ground_and_the_older_keeps_the_rest() -> None:
    oud, nieuw = shapely.box(0, 0, 10, 10), shapely.box(5, 0, 15, 10)
    gelegd = flatten(np.array([oud, nieuw]), np.array([2, 1]))
    assert gelegd.rij.tolist() == [0, 1]
    assert gelegd.geometrie[0].equals(shapely.box(0, 0, 5, 10))
    assert gelegd.geometrie[1] is nieuw
    assert not gelegd.gestapeld.any()


def test_a_plan_that_lies_wholly_under_another_disappears() -> None:
    onder, over = shapely.box(2, 2, 4, 4), shapely.box(0, 0, 10, 10)
    assert flatten(np.array([onder, over]), np.array([1, 0])).rij.tolist() == [1]


def test_a_stack_is_given_once_with_its_lowest_row() -> None:
    drie = np.array([shapely.box(0, 0, 4, 1), shapely.box(2, 0, 6, 1), shapely.box(3, 0, 7, 1)])
    gelegd = flatten(drie, np.array([5, 5, 5]))
    stapels = dict(
        zip(gelegd.rij[gelegd.gestapeld], gelegd.geometrie[gelegd.gestapeld], strict=True)
    )
    assert {rij: vlak.area for rij, vlak in stapels.items()} == {0: 2.0, 1: 2.0}
    assert shapely.area(gelegd.geometrie[~gelegd.gestapeld]).tolist() == [2.0, 1.0]


def test_rows_without_ground_give_no_piece() -> None:
    rijen = np.array([None, shapely.Point(0, 0), shapely.Polygon(), shapely.box(0, 0, 1, 1)])
    assert flatten(rijen, np.zeros(4, np.int64)).rij.tolist() == [3]
    assert len(flatten(np.array([], dtype=object), np.array([], dtype=np.int64))) == 0


def test_polygons_and_ranks_must_match() -> None:
    with pytest.raises(ValueError, match="equal length"):
        flatten(np.array([shapely.box(0, 0, 1, 1)]), np.array([1, 2]))


def test_a_sliver_within_the_threshold_is_left_alone() -> None:
    buren = np.array([shapely.box(0, 0, 10, 10), shapely.box(10 - 5e-6, 0, 20, 10)])
    gelegd = flatten(buren, np.array([0, 1]))
    assert gelegd.geometrie[1] is buren[1]
