"""The one place that transforms coordinates: everything is brought to RD (EPSG:28992) once.

Rules (`domein.md` section 6): a file's label is believed, never guessed, but the numbers
must fit it. WGS 84 is taken as ETRS89, because the direct operation between WGS 84 and RD
does not use the RDNAPTRANS grid. The pipelines between ETRS89 and RD are named here: with
the grid where PROJ has it (accuracy 0.001 m), else and outside the grid by Helmert
(0.25 m). Axis order is always east, north (or lon, lat).
"""

from __future__ import annotations

import functools
import warnings
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError as PyprojCrsError
from pyproj.exceptions import ProjError

from kaartlagen.errors import CrsError

RD = 28992
Geometrieen = NDArray[np.object_]
Omzetting = Literal["geen", "grid", "helmert", "amersfoort"]

VENSTER_RD = (-7_000.0, 289_000.0, 300_000.0, 629_000.0)
"""Where RD coordinates can lie: x_min, y_min, x_max, y_max (`domein.md` section 6)."""

_RD_PROJECTIE = (
    "+step +proj=sterea +lat_0=52.1561605555556 +lon_0=5.38763888888889 +k=0.9999079 "
    "+x_0=155000 +y_0=463000 +ellps=bessel"
)
_NAAR_RADIALEN = "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad "
# EPSG "Amersfoort to ETRS89 (9)" and "(8)", both the other way round.
_GRID = f"{_NAAR_RADIALEN}+step +inv +proj=hgridshift +grids=nl_nsgi_rdtrans2018.tif "
_HELMERT = (
    f"{_NAAR_RADIALEN}+step +proj=push +v_3 +step +proj=cart +ellps=GRS80 "
    "+step +inv +proj=helmert +x=565.7381 +y=50.4018 +z=465.2904 +rx=0.395025981036064 "
    "+ry=-0.330772431242031 +rz=1.87607329462821 +s=4.07244 +convention=coordinate_frame "
    "+step +inv +proj=cart +ellps=bessel +step +proj=pop +v_3 "
)
_NAUWKEURIGHEID_M: dict[Omzetting, float] = {
    "geen": 0.0,
    "amersfoort": 0.0,
    "grid": 0.001,
    "helmert": 0.25,
}
_RD_PARAMETERS = {
    "Latitude of natural origin": (52.156160555555, 1e-6),
    "Longitude of natural origin": (5.387638888889, 1e-6),
    "Scale factor at natural origin": (0.9999079, 1e-9),
    "False easting": (155_000.0, 1e-3),
    "False northing": (463_000.0, 1e-3),
}


@dataclass(frozen=True, slots=True)
class Stelsel:
    """A CRS that can be brought to RD, and by which road.

    `label` is how people name it (``EPSG:4326``, or its name where it has no code);
    `basis` tells on which datum it stands: RD itself, Amersfoort, or ETRS89 (WGS 84 is
    taken as ETRS89).
    """

    label: str
    basis: Literal["rd", "amersfoort", "etrs89"]
    definitie: str

    @property
    def omzetting(self) -> Omzetting:
        """The operation that brings this CRS to RD on this machine."""
        if self.basis == "rd":
            return "geen"
        if self.basis == "amersfoort":
            return "amersfoort"
        return "grid" if _etrs89_to_rd(True) is not None else "helmert"

    @property
    def nauwkeurigheid_m(self) -> float:
        """How far, in metres, the transformed coordinates may lie from the truth."""
        return _NAUWKEURIGHEID_M[self.omzetting]


