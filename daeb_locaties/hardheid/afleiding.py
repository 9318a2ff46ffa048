"""From the ground of a locatie to its derived planstatus and its shares: the A rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from shapely import Point

from daeb_locaties.akkoord import Drempels, Hardheidsregel
from daeb_locaties.begrippen import Hardheid, Planstatus
from daeb_locaties.hardheid.bewijs import Grondstuk
from daeb_locaties.hardheid.ruimte import Ruimte
from daeb_locaties.model import Locatie

GEEN_WOONBESTEMMING = frozenset({"G07", "G13"})


@dataclass(frozen=True, slots=True)
class Aandelen:
    """Shares of a locatie by what its ground gives; they sum to 1 (all 0 for a point)."""

    hard: float = 0.0
    zacht: float = 0.0
    onbekend: float = 0.0
    geen_plan: float = 0.0
    zonder_wonen: float = 0.0

    @property
    def deels_hard(self) -> bool:
        """Whether some ground is hard and some is not."""
        return 0 < self.hard < 1


@dataclass(frozen=True, slots=True)
class Afleiding:
    """The derived planstatus, the rule that gives it, the shares, and the ground that decides.

    `klassen` holds the classes that weigh in, firm to soft. `aandelen.zonder_wonen` is
    the part of `aandelen.onbekend` on which the plan allows no homes.
    """

    planstatus: Planstatus
    regel: str
    aandelen: Aandelen
    klassen: tuple[Planstatus, ...]
    beslissend: Grondstuk | None
    ruimte: Ruimte | None = None


def derive(
    locatie: Locatie,
    grond: Sequence[Grondstuk],
    rule: Hardheidsregel,
    drempels: Drempels,
    ruimte: Ruimte | None = None,
) -> Afleiding:
    """Derive the planstatus of one locatie from the ground it stands on.

    Parameters
    ----------
    locatie
        The locatie; a point derives nothing (A06).
    grond
        Its pieces of the regime, none overlapping.
    rule
        The class-to-hardheid table.
    drempels
        Ground of one kind below `klasse_aandeel` is reported but does not weigh in.
    ruimte
        How many homes stand there and how many the plan allows; None where that was not
        looked at. Ground that is hard by its zoning is onbekend when the plan may hold no
        more than the homes that stand there (A08), or when more is asked than it allows
        (A09).
    """
    afleiding = _derive_zoning(locatie, grond, rule, drempels.klasse_aandeel)
    if ruimte is None:
        return afleiding
    afleiding = replace(afleiding, ruimte=ruimte)
    if rule.hardheid(afleiding.planstatus) is not Hardheid.HARD:
        return afleiding
    if ruimte.te_veel:
        return replace(afleiding, planstatus=Planstatus.ONBEKEND, regel="A09")
    if ruimte.conserverend(drempels.bestaand_aandeel):
        return replace(afleiding, planstatus=Planstatus.ONBEKEND, regel="A08")
    return afleiding


def _derive_zoning(
    locatie: Locatie, grond: Sequence[Grondstuk], rule: Hardheidsregel, klasse_aandeel: float
) -> Afleiding:
    if isinstance(locatie.geometrie_rd, Point):
        return Afleiding(Planstatus.ONBEKEND, "A06", Aandelen(), (), None)
    per_klasse = _shares_by_class(grond)
    aandelen = _shares(per_klasse, grond, rule)
    klassen = tuple(
        sorted((k for k, a in per_klasse.items() if a >= klasse_aandeel), key=_firmness)
    )
    if not klassen:
        return Afleiding(
            Planstatus.ONBEKEND, _why_nothing(aandelen, grond), aandelen, (), _largest(grond)
        )
    beslissend = _largest([d for d in grond if d.stuk.grond.klasse is klassen[-1]])
    rest = aandelen.onbekend + aandelen.geen_plan
    if rest >= klasse_aandeel:
        return Afleiding(Planstatus.ONBEKEND, "A03", aandelen, klassen, beslissend)
    regel = "A01" if len(klassen) == 1 else "A02"
    return Afleiding(klassen[-1], regel, aandelen, klassen, beslissend)


def _shares_by_class(grond: Sequence[Grondstuk]) -> dict[Planstatus, float]:
    """Share per class, the accompanying ground of a plan added to its softest class (G13)."""
    per_klasse: dict[Planstatus, float] = {}
    for idn in sorted({d.stuk.plan.idn for d in grond}):
        eigen = [d for d in grond if d.stuk.plan.idn == idn]
        titels = [d for d in eigen if d.stuk.grond.titel]
        bij = sum(d.aandeel for d in eigen if d.stuk.grond.regel == "G13")
        for deel in titels:
            klasse = deel.stuk.grond.klasse
            per_klasse[klasse] = per_klasse.get(klasse, 0.0) + deel.aandeel
        if titels and bij <= sum(d.aandeel for d in titels):
            zachtste = max((d.stuk.grond.klasse for d in titels), key=_firmness)
            per_klasse[zachtste] += bij
    return per_klasse


def _shares(
    per_klasse: dict[Planstatus, float], grond: Sequence[Grondstuk], rule: Hardheidsregel
) -> Aandelen:
    hard = sum(a for k, a in per_klasse.items() if rule.hardheid(k) is Hardheid.HARD)
    zacht = sum(a for k, a in per_klasse.items() if rule.hardheid(k) is Hardheid.ZACHT)
    in_plan = min(1.0, sum(d.aandeel for d in grond))
    zonder = sum(d.aandeel for d in grond if d.stuk.grond.regel in GEEN_WOONBESTEMMING)
    bijgeteld = hard + zacht - sum(d.aandeel for d in grond if d.stuk.grond.titel)
    return Aandelen(
        hard=_unit(hard),
        zacht=_unit(zacht),
        onbekend=_unit(in_plan - hard - zacht),
        geen_plan=_unit(1.0 - in_plan),
        zonder_wonen=_unit(zonder - bijgeteld),
    )


def _unit(aandeel: float) -> float:
    """Clip float noise: what rounds to 0 or 1 at nine decimals is 0 or 1."""
    return min(1.0, max(0.0, round(aandeel, 9)))


def _why_nothing(aandelen: Aandelen, grond: Sequence[Grondstuk]) -> str:
    if not grond:
        return "A05"
    return "A04" if aandelen.zonder_wonen >= aandelen.onbekend - 1e-9 else "A07"


def _largest(grond: Sequence[Grondstuk]) -> Grondstuk | None:
    return grond[0] if grond else None


def _firmness(klasse: Planstatus) -> int:
    return klasse.firmness
