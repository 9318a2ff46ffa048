"""Which parcels of the screening one sees: read from the address, applied to the rows.

The whole choice stands in the address, so that a list can be sent to someone and works
without a script.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import geopandas as gpd
import numpy as np

from daeb_locaties.screening import Screening
from webmap.errors import VerzoekError

PER_PAGINA = 100
ALLES = "alles"
ZONDER_GEMEENTE = "onbekend"

VOLGORDE = (
    *(uitkomst for uitkomst in Screening if uitkomst.kandidaat),
    *(uitkomst for uitkomst in Screening if not uitkomst.kandidaat),
)
"""Outcomes in the order of the list: candidates first."""


@dataclass(frozen=True, slots=True)
class Perceelfilter:
    """What is asked for; empty means no limit.

    Parameters
    ----------
    uitkomst
        A code of `Screening`, `ALLES` for every parcel, or empty for the candidates.
    gemeente
        A gemeentecode, or `ZONDER_GEMEENTE`.
    minimum_m2
        The least area of a parcel in square metres.
    zoek
        Words that must all occur in the aanduiding.
    """

    uitkomst: str = ""
    gemeente: str = ""
    minimum_m2: float = 0.0
    zoek: str = ""

    def apply(self, percelen: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        """Return the rows that fit, in the same order."""
        past = np.ones(len(percelen), dtype=bool)
        if not self.uitkomst:
            past &= percelen["kandidaat"].to_numpy(dtype=bool)
        elif self.uitkomst != ALLES:
            past &= (percelen["screening"] == self.uitkomst).to_numpy(dtype=bool)
        if self.gemeente == ZONDER_GEMEENTE:
            past &= percelen["gemeentecode"].isna().to_numpy(dtype=bool)
        elif self.gemeente:
            past &= (percelen["gemeentecode"] == self.gemeente).to_numpy(dtype=bool)
        if self.minimum_m2:
            past &= percelen["oppervlakte_m2"].to_numpy() >= self.minimum_m2
        rijen = percelen[past]
        woorden = self.zoek.lower().split()
        if not woorden:
            return rijen
        teksten = (tekst.lower() for tekst in rijen["aanduiding"].fillna(""))
        heeft = (all(woord in tekst for woord in woorden) for tekst in teksten)
        return rijen[np.fromiter(heeft, dtype=bool, count=len(rijen))]

    def to_query(self) -> dict[str, str]:
        """Return the parameters of the address, without those that limit nothing."""
        alle = {
            "uitkomst": self.uitkomst,
            "gemeente": self.gemeente,
            "minimum": f"{self.minimum_m2:g}" if self.minimum_m2 else "",
            "zoek": self.zoek,
        }
        return {naam: waarde for naam, waarde in alle.items() if waarde}

    def with_uitkomst(self, uitkomst: str) -> Perceelfilter:
        """Return the same choice with another outcome."""
        return replace(self, uitkomst=uitkomst)


@dataclass(frozen=True, slots=True)
class Bladzijde:
    """One page of a list: its number from 1, of how many, and the rows on it."""

    nummer: int
    aantal: int
    begin: int
    percelen: gpd.GeoDataFrame


def read_filter(vraag: Mapping[str, str]) -> Perceelfilter:
    """Read the choice from the parameters of an address.

    Raises
    ------
    VerzoekError
        When an outcome does not exist or the area is no number; only an address that was
        written by hand can say so.
    """
    uitkomst = vraag.get("uitkomst", "").strip()
    if uitkomst not in {"", ALLES, *(s.value for s in Screening)}:
        raise VerzoekError("Deze uitkomst bestaat niet.", herstel="Kies een uitkomst in de lijst.")
    return Perceelfilter(
        uitkomst,
        vraag.get("gemeente", "").strip(),
        _read_minimum(vraag.get("minimum", "").strip()),
        " ".join(vraag.get("zoek", "").split()),
    )


def cut_page(percelen: gpd.GeoDataFrame, nummer: str, perceel_id: str) -> Bladzijde:
    """Cut the page with this number, or the one on which a parcel stands.

    Parameters
    ----------
    percelen
        The rows that fit, in order.
    nummer
        As the address gives it; what is no number of a page becomes the nearest page.
    perceel_id
        A parcel that must be on the page, or empty; it goes before the number.
    """
    aantal = max(math.ceil(len(percelen) / PER_PAGINA), 1)
    gekozen = min(max(int(nummer), 1), aantal) if nummer.isdecimal() else 1
    plekken = np.flatnonzero(percelen["perceel_id"] == perceel_id)
    if plekken.size:
        gekozen = int(plekken[0]) // PER_PAGINA + 1
    begin = (gekozen - 1) * PER_PAGINA
    return Bladzijde(gekozen, aantal, begin, percelen.iloc[begin : begin + PER_PAGINA])


def sort_percelen(percelen: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Put candidates first by outcome, then the largest first."""
    rang: dict[Any, int] = {uitkomst.value: nummer for nummer, uitkomst in enumerate(VOLGORDE)}
    volgorde = np.lexsort(
        (
            percelen["perceel_id"].to_numpy(dtype="U"),
            -percelen["oppervlakte_m2"].to_numpy(),
            percelen["screening"].map(rang).to_numpy(dtype=np.int64),
        )
    )
    return percelen.iloc[volgorde].reset_index(drop=True)


def _read_minimum(tekst: str) -> float:
    if not tekst:
        return 0.0
    try:
        waarde = float(tekst.replace(",", "."))
    except ValueError:
        waarde = math.nan
    if not math.isfinite(waarde) or waarde < 0:
        raise VerzoekError(
            "De kleinste oppervlakte is geen getal.", herstel="Geef een aantal m2, zoals 500."
        )
    return waarde
