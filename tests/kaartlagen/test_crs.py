"""Transformation to RD and back: control points, the named pipelines, the labels understood."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS

from kaartlagen.crs import (
    grid_available,
    outside_rd,
    parse_crs,
    to_lonlat,
    to_rd,
)
from kaartlagen.errors import CrsError
from kaartlagen.projdata import GRID, GRIDMAP, add_grid_folder, find_grid
from tests.kaartlagen.rdnaptrans import Z001, etrs89_to_rd, read_grid

ESRI_RD = (
    'PROJCS["RD_New",GEOGCS["GCS_Amersfoort",DATUM["D_Amersfoort",'
    'SPHEROID["Bessel_1841",6377397.155,299.1528128]],PRIMEM["Greenwich",0.0],'
    'UNIT["Degree",0.0174532925199433]],PROJECTION["Double_Stereographic"],'
    'PARAMETER["False_Easting",155000.0],PARAMETER["False_Northing",463000.0],'
    'PARAMETER["Central_Meridian",5.38763888888889],PARAMETER["Scale_Factor",0.9999079],'
    'PARAMETER["Latitude_Of_Origin",52.15616055555555],UNIT["Meter",1.0]]'
)
RD_PROJ = (
    "+proj=sterea +lat_0=52.1561605555556 +lon_0=5.38763888888889 +k=0.9999079 "
    "+x_0=155000 +y_0=463000 +ellps=bessel +units=m +no_defs"
)
# What PROJ texts of RD have carried through the years; the last two are wrong by metres.
VERSCHUIVINGEN = {
    "565.04,49.91,465.84,-0.40939438743923,0.35970519561431,-1.868491000350572,4.0772": True,
    "565.2369,50.0087,465.658,-0.406857330322398,0.350732676542563,-1.8703473836068,4.0812": True,
    "565.417,50.3319,465.552,-0.398957388243134,0.343987817378283,-1.87740163998045,4.0725": True,
    "593.16,26.15,478.54,-6.3239,-0.5008,-5.5487,4.0775": False,
    "565.237,50.0087,465.658": False,
}


@pytest.fixture
def met_grid(data_map, monkeypatch) -> Path:
    """The folder with the grids, named as users do."""
    monkeypatch.setenv("DAEB_RDNAPTRANS", str(data_map / "rdnaptrans"))
    return data_map / "rdnaptrans"


@pytest.fixture
def zonder_proj_data(monkeypatch) -> None:
    """No folder with grids is named or known."""
    for naam in ("DAEB_RDNAPTRANS", "PROJ_DATA", "PROJ_LIB"):
        monkeypatch.delenv(naam, raising=False)
    monkeypatch.setattr("kaartlagen.projdata._mappen", {})


@pytest.fixture
def zonder_grid(monkeypatch) -> None:
    """A machine that has the grid nowhere."""
    monkeypatch.setattr("kaartlagen.crs.find_grid", lambda _ook: None)


def point(x: float, y: float) -> np.ndarray:
    return np.array([shapely.Point(x, y)], dtype=object)


def points(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.asarray(shapely.points(x, y), dtype=object)


def apart(vormen: np.ndarray, x: np.ndarray, y: np.ndarray) -> float:
    """The largest distance, in metres for RD."""
    return float(np.hypot(shapely.get_x(vormen) - x, shapely.get_y(vormen) - y).max())


def test_with_the_grid_official_points_come_out_within_a_millimetre(met_grid):
    _, lat, lon, x, y = Z001.T
    for crs in (4326, "EPSG:4258", "OGC:CRS84", 4937):
        assert parse_crs(crs).nauwkeurigheid_m == 0.001
        assert apart(to_rd(points(lon, lat), crs), x, y) < 0.001


def test_without_the_grid_official_points_come_out_within_a_quarter_metre(zonder_grid):
    _, lat, lon, x, y = Z001.T
    assert parse_crs(4326).nauwkeurigheid_m == 0.25
    assert 0.1 < apart(to_rd(points(lon, lat), 4326), x, y) < 0.25


def test_the_published_formulas_written_out_hit_the_official_points(met_grid):
    grid = read_grid(met_grid / "nl_nsgi_rdcorr2018.tif")
    _, lat, lon, x, y = Z001[(Z001[:, 1] < 53.9) & (Z001[:, 2] > 2.6)].T
    gevonden = etrs89_to_rd(lat, lon, grid)
    assert np.hypot(gevonden[0] - x, gevonden[1] - y).max() < 0.0005


def test_at_every_place_in_the_window_of_rd_it_is_the_published_formulas_to_a_millimetre(met_grid):
    x, y = np.meshgrid(np.linspace(-7_000, 300_000, 180), np.linspace(289_000, 629_000, 200))
    lonlat = to_lonlat(points(x.ravel(), y.ravel()))
    lon, lat = shapely.get_x(lonlat), shapely.get_y(lonlat)
    grid = read_grid(met_grid / "nl_nsgi_rdcorr2018.tif")
    binnen = (lon > grid.west) & (lat > 50.0)
    assert binnen.mean() > 0.99
    verwacht = etrs89_to_rd(lat[binnen], lon[binnen], grid)
    assert apart(to_rd(lonlat[binnen], 4258), *verwacht) < 0.001


def test_there_and_back_is_the_same_place_to_a_millimetre_with_and_without_grid(
    met_grid, monkeypatch
):
    x, y = np.meshgrid(np.linspace(-7_000, 300_000, 60), np.linspace(289_000, 629_000, 60))
    x, y = x.ravel(), y.ravel()
    assert grid_available()
    assert apart(to_rd(to_lonlat(points(x, y)), 4258), x, y) < 0.001
    monkeypatch.setattr("kaartlagen.crs.find_grid", lambda _ook: None)
    assert not grid_available()
    assert apart(to_rd(to_lonlat(points(x, y)), 4258), x, y) < 0.001


def test_rd_to_lonlat_hits_the_official_points_too(met_grid):
    _, lat, lon, x, y = Z001.T
    terug = to_lonlat(points(x, y))
    noord = (shapely.get_y(terug) - lat) * 111_250
    oost = (shapely.get_x(terug) - lon) * 111_320 * np.cos(np.radians(lat))
    assert np.hypot(noord, oost).max() < 0.001


def test_outside_the_grid_the_coarse_road_is_taken(met_grid):
    ver = to_rd(point(2.0, 55.5), 4326)[0]
    assert np.isfinite([ver.x, ver.y]).all()


def test_the_grid_is_found_in_the_project_too(data_map, tmp_path, zonder_proj_data):
    map_ = tmp_path / "mijn project" / "lagen" / GRIDMAP
    map_.mkdir(parents=True)
    assert find_grid() is None
    add_grid_folder(map_)
    assert find_grid() is None
    shutil.copy(data_map / "rdnaptrans" / GRID, map_)
    assert find_grid() == map_ / GRID
    assert grid_available()
    _, lat, lon, x, y = Z001.T
    assert apart(to_rd(points(lon, lat), 4326), x, y) < 0.001


def test_a_damaged_grid_is_no_grid(tmp_path, monkeypatch):
    (tmp_path / GRID).write_bytes(b"II*\x00 geen raster")
    monkeypatch.setenv("DAEB_RDNAPTRANS", str(tmp_path))
    assert not grid_available()
    assert parse_crs(4326).nauwkeurigheid_m == 0.25


def test_wgs84_and_etrs89_give_the_same_place():
    assert to_rd(point(5.0, 52.0), 4326)[0].equals(to_rd(point(5.0, 52.0), 4258)[0])


@given(x=st.floats(10_000, 280_000), y=st.floats(300_000, 620_000))
def test_to_lonlat_and_back_is_the_same_place(x, y):
    terug = to_rd(to_lonlat(point(x, y)), 4258)[0]
    assert np.hypot(terug.x - x, terug.y - y) < 0.002


def test_rd_keeps_its_numbers_to_the_last_digit_and_loses_its_height():
    hoog = np.array([shapely.Point(155_000.123456789, 463_000.987654321, 12.5)], dtype=object)
    for crs in (28992, 7415, ESRI_RD, f"{RD_PROJ} +towgs84={next(iter(VERSCHUIVINGEN))}"):
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
        (28991, "amersfoort", "EPSG:28991"),
        ("+init=epsg:28992", "rd", "EPSG:28992"),
        (4289, "amersfoort", "EPSG:4289"),
        (3857, "etrs89", "EPSG:3857"),
        (25831, "etrs89", "EPSG:25831"),
        (32631, "etrs89", "EPSG:32631"),
    ],
)
def test_labels_are_understood_by_what_they_stand_on(crs, basis, label):
    stelsel = parse_crs(crs)
    assert (stelsel.basis, stelsel.label) == (basis, label)


def test_longitude_and_latitude_on_amersfoort_are_projected_without_a_datum_shift():
    # The origin of RD is by definition at this place on the Bessel ellipsoid.
    gevonden = to_rd(point(5.38763888888889, 52.1561605555556), 4289)[0]
    assert np.hypot(gevonden.x - 155_000, gevonden.y - 463_000) < 1e-4


@pytest.mark.parametrize("verschuiving", VERSCHUIVINGEN)
def test_an_old_definition_of_rd_is_rd_when_its_datum_shift_is_right(verschuiving):
    crs = f"{RD_PROJ} +towgs84={verschuiving}"
    if VERSCHUIVINGEN[verschuiving]:
        stelsel = parse_crs(crs)
        assert (stelsel.basis, stelsel.label) == ("rd", "EPSG:28992")
        assert "datumverschuiving" in str(stelsel.opmerking)
    else:
        with pytest.raises(CrsError, match="verouderde datumverschuiving") as gevangen:
            parse_crs(crs)
        assert "--crs EPSG:28992" in gevangen.value.herstel


@pytest.mark.parametrize(
    "crs",
    [
        RD_PROJ,
        f"{RD_PROJ} +nadgrids=@null",
        ESRI_RD.replace("D_Amersfoort", "D_unknown"),
        ESRI_RD.replace("D_Amersfoort", "Unknown based on Bessel 1841 ellipsoid"),
    ],
)
def test_the_projection_of_rd_without_its_datum_is_refused(crs):
    with pytest.raises(CrsError, match="zonder het datum Amersfoort") as gevangen:
        parse_crs(crs, "kaart.shp")
    assert "--crs EPSG:28992" in gevangen.value.herstel


def test_heights_are_noticed_in_the_label():
    assert [parse_crs(c).hoogte for c in (28992, 7415, 4258, 4937)] == [False, True, False, True]


@pytest.mark.parametrize(
    "crs",
    [
        2154, 31370, 23031, 4978, 5709, "+proj=longlat +ellps=bessel", "onzin", "EPSG:1", "",
        "9" * 5000, "GEOGCS[" * 50, "x" * 200_000,
        "+proj=sterea +lat_0=521 +lon_0=5 +datum=WGS84",
        CRS(28991).to_wkt().replace("52.1561605555556", "521.561605555556"),
    ],
)  # fmt: skip
def test_a_crs_without_a_sure_road_to_rd_is_refused_with_an_option_to_name_another(crs):
    with pytest.raises(CrsError) as gevangen:
        parse_crs(crs, "kaart.gpkg")
    assert gevangen.value.waar == "kaart.gpkg"
    assert "--crs" in gevangen.value.herstel


def test_numbers_without_a_place_in_rd_are_found_outside():
    omgezet = to_rd(np.array([shapely.Point(155_000, 463_000), None], dtype=object), 4326)
    assert outside_rd(omgezet).tolist() == [True, False]
