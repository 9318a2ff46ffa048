"""The background: what the BGT and TOP10NL show now, in six kinds, and nothing that was."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely

from kaartlagen.bronnen.achtergrond_klassen import SOORTEN, class_text, kind_of
from kaartlagen.errors import BronError, CrsError, OnbekendeSoortError
from kaartlagen.inname import read_bestand
from tests.kaartlagen.bronnen.gml_maken import RING
from tests.kaartlagen.maken import VIERKANT, write_vector

NAAST = shapely.affinity.translate(VIERKANT, 200)
LIJN = shapely.LineString([(155_000, 463_000), (155_100, 463_050)])
RD = ' srsName="urn:ogc:def:crs:EPSG::28992"'


def only(pad: Path, **opties):
    lagen = read_bestand(pad, **opties)
    assert len(lagen) == 1
    laag = lagen[0]
    fouten = sum(b.aantal for b in laag.bevindingen if b.niveau == "fout")
    assert laag.geweigerd == fouten == laag.gelezen - len(laag.frame)
    assert set(laag.frame["soort"]) <= set(SOORTEN)
    return laag


def counts(laag) -> dict[str, int]:
    return {b.code: b.aantal for b in laag.bevindingen}


# --- BGT


def vlak31(stelsel: str = "", ring: str = RING) -> str:
    return (
        f"<gml:Polygon{stelsel}><gml:exterior><gml:LinearRing><gml:posList>{ring}"
        "</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>"
    )


def bgt(
    element: str = "BuildingPart", extra: str = "", geometrie: str = "", eigen: str = ""
) -> str:
    vorm = geometrie or f"<i:geometrie2dGrondvlak>{vlak31()}</i:geometrie2dGrondvlak>"
    return (
        f'<{element} xmlns="http://www.opengis.net/citygml/x/2.0" gml:id="b1">'
        '<creationDate xmlns="http://www.opengis.net/citygml/2.0">2014-10-31</creationDate>'
        f"{extra}<i:identificatie><i:NEN3610ID><i:lokaalID>G0599.aa</i:lokaalID></i:NEN3610ID>"
        f"</i:identificatie>{eigen}{vorm}</{element}>"
    )


def write_bgt(pad: Path, *leden: str) -> Path:
    inhoud = "".join(f"<cityObjectMember>{lid}</cityObjectMember>" for lid in leden)
    pad.write_text(
        '<CityModel xmlns:gml="http://www.opengis.net/gml" '
        'xmlns:i="http://www.geostandaarden.nl/imgeo/2.1" '
        'xmlns="http://www.opengis.net/citygml/2.0"><gml:boundedBy><gml:Envelope/>'
        f"</gml:boundedBy>{inhoud}</CityModel>",
        encoding="utf-8",
    )
    return pad


def test_the_real_panden_of_the_bgt_that_did_not_end(data_map):
    laag = only(data_map / "bgt" / "bgt_pand-s.gml")
    assert (laag.laag, laag.gelezen, len(laag.frame), laag.geweigerd) == ("achtergrond", 99, 58, 41)
    assert set(laag.frame["soort"]) == {"pand"}
    assert set(laag.frame["klasse"]) == {"BuildingPart"}
    assert set(laag.frame.geom_type) <= {"Polygon", "MultiPolygon"}
    assert counts(laag) == {"KL811": 41, "KL812": 1}


def test_the_real_panden_beside_the_kadastrale_kaart_are_of_the_bgt_by_their_content(data_map):
    laag = only(data_map / "brk" / "kadastralekaart_pand.gml")
    assert (laag.laag, laag.gelezen, len(laag.frame)) == ("achtergrond", 22, 22)
    with pytest.raises(OnbekendeSoortError, match="van de soort achtergrond, niet percelen"):
        read_bestand(data_map / "brk" / "kadastralekaart_pand.gml", soort="percelen")


@pytest.mark.parametrize(
    ("element", "eigenschap", "soort"),
    [
        ("BuildingPart", "geometrie2dGrondvlak", "pand"),
        ("TrafficArea", "geometrie2dWegdeel", "weg"),
        ("AuxiliaryTrafficArea", "geometrie2dOndersteunendWegdeel", "weg"),
        ("i:Waterdeel", "geometrie2dWaterdeel", "water"),
        ("i:OndersteunendWaterdeel", "geometrie2dOndersteunendWaterdeel", "water"),
        ("PlantCover", "geometrie2dBegroeidTerreindeel", "terrein"),
        ("i:OnbegroeidTerreindeel", "geometrie2dOnbegroeidTerreindeel", "terrein"),
        ("Railway", "geometrie2dSpoor", "spoor"),
        ("i:Kunstwerkdeel", "geometrie2dOverigeConstructie", "overig"),
        ("BridgeConstructionElement", "geometrie2dOverbruggingsdeel", "overig"),
    ],
)
def test_every_type_of_the_bgt_has_its_soort(tmp_path, element, eigenschap, soort):
    vorm = f"<i:{eigenschap}>{vlak31()}</i:{eigenschap}>"
    laag = only(write_bgt(tmp_path / "b.gml", bgt(element, geometrie=vorm)))
    assert laag.frame["soort"].tolist() == [soort]
    assert laag.frame["klasse"].tolist() == [element.removeprefix("i:")]
    assert ("KL813" in counts(laag)) == (soort == "overig")


def test_the_class_is_kept_as_the_source_says_it(tmp_path):
    weg = "<function>rijbaan lokale weg</function><surfaceMaterial>open</surfaceMaterial>"
    plus = "<function>niet-bgt</function><i:plus-type>wildrooster</i:plus-type>"
    laag = only(
        write_bgt(tmp_path / "b.gml", bgt("TrafficArea", eigen=weg),
                  bgt("i:Weginrichtingselement", eigen=plus))
    )  # fmt: skip
    assert laag.frame["klasse"].tolist() == [
        "TrafficArea: rijbaan lokale weg", "Weginrichtingselement: wildrooster",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "extra",
    [
        "<i:eindRegistratie>2016-01-15T11:35:50.000</i:eindRegistratie>",
        "<terminationDate>2016-01-15</terminationDate>",
        "<i:bgt-status>historie</i:bgt-status>",
        "<i:plus-status>plan</i:plus-status>",
    ],
)
def test_objects_that_ended_or_are_planned_are_refused(tmp_path, extra):
    laag = only(write_bgt(tmp_path / "b.gml", bgt(extra=extra), bgt()))
    assert (len(laag.frame), counts(laag)["KL811"]) == (1, 1)
    (bevinding,) = [b for b in laag.bevindingen if b.code == "KL811"]
    assert bevinding.voorbeelden == ("BuildingPart G0599.aa",)


def test_existing_objects_say_so_and_stay(tmp_path):
    extra = "<i:bgt-status>bestaand</i:bgt-status><i:plus-status>geenWaarde</i:plus-status>"
    assert len(only(write_bgt(tmp_path / "b.gml", bgt(extra=extra))).frame) == 1


def test_a_number_label_beside_a_pand_is_not_its_geometry(tmp_path):
    label = (
        "<i:nummeraanduidingreeks><i:positie><gml:Point><gml:pos>155000 463000</gml:pos>"
        "</gml:Point></i:positie></i:nummeraanduidingreeks>"
    )
    assert only(write_bgt(tmp_path / "b.gml", bgt(eigen=label))).frame.area.tolist() == [10_000.0]


def test_a_ridge_line_beside_an_area_is_not_its_geometry(tmp_path):
    lijn = (
        "<i:kruinlijnWegdeel><gml:LineString><gml:posList>155000 463000 155001 463001"
        "</gml:posList></gml:LineString></i:kruinlijnWegdeel>"
    )
    vorm = f"{lijn}<i:geometrie2dWegdeel>{vlak31()}</i:geometrie2dWegdeel>"
    laag = only(write_bgt(tmp_path / "b.gml", bgt("TrafficArea", geometrie=vorm)))
    assert laag.frame.geom_type.tolist() == ["Polygon"]


def test_street_names_keep_all_their_places(tmp_path):
    plek = (
        "<i:positie><i:Labelpositie><i:plaatsingspunt><gml:Point><gml:pos>{} 463000</gml:pos>"
        "</gml:Point></i:plaatsingspunt></i:Labelpositie></i:positie>"
    )
    label = (
        "<i:openbareRuimteNaam><i:Label><i:tekst>Apeldoornseweg</i:tekst>"
        f"{plek.format(155_000)}{plek.format(155_500)}</i:Label></i:openbareRuimteNaam>"
    )
    lid = bgt("i:OpenbareRuimteLabel", geometrie=label,
              eigen="<i:openbareRuimteType>Weg</i:openbareRuimteType>")  # fmt: skip
    laag = only(write_bgt(tmp_path / "b.gml", lid))
    rij = laag.frame.iloc[0]
    assert (rij["naam"], rij["klasse"]) == ("Apeldoornseweg", "OpenbareRuimteLabel: Weg")
    assert rij.geometry.geom_type == "MultiPoint"


def test_a_crs_that_the_file_names_is_believed_and_not_made_up(tmp_path):
    vorm = f"<i:geometrie2dGrondvlak>{vlak31(RD)}</i:geometrie2dGrondvlak>"
    assert "KL812" not in counts(only(write_bgt(tmp_path / "b.gml", bgt(geometrie=vorm))))


def test_without_a_named_crs_the_numbers_must_fit_rd(tmp_path):
    graden = "4.4 51.9 4.5 51.9 4.5 52.0 4.4 52.0 4.4 51.9"
    vorm = f"<i:geometrie2dGrondvlak>{vlak31(ring=graden)}</i:geometrie2dGrondvlak>"
    with pytest.raises(CrsError, match="graden"):
        read_bestand(write_bgt(tmp_path / "b.gml", bgt(geometrie=vorm)))


def test_geometry_that_cannot_be_read_is_refused_per_object(tmp_path):
    kapot = f"<i:geometrie2dGrondvlak>{vlak31(ring='1 2 3')}</i:geometrie2dGrondvlak>"
    laag = only(write_bgt(tmp_path / "b.gml", bgt(geometrie=kapot), bgt()))
    assert (len(laag.frame), counts(laag)["KL305"]) == (1, 1)


def test_a_bgt_file_without_objects_is_refused(tmp_path):
    with pytest.raises(BronError, match="geen objecten"):
        read_bestand(write_bgt(tmp_path / "b.gml"))


# --- TOP10NL


def test_the_real_sample_of_topnl_gives_every_object_one_row(data_map):
    laag = only(data_map / "bgt" / "TOP10NL_1_2_sample.gml")
    assert (laag.gelezen, len(laag.frame), laag.geweigerd) == (36, 36, 0)
    per_soort = laag.frame["soort"].value_counts().to_dict()
    assert per_soort == {"overig": 21, "pand": 3, "spoor": 3, "terrein": 3, "water": 3, "weg": 3}
    klassen = set(laag.frame["klasse"])
    assert {"Wegdeel: straat, overig", "Terrein: overig", "Waterdeel: waterloop"} <= klassen
    assert {"Hunzepark", "Krommeweg", "Culemborg"} <= set(laag.frame["naam"])
    # A talud has a high and a low side: two lines of one object.
    talud = laag.frame[laag.frame["klasse"] == "Relief: talud, hoogteverschil"]
    assert set(talud.geom_type) == {"MultiLineString"}
    assert laag.herkomst.crs_bron == "EPSG:28992"


NS = "http://www.kadaster.nl/schemas"


def write_topnl(pad: Path, ruimte: str, *leden: str) -> Path:
    inhoud = "".join(f"<gml:featureMember>{lid}</gml:featureMember>" for lid in leden)
    pad.write_text(
        f'<gml:FeatureCollection xmlns:t="{ruimte}" xmlns:gml="http://www.opengis.net/gml">'
        f"<gml:boundedBy><gml:Envelope/></gml:boundedBy>{inhoud}</gml:FeatureCollection>",
        encoding="utf-8",
    )
    return pad


@pytest.mark.parametrize(
    "ruimte",
    [f"{NS}/imbrt/top10nl/1.2", f"{NS}/top10nl/v20120116", "http://www.kadaster.nl/top10nl"],
)
def test_every_version_of_topnl_is_recognised(tmp_path, ruimte):
    gebouw = (
        '<t:Gebouw gml:id="nl.top10nl.1"><t:typeGebouw>kerk</t:typeGebouw>'
        f"<t:naamNL>Laurenskerk</t:naamNL><t:geometrieVlak>{vlak31(RD)}</t:geometrieVlak></t:Gebouw>"
    )
    weg = (
        '<t:Wegdeel gml:id="nl.top10nl.2"><t:typeWeg>straat</t:typeWeg><t:hartPunt>'
        f"<gml:Point{RD}><gml:pos>1 2</gml:pos></gml:Point></t:hartPunt><t:geometrieVlak>"
        f"{vlak31(RD)}</t:geometrieVlak></t:Wegdeel>"
    )
    gebied = (
        '<t:FunctioneelGebied gml:id="nl.top10nl.3"><t:labelPunt>'
        f"<gml:Point{RD}><gml:pos>155050 463050</gml:pos></gml:Point></t:labelPunt>"
        "<t:naamFries>Betterwird</t:naamFries></t:FunctioneelGebied>"
    )
    frame = only(write_topnl(tmp_path / "t.gml", ruimte, gebouw, weg, gebied)).frame
    assert frame["soort"].tolist() == ["pand", "weg", "overig"]
    assert frame["naam"].tolist() == ["Laurenskerk", None, "Betterwird"]
    assert frame.geom_type.tolist() == ["Polygon", "Polygon", "Point"]


@pytest.mark.parametrize("einde", ["eindRegistratie", "objectEindTijd", "versieEindTijd"])
def test_topnl_objects_that_ended_are_refused(tmp_path, einde):
    lid = "<t:Terrein>{}<t:geometrieVlak>" + vlak31(RD) + "</t:geometrieVlak></t:Terrein>"
    pad = write_topnl(tmp_path / "t.gml", f"{NS}/imbrt/top10nl/1.2",
                      lid.format(f"<t:{einde}>2015-01-01</t:{einde}>"), lid.format(""))  # fmt: skip
    laag = only(pad)
    assert (len(laag.frame), counts(laag)["KL811"]) == (1, 1)


# --- tables

BGT = {
    "lokaal_id": ["G0599.aa", "G0599.bb"],
    "bronhouder": ["G0599", "G0599"],
    "relatieve_hoogteligging": [0, 0],
    "bgt_status": ["bestaand", "bestaand"],
}


@pytest.mark.parametrize(
    ("laagnaam", "eigen", "soort", "klasse"),
    [
        ("bgt_wegdeel", {"function": ["voetpad", "niet-bgt"], "plus_functie": [None, "fietspad"]},
         "weg", ["bgt_wegdeel: voetpad", "bgt_wegdeel: fietspad"]),
        ("wegdeel", {"functie": ["voetpad", None]}, "weg", ["wegdeel: voetpad", "wegdeel"]),
        ("pand", {"identificatie_bag_pnd": ["1", "2"]}, "pand", ["pand", "pand"]),
        ("ondersteunendwaterdeel", {"type": ["oever", "slik"]}, "water",
         ["ondersteunendwaterdeel: oever", "ondersteunendwaterdeel: slik"]),
        ("bgt_begroeidterreindeel", {"fysiek_voorkomen": ["gras", "bos"]}, "terrein",
         ["bgt_begroeidterreindeel: gras", "bgt_begroeidterreindeel: bos"]),
        ("spoor", {"functie": ["trein", "tram"]}, "spoor", ["spoor: trein", "spoor: tram"]),
        ("scheiding_vlak", {"type": ["muur", "hek"]}, "overig",
         ["scheiding_vlak: muur", "scheiding_vlak: hek"]),
        ("export", {"identificatie_bag_pnd": ["1", "2"]}, "pand", ["export", "export"]),
    ],
)  # fmt: skip
def test_layers_of_the_bgt_in_a_geopackage(tmp_path, laagnaam, eigen, soort, klasse):
    pad = write_vector(tmp_path / "b.gpkg", [VIERKANT, NAAST], BGT | eigen, laag=laagnaam)
    laag = only(pad)
    assert laag.laag == "achtergrond"
    assert laag.frame["soort"].tolist() == [soort] * 2
    assert laag.frame["klasse"].tolist() == klasse


@pytest.mark.parametrize(
    "einde",
    [
        {"eind_registratie": [None, "2016-01-15T11:35:50"]},
        {"eindregistratie": ["9999-12-31", "2016-01-15"]},
        {"termination_date": [None, "2016-01-15"]},
        {"bgt_status": ["bestaand", "plan"]},
        {"plus_status": ["geenWaarde", "historie"]},
    ],
)
def test_rows_that_ended_or_are_planned_are_refused(tmp_path, einde):
    laag = only(write_vector(tmp_path / "b.gpkg", [VIERKANT, NAAST], BGT | einde, laag="pand"))
    assert (laag.gelezen, len(laag.frame), counts(laag)["KL811"]) == (2, 1, 1)


TOPNL = {
    "lokaalid": ["1", "2"],
    "bronactualiteit": ["2020-01-01", "2020-01-01"],
    "visualisatiecode": [13000, 13000],
    "tdncode": [100, 100],
    "hoogteniveau": [0, 0],
}


@pytest.mark.parametrize(
    ("laagnaam", "eigen", "vormen", "soort"),
    [
        ("top10nl_gebouw_vlak", {"typegebouw": ["kerk", "overig"], "naam": ["Laurens", None]},
         [VIERKANT, NAAST], "pand"),
        ("top10nl_wegdeel_vlak", {"typeinfrastructuur": ["x", "x"], "typeweg": ["straat", "pad"]},
         [VIERKANT, NAAST], "weg"),
        ("wegdeel_hartlijn", {"typeweg": ["straat", "pad"]}, [LIJN, LIJN], "weg"),
        ("top10nl_terrein_vlak", {"typelandgebruik": ["bos", "heide"]}, [VIERKANT, NAAST],
         "terrein"),
        ("top10nl_waterdeel_lijn", {"typewater": ["beek", "sloot"]}, [LIJN, LIJN], "water"),
        ("top10nl_spoorbaandeel_lijn", {"typespoorbaan": ["trein", "tram"]}, [LIJN, LIJN],
         "spoor"),
        ("top10nl_gebouw_punt", {"typegebouw": ["kerk", "toren"], "gebruiksdoel": ["w", "w"],
                                 "identificatie": ["a", "b"]},
         [VIERKANT.centroid, NAAST.centroid], "pand"),
        ("top10nl_functioneel_gebied_punt", {"typefunctioneelgebied": ["ijsbaan", "golf"]},
         [VIERKANT.centroid, NAAST.centroid], "overig"),
    ],
)  # fmt: skip
def test_layers_of_topnl_in_a_geopackage(tmp_path, laagnaam, eigen, vormen, soort):
    laag = only(write_vector(tmp_path / "t.gpkg", vormen, TOPNL | eigen, laag=laagnaam))
    assert (laag.laag, set(laag.frame["soort"])) == ("achtergrond", {soort})
    type_ = next(waarden for naam, waarden in eigen.items()
                 if naam.startswith("type") and naam != "typeinfrastructuur")  # fmt: skip
    assert laag.frame["klasse"].tolist() == [f"{laagnaam}: {waarde}" for waarde in type_]
    if "naam" in eigen:
        assert laag.frame["naam"].tolist() == ["Laurens", None]


def test_a_geopackage_of_many_layers_gives_each_as_a_source_of_its_own(tmp_path):
    pad = tmp_path / "top10nl_Compleet.gpkg"
    write_vector(pad, [VIERKANT, NAAST], TOPNL | {"typegebouw": ["a", "b"]}, laag="gebouw_vlak")
    write_vector(pad, [LIJN, LIJN], TOPNL | {"typeweg": ["c", "d"]}, laag="wegdeel_lijn",
                 toevoegen=True)  # fmt: skip
    lagen = read_bestand(pad)
    assert [laag.frame["soort"].iloc[0] for laag in lagen] == ["pand", "weg"]
    assert len({laag.herkomst.bron for laag in lagen}) == 2


def test_our_own_background_reads_back(tmp_path):
    rijen = {"soort": ["weg", "pand"], "klasse": ["Wegdeel: straat", "Gebouw"], "naam": ["A", None]}
    laag = only(write_vector(tmp_path / "a.fgb", [VIERKANT, NAAST], rijen))
    assert laag.laag == "achtergrond"
    # FlatGeobuf orders its rows by place.
    terug = {tuple(rij) for rij in laag.frame[["soort", "klasse", "naam"]].itertuples(index=False)}
    assert terug == {("weg", "Wegdeel: straat", "A"), ("pand", "Gebouw", None)}


def test_a_type_is_known_by_its_element_its_layer_or_its_columns():
    assert kind_of("TrafficArea") == kind_of("bgt_wegdeel") == kind_of("top10nl_wegdeel_hartlijn")
    assert kind_of("iets", ["TypeWater"]) == "water"
    assert kind_of("iets") == "overig"
    assert class_text("Wegdeel", ["straat", None, "straat", "overig"]) == "Wegdeel: straat, overig"
    assert class_text("Wegdeel", ["geenWaarde", ""]) == "Wegdeel"
