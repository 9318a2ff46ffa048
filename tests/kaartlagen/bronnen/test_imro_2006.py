"""IMRO2006: GML's own root, plain ids, words around the geometry, other code lists."""

from __future__ import annotations

import json

import pytest

from kaartlagen.herkennen import recognise
from kaartlagen.inname import read_bestand
from tests.kaartlagen.imro_maken import (
    IDN_2006,
    line,
    object_2006,
    plan_2006,
    point,
    square,
    surface,
    write_2006,
)


def layers(pad):
    return {laag.laag: laag for laag in read_bestand(pad)}


def codes(laag) -> dict[str, int]:
    return {b.code: b.aantal for b in laag.bevindingen}


def test_a_plan_of_2006_is_recognised_by_its_members(tmp_path):
    herkenning = recognise(write_2006(tmp_path / "p.gml", plan_2006()))
    assert herkenning.herkend[0].soort == "imro"
    assert "IMRO2006" in herkenning.herkend[0].grond


def test_the_plangebied_of_2006(tmp_path):
    gelezen = layers(write_2006(tmp_path / "p.gml", plan_2006()))
    laag = gelezen["plangebieden"]
    rij = laag.frame.iloc[0]
    assert rij["idn"] == IDN_2006
    assert rij["imro_versie"] == "IMRO2006"
    assert rij["type_plan"] == "gemeentelijk plan; bestemmingsplan artikel 10"
    assert (rij["planstatus"], rij["datum"]) == ("vastgesteld", "2007-06-07")
    assert rij["overheidscode"] == "0654"
    assert rij["overheid"] is None
    assert rij.geometry.area == pytest.approx(10_000)
    assert codes(laag) == {}
    assert set(gelezen) == {"plangebieden"}


@pytest.mark.parametrize(
    ("klasse", "typeplan", "gegeven", "code"),
    [
        ("StructuurvisieGebied", "gemeentelijk plan; structuurvisie",
         "<imro:gemeenteCode>0654</imro:gemeenteCode>", "0654"),
        ("ProvinciaalPlangebied", "provinciaal plan; streekplan",
         "<imro:provincieCode>28</imro:provincieCode>", "9928"),
        ("ProvinciaalPlangebied", "provinciaal plan; streekplan",
         "<imro:provincieCode>28</imro:provincieCode><imro:provincieCode>30</imro:provincieCode>",
         None),
        ("NationaalPlangebied", "nationaal plan; PKB", "", "0000"),
    ],
)  # fmt: skip
def test_plans_of_other_overheden_have_their_code(tmp_path, klasse, typeplan, gegeven, code):
    laag = layers(write_2006(tmp_path / "p.gml", plan_2006(klasse, typeplan, "ontwerp", gegeven)))[
        "plangebieden"
    ]
    assert laag.frame.iloc[0]["overheidscode"] == code
    assert "KL452" not in codes(laag)


def test_a_besluitgebied_of_2006_has_its_own_names_for_type_and_status(tmp_path):
    besluit = (
        plan_2006("Besluitgebied")
        .replace("typePlan", "typeBesluitgebied")
        .replace("gemeentelijk plan; bestemmingsplan artikel 10", "vrijstellingsbesluit")
        .replace("planstatusInfo", "statusBeslissing")
    )
    onthouding = object_2006("Onthoudingsgebied").replace("imro:plangebied", "imro:besluitgebied")
    gelezen = layers(write_2006(tmp_path / "p.gml", besluit, onthouding))
    rij = gelezen["plangebieden"].frame.iloc[0]
    assert (rij["type_plan"], rij["planstatus"]) == ("vrijstellingsbesluit", "vastgesteld")
    assert "KL452" not in codes(gelezen["plangebieden"])
    assert gelezen["besluitvlakken"].frame.iloc[0]["idn"] == IDN_2006
    assert "KL401" not in codes(gelezen["plangebieden"])


