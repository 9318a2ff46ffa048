"""The rules of the PDOK GeoPackage validator that an export must keep, as plain SQL.

Each rule is stated anew from its published sentence, so that it is tested where the
validator itself is not installed. A rule gives the list of what breaks it.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import shapely

NAAM = re.compile(r"[a-z][a-z0-9_]*")
TYPEN = {"POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON"}
OMHULSEL_BYTES = (0, 32, 48, 48, 64)


def broken_rules(pad: Path) -> dict[str, list[str]]:
    """Check every rule on a GeoPackage; empty when all of them hold."""
    with closing(sqlite3.connect(pad)) as db:
        gevonden = {regel: list(toets(db)) for regel, toets in REGELS.items()}
    return {regel: fouten for regel, fouten in gevonden.items() if fouten}


def geometries(db: sqlite3.Connection) -> Iterator[tuple[str, str, object]]:
    """Give layer, declared type and geometry of every row; None for a null."""
    lagen = db.execute(
        "SELECT table_name, column_name, geometry_type_name FROM gpkg_geometry_columns"
    )
    for laag, kolom, soort in lagen.fetchall():
        for (blob,) in db.execute(f'SELECT "{kolom}" FROM "{laag}"'):
            if blob is None:
                yield laag, soort, None
                continue
            assert blob[:2] == b"GP"
            begin = 8 + OMHULSEL_BYTES[(blob[3] >> 1) & 7]
            yield laag, soort, shapely.from_wkb(blob[begin:])


def layers(db: sqlite3.Connection) -> list[str]:
    return [naam for (naam,) in db.execute("SELECT table_name FROM gpkg_geometry_columns")]


def rq1_layer_names(db: sqlite3.Connection) -> Iterator[str]:
    for (naam,) in db.execute("SELECT table_name FROM gpkg_contents"):
        if not NAAM.fullmatch(naam):
            yield naam


def rq2_at_least_one_feature(db: sqlite3.Connection) -> Iterator[str]:
    for laag in layers(db):
        if db.execute(f'SELECT count(*) FROM "{laag}"').fetchone() == (0,):
            yield laag


def rq4_no_views(db: sqlite3.Connection) -> Iterator[str]:
    for (naam,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'view'"):
        yield naam


def rq6_column_names(db: sqlite3.Connection) -> Iterator[str]:
    for laag in layers(db):
        for _, kolom, *_ in db.execute(f'PRAGMA table_info("{laag}")'):
            if not NAAM.fullmatch(kolom):
                yield f"{laag}.{kolom}"


def rq7_feature_id(db: sqlite3.Connection) -> Iterator[str]:
    for laag in layers(db):
        sleutels = [r for r in db.execute(f'PRAGMA table_info("{laag}")') if r[5]]
        if [(r[1], r[2]) for r in sleutels] != [("fid", "INTEGER")]:
            yield laag


def rq9_rtree(db: sqlite3.Connection) -> Iterator[str]:
    for laag in layers(db):
        aantal = db.execute(f'SELECT count(*) FROM "{laag}"').fetchone()
        if db.execute(f'SELECT count(*) FROM "rtree_{laag}_geom"').fetchone() != aantal:
            yield laag


def rq14_allowed_types(db: sqlite3.Connection) -> Iterator[str]:
    for laag, soort in db.execute(
        "SELECT table_name, geometry_type_name FROM gpkg_geometry_columns"
    ):
        if soort not in TYPEN:
            yield f"{laag}: {soort}"


def rq15_one_type(db: sqlite3.Connection) -> Iterator[str]:
    for laag, soort, geometrie in geometries(db):
        if geometrie is not None and geometrie.geom_type.upper() != soort:  # type: ignore[attr-defined]
            yield laag


def rq22_crs(db: sqlite3.Connection) -> Iterator[str]:
    rijen = db.execute(
        "SELECT g.table_name, s.organization, s.organization_coordsys_id FROM "
        "gpkg_geometry_columns g LEFT JOIN gpkg_spatial_ref_sys s USING (srs_id)"
    )
    for laag, organisatie, code in rijen:
        if (organisatie, code) != ("EPSG", 28992):
            yield f"{laag}: {organisatie}:{code}"


def rq23_valid_and_simple(db: sqlite3.Connection) -> Iterator[str]:
    for laag, _, geometrie in geometries(db):
        if not (shapely.is_valid(geometrie) and shapely.is_simple(geometrie)):
            yield laag


def rq24_not_empty(db: sqlite3.Connection) -> Iterator[str]:
    for laag, _, geometrie in geometries(db):
        if geometrie is None or shapely.is_empty(geometrie):
            yield laag


def rc17_geom(db: sqlite3.Connection) -> Iterator[str]:
    for laag, kolom in db.execute("SELECT table_name, column_name FROM gpkg_geometry_columns"):
        if kolom != "geom":
            yield f"{laag}.{kolom}"


def rc20_rings(db: sqlite3.Connection) -> Iterator[str]:
    for laag, _, geometrie in geometries(db):
        for vlak in shapely.get_parts(geometrie):
            if vlak.geom_type != "Polygon":
                continue
            if not vlak.exterior.is_ccw or any(gat.is_ccw for gat in vlak.interiors):
                yield laag


REGELS: dict[str, Callable[[sqlite3.Connection], Iterator[str]]] = {
    "RQ1": rq1_layer_names,
    "RQ2": rq2_at_least_one_feature,
    "RQ4": rq4_no_views,
    "RQ6": rq6_column_names,
    "RQ7": rq7_feature_id,
    "RQ9": rq9_rtree,
    "RQ14": rq14_allowed_types,
    "RQ15": rq15_one_type,
    "RQ22": rq22_crs,
    "RQ23": rq23_valid_and_simple,
    "RQ24": rq24_not_empty,
    "RC17": rc17_geom,
    "RC20": rc20_rings,
}
