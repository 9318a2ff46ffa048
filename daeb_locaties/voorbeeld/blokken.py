"""What every neighbourhood is built from: numbered blocks, rows of plots, rounded corners."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import shapely
from shapely import Polygon

from daeb_locaties.voorbeeld.dekking import Stuk
from daeb_locaties.voorbeeld.vlakdeling import (
    cut_across,
    make_cuts,
    measure_doos,
    measure_doos_along,
    parts_of,
)


class Blokken:
    """The pieces of one neighbourhood so far; numbers its blocks."""

    def __init__(self) -> None:
        self.stukken: list[Stuk] = []
        self.laatste = -1

    def next_block(self) -> int:
        """Return the number of a new block."""
        self.laatste += 1
        return self.laatste

    def add(self, vormen: Sequence[Polygon], zone: str, blok: int) -> None:
        """Add pieces with one bestemming code."""
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
            self.add_row(rij, zone, blok, doos.hoek, breedten, rng)

    def add_row(
        self,
        rij: Polygon,
        zone: str,
        blok: int,
        hoek: float,
        breedten: Sequence[float],
        rng: np.random.Generator,
    ) -> None:
        """Add one row of plots to a block."""
        self.stukken.append(Stuk(rij, zone, blok, tuple(make_cuts(rij, hoek, breedten, rng))))


def soften(vormen: Sequence[Polygon], straal_m: float) -> list[Polygon]:
    """Round the corners of blocks, as street corners are."""
    rond = shapely.buffer(
        shapely.buffer(np.asarray(vormen, dtype=object), -straal_m), straal_m, quad_segs=2
    )
    return parts_of(rond, 60.0)


def pick_three(aantal: int, rng: np.random.Generator) -> tuple[int, int, int]:
    """Pick three different blocks for another use; -1 where there are too few blocks."""
    if aantal < 6:
        return -1, -1, -1
    a, b, c = rng.permutation(aantal)[:3]
    return int(a), int(b), int(c)


def halves(vorm: Polygon, maximum_m2: float) -> list[Polygon]:
    """Return a lot whole, or in two parts when it is larger than `maximum_m2`."""
    if vorm.area <= maximum_m2:
        return [vorm]
    hoek = measure_doos(vorm).hoek
    begin, eind = measure_doos_along(vorm, hoek)[:2]
    een, twee = cut_across(vorm, hoek, begin + 0.6 * (eind - begin))
    return [*een, *twee]
