"""What is committed: pins without addresses, and a wheel that carries what the page needs."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

# In pieces, because this file is committed too.
REGISTRIES = re.compile(
    "|".join(
        map(
            re.escape,
            (
                "py" + "pi.org",
                "python" + "hosted.org",
                "npm" + "js.org",
                "npm" + "js.com",
                "yarn" + "pkg.com",
                "deb." + "debian.org",
                "ana" + "conda.org",
            ),
        )
    ),
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def committed() -> tuple[Path, ...]:
    """Every file that git holds or would take, as absolute paths."""
    root = Path(__file__).resolve().parents[2]
    if not (root / ".git").exists() or shutil.which("git") is None:
        pytest.skip("geen git-werkmap")
    opdracht = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    namen = subprocess.run(opdracht, cwd=root, capture_output=True, text=True, check=True).stdout
    return tuple(root / naam for naam in namen.split("\0") if naam and (root / naam).is_file())


def test_no_file_names_a_package_registry(committed: tuple[Path, ...]) -> None:
    genoemd = [
        f"{pad}: {gevonden.group()}"
        for pad in committed
        if (gevonden := REGISTRIES.search(pad.read_text(encoding="utf-8", errors="ignore")))
    ]
    assert genoemd == []


def test_front_end_packages_are_not_in_git(committed: tuple[Path, ...]) -> None:
    assert [pad for pad in committed if "vendor" in pad.parts or "node_modules" in pad.parts] == []


def test_lock_file_has_integrity_and_no_addresses(root: Path) -> None:
    frontend = root / "webmap" / "frontend"
    lock = json.loads((frontend / "package-lock.json").read_text(encoding="utf-8"))
    pakketten = {naam: inhoud for naam, inhoud in lock["packages"].items() if naam}
    assert pakketten
    assert all(inhoud["integrity"].startswith("sha512-") for inhoud in pakketten.values())
    assert [naam for naam, inhoud in pakketten.items() if "resolved" in inhoud] == []
    manifest = json.loads((frontend / "package.json").read_text(encoding="utf-8"))
    assert lock["packages"][""]["dependencies"] == manifest["dependencies"]
    assert lock["packages"][""]["devDependencies"] == manifest["devDependencies"]


def test_every_front_end_package_brings_its_licence(root: Path) -> None:
    manifest = json.loads((root / "webmap/frontend/package.json").read_text(encoding="utf-8"))
    for lijst in ("vendor", "testVendor"):
        for pakket, patronen in manifest[lijst].items():
            assert any("license" in patroon.lower() for patroon in patronen), pakket


def pins(root: Path) -> list[str]:
    regels = (root / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return [regel for regel in regels if regel and not regel.startswith("#")]


def test_constraints_are_pins_and_nothing_else(root: Path) -> None:
    vorm = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*==[0-9][0-9A-Za-z.]*")
    assert [regel for regel in pins(root) if not vorm.fullmatch(regel)] == []


def test_every_dependency_is_pinned_once(root: Path) -> None:
    def normal(naam: str) -> str:
        return re.sub(r"[-_.]+", "-", naam).lower()

    vast = [normal(regel.split("==")[0]) for regel in pins(root)]
    assert len(vast) == len(set(vast))
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    gevraagd = [
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["test"],
        *project["build-system"]["requires"],
    ]
    namen = {normal(re.split(r"[<>=!~;\s\[]", eis, maxsplit=1)[0]) for eis in gevraagd}
    assert namen - set(vast) == set()


@pytest.fixture(scope="module")
def wheel(committed: tuple[Path, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from what is committed, with the vendor files that are there: no network."""
    pytest.importorskip("hatchling")
    root = Path(__file__).resolve().parents[2]
    vendor = root / "webmap" / "static" / "vendor"
    if not (vendor / "stempel.json").is_file():
        pytest.skip("vendorbestanden ontbreken; python hatch_build.py haalt ze op")
    kopie = tmp_path_factory.mktemp("bron")
    for pad in committed:
        doel = kopie / pad.relative_to(root)
        doel.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(pad, doel)
    shutil.copytree(vendor, kopie / "webmap" / "static" / "vendor")
    uit = tmp_path_factory.mktemp("wiel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(uit)],
        cwd=kopie,
        env={**os.environ, "PATH": "/bestaat-niet"},  # no node, no npm, no git
        check=True,
        capture_output=True,
    )
    return next(uit.glob("*.whl"))


@pytest.mark.traag
def test_wheel_carries_the_front_end_with_its_licences(wheel: Path) -> None:
    namen = set(zipfile.ZipFile(wheel).namelist())
    vendor = "webmap/static/vendor/"
    assert {
        vendor + "leaflet/leaflet.js",
        vendor + "leaflet/leaflet.css",
        vendor + "leaflet/images/marker-icon.png",
        vendor + "leaflet/LICENSE",
        vendor + "proj4/proj4.js",
        vendor + "proj4/LICENSE.md",
    } <= namen


@pytest.mark.traag
def test_wheel_holds_the_packages_and_nothing_of_the_tests(
    wheel: Path, committed: tuple[Path, ...], root: Path
) -> None:
    namen = set(zipfile.ZipFile(wheel).namelist())
    toppen = {naam.split("/")[0] for naam in namen}
    assert toppen == {
        "kaartlagen",
        "daeb_locaties",
        "webmap",
        wheel.name.split("-py3")[0] + ".dist-info",
    }
    assert [naam for naam in namen if "axe" in naam or "node_modules" in naam] == []
    weg = {"package.json", "package-lock.json", ".npmrc"}
    eigen = {
        pad.relative_to(root).as_posix()
        for pad in committed
        if pad.relative_to(root).parts[0] in {"kaartlagen", "daeb_locaties", "webmap"}
        and pad.name not in weg
    }
    assert eigen - namen == set(), "templates, styles and type markers travel along"


@pytest.mark.traag
def test_wheel_installs_where_there_is_no_node(wheel: Path, tmp_path: Path) -> None:
    opties = ["--disable-pip-version-check", "--no-index", "--no-deps", "--no-compile", "--target"]
    klaar = subprocess.run(
        [sys.executable, "-m", "pip", "install", *opties, str(tmp_path / "doel"), str(wheel)],
        env={**os.environ, "PATH": "/bestaat-niet"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert klaar.returncode == 0, klaar.stderr
    assert (tmp_path / "doel" / "webmap" / "static" / "vendor" / "leaflet" / "leaflet.js").is_file()
    assert any((tmp_path / "doel").glob("bin/daeb-locaties*")) or os.name == "nt"
