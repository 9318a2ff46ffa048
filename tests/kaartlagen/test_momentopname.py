"""The facts of a snapshot as text: whole, and readable whoever wrote them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import daeb_locaties
import kaartlagen
from kaartlagen.errors import OpslagError
from kaartlagen.herkomst import Herkomst
from kaartlagen.momentopname import Momentopname, from_text, to_text

PAD = Path("lagen/percelen/x.fgb")

# As the first version wrote it: no owner, no terms, no address, no versions.
OUD = """{"vorm": 1, "id": "percelen-2024-01-01-abc", "laag": "percelen", "herkomst":
{"bron": "a.gpkg", "bestand": "a.gpkg", "sha256": "00", "soort": "percelen",
"vorm": "GeoPackage", "crs_bron": "EPSG:28992", "peildatum": "2024-01-01",
"ingelezen_op": "2026-01-01T12:00:00+00:00", "versie": "kaartlagen-lezer 1"},
"aantal": 1, "bbox_rd": [1.0, 2.0, 3.0, 4.0], "oppervlakte_m2": 4.0, "bevindingen":
[{"code": "KL304", "niveau": "waarschuwing", "aantal": 1, "uitleg": "x", "voorbeelden": ["a"]}]}"""


def snapshot(**velden: object) -> Momentopname:
    herkomst = Herkomst(
        bron="a.gpkg",
        bestand="a.gpkg",
        sha256="00",
        soort="percelen",
        vorm="GeoPackage",
        crs_bron="EPSG:28992",
        peildatum=date(2024, 1, 1),
        ingelezen_op=datetime(2026, 1, 1, 12, tzinfo=UTC),
        **velden,
    )
    return Momentopname("id", "percelen", herkomst, 1, (1.0, 2.0, 3.0, 4.0), 4.0, PAD)


def test_all_that_is_known_of_a_source_comes_back():
    opname = snapshot(
        eigenaar="Kadaster",
        licentie="CC BY 4.0",
        url="https://voorbeeld/items",
        gereedschap="kaartlagen 0.1.0",
        controles="kaartlagen-controles 9-abc",
    )
    assert from_text(to_text(opname), PAD) == opname


def test_text_from_before_owner_and_terms_still_opens_with_them_unknown():
    opname = from_text(OUD, PAD)
    herkomst = opname.herkomst
    assert (herkomst.bron, herkomst.peildatum) == ("a.gpkg", date(2024, 1, 1))
    assert (herkomst.eigenaar, herkomst.licentie, herkomst.url) == (None, None, None)
    assert (herkomst.gereedschap, herkomst.controles) == (None, None)
    assert opname.bevindingen[0].voorbeelden == ("a",)


def test_text_of_a_newer_version_opens_without_what_is_not_known_here():
    feiten = json.loads(to_text(snapshot()))
    feiten["herkomst"]["geur"] = "rozen"
    assert from_text(json.dumps(feiten), PAD) == snapshot()


@pytest.mark.parametrize("weg", ["bron", "sha256", "ingelezen_op", "peildatum"])
def test_text_without_what_every_version_has_is_damaged(weg):
    feiten = json.loads(OUD)
    del feiten["herkomst"][weg]
    with pytest.raises(OpslagError, match="beschadigd"):
        from_text(json.dumps(feiten), PAD)


def test_both_packages_carry_the_version_of_the_distribution():
    regel = f'version = "{kaartlagen.__version__}"'
    pyproject = Path(kaartlagen.__file__).parents[1] / "pyproject.toml"
    assert regel in pyproject.read_text(encoding="utf-8")
    assert kaartlagen.__version__ == daeb_locaties.__version__
