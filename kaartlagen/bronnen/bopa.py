"""BOPA's (buitenplanse omgevingsplanactiviteiten) from a user's own layer or table.

There is no standard for them: any table counts that gives a zaaknummer and the day of
verlening, under whatever Dutch header. A permit that is a point or a line has no ground to
lay over a locatie, and is refused by name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from kaartlagen.bronnen.kolommen import find_column
from kaartlagen.bronnen.lezing import Lezing
from kaartlagen.bronnen.tabel import make_lezing, require_column
from kaartlagen.bronnen.telwaarden import whole
from kaartlagen.controles import (
    BOPA_ZONDER_DATUM,
    BOPA_ZONDER_VLAK,
    DATUM_ONLEESBAAR,
    GETAL_ONLEESBAAR,
    Bevinding,
)
from kaartlagen.datums import parse_datum
from kaartlagen.laagframe import as_text, contract_columns, is_missing, rest_as_json, row_names
from kaartlagen.lezen import Bronlaag

_KOPPEN: dict[str, tuple[str, ...]] = {
    "zaaknummer": ("zaaknummer", "zaak_nummer", "zaaknr", "zaak_nr", "zaak_id", "zaakid",
                   "zaakidentificatie", "zaak_identificatie", "zaakkenmerk", "bopa_nummer",
                   "bopanummer", "vergunningnummer", "vergunningsnummer", "dossiernummer",
                   "kenmerk", "zaak"),
    "verleend_op": ("verleend_op", "verleend", "datum_verleend", "verleenddatum",
                    "verleend_datum", "datum_verlening", "verleningsdatum",
                    "datum_vergunning_verleend", "vergunning_verleend_op",
                    "vergunning_verleend", "verleend_per", "datum_vergunning",
                    "vergunningdatum", "vergunningsdatum", "datum_besluit_verleend"),
    "onherroepelijk_op": ("onherroepelijk_op", "onherroepelijk", "datum_onherroepelijk",
                          "onherroepelijk_datum", "onherroepelijkdatum", "onherroepelijk_per",
                          "onherroepelijk_sinds", "onherroepelijk_vanaf",
                          "datum_onherroepelijkheid"),
    "naam": ("naam", "projectnaam", "naam_project", "plannaam", "titel", "omschrijving",
             "locatienaam", "locatie", "adres"),
    "woningen": ("woningen", "aantal_woningen", "woningaantal", "aantal_wooneenheden",
                 "wooneenheden", "aantal_vergunde_woningen", "vergunde_woningen"),
}  # fmt: skip
"""What each contract column is called by users, the best first."""

_DATUMS = ("verleend_op", "onherroepelijk_op")


def bopa_grounds(kolommen: Sequence[str], _monster: pd.DataFrame) -> str | None:
    """Say on what grounds a table is one of BOPA's; None when it is not.

    A zaaknummer alone names any case; with a day of verlening it names a permit.
    """
    zaak, *datums = (find_column(kolommen, _KOPPEN[naam]) for naam in ("zaaknummer", *_DATUMS))
    datum = next((kolom for kolom in datums if kolom is not None), None)
    return f"kolommen {zaak} en {datum}" if zaak is not None and datum is not None else None


def read_bopa(bron: Bronlaag) -> tuple[Lezing, ...]:
    """Read permits, one per row; what had to be rewritten is kept in `overig` too.

    Raises
    ------
    KolomError
        When there is no column with zaaknummers.
    """
    require_column(bron, _KOPPEN["zaaknummer"], "het zaaknummer")
    eigen = _own_columns(bron.kop.kolommen)
    waarden: dict[str, list[object]] = {}
    rest = bron.kolommen.copy()
    for naam, kolom in eigen.items():
        if kolom is None:
            continue
        ruw = bron.kolommen[kolom].astype(object).tolist()
        waarden[naam] = [_READ.get(naam, as_text)(waarde) for waarde in ruw]
        if [as_text(waarde) for waarde in waarden[naam]] == [as_text(waarde) for waarde in ruw]:
            rest = rest.drop(columns=kolom)
    waarden["overig"] = list(rest_as_json(rest))
    kolommen = contract_columns("bopa", waarden, bron.kolommen.index)
    vlak = _has_ground(bron.geometrie)
    los = kolommen[~vlak]
    bevindingen = (
        *BOPA_ZONDER_VLAK.report(len(los), row_names(los)),
        *_findings(bron, eigen, kolommen),
    )
    return (make_lezing("bopa", bron, kolommen[vlak], bevindingen=bevindingen),)


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


def _iso(waarde: object) -> str | None:
    datum = parse_datum(None if is_missing(waarde) else waarde)
    return datum.isoformat() if datum else None


_READ: dict[str, Callable[[object], object]] = {
    "verleend_op": _iso,
    "onherroepelijk_op": _iso,
    "woningen": whole,
}


def _has_ground(geometrie: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Mark rows that are an area, or whose geometry is judged later: absent or unreadable."""
    leeg = shapely.is_missing(geometrie) | shapely.is_empty(geometrie)
    vlak: NDArray[np.bool_] = leeg | (shapely.get_dimensions(geometrie) == 2)
    return vlak


def _findings(
    bron: Bronlaag, eigen: dict[str, str | None], kolommen: pd.DataFrame
) -> tuple[Bevinding, ...]:
    datums = [tekst for naam in _DATUMS for tekst in _unread(bron, eigen[naam], kolommen[naam])]
    getallen = _unread(bron, eigen["woningen"], kolommen["woningen"])
    zonder = kolommen[kolommen[list(_DATUMS)].isna().all(axis=1)]
    return (
        *DATUM_ONLEESBAAR.report(len(datums), datums),
        *GETAL_ONLEESBAAR.report(len(getallen), getallen),
        *BOPA_ZONDER_DATUM.report(len(zonder), row_names(zonder)),
    )


def _unread(bron: Bronlaag, kolom: str | None, gelezen: pd.Series[Any]) -> list[str]:
    """Give the texts of a source column that did not become a value."""
    if kolom is None:
        return []
    ruw = bron.kolommen[kolom][gelezen.isna()]
    return [tekst for tekst in map(as_text, ruw) if tekst]
