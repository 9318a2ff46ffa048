"""The Esri form of DIWI and Planmonitor Zuid-Holland: homes per year in `year_properties`.

Every plan holds a list with one object per `jaartal`: homes to build by type and price
class, and with `sloop_` before the name homes to demolish. The lists stay as they are, in
`overig`; here they are only added up.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from kaartlagen.bronnen.kolommen import find_column
from kaartlagen.bronnen.telwaarden import total
from kaartlagen.laagframe import as_text
from kaartlagen.lezen import Bronlaag
from kaartlagen.tabelcontroles import AANTALLEN_ONLEESBAAR, GEREALISEERD_NIET_GEBRUIKT

_TELLING = re.compile(
    r"(?P<sloop>sloop_)?(meergezins|eengezins|onbekend)_((koop|huur)([1-4]|_onb)|onbekend)"
)


def prepare_year_lists(bron: Bronlaag) -> Bronlaag | None:
    """Add up the lists per year of each plan; None for a table without them."""
    kolom = find_column(bron.kop.kolommen, ("year_properties",))
    if kolom is None:
        return None
    lijsten = [_years(waarde) for waarde in bron.kolommen[kolom]]
    frame = bron.kolommen.copy()
    frame["woningen_toe"] = pd.Series([_sum(jaren, False) for jaren in lijsten], dtype=object)
    frame["woningen_af"] = pd.Series([_sum(jaren, True) for jaren in lijsten], dtype=object)
    stuk = [
        nr
        for nr, (jaren, waarde) in enumerate(zip(lijsten, bron.kolommen[kolom], strict=True))
        if as_text(waarde) is not None
        and (jaren is None or (_filled(jaren) and frame["woningen_toe"].iloc[nr] is None))
    ]
    gerealiseerd = sum(
        any("gerealiseerd" in sleutel for jaar in jaren or () for sleutel in jaar)
        for jaren in lijsten
    )
    namen = find_column(bron.kop.kolommen, ("plannaam",))
    return replace(
        bron,
        kolommen=frame,
        kop=replace(bron.kop, kolommen=tuple(map(str, frame.columns))),
        bevindingen=(
            *bron.bevindingen,
            *AANTALLEN_ONLEESBAAR.report(
                len(stuk), [frame[namen].iloc[nr] if namen else f"rij {nr + 1}" for nr in stuk]
            ),
            *GEREALISEERD_NIET_GEBRUIKT.report(gerealiseerd),
        ),
    )


def _years(waarde: object) -> list[Mapping[str, Any]] | None:
    """Read the list of a plan; None where it is no list of objects."""
    inhoud = waarde
    if isinstance(waarde, str):
        try:
            inhoud = json.loads(waarde)
        except ValueError:
            return None
    if isinstance(inhoud, list) and all(isinstance(deel, dict) for deel in inhoud):
        return inhoud
    return None


def _sum(jaren: list[Mapping[str, Any]] | None, sloop: bool) -> int | None:
    return total(
        aantal
        for jaar in jaren or ()
        for sleutel, aantal in jaar.items()
        if (treffer := _TELLING.fullmatch(sleutel)) and bool(treffer["sloop"]) is sloop
    )


def _filled(jaren: list[Mapping[str, Any]]) -> bool:
    return any(
        _TELLING.fullmatch(sleutel) and as_text(aantal)
        for jaar in jaren
        for sleutel, aantal in jaar.items()
    )
