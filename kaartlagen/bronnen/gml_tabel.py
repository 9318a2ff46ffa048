"""Flat GML features (a WFS answer, GDAL's own GML) as rows of a table.

Such a feature has one text per property and one geometry, so that the reader of the same
columns in a GeoPackage reads it too. Streamed: of each feature only its row is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import shapely

from kaartlagen.bestandsvorm import Vorm
from kaartlagen.bronnen.gml import Boogteller, GmlFoutError, parse_geometry
from kaartlagen.bronnen.gml_bevindingen import geometry_changes
from kaartlagen.bronnen.gml_stelsel import east_first, epsg_name, one_crs
from kaartlagen.errors import BronError
from kaartlagen.lezen import Bronlaag, Laagkop
from kaartlagen.xmllezen import Element, Wortel, attribute, iter_features, local_name, text

_GML = "http://www.opengis.net/gml"
_VERZAMELING = "FeatureCollection"
_AANTAL = re.compile(r"[0-9]{1,18}")


def flat_members(wortel: Wortel) -> tuple[str, ...]:
    """Give the names of the members of a flat collection, lower case; () for another root."""
    if wortel.naam != _VERZAMELING:
        return ()
    return tuple(lid.rpartition("}")[2].lower() for lid in wortel.leden)


def read_flat(pad: Path, hoort: Callable[[str], bool], soortkolom: str | None = None) -> Bronlaag:
    """Read the features of some names as one layer.

    Parameters
    ----------
    pad
        A GML file whose features lie two below the root.
    hoort
        Says of a feature's local name, lower case, whether it belongs to the layer.
    soortkolom
        Column in which to keep that name, as the file writes it; None not to.

    Returns
    -------
    Bronlaag
        East or lon first. A geometry that cannot be built is None and in `onleesbaar`.

    Raises
    ------
    BronError
        When there is no such feature, or the answer was cut off by the service.
    CrsError
        When the features differ in their CRS.
    """
    rijen: list[dict[str, str]] = []
    vormen: list[shapely.Geometry | None] = []
    stuk: list[int] = []
    teller = Boogteller()
    naam = ""
    meldingen: tuple[str, ...] = ()
    for element in iter_features(pad):
        if not hoort(local_name(element).lower()):
            continue
        if not naam:
            naam, meldingen = local_name(element), _partial(element)
        rij, drager = _row(element)
        if soortkolom is not None:
            rij[soortkolom] = local_name(element)
        rijen.append(rij)
        try:
            vormen.append(None if drager is None else parse_geometry(drager, teller))
        except (GmlFoutError, shapely.errors.GEOSException):
            stuk.append(len(vormen))
            vormen.append(None)
    if not rijen:
        raise BronError(
            "het antwoord van de dienst bevat geen objecten.",
            waar=pad.name,
            herstel="Vraag de gegevens opnieuw op, voor het juiste gebied.",
        )
    geometrie = np.empty(len(vormen), dtype=object)
    geometrie[:] = vormen
    crs = one_crs(teller.stelsels, pad.name)
    kolommen = pd.DataFrame(rijen)
    kop = Laagkop(
        pad=pad,
        vorm=Vorm.XML,
        naam=naam,
        geometrietype=None,
        crs=None if crs is None else epsg_name(crs),
        aantal=len(rijen),
        kolommen=tuple(map(str, kolommen.columns)),
        monster=kolommen.head(100),
    )
    return Bronlaag(
        kop,
        kolommen,
        east_first(geometrie, crs),
        tuple(stuk),
        meldingen,
        bevindingen=geometry_changes(teller),
    )


def _partial(element: Element) -> tuple[str, ...]:
    """Say so when the service holds more than it gave: many stop at a thousand."""
    wortel = element.getroottree().getroot()
    gegeven, alle = (attribute(wortel, naam) for naam in ("numberReturned", "numberMatched"))
    if not (gegeven and alle and _AANTAL.fullmatch(gegeven) and _AANTAL.fullmatch(alle)):
        return ()
    if int(gegeven) < int(alle):
        return (f"de dienst gaf {gegeven} van de {alle} objecten",)
    return ()


def _row(element: Element) -> tuple[dict[str, str], Element | None]:
    """Split a feature into its texts and its geometry (the first that is no envelope)."""
    rij: dict[str, str] = {}
    drager = None
    gml_id = attribute(element, "id") or attribute(element, "fid")
    if gml_id:
        rij["gml_id"] = gml_id
    for lid in element:
        naam = local_name(lid)
        if len(lid) == 0:
            inhoud = text(lid)
            if inhoud is not None:
                rij[naam] = inhoud
        elif naam != "boundedBy" and drager is None and str(lid[0].tag).startswith(f"{{{_GML}"):
            drager = lid[0]
    return rij, drager
