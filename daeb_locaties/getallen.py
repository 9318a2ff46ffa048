"""Numbers as people read them in Dutch: 1.234,5 and 37 %."""

from __future__ import annotations

from kaartlagen.getallen import decimal


def format_getal(waarde: float, decimalen: int = 0) -> str:
    """Return the number with a point per thousand and a decimal comma."""
    return decimal(waarde, decimalen)


def format_aandeel(aandeel: float) -> str:
    """Return a share as a percentage that never rounds a part to all or to nothing."""
    procent = aandeel * 100
    if 0 < procent < 1:
        return "minder dan 1%"
    if 99 < procent < 100:
        return "ruim 99%"
    return f"{procent:.0f}%"
