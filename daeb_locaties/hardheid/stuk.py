"""A piece of ground with the plan object that decides there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import shapely

from daeb_locaties.hardheid.grond import Grondoordeel
from daeb_locaties.hardheid.plannen import Plan

MIN_STUK_M2 = 0.01
"""Ground smaller than this is float noise of a border, not a piece of a plan."""


@dataclass(frozen=True, slots=True)
class Stuk:
    """One piece of the regime: its plan, the object that decides, and what it gives."""

    plan: Plan
    object_id: str | None
    naam: str | None
    hoofdgroep: str | None
    grond: Grondoordeel
    momentopname: str


Gevormd = tuple[Stuk, Any]
"""A piece and its shape (EPSG:28992)."""


def polygonal(vorm: Any) -> Any:
    """Keep the polygonal part: an intersection may leave lines where borders touch."""
    if vorm.geom_type in {"Polygon", "MultiPolygon"}:
        return vorm
    delen = [d for d in shapely.get_parts(vorm) if d.geom_type in {"Polygon", "MultiPolygon"}]
    return shapely.union_all(delen)
