"""The BAG 2.0 extract: panden and verblijfsobjecten of a standlevering in XML.

An extract holds every voorkomen of an object, one per change of it; only the one that
holds on the day of the stand (`StandTechnischeDatum`) is the object as it is. It holds when
it has begun by then, has not ended by then, and was never made inactive.

Why it is not read with GDAL (its LVBAG driver, measured with GDAL 3.12 and pyogrio 0.13):

- A delivery is cut into XML files of 10,000 objects. Of more than one file together (a zip,
  a folder) GDAL makes a union layer that answers 0 to the question how many features it
  has, where one file alone answers -1, "not known". pyogrio's plain read makes room for as
  many rows as the answer says and so gives none, without a word; its Arrow read does not
  ask and gives all. The test counts both beside ours.
- Both give all voorkomens as if they were objects, and a zip of zips, as the Kadaster
  delivers the country, is opened by neither.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from kaartlagen.bronnen.bag import (
    double_findings,
    pand_columns,
    purposes,
    to_number,
    vbo_findings,
)
from kaartlagen.bronnen.gml import Boogteller, GmlFoutError, parse_geometry
from kaartlagen.bronnen.gml_bevindingen import geometry_changes
from kaartlagen.bronnen.gml_stelsel import crs_names, one_crs
from kaartlagen.bronnen.lezing import Lezing
from kaartlagen.controles import Bevinding
from kaartlagen.datums import parse_datum
from kaartlagen.errors import BronError
from kaartlagen.laagframe import contract_columns
from kaartlagen.registercontroles import BAG_ANDER_OBJECT, BAG_NIET_ACTUEEL, VBO_VLAK
from kaartlagen.xmllezen import (
    Element,
    Wortel,
    child,
    children,
    descendant,
    iter_features,
    local_name,
    text,
)

_LVBAG = "schemas/lvbag/"
_STAND = "bagStand"
_HERSTEL = "Lees een bestand met panden (PND) of verblijfsobjecten (VBO) van een standlevering in."
_OMHULSELS = frozenset({"punt", "vlak", "multivlak"})
_NOOIT = ("tijdstipInactief", "tijdstipNietBag")
_VORM = "BAG-extract 2.0"


def bag_grounds(wortel: Wortel) -> str | None:
    """Say on what grounds an XML file is of the BAG extract; None when it is not."""
    if any(_LVBAG in ruimte for ruimte in (wortel.namespace, *wortel.namespaces)):
        return f"het wortelelement {wortel.naam} van de LV BAG"
    return None


def read_bag(pad: Path) -> tuple[Lezing, ...]:
    """Read one XML file of a standlevering; a zip of them is taken apart before (`archief`).

    Returns
    -------
    tuple of Lezing
        `panden`, `verblijfsobjecten` or both, as far as the file has them.

    Raises
    ------
    BronError
        When the file is cut off or no standlevering, or has neither.
    CrsError
        When objects differ in their CRS.
    """
    pand, vbo = _Objecten("Pand", "panden"), _Objecten("Verblijfsobject", "verblijfsobjecten")
    anders: Counter[str] = Counter()
    stand: date | None = None
    for element in iter_features(pad):
        soort = local_name(element)
        if soort.endswith("-Extract"):
            stand = _stand_date(element)
        elif soort == "stand":
            for lid in _objects(element):
                kind = local_name(lid)
                if kind == pand.naam:
                    pand.add(lid, stand)
                elif kind == vbo.naam:
                    vbo.add(lid, stand)
                else:
                    anders[kind] += 1
        elif soort in {"mutatieGroep", "inhoud"}:
            _refuse_mutations(element, pad)
    lezingen = [soort.to_lezing(pad.name, stand) for soort in (pand, vbo) if soort.aantal]
    if not lezingen:
        raise _nothing(pad.name, anders)
    eerste = replace(lezingen[0], bevindingen=lezingen[0].bevindingen + _others(anders))
    return (eerste, *lezingen[1:])


def _objects(stand: Element) -> Iterator[Element]:
    for drager in children(stand, "bagObject"):
        yield from drager


@dataclass(slots=True)
class _Objecten:
    """The objects of one kind, as they come by; what does not hold is only counted."""

    naam: str
    laag: str
    aantal: int = 0
    plekken: list[int] = field(default_factory=list)
    elementen: list[dict[str, object]] = field(default_factory=list)
    vormen: list[shapely.Geometry | None] = field(default_factory=list)
    onleesbaar: dict[int, str] = field(default_factory=dict)
    voorbij: list[str] = field(default_factory=list)
    teller: Boogteller = field(default_factory=Boogteller)

    def add(self, element: Element, stand: date | None) -> None:
        """Take one voorkomen of an object, of which the element is emptied afterwards."""
        plek, self.aantal = self.aantal, self.aantal + 1
        identificatie = text(child(element, "identificatie"))
        if not _holds(element, stand):
            self.voorbij.append(_story(element, identificatie))
            if not self.teller.stelsels:
                self.teller.stelsels.update(crs_names(element))
            return
        try:
            vorm = _geometry(element, self.teller)
        except (GmlFoutError, shapely.errors.GEOSException) as fout:
            self.onleesbaar[len(self.vormen)] = str(fout)
            vorm = None
        self.plekken.append(plek)
        self.vormen.append(vorm)
        self.elementen.append(
            {
                "id": identificatie,
                "status": text(child(element, "status")),
                "bouwjaar": text(child(element, "oorspronkelijkBouwjaar")),
                "gebruiksdoel": purposes([text(d) for d in children(element, "gebruiksdoel")]),
                "oppervlakte": to_number(text(child(element, "oppervlakte"))),
            }
        )

    def to_lezing(self, bron: str, stand: date | None) -> Lezing:
        """Give what was taken as one reading."""
        geometrie = np.empty(len(self.vormen), dtype=object)
        geometrie[:] = self.vormen
        bevindingen = BAG_NIET_ACTUEEL.report(len(self.voorbij), self.voorbij)
        kol = {naam: [rij[naam] for rij in self.elementen] for naam in _VELDEN}
        if self.laag == "panden":
            leeg = [None] * len(self.elementen)
            kolommen, eigen = pand_columns(
                {"pand_id": kol["id"], "bouwjaar": kol["bouwjaar"], "status": kol["status"],
                 "gebruiksdoel": leeg, "verblijfsobjecten": leeg},
                self.plekken,
            )  # fmt: skip
            eigen += double_findings(kolommen, "pand_id")
        else:
            kolommen = contract_columns(
                "verblijfsobjecten",
                {"vbo_id": kol["id"], "gebruiksdoel": kol["gebruiksdoel"],
                 "status": kol["status"], "oppervlakte_m2": kol["oppervlakte"]},
                self.plekken,
            )  # fmt: skip
            geometrie, vlakken = _to_points(geometrie)
            eigen = vbo_findings(kolommen) + VBO_VLAK.report(vlakken)
        return Lezing(
            laag=self.laag,
            kolommen=kolommen,
            geometrie=geometrie,
            crs=one_crs(self.teller.stelsels, bron),
            gelezen=self.aantal,
            bron=bron,
            vorm=_VORM,
            peildatum=stand,
            onleesbaar=self.onleesbaar,
            bevindingen=bevindingen + eigen + geometry_changes(self.teller),
        )


_VELDEN = ("id", "status", "bouwjaar", "gebruiksdoel", "oppervlakte")


def _stand_date(element: Element) -> date | None:
    return parse_datum(text(descendant(element, "StandTechnischeDatum")))


def _holds(element: Element, stand: date | None) -> bool:
    """Say whether a voorkomen holds on the day of the stand; see the module."""
    voorkomen = descendant(element, "Voorkomen")
    if voorkomen is None:
        return True
    begin = einde = None
    for lid in voorkomen.iter():
        naam, inhoud = local_name(lid), text(lid)
        if inhoud is None:
            continue
        if naam.startswith(_NOOIT):
            return False
        if naam == "beginGeldigheid":
            begin = parse_datum(inhoud)
        elif naam == "eindGeldigheid":
            einde = parse_datum(inhoud)
    if stand is None:
        return einde is None
    return (begin is None or begin <= stand) and (einde is None or einde > stand)


def _story(element: Element, identificatie: str | None) -> str:
    nummer = text(descendant(element, "voorkomenidentificatie"))
    return f"{identificatie or 'zonder id'} voorkomen {nummer or 'onbekend'}"


def _geometry(element: Element, teller: Boogteller) -> shapely.Geometry | None:
    drager = child(element, "geometrie")
    if drager is None or len(drager) == 0:
        return None
    vorm = drager[0]
    if local_name(vorm) in _OMHULSELS:
        if len(vorm) == 0:
            return None
        vorm = vorm[0]
    return parse_geometry(vorm, teller)


def _to_points(geometrie: NDArray[np.object_]) -> tuple[NDArray[np.object_], int]:
    """Put a point within each area; a verblijfsobject may be either, the layer has points."""
    vlakken = shapely.get_dimensions(geometrie) == 2
    if vlakken.any():
        geometrie = geometrie.copy()
        geldig = shapely.make_valid(geometrie[vlakken])
        geometrie[vlakken] = shapely.point_on_surface(geldig)
    return geometrie, int(vlakken.sum())


def _others(anders: Counter[str]) -> tuple[Bevinding, ...]:
    namen = [f"{naam} ({aantal})" for naam, aantal in anders.items()]
    return BAG_ANDER_OBJECT.report(sum(anders.values()), namen)


def _refuse_mutations(element: Element, pad: Path) -> None:
    wortel = element.getroottree().getroot()
    if local_name(wortel) != _STAND:
        raise BronError(
            "dit is een mutatielevering van de BAG: alleen wat er is veranderd.",
            waar=pad.name,
            herstel=_HERSTEL,
        )


def _nothing(naam: str, anders: Counter[str]) -> BronError:
    wel = ", ".join(f"{soort} ({aantal})" for soort, aantal in anders.items())
    wat = "dit deel van de BAG bevat geen panden of verblijfsobjecten"
    return BronError(
        f"{wat}{f', wel {wel}' if wel else ''}.",
        waar=naam,
        herstel=_HERSTEL,
    )
