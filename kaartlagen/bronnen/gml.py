"""GML geometry (3.1 and 3.2) to shapely: straight and curved segments, surfaces and points.

Arcs become chords within `BOOGTOLERANTIE_M`. Surfaces of several patches become one area.
Coordinates are taken as east, north: the sources read with this are in RD. A reference
(xlink) to a geometry elsewhere in the file is followed when the caller hands over what it
points to.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
import shapely
from numpy.typing import NDArray

from kaartlagen.bogen import BoogFoutError, circle_points, stroke_arc, stroke_circle
from kaartlagen.xmllezen import Element, attribute, child, local_name, text

SLUITING_M = 0.01
"""A ring whose ends lie within a centimetre is closed; a wider gap is an error."""

GROOTSTE_GETAL = 1e8
"""No CRS of the Earth has a larger coordinate; a larger number is a mistake."""

MEESTE_PUNTEN = 5_000_000
MEESTE_VERWIJZINGEN = 5_000
"""More points or references in one geometry are an attack, or arcs gone wild."""

Punten = NDArray[np.float64]


class GmlFoutError(ValueError):
    """A geometry that cannot be built; the text says why, in Dutch, for a finding."""


@dataclass(slots=True)
class Boogteller:
    """What reading geometry changed, and which CRSs were named.

    How many arcs were cut into chords and the area that lies between them, in m2; and of
    how many geometries the heights were dropped.
    """

    aantal: int = 0
    oppervlakte_m2: float = 0.0
    stelsels: set[str] = field(default_factory=set)
    hoogten: int = 0


@dataclass(slots=True)
class _Bouw:
    """The geometry under construction: its counts, and the references it follows."""

    doelen: Mapping[str, Element]
    onderweg: list[str] = field(default_factory=list)
    bogen: int = 0
    verlies_m2: float = 0.0
    hoogte: bool = False
    punten: int = 0
    gevolgd: int = 0

    def add_points(self, punten: Punten) -> Punten:
        """Count the points, so that references to references cannot make ever more."""
        self.punten += len(punten)
        if self.punten > MEESTE_PUNTEN:
            raise GmlFoutError("de geometrie heeft te veel punten")
        return punten

    def add_arc(self, keten: Punten, verlies_m2: float) -> Punten:
        self.bogen += 1
        self.verlies_m2 += verlies_m2
        return self.add_points(keten)


def parse_geometry(
    element: Element,
    teller: Boogteller,
    doelen: Mapping[str, Element] = MappingProxyType({}),
) -> shapely.Geometry:
    """Build the geometry of a GML geometry element.

    Parameters
    ----------
    element
        A `gml:Polygon`, `Surface`, `MultiSurface`, `Curve`, `Point` ... element.
    teller
        Counts arcs and dropped heights of geometries that could be built, and collects
        the `srsName`s that were seen.
    doelen
        What references point to, by `gml:id`: see `references` and `detach`.

    Returns
    -------
    shapely.Geometry
        Two-dimensional; not checked for validity.

    Raises
    ------
    GmlFoutError
        When the geometry is of a kind that is not read, refers to what is not there, or
        holds numbers that make no sense.
    """
    for lid in element.iter():
        stelsel = attribute(lid, "srsName")
        if stelsel:
            teller.stelsels.add(stelsel)
    bouw = _Bouw(doelen)
    try:
        vorm = _geometry(element, bouw)
    except BoogFoutError as fout:
        raise GmlFoutError(str(fout)) from fout
    teller.aantal += bouw.bogen
    teller.oppervlakte_m2 += bouw.verlies_m2
    teller.hoogten += bouw.hoogte
    return vorm


def references(element: Element) -> set[str]:
    """Give the `gml:id`s in the same file to which the geometry in an element refers."""
    hrefs = (
        attribute(lid, "href")
        for lid in element.iter()
        if local_name(lid) in _EIGENSCHAPPEN | _PUNTEIGENSCHAPPEN and len(lid) == 0
    )
    return {href[1:] for href in hrefs if href and href.startswith("#")}


def detach(element: Element) -> Element:
    """Copy a geometry out of its file, with the dimension that was said around it."""
    los = copy.deepcopy(element)
    if _dimension(element) == 3 and _dimension(los) != 3:
        los.set("srsDimension", "3")
    return los


def collect_parts(delen: list[shapely.Geometry]) -> shapely.Geometry:
    """Make one geometry of parts: a multi-geometry, or a collection of unlike parts.

    Raises
    ------
    GmlFoutError
        When there is no part.
    """
    los = [enkel for deel in delen for enkel in shapely.get_parts(deel)]
    if not los:
        raise GmlFoutError("de geometrie is leeg")
    maak: dict[int, Callable[[list[shapely.Geometry]], shapely.Geometry]] = {
        0: shapely.MultiPoint,
        1: shapely.MultiLineString,
        2: shapely.MultiPolygon,
    }
    dimensies = {int(shapely.get_dimensions(enkel)) for enkel in los}
    if len(dimensies) > 1:
        return shapely.GeometryCollection(los)
    return los[0] if len(los) == 1 else maak[dimensies.pop()](los)


def _geometry(element: Element, bouw: _Bouw) -> shapely.Geometry:
    soort = local_name(element)
    if soort in _VLAKKEN:
        return _surface(element, bouw)
    if soort in _LIJNEN:
        return shapely.LineString(_curve(element, bouw))
    if soort == "Point":
        return shapely.Point(_coordinates(element, bouw)[0])
    if soort in _VERZAMELINGEN:
        return collect_parts([_geometry(lid, bouw) for lid in _members(element, bouw)])
    raise GmlFoutError(f"geometrie van de soort {soort} wordt niet gelezen")


def _surface(element: Element, bouw: _Bouw) -> shapely.Geometry:
    """Build a surface; the patches of one surface are one area, so they are united."""
    soort = local_name(element)
    if soort in {"Polygon", "PolygonPatch", "Rectangle"}:
        return _polygon(element, bouw)
    if soort not in _VLAKKEN:
        raise GmlFoutError(f"een vlak van de soort {soort} wordt niet gelezen")
    delen = [_surface(lid, bouw) for lid in _members(element, bouw)]
    if not delen:
        raise GmlFoutError("het vlak heeft geen inhoud")
    if len(delen) == 1:
        return delen[0]
    if soort in {"MultiSurface", "MultiPolygon"}:
        return collect_parts(delen)
    geldig = [d if shapely.is_valid(d) else shapely.make_valid(d) for d in delen]
    return shapely.union_all(geldig)


def _polygon(element: Element, bouw: _Bouw) -> shapely.Geometry:
    buiten, gaten = None, []
    for lid in element:
        naam = local_name(lid)
        if naam in {"exterior", "outerBoundaryIs"}:
            buiten = _ring(lid, bouw)
        elif naam in {"interior", "innerBoundaryIs"}:
            gaten.append(_ring(lid, bouw))
    if buiten is None:
        raise GmlFoutError("het vlak heeft geen buitengrens")
    return shapely.Polygon(buiten, gaten)


def _ring(grens: Element, bouw: _Bouw) -> Punten:
    for lid in _contents(grens, bouw):
        punten = _curve(lid, bouw)
        kier = float(np.hypot(*(punten[0] - punten[-1])))
        if kier > SLUITING_M:
            raise GmlFoutError(f"een ring is niet gesloten (kier van {kier:.3g} m)")
        if kier:
            punten = np.vstack([punten, punten[0]])
        if len(punten) < 4:
            raise GmlFoutError("een ring heeft te weinig punten")
        return punten
    raise GmlFoutError("een ring is leeg")


def _curve(element: Element, bouw: _Bouw) -> Punten:
    """Give the points of a curve, arcs cut into chords, joints once."""
    soort = local_name(element)
    if soort in {"LinearRing", "LineString", "LineStringSegment"}:
        return _coordinates(element, bouw)
    if soort in {"Arc", "ArcString"}:
        return _arcs(soort, _coordinates(element, bouw), bouw)
    if soort == "Circle":
        return _circle(_coordinates(element, bouw), bouw)
    if soort == "CircleByCenterPoint":
        return _circle(circle_points(_coordinates(element, bouw)[0], _radius(element)), bouw)
    if soort == "OrientableCurve":
        punten = _join([_curve(lid, bouw) for lid in _members(element, bouw)])
        return punten[::-1] if attribute(element, "orientation") == "-" else punten
    if soort in {"Curve", "Ring", "CompositeCurve"}:
        return _join([_curve(lid, bouw) for lid in _members(element, bouw)])
    raise GmlFoutError(f"een lijnstuk van de soort {soort} wordt niet gelezen")


def _arcs(soort: str, punten: Punten, bouw: _Bouw) -> Punten:
    """Cut an Arc or an ArcString into chords."""
    if len(punten) < 3 or len(punten) % 2 == 0 or (soort == "Arc" and len(punten) != 3):
        raise GmlFoutError("een boog heeft niet het juiste aantal punten")
    stukken = []
    for begin in range(0, len(punten) - 2, 2):
        keten, verlies = stroke_arc(punten[begin : begin + 3])
        stukken.append(bouw.add_arc(keten, verlies))
    return _join(stukken)


def _circle(punten: Punten, bouw: _Bouw) -> Punten:
    if len(punten) != 3:
        raise GmlFoutError("een cirkel heeft geen drie punten")
    keten, verlies = stroke_circle(punten)
    return bouw.add_arc(keten, verlies)


def _radius(element: Element) -> float:
    """Read the radius of a circle; it must be in metres, as RD is."""
    straal = child(element, "radius")
    eenheid = attribute(straal, "uom")
    if eenheid is not None and eenheid.rsplit(":", 1)[-1].rsplit("#", 1)[-1] not in _METER:
        raise GmlFoutError(f"de straal van een cirkel staat in {eenheid}, niet in meters")
    try:
        getal = float(text(straal) or "")
    except ValueError as fout:
        raise GmlFoutError("een cirkel heeft geen straal") from fout
    if not 0 < getal < GROOTSTE_GETAL:
        raise GmlFoutError("de straal van een cirkel kan niet")
    return getal


def _join(stukken: list[Punten]) -> Punten:
    """Chain pieces that follow each other; a point that two share stays once."""
    if not stukken:
        raise GmlFoutError("een lijn heeft geen inhoud")
    uit = [stukken[0]]
    for stuk in stukken[1:]:
        kier = float(np.hypot(*(stuk[0] - uit[-1][-1])))
        if kier > SLUITING_M:
            raise GmlFoutError(f"de lijnstukken sluiten niet aan (kier van {kier:.3g} m)")
        uit.append(stuk[1:])
    return np.vstack(uit)


def _members(element: Element, bouw: _Bouw) -> Iterator[Element]:
    """Pass through the property elements between a geometry and its parts."""
    for eigenschap in element:
        if local_name(eigenschap) in _EIGENSCHAPPEN:
            yield from _contents(eigenschap, bouw)


def _contents(eigenschap: Element, bouw: _Bouw) -> Iterator[Element]:
    """Give what a property element holds, or what it refers to."""
    href = attribute(eigenschap, "href")
    if len(eigenschap) or not href:
        yield from eigenschap
        return
    if not href.startswith("#"):
        raise GmlFoutError(f"de geometrie verwijst naar een ander bestand ({href[:60]})")
    doel = href[1:]
    if doel not in bouw.doelen:
        raise GmlFoutError(f"de geometrie verwijst naar {href[:60]}, dat niet in het bestand staat")
    if doel in bouw.onderweg:
        raise GmlFoutError(f"de geometrie verwijst via {href[:60]} naar zichzelf")
    bouw.gevolgd += 1
    if bouw.gevolgd > MEESTE_VERWIJZINGEN:
        raise GmlFoutError("de geometrie heeft te veel verwijzingen")
    bouw.onderweg.append(doel)
    yield bouw.doelen[doel]
    bouw.onderweg.pop()


def _coordinates(element: Element, bouw: _Bouw) -> Punten:
    """Read posList, pos, pointProperty or coordinates; heights are dropped."""
    stukken = []
    for lid in element:
        naam = local_name(lid)
        inhoud = text(lid)
        if naam in {"posList", "pos"} and inhoud:
            teksten = inhoud.split()
            stukken.append(_numbers(teksten, _counted(lid, len(teksten)), bouw))
        elif naam == "coordinates" and inhoud:
            # GML 2 writes tuples with spaces between and commas within.
            paren = [paar.split(",") for paar in inhoud.split()]
            stukken.extend(_numbers(paar, len(paar), bouw) for paar in paren)
        elif naam in _PUNTEIGENSCHAPPEN:
            stukken.extend(_coordinates(punt, bouw) for punt in _contents(lid, bouw))
    if not stukken:
        raise GmlFoutError("er zijn geen coördinaten")
    return np.vstack(stukken)


def _numbers(teksten: list[str], dimensie: int, bouw: _Bouw) -> Punten:
    try:
        getallen = np.array(teksten, dtype=np.float64)
    except ValueError as fout:
        raise GmlFoutError("een coördinaat is geen getal") from fout
    if dimensie not in {2, 3} or len(getallen) % dimensie or not len(getallen):
        raise GmlFoutError("het aantal coördinaten klopt niet")
    if not np.isfinite(getallen).all():
        raise GmlFoutError("een coördinaat is geen getal")
    if np.abs(getallen).max() > GROOTSTE_GETAL:
        raise GmlFoutError("een coördinaat is onmogelijk groot")
    bouw.hoogte |= dimensie == 3
    return bouw.add_points(getallen.reshape(-1, dimensie)[:, :2])


def _counted(element: Element, lengte: int) -> int:
    """Find the dimension, also from the number of points that a posList may state."""
    aantal = attribute(element, "count")
    if aantal and _SMAL_GETAL.fullmatch(aantal) and int(aantal) and lengte == 3 * int(aantal):
        return 3
    return _dimension(element)


def _dimension(element: Element | None) -> int:
    """Find the dimension where it is said: here, or on the nearest element around it."""
    while element is not None:
        for naam in ("srsDimension", "dimension"):
            waarde = attribute(element, naam)
            if waarde and _SMAL_GETAL.fullmatch(waarde):
                return int(waarde)
        if (attribute(element, "srsName") or "").endswith(("7415", "5709")):
            return 3
        element = element.getparent()
    return 2


_SMAL_GETAL = re.compile(r"[0-9]{1,9}")
_METER = {"m", "M", "metre", "meter", "9001"}
_VLAKKEN = {
    "Polygon", "PolygonPatch", "Rectangle", "Surface", "CompositeSurface", "OrientableSurface",
    "PolyhedralSurface", "MultiSurface", "MultiPolygon",
}  # fmt: skip
_LIJNEN = {"LineString", "Curve", "CompositeCurve", "OrientableCurve", "LinearRing", "Ring"}
_VERZAMELINGEN = {"MultiCurve", "MultiLineString", "MultiPoint", "MultiGeometry"}
_EIGENSCHAPPEN = {
    "patches", "polygonPatches", "surfaceMember", "surfaceMembers", "polygonMember",
    "baseSurface", "curveMember", "curveMembers", "lineStringMember", "baseCurve", "segments",
    "pointMember", "pointMembers", "geometryMember", "geometryMembers",
}  # fmt: skip
_PUNTEIGENSCHAPPEN = {"pointProperty", "pointRep"}
