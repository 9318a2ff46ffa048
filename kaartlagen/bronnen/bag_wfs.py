"""Panden and verblijfsobjecten as PDOK's BAG WFS answers them in GML."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kaartlagen.bronnen.bag import read_panden, read_verblijfsobjecten
from kaartlagen.bronnen.gml_tabel import flat_members, read_flat
from kaartlagen.bronnen.lezing import Lezing
from kaartlagen.xmllezen import Wortel

_PAND, _VBO = "pand", "verblijfsobject"


def wfs_pand_grounds(wortel: Wortel) -> str | None:
    """Say on what grounds a GML file is a WFS answer with panden; None when it is not."""
    return _grounds(wortel, _PAND)


def wfs_vbo_grounds(wortel: Wortel) -> str | None:
    """Say on what grounds a GML file is a WFS answer with verblijfsobjecten; else None."""
    return _grounds(wortel, _VBO)


def read_wfs_panden(pad: Path) -> tuple[Lezing, ...]:
    """Read the panden of a WFS answer; see `read_panden`."""
    lezingen = read_panden(read_flat(pad, _PAND.__eq__))
    return tuple(replace(lezing, vorm="GML (WFS)") for lezing in lezingen)


def read_wfs_verblijfsobjecten(pad: Path) -> tuple[Lezing, ...]:
    """Read the verblijfsobjecten of a WFS answer; see `read_verblijfsobjecten`."""
    lezingen = read_verblijfsobjecten(read_flat(pad, _VBO.__eq__))
    return tuple(replace(lezing, vorm="GML (WFS)") for lezing in lezingen)


def _grounds(wortel: Wortel, naam: str) -> str | None:
    """The BGT has panden too: the namespace must name the BAG."""
    if naam not in flat_members(wortel):
        return None
    if not any("bag" in lid.rpartition("}")[0].lower() for lid in wortel.leden):
        return None
    return f"objecten van het type {naam} van de BAG in een {wortel.naam}"
