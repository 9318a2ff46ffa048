"""The one place that transforms coordinates: everything is brought to RD (EPSG:28992) once.

Rules (`domein.md` section 6): a file's label is believed, never guessed, but the numbers
must fit it. WGS 84 is taken as ETRS89, because the direct operation between WGS 84 and RD
does not use the RDNAPTRANS grid. The pipelines between ETRS89 and RD are named here: with
the grid where `kaartlagen.projdata` finds it (accuracy 0.001 m; the whole window of RD lies
in it), else and outside the grid by Helmert (0.25 m). Axis order is always east, north (or
lon, lat).
"""

from __future__ import annotations

import functools
import os
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.datadir import get_data_dir, get_user_data_dir  # type: ignore[attr-defined]
from pyproj.exceptions import CRSError as PyprojCrsError
from pyproj.exceptions import ProjError

from kaartlagen import crsfouten
from kaartlagen.errors import CrsError
from kaartlagen.getallen import decimal
from kaartlagen.projdata import find_grid

RD = 28992
Geometrieen = NDArray[np.object_]
Basis = Literal["rd", "amersfoort", "etrs89"]
Omzetting = Literal["geen", "grid", "helmert", "amersfoort"]
"""How coordinates came to RD: not at all, with the grid of RDNAPTRANS2018 (0.001 m), by the
seven parameters alone (0.25 m), or by the map projection alone, which is exact."""

VENSTER_RD = (-7_000.0, 289_000.0, 300_000.0, 629_000.0)
"""Where RD coordinates can lie: x_min, y_min, x_max, y_max (`domein.md` section 6)."""

_RD_PROJECTIE = (
    "+step +proj=sterea +lat_0=52.1561605555556 +lon_0=5.38763888888889 +k=0.9999079 "
    "+x_0=155000 +y_0=463000 +ellps=bessel"
)
_NAAR_RADIALEN = "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad "
# EPSG "Amersfoort to ETRS89 (9)" and "(8)", both the other way round.
_GRID = '+step +inv +proj=hgridshift +grids="{}" '
_HELMERT = (
    "+step +proj=push +v_3 +step +proj=cart +ellps=GRS80 "
    "+step +inv +proj=helmert {} "
    "+step +inv +proj=cart +ellps=bessel +step +proj=pop +v_3 "
)
_OFFICIEEL = (
    "+x=565.7381 +y=50.4018 +z=465.2904 +rx=0.395025981036064 "
    "+ry=-0.330772431242031 +rz=1.87607329462821 +s=4.07244 +convention=coordinate_frame"
)
_PROEFPUNTEN = ((90_000.0, 437_000.0), (176_000.0, 318_000.0), (233_000.0, 582_000.0))
"""Rotterdam, Maastricht and Groningen in RD: where a datum shift of a label is tried."""

_MAX_VERSCHUIVING_M = 0.5
"""So far may a label's own datum shift lie off before its RD is not believed."""

