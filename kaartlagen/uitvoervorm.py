"""The form that a layer must have before it goes out: names, CRS and one geometry type.

The rules are those of the PDOK GeoPackage validator: names (RQ1, RQ6, RQ21), one allowed
geometry type per layer (RQ14, RQ15), EPSG:28992 (RQ22), valid and simple geometry (RQ23)
that is never missing or empty (RQ24), a geometry column `geom` (RC17), two dimensions
(RC19) and outer rings counter-clockwise (RC20).
"""

from __future__ import annotations

import re
from typing import Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from kaartlagen.errors import CrsError, KolomError, OpslagError

Geometrietype = Literal["MultiPolygon", "MultiLineString", "Point", "MultiPoint"]

GEOMETRIEKOLOM = "geom"
FID = "fid"

_NAAM = re.compile(r"[a-z][a-z0-9_]{0,56}")
_TYPEN: tuple[tuple[frozenset[str], Geometrietype], ...] = (
    (frozenset({"Point"}), "Point"),
    (frozenset({"Point", "MultiPoint"}), "MultiPoint"),
    (frozenset({"LineString", "MultiLineString"}), "MultiLineString"),
    (frozenset({"Polygon", "MultiPolygon"}), "MultiPolygon"),
)


def has_geometry(frame: pd.DataFrame) -> bool:
    """Whether a frame is a layer with geometry (even without rows) and not a table."""
    return isinstance(frame, gpd.GeoDataFrame)


def require_names(laag: str, frame: pd.DataFrame) -> None:
    """Refuse names that a GeoPackage for PDOK may not have.

    Raises
    ------
    KolomError
        When the layer or a column is not called in lower-case letters, digits and
        underscores (at most 57, a letter first), twice the same, or `fid` or `geom`.
    """
    actief = frame.geometry.name if isinstance(frame, gpd.GeoDataFrame) else None
    kolommen = [str(kolom) for kolom in frame.columns if kolom != actief]
    fout = [naam for naam in (laag, *kolommen) if not _NAAM.fullmatch(naam)]
    bezet = [naam for naam in kolommen if naam in {FID, GEOMETRIEKOLOM}]
    dubbel = [naam for naam in kolommen if kolommen.count(naam) > 1]
    if fout or bezet or dubbel:
        raise KolomError(
            f"deze namen mogen niet in een GeoPackage: {', '.join((fout + bezet + dubbel)[:5])}.",
            waar=f"laag {laag}",
            herstel="Gebruik kleine letters, cijfers en liggende streepjes, elke naam eenmaal.",
        )


def require_rd(laag: str, frame: gpd.GeoDataFrame) -> None:
    """Refuse a layer that is not in EPSG:28992 or has rows without geometry.

    Raises
    ------
    CrsError
        When the CRS is absent or another one.
    OpslagError
        When geometry is missing or empty.
    """
    if frame.crs is None or frame.crs.to_epsg() != 28992:
        raise CrsError(
            "de laag staat niet in RD (EPSG:28992).",
            waar=f"laag {laag}",
            herstel="Zet de laag eerst om naar RD.",
        )
    geometrieen = frame.geometry.to_numpy()
    leeg = shapely.is_missing(geometrieen) | shapely.is_empty(geometrieen)
    if leeg.any():
        raise OpslagError(
            f"{int(leeg.sum())} rijen hebben geen geometrie (de eerste is rij {_first(leeg)}).",
            waar=f"laag {laag}",
            herstel="Vul de geometrie aan of laat deze rijen weg.",
        )


def to_one_type(
    laag: str, frame: gpd.GeoDataFrame, geometrietype: Geometrietype | None
) -> gpd.GeoDataFrame:
    """Bring a layer into its outgoing form.

    Parameters
    ----------
    laag
        The layer's name, for messages.
    frame
        Geometry in EPSG:28992. It is not changed.
    geometrietype
        The type to write. None takes it from the rows, and MultiPolygon without rows.

    Returns
    -------
    geopandas.GeoDataFrame
        The same rows in the same order, geometry in column `geom`, two-dimensional, of
        the one type that ``attrs["geometrietype"]`` names, outer rings counter-clockwise.

    Raises
    ------
    CrsError, OpslagError
        As `require_rd`; also OpslagError for mixed types and invalid geometry.
    """
    require_rd(laag, frame)
    geometrieen = shapely.force_2d(frame.geometry.to_numpy())
    soorten = frozenset(frame.geometry.geom_type)
    soort = geometrietype or _common_type(laag, soorten)
    _require_valid(laag, geometrieen)
    if soort == "MultiPolygon":
        geometrieen = shapely.orient_polygons(geometrieen, exterior_cw=False)
    geometrieen = _promote(laag, geometrieen, soorten, soort)
    uit = frame.drop(columns=frame.geometry.name)
    uit = gpd.GeoDataFrame(
        pd.DataFrame(uit), geometry=gpd.GeoSeries(geometrieen, index=uit.index, crs=28992)
    ).rename_geometry(GEOMETRIEKOLOM)
    uit.attrs = {"geometrietype": soort}
    return uit


def _common_type(laag: str, soorten: frozenset[str]) -> Geometrietype:
    if not soorten:
        return "MultiPolygon"
    for past, soort in _TYPEN:
        if soorten <= past:
            return soort
    raise OpslagError(
        f"de laag mengt geometriesoorten: {', '.join(sorted(soorten))}.",
        waar=f"laag {laag}",
        herstel="Schrijf elke soort in een eigen laag.",
    )


def _promote(
    laag: str,
    geometrieen: np.ndarray[tuple[int], np.dtype[np.object_]],
    soorten: frozenset[str],
    soort: Geometrietype,
) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    """Wrap single geometries where the layer is of a multi type."""
    past = next((past for past, naam in _TYPEN if naam == soort), frozenset())
    if not soorten <= past:
        raise OpslagError(
            f"de laag is van soort {soort}, maar bevat ook {', '.join(sorted(soorten - past))}.",
            waar=f"laag {laag}",
            herstel="Schrijf elke soort in een eigen laag.",
        )
    maak = {
        "MultiPolygon": shapely.MultiPolygon,
        "MultiLineString": shapely.MultiLineString,
        "MultiPoint": shapely.MultiPoint,
    }.get(soort)
    if maak is None:
        return geometrieen
    uit = np.empty(len(geometrieen), dtype=object)
    uit[:] = [g if g.geom_type == soort else maak([g]) for g in geometrieen]
    return uit


def _require_valid(laag: str, geometrieen: np.ndarray[tuple[int], np.dtype[np.object_]]) -> None:
    ongeldig = ~(shapely.is_valid(geometrieen) & shapely.is_simple(geometrieen))
    if ongeldig.any():
        rij = _first(ongeldig)
        raise OpslagError(
            f"{int(ongeldig.sum())} geometrieën zijn ongeldig; de eerste is rij {rij}: "
            f"{shapely.is_valid_reason(geometrieen[rij - 1])}.",
            waar=f"laag {laag}",
            herstel="Herstel de geometrie; bij `laag inlezen` gebeurt dat vanzelf.",
        )


def _first(masker: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> int:
    """Give the number of the first marked row, counted from 1 as people do."""
    return int(np.argmax(masker)) + 1
