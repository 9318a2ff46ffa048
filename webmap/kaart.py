"""Folium's map in RD as two pieces of our own page: a div and a script.

The only module that imports folium. Its own page head is thrown away: that forbids zooming
(WCAG 1.4.4), carries inline styles and asks four other hosts for files. What is left is the
map, its panes and its layer groups; the browser fills the groups. No text of users passes
through here: folium does not escape it everywhere.
"""

from __future__ import annotations

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

LAGEN = ("bestemmingsvlakken", "plangebieden", "percelen", "gemeenten", "selectie", "locaties")
"""The layer groups from bottom to top; each has a pane of its own."""

_ONDERSTE_PANE = 410
_KLEINSTE_ZOOM, _GROOTSTE_ZOOM = 2, 15


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


def render_kaart(bbox_rd: Bbox) -> Kaartdeel:
    """Render the map as `map_hoofd`, its groups as `feature_group_<laag>`.

    Parameters
    ----------
    bbox_rd
        The box in EPSG:28992 metres that the map shows at first.
    """
    zuidwest, noordoost = _corners(bbox_rd)
    midden = [(zuidwest[0] + noordoost[0]) / 2, (zuidwest[1] + noordoost[1]) / 2]
    kaart = Kaart(
        location=midden,
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
    for nummer, laag in enumerate(LAGEN):
        pane = folium.map.CustomPane(
            laag, z_index=_ONDERSTE_PANE + 10 * nummer, pointer_events=laag == "locaties"
        )
        groep = folium.FeatureGroup(name=laag, control=False)
        _name(pane, laag)
        _name(groep, laag)
        pane.add_to(kaart)
        groep.add_to(kaart)
    kaart.fit_bounds([zuidwest, noordoost], padding=(24, 24), max_zoom=_GROOTSTE_ZOOM - 2)
    wortel = cast("Figure", kaart.get_root())
    wortel.render()
    # Only numbers and the names above are in these texts, so they need no escaping.
    return Kaartdeel(Markup(wortel.html.render()), Markup(wortel.script.render()))  # noqa: S704


def _name(element: Any, naam: str) -> None:
    """Give an element a fixed id, so that its JavaScript name is known and stable."""
    element._id = naam  # noqa: SLF001 - branca offers no other way


def _corners(bbox_rd: Bbox) -> tuple[list[float], list[float]]:
    """Return the south-west and north-east corner as [lat, lon]."""
    hoeken = np.array([Point(bbox_rd[0], bbox_rd[1]), Point(bbox_rd[2], bbox_rd[3])], dtype=object)
    zuidwest, noordoost = to_lonlat(hoeken)
    return [zuidwest.y, zuidwest.x], [noordoost.y, noordoost.x]
