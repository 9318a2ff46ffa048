"""Which plan goes before which on the same bit of ground."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from daeb_locaties.hardheid.plannen import Fase, Plan


def order_plannen(plannen: Iterable[Plan]) -> list[Plan]:
    """Return plans with the one that decides first.

    From new to old, lapsed plans last; but a plan that names another (ter vervanging van, or
    as uitwerking or wijziging ten gevolge van) goes before it, whatever their dates say
    (`domein.md` section 2.2). Equal dates fall back on the idn, for a fixed order.
    """
    op_datum = sorted(plannen, key=_newest_first)
    naamgevers = {plan.idn: [p for p in op_datum if _names(p, plan)] for plan in op_datum}
    uit: dict[str, Plan] = {}
    for plan in op_datum:
        _place(plan, naamgevers, uit, ())
    return list(uit.values())


def _place(
    plan: Plan, naamgevers: dict[str, list[Plan]], uit: dict[str, Plan], pad: Sequence[str]
) -> None:
    """Put a plan behind every plan that names it; a circle of names is left as it is."""
    if plan.idn in uit or plan.idn in pad:
        return
    for ander in naamgevers[plan.idn]:
        _place(ander, naamgevers, uit, (*pad, plan.idn))
    uit.setdefault(plan.idn, plan)


def _names(plan: Plan, ander: Plan) -> bool:
    """Whether a plan names another, by its idn or by its dossier, and neither has lapsed."""
    if plan.idn == ander.idn or Fase.VERVALLEN in {plan.fase, ander.fase}:
        return False
    return ander.idn in plan.extern or ander.dossier in plan.extern


def _newest_first(plan: Plan) -> tuple[bool, int, str]:
    return plan.fase is Fase.VERVALLEN, -(plan.datum or date.min).toordinal(), plan.idn
