"""Percelen with everything that can be odd about them, and both roads into a store."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely import affinity

from kaartlagen import grootinname
from kaartlagen.bronnen import percelen_stroom
from kaartlagen.bronnen.deel import OngeschiktError
from kaartlagen.errors import KaartlagenError
from kaartlagen.inname import Inname, ingest
from kaartlagen.opslag import LaagOpslag

NOOIT = 10**18
"""No file is so large that it goes in parts."""


def odd_shapes() -> dict[str, shapely.Geometry | None]:
    """Shapes by what is odd about them, each within a square of 30 m at (0, 0)."""
    doos = shapely.box(0, 0, 20, 20)
    return {
        "gewoon": doos,
        "gat": shapely.Polygon(doos.exterior, [shapely.box(5, 5, 8, 8).exterior]),
        "multi van een": shapely.MultiPolygon([doos]),
        "multi": shapely.MultiPolygon([doos, shapely.box(22, 0, 28, 5)]),
        "multi met splinter": shapely.MultiPolygon([doos, shapely.box(22, 0, 28, 0.01)]),
        "vlinder": shapely.Polygon([(0, 0), (20, 20), (20, 0), (0, 20)]),
        "twee helften": shapely.Polygon([(0, 0), (20, 20), (20, 0), (0, 20), (0, 0)]),
        "gat buiten": shapely.Polygon(doos.exterior, [shapely.box(25, 25, 28, 28).exterior]),
        "splinter": shapely.box(0, 0, 20, 0.05),
        "plat": shapely.Polygon([(0, 0), (10, 10), (20, 20)]),
        "leeg": shapely.Polygon(),
        "geen": None,
        "ver": shapely.box(-900_000, -900_000, -899_990, -899_990),
        "hoog": shapely.force_3d(doos, 4.0),
        "lang": shapely.Point(15, 15).buffer(14, quad_segs=40),
        "herhaald punt": shapely.Polygon([(0, 0), (20, 0), (20, 0), (20, 20), (0, 20)]),
        "stekel": shapely.Polygon([(0, 0), (20, 0), (28, 0), (20, 0), (20, 20), (0, 20)]),
        "andersom": shapely.box(0, 0, 20, 20, ccw=False),
    }


def parcel_rows(
    aantal: int, seed: int, gewoon: float = 0.6, vreemd: float = 1.0
) -> gpd.GeoDataFrame:
    """Make percelen with PDOK's columns, some of them odd in shape, place or value."""
    rng = np.random.default_rng(seed)
    soorten = odd_shapes()
    keus = np.where(
        rng.random(aantal) < gewoon, "gewoon", rng.choice(list(soorten), aantal)
    ).tolist()
    vormen: list[shapely.Geometry | None] = []
    for n, soort in enumerate(keus):
        vorm = soorten[soort]
        # Now and then on the same spot, or over the edge of the neighbour.
        plek = n - 1 if n and rng.random() < 0.05 * vreemd else n
        dx = 155_000 + plek % 40 * 30 + (5 if rng.random() < 0.03 * vreemd else 0)
        dy = 463_000 + plek // 40 * 30
        vormen.append(vorm and affinity.translate(vorm, dx, dy))

    def some(gewoon: Sequence[object], anders: Sequence[object], kans: float = 0.06) -> list[Any]:
        rommel = rng.choice(len(anders), aantal).tolist()
        return [
            anders[r] if k < kans * vreemd else g
            for g, r, k in zip(gewoon, rommel, rng.random(aantal).tolist(), strict=True)
        ]

    nummers = list(range(1, aantal + 1))
    ids = [f"{84_920_000_000_000 + n}" for n in nummers]
    kolommen = {
        "identificatie_lokaal_id": some(ids, [None, "", "123", ids[0], " 84920000000007 "]),
        "status_historie_code": some(["G"] * aantal, [None, "H", "Geldig"]),
        "eind_geldigheid": some([None] * aantal, ["2020-01-01", "9999-01-01"], 0.03),
        "kadastrale_gemeente_waarde": some(["Súdwest"] * aantal, [None, " Otterlo ", "ē"]),
        "sectie": some(["B"] * aantal, [None, "", "AA"]),
        "akr_kadastrale_gemeente_code_waarde": some(["OTL02"] * aantal, [None, "x"]),
        "kadastrale_grootte_waarde": some([400.0] * aantal, [None, 1.0, 9e9]),
        "soort_grootte_waarde": some(["Vastgesteld"] * aantal, [None, "geschat", "VOORLOPIG"]),
        "perceelnummer": some(nummers, [None, 7]),
    }
    return gpd.GeoDataFrame(kolommen, geometry=np.array(vormen, dtype=object), crs=28992)


