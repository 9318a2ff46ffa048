"""`zuiveren` for a part of a source: what is surely in order passes without making geometry.

Only the rows that a first look leaves open take the road of `zuiveren.purify_rows`; so
both roads refuse, repair and report alike.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from numpy.typing import NDArray

from kaartlagen.bronnen.deel import Deel, OngeschiktError
from kaartlagen.bronnen.lezing import Lezing
from kaartlagen.bronnen.tabel import TE_WEINIG_PUNTEN
from kaartlagen.controles import Bevinding
from kaartlagen.crs import RD, VENSTER_RD, outside_rd, parse_crs
from kaartlagen.errors import CrsError
from kaartlagen.laagframe import columns_from_arrow
from kaartlagen.ligging import MEERDERHEID, VERWISSELD, InRd, bring_to_rd
from kaartlagen.toetsen.maten import Maten, measure
from kaartlagen.vlakkeuring import Keuring, inspect_wkb
from kaartlagen.vormkeuring import build_shapes
from kaartlagen.zuiveren import purify_rows

Geometrieen = NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Wijze:
    """How the rows of a source are to be understood: its layer, its CRS and the user's."""

    laag: str
    bron: str
    vorm: str
    crs: str | None
    opgegeven: str | None
    waar: str
    meeste_punten: int

    @property
    def is_rd(self) -> bool:
        """Whether coordinates are RD as they stand."""
        gekozen = self.opgegeven or self.crs
        if gekozen is None or gekozen.endswith(VERWISSELD):
            return False
        return parse_crs(gekozen, self.waar).basis == "rd"


@dataclass(frozen=True, slots=True)
class Schoondeel:
    """The rows of a part that are fit to be stored, and what was found.

    `rijen` are their numbers in the source; `soorten` the names of their geometry types.
    Of the rows of the part the source has `gelezen`, and `aangeboden` were looked at here;
    `hoog` counts those that had heights. `in_rd` holds no rows but tells of the CRS.
    """

    kolommen: pa.Table
    wkb: pa.Array
    rijen: NDArray[np.int64]
    maten: Maten
    meerdelig: NDArray[np.bool_]
    soorten: frozenset[str]
    gelezen: int
    aangeboden: int
    hoog: int
    hersteld: int
    verschil_m2: NDArray[np.float64]
    bevindingen: tuple[Bevinding, ...]
    in_rd: InRd


def purify_part(deel: Deel, eerste: int, wijze: Wijze) -> Schoondeel:
    """Clean a part of which the first row is number `eerste` of the source.

    Raises
    ------
    OngeschiktError
        When it takes all rows together to say what is wrong.
    """
    rijen = deel.rijen + eerste
    zeker, keuring = _sure(deel, wijze)
    rest = np.flatnonzero(~zeker)
    lezing = _reading(deel, rest, rijen, wijze)
    in_rd = _to_rd(lezing.geometrie, int(zeker.sum()), wijze)
    schoon = purify_rows(lezing, in_rd)
    vormen: Geometrieen = schoon.frame.geometry.to_numpy()
    plekken = rest[np.searchsorted(rijen[rest], schoon.frame.index.to_numpy(dtype=np.int64))]
    maten, meerdelig, soorten = _measured(keuring, zeker, plekken, vormen)
    houd = zeker.copy()
    houd[plekken] = True
    kolommen, wkb = deel.kolommen, _with_shapes(deel.wkb, plekken, vormen)
    if not houd.all():
        kolommen, wkb = kolommen.filter(pa.array(houd)), wkb.filter(pa.array(houd))
        maten = maten.of(houd)
    return Schoondeel(
        kolommen=kolommen,
        wkb=wkb,
        rijen=rijen[houd],
        maten=maten,
        meerdelig=meerdelig[houd],
        soorten=soorten,
        gelezen=deel.gelezen,
        aangeboden=len(rijen),
        hoog=int(shapely.has_z(lezing.geometrie).sum()),
        hersteld=schoon.hersteld,
        verschil_m2=schoon.verschil_m2,
        bevindingen=schoon.bevindingen,
        in_rd=replace(in_rd, geometrie=in_rd.geometrie[:0], buiten=in_rd.buiten[:0]),
    )


