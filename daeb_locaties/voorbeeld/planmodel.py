"""What a plan file holds: the plan and its objects, before they are written as IMRO."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from shapely import MultiPolygon, Polygon

Objectsoort = Literal[
    "enkelbestemming",
    "dubbelbestemming",
    "bouwvlak",
    "functieaanduiding",
    "gebiedsaanduiding",
    "maatvoering",
]


@dataclass(frozen=True, slots=True)
class Planobject:
    """One object of a plan, with one polygon in EPSG:28992.

    `op` is the index in the plan of the bestemming that it lies on, None for none.
    `bogen` are the vertices of the outer ring that are the middle of a circular arc.
    `waarden` are (waardetype, waarde) of a maatvoering.
    """

    soort: Objectsoort
    naam: str
    vorm: Polygon
    hoofdgroep: str = ""
    groep: str = ""
    op: int | None = None
    waarden: tuple[tuple[str, str], ...] = ()
    bogen: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class ExternPlan:
    """A reference to another plan and its role, in the words of IMRO."""

    naam: str
    idn: str
    rol: str


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan file. `versie` decides the form in which it is written."""

    idn: str
    naam: str
    type_plan: str
    planstatus: str
    datum: date
    overheid: str
    overheidscode: str
    vorm: Polygon | MultiPolygon
    objecten: tuple[Planobject, ...]
    versie: Literal["IMRO2008", "IMRO2012"] = "IMRO2012"
    extern: tuple[ExternPlan, ...] = field(default=())

    @property
    def geldend(self) -> bool:
        """Whether the plan has been vastgesteld or later."""
        return self.planstatus not in {"concept", "voorontwerp", "ontwerp"}
