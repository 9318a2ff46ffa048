"""From one IMRO element to one row: identification, attributes, references. Codes stay text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

import shapely

from kaartlagen.bronnen.imro_klassen import PLANLAAG, kind_of
from kaartlagen.datums import parse_datum
from kaartlagen.xmllezen import Element, attribute, child, children, descendant, local_name, text

TAM = re.compile(r"\s*TAM[\s\-‐‑–]*omgevingsplan\b", re.IGNORECASE)
"""How the name of a TAM-omgevingsplan begins (`domein.md` section 3), hyphen or space."""

IDN = re.compile(r"NL\.IMRO\.[0-9]{4}\.[A-Za-z0-9]{1,18}-[A-Za-z0-9]{4}")
IDN_2006 = re.compile(r"NL\.IMRO\.[0-9]{8}[ A-Za-z0-9_.\-]{1,15}-(?:[A-Za-z0-9_.\-]{1,32})?")
"""The form of a plan's idn (`domein.md` section 2.2; STRI2006 for plans of IMRO2006)."""

_RIJK = "0000"
_PROVINCIE = "99"
"""The code of the Rijk, and what precedes the code of a provincie (`domein.md` 2.2)."""


@dataclass(slots=True)
class Planobject:
    """One object of a plan, references not yet resolved.

    `kolommen` holds the contract columns of its layer, except `idn` of objects that refer
    to their plan by `plan_verwijzing`; a plan also has `datum_tekst`, its date as the
    source has it. `vlak_verwijzingen` name the objects it speaks of, `onderdelen` what a
    complex is made of. `geometrie` is None when there is none, and `gebrek` then says what
    was wrong with it (None: it was not there).
    """

    klasse: str
    laag: str
    gml_id: str | None
    kolommen: dict[str, object]
    plan_verwijzing: str | None = None
    vlak_verwijzingen: tuple[str, ...] = ()
    onderdelen: tuple[str, ...] = ()
    geometrie: shapely.Geometry | None = None
    gebrek: str | None = None


def read_object(element: Element, laag: str, versie: str) -> Planobject:
    """Read one feature that belongs in a layer, all but its geometry."""
    klasse = local_name(element)
    kolommen = _plan(element, klasse, versie) if laag == PLANLAAG else _object(element, klasse)
    return Planobject(
        klasse=klasse,
        laag=laag,
        gml_id=attribute(element, "id"),
        kolommen=kolommen,
        plan_verwijzing=reference(_plan_link(element)),
        vlak_verwijzingen=_references(
            lid for naam in _VLAKLINKS for lid in children(element, naam)
        ),
        onderdelen=_references(children(element, "planobject")),
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


def reference(element: Element | None) -> str | None:
    """Give what an xlink points to, without its `#`."""
    href = attribute(element, "href")
    return href.rsplit("#", 1)[-1] or None if href else None


def is_idn(waarde: object, versie: str) -> bool:
    """Whether a text has the form of a plan's idn in a version of IMRO."""
    vorm = IDN_2006 if versie == "IMRO2006" else IDN
    return vorm.fullmatch(str(waarde)) is not None


def _plan(element: Element, klasse: str, versie: str) -> dict[str, object]:
    status = _first(element, "planstatusInfo", "statusBeslissing")
    naam = text(child(element, "naam"))
    datum_tekst = text(descendant(status, "datum")) if status is not None else None
    datum = parse_datum(datum_tekst)
    overheden = [deel for deel in map(text, children(element, "naamOverheid")) if deel]
    return {
        "idn": identification(element) or attribute(element, "id"),
        "naam": naam,
        "type_plan": text(_first(element, "typePlan", "typeBesluitgebied")),
        "planstatus": text(descendant(status, "planstatus")) if status is not None else None,
        "datum": datum.isoformat() if datum else None,
        "datum_tekst": datum_tekst,
        "overheid": "; ".join(overheden) or None,
        "overheidscode": text(child(element, "overheidsCode")) or _old_code(element, klasse),
        "imro_versie": versie,
        "tam": TAM.match(naam or "") is not None,
        "extern_plan": json.dumps(list(map(_external_plan, _links_out(element))),
                                  ensure_ascii=False),
    }  # fmt: skip


def _old_code(element: Element, klasse: str) -> str | None:
    """Give the code of the overheid as IMRO2006 says it: of a gemeente, or of one provincie."""
    if klasse.startswith("Nationaal"):
        return _RIJK
    gemeente = text(child(element, "gemeenteCode"))
    provincies = [text(lid) for lid in children(element, "provincieCode")]
    if gemeente is None and len(provincies) == 1 and re.fullmatch(r"\d\d", provincies[0] or ""):
        return f"{_PROVINCIE}{provincies[0]}"
    return gemeente


def _links_out(element: Element) -> list[Element]:
    """Give the elements that name another plan: with parts (2008, 2012), or text (2006)."""
    return [
        lid
        for lid in element
        if local_name(lid) in {"verwijzingNaarExternPlanInfo", "verwijzingNaarExternPlan"}
    ]


def _external_plan(verwijzing: Element) -> dict[str, str | None]:
    """Read one named plan; a text alone is its idn when it looks like one, else its name."""
    delen = {
        # The role is named by kind of plan in some schemas: rolExternPlan_BP.
        local_name(lid).split("_", 1)[0]: text(lid)
        for lid in verwijzing.iter()
        if local_name(lid).split("_", 1)[0] in {"idnExternPlan", "naamExternPlan", "rolExternPlan"}
    }
    kaal = text(verwijzing)
    is_id = kaal is not None and (IDN.fullmatch(kaal) or IDN_2006.fullmatch(kaal)) is not None
    return {
        "idn": delen.get("idnExternPlan") or (kaal if is_id else None),
        "naam": delen.get("naamExternPlan") or (None if is_id else kaal),
        "rol": delen.get("rolExternPlan"),
    }


def _object(element: Element, klasse: str) -> dict[str, object]:
    nummers = [nummer for nummer in map(text, children(element, "artikelnummer")) if nummer]
    return {
        "object_id": identification(element) or attribute(element, "id"),
        "naam": text(child(element, "naam")),
        "soort": kind_of(klasse, text(child(element, "typePlanobject"))),
        "hoofdgroep": text(child(element, "bestemmingshoofdgroep")),
        "artikelnummer": "; ".join(nummers) or None,
        "groep": text(child(element, "gebiedsaanduidinggroep")),
        "waarden": _values(element) if klasse == "Maatvoering" else None,
    }


def _values(element: Element) -> str:
    """Give the values of a maatvoering, each with its kind, however deep they lie."""
    waarden = [
        {"waardetype": text(child(drager, "waardeType")), "waarde": text(child(drager, "waarde"))}
        for drager in element.iter()
        if child(drager, "waardeType") is not None or child(drager, "waarde") is not None
    ]
    return json.dumps(waarden, ensure_ascii=False)


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


def _first(element: Element, *namen: str) -> Element | None:
    return next((lid for naam in namen if (lid := child(element, naam)) is not None), None)


def _references(elementen: Iterable[Element]) -> tuple[str, ...]:
    return tuple(doel for doel in map(reference, elementen) if doel)


_VLAKLINKS = ("bestemmingsvlak", "aanduiding", "besluitvlak")
"""What points to the objects that an object speaks of; IMRO2006 also has `aanduiding`."""
