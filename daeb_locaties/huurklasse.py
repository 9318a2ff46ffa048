"""Is a rent that of a DAEB home? By the name of its class, or by its price and the limit.

The limit is that of the akkoord, by year (`[prijsgrenzen]`). A price range carries no year;
where it ends just at a limit, or on the same side of all of them, the year does not matter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from daeb_locaties.plantelling import Telt

Prijsgrenzen = Mapping[int, float]
"""The highest rent of a DAEB home by year, in euro a month."""

_WEL = frozenset({"sociale huur", "sociaal", "daeb", "huur1", "huur2"})
_NIET = frozenset(
    {"middenhuur", "middeldure huur", "huur middenhuur", "dure huur", "huur dure huur", "huur3",
     "huur4", "vrije sector", "geliberaliseerd", "niet-daeb"}
)  # fmt: skip
_BEREIK = re.compile(
    r"(?P<laag>\d+(?:[.,]\d+)?)\s*-\s*(?P<hoog>\d+(?:[.,]\d+)?|inf)", re.IGNORECASE
)
_SPELING_EURO = 1.0
"""A range is often written in whole euros: 880 is the limit of 879,66."""


def rent_class(label: str, grenzen: Prijsgrenzen, jaar: int | None) -> Telt:
    """Say whether rents of a class are those of DAEB homes.

    Parameters
    ----------
    label
        The class as the source writes it: a name (``Sociale huur``) or a range in euro a
        month (``0-879,66``, ``880-Inf``).
    grenzen
        The limits of the akkoord; empty where it has none.
    jaar
        The year in which the homes come; None where it is not known.
    """
    naam = re.sub(r"[\s_]+", " ", label).strip().lower()
    if naam in _WEL:
        return Telt.WEL
    if naam in _NIET:
        return Telt.NIET
    bereik = _BEREIK.fullmatch(re.sub(r"[€\s]", "", label))
    if bereik is None:
        return Telt.ONBEKEND
    hoog = bereik["hoog"].lower()
    return range_class(_euro(bereik["laag"]), None if hoog == "inf" else _euro(hoog), grenzen, jaar)


def range_class(
    laag: float | None, hoog: float | None, grenzen: Prijsgrenzen, jaar: int | None
) -> Telt:
    """Say whether rents between two amounts (euro a month; None is open) are of DAEB homes."""
    if not grenzen:
        return Telt.ONBEKEND
    laagste, hoogste = min(grenzen.values()), max(grenzen.values())
    eigen = None if jaar is None else grenzen.get(jaar)
    for grens in grenzen.values() if eigen is None else (eigen,):
        if hoog is not None and abs(hoog - grens) <= _SPELING_EURO:
            return Telt.WEL
        if laag is not None and abs(laag - grens) <= _SPELING_EURO:
            return Telt.NIET
    if eigen is not None:
        laagste = hoogste = eigen
    if hoog is not None and hoog <= laagste:
        return Telt.WEL
    if laag is not None and laag >= hoogste:
        return Telt.NIET
    return Telt.ONBEKEND


def _euro(tekst: str) -> float:
    return float(tekst.replace(",", "."))
