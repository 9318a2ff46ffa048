"""Measuring all parcels against the regime in parts: here by threads, elsewhere by a cluster."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from daeb_locaties.hardheid.regime import Regime
from daeb_locaties.voortgang import Voortgang
from kaartlagen.overlay import OppervlakteindexError, Oppervlakteparen
from kaartlagen.overlay.delen import Deel, Uitvoerder, open_delen, stream_join, write_delen

DEEL_RIJEN = 65_536
"""Rows per part: a part of parcels is some 25 MB, so that a worker of any size can hold it."""


def measure_percelen(
    percelen: npt.NDArray[np.object_],
    momentopnamen: Sequence[str],
    regime: Regime,
    map_: Path,
    *,
    uitvoerder: Uitvoerder | None = None,
    voortgang: Voortgang | None = None,
) -> Oppervlakteparen:
    """Return the shared areas of parcels (left) and pieces of the regime (right).

    Parameters
    ----------
    percelen
        Polygons in EPSG:28992, in the order of the store: neighbours stand near each other.
    momentopnamen
        The ids of the snapshots that they are of; their parts are kept for the next time.
    regime
        The flat cover of plans.
    map_
        Where parts are kept. Workers of a cluster must see it at the same path.
    uitvoerder
        Who does the work; None for the threads of this process. The outcome is the same.
    """
    links = _parts(percelen, "\n".join(momentopnamen), map_ / "percelen")
    rechts = _parts(regime.geometrie_rd, _digest(regime), map_ / "regime")
    delen = list(stream_join(links, rechts, uitvoerder=uitvoerder, voortgang=voortgang))
    if not delen:
        return regime.area_join(percelen)
    return Oppervlakteparen(
        np.concatenate([deel.left for deel in delen]),
        np.concatenate([deel.right for deel in delen]),
        np.concatenate([deel.area_m2 for deel in delen]),
    )


def _parts(vormen: npt.NDArray[np.object_], kenmerk: str, map_: Path) -> tuple[Deel, ...]:
    """Open the parts of a layer, or make them; parts of an earlier state are deleted."""
    eigen = map_ / hashlib.sha256(kenmerk.encode()).hexdigest()[:16]
    try:
        return open_delen(eigen)
    except OppervlakteindexError:
        shutil.rmtree(map_, ignore_errors=True)
        return write_delen(_blocks(vormen), eigen)


def _blocks(vormen: npt.NDArray[np.object_]) -> Iterator[npt.NDArray[np.object_]]:
    for begin in range(0, len(vormen), DEEL_RIJEN):
        yield vormen[begin : begin + DEEL_RIJEN]


def _digest(regime: Regime) -> str:
    """Name a regime by its pieces: plan, object and rule, in order."""
    return "\n".join(
        f"{stuk.momentopname} {stuk.object_id} {stuk.grond.regel}" for stuk in regime.stukken
    )
