"""Damaged files end in a refusal or a reading; and the run would see it if they did not."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from random import Random
from types import ModuleType

import pytest

from kaartlagen.errors import BronError
from tests.scripts import slechte_werker

INVOEREN = 330


@pytest.fixture
def fuzz(root: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    # By its own name: the process that reads imports it again.
    monkeypatch.syspath_prepend(str(root / "scripts"))
    return import_module("fuzz")


@pytest.fixture
def werker(fuzz: ModuleType) -> ModuleType:
    return import_module("fuzz_werker")


@pytest.mark.timeout(600)
@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured on Linux alone")
def test_some_hundred_damaged_files_are_read_or_refused_and_nothing_else(fuzz):
    uitslag = fuzz.run(INVOEREN, zaad=2_026)
    assert uitslag.gevallen == []
    assert sum(uitslag.tellingen.values()) == INVOEREN
    # A run in which all is refused at the door tests nothing.
    assert uitslag.tellingen["gelezen"] > INVOEREN / 10
    assert uitslag.tellingen["geweigerd"] > INVOEREN / 10


@pytest.mark.parametrize(
    ("zaad", "soort"), [(1, "te lang"), (2, "gestorven"), (3, "bestanden"), (4, "geheugen")]
)
def test_what_must_not_happen_is_counted_and_named(fuzz, monkeypatch, zaad, soort):
    monkeypatch.setattr(fuzz, "work", slechte_werker.work)
    uitslag = fuzz.run(2, zaad=zaad, tijd_s=0.5)
    assert not uitslag.geslaagd
    assert [geval[2] for geval in uitslag.gevallen] == [soort, soort]
    assert f"2 {'bestanden buiten' if soort == 'bestanden' else soort}".replace(
        "2 geheugen", "2 te veel geheugen"
    ) in fuzz._tally(uitslag)


@pytest.mark.parametrize(
    ("fout", "soort"),
    [
        (ValueError("x"), "crash"),
        (RecursionError(), "crash"),
        (AssertionError("gelezen is niet de som"), "crash"),
        (MemoryError(), "geheugen"),
        (BronError("x"), "geweigerd"),
    ],
)
def test_only_our_own_errors_are_a_refusal(werker, monkeypatch, tmp_path, fout, soort):
    def fail(*_: object, **__: object) -> None:
        raise fout

    monkeypatch.setattr(werker, "ingest", fail)
    assert werker._take(tmp_path / "a.gml", tmp_path, None, None)["soort"] == soort


def test_the_same_number_gives_the_same_damage(werker, fuzz, tmp_path):
    bronnen = (fuzz.Bron("a.gml", b"<a><b>155000 463000</b></a>" * 40),)
    (tmp_path / "bron").mkdir()
    een, twee, drie = (
        werker.make_input(bronnen, 1, nummer, tmp_path)[0].read_bytes() for nummer in (5, 5, 6)
    )
    assert een == twee != drie


def test_a_file_that_appears_or_changes_is_seen(werker, tmp_path):
    for naam in ("bron", "cwd", "project"):
        (tmp_path / naam).mkdir()
    (tmp_path / "bron" / "a.gml").write_text("a")
    vooraf = werker._listing(tmp_path)
    (tmp_path / "project" / "laag.fgb").write_text("mag")
    assert werker._listing(tmp_path) == vooraf
    (tmp_path / "bron" / "a.gfs").write_text("mag niet")
    (tmp_path / "los").write_text("mag niet")
    assert len(werker._listing(tmp_path) ^ vooraf) == 2
    (tmp_path / "bron" / "a.gml").write_text("anders")
    assert len(werker._listing(tmp_path) ^ vooraf) == 4


def test_every_way_of_damage_gives_bytes_for_every_source(fuzz, tmp_path):
    mutaties = import_module("fuzz_mutaties")
    bronnen = import_module("fuzz_bronnen").find_sources(tmp_path)
    ander = [bron.inhoud for bron in bronnen]
    veranderd = 0
    for nummer, bron in enumerate(bronnen):
        uit = mutaties.mutate(bron.inhoud, Random(nummer), ander)
        assert isinstance(uit, bytes)
        veranderd += uit != bron.inhoud
    assert veranderd > 0.8 * len(bronnen)