def _sure(deel: Deel, wijze: Wijze) -> tuple[NDArray[np.bool_], Keuring]:
    """Mark the rows that need no geometry: valid polygons in RD, within the window."""
    keuring = inspect_wkb(deel.wkb)
    if not wijze.is_rd:
        return np.zeros(len(deel.rijen), dtype=bool), keuring
    x_min, y_min, x_max, y_max = VENSTER_RD
    zeker = keuring.zeker.copy()
    zeker &= (keuring.grenzen[:, 0] >= x_min) & (keuring.grenzen[:, 1] >= y_min)
    zeker &= (keuring.grenzen[:, 2] <= x_max) & (keuring.grenzen[:, 3] <= y_max)
    zeker[list(deel.onleesbaar)] = False
    return zeker, keuring


def _reading(deel: Deel, rest: NDArray[np.intp], rijen: NDArray[np.int64], wijze: Wijze) -> Lezing:
    """Make a reading, with geometry, of the rows that are not sure."""
    wkb = deel.wkb.take(pa.array(rest)).to_numpy(zero_copy_only=False)
    try:
        geometrie: Geometrieen = build_shapes(wkb)
    except (shapely.errors.GEOSException, NotImplementedError) as fout:
        raise OngeschiktError(str(fout)) from fout
    if len(geometrie) and shapely.get_num_coordinates(geometrie).max() > wijze.meeste_punten:
        raise OngeschiktError("an object of too many points")
    aanwezig = np.array([vorm is not None for vorm in wkb], dtype=bool)
    stuk = np.flatnonzero(shapely.is_missing(geometrie) & aanwezig)
    plek_van = {int(plek): nieuw for nieuw, plek in enumerate(rest)}
    return Lezing(
        laag=wijze.laag,
        kolommen=columns_from_arrow(
            wijze.laag, deel.kolommen.take(pa.array(rest)), rijen[rest].tolist()
        ),
        geometrie=geometrie,
        crs=wijze.crs,
        gelezen=len(rest),
        bron=wijze.bron,
        vorm=wijze.vorm,
        onleesbaar={int(plek): TE_WEINIG_PUNTEN for plek in stuk}
        | {plek_van[plek]: reden for plek, reden in deel.onleesbaar.items()},
    )


def _to_rd(geometrie: Geometrieen, zeker: int, wijze: Wijze) -> InRd:
    """Bring rows to RD; whether most of the source lies elsewhere is for the other road."""
    if not wijze.is_rd:
        try:
            return bring_to_rd(geometrie, wijze.crs, wijze.opgegeven, wijze.waar)
        except CrsError as fout:
            raise OngeschiktError(str(fout)) from fout
    stelsel = parse_crs(wijze.opgegeven or wijze.crs or RD, wijze.waar)
    plat: Geometrieen = shapely.force_2d(geometrie)
    buiten = outside_rd(plat)
    aanwezig = zeker + int((~(shapely.is_missing(plat) | shapely.is_empty(plat))).sum())
    if buiten.sum() > MEERDERHEID * aanwezig:
        raise OngeschiktError("most of a part lies outside the Netherlands")
    return InRd(plat, buiten, stelsel, wijze.opgegeven is not None, wijze.crs)


def _measured(
    keuring: Keuring, zeker: NDArray[np.bool_], plekken: NDArray[np.intp], vormen: Geometrieen
) -> tuple[Maten, NDArray[np.bool_], frozenset[str]]:
    """Complete the measures with those of rows that have geometry; name the types."""
    maten = Maten(keuring.grenzen, keuring.oppervlakte, keuring.omtrek, keuring.punten)
    for reeks, gemeten in zip(maten, measure(vormen), strict=True):
        reeks[plekken] = gemeten
    meerdelig = np.zeros(len(zeker), dtype=bool)
    meerdelig[plekken] = shapely.get_num_geometries(vormen) > 1
    soorten = set(pd.unique(pd.Series([vorm.geom_type for vorm in vormen], dtype=object)))
    multi = keuring.multi[zeker]
    soorten |= {"MultiPolygon"} if multi.any() else set()
    soorten |= {"Polygon"} if not multi.all() else set()
    return maten, meerdelig, frozenset(soorten)


def _with_shapes(wkb: pa.Array, plekken: NDArray[np.intp], vormen: Geometrieen) -> pa.Array:
    """Put geometry in the place of that of some rows."""
    if len(plekken) == 0:
        return wkb
    masker = np.zeros(len(wkb), dtype=bool)
    masker[plekken] = True
    nieuw = pa.array(shapely.to_wkb(vormen), wkb.type)
    return pc.replace_with_mask(wkb, pa.array(masker), nieuw)
