from __future__ import annotations

import numpy as np
import pytest
import shapely

from daeb_locaties import perceelmeting
from daeb_locaties.perceelmeting import measure_percelen
from tests.daeb_locaties.bouwstenen import Plannen, vak


@pytest.fixture
def regime():
    vlakken = [("Wonen", "wonen", vak(x, 0, x + 1, 3)) for x in range(0, 9, 2)]
    return Plannen().plan("NL.IMRO.9001.BP-0001", vlakken).regime()


@pytest.fixture
def percelen():
    return np.asarray(
        [vak(x / 2, y, x / 2 + 0.7, y + 0.9) for x in range(18) for y in range(4)], dtype=object
    )


def test_parts_give_the_same_as_one_join(tmp_path, monkeypatch, regime, percelen):
    monkeypatch.setattr(perceelmeting, "DEEL_RIJEN", 7)
    delen = measure_percelen(percelen, ["a"], regime, tmp_path)
    heel = regime.area_join(percelen)
    assert delen.left.tolist() == heel.left.tolist()
    assert delen.right.tolist() == heel.right.tolist()
    np.testing.assert_allclose(delen.area_m2, heel.area_m2, atol=1e-6)


def test_parts_are_kept_until_the_parcels_change(tmp_path, regime, percelen):
    measure_percelen(percelen, ["a"], regime, tmp_path)
    voor = {pad: pad.stat().st_mtime_ns for pad in tmp_path.rglob("delen.json")}
    measure_percelen(percelen, ["a"], regime, tmp_path)
    assert {pad: pad.stat().st_mtime_ns for pad in tmp_path.rglob("delen.json")} == voor
    nieuw = measure_percelen(percelen[:5], ["b"], regime, tmp_path)
    assert set(nieuw.left.tolist()) <= set(range(5))
    assert len(list((tmp_path / "percelen").iterdir())) == 1


def test_ground_of_every_parcel_is_measured_once(tmp_path, regime, percelen):
    paren = measure_percelen(percelen, ["a"], regime, tmp_path)
    som = np.bincount(paren.left, paren.area_m2, minlength=len(percelen))
    dekking = shapely.union_all(regime.geometrie_rd)
    np.testing.assert_allclose(
        som, shapely.area(shapely.intersection(percelen, dekking)), atol=1e-3
    )
