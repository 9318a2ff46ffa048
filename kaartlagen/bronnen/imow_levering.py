"""What lies beside an IMOW file: the locaties and geometries that its objects point to.

Only files in the same folder are looked at, and only those whose root element is one of a
delivery of an omgevingsplan. Names and references in a file are compared with what is found,
never opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import shapely

from kaartlagen.bronnen.gml_stelsel import one_crs
from kaartlagen.bronnen.imow import LOCATIES, Owobject, read_objects
from kaartlagen.bronnen.stop_gio import Gio, Giolocatie, read_gio
from kaartlagen.datums import parse_datum
from kaartlagen.errors import BronError
from kaartlagen.xmllezen import Element, child, children, iter_named, local_name, text

_KOP = 8_192
"""The root element stands in the first bytes; its namespaces alone can fill a few thousand."""

_WORTEL = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s/>]")
_VOORAF = re.compile(rb"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_GEOMETRIE = frozenset(
    {"GeoInformatieObjectVaststelling", "GeoInformatieObjectVersie", "FeatureCollectionGeometrie"}
)
_WERKEND = "juridischWerkendVanaf"
AMBTSGEBIED = "de locatie is het ambtsgebied"
"""Why an object has no geometry that no file could give it."""


@dataclass(frozen=True, slots=True)
class Regeling:
    """The omgevingsplan that a file belongs to, as what lies beside it tells.

    `werk` identifies the regeling; `datum` is the day from which it holds. Each is None
    when nothing tells it, or when more than one answer is possible.
    """

    werk: str | None = None
    datum: date | None = None


@dataclass(slots=True)
class Levering:
    """The files of one folder that belong to a delivery, by their root element.

    `gebruikt` collects the files from which something was taken; `onleesbaar` those that
    were needed and could not be read, with the reason.
    """

    per_wortel: Mapping[str, tuple[Path, ...]]
    gebruikt: set[Path] = field(default_factory=set)
    onleesbaar: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ligging:
    """The geometries that objects point to, by the position of the object.

    Where `vormen` has None, `gebreken` says why. `namen` are those of locations that alone
    make up an object; `gios` the files from which the geometry came.
    """

    vormen: tuple[shapely.Geometry | None, ...]
    gebreken: Mapping[int, str]
    srs: str | None
    namen: Mapping[int, str | None]
    gios: tuple[Gio, ...]


def open_delivery(pad: Path) -> Levering:
    """List the files beside one (and itself) that belong to a delivery."""
    per_wortel: dict[str, list[Path]] = {}
    onleesbaar: dict[str, str] = {}
    try:
        for buur in _files_beside(pad):
            wortel = _root_name(buur)
            if wortel is not None:
                per_wortel.setdefault(wortel, []).append(buur)
    except OSError as fout:
        onleesbaar[pad.resolve().parent.name] = f"de map is niet te lezen ({fout.strerror or fout})"
    return Levering({n: tuple(paden) for n, paden in per_wortel.items()}, onleesbaar=onleesbaar)


def objects_beside(levering: Levering, pad: Path) -> tuple[Owobject, ...]:
    """Read the OW-objects of all other files; what cannot be read is noted, not raised."""
    uit: list[Owobject] = []
    for buur in levering.per_wortel.get("owBestand", ()):
        if buur.resolve() == pad.resolve():
            continue
        try:
            uit.extend(read_objects(buur))
        except BronError as fout:
            levering.onleesbaar[buur.name] = fout.wat
    return tuple(uit)


def locate(objecten: Iterable[Owobject], bekend: Iterable[Owobject], levering: Levering) -> Ligging:
    """Find the geometry of objects by way of their locaties.

    Parameters
    ----------
    objecten
        The objects to place.
    bekend
        All objects of the delivery, among them the locaties.
    levering
        The folder; the files that are used are noted in it.

    Returns
    -------
    Ligging
        An object that points to several places gets them as one geometry; one of which a
        part cannot be found gets none, for half an area is a wrong area.

    Raises
    ------
    CrsError
        When the geometries stand in different CRSs.
    """
    lijst = list(objecten)
    locaties = _by_id(bekend)
    gezocht = [_wanted(lid, locaties) for lid in lijst]
    levering.gebruikt |= {lid.bestand for lid in _followed(lijst, locaties)}
    gios = _find_geometries({uuid for uuids, _ in gezocht for uuid in uuids}, levering)
    plekken = {plek.uuid: plek for gio in gios for plek in gio.locaties if plek.uuid}
    vormen: list[shapely.Geometry | None] = []
    gebreken: dict[int, str] = {}
    namen: dict[int, str | None] = {}
    for nummer, (uuids, mis) in enumerate(gezocht):
        vorm, gebrek = (None, mis) if mis else _join(uuids, plekken)
        vormen.append(vorm)
        if gebrek:
            gebreken[nummer] = gebrek
        elif len(uuids) == 1:
            namen[nummer] = plekken[uuids[0]].naam
    srs = one_crs([gio.srs for gio in gios if gio.srs], "de GML-bestanden van deze levering")
    return Ligging(tuple(vormen), gebreken, srs, namen, gios)


def geometry_ids(objecten: Iterable[Owobject], bekend: Iterable[Owobject]) -> set[str]:
    """Give the ids of all geometries to which objects point, as far as their locaties are known."""
    locaties = _by_id(bekend)
    return {uuid for lid in objecten for uuid in _wanted(lid, locaties)[0]}


def find_regeling(pad: Path, levering: Levering, *, met_datum: bool = False) -> Regeling:
    """Find which regeling a file belongs to: by the manifest of the OW-files, and by that alone.

    Parameters
    ----------
    pad
        The file; a manifest that names several regelingen counts when it lists this file.
    levering
        The folder.
    met_datum
        Look in the besluit for the day of inwerkingtreding too.
    """
    werken: dict[tuple[str, str | None], bool] = {}
    for manifest in levering.per_wortel.get("Aanleveringen", ()):
        for deel in _named(manifest, {"Aanlevering"}, levering):
            velden = {local_name(lid).lower(): text(lid) for lid in deel}
            werk = velden.get("workidregeling")
            lijst = {text(child(bestand, "naam")) for bestand in children(deel, "Bestand")}
            if werk:
                werken[(werk, velden.get("doelid"))] = pad.name in lijst
                levering.gebruikt.add(manifest)
    genoemd = [sleutel for sleutel, eigen in werken.items() if eigen] or list(werken)
    if len(genoemd) != 1:
        return Regeling()
    werk, doel = genoemd[0]
    return Regeling(werk, _start(doel, levering) if met_datum and doel else None)


def regeling_of_gio(pad: Path, levering: Levering) -> Regeling:
    """Find the regeling of a GIO: by the description beside it, else by the manifest."""
    for beschrijving in levering.per_wortel.get("AanleveringInformatieObject", ()):
        bestanden: set[str | None] = set()
        werken: set[str | None] = set()
        for deel in _named(beschrijving, {"bestandsnaam", "heeftGeboorteregeling"}, levering):
            doel = bestanden if local_name(deel) == "bestandsnaam" else werken
            doel.add(text(deel))
        if pad.name in bestanden and len(werken) == 1:
            levering.gebruikt.add(beschrijving)
            return Regeling(werken.pop())
    return find_regeling(pad, levering)


def _files_beside(pad: Path) -> Iterator[Path]:
    """Give the XML and GML files in the folder of a file; no link that leads out of it."""
    map_ = pad.resolve().parent
    for buur in sorted(map_.iterdir()):
        if buur.suffix.lower() not in {".xml", ".gml"} or not buur.is_file():
            continue
        if buur.resolve().parent == map_:
            yield buur


def _root_name(pad: Path) -> str | None:
    """Give the local name of the root element, from the first bytes alone."""
    try:
        with pad.open("rb") as bestand:
            kop = _VOORAF.sub(b"", bestand.read(_KOP))
    except OSError:
        return None  # a neighbour that may not be read is none of ours
    wortel = _WORTEL.search(kop)
    return wortel.group(1).decode("ascii", "replace") if wortel else None


def _by_id(bekend: Iterable[Owobject]) -> dict[str, Owobject]:
    return {lid.id: lid for lid in bekend if lid.klasse in LOCATIES and lid.id}


def _followed(objecten: Iterable[Owobject], locaties: Mapping[str, Owobject]) -> Iterator[Owobject]:
    """Pass through objects and the locaties that they lead to, each once: groups may nest."""
    gezien: set[str] = set()
    wacht = list(objecten)
    while wacht:
        lid = wacht.pop(0)
        yield lid
        nieuw = [v for v in lid.locaties if v in locaties and v not in gezien]
        gezien.update(nieuw)
        wacht.extend(locaties[v] for v in dict.fromkeys(nieuw))


def _wanted(lid: Owobject, locaties: Mapping[str, Owobject]) -> tuple[tuple[str, ...], str | None]:
    """Follow an object to the ids of its geometries; the second says why that fails."""
    uuids: dict[str, None] = {}
    for huidig in _followed([lid], locaties):
        if huidig.klasse == "Ambtsgebied":
            return (), AMBTSGEBIED
        zoek = next((v for v in huidig.locaties if v not in locaties), None)
        if zoek is not None:
            return (), f"locatie {zoek} staat niet in deze map"
        uuids.update(dict.fromkeys(huidig.geometrieen))
    return (tuple(uuids), None) if uuids else ((), "er is geen verwijzing naar een geometrie")


def _find_geometries(uuids: set[str], levering: Levering) -> tuple[Gio, ...]:
    """Read the geometry files of the folder until every id has been found."""
    over = set(uuids)
    uit = []
    paden = [pad for naam in sorted(_GEOMETRIE) for pad in levering.per_wortel.get(naam, ())]
    for pad in paden:
        if not over:
            break
        try:
            gio = read_gio(pad)
        except BronError as fout:
            levering.onleesbaar[pad.name] = fout.wat
            continue
        gevonden = {plek.uuid for plek in gio.locaties if plek.uuid in over}
        if gevonden:
            over -= gevonden
            levering.gebruikt.add(pad)
            uit.append(gio)
    return tuple(uit)


def _join(
    uuids: tuple[str, ...], plekken: Mapping[str, Giolocatie]
) -> tuple[shapely.Geometry | None, str | None]:
    delen = []
    for uuid in uuids:
        plek = plekken.get(uuid)
        if plek is None:
            return None, f"geometrie {uuid} staat niet in deze map"
        if plek.geometrie is None:
            return None, plek.gebrek or f"geometrie {uuid} is leeg"
        delen.append(plek.geometrie)
    if len(delen) == 1:
        return delen[0], None
    geldig = [deel if shapely.is_valid(deel) else shapely.make_valid(deel) for deel in delen]
    return shapely.union_all(np.array(geldig, dtype=object)), None


def _start(doel: str, levering: Levering) -> date | None:
    """Find from when a regeling holds: what the besluit beside it says for the same doel."""
    datums: set[date | None] = set()
    for besluit in levering.per_wortel.get("AanleveringBesluit", ()):
        for stempel in _named(besluit, {"Tijdstempel"}, levering):
            eigen = text(child(stempel, "doel")) == doel
            if eigen and text(child(stempel, "soortTijdstempel")) == _WERKEND:
                datums.add(parse_datum(text(child(stempel, "datum"))))
                levering.gebruikt.add(besluit)
    return datums.pop() if len(datums) == 1 else None


def _named(pad: Path, namen: set[str], levering: Levering) -> Iterator[Element]:
    """Pass through the elements of some names; a broken file is noted and gives no more."""
    try:
        yield from iter_named(pad, namen)
    except BronError as fout:
        levering.onleesbaar[pad.name] = fout.wat
