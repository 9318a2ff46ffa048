"""The place of a row in a table without geometry: WKT, coordinates or kadastrale percelen.

A column of coordinates says its CRS in its header (``x_rd``, ``wkt (RD)``, ``lon``), or in
its text (``SRID=28992;POINT...``); where neither does, nothing is assumed and the user is
asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray

from kaartlagen.bronnen.kolommen import normalise
from kaartlagen.errors import CrsError
from kaartlagen.laagframe import as_text
from kaartlagen.tabellen import Cel
from kaartlagen.vormkeuring import nests_too_deep, text_nests_too_deep

RD = "EPSG:28992"
LONLAT = "EPSG:4326"

_WKT = frozenset({
    "wkt", "ewkt", "geometrie", "geometry", "geom", "thegeom", "shape", "vlak", "contour",
    "polygon", "polygoon", "multipolygon", "wktgeom", "geomwkt", "wktgeometrie", "geometriewkt",
    "wktgeometry", "wkbgeometry", "plangrens",
})  # fmt: skip
_X = frozenset({
    "x", "xcoordinaat", "xcoord", "xcoor", "xco", "coordinaatx", "coordx", "xcoordinate",
})  # fmt: skip
_Y = frozenset({
    "y", "ycoordinaat", "ycoord", "ycoor", "yco", "coordinaaty", "coordy", "ycoordinate",
})  # fmt: skip
_LON = frozenset({
    "lon", "lng", "long", "longitude", "lengtegraad", "geolengte",
})  # fmt: skip
_LAT = frozenset({
    "lat", "latitude", "breedtegraad", "geobreedte",
})  # fmt: skip
_PERCELEN = frozenset({
    "perceel", "percelen", "perceelaanduiding", "perceelaanduidingen", "kadastraleaanduiding",
    "kadastraleaanduidingen", "kadastraalperceel", "kadastraleperceel", "kadastralepercelen",
    "kadperceel", "kadpercelen", "kadastraalnummer", "kadastralenummers", "kadaanduiding",
    "perceelid", "perceelids", "perceelnummers", "kadastraal",
})  # fmt: skip
# What a header may say of its CRS, at its begin or end, the longest first.
_STELSELS = (
    ("rijksdriehoek", RD), ("epsg28992", RD), ("rdnew", RD), ("28992", RD), ("rd", RD),
    ("epsg4326", LONLAT), ("wgs84", LONLAT), ("4326", LONLAT),
    ("epsg4258", "EPSG:4258"), ("etrs89", "EPSG:4258"), ("4258", "EPSG:4258"),
)  # fmt: skip
_SRID = re.compile(r"\s*SRID\s*=\s*(\d{3,6})\s*;", re.IGNORECASE)
_HEX = re.compile(r"0[01][0-9A-Fa-f]{8,}")
_VORMTEKST = re.compile(
    r"\s*(SRID\s*=|(MULTI)?(POINT|LINESTRING|POLYGON|CURVE|SURFACE)|GEOMETRYCOLLECTION|"
    r"CURVEPOLYGON|0[01][0-9A-F]{8}|\{\s*\"type\")",
    re.IGNORECASE,
)
_TUSSEN_PERCELEN = re.compile(
    r"[;\n|/]+|,(?!\s*sectie\b)|\s+(?:en|&|\+)\s+(?=\d|[a-z]{3}\d{2})", re.IGNORECASE
)
_SPATIE = re.compile(r"[\s\u00a0']")


@dataclass(frozen=True, slots=True)
class Plekkolommen:
    """The columns of a table that say where its rows are, and the CRS that the headers name."""

    wkt: str | None = None
    x: str | None = None
    y: str | None = None
    percelen: str | None = None
    wkt_crs: str | None = None
    xy_crs: str | None = None

    @property
    def geometrietype(self) -> str | None:
        """What GDAL would call it; None when nothing says where the rows are."""
        if self.wkt or self.percelen:
            return "Unknown"
        return "Point" if self.x else None


@dataclass(frozen=True, slots=True)
class Plekken:
    """Where the rows are.

    Parameters
    ----------
    geometrie
        One geometry per row in source coordinates, east or lon first; None where none.
    crs
        The CRS of those coordinates; None when they do not say. RD when there are none:
        then the place comes from percelen, which are in RD.
    onleesbaar
        Rows of which the coordinates cannot be read.
    percelen
        Per row without coordinates the percelen that it names, as the cell has them.
    """

    geometrie: NDArray[np.object_]
    crs: str | None
    onleesbaar: tuple[int, ...] = ()
    percelen: dict[int, tuple[str, ...]] = field(default_factory=dict)


def find_plek(koppen: Sequence[str], rijen: Sequence[Sequence[Cel]]) -> Plekkolommen:
    """Find the columns that say where the rows of a table are; RD goes before lon and lat."""
    gelezen = [(kop, *_split_crs(kop)) for kop in koppen]
    vormen = [
        kolom
        for plek, kolom in enumerate(gelezen)
        if kolom[1].startswith(("wk", "ewk")) or _holds_shapes(rijen, plek)
    ]
    wkt = _first(vormen, _WKT)
    graden = _pair(gelezen, _LON, _LAT, None)
    if graden is not None:
        graden = (graden[0], graden[1], graden[2] or LONLAT)
    x, y, xy_crs = (
        _pair(gelezen, _X, _Y, RD) or graden or _pair(gelezen, _X, _Y, None) or (None, None, None)
    )
    percelen = _first(gelezen, _PERCELEN)
    return Plekkolommen(
        wkt=wkt[0] if wkt else None,
        x=x,
        y=y,
        percelen=percelen[0] if percelen else None,
        wkt_crs=wkt[1] if wkt else None,
        xy_crs=xy_crs,
    )


def read_plekken(
    kolommen: Plekkolommen, koppen: Sequence[str], rijen: Sequence[Sequence[Cel]], waar: str
) -> Plekken:
    """Read where the rows are.

    Parameters
    ----------
    kolommen
        What `find_plek` found.
    koppen, rijen
        The table.
    waar
        File and sheet, for messages.

    Raises
    ------
    CrsError
        When the rows name different coordinate systems.
    """
    geometrie = np.full(len(rijen), None, dtype=object)
    stuk: set[int] = set()
    stelsels: set[str | None] = set()
    if kolommen.wkt:
        plek = koppen.index(kolommen.wkt)
        for nr, rij in enumerate(rijen):
            tekst = as_text(rij[plek])
            if tekst is None:
                continue
            geometrie[nr], srid = _shape(tekst)
            stelsels.add(_one_crs(kolommen.wkt_crs, srid, waar))
            if geometrie[nr] is None:
                stuk.add(nr)
    if kolommen.x and kolommen.y and (not stelsels or stelsels == {kolommen.xy_crs}):
        x, y = koppen.index(kolommen.x), koppen.index(kolommen.y)
        graden = kolommen.xy_crs not in {RD, None}
        for nr, rij in enumerate(rijen):
            if geometrie[nr] is not None or nr in stuk or (rij[x] is None and rij[y] is None):
                continue
            stelsels.add(kolommen.xy_crs)
            oost, noord = (_coordinate(rij[kolom], graden) for kolom in (x, y))
            if oost is None or noord is None:
                stuk.add(nr)
            else:
                geometrie[nr] = shapely.Point(oost, noord)
    if len(stelsels) > 1:
        namen = ", ".join(sorted(stelsel or "geen stelsel" for stelsel in stelsels))
        raise CrsError(
            f"de rijen staan in verschillende coördinatenstelsels: {namen}.",
            waar=waar,
            herstel="Zet alle rijen in één stelsel, bij voorkeur RD (EPSG:28992).",
        )
    return Plekken(
        geometrie,
        stelsels.pop() if stelsels else RD,
        tuple(sorted(stuk)),
        _named_percelen(kolommen, koppen, rijen, geometrie, stuk),
    )


def _named_percelen(
    kolommen: Plekkolommen,
    koppen: Sequence[str],
    rijen: Sequence[Sequence[Cel]],
    geometrie: NDArray[np.object_],
    stuk: set[int],
) -> dict[int, tuple[str, ...]]:
    if kolommen.percelen is None:
        return {}
    plek = koppen.index(kolommen.percelen)
    return {
        nr: delen
        for nr, rij in enumerate(rijen)
        if geometrie[nr] is None and nr not in stuk and (delen := split_percelen(rij[plek]))
    }


def split_percelen(cel: Cel) -> tuple[str, ...]:
    """Cut a cell into the percelen that it names: at `;`, a comma, a line end or `en`.

    ``Otterlo, sectie B 2299`` is one perceel, and a kadastrale gemeente may have `en` in
    its name (Berkel en Rodenrijs).
    """
    delen = _TUSSEN_PERCELEN.split(as_text(cel) or "")
    return tuple(deel.strip() for deel in delen if deel.strip())


def _holds_shapes(rijen: Sequence[Sequence[Cel]], plek: int) -> bool:
    """Whether a column holds geometry as text: `vlak` may be the head of anything."""
    return any(isinstance(rij[plek], str) and _VORMTEKST.match(str(rij[plek])) for rij in rijen)


def _split_crs(kop: str) -> tuple[str, str | None]:
    """Take what a header says of its CRS off its name."""
    naam = normalise(kop)
    for woord, stelsel in _STELSELS:
        for rest in (naam.removesuffix(woord), naam.removeprefix(woord)):
            if rest != naam and rest in _ALLE:
                return rest, stelsel
    return naam, None


_ALLE = _WKT | _X | _Y | _LON | _LAT | _PERCELEN
_Gelezen = Sequence[tuple[str, str, str | None]]


def _first(gelezen: _Gelezen, namen: frozenset[str]) -> tuple[str, str | None] | None:
    return next(((kop, stelsel) for kop, naam, stelsel in gelezen if naam in namen), None)


def _pair(
    gelezen: _Gelezen, eerste: frozenset[str], tweede: frozenset[str], stelsel: str | None
) -> tuple[str, str, str | None] | None:
    """Find two columns that belong together: both say the same of their CRS."""
    for kop, naam, crs in gelezen:
        if naam not in eerste or (stelsel is not None and crs != stelsel):
            continue
        for ander, andere_naam, ander_crs in gelezen:
            if andere_naam in tweede and ander_crs == crs:
                return kop, ander, crs
    return None


def _shape(tekst: str) -> tuple[shapely.Geometry | None, str | None]:
    """Read WKT, EWKT, hexadecimal (E)WKB or GeoJSON, with the CRS that it names itself."""
    treffer = _SRID.match(tekst)
    srid = f"EPSG:{treffer.group(1)}" if treffer else None
    kaal = tekst[treffer.end() :] if treffer else tekst
    hexadecimaal = _HEX.fullmatch(kaal) is not None and len(kaal) % 2 == 0
    if text_nests_too_deep(kaal) or (hexadecimaal and nests_too_deep(bytes.fromhex(kaal))):
        vorm = None
    elif hexadecimaal:
        vorm = shapely.from_wkb(kaal, on_invalid="ignore")
        eigen = shapely.get_srid(vorm) if vorm is not None else 0
        srid = srid or (f"EPSG:{eigen}" if eigen > 0 else None)
    elif kaal.lstrip().startswith("{"):
        vorm = shapely.from_geojson(kaal, on_invalid="ignore")
    else:
        vorm = shapely.from_wkt(kaal, on_invalid="ignore")
    return vorm, srid


def _one_crs(kop: str | None, srid: str | None, waar: str) -> str | None:
    if kop is not None and srid is not None and kop != srid:
        raise CrsError(
            f"de kop van de kolom noemt {kop}, de geometrie zelf {srid}.",
            waar=waar,
            herstel="Verbeter de kop of de geometrie.",
        )
    return kop or srid


def _coordinate(cel: Cel, graden: bool) -> float | None:
    """Read a coordinate; None for text that is no number, or may be two numbers.

    ``155.000`` in RD is 155 to one program and 155 thousand to another.
    """
    if isinstance(cel, bool):
        return None
    if isinstance(cel, int | float):
        return float(cel)
    tekst = _SPATIE.sub("", as_text(cel) or "")
    if re.fullmatch(r"[-+]?\d{1,3}(\.\d{3})+,\d+", tekst):
        return float(tekst.replace(".", "").replace(",", "."))
    if re.fullmatch(r"[-+]?\d{1,3}(,\d{3})+\.\d+", tekst):
        return float(tekst.replace(",", ""))
    if not graden and re.fullmatch(r"[-+]?\d{1,3}[.,]\d{3}", tekst):
        return None
    if re.fullmatch(r"[-+]?\d+([.,]\d+)?", tekst):
        return float(tekst.replace(",", "."))
    return None
