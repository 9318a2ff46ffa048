"""Numbers in Dutch notation for the sentences that people read."""

from __future__ import annotations


def decimal(getal: float, cijfers: int = 1) -> str:
    """Write a number with points for thousands and a comma: 1.234,5."""
    tekst = f"{getal:,.{cijfers}f}"
    return tekst.translate(str.maketrans(",.", ".,"))


def square_metres(oppervlakte_m2: float) -> str:
    """Write an area in m2 with as many digits as it deserves; never as 0 what is not."""
    grootte = abs(oppervlakte_m2)
    if 0 < grootte < 0.001:
        return "minder dan 0,001 m2"
    return f"{decimal(oppervlakte_m2, 1 if grootte >= 0.05 or not grootte else 3)} m2"
