"""References in a plan file: to plans, to vlakken, and from geometry to geometry."""

from __future__ import annotations

import json

import pytest

from kaartlagen.errors import BronError, CrsError, OnbekendeSoortError
from kaartlagen.herkennen import recognise
from kaartlagen.inname import read_bestand
from tests.kaartlagen.imro_maken import (
    RD_URN,
    line,
    square,
    surface,
)
from tests.kaartlagen.maken import imro_object, plan, polygon_gml, write_imro

IDN = "NL.IMRO.9001.plan1-vas1"


def layers(pad):
    return {laag.laag: laag for laag in read_bestand(pad)}


def codes(laag) -> dict[str, int]:
    return {b.code: b.aantal for b in laag.bevindingen}


def curve(naam: str, punten: str) -> str:
    return (
        f'<gml:Curve gml:id="{naam}" srsName="{RD_URN}"><gml:segments><gml:LineStringSegment>'
        f"<gml:posList>{punten}</gml:posList></gml:LineStringSegment></gml:segments></gml:Curve>"
    )


def ring_surface(*leden: str) -> str:
    """A surface whose ring has the curve members given."""
    return (
        f'<gml:Surface srsName="{RD_URN}"><gml:patches><gml:PolygonPatch><gml:exterior><gml:Ring>'
        + "".join(leden)
        + "</gml:Ring></gml:exterior></gml:PolygonPatch></gml:patches></gml:Surface>"
    )


def link(naam: str, teken: str = "+") -> str:
    """A curve member that refers to a curve elsewhere, along it or against it."""
    if teken == "+":
        return f'<gml:curveMember xlink:href="#{naam}"/>'
    return (
        '<gml:curveMember><gml:OrientableCurve orientation="-">'
        f'<gml:baseCurve xlink:href="#{naam}"/></gml:OrientableCurve></gml:curveMember>'
    )


def member(inhoud: str) -> str:
    return f"<gml:curveMember>{inhoud}</gml:curveMember>"


RAND = curve("rand", "155100 463000 155100 463100")
LINKS = curve("links", "155100 463100 155000 463100 155000 463000 155100 463000")
RECHTS = curve("rechts", "155100 463000 155200 463000 155200 463100 155100 463100")


# --- from geometry to geometry --------------------------------------------------------------


def test_neighbours_share_a_curve_that_is_written_once(tmp_path):
    eerste = imro_object(nummer=1, geometrie=ring_surface(member(RAND), member(LINKS)))
    tweede = imro_object(nummer=2, geometrie=ring_surface(member(RECHTS), link("rand", "-")))
    for volgorde in ([eerste, tweede], [tweede, eerste]):
        laag = layers(write_imro(tmp_path / "p.gml", plan(), *volgorde))["bestemmingsvlakken"]
        assert laag.frame.area.tolist() == pytest.approx([10_000.0] * 2)
        assert laag.geweigerd == 0


def test_a_reference_may_lead_to_a_reference(tmp_path):
    samen = f'<gml:CompositeCurve gml:id="samen">{link("rand")}{link("links")}</gml:CompositeCurve>'
    houder = imro_object("Figuur", 9, geometrie=f"<gml:MultiCurve>{member(samen)}</gml:MultiCurve>")
    bron = imro_object("Figuur", 8, geometrie=RAND), imro_object("Figuur", 7, geometrie=LINKS)
    vlak = imro_object(geometrie=ring_surface(link("samen")))
    gelezen = layers(write_imro(tmp_path / "p.gml", plan(), vlak, houder, *bron))
    assert gelezen["bestemmingsvlakken"].frame.area.tolist() == pytest.approx([10_000.0])
    assert len(gelezen["figuren"].frame) == 3


def test_a_surface_may_be_a_reference_as_a_whole(tmp_path):
    eigen = imro_object(nummer=1, geometrie=surface(naam="vlak1"))
    leen = imro_object("Bouwvlak", 2).replace(
        f"<imro:geometrie>{polygon_gml()}</imro:geometrie>", '<imro:geometrie xlink:href="#vlak1"/>'
    )
    lid = (
        f'<gml:MultiSurface srsName="{RD_URN}"><gml:surfaceMember xlink:href="#vlak1"/>'
        f"<gml:surfaceMember>{surface(square(155_300, 463_000))}</gml:surfaceMember>"
        "</gml:MultiSurface>"
    )
    gelezen = layers(
        write_imro(
            tmp_path / "p.gml", plan(), eigen, leen, imro_object("Functieaanduiding", 3, lid)
        )
    )
    assert gelezen["bouwvlakken"].frame.area.tolist() == pytest.approx([10_000.0])
    assert gelezen["aanduidingen"].frame.area.tolist() == pytest.approx([20_000.0])


