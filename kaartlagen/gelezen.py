"""One layer of a file as it was read, before it is stored; parts of one delivery become one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import pandas as pd

from kaartlagen.controles import MAX_VOORBEELDEN, Bevinding
from kaartlagen.crs import RD
from kaartlagen.herkomst import Herkomst
from kaartlagen.kolomkeuze import Kolomkeuze


@dataclass(frozen=True, slots=True)
class GelezenLaag:
    """One layer of a file, read, checked and repaired, not stored.

    `frame` has the contract's columns and geometry in EPSG:28992; its index is the row's
    number in the source. `gelezen` = rows in `frame` + `geweigerd`. `keuze` says which
    columns were read under another name, as the user chose.
    """

    laag: str
    soort: str
    frame: gpd.GeoDataFrame
    herkomst: Herkomst
    gelezen: int
    geweigerd: int
    hersteld: int
    bevindingen: tuple[Bevinding, ...]
    keuze: Kolomkeuze | None = None


def join_parts(delen: Sequence[Sequence[GelezenLaag]]) -> tuple[GelezenLaag, ...]:
    """Make one layer of each kind out of the parts of a numbered delivery.

    Parameters
    ----------
    delen
        Per part its layers, in the order of the parts.

    Returns
    -------
    tuple of GelezenLaag
        Counts and findings are those of all parts together; row numbers go on from part
        to part. The sha256 is that of the lines with the parts' own.
    """
    groepen: dict[tuple[str, str], list[GelezenLaag]] = {}
    for lagen in delen:
        for laag in lagen:
            groepen.setdefault((laag.laag, laag.soort), []).append(laag)
    return tuple(_join(groep) for groep in groepen.values())


def _join(lagen: Sequence[GelezenLaag]) -> GelezenLaag:
    if len(lagen) == 1:
        return lagen[0]
    begin = np.cumsum([0, *(laag.gelezen for laag in lagen[:-1])])
    tabellen = [
        pd.DataFrame(laag.frame).set_axis(laag.frame.index + int(plek))
        for laag, plek in zip(lagen, begin, strict=True)
    ]
    hashes = "\n".join(laag.herkomst.sha256 for laag in lagen)
    return replace(
        lagen[0],
        frame=gpd.GeoDataFrame(pd.concat(tabellen), geometry="geometry", crs=RD),
        herkomst=replace(lagen[0].herkomst, sha256=hashlib.sha256(hashes.encode()).hexdigest()),
        gelezen=sum(laag.gelezen for laag in lagen),
        geweigerd=sum(laag.geweigerd for laag in lagen),
        hersteld=sum(laag.hersteld for laag in lagen),
        bevindingen=_join_findings([bev for laag in lagen for bev in laag.bevindingen]),
    )


def _join_findings(bevindingen: Sequence[Bevinding]) -> tuple[Bevinding, ...]:
    """Add up the findings of one check; where their texts differ, the first one speaks."""
    per_code: dict[tuple[str, str], list[Bevinding]] = {}
    for bev in bevindingen:
        per_code.setdefault((bev.code, bev.niveau), []).append(bev)
    return tuple(_add(groep) for groep in per_code.values())


def _add(groep: Sequence[Bevinding]) -> Bevinding:
    eerste = groep[0]
    gelijk = all(bev.uitleg == eerste.uitleg for bev in groep)
    namen = [naam for bev in groep for naam in bev.voorbeelden]
    return replace(
        eerste,
        aantal=sum(bev.aantal for bev in groep),
        uitleg=eerste.uitleg if gelijk else f"{eerste.uitleg} (De tekst is die van één deel.)",
        voorbeelden=tuple(dict.fromkeys(namen))[:MAX_VOORBEELDEN],
    )
