"""What the columns say: codes out of their list, ids, dates and counts that cannot well be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from kaartlagen.controles import Bevinding
from kaartlagen.getallen import decimal, square_metres
from kaartlagen.inhoudcontroles import (
    AANTAL_NEGATIEF,
    AANTAL_ONWAARSCHIJNLIJK,
    BOPA_DATUMS_OMGEKEERD,
    BOPA_VOOR_OMGEVINGSWET,
    BOUWJAAR_ONWAARSCHIJNLIJK,
    DATUM_ONWAARSCHIJNLIJK,
    GROOTTE_WIJKT_AF,
)
from kaartlagen.toetsen.maten import Maten
from kaartlagen.toetsen.namen import name_marked
from kaartlagen.toetsen.waardelijsten import IDVORMEN, WAARDELIJSTEN, Idvorm, Waardelijst

DATUMKOLOMMEN: dict[str, tuple[str, ...]] = {
    "plangebieden": ("datum",),
    "ponsgebieden": ("datum",),
    "bopa": ("verleend_op", "onherroepelijk_op"),
    "woningbouwplannen": ("status_datum",),
}
"""The columns with dates, as ISO text, per layer."""

OMGEVINGSWET = date(2024, 1, 1)
VROEGSTE_DATUM = date(1900, 1, 1)
VROEGSTE_BOUWJAAR, BOUWJAREN_VOORUIT = 1000, 5
GROOTTE_AANDEEL, GROOTTE_M2 = 0.10, 10.0
WONINGEN_PER_M2 = 1000 / 10_000

_Masker = NDArray[np.bool_]


def value_findings(
    laag: str, kolommen: pd.DataFrame, maten: Maten, op: date
) -> tuple[Bevinding, ...]:
    """Report what the columns of a layer hold that they should not, or hardly can."""
    uit: list[Bevinding] = []
    for lijst in WAARDELIJSTEN.get(laag, ()):
        uit.extend(_out_of_list(kolommen, lijst))
    if laag in IDVORMEN:
        uit.extend(_odd_ids(kolommen, IDVORMEN[laag]))
    for kolom in DATUMKOLOMMEN.get(laag, ()):
        uit.extend(_odd_dates(kolommen, kolom, op))
    if laag in _BIJZONDER:
        uit.extend(_BIJZONDER[laag](kolommen, maten, op))
    return tuple(uit)


def _out_of_list(kolommen: pd.DataFrame, lijst: Waardelijst) -> tuple[Bevinding, ...]:
    reeks = kolommen[lijst.kolom]
    vreemd = [waarde for waarde in reeks.dropna().unique() if not in_list(waarde, lijst)]
    masker = reeks.isin(vreemd).to_numpy(dtype=bool)
    return lijst.controle.report(
        int(masker.sum()), name_marked(kolommen, masker, lambda plek: str(reeks.iloc[plek]))
    )


def in_list(waarde: str, lijst: Waardelijst) -> bool:
    """Say whether a cell holds nothing but values of a list."""
    delen = waarde.split(lijst.scheiding) if lijst.scheiding else [waarde]
    return all(
        (deel := ruw.strip().casefold()) in lijst.waarden or deel.startswith("other:")
        for ruw in delen
    )


def _odd_ids(kolommen: pd.DataFrame, vorm: Idvorm) -> tuple[Bevinding, ...]:
    reeks = kolommen[vorm.kolom]
    teksten = pa.array(reeks, type=pa.string(), from_pandas=True)
    goed = pc.fill_null(pc.match_substring_regex(teksten, vorm.patroon), True)
    masker: _Masker = ~np.asarray(goed.to_numpy(zero_copy_only=False), dtype=bool)
    return vorm.controle.report(int(masker.sum()), reeks[masker])


def _odd_dates(kolommen: pd.DataFrame, kolom: str, op: date) -> tuple[Bevinding, ...]:
    # ISO text sorts as the dates do.
    reeks = kolommen[kolom]
    bekend = reeks.fillna(op.isoformat())
    masker = ((bekend > op.isoformat()) | (bekend < VROEGSTE_DATUM.isoformat())).to_numpy(bool)
    return DATUM_ONWAARSCHIJNLIJK.report(
        int(masker.sum()), name_marked(kolommen, masker, lambda plek: f"{kolom} {reeks.iloc[plek]}")
    )


def _parcels(kolommen: pd.DataFrame, maten: Maten, _op: date) -> tuple[Bevinding, ...]:
    grootte = kolommen["kadastrale_grootte_m2"].to_numpy(dtype=np.float64)
    kaart = maten.oppervlakte_m2
    # A comparison with an unknown size is False.
    masker = np.abs(kaart - grootte) > np.maximum(GROOTTE_M2, GROOTTE_AANDEEL * grootte)
    return GROOTTE_WIJKT_AF.report(
        int(masker.sum()),
        name_marked(
            kolommen,
            masker,
            lambda plek: (
                f"{square_metres(grootte[plek])} en op de kaart {square_metres(float(kaart[plek]))}"
            ),
        ),
    )


def _plans(kolommen: pd.DataFrame, maten: Maten, _op: date) -> tuple[Bevinding, ...]:
    toe = _numbers(kolommen["woningen_toe"])
    negatief = toe < 0
    kaart = maten.oppervlakte_m2
    dicht = (kaart > 0) & (toe > WONINGEN_PER_M2 * kaart)
    return (
        *AANTAL_NEGATIEF.report(
            int(negatief.sum()), name_marked(kolommen, negatief, lambda p: decimal(toe[p], 0))
        ),
        *AANTAL_ONWAARSCHIJNLIJK.report(
            int(dicht.sum()),
            name_marked(
                kolommen,
                dicht,
                lambda p: f"{decimal(toe[p], 0)} woningen op {square_metres(float(kaart[p]))}",
            ),
        ),
    )


def _buildings(kolommen: pd.DataFrame, _maten: Maten, op: date) -> tuple[Bevinding, ...]:
    jaar = _numbers(kolommen["bouwjaar"])
    masker = (jaar < VROEGSTE_BOUWJAAR) | (jaar > op.year + BOUWJAREN_VOORUIT)
    return BOUWJAAR_ONWAARSCHIJNLIJK.report(
        int(masker.sum()), name_marked(kolommen, masker, lambda plek: f"{jaar[plek]:.0f}")
    )


def _permits(kolommen: pd.DataFrame, _maten: Maten, _op: date) -> tuple[Bevinding, ...]:
    verleend, definitief = kolommen["verleend_op"], kolommen["onherroepelijk_op"]
    beide = (verleend.notna() & definitief.notna()).to_numpy()
    omgekeerd = beide & (definitief.fillna("") < verleend.fillna("")).to_numpy(bool)
    vroeg = (verleend.fillna(OMGEVINGSWET.isoformat()) < OMGEVINGSWET.isoformat()).to_numpy(bool)
    return (
        *BOPA_DATUMS_OMGEKEERD.report(int(omgekeerd.sum()), name_marked(kolommen, omgekeerd)),
        *BOPA_VOOR_OMGEVINGSWET.report(int(vroeg.sum()), name_marked(kolommen, vroeg)),
    )


def _numbers(reeks: pd.Series[Any]) -> NDArray[np.float64]:
    """Give counts as floats with NaN for unknown: every comparison with that is False."""
    getallen: Any = reeks.astype("Float64").to_numpy(np.float64, na_value=np.nan)
    return np.asarray(getallen, dtype=np.float64)


_BIJZONDER: dict[str, Callable[[pd.DataFrame, Maten, date], tuple[Bevinding, ...]]] = {
    "percelen": _parcels,
    "woningbouwplannen": _plans,
    "panden": _buildings,
    "bopa": _permits,
}
