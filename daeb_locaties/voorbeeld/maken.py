"""Writing the example region into a project folder: the files that a real region would send."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from daeb_locaties.voorbeeld.biedingen import (
    Bodregel,
    format_akkoord,
    format_csv,
    format_xlsx,
    make_biedingen,
)
from daeb_locaties.voorbeeld.imro import format_imro
from daeb_locaties.voorbeeld.locaties import make_locaties, make_planlijst, make_punten
from daeb_locaties.voorbeeld.moederplannen import make_moederplannen, plan_of_cell
from daeb_locaties.voorbeeld.namen import GEMEENTEN, PROVINCIE
from daeb_locaties.voorbeeld.percelen import make_percelen
from daeb_locaties.voorbeeld.planmodel import ExternPlan, Plan
from daeb_locaties.voorbeeld.streek import Streek, make_streek
from daeb_locaties.voortgang import Voortgang, silent
from kaartlagen.schrijven import write_bytes, write_geopackage, write_text

MOMENT = datetime(2024, 1, 1, tzinfo=UTC)
"""What the files give as their time: the region does not depend on the clock."""
MINIMUM_PERCELEN = 100
MAXIMUM_PERCELEN = 1_000_000


@dataclass(frozen=True, slots=True)
class Voorbeeldtellingen:
    """What has been written, in numbers."""

    gemeenten: int
    percelen: int
    plannen: int
    planobjecten: int
    locaties: int
    bodregels: int
    oppervlakte_m2: float


def write_voorbeeld(
    map: Path,  # noqa: A002  (the users' word for a folder)
    *,
    percelen: int = 5000,
    seed: int = 1,
    voortgang: Voortgang | None = None,
) -> Voorbeeldtellingen:
    """Write a fictive region: agreement, gemeenten, parcels, plans, planlijst and bids.

    Parameters
    ----------
    map
        The project folder; `akkoord.toml` goes into it and the rest into `voorbeeld/`.
        Files of an earlier example are replaced.
    percelen
        The number of parcels, 100 to 1,000,000. From 2,000 the region comes within one
        percent of it; a smaller one is as coarse as its few neighbourhoods.
    seed
        The same seed and size give the same files, byte for byte.
    voortgang
        Called with a Dutch step, the number done and the total.

    Raises
    ------
    ValueError
        When `percelen` is out of bounds.
    OpslagError
        When a file cannot be written.
    """
    if not MINIMUM_PERCELEN <= percelen <= MAXIMUM_PERCELEN:
        raise ValueError(f"percelen must be {MINIMUM_PERCELEN} to {MAXIMUM_PERCELEN}")
    doel = map / "voorbeeld"
    (doel / "plannen").mkdir(parents=True, exist_ok=True)
    for oud in sorted((doel / "plannen").glob("NL.IMRO.*.gml")):
        oud.unlink()
    tell = voortgang or silent
    streek = make_streek(percelen, seed, tell)
    moeders, objecten = _write_moeders(doel, streek, seed, tell)
    locaties, nieuwere = make_locaties(streek, moeders, percelen, seed)
    objecten += sum(_write_plan(doel, plan) for plan in nieuwere)
    punten = make_punten(streek, seed)
    regels = [make_biedingen(locaties, streek.gemeenten, versie) for versie in (0, 1)]
    _write_tables(map, doel, regels, format_akkoord(locaties, streek.gemeenten))
    tell("kaartlagen", 0, 1)
    _write_layer(doel / "planlijst.gpkg", "planlijst", make_planlijst(locaties))
    _write_layer(doel / "planlijst_punten.gpkg", "planlijst_punten", make_planlijst(punten))
    _write_layer(doel / "gemeenten.gpkg", "gemeentegebied", make_gemeenten(streek))
    _write_layer(doel / "percelen.gpkg", "perceel", make_percelen(streek))
    tell("kaartlagen", 1, 1)
    return Voorbeeldtellingen(
        gemeenten=streek.gemeenten,
        percelen=streek.percelen,
        plannen=len(moeders) + len(nieuwere),
        planobjecten=objecten,
        locaties=len(locaties) + len(punten),
        bodregels=sum(len(r) for r in regels),
        oppervlakte_m2=float(sum(cel.vorm.area for cel in streek.cellen)),
    )


def make_gemeenten(streek: Streek) -> gpd.GeoDataFrame:
    """Return the gemeenten with the columns of PDOK bestuurlijke gebieden."""
    lid = np.array([cel.gemeente for cel in streek.cellen])
    vormen = np.array([cel.vorm for cel in streek.cellen], dtype=object)
    nummers = list(range(streek.gemeenten))
    frame = pd.DataFrame(
        {
            "identificatie": [f"GM{GEMEENTEN[n].code}" for n in nummers],
            "naam": [GEMEENTEN[n].naam for n in nummers],
            "code": [GEMEENTEN[n].code for n in nummers],
            "ligt_in_provincie_naam": PROVINCIE,
        }
    )
    delen = [shapely.coverage_union_all(vormen[lid == n]) for n in nummers]
    return gpd.GeoDataFrame(frame, geometry=delen, crs=28992)


def _write_moeders(
    doel: Path, streek: Streek, seed: int, voortgang: Voortgang
) -> tuple[dict[tuple[int, str], ExternPlan], int]:
    """Write the mother plans one by one, so that memory holds one at a time."""
    uit: dict[tuple[int, str], ExternPlan] = {}
    objecten, totaal = 0, len(set(plan_of_cell(streek).values()))
    for sleutel, plan in make_moederplannen(streek, seed):
        objecten += _write_plan(doel, plan)
        uit[sleutel] = ExternPlan(plan.naam, plan.idn, "ter vervanging van extern plan")
        voortgang("bestemmingsplannen", len(uit), totaal)
    return uit, objecten


def _write_plan(doel: Path, plan: Plan) -> int:
    write_text(doel / "plannen" / f"{plan.idn}.gml", format_imro(plan))
    return len(plan.objecten)


def _write_layer(pad: Path, laag: str, frame: gpd.GeoDataFrame) -> None:
    write_geopackage(pad, {laag: frame}, moment=MOMENT)


def _write_tables(
    map_: Path, doel: Path, regels: Sequence[Sequence[Bodregel]], akkoord: str
) -> None:
    write_text(map_ / "akkoord.toml", akkoord)
    write_text(doel / "bod.csv", format_csv(regels[0]))
    write_bytes(doel / "aangescherpt_bod.xlsx", format_xlsx(regels[1]))
