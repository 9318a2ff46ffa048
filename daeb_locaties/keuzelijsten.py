"""The words that people choose from where they describe a locatie by hand.

Source: the delivery schema of Zuid-Holland as VNG DIWI has it (`domein.md` 1.3). A planlijst
may bring other words; those stay as they came.
"""

from __future__ import annotations

PLANTYPEN = (
    "Pand Transformatie",
    "Transformatiegebied",
    "Herstructurering",
    "Verdichting",
    "Uitbreiding uitleg",
    "Uitbreiding overig",
    "Onbekend",
)
PROJECTFASEN = (
    "0. Studie",
    "1. Initiatief",
    "2. Definitie",
    "3. Ontwerp",
    "4. Voorbereiding",
    "5. Realisatie",
    "6. Nazorg",
    "7. Afgerond",
)
VERTROUWELIJKHEDEN = ("Gemeente", "Regio", "Provincie", "Openbaar")

KEUZELIJSTEN = {
    "plantype": PLANTYPEN,
    "projectfase": PROJECTFASEN,
    "vertrouwelijkheid": VERTROUWELIJKHEDEN,
}
"""By the name of the attribute of `Locatie`."""
