"""The scripts as modules, loaded the way python loads them: with their own folder on the path."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def root() -> Path:
    return ROOT


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    """Load a script by its path from the root, under a name that hides no standard module."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))

    def load_script(pad: str) -> ModuleType:
        naam = "daeb_" + Path(pad).stem
        spec = importlib.util.spec_from_file_location(naam, ROOT / pad)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return load_script


@pytest.fixture
def omgeving_module(load: Callable[[str], ModuleType]) -> ModuleType:
    load("scripts/omgeving.py")  # sets the path; the scripts share the module of this name
    return importlib.import_module("omgeving")
