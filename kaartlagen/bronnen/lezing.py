"""What a source module hands over: contract columns beside geometry as the source has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kaartlagen.controles import Bevinding


@dataclass(frozen=True, slots=True)
class Lezing:
    """One layer's worth of rows, before CRS and geometry are checked.

    Parameters
    ----------
    laag
        Name of the contract that `kolommen` obeys.
    kolommen
        Contract columns; the index is the row's number in the source, from 0. Rows that
        are no object of this kind are left out here and told in `bevindingen`.
    geometrie
        One geometry per row in source coordinates, east or lon first; None where absent.
    crs
        The CRS that the source names; None when it names none.
    gelezen
        Rows that the source has for this layer, refused ones included.
    bron
        Stable id of the source, see `kaartlagen.herkomst.Herkomst`.
    vorm
        The source's form in words.
    peildatum
        The date that the source itself gives; None when it gives none.
    onleesbaar
        Per row position (from 0) why its geometry could not be read.
    percelen
        Per row position the percelen whose ground it is, for a row without geometry of its
        own; as the source names them.
    samenvoegen_op
        Column whose equal values are one thing, to be merged into one row; None for none.
    eigenaar, licentie
        Whose data it is and under which terms, where the form of the source tells.
    ernaast
        Files beside the source that this layer was made from too: they count in its hash.
    """

    laag: str
    kolommen: pd.DataFrame
    geometrie: NDArray[np.object_]
    crs: str | None
    gelezen: int
    bron: str
    vorm: str
    peildatum: date | None = None
    onleesbaar: Mapping[int, str] = field(default_factory=dict)
    samenvoegen_op: str | None = None
    percelen: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    bevindingen: tuple[Bevinding, ...] = ()
    eigenaar: str | None = None
    licentie: str | None = None
    ernaast: tuple[Path, ...] = ()
