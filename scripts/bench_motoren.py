"""The engines of the overlay benchmark: each loads its data, then answers the same question.

An engine is a function (left file, right file, threads) that returns a function to be
timed; that one returns (left row, right row, area in m2) of the pairs it found. Each
imports its own library when asked, so that memory is measured without the others.
"""

# ruff: noqa: PLC0415
from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from bench_lezen import read_shapely, read_wkb

Uitkomst = tuple[Any, Any, Any]
Vraag = Callable[[], Uitkomst]
_BLOK = 4000


def load_ours(links: Path, rechts: Path, _draden: int) -> Vraag:
    from kaartlagen.overlay import area_join, warm_up

    warm_up()
    a, b = read_wkb(links), read_wkb(rechts)

    def ask() -> Uitkomst:
        paren = area_join(a, b)
        return paren.left, paren.right, paren.area_m2

    return ask


def load_ours_warm(links: Path, rechts: Path, _draden: int) -> Vraag:
    from kaartlagen.overlay import AreaIndex, area_join, warm_up

    warm_up()
    a = read_wkb(links)
    map_ = rechts.parent / "index"
    # Made by another process, as the store does: this one only opens it.
    subprocess.run([sys.executable, __file__, str(rechts), str(map_)], check=True)

    def ask() -> Uitkomst:
        paren = area_join(a, AreaIndex.open(map_))
        return paren.left, paren.right, paren.area_m2

    return ask


def store_index(bron: Path, map_: Path) -> None:
    """Write the area index of a layer beside it."""
    from kaartlagen.overlay import AreaIndex

    AreaIndex.build(read_wkb(bron)).save(map_)


def _shapely_block(a: Any, b: Any, boom: Any, begin: int) -> Uitkomst:
    i, j = boom.query(a[begin : begin + _BLOK], predicate="intersects")
    i = i + begin
    geheel = shapely.contains_properly(b[j], a[i])
    area = shapely.area(a[i])
    rest = ~geheel
    area[rest] = shapely.area(shapely.intersection(a[i[rest]], b[j[rest]]))
    return i, j, area


def _shapely_threads(a: Any, b: Any, boom: Any, draden: int) -> Uitkomst:
    with ThreadPoolExecutor(draden) as pool:
        delen = list(pool.map(lambda k: _shapely_block(a, b, boom, k), range(0, len(a), _BLOK)))
    i, j, area = (np.concatenate(reeks) for reeks in zip(*delen, strict=True))
    return i, j, area


def load_shapely(links: Path, rechts: Path, draden: int) -> Vraag:
    a, b = read_shapely(links), read_shapely(rechts)

    def ask() -> Uitkomst:
        shapely.prepare(b)
        boom = shapely.STRtree(b)
        boom.query(a[:1])
        return _shapely_threads(a, b, boom, draden)

    return ask


def load_shapely_warm(links: Path, rechts: Path, draden: int) -> Vraag:
    a, b = read_shapely(links), read_shapely(rechts)
    shapely.prepare(b)
    boom = shapely.STRtree(b)
    boom.query(a[:1])
    return lambda: _shapely_threads(a, b, boom, draden)


def load_geopandas_overlay(links: Path, rechts: Path, _draden: int) -> Vraag:
    import geopandas as gpd

    a = gpd.GeoDataFrame(geometry=read_shapely(links), crs=28992).reset_index(names="l")
    b = gpd.GeoDataFrame(geometry=read_shapely(rechts), crs=28992).reset_index(names="r")

    def ask() -> Uitkomst:
        samen = gpd.overlay(a, b, how="intersection", keep_geom_type=True, make_valid=False)
        return samen["l"].to_numpy(), samen["r"].to_numpy(), samen.area.to_numpy()

    return ask


def load_geopandas_sjoin(links: Path, rechts: Path, _draden: int) -> Vraag:
    import geopandas as gpd

    a = gpd.GeoDataFrame(geometry=read_shapely(links), crs=28992)
    b = gpd.GeoDataFrame(geometry=read_shapely(rechts), crs=28992)

    def ask() -> Uitkomst:
        samen = gpd.sjoin(a, b, predicate="intersects")
        i, j = samen.index.to_numpy(), samen["index_right"].to_numpy()
        vormen = a.geometry.to_numpy()[i], b.geometry.to_numpy()[j]
        return i, j, shapely.area(shapely.intersection(*map(np.asarray, vormen)))

    return ask


