"""One screened parcel as the list shows it: words and shares, no columns of a frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import pandas as pd

from daeb_locaties.screening import KLASSEN, Screening

_VERWAARLOOSBAAR = 0.00005
"""A share below this is the width of a line, not a piece of ground."""


@dataclass(frozen=True, slots=True)
class Perceelrij:
    """A row of the list; shares 0..1, `bbox` in EPSG:28992 metres, None for not known."""

    id: str
    aanduiding: str | None
    gemeente: str | None
    oppervlakte_m2: float
    uitkomst: Screening
    wonen: float
    gemengd: float
    overig: float
    klassen: tuple[tuple[str, float], ...]
    woningen: int | None
    eigenaar: str | None
    bbox: str


def make_rijen(percelen: gpd.GeoDataFrame) -> tuple[Perceelrij, ...]:
    """Make the rows of a page from a piece of the screening."""
    kaders = percelen.geometry.bounds.to_numpy()
    rijen = percelen.drop(columns="geometry").to_dict("records")
    return tuple(_make_rij(rij, kader) for rij, kader in zip(rijen, kaders, strict=True))


def _make_rij(rij: dict[Any, Any], kader: Any) -> Perceelrij:
    aandelen = [(klasse.value, float(rij[f"aandeel_{klasse.value}"])) for klasse in KLASSEN]
    woningen = _known(rij["woningen"])
    return Perceelrij(
        id=rij["perceel_id"],
        aanduiding=_known(rij["aanduiding"]),
        gemeente=_known(rij["gemeentenaam"]),
        oppervlakte_m2=float(rij["oppervlakte_m2"]),
        uitkomst=Screening(rij["screening"]),
        wonen=float(rij["aandeel_wonen"]),
        gemengd=float(rij["aandeel_gemengd"]),
        overig=float(rij["aandeel_overig"]),
        klassen=tuple((code, deel) for code, deel in aandelen if deel > _VERWAARLOOSBAAR),
        woningen=None if woningen is None else int(woningen),
        # Not every source of parcels names an owner class.
        eigenaar=_known(rij.get("eigenaar")),
        bbox=",".join(f"{grens:.1f}" for grens in kader),
    )


def _known(waarde: Any) -> Any:
    return None if pd.isna(waarde) else waarde
