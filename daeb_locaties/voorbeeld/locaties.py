"""From the list of opgaven to locaties with ground, numbers and the plans made for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely import MultiPolygon, Point, Polygon

from daeb_locaties.voorbeeld.dekking import ROOSTER_M
from daeb_locaties.voorbeeld.moederplannen import plan_of_cell
from daeb_locaties.voorbeeld.namen import CORPORATIES, GEMEENTEN
from daeb_locaties.voorbeeld.opgaven import OPGAVEN, PUNTEN, Opgave
from daeb_locaties.voorbeeld.planmodel import ExternPlan, Plan
from daeb_locaties.voorbeeld.plekken import Plek, Plekken, find_plekken
from daeb_locaties.voorbeeld.recepten import RECEPTEN, Opdracht
from daeb_locaties.voorbeeld.streek import Streek
from daeb_locaties.voorbeeld.vlakdeling import cut_across, measure_doos, measure_doos_along

JAREN = range(2024, 2033)
_PER_HA = {"inbreiding": 62.0, "sloop": 58.0, "uitleg": 34.0}
_PLANTYPE = {
    "inbreiding": "Verdichting",
    "sloop": "Herstructurering",
    "uitleg": "Uitbreiding uitleg",
    "punt": "Onbekend",
}
# One extra locatie for so many parcels above the default size.
_EXTRA_PER_PERCELEN = 2_500
_BEKENDE_STATUSSEN = (
    ("vast", "2A. Vastgesteld"),
    ("oud", "1A. Onherroepelijk"),
    ("ontwerp", "3. In voorbereiding"),
    ("geen", "4A. Visie"),
)


@dataclass(frozen=True, slots=True)
class Voorbeeldlocatie:
    """A locatie of the example with its ground and its numbers.

    `daeb` and `doelgroep` are new homes per year; `sloop` the DAEB homes that come down.
    """

    nummer: int
    opgave: Opgave
    vorm: Polygon | Point
    gemeente: int
    woningen: int
    sloop: int
    daeb: Mapping[int, int]
    doelgroep: Mapping[int, int]
    corporatie: str
    datum: date


def make_locaties(
    streek: Streek, moeders: Mapping[tuple[int, str], ExternPlan], percelen: int, seed: int
) -> tuple[list[Voorbeeldlocatie], list[Plan]]:
    """Place the opgaven and make their plans.

    Parameters
    ----------
    moeders
        Name and idn of the mother plan by (kern, part).
    percelen
        The asked size of the region; a large one gets more locaties.

    Returns
    -------
    tuple
        The locaties in the order of the list (a small region may lack sites for some),
        and the newer plans.
    """
    plekken = find_plekken(streek, seed)
    sleutel = plan_of_cell(streek)
    zetter = _Zetter(streek, plekken, np.random.default_rng([seed, 7]))
    locaties: list[Voorbeeldlocatie] = []
    plannen: list[Plan] = []
    extra = max(0, percelen - 5_000) // _EXTRA_PER_PERCELEN
    for nummer, opgave in enumerate([*OPGAVEN, *_more(extra)], start=1):
        gezet = zetter.place(nummer, opgave)
        if gezet is None:
            continue
        locatie, cel = gezet
        locaties.append(locatie)
        moeder = moeders.get(sleutel[cel]) if cel in sleutel else None
        opdracht = Opdracht(
            opgave.naam if "<" not in opgave.naam else "Schuine Hof",
            locatie.vorm,
            locatie.gemeente,
            locatie.woningen,
            locatie.datum,
            nummer,
            moeder,
            seed,
        )
        plannen.extend(RECEPTEN[opgave.recept](opdracht))
    return locaties, plannen


def make_punten(streek: Streek, seed: int) -> list[Voorbeeldlocatie]:
    """Make the locaties of which only a point is known."""
    zetter = _Zetter(streek, Plekken(), np.random.default_rng([seed, 8]))
    kernen = streek.kernen
    return [
        zetter.number(900 + nummer, opgave, Point(kern.x + 40.0, kern.y - 25.0), kern.gemeente, 0.9)
        for nummer, (opgave, kern) in enumerate(zip(PUNTEN, kernen, strict=False))
    ]


def _more(aantal: int) -> list[Opgave]:
    """Plain locaties for a large region."""
    uit = []
    for nummer in range(aantal):
        recept, status = _BEKENDE_STATUSSEN[nummer % len(_BEKENDE_STATUSSEN)]
        plek = ("uitleg", "inbreiding", "sloop")[nummer % 3]
        naam = f"Bouwplan {GEMEENTEN[nummer % len(GEMEENTEN)].naam} {nummer + 1}"
        uit.append(Opgave(naam, plek, nummer % len(GEMEENTEN), recept, status))
    return uit


class _Zetter:
    """Gives every opgave its ground, and then its numbers."""

    def __init__(self, streek: Streek, plekken: Plekken, rng: np.random.Generator) -> None:
        self.streek, self.plekken, self.rng = streek, plekken, rng
        self.geplaatst: dict[str, tuple[Polygon, Plek]] = {}
        self.nummers: dict[str, int] = {}

    def place(self, nummer: int, opgave: Opgave) -> tuple[Voorbeeldlocatie, int] | None:
        """Place one opgave; None when there is no ground left for it."""
        if opgave.bij:
            if opgave.bij not in self.geplaatst:
                return None
            vorm, plek = self.geplaatst[opgave.bij]
            if opgave.bijzonder == "deel_van":
                vorm = _half(vorm)
        else:
            gekozen = self.plekken.take(opgave.plek, opgave.gemeente % self.streek.gemeenten)
            if gekozen is None:
                return None
            plek, vorm = gekozen, gekozen.vorm
            if opgave.bijzonder == "over_grens":
                vorm = self._over_border() or vorm
        self.geplaatst[opgave.naam] = (vorm, plek)
        self.nummers[opgave.naam] = nummer
        gemeente = plek.gemeente
        hectare = vorm.area / 10_000
        return self.number(nummer, opgave, vorm, gemeente, hectare), plek.cel

    def number(
        self, nummer: int, opgave: Opgave, vorm: Polygon | Point, gemeente: int, hectare: float
    ) -> Voorbeeldlocatie:
        """Give a locatie its numbers of homes, its years, corporatie and date."""
        rng = self.rng
        woningen = max(6, round(hectare * _PER_HA.get(opgave.plek, 40.0) * rng.uniform(0.85, 1.15)))
        daeb = round(woningen * rng.uniform(0.28, 0.62))
        doelgroep = min(woningen, round(daeb * rng.uniform(1.05, 1.45)))
        eerste = 2031 if opgave.bijzonder == "na_periode" else int(rng.integers(2024, 2029))
        jaren = (eerste, eerste + 1)
        zonder = opgave.bijzonder == "zonder_daeb"
        # A later phase is built by the corporatie of the first.
        telt = self.nummers.get(opgave.bij, nummer)
        corporatie = CORPORATIES[(gemeente + telt % 2) % len(CORPORATIES)]
        if opgave.bijzonder == "zelfde_grond":
            corporatie = CORPORATIES[(gemeente + 2) % len(CORPORATIES)]
        if opgave.bijzonder == "twee_corporaties":
            corporatie = f"{CORPORATIES[gemeente % 4]}; {CORPORATIES[(gemeente + 1) % 4]}"
        return Voorbeeldlocatie(
            nummer=nummer,
            opgave=opgave,
            vorm=vorm,
            gemeente=gemeente,
            woningen=woningen,
            sloop=round(woningen * 0.7) if opgave.bijzonder == "sloop" else 0,
            daeb={} if zonder else _spread_years(daeb, jaren),
            doelgroep={} if zonder else _spread_years(doelgroep, jaren),
            corporatie=corporatie,
            datum=date(2019, 1, 10) + timedelta(days=int(rng.integers(0, 1_700))),
        )

    def _over_border(self) -> Polygon | None:
        """Draw a site by hand over a gemeente border in the polder."""
        polder = [c for c in self.streek.cellen if c.soort == "polder"]
        boom = shapely.STRtree([c.vorm for c in polder])
        for cel in polder:
            for buur in boom.query(cel.vorm, predicate="touches"):
                ander = polder[int(buur)]
                rand = shapely.intersection(cel.vorm, ander.vorm)
                if ander.gemeente != cel.gemeente and rand.length > 150:
                    midden = (
                        rand.interpolate(0.5, normalized=True)
                        if rand.geom_type == "LineString"
                        else shapely.line_merge(rand).centroid
                    )
                    vak = shapely.box(midden.x - 85, midden.y - 60, midden.x + 85, midden.y + 60)
                    gedraaid = shapely.affinity.rotate(vak, 24.0)
                    return shapely.set_precision(gedraaid, ROOSTER_M)
        return None


def _half(vorm: Polygon) -> Polygon:
    """The first 45 percent of a site."""
    doos = measure_doos(vorm)
    begin, eind = measure_doos_along(vorm, doos.hoek)[:2]
    een, _ = cut_across(vorm, doos.hoek, begin + 0.45 * (eind - begin))
    return shapely.set_precision(max(een, key=lambda d: d.area), ROOSTER_M)


def _spread_years(aantal: int, jaren: Sequence[int]) -> dict[int, int]:
    eerste = aantal // 2
    return {jaren[0]: eerste, jaren[1]: aantal - eerste}


def make_planlijst(locaties: Sequence[Voorbeeldlocatie]) -> gpd.GeoDataFrame:
    """Return the planlijst: one row per locatie, the columns of the issue, EPSG:28992."""
    rijen = [_row(locatie) for locatie in locaties]
    frame = pd.DataFrame(rijen)
    for kolom in frame.columns:
        if kolom.startswith(("daeb_", "doelgroepvoorraad_", "woningen_")):
            frame[kolom] = frame[kolom].astype("Int64")
    vormen = [
        MultiPolygon([locatie.vorm]) if isinstance(locatie.vorm, Polygon) else locatie.vorm
        for locatie in locaties
    ]
    return gpd.GeoDataFrame(frame, geometry=vormen, crs=28992)


def _row(locatie: Voorbeeldlocatie) -> dict[str, object]:
    opgave = locatie.opgave
    gemeente: str | None = GEMEENTEN[locatie.gemeente].naam
    if opgave.bijzonder == "andere_gemeente":
        gemeente = GEMEENTEN[(locatie.gemeente + 1) % 5].naam
    if opgave.bijzonder == "zonder_gemeente":
        gemeente = None
    zacht = opgave.status is not None and opgave.status[:1] in {"4", "5"}
    rij: dict[str, object] = {
        "plan_id": f"VB-{locatie.nummer:04d}",
        "plannaam": opgave.naam,
        "gemeente": gemeente,
        "planstatus": opgave.status,
        "status_datum": locatie.datum.isoformat(),
        "plantype": _PLANTYPE[opgave.plek],
        "woningen_toe": locatie.woningen,
        "woningen_af": locatie.sloop,
        "corporatie": locatie.corporatie,
        "vertrouwelijkheid": "Provincie" if zacht else "Openbaar",
    }
    for jaar in JAREN:
        rij[f"daeb_nieuwbouw_{jaar}"] = locatie.daeb.get(jaar)
        marge = opgave.bijzonder == "marge" and jaar in locatie.daeb
        aantal = locatie.daeb.get(jaar, 0)
        rij[f"daeb_nieuwbouw_{jaar}_min"] = round(aantal * 0.8) if marge else None
        rij[f"daeb_nieuwbouw_{jaar}_max"] = round(aantal * 1.25) if marge else None
        rij[f"doelgroepvoorraad_nieuwbouw_{jaar}"] = locatie.doelgroep.get(jaar)
    rij["daeb_sloop"] = locatie.sloop or None
    rij["doelgroepvoorraad_sloop"] = locatie.sloop or None
    return rij
