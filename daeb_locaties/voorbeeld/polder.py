"""The land between the towns: long strips with ditches, farms along the road, ribbon villages."""

from __future__ import annotations

import math

import numpy as np
import shapely
from shapely import Polygon

from daeb_locaties.voorbeeld.dekking import Stuk, inner_part
from daeb_locaties.voorbeeld.vlakdeling import (
    cut_across,
    cut_row,
    make_slabs,
    measure_doos_along,
    parts_of,
)

DITCH_RIM_M = 3.5
_LINTDIEPTE_M = 48.0


def lay_polder(cel: Polygon, hoek: float, aantal: int, rng: np.random.Generator) -> list[Stuk]:
    """Cut a polder block into strips along `hoek`, with farms at some heads.

    The number of parcels of the whole cell comes as near to `aantal` as it can.
    """
    kader = inner_part(cel, DITCH_RIM_M)
    if kader is None:
        return []
    dwars = hoek + math.pi / 2
    u_min, u_max, v_min, v_max = measure_doos_along(kader, dwars)
    strippen = max(1, min(round((u_max - u_min) / 42.0), aantal))
    stappen = np.concatenate(([0.0], np.cumsum(rng.uniform(0.7, 1.3, size=strippen))))
    grenzen = u_min - 0.5 + stappen / stappen[-1] * (u_max - u_min + 1.0)
    delen = parts_of(
        shapely.intersection(kader, make_slabs(dwars, grenzen, v_min - 1, v_max + 1)), 30.0
    )
    erven: list[Polygon] = []
    delen = _cut_farms(delen, hoek, erven, min(strippen // 4, max(0, aantal - len(delen))))
    while len(delen) + len(erven) < aantal:
        # The longest strip gets a cross ditch.
        langste = max(range(len(delen)), key=lambda i: delen[i].area)
        strip = delen.pop(langste)
        begin, eind = measure_doos_along(strip, hoek)[:2]
        een, twee = cut_across(strip, hoek, begin + rng.uniform(0.4, 0.6) * (eind - begin))
        delen.extend([*een, *twee])
    uit = [Stuk(strip, "A", nummer) for nummer, strip in enumerate(delen)]
    uit.extend(Stuk(erf, "AE", len(delen) + nummer) for nummer, erf in enumerate(erven))
    return uit


def _cut_farms(
    strippen: list[Polygon], hoek: float, erven: list[Polygon], aantal: int
) -> list[Polygon]:
    """Take a farmyard of some 70 m deep off the head of every fourth strip."""
    uit: list[Polygon] = []
    for nummer, strip in enumerate(strippen):
        begin, eind = measure_doos_along(strip, hoek)[:2]
        if nummer % 4 == 1 and len(erven) < aantal and eind - begin > 180:
            een, twee = cut_across(strip, hoek, begin + 70.0)
            if len(een) == 1 and len(twee) == 1 and een[0].area > 1_200:
                erven.extend(een)
                uit.extend(twee)
                continue
        uit.append(strip)
    return uit


def lay_lint(cel: Polygon, hoek: float, rng: np.random.Generator) -> list[Stuk]:
    """A ribbon village: deep plots on both sides of a road, with strips behind them."""
    kader = inner_part(cel, DITCH_RIM_M)
    if kader is None:
        return []
    dwars = hoek + math.pi / 2
    begin, eind = measure_doos_along(kader, dwars)[:2]
    een, twee = cut_across(kader, dwars, begin + 0.5 * (eind - begin), 13.0)
    uit: list[Stuk] = []
    for kant, delen in ((-1, een), (1, twee)):
        for deel in delen:
            b, e = measure_doos_along(deel, dwars)[:2]
            grens = e - _LINTDIEPTE_M if kant < 0 else b + _LINTDIEPTE_M
            onder, boven = cut_across(deel, dwars, grens)
            lint, achter = (boven, onder) if kant < 0 else (onder, boven)
            uit.extend(_lint_plots(lint, hoek, len(uit), rng))
            for rug in achter:
                for strip in cut_row(rug, hoek, (34.0, 42.0, 50.0), rng):
                    uit.append(Stuk(strip, "A", len(uit)))
    return uit


def _lint_plots(
    lint: list[Polygon], hoek: float, eerste: int, rng: np.random.Generator
) -> list[Stuk]:
    """Plots of a ribbon in groups: houses, now and then a farm, a workshop or a school."""
    uit: list[Stuk] = []
    for deel in lint:
        kavels = cut_row(deel, hoek, (9.0, 12.0, 15.0, 21.0, 34.0), rng)
        for nummer, kavel in enumerate(kavels):
            groot = kavel.area > 1_350
            keuze = rng.random()
            zone = "W" if not groot else "AE" if keuze < 0.4 else "B" if keuze < 0.6 else "M"
            blok = eerste + nummer // 6 if zone == "W" else 500 + eerste + nummer
            uit.append(Stuk(kavel, zone, blok))
    return uit
