"""The BRK Kadastrale kaart as GML: parcel polygons, never the label points beside them.

Names are matched without their namespace, so that versions 3, 4 and 5 read alike.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import shapely

from kaartlagen.bronnen.gml import Boogteller, GmlFoutError, parse_geometry
from kaartlagen.bronnen.gml_bevindingen import geometry_changes
from kaartlagen.bronnen.gml_stelsel import crs_names, one_crs
from kaartlagen.bronnen.lezing import Lezing
from kaartlagen.bronnen.percelen import parcel_columns, parcel_findings
from kaartlagen.bronnen.percelen_historie import has_ended
from kaartlagen.errors import BronError
from kaartlagen.registercontroles import PERCEEL_VERVALLEN
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

VELDEN = (
    "perceel_id", "akr", "kadastrale_gemeente", "sectie", "perceelnummer", "grootte",
    "soort_grootte",
)  # fmt: skip
ID_BEGIN = "NL.IMKAD.KadastraalObject."
_BRK = "http://www.kadaster.nl/schemas/brkkadastralekaart"
_ANDERE = {
    "KadastraleGrens": "kadastrale grenzen (lijnen)",
    "Kwaliteit": "kwaliteitsaanduidingen van grenzen",
    "Annotatie": "teksten bij de kaart",
    "Bebouwing": "bebouwing",
}
"""What the other files of a delivery hold, for people."""


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
    rijen: list[dict[str, str | None]] = []
    plekken: list[int] = []
    vormen: list[shapely.Geometry | None] = []
    vervallen: list[str] = []
    onleesbaar: dict[int, str] = {}
    anders: Counter[str] = Counter()
    teller = Boogteller()
    for element in iter_features(pad):
        if not is_parcel(element):
            anders[local_name(element)] += 1
            continue
        naam = ended_version(element)
        if naam is not None:
            vervallen.append(naam)
            if not teller.stelsels:
                teller.stelsels.update(crs_names(element))
            continue
        plekken.append(len(plekken) + len(vervallen))
        try:
            vormen.append(boundary(element, teller))
        except (GmlFoutError, shapely.errors.GEOSException) as fout:
            onleesbaar[len(vormen)] = str(fout)
            vormen.append(None)
        rijen.append(attributes(element))
    if not rijen and not vervallen:
        raise _no_parcels(pad, anders)
    geometrie = np.empty(len(vormen), dtype=object)
    geometrie[:] = vormen
    kolommen = parcel_columns(
        {
            **{naam: [rij[naam] for rij in rijen] for naam in VELDEN},
            "perceel_id": [local_id(rij["perceel_id"]) for rij in rijen],
        },
        plekken,
    )
    lezing = Lezing(
        laag="percelen",
        kolommen=kolommen,
        geometrie=geometrie,
        crs=one_crs(teller.stelsels, pad.name),
        gelezen=len(rijen) + len(vervallen),
        bron=pad.name,
        vorm="BRK GML",
        onleesbaar=onleesbaar,
        bevindingen=(
            *PERCEEL_VERVALLEN.report(len(vervallen), vervallen),
            *parcel_findings(kolommen),
            *geometry_changes(teller),
        ),
    )
    return (lezing,)


def _no_parcels(pad: Path, anders: Counter[str]) -> BronError:
    """Say what the file holds instead of percelen."""
    if any(naam.lower().startswith("mutatie") for naam in anders):
        return BronError(
            "dit is een mutatielevering van de BRK: alleen wat er is veranderd.",
            waar=pad.name,
            herstel="Lees de standlevering in (kadastralekaart_perceel.gml).",
        )
    wel = ", ".join(f"{_ANDERE.get(naam, naam)} ({aantal})" for naam, aantal in anders.items())
    return BronError(
        f"het BRK-bestand bevat geen percelen{f', wel {wel}' if wel else ''}.",
        waar=pad.name,
        herstel="Lees uit de levering het bestand kadastralekaart_perceel.gml in.",
    )


def is_parcel(element: Element) -> bool:
    """Say whether a feature is a perceel."""
    return local_name(element) == "Perceel"


def ended_version(element: Element) -> str | None:
    """Name a version of a perceel that no longer holds; None for one that does."""
    return (local_id(_given_id(element)) or "zonder id") if has_ended(element) else None


def attributes(element: Element) -> dict[str, str | None]:
    """Give the texts of a perceel as they stand; see `gml_sjabloon` on what that means."""
    akr = descendant(element, "aKRKadastraleGemeenteCode")
    if akr is None:
        akr = descendant(element, "AKRKadastraleGemeenteCode")
    gemeente = descendant(element, "kadastraleGemeente")
    grootte = child(element, "kadastraleGrootte")
    return {
        "perceel_id": _given_id(element),
        "akr": _value(akr),
        "kadastrale_gemeente": None if gemeente is None else text(descendant(gemeente, "waarde")),
        "sectie": text(descendant(element, "sectie")),
        "perceelnummer": text(descendant(element, "perceelnummer")),
        "grootte": None if grootte is None else text(descendant(grootte, "waarde")),
        "soort_grootte": _value(descendant(element, "soortGrootte")),
    }


def local_id(gegeven: str | None) -> str | None:
    """Give the local id of a perceel, without what stands before it in a gml:id."""
    return gegeven.removeprefix(ID_BEGIN) if gegeven else None


def _given_id(element: Element) -> str | None:
    drager = child(element, "identificatie")
    lokaal = None if drager is None else descendant(drager, "lokaalID")
    return text(lokaal) or text(drager) or attribute(element, "id")


def _value(element: Element | None) -> str | None:
    """Give the `waarde` of a code-and-value pair, or the text itself (version 3)."""
    if element is None:
        return None
    return text(descendant(element, "waarde")) or text(element)


def boundary(element: Element, teller: Boogteller) -> shapely.Geometry | None:
    """Build the polygon of a perceel, not the point of its label; None when there is none.

    Raises
    ------
    GmlFoutError
        When it cannot be built.
    """
    grens = child(element, "begrenzingPerceel")
    if grens is None or len(grens) == 0:
        return None
    return parse_geometry(grens[0], teller)
