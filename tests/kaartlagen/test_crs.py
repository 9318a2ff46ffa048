"""Transformation to RD and back: control points, the named pipelines, the labels understood."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from kaartlagen.crs import (
    grid_available,
    outside_rd,
    parse_crs,
    to_lonlat,
    to_rd,
)
from kaartlagen.errors import CrsError

# NSGI, RDNAPTRANS2018 self-validation points: name, lon, lat (ETRS89), x, y (RD).
CONTROLEPUNTEN = (
    ("Texel", 4.824761912, 53.160753042, 117380.1200, 575040.3400),
    ("Noord-Groningen", 6.776726674, 53.419482050, 247380.5600, 604580.7800),
    ("Amersfoort", 5.387203657, 52.155172897, 155000.0, 463000.0),
    ("Zeeuws-Vlaanderen", 3.397588595, 51.368607152, 16460.9100, 377380.2300),
    ("Zuid-Limburg", 5.773795548, 50.792584916, 182260.4500, 311480.6700),
    ("Maasvlakte", 4.072887101, 51.947393898, 64640.8900, 440700.0101),
)
ESRI_RD = (
    'PROJCS["RD_New",GEOGCS["GCS_Amersfoort",DATUM["D_Amersfoort",'
    'SPHEROID["Bessel_1841",6377397.155,299.1528128]],PRIMEM["Greenwich",0.0],'
    'UNIT["Degree",0.0174532925199433]],PROJECTION["Double_Stereographic"],'
    'PARAMETER["False_Easting",155000.0],PARAMETER["False_Northing",463000.0],'
    'PARAMETER["Central_Meridian",5.38763888888889],PARAMETER["Scale_Factor",0.9999079],'
    'PARAMETER["Latitude_Of_Origin",52.15616055555555],UNIT["Meter",1.0]]'
)
RD_ZONDER_DATUM = (
    "+proj=sterea +lat_0=52.1561605555556 +lon_0=5.38763888888889 +k=0.9999079 "
    "+x_0=155000 +y_0=463000 +ellps=bessel +units=m +no_defs"
)


def point(x: float, y: float) -> np.ndarray:
    return np.array([shapely.Point(x, y)], dtype=object)


@pytest.mark.parametrize(("naam", "lon", "lat", "x", "y"), CONTROLEPUNTEN)
@pytest.mark.parametrize("crs", [4326, "EPSG:4258", "OGC:CRS84", 4937])
def test_control_points_come_out_within_the_stated_accuracy(naam, lon, lat, x, y, crs):
    gevonden = to_rd(point(lon, lat), crs)[0]
    speling = max(parse_crs(crs).nauwkeurigheid_m, 0.005)
    assert np.hypot(gevonden.x - x, gevonden.y - y) < speling


def test_wgs84_and_etrs89_give_the_same_place():
    assert to_rd(point(5.0, 52.0), 4326)[0].equals(to_rd(point(5.0, 52.0), 4258)[0])


@given(x=st.floats(10_000, 280_000), y=st.floats(300_000, 620_000))
def test_to_lonlat_and_back_is_the_same_place(x, y):
    terug = to_rd(to_lonlat(point(x, y)), 4258)[0]
    assert np.hypot(terug.x - x, terug.y - y) < 0.002


def test_rd_keeps_its_numbers_to_the_last_digit_and_loses_its_height():
    hoog = np.array([shapely.Point(155_000.123456789, 463_000.987654321, 12.5)], dtype=object)
    for crs in (28992, 7415, ESRI_RD, RD_ZONDER_DATUM):
        gevonden = to_rd(hoog, crs)[0]
        assert (gevonden.x, gevonden.y) == (155_000.123456789, 463_000.987654321)
        assert not gevonden.has_z


@pytest.mark.parametrize(
    ("crs", "basis", "label"),
    [
        ("urn:ogc:def:crs:EPSG::28992", "rd", "EPSG:28992"),
        ("28992", "rd", "EPSG:28992"),
        ("epsg:28992", "rd", "EPSG:28992"),
        ("http://www.opengis.net/def/crs/EPSG/0/28992", "rd", "EPSG:28992"),
        (7415, "rd", "EPSG:7415"),
        (ESRI_RD, "rd", "EPSG:28992"),
        (RD_ZONDER_DATUM + " +towgs84=565.237,50.0087,465.658,0,0,0,0", "rd", "unknown"),
        (4289, "amersfoort", "EPSG:4289"),
        (3857, "etrs89", "EPSG:3857"),
        (25831, "etrs89", "EPSG:25831"),
        (32631, "etrs89", "EPSG:32631"),
    ],
)
def test_labels_are_understood_by_what_they_stand_on(crs, basis, label):
    stelsel = parse_crs(crs)
    assert stelsel.basis == basis
    if label != "unknown":
        assert stelsel.label == label


def test_longitude_and_latitude_on_amersfoort_are_projected_without_a_datum_shift():
    # The origin of RD is by definition at this place on the Bessel ellipsoid.
    gevonden = to_rd(point(5.38763888888889, 52.1561605555556), 4289)[0]
    assert np.hypot(gevonden.x - 155_000, gevonden.y - 463_000) < 1e-4


@pytest.mark.parametrize("crs", [2154, 31370, "+proj=longlat +ellps=bessel", "onzin", "EPSG:1"])
def test_a_crs_without_a_sure_road_to_rd_is_refused_with_an_option_to_name_another(crs):
    with pytest.raises(CrsError) as gevangen:
        parse_crs(crs, "kaart.gpkg")
    assert gevangen.value.waar == "kaart.gpkg"
    assert "--crs" in gevangen.value.herstel


def test_numbers_without_a_place_in_rd_are_found_outside():
    omgezet = to_rd(np.array([shapely.Point(155_000, 463_000), None], dtype=object), 4326)
    assert outside_rd(omgezet).tolist() == [True, False]


def test_the_grid_is_used_where_proj_has_it(data_map):
    programma = (
        "import pyproj, numpy, shapely\n"
        f"pyproj.datadir.append_data_dir({str(data_map / 'rdnaptrans')!r})\n"
        "from kaartlagen.crs import grid_available, parse_crs, to_rd\n"
        "assert grid_available() and parse_crs(4326).nauwkeurigheid_m == 0.001\n"
        f"for naam, lon, lat, x, y in {CONTROLEPUNTEN!r}:\n"
        "    p = to_rd(numpy.array([shapely.Point(lon, lat)], dtype=object), 4326)[0]\n"
        "    assert numpy.hypot(p.x - x, p.y - y) < 0.005, naam\n"
        "ver = to_rd(numpy.array([shapely.Point(2.0, 55.5)], dtype=object), 4326)[0]\n"
        "assert numpy.isfinite([ver.x, ver.y]).all()\n"
    )
    subprocess.run([sys.executable, "-c", programma], check=True)


def test_without_the_grid_the_accuracy_says_so():
    assert parse_crs(4326).nauwkeurigheid_m == (0.001 if grid_available() else 0.25)
