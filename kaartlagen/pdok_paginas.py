"""OGC API Features, page by page: which CRS, where it starts, and what comes next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urljoin

from kaartlagen.errors import DienstError
from kaartlagen.pdok_antwoord import Antwoord
from kaartlagen.pdok_http import Dienst

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
"""Longitude and latitude, lon first: what a service gives when nothing is asked."""

_RD = re.compile(r"\bEPSG[:/](?:[^:/]*[:/])?28992$", re.IGNORECASE)
_ALGEMEEN = "#/crs"

Bbox = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Aanbod:
    """What a collection offers: the CRS to ask for (RD where it has that) and its licence."""

    crs: str
    is_rd: bool
    licentie: str | None


@dataclass(frozen=True, slots=True)
class Pagina:
    """One page: its features as the service gave them, and how many there are in all.

    `nummer` counts from 1; `totaal` is None when the service does not count.
    """

    nummer: int
    features: tuple[dict[str, Any], ...]
    totaal: int | None


def read_offer(dienst: Dienst, collectie: str) -> Aanbod:
    """Ask a collection in which CRSs it can be had, and choose RD where it can.

    Raises
    ------
    DienstError
        When the service cannot be asked or has no such collection.
    """
    adres = f"{dienst.basis}/collections/{collectie}"
    document = dienst.get(f"{adres}?f=json").document
    if document.get("id") != collectie:
        raise DienstError(
            f"de dienst heeft geen collectie {collectie}.",
            waar=adres,
            herstel="Geef het begin van de OGC API, zoals https://.../ogc/v1.",
        )
    stelsels = _texts(document.get("crs"))
    if _ALGEMEEN in stelsels:
        algemeen = dienst.get(f"{dienst.basis}/collections?f=json").document
        stelsels += _texts(algemeen.get("crs"))
    rd = next((crs for crs in stelsels if _RD.search(crs)), None)
    return Aanbod(rd or CRS84, rd is not None, _licence(document))


def items_url(
    dienst: Dienst, collectie: str, aanbod: Aanbod, bbox: Bbox | None, limiet: int
) -> str:
    """Write the address of the first page; `bbox` is in the CRS that was chosen."""
    vraag: dict[str, str | int] = {"f": "json", "limit": limiet}
    if aanbod.is_rd:
        vraag["crs"] = aanbod.crs
    if bbox is not None:
        vraag["bbox"] = ",".join(repr(grens) for grens in bbox)
        if aanbod.is_rd:
            vraag["bbox-crs"] = aanbod.crs
    return f"{dienst.basis}/collections/{collectie}/items?{urlencode(vraag, safe=':/,')}"


def iter_pages(dienst: Dienst, url: str, crs: str, hoogstens: int) -> Iterator[Pagina]:
    """Follow the `next` links from the first page to the last.

    Raises
    ------
    DienstError
        When a page is no FeatureCollection or in another CRS, the links lead to another
        host or in a circle, or there are more pages than `hoogstens`.
    """
    gezien: set[str] = set()
    volgende: str | None = url
    while volgende is not None:
        if volgende in gezien:
            raise DienstError("de pagina's van de dienst verwijzen in een kring.", waar=volgende)
        if len(gezien) == hoogstens:
            raise DienstError(
                f"de dienst geeft meer dan {hoogstens} pagina's.",
                waar=url,
                herstel="Vraag grotere pagina's op (--limiet), of lees een download in.",
            )
        gezien.add(volgende)
        antwoord = dienst.get(volgende)
        _require_crs(antwoord, crs)
        features, totaal = _features(antwoord), antwoord.document.get("numberMatched")
        yield Pagina(len(gezien), features, totaal if isinstance(totaal, int) else None)
        volgende = _next(antwoord)


def _features(antwoord: Antwoord) -> tuple[dict[str, Any], ...]:
    document = antwoord.document
    features = document.get("features")
    goed = document.get("type") == "FeatureCollection" and isinstance(features, list)
    if not goed or not all(_is_feature(lid) for lid in features or ()):
        raise DienstError(
            "het antwoord is geen FeatureCollection (GeoJSON).",
            waar=antwoord.url,
            herstel="Controleer het adres van de dienst (--bron).",
        )
    return tuple(features or ())


def _is_feature(lid: object) -> bool:
    return (
        isinstance(lid, dict)
        and lid.get("type") == "Feature"
        and isinstance(lid.get("geometry"), dict | None)
        and isinstance(lid.get("properties"), dict | None)
    )


def _require_crs(antwoord: Antwoord, crs: str) -> None:
    """Refuse a page that says it is in another CRS than was asked.

    A service that says nothing is taken at its offer; the intake tests the numbers anyway.
    """
    genoemd = antwoord.crs or crs
    if genoemd != crs and not (_RD.search(genoemd) and _RD.search(crs)):
        raise DienstError(
            f"de dienst geeft coördinaten in {genoemd}; gevraagd was {crs}.",
            waar=antwoord.url,
            herstel="Meld dit aan de beheerder van de dienst.",
        )


def _next(antwoord: Antwoord) -> str | None:
    for link in antwoord.document.get("links") or ():
        if isinstance(link, dict) and link.get("rel") == "next":
            href = link.get("href")
            if isinstance(href, str) and "html" not in str(link.get("type", "")):
                return urljoin(antwoord.url, href)
    return None


def _licence(document: dict[str, Any]) -> str | None:
    """Give the title of the licence that a collection links to; None without one."""
    for link in document.get("links") or ():
        if isinstance(link, dict) and link.get("rel") == "license":
            titel = link.get("title")
            return titel.strip() or None if isinstance(titel, str) else None
    return None


def _texts(waarde: object) -> list[str]:
    return [lid for lid in waarde if isinstance(lid, str)] if isinstance(waarde, list) else []
