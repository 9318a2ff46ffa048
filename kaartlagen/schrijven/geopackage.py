"""Writing GeoPackages in the form that PDOK asks for; equal input gives equal bytes."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio

from kaartlagen.schrijven.bestand import dutch_errors
from kaartlagen.schrijven.bewijs import RD, prove
from kaartlagen.stijl import STIJLTABEL, Stijl, style_table
from kaartlagen.teruglezen import Laagbeeld, Terugleesbewijs
from kaartlagen.uitvoervorm import (
    FID,
    GEOMETRIEKOLOM,
    Geometrietype,
    clean_text,
    layer_type,
    require_names,
    to_one_type,
)
from kaartlagen.vervangen import replace_whole

_GDAL_DATUM = "OGR_CURRENT_DATE"
_gdal_slot = threading.Lock()
"""GDAL's current date is one setting for the whole process: one writer at a time."""


def write_geopackage(
    pad: Path,
    lagen: Mapping[str, pd.DataFrame],
    *,
    stijlen: Sequence[Stijl] = (),
    moment: datetime,
    omschrijvingen: Mapping[str, str] | None = None,
    geometrietypen: Mapping[str, Geometrietype] | None = None,
) -> Terugleesbewijs:
    """Write a GeoPackage 1.3 with one table per layer; equal input gives equal bytes.

    Parameters
    ----------
    pad
        The file to make or replace.
    lagen
        Per table name a GeoDataFrame (a layer, EPSG:28992) or a DataFrame (a table
        without geometry). Names of tables and columns: lower-case letters, digits and
        underscores, at most 57 characters. Row order is kept; `fid` counts from 1.
        Polygons become MultiPolygon, with outer rings counter-clockwise.
    stijlen
        Default QGIS styles, for layers with geometry.
    moment
        What the file gives as its time of change, with a time zone: the writer never
        asks the clock.
    omschrijvingen
        Per table name a description for `gpkg_contents`.
    geometrietypen
        The geometry type of a layer without rows; MultiPolygon when not named.

    Returns
    -------
    Terugleesbewijs
        The reader that read it back, and what it found.

    Raises
    ------
    OpslagError
        When a layer mixes geometry types, has missing, empty or invalid geometry, or the
        file cannot be written or does not read back; `pad` then is as it was.
    CrsError
        When a layer is not in EPSG:28992.
    KolomError
        When a name is not allowed, or a column holds values of several types.
    """
    tabellen = [
        _table(naam, frame, (geometrietypen or {}).get(naam), (omschrijvingen or {}).get(naam, ""))
        for naam, frame in lagen.items()
    ]
    if stijlen:
        rijen = style_table(stijlen, moment, GEOMETRIEKOLOM)
        tabellen.append(_Tabel(STIJLTABEL, rijen, None, "id", "stijlen voor QGIS"))
    with replace_whole(pad) as tijdelijk, dutch_errors(pad), _gdal_moment(moment):
        for tabel in tabellen:
            _write_layer(tijdelijk, tabel)
        return prove(tijdelijk, tuple(map(_expected, tabellen)))


@dataclass(frozen=True, slots=True)
class _Tabel:
    """One table, ready to be written; `soort` is None for a table without geometry."""

    naam: str
    frame: pd.DataFrame
    soort: str | None
    fid: str = FID
    omschrijving: str = ""

    @property
    def opties(self) -> dict[str, str]:
        """The layer creation options of GDAL's GeoPackage writer."""
        return {
            "FID": self.fid,
            "GEOMETRY_NAME": GEOMETRIEKOLOM,
            "DESCRIPTION": self.omschrijving,
        }


def _table(
    naam: str, frame: pd.DataFrame, gevraagd: Geometrietype | None, omschrijving: str
) -> _Tabel:
    """Bring a frame into the form of a GeoPackage table."""
    require_names(naam, frame)
    schoon = clean_text(frame)
    if not isinstance(schoon, gpd.GeoDataFrame):
        return _Tabel(naam, schoon, None, omschrijving=omschrijving)
    soort = gevraagd if gevraagd and schoon.empty else layer_type(naam, schoon)
    return _Tabel(naam, to_one_type(naam, schoon, soort), soort, omschrijving=omschrijving)


def _write_layer(pad: Path, tabel: _Tabel) -> None:
    """Write one table through Arrow; it is ready (types, names, CRS)."""
    pyogrio.write_dataframe(
        tabel.frame,
        pad,
        layer=tabel.naam,
        driver="GPKG",
        geometry_type=tabel.soort,
        use_arrow=True,
        dataset_options={"VERSION": "1.3"},
        layer_options=tabel.opties,
    )


@contextmanager
def _gdal_moment(moment: datetime) -> Iterator[None]:
    """Let GDAL take `moment` for the present, so that it stamps no clock time."""
    if moment.tzinfo is None:
        raise ValueError("moment has no time zone")
    stempel = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + "000Z"
    with _gdal_slot:
        eerder = pyogrio.get_gdal_config_option(_GDAL_DATUM)
        pyogrio.set_gdal_config_options({_GDAL_DATUM: stempel})
        try:
            yield
        finally:
            pyogrio.set_gdal_config_options({_GDAL_DATUM: eerder})


def _expected(tabel: _Tabel) -> Laagbeeld:
    """Describe a layer as it is handed to the writer."""
    frame = tabel.frame
    if not isinstance(frame, gpd.GeoDataFrame):
        return Laagbeeld(tabel.naam, len(frame), tuple(map(str, frame.columns)), None, None)
    kolommen = tuple(str(k) for k in frame.columns if k != frame.geometry.name)
    x_min, y_min, x_max, y_max = (float(grens) for grens in frame.geometry.total_bounds)
    bbox = (x_min, y_min, x_max, y_max) if len(frame) else None
    return Laagbeeld(tabel.naam, len(frame), kolommen, bbox, RD)
