"""GML geometry of both versions, straight and curved, right or refused with a reason."""

from __future__ import annotations

import math

import pytest
import shapely
from lxml import etree

from kaartlagen.bronnen.gml import Boogteller, GmlFoutError, parse_geometry

RING = "155000 463000 155100 463000 155100 463100 155000 463100 155000 463000"


def parse(inhoud: str, namespace: str = "http://www.opengis.net/gml/3.2"):
    element = etree.fromstring(
        f'<w xmlns:gml="{namespace}" xmlns:xlink="http://www.w3.org/1999/xlink">{inhoud}</w>'
    )[0]
    teller = Boogteller()
    return parse_geometry(element, teller), teller


def ring(punten: str = RING) -> str:
    return f"<gml:LinearRing><gml:posList>{punten}</gml:posList></gml:LinearRing>"


def polygon(buiten: str = RING, *gaten: str, soort: str = "Polygon") -> str:
    binnen = "".join(f"<gml:interior>{ring(gat)}</gml:interior>" for gat in gaten)
    return f"<gml:{soort}><gml:exterior>{ring(buiten)}</gml:exterior>{binnen}</gml:{soort}>"


def surface(*patches: str) -> str:
    return f"<gml:Surface><gml:patches>{''.join(patches)}</gml:patches></gml:Surface>"


def curve(*segmenten: str) -> str:
    return f"<gml:Curve><gml:segments>{''.join(segmenten)}</gml:segments></gml:Curve>"


def segment(punten: str, soort: str = "LineStringSegment") -> str:
    return f"<gml:{soort}><gml:posList>{punten}</gml:posList></gml:{soort}>"


def ring_of(*krommen: str) -> str:
    leden = "".join(f"<gml:curveMember>{kromme}</gml:curveMember>" for kromme in krommen)
    ringen = f"<gml:Ring>{leden}</gml:Ring>"
    return surface(f"<gml:PolygonPatch><gml:exterior>{ringen}</gml:exterior></gml:PolygonPatch>")


@pytest.mark.parametrize(
    "namespace", ["http://www.opengis.net/gml/3.2", "http://www.opengis.net/gml"]
)
def test_both_gml_versions_read_alike_with_interiors(namespace):
    gat = "155010 463010 155010 463020 155020 463020 155020 463010 155010 463010"
    vlak, _ = parse(surface(polygon(RING, gat, soort="PolygonPatch")), namespace)
    assert vlak.area == pytest.approx(10_000 - 100)
    assert len(vlak.interiors) == 1


def test_a_half_disc_of_an_arc_and_a_line():
    arc = segment("155000 463000 155050 463050 155100 463000", "Arc")
    vlak, teller = parse(ring_of(curve(arc, segment("155100 463000 155000 463000"))))
    half = math.pi * 50**2 / 2
    assert teller.aantal == 1
    assert vlak.area + teller.oppervlakte_m2 == pytest.approx(half, rel=1e-9)
    assert half - vlak.area < 0.12


def test_an_arcstring_is_as_many_arcs_as_it_holds():
    punten = "155000 463000 155050 463050 155100 463000 155050 462950 155000 463000"
    vlak, teller = parse(ring_of(curve(segment(punten, "ArcString"))))
    assert teller.aantal == 2
    assert vlak.area == pytest.approx(math.pi * 50**2, rel=1e-4)


def test_a_circle_segment_is_a_ring_by_itself():
    vlak, teller = parse(
        ring_of(curve(segment("155000 463000 155050 463050 155100 463000", "Circle")))
    )
    assert teller.aantal == 1
    assert vlak.area == pytest.approx(math.pi * 50**2, rel=1e-4)


def test_a_circle_around_a_centre():
    cirkel = (
        "<gml:CircleByCenterPoint><gml:pos>155050 463000</gml:pos>"
        '<gml:radius uom="urn:ogc:def:uom:EPSG::9001">50</gml:radius></gml:CircleByCenterPoint>'
    )
    vlak, teller = parse(ring_of(curve(cirkel)))
    assert teller.aantal == 1
    assert vlak.area + teller.oppervlakte_m2 == pytest.approx(math.pi * 50**2, rel=1e-9)


