"""Which soort an object of the BGT or TOP10NL is on the map, by its type in the source.

A type is named by its GML element (`TrafficArea`), by the layer of a GeoPackage
(`bgt_wegdeel`, `top10nl_gebouw_vlak`) or, where a layer has no name of its own, by the
column that only that type has.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from kaartlagen.bronnen.kolommen import normalise
from kaartlagen.controles import Bevinding
from kaartlagen.registercontroles import ACHTERGROND_OVERIG

SOORTEN = ("pand", "weg", "water", "terrein", "spoor", "overig")
OVERIG = "overig"

_PER_TYPE = {
    "buildingpart": "pand",
    "buildinginstallation": "pand",
    "gebouwinstallatie": "pand",
    "pand": "pand",
    "gebouw": "pand",
    "bebouwing": "pand",
    "trafficarea": "weg",
    "auxiliarytrafficarea": "weg",
    "wegdeel": "weg",
    "ondersteunendwegdeel": "weg",
    "waterbody": "water",
    "waterdeel": "water",
    "ondersteunendwaterdeel": "water",
    "plantcover": "terrein",
    "begroeidterreindeel": "terrein",
    "onbegroeidterreindeel": "terrein",
    "terrein": "terrein",
    "railway": "spoor",
    "spoor": "spoor",
    "spoorbaandeel": "spoor",
}
_PER_KOLOM = {
    "identificatiebagpnd": "pand",
    "typegebouw": "pand",
    "typeweg": "weg",
    "typewater": "water",
    "typelandgebruik": "terrein",
    "typespoorbaan": "spoor",
}
_REGISTER = re.compile(r"^(?:bgt|imgeo|top\d+nl|brt)")
_VORM = re.compile(r"(?:multivlak|vlak|hartlijn|lijn|hartpunt|punt|tmp)$")
_NIETS = frozenset({"nietbgt", "geenwaarde", "waardeonbekend", "transitie"})
"""Values of code lists that stand for none; a plus value may say more."""

WEG_STATUS = frozenset({"plan", "historie"})
"""Values of `bgt-status` and `plus-status` of what is not there (yet, or any more)."""


def kind_of(objecttype: str, kolommen: Sequence[str] = ()) -> str:
    """Give the soort of a type of object.

    Parameters
    ----------
    objecttype
        Name of the GML element or of the layer.
    kolommen
        The columns of the layer, for one whose name tells nothing.
    """
    naam = _VORM.sub("", _REGISTER.sub("", normalise(objecttype)))
    if naam in _PER_TYPE:
        return _PER_TYPE[naam]
    eigen = {normalise(kolom) for kolom in kolommen}
    return next((soort for kolom, soort in _PER_KOLOM.items() if kolom in eigen), OVERIG)


def class_text(objecttype: str, waarden: Iterable[str | None]) -> str:
    """Write type and class literally: ``Wegdeel: straat, overig``, or the type alone."""
    echte = [waarde for waarde in waarden if waarde and tells(waarde)]
    return f"{objecttype}: {', '.join(dict.fromkeys(echte))}" if echte else objecttype


def tells(waarde: str | None) -> bool:
    """Say whether a value of a code list tells something."""
    return bool(waarde) and normalise(str(waarde)) not in _NIETS


def other_findings(objecttypen: Iterable[str]) -> tuple[Bevinding, ...]:
    """Report which types became `overig`, one text per type with its count."""
    teller = Counter(objecttypen)
    namen = [f"{naam} ({aantal})" for naam, aantal in teller.most_common()]
    return ACHTERGROND_OVERIG.report(sum(teller.values()), namen)
