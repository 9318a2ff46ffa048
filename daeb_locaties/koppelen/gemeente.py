"""Which gemeente a locatie lies in: by geometry, never by a kadastrale code or an idn."""

from __future__ import annotations

import re
from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import shapely
from shapely import Point

from daeb_locaties.akkoord import Akkoord
from daeb_locaties.begrippen import Signaal
from daeb_locaties.model import GemeenteAandeel, Locatie
from kaartlagen.overlay import area_join


def link_gemeenten(
    locaties: Sequence[Locatie], gemeenten: gpd.GeoDataFrame, akkoord: Akkoord
) -> dict[str, tuple[GemeenteAandeel, ...]]:
    """Return per locatie id the gemeenten that it lies in, largest share first.

    Parameters
    ----------
    locaties
        Any locaties; a point lies wholly in the gemeente that covers it.
    gemeenten
        The layer `gemeenten`, EPSG:28992. A gemeente that the akkoord knows as a
        predecessor counts as its successor.
    akkoord
        For successors, and for the share below which a part is a border sliver.

    Returns
    -------
    dict
        Every locatie's id; an empty tuple where no gemeente is known. Slivers are left
        out, but never the largest part.
    """
    uit: dict[str, tuple[GemeenteAandeel, ...]] = {loc.id: () for loc in locaties}
    if not locaties or gemeenten.empty:
        return uit
    delen: dict[str, dict[str, float]] = {loc.id: {} for loc in locaties}
    namen: dict[str, str] = {}
    for nummer, rij, aandeel in _shares(locaties, gemeenten):
        code, naam = _successor(
            str(gemeenten["gemeentecode"].iat[rij]),
            str(gemeenten["gemeentenaam"].iat[rij]),
            akkoord,
        )
        namen[code] = naam
        deel = delen[locaties[nummer].id]
        deel[code] = min(1.0, deel.get(code, 0.0) + aandeel)
    for id_, deel in delen.items():
        orde = sorted(deel.items(), key=lambda d: (-d[1], d[0]))
        uit[id_] = tuple(
            GemeenteAandeel(code, namen[code], aandeel)
            for plaats, (code, aandeel) in enumerate(orde)
            if plaats == 0 or aandeel >= akkoord.drempels.grenssnipper_aandeel
        )
    return uit


def _shares(
    locaties: Sequence[Locatie], gemeenten: gpd.GeoDataFrame
) -> list[tuple[int, int, float]]:
    """(locatie row, gemeente row, share) for each part; a point counts once, in one gemeente."""
    vormen = np.asarray([loc.geometrie_rd for loc in locaties], dtype=object)
    grenzen = np.asarray(gemeenten.geometry.values, dtype=object)
    paren = area_join(vormen, grenzen)
    shares = [
        (int(i), int(j), float(area) / float(shapely.area(vormen[i])))
        for i, j, area in zip(paren.left, paren.right, paren.area_m2, strict=True)
    ]
    punten = [n for n, loc in enumerate(locaties) if isinstance(loc.geometrie_rd, Point)]
    if punten:
        i, j = shapely.STRtree(grenzen).query(vormen[punten], predicate="intersects")
        eerste: dict[int, int] = {}
        for punt, rij in sorted(zip(i.tolist(), j.tolist(), strict=True)):
            eerste.setdefault(punten[punt], rij)
        shares += [(nummer, rij, 1.0) for nummer, rij in eerste.items()]
    return shares


def _successor(code: str, naam: str, akkoord: Akkoord) -> tuple[str, str]:
    gemeente = akkoord.gemeente(code)
    return (gemeente.code, gemeente.naam) if gemeente else (code, naam)


def gemeente_signals(locatie: Locatie, aandelen: Sequence[GemeenteAandeel]) -> tuple[Signaal, ...]:
    """Say where the named gemeente and the geometric one differ, or a border is crossed."""
    if not aandelen:
        return (Signaal.GEEN_GEMEENTE,)
    signalen = []
    if locatie.gemeente_opgegeven and not _same(locatie.gemeente_opgegeven, aandelen[0]):
        signalen.append(Signaal.GEMEENTE_WIJKT_AF)
    if len(aandelen) > 1:
        signalen.append(Signaal.OVER_GEMEENTEGRENS)
    return tuple(signalen)


def _same(opgegeven: str, deel: GemeenteAandeel) -> bool:
    """Compare a named gemeente by code or by name, without case, signs or ``(O)``."""
    code = re.fullmatch(r"(?:GM)?(\d{1,4})", opgegeven.strip(), re.IGNORECASE)
    if code:
        return code.group(1).zfill(4) == deel.gemeentecode
    return _plain(opgegeven) == _plain(deel.gemeentenaam)


def _plain(naam: str) -> str:
    zonder = re.sub(r"\([^)]*\)", "", naam.casefold())
    zonder = re.sub(r"^\s*gemeente\s+", "", zonder)
    return re.sub(r"[^a-z0-9à-ÿ]", "", zonder)
