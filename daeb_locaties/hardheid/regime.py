"""The regime: one flat cover that says for every bit of ground which plan object decides.

Made once per set of plans; after that a verdict is an area join. No two pieces overlap,
so that shares of a locatie sum to at most 1 without further care.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from daeb_locaties.akkoord import Hardheidsregel
from daeb_locaties.hardheid.grond import Grondoordeel, judge_aanduiding, judge_vlak
from daeb_locaties.hardheid.plannen import Fase, Plan, make_plannen
from kaartlagen.overlay import AreaIndex, Oppervlakteparen, area_join
from kaartlagen.overlay.vlakleggen import flatten

# Ground smaller than this is float noise of a border, not a piece of a plan.
MIN_STUK_M2 = 0.01


@dataclass(frozen=True, slots=True)
class Stuk:
    """One piece of the regime: its plan, the object that decides, and what it gives."""

    plan: Plan
    object_id: str | None
    naam: str | None
    hoofdgroep: str | None
    grond: Grondoordeel
    momentopname: str


@dataclass(frozen=True, slots=True)
class Regime:
    """The pieces and their geometry (EPSG:28992), row for row; no two overlap.

    `index` is the area index of `geometrie_rd` where the regime is a stored one.
    """

    stukken: tuple[Stuk, ...] = ()
    geometrie_rd: npt.NDArray[np.object_] = field(default_factory=lambda: np.empty(0, dtype=object))
    index: AreaIndex | None = None

    def area_join(self, vormen: npt.NDArray[np.object_]) -> Oppervlakteparen:
        """Return the shared areas of shapes (left) and pieces (right)."""
        return area_join(vormen, self.geometrie_rd if self.index is None else self.index)


def build_regime(
    plangebieden: gpd.GeoDataFrame,
    bestemmingsvlakken: gpd.GeoDataFrame,
    aanduidingen: gpd.GeoDataFrame,
    rule: Hardheidsregel,
) -> Regime:
    """Flatten all plans into the regime.

    Parameters
    ----------
    plangebieden, bestemmingsvlakken, aanduidingen
        The layers of that name, contract columns plus `momentopname`, EPSG:28992.
    rule
        Which zoning counts as living.

    Notes
    -----
    A plan decides where it has an enkelbestemming of its own: a parapluplan without them
    changes nothing. The order of precedence on one bit of ground: living in the newest
    plan in force; living in the newest plan in preparation, with the streets and green of
    such a plan; other zoning in force; other zoning in preparation; a lapsed plan.
    """
    plannen = make_plannen(plangebieden)
    vlakken = bestemmingsvlakken[
        (bestemmingsvlakken["soort"] == "enkelbestemming")
        & bestemmingsvlakken["idn"].isin(list(plannen))
    ].reset_index(drop=True)
    if vlakken.empty:
        return Regime()
    geldend = _newest_wins(vlakken, plannen, rule, geldend=True)
    ontwerp = _newest_wins(vlakken, plannen, rule, geldend=False)
    stukken = [
        stuk
        for laag in (geldend, ontwerp)
        for stuk in _apply_aanduidingen(laag, plannen, aanduidingen)
    ]
    return _by_precedence(stukken)


_Gevormd = tuple[Stuk, Any]


def _newest_wins(
    vlakken: gpd.GeoDataFrame, plannen: dict[str, Plan], rule: Hardheidsregel, *, geldend: bool
) -> list[_Gevormd]:
    """Flatten the plans in force (or those in preparation) by date, newest first."""
    gekozen = [p for p in plannen.values() if p.fase.geldend is geldend]
    gekozen.sort(key=_newest_first)
    rang = {plan.idn: nummer for nummer, plan in enumerate(gekozen)}
    deel = vlakken[vlakken["idn"].isin(list(rang))].reset_index(drop=True)
    if deel.empty:
        return []
    legging = flatten(
        np.asarray(deel.geometry.values, dtype=object),
        deel["idn"].map(rang).to_numpy(dtype=np.int64),
    )
    rijen = deel.drop(columns="geometry").to_dict("records")
    return [
        (_stuk(rijen[rij], plannen, rule, bool(gestapeld)), vorm)
        for rij, vorm, gestapeld in zip(
            legging.rij, legging.geometrie, legging.gestapeld, strict=True
        )
        if shapely.area(vorm) >= MIN_STUK_M2
    ]


def _newest_first(plan: Plan) -> tuple[bool, int, str]:
    """Lapsed plans last, then by date from new to old, then by idn for a fixed order."""
    return plan.fase is Fase.VERVALLEN, -(plan.datum or date.min).toordinal(), plan.idn


def _stuk(
    rij: dict[str, Any], plannen: dict[str, Plan], rule: Hardheidsregel, gestapeld: bool
) -> Stuk:
    plan = plannen[rij["idn"]]
    naam, hoofdgroep = _text(rij["naam"]), _text(rij["hoofdgroep"])
    grond = judge_vlak(plan, naam, hoofdgroep, gestapeld=gestapeld, rule=rule)
    return Stuk(plan, _text(rij["object_id"]), naam, hoofdgroep, grond, str(rij["momentopname"]))


def _apply_aanduidingen(
    stukken: list[_Gevormd], plannen: dict[str, Plan], aanduidingen: gpd.GeoDataFrame
) -> list[_Gevormd]:
    """Cut out of the ground without living what an aanduiding of its own plan gives it."""
    oordelen = [
        judge_aanduiding(plannen[idn], soort, _text(naam)) if idn in plannen else None
        for idn, soort, naam in zip(
            aanduidingen["idn"], aanduidingen["soort"], aanduidingen["naam"], strict=True
        )
    ]
    werkzaam = [i for i, oordeel in enumerate(oordelen) if oordeel is not None]
    if not werkzaam or not stukken:
        return stukken
    vormen = np.asarray(aanduidingen.geometry.values, dtype=object)[werkzaam]
    raakt = area_join(np.asarray([vorm for _, vorm in stukken], dtype=object), vormen)
    per_stuk: dict[int, list[int]] = {}
    for links, rechts in zip(raakt.left, raakt.right, strict=True):
        stuk, _ = stukken[links]
        eigen = aanduidingen["idn"].iat[werkzaam[rechts]] == stuk.plan.idn
        if eigen and stuk.grond.regel in {"G06", "G07", "G13"}:
            per_stuk.setdefault(int(links), []).append(int(rechts))
    uit: list[_Gevormd] = []
    for nummer, gevormd in enumerate(stukken):
        treffers = [(oordelen[werkzaam[r]], vormen[r]) for r in per_stuk.get(nummer, [])]
        uit.extend(_cut(gevormd, [(o, v) for o, v in treffers if o is not None]))
    return uit


def _cut(gevormd: _Gevormd, treffers: list[tuple[Grondoordeel, Any]]) -> list[_Gevormd]:
    """Split one piece by aanduidingen, the firmest class first."""
    stuk, rest = gevormd
    uit: list[_Gevormd] = []
    for oordeel, vorm in sorted(treffers, key=lambda t: t[0].klasse.firmness):
        deel = shapely.intersection(rest, vorm)
        if shapely.area(deel) < MIN_STUK_M2:
            continue
        rest = shapely.difference(rest, vorm)
        nieuw = Stuk(
            stuk.plan, stuk.object_id, stuk.naam, stuk.hoofdgroep, oordeel, stuk.momentopname
        )
        uit.append((nieuw, _polygonal(deel)))
    if shapely.area(rest) >= MIN_STUK_M2:
        uit.append((stuk, _polygonal(rest)))
    return uit


def _by_precedence(stukken: list[_Gevormd]) -> Regime:
    """Lay the pieces over each other by what they give, so that each bit decides once."""
    met_titel = {stuk.plan.idn for stuk, _ in stukken if stuk.grond.titel}
    rang = np.asarray([_precedence(stuk, met_titel) for stuk, _ in stukken], dtype=np.int64)
    legging = flatten(np.asarray([vorm for _, vorm in stukken], dtype=object), rang)
    groot = shapely.area(legging.geometrie) >= MIN_STUK_M2
    return Regime(tuple(stukken[rij][0] for rij in legging.rij[groot]), legging.geometrie[groot])


def _precedence(stuk: Stuk, met_titel: Collection[str]) -> int:
    """Rank a piece; `met_titel` holds the idn of the plans that give homes somewhere."""
    if stuk.plan.fase is Fase.VERVALLEN:
        return 4
    if stuk.plan.fase.geldend:
        return 0 if stuk.grond.titel else 2
    # The streets and the green of a plan in preparation come with its homes.
    hoort_erbij = stuk.grond.regel == "G13" and stuk.plan.idn in met_titel
    return 1 if stuk.grond.titel or hoort_erbij else 3


def _polygonal(vorm: Any) -> Any:
    """Keep the polygonal part: an intersection may leave lines where borders touch."""
    if vorm.geom_type in {"Polygon", "MultiPolygon"}:
        return vorm
    delen = [d for d in shapely.get_parts(vorm) if d.geom_type in {"Polygon", "MultiPolygon"}]
    return shapely.union_all(delen)


def _text(waarde: Any) -> str | None:
    return None if waarde is None or pd.isna(waarde) else str(waarde).strip() or None
