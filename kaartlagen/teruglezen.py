"""What a written file must hold, and whether a second reader finds just that.

The readers themselves live in `kaartlagen.schrijven`, which alone may open files.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from kaartlagen.errors import OpslagError

_SPELING_M = 0.001
"""An extent may differ by a millimetre: formats round, and no survey is finer."""


@dataclass(frozen=True, slots=True)
class Laagbeeld:
    """What one layer looks like from outside.

    `bbox_rd` is (x_min, y_min, x_max, y_max) in EPSG:28992 and None for a table without
    geometry or a layer without rows; `epsg` is None for a table without geometry and for
    a coordinate system that carries no EPSG code.
    """

    naam: str
    aantal: int
    kolommen: tuple[str, ...]
    bbox_rd: tuple[float, float, float, float] | None
    epsg: int | None


@dataclass(frozen=True, slots=True)
class Terugleesbewijs:
    """Proof that a written file was read back and held what it should.

    `lezer` names the reader with its versions; `onafhankelijk` is False where the reader
    is the writer's own library (fiona has no release for Python 3.14 yet).
    """

    lezer: str
    onafhankelijk: bool
    lagen: tuple[Laagbeeld, ...]


def require_equal(
    bestand: str, verwacht: tuple[Laagbeeld, ...], gelezen: tuple[Laagbeeld, ...]
) -> None:
    """Refuse a file that does not read back as it was meant.

    Parameters
    ----------
    bestand
        The file's name, for the message.
    verwacht, gelezen
        The layers as they were handed to the writer and as the reader found them; their
        order does not matter.

    Raises
    ------
    OpslagError
        At the first layer whose name, count, columns, extent or CRS differs.
    """
    gevonden = {laag.naam: laag for laag in gelezen}
    bedoeld = {laag.naam: laag for laag in verwacht}
    if gevonden.keys() != bedoeld.keys():
        raise _difference(bestand, "de lagen", sorted(bedoeld), sorted(gevonden))
    for naam, laag in bedoeld.items():
        terug = gevonden[naam]
        waar = f"{bestand}, laag {naam}"
        if terug.aantal != laag.aantal:
            raise _difference(waar, "het aantal rijen", laag.aantal, terug.aantal)
        if terug.kolommen != laag.kolommen:
            raise _difference(waar, "de kolommen", laag.kolommen, terug.kolommen)
        if terug.epsg != laag.epsg:
            raise _difference(waar, "het coördinatenstelsel", laag.epsg, terug.epsg)
        if not _same_extent(laag.bbox_rd, terug.bbox_rd):
            raise _difference(waar, "de omvang", laag.bbox_rd, terug.bbox_rd)


def _same_extent(
    een: tuple[float, float, float, float] | None, ander: tuple[float, float, float, float] | None
) -> bool:
    if een is None or ander is None:
        return een is ander
    return all(
        math.isclose(a, b, rel_tol=0.0, abs_tol=_SPELING_M) for a, b in zip(een, ander, strict=True)
    )


def _difference(waar: str, wat: str, bedoeld: object, gelezen: object) -> OpslagError:
    return OpslagError(
        f"het teruglezen geeft iets anders: {wat} is {gelezen}, bedoeld was {bedoeld}.",
        waar=waar,
        herstel="Er is niets weggeschreven; controleer de schijfruimte en probeer het opnieuw.",
    )