def test_bestemmingen_of_2006_count_as_enkel_and_dubbel(tmp_path):
    hoofdgroep = "<imro:bestemmingshoofdgroep>wonen</imro:bestemmingshoofdgroep>"
    gelezen = layers(
        write_2006(
            tmp_path / "p.gml",
            plan_2006(),
            object_2006(extra=hoofdgroep),
            object_2006("Dubbelbestemming", 2, extra=hoofdgroep),
        )
    )["bestemmingsvlakken"]
    assert gelezen.frame["soort"].tolist() == ["enkelbestemming", "dubbelbestemming"]
    assert gelezen.frame["object_id"].tolist() == ["EP1", "EP2"]
    assert gelezen.frame["idn"].tolist() == [IDN_2006] * 2
    assert gelezen.frame.area.tolist() == pytest.approx([10_000.0] * 2)
    assert codes(gelezen) == {}


def test_aanduidingen_of_2006_keep_their_kind_and_speak_of_what_they_point_to(tmp_path):
    gelezen = layers(
        write_2006(
            tmp_path / "p.gml",
            plan_2006(),
            object_2006("Bouwvlak", 1, houder="VlakMultiVlak"),
            object_2006(
                "Lettertekenaanduiding",
                2,
                houder="PuntLijnVlakMulti",
                extra='<imro:aanduiding xlink:href="#localid1"/>',
            ),
            object_2006("Gebiedsaanduiding", 3),
        )
    )
    aanduidingen = gelezen["aanduidingen"]
    assert aanduidingen.frame["soort"].tolist() == ["lettertekenaanduiding", "gebiedsaanduiding"]
    assert json.loads(aanduidingen.frame.iloc[0]["bestemmingsvlakken"]) == ["EP1"]
    # IMRO2006 has no gebiedsaanduidinggroep to be missing.
    assert "KL454" not in codes(aanduidingen)
    assert len(gelezen["bouwvlakken"].frame) == 1


def test_values_of_2006_lie_deeper(tmp_path):
    waarden = "".join(
        f"<imro:omvangWaarde><imro:OmvangWaardeBP><imro:waarde>{w}</imro:waarde>"
        f"<imro:waardeType>{t}</imro:waardeType></imro:OmvangWaardeBP></imro:omvangWaarde>"
        for t, w in [
            ("maatvoering; hoogte; goothoogte; maximum goothoogte (m)", "4.5"),
            ("aantal; aantal wooneenheden; maximum aantal wooneenheden", "12"),
        ]
    )
    extra = (
        f"<imro:maatvoering><imro:MatrixEnWaarde>{waarden}</imro:MatrixEnWaarde></imro:maatvoering>"
    )
    gelezen = layers(
        write_2006(tmp_path / "p.gml", plan_2006(), object_2006("Maatvoering", extra=extra))
    )
    assert json.loads(gelezen["maatvoeringen"].frame.iloc[0]["waarden"]) == [
        {
            "waardetype": "maatvoering; hoogte; goothoogte; maximum goothoogte (m)",
            "waarde": "4.5",
        },
        {
            "waardetype": "aantal; aantal wooneenheden; maximum aantal wooneenheden",
            "waarde": "12",
        },
    ]


def test_figuren_are_lines_and_a_figuur_that_is_only_a_symbol_is_refused(tmp_path):
    combi = (
        "<gml:MultiGeometry><gml:geometryMembers>" + line() + line("155000 463050 155100 463050")
        + "</gml:geometryMembers></gml:MultiGeometry>"
    )  # fmt: skip
    laag = layers(
        write_2006(
            tmp_path / "p.gml",
            plan_2006(),
            object_2006(
                "Figuur", 1, line(), houder="PuntLijnVlakCombi", eigenschap="geometrieLijn",
                extra="<imro:artikelnummer>1</imro:artikelnummer>"
                "<imro:artikelnummer>2</imro:artikelnummer>",
            ),
            object_2006(
                "Figuur", 2, combi, houder="PuntLijnVlakCombi", eigenschap="geometrieCombi"
            ),
            object_2006("Figuur", 3, "", extra=f"<imro:symboolInfo>{point()}</imro:symboolInfo>"),
        )
    )["figuren"]  # fmt: skip
    assert laag.frame.geom_type.tolist() == ["LineString", "MultiLineString"]
    assert (laag.gelezen, laag.geweigerd) == (3, 1)
    assert codes(laag)["KL301"] == 1


