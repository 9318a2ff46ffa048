"""The CRS of a GML file by its `srsName`s: one name for many spellings, and the axis order.

A name in the form of a URN or an OGC address promises the order of the EPSG register, in
which geographic systems have the latitude first; a short name (``EPSG:4258``) promises what
GML has always been written with, the longitude first. A file that does otherwise is not
guessed right: its numbers then lie outside the Netherlands, and the refusal says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import shapely
from numpy.typing import NDArray

from kaartlagen.errors import CrsError
from kaartlagen.xmllezen import Element, attribute

_EPSG = re.compile(r"EPSG(?:\.xml#|/[\d.]*/|:[\d.]*:|:)([0-9]{1,9})$", re.IGNORECASE)
_KAAL = re.compile(r"[0-9]{1,9}")
_VOLUIT = re.compile(r"urn:|https?://www\.opengis\.net/def/", re.IGNORECASE)
_NOORD_EERST = frozenset({3034, 3035, 4258, 4289, 4326, 4937, 4979})
"""EPSG systems in use for the Netherlands whose register puts north before east."""


def crs_names(element: Element) -> set[str]:
    """Give every `srsName` on an element and below it."""
    return {srs for lid in element.iter() if (srs := attribute(lid, "srsName"))}


def epsg_name(srs: str) -> str:
    """Give a CRS as ``EPSG:n`` where its name holds an EPSG code, else as it is."""
    if _KAAL.fullmatch(srs.strip()):
        return f"EPSG:{srs.strip()}"
    treffer = _EPSG.search(srs.strip())
    return f"EPSG:{treffer.group(1)}" if treffer else srs


def north_first(srs: str) -> bool:
    """Say whether coordinates under this `srsName` come with north (latitude) first."""
    naam = epsg_name(srs)
    return (
        _VOLUIT.match(srs.strip()) is not None
        and naam.startswith("EPSG:")
        and _KAAL.fullmatch(naam.removeprefix("EPSG:")) is not None
        and int(naam.removeprefix("EPSG:")) in _NOORD_EERST
    )


def one_crs(stelsels: Iterable[str], waar: str) -> str | None:
    """Give the one CRS that a file names; None when it names none.

    Raises
    ------
    CrsError
        When it names more than one: rows of one layer share their CRS.
    """
    namen = sorted(set(stelsels))
    if len({(epsg_name(naam), north_first(naam)) for naam in namen}) > 1:
        raise CrsError(
            f"het bestand noemt meer dan één coördinatenstelsel: {', '.join(namen[:4])}.",
            waar=waar,
            herstel="Bewaar de gegevens in één stelsel, bij voorkeur RD (EPSG:28992).",
        )
    return namen[0] if namen else None


def east_first(geometrie: NDArray[np.object_], srs: str | None) -> NDArray[np.object_]:
    """Bring geometries (None allowed) to east, north; see `north_first`."""
    if srs is None or not north_first(srs):
        return geometrie
    omgekeerd: NDArray[np.object_] = shapely.transform(geometrie, lambda xy: xy[:, ::-1])
    return omgekeerd
