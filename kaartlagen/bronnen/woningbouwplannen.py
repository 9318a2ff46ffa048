"""A planlijst from any vector file: tolerant of headers, literal about what they hold.

Columns that the contract has no room for, and values that had to be rewritten, go into
`overig` under the source's own names: nothing of the source is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from kaartlagen.bronnen.kolommen import find_column
from kaartlagen.bronnen.lezing import Lezing
from kaartlagen.bronnen.tabel import make_lezing, require_column
from kaartlagen.controles import (
    DATUM_ONLEESBAAR,
    GETAL_ONLEESBAAR,
    PLAN_ID_DUBBEL,
    PLAN_ZONDER_NAAM,
    Bevinding,
)
from kaartlagen.datums import parse_datum
from kaartlagen.laagframe import as_text, contract_columns, is_missing, rest_as_json, row_names
from kaartlagen.lezen import Bronlaag

_KOPPEN: dict[str, tuple[str, ...]] = {
    "plan_id": ("plan_id", "planid", "plannummer", "plan_nr", "planregistratie_id",
                "project_id", "projectid", "id_gemeente", "globalid", "uuid", "objectid", "id"),
    "plannaam": ("plannaam", "plan_naam", "naam_plan", "projectnaam", "project_naam",
                 "naam_project", "locatienaam", "naam"),
    "gemeente": ("gemeente", "gem_naam", "gemeentenaam", "gemeente_naam", "gm_naam",
                 "gemeentecode", "gm_code"),
    "planstatus": ("planstatus", "status_planologisch", "planologische_status",
                   "planologische_planstatus", "plan_status"),
    "status_datum": ("status_datum", "datum_status", "datum_planstatus", "datum"),
    "plantype": ("plantype", "plan_type"),
    "woningen_toe": ("woningen_toe", "aantalrest", "aantal_woningen", "aantal_nieuwbouw",
                     "woningen", "nieuwbouw", "bruto_plancapaciteit", "totaal_gepland"),
    "woningen_af": ("woningen_af", "sloop", "aantal_sloop", "sloop_woningen"),
}  # fmt: skip
"""What each contract column is called elsewhere (EIB, DIWI, Planmonitor), the best first."""

_NIET_HIER = ("bestemmingshoofdgroep", "typeplan", "typeplanobject", "gebiedsaanduidinggroep")
"""Columns of the flat IMRO tables, which have a `planstatus` too."""


def plan_grounds(kolommen: Sequence[str], _monster: pd.DataFrame) -> str | None:
    """Say on what grounds a table is a planlijst; None when it is not.

    A name alone is not enough: a planlijst also speaks of a planstatus or counts homes,
    and is no flat table of a ruimtelijk plan.
    """
    if find_column(kolommen, _NIET_HIER) is not None:
        return None
    eigen = _own_columns(kolommen)
    naam = eigen["plannaam"]
    bewijs = [eigen[n] for n in ("planstatus", "woningen_toe") if eigen[n] is not None]
    if naam is None or not bewijs:
        return None
    if naam.lower() == "naam" and eigen["planstatus"] is None:
        return None
    return f"kolommen {naam} en {bewijs[0]}"


def read_woningbouwplannen(bron: Bronlaag) -> tuple[Lezing, ...]:
    """Read a planlijst; the rows are the source's, one to one.

    Raises
    ------
    KolomError
        When there is no column with the name of the plan.
    """
    require_column(bron, _KOPPEN["plannaam"], "de naam van het plan")
    eigen = _own_columns(bron.kop.kolommen)
    waarden: dict[str, list[object]] = {}
    rest = bron.kolommen.copy()
    for naam, kolom in eigen.items():
        ruw = [] if kolom is None else bron.kolommen[kolom].astype(object).tolist()
        waarden[naam] = [_READ.get(naam, as_text)(waarde) for waarde in ruw]
        if kolom is None:
            waarden.pop(naam)
        elif waarden[naam] == [as_text(waarde) for waarde in ruw] or _same_numbers(
            ruw, waarden[naam]
        ):
            rest = rest.drop(columns=kolom)
    waarden["overig"] = list(rest_as_json(rest))
    kolommen = contract_columns("woningbouwplannen", waarden, bron.kolommen.index)
    bevindingen = _findings(bron, eigen, kolommen)
    lezing = make_lezing("woningbouwplannen", bron, kolommen, bevindingen=bevindingen)
    return (lezing,)


def _own_columns(kolommen: Sequence[str]) -> dict[str, str | None]:
    """Find the source's column for each contract column; no source column serves twice."""
    gevonden: dict[str, str | None] = {}
    vrij = list(kolommen)
    for naam, koppen in _KOPPEN.items():
        kolom = find_column(vrij, koppen)
        gevonden[naam] = kolom
        if kolom is not None:
            vrij.remove(kolom)
    return gevonden


def _whole(waarde: object) -> int | None:
    """Read a whole number, also from text; None for anything else."""
    tekst = as_text(waarde)
    if tekst is None:
        return None
    try:
        getal = float(tekst.replace(",", "."))
    except ValueError:
        return None
    return int(getal) if getal.is_integer() else None


def _taken(waarde: object) -> int | None:
    """Read a number of homes that go: EIB writes -12, others 12."""
    getal = _whole(waarde)
    return None if getal is None else abs(getal)


def _iso(waarde: object) -> str | None:
    datum = parse_datum(None if is_missing(waarde) else waarde)
    return datum.isoformat() if datum else None


_READ: dict[str, Callable[[object], object]] = {
    "woningen_toe": _whole,
    "woningen_af": _taken,
    "status_datum": _iso,
}


def _same_numbers(ruw: Sequence[object], gelezen: Sequence[object]) -> bool:
    """Say whether counts came through as they were, so that the source column is spent."""
    return all(
        (is_missing(a) and b is None) or (not isinstance(a, str) and not is_missing(a) and a == b)
        for a, b in zip(ruw, gelezen, strict=True)
    )


def _findings(
    bron: Bronlaag, eigen: dict[str, str | None], kolommen: pd.DataFrame
) -> tuple[Bevinding, ...]:
    zonder = kolommen[kolommen["plannaam"].isna()]
    ids = kolommen["plan_id"]
    dubbel = ids[ids.notna() & ids.duplicated()]
    getallen = [
        tekst
        for naam in ("woningen_toe", "woningen_af")
        for tekst in _unread(bron, eigen[naam], kolommen[naam])
    ]
    datums = _unread(bron, eigen["status_datum"], kolommen["status_datum"])
    return (
        *PLAN_ZONDER_NAAM.report(len(zonder), row_names(zonder)),
        *PLAN_ID_DUBBEL.report(len(dubbel), dubbel[:10]),
        *GETAL_ONLEESBAAR.report(len(getallen), getallen),
        *DATUM_ONLEESBAAR.report(len(datums), datums),
    )


def _unread(bron: Bronlaag, kolom: str | None, gelezen: pd.Series[Any]) -> list[str]:
    """Give the texts of a source column that did not become a value."""
    if kolom is None:
        return []
    ruw = bron.kolommen[kolom][gelezen.isna()]
    return [tekst for tekst in map(as_text, ruw) if tekst]
