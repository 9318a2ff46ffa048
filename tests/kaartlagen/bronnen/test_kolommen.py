"""Columns are found whatever their case, signs and cuts, and never two for one."""

from __future__ import annotations

import pytest

from kaartlagen.bronnen.kolommen import find_column, normalise, restore_cut


@pytest.mark.parametrize(
    ("kolommen", "namen", "gevonden"),
    [
        (["Gem_naam", "Plannaam"], ["gemnaam"], "Gem_naam"),
        (["PLANNAAM"], ["plan_naam"], "PLANNAAM"),
        (["naam", "plannaam"], ["plannaam", "naam"], "plannaam"),
        (["gemeenteco"], ["gemeentecode"], "gemeenteco"),
        (["gemeentena"], ["gemeentecode"], None),
        (["kadastrale", "KADASTRALE"], ["kadastrale_grootte_waarde"], None),
        (["identificatieLokaalID"], ["identificatie_lokaal_id"], "identificatieLokaalID"),
        ([], ["naam"], None),
    ],
)
def test_a_column_is_found_by_any_spelling_of_its_name(kolommen, namen, gevonden):
    assert find_column(kolommen, namen) == gevonden


def test_accents_and_signs_do_not_matter():
    assert normalise("Gemeente-Naam (é)") == "gemeentenaame"


def test_a_cut_schema_is_restored_by_its_order():
    schema = [
        "kadastrale_gemeente_code",
        "kadastrale_gemeente_waarde",
        "sectie",
        "kadastrale_grootte",
    ]
    assert restore_cut(["kadastrale", "kadastra_1", "sectie", "kadastra_2"], schema) == {
        "kadastrale": "kadastrale_gemeente_code",
        "kadastra_1": "kadastrale_gemeente_waarde",
        "sectie": "sectie",
        "kadastra_2": "kadastrale_grootte",
    }
    assert restore_cut(["kadastrale", "sectie"], schema) == {}
