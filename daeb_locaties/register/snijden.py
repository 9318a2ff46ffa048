"""Cutting the ground of a locatie into parts that together are that ground, to the last m2."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import shapely
from shapely import LineString, MultiPolygon, Point, Polygon
from shapely.ops import split

from daeb_locaties.errors import LocatieError

SNIPPER_M2 = 1.0
"""Ground below this size is a sliver of drawing, and goes with the part beside it."""

Vlak: TypeAlias = Polygon | MultiPolygon
_HERSTEL = "Teken de lijn of de vlakken opnieuw."


def cut_by_line(geheel: MultiPolygon, lijn: LineString, waar: str) -> tuple[MultiPolygon, ...]:
    """Cut ground along a line: first what lies left of it, then what lies right.

    Raises
    ------
    LocatieError
        When the line does not part the ground in two.
    """
    stukken = [stuk for deel in geheel.geoms for stuk in split(deel, lijn).geoms]
    links = [stuk for stuk in stukken if _left_of(lijn, stuk.representative_point())]
    rechts = [stuk for stuk in stukken if stuk not in links]
    if len(stukken) == len(geheel.geoms) or not links or not rechts:
        raise LocatieError(
            "de lijn deelt de locatie niet in tweeën.",
            waar=waar,
            herstel="Trek haar van buiten naar buiten, dwars door het vlak.",
        )
    return _whole(geheel, [_merge(links), _merge(rechts)], waar)


def cut_by_shapes(
    geheel: MultiPolygon, vlakken: Sequence[Vlak], waar: str
) -> tuple[MultiPolygon, ...]:
    """Cut ground by shapes: one part per shape, in their order, and one for the rest.

    Raises
    ------
    LocatieError
        When the shapes overlap one another within the ground, or leave it whole.
    """
    delen = [_polygons(shapely.intersection(geheel, vlak)) for vlak in vlakken]
    for i, een in enumerate(delen):
        for ander in delen[i + 1 :]:
            if shapely.intersection(een, ander).area >= SNIPPER_M2:
                raise LocatieError(
                    "de vlakken overlappen elkaar binnen de locatie.", waar=waar, herstel=_HERSTEL
                )
    rest = _polygons(shapely.difference(geheel, shapely.union_all(delen)))
    raak = [deel for deel in delen if deel.area >= SNIPPER_M2]
    if rest.area >= SNIPPER_M2:
        raak.append(rest)
    if len(raak) < 2:
        raise LocatieError(
            "de vlakken delen de locatie niet.", waar=waar, herstel="Kies vlakken die haar kruisen."
        )
    return _whole(geheel, raak, waar)


def _whole(
    geheel: MultiPolygon, delen: Sequence[MultiPolygon], waar: str
) -> tuple[MultiPolygon, ...]:
    """Give slivers that fell between the parts to the part beside them, and prove the sum."""
    uit = list(delen)
    for snipper in _polygons(shapely.difference(geheel, shapely.union_all(uit))).geoms:
        if snipper.area > 0:
            buur = int(np.argmin([shapely.distance(snipper, deel) for deel in uit]))
            uit[buur] = _polygons(shapely.union(uit[buur], snipper))
    samen = sum(deel.area for deel in uit)
    if abs(samen - geheel.area) > max(SNIPPER_M2, 1e-6 * geheel.area):
        raise LocatieError(
            f"de delen zijn samen {samen:.1f} m2 en het geheel is {geheel.area:.1f} m2.",
            waar=waar,
            herstel=_HERSTEL,
        )
    return tuple(uit)


def _left_of(lijn: LineString, punt: Point) -> bool:
    """Whether a point lies left of a line, seen along it, by the segment nearest to it.

    Where a corner is nearest, two segments are; the one that points away from the point
    more squarely then tells the side.
    """
    hoeken = np.asarray(lijn.coords)[:, :2]
    begin, richting = hoeken[:-1], np.diff(hoeken, axis=0)
    lengte = np.hypot(*richting.T)
    naar = np.array([punt.x, punt.y]) - begin
    langs = np.clip((naar * richting).sum(axis=1) / lengte**2, 0.0, 1.0)
    afstand = np.hypot(*(naar - langs[:, None] * richting).T)
    dwars = (richting[:, 0] * naar[:, 1] - richting[:, 1] * naar[:, 0]) / lengte
    dichtbij = np.flatnonzero(afstand <= afstand.min() * (1 + 1e-9) + 1e-9)
    beste = dichtbij[np.argmax(np.abs(dwars[dichtbij]))]
    return bool(dwars[beste] > 0)


def _merge(stukken: Sequence[Polygon]) -> MultiPolygon:
    return _polygons(shapely.union_all(stukken))


def _polygons(vorm: shapely.Geometry) -> MultiPolygon:
    """Return the polygons of a shape; lines and points that cutting left are no ground."""
    delen = [deel for deel in shapely.get_parts(vorm) if isinstance(deel, Polygon | MultiPolygon)]
    vlakken = [vlak for deel in delen for vlak in shapely.get_parts(deel) if not vlak.is_empty]
    return MultiPolygon(list(vlakken))
