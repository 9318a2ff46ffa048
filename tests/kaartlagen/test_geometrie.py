"""Repair: what comes out is valid and of the layer's type, and every lost row is counted."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from kaartlagen.geometrie import repair
from tests.kaartlagen.maken import VIERKANT, VLINDER

coordinaten = st.tuples(st.integers(0, 12), st.integers(0, 12))


@st.composite
def vormen(draw):
    soort = draw(st.sampled_from(["vlak", "gaten", "multi", "lijn", "punt", "leeg", "niets"]))
    if soort == "niets":
        return None
    if soort == "leeg":
        return shapely.Polygon()
    punten = draw(st.lists(coordinaten, min_size=3, max_size=8))
    if soort == "punt":
        return shapely.Point(punten[0])
    if soort == "lijn":
        return shapely.LineString(punten)
    if soort == "multi":
        ander = draw(st.lists(coordinaten, min_size=3, max_size=6))
        return shapely.MultiPolygon([shapely.Polygon(punten), shapely.Polygon(ander)])
    gaten = [draw(st.lists(coordinaten, min_size=3, max_size=5))] if soort == "gaten" else []
    return shapely.Polygon(punten, gaten)


def repaired(*rij: shapely.Geometry | None, soort: str = "vlak"):
    vormen_ = np.empty(len(rij), dtype=object)
    vormen_[:] = rij
    return repair(vormen_, soort, lambda plek: f"rij {plek + 1}")


def refused(herstel) -> int:
    return sum(b.aantal for b in herstel.bevindingen if b.niveau == "fout")


@settings(max_examples=300)
@given(rij=st.lists(vormen(), max_size=12), soort=st.sampled_from(["vlak", "lijn", "punt", "alle"]))
def test_read_is_kept_plus_refused_and_what_is_kept_is_fit_to_count_with(rij, soort):
    herstel = repaired(*rij, soort=soort)
    assert len(rij) == int(herstel.behouden.sum()) + refused(herstel)
    goed = herstel.geometrie[herstel.behouden]
    assert shapely.is_valid(goed).all()
    assert not shapely.is_empty(goed).any()
    assert all(vorm is None for vorm in herstel.geometrie[~herstel.behouden])
    if soort != "alle":
        assert set(shapely.get_dimensions(goed)) <= {{"vlak": 2, "lijn": 1, "punt": 0}[soort]}


@given(rij=st.lists(vormen(), max_size=8))
def test_repairing_twice_changes_nothing_more(rij):
    eerst = repaired(*rij)
    opnieuw = repaired(*eerst.geometrie[eerst.behouden])
    assert not opnieuw.hersteld.any()
    assert opnieuw.behouden.all()


def test_a_bowtie_becomes_its_two_wings_and_the_change_is_reported():
    herstel = repaired(VIERKANT, VLINDER)
    assert herstel.hersteld.tolist() == [False, True]
    assert herstel.geometrie[1].area == pytest.approx(5_000)
    bevinding = next(b for b in herstel.bevindingen if b.code == "KL304")
    assert bevinding.voorbeelden == ("rij 2: +5.000,0 m2",)
    assert "5.000,0 m2" in bevinding.uitleg


def test_a_ring_that_geos_mends_into_touching_parts_comes_out_as_one_area():
    punten = [(0, 1), (1, 1), (0, 2), (0, 1), (1, 1), (0, 0), (0, 1)]
    herstel = repaired(shapely.Polygon(punten))
    assert herstel.geometrie[0].is_valid
    assert herstel.geometrie[0].area == pytest.approx(1.0)


def test_polygons_in_a_collection_are_kept_and_its_lines_are_not():
    verzameling = shapely.GeometryCollection([VIERKANT, shapely.LineString([(0, 0), (1, 1)])])
    herstel = repaired(verzameling)
    assert herstel.geometrie[0].equals(VIERKANT)


@pytest.mark.parametrize(
    ("vorm", "code"),
    [
        (None, "KL301"),
        (shapely.Polygon(), "KL301"),
        (shapely.Point(155_000, 463_000), "KL302"),
        (shapely.Polygon([(0, 0), (5, 5), (10, 10)]), "KL303"),
        (shapely.Polygon([(0, 0), (1, np.inf), (1, 1)]), "KL305"),
        (shapely.GeometryCollection([shapely.Point(1, 1)]), "KL302"),
    ],
)
def test_what_is_no_area_is_refused_with_its_own_code(vorm, code):
    herstel = repaired(VIERKANT, vorm)
    assert herstel.behouden.tolist() == [True, False]
    assert [(b.code, b.aantal, b.voorbeelden) for b in herstel.bevindingen] == [
        (code, 1, ("rij 2",))
    ]


def test_unreadable_geometry_is_told_apart_from_absent_geometry():
    leeg = np.array([None, None], dtype=object)
    herstel = repair(leeg, "vlak", lambda plek: f"rij {plek + 1}", {1: "te weinig punten"})
    codes = {b.code: b.voorbeelden for b in herstel.bevindingen}
    assert codes == {"KL301": ("rij 1",), "KL305": ("rij 2: te weinig punten",)}


def test_height_is_dropped_and_said():
    herstel = repaired(shapely.force_3d(VIERKANT, 3.0))
    assert not herstel.geometrie[0].has_z
    assert [b.code for b in herstel.bevindingen] == ["KL307"]


def test_a_row_invalid_before_the_transformation_counts_as_repaired():
    herstel = repair(np.array([VIERKANT], dtype=object), "vlak", str, ook_ongeldig=np.array([True]))
    assert herstel.hersteld.tolist() == [True]
