"""Fetching a layer from PDOK on command: downloaded, then taken in as any other file."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import shapely

from kaartlagen.bronnen.gemeenten import gemeentecode
from kaartlagen.errors import DienstError
from kaartlagen.herkomst import Bronvermelding
from kaartlagen.inname import Innameverslag, ingest
from kaartlagen.opslag import LaagOpslag
from kaartlagen.pdok_bestand import Grens, Opgehaald, download
from kaartlagen.pdok_bronnen import PDOK, VERZAMELINGEN, Verzameling, require_address
from kaartlagen.pdok_http import Beleid

Voortgang = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Ophaalverslag:
    """What was fetched, for which gemeente (None for all), and what became of it."""

    gemeentecode: str | None
    opgehaald: Opgehaald
    inname: Innameverslag


@dataclass(frozen=True, slots=True)
class _Gebied:
    """A gemeente: its code and its ground in EPSG:28992."""

    code: str
    vlak: shapely.Geometry


def fetch_layer(
    laag: str,
    opslag: LaagOpslag,
    *,
    gemeente: str | None = None,
    basis: str | None = None,
    host: str = PDOK,
    grens: Grens | None = None,
    beleid: Beleid | None = None,
    voortgang: Voortgang | None = None,
) -> Ophaalverslag:
    """Fetch a layer, for one gemeente where there is much of it, and store it.

    Parameters
    ----------
    laag
        One of `VERZAMELINGEN`.
    opslag
        The store. Its layer `gemeenten` tells where the gemeente lies.
    gemeente
        Code (with or without GM) or name; None for everything, where that is little.
    basis
        Address of an OGC API with this collection, over that of PDOK.
    host
        Address of a host with the paths of PDOK: a mirror.
    grens, beleid, voortgang
        As `kaartlagen.pdok_bestand.download`.

    Returns
    -------
    Ophaalverslag
        The rows went through the checks of every file; `inname` tells.

    Raises
    ------
    DienstError
        When the service does not give the layer, or the gemeente is not known here.
    KaartlagenError
        When what came cannot be taken in; nothing is stored.
    """
    verzameling = _collection(laag)
    adres = require_address(basis if basis is not None else verzameling.base(host))
    gebied = _area(verzameling, opslag, gemeente)
    naam = "_".join(["pdok", laag, *([gebied.code] if gebied else [])])
    with tempfile.TemporaryDirectory(prefix="daeb-ophalen-", ignore_cleanup_errors=True) as map_:
        opgehaald = download(
            verzameling,
            Path(map_) / f"{naam}.geojson",
            basis=adres,
            gebied=gebied.vlak if gebied else None,
            grens=grens,
            beleid=beleid,
            voortgang=voortgang,
        )
        verslag = ingest(
            [opgehaald.pad],
            opslag,
            soort=laag,
            peildatum=opgehaald.opgehaald_op.date(),
            vermelding=Bronvermelding(verzameling.eigenaar, opgehaald.licentie, opgehaald.url),
            voortgang=voortgang,
        )
    for _, fout in verslag.geweigerde_bestanden:
        raise fout
    return Ophaalverslag(gebied.code if gebied else None, opgehaald, verslag)


def _collection(laag: str) -> Verzameling:
    if laag not in VERZAMELINGEN:
        raise DienstError(
            f"de laag {laag!r} is niet op te halen.",
            herstel=f"Kies uit: {', '.join(VERZAMELINGEN)}.",
        )
    return VERZAMELINGEN[laag]


def _area(verzameling: Verzameling, opslag: LaagOpslag, gemeente: str | None) -> _Gebied | None:
    """Find the gemeente that was asked for in the stored layer."""
    if gemeente is None:
        if verzameling.per_gemeente:
            raise DienstError(
                f"van {verzameling.laag} is er te veel om alles op te halen.",
                herstel="Noem een gemeente, bijvoorbeeld --gemeente 0606.",
            )
        return None
    if not verzameling.per_gemeente:
        raise DienstError(
            f"{verzameling.laag} worden in één keer opgehaald.", herstel="Laat --gemeente weg."
        )
    gemeenten = opslag.read("gemeenten")
    if gemeenten.empty:
        raise DienstError(
            "er zijn geen gemeenten ingelezen; zonder hun grenzen is niet bekend wat op te halen.",
            herstel="Haal ze eerst op met `laag ophalen gemeenten`, of lees een bestand in.",
        )
    namen = gemeenten["gemeentenaam"].fillna("").str.casefold()
    treffer = gemeenten[
        (gemeenten["gemeentecode"] == gemeentecode(gemeente)) | (namen == gemeente.casefold())
    ]
    if len(treffer) != 1:
        raise DienstError(
            f"gemeente {gemeente!r} staat niet in de ingelezen gemeenten.",
            herstel="Noem de code van vier cijfers, zoals 0606, of de naam; na een herindeling "
            "die van de nieuwe gemeente.",
        )
    return _Gebied(str(treffer["gemeentecode"].iloc[0]), treffer.geometry.iloc[0])
