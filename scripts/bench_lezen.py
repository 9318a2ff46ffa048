"""Reading a layer of the benchmark; apart, so that a peer's process holds nothing of ours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import shapely


def read_shapely(pad: Path) -> Any:
    """Read one layer, a batch at a time, so that reading sets no memory peak."""
    delen = [
        shapely.from_wkb(blok.column("wkb").to_numpy(zero_copy_only=False))
        for blok in pq.ParquetFile(pad).iter_batches(20_000, columns=["wkb"])
    ]
    return np.concatenate(delen)