def take_whole(pad: Path, map_: Path, **opties: object) -> tuple[list[Inname], LaagOpslag]:
    """Take a file in by the ordinary road."""
    with pytest.MonkeyPatch.context() as om:
        om.setattr(grootinname, "GROOT_VANAF_BYTES", NOOIT)
        return _take(pad, map_ / "heel", opties)


def take_in_parts(
    pad: Path, map_: Path, per_deel: int = 50, *, gelaten: bool = False, **opties: object
) -> tuple[list[Inname], LaagOpslag]:
    """Take a file in part by part; the test fails when that road is left, unless that may be."""
    with pytest.MonkeyPatch.context() as om:
        om.setattr(grootinname, "GROOT_VANAF_BYTES", 0)
        om.setattr(percelen_stroom, "PER_DEEL", per_deel)
        if not gelaten:
            om.setattr(grootinname, "OngeschiktError", _NietOngeschiktError)
        return _take(pad, map_ / "delen", opties)


class _NietOngeschiktError(Exception):
    """Stands in the place of `OngeschiktError`, so that it is not caught."""


def _take(pad: Path, map_: Path, opties: dict[str, object]) -> tuple[list[Inname], LaagOpslag]:
    opslag = LaagOpslag(map_)
    verslag = ingest([pad], opslag, **opties)
    assert verslag.geweigerde_bestanden == ()
    return list(verslag.lagen), opslag


def require_same(
    pad: Path, map_: Path, per_deel: int = 50, *, gelaten: bool = False, **opties: object
) -> Inname:
    """Hold both roads against each other: the report, the facts and the bytes."""
    heel, opslag_heel = take_whole(pad, map_, **opties)
    delen, opslag_delen = take_in_parts(pad, map_, per_deel, gelaten=gelaten, **opties)
    assert delen == heel
    for een, ander in zip(_files(opslag_heel.map), _files(opslag_delen.map), strict=True):
        assert een.relative_to(opslag_heel.map) == ander.relative_to(opslag_delen.map)
        if een.suffix == ".json":
            assert _facts(een) == _facts(ander)
        else:
            assert een.read_bytes() == ander.read_bytes()
    return delen[0]


def left_by_parts(pad: Path, map_: Path, **opties: object) -> str:
    """Give the reason why a file is left to the ordinary road."""
    redenen: list[str] = []

    def noting(functie: Any) -> Any:
        def note(*rest: object, **meer: object) -> object:
            try:
                return functie(*rest, **meer)
            except (OngeschiktError, KaartlagenError) as fout:
                redenen.append(str(fout))
                raise

        return note

    with pytest.MonkeyPatch.context() as om:
        om.setattr(grootinname, "GROOT_VANAF_BYTES", 0)
        for naam in ("recognise", "_stream", "stream_in"):
            om.setattr(grootinname, naam, noting(getattr(grootinname, naam)))
        ingest([pad], LaagOpslag(map_ / "gelaten"), **opties)  # type: ignore[arg-type]
    return redenen[0]


def _files(map_: Path) -> list[Path]:
    return sorted(pad for pad in map_.rglob("*") if pad.is_file())


def _facts(pad: Path) -> dict[str, Any]:
    feiten: dict[str, Any] = json.loads(pad.read_text(encoding="utf-8"))
    feiten["herkomst"].pop("ingelezen_op")
    return feiten
