"""A large source on its way into the store: read, cleaned, checked and written at once.

Parts of it pass through threads, so that memory holds a few of them and some numbers per
row. What comes out is what `inname` makes of the whole file; what that cannot be said of
is left to it, by `OngeschiktError`, and nothing is kept.
"""

from __future__ import annotations

import math
import os
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from kaartlagen.bronnen.deel import Deel, OngeschiktError, Stroom, Telling
from kaartlagen.controles import GEOMETRIE_HERSTELD, Bevinding
from kaartlagen.deelzuivering import Schoondeel, Wijze, purify_part
from kaartlagen.geometrie import mended_finding
from kaartlagen.grenzen import current_limits
from kaartlagen.herkomst import Herkomst
from kaartlagen.laagframe import columns_from_arrow, contract_schema
from kaartlagen.lezen import read_flatgeobuf_rows
from kaartlagen.ligging import InRd
from kaartlagen.momentopname import Momentopname
from kaartlagen.opslag import LaagOpslag
from kaartlagen.optellen import merge_findings
from kaartlagen.schrijven import Rijen, RijenTerzijde
from kaartlagen.toetsen.delen import (
    Deelbeeld,
    check_part,
    check_together,
    checks_in_parts,
    order_of_values,
)
from kaartlagen.vooruit import fetch_ahead, map_ahead
from kaartlagen.zuiveren import crs_findings

Voortgang = Callable[[str, int, int], None]

_VOLGORDE = ("KL202", "KL307", "KL305", "KL301", "KL302", "KL303")
"""The order in which `zuiveren` reports on rows."""


@dataclass(frozen=True, slots=True)
class Doorstroming:
    """What became of a source: counts, findings, and the snapshot that counts now."""

    herkomst: Herkomst
    gelezen: int
    opgenomen: int
    hersteld: int
    bevindingen: tuple[Bevinding, ...]
    momentopname: Momentopname


@dataclass(slots=True)
class _Som:
    """What is kept of the parts that went by."""

    op: date
    gelezen: int = 0
    aangeboden: int = 0
    hoog: int = 0
    hersteld: int = 0
    in_rd: InRd | None = None
    rijen: list[NDArray[np.int64]] = field(default_factory=list)
    oppervlakte: list[NDArray[np.float64]] = field(default_factory=list)
    verschil_m2: list[NDArray[np.float64]] = field(default_factory=list)
    sleutels: list[NDArray[np.uint64]] = field(default_factory=list)
    zuiver: list[tuple[Bevinding, ...]] = field(default_factory=list)
    getoetst: dict[str, list[tuple[Bevinding, ...]]] = field(default_factory=dict)

    def add(self, deel: Schoondeel, beeld: Deelbeeld) -> None:
        """Keep the numbers of a part; its rows go on to the writer."""
        self.gelezen += deel.gelezen
        self.aangeboden += deel.aangeboden
        self.hoog += deel.hoog
        self.hersteld += deel.hersteld
        self.in_rd = self.in_rd or deel.in_rd
        self.rijen.append(deel.rijen)
        self.oppervlakte.append(deel.maten.oppervlakte_m2)
        self.verschil_m2.append(deel.verschil_m2)
        self.sleutels.append(beeld.sleutels)
        self.zuiver.append(deel.bevindingen)
        for soort, bevindingen in beeld.bevindingen.items():
            self.getoetst.setdefault(soort, []).append(bevindingen)

    @property
    def opgenomen(self) -> int:
        """How many rows go to the store."""
        return sum(map(len, self.rijen))

    @property
    def rd(self) -> InRd:
        """How coordinates came to RD."""
        if self.in_rd is None:
            raise OngeschiktError("no parts")
        return self.in_rd

    def cleaning(self) -> tuple[Bevinding, ...]:
        """Report what cleaning found in all parts, as `purify` does of a whole."""
        samen = merge_findings(self.zuiver, _VOLGORDE)
        hersteld = [bev for bev in samen if bev.code == GEOMETRIE_HERSTELD.code]
        namen = [naam for bev in hersteld for naam in bev.voorbeelden]
        return (
            *crs_findings(self.rd, self.aangeboden, self.hoog),
            *(bev for bev in samen if bev not in hersteld),
            *mended_finding(np.concatenate(self.verschil_m2), namen),
        )

    def checked(self, soort: str, volgorde: Sequence[str] = ()) -> tuple[Bevinding, ...]:
        """Report what one kind of check found in all parts."""
        return merge_findings(self.getoetst.get(soort, []), volgorde)


