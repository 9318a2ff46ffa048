"""What a GeoJSON file itself says of its CRS, read before any library acts upon it.

The `crs` member of the GeoJSON of 2008 is still written for RD. It may also be a link, which
the reading library would fetch from the network, or a name that it does not know, which it
would take for degrees without a word.
"""

from __future__ import annotations

import json
import mmap
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kaartlagen.errors import BronError, CrsError

# JSON may write letters as codes.
_SLEUTEL = re.compile(rb'"(?:c|\\u0063)(?:r|\\u0072)(?:s|\\u0073)"\s*:\s*(?=[{n])')
_EIGENSCHAPPEN = b'"properties"'
_URN = re.compile(r"urn:(?:x-)?ogc:def:crs:EPSG:[\d.]*:(\d+)", re.IGNORECASE)
_RUIMTE = 16_384
"""More bytes than any `crs` member takes."""


@dataclass(frozen=True, slots=True)
class Stelselnaam:
    """What a file says of its CRS.

    `gezegd` is False where it has no `crs` member: then it is longitude and latitude (RFC
    7946). `naam` is the name as the file has it, known or not; None where it says that it
    has none.
    """

    gezegd: bool
    naam: str | None = None


def read_crs_member(pad: Path) -> Stelselnaam:
    """Read the `crs` member of a GeoJSON file of any size, wherever it stands.

    Raises
    ------
    BronError
        When it is a link: nothing is fetched for a user's file.
    CrsError
        When the file names several.
    """
    gezegd = False
    namen: set[str] = set()
    for member in _members(pad):
        if member is None:
            gezegd = True
        elif isinstance(member, dict) and isinstance(member.get("properties"), dict):
            naam = _name(member, pad)
            if naam is not None:
                namen.add(naam)
    if len(namen) > 1:
        raise CrsError(
            f"het bestand noemt meer dan één coördinatenstelsel: {', '.join(sorted(namen)[:4])}.",
            waar=pad.name,
            herstel="Bewaar de gegevens in één stelsel, bij voorkeur RD (EPSG:28992).",
        )
    return Stelselnaam(gezegd or bool(namen), next(iter(namen), None))


def _name(member: dict[str, Any], pad: Path) -> str | None:
    """Give the name of one `crs` member; None for a property that is called so too."""
    soort = str(member.get("type", "")).lower()
    eigenschappen = member["properties"]
    if soort in {"link", "url"}:
        raise BronError(
            "het bestand verwijst voor zijn coördinatenstelsel naar een ander adres; dat wordt "
            "niet opgehaald.",
            waar=pad.name,
            herstel="Bewaar het opnieuw met de naam van het stelsel, of als GeoPackage.",
        )
    if soort == "epsg" and "code" in eigenschappen:
        return f"EPSG:{eigenschappen['code']}"
    naam = eigenschappen.get("name", eigenschappen.get("urn"))
    if soort not in {"name", "ogc"} or naam is None:
        return None
    urn = _URN.fullmatch(str(naam).strip())
    return f"EPSG:{urn[1]}" if urn else str(naam)


def _members(pad: Path) -> Iterator[Any]:
    """Give the objects and nulls under the keys `crs` of a file, in their order."""
    with (
        pad.open("rb") as bestand,
        mmap.mmap(bestand.fileno(), 0, access=mmap.ACCESS_READ) as kaart,
    ):
        for treffer in _SLEUTEL.finditer(kaart):
            begin = treffer.end()
            stuk = kaart[begin : begin + _RUIMTE].decode("utf-8", "replace")
            if stuk.startswith("n"):
                # Only on its own level does it speak for the file, not as a property.
                if kaart.rfind(_EIGENSCHAPPEN, 0, begin) < 0:
                    yield None
                continue
            try:
                yield json.JSONDecoder().raw_decode(stuk)[0]
            except (json.JSONDecodeError, RecursionError) as fout:
                if len(stuk) < _RUIMTE // 4:
                    continue  # the file is broken here; its reader says so
                raise BronError(
                    "het onderdeel `crs` van het bestand is onleesbaar.",
                    waar=pad.name,
                    herstel="Bewaar het bestand opnieuw.",
                ) from fout
