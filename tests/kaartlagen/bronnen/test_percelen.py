"""Percelen: polygons with their aanduiding, from BRK GML and from flat columns."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from kaartlagen.bronnen.percelen import designation
from kaartlagen.crs import to_lonlat
from kaartlagen.errors import BronError, KaartlagenError, KolomError
from kaartlagen.inname import read_bestand
from tests.kaartlagen.maken import VIERKANT, polygon_gml, write_geojson, write_vector

SNAKE = {
    "identificatie_namespace": ["NL.IMKAD.KadastraalObject"],
    "identificatie_lokaal_id": ["01234567890000"],
    "begin_geldigheid": ["2020-01-01"],
    "tijdstip_registratie": ["2020-01-01"],
    "volgnummer": [0],
    "status_historie_code": ["G"],
    "status_historie_waarde": ["Geldig"],
    "kadastrale_gemeente_code": ["761"],
    "kadastrale_gemeente_waarde": ["Otterlo"],
    "sectie": ["B"],
    "akr_kadastrale_gemeente_code_code": ["812"],
    "akr_kadastrale_gemeente_code_waarde": ["OTL02"],
    "kadastrale_grootte_waarde": [222.0],
    "soort_grootte_code": ["1"],
    "soort_grootte_waarde": ["Vastgesteld"],
    "perceelnummer": [2298],
    "perceelnummer_rotatie": [0.0],
    "perceelnummer_verschuiving_delta_x": [0.0],
    "perceelnummer_verschuiving_delta_y": [0.0],
}
CAMEL = {
    "identificatieNamespace": "identificatie_namespace",
    "identificatieLokaalID": "identificatie_lokaal_id",
    "kadastraleGemeenteWaarde": "kadastrale_gemeente_waarde",
    "sectie": "sectie",
    "AKRKadastraleGemeenteCodeWaarde": "akr_kadastrale_gemeente_code_waarde",
    "kadastraleGrootteWaarde": "kadastrale_grootte_waarde",
    "soortGrootteWaarde": "soort_grootte_waarde",
    "perceelnummer": "perceelnummer",
}


def only(pad: Path, **opties):
    lagen = read_bestand(pad, **opties)
    assert len(lagen) == 1
    return lagen[0]


def test_the_otterlo_delivery_gives_polygons_and_not_the_label_points(data_map):
    laag = only(data_map / "brk" / "kadastralekaart_perceel.gml")
    frame = laag.frame
    assert (laag.laag, laag.gelezen, len(frame)) == ("percelen", 11, 11)
    assert set(frame.geom_type) == {"Polygon"}
    eerste = frame.iloc[0]
    assert eerste["aanduiding"] == "OTL02 B 2298"
    assert eerste["perceel_id"] == "84920229870000"
    assert eerste["kadastrale_gemeente"] == "Otterlo"
    assert (eerste["sectie"], eerste["perceelnummer"]) == ("B", 2298)
    assert (eerste["kadastrale_grootte_m2"], eerste["soort_grootte"]) == (222.0, "Vastgesteld")
    # The registered size is close to the drawn one, which is not for measuring.
    assert (abs(frame.area - frame["kadastrale_grootte_m2"]) < 4).all()
    assert frame["aanduiding"].is_unique


@pytest.mark.parametrize(
    "naam", ["kadastralekaart_kadastralegrens.gml", "kadastralekaart_pand.gml"]
)
def test_the_other_files_of_the_delivery_are_refused_as_percelen(data_map, naam):
    # The panden are of the BGT by their content: without that word they are background.
    with pytest.raises(KaartlagenError) as gevangen:
        read_bestand(data_map / "brk" / naam, soort="percelen")
    assert gevangen.value.herstel


def test_a_version_3_delivery_reads_alike(tmp_path):
    pad = tmp_path / "perceel.gml"
    pad.write_text(
        '<b:KadastraleKaartCollection xmlns:gml="http://www.opengis.net/gml/3.2" '
        'xmlns:b="http://www.kadaster.nl/schemas/brkkadastralekaart/v20160101">'
        "<b:perceelMember><b:Perceel><b:identificatie><b:NEN3610ID>"
        "<b:namespace>NL.IMKAD.KadastraalObject</b:namespace><b:lokaalID>0470485338</b:lokaalID>"
        "</b:NEN3610ID></b:identificatie><b:kadastraleAanduiding><b:TypeKadastraleAanduiding>"
        "<b:kadastraleGemeente><b:KadastraleGemeenteKeuze>"
        "<b:AKRKadastraleGemeenteCode>SBG01</b:AKRKadastraleGemeenteCode>"
        "</b:KadastraleGemeenteKeuze></b:kadastraleGemeente><b:sectie>B</b:sectie>"
        "<b:perceelnummer>6931</b:perceelnummer></b:TypeKadastraleAanduiding>"
        f"</b:kadastraleAanduiding><b:begrenzingPerceel>{polygon_gml()}</b:begrenzingPerceel>"
        "<b:kadastraleGrootte><b:TypeOppervlak><b:waarde>75</b:waarde></b:TypeOppervlak>"
        "</b:kadastraleGrootte></b:Perceel></b:perceelMember></b:KadastraleKaartCollection>"
    )
    rij = only(pad).frame.iloc[0]
    assert rij["aanduiding"] == "SBG01 B 6931"
    assert rij["perceel_id"] == "0470485338"
    assert rij["kadastrale_grootte_m2"] == 75.0
    assert rij["soort_grootte"] is None


def test_a_delivery_without_percelen_is_refused(tmp_path):
    pad = tmp_path / "leeg.gml"
    pad.write_text(
        '<k:DKK xmlns:k="http://www.kadaster.nl/schemas/brkkadastralekaart/v5/stand/v20220601"/>'
    )
    with pytest.raises(BronError, match="geen percelen"):
        read_bestand(pad)


def check_row(rij) -> None:
    assert rij["perceel_id"] == "01234567890000"
    assert rij["aanduiding"] == "OTL02 B 2298"
    assert rij["kadastrale_gemeente"] == "Otterlo"
    assert rij["kadastrale_grootte_m2"] == 222.0
    assert rij["soort_grootte"] == "Vastgesteld"


@pytest.mark.parametrize("naam", ["p.gpkg", "p.fgb", "p.geojson", "p.shp"])
def test_flat_pdok_columns_are_recognised_in_every_form_even_cut_to_ten_signs(tmp_path, naam):
    crs = 4326 if naam.endswith("json") else 28992
    vorm = VIERKANT
    if crs == 4326:
        vorm = to_lonlat(np.array([VIERKANT], dtype=object))[0]
    laag = only(write_vector(tmp_path / naam, [vorm], SNAKE, crs=crs))
    assert laag.laag == "percelen"
    check_row(laag.frame.iloc[0])


def test_flat_camel_case_columns_of_the_wfs(tmp_path):
    rij = {camel: SNAKE[snake][0] for camel, snake in CAMEL.items()}
    pad = write_geojson(
        tmp_path / "wfs.json",
        [VIERKANT],
        [rij],
        crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}},
    )
    check_row(only(pad).frame.iloc[0])


def test_a_parcel_without_akr_code_has_no_aanduiding_and_that_is_said(tmp_path):
    kolommen = {"sectie": ["B", "C"], "perceelnummer": [1, 2], "perceel_id": ["1", "1"]}
    laag = only(write_vector(tmp_path / "p.gpkg", [VIERKANT, VIERKANT], kolommen))
    assert laag.frame["aanduiding"].tolist() == [None, None]
    codes = {b.code: b.aantal for b in laag.bevindingen}
    assert (codes["KL701"], codes["KL702"]) == (2, 1)


def test_the_kind_asked_for_names_the_column_that_is_missing(tmp_path):
    pad = write_vector(tmp_path / "p.gpkg", [VIERKANT], {"naam": ["a"]})
    with pytest.raises(KolomError, match="perceelnummer"):
        read_bestand(pad, soort="percelen")


def test_our_own_columns_read_back(tmp_path):
    rij = {
        "perceel_id": ["007"], "aanduiding": ["OTL02 B 7"], "kadastrale_gemeente": ["Otterlo"],
        "sectie": ["B"], "perceelnummer": [7], "kadastrale_grootte_m2": [12.5],
        "soort_grootte": ["Voorlopig"], "eigenaar": ["gemeente"],
    }  # fmt: skip
    gelezen = only(write_vector(tmp_path / "p.fgb", [VIERKANT], rij)).frame.iloc[0]
    assert json.loads(gelezen.drop("geometry").to_json()) == {
        naam: waarden[0] for naam, waarden in rij.items()
    }


def test_a_designation_has_all_its_parts_or_is_none():
    assert designation("OTL02", "B", 2298) == "OTL02 B 2298"
    assert designation("OTL02", None, 2298) is None
