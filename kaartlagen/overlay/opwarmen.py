"""Compile the kernels once after installation, so that no question waits for it."""

from __future__ import annotations

import pyarrow as pa
import shapely

from kaartlagen.overlay.draden import Voortgang
from kaartlagen.overlay.paren import area_join, join_streamed


def warm_up(voortgang: Voortgang | None = None) -> None:
    """Compile every kernel, or load it from the cache.

    The first time takes ten to twenty seconds, later starts take a fraction of a second;
    the caller says so on the terminal. `voortgang` is called as (stap, gedaan, totaal).
    """
    if voortgang is not None:
        voortgang("rekenkern voorbereiden (eenmalig)", 0, 1)
    vierkant = [shapely.box(0.0, 0.0, 1.0, 1.0)]
    area_join(vierkant, vierkant[:])
    join_streamed(vierkant, pa.array(shapely.to_wkb(vierkant)), links_groot=False)
    if voortgang is not None:
        voortgang("rekenkern voorbereiden (eenmalig)", 1, 1)
