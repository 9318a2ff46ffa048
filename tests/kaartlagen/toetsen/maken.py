"""Frames of one layer for the checks: squares of 10 m on a line, unless told otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import shapely

from kaartlagen.controles import Bevinding
from kaartlagen.laagframe import contract_columns, layer_frame
from kaartlagen.toetsen import check_layer

DAG = date(2026, 11, 22)


def vak(nummer: float, breed: float = 10.0, hoog: float = 10.0) -> shapely.Polygon:
    """The square with this number; neighbours touch."""
    x, y = 155_000.0 + 10 * nummer, 463_000.0
    return shapely.box(x, y, x + breed, y + hoog)


def frame(
    laag: str,
    kolommen: Mapping[str, Sequence[object]],
    vormen: Sequence[shapely.Geometry] | None = None,
):
    """A frame of a layer; columns that are not named are unknown."""
    aantal = len(next(iter(kolommen.values())))
    vlakken = np.empty(aantal, dtype=object)
    vlakken[:] = [vak(2 * nummer) for nummer in range(aantal)] if vormen is None else vormen
    return layer_frame(contract_columns(laag, kolommen, range(aantal)), vlakken)


def check(laag: str, *argumenten: object, op: date = DAG) -> dict[str, Bevinding]:
    """The findings on a frame, by code."""
    bevindingen = check_layer(laag, frame(laag, *argumenten), op)
    codes = [bevinding.code for bevinding in bevindingen]
    assert len(codes) == len(set(codes)) or laag in {"bopa", "panden"}
    return {bevinding.code: bevinding for bevinding in bevindingen}
