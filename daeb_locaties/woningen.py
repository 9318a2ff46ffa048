"""Present homes: the verblijfsobjecten in which people live now."""

from __future__ import annotations

import geopandas as gpd

from kaartlagen.opslag import LaagOpslag

WOONFUNCTIE = "woonfunctie"
IN_GEBRUIK = ("in gebruik", "verbouwing")
"""Words in the status of a verblijfsobject that is there: used, measured or not, or rebuilt."""


def read_woningen(lagen: LaagOpslag) -> gpd.GeoDataFrame | None:
    """Return one point (EPSG:28992) per present home.

    Returns
    -------
    GeoDataFrame or None
        None when no verblijfsobjecten are stored: then homes are unknown, not absent. A
        verblijfsobject counts when its gebruiksdoel holds the woonfunctie and its status,
        where the source gives one, says that it is in use or being rebuilt.
    """
    objecten = lagen.read("verblijfsobjecten")
    if objecten.empty:
        return None
    woont = objecten["gebruiksdoel"].fillna("").str.lower().str.contains(WOONFUNCTIE)
    status = objecten["status"].fillna(IN_GEBRUIK[0]).str.lower()
    return objecten[woont & status.str.contains("|".join(IN_GEBRUIK))].reset_index(drop=True)
