"""Numbers that do not fit their label are refused, and the likely truth is named."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from kaartlagen.errors import CrsError
from kaartlagen.ligging import bring_to_rd

RD, LONLAT = (155_000.0, 463_000.0), (5.387, 52.155)


def points(*paren: tuple[float, float]) -> np.ndarray:
    return np.array([shapely.Point(*paar) for paar in paren], dtype=object)


@pytest.mark.parametrize(
    ("paar", "label", "woord", "herstel"),
    [
        (RD, "EPSG:4326", "RD-coördinaten", "--crs EPSG:28992"),
        (RD, None, "RD-coördinaten", "--crs EPSG:28992"),
        (LONLAT, "EPSG:28992", "lengte en breedte", "--crs EPSG:4326"),
        (LONLAT, None, "lengte en breedte", "--crs EPSG:4326"),
        (LONLAT[::-1], "EPSG:4326", "assen verwisseld", "--crs EPSG:4326/yx"),
        (RD[::-1], "EPSG:28992", "x en y verwisseld", "--crs EPSG:28992/yx"),
        ((600_000, 6_800_000), "EPSG:28992", "Web Mercator", "--crs EPSG:3857"),
        ((650_000, 5_770_000), "EPSG:28992", "UTM zone 31", "--crs EPSG:25831"),
        ((2.35, 48.85), "EPSG:4326", "buiten Nederland", "--crs"),
        ((0.0, 0.0), "EPSG:28992", "buiten Nederland", "--crs"),
    ],
)
def test_a_label_that_the_numbers_belie_is_refused_and_the_likely_truth_named(
    paar, label, woord, herstel
):
    with pytest.raises(CrsError) as gevangen:
        bring_to_rd(points(paar, paar), label, None, "kaart.gpkg")
    assert woord in gevangen.value.wat
    assert herstel in gevangen.value.herstel


def test_the_users_word_goes_before_the_label():
    gevonden = bring_to_rd(points(RD), "EPSG:4326", "EPSG:28992", "kaart.gpkg")
    assert gevonden.stelsel.label == "EPSG:28992"
    assert (gevonden.geometrie[0].x, gevonden.geometrie[0].y) == RD


def test_the_users_word_must_fit_the_numbers_too():
    with pytest.raises(CrsError, match="opgegeven"):
        bring_to_rd(points(LONLAT), None, "EPSG:28992", "kaart.gpkg")


def test_a_single_stray_row_is_marked_and_does_not_condemn_the_file():
    gevonden = bring_to_rd(points(RD, RD, (0, 0)), "EPSG:28992", None, "kaart.gpkg")
    assert gevonden.buiten.tolist() == [False, False, True]


def test_rows_without_geometry_say_nothing_about_the_label():
    leeg = np.array([None, None, shapely.Point()], dtype=object)
    gevonden = bring_to_rd(leeg, "EPSG:28992", None, "kaart.gpkg")
    assert not gevonden.buiten.any()


def test_swapped_axes_can_be_said():
    for paar, crs in ((RD[::-1], "EPSG:28992/yx"), (LONLAT[::-1], "EPSG:4326/yx")):
        gevonden = bring_to_rd(points(paar, paar), "EPSG:28992", crs, "kaart.gpkg")
        assert gevonden.stelsel.label == crs
        assert np.hypot(gevonden.geometrie[0].x - RD[0], gevonden.geometrie[0].y - RD[1]) < 300
    with pytest.raises(CrsError, match="opgegeven"):
        bring_to_rd(points(RD), None, "EPSG:28992/yx", "kaart.gpkg")


def test_degrees_on_amersfoort_are_believed_from_the_user_alone():
    with pytest.raises(CrsError, match="EPSG:4289") as gevangen:
        bring_to_rd(points(LONLAT), "EPSG:4289", None, "kaart.gpkg")
    assert "--crs EPSG:4258" in gevangen.value.herstel
    gevonden = bring_to_rd(points(LONLAT), "EPSG:4289", "EPSG:4289", "kaart.gpkg")
    assert gevonden.stelsel.label == "EPSG:4289"
