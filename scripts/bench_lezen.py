"""Reading a layer of the benchmark; apart, so that a peer's process holds nothing of ours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely


def read_wkb(pad: Path) -> pa.ChunkedArray:
    """Read one layer as Arrow WKB."""
    return pa.chunked_array(list(_row_groups(pad)))


def read_shapely(pad: Path) -> Any:
    """Read one layer as geometry objects."""
    delen = [shapely.from_wkb(blok.to_numpy(zero_copy_only=False)) for blok in _row_groups(pad)]
    return np.concatenate(delen)


def _row_groups(pad: Path) -> Iterator[pa.Array]:
    """Yield the layer in the parts of the file, so that reading sets no memory peak."""
    bestand = pq.ParquetFile(pad)
    for k in range(bestand.num_row_groups):
        yield from bestand.read_row_group(k, ["wkb"], use_threads=False).column("wkb").chunks
