"""Which IMRO object classes there are, and in which layer each belongs.

Source: IMRO2012.xsd 1.1.0 and the IMRO2008 object catalogue (`domein.md` section 2.1).
"""

from __future__ import annotations

from types import MappingProxyType

VERSIES = MappingProxyType(
    {
        "http://www.geonovum.nl/imro/2008/1": "IMRO2008",
        "http://www.geonovum.nl/imro/2012/1": "IMRO2012",
        "http://www.geonovum.nl/imro/2012/1.0": "IMRO2012",
        "http://www.geonovum.nl/imro/2012/1.1": "IMRO2012",
    }
)
"""IMRO version by the namespace of its elements."""

PLANSTATUSSEN = MappingProxyType(
    {
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

_KLASSEN = {
    "Enkelbestemming": "bestemmingsvlakken",
    "Dubbelbestemming": "bestemmingsvlakken",
    "Bouwvlak": "bouwvlakken",
    "Functieaanduiding": "aanduidingen",
    "Bouwaanduiding": "aanduidingen",
    "Gebiedsaanduiding": "aanduidingen",
    "Maatvoering": "maatvoeringen",
    "Figuur": "figuren",
}
_VOORVOEGSELS = (
    ("Bestemmingsplangebied", "plangebieden"),
    ("Besluitgebied", "plangebieden"),
    ("Besluitvlak", "besluitvlakken"),
    ("Besluitsubvlak", "besluitvlakken"),
)


def layer_of(klasse: str) -> str | None:
    """Give the layer of an object class (`Besluitgebied_X`); None for one without a layer."""
    if klasse in _KLASSEN:
        return _KLASSEN[klasse]
    return next((laag for begin, laag in _VOORVOEGSELS if klasse.startswith(begin)), None)
