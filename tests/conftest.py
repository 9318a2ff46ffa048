"""What all tests share: real data, an empty project folder, the browser, CI's strictness."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import settings
from sqlalchemy import create_engine, text

from daeb_locaties.register import Register, Registerplaats

ROOT = Path(__file__).resolve().parent.parent
# Tests that need something of the machine, by their mark.
ZWAAR = {"browser": "browsertests", "postgres": "databasetests"}
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


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Any]:
    """A PostgreSQL with PostGIS of our own; without one the test is skipped, and CI fails."""
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        script = _load_script("postgres")
    finally:
        sys.path.pop(0)
    with script.running_server() as server:
        if server is None:
            pytest.skip("geen PostgreSQL met PostGIS gevonden (DAEB_POSTGRES wijst er een aan)")
        yield server


@pytest.fixture(scope="session")
def copy_database(postgres_server: Any) -> Iterator[Callable[[str], str]]:
    """Make databases on the server, each a copy of one that is there."""
    beheer = Registerplaats.parse(postgres_server.adres("postgres")).url
    engine = create_engine(beheer, isolation_level="AUTOCOMMIT")
    nummers = count(1)

    def copy(mal: str) -> str:
        naam = f"proef{next(nummers)}"
        with engine.connect() as verbinding:
            verbinding.execute(text(f"CREATE DATABASE {naam} TEMPLATE {mal}"))
        adres: str = postgres_server.adres(naam)
        return adres

    yield copy
    engine.dispose()


@pytest.fixture(scope="session")
def make_database(copy_database: Callable[[str], str]) -> Callable[[], str]:
    """Make empty registers on the server: making the tables anew each time would be slow."""
    plaats = Registerplaats.parse(copy_database("template1"))
    with Register(plaats) as register:
        assert register.locaties() == ()
    return lambda: copy_database(str(plaats.url.database))


@pytest.fixture
def make_bare_database(copy_database: Callable[[str], str]) -> Callable[[], str]:
    """Make databases without a single table, but with PostGIS."""

    def make() -> str:
        adres = copy_database("template1")
        engine = create_engine(Registerplaats.parse(adres).url)
        with engine.begin() as verbinding:
            verbinding.execute(text("CREATE EXTENSION postgis"))
        engine.dispose()
        return adres

    return make


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def registerplaats(request: pytest.FixtureRequest, tmp_path: Path) -> Registerplaats:
    """An empty register: the test runs once on SQLite and once on PostgreSQL with PostGIS."""
    if request.param == "sqlite":
        return Registerplaats.of_file(tmp_path / "register.sqlite")
    return Registerplaats.parse(request.getfixturevalue("make_database")())


def skipped_tests(config: pytest.Config, merk: str) -> list[str]:
    """Name the tests with a mark (browser, postgres) that were skipped in this run."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    overgeslagen = reporter.stats.get("skipped", []) if reporter else []
    return [verslag.nodeid for verslag in overgeslagen if merk in verslag.keywords]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a test with such a mark that was skipped is a test that failed."""
    if IN_CI and any(skipped_tests(session.config, merk) for merk in ZWAAR):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say loudly which of them did not run."""
    for merk, naam in ZWAAR.items():
        overgeslagen = skipped_tests(config, merk)
        if overgeslagen:
            gevolg = "; in CI is dat een fout" if IN_CI else ""
            terminalreporter.section(f"{naam} overgeslagen", sep="!", red=True)
            terminalreporter.line(f"{len(overgeslagen)} {naam} zijn NIET gedraaid{gevolg}.")
