"""The page with tiles in headless Chromium: opening, panning, frames and picking."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from browser import find_chromium

BEELD = {"width": 1600, "height": 900}
STRAAT_ZOOM, WIJDST_ZOOM = 13, 10
GRENZEN = {
    "first usable map": 1500, "tiles after a pan, street level": 400, "pick, id": 50,
    "pick, with details": 50,
}  # fmt: skip
GRENS_FPS = 55

_KLAAR = """(() => {
    const doeken = [...document.querySelectorAll("canvas.tegel")];
    return doeken.length > 0 && doeken.every((doek) => doek.matches(".leaflet-tile-loaded"));
})()"""
_NAAR = """([x, y, zoom]) => map_hoofd.setView(L.CRS.RD.fromRd(x, y), zoom, {animate: false})"""
# A pan by jumps of half a screen; what counts is the moment at which the last tile is painted.
_SPRING = """() => new Promise((klaar) => {
    const begin = performance.now();
    map_hoofd.panBy([700, 300], {animate: false});
    const kijk = () => {
        const doeken = [...document.querySelectorAll("canvas.tegel")];
        if (doeken.every((doek) => doek.matches(".leaflet-tile-loaded"))) {
            requestAnimationFrame(() => klaar(performance.now() - begin));
        } else {
            setTimeout(kijk, 2);
        }
    };
    kijk();
})"""
# Five animated pans, with the time between every two frames.
_PANNEN = """() => new Promise((klaar) => {
    const tijden = [];
    let vorige = performance.now();
    let loopt = true;
    const tik = (nu) => {
        tijden.push(nu - vorige);
        vorige = nu;
        if (loopt) requestAnimationFrame(tik);
    };
    requestAnimationFrame(tik);
    let keer = 0;
    const schuif = () => {
        if (keer === 5) {
            loopt = false;
            klaar(tijden.slice(1));
            return;
        }
        keer += 1;
        map_hoofd.panBy(keer % 2 ? [400, 150] : [250, -300], {duration: 0.8, easeLinearity: 0.6});
        map_hoofd.once("moveend", () => setTimeout(schuif, 30));
    };
    schuif();
})"""
_PRIK = """() => new Promise((klaar) => {
    const vak = map_hoofd.getContainer();
    const plek = document.querySelector(".plek");
    const begin = performance.now();
    let eerst = null;
    const kijker = new MutationObserver(() => {
        if (plek.hidden || !plek.querySelector("li")) return;
        eerst ??= performance.now() - begin;
        const namen = [...plek.querySelectorAll("li b")];
        if (namen.length && namen.length === plek.querySelectorAll("li").length) {
            kijker.disconnect();
            klaar([eerst, performance.now() - begin]);
        }
    });
    kijker.observe(plek, {childList: true, subtree: true, attributes: true});
    vak.focus();
    vak.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", bubbles: true}));
    setTimeout(() => klaar(null), 3000);
})"""


def measure_page(map_: Path, plekken: Any, ronden: int) -> str:
    """Return the table of the page; a line that says so without a Chromium."""
    chromium = find_chromium()
    if chromium is None or find_spec("playwright") is None:
        return "## The page\n\nSkipped: no Chromium, or no playwright.\n"
    # Of the test extras, which the other benchmarks do without.
    from playwright.sync_api import sync_playwright  # noqa: PLC0415
    from schermafbeelding import ARGUMENTEN  # noqa: PLC0415

    proces, url = _start(map_)
    try:
        with sync_playwright() as speler:
            browser = speler.chromium.launch(executable_path=chromium, args=list(ARGUMENTEN))
            metingen = _measure(browser, url, plekken, ronden)
            versie = browser.version
            browser.close()
    finally:
        proces.terminate()
        proces.wait()
    return _table(metingen, versie, ronden)


def _start(map_: Path) -> tuple[subprocess.Popen[str], str]:
    """Start the server; return the process and the address that it prints."""
    opdracht = [sys.executable, "-u", str(Path(__file__).with_name("bench_tegels_server.py"))]
    proces = subprocess.Popen([*opdracht, str(map_)], stdout=subprocess.PIPE, text=True)
    for regel in proces.stdout or ():
        if "http://" in regel:
            return proces, regel.split("op ")[1].split()[0]
    raise SystemExit("De kaart is niet gestart.")


def _measure(browser: Any, url: str, plekken: Any, ronden: int) -> dict[str, list[float]]:
    uit: dict[str, list[float]] = {}
    for ronde in range(ronden):
        # A context of its own: nothing is in the browser's cache.
        context = browser.new_context(viewport=BEELD, locale="nl-NL")
        page = context.new_page()
        begin = time.perf_counter()
        page.goto(url, wait_until="commit")
        _wait(page, f"window.map_hoofd !== undefined && {_KLAAR}")
        uit.setdefault("first usable map", []).append((time.perf_counter() - begin) * 1000)
        for zoom, woord in ((STRAAT_ZOOM, "street level"), (WIJDST_ZOOM, "widest with parcels")):
            x, y = plekken[ronde]
            page.evaluate(_NAAR, [x, y, zoom])
            page.wait_for_timeout(150)
            _wait(page, _KLAAR)
            for _ in range(4):
                uit.setdefault(f"tiles after a pan, {woord}", []).append(page.evaluate(_SPRING))
            page.evaluate(_NAAR, [x, y, zoom])
            page.wait_for_timeout(300)
            uit.setdefault(f"frame, {woord}", []).extend(page.evaluate(_PANNEN))
        for x, y in plekken[20 * ronde : 20 * ronde + 20]:
            page.evaluate(_NAAR, [x, y, STRAAT_ZOOM])
            page.wait_for_timeout(150)
            _wait(page, _KLAAR)
            geprikt = page.evaluate(_PRIK)
            if geprikt is None:
                uit.setdefault("pick, none", []).append(1.0)
                continue
            uit.setdefault("pick, id", []).append(geprikt[0])
            uit.setdefault("pick, with details", []).append(geprikt[1])
        context.close()
    return uit


def _wait(page: Any, script: str) -> None:
    einde = time.monotonic() + 60
    while not page.evaluate(script):
        if time.monotonic() > einde:
            raise SystemExit(f"De pagina werd niet klaar: {script}")
        time.sleep(0.01)


def _table(metingen: dict[str, list[float]], versie: str, ronden: int) -> str:
    regels = [
        "## The page\n",
        (
            f"Chromium {versie}, headless, without a graphics card, {BEELD['width']} by "
            f"{BEELD['height']}; opened {ronden} times with an empty cache, the server's memory of "
            "tiles filling as it goes. Both layers are on, no verdicts are made. Milliseconds.\n"
        ),
        "| what | n | median | p95 | aim |",
        "|---|---|---|---|---|",
    ]
    for naam, tijden in metingen.items():
        if naam.startswith("frame"):
            fps = 1000 / statistics.median(tijden)
            regels.append(
                f"| frames per second while panning{naam.removeprefix('frame')} | {len(tijden)} "
                f"| {fps:.0f} | {1000 / _p95(tijden):.0f} | {GRENS_FPS} |"
            )
        else:
            grens = GRENZEN.get(naam, "")
            regels.append(
                f"| {naam} | {len(tijden)} | {statistics.median(tijden):.0f} "
                f"| {_p95(tijden):.0f} | {grens} |"
            )
    return "\n".join(regels) + "\n"


def _p95(tijden: list[float]) -> float:
    return sorted(tijden)[min(int(len(tijden) * 0.95), len(tijden) - 1)]
