"""Reading a written file back before it counts, through fiona where it is installed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
from shapely.geometry import shape

from kaartlagen.errors import OpslagError
from kaartlagen.projdata import adopt_proj_data
from kaartlagen.schrijven.container import VormfoutError, count_rows
from kaartlagen.teruglezen import Laagbeeld, Terugleesbewijs, require_equal

try:
    adopt_proj_data()
    import fiona
except ImportError:  # no release for Python 3.14 yet; the proof then says so
    fiona = None

RD = 28992
_STEEKPROEF = 32


def prove(pad: Path, verwacht: tuple[Laagbeeld, ...]) -> Terugleesbewijs:
    """Read a file back and require that it holds what was meant."""
    gelezen = _look_with_pyogrio(pad) if fiona is None else _look_with_fiona(pad, _count_keys)
    return _proof(pad, verwacht, gelezen)


def prove_flatgeobuf(pad: Path, verwacht: Laagbeeld) -> Terugleesbewijs:
    """Read a FlatGeobuf back: every row by its length, a sample of them by their index.

    The container is ours, so this reads what GDAL makes of it: rows from all over the file
    are read by their number, and each must be found again by its box.
    """
    try:
        aantal = count_rows(pad)
    except VormfoutError as fout:
        raise OpslagError(
            f"het teruglezen mislukt ({fout}).", waar=str(pad), herstel="Probeer het opnieuw."
        ) from fout
    gelezen = _look_with_pyogrio(pad) if fiona is None else _look_with_fiona(pad, lambda _: aantal)
    monster = np.unique(np.linspace(0, aantal - 1, _STEEKPROEF).astype(int)).tolist()
    kwijt = _lost_by_pyogrio(pad, monster) if fiona is None else _lost_by_fiona(pad, monster)
    if kwijt:
        raise OpslagError(
            f"het teruglezen geeft iets anders: rij {kwijt[0] + 1} is niet te vinden.",
            waar=str(pad),
            herstel="Er is niets weggeschreven; probeer het opnieuw.",
        )
    return _proof(pad, (verwacht,), gelezen)


def _proof(
    pad: Path, verwacht: tuple[Laagbeeld, ...], gelezen: tuple[Laagbeeld, ...]
) -> Terugleesbewijs:
    require_equal(pad.name, verwacht, gelezen)
    if fiona is None:
        lezer = f"pyogrio {pyogrio.__version__} (GDAL {pyogrio.__gdal_version_string__})"
    else:
        lezer = f"fiona {fiona.__version__} (GDAL {fiona.__gdal_version__})"
    return Terugleesbewijs(lezer, fiona is not None, gelezen)


def _lost_by_fiona(pad: Path, monster: Sequence[int]) -> list[int]:
    """Name the rows of a sample that are not among the rows in their own box."""
    with fiona.open(pad) as bron:
        # All boxes first: fiona keeps a box as a filter on what is read by number.
        vakken = {rij: shape(bron[rij].geometry).bounds for rij in monster}
        return [rij for rij, vak in vakken.items() if rij not in set(bron.keys(bbox=vak))]


def _lost_by_pyogrio(pad: Path, monster: Sequence[int]) -> list[int]:
    nummers, grenzen = pyogrio.read_bounds(pad)
    per_rij = dict(zip(nummers.tolist(), grenzen.T.tolist(), strict=True))
    return [
        rij
        for rij in monster
        if rij not in pyogrio.read_bounds(pad, bbox=tuple(per_rij[rij]))[0].tolist()
    ]


def _count_keys(bron: Any) -> int:
    """Count row by row: the number in the header is the writer's own word."""
    return sum(1 for _ in bron.keys())  # noqa: SIM118  (keys alone is cheap)


def _look_with_fiona(pad: Path, count: Callable[[Any], int]) -> tuple[Laagbeeld, ...]:
    """Describe every layer of a file through fiona, which brings its own GDAL."""
    beelden = []
    for naam in fiona.listlayers(pad):
        with fiona.open(pad, layer=naam) as bron:
            aantal = count(bron)
            ruimtelijk = bron.schema["geometry"] != "None"
            beelden.append(
                Laagbeeld(
                    naam=naam,
                    aantal=aantal,
                    kolommen=tuple(bron.schema["properties"]),
                    bbox_rd=bron.bounds if ruimtelijk and aantal else None,
                    epsg=bron.crs.to_epsg() if ruimtelijk else None,
                )
            )
    return tuple(beelden)


def _look_with_pyogrio(pad: Path) -> tuple[Laagbeeld, ...]:
    """Describe every layer of a file through pyogrio, where fiona cannot be had."""
    beelden = []
    for naam, soort in pyogrio.list_layers(pad):
        feiten = pyogrio.read_info(
            pad, layer=naam, force_feature_count=True, force_total_bounds=True
        )
        ruimtelijk = soort is not None
        aantal = int(feiten["features"])
        epsg = str(feiten["crs"]).removeprefix("EPSG:") if ruimtelijk else ""
        beelden.append(
            Laagbeeld(
                naam=naam,
                aantal=aantal,
                kolommen=tuple(map(str, feiten["fields"])),
                bbox_rd=feiten["total_bounds"] if ruimtelijk and aantal else None,
                epsg=int(epsg) if epsg.isdigit() else None,
            )
        )
    return tuple(beelden)
