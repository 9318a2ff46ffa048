"""INSPIRE CadastralParcels (3.0 and 4.0): the percelen of the Kadaster in European dress.

The services give them in ETRS89 with the latitude first, in RD and in more; see
`gml_stelsel`. Beside its surface a parcel has a `referencePoint`, for its label.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import shapely

from kaartlagen.bronnen.einden import is_open_end
from kaartlagen.bronnen.gml import Boogteller, GmlFoutError, parse_geometry
from kaartlagen.bronnen.gml_bevindingen import geometry_changes
from kaartlagen.bronnen.gml_stelsel import crs_names, east_first, epsg_name, one_crs
from kaartlagen.bronnen.lezing import Lezing
from kaartlagen.bronnen.percelen import parcel_columns, parcel_findings
from kaartlagen.bronnen.percelen_aanduiding import parse_designation
from kaartlagen.errors import BronError
from kaartlagen.registercontroles import PERCEEL_VERVALLEN
from kaartlagen.xmllezen import Element, Wortel, child, descendant, iter_features, local_name, text

_PERCEEL = "CadastralParcel"
_VELDEN = (
    "perceel_id", "aanduiding", "akr", "kadastrale_gemeente", "sectie", "perceelnummer",
    "grootte", "soort_grootte",
)  # fmt: skip
_ID_BEGIN = "NL.IMKAD.KadastraalObject."


def inspire_grounds(wortel: Wortel) -> str | None:
    """Say on what grounds an XML file has INSPIRE parcels; None when it has none."""
    for lid in wortel.leden:
        ruimte, _, naam = lid.rpartition("}")
        if naam.startswith("Cadastral") and ("inspire" in ruimte or "/cp/" in ruimte):
            return f"objecten {naam} van INSPIRE"
    return None


def read_inspire_parcels(pad: Path) -> tuple[Lezing, ...]:
    """Read the parcels of an INSPIRE file, as one reading.

    Raises
    ------
    BronError
        When the file is cut off or holds no parcels (zonings and boundaries are others).
    CrsError
        When its objects differ in their CRS.
    """
    rijen: list[dict[str, object]] = []
    plekken: list[int] = []
    vormen: list[shapely.Geometry | None] = []
    vervallen: list[str] = []
    onleesbaar: dict[int, str] = {}
    anders: Counter[str] = Counter()
    teller = Boogteller()
    for element in iter_features(pad):
        if local_name(element) != _PERCEEL:
            anders[local_name(element)] += 1
            continue
        if _has_ended(element):
            vervallen.append(_local_id(element) or "zonder id")
            if not teller.stelsels:
                teller.stelsels.update(crs_names(element))
            continue
        plekken.append(len(plekken) + len(vervallen))
        try:
            vormen.append(_surface(element, teller))
        except (GmlFoutError, shapely.errors.GEOSException) as fout:
            onleesbaar[len(vormen)] = str(fout)
            vormen.append(None)
        rijen.append(_attributes(element))
    if not rijen and not vervallen:
        raise _no_parcels(pad, anders)
    geometrie = np.empty(len(vormen), dtype=object)
    geometrie[:] = vormen
    crs = one_crs(teller.stelsels, pad.name)
    kolommen = parcel_columns({naam: [rij[naam] for rij in rijen] for naam in _VELDEN}, plekken)
    lezing = Lezing(
        laag="percelen",
        kolommen=kolommen,
        geometrie=east_first(geometrie, crs),
        crs=None if crs is None else epsg_name(crs),
        gelezen=len(rijen) + len(vervallen),
        bron=pad.name,
        vorm="INSPIRE GML",
        onleesbaar=onleesbaar,
        bevindingen=(
            *PERCEEL_VERVALLEN.report(len(vervallen), vervallen),
            *parcel_findings(kolommen),
            *geometry_changes(teller),
        ),
    )
    return (lezing,)


def _no_parcels(pad: Path, anders: Counter[str]) -> BronError:
    wel = ", ".join(f"{naam} ({aantal})" for naam, aantal in anders.items())
    return BronError(
        f"het INSPIRE-bestand bevat geen CadastralParcel{f', wel {wel}' if wel else ''}.",
        waar=pad.name,
        herstel="Vraag bij de dienst het type CadastralParcel op.",
    )


def _has_ended(element: Element) -> bool:
    einden = (child(element, "endLifespanVersion"), child(element, "validTo"))
    return any(not is_open_end(text(einde)) for einde in einden)


def _attributes(element: Element) -> dict[str, object]:
    delen = next(
        (
            deel
            for naam in ("nationalCadastralReference", "label")
            if (deel := parse_designation(text(child(element, naam)))) is not None
        ),
        None,
    )
    return {
        "perceel_id": _local_id(element),
        "aanduiding": delen and str(delen),
        "akr": delen and delen.akr,
        "kadastrale_gemeente": None,
        "sectie": delen and delen.sectie,
        "perceelnummer": delen and delen.nummer,
        "grootte": text(child(element, "areaValue")),
        "soort_grootte": None,
    }


def _local_id(element: Element) -> str | None:
    drager = child(element, "inspireId")
    lokaal = None if drager is None else text(descendant(drager, "localId"))
    gegeven = lokaal or text(child(element, "nationalCadastralReference"))
    return gegeven.removeprefix(_ID_BEGIN) if gegeven else None


def _surface(element: Element, teller: Boogteller) -> shapely.Geometry | None:
    drager = child(element, "geometry")
    if drager is None or len(drager) == 0:
        return None
    return parse_geometry(drager[0], teller)
