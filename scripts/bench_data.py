"""Data for the benchmark: the fictive region's parcels, and zones drawn over them once more.

Zones are what makes overlay slow: plan objects, parcels digitised again within a few
centimetres (near-coincident borders), and some outlines of thousands of vertices.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from daeb_locaties.voorbeeld.moederplannen import make_moederplannen
from daeb_locaties.voorbeeld.percelen import make_percelen
from daeb_locaties.voorbeeld.streek import make_streek

ZONES_PER_PERCEEL = 0.75
_RUIS_M = 0.02
_SEED = 1


def make_data(map_: Path, percelen: int) -> Path:
    """Write percelen, zones and locaties as Parquet with WKB; done before: left as it is."""
    doel = map_ / f"percelen-{percelen}"
    if not (doel / "locaties.parquet").exists():
        doel.mkdir(parents=True, exist_ok=True)
        streek = make_streek(percelen, _SEED)
        kavels = _shuffled_off(np.asarray(make_percelen(streek).geometry))
        plannen = make_moederplannen(streek, _SEED)
        objecten = np.array([o.vorm for _, plan in plannen for o in plan.objecten], dtype=object)
        zones = make_zones(kavels, objecten)
        _write(doel / "percelen.parquet", kavels)
        _write(doel / "zones.parquet", zones)
        _write(doel / "locaties.parquet", make_locaties(kavels))
    return doel


def _shuffled_off(vlakken: Any) -> Any:
    """Order along a Hilbert curve, as the store's FlatGeobuf is."""
    punten = shapely.get_coordinates(shapely.centroid(vlakken))
    laag, hoog = punten.min(axis=0), punten.max(axis=0)
    cel = ((punten - laag) / np.maximum(hoog - laag, 1.0).max() * 65535).astype(np.int64)
    sleutel = np.zeros(len(cel), np.int64)
    x, y = cel[:, 0].copy(), cel[:, 1].copy()
    for bit in range(15, -1, -1):
        rx, ry = (x >> bit) & 1, (y >> bit) & 1
        sleutel = (sleutel << 2) | ((3 * rx) ^ ry)
        keer = (ry == 0) & (rx == 1)
        x, y = np.where(keer, 65535 - x, x), np.where(keer, 65535 - y, y)
        x, y = np.where(ry == 0, y, x), np.where(ry == 0, x, y)
    return vlakken[np.argsort(sleutel, kind="stable")]


def make_zones(kavels: Any, objecten: Any) -> Any:
    """Return plan objects, parcels digitised again, and a few very long outlines."""
    rng = np.random.default_rng(_SEED)
    aantal = max(int(len(kavels) * ZONES_PER_PERCEEL) - len(objecten), 1)
    keus = np.sort(rng.choice(len(kavels), min(aantal, len(kavels)), replace=False))
    opnieuw = _digitise_again(kavels[keus], rng)
    groot = [_outline(kavels, rng) for _ in range(max(len(kavels) // 6000, 1))]
    zones = np.concatenate([objecten, opnieuw, np.array(groot, dtype=object)])
    return _shuffled_off(zones[shapely.is_valid(zones) & (shapely.area(zones) > 0)])


def _digitise_again(kavels: Any, rng: np.random.Generator) -> Any:
    """Return the same borders with about fifty points, each a few centimetres off."""
    fijn = shapely.segmentize(kavels, np.maximum(shapely.length(kavels) / 44, 0.4))
    punten, ring = shapely.get_coordinates(shapely.get_exterior_ring(fijn), return_index=True)
    punten = punten + rng.normal(0, _RUIS_M, punten.shape)
    begin = np.searchsorted(ring, np.arange(len(fijn)))
    einde = np.searchsorted(ring, np.arange(len(fijn)), side="right") - 1
    punten[einde] = punten[begin]
    return shapely.polygons(shapely.linearrings(punten, indices=ring))


def _outline(kavels: Any, rng: np.random.Generator) -> Any:
    """Return a wavering outline of thousands of points around some parcel."""
    midden = shapely.get_coordinates(shapely.centroid(kavels[rng.integers(len(kavels))]))[0]
    hoek = np.linspace(0, 2 * np.pi, int(rng.integers(5000, 12000)), endpoint=False)
    straal = rng.uniform(150, 900) * (1 + 0.2 * np.sin(5 * hoek) + 0.02 * np.sin(211 * hoek))
    straal += rng.uniform(-0.05, 0.05, len(hoek))
    return shapely.Polygon(midden + np.c_[straal * np.cos(hoek), straal * np.sin(hoek)])


def make_locaties(kavels: Any) -> Any:
    """Return 10,000 (or as many as there are parcels) building locations of 0.1 to 2 ha."""
    rng = np.random.default_rng(_SEED + 1)
    keus = rng.choice(len(kavels), min(10_000, len(kavels)), replace=False)
    straal = rng.uniform(18, 80, len(keus))
    return shapely.buffer(shapely.centroid(kavels[keus]), straal, quad_segs=6)


def _write(pad: Path, vlakken: Any) -> None:
    tabel = pa.table({"id": np.arange(len(vlakken)), "wkb": shapely.to_wkb(vlakken)})
    pq.write_table(tabel, pad, row_group_size=50_000)
