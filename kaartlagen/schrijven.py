"""Writing files whole or not at all, and reading every geodata file back before it counts.

With `kaartlagen.lezen` the only importer of pyogrio and fiona. All geometry that goes out
is two-dimensional and in EPSG:28992 (RD).
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError

from kaartlagen.errors import KolomError, OpslagError
from kaartlagen.stijl import STIJLTABEL, Stijl, style_table
from kaartlagen.teruglezen import Laagbeeld, Terugleesbewijs, require_equal
from kaartlagen.uitvoervorm import (
    FID,
    GEOMETRIEKOLOM,
    Geometrietype,
    clean_text,
    layer_type,
    require_names,
    require_rd,
    to_one_type,
)
from kaartlagen.vervangen import replace_whole

try:
    import fiona
except ImportError:  # no release for Python 3.14 yet; the proof then says so
    fiona = None

_RD = 28992
_GDAL_DATUM = "OGR_CURRENT_DATE"
_BIJNA_VOL_BYTES = 1_000_000
_gdal_slot = threading.Lock()
"""GDAL's current date is one setting for the whole process: one writer at a time."""


def write_bytes(pad: Path, inhoud: bytes) -> None:
    """Write a file whole or not at all.

    Raises
    ------
    OpslagError
        When the folder is absent or not writable, or the disk is full; `pad` then is as
        it was.
    """
    with replace_whole(pad) as tijdelijk:
        tijdelijk.write_bytes(inhoud)


def write_text(pad: Path, inhoud: str) -> None:
    r"""Write a UTF-8 text file with ``\n`` line ends, whole or not at all.

    Raises
    ------
    OpslagError
        As `write_bytes`.
    """
    write_bytes(pad, inhoud.encode("utf-8"))


def write_flatgeobuf(pad: Path, frame: gpd.GeoDataFrame) -> Terugleesbewijs:
    """Write one layer as FlatGeobuf with a spatial index.

    FlatGeobuf sorts its rows along a Hilbert curve: the row order of `frame` is not kept,
    and the index of `frame` is not written. Equal input gives equal bytes.

    Parameters
    ----------
    pad
        The file to make or replace; the layer is called as its stem.
    frame
        Geometry in EPSG:28992, none of it missing or empty, of any type. A column of
        None's only becomes text.

    Returns
    -------
    Terugleesbewijs
        The reader that read it back, and what it found.

    Raises
    ------
    OpslagError
        When the file cannot be written or does not read back as it should; `pad` then is
        as it was.
    CrsError
        When `frame` is not in EPSG:28992.
    KolomError
        When a column holds values of several types.
    """
    require_rd(pad.stem, frame)
    tabel = _Tabel(pad.stem, clean_text(frame), None)
    with replace_whole(pad) as tijdelijk, _dutch_errors(pad):
        _write_layer(tijdelijk, tabel, "FlatGeobuf", {"SPATIAL_INDEX": "YES"})
        return _prove(tijdelijk, (_expected(tabel),))


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
    with replace_whole(pad) as tijdelijk, _dutch_errors(pad), _gdal_moment(moment):
        for tabel in tabellen:
            _write_layer(tijdelijk, tabel, "GPKG", tabel.opties)
        return _prove(tijdelijk, tuple(map(_expected, tabellen)))


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


def _write_layer(pad: Path, tabel: _Tabel, vorm: str, opties: Mapping[str, str]) -> None:
    """Write one table through Arrow; it is ready (types, names, CRS)."""
    pyogrio.write_dataframe(
        tabel.frame,
        pad,
        layer=tabel.naam,
        driver=vorm,
        geometry_type=tabel.soort,
        use_arrow=True,
        dataset_options={"VERSION": "1.3"} if vorm == "GPKG" else None,
        layer_options=dict(opties),
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


@contextmanager
def _dutch_errors(pad: Path) -> Iterator[None]:
    """Turn what GDAL and Arrow raise into our errors, with their text as the detail."""
    try:
        yield
    except (DataSourceError, DataLayerError) as fout:
        # GDAL does not say why a write failed; the unfinished file still takes its room.
        vol = shutil.disk_usage(pad.parent).free < _BIJNA_VOL_BYTES
        raise OpslagError(
            "de schijf is vol." if vol else f"het bestand kan niet worden geschreven ({fout}).",
            waar=str(pad),
            herstel="Maak ruimte vrij of kies een andere map.",
        ) from fout
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError) as fout:
        raise KolomError(
            f"een kolom bevat waarden van verschillende soort ({fout}).",
            waar=str(pad),
            herstel="Geef elke kolom één soort waarde.",
        ) from fout


def _expected(tabel: _Tabel) -> Laagbeeld:
    """Describe a layer as it is handed to the writer."""
    frame = tabel.frame
    if not isinstance(frame, gpd.GeoDataFrame):
        return Laagbeeld(tabel.naam, len(frame), tuple(map(str, frame.columns)), None, None)
    kolommen = tuple(str(k) for k in frame.columns if k != frame.geometry.name)
    x_min, y_min, x_max, y_max = (float(grens) for grens in frame.geometry.total_bounds)
    bbox = (x_min, y_min, x_max, y_max) if len(frame) else None
    return Laagbeeld(tabel.naam, len(frame), kolommen, bbox, _RD)


def _prove(pad: Path, verwacht: tuple[Laagbeeld, ...]) -> Terugleesbewijs:
    """Read a file back and require that it holds what was meant."""
    gelezen = _look_with_pyogrio(pad) if fiona is None else _look_with_fiona(pad)
    require_equal(pad.name, verwacht, gelezen)
    if fiona is None:
        lezer = f"pyogrio {pyogrio.__version__} (GDAL {pyogrio.__gdal_version_string__})"
    else:
        lezer = f"fiona {fiona.__version__} (GDAL {fiona.__gdal_version__})"
    return Terugleesbewijs(lezer, fiona is not None, gelezen)


def _look_with_fiona(pad: Path) -> tuple[Laagbeeld, ...]:
    """Describe every layer of a file through fiona, which brings its own GDAL."""
    beelden = []
    for naam in fiona.listlayers(pad):
        with fiona.open(pad, layer=naam) as bron:
            # Counted row by row: the number in the header is the writer's own word.
            aantal = sum(1 for _ in bron.keys())  # noqa: SIM118  (keys alone is cheap)
            ruimtelijk = bron.schema["geometry"] != "None"
            beelden.append(
                Laagbeeld(
                    naam=naam,
                    aantal=aantal,
                    kolommen=tuple(bron.schema["properties"]),
                    bbox_rd=bron.bounds if ruimtelijk and aantal else None,
                    epsg=bron.crs.to_epsg() if ruimtelijk else None,
                )
            )
    return tuple(beelden)


def _look_with_pyogrio(pad: Path) -> tuple[Laagbeeld, ...]:
    """Describe every layer of a file through pyogrio, where fiona cannot be had."""
    beelden = []
    for naam, soort in pyogrio.list_layers(pad):
        feiten = pyogrio.read_info(
            pad, layer=naam, force_feature_count=True, force_total_bounds=True
        )
        ruimtelijk = soort is not None
        aantal = int(feiten["features"])
        epsg = str(feiten["crs"]).removeprefix("EPSG:") if ruimtelijk else ""
        beelden.append(
            Laagbeeld(
                naam=naam,
                aantal=aantal,
                kolommen=tuple(map(str, feiten["fields"])),
                bbox_rd=feiten["total_bounds"] if ruimtelijk and aantal else None,
                epsg=int(epsg) if epsg.isdigit() else None,
            )
        )
    return tuple(beelden)
