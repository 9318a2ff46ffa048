"""STOP: the geo-informatieobject (GIO) of an omgevingsplan, with its geometry.

GDAL finds the layers of such a file but not its geometry, which lies deeper than GDAL looks:
locatie / geometrie / Geometrie / geometrie. The id of that Geometrie is what the objects of
IMOW refer to.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import numpy as np
import shapely

from kaartlagen.bronnen.gml import Boogteller, GmlFoutError, parse_geometry
from kaartlagen.bronnen.gml_stelsel import east_first, one_crs
from kaartlagen.datums import parse_datum
from kaartlagen.errors import BronError
from kaartlagen.xmllezen import (
    Element,
    Wortel,
    child,
    children,
    iter_named,
    local_name,
    text,
)

STOP_GEO = "https://standaarden.overheid.nl/stop/imop/geo/"
BASISGEOMETRIE = "http://www.geostandaarden.nl/basisgeometrie/"

_DAG_IN_EXPRESSIE = re.compile(r"@(\d{4}-\d{2}-\d{2})")
_WORK = frozenset({"FRBRWork", "workID"})
_EXPRESSIE = frozenset({"FRBRExpression", "expressionID"})
_LOCATIES = frozenset({"Locatie", "LocatieMutatie"})
_WORTELS = frozenset({"GeoInformatieObjectVaststelling", "GeoInformatieObjectVersie"})
_KAAL = "FeatureCollectionGeometrie"


@dataclass(frozen=True, slots=True)
class Giolocatie:
    """One location of a GIO.

    `uuid` is the id of its geometry in lower case; `groep` the name of its GIO-deel, else
    of the norm; `waarde` its normwaarde. `geometrie` is in source coordinates, east or lon
    first; None where there is none, and `gebrek` then says what was wrong with it (None: it
    was not there).
    """

    uuid: str | None
    naam: str | None
    groep: str | None
    waarde: str | None
    geometrie: shapely.Geometry | None
    gebrek: str | None


@dataclass(frozen=True, slots=True)
class Gio:
    """A whole GIO: its identification, its locations, the CRS and the arcs in it.

    `work` and `expressie` are None in a file of bare geometries (FeatureCollectionGeometrie).
    """

    work: str | None
    expressie: str | None
    locaties: tuple[Giolocatie, ...]
    srs: str | None
    bogen: Boogteller

    @property
    def datum(self) -> date | None:
        """The date of the version, when its identification has a whole one."""
        dag = _DAG_IN_EXPRESSIE.search(self.expressie or "")
        return parse_datum(dag.group(1)) if dag else None

    @property
    def naam(self) -> str | None:
        """The last part of the identification: the only name that every GIO has."""
        return self.work.rstrip("/").rsplit("/", 1)[-1] if self.work else None


def is_gio(wortel: Wortel) -> bool:
    """Say whether a root is that of a GIO, or of bare geometries beside IMOW objects."""
    if wortel.naam in _WORTELS:
        return wortel.namespace == STOP_GEO
    return wortel.naam == _KAAL and wortel.namespace.startswith(BASISGEOMETRIE)


def normalise_id(uuid: str | None) -> str | None:
    """Write the id of a geometry in one way: files differ in capitals."""
    return uuid.strip().lower() or None if uuid else None


@dataclass(slots=True)
class _Kop:
    """What a GIO says of itself while it is being read."""

    work: str | None = None
    expressie: str | None = None
    norm: str | None = None
    groepen: dict[str, str] = field(default_factory=dict)


def read_gio(pad: Path) -> Gio:
    """Read a GIO, or a file of bare geometries.

    Raises
    ------
    BronError
        When the file is cut off, or holds a change (was / wordt) instead of a version: what
        holds cannot be told from a change alone.
    CrsError
        When its geometries name different CRSs.
    """
    kop = _Kop()
    teller = Boogteller()
    ruw: list[tuple[Giolocatie, str | None]] = []
    namen = {*_WORK, *_EXPRESSIE, *_LOCATIES, "normlabel", "Groep"}
    for element in iter_named(pad, namen):
        soort = local_name(element)
        if soort in _LOCATIES:
            _refuse_change(element, pad)
            ruw.append(_location(element, teller))
        elif soort in _KOPVELDEN:
            _KOPVELDEN[soort](kop, element)
    if not ruw:
        ruw = [
            (_bare_location(element, teller), None) for element in iter_named(pad, {"Geometrie"})
        ]
    if not ruw:
        raise BronError(
            "het informatieobject bevat geen locaties.",
            waar=pad.name,
            herstel="Vraag de bronhouder om het volledige GML-bestand.",
        )
    srs = one_crs(teller.stelsels, pad.name)
    vormen = np.empty(len(ruw), dtype=object)
    vormen[:] = [locatie.geometrie for locatie, _ in ruw]
    locaties = tuple(
        replace(locatie, groep=kop.groepen.get(groep or "", groep) or kop.norm, geometrie=vorm)
        for (locatie, groep), vorm in zip(ruw, east_first(vormen, srs), strict=True)
    )
    return Gio(kop.work, kop.expressie, locaties, srs, teller)


def _set_work(kop: _Kop, element: Element) -> None:
    kop.work = kop.work or text(element)


def _set_expression(kop: _Kop, element: Element) -> None:
    kop.expressie = kop.expressie or text(element)


def _set_norm(kop: _Kop, element: Element) -> None:
    kop.norm = text(element)


def _add_group(kop: _Kop, element: Element) -> None:
    sleutel, label = text(child(element, "groepID")), text(child(element, "label"))
    if sleutel and label:
        kop.groepen[sleutel] = label


_KOPVELDEN: dict[str, Callable[[_Kop, Element], None]] = {
    **dict.fromkeys(_WORK, _set_work),
    **dict.fromkeys(_EXPRESSIE, _set_expression),
    "normlabel": _set_norm,
    "Groep": _add_group,
}


def _refuse_change(element: Element, pad: Path) -> None:
    ouder = element
    while ouder is not None:
        if local_name(ouder) in {"GeoInformatieObjectMutatie", "LocatieMutatie"}:
            raise BronError(
                "dit is een wijziging (was en wordt) van een informatieobject; daaruit is niet "
                "op te maken wat er nu geldt.",
                waar=pad.name,
                herstel="Lees de volledige versie van het informatieobject in.",
            )
        ouder = ouder.getparent()


def _location(element: Element, teller: Boogteller) -> tuple[Giolocatie, str | None]:
    """Read a geo:Locatie; its group is looked up later, when all groups have been seen."""
    drager = child(element, "geometrie", "Geometrie")
    vorm, gebrek = _geometry(drager, teller)
    waarde = next(
        (
            inhoud
            for naam in ("kwantitatieveNormwaarde", "kwalitatieveNormwaarde")
            if (inhoud := text(child(element, naam))) is not None
        ),
        None,
    )
    locatie = Giolocatie(
        uuid=normalise_id(text(child(drager, "id")) if drager is not None else None),
        naam=text(child(element, "naam")),
        groep=None,
        waarde=waarde,
        geometrie=vorm,
        gebrek=gebrek,
    )
    return locatie, text(child(element, "groepID"))


def _bare_location(element: Element, teller: Boogteller) -> Giolocatie:
    vorm, gebrek = _geometry(element, teller)
    return Giolocatie(normalise_id(text(child(element, "id"))), None, None, None, vorm, gebrek)


def _geometry(
    drager: Element | None, teller: Boogteller
) -> tuple[shapely.Geometry | None, str | None]:
    plekken = [] if drager is None else children(drager, "geometrie")
    vormen = [vorm for plek in plekken for vorm in plek]
    if not vormen:
        return None, None
    try:
        return parse_geometry(vormen[0], teller), None
    except (GmlFoutError, shapely.errors.GEOSException) as fout:
        return None, str(fout)
