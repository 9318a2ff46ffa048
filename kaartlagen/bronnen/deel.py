"""A source that is read part by part, so that its size does not matter.

The road for sources of many thousands of rows. It is never the only one: what it does not
know for sure it leaves, by `OngeschiktError`, to the reader of the whole file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kaartlagen.bronnen.gml import Boogteller
from kaartlagen.controles import Bevinding


class OngeschiktError(Exception):
    """A source that is not for reading in parts: the text says why, for the programmer."""


@dataclass(frozen=True, slots=True)
class Deel:
    """Some rows of a source, in its order.

    Parameters
    ----------
    kolommen
        The contract's columns, of the types of `kaartlagen.laagframe.contract_schema`.
    wkb
        One geometry per row in source coordinates, east or lon first; null where absent.
    rijen
        Where each row stands among the rows of this part in the source, from 0, ascending.
    gelezen
        How many rows the source has here, those that are left out included.
    onleesbaar
        Per row position (from 0) why its geometry could not be read.
    weggelaten
        Names of the rows that are left out, in order; at least the first few.
    tellers
        What building geometry changed, per object that was read by itself.
    """

    kolommen: pa.Table
    wkb: pa.Array
    rijen: NDArray[np.int64]
    gelezen: int
    onleesbaar: Mapping[int, str] = field(default_factory=dict)
    weggelaten: tuple[str, ...] = ()
    tellers: tuple[Boogteller, ...] = ()


class Telling(Protocol):
    """What a source module counts over all parts together."""

    def add(self, deel: Deel, eerste: int) -> None:
        """Count a part, of which the first row is number `eerste` of the source, in order."""

    def findings(self) -> tuple[Bevinding, ...]:
        """Report, after the last part."""


@dataclass(frozen=True, slots=True)
class Stroom:
    """One layer's worth of rows, part by part; `laag`, `crs`, `bron` ... as those of `Lezing`.

    Parameters
    ----------
    stukken
        Pieces of the source, read one after the other in one thread. Walked once.
    maak
        Makes a part of a piece; threads do so side by side.
    telling
        What is counted over all parts.
    verwacht
        How many rows the source says it has; None when it does not say.
    """

    laag: str
    crs: str | None
    bron: str
    vorm: str
    stukken: Iterator[Any]
    maak: Callable[[Any], Deel]
    telling: Telling
    verwacht: int | None = None
    peildatum: date | None = None
