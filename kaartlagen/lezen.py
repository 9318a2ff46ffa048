"""Opening vector files safely: forms on a short list only, no remote, nothing written.

With `kaartlagen.schrijven` the only importer of pyogrio. GML is not read here: GDAL infers
types, drops references and writes a side file; `kaartlagen.xmllezen` reads it.
"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyogrio
import shapely
from numpy.typing import NDArray
from pyogrio.errors import (
    CRSError,
    DataLayerError,
    DataSourceError,
    FeatureError,
    FieldError,
    GeometryError,
)
from pyogrio.raw import open_arrow, read_arrow
from pyogrio.raw import read as read_raw

from kaartlagen.bestandsvorm import Vorm
from kaartlagen.controles import Bevinding
from kaartlagen.errors import BronError
from kaartlagen.grenzen import require_columns, require_rows
from kaartlagen.kolomkeuze import Kolomkeuze
from kaartlagen.stelselnaam import Stelselnaam, read_crs_member
from kaartlagen.vormkeuring import build_shapes

BOOGSTAP_GRADEN = 0.25
"""Step in which GDAL cuts arcs of a GeoPackage: chords within 2.4e-6 of the radius."""

_DRIVERS = {
    Vorm.GEOPACKAGE: "GPKG",
    Vorm.GEOJSON: "GeoJSON",
    Vorm.SHAPEFILE: "ESRI Shapefile",
    Vorm.FLATGEOBUF: "FlatGeobuf",
}
_FOUTEN = (
    CRSError, DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError,
    RuntimeError, OSError, pa.ArrowException, shapely.errors.GEOSException, UnicodeDecodeError,
    IndexError,  # what pyogrio raises on a FlatGeobuf that was cut off
)  # fmt: skip
_KROMME_TYPEN = frozenset(range(8, 15))
_OFFLINE = {"GDAL_HTTP_PROXY": "127.0.0.1:9"}
"""No file has GDAL fetch anything: what it might ask for goes to a port that nobody hears."""

_boogslot = threading.Lock()
"""GDAL's arc step is one setting for the whole process."""


@dataclass(frozen=True, slots=True)
class Laagkop:
    """What a layer of a file says of itself, before its rows are read.

    `geometrietype` is None for a table without geometry; `crs` is None when the file
    names no CRS; `monster` holds the first rows' attributes, for recognition. `keuze` says
    which columns are read under another name, as the user chose; None for none.
    """

    pad: Path
    vorm: Vorm
    naam: str
    geometrietype: str | None
    crs: str | None
    aantal: int
    kolommen: tuple[str, ...]
    monster: pd.DataFrame
    keuze: Kolomkeuze | None = None


@dataclass(frozen=True, slots=True)
class Bronlaag:
    """One layer as the file has it.

    `kolommen` holds the attributes, one row per feature in source order, index 0..n-1;
    integers with gaps stay integers (nullable types). `geometrie` has one shapely geometry
    per row, None where the source has none, in source coordinates, east or lon first.
    `meldingen` are remarks of the reading library; `krom` counts the rows with curves, which were
    cut into chords. `percelen` holds, for rows of a table without coordinates, the percelen
    on which they lie as the cell names them; `erbij` the tables of the same file that belong
    to this one, by name; `bevindingen` what was found before the rows were understood.
    """

    kop: Laagkop
    kolommen: pd.DataFrame
    geometrie: NDArray[np.object_]
    onleesbaar: tuple[int, ...] = ()
    meldingen: tuple[str, ...] = ()
    krom: int = 0
    percelen: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    erbij: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    bevindingen: tuple[Bevinding, ...] = ()


