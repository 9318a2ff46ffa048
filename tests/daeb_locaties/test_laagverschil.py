"""Which locaties stand on ground where a layer says something else than before."""

from __future__ import annotations

import pytest
from shapely import LineString, Point

from daeb_locaties.laagverschil import find_geraakt
from kaartlagen.vergelijken import Vergelijking, Verschil
from tests.daeb_locaties.bouwstenen import locatie, vak


def difference(soort, plek) -> Verschil:
    return Verschil(soort, "x", (), False, None, None, plek.area, plek)


def touched(locaties, *verschillen):
    return find_geraakt(locaties, Vergelijking("percelen", ("perceel_id",), 0, verschillen))


def test_locatie_on_changed_ground_is_touched_with_the_ground_counted_once():
    locaties = [locatie(vak(0, 0, 1, 1), id="a"), locatie(vak(5, 5, 6, 6), id="b")]
    halve = vak(0, 0, 0.5, 1)
    (geraakt,) = touched(locaties, difference("weg", halve), difference("nieuw", halve))
    assert (geraakt.locatie_id, geraakt.nieuw, geraakt.weg, geraakt.gewijzigd) == ("a", 1, 1, 0)
    assert geraakt.oppervlakte_m2 == pytest.approx(5_000)


def test_shared_border_touches_nothing():
    assert touched([locatie(vak(0, 0, 1, 1))], difference("nieuw", vak(1, 0, 2, 1))) == ()


def test_locatie_that_is_a_point_has_no_area():
    punt = Point(vak(0, 0, 1, 1).centroid)
    (geraakt,) = touched([locatie(punt)], difference("gewijzigd", vak(0, 0, 1, 1)))
    assert (geraakt.oppervlakte_m2, geraakt.gewijzigd) == (None, 1)


def test_line_or_point_of_a_layer_touches_the_locatie_in_which_it_lies():
    midden = vak(0, 0, 1, 1).centroid
    (geraakt,) = touched([locatie()], difference("nieuw", midden))
    assert (geraakt.oppervlakte_m2, geraakt.nieuw) == (0.0, 1)
    lijn = LineString([midden, (midden.x + 500, midden.y)])
    assert len(touched([locatie()], difference("weg", lijn))) == 1


def test_nothing_differs_or_there_are_no_locaties():
    assert touched([locatie()]) == ()
    assert touched([], difference("nieuw", vak(0, 0, 1, 1))) == ()
