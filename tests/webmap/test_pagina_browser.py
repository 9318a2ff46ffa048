"""The page in a real browser: what it asks, what it shows, how list, map and panel go together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.webmap.bladzijde import SMAL, Bladzijde, opened
from tests.webmap.nepgegevens import (
    IDN,
    KWADE_AFBEELDING,
    KWADE_NAAM,
    NepGegevens,
    X,
    Y,
    leeg_project,
    maak_regel,
    vierkant,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

Serve = Callable[[NepGegevens], str]
GEKOZEN = "document.querySelector('tr[aria-selected=true]')?.dataset.id ?? null"
RIJ_IN_BEELD = """(() => {
    const rij = document.querySelector("tr[aria-selected=true]").getBoundingClientRect();
    const rol = document.querySelector(".lijst-rol").getBoundingClientRect();
    return rij.top >= rol.top && rij.bottom <= rol.bottom + 1;
})()"""
PANEELNAAM = "document.querySelector('#paneel h2')?.textContent ?? null"


@pytest.fixture
def blad(browser: Browser, serve: Serve, gegevens: NepGegevens) -> Iterator[Bladzijde]:
    with opened(browser) as blad:
        blad.open(serve(gegevens))
        blad.wait("document.querySelectorAll('path.locatie').length > 0")
        yield blad


def click_on_map(blad: Bladzijde, x: float, y: float) -> None:
    """Click where a point in RD lies on the screen."""
    plek = blad.page.evaluate(
        """([x, y]) => {
            const punt = map_hoofd.latLngToContainerPoint(L.CRS.RD.fromRd(x, y));
            const vak = map_hoofd.getContainer().getBoundingClientRect();
            return [vak.left + punt.x, vak.top + punt.y];
        }""",
        [x, y],
    )
    blad.page.mouse.click(*plek)


def test_nothing_leaves_the_machine_and_the_console_stays_silent(blad: Bladzijde) -> None:
    blad.page.locator(".rij-knop").first.click()
    blad.wait(PANEELNAAM, verwacht="Aan de Molenvliet")
    blad.page.evaluate("map_hoofd.setZoom(13)")
    for adres in ("api/lagen/gemeenten", "api/lagen/plangebieden"):
        blad.wait_for_request(f"/{adres}")
    for laag in ("bestemmingsvlakken", "percelen"):
        blad.wait_for_request(f"/tegels/{laag}/")
    blad.settle()
    assert blad.buiten == []
    assert blad.fouten == []


def test_inline_script_from_data_would_be_stopped_by_the_policy(blad: Bladzijde) -> None:
    blad.page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.ingebroken = true";
            document.body.append(script);
        }"""
    )
    assert blad.page.evaluate("window.ingebroken") is None
    assert any("Content Security Policy" in fout for fout in blad.fouten)


def test_map_lies_in_rd_to_the_centimetre(blad: Bladzijde) -> None:
    rd = blad.page.evaluate(
        f"(() => {{ const p = L.CRS.RD.project(L.CRS.RD.fromRd({X}, {Y})); return [p.x, p.y]; }})()"
    )
    assert rd == [X, Y]
    heen_en_weer = blad.page.evaluate(
        f"""(() => {{
            const plek = L.CRS.RD.fromRd({X}, {Y});
            const p = L.CRS.RD.project(L.latLng(plek.lat, plek.lng));
            return [p.x, p.y];
        }})()"""
    )
    assert heen_en_weer == pytest.approx([X, Y], abs=0.01)
    # PDOK's grid: 3440.64 m per pixel at zoom 0.
    assert blad.page.evaluate("1 / L.CRS.RD.scale(12)") == pytest.approx(0.84)


def test_hardheid_has_a_pattern_of_its_own_on_the_map(blad: Bladzijde) -> None:
    vullingen = blad.page.evaluate(
        """Object.fromEntries([...document.querySelectorAll("path.locatie")].map((pad) =>
            [pad.getAttribute("class").match(/locatie-(\\w+)/)[1], pad.getAttribute("fill")]))"""
    )
    assert vullingen == {
        "hard": "url(#patroon-hard)",
        "zacht": "url(#patroon-zacht)",
        "onbekend": "url(#patroon-onbekend)",
    }


