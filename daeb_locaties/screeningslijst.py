"""The read model of the screening: every parcel with its outcome and its gemeente."""

from __future__ import annotations

import hashlib

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from daeb_locaties.beoordelen import PLANLAGEN
from daeb_locaties.keten import read_regime
from daeb_locaties.perceelmeting import measure_percelen
from daeb_locaties.project import Project
from daeb_locaties.screening import screen_percelen
from daeb_locaties.voortgang import Voortgang
from daeb_locaties.woningen import read_woningen
from kaartlagen.overlay.delen import Uitvoerder

LAGEN = ("percelen", "gemeenten", "verblijfsobjecten", *PLANLAGEN)
"""The layers that the outcome rests on."""


def read_screening(
    project: Project, uitvoerder: Uitvoerder | None = None, voortgang: Voortgang | None = None
) -> gpd.GeoDataFrame:
    """Screen every parcel of the project.

    Parameters
    ----------
    project
        Its stored layers and the rules of its akkoord.
    uitvoerder
        Who measures; None for the threads of this process.
    voortgang
        Hears how far the measuring is.

    Returns
    -------
    GeoDataFrame
        The columns of `screen_percelen` with `gemeentecode` and `gemeentenaam` (None where
        no stored gemeente holds the parcel's inner point), one row per parcel in the order of
        the store, EPSG:28992. Without parcels a frame without rows.
    """
    percelen = project.lagen.read("percelen")
    vormen = np.asarray(percelen.geometry.values, dtype=object)
    regime = read_regime(project)
    paren = measure_percelen(
        vormen,
        [opname.id for opname in project.lagen.current("percelen")],
        regime,
        project.lagen.map / "delen",
        uitvoerder=uitvoerder,
        voortgang=voortgang,
    )
    akkoord = project.akkoord
    uit = screen_percelen(
        percelen,
        regime,
        akkoord.hardheid,
        akkoord.screening,
        woningen=read_woningen(project.lagen),
        paren=paren,
    )
    return _with_gemeente(uit, project.lagen.read("gemeenten"))


def screening_key(project: Project) -> tuple[str, ...]:
    """Name all that the screening depends on; while this stays equal, so does the outcome."""
    opnamen = [opname.id for laag in LAGEN for opname in project.lagen.current(laag)]
    return *opnamen, hashlib.sha256(repr(project.akkoord).encode()).hexdigest()


def _with_gemeente(percelen: gpd.GeoDataFrame, grenzen: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Add the gemeente that holds the inner point of each parcel."""
    punten = shapely.point_on_surface(np.asarray(percelen.geometry.values, dtype=object))
    # The gemeenten ask and the points are in the tree: who asks is prepared once, and a
    # gemeente has thousands of vertices.
    grens, perceel = shapely.STRtree(punten).query(
        np.asarray(grenzen.geometry.values, dtype=object), predicate="intersects"
    )
    # A point on a border belongs to one gemeente: the first.
    perceel, eerste = np.unique(perceel, return_index=True)
    for kolom in ("gemeentecode", "gemeentenaam"):
        waarden = np.full(len(percelen), None, dtype=object)
        waarden[perceel] = grenzen[kolom].to_numpy(dtype=object)[grens[eerste]]
        percelen[kolom] = pd.Series(waarden, index=percelen.index, dtype=object)
    return percelen
