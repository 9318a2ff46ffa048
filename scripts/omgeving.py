"""The project's own Python environment: make it, fill it at pinned versions, know when it is done.

Standard library only, because it runs before anything is installed, and no syntax newer than
Python 3.8, so that an old Python gets a message instead of a syntax error.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import TextIO

ROOT = Path(__file__).resolve().parent.parent
OLDEST, NEWEST = (3, 11), (3, 14)
SOURCES = (
    "pyproject.toml",
    "constraints.txt",
    "hatch_build.py",
    "webmap/frontend/package.json",
    "webmap/frontend/package-lock.json",
)
WINDOWS = os.name == "nt"
STAMP = "daeb-stempel.json"
VENDOR_STAMP = "webmap/static/vendor/stempel.json"  # left by hatch_build.py
LOG = "installatie.log"
OFFLINE = re.compile(
    r"NewConnectionError|NameResolutionError|name resolution|getaddrinfo|Network is unreachable"
    r"|ConnectTimeoutError|Connection refused|ProxyError|ENOTFOUND|EAI_AGAIN|ETIMEDOUT"
)


class InstallatieError(Exception):
    """The environment cannot be made; the Dutch message says why and how to mend it."""


class Omgeving:
    """The folder `.venv` and what is installed in it.

    Parameters
    ----------
    root
        The project's root folder, with pyproject.toml and constraints.txt.
    """

    def __init__(self, root: Path = ROOT) -> None:
        self.root = root
        self.map = root / ".venv"

    def program(self, naam: str) -> Path:
        """Return the path of a program inside the environment, whether it exists or not."""
        if WINDOWS:
            return self.map / "Scripts" / (naam + ".exe")
        return self.map / "bin" / naam

    def install(self, extra: str = "") -> bool:
        """Install the project, with an extra when named; False when that was done before.

        Raises
        ------
        InstallatieError
            When Python, venv, the network or a package stands in the way.
        """
        stempel = self._read_stamp()
        kenmerk = self.fingerprint()
        gedaan = stempel.get("kenmerk") == kenmerk and extra in stempel.get("extras", [])
        if gedaan and (self.root / VENDOR_STAMP).exists():
            return False
        check_python(sys.version_info[:2])
        begin = time.monotonic()
        if stempel.get("plaats") != self.place() or not self.program("python").exists():
            self._create()
        # From here until the end the folder counts as unfinished: what is broken off is redone.
        (self.map / STAMP).unlink(missing_ok=True)
        say("Pakketten installeren op vaste versies (de eerste keer enkele minuten)")
        self.pip_install("-e", f".[{extra}]" if extra else ".")
        eerder = stempel["extras"] if stempel.get("kenmerk") == kenmerk else []
        extras = sorted({"", extra, *eerder})
        inhoud = {"kenmerk": kenmerk, "plaats": self.place(), "extras": extras}
        (self.map / STAMP).write_text(json.dumps(inhoud, indent=1) + "\n", encoding="utf-8")
        say(f"Geïnstalleerd in {time.monotonic() - begin:.0f} seconden.")
        return True

    def fingerprint(self) -> str:
        """Return a hash over all that decides what is installed."""
        som = hashlib.sha256(self.place().encode())
        for naam in SOURCES:
            som.update(naam.encode())
            som.update((self.root / naam).read_bytes())
        return som.hexdigest()

    def place(self) -> str:
        """Name the interpreter and the folder: an environment works for one of each."""
        return f"{sys.version} {self.map}"

    def _read_stamp(self) -> dict:
        try:
            stempel = json.loads((self.map / STAMP).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return stempel if isinstance(stempel, dict) else {}

    def _create(self) -> None:
        nieuw = "opnieuw " if self.map.exists() else ""
        say(f"Python-omgeving {nieuw}maken in {self.map}")
        klaar = subprocess.run(
            [sys.executable, "-m", "venv", "--clear", str(self.map)],
            capture_output=True,
            text=True,
            check=False,
        )
        if klaar.returncode != 0:
            uitvoer = klaar.stdout + klaar.stderr
            if "ensurepip" in uitvoer or "No module named venv" in uitvoer:
                raise InstallatieError(
                    "Deze Python mist venv of ensurepip. Installeer ze met het pakketbeheer van "
                    f"het systeem (Debian en Ubuntu: python{sys.version_info[0]}."
                    f"{sys.version_info[1]}-venv) en probeer het opnieuw."
                )
            raise InstallatieError(f"De map .venv kan niet worden gemaakt:\n{uitvoer.strip()}")

    def pip_install(self, *wat: str) -> None:
        """Install at pinned versions, and keep what pip says in a log beside the packages.

        Raises
        ------
        InstallatieError
            When pip fails, with the reason in Dutch.
        """
        pins = self.root / "constraints.txt"
        # What builds our package is pinned by the same file: one of these two, by pip's age.
        # As a URI, because pip splits these variables at a space in a folder's name.
        env = {**os.environ, "PIP_CONSTRAINT": pins.as_uri(), "PIP_BUILD_CONSTRAINT": pins.as_uri()}
        env["PYTHONUNBUFFERED"] = "1"
        opdracht = [
            str(self.program("python")), "-m", "pip", "install", "--disable-pip-version-check",
            "--no-input", "--progress-bar", "off", "--only-binary", ":all:", "--no-compile",
            "-c", str(pins), *wat,
        ]  # fmt: skip
        log = self.map / LOG
        with log.open("w", encoding="utf-8") as uitvoer:
            code = self._follow(opdracht, env, uitvoer, Voortgang())
        if code != 0:
            raise InstallatieError(explain_failure(log.read_text(encoding="utf-8"), log))

    def _follow(
        self, opdracht: list[str], env: dict[str, str], uitvoer: TextIO, voortgang: Voortgang
    ) -> int:
        with subprocess.Popen(
            opdracht,
            cwd=self.root,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        ) as proces:
            for regel in proces.stdout or ():
                uitvoer.write(regel)
                voortgang.line(regel)
        voortgang.end()
        return proces.returncode


class Voortgang:
    """Turns pip's lines into one Dutch line that moves on, or a few when nobody watches."""

    PAKKET = re.compile(r"\s*(?:Collecting ([\w.-]+)|Processing .*[/\\]([\w.]+)-[^/\\]*\.whl)")
    STAPPEN = (
        ("Installing build dependencies", "bouwgereedschap ophalen"),
        (
            "Installing backend dependencies",
            "bouwgereedschap ophalen (en node, waar dat ontbreekt)",
        ),
        ("Preparing editable metadata", "pakketten zoeken"),
        ("Building editable", "Leaflet en de andere voorkantpakketten ophalen"),
        ("Installing collected packages", "uitpakken"),
    )

    def __init__(self) -> None:
        self.gezien: set[str] = set()
        self.levend = sys.stdout.isatty()
        self.breedte = 0

    def line(self, regel: str) -> None:
        """Take one line of pip's output."""
        gevonden = self.PAKKET.match(regel)
        if gevonden:
            naam = gevonden.group(1) or gevonden.group(2)
            self.gezien.add(naam.lower())
            if self.levend or len(self.gezien) % 10 == 0:
                self._show(f"  pakket {len(self.gezien)} ophalen: {naam}")
        elif "finished with status" not in regel:
            for begin, stap in self.STAPPEN:
                if regel.strip().startswith(begin):
                    self._show(f"  {stap} ...")

    def end(self) -> None:
        """Leave the moving line."""
        if self.levend and self.breedte:
            print(flush=True)

    def _show(self, tekst: str) -> None:
        if self.levend:
            print("\r" + tekst.ljust(self.breedte), end="", flush=True)
            self.breedte = len(tekst)
        else:
            say(tekst)


def check_python(versie: tuple[int, ...]) -> None:
    """Refuse a Python that the project does not support."""
    if not OLDEST <= tuple(versie) <= NEWEST:
        gevonden = ".".join(map(str, versie))
        raise InstallatieError(
            f"Dit is Python {gevonden}; nodig is Python 3.11 tot en met 3.14. "
            "Start het script met zo'n Python, bijvoorbeeld: python3.12 scripts/start.py"
        )


def explain_failure(uitvoer: str, log: Path) -> str:
    """Say in Dutch why pip stopped, with its last lines when the reason is not the network."""
    if OFFLINE.search(uitvoer):
        return (
            "Het pakketregister is niet bereikbaar. Voor de eerste installatie is een "
            "netwerkverbinding nodig; controleer die (en de proxy) en probeer het opnieuw. "
            f"Alles wat pip zei staat in {log}"
        )
    laatste = "\n".join(uitvoer.strip().splitlines()[-15:])
    return f"Installeren is mislukt:\n{laatste}\nAlles wat pip zei staat in {log}"


def say(tekst: str) -> None:
    """Print one line at once, also into a pipe."""
    print(tekst, flush=True)