_SQL = """
    SELECT l.id AS l, r.id AS r, ST_Area(ST_Intersection(l.g, r.g)) AS m2
    FROM links l JOIN rechts r ON ST_Intersects(l.g, r.g)
"""


def load_duckdb(links: Path, rechts: Path, draden: int) -> Vraag:
    import duckdb
    import duckdb_extension_spatial

    map_ = Path(duckdb_extension_spatial.__file__).parent
    bestand = next(map_.rglob("spatial.duckdb_extension"))
    db = duckdb.connect()
    db.execute(f"LOAD '{bestand}'")
    db.execute(f"SET threads = {draden}")
    for naam, pad in (("links", links), ("rechts", rechts)):
        db.execute(f"CREATE TABLE {naam} AS SELECT id, ST_GeomFromWKB(wkb) AS g FROM '{pad}'")  # noqa: S608  (our own file names)

    def ask() -> Uitkomst:
        uit = db.execute(_SQL).fetchnumpy()
        return uit["l"], uit["r"], uit["m2"]

    return ask


def load_sedona(links: Path, rechts: Path, _draden: int) -> Vraag:
    import sedona.db

    sd = sedona.db.connect()
    for naam, pad in (("links", links), ("rechts", rechts)):
        sd.read_parquet(str(pad)).to_view("ruw", overwrite=True)
        tabel = sd.sql("SELECT id, ST_GeomFromWKB(wkb) AS g FROM ruw").to_memtable()
        tabel.to_view(naam, overwrite=True)

    def ask() -> Uitkomst:
        uit = sd.sql(_SQL).to_arrow_table()
        return tuple(uit.column(naam).to_numpy() for naam in ("l", "r", "m2"))

    return ask


def load_polars(links: Path, rechts: Path, _draden: int) -> Vraag:
    import polars as pl
    import polars_st as st

    def read(pad: Path, naam: str) -> Any:
        ruw = pl.read_parquet(pad).rename({"id": naam})
        return ruw.select(naam, geometry=st.from_wkb("wkb"))

    a, b = read(links, "l"), read(rechts, "r")

    def ask() -> Uitkomst:
        samen = a.lazy().st.sjoin(b.lazy(), on="geometry", predicate="intersects")
        deel = st.geom("geometry").st.intersection(st.geom("geometry_right")).st.area()
        uit = samen.select("l", "r", m2=deel).collect()
        return tuple(uit[naam].to_numpy() for naam in ("l", "r", "m2"))

    return ask


def load_postgis(links: Path, rechts: Path, draden: int) -> Vraag:
    import psycopg
    import pyarrow.parquet as pq

    db = psycopg.connect(os.environ["BENCH_POSTGIS"], autocommit=True)

    for naam, pad in (("links", links), ("rechts", rechts)):
        db.execute(f"CREATE TEMP TABLE {naam} (id bigint, g geometry)")
        tabel = pq.read_table(pad)
        with db.cursor().copy(f"COPY {naam} FROM STDIN") as uit:
            for rij, wkb in zip(*(kolom.to_pylist() for kolom in tabel.columns), strict=True):
                uit.write_row((rij, wkb.hex()))
    db.execute(f"SET max_parallel_workers_per_gather = {draden}")

    def ask() -> Uitkomst:
        db.execute("CREATE INDEX ON rechts USING gist (g)")
        db.execute("ANALYZE links")
        db.execute("ANALYZE rechts")
        rijen = np.array(db.execute(_SQL).fetchall())
        return rijen[:, 0].astype(np.int64), rijen[:, 1].astype(np.int64), rijen[:, 2]

    return ask


KOUD: dict[str, Callable[[Path, Path, int], Vraag]] = {
    "kaartlagen.overlay": load_ours,
    "shapely STRtree, threads": load_shapely,
    "SedonaDB": load_sedona,
    "DuckDB spatial": load_duckdb,
    "polars-st": load_polars,
    "geopandas sjoin": load_geopandas_sjoin,
    "geopandas overlay": load_geopandas_overlay,
    "PostGIS": load_postgis,
}
"""Everything from polygons in memory to areas, index building counted."""

WARM: dict[str, Callable[[Path, Path, int], Vraag]] = {
    "kaartlagen.overlay": load_ours_warm,
    "shapely STRtree, threads": load_shapely_warm,
    "SedonaDB": load_sedona,
    "DuckDB spatial": load_duckdb,
    "polars-st": load_polars,
}
"""As KOUD, but the index over the zones was there already (where an engine keeps one)."""

if __name__ == "__main__":
    store_index(Path(sys.argv[1]), Path(sys.argv[2]))
