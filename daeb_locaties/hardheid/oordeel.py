"""Derived and declared brought together: the O rules and the verdict."""

from __future__ import annotations

from dataclasses import dataclass

from shapely import Point

from daeb_locaties.akkoord import Hardheidsregel
from daeb_locaties.begrippen import Hardheid, Planstatus, Signaal
from daeb_locaties.hardheid.afleiding import Afleiding
from daeb_locaties.hardheid.zinnen import explain
from daeb_locaties.model import Locatie, Oordeel

# Rule O06: a declared hard class is contradicted by a plan without living on more than this share.
ZONDER_WONEN_AANDEEL = 0.5


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """The planstatus that counts, the rule, and the signals it raises."""

    planstatus: Planstatus
    regel: str
    signalen: tuple[Signaal, ...] = ()


def judge(locatie: Locatie, afleiding: Afleiding, rule: Hardheidsregel) -> Oordeel:
    """Return the verdict on one locatie, with its sentence."""
    uitkomst = _combine(locatie, afleiding, rule)
    return Oordeel(
        locatie_id=locatie.id,
        planstatus_afgeleid=afleiding.planstatus,
        planstatus=uitkomst.planstatus,
        hardheid=rule.hardheid(uitkomst.planstatus),
        regel=uitkomst.regel,
        regel_afleiding=afleiding.regel,
        regelversie=rule.naam,
        uitleg=explain(
            locatie,
            afleiding,
            uitkomst.regel,
            uitkomst.planstatus,
            rule.hardheid(uitkomst.planstatus),
        ),
        aandeel_hard=afleiding.aandelen.hard,
        aandeel_zacht=afleiding.aandelen.zacht,
        aandeel_onbekend=afleiding.aandelen.onbekend,
        aandeel_geen_plan=afleiding.aandelen.geen_plan,
        signalen=uitkomst.signalen + _signals(locatie, afleiding),
    )


def _combine(locatie: Locatie, afleiding: Afleiding, rule: Hardheidsregel) -> Uitkomst:
    opgegeven, afgeleid = locatie.planstatus_opgegeven, afleiding.planstatus
    if locatie.besluit is not None:
        return Uitkomst(locatie.besluit.planstatus, "O07")
    if opgegeven is Planstatus.ONBEKEND and afgeleid is Planstatus.ONBEKEND:
        return Uitkomst(Planstatus.ONBEKEND, "O05")
    if opgegeven is Planstatus.ONBEKEND:
        return Uitkomst(afgeleid, "O03", (Signaal.PLANSTATUS_NIET_BEVESTIGD,))
    if afgeleid is Planstatus.ONBEKEND:
        return _declared_only(opgegeven, afleiding, rule)
    return _both(opgegeven, afleiding)


def _declared_only(opgegeven: Planstatus, afleiding: Afleiding, rule: Hardheidsregel) -> Uitkomst:
    hard_opgegeven = rule.hardheid(opgegeven) is Hardheid.HARD
    gevonden = afleiding.klassen[-1] if afleiding.klassen else None
    if hard_opgegeven and afleiding.regel == "A09":
        return Uitkomst(Planstatus.ONBEKEND, "O10", (Signaal.PLANSTATUS_STRIJDIG,))
    if hard_opgegeven and gevonden and rule.hardheid(gevonden) is Hardheid.ZACHT:
        return Uitkomst(gevonden, "O09", (Signaal.PLANSTATUS_STRIJDIG,))
    if hard_opgegeven and afleiding.aandelen.zonder_wonen > ZONDER_WONEN_AANDEEL:
        return Uitkomst(Planstatus.ONBEKEND, "O06", (Signaal.PLANSTATUS_STRIJDIG,))
    return Uitkomst(opgegeven, "O02", (Signaal.PLANSTATUS_NIET_BEVESTIGD,))


def _both(opgegeven: Planstatus, afleiding: Afleiding) -> Uitkomst:
    afgeleid = afleiding.planstatus
    if opgegeven is afgeleid:
        return Uitkomst(opgegeven, "O01")
    if _only_onherroepelijk_differs(opgegeven, afleiding):
        return Uitkomst(afgeleid, "O08")
    zachtste = max(opgegeven, afgeleid, key=lambda s: s.firmness)
    return Uitkomst(zachtste, "O04", (Signaal.PLANSTATUS_STRIJDIG,))


def _only_onherroepelijk_differs(opgegeven: Planstatus, afleiding: Afleiding) -> bool:
    """Whether declared 1x stands against derived 2x from a file that cannot show class 1."""
    afgeleid, beslissend = afleiding.planstatus, afleiding.beslissend
    return (
        opgegeven.value[0] == "1"
        and afgeleid.value[0] == "2"
        and opgegeven.value[1:] == afgeleid.value[1:]
        and beslissend is not None
        and not beslissend.stuk.plan.onherroepelijk_bekend
    )


def _signals(locatie: Locatie, afleiding: Afleiding) -> tuple[Signaal, ...]:
    signalen = []
    beslissend = afleiding.beslissend
    if isinstance(locatie.geometrie_rd, Point):
        signalen.append(Signaal.GEEN_VLAK)
    if afleiding.aandelen.deels_hard:
        signalen.append(Signaal.DEELS_HARD)
    if afleiding.regel == "A04":
        signalen.append(Signaal.BESTEMMING_ZONDER_WONEN)
    if afleiding.ruimte is not None and afleiding.ruimte.blijft:
        signalen.append(Signaal.BESTAANDE_WONINGEN)
    if afleiding.regel == "A09":
        signalen.append(Signaal.MEER_DAN_HET_PLAN)
    if (
        beslissend is not None
        and beslissend.stuk.grond.klasse.value[0] == "2"
        and not beslissend.stuk.plan.onherroepelijk_bekend
    ):
        signalen.append(Signaal.ONHERROEPELIJK_ONBEKEND)
    return tuple(signalen)
