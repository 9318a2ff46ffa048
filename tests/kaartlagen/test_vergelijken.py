"""Two states of a layer: every row of both is accounted for, and what differs is said."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from kaartlagen.lagen import LAGEN
from kaartlagen.sleutels import SLEUTELS
from kaartlagen.vergelijken import compare
from tests.kaartlagen.toetsen.maken import frame, vak

ZONDER_SLEUTEL = {"achtergrond", "punten", "lijnen", "vlakken"}


def parcels(*rijen: tuple[str | None, str, shapely.Geometry]):
    return frame(
        "percelen",
        {"perceel_id": [r[0] for r in rijen], "sectie": [r[1] for r in rijen]},
        [r[2] for r in rijen],
    )


def found(vergelijking) -> list[tuple[str, str]]:
    return [(verschil.soort, verschil.naam.split()[0]) for verschil in vergelijking.verschillen]


def test_every_layer_has_a_key_or_is_known_to_have_none():
    assert set(SLEUTELS) | ZONDER_SLEUTEL == set(LAGEN)
    for laag, sleutel in SLEUTELS.items():
        assert set(sleutel) <= set(LAGEN[laag].kolomnamen)


def test_new_gone_changed_and_equal_are_told_apart():
    oud = parcels(("1", "A", vak(0)), ("2", "A", vak(1)), ("3", "A", vak(2)), ("4", "A", vak(3)))
    nieuw = parcels(
        ("1", "A", vak(0)), ("2", "B", vak(1)), ("3", "A", vak(2, hoog=12)), ("5", "A", vak(3))
    )
    uitkomst = compare("percelen", oud, nieuw)
    assert uitkomst.gelijk == 1
    assert found(uitkomst) == [
        ("nieuw", "5"), ("weg", "4"), ("gewijzigd", "2"), ("gewijzigd", "3"),
    ]  # fmt: skip
    sectie, vorm = uitkomst.of_kind("gewijzigd")
    assert (sectie.kolommen, sectie.geometrie_gewijzigd, sectie.veranderd_m2) == (
        ("sectie",), False, 0.0,
    )  # fmt: skip
    assert (vorm.kolommen, vorm.geometrie_gewijzigd) == ((), True)
    assert (vorm.oppervlakte_oud_m2, vorm.oppervlakte_nieuw_m2) == (100.0, 120.0)
    assert vorm.veranderd_m2 == pytest.approx(20)
    assert shapely.area(vorm.plek_rd) == pytest.approx(20)
    assert shapely.area(sectie.plek_rd) == pytest.approx(100)
    (nieuw_perceel,) = uitkomst.of_kind("nieuw")
    assert (nieuw_perceel.oppervlakte_oud_m2, nieuw_perceel.veranderd_m2) == (None, 100.0)


def test_border_drawn_anew_is_no_change_and_the_tolerance_says_how_much():
    oud, nieuw = parcels(("1", "A", vak(0))), parcels(("1", "A", vak(0, hoog=10.05)))
    assert compare("percelen", oud, nieuw).gelijk == 1
    (verschil,) = compare("percelen", oud, nieuw, tolerantie_m2=0.4).verschillen
    assert verschil.veranderd_m2 == pytest.approx(0.5)


def test_ring_that_starts_elsewhere_is_the_same_ground():
    punten = list(vak(0).exterior.coords)[:-1]
    anders = shapely.Polygon(punten[2:] + punten[:2])
    uitkomst = compare("percelen", parcels(("1", "A", vak(0))), parcels(("1", "A", anders)))
    assert (uitkomst.gelijk, uitkomst.verschillen) == (1, ())


def test_row_that_moved_takes_and_gives_up_ground():
    uitkomst = compare("percelen", parcels(("1", "A", vak(0))), parcels(("1", "A", vak(0.5))))
    (verschil,) = uitkomst.verschillen
    assert verschil.veranderd_m2 == pytest.approx(100)
    assert shapely.area(verschil.plek_rd) == pytest.approx(100)


def test_rows_without_a_key_are_equal_or_gone_and_new():
    oud = parcels((None, "A", vak(0)), (None, "A", vak(1)))
    nieuw = parcels((None, "A", vak(0)), (None, "B", vak(1)))
    uitkomst = compare("percelen", oud, nieuw)
    assert uitkomst.gelijk == 1
    assert [verschil.soort for verschil in uitkomst.verschillen] == ["nieuw", "weg"]


def test_double_key_pairs_the_equal_rows_first():
    oud = parcels(("1", "A", vak(0)), ("1", "B", vak(1)))
    nieuw = parcels(("1", "B", vak(1)))
    uitkomst = compare("percelen", oud, nieuw)
    assert uitkomst.gelijk == 1
    (weg,) = uitkomst.verschillen
    assert (weg.soort, weg.oppervlakte_oud_m2) == ("weg", 100.0)
    assert weg.plek_rd == vak(0)


def test_plan_object_is_told_apart_by_its_plan_too():
    kolommen = {"idn": ["a", "b"], "object_id": ["1", "1"], "naam": ["x", "y"]}
    oud = frame("bouwvlakken", kolommen)
    nieuw = frame("bouwvlakken", kolommen | {"naam": ["x", "z"]})
    (verschil,) = compare("bouwvlakken", oud, nieuw).verschillen
    assert (verschil.naam, verschil.kolommen) == ("b 1", ("naam",))


def test_points_change_when_they_lie_elsewhere():
    punten = [shapely.Point(155_000, 463_000), shapely.Point(155_010, 463_000)]
    ids = {"vbo_id": ["1", "2"]}
    verplaatst = [shapely.Point(155_000.05, 463_000), shapely.Point(155_011, 463_000)]
    uitkomst = compare(
        "verblijfsobjecten",
        frame("verblijfsobjecten", ids, punten),
        frame("verblijfsobjecten", ids, verplaatst),
    )
    assert (uitkomst.gelijk, found(uitkomst)) == (1, [("gewijzigd", "2")])
    assert uitkomst.verschillen[0].veranderd_m2 == 0.0


def test_point_that_became_a_polygon_has_changed():
    ids = {"plan_id": ["1"]}
    uitkomst = compare(
        "woningbouwplannen",
        frame("woningbouwplannen", ids, [vak(0).centroid]),
        frame("woningbouwplannen", ids, [vak(0)]),
    )
    (verschil,) = uitkomst.verschillen
    assert verschil.geometrie_gewijzigd
    assert (verschil.oppervlakte_oud_m2, verschil.veranderd_m2) == (0.0, 100.0)


def test_numbers_that_are_unknown_on_both_sides_are_equal():
    ids = {"plan_id": ["1", "2"], "woningen_toe": [None, 5]}
    oud, nieuw = frame("woningbouwplannen", ids), frame("woningbouwplannen", ids)
    assert compare("woningbouwplannen", oud, nieuw).gelijk == 2
    anders = frame("woningbouwplannen", ids | {"woningen_toe": [3, None]})
    assert [v.kolommen for v in compare("woningbouwplannen", oud, anders).verschillen] == [
        ("woningen_toe",), ("woningen_toe",),
    ]  # fmt: skip


RIJ = st.tuples(st.sampled_from(["1", "2", "3", None]), st.sampled_from("AB"), st.integers(0, 3))


@settings(max_examples=60)
@given(st.lists(RIJ, max_size=6), st.lists(RIJ, max_size=6))
def test_every_row_of_both_states_is_counted_once(oud, nieuw):
    kanten = [
        parcels(*((id_, sectie, vak(n)) for id_, sectie, n in rijen))
        if rijen
        else parcels(("x", "A", vak(0)))[:0]
        for rijen in (oud, nieuw)
    ]
    uitkomst = compare("percelen", *kanten)
    weg, erbij, anders = (len(uitkomst.of_kind(s)) for s in ("weg", "nieuw", "gewijzigd"))
    assert uitkomst.gelijk + weg + anders == len(oud)
    assert uitkomst.gelijk + erbij + anders == len(nieuw)
    terug = compare("percelen", *reversed(kanten))
    assert (terug.gelijk, len(terug.of_kind("nieuw"))) == (uitkomst.gelijk, weg)


@settings(max_examples=40)
@given(st.lists(RIJ, max_size=6), st.randoms())
def test_a_state_equals_itself_in_whatever_order(rijen, toeval):
    if not rijen:
        return
    vormen = [(id_, sectie, vak(n)) for id_, sectie, n in rijen]
    anders = vormen[:]
    toeval.shuffle(anders)
    uitkomst = compare("percelen", parcels(*vormen), parcels(*anders))
    assert (uitkomst.gelijk, uitkomst.verschillen) == (len(rijen), ())


def test_other_columns_are_ignored():
    oud = parcels(("1", "A", vak(0))).assign(momentopname="x")
    nieuw = parcels(("1", "A", vak(0))).assign(momentopname="y")
    assert compare("percelen", oud, nieuw).gelijk == 1
    assert np.array_equal(oud.columns, nieuw.columns)
