"""Which collections can be fetched, where they stand, whose they are and under which terms."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlsplit

from kaartlagen.errors import DienstError

PDOK = "https://api.pdok.nl"

_CC_BY = "CC BY 4.0"
_PUBLIEK_DOMEIN = "Public Domain Mark 1.0"


@dataclass(frozen=True, slots=True)
class Verzameling:
    """One collection of an OGC API Features service.

    Parameters
    ----------
    laag
        The layer that it fills; also what the user asks for, and the kind it is read as.
    pad
        Path of the API below the host.
    collectie
        Id of the collection.
    eigenaar, licentie
        Whose data it is, and its terms where the service itself does not name them.
    per_gemeente
        False for a collection that is small enough to be fetched whole.
    """

    laag: str
    pad: str
    collectie: str
    eigenaar: str
    licentie: str
    per_gemeente: bool = True

    def base(self, host: str = PDOK) -> str:
        """Give the address of the API on a host that has the same paths as PDOK."""
        return f"{host.rstrip('/')}/{self.pad}"


# Addresses and collections: `domein.md` section 4; BAG: the collections document of PDOK.
VERZAMELINGEN = MappingProxyType(
    {
        bron.laag: bron
        for bron in (
            Verzameling(
                "percelen", "kadaster/brk-kadastrale-kaart/ogc/v1", "perceel", "Kadaster", _CC_BY
            ),
            Verzameling(
                "gemeenten",
                "kadaster/brk-bestuurlijke-gebieden/ogc/v1",
                "gemeentegebied",
                "Kadaster",
                _CC_BY,
                per_gemeente=False,
            ),
            Verzameling("panden", "kadaster/bag/ogc/v2", "pand", "Kadaster", _PUBLIEK_DOMEIN),
            Verzameling(
                "verblijfsobjecten",
                "kadaster/bag/ogc/v2",
                "verblijfsobject",
                "Kadaster",
                _PUBLIEK_DOMEIN,
            ),
        )
    }
)
"""The collections by layer."""


def require_address(adres: str) -> str:
    """Return the address of a service without a slash at the end.

    Raises
    ------
    DienstError
        When it is no http(s) address, or holds a name and password, a query or a fragment.
    """
    try:
        delen = urlsplit(adres)
        goed = delen.scheme in {"http", "https"} and bool(delen.hostname) and delen.port != 0
    except ValueError:
        goed = False
    if not goed or delen.query or delen.fragment or delen.username is not None:
        raise DienstError(
            f"{adres[:100]!r} is geen adres van een dienst.",
            herstel="Geef het begin van de OGC API, zoals https://.../ogc/v1.",
        )
    return adres.rstrip("/")
