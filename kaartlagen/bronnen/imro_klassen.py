"""Which IMRO versions and object classes there are, and in which layer each class belongs.

Sources: IMRO2012.xsd 1.1.0 and the IMRO2008 object catalogue (`domein.md` section 2.1);
IMRO2006XML.xsd 1.0RC (Geonovum, imro-dev) for the version under the old WRO.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

VERSIES = MappingProxyType(
    {
        "http://www.ravi.nl/imro2006": "IMRO2006",
        "http://www.geonovum.nl/imro/2006": "IMRO2006",
        "http://www.geonovum.nl/imro/2006/1": "IMRO2006",
        "http://www.geonovum.nl/imro/2008/1": "IMRO2008",
        "http://www.geonovum.nl/imro/2012/1": "IMRO2012",
        "http://www.geonovum.nl/imro/2012/1.0": "IMRO2012",
        "http://www.geonovum.nl/imro/2012/1.1": "IMRO2012",
    }
)
"""IMRO version by the namespace of its elements."""

PLANSTATUSSEN = MappingProxyType(
    {
        "IMRO2006": frozenset(
            {"concept", "voorontwerp", "ontwerp", "vastgesteld", "vastgesteld beleid", "vigerend",
             "goedgekeurd", "goedgekeurd; geheel goedgekeurd",
             "goedgekeurd; goedgekeurd met uitzondering van onthoudingen",
             "goedkeuring onthouden", "awb bezwaar", "beroep afdeling bestuursrechtspraak",
             "voorlopige voorziening", "uitspraak afdeling bestuursrechtspraak",
             "uitspraak afdeling bestuursrechtspraak; alsnog goedgekeurd",
             "uitspraak afdeling bestuursrechtspraak; alsnog goedkeuring onthouden",
             "kabinetsstandpunt", "kabinetsvoornemen",
             "resultaten van inspraak bestuurlijk overleg en advies"}
        ),
        "IMRO2008": frozenset(
            {"concept", "voorontwerp", "ontwerp", "vastgesteld", "onherroepelijk",
             "geconsolideerde versie"}
        ),
        "IMRO2012": frozenset(
            {"concept", "voorontwerp", "ontwerp", "vastgesteld", "geconsolideerd"}
        ),
    }
)  # fmt: skip
"""The planstatus values that each version knows; IMRO2012 knows no `onherroepelijk`."""

ADMINISTRATIEF = frozenset({"MetadataIMRObestand"})
"""Members that describe the file and are no object of the plan."""

PLANLAAG = "plangebieden"

_KLASSEN = {
    "Enkelbestemming": "bestemmingsvlakken",
    "Dubbelbestemming": "bestemmingsvlakken",
    "Bouwvlak": "bouwvlakken",
    "Functieaanduiding": "aanduidingen",
    "Bouwaanduiding": "aanduidingen",
    "Gebiedsaanduiding": "aanduidingen",
    "Maatvoering": "maatvoeringen",
    "Figuur": "figuren",
    # IMRO2006
    "Lettertekenaanduiding": "aanduidingen",
    "StructuurvisieGebied": PLANLAAG,
    "ProvinciaalPlangebied": PLANLAAG,
    "NationaalPlangebied": PLANLAAG,
    "Onthoudingsgebied": "besluitvlakken",
    **{
        f"{overheid}{soort}": "visiegebieden"
        for overheid in ("Gemeentelijk", "Provinciaal", "Nationaal")
        for soort in ("Gebied", "Verbinding", "Complex")
    },
}
_VOORVOEGSELS = (
    ("Bestemmingsplangebied", PLANLAAG),
    ("Besluitgebied", PLANLAAG),
    ("Structuurvisieplangebied", PLANLAAG),
    ("Besluitvlak", "besluitvlakken"),
    ("Besluitsubvlak", "besluitvlakken"),
    ("Structuurvisiegebied", "visiegebieden"),
    ("Structuurvisiecomplex", "visiegebieden"),
    ("Structuurvisieverklaring", "visiegebieden"),
)
_VASTE_SOORT = frozenset(_KLASSEN) - {
    klasse for klasse, laag in _KLASSEN.items() if laag in {PLANLAAG, "visiegebieden"}
}


def version_of(ruimten: Iterable[str]) -> str | None:
    """Give the IMRO version of the first namespace that is one; None when none is."""
    return next((VERSIES[ruimte] for ruimte in ruimten if ruimte in VERSIES), None)


def layer_of(klasse: str) -> str | None:
    """Give the layer of an object class (`Besluitgebied_X`); None for one without a layer."""
    if klasse in _KLASSEN:
        return _KLASSEN[klasse]
    return next((laag for begin, laag in _VOORVOEGSELS if klasse.startswith(begin)), None)


def carries_geometry(klasse: str) -> bool:
    """Whether a member is no object but the outline of objects that point to it.

    `GeometriePlangebied`, `GeometrieStructuurvisieObject`, `GeometrieBesluitobject_P1` ...
    """
    return klasse.startswith("Geometrie")


def kind_of(klasse: str, opgegeven: str | None) -> str:
    """Give the `soort` of an object: its class in lower case, else what the source says.

    Besluitvlakken and visiegebieden keep the words of the source (`structuurvisiegebied_G`),
    without the group that IMRO2006 puts before them (`gebied; provinciaalGebied`).
    """
    if klasse in _VASTE_SOORT or opgegeven is None:
        return klasse.lower()
    return opgegeven.rsplit(";", 1)[-1].strip()
