"""The geometry of IMRO objects: their own, or what they refer to in the same file.

A bestemming carries its geometry. A structuurvisie, verordening or AMvB keeps outlines
apart (`GeometriePlangebied` ...), and its objects point to one or more of them with
`begrenzing`. A curve may be written once and referred to by both neighbours. And a complex
may have no outline but that of its parts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import shapely

from kaartlagen.bronnen.gml import (
    Boogteller,
    GmlFoutError,
    collect_parts,
    detach,
    parse_geometry,
    references,
)
from kaartlagen.bronnen.imro_objecten import Planobject, reference
from kaartlagen.xmllezen import Element, attribute, child, children, iter_features

_RONDEN = 8
"""So deep may references to references go; each round is a pass through the file."""

_GML = "{http://www.opengis.net/gml"


@dataclass(slots=True)
class Vormboek:
    """The geometries of a file while it is read, and those that still wait for a reference.

    `dragers` are outlines by `gml:id`: a geometry, or the reason why there is none.
    `wacht` has, per member of the file (from 0), the object (None for an outline) whose
    geometry needs something from elsewhere. `begrenzing` has the outlines of objects.
    """

    dragers: dict[str, shapely.Geometry | str | None] = field(default_factory=dict)
    wacht: dict[int, Planobject | None] = field(default_factory=dict)
    begrenzing: list[tuple[Planobject, tuple[str, ...]]] = field(default_factory=list)
    nodig: set[str] = field(default_factory=set)
    gebruikt: set[str] = field(default_factory=set)


def note_outline(element: Element, nummer: int, boek: Vormboek, teller: Boogteller) -> None:
    """Read an outline that objects point to; `nummer` is its place in the file."""
    naam = outline_name(element, nummer)
    verwijzingen = _geometry_references(element)
    if verwijzingen:
        boek.nodig |= verwijzingen
        boek.wacht[nummer] = None
        return
    boek.dragers[naam] = _read(element, teller, {})


def outline_name(element: Element, nummer: int) -> str:
    """Name an outline by its `gml:id`, or by its place in the file."""
    return attribute(element, "id") or f"lid {nummer + 1}, zonder id"


def note_object(
    element: Element, lid: Planobject, nummer: int, boek: Vormboek, teller: Boogteller
) -> None:
    """Read the geometry of an object, or note what it waits for."""
    grenzen = tuple(doel for g in children(element, "begrenzing") if (doel := reference(g)))
    if grenzen:
        boek.begrenzing.append((lid, grenzen))
        return
    verwijzingen = _geometry_references(element)
    if verwijzingen:
        boek.nodig |= verwijzingen
        boek.wacht[nummer] = lid
        return
    _fill(lid, _read(element, teller, {}))


def resolve(pad: Path, boek: Vormboek, tellers: Mapping[str, Boogteller], overig: Boogteller
            ) -> None:  # fmt: skip
    """Follow all references of a file; what leads nowhere becomes a reason of refusal.

    `tellers` count per layer; `overig` counts for outlines.
    """
    los = {doel for _, grenzen in boek.begrenzing for doel in grenzen} - boek.dragers.keys()
    doelen = _collect(pad, boek.nodig | los) if boek.nodig or los else {}
    if boek.wacht:
        for nummer, element in enumerate(iter_features(pad)):
            if nummer not in boek.wacht:
                continue
            lid = boek.wacht[nummer]
            if lid is None:
                boek.dragers[outline_name(element, nummer)] = _read(element, overig, doelen)
            else:
                _fill(lid, _read(element, tellers[lid.laag], doelen))
    for doel in los & doelen.keys():
        if doel not in boek.dragers:
            boek.dragers[doel] = _build(doelen[doel], overig, doelen)
    for lid, grenzen in boek.begrenzing:
        boek.gebruikt.update(grenzen)
        _fill(lid, _joined([boek.dragers.get(doel, _missing(doel)) for doel in grenzen]))


def fill_complexes(objecten: Sequence[Planobject]) -> list[Planobject]:
    """Give complexes without a geometry that of their parts; return those that got one."""
    per_id = {lid.gml_id: lid for lid in objecten if lid.gml_id is not None}
    gevuld = []
    for lid in objecten:
        if lid.geometrie is None and lid.gebrek is None and lid.onderdelen:
            delen = _parts(lid, per_id, {id(lid)})
            if delen:
                gevuld.append((lid, collect_parts(delen)))
    for lid, vorm in gevuld:
        lid.geometrie = vorm
    return [lid for lid, _ in gevuld]


def keep_highest(lid: Planobject) -> bool:
    """Reduce a geometry of unlike parts to those of the highest dimension; say whether."""
    if lid.geometrie is None or shapely.get_type_id(lid.geometrie) != 7:
        return False
    delen = list(shapely.get_parts(lid.geometrie))
    hoogste = max(int(shapely.get_dimensions(deel)) for deel in delen)
    lid.geometrie = collect_parts([d for d in delen if shapely.get_dimensions(d) == hoogste])
    return True


def _parts(
    lid: Planobject, per_id: Mapping[str, Planobject], gezien: set[int]
) -> list[shapely.Geometry]:
    """Give the geometries of all that a complex is made of, complexes in it opened up."""
    uit: list[shapely.Geometry] = []
    for doel in lid.onderdelen:
        deel = per_id.get(doel)
        if deel is None or id(deel) in gezien:
            continue
        gezien.add(id(deel))
        if deel.geometrie is not None:
            uit.append(deel.geometrie)
        else:
            uit.extend(_parts(deel, per_id, gezien))
    return uit


def _collect(pad: Path, nodig: set[str]) -> dict[str, Element]:
    """Find elements by their `gml:id`, and what they refer to in turn."""
    gevonden: dict[str, Element] = {}
    gezocht = set(nodig)
    for _ in range(_RONDEN):
        nieuw = {
            naam: detach(lid)
            for element in iter_features(pad)
            for lid in element.iter()
            if str(lid.tag).startswith(_GML) and (naam := attribute(lid, "id")) in gezocht
        }
        gevonden |= nieuw
        gezocht = set().union(*map(references, nieuw.values())) - gevonden.keys()
        if not gezocht:
            break
    return gevonden


def _geometry_references(element: Element) -> set[str]:
    """Give the ids that the geometry of a feature needs from elsewhere in the file."""
    drager = child(element, "geometrie")
    if drager is None:
        return set()
    eigen = {
        str(attribute(lid, "href"))[1:]
        for lid in drager.iter()
        if _is_bare(lid) and str(attribute(lid, "href")).startswith("#")
    }
    return eigen | references(drager)


def _is_bare(element: Element) -> bool:
    """Whether an IMRO element around the geometry holds nothing but a reference to it."""
    return (
        not str(element.tag).startswith(_GML)
        and len(element) == 0
        and attribute(element, "href") is not None
    )


def _read(
    element: Element, teller: Boogteller, doelen: Mapping[str, Element]
) -> shapely.Geometry | str | None:
    """Build the geometry of a feature; a text says why it cannot be, None that there is none.

    IMRO2006 puts words between the property and the geometry (`VlakMultiVlak`). Label
    positions lie elsewhere in the feature and are not its geometry.
    """
    drager = child(element, "geometrie")
    if drager is None:
        drager = child(element, "begrenzing")
    if drager is None:
        return None
    for lid in drager.iter():
        if str(lid.tag).startswith(_GML):
            return _build(lid, teller, doelen)
        if _is_bare(lid):
            href = str(attribute(lid, "href"))
            doel = doelen.get(href[1:]) if href.startswith("#") else None
            return _missing(href.lstrip("#")) if doel is None else _build(doel, teller, doelen)
    return None


def _build(
    element: Element, teller: Boogteller, doelen: Mapping[str, Element]
) -> shapely.Geometry | str:
    try:
        return parse_geometry(element, teller, doelen)
    except (GmlFoutError, shapely.errors.GEOSException) as fout:
        return str(fout)


def _joined(delen: Sequence[shapely.Geometry | str | None]) -> shapely.Geometry | str | None:
    """Join the outlines of one object; when one of them has a fault, that is its fault."""
    fouten = [deel for deel in delen if isinstance(deel, str)]
    if fouten:
        return fouten[0]
    vormen = [deel for deel in delen if deel is not None]
    return collect_parts(vormen) if vormen else None


def _missing(doel: str) -> str:
    return f"de geometrie verwijst naar {doel[:60]}, dat niet in het bestand staat"


def _fill(lid: Planobject, uitkomst: shapely.Geometry | str | None) -> None:
    if isinstance(uitkomst, str):
        lid.gebrek = uitkomst
    else:
        lid.geometrie = uitkomst