def test_a_row_shows_its_locatie_on_the_map_and_in_the_panel(blad: Bladzijde) -> None:
    blad.page.get_by_role("row").filter(has_text="Burgemeesterspark").click()
    blad.wait(GEKOZEN, verwacht="loc-002")
    blad.wait(PANEELNAAM, verwacht="Burgemeesterspark")
    blad.wait("document.querySelectorAll('path.halo').length", verwacht=2)
    blad.wait(f"map_hoofd.getBounds().contains(L.CRS.RD.fromRd({X + 460}, {Y + 60}))")
    assert blad.page.evaluate("location.hash") == "#locatie=loc-002"


def test_a_click_on_the_map_shows_its_row_and_panel(blad: Bladzijde) -> None:
    blad.page.evaluate("document.querySelector('.lijst-rol').scrollTop = 0")
    click_on_map(blad, X + 260, Y + 60)
    blad.wait(GEKOZEN, verwacht="loc-001")
    blad.wait(PANEELNAAM, verwacht="Aan de Molenvliet")
    click_on_map(blad, X + 900, Y + 500)
    blad.wait(GEKOZEN, verwacht="loc-006")
    blad.wait(RIJ_IN_BEELD)


def test_panel_shows_verdict_evidence_bod_signals_and_doubles(blad: Bladzijde) -> None:
    blad.page.get_by_role("button", name="Burgemeesterspark").click()
    blad.wait(PANEELNAAM, verwacht="Burgemeesterspark")
    paneel = blad.page.locator("#paneel")
    tekst = paneel.inner_text()
    for verwacht in (
        "Zacht",
        "3. In voorbereiding",
        'het bestemmingsplan "Molenveld" geeft hier wonen.',
        "Molenveld",
        IDN,
        "03-05-2024",
        "12.346\u00a0m²",
        "2.054,5\u00a0m²",
        "86\u00a0%",
        "Telt mee in bod van 01-06-2021 (1.500 DAEB netto).",
        "Planstatus strijdig: de opgegeven planstatus en het plan ter plaatse spreken elkaar",
        "O01",
        "DIWI (2024-01-01)",
    ):
        assert verwacht in tekst, verwacht
    paneel.get_by_role("button", name="Centrumrand").click()
    blad.wait(GEKOZEN, verwacht="loc-003")
    blad.wait(PANEELNAAM, verwacht="Centrumrand")
    assert "Van deze gemeente is geen bod ingelezen." in paneel.inner_text()


def test_everything_works_with_the_keyboard_alone(blad: Bladzijde) -> None:
    toets = blad.page.keyboard.press
    toets("Tab")
    assert blad.page.evaluate("document.activeElement.className") == "sprong"
    toets("Enter")
    blad.wait("document.activeElement.id", verwacht="lijstvak")
    for _ in range(3):  # search, hardheid, the list's one tab stop
        toets("Tab")
    blad.wait("document.activeElement.textContent", verwacht="Aan de Molenvliet")
    toets("ArrowDown")
    toets("End")
    toets("ArrowUp")
    toets("Home")
    toets("ArrowDown")
    blad.wait("document.activeElement.textContent", verwacht="Burgemeesterspark")
    toets("Enter")
    blad.wait(GEKOZEN, verwacht="loc-002")
    blad.wait(PANEELNAAM, verwacht="Burgemeesterspark")
    toets("Tab")  # out of the list in one step, into the panel
    blad.wait("document.activeElement.getAttribute('aria-label')", verwacht="Sluit de details")
    toets("Escape")
    blad.wait("document.getElementById('paneel').hidden")
    blad.wait("document.activeElement.textContent", verwacht="Burgemeesterspark")
    assert blad.page.evaluate(GEKOZEN) is None


