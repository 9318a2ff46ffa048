"""What all tests share: real data, an empty project folder, the browser, CI's strictness."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}

# How long an example takes says nothing about the code on a shared machine.
settings.register_profile("lokaal", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if IN_CI else "lokaal")


def _load_script(naam: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(naam, ROOT / "scripts" / f"{naam}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def data_map() -> Path:
    """The folder with real files; tests that need it are skipped where it is absent."""
    pad = Path(os.environ.get("DAEB_DATA") or ROOT.parent / "shared" / "data")
    if not pad.is_dir():
        pytest.skip(f"geen echte bestanden in {pad} (DAEB_DATA wijst een andere map aan)")
    return pad


@pytest.fixture
def project_map(tmp_path: Path) -> Path:
    """A project folder that does not exist yet, as on a first run."""
    return tmp_path / "daeb-project"


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium-like browser; without one the test is skipped, and CI fails."""
    pad: str | None = _load_script("browser").find_chromium()
    if pad is None:
        pytest.skip("geen Chromium gevonden (DAEB_CHROMIUM wijst er een aan)")
    return pad


def skipped_browser_tests(config: pytest.Config) -> list[str]:
    """Name the browser tests that were skipped in this run."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    overgeslagen = reporter.stats.get("skipped", []) if reporter else []
    return [verslag.nodeid for verslag in overgeslagen if "browser" in verslag.keywords]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a browser test that was skipped is a browser test that failed."""
    if IN_CI and skipped_browser_tests(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say loudly which browser tests did not run."""
    overgeslagen = skipped_browser_tests(config)
    if overgeslagen:
        gevolg = "; in CI is dat een fout" if IN_CI else ""
        terminalreporter.section("browsertests overgeslagen", sep="!", red=True)
        terminalreporter.line(f"{len(overgeslagen)} browsertests zijn NIET gedraaid{gevolg}.")
