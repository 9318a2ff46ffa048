"""The grid is found where users put it, and naming its folder breaks nothing else."""

from __future__ import annotations

import os

import pytest

from kaartlagen.projdata import GRID, adopt_proj_data, find_grid


@pytest.fixture(autouse=True)
def niets_gezet(monkeypatch) -> None:
    for naam in ("DAEB_RDNAPTRANS", "PROJ_DATA", "PROJ_LIB"):
        monkeypatch.delenv(naam, raising=False)
    monkeypatch.setattr("kaartlagen.projdata._mappen", {})


@pytest.mark.parametrize("naam", ["DAEB_RDNAPTRANS", "PROJ_DATA", "PROJ_LIB"])
def test_the_grid_is_found_in_each_folder_that_a_variable_names(tmp_path, monkeypatch, naam):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / GRID).touch()
    monkeypatch.setenv(naam, os.pathsep.join([str(tmp_path / "a"), str(tmp_path / "b")]))
    assert find_grid() == tmp_path / "b" / GRID
    monkeypatch.delenv(naam)
    assert find_grid() is None
    assert find_grid([str(tmp_path / "b")]) == tmp_path / "b" / GRID


def test_a_folder_that_proj_cannot_name_is_not_used(tmp_path, monkeypatch):
    map_ = tmp_path / "grids, van de NSGI"
    map_.mkdir()
    (map_ / GRID).touch()
    monkeypatch.setenv("PROJ_DATA", str(map_))
    assert find_grid() is None


def test_a_folder_with_the_grid_alone_is_taken_over_from_proj(tmp_path, monkeypatch):
    (tmp_path / GRID).touch()
    monkeypatch.setenv("PROJ_DATA", str(tmp_path))
    monkeypatch.setenv("DAEB_RDNAPTRANS", "elders")
    adopt_proj_data()
    assert "PROJ_DATA" not in os.environ
    assert os.environ["DAEB_RDNAPTRANS"] == os.pathsep.join(["elders", str(tmp_path)])
    assert find_grid() == tmp_path / GRID


def test_a_folder_with_the_database_of_proj_stays_as_it_is(tmp_path, monkeypatch):
    (tmp_path / "proj.db").touch()
    monkeypatch.setenv("PROJ_DATA", str(tmp_path))
    adopt_proj_data()
    assert os.environ["PROJ_DATA"] == str(tmp_path)
