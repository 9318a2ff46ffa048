"""The BGT (CityGML/IMGeo) and TOP10NL (1.0 - 1.2) in GML as background of the map.

Both keep old versions and objects that ended beside those of now; only the latter are
taken. One object gives one row: of its geometries the widest, and the place of its label
only where it has nothing else. The BGT often names no CRS; it is in RD by its definition
(data README: 28992), which is said in a finding and held against the numbers like any label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import shapely

from kaartlagen.bronnen.achtergrond_klassen import (
    OVERIG,
    WEG_STATUS,
    class_text,
    kind_of,
    other_findings,
    tells,
)
from kaartlagen.bronnen.einden import is_open_end
from kaartlagen.bronnen.gml import Boogteller, GmlFoutError, parse_geometry
from kaartlagen.bronnen.gml_bevindingen import geometry_changes
from kaartlagen.bronnen.gml_stelsel import crs_names, one_crs
from kaartlagen.bronnen.lezing import Lezing
from kaartlagen.errors import BronError
from kaartlagen.laagframe import contract_columns
from kaartlagen.registercontroles import ACHTERGROND_NIET_ACTUEEL, ACHTERGROND_STELSEL
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

_GML = "{http://www.opengis.net/gml"
_RD = "EPSG:28992"
_IMGEO, _TOPNL = re.compile(r"/imgeo/"), re.compile(r"top\d+nl")
_VORMEN = frozenset(
    {
        "Point", "MultiPoint", "LineString", "Curve", "CompositeCurve", "MultiLineString",
        "MultiCurve", "Polygon", "Surface", "CompositeSurface", "MultiPolygon", "MultiSurface",
        "MultiGeometry",
    }
)  # fmt: skip
_EINDEN = frozenset({"eindRegistratie", "terminationDate", "objectEindTijd", "versieEindTijd"})
_STATUSSEN = ("bgt-status", "plus-status")
_KLASSEN = ("function", "class", "bgt-type", "bgt-fysiekVoorkomen", "openbareRuimteType")
_NAMEN = (
    "naamNL", "naam", "naamOfficieel", "naamFries", "straatnaamNL", "straatnaam", "brugnaam",
    "tunnelnaam", "sluisnaam", "knooppuntnaam", "openbareRuimteNaam",
)  # fmt: skip


def bgt_grounds(wortel: Wortel) -> str | None:
    """Say on what grounds a file is of the BGT; None when it is not."""
    if wortel.naam == "CityModel" and any(map(_IMGEO.search, wortel.namespaces)):
        return "CityGML met IMGeo (BGT)"
    return None


def topnl_grounds(wortel: Wortel) -> str | None:
    """Say on what grounds a file is of TOP10NL; None when it is not."""
    for ruimte in (wortel.namespace, *wortel.namespaces):
        treffer = _TOPNL.search(ruimte.lower())
        if treffer:
            return f"de naamruimte {ruimte}"
    return None


def read_bgt(pad: Path) -> tuple[Lezing, ...]:
    """Read the objects of a BGT file that exist now.

    Raises
    ------
    BronError
        When the file is cut off or holds no objects.
    CrsError
        When objects differ in their CRS.
    """
    return _read(pad, "BGT GML", _RD)


def read_topnl(pad: Path) -> tuple[Lezing, ...]:
    """Read the objects of a TOP10NL file that exist now; raises as `read_bgt`."""
    return _read(pad, "TOP10NL GML", None)


def _read(pad: Path, vorm: str, stelsel: str | None) -> tuple[Lezing, ...]:
    rijen: list[tuple[str, str, str | None]] = []
    overig: list[str] = []
    plekken: list[int] = []
    vormen: list[shapely.Geometry | None] = []
    voorbij: list[str] = []
    onleesbaar: dict[int, str] = {}
    teller = Boogteller()
    for element in iter_features(pad):
        if str(element.tag).startswith(_GML):
            continue
        if _is_past(element):
            voorbij.append(_name(element))
            if not teller.stelsels:
                teller.stelsels.update(crs_names(element))
            continue
        plekken.append(len(plekken) + len(voorbij))
        try:
            vormen.append(_geometry(element, teller))
        except (GmlFoutError, shapely.errors.GEOSException) as fout:
            onleesbaar[len(vormen)] = str(fout)
            vormen.append(None)
        objecttype = local_name(element)
        soort = kind_of(objecttype)
        if soort == OVERIG:
            overig.append(objecttype)
        rijen.append((soort, class_text(objecttype, _classes(element)), _title(element)))
    if not rijen and not voorbij:
        raise BronError(
            "het bestand bevat geen objecten.", waar=pad.name, herstel="Download het opnieuw."
        )
    geometrie = np.empty(len(vormen), dtype=object)
    geometrie[:] = vormen
    genoemd = one_crs(teller.stelsels, pad.name)
    kolommen = contract_columns(
        "achtergrond",
        {naam: [rij[n] for rij in rijen] for n, naam in enumerate(("soort", "klasse", "naam"))},
        plekken,
    )
    lezing = Lezing(
        laag="achtergrond",
        kolommen=kolommen,
        geometrie=geometrie,
        crs=genoemd or stelsel,
        gelezen=len(rijen) + len(voorbij),
        bron=pad.name,
        vorm=vorm,
        onleesbaar=onleesbaar,
        bevindingen=(
            *ACHTERGROND_NIET_ACTUEEL.report(len(voorbij), voorbij),
            *ACHTERGROND_STELSEL.report(int(genoemd is None and stelsel is not None)),
            *other_findings(overig),
            *geometry_changes(teller),
        ),
    )
    return (lezing,)


def _is_past(element: Element) -> bool:
    """Say whether an object ended, or is a plan."""
    for lid in element:
        naam = local_name(lid)
        if naam in _EINDEN and not is_open_end(text(lid)):
            return True
        if naam in _STATUSSEN and (text(lid) or "").lower() in WEG_STATUS:
            return True
    return False


def _name(element: Element) -> str:
    lokaal = text(descendant(element, "lokaalID")) or attribute(element, "id")
    return f"{local_name(element)} {lokaal or 'zonder id'}"


def _classes(element: Element) -> Iterator[str | None]:
    """Give what the source says of the class, what says most first."""
    soorten = [lid for lid in element if local_name(lid).startswith("type") and len(lid) == 0]
    for lid in soorten:
        if local_name(lid) != "typeInfrastructuur":
            yield text(lid)
    eigen = next((w for naam in _KLASSEN if (w := text(child(element, naam)))), None)
    yield eigen
    if not soorten and not tells(eigen):
        plus = (lid for lid in element if local_name(lid).startswith(("plus-type", "plus-f")))
        yield next((w for lid in plus if (w := text(lid))), None)


def _title(element: Element) -> str | None:
    for naam in _NAMEN:
        drager = child(element, naam)
        if drager is None:
            continue
        waarde = text(drager) or text(descendant(drager, "tekst"))
        if waarde:
            return waarde
    return None


def _geometry(element: Element, teller: Boogteller) -> shapely.Geometry | None:
    """Build the widest geometry of an object; the parts of one property become one."""
    per_rang: dict[int, list[Element]] = {}
    for lid in element:
        rang = _rank(local_name(lid))
        if rang is not None:
            per_rang.setdefault(rang, []).extend(_shapes(lid))
    for rang in sorted(per_rang):
        if per_rang[rang]:
            return _together([parse_geometry(vorm, teller) for vorm in per_rang[rang]])
    return None


def _rank(eigenschap: str) -> int | None:
    """Order the properties that hold a geometry: the object itself before its label."""
    naam = eigenschap.lower()
    if naam.startswith("kruinlijn"):
        return None
    if "geometrie" in naam and not naam.startswith("hart"):
        return 1 if naam.endswith("lijn") else 2 if naam.endswith("punt") else 0
    if naam in {"hogezijde", "lagezijde"}:
        return 3
    if naam.startswith("hart"):
        return 5 if naam.endswith("punt") else 4
    return 6 if naam in {"labelpunt", "openbareruimtenaam"} else None


def _shapes(element: Element) -> Iterator[Element]:
    """Give the outermost GML geometries below an element."""
    for lid in element:
        if str(lid.tag).startswith(_GML) and local_name(lid) in _VORMEN:
            yield lid
        else:
            yield from _shapes(lid)


def _together(vormen: list[shapely.Geometry]) -> shapely.Geometry:
    """Make one geometry of several; they are of one kind (two sides, more labels)."""
    if len(vormen) == 1:
        return vormen[0]
    delen = [deel for vorm in vormen for deel in shapely.get_parts(vorm)]
    maak = {
        "Point": shapely.MultiPoint,
        "LineString": shapely.MultiLineString,
        "Polygon": shapely.MultiPolygon,
    }
    soorten = {deel.geom_type for deel in delen}
    if len(soorten) == 1 and (soort := soorten.pop()) in maak:
        return maak[soort](delen)
    return shapely.GeometryCollection(delen)
