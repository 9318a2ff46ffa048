"""The stored index: what was saved is what opens, and nothing else opens."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from kaartlagen.overlay import AreaIndex, OppervlakteindexError, area_join, warm_up
from kaartlagen.overlay.bestand import BESTANDSNAAM


def _circles(n: int) -> Any:
    rng = np.random.default_rng(n)
    midden = shapely.points(rng.uniform(0, 900, (n, 2)))
    return shapely.buffer(midden, rng.uniform(1, 60, n), quad_segs=30)


def test_a_stored_index_measures_as_the_layer_does(tmp_path: Path) -> None:
    links, rechts = _circles(300), _circles(200)
    AreaIndex.build(rechts).save(tmp_path, bron_sha256="abc")
    direct = area_join(links, rechts)
    via = area_join(links, AreaIndex.open(tmp_path, bron_sha256="abc"))
    assert (via.left == direct.left).all()
    assert (via.right == direct.right).all()
    assert (via.area_m2 == direct.area_m2).all()


def test_the_same_layer_gives_the_same_bytes(tmp_path: Path) -> None:
    een = AreaIndex.build(_circles(50)).save(tmp_path / "een")
    twee = AreaIndex.build(_circles(50)).save(tmp_path / "twee")
    assert een.read_bytes() == twee.read_bytes()


def test_an_empty_layer_is_stored_too(tmp_path: Path) -> None:
    AreaIndex.build([None, shapely.Point(1, 2)]).save(tmp_path)
    leeg = AreaIndex.open(tmp_path)
    assert len(leeg) == 2
    assert len(area_join(leeg, _circles(5))) == 0
    assert len(area_join(_circles(5), leeg)) == 0


def test_an_absent_index_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OppervlakteindexError, match="geen oppervlakte-index"):
        AreaIndex.open(tmp_path)


def test_an_index_of_another_source_is_refused(tmp_path: Path) -> None:
    AreaIndex.build(_circles(5)).save(tmp_path, bron_sha256="abc")
    with pytest.raises(OppervlakteindexError, match="andere bron"):
        AreaIndex.open(tmp_path, bron_sha256="def")


@pytest.mark.parametrize("houd", [0, 5, 200, -64])
def test_a_truncated_index_is_refused(tmp_path: Path, houd: int) -> None:
    bestand = AreaIndex.build(_circles(5)).save(tmp_path)
    bestand.write_bytes(bestand.read_bytes()[:houd])
    with pytest.raises(OppervlakteindexError):
        AreaIndex.open(tmp_path)


def test_an_index_of_another_version_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    AreaIndex.build(_circles(5)).save(tmp_path)
    monkeypatch.setattr("kaartlagen.overlay.bestand.INDEX_VERSIE", 99)
    with pytest.raises(OppervlakteindexError, match="andere versie"):
        AreaIndex.open(tmp_path)


def test_a_broken_write_leaves_the_old_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    oud = AreaIndex.build(_circles(5)).save(tmp_path).read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "geen ruimte meer")

    monkeypatch.setattr("kaartlagen.overlay.bestand.np.ascontiguousarray", full)
    with pytest.raises(OppervlakteindexError, match="geen ruimte meer"):
        AreaIndex.build(_circles(9)).save(tmp_path)
    assert [pad.name for pad in tmp_path.iterdir()] == [BESTANDSNAAM]
    assert (tmp_path / BESTANDSNAAM).read_bytes() == oud


def test_measuring_a_memory_map_does_not_touch_the_file(tmp_path: Path) -> None:
    bestand = AreaIndex.build(_circles(50)).save(tmp_path)
    voor = bestand.read_bytes()
    open_ = AreaIndex.open(tmp_path)
    area_join(open_, open_)
    assert bestand.read_bytes() == voor


def test_areas_of_the_rows_are_known(tmp_path: Path) -> None:
    cirkels = _circles(40)
    index = AreaIndex.build([None, *cirkels])
    assert index.oppervlakte_m2[0] == 0.0
    assert np.allclose(index.oppervlakte_m2[1:], shapely.area(cirkels), rtol=1e-12)


def test_a_comb_of_thousands_of_teeth_stays_small() -> None:
    tanden = np.arange(4000)
    boven = np.c_[tanden * 0.5, np.where(tanden % 2, 2000.0, 1.0)]
    kam = shapely.Polygon([(-1, 0), *boven, (2001, 0)])
    index = AreaIndex.build([kam])
    assert len(index.vlakken.stukken.x) < 3 * len(boven)
    assert index.meest <= 64
    helft = shapely.box(-10, 700, 3000, 1300)
    assert np.isclose(area_join(index, [helft]).area_m2[0], kam.intersection(helft).area, rtol=1e-9)


def test_warm_up_reports_begin_and_end() -> None:
    gezien: list[tuple[str, int, int]] = []
    warm_up(lambda *stap: gezien.append(stap))
    assert [stap[1:] for stap in gezien] == [(0, 1), (1, 1)]


@pytest.mark.traag
def test_without_any_folder_for_compiled_code_it_still_runs(tmp_path: Path) -> None:
    """A kernel is compiled in the process itself when numba finds no place for its cache."""
    opdracht = (
        "import numba.core.caching as c\n"
        "c._CacheLocator.get_suitable_cache_subpath = None\n"
        "c.CacheImpl._locator_classes = []\n"
        "from kaartlagen.overlay.compilatie import ingang\n"
        "print(ingang(lambda x: x + 1)(41))\n"
    )
    klaar = subprocess.run(
        [sys.executable, "-c", opdracht], capture_output=True, text=True, check=False
    )
    assert klaar.stdout.strip() == "42", klaar.stderr
