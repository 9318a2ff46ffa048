"""What stage a plan is in: in force, in preparation, lapsed, or for a person to judge."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

import geopandas as gpd
import pandas as pd

from kaartlagen.datums import parse_datum


class Fase(Enum):
    """The stage of a plan; the value is the digit of the planstatus class where it has one."""

    ONHERROEPELIJK = "1"
    VASTGESTELD = "2"
    VOORBEREIDING = "3"
    BEOORDELEN = "beoordelen"
    ONLEESBAAR = "onleesbaar"
    VERVALLEN = "vervallen"

    @property
    def geldend(self) -> bool:
        """Whether the plan takes part in deciding what holds on the ground today."""
        return self is not Fase.VOORBEREIDING


# Source: domein.md 2.1 (Planstatus IMRO2008 and 2012, Dossierstatus PRTRI2012 table 3) and 2.5.
_DOSSIERSTATUS = {
    "in voorbereiding": Fase.VOORBEREIDING,
    "vastgesteld": Fase.VASTGESTELD,
    "geheel in werking": Fase.VASTGESTELD,
    "geheel onherroepelijk in werking": Fase.ONHERROEPELIJK,
    "deels in werking": Fase.BEOORDELEN,
    "deels onherroepelijk in werking": Fase.BEOORDELEN,
    "niet in werking": Fase.BEOORDELEN,
    "geconsolideerd": Fase.BEOORDELEN,
    "vervallen": Fase.VERVALLEN,
}
_PLANSTATUS = {
    "concept": Fase.VOORBEREIDING,
    "voorontwerp": Fase.VOORBEREIDING,
    "ontwerp": Fase.VOORBEREIDING,
    "vastgesteld": Fase.VASTGESTELD,
    "geconsolideerd": Fase.VASTGESTELD,
    "geconsolideerde versie": Fase.VASTGESTELD,
    "onherroepelijk": Fase.ONHERROEPELIJK,
    "verleend": Fase.VASTGESTELD,  # a permit (domein.md section 3)
}


BEHEERSVERORDENING = "beheersverordening"


# Types of plan that set bestemmingen (domein.md 2.1), of which a newer version replaces an older
# one. IMRO2006 named them after the articles of the old law; no type given is a bestemmingsplan.
_MET_VERSIES = frozenset(
    {
        "",
        "bestemmingsplan",
        "inpassingsplan",
        "rijksbestemmingsplan",
        "uitwerkingsplan",
        "wijzigingsplan",
        "gemeentelijk plan; bestemmingsplan artikel 10",
        "gemeentelijk plan; uitwerkingsplan artikel 11",
        "gemeentelijk plan; wijzigingsplan artikel 11",
        BEHEERSVERORDENING,
    }
)


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan as its plangebied states it.

    `extern` holds the idn's of the plans that it names: those it replaces, or follows from.
    """

    idn: str
    naam: str
    type_plan: str | None
    planstatus: str | None
    dossierstatus: str | None
    datum: date | None
    tam: bool
    momentopname: str
    extern: tuple[str, ...] = ()

    @property
    def soort(self) -> str:
        """The type of plan in lower case; empty where the source does not say."""
        return (self.type_plan or "").strip().lower()

    @property
    def dag(self) -> int:
        """The date as a day number, 0 where it is not known: for an order."""
        return self.datum.toordinal() if self.datum else 0

    @property
    def fase(self) -> Fase:
        """The stage: dossierstatus is dynamic and goes before the static planstatus."""
        dossier = _DOSSIERSTATUS.get((self.dossierstatus or "").strip().lower())
        status = _PLANSTATUS.get((self.planstatus or "").strip().lower(), Fase.ONLEESBAAR)
        if dossier is Fase.VASTGESTELD and status is Fase.ONHERROEPELIJK:
            return status
        if dossier is None and self.dossierstatus:
            return Fase.BEOORDELEN
        return dossier or status

    @property
    def onherroepelijk_bekend(self) -> bool:
        """Whether the source tells 1 from 2: IMRO2012 GML alone cannot, a permit can."""
        vergund = (self.planstatus or "").strip().lower() == "verleend"
        return self.fase is Fase.ONHERROEPELIJK or bool(self.dossierstatus) or vergund

    @property
    def dossier(self) -> str:
        """The idn without its version: the versions of one plan share it."""
        return self.idn.rsplit("-", 1)[0]

    @property
    def reeks(self) -> tuple[str, str]:
        """What its versions share: dossier and type; a besluit about a plan is by itself.

        An uitspraak or exploitatieplan often has the dossier of the plan that it is about,
        and must not pass for a newer version of it.
        """
        return self.dossier, self.soort if self.soort in _MET_VERSIES else self.idn


def make_plannen(plangebieden: gpd.GeoDataFrame) -> dict[str, Plan]:
    """Return the plans that count, by idn.

    Parameters
    ----------
    plangebieden
        Contract columns of the layer `plangebieden` plus `momentopname`.

    Returns
    -------
    dict
        Of each dossier the newest version that holds, and the newest in preparation
        when that is newer still: an ontwerp that has been vastgesteld no longer counts.
    """
    alle = {plan.idn: plan for plan in map(_plan, plangebieden.to_dict("records"))}
    nieuwste: dict[tuple[str, str, bool], Plan] = {}
    for plan in sorted(alle.values(), key=lambda p: (p.datum or date.min, p.idn)):
        nieuwste[(*plan.reeks, plan.fase.geldend)] = plan
    return {
        plan.idn: plan
        for (dossier, soort, geldend), plan in sorted(nieuwste.items())
        if geldend or not _overtaken(plan, nieuwste.get((dossier, soort, True)))
    }


def _overtaken(ontwerp: Plan, geldend: Plan | None) -> bool:
    return geldend is not None and (geldend.datum or date.max) >= (ontwerp.datum or date.min)


def _plan(rij: dict[str, Any]) -> Plan:
    return Plan(
        idn=str(rij["idn"]),
        naam=_text(rij["naam"]) or str(rij["idn"]),
        type_plan=_text(rij["type_plan"]),
        planstatus=_text(rij["planstatus"]),
        dossierstatus=_text(rij["dossierstatus"]),
        datum=parse_datum(_text(rij["datum"])),
        tam=bool(rij["tam"]) if not pd.isna(rij["tam"]) else False,
        momentopname=str(rij["momentopname"]),
        extern=_extern(_text(rij["extern_plan"])),
    )


def _extern(tekst: str | None) -> tuple[str, ...]:
    """Read the JSON list of `extern_plan`; a plan that is named without an idn is left out."""
    lijst = json.loads(tekst) if tekst else []
    return tuple(sorted({deel["idn"] for deel in lijst if deel.get("idn")}))


def _text(waarde: Any) -> str | None:
    return waarde.strip() or None if isinstance(waarde, str) else None