def test_an_outline_may_refer_too(tmp_path):
    omtrek = (
        '<imro:GeometriePlangebied gml:id="g0"><imro:geometrie>'
        f"{ring_surface(link('rand'), member(LINKS))}</imro:geometrie></imro:GeometriePlangebied>"
    )
    gebied = plan(geometrie=" ").replace(
        "<imro:geometrie> </imro:geometrie>", '<imro:begrenzing xlink:href="#g0"/>'
    )
    bron = imro_object("Figuur", 8, geometrie=RAND)
    gelezen = layers(write_imro(tmp_path / "p.gml", gebied, omtrek, bron))
    assert gelezen["plangebieden"].frame.area.tolist() == pytest.approx([10_000.0])


@pytest.mark.parametrize(
    ("leden", "reden"),
    [
        (link("weg"), "#weg, dat niet in het bestand staat"),
        ('<gml:curveMember xlink:href="ander.gml#rand"/>', "ander bestand"),
        ('<gml:curveMember xlink:href="https://x.nl/p.gml#rand"/>', "ander bestand"),
        (member(f'<gml:Curve gml:id="zelf">{link("zelf")}</gml:Curve>'), "zichzelf"),
    ],
)  # fmt: skip
def test_a_reference_that_leads_nowhere_refuses_the_object_alone(tmp_path, leden, reden):
    laag = layers(
        write_imro(
            tmp_path / "p.gml", plan(), imro_object(nummer=1),
            imro_object(nummer=2, geometrie=ring_surface(leden)),
        )
    )["bestemmingsvlakken"]  # fmt: skip
    assert (laag.gelezen, len(laag.frame), laag.geweigerd) == (2, 1, 1)
    bevinding = next(b for b in laag.bevindingen if b.code == "KL305")
    assert reden in bevinding.voorbeelden[0]


def test_references_that_multiply_are_stopped(tmp_path):
    # Each curve refers to the next one twice: 2^40 curves, in a file of a few kilobytes.
    keten = [
        f'<gml:CompositeCurve gml:id="c{n}">{link(f"c{n + 1}")}{link(f"c{n + 1}")}'
        "</gml:CompositeCurve>"
        for n in range(40)
    ]
    bommen = "".join(map(member, [*keten, curve("c40", "155000 463000 155000 463000")]))
    pad = write_imro(
        tmp_path / "p.gml", plan(),
        imro_object("Figuur", 1, geometrie=f"<gml:MultiCurve>{bommen}</gml:MultiCurve>"),
        imro_object(nummer=2, geometrie=ring_surface(link("c0"))),
    )  # fmt: skip
    laag = layers(pad)["bestemmingsvlakken"]
    bevinding = next(b for b in laag.bevindingen if b.code == "KL305")
    assert "NL.IMRO.o2" in bevinding.voorbeelden[0]


# --- from object to plan --------------------------------------------------------------------


def test_objects_of_a_plan_elsewhere_keep_that_plan_and_it_is_told(tmp_path):
    laag = layers(
        write_imro(
            tmp_path / "p.gml", plan(), imro_object(nummer=1),
            imro_object(nummer=2, plan="#NL.IMRO.9001.plan9-vas1"),
            imro_object(nummer=3, plan="https://voorbeeld.nl/p.gml#NL.IMRO.9001.plan8-vas1"),
        )
    )["bestemmingsvlakken"]  # fmt: skip
    assert laag.frame["idn"].tolist() == [
        IDN, "NL.IMRO.9001.plan9-vas1", "NL.IMRO.9001.plan8-vas1",
    ]  # fmt: skip
    assert codes(laag)["KL407"] == 2


def test_a_reference_to_no_plan_at_all_leads_to_the_only_plan_and_is_told(tmp_path):
    laag = layers(write_imro(tmp_path / "p.gml", plan(), imro_object(plan="#gebied")))[
        "bestemmingsvlakken"
    ]
    assert laag.frame["idn"].tolist() == [IDN]
    assert codes(laag)["KL408"] == 1


