"""The bar of accessibility: axe finds nothing serious, and targets are large enough."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.webmap.bladzijde import BREED, SMAL, Bladzijde, opened
from tests.webmap.nepgegevens import NepGegevens, leeg_project

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

TE_KLEIN = """[...document.querySelectorAll(
    "a, button, input:not([type=checkbox]), select, summary, label.laagkeuze")]
  .filter((doel) => doel.offsetParent !== null && !doel.matches(".sprong"))
  .map((doel) => [doel.textContent || doel.id, doel.getBoundingClientRect().height])
  .filter(([, hoogte]) => hoogte < 43.5)"""
REGELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def run_axe(blad: Bladzijde, axe: str) -> list[str]:
    """Return the findings; evaluated by the debugger, which the policy does not govern."""
    blad.page.evaluate(f"{axe}\n;0")
    uitslag: dict[str, Any] = blad.page.evaluate(
        "(regels) => axe.run(document, {runOnly: {type: 'tag', values: regels}})", REGELS
    )
    assert len(uitslag["passes"]) > 20
    return [
        f"{v['impact']} {v['id']}: {[n['target'] for n in v['nodes']][:4]}"
        for v in uitslag["violations"]
    ]


@pytest.mark.parametrize("viewport", [BREED, SMAL], ids=["beamer", "telefoon"])
@pytest.mark.parametrize("toestand", ["begin", "paneel", "leeg", "screening", "screening-leeg"])
def test_axe_finds_nothing(
    browser: Browser,
    serve: Callable[[NepGegevens], str],
    axe: str,
    viewport: dict[str, int],
    toestand: str,
) -> None:
    with opened(browser, viewport, reduced_motion="reduce") as blad:
        adres = serve(leeg_project() if "leeg" in toestand else NepGegevens())
        if toestand == "screening-leeg":
            blad.page.goto(f"{adres}screening")
        else:
            blad.open(f"{adres}screening" if toestand == "screening" else adres)
        if toestand == "screening":
            blad.page.get_by_role("button", name="ADP01 A 0").click()
        if toestand == "paneel":
            blad.page.get_by_role("button", name="Burgemeesterspark").click()
            blad.wait("document.querySelector('#paneel h2') !== null")
        blad.settle()
        assert run_axe(blad, axe) == []


@pytest.mark.parametrize("viewport", [BREED, SMAL], ids=["beamer", "telefoon"])
def test_every_target_is_44_pixels(
    browser: Browser, serve: Callable[[NepGegevens], str], viewport: dict[str, int]
) -> None:
    with opened(browser, viewport) as blad:
        blad.open(serve(NepGegevens()))
        blad.page.evaluate("document.getElementById('legenda').open = true")
        blad.page.get_by_role("button", name="Burgemeesterspark").click()
        blad.wait("document.querySelector('#paneel h2') !== null")
        assert blad.page.evaluate(TE_KLEIN) == []


@pytest.mark.parametrize("viewport", [BREED, SMAL], ids=["beamer", "telefoon"])
def test_every_target_of_the_screening_is_44_pixels(
    browser: Browser, serve: Callable[[NepGegevens], str], viewport: dict[str, int]
) -> None:
    with opened(browser, viewport) as blad:
        blad.open(f"{serve(NepGegevens())}screening")
        blad.page.evaluate("document.getElementById('legenda').open = true")
        assert blad.page.evaluate(TE_KLEIN) == []


def test_focus_is_visible_on_every_kind_of_control(
    browser: Browser, serve: Callable[[NepGegevens], str]
) -> None:
    with opened(browser) as blad:
        blad.open(serve(NepGegevens()))
        gezien = set()
        for _ in range(30):
            blad.page.keyboard.press("Tab")
            soort, omtrek = blad.page.evaluate(
                """(() => { const doel = document.activeElement;
                    return [doel.tagName, getComputedStyle(doel).outlineWidth]; })()"""
            )
            if soort == "BODY":
                break
            gezien.add(soort)
            assert omtrek != "0px", soort
        assert {"A", "BUTTON", "INPUT", "SELECT", "SUMMARY"} <= gezien


def test_who_asks_for_less_motion_gets_none(
    browser: Browser, serve: Callable[[NepGegevens], str]
) -> None:
    with opened(browser, reduced_motion="reduce") as blad:
        blad.open(serve(NepGegevens()))
        assert blad.page.evaluate("map_hoofd.options.zoomAnimation") is False
        assert blad.page.evaluate("map_hoofd.options.inertia") is False
