"""Finding a column by what it is called in many sources: case, signs and cuts do not matter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

SHAPEFILE_LENGTE = 10
"""A Shapefile keeps ten characters of a column name."""


def normalise(naam: str) -> str:
    """Reduce a column name to its letters and digits: ``Gem_naam`` and ``GEMNAAM`` are one."""
    plat = unicodedata.normalize("NFKD", naam).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", plat.lower())


def find_column(kolommen: Iterable[str], namen: Sequence[str]) -> str | None:
    """Find the first of some names among columns.

    Parameters
    ----------
    kolommen
        Column names as the source has them.
    namen
        What the column may be called, the best first.

    Returns
    -------
    str or None
        The source's own name. A whole name goes before one cut to ten characters, as
        Shapefiles do; a cut that fits more than one column fits none.
    """
    eigen = list(kolommen)
    per_naam: dict[str, str] = {}
    for kolom in eigen:
        per_naam.setdefault(normalise(kolom), kolom)
    for naam in namen:
        if normalise(naam) in per_naam:
            return per_naam[normalise(naam)]
    for naam in namen:
        if len(naam) <= SHAPEFILE_LENGTE:
            continue
        kort = [k for k in eigen if k.lower() == naam[:SHAPEFILE_LENGTE].lower()]
        if len(kort) == 1:
            return kort[0]
    return None


def restore_cut(kolommen: Sequence[str], schema: Sequence[str]) -> dict[str, str]:
    """Undo what writing a known schema as a Shapefile does to its names.

    GDAL cuts to ten characters and numbers what then coincides (``kadastra_1``), in the
    order of the schema; so the order tells which was which.

    Parameters
    ----------
    kolommen
        Column names of a Shapefile.
    schema
        The full names, in the order in which the source publishes them.

    Returns
    -------
    dict
        Cut name to full name; empty unless every column of the schema is there.
    """
    gekort: dict[str, str] = {}
    for naam in schema:
        kort = naam[:SHAPEFILE_LENGTE]
        nummer = 1
        while kort in gekort:
            staart = f"_{nummer}" if nummer < 10 else f"{nummer}"
            kort = naam[: SHAPEFILE_LENGTE - len(staart)] + staart
            nummer += 1
        gekort[kort] = naam
    return gekort if set(gekort) <= set(kolommen) else {}
