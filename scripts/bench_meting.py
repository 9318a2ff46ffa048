"""One engine in one process: load, ask, measure time and memory, keep the areas."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from bench_motoren import KOUD, WARM


def measure(groep: str, motor: str, links: Path, rechts: Path, draden: int, doel: Path) -> None:
    """Run one engine and write its pairs to `doel` and its figures to stdout."""
    vraag = {"koud": KOUD, "warm": WARM}[groep][motor](links, rechts, draden)
    tijden: list[tuple[float, float]] = []
    while not tijden or (sum(wand for wand, _ in tijden) < 15.0 and len(tijden) < 5):
        wand, rekentijd = time.perf_counter(), time.process_time()
        i, j, area = vraag()
        tijden.append((time.perf_counter() - wand, time.process_time() - rekentijd))
    np.savez(doel, **_pairs(i, j, area))
    wand, rekentijd = min(tijden)
    piek = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 if _MAC else 1024)
    print(json.dumps({"seconden": wand, "cpu": rekentijd, "piek_mb": piek / (1e6 if _MAC else 1)}))


_MAC = sys.platform == "darwin"


def _pairs(i: Any, j: Any, area: Any) -> dict[str, Any]:
    """Return the pairs above 1e-6 m2 in one order."""
    area = np.asarray(area, dtype=np.float64)
    i, j = np.asarray(i)[area > 1e-6], np.asarray(j)[area > 1e-6]
    area = area[area > 1e-6]
    orde = np.lexsort((j, i))
    return {"i": i[orde].astype(np.int32), "j": j[orde].astype(np.int32), "area": area[orde]}


def compare(onze: Path, andere: Path) -> dict[str, float]:
    """Return how far two engines' areas differ."""
    with np.load(onze) as a, np.load(andere) as b:
        sleutel_a = a["i"].astype(np.int64) << 32 | a["j"]
        sleutel_b = b["i"].astype(np.int64) << 32 | b["j"]
        area_a, area_b = a["area"], b["area"]
    _, ia, ib = np.intersect1d(sleutel_a, sleutel_b, assume_unique=True, return_indices=True)
    los_a = np.delete(area_a, ia).max(initial=0.0)
    los_b = np.delete(area_b, ib).max(initial=0.0)
    verschil = np.abs(area_a[ia] - area_b[ib]).max(initial=0.0)
    return {
        "paren": len(sleutel_b),
        "verschil_m2": float(verschil),
        "los_m2": float(max(los_a, los_b)),
        "totaal_relatief": float(abs(area_a.sum() - area_b.sum()) / max(area_b.sum(), 1e-9)),
    }


if __name__ == "__main__":
    groep_, motor_, links_, rechts_, draden_, doel_ = sys.argv[1:7]
    measure(groep_, motor_, Path(links_), Path(rechts_), int(draden_), Path(doel_))
