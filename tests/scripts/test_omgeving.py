"""The environment: when it is installed anew, and what a user reads when that fails."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def project(tmp_path: Path, omgeving_module: ModuleType) -> Path:
    """A root folder with every file that decides what is installed, and filled vendor files."""
    for naam in (*omgeving_module.SOURCES, omgeving_module.VENDOR_STAMP):
        (tmp_path / naam).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / naam).write_text("een\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def installaties(
    project: Path, omgeving_module: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> list[tuple[str, ...]]:
    """The calls of venv ("maak",) and pip, recorded instead of made."""
    gedaan: list[tuple[str, ...]] = []

    def create(omgeving: object) -> None:
        gedaan.append(("maak",))
        python = omgeving_module.Omgeving(project).program("python")
        python.parent.mkdir(parents=True, exist_ok=True)
        python.touch()

    monkeypatch.setattr(omgeving_module.Omgeving, "_create", create)
    monkeypatch.setattr(
        omgeving_module.Omgeving, "pip_install", lambda omgeving, *wat: gedaan.append(wat)
    )
    return gedaan


def test_second_install_does_nothing(
    project: Path, omgeving_module: ModuleType, installaties: list[tuple[str, ...]]
) -> None:
    assert omgeving_module.Omgeving(project).install() is True
    assert omgeving_module.Omgeving(project).install() is False
    assert installaties == [("maak",), ("-e", ".")]


def test_extra_is_added_to_what_is_there_and_covers_the_plain_install(
    project: Path, omgeving_module: ModuleType, installaties: list[tuple[str, ...]]
) -> None:
    omgeving_module.Omgeving(project).install()
    assert omgeving_module.Omgeving(project).install("test") is True
    assert omgeving_module.Omgeving(project).install() is False
    assert installaties == [("maak",), ("-e", "."), ("-e", ".[test]")]


def test_every_source_file_decides(
    project: Path, omgeving_module: ModuleType, installaties: list[tuple[str, ...]]
) -> None:
    for naam in omgeving_module.SOURCES:
        omgeving_module.Omgeving(project).install()
        installaties.clear()
        (project / naam).write_text(f"anders: {naam}\n", encoding="utf-8")
        assert omgeving_module.Omgeving(project).install() is True, naam
        assert installaties == [("-e", ".")], "a changed pin is installed into what is there"


def test_changed_pins_forget_the_extras_of_before(
    project: Path, omgeving_module: ModuleType, installaties: list[tuple[str, ...]]
) -> None:
    omgeving_module.Omgeving(project).install("test")
    (project / "constraints.txt").write_text("click==2\n", encoding="utf-8")
    omgeving_module.Omgeving(project).install()
    assert omgeving_module.Omgeving(project).install("test") is True


def test_interrupted_install_starts_from_an_empty_environment(
    project: Path,
    omgeving_module: ModuleType,
    installaties: list[tuple[str, ...]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    omgeving_module.Omgeving(project).install()
    (project / "constraints.txt").write_text("click==2\n", encoding="utf-8")

    def interrupt(omgeving: object, *wat: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as afbreken:
        afbreken.setattr(omgeving_module.Omgeving, "pip_install", interrupt)
        with pytest.raises(KeyboardInterrupt):
            omgeving_module.Omgeving(project).install()
    installaties.clear()
    assert omgeving_module.Omgeving(project).install() is True
    assert installaties == [("maak",), ("-e", ".")]


def test_missing_vendor_files_are_fetched_again(
    project: Path, omgeving_module: ModuleType, installaties: list[tuple[str, ...]]
) -> None:
    omgeving_module.Omgeving(project).install()
    (project / omgeving_module.VENDOR_STAMP).unlink()
    assert omgeving_module.Omgeving(project).install() is True


def test_moved_folder_and_other_python_make_a_new_environment(
    project: Path, omgeving_module: ModuleType, installaties: list[tuple[str, ...]]
) -> None:
    omgeving_module.Omgeving(project).install()
    stempel = project / ".venv" / omgeving_module.STAMP
    inhoud = json.loads(stempel.read_text(encoding="utf-8"))
    assert str(project) in inhoud["plaats"]
    assert sys.version in inhoud["plaats"]
    stempel.write_text(json.dumps({**inhoud, "plaats": "elders", "kenmerk": ""}), encoding="utf-8")
    installaties.clear()
    omgeving_module.Omgeving(project).install()
    assert installaties[0] == ("maak",)


@pytest.mark.parametrize("rommel", ["", "{", "[]", "null"])
def test_unreadable_stamp_counts_as_none(
    project: Path, omgeving_module: ModuleType, installaties: list[tuple[str, ...]], rommel: str
) -> None:
    omgeving_module.Omgeving(project).install()
    (project / ".venv" / omgeving_module.STAMP).write_text(rommel, encoding="utf-8")
    assert omgeving_module.Omgeving(project).install() is True


@pytest.mark.parametrize(("windows", "map_"), [(True, "Scripts"), (False, "bin")])
def test_programs_stand_where_the_system_keeps_them(
    omgeving_module: ModuleType, monkeypatch: pytest.MonkeyPatch, windows: bool, map_: str
) -> None:
    omgeving = omgeving_module.Omgeving()
    monkeypatch.setattr(omgeving_module, "WINDOWS", windows)
    assert omgeving.program("daeb-locaties").parts[-2] == map_


@pytest.mark.parametrize("versie", [(3, 11), (3, 12), (3, 13), (3, 14)])
def test_supported_pythons_pass(omgeving_module: ModuleType, versie: tuple[int, int]) -> None:
    omgeving_module.check_python(versie)


@pytest.mark.parametrize("versie", [(3, 10), (3, 15), (2, 7)])
def test_other_pythons_are_refused_in_dutch(
    omgeving_module: ModuleType, versie: tuple[int, int]
) -> None:
    with pytest.raises(omgeving_module.InstallatieError, match=r"nodig is Python 3\.11 tot en met"):
        omgeving_module.check_python(versie)


def test_no_network_is_told_as_such(omgeving_module: ModuleType, tmp_path: Path) -> None:
    uitvoer = "WARNING: Retrying after connection broken by 'NewConnectionError(...)'\nERROR: x"
    assert "niet bereikbaar" in omgeving_module.explain_failure(uitvoer, tmp_path / "log")


def test_other_failures_show_the_last_lines_of_pip(
    omgeving_module: ModuleType, tmp_path: Path
) -> None:
    uitvoer = "\n".join(f"regel {i}" for i in range(40)) + "\nERROR: No matching distribution"
    melding = omgeving_module.explain_failure(uitvoer, tmp_path / "log")
    assert "ERROR: No matching distribution" in melding
    assert "regel 2\n" not in melding
    assert str(tmp_path / "log") in melding


def test_progress_counts_each_package_once(
    omgeving_module: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    voortgang = omgeving_module.Voortgang()
    for nummer in range(10):
        voortgang.line(f"Collecting pakket{nummer}>=1 (from daeb-locaties==0.1.0)\n")
        voortgang.line(f"Collecting pakket{nummer} (from iets)\n")
    voortgang.line("Processing /wielen/flask-3.1.3-py3-none-any.whl (from daeb-locaties)\n")
    voortgang.line("Installing collected packages: a, b\n")
    voortgang.end()
    assert len(voortgang.gezien) == 11
    assert capsys.readouterr().out.splitlines() == [
        "  pakket 10 ophalen: pakket9",
        "  pakket 10 ophalen: pakket9",
        "  uitpakken ...",
    ]
