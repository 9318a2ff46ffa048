"""IMOW: the objects of an omgevingsplan (pons, gebiedsaanwijzingen, locaties), without geometry.

A pons or gebiedsaanwijzing points to locaties; a gebiedengroep to gebieden; a gebied by its
UUID to a geometry in another file. Nothing is looked up here: see `imow_levering`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kaartlagen.bronnen.stop_gio import normalise_id
from kaartlagen.xmllezen import (
    Element,
    Wortel,
    attribute,
    child,
    children,
    iter_features,
    local_name,
    text,
)

PONS = "Pons"
GEBIEDSAANWIJZING = "Gebiedsaanwijzing"
LOCATIES = frozenset(
    {"Gebied", "Gebiedengroep", "Lijn", "Lijnengroep", "Punt", "Puntengroep", "Ambtsgebied"}
)
"""The kinds of locatie (IMOW, Locatie)."""

_DEELBESTAND = "http://www.geostandaarden.nl/imow/bestanden/deelbestand"
_VERWIJZERS = frozenset({"locatieaanduiding", "groepselement"})
_BEEINDIGD = frozenset({"b", "beëindigd", "beeindigd"})
"""Values of the status of an OW-object that ends it (IMOW: 'B')."""


@dataclass(frozen=True, slots=True)
class Owobject:
    """One OW-object: what it is, and to which locaties or geometries it points.

    `soort` and `groep` are the names of concepts (``Functie``, ``Centrumgebied``);
    `geometrieen` are ids of geometries in lower case; `bestand` is the file it stands in.
    """

    klasse: str
    id: str | None
    naam: str | None
    soort: str | None
    groep: str | None
    locaties: tuple[str, ...]
    geometrieen: tuple[str, ...]
    beeindigd: bool
    ontwerp: bool
    bestand: Path


def is_imow(wortel: Wortel) -> bool:
    """Say whether a root is that of a file with OW-objects."""
    return wortel.naam == "owBestand" and wortel.namespace.startswith(_DEELBESTAND)


def read_objects(pad: Path) -> tuple[Owobject, ...]:
    """Read the OW-objects of a file, in its order.

    Raises
    ------
    BronError
        When the file is cut off or not well-formed.
    """
    return tuple(
        _object(element, pad)
        for stand in iter_features(pad)
        if local_name(stand) == "stand"
        for drager in children(stand, "owObject")
        for element in drager
    )


def _object(element: Element, pad: Path) -> Owobject:
    return Owobject(
        klasse=local_name(element),
        id=text(child(element, "identificatie")),
        naam=text(child(element, "naam")) or text(child(element, "noemer")),
        soort=_concept(text(child(element, "type"))),
        groep=_concept(text(child(element, "groep"))),
        locaties=_references(element, _VERWIJZERS),
        geometrieen=tuple(
            uuid
            for href in _references(element, frozenset({"geometrie"}))
            if (uuid := normalise_id(href))
        ),
        beeindigd=(text(child(element, "status")) or "").lower() in _BEEINDIGD,
        ontwerp=(text(child(element, "procedurestatus")) or "").lower() == "ontwerp",
        bestand=pad,
    )


def _references(element: Element, dragers: frozenset[str]) -> tuple[str, ...]:
    """Give what the references in some properties point to, without a leading `#`."""
    hrefs = (
        attribute(verwijzing, "href")
        for drager in element
        if local_name(drager) in dragers
        for verwijzing in drager
    )
    return tuple(href.removeprefix("#") for href in hrefs if href)


def _concept(waarde: str | None) -> str | None:
    """Give the name of a concept: the last part of its address, or the text itself."""
    return waarde.rstrip("/").rsplit("/", 1)[-1] if waarde else None
