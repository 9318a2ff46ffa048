"""Planmonitor Wonen as B3Partners keeps it: plannen, their categories and those per year.

A category is one of several cuts of the same homes (by type, by price, by care ...), so the
cuts are never added to each other: `nieuwbouw` is the whole, `sloop` what goes. The lines per
year plan what is left of a category after what is built (`totaal_gerealiseerd`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from kaartlagen.bronnen.kolommen import find_column, normalise
from kaartlagen.bronnen.telwaarden import total, whole
from kaartlagen.controles import Bevinding
from kaartlagen.errors import KolomError
from kaartlagen.laagframe import as_text, is_missing
from kaartlagen.lezen import Bronlaag
from kaartlagen.tabelcontroles import DETAIL_ZONDER_PLAN

CATEGORIE = "plancategorie"
DETAIL = "detailplanning"
BIJTABELLEN = frozenset({CATEGORIE, DETAIL})
"""Tables without geometry that belong to the plannen in the same file."""

_SLEUTELS = {CATEGORIE: "planregistratie_id", DETAIL: "plancategorie_id"}
_SNEDEN = ("betaalbaarheid", "woning_type", "wonen_en_zorg", "flexwoningen")

Regels = dict[str, list[dict[str, Any]]]


def companion(naam: str) -> str | None:
    """Say which table that belongs to a planlijst has this name; a schema before it is allowed."""
    laatste = naam.rsplit(".", maxsplit=1)[-1]
    return next((bij for bij in BIJTABELLEN if normalise(laatste) == bij), None)


def prepare_categories(bron: Bronlaag) -> Bronlaag | None:
    """Join the categories and their years to the plannen; None for a file without them.

    Raises
    ------
    KolomError
        When a table lacks the column by which it is joined.
    """
    if CATEGORIE not in bron.erbij:
        return None
    id_kolom = find_column(bron.kop.kolommen, ("id", "planregistratie_id"))
    if id_kolom is None:
        raise _no_key(bron, "planregistratie", "id")
    details, _ = _grouped(bron, DETAIL)
    categorieen, cat_ids = _grouped(bron, CATEGORIE)
    plan_ids = [as_text(waarde) for waarde in bron.kolommen[id_kolom]]
    per_plan = [_with_years(categorieen.get(plan_id or "", []), details) for plan_id in plan_ids]
    frame = bron.kolommen.copy()
    frame["plancategorieen"] = pd.Series(per_plan, dtype=object)
    frame["woningen_toe"] = pd.Series([_to_build(regels) for regels in per_plan], dtype=object)
    frame["woningen_af"] = pd.Series(
        [_left(_of(regels, "sloop")) for regels in per_plan], dtype=object
    )
    wees = _orphans(categorieen, set(plan_ids), CATEGORIE) + _orphans(details, cat_ids, DETAIL)
    return replace(
        bron,
        kolommen=frame,
        kop=replace(bron.kop, kolommen=tuple(map(str, frame.columns))),
        bevindingen=bron.bevindingen + wees,
    )


def _grouped(bron: Bronlaag, tabel: str) -> tuple[Regels, set[str | None]]:
    """Give the lines of a table by what they belong to, and the ids of the lines themselves."""
    frame = bron.erbij.get(tabel)
    if frame is None:
        return {}, set()
    sleutel = find_column(list(frame.columns), (_SLEUTELS[tabel],))
    eigen = find_column(list(frame.columns), ("id",))
    if sleutel is None or (eigen is None and tabel == CATEGORIE):
        raise _no_key(bron, tabel, _SLEUTELS[tabel] if sleutel is None else "id")
    uit: Regels = {}
    for rij in frame.to_dict("records"):
        regel = {
            str(kolom).lower(): _plain(waarde)
            for kolom, waarde in rij.items()
            if not is_missing(waarde)
        }
        uit.setdefault(as_text(rij[sleutel]) or "", []).append(regel)
    return uit, set() if eigen is None else {as_text(waarde) for waarde in frame[eigen]}


def _with_years(regels: Sequence[dict[str, Any]], details: Regels) -> list[dict[str, Any]]:
    uit = []
    for regel in regels:
        jaren = details.get(as_text(regel.get("id")) or "", [])
        uit.append({**regel, DETAIL: jaren} if jaren else dict(regel))
    return uit


def _to_build(regels: Sequence[Mapping[str, Any]]) -> int | None:
    """Give the homes still to be built: the whole, else any one cut of it that is filled in."""
    bouw = [regel for regel in regels if not as_text(regel.get("sloop"))]
    for veld in ("nieuwbouw", *_SNEDEN):
        aantal = _left(_of(bouw, veld))
        if aantal is not None:
            return aantal
    return None


def _of(regels: Sequence[Mapping[str, Any]], veld: str) -> list[Mapping[str, Any]]:
    return [regel for regel in regels if as_text(regel.get(veld))]


def _left(regels: Sequence[Mapping[str, Any]]) -> int | None:
    gepland = total(regel.get("totaal_gepland") for regel in regels)
    if gepland is None:
        return total(d.get("aantal_gepland") for regel in regels for d in regel.get(DETAIL, ()))
    return gepland - sum(whole(regel.get("totaal_gerealiseerd")) or 0 for regel in regels)


def _orphans(regels: Regels, ouders: set[str | None], tabel: str) -> tuple[Bevinding, ...]:
    wees = [sleutel for sleutel in regels if sleutel not in ouders]
    return DETAIL_ZONDER_PLAN.report(
        sum(len(regels[sleutel]) for sleutel in wees),
        wees,
        uitleg=f"Het gaat om de tabel {tabel}.",
    )


def _plain(waarde: object) -> object:
    return waarde.item() if hasattr(waarde, "item") else waarde


def _no_key(bron: Bronlaag, tabel: str, kolom: str) -> KolomError:
    return KolomError(
        f"in de tabel {tabel} ontbreekt de kolom {kolom}, waarmee plannen en aantallen bij elkaar "
        "horen.",
        waar=bron.kop.pad.name,
        herstel="Lever de tabellen aan zoals de planmonitor ze bewaart.",
    )
