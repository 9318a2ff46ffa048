"""The benchmark of the tiles: making them, and the page that draws them, with 600,000 parcels.

    python scripts/bench.py tegels --percelen 600000

writes docs/bench_tegels.md. Needs the test extras and a Chromium for the page; a part that
cannot run is named as skipped. PostGIS is asked when BENCH_POSTGIS holds a connection string.
"""

from __future__ import annotations

import argparse
import gzip
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from bench_tegels_data import make_project
from bench_tegels_pagina import measure_page
from bench_tegels_postgis import PostgisTegels

from daeb_locaties.project import Project
from kaartlagen.tegels import TEGELLAGEN, Tegel, Tegelbron, encode_tile, tile_at, warm_up

ROOT = Path(__file__).resolve().parent.parent
ZOOMS = {
    "percelen": (9, 10, 11, 12, 13),
    "bestemmingsvlakken": (5, 6, 7, 8, 9, 10, 11, 12, 13),
}
STRAAT, WIJDST = (11, 12, 13), 9
"""Tile zooms of street level, and the widest at which the page asks for parcels."""

GRENS_STRAAT_MS, GRENS_WIJD_MS = 30.0, 150.0
_SEED = 7


def main(argumenten: list[str]) -> int:
    opties = _arguments(argumenten)
    map_ = make_project(opties.map, opties.percelen)
    warm_up()
    with Project.open(map_) as project:
        bronnen = {naam: Tegelbron(laag, project.lagen) for naam, laag in TEGELLAGEN.items()}
        plekken = _places(project)
        postgis = PostgisTegels.connect(project)
    delen = [_head(opties.percelen)]
    delen.append(measure_tiles(bronnen, plekken, opties.tegels, postgis))
    if not opties.zonder_pagina:
        delen.append(measure_page(map_, plekken, opties.ronden))
    tekst = "\n".join(delen)
    opties.verslag.parent.mkdir(parents=True, exist_ok=True)
    opties.verslag.write_text(tekst, encoding="utf-8")
    print(tekst)
    return 0


def _arguments(argumenten: list[str]) -> argparse.Namespace:
    lezer = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    lezer.add_argument("--percelen", type=int, default=600_000)
    lezer.add_argument("--map", type=Path, default=Path(tempfile.gettempdir()) / "daeb-bench")
    lezer.add_argument("--verslag", type=Path, default=ROOT / "docs" / "bench_tegels.md")
    lezer.add_argument("--tegels", type=int, default=100, help="tegels per zoom")
    lezer.add_argument("--ronden", type=int, default=5, help="keer dat de pagina wordt geopend")
    lezer.add_argument("--zonder-pagina", action="store_true")
    return lezer.parse_args(argumenten)


def _places(project: Project) -> Any:
    """Return a point in each of a thousand parcels: places weighted by where parcels are."""
    vormen = project.lagen.read("percelen").geometry.to_numpy()
    keus = np.random.default_rng(_SEED).choice(len(vormen), min(1000, len(vormen)), replace=False)
    return shapely.get_coordinates(shapely.point_on_surface(vormen[keus]))


def measure_tiles(
    bronnen: dict[str, Tegelbron], plekken: Any, aantal: int, postgis: PostgisTegels | None
) -> str:
    regels = [
        "## Making a tile\n",
        (
            "One at a time, from the file each time, compressed; milliseconds. Street level is "
            f"tile zoom {STRAAT[0]} to {STRAAT[-1]}; parcels are shown from tile zoom {WIJDST}.\n"
        ),
        (
            "| layer | zoom | objects p50 | kB p50 | ours p50 | ours p95 | ST_AsMVT p50 "
            "| ST_AsMVT p95 | aim p95 |"
        ),
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for naam, bron in bronnen.items():
        for z in ZOOMS[naam]:
            tegels = list(dict.fromkeys(tile_at(z, *plek) for plek in plekken))[:aantal]
            omvang: list[tuple[int, int]] = []
            onze = _times(lambda t, bron=bron, uit=omvang: uit.append(_make(bron, t)), tegels)
            ander = _times(lambda t, n=naam: postgis.make(n, t), tegels) if postgis else None
            objecten, bytes_ = np.median(omvang, axis=0)
            regels.append(
                f"| {naam} | {z} | {objecten:,.0f} | {bytes_ / 1000:.0f} | {_row(onze)} "
                f"| {_row(ander) if ander else 'skipped | '} | {_aim(naam, z)} |"
            )
    if postgis is None:
        regels.append("\nPostGIS: skipped, no server in BENCH_POSTGIS.")
    return "\n".join(regels) + "\n"


def _make(bron: Tegelbron, tegel: Tegel) -> tuple[int, int]:
    uitsnede = bron.cut(tegel)
    return len(uitsnede.volgorde), len(
        gzip.compress(encode_tile(bron.laag.naam, tegel, uitsnede), 3)
    )


def _times(maak: Callable[[Tegel], object], tegels: list[Tegel]) -> list[float]:
    tijden = []
    for tegel in tegels:
        begin = time.perf_counter()
        maak(tegel)
        tijden.append((time.perf_counter() - begin) * 1000)
    return tijden


def _row(tijden: list[float]) -> str:
    midden, hoog = np.percentile(tijden, [50, 95])
    return f"{midden:.1f} | {hoog:.1f}"


def _aim(naam: str, z: int) -> str:
    if z in STRAAT:
        return f"{GRENS_STRAAT_MS:.0f}"
    return f"{GRENS_WIJD_MS:.0f}" if naam == "percelen" and z == WIJDST else ""


def _head(percelen: int) -> str:
    return (
        "# Tiles and the page that draws them\n\n"
        f"`python scripts/bench.py tegels --percelen {percelen}`, {os.cpu_count()} processors, "
        "in tile zooms of PDOK's RD grid; the page shows a tile 512 pixels wide, so that tile "
        "zoom 12 is drawn at map zoom 13 (0.42 m per pixel).\n"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
