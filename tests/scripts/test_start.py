"""start.py: what is asked for reaches daeb-locaties, and installing alone serves nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def start(load: Callable[[str], ModuleType]) -> ModuleType:
    return load("scripts/start.py")


@pytest.mark.parametrize(
    ("argumenten", "opdracht"),
    [
        ([], ["daeb", "start"]),
        (["--geen-browser"], ["daeb", "start", "--geen-browser"]),
        (["--poort", "0"], ["daeb", "start", "--poort", "0"]),
        (
            ["--poort", "8123", "--project", "mijn map", "--geen-browser"],
            ["daeb", "--project", "mijn map", "start", "--poort", "8123", "--geen-browser"],
        ),
    ],
)
def test_arguments_pass_through(
    start: ModuleType, argumenten: list[str], opdracht: list[str]
) -> None:
    assert start.start_command("daeb", start.parse_args(argumenten)) == opdracht


def test_unknown_argument_is_refused(start: ModuleType) -> None:
    with pytest.raises(SystemExit) as fout:
        start.parse_args(["--browser"])
    assert fout.value.code == 2


def test_alleen_installeren_starts_nothing(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["start.py", "--alleen-installeren"])
    monkeypatch.setattr(start.Omgeving, "install", lambda omgeving: False)
    monkeypatch.setattr(subprocess, "run", lambda *a, **k: pytest.fail("something was started"))
    assert start.main() == 0
    assert "daeb-locaties" in capsys.readouterr().out


def test_failed_install_is_one_message_and_exit_code_2(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(omgeving: object) -> None:
        raise start.InstallatieError("Het pakketregister is niet bereikbaar.")

    monkeypatch.setattr(sys, "argv", ["start.py"])
    monkeypatch.setattr(start.Omgeving, "install", refuse)
    assert start.main() == 2
    assert capsys.readouterr().err == "Het pakketregister is niet bereikbaar.\n"


def test_interrupted_install_is_no_traceback(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(omgeving: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sys, "argv", ["start.py"])
    monkeypatch.setattr(start.Omgeving, "install", interrupt)
    assert start.main() == 130
    assert "Afgebroken" in capsys.readouterr().err


def test_exit_code_of_the_app_is_the_exit_code(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["start.py", "--geen-browser"])
    monkeypatch.setattr(start.Omgeving, "install", lambda omgeving: False)
    monkeypatch.setattr(
        subprocess, "run", lambda opdracht, check: subprocess.CompletedProcess(opdracht, 2)
    )
    assert start.main() == 2


@pytest.mark.parametrize("naam", ["start.py", "test.py"])
def test_script_loads_without_anything_installed(root: Path, naam: str) -> None:
    # -S: no site-packages. The name is not __main__, so nothing runs.
    laden = f"import runpy; runpy.run_path({str(root / 'scripts' / naam)!r})"
    klaar = subprocess.run(
        [sys.executable, "-S", "-B", "-c", laden],
        env={**os.environ, "PYTHONPATH": str(root / "scripts")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert klaar.returncode == 0, klaar.stderr
