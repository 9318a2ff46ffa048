"""Neighbourhoods by age: old core, closed blocks, strokenbouw, cul-de-sacs, Vinex, business.

Each function lays out one macro cell as loose pieces inside the rim; what they leave open
is street. Plot sizes are those that Dutch towns show: a row house stands on 5-7 by 25-30 m.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import LineString, MultiPoint, Polygon

from daeb_locaties.voorbeeld.dekking import Stuk, inner_part
from daeb_locaties.voorbeeld.vlakdeling import (
    Blokmaat,
    cut_across,
    cut_row,
    measure_doos,
    measure_doos_along,
    parts_of,
    split_blocks,
)


@dataclass(frozen=True, slots=True)
class Buurttype:
    """A kind of neighbourhood: its rim (half a road, metres) and how it is laid out."""

    rand_m: float
    lay_out: Callable[[Polygon, np.random.Generator], list[Stuk]]


class _Blokken:
    """Collects pieces and numbers the blocks."""

    def __init__(self) -> None:
        self.stukken: list[Stuk] = []
        self.laatste = -1

    def next_block(self) -> int:
        self.laatste += 1
        return self.laatste

    def add(self, vormen: Sequence[Polygon], zone: str, blok: int) -> None:
        self.stukken.extend(Stuk(vorm, zone, blok) for vorm in vormen)

    def add_rows(
        self,
        vorm: Polygon,
        zone: str,
        breedten: Sequence[float],
        diep_m: float,
        rng: np.random.Generator,
        pad_m: float = 0.0,
    ) -> None:
        """Fill a block with one row of plots, or two back to back with a path between."""
        blok = self.next_block()
        doos = measure_doos(vorm)
        _, _, v_min, v_max = measure_doos_along(vorm, doos.hoek)
        rijen = [vorm]
        if v_max - v_min > 1.35 * diep_m:
            dwars = doos.hoek + math.pi / 2
            begin, eind = measure_doos_along(vorm, dwars)[:2]
            een, twee = cut_across(vorm, dwars, (begin + eind) / 2, pad_m)
            rijen = [*een, *twee]
            if pad_m:
                pad = shapely.difference(vorm, shapely.union_all(rijen))
                self.add(parts_of(pad, 5.0), "V", -1)
        for rij in rijen:
            self.add(cut_row(rij, doos.hoek, breedten, rng), zone, blok)


def _soften(vormen: Sequence[Polygon], straal_m: float) -> list[Polygon]:
    """Round the corners of blocks, as street corners are."""
    rond = shapely.buffer(
        shapely.buffer(np.asarray(vormen, dtype=object), -straal_m), straal_m, quad_segs=2
    )
    return parts_of(rond, 60.0)


def lay_kern(cel: Polygon, rng: np.random.Generator) -> list[Stuk]:
    """Old core: a moat with a quay on both sides, narrow deep plots, a church and a market."""
    uit = _Blokken()
    buiten, water = inner_part(cel, 15.0), inner_part(cel, 28.0)
    binnen = inner_part(cel, 35.0)
    if buiten is None or water is None or binnen is None:
        return lay_vooroorlogs(cel, rng)
    doos = measure_doos(buiten)
    gracht = shapely.difference(buiten, water)
    for hoek in (doos.hoek, doos.hoek + math.pi / 2):
        # Bridges.
        brug = LineString(
            [
                (doos.x - 500 * math.cos(hoek), doos.y - 500 * math.sin(hoek)),
                (doos.x + 500 * math.cos(hoek), doos.y + 500 * math.sin(hoek)),
            ]
        )
        gracht = shapely.difference(gracht, shapely.buffer(brug, 4.5))
    uit.add(parts_of(gracht, 20.0), "WA", -1)
    blokken = split_blocks(binnen, Blokmaat(38.0, 58.0, 11.0, 7.0, None, 0.42), rng)
    midden = shapely.Point(doos.x, doos.y)
    blokken = sorted(_soften(blokken, 1.5), key=lambda b: b.distance(midden))
    for nummer, blok in enumerate(blokken):
        if nummer == 0:
            uit.add([blok], "V", -1)
        elif nummer == 1:
            uit.add([blok], "M", uit.next_block())
        else:
            zone = "C" if nummer < 6 else "GD" if nummer < 10 else "W"
            uit.add_rows(blok, zone, (4.8, 5.6, 6.5, 8.2, 10.0), 19.0, rng)
    return uit.stukken


def lay_vooroorlogs(cel: Polygon, rng: np.random.Generator) -> list[Stuk]:
    """Between the wars: closed blocks that follow the lie of the land, a small park."""
    uit = _Blokken()
    kader = inner_part(cel, 8.0)
    if kader is None:
        return []
    blokken = _soften(split_blocks(kader, Blokmaat(56.0, 95.0, 18.0, 12.0, None, 0.25), rng), 3.0)
    bijzonder = _pick(len(blokken), rng)
    for nummer, blok in enumerate(blokken):
        if nummer == bijzonder[0]:
            uit.add([blok], "G", -1)
        elif nummer == bijzonder[1]:
            uit.add(_halves(blok, 2_500), "M", uit.next_block())
        elif nummer == bijzonder[2]:
            uit.add_rows(blok, "GD", (7.0, 9.0, 12.0), 26.0, rng)
        else:
            uit.add_rows(blok, "W", (5.4, 6.0, 6.6, 9.0), 28.0, rng)
    return uit.stukken


def lay_stroken(cel: Polygon, rng: np.random.Generator) -> list[Stuk]:
    """Post-war: strips of rows and flats in one direction, with green between them."""
    uit = _Blokken()
    kader = inner_part(cel, 10.0)
    if kader is None:
        return []
    hoek = measure_doos(kader).hoek + rng.choice([0.0, math.pi / 2])
    blokken = split_blocks(kader, Blokmaat(74.0, 118.0, 16.0, 12.0, hoek, 0.06), rng)
    bijzonder = _pick(len(blokken), rng)
    for nummer, blok in enumerate(blokken):
        if nummer == bijzonder[0]:
            uit.add(_halves(blok, 4_000), "M", uit.next_block())
        elif nummer == bijzonder[1]:
            uit.add_rows(blok, "GD", (14.0, 18.0, 24.0), 34.0, rng)
        else:
            _add_strook(uit, blok, hoek, rng)
    return uit.stukken


def _add_strook(uit: _Blokken, blok: Polygon, hoek: float, rng: np.random.Generator) -> None:
    """A strip: a row of houses, a lawn, and a second row or a flat."""
    dwars = hoek + math.pi / 2
    begin, eind = measure_doos_along(blok, dwars)[:2]
    if eind - begin < 52:
        uit.add_rows(blok, "W", (5.6, 6.0, 6.4), 27.0, rng)
        return
    onder, rest = cut_across(blok, dwars, begin + 26.0)
    for deel in onder:
        uit.add_rows(deel, "W", (5.6, 6.0, 6.4), 30.0, rng)
    for deel in rest:
        b, e = measure_doos_along(deel, dwars)[:2]
        groen, boven = cut_across(deel, dwars, max(b + 8.0, e - 26.0))
        uit.add(groen, "G", -1)
        flat = rng.random() < 0.3
        for stuk in boven:
            if flat:
                uit.add([stuk], "W", uit.next_block())
            else:
                uit.add_rows(stuk, "W", (5.6, 6.0, 6.4), 30.0, rng)


def lay_bloemkool(cel: Polygon, rng: np.random.Generator) -> list[Stuk]:
    """Seventies: courts off a winding loop road, each a ring of plots round a woonerf."""
    uit = _Blokken()
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
    hoven = _soften(hoven, 3.0)
    bijzonder = _pick(len(hoven), rng)
    for nummer, hof in enumerate(hoven):
        if nummer == bijzonder[0]:
            uit.add([hof], "G", -1)
        elif nummer == bijzonder[1]:
            uit.add(_halves(hof, 5_000), "M", uit.next_block())
        else:
            _add_hof(uit, hof, rng)
    return uit.stukken


def _add_hof(uit: _Blokken, hof: Polygon, rng: np.random.Generator) -> None:
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
            uit.add(cut_row(rij, hoek, (5.6, 6.2, 7.0), rng), "W", blok)
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


def lay_vinex(cel: Polygon, rng: np.random.Generator) -> list[Stuk]:
    """Vinex: long straight blocks along singels, a green heart, a few wide plots."""
    uit = _Blokken()
    kader = inner_part(cel, 9.0)
    if kader is None:
        return []
    hoek = measure_doos(kader).hoek + rng.uniform(-0.15, 0.15)
    begin, eind = measure_doos_along(kader, hoek + math.pi / 2)[:2]
    een, twee = cut_across(kader, hoek + math.pi / 2, begin + 0.52 * (eind - begin), 34.0)
    singel = shapely.difference(kader, shapely.union_all([*een, *twee]))
    water = parts_of(shapely.intersection(shapely.buffer(singel, -10.0), kader), 50.0)
    uit.add(water, "WA", -1)
    blokken: list[Polygon] = []
    for deel in [*een, *twee]:
        blokken.extend(split_blocks(deel, Blokmaat(58.0, 105.0, 14.0, 11.0, hoek, 0.05), rng))
    bijzonder = _pick(len(blokken), rng)
    for nummer, blok in enumerate(blokken):
        if nummer == bijzonder[0]:
            uit.add([blok], "G", -1)
        elif nummer == bijzonder[1]:
            uit.add(_halves(blok, 5_000), "M", uit.next_block())
        else:
            ruim = rng.random() < 0.25
            breedten = (9.0, 11.0, 13.0) if ruim else (5.4, 5.7, 6.0, 6.6)
            uit.add_rows(blok, "W", breedten, 27.0, rng, pad_m=0.0 if ruim else 1.6)
    return uit.stukken


def lay_bedrijven(cel: Polygon, rng: np.random.Generator) -> list[Stuk]:
    """Bedrijventerrein: wide roads, deep plots, large halls."""
    uit = _Blokken()
    kader = inner_part(cel, 10.0)
    if kader is None:
        return []
    hoek = measure_doos(kader).hoek
    for blok in split_blocks(kader, Blokmaat(105.0, 190.0, 18.0, 16.0, hoek, 0.08), rng):
        uit.add_rows(blok, "B", (28.0, 36.0, 48.0, 64.0), 52.0, rng)
    return uit.stukken


def lay_park(cel: Polygon, rng: np.random.Generator) -> list[Stuk]:
    """Town park with a pond, sports fields and allotments."""
    uit = _Blokken()
    kader = inner_part(cel, 8.0)
    if kader is None:
        return []
    hoek = measure_doos(kader).hoek
    begin, eind = measure_doos_along(kader, hoek)[:2]
    park, rest = cut_across(kader, hoek, begin + 0.55 * (eind - begin), 6.0)
    vijver = shapely.buffer(shapely.Point(park[0].centroid), 34.0, quad_segs=6)
    vijver = shapely.union(vijver, shapely.buffer(shapely.affinity.translate(vijver, 38, 14), -8.0))
    water = parts_of(shapely.intersection(vijver, shapely.buffer(park[0], -8.0)), 100.0)
    uit.add(water, "WA", -1)
    for deel in park:
        uit.add(parts_of(shapely.difference(deel, shapely.union_all(water)), 100.0), "G", -1)
    for deel in rest:
        for veld in split_blocks(deel, Blokmaat(70.0, 110.0, 6.0, 6.0, hoek, 0.0), rng):
            uit.add([veld], "S", uit.next_block())
    return uit.stukken


def _pick(aantal: int, rng: np.random.Generator) -> tuple[int, int, int]:
    """Pick three different blocks for another use; -1 where there are too few blocks."""
    if aantal < 6:
        return -1, -1, -1
    a, b, c = rng.permutation(aantal)[:3]
    return int(a), int(b), int(c)


def _halves(vorm: Polygon, maximum_m2: float) -> list[Polygon]:
    if vorm.area <= maximum_m2:
        return [vorm]
    hoek = measure_doos(vorm).hoek
    begin, eind = measure_doos_along(vorm, hoek)[:2]
    een, twee = cut_across(vorm, hoek, begin + 0.6 * (eind - begin))
    return [*een, *twee]


def _spread(punten: np.ndarray, aantal: int) -> np.ndarray:
    """Pick points that lie far apart: each next one farthest from those before."""
    gekozen = [0]
    afstand = np.full(len(punten), np.inf)
    while len(gekozen) < min(aantal, len(punten)):
        afstand = np.minimum(afstand, np.hypot(*(punten - punten[gekozen[-1]]).T))
        gekozen.append(int(np.argmax(afstand)))
    return np.asarray(punten[gekozen])


BUURTTYPEN = {
    "kern": Buurttype(7.0, lay_kern),
    "vooroorlogs": Buurttype(8.0, lay_vooroorlogs),
    "stroken": Buurttype(10.0, lay_stroken),
    "bloemkool": Buurttype(9.0, lay_bloemkool),
    "vinex": Buurttype(9.0, lay_vinex),
    "bedrijven": Buurttype(10.0, lay_bedrijven),
    "park": Buurttype(8.0, lay_park),
}
"""Layouts by name; the rim is what `inner_part` takes off in each layout."""
