"""Tiles in a real browser: what is drawn, what lies at a place, and that nothing is cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import pytest
from shapely import box

from kaartlagen.lagen import LAGEN
from tests.webmap.bladzijde import SMAL, Bladzijde, opened
from tests.webmap.nepgegevens import NepGegevens, X, Y, leeg_project
from tests.webmap.test_toegankelijk_browser import run_axe

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

Serve = Callable[[NepGegevens], str]
PLEK = "document.querySelector('.plek')?.innerText ?? null"
KLEUR = """([pane, x, y]) => {
    const punt = map_hoofd.latLngToContainerPoint(L.CRS.RD.fromRd(x, y));
    const vak = map_hoofd.getContainer().getBoundingClientRect();
    const [sx, sy] = [vak.left + punt.x, vak.top + punt.y];
    for (const doek of map_hoofd.getPane(pane).querySelectorAll("canvas")) {
        const plek = doek.getBoundingClientRect();
        if (sx < plek.left || sx >= plek.right || sy < plek.top || sy >= plek.bottom) continue;
        const schaal = doek.width / plek.width;
        return [...doek.getContext("2d").getImageData(
            (sx - plek.left) * schaal, (sy - plek.top) * schaal, 1, 1).data];
    }
    return null;
}"""


@pytest.fixture
def blad(browser: Browser, serve: Serve, gegevens: NepGegevens) -> Iterator[Bladzijde]:
    with opened(browser, reduced_motion="reduce") as blad:
        open_at(blad, serve(gegevens))
        yield blad


def open_at(blad: Bladzijde, adres: str, x: float = X + 100, y: float = Y + 130) -> None:
    blad.page.goto(adres)
    blad.wait("document.querySelectorAll('path.locatie, canvas.tegel').length > 0")
    go_to(blad, x, y, 12)


def go_to(blad: Bladzijde, x: float, y: float, zoom: float) -> None:
    blad.page.evaluate(f"map_hoofd.setView(L.CRS.RD.fromRd({x}, {y}), {zoom}, {{animate: false}})")
    blad.page.wait_for_timeout(100)
    blad.wait(
        """[...document.querySelectorAll('canvas.tegel')]
            .every((doek) => doek.matches('.leaflet-tile-loaded'))"""
    )


def point(blad: Bladzijde, x: float, y: float) -> list[float]:
    return blad.page.evaluate(
        """([x, y]) => {
            const punt = map_hoofd.latLngToContainerPoint(L.CRS.RD.fromRd(x, y));
            const vak = map_hoofd.getContainer().getBoundingClientRect();
            return [vak.left + punt.x, vak.top + punt.y];
        }""",
        [x, y],
    )


def colour(blad: Bladzijde, pane: str, x: float, y: float) -> list[int]:
    kleur: list[int] = blad.page.evaluate(KLEUR, [pane, x, y])
    return kleur


def test_zones_are_painted_where_they_lie_and_nowhere_else(blad: Bladzijde) -> None:
    groen, wonen = (colour(blad, "bestemmingsvlakken", X + x, Y + 200.0) for x in (230.0, 100.0))
    assert wonen[0] > 240
    assert wonen[2] < 30  # yellow
    assert groen[1] > groen[0]  # green, motif or not
    assert colour(blad, "bestemmingsvlakken", X - 50, Y + 200.0)[3] == 0


def test_border_of_a_parcel_lies_on_its_place_at_every_zoom(blad: Bladzijde) -> None:
    for zoom in (11, 12, 12.5, 13.25, 14, 15):
        go_to(blad, X + 60, Y + 130, zoom)
        half = 3440.64 / 2**zoom / 2
        naast = [colour(blad, "percelen", X + 80 + d, Y + 130)[3] for d in (-half, 0, half)]
        assert max(naast) > 25, zoom
        assert colour(blad, "percelen", X + 60, Y + 130)[3] == 0


def test_parcels_beyond_the_old_bound_are_all_drawn(
    browser: Browser, serve: Serve, gegevens: NepGegevens
) -> None:
    n = 100
    vormen = [
        box(X + 5 * i, Y + 5 * j, X + 5 * i + 5, Y + 5 * j + 5) for i in range(n) for j in range(n)
    ]
    leeg = dict.fromkeys(LAGEN["percelen"].kolomnamen)
    gegevens.lagen["percelen"] = gpd.GeoDataFrame(
        pd.DataFrame({**leeg, "perceel_id": [f"p{k}" for k in range(n * n)], "momentopname": "m"}),
        geometry=vormen,
        crs=28992,
    )
    with opened(browser, reduced_motion="reduce") as blad:
        open_at(blad, serve(gegevens))
        go_to(blad, X + 250, Y + 250, 11)
        for x, y in ((2.5, 5), (250, 250), (497.5, 495), (5, 402.5)):
            randen = [colour(blad, "percelen", X + x + d, Y + y + d)[3] for d in (-0.8, 0, 0.8)]
            assert max(randen) > 20, (x, y)
        assert "Te veel" not in blad.page.locator("#legenda").inner_text()


def test_click_says_what_lies_there_with_its_plan(blad: Bladzijde) -> None:
    blad.page.mouse.click(*point(blad, X + 20, Y + 150))
    blad.wait(f"({PLEK})?.includes('Perceel ADP01 A 0')")
    blad.wait(f"({PLEK})?.includes('Bestemming Wonen')")
    assert "Molenveld, vastgesteld 03-05-2024" in blad.page.evaluate(PLEK)
    blad.page.mouse.click(*point(blad, X + 60, Y + 150))
    blad.wait(f"({PLEK})?.includes('Perceel ADP01 A 1')")
    assert "ADP01 A 0" not in blad.page.evaluate(PLEK)
    assert blad.buiten == []
    assert blad.fouten == []


def test_keyboard_asks_for_the_middle_and_escape_gives_the_map_back(blad: Bladzijde) -> None:
    go_to(blad, X + 20, Y + 150, 12)
    blad.page.evaluate("map_hoofd.getContainer().focus({focusVisible: true})")
    blad.wait("getComputedStyle(document.querySelector('.richtkruis')).display", verwacht="block")
    blad.page.keyboard.press("Enter")
    blad.wait("document.activeElement.textContent", verwacht="Op deze plek")
    blad.wait(f"({PLEK})?.includes('Perceel ADP01 A 0')")
    blad.page.keyboard.press("Escape")
    blad.wait("document.querySelector('.plek').hidden")
    blad.wait("document.activeElement === map_hoofd.getContainer()")
    assert blad.fouten == []


def test_locatie_in_the_middle_can_be_chosen_by_key(blad: Bladzijde) -> None:
    go_to(blad, X + 260, Y + 60, 12)
    blad.page.evaluate("map_hoofd.getContainer().focus()")
    blad.page.keyboard.press("Enter")
    blad.page.locator(".plek").get_by_role("button", name="Aan de Molenvliet").click()
    blad.wait("document.querySelector('#paneel h2')?.textContent", verwacht="Aan de Molenvliet")
    blad.wait("document.querySelector('.plek').hidden")


def test_place_with_nothing_on_the_map_is_said(blad: Bladzijde) -> None:
    go_to(blad, X - 2000, Y - 2000, 12)
    blad.page.evaluate("map_hoofd.getContainer().focus()")
    blad.page.keyboard.press("Enter")
    blad.wait(f"({PLEK})?.includes('Hier ligt niets')")


def test_hole_is_not_the_object_around_it(
    browser: Browser, serve: Serve, gegevens: NepGegevens
) -> None:
    frame = gegevens.lagen["percelen"]
    ring = box(X, Y + 200, X + 200, Y + 400).difference(box(X + 50, Y + 250, X + 150, Y + 350))
    frame.loc[0, "geometry"] = ring
    with opened(browser, reduced_motion="reduce") as blad:
        open_at(blad, serve(gegevens))
        go_to(blad, X + 100, Y + 300, 12)
        blad.page.mouse.click(*point(blad, X + 100, Y + 300))
        blad.wait(f"({PLEK})?.includes('Bestemming')")
        assert "Perceel" not in blad.page.evaluate(PLEK)
        blad.page.mouse.click(*point(blad, X + 25, Y + 300))
        blad.wait(f"({PLEK})?.includes('Perceel ADP01 A 0')")


def test_layer_is_switched_off_and_on_by_the_legend(blad: Bladzijde) -> None:
    doeken = "map_hoofd.getPane('percelen').querySelectorAll('canvas').length > 0"
    blad.wait(doeken)
    blad.page.get_by_role("checkbox", name="Percelen").uncheck()
    blad.wait(doeken, verwacht=False)
    blad.page.mouse.click(*point(blad, X + 20, Y + 150))
    blad.wait(f"({PLEK})?.includes('Bestemming')")
    assert "Perceel" not in blad.page.evaluate(PLEK)
    blad.page.get_by_role("checkbox", name="Percelen").check()
    blad.wait(doeken)


def test_legend_says_to_zoom_in_and_then_no_more(blad: Bladzijde) -> None:
    noot = "document.getElementById('noot-percelen').textContent"
    blad.page.evaluate("map_hoofd.setZoom(8, {animate: false})")
    blad.wait(noot, verwacht="Zoom in om percelen te zien.")
    go_to(blad, X + 100, Y + 130, 12)
    blad.wait(noot, verwacht="")
    go_to(blad, X - 3000, Y - 3000, 12)
    blad.wait(noot, verwacht="Geen percelen in beeld.")


def test_new_snapshot_is_shown_without_a_reload(
    browser: Browser, serve: Serve, gegevens: NepGegevens
) -> None:
    with opened(browser, reduced_motion="reduce") as blad:
        open_at(blad, serve(gegevens))
        gegevens.lagen["percelen"].loc[0, "aanduiding"] = "NIEUW"
        gegevens.lagen["percelen"].loc[0, "geometry"] = box(X, Y + 1000, X + 300, Y + 1300)
        gegevens._opslag = None
        # The same bytes would have the same name.
        gegevens.bronmerk = "1" * 64
        go_to(blad, X + 150, Y + 1150, 12)
        blad.page.mouse.click(*point(blad, X + 150, Y + 1150))
        blad.wait(f"({PLEK})?.includes('Perceel NIEUW')")


def test_server_that_stops_is_said_in_dutch(blad: Bladzijde) -> None:
    blad.page.route("**/tegels/**", lambda route: route.abort())
    blad.page.evaluate(f"map_hoofd.setView(L.CRS.RD.fromRd({X + 9000}, {Y}), 12)")
    blad.wait(
        "document.getElementById('melding').textContent.includes('Draait het programma nog?')"
    )


def test_empty_project_draws_nothing_and_complains_of_nothing(
    browser: Browser, serve: Serve
) -> None:
    with opened(browser, reduced_motion="reduce") as blad:
        blad.page.goto(serve(leeg_project()))
        blad.wait("window.map_hoofd !== undefined")
        blad.page.evaluate("map_hoofd.setZoom(12, {animate: false})")
        blad.page.wait_for_timeout(300)
        assert not [v for v in blad.verzoeken if v.endswith(".mvt")]
        assert blad.fouten == []


@pytest.mark.parametrize("viewport", [None, SMAL], ids=["beamer", "telefoon"])
def test_axe_finds_nothing_with_the_list_of_a_place_open(
    browser: Browser,
    serve: Serve,
    gegevens: NepGegevens,
    axe: str,
    viewport: dict[str, int] | None,
) -> None:
    keus: dict[str, Any] = {"viewport": viewport} if viewport else {}
    with opened(browser, reduced_motion="reduce", **keus) as blad:
        open_at(blad, serve(gegevens))
        go_to(blad, X + 260, Y + 60, 12)
        blad.page.evaluate("map_hoofd.getContainer().focus()")
        blad.page.keyboard.press("Enter")
        blad.wait(f"({PLEK})?.includes('Bestemming')")
        assert run_axe(blad, axe) == []
        hoogten = blad.page.evaluate(
            """[...document.querySelectorAll('.plek button')]
                .map((knop) => knop.getBoundingClientRect().height)"""
        )
        assert hoogten
        assert min(hoogten) >= 43.5
