"""Neighbourhoods since 1990 and the large plots: Vinex, bedrijventerrein, town park."""

from __future__ import annotations

import math

import numpy as np
import shapely
from shapely import Polygon

from daeb_locaties.voorbeeld.blokken import Blokken, halves, pick_three
from daeb_locaties.voorbeeld.dekking import Stuk, inner_part
from daeb_locaties.voorbeeld.vlakdeling import (
    Blokmaat,
    cut_across,
    measure_doos,
    measure_doos_along,
    parts_of,
    split_blocks,
)


def lay_vinex(cel: Polygon, rng: np.random.Generator) -> list[Stuk]:
    """Vinex: long straight blocks along singels, a green heart, a few wide plots."""
    uit = Blokken()
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
    bijzonder = pick_three(len(blokken), rng)
    for nummer, blok in enumerate(blokken):
        if nummer == bijzonder[0]:
            uit.add([blok], "G", -1)
        elif nummer == bijzonder[1]:
            uit.add(halves(blok, 5_000), "M", uit.next_block())
        else:
            ruim = rng.random() < 0.25
            breedten = (9.0, 11.0, 13.0) if ruim else (5.4, 5.7, 6.0, 6.6)
            uit.add_rows(blok, "W", breedten, 27.0, rng, pad_m=0.0 if ruim else 1.6)
    return uit.stukken


def lay_bedrijven(cel: Polygon, rng: np.random.Generator) -> list[Stuk]:
    """Bedrijventerrein: wide roads, deep plots, large halls."""
    uit = Blokken()
    kader = inner_part(cel, 10.0)
    if kader is None:
        return []
    hoek = measure_doos(kader).hoek
    for blok in split_blocks(kader, Blokmaat(105.0, 190.0, 18.0, 16.0, hoek, 0.08), rng):
        uit.add_rows(blok, "B", (28.0, 36.0, 48.0, 64.0), 52.0, rng)
    return uit.stukken


def lay_park(cel: Polygon, rng: np.random.Generator) -> list[Stuk]:
    """Town park with a pond, sports fields and allotments."""
    uit = Blokken()
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
