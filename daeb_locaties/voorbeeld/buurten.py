"""The kinds of neighbourhood by name, old in the middle of a town and new at its edge.

Each lays out one macro cell as loose pieces inside the rim; what they leave open is
street. Plots are as in Dutch towns: a row house stands on 5-7 by 25-30 m.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from shapely import Polygon

from daeb_locaties.voorbeeld.bloemkool import lay_bloemkool
from daeb_locaties.voorbeeld.dekking import Stuk
from daeb_locaties.voorbeeld.nieuwe_buurten import lay_bedrijven, lay_park, lay_vinex
from daeb_locaties.voorbeeld.oude_buurten import lay_kern, lay_stroken, lay_vooroorlogs


@dataclass(frozen=True, slots=True)
class Buurttype:
    """A kind of neighbourhood: its rim (half a road, metres) and how it is laid out."""

    rand_m: float
    lay_out: Callable[[Polygon, np.random.Generator], list[Stuk]]


BUURTTYPEN = {
    "kern": Buurttype(7.0, lay_kern),
    "vooroorlogs": Buurttype(8.0, lay_vooroorlogs),
    "stroken": Buurttype(10.0, lay_stroken),
    "bloemkool": Buurttype(9.0, lay_bloemkool),
    "vinex": Buurttype(9.0, lay_vinex),
    "bedrijven": Buurttype(10.0, lay_bedrijven),
    "park": Buurttype(8.0, lay_park),
}
"""Layouts by name; the rim is what `inner_part` takes off in each layout."""
