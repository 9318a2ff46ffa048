"""The header of a sheet is found under titles, over two lines and under groups."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaartlagen.bronnen.tabelkop import find_header
from kaartlagen.tabellen import Raster


def raster(*rijen):
    breedte = max(len(rij) for rij in rijen)
    return Raster("Blad", tuple((*rij, *[None] * (breedte - len(rij))) for rij in rijen))


def kop(*rijen):
    blad = find_header(raster(*rijen))
    return None if blad is None else blad.koppen


@pytest.mark.parametrize(
    ("rijen", "koppen"),
    [
        ([("naam", "aantal"), ("Hof", 3)], ("naam", "aantal")),
        ([("Planlijst 2026",), (), ("naam", "n", "x"), ("Hof", 3, 4)], ("naam", "n", "x")),
        ([("Gemeente:", "Westveld"), ("naam", "n", "x", "y"), ("Hof", 3, 4, 5)],
         ("naam", "n", "x", "y")),
        # A group over years, the years below it, the other headers beside the group.
        ([("naam", "DAEB", None, None, "sloop"), (None, 2026, 2027, 2028, None),
          ("Hof", 1, 2, 3, 4)],
         ("naam", "DAEB 2026", "DAEB 2027", "DAEB 2028", "sloop")),
        # The group in a row of its own above the header.
        ([(None, "DAEB", None, "Koop", None), ("naam", 2026, 2027, 2026, 2027),
          ("Hof", 1, 2, 3, 4)],
         ("naam", "DAEB 2026", "DAEB 2027", "Koop 2026", "Koop 2027")),
        ([("naam", "n", "n"), ("Hof", 3, 4)], ("naam", "n", "n (2)")),
        ([("naam", None, "n"), ("Hof", "x", 4)], ("naam", "kolom 2", "n")),
        ([("naam\nvan het plan", "n"), ("Hof", 3)], ("naam van het plan", "n")),
    ],
)  # fmt: skip
def test_headers(rijen, koppen):
    assert kop(*rijen) == koppen


@pytest.mark.parametrize("rijen", [[(1, 2), (3, 4)], [("titel",)], [(None, None)]])
def test_a_sheet_of_numbers_or_of_one_word_has_no_header(rijen):
    assert kop(*rijen) is None


def test_rows_know_their_line_and_empty_rows_are_no_rows():
    blad = find_header(raster(("titel",), ("naam", "n"), (None, None), ("Hof", 3), ("Werf", None)))
    assert blad is not None
    assert (blad.regels, [rij[0] for rij in blad.rijen]) == ((4, 5), ["Hof", "Werf"])


@given(
    st.lists(
        st.lists(st.one_of(st.none(), st.integers(0, 3000), st.sampled_from("abcdef")), max_size=5),
        min_size=1,
        max_size=8,
    )
)
def test_no_cell_below_the_header_is_lost(rijen):
    gevonden = find_header(raster(*rijen))
    if gevonden is None:
        return
    assert len(set(gevonden.koppen)) == len(gevonden.koppen)
    onder = list(raster(*rijen).rijen[gevonden.regels[0] - 1 :]) if gevonden.regels else []
    gevuld = sum(cel is not None for rij in onder for cel in rij)
    assert sum(cel is not None for rij in gevonden.rijen for cel in rij) == gevuld
