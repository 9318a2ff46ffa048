"""Neighbourhoods up to 1970: the old core, closed blocks, strips of rows and flats."""

from __future__ import annotations

import math

import numpy as np
import shapely
from shapely import LineString, Polygon

from daeb_locaties.voorbeeld.blokken import Blokken, halves, pick_three, soften
from daeb_locaties.voorbeeld.dekking import Stuk, inner_part
from daeb_locaties.voorbeeld.vlakdeling import (
    Blokmaat,
    cut_across,
    measure_doos,
    measure_doos_along,
    parts_of,
    split_blocks,
)


def lay_kern(cel: Polygon, rng: np.random.Generator) -> list[Stuk]:
    """Old core: a moat with a quay on both sides, narrow deep plots, a church and a market."""
    uit = Blokken()
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
    blokken = sorted(soften(blokken, 1.5), key=lambda b: b.distance(midden))
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
    uit = Blokken()
    kader = inner_part(cel, 8.0)
    if kader is None:
        return []
    blokken = soften(split_blocks(kader, Blokmaat(56.0, 95.0, 18.0, 12.0, None, 0.25), rng), 3.0)
    bijzonder = pick_three(len(blokken), rng)
    for nummer, blok in enumerate(blokken):
        if nummer == bijzonder[0]:
            uit.add([blok], "G", -1)
        elif nummer == bijzonder[1]:
            uit.add(halves(blok, 2_500), "M", uit.next_block())
        elif nummer == bijzonder[2]:
            uit.add_rows(blok, "GD", (7.0, 9.0, 12.0), 26.0, rng)
        else:
            uit.add_rows(blok, "W", (5.4, 6.0, 6.6, 9.0), 28.0, rng)
    return uit.stukken


def lay_stroken(cel: Polygon, rng: np.random.Generator) -> list[Stuk]:
    """Post-war: strips of rows and flats in one direction, with green between them."""
    uit = Blokken()
    kader = inner_part(cel, 10.0)
    if kader is None:
        return []
    hoek = measure_doos(kader).hoek + rng.choice([0.0, math.pi / 2])
    blokken = split_blocks(kader, Blokmaat(74.0, 118.0, 16.0, 12.0, hoek, 0.06), rng)
    bijzonder = pick_three(len(blokken), rng)
    for nummer, blok in enumerate(blokken):
        if nummer == bijzonder[0]:
            uit.add(halves(blok, 4_000), "M", uit.next_block())
        elif nummer == bijzonder[1]:
            uit.add_rows(blok, "GD", (14.0, 18.0, 24.0), 34.0, rng)
        else:
            _add_strook(uit, blok, hoek, rng)
    return uit.stukken


def _add_strook(uit: Blokken, blok: Polygon, hoek: float, rng: np.random.Generator) -> None:
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
