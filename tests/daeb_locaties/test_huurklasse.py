"""A class of rents is DAEB by its name, or by the limit of the akkoord; else it is not known."""

from __future__ import annotations

import pytest

from daeb_locaties.huurklasse import range_class, rent_class
from daeb_locaties.plantelling import Telt

GRENZEN = {2023: 808.06, 2024: 879.66, 2025: 900.07}


@pytest.mark.parametrize(
    ("label", "grenzen", "jaar", "telt"),
    [
        ("Sociale huur", {}, None, Telt.WEL), ("DAEB", {}, None, Telt.WEL),
        ("Middeldure huur", {}, None, Telt.NIET), ("Vrije sector", GRENZEN, 2024, Telt.NIET),
        ("Categorie B", GRENZEN, 2024, Telt.ONBEKEND), ("Onbekend", GRENZEN, 2024, Telt.ONBEKEND),
        # Without limits a price says nothing.
        ("0-700", {}, None, Telt.ONBEKEND),
        ("0-700", GRENZEN, None, Telt.WEL), ("0 - 808,06", GRENZEN, None, Telt.WEL),
        ("€ 0 - 880", GRENZEN, None, Telt.WEL), ("880-Inf", GRENZEN, None, Telt.NIET),
        ("1200-Inf", GRENZEN, None, Telt.NIET), ("0-1200", GRENZEN, None, Telt.ONBEKEND),
        # Between the limits of two years the year decides, where it is known.
        ("0-850", GRENZEN, None, Telt.ONBEKEND), ("0-850", GRENZEN, 2024, Telt.WEL),
        ("0-850", GRENZEN, 2023, Telt.ONBEKEND), ("850-1000", GRENZEN, 2023, Telt.NIET),
        ("0-850", GRENZEN, 2030, Telt.ONBEKEND),
    ],
)  # fmt: skip
def test_class_of_a_rent(label, grenzen, jaar, telt):
    assert rent_class(label, grenzen, jaar) is telt


@pytest.mark.parametrize(("laag", "hoog"), [(None, None), (100.0, None), (None, 5_000.0)])
def test_an_open_range_is_not_known(laag, hoog):
    assert range_class(laag, hoog, GRENZEN, 2024) is Telt.ONBEKEND
