"""Degrees to RD from end to end: the command line, with and without the grid of the NSGI."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely

from tests.kaartlagen.maken import write_geojson
from tests.kaartlagen.rdnaptrans import Z001

BEGIN = [sys.executable, "-c", "from daeb_locaties.cli import main; main()"]
GRID_M, ZONDER_M = 0.001, 0.25


def run(project: Path, *woorden: str | Path, **omgeving: str) -> Any:
    """Call `daeb-locaties` in a program of its own; give the JSON that it prints."""
    schoon = {
        naam: waarde
        for naam, waarde in os.environ.items()
        if naam not in {"PROJ_DATA", "PROJ_LIB", "DAEB_RDNAPTRANS"}
    }
    uit = subprocess.run(
        [*BEGIN, "--project", str(project), *map(str, woorden), "--json"],
        capture_output=True, text=True, encoding="utf-8", check=False,
        env=schoon | {"PROJ_NETWORK": "OFF", "PYTHONUTF8": "1"} | omgeving,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert uit.returncode == 0, uit.stderr
    return json.loads(uit.stdout)


@pytest.fixture
def punten(tmp_path) -> Path:
    """The official points in degrees, each with its number."""
    vormen = [shapely.Point(lon, lat) for _, lat, lon, _, _ in Z001 if binnen(lat, lon)]
    nummers = [{"nummer": int(n)} for n, lat, lon, _, _ in Z001 if binnen(lat, lon)]
    return write_geojson(tmp_path / "punten.geojson", vormen, nummers)


def binnen(lat: float, lon: float) -> bool:
    """Whether a point lies well within the window of RD."""
    return 50.75 < lat < 53.6 and 3.2 < lon < 7.2


def errors(project: Path, doel: Path, **omgeving: str) -> np.ndarray:
    """Hand the layer out as GeoPackage and measure how far each point lies from its place."""
    run(project, "laag", "uitvoer", "punten", doel, **omgeving)
    frame = gpd.read_file(doel, layer="punten")
    assert frame.crs == 28992
    echt = {int(n): (x, y) for n, _, _, x, y in Z001}
    nummers = [int(json.loads(tekst)["nummer"]) for tekst in frame["overig"]]
    assert len(nummers) > 50
    doelen = np.array([echt[n] for n in nummers])
    return np.hypot(frame.geometry.x - doelen[:, 0], frame.geometry.y - doelen[:, 1]).to_numpy()


def take_in(project: Path, punten: Path, **omgeving: str) -> dict[str, Any]:
    verslag = run(project, "laag", "inlezen", punten, "--soort", "punten", **omgeving)
    (laag,) = verslag["lagen"]
    assert laag["opgenomen"] == laag["gelezen"]
    return laag


def test_with_proj_data_every_official_point_lies_within_a_millimetre(data_map, tmp_path, punten):
    grid = {"PROJ_DATA": str(data_map / "rdnaptrans")}
    laag = take_in(tmp_path / "p", punten, **grid)
    assert laag["omzetting"] == "grid"
    assert "1 mm" in next(b["uitleg"] for b in laag["bevindingen"] if b["code"] == "KL201")
    assert errors(tmp_path / "p", tmp_path / "uit.gpkg", **grid).max() < GRID_M
    (opname,) = run(tmp_path / "p", "laag", "lijst")["lagen"]
    assert opname["omzetting"] == "grid"


def test_with_the_grid_in_the_project_too(data_map, tmp_path, punten):
    map_ = tmp_path / "p" / "lagen" / "rdnaptrans"
    map_.mkdir(parents=True)
    shutil.copy(data_map / "rdnaptrans" / "nl_nsgi_rdtrans2018.tif", map_)
    assert take_in(tmp_path / "p", punten)["omzetting"] == "grid"
    assert errors(tmp_path / "p", tmp_path / "uit.gpkg").max() < GRID_M


def test_without_the_grid_every_point_lies_within_a_quarter_metre_and_it_says_so(tmp_path, punten):
    laag = take_in(tmp_path / "p", punten)
    assert laag["omzetting"] == "helmert"
    assert "0,25 m" in next(b["uitleg"] for b in laag["bevindingen"] if b["code"] == "KL201")
    fouten = errors(tmp_path / "p", tmp_path / "uit.gpkg")
    assert fouten.max() < ZONDER_M
    assert fouten.max() > GRID_M


def test_the_same_file_read_again_with_the_grid_is_a_new_snapshot(data_map, tmp_path, punten):
    take_in(tmp_path / "p", punten)
    take_in(tmp_path / "p", punten, PROJ_DATA=str(data_map / "rdnaptrans"))
    omzettingen = [laag["omzetting"] for laag in run(tmp_path / "p", "laag", "lijst")["lagen"]]
    assert sorted(omzettingen) == ["grid", "helmert"]