@pytest.mark.parametrize(
    ("straal", "reden"),
    [
        ('<gml:radius uom="deg">50</gml:radius>', "niet in meters"),
        ('<gml:radius uom="m">-1</gml:radius>', "kan niet"),
        ('<gml:radius uom="m">NaN</gml:radius>', "kan niet"),
        ('<gml:radius uom="m">ver</gml:radius>', "geen straal"),
        ("", "geen straal"),
    ],
)
def test_a_circle_without_a_good_radius_says_why(straal, reden):
    cirkel = f"<gml:CircleByCenterPoint><gml:pos>0 0</gml:pos>{straal}</gml:CircleByCenterPoint>"
    with pytest.raises(GmlFoutError, match=reden):
        parse(ring_of(curve(cirkel)))


def test_a_composite_curve_in_a_ring():
    samen = (
        "<gml:CompositeCurve>"
        + "".join(
            f"<gml:curveMember>{curve(segment(punten))}</gml:curveMember>"
            for punten in ("0 0 4 0 4 4", "4 4 0 4 0 0")
        )
        + "</gml:CompositeCurve>"
    )
    assert parse(ring_of(samen))[0].area == pytest.approx(16)


def test_a_composite_surface_of_more_members_is_one_area():
    leden = "".join(
        f"<gml:surfaceMember>{polygon(punten)}</gml:surfaceMember>"
        for punten in ("0 0 4 0 4 4 0 4 0 0", "4 0 8 0 8 4 4 4 4 0")
    )
    vlak, _ = parse(f"<gml:CompositeSurface>{leden}</gml:CompositeSurface>")
    assert (vlak.geom_type, vlak.area) == ("Polygon", pytest.approx(32))


def test_counts_are_those_of_geometries_that_could_be_built():
    arc = segment("0 0 1 1 2 0", "Arc")
    teller = Boogteller()
    element = etree.fromstring(
        '<w xmlns:gml="http://www.opengis.net/gml/3.2">'
        f"{ring_of(curve(arc, segment('2 0 9 9')))}</w>"
    )[0]
    with pytest.raises(GmlFoutError):
        parse_geometry(element, teller)
    assert (teller.aantal, teller.oppervlakte_m2) == (0, 0.0)


def test_a_reversed_orientable_curve_runs_the_other_way():
    omgekeerd = (
        '<gml:OrientableCurve orientation="-"><gml:baseCurve>'
        + curve(segment("155000 463000 155100 463100"))
        + "</gml:baseCurve></gml:OrientableCurve>"
    )
    vlak, _ = parse(ring_of(curve(segment("155000 463000 155100 463000 155100 463100")), omgekeerd))
    assert vlak.area == pytest.approx(5_000)


def test_patches_of_one_surface_are_one_area():
    naast = "155100 463000 155200 463000 155200 463100 155100 463100 155100 463000"
    vlak, _ = parse(surface(polygon(soort="PolygonPatch"), polygon(naast, soort="PolygonPatch")))
    assert vlak.geom_type == "Polygon"
    assert vlak.area == pytest.approx(20_000)


@pytest.mark.parametrize("lid", ["surfaceMember", "surfaceMembers"])
def test_a_multisurface_keeps_its_parts(lid):
    ver = "155300 463000 155400 463000 155400 463100 155300 463100 155300 463000"
    if lid == "surfaceMember":
        leden = f"<gml:{lid}>{polygon()}</gml:{lid}><gml:{lid}>{polygon(ver)}</gml:{lid}>"
    else:
        leden = f"<gml:{lid}>{polygon()}{polygon(ver)}</gml:{lid}>"
    vlak, _ = parse(f"<gml:MultiSurface>{leden}</gml:MultiSurface>")
    assert vlak.geom_type == "MultiPolygon"
    assert vlak.area == pytest.approx(20_000)


def test_composite_and_nested_surfaces():
    inhoud = (
        "<gml:CompositeSurface><gml:surfaceMember>"
        + surface(polygon(soort="PolygonPatch"))
        + "</gml:surfaceMember></gml:CompositeSurface>"
    )
    assert parse(inhoud)[0].area == pytest.approx(10_000)


