"""Layers in parts: threads and a real Dask cluster give what one piece gives."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from kaartlagen.overlay import GeannuleerdError, OppervlakteindexError, area_join
from kaartlagen.overlay.delen import open_delen, stream_join, write_delen


def _layers() -> tuple[Any, Any]:
    rng = np.random.default_rng(7)
    x = np.arange(40) * 20.0
    minx, miny = (np.ravel(a) for a in np.meshgrid(x, x))
    percelen = shapely.box(minx, miny, minx + 20, miny + 20).astype(object)
    percelen[::97] = None
    midden = shapely.points(rng.uniform(0, 800, (300, 2)))
    return percelen, shapely.buffer(midden, rng.uniform(5, 60, 300))


def _parts(map_: Path) -> tuple[Any, Any, Any, Any]:
    percelen, zones = _layers()
    links = write_delen(np.array_split(percelen, 7), map_ / "percelen")
    rechts = write_delen(np.array_split(zones, 3), map_ / "zones")
    return percelen, zones, links, rechts


def _joined(delen: Any) -> tuple[Any, Any, Any]:
    alle = list(delen)
    return tuple(
        np.concatenate([getattr(deel, naam) for deel in alle])
        for naam in ("left", "right", "area_m2")
    )


def _assert_equal(delen: Any, percelen: Any, zones: Any) -> None:
    heel = area_join(percelen, zones)
    left, right, area = _joined(delen)
    assert (left == heel.left).all()
    assert (right == heel.right).all()
    assert (area == heel.area_m2).all()


def test_parts_over_threads_equal_the_whole(tmp_path: Path) -> None:
    percelen, zones, links, rechts = _parts(tmp_path)
    _assert_equal(stream_join(links, rechts), percelen, zones)


def test_stored_parts_open_again(tmp_path: Path) -> None:
    percelen, zones, links, _ = _parts(tmp_path)
    assert open_delen(tmp_path / "percelen") == links
    _assert_equal(stream_join(links, open_delen(tmp_path / "zones")), percelen, zones)


def test_an_unfinished_set_of_parts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OppervlakteindexError, match="geen volledige"):
        open_delen(tmp_path)


def test_parts_without_ground_meet_nothing(tmp_path: Path) -> None:
    leeg = write_delen([[None, shapely.Point(1, 1)]], tmp_path / "leeg")
    vol = write_delen([[shapely.box(0, 0, 2, 2)]], tmp_path / "vol")
    assert leeg[0].bbox is None
    assert [len(deel) for deel in stream_join(leeg, vol)] == [0]


def test_cancelling_stops_between_parts(tmp_path: Path) -> None:
    _, _, links, rechts = _parts(tmp_path)
    with pytest.raises(GeannuleerdError):
        list(stream_join(links, rechts, annuleer=lambda: True))


@pytest.mark.filterwarnings("default")
@pytest.mark.traag
def test_a_dask_cluster_of_two_workers_gives_the_identical_result(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="extra 'dask' ontbreekt")
    make_dask_motor = import_module("kaartlagen.overlay.dask_motor").make_dask_motor
    percelen, zones, links, rechts = _parts(tmp_path)
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        gevonden = stream_join(links, rechts, uitvoerder=make_dask_motor(cluster.scheduler_address))
        _assert_equal(gevonden, percelen, zones)
        assert len(cluster.workers) == 2
