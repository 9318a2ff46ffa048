"""IMRO2008 and IMRO2012: every object class, codes as text, arcs as GDAL cuts them."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pyogrio
import pytest
import shapely
from lxml import etree

from kaartlagen.bogen import BOOGTOLERANTIE_M
from kaartlagen.bronnen.imro import read_imro
from kaartlagen.bronnen.imro_klassen import layer_of
from kaartlagen.errors import BronError, CrsError
from kaartlagen.inname import read_bestand
from tests.kaartlagen.maken import imro_object, plan, polygon_gml, write_imro

ECHT = (
    "NL.IMRO.0200.bp1416-ont1",
    "NL.IMRO.0202.974-0301",
    "NL.IMRO.0638.BP00002WY008-VAS1",
    "NL.IMRO.0664.BPBS03-ON99",
    "NL.IMRO.1680.1800030105-0000",
)


def layers(pad: Path) -> dict[str, object]:
    return {laag.laag: laag for laag in read_bestand(pad)}


def codes(laag) -> dict[str, int]:
    return {b.code: b.aantal for b in laag.bevindingen}


@pytest.mark.parametrize("idn", ECHT)
def test_every_xml_object_of_a_real_plan_becomes_a_row(data_map, idn):
    pad = data_map / "imro" / f"{idn}.gml"
    klassen = Counter(
        etree.QName(lid[0]).localname
        for lid in etree.parse(pad).getroot().iterfind("{*}featureMember")
    )
    klassen.pop("MetadataIMRObestand")
    verwacht = Counter()
    for klasse, aantal in klassen.items():
        verwacht[layer_of(klasse)] += aantal
    gelezen = layers(pad)
    assert {naam: len(laag.frame) for naam, laag in gelezen.items()} == dict(verwacht)
    for laag in gelezen.values():
        assert laag.gelezen == len(laag.frame)
        assert laag.geweigerd == 0
        assert laag.hersteld == 0
        assert set(laag.frame["idn"]) == {idn}
        assert laag.herkomst.bron == idn
        assert laag.frame.is_valid.all()


@pytest.mark.parametrize("idn", ECHT)
def test_areas_of_a_real_plan_agree_with_gdal(data_map, tmp_path, idn):
    # GDAL writes a .gfs file beside what it reads: it gets a copy.
    kopie = Path(shutil.copy(data_map / "imro" / f"{idn}.gml", tmp_path / "plan.gml"))
    gelezen = layers(data_map / "imro" / f"{idn}.gml")
    pyogrio.set_gdal_config_options({"OGR_ARC_STEPSIZE": "0.1"})
    try:
        for klasse, laag in [("Bouwvlak", "bouwvlakken"), ("Enkelbestemming", "bestemmingsvlakken"),
                             ("Maatvoering", "maatvoeringen")]:  # fmt: skip
            if klasse not in pyogrio.list_layers(kopie)[:, 0]:
                continue
            gdal = pyogrio.read_dataframe(kopie, layer=klasse)
            eigen = gelezen[laag].frame
            if laag == "bestemmingsvlakken":
                eigen = eigen[eigen["soort"] == "enkelbestemming"]
            assert len(gdal) == len(eigen)
            verschil = abs(
                shapely.area(gdal.geometry.to_numpy()) - shapely.area(eigen.geometry.to_numpy())
            )
            # Our chords lie within a millimetre of the arc, GDAL's here much closer.
            assert (
                verschil.max()
                < 2 / 3 * BOOGTOLERANTIE_M * shapely.length(eigen.geometry.to_numpy()).max()
            )
            assert verschil.max() < 0.1
    finally:
        pyogrio.set_gdal_config_options({"OGR_ARC_STEPSIZE": None})


def test_the_arnhem_plan_with_arcs(data_map):
    gelezen = layers(data_map / "imro" / "NL.IMRO.0202.974-0301.gml")
    vlakken = gelezen["bestemmingsvlakken"].frame
    assert (vlakken["soort"] == "enkelbestemming").sum() == 16
    assert len(gelezen["bouwvlakken"].frame) == 5
    assert codes(gelezen["bestemmingsvlakken"])["KL306"] == 20
    plan = gelezen["plangebieden"].frame.iloc[0]
    assert plan["idn"] == "NL.IMRO.0202.974-0301"
    assert plan["overheidscode"] == "0202"
    assert plan["planstatus"] == "vastgesteld"
    assert plan["datum"] == "2024-01-01"
    assert plan["type_plan"] == "bestemmingsplan"
    assert plan["imro_versie"] == "IMRO2012"
    assert not plan["tam"]
    assert gelezen["plangebieden"].herkomst.peildatum == date(2024, 1, 1)
    # The enkelbestemmingen of a plan cover it without overlap.
    assert shapely.union_all(vlakken.geometry.to_numpy()).area == pytest.approx(
        vlakken.area.sum(), abs=1.0
    )


def test_the_gieterveen_plan_of_2008(data_map):
    gelezen = layers(data_map / "imro" / "NL.IMRO.1680.1800030105-0000.gml")
    soorten = gelezen["bestemmingsvlakken"].frame["soort"].value_counts()
    assert soorten.to_dict() == {"enkelbestemming": 84, "dubbelbestemming": 6}
    assert len(gelezen["bouwvlakken"].frame) == 88
    plan = gelezen["plangebieden"].frame.iloc[0]
    assert (plan["planstatus"], plan["imro_versie"]) == ("concept", "IMRO2008")
    bouwvlak = gelezen["bouwvlakken"].frame.iloc[0]
    assert bouwvlak["object_id"] == "NL.IMRO.1"
    wijziging = gelezen["aanduidingen"].frame
    assert wijziging["groep"].str.contains("wro-zone|geluidzone|other|overig", regex=True).any()


def test_the_zoeterwoude_plan_names_its_mother_plan(data_map):
    gelezen = layers(data_map / "imro" / "NL.IMRO.0638.BP00002WY008-VAS1.gml")
    rij = gelezen["plangebieden"].frame.iloc[0]
    assert json.loads(rij["extern_plan"]) == [
        {
            "idn": "NL.IMRO.0638.BP00002-ONH1",
            "naam": "Landelijk Gebied",
            "rol": "als mutatie opgenomen",
        }
    ]
    assert rij["type_plan"] == "wijzigingsplan"


def test_nothing_is_left_beside_the_source(data_map, tmp_path):
    kopie = Path(shutil.copy(data_map / "imro" / f"{ECHT[0]}.gml", tmp_path / "plan.gml"))
    read_bestand(kopie)
    assert [pad.name for pad in tmp_path.iterdir()] == ["plan.gml"]


def test_numbers_that_are_codes_stay_text(tmp_path):
    extra = "<imro:artikelnummer>007</imro:artikelnummer>"
    gelezen = layers(write_imro(tmp_path / "p.gml", plan(), imro_object(extra=extra)))
    assert gelezen["bestemmingsvlakken"].frame.iloc[0]["artikelnummer"] == "007"
    assert gelezen["plangebieden"].frame.iloc[0]["overheidscode"] == "9001"


def test_references_become_object_ids_and_idns(tmp_path):
    extra = "".join(
        f'<imro:bestemmingsvlak xlink:href="#{doel}"/>' for doel in ("NL.IMRO.o1", "elders")
    )
    gelezen = layers(
        write_imro(
            tmp_path / "p.gml",
            plan(),
            imro_object(nummer=1),
            imro_object("Functieaanduiding", 2, extra=extra),
        )
    )
    aanduiding = gelezen["aanduidingen"].frame.iloc[0]
    assert json.loads(aanduiding["bestemmingsvlakken"]) == ["NL.IMRO.o1", "elders"]
    assert aanduiding["idn"] == "NL.IMRO.9001.plan1-vas1"


def test_values_of_a_maatvoering_are_kept_in_pairs(tmp_path):
    extra = "".join(
        f"<imro:maatvoeringInfo><imro:WaardeEnType><imro:waarde>{w}</imro:waarde>"
        f"<imro:waardeType>{t}</imro:waardeType></imro:WaardeEnType></imro:maatvoeringInfo>"
        for t, w in [("maximum bouwhoogte (m)", "10"), ("maximum aantal wooneenheden", "05")]
    )
    gelezen = layers(
        write_imro(tmp_path / "p.gml", plan(), imro_object("Maatvoering", extra=extra))
    )
    assert json.loads(gelezen["maatvoeringen"].frame.iloc[0]["waarden"]) == [
        {"waardetype": "maximum bouwhoogte (m)", "waarde": "10"},
        {"waardetype": "maximum aantal wooneenheden", "waarde": "05"},
    ]


def test_an_object_without_a_link_belongs_to_the_only_plan(tmp_path):
    gelezen = layers(write_imro(tmp_path / "p.gml", plan(), imro_object(plan=None)))
    assert gelezen["bestemmingsvlakken"].frame.iloc[0]["idn"] == "NL.IMRO.9001.plan1-vas1"


def test_an_object_without_any_plan_is_refused_and_counted(tmp_path):
    los = imro_object(plan=None)
    goed = imro_object(nummer=2, plan="#NL.IMRO.9001.plan9-vas1")
    laag = layers(write_imro(tmp_path / "p.gml", los, goed))["bestemmingsvlakken"]
    assert (laag.gelezen, len(laag.frame), laag.geweigerd) == (2, 1, 1)
    assert codes(laag)["KL403"] == 1


def test_classes_without_a_layer_are_counted_and_named(tmp_path):
    vreemd = imro_object("Sterrenwacht", 7)
    laag = layers(write_imro(tmp_path / "p.gml", plan(), vreemd, vreemd))["plangebieden"]
    bevinding = next(b for b in laag.bevindingen if b.code == "KL401")
    assert (bevinding.aantal, bevinding.voorbeelden) == (2, ("Sterrenwacht (2)",))


def test_a_file_of_such_classes_alone_is_refused(tmp_path):
    with pytest.raises(BronError, match="Sterrenwacht"):
        read_imro(write_imro(tmp_path / "p.gml", imro_object("Sterrenwacht")))
    with pytest.raises(BronError, match="geen enkel object"):
        read_imro(write_imro(tmp_path / "p.gml"))


@pytest.mark.parametrize("klasse", ["Besluitvlak_X", "Besluitsubvlak_P", "Besluitvlak_A"])
def test_besluitvlakken_keep_their_type(tmp_path, klasse):
    laag = layers(write_imro(tmp_path / "p.gml", plan(), imro_object(klasse)))["besluitvlakken"]
    assert laag.frame.iloc[0]["soort"] == klasse.lower()


def test_a_besluitgebied_is_a_plan_and_its_objects_find_it(tmp_path):
    gebied = plan().replace("Bestemmingsplangebied", "Besluitgebied_X")
    vlak = imro_object("Besluitvlak_X", plan=None).replace(
        "<imro:naam>",
        '<imro:besluitgebied_X xlink:href="#NL.IMRO.9001.plan1-vas1"/><imro:naam>',
    )
    gelezen = layers(write_imro(tmp_path / "p.gml", gebied, vlak))
    assert len(gelezen["plangebieden"].frame) == 1
    assert gelezen["besluitvlakken"].frame.iloc[0]["idn"] == "NL.IMRO.9001.plan1-vas1"


def test_a_figuur_may_be_a_line(tmp_path):
    lijn = (
        '<gml:Curve srsName="urn:ogc:def:crs:EPSG::28992"><gml:segments><gml:LineStringSegment>'
        "<gml:posList>155000 463000 155100 463100</gml:posList></gml:LineStringSegment>"
        "</gml:segments></gml:Curve>"
    )
    laag = layers(write_imro(tmp_path / "p.gml", plan(), imro_object("Figuur", geometrie=lijn)))[
        "figuren"
    ]
    assert laag.frame.geom_type.tolist() == ["LineString"]


@pytest.mark.parametrize(
    ("naam", "tam"),
    [
        ("TAM-omgevingsplan Dorp", True),
        ("tam-omgevingsplan dorp", True),
        ("TAM omgevingsplan Dorp", True),
        (" TAM - omgevingsplan Dorp", True),
        ("TAM–omgevingsplan Dorp", True),
        ("TAM-omgevingsplan Hoofdstuk 22a Dorp", True),
        ("TAM-omgevingsplan", True),
        ("TAM-omgevingsplanning", False),
        ("TAM-voorbereidingsbesluit Dorp", False),
        ("Omgevingsplan Dorp, TAM-omgevingsplan", False),
        ("Stam-omgevingsplan", False),
        ("Plan TAM", False),
    ],
)
def test_a_tam_omgevingsplan_is_known_by_its_name(tmp_path, naam, tam):
    laag = layers(write_imro(tmp_path / "p.gml", plan(naam=naam)))["plangebieden"]
    assert bool(laag.frame.iloc[0]["tam"]) is tam
    assert ("KL405" in codes(laag)) is tam


def test_unknown_status_and_date_are_reported_and_not_invented(tmp_path):
    laag = layers(
        write_imro(tmp_path / "p.gml", plan(status="onherroepelijk", datum="31-31-2024"))
    )["plangebieden"]
    rij = laag.frame.iloc[0]
    assert (rij["planstatus"], rij["datum"]) == ("onherroepelijk", None)
    assert {"KL402", "KL406"} <= set(codes(laag))
    assert laag.herkomst.peildatum is None


def test_onherroepelijk_is_a_status_of_2008(tmp_path):
    pad = write_imro(tmp_path / "p.gml", plan(status="onherroepelijk"), versie="2008/1")
    laag = layers(pad)["plangebieden"]
    assert "KL402" not in codes(laag)


def test_a_broken_geometry_refuses_its_row_with_the_reason(tmp_path):
    open_ring = imro_object(
        nummer=2, geometrie=polygon_gml("155000 463000 155100 463000 155100 463100 155000 463100")
    )
    laag = layers(write_imro(tmp_path / "p.gml", plan(), imro_object(), open_ring))[
        "bestemmingsvlakken"
    ]
    assert (laag.gelezen, len(laag.frame), laag.geweigerd) == (2, 1, 1)
    bevinding = next(b for b in laag.bevindingen if b.code == "KL305")
    assert "niet gesloten" in bevinding.voorbeelden[0]
    assert "NL.IMRO.o2" in bevinding.voorbeelden[0]


def test_two_plans_in_one_file_keep_their_own_objects(tmp_path):
    ander = plan().replace("plan1", "plan2")
    gelezen = layers(
        write_imro(tmp_path / "p.gml", plan(), ander, imro_object(plan="#NL.IMRO.9001.plan2-vas1"))
    )
    assert gelezen["bestemmingsvlakken"].frame.iloc[0]["idn"] == "NL.IMRO.9001.plan2-vas1"
    assert gelezen["plangebieden"].herkomst.bron == "p.gml"


def test_other_or_mixed_coordinate_systems_are_refused(tmp_path):
    graden = polygon_gml("52.1 5.3 52.2 5.3 52.2 5.4 52.1 5.3", "urn:ogc:def:crs:EPSG::4258")
    with pytest.raises(CrsError, match="verschillende"):
        read_imro(write_imro(tmp_path / "p.gml", plan(), imro_object(geometrie=graden)))
    with pytest.raises(CrsError, match="breedte en lengte"):
        read_bestand(write_imro(tmp_path / "p.gml", plan(geometrie=graden)))


def test_a_comment_is_no_content(tmp_path):
    pad = write_imro(
        tmp_path / "p.gml", plan(extra="<!-- <imro:planstatus>ontwerp</imro:planstatus> -->")
    )
    assert layers(pad)["plangebieden"].frame.iloc[0]["planstatus"] == "vastgesteld"


@pytest.mark.parametrize(
    ("versie", "naam"),
    [("2008/1", "IMRO2008"), ("2012/1.0", "IMRO2012"), ("2012/1.1", "IMRO2012")],
)
@pytest.mark.parametrize(
    "typeplan",
    ["bestemmingsplan", "inpassingsplan", "rijksbestemmingsplan", "uitwerkingsplan",
     "wijzigingsplan"],
)  # fmt: skip
def test_every_kind_of_bestemmingsplan_in_every_version(tmp_path, versie, naam, typeplan):
    gebied = plan().replace("bestemmingsplan</imro:typePlan>", f"{typeplan}</imro:typePlan>")
    gelezen = layers(write_imro(tmp_path / "p.gml", gebied, imro_object(), versie=versie))
    rij = gelezen["plangebieden"].frame.iloc[0]
    assert (rij["type_plan"], rij["imro_versie"]) == (typeplan, naam)
    assert codes(gelezen["plangebieden"]) == {}
    assert gelezen["bestemmingsvlakken"].frame.iloc[0]["soort"] == "enkelbestemming"


@pytest.mark.parametrize(
    ("klasse", "veld", "code"),
    [("Enkelbestemming", "bestemmingshoofdgroep", "KL451"),
     ("Gebiedsaanduiding", "gebiedsaanduidinggroep", "KL454")],
)  # fmt: skip
def test_codes_out_of_their_list_are_kept_and_told(tmp_path, klasse, veld, code):
    extra = f"<imro:{veld}>buitenaards</imro:{veld}>"
    gelezen = layers(write_imro(tmp_path / "p.gml", plan(), imro_object(klasse, extra=extra)))
    laag = gelezen["bestemmingsvlakken" if klasse == "Enkelbestemming" else "aanduidingen"]
    kolom = "hoofdgroep" if klasse == "Enkelbestemming" else "groep"
    assert laag.frame.iloc[0][kolom] == "buitenaards"
    assert codes(laag)[code] == 1


def test_a_type_plan_out_of_its_list_is_kept_and_told(tmp_path):
    gebied = plan().replace("bestemmingsplan</imro:typePlan>", "dorpsplan</imro:typePlan>")
    laag = layers(write_imro(tmp_path / "p.gml", gebied))["plangebieden"]
    assert laag.frame.iloc[0]["type_plan"] == "dorpsplan"
    assert codes(laag)["KL452"] == 1


def test_the_name_of_the_overheid_is_unknown_where_the_plan_does_not_say_it(tmp_path):
    gebied = plan().replace("<imro:naamOverheid>Gemeente Voorbeeld</imro:naamOverheid>", "")
    laag = layers(write_imro(tmp_path / "p.gml", gebied))["plangebieden"]
    assert laag.frame.iloc[0]["overheid"] is None
