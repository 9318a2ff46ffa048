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
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from kaartlagen.errors import CrsError, KolomError, OpslagError

Geometrietype = Literal["MultiPolygon", "MultiLineString", "Point", "MultiPoint"]

GEOMETRIEKOLOM = "geom"
FID = "fid"

_NAAM = re.compile(r"[a-z][a-z0-9_]{0,56}")
_ONSCHRIJFBAAR = re.compile("[\x00\ud800-\udfff]")
_TYPEN: tuple[tuple[frozenset[str], Geometrietype], ...] = (
    (frozenset({"Point"}), "Point"),
    (frozenset({"Point", "MultiPoint"}), "MultiPoint"),
    (frozenset({"LineString", "MultiLineString"}), "MultiLineString"),
    (frozenset({"Polygon", "MultiPolygon"}), "MultiPolygon"),
)


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
            f"van {_rows(leeg)} is er geen geometrie; de eerste is rij {_first(leeg)}.",
            waar=f"laag {laag}",
            herstel="Vul de geometrie aan of laat deze rijen weg.",
        )


def layer_type(laag: str, frame: gpd.GeoDataFrame) -> Geometrietype:
    """Find the one type that a layer can be written as; MultiPolygon without rows.

    Raises
    ------
    OpslagError
        When the rows mix points, lines and polygons.
    """
    soorten = frozenset(frame.geometry.geom_type)
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


def to_one_type(laag: str, frame: gpd.GeoDataFrame, soort: Geometrietype) -> gpd.GeoDataFrame:
    """Bring a layer into its outgoing form.

    Parameters
    ----------
    laag
        The layer's name, for messages.
    frame
        Geometry in EPSG:28992, of `soort` or its single form. It is not changed.
    soort
        The type to write, as `layer_type` gives it.

    Returns
    -------
    geopandas.GeoDataFrame
        The same rows in the same order, geometry in column `geom`, two-dimensional, of
        type `soort`, outer rings counter-clockwise.

    Raises
    ------
    CrsError, OpslagError
        As `require_rd`; OpslagError also for invalid geometry.
    """
    require_rd(laag, frame)
    geometrieen = shapely.force_2d(frame.geometry.to_numpy())
    _require_valid(laag, geometrieen)
    if soort == "MultiPolygon":
        geometrieen = shapely.orient_polygons(geometrieen, exterior_cw=False)
    kolommen = pd.DataFrame(frame.drop(columns=frame.geometry.name))
    uit = gpd.GeoSeries(_promote(geometrieen, soort), index=frame.index, crs=28992)
    return gpd.GeoDataFrame(kolommen, geometry=uit).rename_geometry(GEOMETRIEKOLOM)


def clean_text(frame: pd.DataFrame) -> pd.DataFrame:
    """Replace what no file of text can hold (NUL, lone surrogates) by the sign �.

    SQLite would end the text at a NUL and say nothing; the sign shows that something
    stood there.
    """
    uit = frame
    for plek, kolom in enumerate(frame.columns):
        reeks = frame.iloc[:, plek]
        if _holds_unwritable(reeks):
            uit = uit.copy() if uit is frame else uit
            uit[kolom] = pd.Series(
                writable_texts(reeks.tolist()), index=frame.index, dtype=reeks.dtype
            )
    return uit


def writable_texts(waarden: list[object]) -> list[object]:
    """Replace NUL and lone surrogates in the texts of a list by the sign �."""
    if not _ONSCHRIJFBAAR.search("".join(w for w in waarden if isinstance(w, str))):
        return waarden
    return [_ONSCHRIJFBAAR.sub("\ufffd", w) if isinstance(w, str) else w for w in waarden]


def _holds_unwritable(reeks: pd.Series) -> bool:
    """Whether a column holds text to be replaced; Arrow text can hold no surrogates."""
    if reeks.dtype == object:
        teksten = "".join(waarde for waarde in reeks if isinstance(waarde, str))
        return _ONSCHRIJFBAAR.search(teksten) is not None
    if not pd.api.types.is_string_dtype(reeks.dtype):
        return False
    return bool(pc.any(pc.match_substring(pa.array(reeks), "\x00")).as_py())


def _promote(
    geometrieen: np.ndarray[tuple[int], np.dtype[np.object_]], soort: Geometrietype
) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    """Wrap single geometries where the layer is of a multi type."""
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
            f"van {_rows(ongeldig)} is de geometrie ongeldig; de eerste is rij {rij}: "
            f"{shapely.is_valid_reason(geometrieen[rij - 1])}.",
            waar=f"laag {laag}",
            herstel="Herstel de geometrie; bij `laag inlezen` gebeurt dat vanzelf.",
        )


def _first(masker: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> int:
    """Give the number of the first marked row, counted from 1 as people do."""
    return int(np.argmax(masker)) + 1


def _rows(masker: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> str:
    """Count the marked rows in Dutch."""
    aantal = int(masker.sum())
    return "1 rij" if aantal == 1 else f"{aantal} rijen"