def test_areas_lines_and_complexes_of_a_streekplan_are_visiegebieden(tmp_path):
    deel = '<imro:planobject xlink:href="#localid1"/><imro:planobject xlink:href="#localid2"/>'
    gelezen = layers(
        write_2006(
            tmp_path / "p.gml",
            plan_2006("ProvinciaalPlangebied", "provinciaal plan; streekplan", "vigerend"),
            object_2006("ProvinciaalGebied", 1, soort="gebied; provinciaalGebied"),
            object_2006(
                "ProvinciaalGebied",
                2,
                surface(square(155_200, 463_000)),
                soort="gebied; provinciaalGebied",
            ),
            object_2006("ProvinciaalVerbinding", 3, line(), eigenschap="geometrieLijn",
                        soort="verbinding; provinciaalVerbinding"),
            object_2006("ProvinciaalComplex", 4, "", extra=deel,
                        soort="complex; provinciaalComplex"),
        )
    )  # fmt: skip
    laag = gelezen["visiegebieden"]
    assert laag.frame["soort"].tolist() == [
        "provinciaalGebied", "provinciaalGebied", "provinciaalVerbinding", "provinciaalComplex",
    ]  # fmt: skip
    assert laag.frame.geom_type.tolist()[2] == "LineString"
    assert laag.frame.area.iloc[3] == pytest.approx(20_000)
    assert codes(laag) == {"KL415": 1}
    assert codes(gelezen["plangebieden"]) == {}


def test_a_mother_plan_is_named_in_words_or_by_its_idn(tmp_path):
    extra = "".join(
        f"<imro:verwijzingNaarExternPlan>{tekst}</imro:verwijzingNaarExternPlan>"
        for tekst in ("Kom Noord", "NL.IMRO.06540000BS0001-")
    )
    rij = layers(write_2006(tmp_path / "p.gml", plan_2006(extra=extra)))["plangebieden"].frame
    assert json.loads(rij.iloc[0]["extern_plan"]) == [
        {"idn": None, "naam": "Kom Noord", "rol": None},
        {"idn": "NL.IMRO.06540000BS0001-", "naam": None, "rol": None},
    ]


def test_codes_out_of_the_lists_of_2006_are_told_and_kept(tmp_path):
    hoofdgroep = "<imro:bestemmingshoofdgroep>buitengebied</imro:bestemmingshoofdgroep>"
    idn = "NL.IMRO.0654.BS4376-0001"
    gelezen = layers(
        write_2006(
            tmp_path / "p.gml",
            plan_2006(typeplan="dorpsplan", status="onherroepelijk").replace(IDN_2006, idn),
            object_2006(extra=hoofdgroep).replace(IDN_2006, idn),
        )
    )
    plan = gelezen["plangebieden"]
    assert {"KL402", "KL404", "KL452"} <= set(codes(plan))
    assert plan.frame.iloc[0][["type_plan", "planstatus"]].tolist() == [
        "dorpsplan", "onherroepelijk",
    ]  # fmt: skip
    assert codes(gelezen["bestemmingsvlakken"]) == {"KL451": 1}
    assert gelezen["bestemmingsvlakken"].frame.iloc[0]["hoofdgroep"] == "buitengebied"


def test_the_envelope_names_the_crs_where_no_geometry_does(tmp_path):
    pad = write_2006(tmp_path / "p.gml", plan_2006(), object_2006())
    kop, leden = pad.read_text(encoding="utf-8").split("</gml:boundedBy>")
    kaal = leden.replace(' srsName="urn:ogc:def:crs:EPSG::28992"', "")
    pad.write_text(f"{kop}</gml:boundedBy>{kaal}", encoding="utf-8")
    gelezen = layers(pad)
    assert gelezen["bestemmingsvlakken"].herkomst.crs_bron == "EPSG:28992"
    # The envelope itself is no object of the plan.
    assert "KL401" not in codes(gelezen["plangebieden"])


def test_metadata_and_boundaries_are_no_unknown_classes(tmp_path):
    titel = "<imro:datasetTitel>x</imro:datasetTitel>"
    meta = f"<imro:MetadataIMRObestand>{titel}</imro:MetadataIMRObestand>"
    gelezen = layers(write_2006(tmp_path / "p.gml", meta, plan_2006()))
    assert codes(gelezen["plangebieden"]) == {}
