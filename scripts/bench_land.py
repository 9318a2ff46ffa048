"""The nation: copies of the region side by side, streamed in parts through one process.

    python scripts/bench_land.py --percelen 600000 --keer 14

A copy is the same ground moved aside, so that the outcome is known: pairs and areas are
those of one region times the number of copies.
"""

from __future__ import annotations

import argparse
import math
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from bench_data import make_data
from bench_lezen import read_shapely

from kaartlagen.overlay import warm_up
from kaartlagen.overlay.delen import Deel, stream_join, write_delen

DEEL_RIJEN = 65_536


def main() -> int:
    lezer = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    lezer.add_argument("--percelen", type=int, default=60_000, help="percelen per kopie")
    lezer.add_argument("--keer", type=int, default=14, help="aantal kopieën")
    lezer.add_argument("--map", type=Path, default=Path(tempfile.gettempdir()) / "daeb-bench")
    opties = lezer.parse_args()
    data = make_data(opties.map, opties.percelen)
    warm_up()
    percelen, zones = (read_shapely(data / f"{naam}.parquet") for naam in ("percelen", "zones"))
    print("| copies | parcels | zones | pairs | prepare s | join s | peak MB | area, relative |")
    print("|---|---|---|---|---|---|---|---|")
    een = _run(percelen, zones, 1)
    punten = [een, _run(percelen, zones, opties.keer)] if opties.keer > 1 else [een]
    for punt in punten:
        punt["afwijking"] = abs(punt["area"] / (een["area"] * punt["keer"]) - 1)
        print(
            f"| {punt['keer']} | {punt['percelen']:,} | {punt['zones']:,} | {punt['paren']:,} "
            f"| {punt['klaarmaken']:.1f} | {punt['meten']:.1f} | {punt['piek_mb']:.0f} "
            f"| {punt['afwijking']:.0e} |"
        )
    if len(punten) > 1:
        totaal = [punt["klaarmaken"] + punt["meten"] for punt in punten]
        groei = math.log(totaal[1] / totaal[0]) / math.log(punten[1]["paren"] / punten[0]["paren"])
        print(f"\nTime grows with pairs to the power {groei:.2f}.")
    return 0


def _run(percelen: Any, zones: Any, keer: int) -> dict[str, Any]:
    """Prepare the parts of so many copies, and stream them; only sums are kept."""
    with tempfile.TemporaryDirectory(prefix="daeb-land-") as map_:
        begin = time.perf_counter()
        links = _parts(percelen, percelen, keer, Path(map_) / "percelen")
        rechts = _parts(zones, percelen, keer, Path(map_) / "zones")
        midden = time.perf_counter()
        paren, area = 0, 0.0
        for deel in stream_join(links, rechts):
            paren += len(deel)
            area += float(deel.area_m2.sum())
        einde = time.perf_counter()
    piek = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "keer": keer,
        "percelen": len(percelen) * keer,
        "zones": len(zones) * keer,
        "paren": paren,
        "area": area,
        "klaarmaken": midden - begin,
        "meten": einde - midden,
        "piek_mb": piek / (1e6 if sys.platform == "darwin" else 1024),
    }


def _parts(vlakken: Any, streek: Any, keer: int, map_: Path) -> tuple[Deel, ...]:
    return write_delen(_blocks(vlakken, streek, keer), map_)


def _blocks(vlakken: Any, streek: Any, keer: int) -> Iterator[Any]:
    """Yield every copy in blocks, copies on a square grid with room between them."""
    laag, hoog = shapely.total_bounds(streek)[:2], shapely.total_bounds(streek)[2:]
    stap = np.ceil((hoog - laag) * 1.5 + 5000)
    breed = math.ceil(math.sqrt(keer))
    for kopie in range(keer):
        schuif = stap * (kopie % breed, kopie // breed)
        for begin in range(0, len(vlakken), DEEL_RIJEN):
            blok = vlakken[begin : begin + DEEL_RIJEN]
            yield shapely.set_coordinates(blok.copy(), shapely.get_coordinates(blok) + schuif)


if __name__ == "__main__":
    sys.exit(main())
