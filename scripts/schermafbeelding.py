"""Renew the screenshots of the README: python3 scripts/schermafbeelding.py [--project MAP].

Needs the test extras and a Chromium. Without --project a fresh example region is made.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from browser import find_chromium
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
MATEN = {"schermafbeelding.png": (1440, 900), "schermafbeelding-telefoon.png": (390, 844)}
# Lies at the edge of the town and is double with its neighbour: every layer is in sight.
LOCATIE = "Groene Loper"
ARGUMENTEN = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def start_kaart(project: Path) -> tuple[subprocess.Popen[str], str]:
    """Start the map on a free port; return the process and the address that it prints."""
    code = (
        "import sys; from pathlib import Path; from webmap.opdrachten import start; "
        "start(args=['--geen-browser', '--poort', '0'], obj=Path(sys.argv[1]))"
    )
    proces = subprocess.Popen(
        [sys.executable, "-u", "-c", code, str(project)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    for regel in proces.stdout or ():
        if "http://" in regel:
            return proces, regel.split("op ")[1].split()[0]
    raise SystemExit("De kaart is niet gestart.")


def photograph(page: Page, url: str, doel: Path, locatie: str) -> None:
    """Open the page, choose a locatie, and write the picture."""
    page.goto(url)
    page.wait_for_timeout(2500)  # the stream keeps the network from ever being idle
    page.locator(".rij-knop").filter(has_text=locatie).first.click()
    page.wait_for_timeout(2500)
    page.evaluate("window.scrollTo(0, 0)")
    page.screenshot(path=doel)


def main() -> int:
    parser = argparse.ArgumentParser(description="Maakt de schermafbeeldingen van de README.")
    parser.add_argument("--project", type=Path, help="een bestaande projectmap")
    parser.add_argument("--locatie", default=LOCATIE, help="waarvan het paneel open staat")
    parser.add_argument("--doel", type=Path, default=ROOT / "docs", help="map voor de beelden")
    args = parser.parse_args()
    chromium = find_chromium()
    if chromium is None:
        print("Geen Chromium gevonden; wijs er een aan met DAEB_CHROMIUM.", file=sys.stderr)
        return 2
    args.doel.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="daeb-beeld-") as map_:
        proces, url = start_kaart(args.project or Path(map_) / "voorbeeld")
        try:
            with sync_playwright() as speler:
                browser = speler.chromium.launch(executable_path=chromium, args=list(ARGUMENTEN))
                for naam, (breedte, hoogte) in MATEN.items():
                    page = browser.new_page(
                        viewport={"width": breedte, "height": hoogte},
                        locale="nl-NL",
                        reduced_motion="reduce",
                    )
                    photograph(page, url, args.doel / naam, args.locatie)
                    print(args.doel / naam)
                browser.close()
        finally:
            proces.terminate()
            proces.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