@pytest.mark.parametrize(
    ("inhoud", "soort"),
    [
        ("<gml:Point><gml:pos>155000 463000</gml:pos></gml:Point>", "Point"),
        (
            "<gml:LineString><gml:posList>1 2 3 4</gml:posList></gml:LineString>",
            "LineString",
        ),
        (
            "<gml:MultiCurve><gml:curveMember>" + curve(segment("1 2 3 4"))
            + "</gml:curveMember><gml:curveMember>" + curve(segment("5 6 7 8"))
            + "</gml:curveMember></gml:MultiCurve>",
            "MultiLineString",
        ),
    ],
)  # fmt: skip
def test_points_and_lines(inhoud, soort):
    assert parse(inhoud)[0].geom_type == soort


def test_a_ring_of_separate_positions_and_of_gml2_coordinates():
    posities = "".join(f"<gml:pos>{a} {b}</gml:pos>" for a, b in [(0, 0), (4, 0), (4, 4), (0, 0)])
    vlak, _ = parse(
        f"<gml:Polygon><gml:exterior><gml:LinearRing>{posities}</gml:LinearRing>"
        "</gml:exterior></gml:Polygon>"
    )
    oud, _ = parse(
        "<gml:Polygon><gml:outerBoundaryIs><gml:LinearRing><gml:coordinates>0,0 4,0 4,4 0,0"
        "</gml:coordinates></gml:LinearRing></gml:outerBoundaryIs></gml:Polygon>"
    )
    assert vlak.equals(oud)


@pytest.mark.parametrize(
    "kop",
    ['srsDimension="3"', 'srsName="urn:ogc:def:crs:EPSG::7415"'],
)
def test_heights_are_dropped_where_the_dimension_is_said(kop):
    punten = "0 0 9 4 0 9 4 4 9 0 0 9"
    vlak, teller = parse(
        f"<gml:Polygon {kop}><gml:exterior>{ring(punten)}</gml:exterior></gml:Polygon>"
    )
    assert vlak.area == pytest.approx(8)
    assert not vlak.has_z
    assert teller.hoogten == 1


def test_the_number_of_points_tells_the_dimension():
    ring3 = (
        '<gml:LinearRing><gml:posList count="4">0 0 9 4 0 9 4 4 9 0 0 9</gml:posList>'
        "</gml:LinearRing>"
    )
    vlak, teller = parse(f"<gml:Polygon><gml:exterior>{ring3}</gml:exterior></gml:Polygon>")
    assert (vlak.area, teller.hoogten) == (pytest.approx(8), 1)


@pytest.mark.parametrize(
    ("inhoud", "reden"),
    [
        (polygon("0 0 4 0 4 4 0 4"), "niet gesloten"),
        (polygon("0 0 4 0 0 0"), "te weinig punten"),
        (polygon("0 0 4 0 4 4 0"), "aantal coördinaten"),
        (polygon("0 0 4 nul 4 4 0 0"), "geen getal"),
        (polygon("0 0 4 NaN 4 4 0 0"), "geen getal"),
        (polygon("0 0 4 1e300 4 4 0 0"), "onmogelijk groot"),
        (ring_of(curve(segment("0 0 50000000 1 100000000 0", "Arc"))), "sluiten|gesloten"),
        (ring_of(curve(segment("-9e7 0 0 9e7 9e7 0", "Arc"))), "te groot"),
        (
            "<gml:Surface><gml:patches><gml:Point/></gml:patches></gml:Surface>",
            "Point",
        ),
        ("<gml:CompositeSurface/>", "geen inhoud"),
        (polygon(""), "geen coördinaten"),
        ("<gml:Polygon></gml:Polygon>", "geen buitengrens"),
        ("<gml:Solid/>", "Solid"),
        (ring_of(curve(segment("0 0 1 1 2 0 3 3", "CubicSpline"))), "CubicSpline"),
        (ring_of(curve(segment("0 0 1 1", "Arc"))), "aantal punten"),
        (ring_of(curve(segment("0 0 4 0"), segment("9 9 0 0"))), "sluiten niet aan"),
        (
            '<gml:MultiSurface><gml:surfaceMember xlink:href="#v"/></gml:MultiSurface>',
            "verwijst",
        ),
    ],
)
def test_geometry_that_cannot_be_built_says_why(inhoud, reden):
    with pytest.raises(GmlFoutError, match=reden):
        parse(inhoud)


def test_a_gap_of_a_millimetre_is_closed():
    vlak, _ = parse(polygon("0 0 4 0 4 4 0 4 0 0.001"))
    assert vlak.is_valid
    assert shapely.get_num_coordinates(vlak) == 6
