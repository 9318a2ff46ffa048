"""Ruimtelijke plannen as flat GML features: downloads of PDOK, and answers of a WFS.

PDOK has the features in the namespace of GML itself, a WFS in one of its own; what counts is
the name of the feature type.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kaartlagen.bronnen.gml_tabel import flat_members, read_flat
from kaartlagen.bronnen.lezing import Lezing
from kaartlagen.bronnen.ruimtelijke_plannen_klassen import class_of, row_classes
from kaartlagen.bronnen.ruimtelijke_plannen_kolommen import flat_columns
from kaartlagen.bronnen.ruimtelijke_plannen_lagen import plan_readings
from kaartlagen.xmllezen import Wortel

_SOORTKOLOM = "soort van het object"


def flat_gml_grounds(wortel: Wortel) -> str | None:
    """Say on what grounds a GML collection holds a flat plan; None when it does not."""
    klassen = sorted({klasse for lid in flat_members(wortel) if (klasse := class_of(lid))})
    return f"objecten van het type {', '.join(klassen)}" if klassen else None


def read_flat_gml(pad: Path) -> tuple[Lezing, ...]:
    """Read a collection of flat plan objects; the classes may be mixed.

    Raises
    ------
    BronError
        When the file is cut off.
    CrsError
        When its features differ in their CRS.
    """
    bron = read_flat(pad, lambda naam: class_of(naam) is not None, _SOORTKOLOM)
    rijen = flat_columns(bron)
    klassen: list[str | None] = [None] * len(rijen)
    for naam, groep in rijen.groupby(bron.kolommen[_SOORTKOLOM], sort=False):
        for plek, klasse in zip(groep.index, row_classes(groep, class_of(str(naam))), strict=True):
            klassen[plek] = klasse
    lezingen = plan_readings(bron, rijen, klassen)
    return tuple(replace(lezing, vorm="GML (flat)") for lezing in lezingen)