def read_heads(pad: Path, vorm: Vorm, monster: int = 100) -> tuple[Laagkop, ...]:
    """List the layers of a file, with their first rows.

    Raises
    ------
    BronError
        When the file cannot be opened as what its first bytes promise.
    """
    bron = _resolved(pad)
    # Before the library sees it: it would fetch a CRS that is a link.
    eigen = read_crs_member(pad) if vorm is Vorm.GEOJSON else Stelselnaam(False)
    pyogrio.set_gdal_config_options(_OFFLINE)
    with _dutch_errors(pad):
        koppen: list[Laagkop] = []
        for naam, soort in pyogrio.list_layers(bron):
            feiten = pyogrio.read_info(bron, layer=naam, force_feature_count=True, **_options(vorm))
            if feiten["driver"] != _DRIVERS[vorm]:
                raise BronError(
                    f"dit bestand opent als {feiten['driver']}, niet als {vorm.value}.",
                    waar=pad.name,
                    herstel="Bewaar het opnieuw als GeoPackage of GeoJSON.",
                )
            require_columns(len(feiten["fields"]), f"{pad.name}, laag {naam}")
            require_rows(int(feiten["features"]), f"{pad.name}, laag {naam}")
            _, tabel = read_arrow(
                bron, layer=naam, read_geometry=False, max_features=monster, **_options(vorm)
            )
            koppen.append(
                Laagkop(
                    pad=pad,
                    vorm=vorm,
                    naam=str(naam),
                    geometrietype=None if soort is None else str(soort),
                    crs=eigen.naam if eigen.gezegd else _named_crs(feiten["crs"]),
                    aantal=int(feiten["features"]),
                    kolommen=tuple(map(str, feiten["fields"])),
                    monster=to_pandas(tabel),
                )
            )
    if not koppen:
        raise BronError(
            "er is geen laag in te vinden; het bestand is leeg of beschadigd.",
            waar=pad.name,
            herstel="Download of bewaar het opnieuw.",
        )
    return tuple(koppen)


def read_layer(kop: Laagkop) -> Bronlaag:
    """Read all rows of one layer.

    Raises
    ------
    BronError
        When rows cannot be read, or fewer come out than the file says it holds.
    """
    meldingen: list[str] = []
    with _dutch_errors(kop.pad, meldingen):
        laag = _read_rows(kop)
    if len(laag.geometrie) < kop.aantal:
        raise BronError(
            f"het bestand is afgebroken: er zijn {len(laag.geometrie)} van de {kop.aantal} rijen.",
            waar=kop.pad.name,
            herstel="Download of kopieer het opnieuw.",
        )
    return replace(laag, meldingen=tuple(dict.fromkeys(meldingen)))


def read_parts(
    kop: Laagkop, kolommen: Sequence[str], per_deel: int
) -> Iterator[tuple[pa.Table, pa.Array]]:
    """Read some columns of a layer part by part, so that its size does not matter.

    Whoever walks must do so in one thread. What the reading library warns of is left to
    `warnings`.

    Parameters
    ----------
    kop
        The layer.
    kolommen
        Names of the columns wanted.
    per_deel
        Rows per part, about.

    Yields
    ------
    tuple
        The columns, and WKB per row as the source has it (curves too); null where absent.

    Raises
    ------
    BronError
        When rows cannot be read.
    """
    bron = _resolved(kop.pad)
    with (
        _dutch_faults(kop.pad),
        open_arrow(
            bron, layer=kop.naam, columns=list(kolommen), batch_size=per_deel, use_pyarrow=True,
            **_options(kop.vorm),
        ) as (feiten, lezer),
    ):  # fmt: skip
        naam = feiten["geometry_name"] or "wkb_geometry"
        for blok in lezer:
            tabel = pa.Table.from_batches([blok])
            yield tabel.drop_columns([naam]), blok.column(naam)


def read_flatgeobuf(
    pad: Path, bbox: tuple[float, float, float, float] | None = None
) -> tuple[pa.Table, NDArray[np.object_]]:
    """Read a stored snapshot: attributes as an Arrow table, and its geometry.

    Parameters
    ----------
    pad
        A FlatGeobuf file that `kaartlagen.schrijven` made.
    bbox
        Only rows whose box meets this one (x_min, y_min, x_max, y_max, EPSG:28992).

    Raises
    ------
    BronError
        When the file is absent or damaged.
    """
    with _dutch_errors(pad):
        feiten, tabel = read_arrow(_resolved(pad), bbox=bbox)
        naam = feiten["geometry_name"] or "wkb_geometry"
        tabel = _without_phantoms(tabel, naam)
        geometrie = shapely.from_wkb(tabel.column(naam).to_numpy())
        return tabel.drop_columns([naam]), geometrie