def stream_in(
    stroom: Stroom,
    opslag: LaagOpslag,
    *,
    crs: str | None,
    op: date,
    herkomst: Callable[[InRd], Herkomst],
    erbij: Callable[[Herkomst], tuple[Bevinding, ...]],
    voortgang: Voortgang | None = None,
) -> Doorstroming:
    """Take a source into the store part by part.

    Parameters
    ----------
    stroom
        The source.
    opslag
        The store.
    crs
        The CRS of its coordinates, over what the file says; None to believe the file.
    op
        The day of reading.
    herkomst
        Makes the herkomst when it is known how coordinates came to RD.
    erbij
        Gives findings that stand on the herkomst.
    voortgang
        Called as (stap, gedaan, totaal).

    Raises
    ------
    OngeschiktError
        When this source must be read as a whole. Nothing is stored.
    OpslagError
        When the disk refuses. Nothing is stored.
    """
    if not checks_in_parts(stroom.laag):
        raise OngeschiktError(f"the checks of {stroom.laag}")
    som = _Som(op)
    wijze = Wijze(
        stroom.laag,
        stroom.bron,
        stroom.vorm,
        stroom.crs,
        crs,
        f"{stroom.bron}, {stroom.laag}",
        current_limits().punten,
    )
    with opslag.rows_aside(stroom.laag) as terzijde:
        with _unwarned():
            terzijde.write(_rows(stroom, wijze, som))
            _require_whole(stroom, som)
        schoon = stroom.telling.findings() + som.cleaning()
        feiten = herkomst(som.rd)
        opname = opslag.name_snapshot(
            stroom.laag, feiten, som.opgenomen, terzijde.omvang, _total(som.oppervlakte)
        )
        bestand = terzijde.map / opname.pad.name
        getoetst = _check_file(bestand, terzijde, stroom.laag, som, voortgang)
        opname = replace(opname, bevindingen=schoon + getoetst + erbij(feiten))
        bestaand = opslag.find_same(stroom.laag, feiten)
        if bestaand is None:
            opslag.adopt(opname, bestand)
    return Doorstroming(
        feiten, som.gelezen, som.opgenomen, som.hersteld, opname.bevindingen, bestaand or opname
    )


def _rows(stroom: Stroom, wijze: Wijze, som: _Som) -> Iterator[Rijen]:
    """Give the rows to be written, reading and cleaning a few parts ahead."""
    draden = os.cpu_count() or 1
    schema = contract_schema(stroom.laag).append(pa.field("geometry", pa.binary()))

    def clean(stuk: tuple[Deel, int]) -> tuple[Schoondeel, Deelbeeld]:
        deel = purify_part(*stuk, wijze)
        beeld = check_part(
            wijze.laag, deel.kolommen, deel.wkb, deel.rijen, deel.maten, deel.meerdelig, som.op
        )
        return deel, beeld

    with ThreadPoolExecutor(1) as lezer, ThreadPoolExecutor(draden) as werkers:
        try:
            stukken = fetch_ahead(lezer, stroom.stukken, 2)
            delen = map_ahead(werkers, stroom.maak, stukken, draden)
            for deel, beeld in map_ahead(werkers, clean, _numbered(delen, stroom.telling), draden):
                som.add(deel, beeld)
                wkb = deel.wkb.cast(pa.binary())
                tabel = pa.table([*deel.kolommen.columns, wkb], schema=schema)
                yield Rijen(tabel, deel.maten.grenzen, deel.soorten)
        finally:
            lezer.shutdown(cancel_futures=True)
            werkers.shutdown(cancel_futures=True)


def _numbered(delen: Iterator[Deel], telling: Telling) -> Iterator[tuple[Deel, int]]:
    """Number the rows of the source, and count what is counted over all of them."""
    eerste = 0
    for deel in delen:
        telling.add(deel, eerste)
        yield deel, eerste
        eerste += deel.gelezen


def _require_whole(stroom: Stroom, som: _Som) -> None:
    if som.gelezen > current_limits().rijen:
        raise OngeschiktError("more rows than the limit")
    if stroom.verwacht is not None and som.gelezen < stroom.verwacht:
        raise OngeschiktError(f"{som.gelezen} of {stroom.verwacht} rows")
    if not som.opgenomen:
        raise OngeschiktError("no row to store")


def _check_file(
    bestand: Path, terzijde: RijenTerzijde, laag: str, som: _Som, voortgang: Voortgang | None
) -> tuple[Bevinding, ...]:
    """Put the rows in order in a file, prove it, and check them against each other."""
    orde = terzijde.put_in_order(bestand)
    rijen = np.concatenate(som.rijen)

    def read(nummers: NDArray[np.int64]) -> tuple[pd.DataFrame, NDArray[np.object_]]:
        in_bron = nummers[np.argsort(orde[nummers])]
        tabel, geometrie = read_flatgeobuf_rows(bestand, in_bron)
        kolommen = tabel.select(contract_schema(laag).names).cast(contract_schema(laag))
        return columns_from_arrow(laag, kolommen, rijen[orde[in_bron]].tolist()), geometrie

    with ThreadPoolExecutor(1) as werker:
        bewijs = werker.submit(terzijde.prove, bestand)
        sleutels = np.concatenate(som.sleutels)[orde]
        samen = check_together(laag, bestand, sleutels, read, voortgang)
        bewijs.result()
    waarden = som.checked("waarde", order_of_values(laag))
    return (*som.checked("vorm"), *som.checked("id"), *samen, *waarden)


@contextmanager
def _unwarned() -> Iterator[None]:
    """Leave a source of which the reading library warns to the road that passes that on."""
    with warnings.catch_warnings(record=True) as gevangen:
        warnings.simplefilter("always")
        yield
        if any("pyogrio" in melding.filename for melding in gevangen):
            raise OngeschiktError(str(gevangen[0].message))


def _total(delen: list[NDArray[np.float64]]) -> float:
    return math.fsum(getal for deel in delen for getal in deel.tolist())
