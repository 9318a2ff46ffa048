"""The checks of `check_layer` for a layer that is never whole in memory.

Of each part only the rows that a check could name are looked at; what concerns rows
together is searched for in the stored file. A test holds both roads against each other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from numpy.typing import NDArray

from kaartlagen.controles import Bevinding
from kaartlagen.laagframe import columns_from_arrow
from kaartlagen.sleutels import SLEUTELS
from kaartlagen.toetsen.buren import find_overlaps
from kaartlagen.toetsen.dekking import DEKKINGEN, overlap_findings
from kaartlagen.toetsen.dubbel import alike_findings, alike_keys, id_findings
from kaartlagen.toetsen.maten import Maten, measure
from kaartlagen.toetsen.vormen import SPLINTER_BREEDTE_M, shape_findings
from kaartlagen.toetsen.waardelijsten import IDVORMEN, WAARDELIJSTEN
from kaartlagen.toetsen.waarden import GROOTTE_AANDEEL, GROOTTE_M2, in_list, value_findings

_RUIMER = 1.000_001
"""Rows on the edge of a limit are looked at too; the check itself decides."""

Voortgang = Callable[[str, int, int], None]
Rijlezer = Callable[[NDArray[np.int64]], tuple[pd.DataFrame, NDArray[np.object_]]]
"""Reads rows by their number in the stored file: columns and geometry in source order."""


@dataclass(frozen=True, slots=True)
class Deelbeeld:
    """What the checks see of one part: findings per kind of check, and the keys of its rows."""

    bevindingen: Mapping[str, tuple[Bevinding, ...]]
    sleutels: NDArray[np.uint64]


def checks_in_parts(laag: str) -> bool:
    """Say whether a layer can be checked part by part."""
    return laag in _VERDACHT


def order_of_values(laag: str) -> tuple[str, ...]:
    """Give the codes of `value_findings` that come first, in their order."""
    lijsten = tuple(lijst.controle.code for lijst in WAARDELIJSTEN.get(laag, ()))
    return (*lijsten, IDVORMEN[laag].controle.code) if laag in IDVORMEN else lijsten


def check_part(
    laag: str,
    kolommen: pa.Table,
    wkb: pa.Array,
    rijen: NDArray[np.int64],
    maten: Maten,
    meerdelig: NDArray[np.bool_],
    op: date,
) -> Deelbeeld:
    """Check the rows of a part one by one.

    Parameters
    ----------
    laag
        A layer of which `checks_in_parts` says yes.
    kolommen, wkb
        Its columns and valid geometry in EPSG:28992.
    rijen
        The number of each row in the source, from 0.
    maten
        The measures of the rows.
    meerdelig
        Which rows are of more than one part.
    op
        The day of reading.
    """
    sleutels = alike_keys(maten)
    verdacht = meerdelig | _odd_columns(laag, kolommen) | _VERDACHT[laag](kolommen, maten)
    plekken = np.flatnonzero(verdacht)
    if len(plekken) == 0:
        return Deelbeeld({}, sleutels)
    keus = pa.array(plekken)
    frame = columns_from_arrow(laag, kolommen.take(keus), rijen[plekken].tolist())
    geometrie = shapely.from_wkb(wkb.take(keus).to_numpy(zero_copy_only=False))
    eigen = maten.of(plekken)
    bevindingen = {
        "vorm": shape_findings(laag, frame, geometrie, eigen),
        "id": id_findings(laag, frame),
        "waarde": value_findings(laag, frame, eigen, op),
    }
    return Deelbeeld(bevindingen, sleutels)


def check_together(
    laag: str,
    pad: Path,
    sleutels: NDArray[np.uint64],
    lees: Rijlezer,
    voortgang: Voortgang | None = None,
) -> tuple[Bevinding, ...]:
    """Check all rows of a stored layer against each other.

    Parameters
    ----------
    laag
        The layer.
    pad
        Its FlatGeobuf.
    sleutels
        The key of every row (see `Deelbeeld`), in the order of the file.
    lees
        Reads rows of the file.
    voortgang
        Called as (stap, gedaan, totaal).
    """
    _, omgekeerd, aantal = np.unique(sleutels, return_inverse=True, return_counts=True)
    gelijk = np.flatnonzero(aantal[omgekeerd] > 1)
    uit: tuple[Bevinding, ...] = ()
    if len(gelijk):
        kolommen, geometrie = lees(gelijk)
        uit += alike_findings(laag, kolommen, geometrie, measure(geometrie))
    paren = find_overlaps(pad) if laag in DEKKINGEN else np.empty((0, 2), np.int64)
    if len(paren):
        uit += overlap_findings(laag, *lees(np.unique(paren)), voortgang)
    return uit


def _parcels(kolommen: pa.Table, maten: Maten) -> NDArray[np.bool_]:
    """Mark slivers, and percelen of another size than the register says."""
    grootte = kolommen.column("kadastrale_grootte_m2").to_numpy()
    kaart = maten.oppervlakte_m2
    dun = 2 * kaart < _RUIMER * SPLINTER_BREEDTE_M * maten.omtrek_m
    # A comparison with an unknown size is False.
    anders = _RUIMER * np.abs(kaart - grootte) > np.maximum(GROOTTE_M2, GROOTTE_AANDEEL * grootte)
    masker: NDArray[np.bool_] = dun | anders
    return masker


_VERDACHT: dict[str, Callable[[pa.Table, Maten], NDArray[np.bool_]]] = {"percelen": _parcels}
"""Per layer which rows its checks could name, besides those that its columns tell."""


def _odd_columns(laag: str, kolommen: pa.Table) -> NDArray[np.bool_]:
    """Mark rows without key, with an odd identification or a value out of its list."""
    uit = np.zeros(len(kolommen), dtype=bool)
    for naam in SLEUTELS.get(laag, ()):
        uit |= kolommen.column(naam).is_null().to_numpy()
    if laag in IDVORMEN:
        vorm = IDVORMEN[laag]
        goed = pc.match_substring_regex(kolommen.column(vorm.kolom), vorm.patroon)
        uit |= ~pc.fill_null(goed, True).to_numpy()
    for lijst in WAARDELIJSTEN.get(laag, ()):
        gecodeerd = kolommen.column(lijst.kolom).combine_chunks().dictionary_encode()
        vreemd = [not in_list(waarde, lijst) for waarde in gecodeerd.dictionary.to_pylist()]
        # The last place stands for rows without a value.
        codes = gecodeerd.indices.fill_null(len(vreemd)).to_numpy(zero_copy_only=False)
        uit |= np.array([*vreemd, False])[codes]
    return uit
