"""Two states of one layer beside each other: what is new, what is gone, what changed and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from kaartlagen.laagframe import row_name
from kaartlagen.lagen import LAGEN
from kaartlagen.overlay import area_join
from kaartlagen.sleutels import SLEUTELS

TOLERANTIE_M2 = 1.0
"""Polygons that differ by no more ground than this are the same, drawn anew."""

TOLERANTIE_M = 0.1
"""Lines and points that lie no farther apart than this are the same."""

Soort = Literal["nieuw", "weg", "gewijzigd"]


@dataclass(frozen=True, slots=True)
class Verschil:
    """One object that differs.

    Parameters
    ----------
    soort
        ``nieuw``, ``weg`` or ``gewijzigd``.
    naam
        What people call it: its key, or its first filled columns.
    kolommen
        The attributes that changed; empty for new and gone.
    geometrie_gewijzigd
        Whether it changed beyond the tolerance; False for new and gone.
    oppervlakte_oud_m2, oppervlakte_nieuw_m2
        Its area before and after; None where it was not there. 0 for points and lines.
    veranderd_m2
        Ground that it took or gave up: all of it for new and gone.
    plek_rd
        Where something else holds now (EPSG:28992): what was taken and given up when only
        the geometry changed, else the whole object, before and after.
    """

    soort: Soort
    naam: str
    kolommen: tuple[str, ...]
    geometrie_gewijzigd: bool
    oppervlakte_oud_m2: float | None
    oppervlakte_nieuw_m2: float | None
    veranderd_m2: float
    plek_rd: shapely.Geometry


@dataclass(frozen=True, slots=True)
class Vergelijking:
    """What differs between two states of a layer.

    `sleutel` names the columns by which objects were matched; it is empty where the layer
    has none, and then an object that changed is one gone and one new. Rows of the old
    state = `gelijk` + gone + changed, of the new state `gelijk` + new + changed.
    """

    laag: str
    sleutel: tuple[str, ...]
    gelijk: int
    verschillen: tuple[Verschil, ...]

    def of_kind(self, soort: Soort) -> tuple[Verschil, ...]:
        """Give the differences of one kind."""
        return tuple(verschil for verschil in self.verschillen if verschil.soort == soort)


@dataclass(frozen=True, slots=True)
class _Kant:
    """One state: attributes and geometry, row by row."""

    kolommen: pd.DataFrame
    vormen: NDArray[np.object_]

    def name(self, plek: int) -> str:
        return row_name(self.kolommen, plek)


@dataclass(frozen=True, slots=True)
class _Paren:
    """Rows that are the same object in both states."""

    oud: NDArray[np.intp]
    nieuw: NDArray[np.intp]


def compare(
    laag: str,
    oud: gpd.GeoDataFrame,
    nieuw: gpd.GeoDataFrame,
    *,
    tolerantie_m2: float = TOLERANTIE_M2,
    tolerantie_m: float = TOLERANTIE_M,
) -> Vergelijking:
    """Compare two states of a layer.

    Parameters
    ----------
    laag
        A layer of `kaartlagen.lagen`.
    oud, nieuw
        Its columns and geometry in EPSG:28992, before and after; other columns are ignored.
    tolerantie_m2, tolerantie_m
        How much polygons may differ in ground, and lines and points in distance, to count
        as unchanged.

    Returns
    -------
    Vergelijking
        Differences in the order new, gone, changed, each in the order of its rows.
    """
    links, rechts = _side(laag, oud), _side(laag, nieuw)
    sleutel = SLEUTELS.get(laag, ())
    gelijk, zelfde_object = _match(links, rechts, sleutel)
    gewijzigd = _changes(links, rechts, zelfde_object, (tolerantie_m2, tolerantie_m))
    over_oud = _rest(len(links.vormen), gelijk.oud, zelfde_object.oud)
    over_nieuw = _rest(len(rechts.vormen), gelijk.nieuw, zelfde_object.nieuw)
    return Vergelijking(
        laag=laag,
        sleutel=sleutel,
        gelijk=len(gelijk.oud) + len(zelfde_object.oud) - len(gewijzigd),
        verschillen=(
            *(_whole("nieuw", rechts, plek) for plek in over_nieuw),
            *(_whole("weg", links, plek) for plek in over_oud),
            *gewijzigd,
        ),
    )


def _side(laag: str, frame: gpd.GeoDataFrame) -> _Kant:
    kolommen = pd.DataFrame(frame[list(LAGEN[laag].kolomnamen)]).reset_index(drop=True)
    return _Kant(kolommen, frame.geometry.to_numpy())


def _match(links: _Kant, rechts: _Kant, sleutel: Sequence[str]) -> tuple[_Paren, _Paren]:
    """Pair rows that are equal in all, then what is left by key.

    Where a key occurs more than once, equal rows find each other first; the rest pair up
    in the order of their rows.
    """
    gelijk = _pair(_contents(links), _contents(rechts))
    if not sleutel:
        return gelijk, _Paren(np.empty(0, np.intp), np.empty(0, np.intp))
    rest_oud = _rest(len(links.vormen), gelijk.oud)
    rest_nieuw = _rest(len(rechts.vormen), gelijk.nieuw)
    rest = _pair(
        links.kolommen.loc[rest_oud, list(sleutel)].dropna(),
        rechts.kolommen.loc[rest_nieuw, list(sleutel)].dropna(),
    )
    return gelijk, rest


def _contents(kant: _Kant) -> pd.DataFrame:
    """Reduce all that a row says to 64 bits; where a ring starts does not matter."""
    alles = kant.kolommen.assign(vorm_wkb=shapely.to_wkb(shapely.normalize(kant.vormen)))
    return pd.DataFrame({"inhoud": pd.util.hash_pandas_object(alles, False, categorize=False)})


def _pair(oud: pd.DataFrame, nieuw: pd.DataFrame) -> _Paren:
    """Pair rows with equal values, one to one, in order; the index says which rows they are."""
    kolommen = list(oud.columns)
    delen = [
        deel.assign(
            keer=deel.groupby(kolommen, dropna=False).cumcount(), plek=deel.index.to_numpy()
        )
        for deel in (oud, nieuw)
    ]
    samen = delen[0].merge(delen[1], on=[*kolommen, "keer"], suffixes=("_oud", "_nieuw"))
    return _Paren(samen["plek_oud"].to_numpy(np.intp), samen["plek_nieuw"].to_numpy(np.intp))


def _rest(aantal: int, *gebruikt: NDArray[np.intp]) -> NDArray[np.intp]:
    """Give the rows that are in none of the lists, in order."""
    over = np.ones(aantal, dtype=bool)
    for rijen in gebruikt:
        over[rijen] = False
    return np.flatnonzero(over)


def _changes(
    links: _Kant, rechts: _Kant, paren: _Paren, tolerantie: tuple[float, float]
) -> tuple[Verschil, ...]:
    """Look at rows of the same object: which attributes changed, and whether its shape did."""
    kolommen = _changed_columns(links.kolommen, rechts.kolommen, paren)
    voor, na = links.vormen[paren.oud], rechts.vormen[paren.nieuw]
    veranderd, verplaatst = _changed_shapes(voor, na, tolerantie)
    uit = []
    for k in np.argsort(paren.nieuw, kind="stable"):
        anders = tuple(naam for naam, masker in kolommen.items() if masker[k])
        if not anders and not verplaatst[k]:
            continue
        bouw = shapely.union if anders else shapely.symmetric_difference
        uit.append(
            Verschil(
                soort="gewijzigd",
                naam=rechts.name(int(paren.nieuw[k])),
                kolommen=anders,
                geometrie_gewijzigd=bool(verplaatst[k]),
                oppervlakte_oud_m2=float(shapely.area(voor[k])),
                oppervlakte_nieuw_m2=float(shapely.area(na[k])),
                veranderd_m2=float(veranderd[k]),
                plek_rd=bouw(voor[k], na[k]),
            )
        )
    return tuple(uit)


def _changed_columns(
    oud: pd.DataFrame, nieuw: pd.DataFrame, paren: _Paren
) -> dict[str, NDArray[np.bool_]]:
    """Mark per column the pairs whose values differ; unknown equals unknown."""
    uit = {}
    for naam in oud.columns:
        een: Any = oud[naam].iloc[paren.oud].reset_index(drop=True)
        ander: Any = nieuw[naam].iloc[paren.nieuw].reset_index(drop=True)
        gelijk = (een == ander).fillna(False).to_numpy(bool)
        uit[str(naam)] = ~(gelijk | (een.isna() & ander.isna()).to_numpy(bool))
    return uit


def _changed_shapes(
    voor: NDArray[np.object_], na: NDArray[np.object_], tolerantie: tuple[float, float]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Give the ground that each pair of shapes does not share, and which pairs changed."""
    vlak = (shapely.get_dimensions(voor) == 2) & (shapely.get_dimensions(na) == 2)
    samen = shapely.area(voor) + shapely.area(na)
    veranderd: NDArray[np.float64] = np.where(vlak, samen - 2 * _shared(voor, na), samen)
    veranderd = np.maximum(veranderd, 0.0)
    afstand = np.zeros(len(voor))
    afstand[~vlak] = shapely.hausdorff_distance(voor[~vlak], na[~vlak])
    return veranderd, np.where(vlak, veranderd > tolerantie[0], afstand > tolerantie[1])


def _shared(voor: NDArray[np.object_], na: NDArray[np.object_]) -> NDArray[np.float64]:
    """Give the area that row k of one and row k of the other share."""
    uit: NDArray[np.float64] = np.zeros(len(voor))
    if len(voor):
        paren = area_join(voor, na)
        eigen = paren.left == paren.right
        uit[paren.left[eigen]] = paren.area_m2[eigen]
    return uit


def _whole(soort: Soort, kant: _Kant, plek: int) -> Verschil:
    """Describe a row that is on one side only."""
    vorm = kant.vormen[plek]
    oppervlakte = float(shapely.area(vorm))
    return Verschil(
        soort=soort,
        naam=kant.name(int(plek)),
        kolommen=(),
        geometrie_gewijzigd=False,
        oppervlakte_oud_m2=oppervlakte if soort == "weg" else None,
        oppervlakte_nieuw_m2=oppervlakte if soort == "nieuw" else None,
        veranderd_m2=oppervlakte,
        plek_rd=vorm,
    )