def parse_crs(crs: str | int, waar: str = "") -> Stelsel:
    """Understand a CRS label and say by which road it reaches RD.

    Parameters
    ----------
    crs
        EPSG number, ``EPSG:28992``, URN, OGC address, WKT (an ESRI .prj too) or PROJ text.
    waar
        File and layer, for the message.

    Raises
    ------
    CrsError
        When the text is no CRS, or stands on a datum without a sure road to RD.
    """
    try:
        with warnings.catch_warnings():
            # pyproj warns that PROJ text loses the datum; the checks below see to that.
            warnings.simplefilter("ignore", UserWarning)
            geheel = CRS.from_user_input(int(crs) if str(crs).strip().isdigit() else crs)
            plat = _horizontal(geheel)
            label = _label(geheel if geheel.is_compound else plat)
            return Stelsel(label, _basis(plat, label, waar), plat.to_wkt())
    except PyprojCrsError as fout:
        raise CrsError(
            f"het coördinatenstelsel {str(crs)[:60]!r} is onbekend.",
            waar=waar,
            herstel="Geef het op als EPSG-code, bijvoorbeeld --crs EPSG:28992.",
        ) from fout


def to_rd(geometries: Geometrieen, crs: str | int) -> Geometrieen:
    """Bring geometries to RD.

    Parameters
    ----------
    geometries
        Array of shapely geometries (None allowed), coordinates in `crs`, east or lon first.
    crs
        As in `parse_crs`.

    Returns
    -------
    ndarray of object
        One geometry per input, two-dimensional, EPSG:28992. Where a coordinate has no
        place in RD it becomes infinite: `outside_rd` finds those.

    Raises
    ------
    CrsError
        As `parse_crs`.
    """
    stelsel = parse_crs(crs)
    plat: Geometrieen = shapely.force_2d(geometries)
    if stelsel.basis == "rd":
        return plat
    omgezet: Geometrieen = shapely.transform(plat, lambda xy: _points_to_rd(xy, stelsel))
    return omgezet


def to_lonlat(geometries: Geometrieen) -> Geometrieen:
    """Bring RD geometries to ETRS89 longitude and latitude in degrees (EPSG:4258).

    Parameters
    ----------
    geometries
        Array of shapely geometries (None allowed) in EPSG:28992.

    Returns
    -------
    ndarray of object
        One two-dimensional geometry per input, lon first.
    """
    plat: Geometrieen = shapely.force_2d(geometries)
    omgezet: Geometrieen = shapely.transform(plat, _points_to_lonlat)
    return omgezet


def outside_rd(geometries: Geometrieen) -> NDArray[np.bool_]:
    """Mark the geometries (EPSG:28992) that reach outside the window of RD; None is inside."""
    grenzen = shapely.bounds(geometries)
    x_min, y_min, x_max, y_max = VENSTER_RD
    binnen = (
        (grenzen[:, 0] >= x_min)
        & (grenzen[:, 1] >= y_min)
        & (grenzen[:, 2] <= x_max)
        & (grenzen[:, 3] <= y_max)
    )
    leeg = shapely.is_missing(geometries) | shapely.is_empty(geometries)
    buiten: NDArray[np.bool_] = ~binnen & ~leeg
    return buiten


def grid_available() -> bool:
    """Say whether PROJ has the RDNAPTRANS2018 grid on this machine."""
    return _etrs89_to_rd(True) is not None


def _horizontal(crs: CRS) -> CRS:
    """The horizontal CRS itself: without height, and without a transformation bound to it."""
    plat = crs
    if plat.is_compound:
        plat = plat.sub_crs_list[0]
    if plat.is_bound and plat.source_crs is not None:
        plat = plat.source_crs
    return plat.to_2d()


def _label(crs: CRS) -> str:
    autoriteit = crs.to_authority(min_confidence=90)
    return ":".join(autoriteit) if autoriteit else crs.name


