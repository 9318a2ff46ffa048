"""Whose data it is: told by the form where nobody else publishes it, else unknown."""

from __future__ import annotations

import pytest

from kaartlagen.bronhouders import known_source
from kaartlagen.herkomst import Bronvermelding
from kaartlagen.inname import ingest, read_bestand
from kaartlagen.opslag import LaagOpslag
from tests.kaartlagen import maken
from tests.kaartlagen.pdok import streek


@pytest.mark.parametrize(
    ("laag", "vorm", "kolommen", "eigenaar", "licentie"),
    [
        ("percelen", "BRK GML", (), "Kadaster", "CC BY 4.0"),
        ("percelen", "GeoPackage", streek.percelen()[0]["properties"], "Kadaster", "CC BY 4.0"),
        (
            "percelen",
            "GML (WFS)",
            ("identificatieLokaalID", "AKRKadastraleGemeenteCodeWaarde"),
            "Kadaster",
            "CC BY 4.0",
        ),
        ("percelen", "GeoPackage", ("sectie", "perceelnummer"), None, None),
        ("gemeenten", "GeoJSON", streek.gemeenten()[0]["properties"], "Kadaster", "CC BY 4.0"),
        ("gemeenten", "GeoJSON", ("statcode", "statnaam"), "CBS en Kadaster", "CC BY 4.0"),
        ("gemeenten", "GeoJSON", ("gemeentecode", "gemeentenaam"), None, None),
        ("panden", "BAG-extract 2.0", (), "Kadaster", "Public Domain Mark 1.0"),
        ("panden", "GeoPackage", ("identificatie", "rdf_seealso"), "Kadaster", None),
        ("vlakken", "GeoPackage", ("statcode", "statnaam"), None, None),
        ("achtergrond", "BGT GML", (), None, None),
    ],
)
def test_owner_is_told_by_what_only_that_owner_publishes(laag, vorm, kolommen, eigenaar, licentie):
    bekend = known_source(laag, vorm, tuple(kolommen))
    assert bekend.eigenaar == eigenaar
    assert licentie is None or bekend.licentie == licentie


def test_a_plan_belongs_to_the_overheid_that_it_names(tmp_path):
    pad = maken.write_imro(tmp_path / "plan.gml", maken.plan(), maken.imro_object())
    for laag in read_bestand(pad):
        assert (laag.herkomst.eigenaar, laag.herkomst.licentie) == ("Gemeente Voorbeeld", None)


def test_what_the_user_says_goes_before_what_the_form_tells(tmp_path):
    pad = maken.write_imro(tmp_path / "plan.gml", maken.plan())
    opslag = LaagOpslag(tmp_path / "lagen")
    ingest([pad], opslag, vermelding=Bronvermelding("Wij", "eigen gebruik"))
    (opname,) = opslag.snapshots()
    assert (opname.herkomst.eigenaar, opname.herkomst.licentie) == ("Wij", "eigen gebruik")
    assert opname.herkomst.controles.startswith("kaartlagen-controles ")
    assert opname.herkomst.gereedschap.startswith("kaartlagen ")


def test_snapshot_never_changes_so_other_terms_for_the_same_bytes_are_said_not_taken(tmp_path):
    pad = maken.write_imro(tmp_path / "plan.gml", maken.plan())
    opslag = LaagOpslag(tmp_path / "lagen")
    ingest([pad], opslag)
    (inname,) = ingest([pad], opslag, vermelding=Bronvermelding(licentie="CC0")).lagen
    (bevinding,) = [b for b in inname.bevindingen if b.code == "KL121"]
    assert bevinding.voorbeelden == ("licentie onbekend, nu CC0",)
    (opname,) = opslag.snapshots()
    assert opname.herkomst.licentie is None
    (weer,) = ingest([pad], opslag).lagen
    assert "KL121" not in {b.code for b in weer.bevindingen}
