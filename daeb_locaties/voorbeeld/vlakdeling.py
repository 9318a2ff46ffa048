"""Cutting ground: straight cuts, blocks with streets between them, and rows of parcels.

All lengths in metres, all angles in radians counter-clockwise from east, all geometry in
EPSG:28992. A cut is exact up to float noise; `dekking` makes the final faces exact.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import shapely
from shapely import Polygon

Vormen: TypeAlias = npt.NDArray[np.object_]
Getallen: TypeAlias = npt.NDArray[np.float64]

_BEREIK_M = 20_000.0


@dataclass(frozen=True, slots=True)
class Doos:
    """A rotated box around a shape: centre, angle of the long side, long and short side."""

    x: float
    y: float
    hoek: float
    lang: float
    kort: float


def measure_doos(vorm: Polygon) -> Doos:
    """Return the smallest rotated box around a polygon."""
    hoeken = shapely.get_coordinates(shapely.oriented_envelope(vorm))
    if len(hoeken) < 5:
        return Doos(vorm.centroid.x, vorm.centroid.y, 0.0, 0.0, 0.0)
    a, b = hoeken[1] - hoeken[0], hoeken[2] - hoeken[1]
    lengte_a, lengte_b = math.hypot(*a), math.hypot(*b)
    lang = a if lengte_a >= lengte_b else b
    x, y = hoeken[:4].mean(axis=0)
    # One of the two equal directions of the long side, always the same.
    hoek = math.atan2(lang[1], lang[0]) % math.pi
    return Doos(x, y, hoek, max(lengte_a, lengte_b), min(lengte_a, lengte_b))


def measure_doos_along(vorm: Polygon, hoek: float) -> tuple[float, float, float, float]:
    """Return u_min, u_max, v_min, v_max of a polygon in axes turned by `hoek`."""
    uv = rotate(shapely.get_coordinates(vorm), -hoek)
    (u_min, v_min), (u_max, v_max) = uv.min(axis=0), uv.max(axis=0)
    return float(u_min), float(u_max), float(v_min), float(v_max)


def rotate(punten: Getallen, hoek: float) -> Getallen:
    """Turn points (n, 2) about the origin."""
    c, s = math.cos(hoek), math.sin(hoek)
    return np.asarray(punten @ np.array([[c, s], [-s, c]]), dtype=np.float64)


def make_slabs(hoek: float, grenzen: Getallen, v_min: float, v_max: float) -> Vormen:
    """Return the boxes between consecutive `grenzen` (u values) in axes turned by `hoek`."""
    links, rechts = grenzen[:-1], grenzen[1:]
    n = len(links)
    uv = np.empty((n, 4, 2))
    uv[:, 0, 0] = uv[:, 3, 0] = links
    uv[:, 1, 0] = uv[:, 2, 0] = rechts
    uv[:, :2, 1] = v_min
    uv[:, 2:, 1] = v_max
    return np.asarray(shapely.polygons(rotate(uv.reshape(-1, 2), hoek).reshape(n, 4, 2)))


def parts_of(vormen: object, minimum_m2: float = 1.0) -> list[Polygon]:
    """Return all polygons in one or more geometries, without crumbs and lines."""
    delen = shapely.get_parts(np.atleast_1d(np.asarray(vormen, dtype=object)))
    dieper = shapely.get_parts(delen)
    goed = (shapely.get_type_id(dieper) == 3) & (shapely.area(dieper) >= minimum_m2)
    return list(dieper[goed])


def cut_across(
    vorm: Polygon, hoek: float, waar: float, gat: float = 0.0
) -> tuple[list[Polygon], list[Polygon]]:
    """Cut a polygon at u = `waar` in axes turned by `hoek`, leaving a strip `gat` wide."""
    u_min, u_max, v_min, v_max = measure_doos_along(vorm, hoek)
    helften = [
        make_slabs(hoek, np.array(grens), v_min - 1, v_max + 1)[0]
        for grens in ((u_min - 1, waar - gat / 2), (waar + gat / 2, u_max + 1))
    ]
    eerste, tweede = shapely.intersection(vorm, np.array(helften, dtype=object))
    return parts_of(eerste, 20.0), parts_of(tweede, 20.0)


def split_large(vorm: Polygon, maat_m: float) -> list[Polygon]:
    """Halve a polygon across its box until no box is longer than `maat_m`."""
    uit: list[Polygon] = []
    stapel = [vorm]
    while stapel:
        deel = stapel.pop()
        doos = measure_doos(deel)
        if doos.lang <= maat_m:
            uit.append(deel)
            continue
        u_min, u_max, _, _ = measure_doos_along(deel, doos.hoek)
        eerste, tweede = cut_across(deel, doos.hoek, (u_min + u_max) / 2)
        stapel.extend(tweede + eerste)
    return uit


@dataclass(frozen=True, slots=True)
class Blokmaat:
    """How a neighbourhood is cut into blocks.

    `diep_m` and `lang_m` are the aimed depth and length of a block, `hoofdstraat_m` and
    `straat_m` the widths of the first and of later streets. `hoek` None lets every piece
    follow its own long side; `wanorde` (0..1) moves the cuts.
    """

    diep_m: float
    lang_m: float
    hoofdstraat_m: float
    straat_m: float
    hoek: float | None
    wanorde: float


def split_blocks(vorm: Polygon, maat: Blokmaat, rng: np.random.Generator) -> list[Polygon]:
    """Cut a neighbourhood into blocks with streets between them.

    The streets are what the blocks leave open.
    """
    uit: list[Polygon] = []
    stapel = [(vorm, 0)]
    while stapel:
        deel, diepte = stapel.pop()
        hoek = measure_doos(deel).hoek if maat.hoek is None else maat.hoek
        u_min, u_max, v_min, v_max = measure_doos_along(deel, hoek)
        in_lengte, in_diepte = (u_max - u_min) / maat.lang_m, (v_max - v_min) / maat.diep_m
        if max(in_lengte, in_diepte) < 1.5:
            uit.append(deel)
            continue
        if in_lengte >= in_diepte:
            as_, begin, eind, keer = hoek, u_min, u_max, in_lengte
        else:
            as_, begin, eind, keer = hoek + math.pi / 2, v_min, v_max, in_diepte
            begin, eind = measure_doos_along(deel, as_)[:2]
        stukken = max(2, round(keer))
        plek = (stukken // 2) / stukken + rng.uniform(-1, 1) * maat.wanorde / stukken
        gat = maat.hoofdstraat_m if diepte == 0 else maat.straat_m
        scheef = as_ + rng.uniform(-1, 1) * maat.wanorde * 0.25
        begin, eind = measure_doos_along(deel, scheef)[:2]
        eerste, tweede = cut_across(deel, scheef, begin + plek * (eind - begin), gat)
        stapel.extend((d, diepte + 1) for d in tweede + eerste)
    return uit


def make_cuts(
    strook: Polygon, hoek: float, breedten: Sequence[float], rng: np.random.Generator
) -> Vormen:
    """Return the lines that cut a strip into parcels, with widths drawn from `breedten`.

    A line that is much shorter than the others would leave a crumb at a slanted end, so
    it is left out.
    """
    u_min, u_max, v_min, v_max = measure_doos_along(strook, hoek)
    lengte = u_max - u_min
    aantal = max(1, round(lengte / float(np.mean(breedten))))
    maten = rng.choice(np.asarray(breedten, dtype=np.float64), size=aantal)
    u = u_min + np.cumsum(maten)[:-1] * (lengte / maten.sum())
    uv = np.empty((len(u), 2, 2))
    uv[:, :, 0] = u[:, None]
    uv[:, 0, 1], uv[:, 1, 1] = v_min - 1, v_max + 1
    lijnen = shapely.linestrings(rotate(uv.reshape(-1, 2), hoek).reshape(-1, 2, 2))
    stukken = np.asarray(shapely.intersection(strook, lijnen), dtype=object).reshape(-1)
    stukken = stukken[shapely.get_type_id(stukken) == 1]
    lang = shapely.length(stukken)
    return np.asarray(stukken[lang > 0.55 * np.median(lang)]) if len(lang) else stukken


def cut_row(
    strook: Polygon, hoek: float, breedten: Sequence[float], rng: np.random.Generator
) -> list[Polygon]:
    """Cut a strip into parcels, see `make_cuts`."""
    sneden = make_cuts(strook, hoek, breedten, rng)
    if not len(sneden):
        return [strook]
    # A hair longer, so that float noise leaves no cut short of the border.
    langer = [shapely.affinity.scale(s, 1.001, 1.001) for s in sneden]
    net = shapely.union_all([strook.boundary, *langer])
    return parts_of(shapely.polygonize(shapely.get_parts(net)), 8.0)
