"""The screening in a real browser: what it asks and shows, how rows and map go together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.webmap.bladzijde import Bladzijde, opened
from tests.webmap.nepgegevens import NepGegevens, X, Y
from tests.webmap.test_pagina_browser import GEKOZEN, RIJ_IN_BEELD, click_on_map

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

Serve = Callable[[NepGegevens], str]
VORMEN = "document.querySelectorAll('path.perceel').length"
HALO = "document.querySelectorAll('path.halo').length"


@pytest.fixture
def blad(browser: Browser, serve: Serve, gegevens: NepGegevens) -> Iterator[Bladzijde]:
    with opened(browser) as blad:
        blad.open(f"{serve(gegevens)}screening")
        blad.wait(VORMEN, verwacht=138)
        yield blad


def middle_of(nummer: int) -> tuple[float, float]:
    """Return the middle of a parcel of the made screening."""
    return X + 12 * (nummer % 25) + 5, Y + 25 * (nummer // 25) + 10


def test_nothing_leaves_the_machine_and_the_console_stays_silent(blad: Bladzijde) -> None:
    blad.page.locator(".rij-knop").first.click()
    blad.wait(HALO, verwacht=2)
    for laag in ("gemeenten", "plangebieden"):
        blad.wait_for_request(f"/api/lagen/{laag}")
    blad.wait_for_request("/tegels/bestemmingsvlakken/")
    blad.settle()
    assert blad.buiten == []
    assert blad.fouten == []
    assert blad.vensters == []


def test_each_outcome_has_a_pattern_of_its_own_on_the_map(blad: Bladzijde) -> None:
    vullingen = blad.page.evaluate(
        """Object.fromEntries([...document.querySelectorAll("path.perceel")].map((pad) =>
            [pad.getAttribute("class").match(/perceel-(\\w+)/)[1], pad.getAttribute("fill")]))"""
    )
    assert vullingen == {
        code: f"url(#patroon-{code})" for code in ("hard", "zacht", "regels_beslissen")
    }
    for vulling in vullingen.values():
        assert blad.page.locator(vulling[4:-1]).count() == 1


def test_a_row_shows_its_parcel_on_the_map_and_in_the_address(blad: Bladzijde) -> None:
    blad.page.get_by_role("row").filter(has_text="ADP01 A 115").click()
    blad.wait(GEKOZEN, verwacht="p0115")
    blad.wait(HALO, verwacht=2)
    x, y = middle_of(115)
    blad.wait(f"map_hoofd.getBounds().contains(L.CRS.RD.fromRd({x}, {y}))")
    blad.page.reload()
    blad.wait(GEKOZEN, verwacht="p0115")
    blad.wait(HALO, verwacht=2)


def test_a_parcel_on_the_map_shows_its_row(blad: Bladzijde) -> None:
    click_on_map(blad, *middle_of(1))
    blad.wait(GEKOZEN, verwacht="p0001")
    blad.wait(RIJ_IN_BEELD)
    assert blad.page.evaluate(HALO) == 2


def test_a_parcel_of_another_page_brings_that_page_and_leaves_the_map_where_it_was(
    blad: Bladzijde,
) -> None:
    midden = blad.page.evaluate("map_hoofd.getCenter()")
    click_on_map(blad, *middle_of(2))
    blad.wait(GEKOZEN, verwacht="p0002")
    blad.wait(RIJ_IN_BEELD)
    assert "101 tot en met 138" in blad.page.locator("#lijst-aantal").inner_text()
    assert blad.page.evaluate("map_hoofd.getCenter()") == midden
    assert blad.fouten == []


def test_list_is_walked_with_arrow_keys_and_chosen_with_enter(blad: Bladzijde) -> None:
    eerste, tweede = blad.page.evaluate(
        "[...document.querySelectorAll('tbody tr')].slice(0, 2).map((rij) => rij.dataset.id)"
    )
    blad.page.locator(".rij-knop").first.focus()
    blad.page.keyboard.press("ArrowDown")
    blad.page.keyboard.press("Enter")
    blad.wait(GEKOZEN, verwacht=tweede)
    blad.page.keyboard.press("Home")
    blad.page.keyboard.press("Enter")
    blad.wait(GEKOZEN, verwacht=eerste)


def test_map_follows_the_filter_of_the_list(blad: Bladzijde) -> None:
    blad.page.get_by_label("Uitkomst", exact=True).select_option("te_klein")
    blad.page.get_by_role("button", name="Toon", exact=True).click()
    blad.wait("document.querySelectorAll('path.perceel-niet').length", verwacht=46)
    assert blad.page.evaluate(VORMEN) == 46
    assert "46 percelen" in blad.page.locator("#lijst-aantal").inner_text()


def test_list_works_without_script(browser: Browser, serve: Serve) -> None:
    with opened(browser, java_script_enabled=False) as blad:
        blad.page.goto(f"{serve(NepGegevens())}screening")
        blad.page.get_by_label("Kleinste oppervlakte").fill("203")
        blad.page.get_by_role("button", name="Toon", exact=True).click()
        blad.page.wait_for_url("**minimum=203**")
        assert blad.page.locator("tbody tr").count() > 0


def test_page_does_not_scroll_sideways_at_320_pixels(browser: Browser, serve: Serve) -> None:
    with opened(browser, {"width": 320, "height": 640}) as blad:
        blad.open(f"{serve(NepGegevens())}screening")
        assert blad.page.evaluate("document.documentElement.scrollWidth") <= 320