def test_map_moves_with_the_keyboard(blad: Bladzijde) -> None:
    blad.page.evaluate("map_hoofd.getContainer().focus()")
    eerst = blad.page.evaluate("map_hoofd.getCenter().lng")
    zoom = blad.page.evaluate("map_hoofd.getZoom()")
    blad.page.keyboard.press("ArrowRight")
    blad.wait(f"map_hoofd.getCenter().lng > {eerst}")
    blad.page.keyboard.press("+")
    blad.wait(f"map_hoofd.getZoom() > {zoom}")


def test_filter_narrows_list_and_map_together_and_says_how_many(blad: Bladzijde) -> None:
    blad.page.get_by_label("Hardheid", exact=True).select_option("zacht")
    blad.wait("document.getElementById('lijst-aantal').textContent", verwacht="2 van 6 locaties")
    blad.wait("document.querySelectorAll('path.locatie').length", verwacht=2)
    blad.page.get_by_label("Zoek op naam of gemeente").fill("burg")
    blad.wait("document.getElementById('lijst-aantal').textContent", verwacht="1 van 6 locaties")
    blad.page.get_by_label("Zoek op naam of gemeente").fill("bestaat niet")
    blad.wait("!document.getElementById('lijst-leeg').hidden")
    blad.wait("document.querySelectorAll('path.locatie').length", verwacht=0)


def test_layers_can_be_switched_off_and_on(blad: Bladzijde) -> None:
    grenzen = "document.querySelectorAll('path.gemeentegrens').length"
    blad.wait(grenzen, verwacht=2)
    vakje = blad.page.get_by_label("Gemeentegrenzen")
    vakje.uncheck()
    blad.wait(grenzen, verwacht=0)
    vakje.check()
    blad.wait(grenzen, verwacht=2)
    blad.page.get_by_role("checkbox", name="Locaties").uncheck()
    blad.wait("document.querySelectorAll('path.locatie').length", verwacht=0)


def test_legend_names_the_bestemmingen_in_view(blad: Bladzijde) -> None:
    blad.wait(
        "[...document.querySelectorAll('#legenda-plannen li')].map((li) => li.textContent)",
        verwacht=["Groen", "Tuin", "Verkeer", "Water", "Wonen"],
    )


def test_names_of_gemeenten_are_shown_and_never_lie_over_each_other(blad: Bladzijde) -> None:
    blad.wait("document.querySelectorAll('.gemeentenaam').length", verwacht=2)
    # Far out both names would stand on one spot: the first in the list stays.
    blad.page.evaluate("map_hoofd.setZoom(4, {animate: false})")
    blad.wait("document.querySelectorAll('.gemeentenaam').length", verwacht=1)
    assert blad.page.locator(".gemeentenaam").inner_text().lower() == "aadorp"
    blad.page.evaluate("map_hoofd.setZoom(13, {animate: false})")
    blad.wait("document.querySelectorAll('.gemeentenaam').length", verwacht=0)


def test_chosen_row_stays_in_sight_when_the_panel_makes_the_list_shorter(
    browser: Browser, serve: Serve, gegevens: NepGegevens
) -> None:
    gegevens.rijen = tuple(maak_regel(nummer, f"Locatie {nummer:02d}") for nummer in range(40))
    with opened(browser) as blad:
        blad.open(serve(gegevens))
        blad.page.get_by_role("button", name="Locatie 12").click()
        blad.wait(PANEELNAAM, verwacht="Locatie 12")
        blad.wait(RIJ_IN_BEELD)


def test_opening_view_holds_every_locatie_clear_of_the_buttons(blad: Bladzijde) -> None:
    vrij = blad.page.evaluate(
        """(() => {
            const vak = (doel) => document.querySelector(doel).getBoundingClientRect();
            const links = vak(".leaflet-top.leaflet-left").right;
            const rechts = vak("#map_hoofd").right;
            return [...document.querySelectorAll("path.locatie")].every((pad) => {
                const plek = pad.getBoundingClientRect();
                return plek.left >= links && plek.right <= rechts;
            });
        })()"""
    )
    assert vrij


