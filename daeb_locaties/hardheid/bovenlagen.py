"""What lies over the bestemmingen and changes what they give: pons, uitspraak, vergunning, BOPA.

Each takes shaped pieces of ground and returns shaped pieces; none overlaps where none did.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from daeb_locaties.akkoord import Hardheidsregel
from daeb_locaties.begrippen import Planstatus
from daeb_locaties.hardheid.grond import Grondoordeel
from daeb_locaties.hardheid.plannen import Fase, Plan
from daeb_locaties.hardheid.stuk import MIN_STUK_M2, Gevormd, Stuk, polygonal
from kaartlagen.datums import parse_datum
from kaartlagen.overlay import area_join

BOPA = "BOPA"
"""The `type_plan` of a permit; the grondslag of a verdict that stands on one."""

UITSPRAKEN = frozenset({"gerechtelijke uitspraak", "reactieve aanwijzing"})
VERGUNNINGEN = frozenset(
    {"omgevingsvergunning", "projectbesluit", "tijdelijke ontheffing buitenplans"}
)
"""Types of IMRO besluiten (`domein.md` section 2.1) that say nothing of what they allow."""

_ZONDER_TITEL = frozenset({"G06", "G07", "G13", "G17"})


@dataclass(frozen=True, slots=True)
class Bovenvlak:
    """A shape over the plans: the ground it covers, and on which plans it works."""

    vorm: Any
    werkt_op: Callable[[Stuk], bool]


def apply_ponsgebieden(stukken: Sequence[Gevormd], ponsgebieden: gpd.GeoDataFrame) -> list[Gevormd]:
    """Mark ground in a ponsgebied (G14): Wro plans no longer hold there, a TAM plan does."""
    vlakken = [Bovenvlak(vorm, _is_wro) for vorm in ponsgebieden.geometry]
    return _carve(stukken, vlakken, "G14")


def apply_besluiten(
    stukken: Sequence[Gevormd], plannen: dict[str, Plan], plangebieden: gpd.GeoDataFrame
) -> list[Gevormd]:
    """Mark ground under an uitspraak (G16) and, without living, under a vergunning (G18)."""
    uitspraken, vergunningen = [], []
    for idn, vorm in zip(plangebieden["idn"], plangebieden.geometry, strict=True):
        besluit = plannen.get(str(idn))
        if besluit is None or not besluit.fase.geldend or besluit.fase is Fase.VERVALLEN:
            continue
        if besluit.soort in UITSPRAKEN:
            uitspraken.append(Bovenvlak(vorm, _struck_by(besluit)))
        elif besluit.soort in VERGUNNINGEN:
            vergunningen.append(Bovenvlak(vorm, _deviated_by(besluit)))
    return _carve(_carve(stukken, uitspraken, "G16"), vergunningen, "G18")


def make_bopa_stukken(bopa: gpd.GeoDataFrame, rule: Hardheidsregel) -> list[Gevormd]:
    """Return a piece per permit (G15); one that grants no homes gives none.

    Granted and onherroepelijk give the classes that the akkoord says; onbekend there means
    that permits are not taken into account.
    """
    uit: list[Gevormd] = []
    for rij in bopa.to_dict("records"):
        onherroepelijk = parse_datum(rij["onherroepelijk_op"])
        verleend = parse_datum(rij["verleend_op"])
        klasse = rule.bopa_onherroepelijk if onherroepelijk else rule.bopa_verleend
        geen_woningen = not pd.isna(rij["woningen"]) and rij["woningen"] == 0
        if klasse is Planstatus.ONBEKEND or geen_woningen or not (verleend or onherroepelijk):
            continue
        plan = Plan(
            idn=str(rij["zaaknummer"] or "zonder zaaknummer"),
            naam=str(rij["naam"] or rij["zaaknummer"] or "zonder naam"),
            type_plan=BOPA,
            planstatus="onherroepelijk" if onherroepelijk else "verleend",
            dossierstatus=None,
            datum=onherroepelijk or verleend,
            tam=False,
            momentopname=str(rij["momentopname"]),
        )
        stuk = Stuk(plan, None, plan.naam, None, Grondoordeel(klasse, "G15"), plan.momentopname)
        uit.append((stuk, rij["geometry"]))
    return uit


def _is_wro(stuk: Stuk) -> bool:
    return not stuk.plan.tam


def _struck_by(besluit: Plan) -> Callable[[Stuk], bool]:
    """Whether an uitspraak is about a plan: the one it names, else any that is not newer."""

    def about(stuk: Stuk) -> bool:
        if besluit.extern:
            return stuk.plan.idn in besluit.extern or stuk.plan.dossier in besluit.extern
        return (stuk.plan.datum or date.min) <= (besluit.datum or date.max)

    return about


def _deviated_by(besluit: Plan) -> Callable[[Stuk], bool]:
    """Whether a vergunning may allow what the plan does not."""

    def deviates(stuk: Stuk) -> bool:
        ouder = (stuk.plan.datum or date.min) <= (besluit.datum or date.max)
        return ouder and stuk.grond.regel in _ZONDER_TITEL

    return deviates


def _carve(stukken: Sequence[Gevormd], vlakken: Sequence[Bovenvlak], regel: str) -> list[Gevormd]:
    """Give the ground of pieces that lies under a shape to a rule without a class."""
    if not stukken or not vlakken:
        return list(stukken)
    vormen = np.asarray([vlak.vorm for vlak in vlakken], dtype=object)
    raakt = area_join(np.asarray([vorm for _, vorm in stukken], dtype=object), vormen)
    per_stuk: dict[int, list[Any]] = {}
    for links, rechts in zip(raakt.left, raakt.right, strict=True):
        if vlakken[rechts].werkt_op(stukken[links][0]):
            per_stuk.setdefault(int(links), []).append(vormen[rechts])
    uit: list[Gevormd] = []
    for nummer, (stuk, vorm) in enumerate(stukken):
        over = per_stuk.get(nummer)
        if over is None:
            uit.append((stuk, vorm))
            continue
        geheel = shapely.union_all(over)
        geraakt = replace(stuk, grond=Grondoordeel(Planstatus.ONBEKEND, regel))
        binnen, buiten = shapely.intersection(vorm, geheel), shapely.difference(vorm, geheel)
        uit.extend(
            (deel, polygonal(rest))
            for deel, rest in ((geraakt, binnen), (stuk, buiten))
            if shapely.area(rest) >= MIN_STUK_M2
        )
    return uit
