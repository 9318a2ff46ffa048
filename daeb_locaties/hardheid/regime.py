"""The regime: one flat cover that says for every bit of ground which plan object decides.

Made once per set of plans; after that a verdict is an area join. No two pieces overlap,
so that shares of a locatie sum to at most 1 without further care.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from daeb_locaties.akkoord import Hardheidsregel
from daeb_locaties.hardheid.bovenlagen import (
    apply_besluiten,
    apply_ponsgebieden,
    make_bopa_stukken,
)
from daeb_locaties.hardheid.grond import Grondoordeel, judge_aanduiding, judge_vlak
from daeb_locaties.hardheid.plannen import BEHEERSVERORDENING, Fase, Plan, make_plannen
from daeb_locaties.hardheid.stuk import MIN_STUK_M2, Gevormd, Stuk, polygonal
from daeb_locaties.hardheid.volgorde import order_plannen
from kaartlagen.overlay import AreaIndex, Oppervlakteparen, area_join
from kaartlagen.overlay.vlakleggen import flatten


@dataclass(frozen=True, slots=True)
class Planlagen:
    """The layers that the regime is made of: contract columns plus `momentopname`, EPSG:28992.

    A layer of which nothing is stored has no rows.
    """

    plangebieden: gpd.GeoDataFrame
    bestemmingsvlakken: gpd.GeoDataFrame
    aanduidingen: gpd.GeoDataFrame
    ponsgebieden: gpd.GeoDataFrame
    bopa: gpd.GeoDataFrame


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


def build_regime(lagen: Planlagen, rule: Hardheidsregel) -> Regime:
    """Flatten all plans into the regime.

    Parameters
    ----------
    lagen
        The plan layers.
    rule
        Which zoning counts as living, and what a permit gives.

    Notes
    -----
    A plan decides where it has an enkelbestemming of its own: a parapluplan without them
    changes nothing. The order of precedence on one bit of ground: direct living in the
    newest plan in force; a permit (BOPA); living after a wijziging; living in the newest
    plan in preparation, with the streets and green of such a plan; other zoning in force;
    other zoning in preparation; a lapsed plan.
    """
    plannen = make_plannen(lagen.plangebieden)
    vlakken = _deciding_vlakken(lagen, plannen)
    geldend = _newest_wins(vlakken, plannen, rule, geldend=True)
    ontwerp = _newest_wins(vlakken, plannen, rule, geldend=False)
    stukken = [
        stuk
        for laag in (geldend, ontwerp)
        for stuk in _apply_aanduidingen(laag, plannen, lagen.aanduidingen)
    ]
    stukken = apply_besluiten(stukken, plannen, lagen.plangebieden)
    stukken = apply_ponsgebieden(stukken, lagen.ponsgebieden)
    stukken += make_bopa_stukken(lagen.bopa, rule)
    return _by_precedence(stukken)


def _deciding_vlakken(lagen: Planlagen, plannen: dict[str, Plan]) -> gpd.GeoDataFrame:
    """Return the enkelbestemmingen, and of a beheersverordening without them its whole ground.

    Such a verordening replaces the plans below it, and its map does not say what it allows.
    """
    alle = lagen.bestemmingsvlakken
    vlakken = alle[(alle["soort"] == "enkelbestemming") & alle["idn"].isin(list(plannen))]
    # A plan may come from two sources (its GML, and a flat file of the region): once is enough.
    dubbel = vlakken["object_id"].notna() & vlakken.duplicated(["idn", "object_id"])
    vlakken = vlakken[~dubbel]
    zonder = {
        idn
        for idn, plan in plannen.items()
        if plan.soort == BEHEERSVERORDENING and idn not in set(vlakken["idn"])
    }
    gebieden = lagen.plangebieden[lagen.plangebieden["idn"].isin(list(zonder))]
    if gebieden.empty:
        return vlakken.reset_index(drop=True)
    extra = gebieden[["idn", "naam", "momentopname", "geometry"]].drop_duplicates("idn")
    return pd.concat([vlakken, extra], ignore_index=True)


def _newest_wins(
    vlakken: gpd.GeoDataFrame, plannen: dict[str, Plan], rule: Hardheidsregel, *, geldend: bool
) -> list[Gevormd]:
    """Flatten the plans in force (or those in preparation) by date, newest first."""
    gekozen = order_plannen(p for p in plannen.values() if p.fase.geldend is geldend)
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


def _stuk(
    rij: dict[str, Any], plannen: dict[str, Plan], rule: Hardheidsregel, gestapeld: bool
) -> Stuk:
    plan = plannen[rij["idn"]]
    naam, hoofdgroep = _text(rij["naam"]), _text(rij["hoofdgroep"])
    grond = judge_vlak(plan, naam, hoofdgroep, gestapeld=gestapeld, rule=rule)
    return Stuk(plan, _text(rij["object_id"]), naam, hoofdgroep, grond, str(rij["momentopname"]))


def _apply_aanduidingen(
    stukken: list[Gevormd], plannen: dict[str, Plan], aanduidingen: gpd.GeoDataFrame
) -> list[Gevormd]:
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
    uit: list[Gevormd] = []
    for nummer, gevormd in enumerate(stukken):
        treffers = [(oordelen[werkzaam[r]], vormen[r]) for r in per_stuk.get(nummer, [])]
        uit.extend(_cut(gevormd, [(o, v) for o, v in treffers if o is not None]))
    return uit


def _cut(gevormd: Gevormd, treffers: list[tuple[Grondoordeel, Any]]) -> list[Gevormd]:
    """Split one piece by aanduidingen, the firmest class first."""
    stuk, rest = gevormd
    uit: list[Gevormd] = []
    for oordeel, vorm in sorted(treffers, key=lambda t: t[0].klasse.firmness):
        deel = shapely.intersection(rest, vorm)
        if shapely.area(deel) < MIN_STUK_M2:
            continue
        rest = shapely.difference(rest, vorm)
        nieuw = Stuk(
            stuk.plan, stuk.object_id, stuk.naam, stuk.hoofdgroep, oordeel, stuk.momentopname
        )
        uit.append((nieuw, polygonal(deel)))
    if shapely.area(rest) >= MIN_STUK_M2:
        uit.append((stuk, polygonal(rest)))
    return uit


def _by_precedence(stukken: list[Gevormd]) -> Regime:
    """Lay the pieces over each other by what they give, so that each bit decides once."""
    if not stukken:
        return Regime()
    met_titel = {stuk.plan.idn for stuk, _ in stukken if stuk.grond.titel}
    rang = np.asarray([_precedence(stuk, met_titel) for stuk, _ in stukken], dtype=np.int64)
    # Permits may overlap each other: the newest decides, each with a rank of its own.
    rang = rang * (len(stukken) + 1) + _rank_of_permits(stukken)
    legging = flatten(np.asarray([vorm for _, vorm in stukken], dtype=object), rang)
    groot = shapely.area(legging.geometrie) >= MIN_STUK_M2
    return Regime(tuple(stukken[rij][0] for rij in legging.rij[groot]), legging.geometrie[groot])


def _rank_of_permits(stukken: list[Gevormd]) -> npt.NDArray[np.int64]:
    uit = np.zeros(len(stukken), dtype=np.int64)
    vergunningen = [i for i, (stuk, _) in enumerate(stukken) if stuk.grond.regel == "G15"]
    nieuwste = sorted(
        vergunningen, key=lambda i: (-stukken[i][0].plan.dag, stukken[i][0].plan.idn, i)
    )
    uit[nieuwste] = np.arange(len(nieuwste))
    return uit


def _precedence(stuk: Stuk, met_titel: Collection[str]) -> int:
    """Rank a piece; `met_titel` holds the idn of the plans that give homes somewhere."""
    if stuk.plan.fase is Fase.VERVALLEN:
        return 6
    if stuk.grond.regel == "G15":
        return 1
    if stuk.plan.fase.geldend:
        if stuk.grond.titel:
            return 2 if stuk.grond.regel == "G03" else 0
        return 4
    # The streets and the green of a plan in preparation come with its homes.
    hoort_erbij = stuk.grond.regel == "G13" and stuk.plan.idn in met_titel
    return 3 if stuk.grond.titel or hoort_erbij else 5


def _text(waarde: Any) -> str | None:
    return None if waarde is None or pd.isna(waarde) else str(waarde).strip() or None