def test_of_two_quick_choices_the_last_is_shown(
    browser: Browser, serve: Serve, gegevens: NepGegevens
) -> None:
    gegevens.rijen = tuple(
        maak_regel(nummer, f"Locatie {nummer}", vorm=vierkant(260.0 * nummer, 0))
        for nummer in range(4)
    )
    with opened(browser) as blad:
        blad.open(serve(gegevens))
        blad.page.evaluate(
            """() => {
                const knoppen = document.querySelectorAll(".rij-knop");
                map_hoofd.once("zoomanim", () => setTimeout(() => knoppen[3].click()));
                // Whatever is still to move may move: the map must end at the last choice.
                map_hoofd.once("zoomend", () => setTimeout(() => (window.stil = true), 600));
                knoppen[0].click();
            }"""
        )
        blad.wait("window.stil === true")
        blad.wait(
            f"""map_hoofd.getZoom() >= 11
                && map_hoofd.getBounds().contains(L.CRS.RD.fromRd({X + 840}, {Y + 60}))"""
        )


def test_hostile_names_stay_names(blad: Bladzijde) -> None:
    for naam in (KWADE_NAAM, KWADE_AFBEELDING):
        blad.page.locator(".rij-knop").filter(has_text=naam).click()
        blad.wait(PANEELNAAM, verwacht=naam)
    click_on_map(blad, X + 860, Y + 60)
    blad.wait("document.querySelector('.leaflet-tooltip b')?.textContent", verwacht=KWADE_NAAM)
    assert blad.page.locator("img").count() == 0
    assert blad.page.locator("script:not([src]):not([nonce])").count() == 0
    assert blad.vensters == []
    assert blad.fouten == []


def test_a_locatie_in_the_address_is_open_at_once(
    browser: Browser, serve: Serve, gegevens: NepGegevens
) -> None:
    with opened(browser) as blad:
        blad.open(f"{serve(gegevens)}#locatie=loc-003")
        blad.wait(PANEELNAAM, verwacht="Centrumrand")
        blad.wait("document.querySelectorAll('path.halo').length", verwacht=2)


def test_empty_project_is_a_page_without_errors(browser: Browser, serve: Serve) -> None:
    with opened(browser) as blad:
        blad.open(serve(leeg_project()))
        assert blad.page.get_by_role(
            "heading", name="Dit project is nog niet volledig"
        ).is_visible()
        assert blad.fouten == []
        assert blad.buiten == []


def test_a_server_that_stops_is_said_in_dutch(blad: Bladzijde) -> None:
    blad.page.route("**/api/**", lambda route: route.abort())
    blad.page.locator(".rij-knop").first.click()
    blad.wait(
        "document.getElementById('melding').textContent",
        verwacht="De locatie is niet te laden. Draait het programma nog?",
    )


def test_on_a_phone_the_panel_is_brought_into_view_and_closing_goes_back(
    browser: Browser, serve: Serve, gegevens: NepGegevens
) -> None:
    with opened(browser, SMAL, reduced_motion="reduce") as blad:
        blad.open(serve(gegevens))
        blad.page.get_by_role("button", name="Burgemeesterspark").click()
        blad.wait("document.activeElement.textContent", verwacht="Burgemeesterspark")
        blad.wait("document.activeElement.tagName", verwacht="H2")
        blad.wait("document.activeElement.getBoundingClientRect().top < innerHeight")
        blad.page.get_by_role("button", name="Sluit de details").click()
        blad.wait("document.activeElement.className", verwacht="rij-knop")


@pytest.mark.parametrize("breedte", [320, 390, 720, 1100, 1440])
def test_page_never_scrolls_sideways(
    browser: Browser, serve: Serve, gegevens: NepGegevens, breedte: int
) -> None:
    with opened(browser, {"width": breedte, "height": 800}) as blad:
        blad.open(f"{serve(gegevens)}#locatie=loc-004")
        blad.wait("document.querySelector('#paneel h2') !== null")
        assert blad.page.evaluate("document.documentElement.scrollWidth") <= breedte
        assert blad.page.evaluate("document.documentElement.scrollHeight") < 6000
