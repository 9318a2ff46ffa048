"""A page under watch: every request, console message and policy violation is kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

BREED = {"width": 1440, "height": 900}
SMAL = {"width": 390, "height": 844}
_WACHT_S = 10.0
_STIL_S = 0.5
_WERKER = "/live-werker.js"


@dataclass
class Bladzijde:
    """A page and what it did."""

    page: Page
    verzoeken: list[str] = field(default_factory=list)
    fouten: list[str] = field(default_factory=list)
    vensters: list[str] = field(default_factory=list)
    lopend: set[Any] = field(default_factory=set)
    laatst: float = field(default_factory=time.monotonic)

    def note(self, verzoek: Any, *, begint: bool) -> None:
        """Note that a request began or ended."""
        self.laatst = time.monotonic()
        if begint:
            self.verzoeken.append(verzoek.url)
        if begint and not verzoek.url.endswith(_WERKER):
            self.lopend.add(verzoek)
        else:
            self.lopend.discard(verzoek)

    @property
    def buiten(self) -> list[str]:
        """The requests that left the machine."""
        return [v for v in self.verzoeken if urlsplit(v).hostname not in {"127.0.0.1", None}]

    def wait(self, script: str, *, verwacht: Any = True) -> None:
        """Poll an expression until it gives the value: the policy forbids wait_for_function."""
        wait_until(lambda: self.page.evaluate(script) == verwacht, script)

    def wait_for_request(self, deel: str) -> None:
        """Wait until an address with this in it was asked for."""

        def is_asked() -> bool:
            self.page.wait_for_timeout(20)  # lets the events of the page come in
            return any(deel in verzoek for verzoek in self.verzoeken)

        wait_until(is_asked, deel)

    def open(self, url: str) -> None:
        """Open the page and wait until the locaties stand on the map."""
        self.page.goto(url)
        self.wait("window.map_hoofd !== undefined")
        self.settle()

    def settle(self) -> None:
        """Wait until nothing was asked for half a second.

        Playwright's own network idle never comes: the shared worker with its stream stays.
        """

        def is_still() -> bool:
            self.page.wait_for_timeout(50)  # lets the events of the page come in
            return not self.lopend and time.monotonic() - self.laatst > _STIL_S

        wait_until(is_still, "rust op het netwerk")


def wait_until(klopt: Callable[[], bool], wat: str) -> None:
    einde = time.monotonic() + _WACHT_S
    while not klopt():
        if time.monotonic() > einde:
            raise AssertionError(f"bleef uit: {wat}")
        time.sleep(0.05)


@contextmanager
def opened(
    browser: Browser, viewport: dict[str, int] = BREED, **opties: Any
) -> Iterator[Bladzijde]:
    """Open a page in a context of its own."""
    context = browser.new_context(viewport=viewport, locale="nl-NL", **opties)
    blad = Bladzijde(context.new_page())
    blad.page.on("request", lambda verzoek: blad.note(verzoek, begint=True))
    blad.page.on("requestfinished", lambda verzoek: blad.note(verzoek, begint=False))
    blad.page.on("requestfailed", lambda verzoek: blad.note(verzoek, begint=False))
    blad.page.on(
        "console",
        lambda bericht: (
            blad.fouten.append(bericht.text) if bericht.type in {"error", "warning"} else None
        ),
    )
    blad.page.on("pageerror", lambda fout: blad.fouten.append(str(fout)))

    def refuse(venster: Any) -> None:
        blad.vensters.append(venster.message)
        venster.dismiss()

    blad.page.on("dialog", refuse)
    yield blad
    context.close()
