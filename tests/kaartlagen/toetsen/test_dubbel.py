"""Doubles: identifications, geometry and whole rows."""

from __future__ import annotations

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from kaartlagen.toetsen.dubbel import group_alike
from kaartlagen.toetsen.maten import measure
from tests.kaartlagen.toetsen.maken import check, vak


def alike(vormen):
    rij = np.array(vormen, dtype=object)
    return group_alike(rij, measure(rij))


def test_row_that_is_there_twice_in_all_is_a_double_row():
    kolommen = {"perceel_id": ["00000000000001"] * 2 + ["00000000000002"], "sectie": ["A"] * 3}
    gevonden = check("percelen", kolommen, [vak(0), vak(0), vak(3)])
    assert (gevonden["KL321"].aantal, gevonden["KL321"].voorbeelden) == (1, ("00000000000001 A",))
    assert "KL322" not in gevonden


def test_same_ground_under_two_names_is_told_where_that_cannot_be():
    vormen = [vak(0), vak(0)]
    percelen = check("percelen", {"perceel_id": ["00000000000001", "00000000000002"]}, vormen)
    assert percelen["KL322"].aantal == 1
    # A plan and its repair have the same ground.
    assert check("plangebieden", {"idn": ["a", "b"]}, vormen) == {}


def test_identification_that_is_missing_or_double_is_told_per_layer():
    kolommen = {"idn": ["a", "a", "b", None], "object_id": ["1", "1", "1", "2"]}
    gevonden = check("bouwvlakken", kolommen)
    assert (gevonden["KL323"].aantal, gevonden["KL323"].voorbeelden) == (1, ("a 1",))
    assert gevonden["KL324"].aantal == 1
    # Their source modules tell it: KL702 and KL603.
    assert "KL323" not in check("woningbouwplannen", {"plan_id": ["1", "1"]})


def test_layers_without_a_key_have_no_identification_to_miss():
    assert check("vlakken", {"overig": ['{"a": 1}', '{"a": 2}']}) == {}


def test_where_a_ring_starts_and_which_way_it_runs_make_no_difference():
    punten = [(0, 0), (4, 0), (4, 3), (0, 3)]
    vormen = [shapely.Polygon(punten[n:] + punten[:n]) for n in range(4)]
    vormen.append(shapely.Polygon(punten[::-1]))
    assert alike(vormen).tolist() == [0] * 5


def test_shapes_with_one_extent_and_as_many_vertices_are_told_apart():
    een = shapely.Polygon([(0, 0), (4, 0), (4, 4), (0, 4), (1, 2)])
    ander = shapely.Polygon([(0, 0), (4, 0), (4, 4), (0, 4), (2, 2)])
    assert alike([een, ander]).tolist() == [-1, -1]


@given(st.lists(st.integers(0, 5), min_size=1, max_size=12))
def test_group_is_the_first_row_of_those_that_are_equal(nummers):
    groep = alike([vak(n) for n in nummers])
    for plek, nummer in enumerate(nummers):
        if nummers.count(nummer) == 1:
            assert groep[plek] == -1
        else:
            assert groep[plek] == nummers.index(nummer)