def test_with_two_plans_such_a_reference_is_refused(tmp_path):
    ander = plan().replace("plan1", "plan2")
    laag = layers(write_imro(tmp_path / "p.gml", plan(), ander, imro_object(plan="#gebied")))[
        "bestemmingsvlakken"
    ]
    assert (laag.gelezen, laag.geweigerd) == (1, 1)
    assert codes(laag)["KL403"] == 1


def test_a_plan_is_found_by_its_gml_id_and_by_its_idn(tmp_path):
    gebied = plan().replace(f'gml:id="{IDN}"', 'gml:id="gebied.7"')
    laag = layers(
        write_imro(
            tmp_path / "p.gml", gebied, imro_object(nummer=1, plan="#gebied.7"),
            imro_object(nummer=2, plan=f"#{IDN}"),
        )
    )["bestemmingsvlakken"]  # fmt: skip
    assert laag.frame["idn"].tolist() == [IDN, IDN]
    assert {"KL407", "KL408"}.isdisjoint(codes(laag))


# --- from object to object ------------------------------------------------------------------


def test_an_aanduiding_speaks_of_more_vlakken(tmp_path):
    extra = "".join(f'<imro:bestemmingsvlak xlink:href="#NL.IMRO.o{n}"/>' for n in (1, 2))
    laag = layers(
        write_imro(
            tmp_path / "p.gml", plan(), imro_object(nummer=1),
            imro_object(nummer=2, geometrie=surface(square(155_200, 463_000))),
            imro_object("Functieaanduiding", 3, extra=extra),
        )
    )["aanduidingen"]  # fmt: skip
    assert json.loads(laag.frame.iloc[0]["bestemmingsvlakken"]) == ["NL.IMRO.o1", "NL.IMRO.o2"]
    assert "KL409" not in codes(laag)


def test_a_reference_to_a_vlak_that_is_not_there_is_kept_and_told(tmp_path):
    laag = layers(
        write_imro(
            tmp_path / "p.gml", plan(),
            imro_object("Bouwaanduiding", 3, extra='<imro:bestemmingsvlak xlink:href="#weg"/>'),
        )
    )["aanduidingen"]  # fmt: skip
    assert json.loads(laag.frame.iloc[0]["bestemmingsvlakken"]) == ["weg"]
    assert next(b for b in laag.bevindingen if b.code == "KL409").voorbeelden == ("weg",)


def test_the_same_object_twice_is_told_and_both_are_kept(tmp_path):
    laag = layers(write_imro(tmp_path / "p.gml", plan(), imro_object(), imro_object()))[
        "bestemmingsvlakken"
    ]
    assert len(laag.frame) == 2
    assert codes(laag)["KL323"] == 1


def test_the_same_object_id_in_two_plans_is_no_double(tmp_path):
    ander = plan().replace("plan1", "plan2")
    laag = layers(
        write_imro(
            tmp_path / "p.gml", plan(), ander, imro_object(),
            imro_object(plan="#NL.IMRO.9001.plan2-vas1"),
        )
    )["bestemmingsvlakken"]  # fmt: skip
    assert laag.frame["idn"].tolist() == [IDN, "NL.IMRO.9001.plan2-vas1"]
    assert "KL323" not in codes(laag)


# --- mother plans ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("versie", "houder"),
    [("2008/1", "ExternPlanReferentie_BP"), ("2012/1.0", "ExternPlanReferentie_BP"),
     ("2012/1.1", "ExternPlanReferentie_XGB")],
)  # fmt: skip
def test_every_mother_plan_is_named_with_its_role(tmp_path, versie, houder):
    extra = (
        f"<imro:verwijzingNaarExternPlanInfo><imro:{houder}><imro:naamExternPlan>Moeder"
        "</imro:naamExternPlan><imro:idnExternPlan>NL.IMRO.9001.moeder-vas1</imro:idnExternPlan>"
        "<imro:rolExternPlan>ten gevolge van extern plan/besluit</imro:rolExternPlan>"
        f"</imro:{houder}></imro:verwijzingNaarExternPlanInfo>"
        f"<imro:verwijzingNaarExternPlanInfo><imro:{houder}><imro:naamExternPlan>Tante"
        "</imro:naamExternPlan><imro:rolExternPlan_BP>als mutatie opgenomen</imro:rolExternPlan_BP>"
        f"</imro:{houder}></imro:verwijzingNaarExternPlanInfo>"
    )
    rij = layers(write_imro(tmp_path / "p.gml", plan(extra=extra), versie=versie))
    assert json.loads(rij["plangebieden"].frame.iloc[0]["extern_plan"]) == [
        {
            "idn": "NL.IMRO.9001.moeder-vas1",
            "naam": "Moeder",
            "rol": "ten gevolge van extern plan/besluit",
        },
        {"idn": None, "naam": "Tante", "rol": "als mutatie opgenomen"},
    ]


