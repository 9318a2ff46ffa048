"""Working on it together, in real browsers: mark, fill in, conflict, hear, take back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import shapely

from daeb_locaties.project import Project
from tests.webmap.bladzijde import BREED, SMAL, Bladzijde, opened
from tests.webmap.test_toegankelijk_browser import TE_KLEIN, run_axe

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.traag]

ANNA = ("Anna", "Gemeente Zwanenwaard")
BERT = ("Bert", "Woningcorporatie Woonstichting De Zilverreiger")
PANEELNAAM = "document.querySelector('#paneel h2')?.textContent ?? null"
STAND = "document.getElementById('markeer-stand').textContent"
OP_SCHERM = """([x, y]) => {
    const punt = map_hoofd.latLngToContainerPoint(L.CRS.RD.fromRd(x, y));
    const vak = map_hoofd.getContainer().getBoundingClientRect();
    return [vak.left + punt.x, vak.top + punt.y];
}"""


class Tafel:
    """People at one project, each with a browser of his own."""

    def __init__(self, browser: Browser, url: str, stapel: ExitStack) -> None:
        self.browser, self.url, self.stapel = browser, url, stapel

    def join(
        self, wie: tuple[str, str] | None = None, viewport: dict[str, int] = BREED
    ) -> Bladzijde:
        blad = self.stapel.enter_context(opened(self.browser, viewport, reduced_motion="reduce"))
        blad.open(self.url)
        if wie:
            say_who(blad, *wie)
        return blad


@pytest.fixture
def tafel(browser: Browser, regio: Path, serve_map: Callable[[Path], str]) -> Iterator[Tafel]:
    with ExitStack() as stapel:
        yield Tafel(browser, serve_map(regio), stapel)


@pytest.fixture
def plek(regio: Path) -> list[tuple[float, float]]:
    """Points in three percelen side by side that no locatie lies on."""
    with Project.open(regio) as project:
        bezet = shapely.union_all([loc.geometrie_rd for loc in project.register.locaties()])
        percelen = project.lagen.read("percelen")
    vrij = percelen[percelen.disjoint(bezet) & percelen.area.between(300, 1500)]
    for vorm in vrij.geometry:
        buren = vrij[vrij.distance(vorm) < 1]
        if len(buren) >= 3:
            punten = [buur.representative_point() for buur in buren.geometry[:3]]
            return [(punt.x, punt.y) for punt in punten]
    raise AssertionError("geen drie vrije percelen naast elkaar")


def say_who(blad: Bladzijde, naam: str, partij: str) -> None:
    blad.page.get_by_role("button", name="Wie bent u?").click()
    fill_who(blad, naam, partij)


def fill_who(blad: Bladzijde, naam: str, partij: str) -> None:
    blad.page.get_by_label("Uw naam").fill(naam)
    blad.page.get_by_label("Namens").select_option(label=partij)
    blad.page.get_by_role("button", name="Verder").click()
    blad.wait("document.getElementById('wie').textContent", verwacht=f"{naam}, {partij}")


def look_at(blad: Bladzijde, plek: tuple[float, float]) -> None:
    blad.page.evaluate(
        "([x, y]) => map_hoofd.setView(L.CRS.RD.fromRd(x, y), 13, {animate: false})", list(plek)
    )


def tap(blad: Bladzijde, plek: tuple[float, float]) -> None:
    blad.page.mouse.click(*blad.page.evaluate(OP_SCHERM, list(plek)))


def mark(blad: Bladzijde, plek: list[tuple[float, float]]) -> None:
    look_at(blad, plek[0])
    blad.page.get_by_role("button", name="Nieuwe locatie").click()
    for nummer, punt in enumerate(plek, start=1):
        tap(blad, punt)
        woord = "perceel" if nummer == 1 else "percelen"
        blad.wait(f"{STAND}.startsWith('{nummer} {woord}, samen ')")


def open_form(blad: Bladzijde, naam: str) -> None:
    blad.page.locator(".rij-knop").filter(has_text=naam).first.click()
    blad.wait(PANEELNAAM, verwacht=naam)
    blad.page.get_by_role("button", name="Bewerk", exact=True).click()
    blad.page.get_by_label("Naam", exact=True).wait_for()


def save(blad: Bladzijde) -> None:
    blad.page.get_by_role("button", name="Opslaan", exact=True).click()


def saved(blad: Bladzijde) -> None:
    blad.page.get_by_role("button", name="Bewerk", exact=True).wait_for()


def status(blad: Bladzijde) -> str:
    tekst: str = blad.page.evaluate("document.getElementById('status').textContent")
    return tekst


def a_locatie(blad: Bladzijde) -> dict[str, Any]:
    features = blad.page.evaluate("fetch('/api/locaties').then((a) => a.json())")["features"]
    namen = [f["properties"]["naam"] for f in features]
    feature = next(
        f for f in features
        if f["geometry"]["type"] != "Point" and f["properties"]["daeb_netto"]
        and sum(f["properties"]["naam"] in naam for naam in namen) == 1
    )  # fmt: skip
    gevonden: dict[str, Any] = feature["properties"]
    return gevonden


def test_tapped_percelen_become_a_locatie_and_the_form_asks_what_is_missing(
    tafel: Tafel, plek: list[tuple[float, float]]
) -> None:
    anna, bert = tafel.join(ANNA), tafel.join(BERT)
    aantal = anna.page.locator(".rij-knop").count()
    mark(anna, plek)
    tap(anna, plek[2])  # once more takes it away
    anna.wait(f"{STAND}.startsWith('2 percelen, samen ')")
    assert anna.page.locator("path.gekozen-perceel").count() == 2
    anna.page.get_by_role("button", name="Maak locatie").click()
    anna.page.get_by_label("Naam", exact=True).wait_for()
    assert status(anna).startswith("Locatie gemaakt. ")
    assert anna.page.evaluate("document.activeElement.name") == "naam"
    assert anna.page.get_by_label("Waarschijnlijk").count() == 1
    anna.page.get_by_label("Naam", exact=True).fill("Het Nieuwe Hof")
    anna.page.get_by_label("Jaar").fill("2028")
    anna.page.get_by_label("Minimaal").fill("30")
    anna.page.get_by_label("Waarschijnlijk").fill("45")
    anna.page.get_by_label("Woonstichting De Zilverreiger").check()
    anna.page.get_by_label("Status").select_option("3")
    anna.page.get_by_label("Waaruit blijkt dat").fill("raadsbesluit")
    anna.page.get_by_label("Wie mag dit zien").select_option("Openbaar")
    save(anna)
    saved(anna)
    anna.wait("document.getElementById('status').textContent.startsWith('Opgeslagen. ')")
    assert "45 DAEB-woningen netto" in anna.page.locator("#paneel").inner_text()
    anna.wait("document.querySelectorAll('.rij-knop').length", verwacht=aantal + 1)
    # The other browser hears of it, by name, and shows it without a reload.
    bert.wait("document.querySelectorAll('.rij-knop').length", verwacht=aantal + 1)
    bert.wait("document.getElementById('locaties').textContent.includes('Het Nieuwe Hof')")
    bert.wait(
        "document.getElementById('status').textContent",
        verwacht="Anna (Gemeente Zwanenwaard) wijzigde Het Nieuwe Hof.",
    )
    assert anna.fouten == []
    assert bert.fouten == []


def test_marking_works_by_keyboard_alone(tafel: Tafel, plek: list[tuple[float, float]]) -> None:
    blad = tafel.join(ANNA)
    look_at(blad, plek[0])
    toets = blad.page.keyboard.press
    blad.page.get_by_role("button", name="Nieuwe locatie").focus()
    toets("Enter")
    blad.wait("document.activeElement.id", verwacht="markeer-kop")
    blad.page.get_by_role("button", name="Naar de kaart").focus()
    toets("Enter")
    blad.wait("document.activeElement.id", verwacht="map_hoofd")
    assert blad.page.locator(".kruis").is_visible()
    toets("Enter")
    blad.wait(f"{STAND}.startsWith('1 perceel, samen ')")
    # The list of percelen in view does the same.
    blad.page.get_by_text("Kies uit de percelen in beeld").focus()
    toets("Enter")
    vakje = blad.page.locator("#markeer-inbeeld input:not(:checked)").first
    vakje.wait_for()
    vakje.focus()
    toets("Space")
    blad.wait(f"{STAND}.startsWith('2 percelen, samen ')")
    blad.page.get_by_role("button", name="Maak locatie").focus()
    toets("Enter")
    blad.page.get_by_label("Naam", exact=True).wait_for()
    blad.wait("document.activeElement.name", verwacht="naam")


def test_what_was_marked_survives_a_reload(tafel: Tafel, plek: list[tuple[float, float]]) -> None:
    blad = tafel.join(ANNA)
    mark(blad, plek[:2])
    blad.open(tafel.url)
    blad.page.get_by_role("button", name="Nieuwe locatie (2 percelen gekozen)").click()
    blad.wait(f"{STAND}.startsWith('2 percelen, samen ')")
    blad.page.keyboard.press("Escape")
    blad.wait("document.getElementById('markeervak').hidden")
    blad.wait("document.activeElement.id", verwacht="nieuwe-locatie")


def test_who_writes_is_asked_first_and_remembered(
    tafel: Tafel, plek: list[tuple[float, float]]
) -> None:
    blad = tafel.join()
    mark(blad, plek[:1])
    blad.page.get_by_role("button", name="Maak locatie").click()
    blad.page.locator("#wie-dialoog[open]").wait_for()
    blad.page.get_by_role("button", name="Annuleer").click()
    blad.wait(f"{STAND}.startsWith('1 perceel, samen ')")  # nothing is lost
    blad.page.get_by_role("button", name="Maak locatie").click()
    fill_who(blad, *ANNA)
    blad.page.get_by_label("Naam", exact=True).wait_for()
    blad.page.context.clear_cookies()  # as when the server was started anew
    blad.open(tafel.url)
    blad.wait("document.getElementById('wie').textContent", verwacht=", ".join(ANNA))


def test_two_people_change_different_fields_and_both_stay(tafel: Tafel) -> None:
    anna, bert = tafel.join(ANNA), tafel.join(BERT)
    naam = a_locatie(anna)["naam"]
    open_form(anna, naam)
    open_form(bert, naam)
    anna.page.get_by_label("Naam", exact=True).fill("Van Anna")
    save(anna)
    saved(anna)
    bert.page.locator(".formulier-elders").filter(has_text="wijzigde Van Anna.").wait_for()
    bert.page.get_by_label("Projectfase").select_option("3. Ontwerp")
    save(bert)
    saved(bert)
    bert.wait(PANEELNAAM, verwacht="Van Anna")
    assert "3. Ontwerp" in bert.page.locator("#paneel").inner_text()
    anna.wait("document.getElementById('paneel').textContent.includes('3. Ontwerp')")


def test_two_people_change_one_field_and_see_both_values_side_by_side(tafel: Tafel) -> None:
    anna, bert = tafel.join(ANNA), tafel.join(BERT)
    naam = a_locatie(anna)["naam"]
    open_form(anna, naam)
    open_form(bert, naam)
    anna.page.get_by_label("Naam", exact=True).fill("Van Anna")
    save(anna)
    saved(anna)
    bert.page.get_by_label("Naam", exact=True).fill("Van Bert")
    bert.page.get_by_label("Projectfase").select_option("3. Ontwerp")
    save(bert)
    dialoog = bert.page.locator("#botsing-dialoog[open]")
    dialoog.wait_for()
    tekst = dialoog.inner_text()
    for verwacht in ("'Van Anna'", "door Anna (Gemeente Zwanenwaard)", "'Van Bert'"):
        assert verwacht in tekst
    assert dialoog.get_by_role("button").all_inner_texts() == ["Terug naar het formulier"]
    dialoog.get_by_role("button").click()
    # The form has what is there now and what nobody else touched; one's own value waits.
    assert bert.page.get_by_label("Naam", exact=True).input_value() == "Van Anna"
    assert bert.page.get_by_label("Projectfase").input_value() == "3. Ontwerp"
    assert bert.page.evaluate("document.activeElement.textContent").startswith("Zet mijn waarde")
    bert.page.keyboard.press("Enter")
    assert bert.page.get_by_label("Naam", exact=True).input_value() == "Van Bert"
    save(bert)
    saved(bert)
    bert.wait(PANEELNAAM, verwacht="Van Bert")
    anna.wait(PANEELNAAM, verwacht="Van Bert")
    anna.page.get_by_text("Geschiedenis").click()
    regel = anna.page.locator(".geschiedenis li").first
    regel.wait_for()
    assert "de naam van 'Van Anna' naar 'Van Bert'" in regel.inner_text()
    assert "(Woningcorporatie Woonstichting De Zilverreiger)" in regel.inner_text()


def test_a_draft_survives_a_reload_and_closing(tafel: Tafel) -> None:
    blad = tafel.join(ANNA)
    naam = a_locatie(blad)["naam"]
    open_form(blad, naam)
    blad.page.get_by_label("Naam", exact=True).fill("Half getypt")
    blad.open(tafel.url)
    blad.page.locator(".rij-knop").filter(has_text=naam).first.click()
    blad.page.get_by_role("button", name="Verder met uw concept").click()
    assert blad.page.get_by_label("Naam", exact=True).input_value() == "Half getypt"
    blad.page.get_by_role("button", name="Sluit zonder opslaan").click()
    saved(blad)
    blad.wait(PANEELNAAM, verwacht=naam)
    blad.wait("document.activeElement.textContent", verwacht="Bewerk")


def test_impossible_counts_are_told_at_their_field(tafel: Tafel) -> None:
    blad = tafel.join(ANNA)
    open_form(blad, a_locatie(blad)["naam"])
    rij = blad.page.locator(".aantallen tbody tr").first
    rij.get_by_label("Minimaal").fill("99999")
    save(blad)
    fout = blad.page.locator(".formulier .formulier-fouten p")
    fout.wait_for()
    assert "Minimaal is hoger dan waarschijnlijk" in fout.inner_text()
    assert blad.page.evaluate("document.activeElement.getAttribute('aria-invalid')") == "true"


def test_taking_back_ones_last_action_is_seen_by_all(tafel: Tafel) -> None:
    anna, bert = tafel.join(ANNA), tafel.join(BERT)
    naam = a_locatie(anna)["naam"]
    open_form(anna, naam)
    anna.page.get_by_label("Naam", exact=True).fill("Vergissing")
    save(anna)
    saved(anna)
    in_lijst = "document.getElementById('locaties').textContent.includes('Vergissing')"
    bert.wait(in_lijst)
    bert.page.get_by_label("Zoek op naam of gemeente").focus()
    anna.page.get_by_role("button", name="Draai terug: wijziging van Vergissing").click()
    bert.wait(in_lijst, verwacht=False)
    anna.wait(PANEELNAAM, verwacht=naam)
    assert not anna.page.locator("#ongedaan").is_visible()
    # What others do never takes the keyboard away.
    assert bert.page.evaluate("document.activeElement.id") == "zoek"


def test_focus_stays_on_the_row_that_changes(tafel: Tafel) -> None:
    anna, bert = tafel.join(ANNA), tafel.join(BERT)
    naam = a_locatie(anna)["naam"]
    bert.page.locator(".rij-knop").filter(has_text=naam).first.focus()
    open_form(anna, naam)
    anna.page.get_by_label("Naam", exact=True).fill(f"{naam} Zuid")
    save(anna)
    saved(anna)
    bert.wait("document.activeElement.textContent", verwacht=f"{naam} Zuid")


def test_the_names_of_who_is_there_are_shown_until_they_leave(tafel: Tafel) -> None:
    anna, bert = tafel.join(ANNA), tafel.join(BERT)
    aanwezig = "document.querySelector('#aanwezig').textContent"
    anna.wait(f"{aanwezig}.includes('Bert, Woningcorporatie Woonstichting De Zilverreiger')")
    open_form(bert, a_locatie(bert)["naam"])
    anna.wait(f"{aanwezig}.includes('De Zilverreiger (bewerkt)')")


@pytest.mark.parametrize("viewport", [BREED, SMAL], ids=["beamer", "telefoon"])
@pytest.mark.parametrize("toestand", ["wie", "markeren", "formulier", "nieuw", "botsing"])
def test_axe_finds_nothing_and_every_target_is_44_pixels(
    tafel: Tafel,
    axe: str,
    plek: list[tuple[float, float]],
    viewport: dict[str, int],
    toestand: str,
) -> None:
    blad = tafel.join(None if toestand == "wie" else ANNA, viewport)
    bring_to(blad, tafel, toestand, plek)
    blad.settle()
    assert run_axe(blad, axe) == []
    assert blad.page.evaluate(TE_KLEIN) == []
    assert blad.page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    assert blad.buiten == []
    assert [fout for fout in blad.fouten if "412" not in fout] == []


def bring_to(blad: Bladzijde, tafel: Tafel, toestand: str, plek: list[tuple[float, float]]) -> None:
    if toestand == "wie":
        blad.page.get_by_role("button", name="Wie bent u?").click()
    elif toestand in {"markeren", "nieuw"}:
        mark(blad, plek[:1])
        blad.page.get_by_text("Kies uit de percelen in beeld").click()
        blad.page.locator("#markeer-inbeeld input").first.wait_for()
        if toestand == "nieuw":
            blad.page.get_by_role("button", name="Maak locatie").click()
            blad.page.get_by_label("Naam", exact=True).wait_for()
    else:
        naam = a_locatie(blad)["naam"]
        open_form(blad, naam)
    if toestand == "botsing":
        bert = tafel.join(BERT)
        open_form(bert, naam)
        bert.page.get_by_label("Naam", exact=True).fill("Van Bert")
        save(bert)
        saved(bert)
        blad.page.get_by_label("Naam", exact=True).fill("Van Anna")
        save(blad)
        blad.page.locator("#botsing-dialoog[open]").wait_for()
