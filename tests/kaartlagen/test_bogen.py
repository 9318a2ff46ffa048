"""Arcs become chords that stay within the stated tolerance and share points both ways."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from kaartlagen.bogen import BOOGTOLERANTIE_M, stroke_arc, stroke_circle

MIDDEN = np.array([155_000.0, 463_000.0])


def on_circle(straal: float, hoek: float) -> np.ndarray:
    return MIDDEN + straal * np.array([math.cos(hoek), math.sin(hoek)])


def arc(straal: float, begin: float, draai: float, deel: float) -> np.ndarray:
    """Three points: begin, a point at a fraction of the turn, end."""
    hoeken = (begin, begin + draai * deel, begin + draai)
    return np.array([on_circle(straal, hoek) for hoek in hoeken])


stralen = st.floats(0.5, 5_000)
hoeken = st.floats(-math.pi, math.pi)
draaiingen = st.floats(0.05, 6.2).flatmap(lambda d: st.sampled_from([d, -d]))
delen = st.floats(0.1, 0.9)


@given(straal=stralen, begin=hoeken, draai=draaiingen, deel=delen)
def test_chords_stay_within_the_tolerance_of_the_arc(straal, begin, draai, deel):
    keten, _ = stroke_arc(arc(straal, begin, draai, deel))
    tot_middelpunt = np.hypot(*((keten[1:] + keten[:-1]) / 2 - MIDDEN).T)
    assert np.all(straal - tot_middelpunt <= BOOGTOLERANTIE_M * 1.01 + 1e-6)
    assert np.allclose(np.hypot(*(keten - MIDDEN).T), straal, atol=1e-5 * max(straal, 1))


@given(straal=stralen, begin=hoeken, draai=draaiingen, deel=delen)
def test_an_arc_keeps_its_three_points_exactly_and_its_length(straal, begin, draai, deel):
    punten = arc(straal, begin, draai, deel)
    keten, _ = stroke_arc(punten)
    for punt in punten:
        assert np.any(np.all(keten == punt, axis=1))
    assert tuple(keten[0]) == tuple(punten[0])
    assert tuple(keten[-1]) == tuple(punten[2])
    assert shapely.LineString(keten).length == pytest.approx(straal * abs(draai), rel=2e-3)


@given(straal=stralen, begin=hoeken, draai=draaiingen, deel=delen)
def test_the_same_arc_the_other_way_gives_the_same_points_reversed(straal, begin, draai, deel):
    punten = arc(straal, begin, draai, deel)
    heen, _ = stroke_arc(punten)
    terug, _ = stroke_arc(punten[::-1])
    assert np.array_equal(heen, terug[::-1])


def test_the_area_between_arc_and_chords_is_what_is_missing_from_the_half_disc():
    punten = arc(50.0, 0.0, math.pi, 0.5)
    keten, verlies = stroke_arc(punten)
    half = shapely.Polygon(keten).area
    assert math.pi * 50.0**2 / 2 - half == pytest.approx(verlies, rel=1e-6)
    assert verlies < 2 / 3 * BOOGTOLERANTIE_M * math.pi * 50.0


def test_points_on_a_line_stay_as_they_are():
    recht = np.array([[0.0, 0.0], [5.0, 5.0], [10.0, 10.0]])
    keten, verlies = stroke_arc(recht)
    assert np.array_equal(keten, recht)
    assert verlies == 0.0


def test_an_arc_that_ends_where_it_begins_is_a_whole_circle():
    begin, over = on_circle(20.0, 0.3), on_circle(20.0, 0.3 + math.pi)
    keten, _ = stroke_arc(np.array([begin, over, begin]))
    assert shapely.Polygon(keten).area == pytest.approx(math.pi * 400, rel=1e-4)


# Three points close together say little of their circle: here they are well apart.
@given(straal=stralen, begin=hoeken, draai=st.floats(1.0, 5.0), deel=st.floats(0.3, 0.7))
def test_a_circle_is_closed_and_has_its_area(straal, begin, draai, deel):
    keten, verlies = stroke_circle(arc(straal, begin, draai, deel))
    assert tuple(keten[0]) == tuple(keten[-1])
    vlak = shapely.Polygon(keten)
    assert vlak.is_valid
    assert vlak.area + verlies == pytest.approx(math.pi * straal**2, rel=1e-6)
