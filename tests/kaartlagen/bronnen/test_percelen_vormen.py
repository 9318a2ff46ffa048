"""Percelen in every form in which they come, and the traps of each."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from kaartlagen.bronnen.percelen_aanduiding import is_akr, parse_designation
from kaartlagen.crs import to_lonlat
from kaartlagen.errors import BronError, CrsError, OnbekendeSoortError
from kaartlagen.inname import read_bestand
from tests.kaartlagen.bronnen.gml_maken import (
    RING,
    perceel_v5,
    punt,
    vlak,
    write_v3,
    write_v4,
    write_v5,
)
from tests.kaartlagen.maken import VIERKANT, write_geojson, write_vector

PLAT = {
    "identificatie_lokaal_id": ["84920229870000", "84920229970000"],
    "kadastrale_gemeente_code": ["761", "761"],
    "kadastrale_gemeente_waarde": ["Otterlo", "Otterlo"],
    "akr_kadastrale_gemeente_code_waarde": ["OTL02", "OTL02"],
    "sectie": ["B", "B"],
    "perceelnummer": [2298, 2299],
    "kadastrale_grootte_waarde": [222.0, 100.0],
    "soort_grootte_waarde": ["Vastgesteld", "Administratief"],
}
NAAST = shapely.affinity.translate(VIERKANT, 200)


def only(pad: Path, **opties):
    lagen = read_bestand(pad, **opties)
    assert len(lagen) == 1
    laag = lagen[0]
    fouten = sum(b.aantal for b in laag.bevindingen if b.niveau == "fout")
    assert laag.gelezen == len(laag.frame) + laag.geweigerd
    assert laag.geweigerd == fouten
    return laag


def counts(laag) -> dict[str, int]:
    return {b.code: b.aantal for b in laag.bevindingen}


# --- the BRK delivery, version by version


def test_version_3_has_the_akr_code_alone(tmp_path):
    rij = only(write_v3(tmp_path / "p.gml")).frame.iloc[0]
    assert (rij["aanduiding"], rij["perceel_id"]) == ("SBG01 B 6931", "0470485338")
    assert (rij["kadastrale_grootte_m2"], rij["soort_grootte"]) == (75.0, None)


def test_version_4_names_its_crs_by_a_bare_number(tmp_path):
    laag = only(write_v4(tmp_path / "p.gml"))
    assert laag.herkomst.crs_bron == "EPSG:28992"
    rij = laag.frame.iloc[0]
    assert (rij["aanduiding"], rij["perceel_id"]) == ("ASD30 AK 4271", "11720427170000")
    assert (rij["kadastrale_gemeente"], rij["soort_grootte"]) == ("Amsterdam", "Voorlopig")


@pytest.mark.parametrize("schrijf", [write_v3, write_v4, lambda p: write_v5(p, perceel_v5())])
def test_the_polygon_is_read_and_not_the_label_point_beside_it(tmp_path, schrijf):
    frame = only(schrijf(tmp_path / "p.gml")).frame
    assert frame.geom_type.tolist() == ["Polygon"]
    assert frame.area.tolist() == [10_000.0]


EINDEN = [
    "<h:eindGeldigheid>2023-12-24T10:31:47+02:00</h:eindGeldigheid>",
    "<h:eindRegistratie>2023-12-31T10:31:47+02:00</h:eindRegistratie>",
]


@pytest.mark.parametrize("einde", EINDEN)
def test_versions_that_ended_are_refused_and_counted(tmp_path, einde):
    pad = write_v5(tmp_path / "p.gml", perceel_v5(einde=einde), perceel_v5(2299), perceel_v5(2300))
    laag = only(pad)
    assert (laag.gelezen, len(laag.frame), laag.geweigerd) == (3, 2, 1)
    assert laag.frame["perceelnummer"].tolist() == [2299, 2300]
    assert laag.frame.index.tolist() == [1, 2]
    (bevinding,) = [b for b in laag.bevindingen if b.code == "KL703"]
    assert bevinding.voorbeelden == ("84920229870000",)


def test_a_correction_is_no_valid_version(tmp_path):
    laag = only(write_v5(tmp_path / "p.gml", perceel_v5(status="C"), perceel_v5(2299)))
    assert laag.frame["perceelnummer"].tolist() == [2299]


def test_history_of_versions_3_and_4_is_refused_too(tmp_path):
    drie = "<b:logischTijdstipVervallen>2015-01-01T00:00:00.000</b:logischTijdstipVervallen>"
    assert counts(only(write_v3(tmp_path / "3.gml", drie)))["KL703"] == 1
    assert counts(only(write_v4(tmp_path / "4.gml", EINDEN[0])))["KL703"] == 1


def test_two_reference_systems_in_one_file_are_refused(tmp_path):
    grens = vlak(srs="urn:ogc:def:crs:EPSG::4258")
    pad = write_v5(tmp_path / "p.gml", perceel_v5(), perceel_v5(2299, grens=grens))
    with pytest.raises(CrsError, match="meer dan één"):
        read_bestand(pad)


@pytest.mark.parametrize(
    ("inhoud", "reden"),
    [
        ("<kk:grensMember><oz:KadastraleGrens/></kk:grensMember>", "kadastrale grenzen"),
        ("<kk:kwaliteitMember><q:Kwaliteit xmlns:q='q'/></kk:kwaliteitMember>", "kwaliteit"),
        ("<m:mutatieBericht xmlns:m='m'><m:mutatieGroep/></m:mutatieBericht>", "mutatielevering"),
    ],
)
def test_other_parts_of_a_delivery_are_refused_with_what_they_hold(tmp_path, inhoud, reden):
    with pytest.raises(BronError, match=reden) as gevangen:
        read_bestand(write_v5(tmp_path / "p.gml", inhoud))
    assert gevangen.value.herstel


def test_the_real_file_of_grenzen_is_refused_for_being_lines(data_map):
    with pytest.raises(BronError, match=r"geen percelen, wel kadastrale grenzen \(lijnen\) \(10\)"):
        read_bestand(data_map / "brk" / "kadastralekaart_kadastralegrens.gml")


# --- flat columns


def test_a_kadastrale_gemeentecode_is_not_taken_for_a_gemeente(tmp_path):
    laag = only(write_vector(tmp_path / "p.gpkg", [VIERKANT, NAAST], PLAT))
    assert laag.laag == "percelen"
    assert not any("761" in map(str, laag.frame[kolom]) for kolom in laag.frame.columns[:-1])
    kolommen = {"kadastrale_gemeente_code": ["761", "762"], "naam": ["Otterlo", "Ede"]}
    pad = write_vector(tmp_path / "k.gpkg", [VIERKANT, NAAST], kolommen)
    with pytest.raises(OnbekendeSoortError):
        read_bestand(pad)


def test_a_local_id_of_14_digits_stays_whole_whatever_its_column_type(tmp_path):
    for naam, ids in {"tekst": PLAT["identificatie_lokaal_id"],
                      "getal": [84920229870000, 84920229970000],
                      "breuk": [84920229870000.0, 84920229970000.0]}.items():  # fmt: skip
        pad = write_vector(tmp_path / f"{naam}.gpkg", [VIERKANT, NAAST],
                           PLAT | {"identificatie_lokaal_id": ids})  # fmt: skip
        assert only(pad).frame["perceel_id"].tolist() == PLAT["identificatie_lokaal_id"]


def test_the_soort_grootte_is_kept_as_the_register_says_it(tmp_path):
    frame = only(write_vector(tmp_path / "p.gpkg", [VIERKANT, NAAST], PLAT)).frame
    assert frame["soort_grootte"].tolist() == ["Vastgesteld", "Administratief"]
    # The registered size is no measure of the shape, nor the other way round.
    assert frame["kadastrale_grootte_m2"].tolist() == [222.0, 100.0]
    assert frame.area.tolist() == [10_000.0, 10_000.0]


@pytest.mark.parametrize(
    "historie",
    [
        {"status_historie_code": ["G", "C"]},
        {"status_historie_waarde": ["Geldig", "Correctie"]},
        {"eind_geldigheid": [None, "2023-01-01"]},
        {"eindGeldigheid": ["9999-12-31", "2023-01-01"]},
        {"eindregistratie": ["", "2023-01-01T12:00:00"]},
        {"logischtijdstipvervallen": [None, "2015-01-01"]},
    ],
)
def test_historic_rows_of_a_table_are_refused_and_counted(tmp_path, historie):
    laag = only(write_vector(tmp_path / "p.gpkg", [VIERKANT, NAAST], PLAT | historie))
    assert laag.frame["perceelnummer"].tolist() == [2298]
    assert counts(laag)["KL703"] == 1


def test_label_points_in_a_table_are_refused_with_that_reason(tmp_path):
    pad = write_vector(tmp_path / "p.gpkg", [VIERKANT.centroid, NAAST], PLAT)
    laag = only(pad)
    assert (laag.gelezen, len(laag.frame)) == (2, 1)
    assert counts(laag)["KL704"] == 1
    assert "KL302" not in counts(laag)


def test_a_layer_of_label_points_alone_stores_nothing_and_says_why(tmp_path):
    pad = write_vector(tmp_path / "p.gpkg", [VIERKANT.centroid, NAAST.centroid], PLAT)
    laag = only(pad)
    assert (laag.gelezen, len(laag.frame)) == (2, 0)
    assert counts(laag) == {"KL704": 2}


def test_nlextract_columns_are_recognised(tmp_path):
    kolommen = {
        "lokaalid": ["11720427170000"], "kadgemeentecode": ["42"], "kadgemeente": ["Amsterdam"],
        "akrgemeente": ["ASD30"], "sectie": ["AK"], "perceelnummer": [4271],
        "oppervlakte": [2420],
    }  # fmt: skip
    rij = only(write_vector(tmp_path / "p.gpkg", [VIERKANT], kolommen)).frame.iloc[0]
    assert (rij["aanduiding"], rij["kadastrale_gemeente"]) == ("ASD30 AK 4271", "Amsterdam")
    assert rij["kadastrale_grootte_m2"] == 2420


def test_a_gemeentecode_column_counts_as_akr_only_by_its_values(tmp_path):
    kolommen = {"gemeentecode": ["ASD04", "0363"], "sectie": ["F", "F"], "perceelnr": [1, 2]}
    frame = only(write_vector(tmp_path / "p.gpkg", [VIERKANT, NAAST], kolommen)).frame
    assert frame["aanduiding"].tolist() == ["ASD04 F 1", None]


def test_an_aanduiding_alone_is_enough(tmp_path):
    kolommen = {"kadastrale_aanduiding": ["OTL02-B-2298", "otl02 b 02299"], "opp": [1, 2]}
    frame = only(write_vector(tmp_path / "p.gpkg", [VIERKANT, NAAST], kolommen)).frame
    assert frame["aanduiding"].tolist() == ["OTL02 B 2298", "OTL02 B 2299"]
    assert frame["sectie"].tolist() == ["B", "B"]
    assert frame["perceelnummer"].tolist() == [2298, 2299]


def test_a_planlijst_that_names_percelen_is_no_parcel_file(tmp_path):
    kolommen = {"plannaam": ["De Wei"], "kadastrale_aanduiding": ["OTL02 B 2298"], "daeb": [20]}
    with pytest.raises(OnbekendeSoortError):
        read_bestand(write_vector(tmp_path / "p.gpkg", [VIERKANT], kolommen))


@given(
    akr=st.from_regex(r"[A-Z]{3}[0-9]{2}", fullmatch=True),
    sectie=st.from_regex(r"[A-Z]{1,2}", fullmatch=True),
    nummer=st.integers(1, 99_999),
)
def test_every_spelling_of_an_aanduiding_gives_the_same_parts(akr, sectie, nummer):
    for spelling in (
        f"{akr} {sectie} {nummer}",
        f"{akr}{sectie}{nummer}",
        f"{akr}-{sectie}-{nummer:05d}",
        f"{akr}{sectie} {nummer:05d}G0000",
        f" {akr.lower()} {sectie.lower()} {nummer} ",
    ):
        assert str(parse_designation(spelling)) == f"{akr} {sectie} {nummer}"


@pytest.mark.parametrize("tekst", [None, "", "OTL02", "OTL02 B", "B 2298", "OTL02 B 22A0001",
                                   "761 B 2298", "OTL02B 02298A0001"])  # fmt: skip
def test_what_is_no_aanduiding_of_a_perceel_is_none(tekst):
    assert parse_designation(tekst) is None


def test_an_akr_code_is_three_letters_and_two_digits():
    assert is_akr("OTL02")
    assert not is_akr("0363")
    assert not is_akr(None)


@pytest.mark.parametrize("nummer", ["9" * 25, "²", "x", "-5", "1e400"])
def test_a_perceelnummer_that_is_none_leaves_the_aanduiding_empty(tmp_path, nummer):
    kolommen = PLAT | {"perceelnummer": [nummer, "2299"]}
    laag = only(write_vector(tmp_path / "p.gpkg", [VIERKANT, NAAST], kolommen))
    assert laag.frame["aanduiding"].tolist() == [None, "OTL02 B 2299"]
    assert counts(laag)["KL701"] == 1


# --- WFS


def wfs(pad: Path, ring: str = RING, srs: str = "urn:ogc:def:crs:EPSG::28992", kop: str = ""):
    pad.write_text(
        f'<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs/2.0" '
        'xmlns:gml="http://www.opengis.net/gml/3.2" '
        f'xmlns:kadastralekaart="http://kadastralekaart.geonovum.nl"{kop}><wfs:member>'
        '<kadastralekaart:Perceel gml:id="Perceel.1"><gml:boundedBy><gml:Envelope '
        f'srsName="{srs}"><gml:lowerCorner>0 0</gml:lowerCorner></gml:Envelope></gml:boundedBy>'
        "<kadastralekaart:identificatieLokaalID>66030768070000"
        "</kadastralekaart:identificatieLokaalID>"
        "<kadastralekaart:statusHistorieCode>G</kadastralekaart:statusHistorieCode>"
        "<kadastralekaart:kadastraleGemeenteCode>460</kadastralekaart:kadastraleGemeenteCode>"
        "<kadastralekaart:kadastraleGemeenteWaarde>IJsselmuiden"
        "</kadastralekaart:kadastraleGemeenteWaarde><kadastralekaart:sectie>B"
        "</kadastralekaart:sectie><kadastralekaart:AKRKadastraleGemeenteCodeWaarde>ISM02"
        "</kadastralekaart:AKRKadastraleGemeenteCodeWaarde>"
        "<kadastralekaart:kadastraleGrootteWaarde>144"
        "</kadastralekaart:kadastraleGrootteWaarde><kadastralekaart:soortGrootteWaarde>Voorlopig"
        "</kadastralekaart:soortGrootteWaarde><kadastralekaart:perceelnummer>7680"
        f"</kadastralekaart:perceelnummer><kadastralekaart:geom>{vlak(ring, srs)}"
        "</kadastralekaart:geom></kadastralekaart:Perceel></wfs:member></wfs:FeatureCollection>",
        encoding="utf-8",
    )
    return pad


def test_a_wfs_answer_in_gml_reads_like_its_columns(tmp_path):
    laag = only(wfs(tmp_path / "antwoord.gml"))
    rij = laag.frame.iloc[0]
    assert (rij["perceel_id"], rij["aanduiding"]) == ("66030768070000", "ISM02 B 7680")
    assert (rij["kadastrale_gemeente"], rij["soort_grootte"]) == ("IJsselmuiden", "Voorlopig")
    assert (rij["kadastrale_grootte_m2"], laag.frame.area.iloc[0]) == (144.0, 10_000.0)
    assert laag.herkomst.vorm == "GML (WFS)"


def test_a_wfs_answer_that_stopped_at_its_maximum_says_so(tmp_path):
    kop = ' numberMatched="25000" numberReturned="1000"'
    laag = only(wfs(tmp_path / "antwoord.gml", kop=kop))
    (bevinding,) = [b for b in laag.bevindingen if b.code == "KL102"]
    assert bevinding.voorbeelden == ("de dienst gaf 1000 van de 25000 objecten",)


def degrees(noord_eerst: bool) -> str:
    xy = shapely.get_coordinates(to_lonlat(np.array([VIERKANT], dtype=object)))
    xy = xy[:, ::-1] if noord_eerst else xy
    return " ".join(f"{a:.10f} {b:.10f}" for a, b in xy)


@pytest.mark.parametrize(
    ("srs", "noord_eerst"),
    [
        ("urn:ogc:def:crs:EPSG::4326", True),
        ("http://www.opengis.net/def/crs/EPSG/0/4326", True),
        ("EPSG:4326", False),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", False),
    ],
)
def test_the_axis_order_of_degrees_follows_the_form_of_the_name(tmp_path, srs, noord_eerst):
    laag = only(wfs(tmp_path / "a.gml", degrees(noord_eerst), srs))
    assert shapely.hausdorff_distance(laag.frame.geometry.iloc[0], VIERKANT) < 0.3


@pytest.mark.parametrize(
    ("srs", "noord_eerst"), [("urn:ogc:def:crs:EPSG::4326", False), ("EPSG:4326", True)]
)
def test_a_file_that_breaks_its_own_axis_order_is_refused(tmp_path, srs, noord_eerst):
    with pytest.raises(CrsError, match="assen verwisseld"):
        read_bestand(wfs(tmp_path / "a.gml", degrees(noord_eerst), srs))


def test_gdals_own_gml_of_percelen_reads_as_flat_columns(tmp_path):
    pad = tmp_path / "p.gml"
    pad.write_text(
        '<ogr:FeatureCollection xmlns:ogr="http://ogr.maptools.org/" '
        'xmlns:gml="http://www.opengis.net/gml"><gml:featureMember><ogr:Perceel fid="p.0">'
        '<ogr:geometryProperty><gml:Polygon srsName="EPSG:28992"><gml:outerBoundaryIs>'
        "<gml:LinearRing><gml:coordinates>155000,463000 155100,463000 155100,463100 "
        "155000,463000</gml:coordinates></gml:LinearRing></gml:outerBoundaryIs></gml:Polygon>"
        "</ogr:geometryProperty><ogr:lokaalID>470485338</ogr:lokaalID><ogr:gemeente>SBG01"
        "</ogr:gemeente><ogr:sectie>B</ogr:sectie><ogr:perceelnummer>6931</ogr:perceelnummer>"
        "</ogr:Perceel></gml:featureMember></ogr:FeatureCollection>"
    )
    rij = only(pad).frame.iloc[0]
    assert (rij["aanduiding"], rij["perceel_id"]) == ("SBG01 B 6931", "470485338")


def test_a_fault_of_the_service_is_named(tmp_path):
    pad = tmp_path / "p.gml"
    pad.write_text('<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows/1.1"/>')
    with pytest.raises(OnbekendeSoortError, match="foutmelding van een WFS-dienst"):
        read_bestand(pad)


# --- INSPIRE

CP4 = "http://inspire.ec.europa.eu/schemas/cp/4.0"
CP3 = "urn:x-inspire:specification:gmlas:CadastralParcels:3.0"


def inspire(
    pad: Path,
    ring: str = RING,
    srs: str = "urn:ogc:def:crs:EPSG::28992",
    *,
    ruimte: str = CP4,
    einde: str = 'xsi:nil="true" nilReason="x"/>',
    soort: str = "CadastralParcel",
) -> Path:
    pad.write_text(
        '<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs/2.0" '
        f'xmlns:cp="{ruimte}" xmlns:base="http://inspire.ec.europa.eu/schemas/base/3.3" '
        'xmlns:gml="http://www.opengis.net/gml/3.2" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><wfs:member>'
        f'<cp:{soort} gml:id="l0"><cp:areaValue uom="m2">222</cp:areaValue>'
        f"<cp:beginLifespanVersion>2009-03-27T23:59:59</cp:beginLifespanVersion>"
        f"<cp:endLifespanVersion {einde}<cp:geometry>{vlak(ring, srs)}</cp:geometry>"
        "<cp:inspireId><base:Identifier><base:localId>84920229870000</base:localId>"
        "<base:namespace>NL.IMKAD.KadastraalObject</base:namespace></base:Identifier>"
        "</cp:inspireId><cp:label>2298</cp:label><cp:nationalCadastralReference>"
        "OTL02B 02298G0000</cp:nationalCadastralReference><cp:referencePoint>"
        f"{punt(srs=srs)}</cp:referencePoint></cp:{soort}></wfs:member></wfs:FeatureCollection>",
        encoding="utf-8",
    )
    return pad


@pytest.mark.parametrize("ruimte", [CP3, CP4])
def test_inspire_parcels_in_rd(tmp_path, ruimte):
    laag = only(inspire(tmp_path / "cp.gml", ruimte=ruimte))
    rij = laag.frame.iloc[0]
    assert (laag.laag, rij["aanduiding"], rij["perceel_id"]) == (
        "percelen", "OTL02 B 2298", "84920229870000",
    )  # fmt: skip
    assert (rij["sectie"], rij["perceelnummer"], rij["kadastrale_grootte_m2"]) == ("B", 2298, 222)
    assert laag.frame.geom_type.tolist() == ["Polygon"]
    assert laag.herkomst.vorm == "INSPIRE GML"


@pytest.mark.parametrize(
    "srs",
    [
        "urn:ogc:def:crs:EPSG::4258",
        "urn:x-ogc:def:crs:EPSG:4258",
        "http://www.opengis.net/def/crs/EPSG/0/4258",
    ],
)
def test_inspire_in_etrs89_has_the_latitude_first(tmp_path, srs):
    laag = only(inspire(tmp_path / "cp.gml", degrees(True), srs))
    assert laag.herkomst.crs_bron == "EPSG:4258"
    assert shapely.hausdorff_distance(laag.frame.geometry.iloc[0], VIERKANT) < 0.3


def test_inspire_with_swapped_axes_is_refused(tmp_path):
    with pytest.raises(CrsError, match="assen verwisseld"):
        read_bestand(inspire(tmp_path / "cp.gml", degrees(False), "urn:ogc:def:crs:EPSG::4258"))


def test_an_inspire_parcel_that_ended_is_refused(tmp_path):
    einde = ">2020-01-01T00:00:00</cp:endLifespanVersion>"
    laag = only(inspire(tmp_path / "cp.gml", einde=einde))
    assert (laag.gelezen, len(laag.frame), counts(laag)) == (1, 0, {"KL703": 1})


def test_inspire_zonings_are_refused_with_what_they_are(tmp_path):
    with pytest.raises(BronError, match=r"wel CadastralZoning \(1\)"):
        read_bestand(inspire(tmp_path / "cp.gml", soort="CadastralZoning"))


def test_inspire_columns_of_a_table(tmp_path):
    kolommen = {"nationalCadastralReference": "KRD00P 01134G0000", "label": "1134",
                "localId": "123", "areaValue": 75.5}  # fmt: skip
    pad = write_geojson(
        tmp_path / "cp.json", [VIERKANT], [kolommen],
        crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}},
    )  # fmt: skip
    rij = only(pad).frame.iloc[0]
    assert (rij["aanduiding"], rij["sectie"], rij["perceelnummer"]) == ("KRD00 P 1134", "P", 1134)
    assert (rij["perceel_id"], rij["kadastrale_grootte_m2"]) == ("123", 75.5)
