"""What outgrows one memory: layers in parts on disk, measured part by part.

A part is a range of rows that lie near each other, with its own area index. Every left
part is measured against the right parts whose box it meets; as each row is in one part
only, the outcomes need no weeding and come in the order of the rows. `measure_deel` is the
whole of the work on one left part: threads here and workers elsewhere run the same
function.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kaartlagen.overlay.draden import Annuleer, Voortgang, run_blocks
from kaartlagen.overlay.errors import OppervlakteindexError
from kaartlagen.overlay.index import AreaIndex
from kaartlagen.overlay.paren import Oppervlakteparen, join_indexes

LIJST = "delen.json"

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Deel:
    """One part of a layer: where its index is and which rows of the layer it holds.

    `bbox` is minx, miny, maxx, maxy; None when no row holds ground.
    """

    map: Path
    eerste: int
    aantal: int
    bbox: Box | None


@dataclass(frozen=True, slots=True)
class Deeltaak:
    """A left part and the right parts that it meets."""

    links: Deel
    rechts: tuple[Deel, ...]


Uitvoerder = Callable[
    [Callable[[Deeltaak], Oppervlakteparen], Sequence[Deeltaak]], Iterator[Oppervlakteparen]
]
"""Runs the function on every task and yields the outcomes in the order of the tasks."""


def write_delen(blokken: Iterable[npt.ArrayLike], map_: Path) -> tuple[Deel, ...]:
    """Index a layer part by part.

    Parameters
    ----------
    blokken
        Arrays of geometries, one per part, in row order; row numbers run on. For speed
        every block holds neighbours (FlatGeobuf stores rows that way).
    map_
        Folder for the parts; the list of parts is written last, so that a broken run
        leaves nothing that opens.
    """
    delen: list[Deel] = []
    eerste = 0
    for k, blok in enumerate(blokken):
        index = AreaIndex.build(blok)
        deel_map = map_ / f"deel-{k:05d}"
        index.save(deel_map)
        delen.append(Deel(deel_map, eerste, len(index), _bbox(index)))
        eerste += len(index)
    rijen = [[deel.map.name, deel.eerste, deel.aantal, deel.bbox] for deel in delen]
    map_.mkdir(parents=True, exist_ok=True)
    tijdelijk = map_ / f".{LIJST}"
    tijdelijk.write_text(json.dumps(rijen), encoding="utf-8")
    tijdelijk.replace(map_ / LIJST)
    return tuple(delen)


def open_delen(map_: Path) -> tuple[Deel, ...]:
    """Return the parts that `write_delen` left in a folder.

    Raises
    ------
    OppervlakteindexError
        When there is no complete set of parts.
    """
    try:
        rijen = json.loads((map_ / LIJST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as fout:
        raise OppervlakteindexError(
            "er is geen volledige verzameling deelindexen.",
            waar=str(map_),
            herstel="Maak de delen opnieuw.",
        ) from fout
    return tuple(
        Deel(map_ / naam, eerste, aantal, tuple(bbox) if bbox else None)
        for naam, eerste, aantal, bbox in rijen
    )


def plan_taken(links: Sequence[Deel], rechts: Sequence[Deel]) -> tuple[Deeltaak, ...]:
    """Return a task for every left part, with the right parts whose box it meets."""
    return tuple(
        Deeltaak(deel, tuple(ander for ander in rechts if _meet(deel.bbox, ander.bbox)))
        for deel in links
    )


def measure_deel(taak: Deeltaak) -> Oppervlakteparen:
    """Measure one left part, in one thread; row numbers are those of the whole layers."""
    links = AreaIndex.open(taak.links.map)
    left, right, area = [], [], []
    for deel in taak.rechts:
        paren = join_indexes(links, AreaIndex.open(deel.map), draden=1)
        left.append(paren.left + taak.links.eerste)
        right.append(paren.right + deel.eerste)
        area.append(paren.area_m2)
    if not left:
        leeg = np.empty(0, np.int64)
        return Oppervlakteparen(leeg, leeg, np.empty(0))
    rijen, kolommen = np.concatenate(left), np.concatenate(right)
    orde = np.lexsort((kolommen, rijen))
    return Oppervlakteparen(rijen[orde], kolommen[orde], np.concatenate(area)[orde])


def stream_join(
    links: Sequence[Deel],
    rechts: Sequence[Deel],
    *,
    uitvoerder: Uitvoerder | None = None,
    voortgang: Voortgang | None = None,
    annuleer: Annuleer | None = None,
) -> Iterator[Oppervlakteparen]:
    """Yield the pairs of two layers, one left part after the other, ordered by (left, right).

    Parameters
    ----------
    links, rechts
        The parts of both layers.
    uitvoerder
        Who does the work; None for threads of this process (see `dask_motor` for
        elsewhere). `voortgang` and `annuleer` are for the threads.
    """
    taken = plan_taken(links, rechts)
    if uitvoerder is not None:
        yield from uitvoerder(measure_deel, taken)
        return
    yield from run_blocks(
        "delen meten", measure_deel, taken, voortgang=voortgang, annuleer=annuleer
    )


def _bbox(index: AreaIndex) -> Box | None:
    box = index.vlakken.stukken.box
    if len(box) == 0:
        return None
    minx, miny = box[:, :2].min(axis=0)
    maxx, maxy = box[:, 2:].max(axis=0)
    return float(minx), float(miny), float(maxx), float(maxy)


def _meet(a: Box | None, b: Box | None) -> bool:
    if a is None or b is None:
        return False
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