def read_flatgeobuf_wkb(
    pad: Path, kolommen: Sequence[str], bbox: tuple[float, float, float, float] | None
) -> tuple[NDArray[np.int64], pa.Table, pa.ChunkedArray]:
    """Read rows of a snapshot without making geometry: their numbers, attributes and WKB.

    Parameters
    ----------
    pad
        A FlatGeobuf file that `kaartlagen.schrijven` made.
    kolommen
        Names of the columns wanted.
    bbox
        Only rows whose box meets this one (EPSG:28992); None for all.

    Raises
    ------
    BronError
        When the file is absent or damaged.
    """
    with _dutch_errors(pad):
        feiten, tabel = read_arrow(
            _resolved(pad), columns=list(kolommen), bbox=bbox, return_fids=True
        )
        naam = feiten["geometry_name"] or "wkb_geometry"
        tabel = _without_phantoms(tabel, naam)
        nummers = tabel.column(feiten["fid_column"] or "OGC_FID").to_numpy()
        return nummers, tabel.select(list(kolommen)), tabel.column(naam)


def _without_phantoms(tabel: pa.Table, naam: str) -> pa.Table:
    """Leave no rows where GDAL made them up.

    GDAL 3.12 answers a box in which nothing lies with a whole block of rows of which nothing
    was filled in. A snapshot has no row without geometry, so they can be told.
    """
    verzonnen = len(tabel) > 0 and tabel.column(naam)[0].as_py() == b""
    return tabel.slice(0, 0) if verzonnen else tabel


def read_flatgeobuf_rows(
    pad: Path, nummers: NDArray[np.int64]
) -> tuple[pa.Table, NDArray[np.object_]]:
    """Read some rows of a snapshot by their number (from 0): attributes and geometry.

    Columns of whole numbers come as floats where a value is missing.

    Raises
    ------
    BronError
        When the file is absent or damaged.
    """
    with _dutch_errors(pad):
        feiten, gelezen, wkb, kolommen = read_raw(_resolved(pad), fids=nummers, return_fids=True)
        if not np.array_equal(gelezen, nummers):
            raise BronError("het bestand geeft andere rijen dan gevraagd.", waar=pad.name)
        tabel = pa.table([pa.array(k, from_pandas=True) for k in kolommen], list(feiten["fields"]))
        return tabel, shapely.from_wkb(wkb)


def read_flatgeobuf_columns(pad: Path, kolommen: Sequence[str]) -> pa.Table:
    """Read some attributes of a stored snapshot, and no geometry.

    Raises
    ------
    BronError
        When the file is absent or damaged.
    """
    with _dutch_errors(pad):
        _, tabel = read_arrow(_resolved(pad), columns=list(kolommen), read_geometry=False)
        return tabel.select(list(kolommen))


def _named_crs(crs: str | None) -> str | None:
    """Take GeoPackage's "undefined" (srs_id 0 and -1) for what it says: no CRS."""
    return None if crs is None or '["Undefined ' in crs else crs


def _read_rows(kop: Laagkop) -> Bronlaag:
    bron = _resolved(kop.pad)
    feiten, tabel = read_arrow(bron, layer=kop.naam, **_options(kop.vorm))
    naam = feiten["geometry_name"] or "wkb_geometry"
    if naam not in tabel.column_names:
        return Bronlaag(kop, to_pandas(tabel), np.full(len(tabel), None, dtype=object))
    wkb = tabel.column(naam).to_numpy()
    krom = sum(1 for vorm in wkb if vorm is not None and _is_curved(vorm))
    # Shapely reads no curved geometry; GDAL can straighten it feature by feature. What
    # cannot be read becomes None, told apart from what was empty in the source.
    geometrie = _read_straightened(kop) if krom else build_shapes(wkb)
    aanwezig = np.array([vorm is not None for vorm in wkb], dtype=bool)
    stuk = tuple(np.flatnonzero(shapely.is_missing(geometrie) & aanwezig).tolist())
    return Bronlaag(kop, to_pandas(tabel.drop_columns([naam])), geometrie, stuk, krom=krom)


