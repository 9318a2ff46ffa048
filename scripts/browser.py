"""Find a Chromium for the browser tests, or install one with the system's package manager."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
PLACES = {
    "darwin": (
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ),
    "win32": (
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
        r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ),
}
# Per package manager: does it need root, and the commands that install Chromium.
MANAGERS = {
    "apt-get": (
        True,
        (["apt-get", "update", "-q"], ["apt-get", "install", "-y", "-q", "chromium"]),
    ),
    "dnf": (True, (["dnf", "install", "-y", "-q", "chromium"],)),
    "zypper": (True, (["zypper", "--non-interactive", "install", "chromium"],)),
    "pacman": (True, (["pacman", "-Sy", "--noconfirm", "chromium"],)),
    "apk": (True, (["apk", "add", "chromium"],)),
    "brew": (False, (["brew", "install", "--cask", "chromium"],)),
}


def find_chromium() -> str | None:
    """Return the path of a Chromium-like browser; DAEB_CHROMIUM goes before all."""
    gevraagd = os.environ.get("DAEB_CHROMIUM")
    if gevraagd:
        return gevraagd
    for naam in NAMES:
        pad = shutil.which(naam)
        if pad:
            return pad
    return next((pad for pad in PLACES.get(sys.platform, ()) if Path(pad).is_file()), None)


def install_chromium() -> str | None:
    """Install Chromium where that needs no question to anybody; return its path or None."""
    for manager, (needs_root, opdrachten) in MANAGERS.items():
        if shutil.which(manager) is None:
            continue
        voor = root_prefix() if needs_root else []
        if voor is None:
            return None
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for opdracht in opdrachten:
            klaar = subprocess.run(
                [*voor, *opdracht], env=env, stdin=subprocess.DEVNULL, check=False
            )
            if klaar.returncode != 0:
                return None
        return find_chromium()
    return None


def root_prefix() -> list[str] | None:
    """Return what to put before a command that needs root; None when root is out of reach."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    klaar = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if klaar.returncode == 0 else None
