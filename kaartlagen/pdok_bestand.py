"""All pages of a collection in one GeoJSON file, without the rows that lie outside the area."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

import numpy as np
import shapely
from numpy.typing import NDArray

from kaartlagen.crs import to_lonlat, to_rd
from kaartlagen.errors import DienstError, OpslagError
from kaartlagen.overlay import area_join
from kaartlagen.pdok_bronnen import Verzameling
from kaartlagen.pdok_http import Beleid, Dienst
from kaartlagen.pdok_paginas import Aanbod, Bbox, items_url, iter_pages, read_offer

RAND_M2 = 1.0
"""A polygon that shares no more ground than this with the area is its neighbour."""

_RAND_M, _RAND_GRADEN = 0.001, 0.002
"""So much is added to a box on every side: of rounding, and of a box in RD in degrees."""

_RD_LABEL = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}

Voortgang = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Grens:
    """How much may be asked: features per page, and pages in all."""

    limiet: int = 1000
    paginas: int = 10_000


@dataclass(frozen=True, slots=True)
class Opgehaald:
    """A downloaded collection.

    `ontvangen` counts the features that the service gave, `buiten` those that lie outside
    the area and are not in the file. `url` is the request for the first page.
    """

    pad: Path
    url: str
    opgehaald_op: datetime
    paginas: int
    ontvangen: int
    buiten: int
    licentie: str


def download(
    verzameling: Verzameling,
    doel: Path,
    *,
    basis: str,
    gebied: shapely.Geometry | None = None,
    grens: Grens | None = None,
    beleid: Beleid | None = None,
    voortgang: Voortgang | None = None,
) -> Opgehaald:
    """Fetch a collection, or what of it meets an area, into a file.

    Parameters
    ----------
    verzameling
        What to fetch.
    doel
        The GeoJSON file to write; the caller removes it when this raises.
    basis
        Address of the OGC API.
    gebied
        Polygon in EPSG:28992; None for the whole collection.
    grens, beleid
        How much may be asked, how patient and polite.
    voortgang
        Called as (stap, gedaan, totaal) after every page; `totaal` 0 for unknown.

    Raises
    ------
    DienstError
        When the service cannot be asked, answers something else, or gives fewer features
        than it counts, or none.
    OpslagError
        When the file cannot be written.
    """
    melden = voortgang or _silent
    grens = grens or Grens()
    stap = f"{verzameling.laag} ophalen"
    with Dienst(basis, beleid, melden=lambda tekst: melden(f"{stap}: {tekst}", 0, 0)) as dienst:
        melden(stap, 0, 0)
        aanbod = read_offer(dienst, verzameling.collectie)
        bbox = None if gebied is None else _bbox(gebied, aanbod)
        url = items_url(dienst, verzameling.collectie, aanbod, bbox, grens.limiet)
        schrijver = _Schrijver(gebied, aanbod)
        try:
            with doel.open("w", encoding="utf-8") as uit:
                for pagina in iter_pages(dienst, url, aanbod.crs, grens.paginas):
                    schrijver.add(uit, pagina.features)
                    melden(
                        f"{stap}, pagina {pagina.nummer}", schrijver.ontvangen, pagina.totaal or 0
                    )
                schrijver.finish(uit)
        except OSError as fout:
            raise OpslagError(
                f"de download kan niet worden bewaard ({fout.strerror or fout}).",
                waar=str(doel.parent),
                herstel="Maak ruimte vrij, of kies met TMPDIR een andere map.",
            ) from fout
    _require_complete(schrijver, pagina.totaal, url)
    return Opgehaald(
        pad=doel,
        url=url,
        opgehaald_op=datetime.now().astimezone(),
        paginas=pagina.nummer,
        ontvangen=schrijver.ontvangen,
        buiten=schrijver.buiten,
        licentie=aanbod.licentie or verzameling.licentie,
    )


class _Schrijver:
    """Writes features one after another, and counts them."""

    def __init__(self, gebied: shapely.Geometry | None, aanbod: Aanbod) -> None:
        self._gebied = gebied
        self._is_rd = aanbod.is_rd
        self.ontvangen = 0
        self.buiten = 0

    @property
    def binnen(self) -> int:
        """The number of features in the file."""
        return self.ontvangen - self.buiten

    def add(self, uit: TextIO, features: Sequence[dict[str, Any]]) -> None:
        """Write the features of one page that meet the area."""
        houd = np.ones(len(features), dtype=bool)
        if self._gebied is not None and len(features):
            houd = meets(_shapes(features, self._is_rd), self._gebied)
        for feature, binnen in zip(features, houd, strict=True):
            if binnen:
                uit.write(",\n" if self.binnen else self._head())
                uit.write(json.dumps(feature, separators=(",", ":")))
            self.ontvangen += 1
            self.buiten += not binnen

    def finish(self, uit: TextIO) -> None:
        """End the file; one without features is a whole file too."""
        uit.write("\n]}\n" if self.binnen else f"{self._head()}]}}\n")

    def _head(self) -> str:
        kop: dict[str, object] = {"type": "FeatureCollection"}
        if self._is_rd:
            kop["crs"] = _RD_LABEL
        return f'{json.dumps(kop)[:-1]}, "features": [\n'


def meets(vormen_rd: NDArray[np.object_], gebied: shapely.Geometry) -> NDArray[np.bool_]:
    """Mark the shapes that lie in an area (EPSG:28992), not those that touch its border.

    A polygon must share more than `RAND_M2`, or half of itself. What is missing, and so
    cannot be judged, is kept for the intake to speak of.
    """
    uit: NDArray[np.bool_] = shapely.is_missing(vormen_rd) | shapely.is_empty(vormen_rd)
    vlak = (shapely.get_dimensions(vormen_rd) == 2) & shapely.is_valid(vormen_rd) & ~uit
    meetbaar = vormen_rd.copy()
    meetbaar[~vlak] = None
    paren = area_join(meetbaar, [gebied])
    drempel = np.minimum(RAND_M2, 0.5 * shapely.area(vormen_rd[paren.left]))
    uit[paren.left[paren.area_m2 > drempel]] = True
    anders = ~vlak & ~uit
    uit[anders] = shapely.intersects(shapely.make_valid(vormen_rd[anders]), gebied)
    return uit


def _shapes(features: Sequence[dict[str, Any]], is_rd: bool) -> NDArray[np.object_]:
    """Read the geometry of features; None for what is absent or cannot be read."""
    teksten = [
        None if (vorm := feature.get("geometry")) is None else json.dumps(vorm)
        for feature in features
    ]
    vormen: NDArray[np.object_] = shapely.from_geojson(
        np.array(teksten, dtype=object), on_invalid="ignore"
    )
    return shapely.force_2d(vormen) if is_rd else to_rd(vormen, "EPSG:4326")


def _bbox(gebied: shapely.Geometry, aanbod: Aanbod) -> Bbox:
    """Give the extent of the area, a little wider, in the CRS of the request."""
    grenzen, rand, cijfers = shapely.bounds(gebied), _RAND_M, 3
    if not aanbod.is_rd:
        vak = to_lonlat(np.array([shapely.box(*grenzen)], dtype=object))
        grenzen, rand, cijfers = shapely.total_bounds(vak), _RAND_GRADEN, 7
    west, zuid, oost, noord = (float(grens) for grens in grenzen)
    return (
        round(west - rand, cijfers),
        round(zuid - rand, cijfers),
        round(oost + rand, cijfers),
        round(noord + rand, cijfers),
    )


def _require_complete(schrijver: _Schrijver, totaal: int | None, url: str) -> None:
    if totaal is not None and totaal != schrijver.ontvangen:
        raise DienstError(
            f"de dienst telt {totaal} objecten en gaf er {schrijver.ontvangen}; er is niets "
            "opgenomen.",
            waar=url,
            herstel="Probeer het opnieuw; misschien veranderden de gegevens tijdens het ophalen.",
        )
    if schrijver.binnen == 0:
        raise DienstError(
            "de dienst heeft hier geen objecten.",
            waar=url,
            herstel="Controleer de gemeente en het adres van de dienst.",
        )


def _silent(_stap: str, _gedaan: int, _totaal: int) -> None:
    """Report progress to nobody."""
