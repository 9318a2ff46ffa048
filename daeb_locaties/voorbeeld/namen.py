"""The fictive names: no gemeente, provincie or woningcorporatie in the Netherlands bears them."""

from __future__ import annotations

from dataclasses import dataclass

PROVINCIE = "Merelland"
REGIO = "Regio Zwanenwaard"


@dataclass(frozen=True, slots=True)
class Gemeentenaam:
    """A fictive gemeente: code in a range that CBS does not use, and name."""

    code: str
    naam: str


GEMEENTEN = tuple(
    Gemeentenaam(f"90{nummer:02d}", naam)
    for nummer, naam in enumerate(
        (
            "Zwanenwaard",
            "Rietvoorde",
            "Lindervoort",
            "Elzenisse",
            "Veenrade",
            "Merelhaven",
            "Kievitsmonde",
            "Wilgerdamme",
            "Populierdrecht",
            "Otterlande",
            "Reigerscapelle",
            "Lisdoddermeer",
        ),
        start=1,
    )
)

CORPORATIES = (
    "Woonstichting De Zilverreiger",
    "Stichting Het Waterhoen",
    "Volkshuisvesting Lisdodde",
    "Wooncoöperatie De Grutto",
)

HERINDELING = {"9002": ("9052", "9053")}
"""Predecessor codes of a gemeente, as after a herindeling."""
