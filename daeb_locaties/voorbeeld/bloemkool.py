"""Neighbourhoods of the seventies: courts off a winding road, rows round each court."""

from __future__ import annotations

import math

import numpy as np
import shapely
from shapely import MultiPoint, Polygon

from daeb_locaties.voorbeeld.blokken import Blokken, halves, pick_three, soften
from daeb_locaties.voorbeeld.dekking import Stuk, inner_part
from daeb_locaties.voorbeeld.vlakdeling import parts_of


def lay_bloemkool(cel: Polygon, rng: np.random.Generator) -> list[Stuk]:
    """Seventies: courts off a winding loop road, each a ring of plots round a woonerf."""
    uit = Blokken()
    kader = inner_part(cel, 9.0)
    if kader is None:
        return []
    aantal = max(3, round(kader.area / 8_800))
    u0, v0, u1, v1 = kader.bounds
    raster = np.column_stack(
        (rng.uniform(u0, u1, size=aantal * 14), rng.uniform(v0, v1, size=aantal * 14))
    )
    raster = raster[shapely.contains_xy(kader, raster[:, 0], raster[:, 1])]
    zaden = _spread(raster, aantal)
    cellen = shapely.get_parts(shapely.voronoi_polygons(MultiPoint(zaden)))
    hoven = parts_of(shapely.intersection(shapely.buffer(cellen, -4.5), kader), 900.0)
    hoven = soften(hoven, 3.0)
    bijzonder = pick_three(len(hoven), rng)
    for nummer, hof in enumerate(hoven):
        if nummer == bijzonder[0]:
            uit.add([hof], "G", -1)
        elif nummer == bijzonder[1]:
            uit.add(halves(hof, 5_000), "M", uit.next_block())
        else:
            _add_hof(uit, hof, rng)
    return uit.stukken


def _add_hof(uit: Blokken, hof: Polygon, rng: np.random.Generator) -> None:
    """Rows along the sides of a court, the longest side first; one corner stays open."""
    diep, rest = 24.0, hof
    blok = uit.next_block()
    zijden = sorted(_sides(hof), key=lambda zijde: -zijde[2])
    for x, y, lengte, hoek in zijden:
        if lengte < 2 * diep or rest.area < 500:
            break
        strook = shapely.box(-60.0, 0.0, lengte + 60.0, diep)
        strook = shapely.affinity.rotate(strook, hoek, origin=(0, 0), use_radians=True)
        strook = shapely.affinity.translate(strook, x, y)
        for rij in parts_of(shapely.intersection(rest, strook), 150.0):
            uit.add_row(rij, "W", blok, hoek, (5.6, 6.2, 7.0), rng)
        over = parts_of(shapely.difference(rest, strook), 1.0)
        rest = max(over, key=lambda deel: deel.area) if over else Polygon()
    if rest.area > 1_500:
        uit.add(parts_of(shapely.buffer(rest, -11.0), 120.0), "G", -1)


def _sides(vorm: Polygon) -> list[tuple[float, float, float, float]]:
    """Return start x, start y, length and direction of every side, interior on the left."""
    ring = shapely.orient_polygons(vorm.simplify(5.0), exterior_cw=False).exterior
    punten = shapely.get_coordinates(ring)
    d = np.diff(punten, axis=0)
    return [
        (float(x), float(y), math.hypot(dx, dy), math.atan2(dy, dx))
        for (x, y), (dx, dy) in zip(punten[:-1], d, strict=True)
    ]


def _spread(punten: np.ndarray, aantal: int) -> np.ndarray:
    """Pick points that lie far apart: each next one farthest from those before."""
    gekozen = [0]
    afstand = np.full(len(punten), np.inf)
    while len(gekozen) < min(aantal, len(punten)):
        afstand = np.minimum(afstand, np.hypot(*(punten - punten[gekozen[-1]]).T))
        gekozen.append(int(np.argmax(afstand)))
    return np.asarray(punten[gekozen])
