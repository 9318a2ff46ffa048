"""A planlijst from any vector file or table: tolerant of headers, literal about what they hold.

Columns that the contract has no room for, and values that had to be rewritten, go into
`overig` under the source's own names: nothing of the source is lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from kaartlagen.bronnen.kolommen import find_column, normalise
from kaartlagen.bronnen.lezing import Lezing
from kaartlagen.bronnen.planlijst_diwi import (
    BOUW,
    ID,
    NAAM,
    prepare_diwi_geojson,
    prepare_diwi_sheet,
)
from kaartlagen.bronnen.planlijst_jaren import prepare_year_lists
from kaartlagen.bronnen.planlijst_zeeland import prepare_categories
from kaartlagen.bronnen.tabel import make_lezing, require_column
from kaartlagen.bronnen.telwaarden import taken, whole
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
from kaartlagen.tabelcontroles import KOLOM_HERKEND

_KOPPEN: dict[str, tuple[str, ...]] = {
    "plan_id": ("plan_id", "planid", "plannummer", "plan_nr", "plannr", "planregistratie_id",
                "project_id", "projectid", "projectnummer", "id_gemeente", "ph_text9",
                "identificatie_nr", "globalid", "uuid", "objectid", "id", "nummer", "nr"),
    "plannaam": ("plannaam", "plan_naam", "naam_plan", "projectnaam", "project_naam",
                 "naam_project", "locatienaam", "naam_locatie", "planlocatie", "bouwplan",
                 "woningbouwplan", "naam", "plan", "project", "locatie"),
    "gemeente": ("gemeente", "gem_naam", "gemeentenaam", "gemeente_naam", "gm_naam",
                 "naam_gemeente", "gemeentecode", "gemeente_code", "gm_code"),
    "planstatus": ("planstatus", "status_planologisch", "planologische_status",
                   "planologische_planstatus", "plan_status", "planologische_fase",
                   "status_planologie", "planologische_hardheid"),
    "status_datum": ("status_datum", "datum_status", "datum_planstatus", "datum",
                     "peildatum_status"),
    "plantype": ("plantype", "plan_type", "soort_plan", "plan_soort"),
    "woningen_toe": ("woningen_toe", "aantalrest", "aantal_woningen", "aantal_woningen_totaal",
                     "totaal_aantal_woningen", "woningen_totaal", "totaal_woningen",
                     "aantal_nieuwbouw", "te_bouwen_woningen", "woningen", "nieuwbouw",
                     "bruto_plancapaciteit", "plancapaciteit", "totaal_gepland"),
    "woningen_af": ("woningen_af", "sloop", "aantal_sloop", "sloop_woningen", "te_slopen",
                    "te_slopen_woningen", "aantal_te_slopen"),
}  # fmt: skip
"""What each contract column is called elsewhere (EIB, DIWI, Planmonitor), the best first."""

_NIET_HIER = ("bestemmingshoofdgroep", "typeplan", "typeplanobject", "gebiedsaanduidinggroep")
"""Columns of the flat IMRO tables, which have a `planstatus` too."""

_VAAG = frozenset({"naam", "plan", "project", "locatie"})
"""Headers that say too little to know a planlijst by without a planstatus."""

_STATUSWOORD = re.compile(
    r"\s*(([1-5]\s?[abc]?\b)|.*(onherroepelijk|vastgesteld|in voorbereiding))", re.IGNORECASE
)
_VORMEN: tuple[Callable[[Bronlaag], Bronlaag | None], ...] = (
    prepare_diwi_sheet,
    prepare_diwi_geojson,
    prepare_year_lists,
    prepare_categories,
)
"""Known forms of planlijst that are first brought to one row per plan."""


def plan_grounds(kolommen: Sequence[str], monster: pd.DataFrame) -> str | None:
    """Say on what grounds a table is a planlijst; None when it is not.

    A name alone is not enough: a planlijst also speaks of a planstatus or counts homes,
    and is no flat table of a ruimtelijk plan.
    """
    if find_column(kolommen, _NIET_HIER) is not None:
        return None
    diwi = _diwi_grounds(kolommen)
    if diwi is not None:
        return diwi
    eigen = _own_columns(kolommen, monster)
    naam = eigen["plannaam"]
    bewijs = [eigen[n] for n in ("planstatus", "woningen_toe") if eigen[n] is not None]
    if naam is None or not bewijs:
        return None
    if normalise(naam) in _VAAG and eigen["planstatus"] is None:
        return None
    return f"kolommen {naam} en {bewijs[0]}"


def _diwi_grounds(kolommen: Sequence[str]) -> str | None:
    """Know the two forms of DIWI, whose planstatus stands in no column of its own."""
    for namen in ((ID, NAAM, BOUW), ("projectgegevens", "woning_blokken")):
        if set(namen) <= set(kolommen):
            return f"kolommen {namen[0]} en {namen[-1]} van DIWI"
    return None


def read_woningbouwplannen(bron: Bronlaag) -> tuple[Lezing, ...]:
    """Read a planlijst; the rows are the source's, one to one.

    Raises
    ------
    KolomError
        When there is no column with the name of the plan.
    """
    bron = next((klaar for vorm in _VORMEN if (klaar := vorm(bron)) is not None), bron)
    require_column(bron, _KOPPEN["plannaam"], "de naam van het plan")
    eigen = _own_columns(bron.kop.kolommen, bron.kolommen)
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
    bevindingen = _findings(bron, eigen, kolommen) + _mapping(eigen)
    lezing = make_lezing("woningbouwplannen", bron, kolommen, bevindingen=bevindingen)
    return (lezing,)


def _own_columns(kolommen: Sequence[str], rijen: pd.DataFrame) -> dict[str, str | None]:
    """Find the source's column for each contract column; no source column serves twice.

    A column that is called just `status` may be that of the project: it is taken when
    what it holds reads as planstatussen.
    """
    gevonden: dict[str, str | None] = {}
    vrij = list(kolommen)
    for naam, koppen in _KOPPEN.items():
        kolom = find_column(vrij, koppen)
        if naam == "planstatus" and kolom is None:
            kolom = find_column(vrij, ("status",))
            if kolom is not None and not _holds_status(rijen[kolom]):
                kolom = None
        gevonden[naam] = kolom
        if kolom is not None:
            vrij.remove(kolom)
    return gevonden


def _holds_status(reeks: pd.Series[Any]) -> bool:
    teksten = [tekst for waarde in reeks if (tekst := as_text(waarde))]
    return bool(teksten) and all(_STATUSWOORD.match(tekst) for tekst in teksten)


def _mapping(eigen: dict[str, str | None]) -> tuple[Bevinding, ...]:
    """Tell which headers were taken for which columns, where they are not called the same."""
    anders = [
        f"{kolom} is gelezen als {naam}"
        for naam, kolom in eigen.items()
        if kolom is not None and normalise(kolom) != normalise(naam)
    ]
    return KOLOM_HERKEND.report(len(anders), uitleg="; ".join(anders) + ".")


def _iso(waarde: object) -> str | None:
    datum = parse_datum(None if is_missing(waarde) else waarde)
    return datum.isoformat() if datum else None


_READ: dict[str, Callable[[object], object]] = {
    "woningen_toe": whole,
    "woningen_af": taken,
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
