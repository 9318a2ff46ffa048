"""Columns of a gemeente's own list: full names, short ones, totals beside years."""

from __future__ import annotations

import pytest

from daeb_locaties.begrippen import Maat
from daeb_locaties.plantelling import Opmerking
from daeb_locaties.telkolommen import count_columns, is_count_column


def tel(**kolommen):
    telling = count_columns(kolommen)
    return {
        (a.component.value, a.jaar): (a.waarschijnlijk, a.minimum, a.maximum)
        for a in telling.aantallen
        if a.maat is Maat.DAEB
    }, telling.opmerkingen


@pytest.mark.parametrize(
    ("kolommen", "verwacht"),
    [
        ({"daeb": 10}, {("nieuwbouw", None): 10}),
        ({"daeb_2026": 10, "daeb_2027": "1.200"},
         {("nieuwbouw", 2026): 10, ("nieuwbouw", 2027): 1200}),
        ({"sociale_huur": 10, "sociale_huur_2026": 4},
         {("nieuwbouw", None): 6, ("nieuwbouw", 2026): 4}),
        ({"aantal_sociale_huurwoningen": 7}, {("nieuwbouw", None): 7}),
        ({"sloop_sociale_huur": -3, "sociale_huur": 9},
         {("sloop", None): 3, ("nieuwbouw", None): 9}),
        ({"te_slopen_daeb_2026": 3}, {("sloop", 2026): 3}),
        # The full name goes before the short one.
        ({"daeb_nieuwbouw_2026": 5, "sociale_huur_2026": 8}, {("nieuwbouw", 2026): 5}),
        # What is left goes before the whole (Planmonitor Wonen, uitgebreid).
        ({"sociale_huur_totaal": 25, "sociale_huur_gerealiseerd": 10,
          "sociale_huur_restcapaciteit": 15,
          "sociale_huur_2026": 15}, {("nieuwbouw", 2026): 15}),
        ({"daeb_netto": 6}, {("nieuwbouw", None): 6}), ({"daeb_netto": -6}, {("sloop", None): 6}),
        ({"daeb_netto": 6, "daeb_nieuwbouw": 8, "daeb_sloop": 2},
         {("nieuwbouw", None): 8, ("sloop", None): 2}),
        ({"woningen": 30, "huur": 12, "daeb_2026": "ca. 10", "daebwoningen_x": 4}, {}),
    ],
)  # fmt: skip
def test_counts(kolommen, verwacht):
    assert {k: v[0] for k, v in tel(**kolommen)[0].items()} == verwacht


def test_bounds_under_dutch_names():
    geteld, _ = tel(daeb_2026=10, daeb_2026_minimum=8, daeb_2026_maximaal=14)
    assert geteld == {("nieuwbouw", 2026): (10, 8, 14)}


def test_social_rent_taken_for_daeb_is_said():
    assert Opmerking.SOCIAAL_IS_DAEB in tel(sociale_huur_2026=3)[1]
    assert Opmerking.SOCIAAL_IS_DAEB not in tel(daeb_2026=3)[1]
    assert Opmerking.ALLEEN_NETTO in tel(daeb_netto=3)[1]


@pytest.mark.parametrize(
    ("naam", "telt"),
    [("daeb_nieuwbouw_2026", True), ("daeb_2027", True), ("daeb_netto", True), ("plannam", False),
     ("doelgroepvoorraad_sloop_max", True), ("daeb_iets", False)],
)  # fmt: skip
def test_which_columns_are_counted(naam, telt):
    assert is_count_column(naam) is telt