# --- the file as a whole --------------------------------------------------------------------


@pytest.mark.parametrize("deel", [0.3, 0.7, 0.99])
def test_a_file_that_is_cut_off_is_refused_as_a_whole(tmp_path, deel):
    pad = write_imro(tmp_path / "p.gml", plan(), *(imro_object(nummer=n) for n in range(9)))
    inhoud = pad.read_bytes()
    pad.write_bytes(inhoud[: int(len(inhoud) * deel)])
    with pytest.raises(BronError, match="afgebroken"):
        read_bestand(pad)


def test_a_version_that_does_not_exist_is_refused_by_name(tmp_path):
    pad = write_imro(tmp_path / "p.gml", plan(), versie="2024/9")
    with pytest.raises(OnbekendeSoortError, match="IMRO-bestand van een onbekende versie"):
        recognise(pad)


@pytest.mark.parametrize(
    "naam",
    ["urn:ogc:def:crs:EPSG::28992", "urn:ogc:def:crs:EPSG:6.9:28992", "EPSG:28992", "epsg:28992",
     "http://www.opengis.net/def/crs/EPSG/0/28992",
     "http://www.opengis.net/gml/srs/epsg.xml#28992"],
)  # fmt: skip
def test_every_way_to_name_rd_is_rd(tmp_path, naam):
    pad = write_imro(
        tmp_path / "p.gml",
        plan(geometrie=polygon_gml(srs=naam)),
        imro_object(geometrie=surface(srs="EPSG:28992")),
    )
    assert {laag.herkomst.crs_bron for laag in read_bestand(pad)} == {"EPSG:28992"}


def test_heights_are_dropped_and_told(tmp_path):
    hoog = (
        '<gml:Polygon srsName="urn:ogc:def:crs:EPSG::7415" srsDimension="3"><gml:exterior>'
        "<gml:LinearRing><gml:posList>155000 463000 1 155100 463000 2 155100 463100 3 "
        "155000 463000 1</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>"
    )
    laag = layers(write_imro(tmp_path / "p.gml", plan(geometrie=hoog)))["plangebieden"]
    assert laag.frame.iloc[0].geometry.area == pytest.approx(5_000)
    assert not laag.frame.iloc[0].geometry.has_z
    assert codes(laag)["KL307"] == 1
    # Some objects with heights and some without are one CRS all the same.
    gelezen = layers(write_imro(tmp_path / "q.gml", plan(geometrie=hoog), imro_object()))
    assert gelezen["bestemmingsvlakken"].frame.area.tolist() == pytest.approx([10_000.0])


def test_arcs_in_degrees_are_refused(tmp_path):
    boog = (
        '<gml:Curve srsName="EPSG:4326"><gml:segments><gml:Arc><gml:posList>5.3 52.1 5.35 52.15 '
        "5.4 52.1</gml:posList></gml:Arc></gml:segments></gml:Curve>"
    )
    vlak = polygon_gml("5.3 52.1 5.4 52.1 5.4 52.2 5.3 52.1", "EPSG:4326")
    pad = write_imro(
        tmp_path / "p.gml", plan(geometrie=vlak), imro_object("Figuur", geometrie=boog)
    )
    with pytest.raises(CrsError, match="bogen worden alleen in RD gelezen"):
        read_bestand(pad)


def test_a_line_where_the_layer_holds_areas_is_refused_with_the_reason(tmp_path):
    laag = layers(
        write_imro(tmp_path / "p.gml", plan(), imro_object("Bouwvlak", geometrie=line()))
    )["bouwvlakken"]
    assert (laag.gelezen, laag.geweigerd) == (1, 1)
    assert codes(laag)["KL302"] == 1