_MAX_LABEL = 100_000
_RD_METHODEN = frozenset({"oblique stereographic", "double stereographic"})
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
    taken as ETRS89). `hoogte` is True where it has heights too, which are dropped;
    `opmerking` (Dutch) says what is odd about it, None for nothing.
    """

    label: str
    basis: Basis
    definitie: str
    hoogte: bool = False
    opmerking: str | None = None

    @property
    def omzetting(self) -> Omzetting:
        """The operation that brings this CRS to RD on this machine."""
        if self.basis == "rd":
            return "geen"
        if self.basis == "amersfoort":
            return "amersfoort"
        return "grid" if _grid_to_rd() is not None else "helmert"

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
    if len(str(crs)) > _MAX_LABEL:
        raise crsfouten.unknown(str(crs), waar)
    try:
        with warnings.catch_warnings():
            # pyproj warns that PROJ text loses the datum; the checks below see to that.
            warnings.simplefilter("ignore")
            geheel = CRS.from_user_input(int(crs) if str(crs).strip().isdecimal() else crs)
            plat = _horizontal(geheel)
            label = _label(geheel if geheel.is_compound else plat)
            basis, opmerking = _basis(geheel, plat, label, waar)
            label = f"EPSG:{RD}" if opmerking else label
            hoogte = len(geheel.axis_info) > 2
            if basis != "rd":
                _to_geographic(plat.to_wkt())  # a projection with impossible numbers fails here
            return Stelsel(label, basis, plat.to_wkt(), hoogte, opmerking)
    except (PyprojCrsError, ProjError, OverflowError, ValueError) as fout:
        raise crsfouten.unknown(str(crs), waar) from fout


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
    return _grid_to_rd() is not None


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


def _basis(geheel: CRS, plat: CRS, label: str, waar: str) -> tuple[Basis, str | None]:
    """Say on what a CRS stands, and what is odd about it; refuse what has no sure road to RD."""
    datum = (plat.datum.name if plat.datum else "").lower()
    if _is_rd(plat):
        return "rd", _rd_remark(geheel, "amersfoort" in datum, label, waar)
    if plat.is_geographic or plat.is_projected:
        if "amersfoort" in datum:
            return "amersfoort", None
        if any(naam in datum for naam in ("wgs", "world geodetic system 1984")):
            return "etrs89", None
        if any(naam in datum for naam in ("european terrestrial reference", "etrs")):
            return "etrs89", None
    if plat.ellipsoid is not None and "bessel" in plat.ellipsoid.name.lower():
        raise crsfouten.bessel_without_datum(label, waar)
    raise crsfouten.not_read(label, waar)


def _rd_remark(geheel: CRS, amersfoort: bool, label: str, waar: str) -> str | None:
    """Judge what a label with the projection of RD says of the datum.

    Numbers in RD need no datum shift. But who made them by such a label from GPS
    coordinates used its shift, and with an old one, or none, they lie up to 100 m off; the
    numbers themselves do not show it.
    """
    verschuiving = _datum_shift(geheel)
    if not verschuiving:
        if amersfoort or "rdtrans" in geheel.to_wkt():
            return None
        raise crsfouten.rd_without_datum(label, waar)
    ver = _shift_error_m(verschuiving)
    if ver > _MAX_VERSCHUIVING_M:
        raise crsfouten.rd_with_old_shift(label, ver, waar)
    if amersfoort:
        return None
    return (
        "De omschrijving noemt het datum Amersfoort niet, maar de datumverschuiving is die van "
        f"RD op {decimal(max(ver, 0.01), 2)} m na; het is als RD gelezen."
    )


def _datum_shift(crs: CRS) -> tuple[float, ...]:
    """Give the shift to WGS 84 that a label carries (towgs84); empty when it has none."""
    deel = crs.sub_crs_list[0] if crs.is_compound else crs
    bewerking = deel.coordinate_operation if deel.is_bound else None
    return tuple(bewerking.towgs84) if bewerking is not None else ()


def _shift_error_m(verschuiving: Sequence[float]) -> float:
    """Say how far RD numbers lie off at worst that were made with this datum shift."""
    namen = ("x", "y", "z", "rx", "ry", "rz", "s")
    volledig = (*verschuiving, *(0.0,) * 7)[:7]
    waarden = " ".join(f"+{n}={w!r}" for n, w in zip(namen, volledig, strict=True))
    eigen = _pipeline(_HELMERT.format(f"{waarden} +convention=position_vector"))
    officieel = _helmert_to_rd()
    if eigen is None or officieel is None:
        return float("inf")
    echt = np.array(_PROEFPUNTEN)
    lon, lat = officieel.transform(echt[:, 0], echt[:, 1], direction="INVERSE")
    x, y = eigen.transform(lon, lat, errcheck=False)
    return float(np.hypot(x - echt[:, 0], y - echt[:, 1]).max())


def _is_rd(crs: CRS) -> bool:
    """Recognise RD New by its numbers: an ESRI .prj has its own names and no datum shift."""
    bewerking = crs.coordinate_operation
    if not crs.is_projected or bewerking is None:
        return False
    if crs.ellipsoid is None or "bessel" not in crs.ellipsoid.name.lower():
        return False
    waarden = {p.name: float(p.value) for p in bewerking.params}
    if bewerking.method_name.lower().replace("_", " ") not in _RD_METHODEN:
        return False
    if any(as_.unit_name not in {"metre", "meter"} for as_ in crs.axis_info):
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
    helmert = _helmert_to_rd()
    grid = _grid_to_rd()
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


def _grid_to_rd() -> Transformer | None:
    """Longitude and latitude (ETRS89) to RD with the grid; None where there is no grid."""
    eigen = (*get_data_dir().split(os.pathsep), get_user_data_dir())
    pad = find_grid(eigen)
    return None if pad is None else _grid_at(pad, pad.stat().st_mtime_ns)


@functools.lru_cache(maxsize=8)
def _grid_at(pad: Path, _gewijzigd: int) -> Transformer | None:
    return _pipeline(_GRID.format(pad.as_posix()))


@functools.cache
def _helmert_to_rd() -> Transformer | None:
    """Longitude and latitude (ETRS89) to RD by the seven parameters alone."""
    return _pipeline(_HELMERT.format(_OFFICIEEL))


def _pipeline(stappen: str) -> Transformer | None:
    """Longitude and latitude in degrees through some steps, then the projection of RD."""
    try:
        return Transformer.from_pipeline(_NAAR_RADIALEN + stappen + _RD_PROJECTIE)
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
