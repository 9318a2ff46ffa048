"""GML geometry (3.1 and 3.2) to shapely: straight and curved segments, surfaces and points.

Arcs become chords within `BOOGTOLERANTIE_M`. Surfaces of several patches become one area.
Coordinates are taken as east, north: the sources read with this are in RD.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray

from kaartlagen.bogen import stroke_arc, stroke_circle
from kaartlagen.xmllezen import Element, attribute, local_name, text

SLUITING_M = 0.01
"""A ring whose ends lie within a centimetre is closed; a wider gap is an error."""

Punten = NDArray[np.float64]


class GmlFoutError(ValueError):
    """A geometry that cannot be built; the text says why, in Dutch, for a finding."""


@dataclass(slots=True)
class Boogteller:
    """How many arcs were cut into chords, and the area that lies between them, in m2."""

    aantal: int = 0
    oppervlakte_m2: float = 0.0
    stelsels: set[str] = field(default_factory=set)


def parse_geometry(element: Element, teller: Boogteller) -> shapely.Geometry:
    """Build the geometry of a GML geometry element.

    Parameters
    ----------
    element
        A `gml:Polygon`, `Surface`, `MultiSurface`, `Curve`, `Point` ... element.
    teller
        Counts arcs, and collects the `srsName`s that were seen.

    Returns
    -------
    shapely.Geometry
        Two-dimensional; not checked for validity.

    Raises
    ------
    GmlFoutError
        When the geometry is of a kind that is not read, refers elsewhere, or holds
        numbers that make no sense.
    """
    for lid in element.iter():
        stelsel = attribute(lid, "srsName")
        if stelsel:
            teller.stelsels.add(stelsel)
    return _geometry(element, teller)


def _geometry(element: Element, teller: Boogteller) -> shapely.Geometry:
    soort = local_name(element)
    if soort in _VLAKKEN:
        return _surface(element, teller)
    if soort in _LIJNEN:
        return shapely.LineString(_curve(element, teller))
    if soort == "Point":
        return shapely.Point(_coordinates(element)[0])
    if soort in _VERZAMELINGEN:
        delen = [_geometry(lid, teller) for lid in _members(element)]
        return _collect(delen)
    raise GmlFoutError(f"geometrie van de soort {soort} wordt niet gelezen")


def _collect(delen: list[shapely.Geometry]) -> shapely.Geometry:
    """Make one multi-geometry of parts of one dimension."""
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


def _surface(element: Element, teller: Boogteller) -> shapely.Geometry:
    """Build a surface; the patches of one surface are one area, so they are united."""
    soort = local_name(element)
    if soort in {"Polygon", "PolygonPatch", "Rectangle"}:
        return _polygon(element, teller)
    delen = [_surface(lid, teller) for lid in _members(element)]
    if not delen:
        raise GmlFoutError("het vlak heeft geen inhoud")
    if len(delen) == 1:
        return delen[0]
    if soort in {"MultiSurface", "MultiPolygon"}:
        return _collect(delen)
    geldig = [d if shapely.is_valid(d) else shapely.make_valid(d) for d in delen]
    return shapely.union_all(geldig)


def _polygon(element: Element, teller: Boogteller) -> shapely.Geometry:
    buiten, gaten = None, []
    for lid in element:
        naam = local_name(lid)
        if naam in {"exterior", "outerBoundaryIs"}:
            buiten = _ring(lid, teller)
        elif naam in {"interior", "innerBoundaryIs"}:
            gaten.append(_ring(lid, teller))
    if buiten is None:
        raise GmlFoutError("het vlak heeft geen buitengrens")
    return shapely.Polygon(buiten, gaten)


def _ring(grens: Element, teller: Boogteller) -> Punten:
    for lid in grens:
        punten = _curve(lid, teller)
        kier = float(np.hypot(*(punten[0] - punten[-1])))
        if kier > SLUITING_M:
            raise GmlFoutError(f"een ring is niet gesloten (kier van {kier:.3g} m)")
        if kier:
            punten = np.vstack([punten, punten[0]])
        if len(punten) < 4:
            raise GmlFoutError("een ring heeft te weinig punten")
        return punten
    raise GmlFoutError("een ring is leeg")


def _curve(element: Element, teller: Boogteller) -> Punten:
    """Give the points of a curve, arcs cut into chords, joints once."""
    soort = local_name(element)
    if soort in {"LinearRing", "LineString", "LineStringSegment"}:
        return _coordinates(element)
    if soort in _BOGEN:
        return _arcs(soort, _coordinates(element), teller)
    if soort == "OrientableCurve":
        punten = _join([_curve(lid, teller) for lid in _members(element)])
        return punten[::-1] if attribute(element, "orientation") == "-" else punten
    if soort in {"Curve", "Ring", "CompositeCurve"}:
        return _join([_curve(lid, teller) for lid in _members(element)])
    raise GmlFoutError(f"een lijnstuk van de soort {soort} wordt niet gelezen")


def _arcs(soort: str, punten: Punten, teller: Boogteller) -> Punten:
    """Cut an Arc, ArcString or Circle into chords."""
    if soort == "Circle":
        if len(punten) != 3:
            raise GmlFoutError("een cirkel heeft geen drie punten")
        keten, verlies = stroke_circle(punten)
        teller.aantal += 1
        teller.oppervlakte_m2 += verlies
        return keten
    if len(punten) < 3 or len(punten) % 2 == 0 or (soort == "Arc" and len(punten) != 3):
        raise GmlFoutError("een boog heeft niet het juiste aantal punten")
    stukken = []
    for begin in range(0, len(punten) - 2, 2):
        keten, verlies = stroke_arc(punten[begin : begin + 3])
        teller.aantal += 1
        teller.oppervlakte_m2 += verlies
        stukken.append(keten)
    return _join(stukken)


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


def _members(element: Element) -> Iterator[Element]:
    """Pass through the property elements between a geometry and its parts."""
    for eigenschap in element:
        naam = local_name(eigenschap)
        if naam not in _EIGENSCHAPPEN:
            continue
        if len(eigenschap) == 0 and attribute(eigenschap, "href"):
            raise GmlFoutError("de geometrie verwijst naar een ander object")
        yield from eigenschap


def _coordinates(element: Element) -> Punten:
    """Read posList, pos, pointProperty or coordinates; heights are dropped."""
    stukken = []
    for lid in element:
        naam = local_name(lid)
        inhoud = text(lid)
        if naam in {"posList", "pos"} and inhoud:
            stukken.append(_numbers(inhoud.split(), _dimension(lid)))
        elif naam == "coordinates" and inhoud:
            # GML 2 writes tuples with spaces between and commas within.
            paren = [paar.split(",") for paar in inhoud.split()]
            stukken.extend(_numbers(paar, len(paar)) for paar in paren)
        elif naam in {"pointProperty", "pointRep"}:
            stukken.extend(_coordinates(punt) for punt in lid)
    if not stukken:
        raise GmlFoutError("er zijn geen coördinaten")
    return np.vstack(stukken)


def _numbers(teksten: list[str], dimensie: int) -> Punten:
    try:
        getallen = np.array(teksten, dtype=np.float64)
    except ValueError as fout:
        raise GmlFoutError("een coördinaat is geen getal") from fout
    if dimensie not in {2, 3} or len(getallen) % dimensie or not len(getallen):
        raise GmlFoutError("het aantal coördinaten klopt niet")
    if not np.isfinite(getallen).all():
        raise GmlFoutError("een coördinaat is geen getal")
    punten: Punten = getallen.reshape(-1, dimensie)[:, :2]
    return punten


def _dimension(element: Element | None) -> int:
    """Find the dimension where it is said: here, or on the nearest element around it."""
    while element is not None:
        for naam in ("srsDimension", "dimension"):
            waarde = attribute(element, naam)
            if waarde and waarde.isdigit():
                return int(waarde)
        if (attribute(element, "srsName") or "").endswith(("7415", "5709")):
            return 3
        element = element.getparent()
    return 2


_VLAKKEN = {
    "Polygon", "PolygonPatch", "Rectangle", "Surface", "CompositeSurface", "OrientableSurface",
    "PolyhedralSurface", "MultiSurface", "MultiPolygon",
}  # fmt: skip
_LIJNEN = {"LineString", "Curve", "CompositeCurve", "OrientableCurve", "LinearRing", "Ring"}
_BOGEN = {"Arc", "ArcString", "Circle"}
_VERZAMELINGEN = {"MultiCurve", "MultiLineString", "MultiPoint", "MultiGeometry"}
_EIGENSCHAPPEN = {
    "patches", "polygonPatches", "surfaceMember", "surfaceMembers", "polygonMember",
    "baseSurface", "curveMember", "curveMembers", "lineStringMember", "baseCurve", "segments",
    "pointMember", "pointMembers", "geometryMember", "geometryMembers",
}  # fmt: skip