def _read_straightened(kop: Laagkop) -> NDArray[np.object_]:
    bron = _resolved(kop.pad)
    with _arc_step():
        frame = pyogrio.read_dataframe(bron, layer=kop.naam, columns=[], **_options(kop.vorm))
    vormen: NDArray[np.object_] = frame.geometry.to_numpy()
    return vormen


def _is_curved(wkb: bytes) -> bool:
    """Say whether WKB holds a curved type (ISO 19125-1: 8 to 14, with 1000s for z and m)."""
    soort = int.from_bytes(wkb[1:5], "little" if wkb[0] == 1 else "big")
    return (soort & 0x0FFFFFFF) % 1000 in _KROMME_TYPEN


def to_pandas(tabel: pa.Table) -> pd.DataFrame:
    """Make a frame of an Arrow table in which integers with gaps stay integers."""
    # GDAL hands over text that is no UTF-8 as it is; later it would fail far from here.
    tabel.validate(full=True)
    frame: pd.DataFrame = tabel.to_pandas(types_mapper=_PANDASTYPEN.get)
    return frame.reset_index(drop=True)


_PANDASTYPEN: dict[Any, Any] = {
    pa.int8(): pd.Int8Dtype(),
    pa.int16(): pd.Int16Dtype(),
    pa.int32(): pd.Int32Dtype(),
    pa.int64(): pd.Int64Dtype(),
    pa.uint8(): pd.UInt8Dtype(),
    pa.uint16(): pd.UInt16Dtype(),
    pa.uint32(): pd.UInt32Dtype(),
    pa.uint64(): pd.UInt64Dtype(),
    pa.bool_(): pd.BooleanDtype(),
}


def _resolved(pad: Path) -> Path:
    """Give the real place on this machine: no GDAL prefix (/vsi..., zip://) survives it."""
    return pad.resolve(strict=True)


def _options(vorm: Vorm) -> dict[str, str]:
    """Open a GeoPackage so that SQLite leaves no side files and needs no write access.

    Rows that another program still keeps in a log are in the copy that
    `kaartlagen.archief` makes.
    """
    return {"IMMUTABLE": "YES"} if vorm is Vorm.GEOPACKAGE else {}


@contextmanager
def _arc_step() -> Iterator[None]:
    with _boogslot:
        eerder = pyogrio.get_gdal_config_option("OGR_ARC_STEPSIZE")
        pyogrio.set_gdal_config_options({"OGR_ARC_STEPSIZE": str(BOOGSTAP_GRADEN)})
        try:
            yield
        finally:
            pyogrio.set_gdal_config_options({"OGR_ARC_STEPSIZE": eerder})


@contextmanager
def _dutch_errors(pad: Path, meldingen: list[str] | None = None) -> Iterator[None]:
    """Turn what the reading libraries raise into a BronError, and keep their warnings."""
    with _dutch_faults(pad), warnings.catch_warnings(record=True) as gevangen:
        warnings.simplefilter("always")
        yield
        if meldingen is not None:
            meldingen.extend(str(melding.message) for melding in gevangen)


@contextmanager
def _dutch_faults(pad: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as fout:
        raise BronError(
            "het bestand bestaat niet.", waar=str(pad), herstel="Controleer de naam en de map."
        ) from fout
    except _FOUTEN as fout:
        raise BronError(
            f"het bestand is beschadigd, afgebroken of geen geodata ({_first_line(fout)}).",
            waar=pad.name,
            herstel="Download of bewaar het opnieuw.",
        ) from fout


def _first_line(fout: Exception) -> str:
    regels = str(fout).strip().splitlines() or [type(fout).__name__]
    return regels[0][:160]
