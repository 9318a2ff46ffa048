"""Folium's part of the page."""

import re

import pytest

from webmap.kaart import LAGEN, NEDERLAND_RD, render_kaart


def test_map_asks_for_no_file_and_carries_no_style_or_head() -> None:
    deel = render_kaart(NEDERLAND_RD)
    tekst = deel.html + deel.script
    assert not re.search(r"https?:|<link|<style|style=|<script|<meta", tekst)


def test_map_is_in_rd_and_has_a_group_and_a_pane_per_laag() -> None:
    script = render_kaart((92_000, 435_000, 95_000, 437_000)).script
    assert "crs: L.CRS.RD" in script
    for laag in LAGEN:
        assert f"feature_group_{laag} = L.featureGroup" in script
        assert f"pane_{laag} = map_hoofd.createPane" in script


def test_two_renders_are_equal_so_that_no_state_is_shared() -> None:
    kader = (92_000, 435_000, 95_000, 437_000)
    eerste = render_kaart(kader)
    render_kaart(NEDERLAND_RD)
    assert render_kaart(kader).script == eerste.script


def test_opening_view_is_the_box_in_lat_and_lon() -> None:
    # The tower of Amersfoort is the origin of RD: 155000, 463000.
    script = render_kaart((154_000, 462_000, 156_000, 464_000)).script
    gevonden = re.search(r"center: \[([\d.]+), ([\d.]+)\]", script)
    assert gevonden is not None
    assert float(gevonden[1]) == pytest.approx(52.1551, abs=0.001)
    assert float(gevonden[2]) == pytest.approx(5.3872, abs=0.001)


@pytest.mark.parametrize(
    ("zijde_m", "zoom"), [(0, 15), (500, 11), (3_000, 9), (300_000, 2), (9_999_999, 2)]
)
def test_opening_zoom_holds_the_box_within_the_limits(zijde_m: float, zoom: int) -> None:
    script = render_kaart((155_000, 463_000, 155_000 + zijde_m, 463_000)).script
    assert f'"zoom": {zoom},' in script
