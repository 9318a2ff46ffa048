"""The area join against GEOS, and the properties that any area has."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kaartlagen.overlay import (
    AreaIndex,
    GeannuleerdError,
    NietOndersteundError,
    area_join,
)
from kaartlagen.overlay.boom import TAKKEN
from tests.kaartlagen.overlay.vormen import (
    VOORBEELDEN,
    areas_of_geos,
    areas_of_ours,
    paren,
    tolerance,
    vlakken,
)

# Two thousand examples per property: half a minute each on an idle machine.
pytestmark = pytest.mark.timeout(1800)

veel = settings(
    max_examples=VOORBEELDEN,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@veel
@given(paren)
def test_areas_equal_those_of_geos(paar: Any) -> None:
    links, rechts = paar
    onze = areas_of_ours(area_join(links, rechts), len(links), len(rechts))
    geos = areas_of_geos(links, rechts)
    assert (np.abs(onze - geos) <= tolerance(links, rechts)).all(), (onze, geos)


@veel
@given(paren)
def test_join_is_symmetric(paar: Any) -> None:
    links, rechts = paar
    heen = areas_of_ours(area_join(links, rechts), len(links), len(rechts))
    terug = areas_of_ours(area_join(rechts, links), len(rechts), len(links))
    assert (np.abs(heen - terug.T) <= tolerance(links, rechts)).all()


@veel
@given(paren, st.integers(1, 9), st.integers(1, 9))
def test_parts_of_a_partition_sum_to_the_whole(paar: Any, kolommen: int, rijen: int) -> None:
    links, rechts = paar
    minx, miny, maxx, maxy = shapely.total_bounds(np.concatenate([links, rechts]))
    x, y = np.linspace(minx, maxx, kolommen + 1), np.linspace(miny, maxy, rijen + 1)
    hokken = [
        shapely.box(x[i], y[j], x[i + 1], y[j + 1]) for i in range(kolommen) for j in range(rijen)
    ]
    som = areas_of_ours(area_join(links, hokken), len(links), len(hokken)).sum(axis=1)
    oppervlakte = shapely.area(links)
    assert (np.abs(som - oppervlakte) <= 1e-9 * oppervlakte + 1e-6 * len(hokken)).all()


@veel
@given(paren, st.sampled_from([-1024.0, 0.5, 65536.0]), st.sampled_from([-0.25, 4096.0]))
def test_moving_both_sides_changes_no_area(paar: Any, dx: float, dy: float) -> None:
    links, rechts = paar
    elders = [shapely.transform(kant, lambda xy: xy + np.array([dx, dy])) for kant in paar]
    hier = areas_of_ours(area_join(links, rechts), len(links), len(rechts))
    daar = areas_of_ours(area_join(*elders), len(links), len(rechts))
    omtrek = np.minimum(shapely.length(links)[:, None], shapely.length(rechts)[None, :])
    # Moving rounds every coordinate to its own grid of 2^-34 m at most.
    assert (np.abs(hier - daar) <= tolerance(links, rechts) + omtrek * 2.0**-33).all()


@veel
@given(st.lists(vlakken, min_size=1, max_size=4))
def test_every_polygon_covers_itself(lijst: list[Any]) -> None:
    rijen = np.array(lijst, dtype=object)
    index = AreaIndex.build(rijen)
    zelf = areas_of_ours(area_join(index, index), len(rijen), len(rijen)).diagonal()
    oppervlakte = shapely.area(rijen)
    assert np.allclose(index.oppervlakte_m2, oppervlakte, rtol=1e-9, atol=1e-9)
    assert (np.abs(zelf - oppervlakte) <= 1e-9 * oppervlakte + 1e-6).all()


def _town(n: int, seed: int) -> tuple[Any, Any]:
    """Return a lattice of parcels and near-coincident zones over it."""
    rng = np.random.default_rng(seed)
    x = np.arange(n) * 20.0 + 155_000
    minx, miny = (np.ravel(a) for a in np.meshgrid(x, x + 300_000))
    percelen = shapely.box(minx, miny, minx + 20, miny + 20)
    midden = np.c_[rng.uniform(x[0], x[-1], 4 * n), rng.uniform(x[0], x[-1], 4 * n) + 300_000]
    zones = shapely.buffer(shapely.points(midden), rng.uniform(5, 90, 4 * n), quad_segs=25)
    hoeken = shapely.get_coordinates(percelen[::2]).reshape(-1, 5, 2)[:, :4]
    bijna = shapely.polygons(hoeken + rng.normal(0, 0.02, hoeken.shape))
    return percelen, np.concatenate([zones, bijna])


def test_a_town_of_near_coincident_borders_equals_geos() -> None:
    percelen, zones = _town(40, 3)
    gevonden = area_join(percelen, zones)
    i, j = shapely.STRtree(zones).query(percelen)
    geos = np.zeros((len(percelen), len(zones)))
    geos[i, j] = shapely.area(shapely.intersection(percelen[i], zones[j]))
    onze = areas_of_ours(gevonden, len(percelen), len(zones))
    assert np.abs(onze - geos).max() <= 1e-6
    assert ((onze > 0) == (geos > 0))[(geos > 2e-6) | (onze > 2e-6)].all()
    assert len(gevonden) > 5 * len(percelen)


@pytest.mark.parametrize("keer", [False, True])
@pytest.mark.parametrize("als_wkb", [False, True])
def test_a_layer_in_blocks_measures_as_the_whole(
    monkeypatch: pytest.MonkeyPatch, keer: bool, als_wkb: bool
) -> None:
    links, rechts = _town(20, 5)[:: -1 if keer else 1]
    geheel = area_join(AreaIndex.build(links), AreaIndex.build(rechts))
    monkeypatch.setattr("kaartlagen.overlay.paren.STROOM_RIJEN", 100)
    kanten = [pa.array(shapely.to_wkb(kant)) if als_wkb else kant for kant in (links, rechts)]
    stappen: list[tuple[int, int]] = []
    delen = area_join(*kanten, voortgang=lambda _, klaar, van: stappen.append((klaar, van)))
    assert (delen.left == geheel.left).all()
    assert (delen.right == geheel.right).all()
    assert np.abs(delen.area_m2 - geheel.area_m2).max() < 1e-7
    zones = len(links if keer else rechts)  # they have the most vertices
    assert stappen[-1] == (zones, zones)


def test_a_row_that_is_refused_in_a_block_has_its_own_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kaartlagen.overlay.paren.STROOM_RIJEN", 100)
    _, zones = _town(20, 5)
    zones[233] = shapely.GeometryCollection([shapely.box(0, 0, 1, 1)])
    with pytest.raises(NietOndersteundError, match="rij 233 is een GEOMETRYCOLLECTION"):
        area_join([shapely.box(0, 0, 1, 1)], zones)


def test_pairs_are_ordered_and_repeatable(monkeypatch: pytest.MonkeyPatch) -> None:
    percelen, zones = _town(30, 5)
    eerste = area_join(percelen, zones)
    sleutel = eerste.left * len(zones) + eerste.right
    assert (np.diff(sleutel) > 0).all()
    monkeypatch.setattr("kaartlagen.overlay.draden.count_draden", lambda: 7)
    monkeypatch.setattr("kaartlagen.overlay.index.BLOK_RIJEN", 64)
    tweede = area_join(percelen, zones)
    assert (eerste.left == tweede.left).all()
    assert (eerste.right == tweede.right).all()
    assert (eerste.area_m2 == tweede.area_m2).all()


@pytest.mark.parametrize("aantal", [1, TAKKEN - 1, TAKKEN, TAKKEN + 1, TAKKEN**2 + 1])
def test_every_size_of_tree_finds_every_row(aantal: int) -> None:
    stroken = shapely.box(np.arange(aantal), 0, np.arange(aantal) + 1, 1)
    gevonden = area_join([shapely.box(-1, -1, aantal + 1, 2)], stroken)
    assert gevonden.right.tolist() == list(range(aantal))
    assert np.allclose(gevonden.area_m2, 1.0)


def test_one_row_may_meet_more_than_the_scratch_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kaartlagen.overlay.paren._RUIMTE", 32)
    percelen, zones = _town(20, 2)
    alles = np.array([shapely.union_all(percelen), *percelen], dtype=object)
    gevonden = area_join(alles, zones)
    ruim = shapely.area(shapely.intersection(alles[0], zones))
    eerste = gevonden.left == 0
    assert np.allclose(gevonden.area_m2[eerste], ruim[gevonden.right[eerste]], atol=1e-5)
    assert set(gevonden.left.tolist()) == set(range(len(alles)))


def test_rows_without_ground_give_no_pair() -> None:
    rest = [
        None,
        shapely.Point(1, 1),
        shapely.MultiPoint([(0, 0), (1, 1)]),
        shapely.LineString([(0, 0), (9, 9)]),
        shapely.Polygon(),
        shapely.MultiPolygon(),
        shapely.GeometryCollection(),
    ]
    vierkant = shapely.box(0, 0, 2, 2)
    gevonden = area_join([*rest, vierkant], [vierkant, *rest])
    assert gevonden.left.tolist() == [len(rest)]
    assert gevonden.right.tolist() == [0]
    assert gevonden.area_m2.tolist() == [4.0]
    assert len(area_join(rest, [vierkant])) == 0
    assert len(area_join([], [])) == 0


def test_touching_neighbours_share_nothing() -> None:
    assert len(area_join([shapely.box(0, 0, 1, 1)], [shapely.box(1, 0, 2, 1)])) == 0
    scheef = shapely.Polygon([(0, 0), (3, 1), (2, 5)])
    buur = shapely.Polygon([(0, 0), (2, 5), (-4, 2)])
    assert len(area_join([scheef], [buur])) == 0


def test_what_cannot_be_measured_is_refused_by_name() -> None:
    vierkant = shapely.box(0, 0, 1, 1)
    verzameling = shapely.GeometryCollection([vierkant, shapely.Point(0, 0)])
    with pytest.raises(NietOndersteundError, match="rij 1 is een GEOMETRYCOLLECTION"):
        area_join([vierkant, verzameling], [vierkant])
    scheef = shapely.Polygon([(0, 0), (1, 0), (1, np.inf), (0, 0)])
    with pytest.raises(NietOndersteundError, match="geen getal"):
        area_join([vierkant], [scheef])


def test_cancelling_stops_with_its_own_error() -> None:
    percelen, zones = _town(30, 5)
    with pytest.raises(GeannuleerdError):
        area_join(percelen, zones, annuleer=lambda: True)


def test_progress_ends_at_the_total() -> None:
    gezien: list[tuple[str, int, int]] = []
    percelen, zones = _town(30, 5)
    area_join(percelen, zones, voortgang=lambda *stap: gezien.append(stap))
    assert {stap for stap, _, _ in gezien} == {"vlakken voorbereiden", "oppervlakten meten"}
    assert gezien[-1][1] == gezien[-1][2] > 0
