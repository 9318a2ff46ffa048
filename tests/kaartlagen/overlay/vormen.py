"""Hypothesis strategies for valid polygons of every awkward kind."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import shapely
from hypothesis import strategies as st
from shapely import affinity

VOORBEELDEN = 2000


def _cells(bits: int) -> Any:
    """Join cells of a 5 by 5 grid: holes, shared borders, collinear runs, touching corners."""
    hokken = [shapely.box(k % 5, k // 5, k % 5 + 1, k // 5 + 1) for k in range(25) if bits >> k & 1]
    return shapely.union_all(hokken)


def _star(stralen: list[int], draai: float) -> Any:
    hoeken = draai + np.arange(len(stralen)) * (2 * math.pi / len(stralen))
    r = np.array(stralen, dtype=float) / 4
    return shapely.Polygon(np.c_[2 + r * np.cos(hoeken), 2 + r * np.sin(hoeken)])


def _star_with_hole(stralen: list[int], draai: float) -> Any:
    ster = _star([straal + 8 for straal in stralen], draai)
    return ster.difference(_star(stralen[::-1], draai))


def _comb(tanden: int, hoog: int) -> Any:
    boven = [(x / tanden * 5, hoog if x % 2 else 0.2) for x in range(2 * tanden)]
    return shapely.Polygon([(-1, 0), *boven, (12, 0)])


def _needle(lang: int, smal: int) -> Any:
    return shapely.Polygon([(0, 0), (lang, lang * 0.37), (lang, lang * 0.37 + smal / 1000)])


def _quadrangle(hoeken: list[tuple[int, int]]) -> Any:
    return shapely.MultiPoint(hoeken).convex_hull


_straal = st.lists(st.integers(2, 16), min_size=3, max_size=30)
_lange_straal = st.lists(st.integers(12, 16), min_size=60, max_size=160)
_draai = st.sampled_from([0.0, 0.3, math.pi / 2])
_hoek = st.tuples(st.integers(0, 5), st.integers(0, 5))

_basis = st.one_of(
    st.integers(1, 2**25 - 1).map(_cells),
    st.builds(_star, _straal, _draai),
    st.builds(_star, _lange_straal, _draai),
    st.builds(_star_with_hole, _straal, _draai),
    st.builds(_comb, st.integers(3, 70), st.integers(1, 5)),
    st.builds(_needle, st.integers(1, 400), st.integers(1, 50)),
    st.lists(_hoek, min_size=3, max_size=6).map(_quadrangle),
)


def _dress(vlak: Any, stapjes: float, herhaal: bool, omgekeerd: bool) -> Any:
    """Add collinear points, repeated points, and rings that run the other way."""
    if stapjes:
        vlak = shapely.segmentize(vlak, stapjes)
    if omgekeerd:
        vlak = shapely.reverse(vlak)
    if herhaal and vlak.geom_type == "Polygon":
        ring = np.repeat(shapely.get_coordinates(vlak.exterior), 2, axis=0)
        vlak = shapely.Polygon(ring, list(vlak.interiors))
    return vlak


_aangekleed = st.builds(
    _dress, _basis, st.sampled_from([0.0, 0.0, 0.5]), st.booleans(), st.booleans()
)


def _valid(vlak: Any) -> bool:
    return bool(vlak.geom_type in ("Polygon", "MultiPolygon") and vlak.is_valid and vlak.area > 0)


vlakken = _aangekleed.filter(_valid)
"""A valid polygon or multipolygon of a few units across."""

korte_vlakken = st.one_of(
    st.integers(1, 2**25 - 1).map(_cells), st.builds(_star, _straal, _draai)
).filter(_valid)
"""As `vlakken`, with few edges, for what GEOS has to build."""

lijsten = st.lists(vlakken, min_size=1, max_size=3)


def _place(paar: tuple[list[Any], list[Any]], schaal: float, hoek: float, oost: float) -> Any:
    def een(vlak: Any) -> Any:
        gedraaid = affinity.rotate(vlak, hoek, origin=(0, 0))
        groot = affinity.scale(gedraaid, schaal, schaal, origin=(0, 0))
        return affinity.translate(groot, oost, 3 * oost)

    links, rechts = ([een(vlak) for vlak in kant] for kant in paar)
    return np.array(links, dtype=object), np.array(rechts, dtype=object)


def _all_valid(paar: Any) -> bool:
    return all(shapely.is_valid(kant).all() for kant in paar)


paren = st.builds(
    _place,
    st.tuples(lijsten, lijsten),
    st.sampled_from([0.01, 0.3, 1.0, 17.0, 1000.0]),
    st.sampled_from([0.0, 0.0, 23.0, 90.0]),
    st.sampled_from([0.0, 155000.25, 205000.123]),
).filter(_all_valid)
"""Two arrays of valid polygons: tiny to huge, at the origin and far from it in RD."""


def areas_of_geos(links: Any, rechts: Any) -> Any:
    """Return the matrix of shared areas according to GEOS."""
    return shapely.area(shapely.intersection(links[:, None], rechts[None, :]))


def areas_of_ours(paren_: Any, n: int, m: int) -> Any:
    uit = np.zeros((n, m))
    uit[paren_.left, paren_.right] = paren_.area_m2
    return uit


def tolerance(links: Any, rechts: Any) -> Any:
    """1e-9 of the smaller polygon plus a square millimetre."""
    return 1e-9 * np.minimum(shapely.area(links)[:, None], shapely.area(rechts)[None, :]) + 1e-6
