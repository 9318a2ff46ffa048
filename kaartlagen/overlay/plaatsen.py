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
