"""Pairs that were found block by block, put in the order of the left rows."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kaartlagen.overlay.compilatie import ingang
from kaartlagen.overlay.stukken import Getallen, Nummers


@ingang
def place_rows(
    rijen: npt.NDArray[np.int32],
    aantal: npt.NDArray[np.int32],
    rij: npt.NDArray[np.int32],
    area: Getallen,
    plaats: Nummers,
    links: Nummers,
    rechts: Nummers,
    uit: Getallen,
) -> None:
    """Write the pairs of a block of left rows where `plaats` says that each row begins."""
    k = 0
    for r in range(len(rijen)):
        doel = plaats[rijen[r]]
        for t in range(doel, doel + aantal[r]):
            links[t] = rijen[r]
            rechts[t] = rij[k]
            uit[t] = area[k]
            k += 1


@ingang
def place_pairs(
    links: npt.NDArray[np.int32],
    rechts: npt.NDArray[np.int32],
    area: Getallen,
    plaats: Nummers,
    uit_links: Nummers,
    uit_rechts: Nummers,
    uit_area: Getallen,
) -> None:
    """Write pairs where `plaats` says that the next of their left row belongs."""
    for k in range(len(links)):
        doel = plaats[links[k]]
        plaats[links[k]] = doel + 1
        uit_links[doel] = links[k]
        uit_rechts[doel] = rechts[k]
        uit_area[doel] = area[k]
