"""The kind of a file is told from its content, with grounds, or asked for."""

from __future__ import annotations

import pytest
import shapely

from kaartlagen.errors import BronError, OnbekendeSoortError
from kaartlagen.herkennen import SOORTEN, recognise
from tests.kaartlagen.maken import VIERKANT, plan, write_imro, write_vector


@pytest.mark.parametrize(
    ("pad", "soort"),
    [
        ("imro/NL.IMRO.0202.974-0301.gml", "imro"),
        ("imro/NL.IMRO.1680.1800030105-0000.gml", "imro"),
        ("brk/kadastralekaart_perceel.gml", "percelen"),
        ("gemeenten/gemeenten_2022.geojson", "gemeenten"),
        ("woningbouw/derived_eib_overijssel_dev.gpkg", "woningbouwplannen"),
        ("omgevingsplan/gemeentestad/PonsGebied.gml", "omgevingsplan"),
        ("omgevingsplan/gemeentestad/owPons-Gemeentestad.xml", "omgevingsplan"),
        ("bag/0221VBO15092020-000001.xml", "bag"),
        ("bgt/bgt_pand-s.gml", "achtergrond"),
        ("bgt/TOP10NL_1_2_sample.gml", "achtergrond"),
    ],
)
def test_real_files_are_recognised_and_the_grounds_said(data_map, pad, soort):
    herkenning = recognise(data_map / pad)
    assert [h.soort for h in herkenning.herkend] == [soort]
    assert herkenning.herkend[0].grond


@pytest.mark.parametrize(
    ("ruimte", "woord"),
    [
        ("http://www.opengis.net/kml/2.2", "KML"),
        ("http://www.opengis.net/citygml/2.0", "CityGML"),
        ("http://www.opengis.net/wfs/2.0", "WFS"),
    ],
)
def test_other_xml_is_refused_by_its_own_name(tmp_path, ruimte, woord):
    pad = tmp_path / "x.xml"
    pad.write_text(f'<r xmlns="{ruimte}"/>')
    with pytest.raises(OnbekendeSoortError, match=woord):
        recognise(pad)


def test_an_unknown_table_lists_its_columns_and_the_options(tmp_path):
    pad = write_vector(tmp_path / "x.gpkg", [shapely.Point(155_000, 463_000)], {"boomsoort": ["e"]})
    with pytest.raises(OnbekendeSoortError) as gevangen:
        recognise(pad)
    assert "boomsoort" in gevangen.value.wat
    assert "--soort punten" in gevangen.value.herstel


def test_two_kinds_that_fit_ask_for_a_choice(tmp_path):
    kolommen = {
        "perceelnummer": [1], "sectie": ["B"], "plannaam": ["Hof"], "planstatus": ["1A"],
    }  # fmt: skip
    pad = write_vector(tmp_path / "p.gpkg", [VIERKANT], kolommen)
    with pytest.raises(OnbekendeSoortError) as gevangen:
        recognise(pad)
    assert "--soort percelen of --soort woningbouwplannen" in gevangen.value.herstel
    assert recognise(pad, "percelen").herkend[0].soort == "percelen"


def test_our_own_layers_are_recognised_by_their_contract(tmp_path):
    kolommen = {
        "idn": ["NL.IMRO.0202.974-0301"], "object_id": ["a"], "naam": ["Wonen"],
        "soort": ["enkelbestemming"], "hoofdgroep": ["wonen"], "artikelnummer": ["3"],
    }  # fmt: skip
    pad = write_vector(tmp_path / "b.gpkg", [VIERKANT], kolommen)
    assert recognise(pad).herkend[0].soort == "bestemmingsvlakken"
    drie = {naam: kolommen[naam] for naam in ("idn", "object_id", "naam")}
    pad = write_vector(tmp_path / "c.gpkg", [VIERKANT], drie)
    with pytest.raises(OnbekendeSoortError, match="bouwvlakken"):
        recognise(pad)


def test_recognised_layers_are_taken_and_the_others_named(tmp_path):
    pad = write_vector(
        tmp_path / "g.gpkg", [VIERKANT], {"gemeentecode": ["0363"], "gemeentenaam": ["A"]}, laag="g"
    )
    write_vector(pad, [shapely.Point(155_000, 463_000)], {"iets": ["a"]}, laag="x", toevoegen=True)
    herkenning = recognise(pad)
    assert [h.soort for h in herkenning.herkend] == ["gemeenten"]
    assert herkenning.overgeslagen == ("x",)


def test_the_users_word_must_exist_and_fit_the_form(tmp_path):
    pad = write_imro(tmp_path / "p.gml", plan())
    with pytest.raises(OnbekendeSoortError, match="bestaat niet"):
        recognise(pad, "gebouwen")
    with pytest.raises(OnbekendeSoortError, match="van de soort imro"):
        recognise(pad, "percelen")
    assert recognise(pad, "imro").herkend[0].soort == "imro"
    assert recognise(pad, "bouwvlakken").herkend[0].soort == "imro"
    assert {"imro", "percelen", "punten", "bestemmingsvlakken"} <= set(SOORTEN)


def test_a_vector_file_is_no_imro(tmp_path):
    pad = write_vector(tmp_path / "p.gpkg", [VIERKANT], {"naam": ["a"]})
    with pytest.raises(OnbekendeSoortError):
        recognise(pad, "imro")


def test_an_unknown_version_of_imro_is_named(tmp_path):
    pad = tmp_path / "p.gml"
    pad.write_text('<i:FeatureCollectionIMRO xmlns:i="http://www.geonovum.nl/imro/2024/1"/>')
    with pytest.raises(OnbekendeSoortError, match="IMRO-bestand van een onbekende versie"):
        recognise(pad)


def test_files_without_rows_or_geometry_are_refused(tmp_path):
    with pytest.raises(BronError, match="geen rijen"):
        recognise(write_vector(tmp_path / "a.gpkg", [], {"naam": []}))
    pad = write_vector(tmp_path / "b.geojson", [], {"naam": []})
    with pytest.raises(BronError):
        recognise(pad)
