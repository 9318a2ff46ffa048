"""Overlaps in layers that divide the ground."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from kaartlagen.toetsen.dekking import OVERLAP_MELDEN_M2
from tests.kaartlagen.toetsen.maken import check, frame, vak

PERCELEN = {"perceel_id": [f"{n:014d}" for n in range(3)]}


def test_neighbours_that_share_a_border_do_not_overlap():
    assert "KL750" not in check("percelen", PERCELEN, [vak(0), vak(1), vak(2)])


def test_overlap_of_percelen_is_named_with_its_area():
    gevonden = check("percelen", PERCELEN, [vak(0), vak(0.5), vak(2)])["KL750"]
    assert gevonden.aantal == 1
    assert gevonden.voorbeelden == ("00000000000000 en 00000000000001: 50,0 m2",)
    assert "samen om 50,0 m2" in gevonden.uitleg


def test_overlap_within_the_drawing_tolerance_is_not_told():
    smal = OVERLAP_MELDEN_M2 / 10 * 0.9 / 10
    assert "KL750" not in check("percelen", PERCELEN, [vak(0), vak(1 - smal), vak(3)])


def test_largest_overlaps_are_the_examples():
    vormen = [shapely.affinity.translate(vak(0), 0, 100 * n) for n in range(8)]
    vormen += [shapely.affinity.translate(v, 1 + n) for n, v in enumerate(vormen)]
    gevonden = check("gemeenten", {"gemeentecode": [f"{n:04d}" for n in range(16)]}, vormen)
    assert gevonden["KL550"].aantal == 8
    m2 = [voorbeeld.rsplit(": ")[1] for voorbeeld in gevonden["KL550"].voorbeelden]
    assert m2 == ["90,0 m2", "80,0 m2", "70,0 m2", "60,0 m2", "50,0 m2"]


def test_bestemmingen_overlap_only_within_one_plan_and_among_enkelbestemmingen():
    kolommen = {
        "idn": ["a", "a", "b", "a"],
        "object_id": ["1", "2", "1", "3"],
        "soort": ["enkelbestemming", "enkelbestemming", "enkelbestemming", "dubbelbestemming"],
        "hoofdgroep": ["wonen", "tuin", "wonen", "waarde"],
    }
    vormen = [vak(0), vak(0.5), vak(0), vak(0)]
    gevonden = check("bestemmingsvlakken", kolommen, vormen)["KL450"]
    assert (gevonden.aantal, gevonden.voorbeelden) == (1, ("a 1 en a 2: 50,0 m2",))


def test_layer_that_is_no_cover_may_overlap():
    codes = check("bouwvlakken", {"idn": ["a", "a"], "object_id": ["1", "2"]}, [vak(0), vak(0.5)])
    assert codes == {}


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=2, max_size=8))
def test_number_of_overlaps_is_that_of_geos(plekken):
    vormen = np.array([shapely.box(155_000 + x, 463_000 + y, 155_003 + x, 463_003 + y)
                       for x, y in plekken], dtype=object)  # fmt: skip
    ids = {"perceel_id": [f"{n:014d}" for n in range(len(vormen))]}
    verwacht = sum(
        shapely.area(shapely.intersection(vormen[i], vormen[j])) > OVERLAP_MELDEN_M2
        for i in range(len(vormen))
        for j in range(i + 1, len(vormen))
    )
    gevonden = check("percelen", ids, vormen).get("KL750")
    assert (gevonden.aantal if gevonden else 0) == verwacht
    assert len(frame("percelen", ids, vormen)) == len(vormen)
