"""Screening: what zoning gives each parcel, and which parcels could carry DAEB homes."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from daeb_locaties.akkoord import Hardheidsregel, Screeningsregel
from daeb_locaties.begrippen import Begrip, Hardheid, Planstatus
from daeb_locaties.hardheid.regime import Regime
from daeb_locaties.hardheid.stuk import Stuk
from kaartlagen.overlay import Oppervlakteparen

Aandeel = npt.NDArray[np.float64]

KLASSEN = tuple(
    s for s in Planstatus if s is not Planstatus.ONBEKEND and s.value[0] in {"1", "2", "3"}
)
"""The classes that zoning can give; 4A to 5B are never derived from a plan."""


class Screening(Begrip):
    """Why a parcel could carry homes, or could not; the first that holds, in this order."""

    TE_KLEIN = ("te_klein", "Te klein", "het perceel is kleiner dan de ingestelde oppervlakte")
    GEEN_PLAN = ("geen_plan", "Geen plan", "op het perceel ligt geen ingelezen plan")
    BEWOOND = ("bewoond", "Bewoond", "op het perceel staan al woningen (BAG)")
    HARD = ("hard", "Hard te bebouwen", "het geldende plan laat woningen toe")
    ZACHT = ("zacht", "Zacht te bebouwen", "een wijziging of een plan in voorbereiding")
    REGELS_BESLISSEN = (
        "regels_beslissen",
        "De planregels beslissen",
        "gemengde bestemming: of wonen mag, staat in de regels",
    )
    GEEN_WONEN = ("geen_wonen", "Geen woonbestemming", "het plan laat hier geen woningen toe")

    @property
    def kandidaat(self) -> bool:
        """Whether such a parcel could carry homes."""
        return self in {Screening.HARD, Screening.ZACHT, Screening.REGELS_BESLISSEN}


def screen_percelen(
    percelen: gpd.GeoDataFrame,
    regime: Regime,
    rule: Hardheidsregel,
    eisen: Screeningsregel,
    woningen: gpd.GeoDataFrame | None = None,
    paren: Oppervlakteparen | None = None,
) -> gpd.GeoDataFrame:
    """Screen every parcel against the regime.

    Parameters
    ----------
    percelen
        The layer `percelen`, EPSG:28992.
    regime
        The flat cover of plans; no two pieces overlap, so shares need no further care.
    rule, eisen
        The class-to-hardheid table, and how large a parcel must be.
    woningen
        Points of present homes (BAG verblijfsobjecten with use wonen), or None where no
        such layer is known; then `woningen` is missing (NA) and no parcel is BEWOOND.
    paren
        The shared areas of parcels and regime where they were measured before.

    Returns
    -------
    GeoDataFrame
        One row per parcel, same index and geometry: `perceel_id`, `aanduiding`,
        `eigenaar` (None where the layer does not say), `oppervlakte_m2`,
        `aandeel_<klasse>` per class of KLASSEN, `aandeel_wonen`,
        `aandeel_gemengd`, `aandeel_overig` (these three by use, together with
        `aandeel_geen_plan` 1), `woningen`, `screening` (code) and `kandidaat`.
    """
    vormen = np.asarray(percelen.geometry.values, dtype=object)
    oppervlakte = shapely.area(vormen)
    paren = regime.area_join(vormen) if paren is None else paren
    deel = paren.area_m2 / oppervlakte[paren.left]

    def share(masker: npt.NDArray[np.bool_]) -> Aandeel:
        gekozen = masker[paren.right]
        som = np.bincount(paren.left[gekozen], deel[gekozen], minlength=len(percelen))
        return np.clip(np.round(som, 9), 0.0, 1.0)

    klasse = np.asarray([stuk.grond.klasse.value for stuk in regime.stukken], dtype=object)
    gebruik = np.asarray([_use(stuk, rule) for stuk in regime.stukken], dtype=object)
    uit = percelen[["perceel_id", "aanduiding", "eigenaar", "geometry"]].copy()
    uit["oppervlakte_m2"] = oppervlakte
    for status in KLASSEN:
        uit[f"aandeel_{status.value}"] = share(klasse == status.value)
    for soort in ("wonen", "gemengd", "overig"):
        uit[f"aandeel_{soort}"] = share(gebruik == soort)
    uit["aandeel_geen_plan"] = np.clip(
        1.0 - uit["aandeel_wonen"] - uit["aandeel_gemengd"] - uit["aandeel_overig"], 0.0, 1.0
    )
    uit["woningen"] = _count_homes(vormen, woningen)
    uit["screening"] = _judge(uit, rule, eisen)
    uit["kandidaat"] = uit["screening"].isin([s.value for s in Screening if s.kandidaat])
    return uit


def _use(stuk: Stuk, rule: Hardheidsregel) -> str:
    groep = (stuk.hoofdgroep or "").strip().lower()
    if stuk.grond.titel or groep in rule.woon_hoofdgroepen:
        return "wonen"
    return "gemengd" if groep in rule.mogelijk_hoofdgroepen else "overig"


def _count_homes(
    vormen: npt.NDArray[np.object_], woningen: gpd.GeoDataFrame | None
) -> npt.NDArray[np.float64]:
    """Count the homes on each parcel; NaN everywhere when no layer of homes is known."""
    if woningen is None:
        return np.full(len(vormen), np.nan)
    punten = np.asarray(woningen.geometry.values, dtype=object)
    punt, perceel = shapely.STRtree(vormen).query(punten, predicate="intersects")
    # A home on a border belongs to one parcel: the first.
    _, eerste = np.unique(punt, return_index=True)
    return np.bincount(perceel[eerste], minlength=len(vormen)).astype(np.float64)


def _judge(
    uit: gpd.GeoDataFrame, rule: Hardheidsregel, eisen: Screeningsregel
) -> npt.NDArray[np.object_]:
    hard = sum(uit[f"aandeel_{s.value}"] for s in KLASSEN if rule.hardheid(s) is Hardheid.HARD)
    zacht = sum(uit[f"aandeel_{s.value}"] for s in KLASSEN if rule.hardheid(s) is Hardheid.ZACHT)
    grens = eisen.min_woonaandeel
    oordelen = (
        (Screening.TE_KLEIN, uit["oppervlakte_m2"] < eisen.min_oppervlakte_m2),
        (Screening.GEEN_PLAN, uit["aandeel_geen_plan"] > 1 - grens),
        (Screening.BEWOOND, uit["woningen"] > 0),
        (Screening.HARD, hard >= grens),
        (Screening.ZACHT, hard + zacht >= grens),
        (Screening.REGELS_BESLISSEN, hard + zacht + uit["aandeel_gemengd"] >= grens),
    )
    return np.select(
        [np.asarray(masker, dtype=bool) for _, masker in oordelen],
        [oordeel.value for oordeel, _ in oordelen],
        default=Screening.GEEN_WONEN.value,
    ).astype(object)
