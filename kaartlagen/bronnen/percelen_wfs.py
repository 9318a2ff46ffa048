"""Percelen as a WFS answers them in GML: flat features with the columns of PDOK."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kaartlagen.bronnen.gml_tabel import flat_members, read_flat
from kaartlagen.bronnen.lezing import Lezing
from kaartlagen.bronnen.percelen import read_percelen
from kaartlagen.xmllezen import Wortel

_NAMEN = frozenset({"perceel", "percelen", "kadastraalperceel", "perceelvlak"})


def wfs_parcel_grounds(wortel: Wortel) -> str | None:
    """Say on what grounds a GML file is a WFS answer with percelen; None when it is not."""
    if _NAMEN.isdisjoint(flat_members(wortel)):
        return None
    return f"objecten van het type Perceel in een {wortel.naam}"


def read_wfs_parcels(pad: Path) -> tuple[Lezing, ...]:
    """Read the percelen of a WFS answer; see `read_percelen`."""
    lezingen = read_percelen(read_flat(pad, _NAMEN.__contains__))
    return tuple(replace(lezing, vorm="GML (WFS)") for lezing in lezingen)
