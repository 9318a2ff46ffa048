"""The plans that cover the whole region: one per part of town, village and countryside."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import shapely
from shapely import Point, Polygon

from daeb_locaties.voorbeeld.bestemmingen import make_objecten
from daeb_locaties.voorbeeld.landschap import Kern
from daeb_locaties.voorbeeld.namen import GEMEENTEN
from daeb_locaties.voorbeeld.planmodel import Plan, Planobject
from daeb_locaties.voorbeeld.streek import Cel, Streek

_WINDSTREKEN = ("Oost", "Noord", "West", "Zuid")
# Plans of this gemeente are older than IMRO2012: there a file can say onherroepelijk.
GEMEENTE_2008 = 1


def make_idn(code: str, soort: str, nummer: int, versie: str) -> str:
    """Return an idn such as NL.IMRO.9001.BP00012-VA01."""
    return f"NL.IMRO.{code}.{soort}{nummer:05d}-{versie}"


def make_moederplannen(streek: Streek, seed: int) -> Iterator[tuple[tuple[int, str], Plan]]:
    """Yield the mother plans by (kern, part); together they cover every cell once."""
    rng = np.random.default_rng([seed, 4])
    for nummer, ((kern, deel), cellen) in enumerate(sorted(_group(streek).items()), start=1):
        yield (kern, deel), _plan(streek.kernen[kern], deel, cellen, nummer, rng)


def plan_of_cell(streek: Streek) -> dict[int, tuple[int, str]]:
    """Return for every cell the key (kern, part) of the mother plan that covers it."""
    return {c.nummer: sleutel for sleutel, cellen in _group(streek).items() for c in cellen}


def _group(streek: Streek) -> dict[tuple[int, str], list[Cel]]:
    groepen: dict[tuple[int, str], list[Cel]] = {}
    for cel in streek.cellen:
        groepen.setdefault((cel.kern, _part(cel, streek.kernen[cel.kern])), []).append(cel)
    return groepen


def _part(cel: Cel, kern: Kern) -> str:
    """Name the part of town that a cell belongs to."""
    if not cel.bebouwd:
        return "Buitengebied"
    if cel.soort == "kern":
        return "Centrum"
    if cel.soort == "bedrijven":
        return "Bedrijventerrein"
    if kern.omvang <= 5:
        return "Dorp"
    midden = cel.vorm.centroid
    hoek = math.atan2(midden.y - kern.y, midden.x - kern.x)
    return _WINDSTREKEN[round(hoek / (math.pi / 2)) % 4]


def _plan(kern: Kern, deel: str, cellen: list[Cel], nummer: int, rng: np.random.Generator) -> Plan:
    gemeente = GEMEENTEN[kern.gemeente]
    oud = kern.gemeente == GEMEENTE_2008
    achtervoegsel = "" if kern.nummer < 5 else f" {kern.nummer + 1}"
    objecten = make_objecten(cellen)
    if deel == "Buitengebied":
        objecten.append(_molenbiotoop(cellen))
    if deel == "Centrum":
        objecten = _add_horeca(objecten)
    status = "geconsolideerd" if deel == "Centrum" and not oud else "vastgesteld"
    begin = date(2009, 3, 1) if oud else date(2013, 7, 2)
    return Plan(
        idn=make_idn(gemeente.code, "BP", nummer, "OH01" if oud else "VA01"),
        naam=f"{deel} {gemeente.naam}{achtervoegsel}",
        type_plan="bestemmingsplan",
        planstatus="onherroepelijk" if oud else status,
        datum=begin + timedelta(days=int(rng.integers(0, 900 if oud else 250))),
        overheid=gemeente.naam,
        overheidscode=gemeente.code,
        vorm=shapely.coverage_union_all(np.array([c.vorm for c in cellen], dtype=object)),
        objecten=tuple(objecten),
        versie="IMRO2008" if oud else "IMRO2012",
    )


def make_circle(midden: Point, straal_m: float) -> tuple[Polygon, frozenset[int]]:
    """Return a circle as four points, with the two that are the middle of an arc."""
    x, y = round(midden.x, 3), round(midden.y, 3)
    punten = [(x + straal_m, y), (x, y + straal_m), (x - straal_m, y), (x, y - straal_m)]
    return Polygon(punten), frozenset({1, 3})


def _molenbiotoop(cellen: list[Cel]) -> Planobject:
    """The wind of a mill: a full circle, written as two arcs."""
    grootste = max(cellen, key=lambda c: c.vorm.area)
    vorm, bogen = make_circle(grootste.vorm.point_on_surface(), 100.0)
    return Planobject(
        "gebiedsaanduiding",
        "vrijwaringszone - molenbiotoop",
        vorm,
        groep="vrijwaringszone",
        bogen=bogen,
    )


def _add_horeca(objecten: list[Planobject]) -> list[Planobject]:
    """Add the functieaanduiding horeca to the first Centrum block."""
    for nummer, o in enumerate(objecten):
        if o.naam == "Centrum":
            horeca = replace(o, soort="functieaanduiding", naam="horeca", hoofdgroep="", op=nummer)
            return [*objecten, horeca]
    return objecten
