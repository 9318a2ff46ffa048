"""From loose float polygons to an exact cover: faces that share borders to the millimetre.

Every macro cell is covered by itself. Its outline stays as it is, vertex for vertex, so
that the covers of neighbouring cells fit together too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely import LineString, Polygon

from daeb_locaties.voorbeeld.vlakdeling import Vormen, parts_of, split_large

ROOSTER_M = 0.001
_STEUN_M = 160.0
_KRUIMEL_M2 = 12.0
_STRAATSTUK_M = 150.0


@dataclass(frozen=True, slots=True)
class Stuk:
    """A piece of ground before noding: its shape, its bestemming code and its block.

    `blok` is -1 for ground that belongs to no block (streets, water, green). `sneden` are
    lines across the piece that cut it into parcels.
    """

    vorm: Polygon
    zone: str
    blok: int
    sneden: Sequence[LineString] = ()


@dataclass(frozen=True, slots=True)
class Dekking:
    """Faces of one cell, row for row: shape (mm-exact), bestemming code and block."""

    vorm: Vormen
    zone: npt.NDArray[np.str_]
    blok: npt.NDArray[np.int64]


def make_dekking(
    cel: Polygon,
    stukken: list[Stuk],
    *,
    rand_m: float,
    rand: str,
    rest: str,
    straatstuk_m: float = _STRAATSTUK_M,
) -> Dekking:
    """Cover a cell: the given pieces, a rim along the border, and streets in between.

    Parameters
    ----------
    cel
        The outline, on the millimetre grid.
    stukken
        Pieces that do not overlap and stay clear of the rim; may be empty.
    rand_m
        Width of the rim (half a road or half a ditch).
    rand, rest
        Bestemming code of the rim and of what the pieces leave open inside it.
    straatstuk_m
        The longest that a piece of street may be.
    """
    kader = inner_part(cel, rand_m)
    if kader is None:
        return Dekking(np.array([cel], dtype=object), np.array([rand]), np.array([-1]))
    # Crumbs that float noise leaves here are joined at the end.
    bezet = shapely.union_all([s.vorm for s in stukken])
    open_ = parts_of(shapely.difference(kader, bezet), 0.5)
    straten = [deel for stuk in open_ for deel in split_large(stuk, straatstuk_m)]
    alle = [*stukken, *(Stuk(straat, rest, -1) for straat in straten)]
    vormen = np.array([s.vorm for s in alle], dtype=object)
    lijnen = [cel.boundary, kader.boundary, *rim_cuts(cel, kader)]
    lijnen.extend(snede for stuk in stukken for snede in stuk.sneden)
    net = shapely.union_all([*lijnen, *shapely.boundary(vormen)], grid_size=ROOSTER_M)
    vlakken = np.array(shapely.get_parts(shapely.polygonize(shapely.get_parts(net))), dtype=object)
    return _label(vlakken, vormen, alle, rand)


def inner_part(cel: Polygon, rand_m: float) -> Polygon | None:
    """Return what is left of a cell inside its rim; None when that is next to nothing."""
    delen = parts_of(shapely.buffer(cel, -rand_m, join_style="mitre", mitre_limit=2.0), 200.0)
    return max(delen, key=lambda d: d.area) if delen else None


def rim_cuts(cel: Polygon, kader: Polygon) -> list[LineString]:
    """Return cuts through the rim from vertices of the outline, so that it gains none."""
    punten = shapely.get_coordinates(cel.exterior)[:-1]
    langs = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(punten, axis=0).T))))
    keren = np.flatnonzero(np.diff(langs // _STEUN_M) > 0) + 1
    voeten = [
        kader.exterior.interpolate(kader.exterior.project(shapely.Point(p))) for p in punten[keren]
    ]
    return [LineString([punten[k], v.coords[0]]) for k, v in zip(keren, voeten, strict=True)]


def _label(vlakken: Vormen, vormen: Vormen, stukken: list[Stuk], rand: str) -> Dekking:
    """Give every face the code of the piece that it came from; the rim is the rest."""
    punten = shapely.point_on_surface(vlakken)
    zone = np.full(len(vlakken), rand, dtype="<U8")
    blok = np.full(len(vlakken), -1, dtype=np.int64)
    if len(vormen):
        rij, stuk = shapely.STRtree(vormen).query(punten, predicate="within")
        zone[rij] = np.array([s.zone for s in stukken])[stuk]
        blok[rij] = np.array([s.blok for s in stukken])[stuk]
    dekking = _join_crumbs(Dekking(vlakken, zone, blok))
    punten = shapely.centroid(dekking.vorm)
    volgorde = np.lexsort((np.round(shapely.get_y(punten), 2), np.round(shapely.get_x(punten), 2)))
    return Dekking(dekking.vorm[volgorde], dekking.zone[volgorde], dekking.blok[volgorde])


def _join_crumbs(dekking: Dekking) -> Dekking:
    """Join every face too small for a parcel to the neighbour with the longest border."""
    vorm = dekking.vorm.copy()
    weg = np.zeros(len(vorm), dtype=bool)
    klein = np.flatnonzero(shapely.area(vorm) < _KRUIMEL_M2)
    if not len(klein) or len(klein) == len(vorm):
        return dekking
    rij, buur = shapely.STRtree(vorm).query(vorm[klein], predicate="intersects")
    for nummer in range(len(klein)):
        eigen = int(klein[nummer])
        buren = buur[(rij == nummer) & (buur != eigen)]
        buren = buren[~weg[buren]]
        gedeeld = shapely.length(shapely.intersection(vorm[eigen], vorm[buren]))
        for keuze in buren[np.argsort(-gedeeld, kind="stable")]:
            samen = shapely.coverage_union(vorm[eigen], vorm[keuze])
            if samen.geom_type == "Polygon" or len(samen.geoms) == 1:
                vorm[keuze] = samen if samen.geom_type == "Polygon" else samen.geoms[0]
                weg[eigen] = True
                break
    return Dekking(vorm[~weg], dekking.zone[~weg], dekking.blok[~weg])
