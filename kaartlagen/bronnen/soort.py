"""What a source module offers to recognition and intake: a kind, its grounds, its reader."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from kaartlagen.bronnen.deel import Stroom
from kaartlagen.bronnen.lezing import Lezing
from kaartlagen.lezen import Bronlaag, Laagkop
from kaartlagen.xmllezen import Wortel


@dataclass(frozen=True, slots=True)
class XmlSoort:
    """A kind of XML source.

    `recognise` says from the root (and the names of the first members) on what grounds a
    file is of this kind, None when it is not; `read` gives at least one reading, or raises
    a KaartlagenError that refuses the file. `naam` is what people call it. `stream` reads a
    large file part by part; None where there is no such road.
    """

    soort: str
    naam: str
    recognise: Callable[[Wortel], str | None]
    read: Callable[[Path], tuple[Lezing, ...]]
    stream: Callable[[Path], Stroom] | None = None


@dataclass(frozen=True, slots=True)
class Tabelsoort:
    """A kind of source that is a table with geometry.

    `recognise` gets all column names and the first rows, and says on what grounds the
    table is of this kind, None when it is not. A kind that `wijkt` gives way to any other
    that fits (plans and percelen have a gemeente too). `geometrieen` are the geometry
    types, as GDAL names them, among which it can be recognised; None for all of them.
    `companion` names the table without geometry that belongs to one of this kind in the
    same file (None for any other); it is handed over with the rows, as `Bronlaag.erbij`.
    `stream` reads a large table part by part; None where there is no such road.
    """

    soort: str
    recognise: Callable[[Sequence[str], pd.DataFrame], str | None]
    read: Callable[[Bronlaag], tuple[Lezing, ...]]
    wijkt: bool = False
    geometrieen: frozenset[str] | None = None
    companion: Callable[[str], str | None] | None = None
    stream: Callable[[Laagkop], Stroom] | None = None
