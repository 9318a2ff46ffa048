"""From one IMRO element to one row: identification, attributes, geometry. Codes stay text."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

import shapely

from kaartlagen.bronnen.gml import Boogteller, GmlFoutError, parse_geometry
from kaartlagen.datums import parse_datum
from kaartlagen.xmllezen import Element, attribute, child, children, descendant, local_name, text

TAM = "tam-omgevingsplan"
"""How the name of a TAM-omgevingsplan begins (`domein.md` section 3), in lower case."""


@dataclass(slots=True)
class Planobject:
    """One object of a plan, references not yet resolved.

    `kolommen` holds the contract columns of its layer, except `idn` of objects that refer
    to their plan by `plan_verwijzing`; a plan also has `datum_tekst`, its date as the
    source has it. `geometrie` is None when there is none, and `gebrek` then says what was
    wrong with it (None: it was not there).
    """

    klasse: str
    laag: str
    gml_id: str | None
    kolommen: dict[str, object]
    geometrie: shapely.Geometry | None
    gebrek: str | None
    plan_verwijzing: str | None = None
    vlak_verwijzingen: tuple[str, ...] = field(default=())


def read_object(element: Element, laag: str, versie: str, teller: Boogteller) -> Planobject:
    """Read one feature that belongs in a layer; `teller` counts its arcs."""
    klasse = local_name(element)
    geometrie, gebrek = _geometry(element, teller)
    kolommen = _plan(element, versie) if laag == "plangebieden" else _object(element, klasse)
    return Planobject(
        klasse=klasse,
        laag=laag,
        gml_id=attribute(element, "id"),
        kolommen=kolommen,
        geometrie=geometrie,
        gebrek=gebrek,
        plan_verwijzing=_reference(_plan_link(element)),
        vlak_verwijzingen=tuple(
            verwijzing
            for verwijzing in map(_reference, children(element, "bestemmingsvlak"))
            if verwijzing
        ),
    )


def identification(element: Element) -> str | None:
    """Give the identificatie: NEN3610ID as `namespace.lokaalID-versie`, or plain text (2008)."""
    drager = child(element, "identificatie")
    if drager is None:
        return None
    delen = child(drager, "NEN3610ID")
    if delen is None:
        return text(drager)
    ruimte, lokaal, versie = (text(child(delen, n)) for n in ("namespace", "lokaalID", "versie"))
    if lokaal is None:
        return None
    kern = f"{ruimte}.{lokaal}" if ruimte and not lokaal.startswith(f"{ruimte}.") else lokaal
    return f"{kern}-{versie}" if versie else kern


def _plan(element: Element, versie: str) -> dict[str, object]:
    status = child(element, "planstatusInfo")
    naam = text(child(element, "naam"))
    datum_tekst = text(descendant(status, "datum")) if status is not None else None
    datum = parse_datum(datum_tekst)
    return {
        "idn": identification(element) or attribute(element, "id"),
        "naam": naam,
        "type_plan": text(child(element, "typePlan")),
        "planstatus": text(descendant(status, "planstatus")) if status is not None else None,
        "datum": datum.isoformat() if datum else None,
        "datum_tekst": datum_tekst,
        "overheid": "; ".join(
            deel for deel in map(text, children(element, "naamOverheid")) if deel
        ),
        "overheidscode": text(child(element, "overheidsCode")),
        "imro_versie": versie,
        "tam": (naam or "").lower().startswith(TAM),
        "extern_plan": _external_plans(element),
    }


def _external_plans(element: Element) -> str:
    plannen = [
        {
            "idn": text(descendant(verwijzing, "idnExternPlan")),
            "naam": text(descendant(verwijzing, "naamExternPlan")),
            "rol": text(descendant(verwijzing, "rolExternPlan")),
        }
        for verwijzing in children(element, "verwijzingNaarExternPlanInfo")
    ]
    return json.dumps(plannen, ensure_ascii=False)


def _object(element: Element, klasse: str) -> dict[str, object]:
    return {
        "object_id": identification(element) or attribute(element, "id"),
        "naam": text(child(element, "naam")),
        "soort": text(child(element, "typePlanobject")) or klasse.lower(),
        "hoofdgroep": text(child(element, "bestemmingshoofdgroep")),
        "artikelnummer": text(child(element, "artikelnummer")),
        "groep": text(child(element, "gebiedsaanduidinggroep")),
        "waarden": _values(element),
    }


def _values(element: Element) -> str:
    waarden = [
        {
            "waardetype": text(descendant(info, "waardeType")),
            "waarde": text(descendant(info, "waarde")),
        }
        for info in children(element, "maatvoeringInfo")
    ]
    return json.dumps(waarden, ensure_ascii=False)


def _geometry(element: Element, teller: Boogteller) -> tuple[shapely.Geometry | None, str | None]:
    """Build the object's own geometry; label positions lie deeper and are not it."""
    drager = child(element, "geometrie")
    if drager is None or len(drager) == 0:
        return None, None
    try:
        return parse_geometry(drager[0], teller), None
    except (GmlFoutError, shapely.errors.GEOSException) as fout:
        return None, str(fout)


def _plan_link(element: Element) -> Element | None:
    """Find the element that points to the plan: `plangebied`, or `besluitgebied_X` and kin."""
    return next(
        (
            lid
            for lid in element
            if local_name(lid).lower().startswith(("plangebied", "besluitgebied"))
        ),
        None,
    )


def _reference(element: Element | None) -> str | None:
    """Give what an xlink points to, without its `#`."""
    href = attribute(element, "href")
    return href.rsplit("#", 1)[-1] if href else None
