"""The evidence of a locatie: the pieces of the regime that it stands on, in m2 and shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from shapely import Point

from daeb_locaties.hardheid.regime import Regime
from daeb_locaties.hardheid.stuk import MIN_STUK_M2, Stuk
from daeb_locaties.model import Bewijs, Locatie


@dataclass(frozen=True, slots=True)
class Grondstuk:
    """A piece of the regime under a locatie, with the shared ground."""

    stuk: Stuk
    oppervlakte_m2: float
    aandeel: float


def collect_grond(locaties: Sequence[Locatie], regime: Regime) -> dict[str, tuple[Grondstuk, ...]]:
    """Return per locatie id the ground it stands on, largest first.

    Points have no ground: they get an empty tuple, as does a locatie without any plan.
    Shares are of the locatie's own area and sum to at most 1 but for float rounding.
    """
    vlakken = [loc for loc in locaties if not isinstance(loc.geometrie_rd, Point)]
    grond: dict[str, list[Grondstuk]] = {loc.id: [] for loc in locaties}
    if vlakken and regime.stukken:
        vormen = np.asarray([loc.geometrie_rd for loc in vlakken], dtype=object)
        paren = regime.area_join(vormen)
        for links, rechts, area in zip(paren.left, paren.right, paren.area_m2, strict=True):
            locatie = vlakken[links]
            if area >= MIN_STUK_M2:
                aandeel = min(1.0, float(area) / locatie.geometrie_rd.area)
                stuk = regime.stukken[rechts]
                grond[locatie.id].append(Grondstuk(stuk, float(area), aandeel))
    return {
        id_: tuple(sorted(_merge(stukken), key=_largest_first)) for id_, stukken in grond.items()
    }


def _merge(stukken: Sequence[Grondstuk]) -> list[Grondstuk]:
    """Add up the pieces of one object that give the same: one row per plan object."""
    per_object: dict[Stuk, list[Grondstuk]] = {}
    for deel in stukken:
        per_object.setdefault(deel.stuk, []).append(deel)
    return [
        Grondstuk(
            stuk, sum(d.oppervlakte_m2 for d in delen), min(1.0, sum(d.aandeel for d in delen))
        )
        for stuk, delen in per_object.items()
    ]


def _largest_first(deel: Grondstuk) -> tuple[float, str, str, str]:
    stuk = deel.stuk
    return -deel.oppervlakte_m2, stuk.plan.idn, stuk.object_id or "", stuk.grond.regel


def make_bewijs(locatie: Locatie, grond: Sequence[Grondstuk]) -> tuple[Bewijs, ...]:
    """Write the ground of one locatie as evidence rows, one per plan object."""
    return tuple(
        Bewijs(
            locatie_id=locatie.id,
            idn=deel.stuk.plan.idn,
            plannaam=deel.stuk.plan.naam,
            type_plan=deel.stuk.plan.type_plan,
            planstatus=deel.stuk.plan.planstatus,
            dossierstatus=deel.stuk.plan.dossierstatus,
            datum=deel.stuk.plan.datum,
            object_id=deel.stuk.object_id,
            naam=deel.stuk.naam,
            hoofdgroep=deel.stuk.hoofdgroep,
            klasse=deel.stuk.grond.klasse,
            regel=deel.stuk.grond.regel,
            oppervlakte_m2=deel.oppervlakte_m2,
            aandeel=deel.aandeel,
            bron=deel.stuk.momentopname,
        )
        for deel in grond
    )
