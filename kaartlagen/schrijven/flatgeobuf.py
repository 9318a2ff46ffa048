"""Writing a layer as FlatGeobuf with a spatial index, at once or part by part.

GDAL encodes the rows as they come; `container` puts them in order when all are there.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import shapely
from numpy.typing import NDArray
from pyogrio.raw import write_arrow

from kaartlagen.errors import OpslagError
from kaartlagen.schrijven.bestand import dutch_errors
from kaartlagen.schrijven.bewijs import RD, prove, prove_flatgeobuf
from kaartlagen.schrijven.container import assemble
from kaartlagen.teruglezen import Laagbeeld, Terugleesbewijs
from kaartlagen.uitvoervorm import clean_text, require_rd
from kaartlagen.vervangen import replace_whole

_RIJEN = "rijen.fgb"
_SOORTEN = (
    "Point", "LineString", "LineString", "Polygon", "MultiPoint", "MultiLineString",
    "MultiPolygon", "GeometryCollection",
)  # fmt: skip
"""The geometry types by their number in shapely."""


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
    with replace_whole(pad) as tijdelijk, dutch_errors(pad):
        rijen = _to_rows(clean_text(frame))
        if frame.empty:
            kolommen = tuple(rijen.tabel.column_names[:-1])
            _write_rows(tijdelijk, rijen.tabel, pad.stem, "Unknown", index=True)
            return prove(tijdelijk, (Laagbeeld(pad.stem, 0, kolommen, None, RD),))
        terzijde = RijenTerzijde(tijdelijk.parent)
        terzijde.write([rijen])
        terzijde.put_in_order(tijdelijk)
        return terzijde.prove(tijdelijk)


@dataclass(frozen=True, slots=True)
class Rijen:
    """Some rows of a layer, ready to be written.

    `tabel` has the attributes and, as its last column `geometry`, two-dimensional WKB
    (EPSG:28992, none missing or empty); `grenzen` (n, 4) the box of every row; `soorten`
    the names of the geometry types among them.
    """

    tabel: pa.Table
    grenzen: NDArray[np.float64]
    soorten: frozenset[str]


class RijenTerzijde:
    """Rows on their way to a FlatGeobuf, on disk in the order in which they came.

    Only their boxes stay in memory: the index needs them when all rows are there.
    """

    def __init__(self, map_: Path) -> None:
        self.map = map_
        self._kop: pa.Table | None = None
        self._grenzen: list[NDArray[np.float64]] = []
        self._soorten: frozenset[str] = frozenset()
        self._fout: BaseException | None = None

    @property
    def grenzen(self) -> NDArray[np.float64]:
        """The box of every row, in the order in which they came."""
        if len(self._grenzen) != 1:
            self._grenzen = [np.concatenate([np.empty((0, 4)), *self._grenzen])]
        return self._grenzen[0]

    @property
    def omvang(self) -> tuple[float, float, float, float]:
        """The box of all rows, of which there is at least one."""
        x_min, y_min = (float(grens) for grens in self.grenzen[:, :2].min(axis=0))
        x_max, y_max = (float(grens) for grens in self.grenzen[:, 2:].max(axis=0))
        return x_min, y_min, x_max, y_max

    def write(self, delen: Iterable[Rijen]) -> None:
        """Write all rows, part by part as they come; parts of no rows are passed over.

        Raises
        ------
        OpslagError, KolomError
            As `write_flatgeobuf`.
        """
        stroom = (deel for deel in delen if len(deel.tabel))
        eerste = next(stroom, None)
        if eerste is None:
            return
        self._kop = eerste.tabel.slice(0, 1)
        lezer = pa.RecordBatchReader.from_batches(
            eerste.tabel.schema, self._batches(eerste, stroom)
        )
        try:
            with dutch_errors(self.map):
                _write_rows(self.map / _RIJEN, lezer, "rijen", "Unknown", index=False)
        finally:
            if self._fout is not None:
                # What went wrong where the rows come from: GDAL knows only that it ended.
                raise self._fout

    def finish(self, pad: Path) -> Terugleesbewijs:
        """Put the rows in their order in `pad`, behind their index; there is at least one.

        Raises
        ------
        OpslagError
            As `write_flatgeobuf`.
        """
        with replace_whole(pad) as tijdelijk, dutch_errors(pad):
            self.put_in_order(tijdelijk)
            return self.prove(tijdelijk)

    def put_in_order(self, pad: Path) -> NDArray[np.intp]:
        """As `finish`, into a file that nobody reads yet and that is not proved.

        Returns
        -------
        ndarray of int
            Which row, as they came, stands at each place in the file.
        """
        if self._kop is None:
            raise ValueError("no rows")
        soort = next(iter(self._soorten)) if len(self._soorten) == 1 else "Unknown"
        kop, rijen = self.map / "kop.fgb", self.map / _RIJEN
        with dutch_errors(pad):
            _write_rows(kop, self._kop, pad.stem, soort, index=True)
            orde = assemble(pad, rijen, kop, self.grenzen)
        for klaar in (kop, rijen):
            klaar.unlink()
        return orde

    def prove(self, pad: Path) -> Terugleesbewijs:
        """Read back a file that `put_in_order` made.

        Raises
        ------
        OpslagError
            When it does not hold what it should.
        """
        kolommen = () if self._kop is None else tuple(self._kop.column_names[:-1])
        beeld = Laagbeeld(pad.stem, len(self.grenzen), kolommen, self.omvang, RD)
        return prove_flatgeobuf(pad, beeld)

    def _batches(self, eerste: Rijen, rest: Iterator[Rijen]) -> Iterator[pa.RecordBatch]:
        try:
            for deel in chain([eerste], rest):
                self._grenzen.append(deel.grenzen)
                self._soorten |= deel.soorten
                yield from deel.tabel.to_batches()
        except GeneratorExit:  # the writer stopped: it tells itself
            raise
        except BaseException as fout:
            self._fout = fout
            raise


@contextmanager
def rows_aside(map_: Path) -> Iterator[RijenTerzijde]:
    """Give room for rows in a hidden folder in `map_`, which must exist.

    Raises
    ------
    OpslagError
        When the folder cannot be written.
    """
    try:
        with tempfile.TemporaryDirectory(
            prefix=".rijen-", dir=map_, ignore_cleanup_errors=True
        ) as werkmap:
            yield RijenTerzijde(Path(werkmap))
    except OSError as fout:
        raise OpslagError(
            f"de map kan niet worden beschreven ({fout.strerror or fout}).",
            waar=str(map_),
            herstel="Controleer of u er mag schrijven en of er ruimte is.",
        ) from fout


def _to_rows(frame: gpd.GeoDataFrame) -> Rijen:
    """Bring a frame that is fit to be stored into the form in which rows are written."""
    vormen = shapely.force_2d(frame.geometry.to_numpy())
    kolommen = pa.Table.from_pandas(
        pd.DataFrame(frame.drop(columns=frame.geometry.name)), preserve_index=False
    )
    # GDAL knows no column of nulls alone.
    schema = pa.schema(
        [v.with_type(pa.string()) if pa.types.is_null(v.type) else v for v in kolommen.schema]
    )
    wkb = pa.array(shapely.to_wkb(vormen), pa.binary())
    soorten = frozenset(_SOORTEN[soort] for soort in np.unique(shapely.get_type_id(vormen)))
    tabel = pa.table([*kolommen.cast(schema).columns, wkb], [*schema.names, "geometry"])
    return Rijen(tabel, shapely.bounds(vormen), soorten)


def _write_rows(
    pad: Path, rijen: pa.Table | pa.RecordBatchReader, naam: str, soort: str, *, index: bool
) -> None:
    """Write Arrow rows as FlatGeobuf, in the order in which they come or with an index."""
    write_arrow(
        rijen,
        pad,
        layer=naam,
        driver="FlatGeobuf",
        geometry_type=soort,
        geometry_name="geometry",
        crs=f"EPSG:{RD}",
        layer_options={"SPATIAL_INDEX": "YES" if index else "NO"},
    )
