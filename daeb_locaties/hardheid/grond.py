"""What one bit of ground gives by itself: the G rules."""

from __future__ import annotations

import re
from dataclasses import dataclass

from daeb_locaties.akkoord import Hardheidsregel
from daeb_locaties.begrippen import Planstatus
from daeb_locaties.hardheid.plannen import BEHEERSVERORDENING, Fase, Plan

_UIT_TE_WERKEN = re.compile(r"\buit\s+te\s+werken\b", re.IGNORECASE)
_VOORLOPIG = re.compile(r"\bvoorlopig", re.IGNORECASE)
_WIJZIGING = re.compile(r"\bwijzigingsgebied\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Grondoordeel:
    """The class that a bit of ground gives (onbekend: none) and the rule that says so."""

    klasse: Planstatus
    regel: str

    @property
    def titel(self) -> bool:
        """Whether this ground gives homes a class at all."""
        return self.klasse is not Planstatus.ONBEKEND


def judge_vlak(
    plan: Plan, naam: str | None, hoofdgroep: str | None, *, gestapeld: bool, rule: Hardheidsregel
) -> Grondoordeel:
    """Judge an enkelbestemming of a plan, without the aanduidingen on it (G01-G13, G17)."""
    beletsel = _obstacle(plan, naam, gestapeld)
    if beletsel:
        return Grondoordeel(Planstatus.ONBEKEND, beletsel)
    groep = (hoofdgroep or "").strip().lower()
    if plan.soort == BEHEERSVERORDENING and not groep:
        return Grondoordeel(Planstatus.ONBEKEND, "G17")
    if groep in rule.woon_hoofdgroepen:
        return _living(plan, "B" if _UIT_TE_WERKEN.search(naam or "") else "A")
    if groep in rule.mogelijk_hoofdgroepen:
        return Grondoordeel(Planstatus.ONBEKEND, "G06")
    if groep in rule.bijbehorende_hoofdgroepen:
        return Grondoordeel(Planstatus.ONBEKEND, "G13")
    return Grondoordeel(Planstatus.ONBEKEND, "G07")


def judge_aanduiding(plan: Plan, soort: str | None, naam: str | None) -> Grondoordeel | None:
    """Judge what an aanduiding adds to a bestemming without living; None when nothing."""
    if plan.fase not in {Fase.ONHERROEPELIJK, Fase.VASTGESTELD, Fase.VOORBEREIDING}:
        return None
    if soort == "functieaanduiding" and (naam or "").strip().lower() == "wonen":
        if plan.fase is Fase.VOORBEREIDING:
            return Grondoordeel(Planstatus.S3, "G05")
        return Grondoordeel(Planstatus(plan.fase.value + "A"), "G04")
    if soort == "gebiedsaanduiding" and _WIJZIGING.search(naam or ""):
        if plan.fase is Fase.VOORBEREIDING:
            return None
        return Grondoordeel(Planstatus(plan.fase.value + "C"), "G03")
    return None


def _obstacle(plan: Plan, naam: str | None, gestapeld: bool) -> str | None:
    """Return the rule by which this ground can never be hard by itself, if any."""
    if plan.fase is Fase.VERVALLEN:
        return "G10"
    if plan.fase is Fase.BEOORDELEN:
        return "G09"
    if plan.fase is Fase.ONLEESBAAR:
        return "G12"
    if gestapeld:
        return "G08"
    return "G11" if _VOORLOPIG.search(naam or "") else None


def _living(plan: Plan, letter: str) -> Grondoordeel:
    if plan.fase is Fase.VOORBEREIDING:
        return Grondoordeel(Planstatus.S3, "G05")
    regel = "G02" if letter == "B" else "G01"
    return Grondoordeel(Planstatus(plan.fase.value + letter), regel)
