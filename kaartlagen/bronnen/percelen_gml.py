"""The BRK Kadastrale kaart as GML: parcel polygons, never the label points beside them.

Names are matched without their namespace, so that versions 3, 4 and 5 read alike.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import shapely

from kaartlagen.bronnen.gml import Boogteller, GmlFoutError, parse_geometry
from kaartlagen.bronnen.lezing import Lezing
from kaartlagen.bronnen.percelen import parcel_columns, parcel_findings
from kaartlagen.errors import BronError
from kaartlagen.xmllezen import (
    Element,
    Wortel,
    attribute,
    child,
    descendant,
    iter_features,
    local_name,
    text,
)

_ID_BEGIN = "NL.IMKAD.KadastraalObject."
_BRK = "http://www.kadaster.nl/schemas/brkkadastralekaart"


def brk_grounds(wortel: Wortel) -> str | None:
    """Say on what grounds an XML file is a BRK delivery; None when it is not."""
    if wortel.namespace.startswith(_BRK):
        return f"het wortelelement {wortel.naam} van {wortel.namespace}"
    return None


def read_percelen_gml(pad: Path) -> tuple[Lezing, ...]:
    """Read the percelen of a Kadastrale kaart delivery, as one reading.

    Raises
    ------
    BronError
        When the file is cut off or holds no percelen (grenzen and panden are other files).
    """
    rijen: list[dict[str, object]] = []
    vormen: list[shapely.Geometry | None] = []
    onleesbaar: dict[int, str] = {}
    teller = Boogteller()
    for element in iter_features(pad):
        if local_name(element) != "Perceel":
            continue
        try:
            vormen.append(_boundary(element, teller))
        except (GmlFoutError, shapely.errors.GEOSException) as fout:
            onleesbaar[len(vormen)] = str(fout)
            vormen.append(None)
        rijen.append(_attributes(element))
    if not rijen:
        raise BronError(
            "het BRK-bestand bevat geen percelen.",
            waar=pad.name,
            herstel="Lees uit de levering het bestand kadastralekaart_perceel.gml in.",
        )
    geometrie = np.empty(len(vormen), dtype=object)
    geometrie[:] = vormen
    kolommen = parcel_columns(
        {naam: [rij[naam] for rij in rijen] for naam in rijen[0]}, range(len(rijen))
    )
    lezing = Lezing(
        laag="percelen",
        kolommen=kolommen,
        geometrie=geometrie,
        crs=_crs(teller),
        gelezen=len(rijen),
        bron=pad.name,
        vorm="BRK GML",
        onleesbaar=onleesbaar,
        bevindingen=parcel_findings(kolommen),
    )
    return (lezing,)


def _attributes(element: Element) -> dict[str, object]:
    akr = descendant(element, "aKRKadastraleGemeenteCode")
    if akr is None:
        akr = descendant(element, "AKRKadastraleGemeenteCode")
    gemeente = descendant(element, "kadastraleGemeente")
    grootte = child(element, "kadastraleGrootte")
    return {
        "perceel_id": _local_id(element),
        "akr": _value(akr),
        "kadastrale_gemeente": None if gemeente is None else text(descendant(gemeente, "waarde")),
        "sectie": text(descendant(element, "sectie")),
        "perceelnummer": text(descendant(element, "perceelnummer")),
        "grootte": None if grootte is None else text(descendant(grootte, "waarde")),
        "soort_grootte": _value(descendant(element, "soortGrootte")),
    }


def _local_id(element: Element) -> str | None:
    drager = child(element, "identificatie")
    lokaal = None if drager is None else descendant(drager, "lokaalID")
    gegeven = text(lokaal) or text(drager) or attribute(element, "id")
    return gegeven.removeprefix(_ID_BEGIN) if gegeven else None


def _value(element: Element | None) -> str | None:
    """Give the `waarde` of a code-and-value pair, or the text itself (version 3)."""
    if element is None:
        return None
    return text(descendant(element, "waarde")) or text(element)


def _boundary(element: Element, teller: Boogteller) -> shapely.Geometry | None:
    grens = child(element, "begrenzingPerceel")
    if grens is None or len(grens) == 0:
        return None
    return parse_geometry(grens[0], teller)


def _crs(teller: Boogteller) -> str | None:
    return next(iter(sorted(teller.stelsels)), None)