def _basis(crs: CRS, label: str, waar: str) -> Literal["rd", "amersfoort", "etrs89"]:
    if _is_rd(crs):
        return "rd"
    datum = (crs.datum.name if crs.datum else "").lower()
    if "amersfoort" in datum:
        return "amersfoort"
    if "wgs" in datum or "world geodetic system 1984" in datum:
        return "etrs89"
    if "european terrestrial reference" in datum or "etrs" in datum:
        return "etrs89"
    if crs.ellipsoid is not None and "bessel" in crs.ellipsoid.name.lower():
        raise CrsError(
            f"het coördinatenstelsel ({label}) noemt wel de ellipsoïde van Bessel maar niet het "
            "datum Amersfoort; zonder datum kan de ligging ruim 100 m verschuiven.",
            waar=waar,
            herstel="Zeg zelf welk stelsel het is: --crs EPSG:28992 (RD), --crs EPSG:4289 "
            "(lengte/breedte op Bessel) of --crs EPSG:4258 (ETRS89).",
        )
    raise CrsError(
        f"het coördinatenstelsel {label} wordt niet gelezen.",
        waar=waar,
        herstel="Gelezen worden RD, ETRS89 en WGS 84 (EPSG:28992, 7415, 4258, 4326, 3857, "
        "UTM). Zet het bestand om naar RD, of zeg met --crs welk van deze het is.",
    )


def _is_rd(crs: CRS) -> bool:
    """Recognise RD New by its numbers: an ESRI .prj has its own names and no datum shift."""
    bewerking = crs.coordinate_operation
    if not crs.is_projected or bewerking is None:
        return False
    if crs.ellipsoid is None or "bessel" not in crs.ellipsoid.name.lower():
        return False
    waarden = {p.name: float(p.value) for p in bewerking.params}
    if "stereographic" not in bewerking.method_name.lower().replace("_", " "):
        return False
    return all(
        abs(waarden.get(naam, np.inf) - waarde) <= speling
        for naam, (waarde, speling) in _RD_PARAMETERS.items()
    )


def _points_to_rd(xy: NDArray[np.float64], stelsel: Stelsel) -> NDArray[np.float64]:
    heen = _to_geographic(stelsel.definitie)
    lon, lat = xy[:, 0], xy[:, 1]
    if heen is not None:
        lon, lat = heen.transform(lon, lat, errcheck=False)
    if stelsel.basis == "amersfoort":
        return np.column_stack(_bessel_to_rd().transform(lon, lat, errcheck=False))
    return np.column_stack(_with_fallback(lon, lat, "FORWARD"))


def _points_to_lonlat(xy: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.column_stack(_with_fallback(xy[:, 0], xy[:, 1], "INVERSE"))


def _with_fallback(een: Any, ander: Any, richting: Any) -> tuple[Any, Any]:
    """Use the grid where it reaches, Helmert elsewhere (sea, across the border)."""
    helmert = _etrs89_to_rd(False)
    grid = _etrs89_to_rd(True)
    if helmert is None:
        raise CrsError(
            "de rekenregels van PROJ ontbreken op deze machine.",
            herstel="Installeer pyproj opnieuw.",
        )
    if grid is None:
        x, y = helmert.transform(een, ander, errcheck=False, direction=richting)
        return x, y
    x, y = grid.transform(een, ander, errcheck=False, direction=richting)
    mist = ~np.isfinite(x)
    if mist.any():
        x[mist], y[mist] = helmert.transform(
            een[mist], ander[mist], errcheck=False, direction=richting
        )
    return x, y


@functools.cache
def _etrs89_to_rd(grid: bool) -> Transformer | None:
    """The named pipeline, lon/lat in degrees to RD; None where the grid file is absent."""
    try:
        return Transformer.from_pipeline((_GRID if grid else _HELMERT) + _RD_PROJECTIE)
    except ProjError:
        return None


@functools.cache
def _bessel_to_rd() -> Transformer:
    """Longitude and latitude on Amersfoort to RD: the projection alone, exact."""
    return Transformer.from_pipeline(_NAAR_RADIALEN + _RD_PROJECTIE)


@functools.lru_cache(maxsize=32)
def _to_geographic(definitie: str) -> Transformer | None:
    """Undo the projection of a projected CRS; None for one that is geographic already."""
    crs = CRS.from_wkt(definitie)
    if crs.is_geographic and crs.axis_info[0].unit_name == "degree":
        return None
    basis = crs.geodetic_crs
    return Transformer.from_crs(crs, basis, always_xy=True)
