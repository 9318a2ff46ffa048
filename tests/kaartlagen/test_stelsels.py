"""Every trap of a coordinate system (`domein.md` 6), each in a real file of the form it comes in.

A label that the numbers belie is refused, the likely truth is named, and the option that the
message names mends it.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pyproj import CRS

from kaartlagen.crs import to_lonlat
from kaartlagen.errors import CrsError
from kaartlagen.inname import GelezenLaag, ingest, read_bestand
from kaartlagen.opslag import LaagOpslag
from tests.kaartlagen.maken import (
    RING,
    VIERKANT,
    imro_object,
    plan,
    polygon_gml,
    write_geojson,
    write_imro,
    write_vector,
)
from tests.kaartlagen.test_crs import ESRI_RD, RD_PROJ

PLAN = {"plannaam": ["Hof"], "planstatus": ["1A"]}
RIJ = {"plannaam": "Hof", "planstatus": "1A"}
GRADEN = to_lonlat(np.array([VIERKANT], dtype=object))[0]
RD_LID = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}


def swap(vorm: shapely.Geometry) -> shapely.Geometry:
    return shapely.transform(vorm, lambda xy: xy[:, ::-1])


def with_prj(pad: Path, vorm: shapely.Geometry, prj: str | None) -> Path:
    """A Shapefile with a .prj of our choice; None for none."""
    write_vector(pad, [vorm], PLAN)
    if prj is None:
        pad.with_suffix(".prj").unlink()
    else:
        pad.with_suffix(".prj").write_text(prj)
    return pad


def with_srs_id(pad: Path, srs_id: int, definitie: str | None = None) -> Path:
    """A GeoPackage under an srs_id of our choice, perhaps with a definition of it."""
    write_vector(pad, [VIERKANT], PLAN)
    with sqlite3.connect(pad) as verbinding:
        if definitie is not None:
            verbinding.execute(
                "insert into gpkg_spatial_ref_sys values ('x', ?, 'NONE', ?, ?, 'x')",
                (srs_id, srs_id, definitie),
            )
        for tabel in ("gpkg_geometry_columns", "gpkg_contents"):
            verbinding.execute(f"update {tabel} set srs_id = ?", (srs_id,))
    verbinding.close()
    return pad


def gml(pad: Path, srs: str, ring: str = RING) -> Path:
    return write_imro(pad, plan(geometrie=polygon_gml(ring, srs)))


WISSEL_RING = " ".join(
    f"{y} {x}" for x, y in zip(RING.split()[::2], RING.split()[1::2], strict=True)
)
GRADEN_RING = " ".join(f"{x:.9f} {y:.9f}" for x, y in shapely.get_coordinates(GRADEN))
RD_WKT = ESRI_RD.replace("D_Amersfoort", "D_unknown")
ZONDER_DATUM = (
    'GEOGCS["GCS_Bessel",DATUM["D_unknown",SPHEROID["Bessel_1841",6377397.155,299.1528128]],'
    'PRIMEM["Greenwich",0],UNIT["Degree",0.0174532925199433]]'
)
AMERSFOORT = ZONDER_DATUM.replace("D_unknown", "D_Amersfoort").replace(
    "GCS_Bessel", "GCS_Amersfoort"
)
OUD = "593.16,26.15,478.54,-6.3239,-0.5008,-5.5487,4.0775"

# Name, how the file is made, what the message must say, and the option that mends it (None:
# the numbers fit no system).
GEWEIGERD: dict[str, tuple[Callable[[Path], Path], str, str | None]] = {
    "RD onder 4326, GeoPackage": (
        lambda m: write_vector(m / "a.gpkg", [VIERKANT], PLAN, crs=4326),
        "RD-coördinaten in meters", "EPSG:28992"),
    "RD onder 4326, Shapefile": (
        lambda m: write_vector(m / "a.shp", [VIERKANT], PLAN, crs=4326),
        "RD-coördinaten in meters", "EPSG:28992"),
    "RD onder 4326, FlatGeobuf": (
        lambda m: write_vector(m / "a.fgb", [VIERKANT], PLAN, crs=4326),
        "RD-coördinaten in meters", "EPSG:28992"),
    "RD onder 4326, GML": (
        lambda m: gml(m / "a.gml", "EPSG:4326"), "RD-coördinaten in meters", "EPSG:28992"),
    "RD in GeoJSON zonder crs (RFC 7946)": (
        lambda m: write_geojson(m / "a.geojson", [VIERKANT], [RIJ]),
        "RD-coördinaten in meters", "EPSG:28992"),
    "RD in GeoJSON met crs 4326": (
        lambda m: write_geojson(m / "a.geojson", [VIERKANT], [RIJ],
                                crs={"type": "name", "properties": {"name": "EPSG:4326"}}),
        "RD-coördinaten in meters", "EPSG:28992"),
    "graden onder 28992, GeoPackage": (
        lambda m: write_vector(m / "a.gpkg", [GRADEN], PLAN),
        "lengte en breedte in graden", "EPSG:4326"),
    "graden onder 28992, Shapefile": (
        lambda m: write_vector(m / "a.shp", [GRADEN], PLAN),
        "lengte en breedte in graden", "EPSG:4326"),
    "graden onder 28992, GML": (
        lambda m: gml(m / "a.gml", "urn:ogc:def:crs:EPSG::28992", GRADEN_RING),
        "lengte en breedte in graden", "EPSG:4326"),
    "graden onder 28992, GeoJSON": (
        lambda m: write_geojson(m / "a.geojson", [GRADEN], [RIJ], crs=RD_LID),
        "lengte en breedte in graden", "EPSG:4326"),
    "breedte eerst, GeoJSON": (
        lambda m: write_geojson(m / "a.geojson", [swap(GRADEN)], [RIJ]),
        "assen verwisseld", "EPSG:4326/yx"),
    "breedte eerst, GeoPackage": (
        lambda m: write_vector(m / "a.gpkg", [swap(GRADEN)], PLAN, crs=4326),
        "assen verwisseld", "EPSG:4326/yx"),
    "y eerst in RD, Shapefile": (
        lambda m: write_vector(m / "a.shp", [swap(VIERKANT)], PLAN),
        "x en y verwisseld", "EPSG:28992/yx"),
    "y eerst in RD, GML": (
        lambda m: gml(m / "a.gml", "urn:ogc:def:crs:EPSG::28992", WISSEL_RING),
        "x en y verwisseld", "EPSG:28992/yx"),
    "EPSG:4289, GeoPackage": (
        lambda m: write_vector(m / "a.gpkg", [GRADEN], PLAN, crs=4289), "EPSG:4289", "EPSG:4258"),
    "EPSG:4289, .prj": (
        lambda m: with_prj(m / "a.shp", GRADEN, AMERSFOORT), "EPSG:4289", "EPSG:4258"),
    "EPSG:4289, GML": (
        lambda m: gml(m / "a.gml", "EPSG:4289", GRADEN_RING), "EPSG:4289", "EPSG:4258"),
    ".prj van RD zonder datum": (
        lambda m: with_prj(m / "a.shp", VIERKANT, RD_WKT),
        "zonder het datum Amersfoort", "EPSG:28992"),
    ".prj van RD met onbekend datum op Bessel": (
        lambda m: with_prj(
            m / "a.shp", VIERKANT,
            ESRI_RD.replace("D_Amersfoort", "D_Unknown_based_on_Bessel_1841_ellipsoid")
                   .replace("RD_New", "unknown").replace("GCS_Amersfoort", "GCS_unknown")),
        "zonder het datum Amersfoort", "EPSG:28992"),
    ".prj in graden op Bessel zonder datum": (
        lambda m: with_prj(m / "a.shp", GRADEN, ZONDER_DATUM),
        "niet het datum Amersfoort", "EPSG:4258"),
    "oude PROJ-regel met verkeerde verschuiving": (
        lambda m: write_vector(m / "a.gpkg", [VIERKANT], PLAN, crs=f"{RD_PROJ} +towgs84={OUD}"),
        "verouderde datumverschuiving", "EPSG:28992"),
    "oude PROJ-regel zonder verschuiving": (
        lambda m: with_srs_id(m / "a.gpkg", 99999, CRS(RD_PROJ).to_wkt("WKT1_GDAL")),
        "zonder het datum Amersfoort", "EPSG:28992"),
    "Shapefile zonder .prj": (
        lambda m: with_prj(m / "a.shp", VIERKANT, None),
        "noemt geen coördinatenstelsel. De getallen lijken RD", "EPSG:28992"),
    "Shapefile in graden zonder .prj": (
        lambda m: with_prj(m / "a.shp", GRADEN, None),
        "noemt geen coördinatenstelsel. De getallen lijken lengte en breedte", "EPSG:4326"),
    "GeoPackage srs_id 0": (
        lambda m: with_srs_id(m / "a.gpkg", 0), "noemt geen coördinatenstelsel", "EPSG:28992"),
    "GeoPackage srs_id -1": (
        lambda m: with_srs_id(m / "a.gpkg", -1), "noemt geen coördinatenstelsel", "EPSG:28992"),
    "GeoPackage srs_id 99999": (
        lambda m: with_srs_id(m / "a.gpkg", 99999), "noemt geen coördinatenstelsel", "EPSG:28992"),
    "GeoPackage srs_id 99999, definitie undefined": (
        lambda m: with_srs_id(m / "a.gpkg", 99999, "undefined"),
        "noemt geen coördinatenstelsel", "EPSG:28992"),
    "FlatGeobuf zonder crs": (
        lambda m: write_vector(m / "a.fgb", [VIERKANT], PLAN, crs=None),
        "noemt geen coördinatenstelsel", "EPSG:28992"),
    "GML zonder srsName": (
        lambda m: gml(m / "a.gml", ""), "noemt geen coördinatenstelsel", "EPSG:28992"),
    "GeoJSON met crs null": (
        lambda m: write_geojson(m / "a.geojson", [VIERKANT], [RIJ], crs=None),
        "noemt geen coördinatenstelsel", "EPSG:28992"),
    "Web Mercator onder 28992": (
        lambda m: write_vector(m / "a.gpkg", [shapely.box(600_000, 6_800_000, 600_100, 6_800_100)],
                               PLAN),
        "Web Mercator", "EPSG:3857"),
    "UTM 31N onder 28992": (
        lambda m: write_vector(m / "a.gpkg", [shapely.box(663_000, 5_780_000, 663_100, 5_780_100)],
                               PLAN),
        "UTM zone 31", "EPSG:25831"),
    "RD onder UTM 31N": (
        lambda m: write_vector(m / "a.gpkg", [VIERKANT], PLAN, crs=25831),
        "RD-coördinaten in meters", "EPSG:28992"),
    "RD onder Web Mercator": (
        lambda m: write_vector(m / "a.gpkg", [VIERKANT], PLAN, crs=3857),
        "RD-coördinaten in meters", "EPSG:28992"),
    "RD onder ED50 / UTM": (
        lambda m: write_vector(m / "a.gpkg", [VIERKANT], PLAN, crs=23031),
        "wordt niet gelezen", "EPSG:28992"),
    "Parijs onder 4326": (
        lambda m: write_vector(m / "a.gpkg", [shapely.box(2.2, 48.8, 2.4, 48.9)], PLAN, crs=4326),
        "buiten Nederland", None),
}  # fmt: skip


@pytest.mark.parametrize("naam", GEWEIGERD)
def test_a_label_that_lies_is_refused_and_the_option_that_it_names_mends_it(tmp_path, naam):
    maak, woord, optie = GEWEIGERD[naam]
    pad = maak(tmp_path)
    with pytest.raises(CrsError) as gevangen:
        read_bestand(pad)
    assert woord in gevangen.value.wat
    assert gevangen.value.waar.startswith(pad.name)
    if optie is None:
        return
    assert optie in re.findall(r"--crs (\S+?)[\s.,]*(?=$|\s)", gevangen.value.herstel)
    (laag,) = read_bestand(pad, crs=optie)
    assert laag.herkomst.crs_bron == optie
    assert len(laag.frame) == 1


PERCEEL = {"sectie": ["B"], "perceelnummer": [2298], "identificatie_lokaal_id": ["123"]}


@pytest.mark.parametrize(
    ("vorm", "crs", "woord", "optie"),
    [
        (VIERKANT, 4326, "RD-coördinaten in meters", "EPSG:28992"),
        (GRADEN, 28992, "lengte en breedte in graden", "EPSG:4326"),
        (swap(VIERKANT), 28992, "x en y verwisseld", "EPSG:28992/yx"),
        (GRADEN, 4289, "EPSG:4289", "EPSG:4258"),
        (VIERKANT, None, "noemt geen coördinatenstelsel", "EPSG:28992"),
        (VIERKANT, 25831, "RD-coördinaten in meters", "EPSG:28992"),
        # A .prj of Esri has no place for the shift: there the datum is simply absent.
        (VIERKANT, f"{RD_PROJ} +towgs84={OUD}", "datum", "EPSG:28992"),
    ],
)
@pytest.mark.parametrize("naam", ["a.gpkg", "a.fgb", "a.shp"])
@pytest.mark.parametrize("groot_vanaf", [0, 10**9], ids=["grote weg", "gewone weg"])
def test_percelen_are_held_to_the_same_whatever_road_they_take(
    tmp_path, monkeypatch, naam, vorm, crs, woord, optie, groot_vanaf
):
    monkeypatch.setattr("kaartlagen.grootinname.GROOT_VANAF_BYTES", groot_vanaf)
    pad = write_vector(tmp_path / naam, [vorm] * 3, {k: w * 3 for k, w in PERCEEL.items()}, crs=crs)
    opslag = LaagOpslag(tmp_path / "lagen")
    verslag = ingest([pad], opslag)
    assert verslag.lagen == ()
    ((_, fout),) = verslag.geweigerde_bestanden
    assert isinstance(fout, CrsError)
    assert woord in fout.wat
    assert f"--crs {optie}" in fout.herstel
    assert opslag.snapshots() == ()
    (inname,) = ingest([pad], opslag, crs=optie).lagen
    assert (inname.laag, inname.opgenomen, inname.crs_bron) == ("percelen", 3, optie)
    assert (inname.omzetting == "geen") == optie.startswith("EPSG:28992")
    for rij in opslag.read("percelen").geometry:
        assert shapely.hausdorff_distance(rij, VIERKANT) < 150


def findings(laag: GelezenLaag) -> dict[str, str]:
    return {bev.code: bev.uitleg for bev in laag.bevindingen}


def in_place(laag: GelezenLaag, speling: float = 0.3) -> bool:
    return bool(shapely.hausdorff_distance(laag.frame.geometry.iloc[0], VIERKANT) < speling)


GELEZEN: dict[str, tuple[Callable[[Path], Path], str, str]] = {
    "GeoJSON met crs RD": (
        lambda m: write_geojson(m / "a.geojson", [VIERKANT], [RIJ], crs=RD_LID),
        "EPSG:28992", "geen"),
    "GeoJSON zonder crs": (
        lambda m: write_geojson(m / "a.geojson", [GRADEN], [RIJ]), "EPSG:4326", "helmert"),
    "GeoJSON met CRS84": (
        lambda m: write_geojson(
            m / "a.geojson", [GRADEN], [RIJ],
            crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}),
        "OGC:CRS84", "helmert"),
    "GeoJSON met crs van soort EPSG": (
        lambda m: write_geojson(m / "a.geojson", [VIERKANT], [RIJ],
                                crs={"type": "EPSG", "properties": {"code": 28992}}),
        "EPSG:28992", "geen"),
    ".prj van Esri": (
        lambda m: with_prj(m / "a.shp", VIERKANT, ESRI_RD), "EPSG:28992", "geen"),
    "oude PROJ-regel met juiste verschuiving": (
        lambda m: write_vector(
            m / "a.gpkg", [VIERKANT], PLAN,
            crs=f"{RD_PROJ} +towgs84=565.417,50.3319,465.552,-0.398957388243134,"
                "0.343987817378283,-1.87740163998045,4.0725"),
        "EPSG:28992", "geen"),
    "GeoPackage srs_id 99999 met de definitie van RD": (
        lambda m: with_srs_id(m / "a.gpkg", 99999, ESRI_RD), "EPSG:28992", "geen"),
}  # fmt: skip


@pytest.mark.parametrize("naam", GELEZEN)
def test_a_label_that_is_right_is_believed_however_it_is_written(tmp_path, naam, monkeypatch):
    monkeypatch.setattr("kaartlagen.crs.find_grid", lambda _ook: None)
    maak, label, omzetting = GELEZEN[naam]
    (laag,) = read_bestand(maak(tmp_path))
    assert (laag.herkomst.crs_bron, laag.herkomst.omzetting) == (label, omzetting)
    assert in_place(laag)


def test_an_old_definition_that_is_right_is_said_to_be_odd(tmp_path):
    maak = GELEZEN["oude PROJ-regel met juiste verschuiving"][0]
    (laag,) = read_bestand(maak(tmp_path))
    assert "datumverschuiving" in findings(laag)["KL204"]


@pytest.mark.parametrize("crs", [3857, 25831, 32631, 4258, 4937, 7415])
def test_other_systems_of_the_netherlands_come_out_in_rd(tmp_path, crs):
    hoog = crs in {4937, 7415}
    vorm = VIERKANT if crs == 7415 else GRADEN
    if crs in {3857, 25831, 32631}:
        tussen = write_vector(tmp_path / "t.gpkg", [GRADEN], crs=4326)
        vorm = _transformed(tussen, crs)
    vorm = shapely.force_3d(vorm, 12.5) if hoog else vorm
    (laag,) = read_bestand(write_vector(tmp_path / "a.gpkg", [vorm], PLAN, crs=crs))
    assert in_place(laag)
    assert not laag.frame.has_z.any()
    assert ("KL307" in findings(laag)) == hoog


def _transformed(pad: Path, crs: int) -> shapely.Geometry:
    vorm: shapely.Geometry = gpd.read_file(pad).to_crs(crs).geometry.iloc[0]
    return vorm


def test_heights_in_gml_are_dropped_and_said(tmp_path):
    ring = " ".join(f"{x} {y} 3.5" for x, y in shapely.get_coordinates(VIERKANT))
    laag = read_bestand(gml(tmp_path / "a.gml", "urn:ogc:def:crs:EPSG::7415", ring))[0]
    assert laag.herkomst.crs_bron == "EPSG:7415"
    assert in_place(laag, 1e-6)
    assert "KL307" in findings(laag)


def test_two_systems_in_one_gml_are_refused(tmp_path):
    pad = write_imro(
        tmp_path / "a.gml",
        plan(),
        imro_object(geometrie=polygon_gml(GRADEN_RING, "urn:ogc:def:crs:EPSG::4258")),
    )
    with pytest.raises(CrsError, match="coördinatenstelsel") as gevangen:
        read_bestand(pad)
    assert "4258" in gevangen.value.wat


def test_two_systems_in_one_geojson_are_refused(tmp_path):
    pad = write_geojson(tmp_path / "a.geojson", [VIERKANT], [RIJ], crs=RD_LID)
    ander = '"crs": {"type": "name", "properties": {"name": "EPSG:4326"}}, "type": "Polygon"'
    pad.write_text(pad.read_text().replace('"type": "Polygon"', ander))
    with pytest.raises(CrsError, match="meer dan één"):
        read_bestand(pad)


def test_a_property_called_crs_is_no_label(tmp_path):
    rijen = [RIJ | {"crs": "EPSG:28992"}, RIJ | {"crs": None}]
    (laag,) = read_bestand(write_geojson(tmp_path / "a.geojson", [GRADEN, GRADEN], rijen))
    assert laag.herkomst.crs_bron == "EPSG:4326"
