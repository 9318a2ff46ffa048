"""Folium's map in RD as two pieces of our own page: a div and a script.

The only module that imports folium. Its own page head is thrown away: that forbids zooming
(WCAG 1.4.4), carries inline styles and asks four other hosts for files. What is left is the
map, its panes and its layer groups; the browser fills the groups. No text of users passes
through here: folium does not escape it everywhere.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, cast

import folium
import numpy as np
from branca.element import Figure
from markupsafe import Markup
from shapely import Point

from kaartlagen.crs import to_lonlat

Bbox = tuple[float, float, float, float]

NEDERLAND_RD: Bbox = (10_000.0, 305_000.0, 280_000.0, 620_000.0)
"""Where the map opens when the project holds nothing yet."""

ONDERGROND = ("bestemmingsvlakken", "plangebieden", "percelen", "gemeenten", "selectie")
LAGEN = (*ONDERGROND, "locaties")
"""The layer groups from bottom to top; each has a pane of its own."""

_ONDERSTE_PANE = 410
_KLEINSTE_ZOOM, _GROOTSTE_ZOOM = 2, 15
_METER_PER_PIXEL_BIJ_NUL = 3440.64  # PDOK's RD grid
_BEELD_PX = 512


class Kaart(folium.Map):
    """A folium map that asks for no file: the page brings Leaflet itself."""

    # Class attributes, as in folium itself; never `add_js_link`, which changes them for all.
    default_js = []  # noqa: RUF012 - folium types these as instance variables
    default_css = []  # noqa: RUF012


@dataclass(frozen=True, slots=True)
class Kaartdeel:
    """The map's div and its script, for a page that gives the script a nonce."""

    html: Markup
    script: Markup


def render_kaart(bbox_rd: Bbox, bovenste: str = "locaties") -> Kaartdeel:
    """Render the map as `map_hoofd`, its groups as `feature_group_<laag>`.

    Parameters
    ----------
    bbox_rd
        The box in EPSG:28992 metres that the map shows at first.
    bovenste
        The name of the group on top: what the page is about, and what can be clicked.
    """
    kaart = Kaart(
        location=_center(bbox_rd),
        zoom_start=_zoom(bbox_rd),
        tiles=None,
        crs="RD",
        zoom_control=False,
        attribution_control=False,
        minZoom=_KLEINSTE_ZOOM,
        maxZoom=_GROOTSTE_ZOOM,
        zoomSnap=0.25,
        zoomDelta=0.75,
        wheelPxPerZoomLevel=90,
    )
    _name(kaart, "hoofd")
    for nummer, laag in enumerate((*ONDERGROND, bovenste)):
        pane = folium.map.CustomPane(
            laag, z_index=_ONDERSTE_PANE + 10 * nummer, pointer_events=laag == bovenste
        )
        groep = folium.FeatureGroup(name=laag, control=False)
        _name(pane, laag)
        _name(groep, laag)
        pane.add_to(kaart)
        groep.add_to(kaart)
    wortel = cast("Figure", kaart.get_root())
    wortel.render()
    # Only numbers and the names above are in these texts, so they need no escaping.
    return Kaartdeel(Markup(wortel.html.render()), Markup(wortel.script.render()))  # noqa: S704


def _name(element: Any, naam: str) -> None:
    """Give an element a fixed id, so that its JavaScript name is known and stable."""
    element._id = naam  # noqa: SLF001 - branca offers no other way


def _center(bbox_rd: Bbox) -> list[float]:
    """Return the middle of the box as [lat, lon]."""
    midden = Point((bbox_rd[0] + bbox_rd[2]) / 2, (bbox_rd[1] + bbox_rd[3]) / 2)
    plek = to_lonlat(np.array([midden], dtype=object))[0]
    return [plek.y, plek.x]


def _zoom(bbox_rd: Bbox) -> int:
    """Return the zoom at which the box fits a small map; the page then fits it to its own.

    Folium's `fit_bounds` would start an animation that swallows the page's own fit.
    """
    zijde_m = max(bbox_rd[2] - bbox_rd[0], bbox_rd[3] - bbox_rd[1], 1.0)
    zoom = math.floor(math.log2(_METER_PER_PIXEL_BIJ_NUL * _BEELD_PX / zijde_m))
    return min(max(zoom, _KLEINSTE_ZOOM), _GROOTSTE_ZOOM)
