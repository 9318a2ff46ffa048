"""From ground to verdict for all locaties at once: the middle of the chain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from daeb_locaties.akkoord import Akkoord, Hardheidsregel
from daeb_locaties.hardheid.afleiding import derive
from daeb_locaties.hardheid.bewijs import collect_grond, make_bewijs
from daeb_locaties.hardheid.oordeel import judge
from daeb_locaties.hardheid.regime import Planlagen, Regime, build_regime
from daeb_locaties.hardheid.regime_opslag import RegimeOpslag, regime_key
from daeb_locaties.hardheid.ruimte import measure_ruimte
from daeb_locaties.model import Bewijs, Locatie, Oordeel
from daeb_locaties.woningen import read_woningen
from kaartlagen.opslag import LaagOpslag

PLANLAGEN = tuple(lid.name for lid in fields(Planlagen))
"""The layers that the regime is made of."""


@dataclass(frozen=True, slots=True)
class Oordelen:
    """The verdict on every locatie by its id, and the evidence of all of them."""

    oordelen: Mapping[str, Oordeel]
    bewijs: tuple[Bewijs, ...]


def judge_locaties(
    locaties: Sequence[Locatie], lagen: LaagOpslag, regime: Regime, akkoord: Akkoord
) -> Oordelen:
    """Judge every locatie on the ground it stands on."""
    rule, drempels = akkoord.hardheid, akkoord.drempels
    grond = collect_grond(locaties, regime)
    ruimte = measure_ruimte(
        locaties, grond, read_woningen(lagen), lagen.read("maatvoeringen"), drempels.klasse_aandeel
    )
    return Oordelen(
        {
            loc.id: judge(loc, derive(loc, grond[loc.id], rule, drempels, ruimte[loc.id]), rule)
            for loc in locaties
        },
        tuple(rij for loc in locaties for rij in make_bewijs(loc, grond[loc.id])),
    )


def find_regime(lagen: LaagOpslag, bewaard_in: Path, rule: Hardheidsregel) -> Regime:
    """Return the regime of the plans in a store, made and kept when it is not there yet."""
    opslag = RegimeOpslag(bewaard_in)
    opnamen = [opname.id for laag in PLANLAGEN for opname in lagen.current(laag)]
    sleutel = regime_key(opnamen, rule)
    bewaard = opslag.find(sleutel)
    if bewaard is not None:
        return bewaard
    planlagen = Planlagen(**{laag: lagen.read(laag) for laag in PLANLAGEN})
    return opslag.put(sleutel, build_regime(planlagen, rule))
