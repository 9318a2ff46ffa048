"""A project for the benchmark of the tiles: the parcels and zones of `bench_data`, stored once.

Zones get a hoofdgroep per bit of town and a plan per square of the region, so that the map has
its colours, its order of plans and its borders, as a region of many plans has.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pyarrow.parquet as pq
import shapely
from bench_data import make_data

from daeb_locaties.project import Project
from kaartlagen.herkomst import Herkomst
from kaartlagen.lagen import LAGEN
from kaartlagen.opslag import LaagOpslag

GROEPEN = (
    "wonen", "wonen", "wonen", "wonen", "wonen", "tuin", "groen", "verkeer", "water", "centrum",
    "bedrijventerrein", "gemengd", "maatschappelijk", "agrarisch", "sport",
)  # fmt: skip
"""Weighted by how often a hoofdgroep occurs in a town."""

_VAK_M = 120.0
_PLAN_M = 1500.0
_BLOK = 50_000


def make_project(map_: Path, percelen: int) -> Path:
    """Store percelen, bestemmingsvlakken and plangebieden; done before: left as it is."""
    doel = map_ / f"project-{percelen}"
    klaar = doel / "klaar"
    if not klaar.exists():
        data = make_data(map_, percelen)
        with Project.open(doel) as project:
            _store_percelen(project.lagen, _read(data / "percelen.parquet"))
            _store_plannen(project.lagen, _read(data / "zones.parquet"))
        klaar.write_text("", encoding="utf-8")
    return doel


def _read(pad: Path) -> Any:
    return shapely.from_wkb(pq.read_table(pad, columns=["wkb"])["wkb"].to_numpy())


def _store_percelen(opslag: LaagOpslag, vormen: Any) -> None:
    nummers = np.arange(len(vormen))
    _store(
        opslag,
        "percelen",
        {
            "perceel_id": [f"{75_000_000_000 + n}" for n in nummers],
            "aanduiding": [f"BEN{n % 40:02d} {'ABCDEFGH'[n % 8]} {n // 8}" for n in nummers],
            "eigenaar": np.array(["particulier", "gemeente", "corporatie", None])[nummers % 4],
        },
        vormen,
    )


def _store_plannen(opslag: LaagOpslag, vormen: Any) -> None:
    x, y = shapely.get_coordinates(shapely.centroid(vormen)).T
    vak = (np.floor(x / _VAK_M) * 7919 + np.floor(y / _VAK_M) * 104_729).astype(np.int64)
    groep = np.array(GROEPEN)[np.random.default_rng(1).permutation(vak.max() + 1)[vak] % 15]
    plan, welk = np.unique(
        np.c_[np.floor(x / _PLAN_M), np.floor(y / _PLAN_M)], axis=0, return_inverse=True
    )
    idn = np.array([f"NL.IMRO.9999.BENCH{n:04d}-VG01" for n in range(len(plan))])
    _store(
        opslag,
        "bestemmingsvlakken",
        {
            "idn": idn[welk.ravel()],
            "object_id": [f"o{n}" for n in range(len(vormen))],
            "naam": [str(g).capitalize() for g in groep],
            "soort": "enkelbestemming",
            "hoofdgroep": groep,
        },
        vormen,
    )
    _store(
        opslag,
        "plangebieden",
        {
            "idn": idn,
            "naam": [f"Plan {n}" for n in range(len(plan))],
            "planstatus": "vastgesteld",
            "datum": [f"20{10 + n % 15}-06-01" for n in range(len(plan))],
        },
        shapely.box(*(plan * _PLAN_M).T, *((plan + 1) * _PLAN_M).T),
    )


def _store(opslag: LaagOpslag, laag: str, kolommen: dict[str, Any], vormen: Any) -> None:
    leeg = dict.fromkeys(LAGEN[laag].kolomnamen)
    frame = gpd.GeoDataFrame({**leeg, **kolommen}, geometry=vormen, crs=28992)
    nu = datetime(2026, 11, 22, tzinfo=UTC)
    herkomst = Herkomst(
        f"bench-{laag}", "bench", "0" * 64, laag, "bench", "EPSG:28992", date(2026, 11, 1), nu
    )
    opslag.store(laag, frame, herkomst)
