"""Gemeenten as a WFS answers them in GML: flat features with the columns of PDOK or CBS."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kaartlagen.bronnen.gemeenten import read_gemeenten
from kaartlagen.bronnen.gml_tabel import flat_members, read_flat
from kaartlagen.bronnen.lezing import Lezing
from kaartlagen.xmllezen import Wortel

_BEGIN = ("gemeentegebied", "gemeenten", "gemeente_", "cbs_gemeente")
_EINDE = "labelpoint"


def wfs_gemeente_grounds(wortel: Wortel) -> str | None:
    """Say on what grounds a GML file is a WFS answer with gemeenten; None when it is not."""
    naam = next((naam for naam in flat_members(wortel) if _is_gemeente(naam)), None)
    return f"objecten van het type {naam} in een {wortel.naam}" if naam else None


def read_wfs_gemeenten(pad: Path) -> tuple[Lezing, ...]:
    """Read the gemeenten of a WFS answer; see `read_gemeenten`."""
    lezingen = read_gemeenten(read_flat(pad, _is_gemeente))
    return tuple(replace(lezing, vorm="GML (WFS)") for lezing in lezingen)


def _is_gemeente(naam: str) -> bool:
    return naam.startswith(_BEGIN) and not naam.endswith(_EINDE)
