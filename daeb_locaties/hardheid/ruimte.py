"""How many homes the ground can take: those that stand there now, and what the plan allows.

A plan that lays down what is there already is no capacity (`domein.md` section 2.5).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely import Point

from daeb_locaties.begrippen import Component, Maat
from daeb_locaties.hardheid.bewijs import Grondstuk
from daeb_locaties.model import Locatie
from kaartlagen.overlay import area_join

_NIEUW = frozenset({Component.NIEUWBOUW, Component.TRANSFORMATIE})
_MAXIMA = frozenset(
    {
        "aantal wooneenheden",
        "maximum aantal wooneenheden",
        "maximaal aantal wooneenheden",
        "max. aantal wooneenheden",
    }
)
"""Kinds of maatvoering that bound the number of homes (`domein.md` section 2.1)."""


@dataclass(frozen=True, slots=True)
class Ruimte:
    """Homes on one locatie.

    `bestaand` are the homes that stand there now, None where no layer of homes is known;
    `maximum` is what the plan allows in all, None where it sets no number on all of the
    living ground. `gevraagd` are the homes to be built and `sloop` those to go, as the
    locatie states them; `gevraagd` is None where it states no number.
    """

    bestaand: int | None
    maximum: int | None
    gevraagd: int | None
    sloop: int

    @property
    def blijft(self) -> int:
        """Homes that are there now and stay; 0 where it is not known."""
        return max(0, (self.bestaand or 0) - self.sloop)

    @property
    def te_veel(self) -> bool:
        """Whether more is asked than the plan allows beside what stays."""
        if self.maximum is None or self.gevraagd is None:
            return False
        return self.gevraagd > max(0, self.maximum - self.blijft)

    def conserverend(self, aandeel: float) -> bool:
        """Whether the plan may hold no more than what stands there.

        So when no maximum says otherwise and the homes that stay are at least this share
        of the homes asked; also when homes stay and no number is asked.
        """
        if self.maximum is not None and self.gevraagd is not None:
            return False
        if self.blijft == 0:
            return False
        return self.gevraagd is None or self.blijft >= aandeel * self.gevraagd


def measure_ruimte(
    locaties: Sequence[Locatie],
    grond: Mapping[str, Sequence[Grondstuk]],
    woningen: gpd.GeoDataFrame | None,
    maatvoeringen: gpd.GeoDataFrame,
    klasse_aandeel: float,
) -> dict[str, Ruimte]:
    """Return the Ruimte of every locatie, by id.

    Parameters
    ----------
    locaties, grond
        The locaties and the ground of each.
    woningen
        One point (EPSG:28992) per present home; None where no such layer is stored.
    maatvoeringen
        The layer of that name, EPSG:28992.
    klasse_aandeel
        A maximum counts when it covers the living ground but for less than this share.
    """
    bestaand = _count_homes(locaties, woningen)
    maxima = _maxima(locaties, grond, maatvoeringen, klasse_aandeel)
    return {
        loc.id: Ruimte(bestaand.get(loc.id), maxima.get(loc.id), *_asked(loc)) for loc in locaties
    }


def _asked(locatie: Locatie) -> tuple[int | None, int]:
    """Return the homes to build and to take down: all kinds, or as many as are stated."""
    nieuw = [_count(locatie, maat, _NIEUW) for maat in Maat]
    sloop = [_count(locatie, maat, frozenset({Component.SLOOP})) for maat in Maat]
    genoemd = [n for n in (locatie.woningen_totaal, *nieuw) if n is not None]
    return max(genoemd, default=None), max((n for n in sloop if n is not None), default=0)


def _count(locatie: Locatie, maat: Maat, componenten: frozenset[Component]) -> int | None:
    deel = [a for a in locatie.aantallen if a.maat is maat and a.component in componenten]
    return sum(a.waarschijnlijk for a in deel) if deel else None


def _count_homes(locaties: Sequence[Locatie], woningen: gpd.GeoDataFrame | None) -> dict[str, int]:
    vlakken = [loc for loc in locaties if not isinstance(loc.geometrie_rd, Point)]
    if woningen is None or not vlakken:
        return {}
    vormen = np.asarray([loc.geometrie_rd for loc in vlakken], dtype=object)
    punten = np.asarray(woningen.geometry.values, dtype=object)
    links, _ = shapely.STRtree(punten).query(vormen, predicate="intersects")
    aantal = np.bincount(links, minlength=len(vlakken))
    return {loc.id: int(n) for loc, n in zip(vlakken, aantal, strict=True)}


def _maxima(
    locaties: Sequence[Locatie],
    grond: Mapping[str, Sequence[Grondstuk]],
    maatvoeringen: gpd.GeoDataFrame,
    klasse_aandeel: float,
) -> dict[str, int]:
    """Add up the maxima of each locatie's own plans, where they bound all living ground."""
    aantal = np.asarray([_maximum(tekst) for tekst in maatvoeringen["waarden"]], dtype=np.float64)
    grens = maatvoeringen[~np.isnan(aantal)]
    vlakken = [loc for loc in locaties if not isinstance(loc.geometrie_rd, Point)]
    if grens.empty or not vlakken:
        return {}
    paren = area_join(
        np.asarray([loc.geometrie_rd for loc in vlakken], dtype=object),
        np.asarray(grens.geometry.values, dtype=object),
    )
    idns, getal = grens["idn"].astype(str).to_numpy(), aantal[~np.isnan(aantal)]
    som: dict[str, float] = {}
    bedekt: dict[str, float] = {}
    for links, rechts, area in zip(paren.left, paren.right, paren.area_m2, strict=True):
        id_ = vlakken[links].id
        if idns[rechts] in {d.stuk.plan.idn for d in grond[id_] if d.stuk.grond.titel}:
            som[id_] = som.get(id_, 0.0) + getal[rechts]
            bedekt[id_] = bedekt.get(id_, 0.0) + area
    return {
        id_: int(totaal)
        for id_, totaal in som.items()
        if bedekt[id_] >= (1 - klasse_aandeel) * _living_m2(grond[id_])
    }


def _living_m2(grond: Sequence[Grondstuk]) -> float:
    return sum(d.oppervlakte_m2 for d in grond if d.stuk.grond.titel)


def _maximum(tekst: Any) -> float:
    """Read the number of homes out of a maatvoering; NaN when it sets none."""
    if tekst is None or pd.isna(tekst):
        return float("nan")
    for deel in json.loads(tekst):
        if str(deel.get("waardetype") or "").strip().lower() in _MAXIMA:
            waarde = str(deel.get("waarde") or "").strip().replace(",", ".")
            try:
                return float(waarde)
            except ValueError:
                return float("nan")
    return float("nan")
