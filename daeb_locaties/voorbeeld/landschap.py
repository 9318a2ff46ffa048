"""The lie of the land: river, railway, roads, towns and villages, as macro cells.

Cells come from a Voronoi diagram whose lines are bent by a smooth field, cut by the
strips of river, canal, railway and main road. The cells cover the region exactly.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely import LineString, MultiPoint, Polygon

from daeb_locaties.voorbeeld.dekking import ROOSTER_M
from daeb_locaties.voorbeeld.vlakdeling import Getallen, Vormen

# Lower left corner in RD. The region is fictive; it only has to lie within the country.
OORSPRONG = (118_000.0, 402_000.0)
_TEGEL = (2_800.0, 2_350.0)
_CELMAAT_M = 285.0
_PER_TEGEL = 5_000
# Place in the tile (0..1) and number of neighbourhoods of a town, at 5,000 parcels a tile.
_KERNEN = ((0.36, 0.55, 13), (0.80, 0.22, 4), (0.82, 0.80, 3), (0.12, 0.15, 2), (0.10, 0.92, 1))


@dataclass(frozen=True, slots=True)
class Kern:
    """A town or village: its place, and the number of neighbourhoods that it has."""

    nummer: int
    x: float
    y: float
    omvang: int
    gemeente: int


@dataclass(frozen=True, slots=True)
class Landschap:
    """Macro cells, row for row: shape, kind of strip ("" for land), kern, and gemeente."""

    vorm: Vormen
    strook: npt.NDArray[np.str_]
    kern: npt.NDArray[np.int64]
    afstand_m: Getallen
    kernen: tuple[Kern, ...]

    @property
    def gemeente(self) -> npt.NDArray[np.int64]:
        """The gemeente of every cell: that of its kern."""
        return np.array([k.gemeente for k in self.kernen])[self.kern]


def make_landschap(percelen: int, rng: np.random.Generator) -> Landschap:
    """Make the macro cells of a region that will hold about `percelen` parcels."""
    tegels = max(1, round(percelen / _PER_TEGEL))
    kolommen = math.ceil(math.sqrt(tegels))
    rijen = math.ceil(tegels / kolommen)
    schaal = math.sqrt(percelen / (_PER_TEGEL * kolommen * rijen))
    breed, hoog = kolommen * _TEGEL[0] * schaal, rijen * _TEGEL[1] * schaal
    kernen = _make_kernen(kolommen, rijen, schaal, rng)
    buiging = _Buiging(rng)
    rand = buiging.bend_ring(shapely.segmentize(shapely.box(0, 0, breed, hoog), 40.0))
    stroken = _make_stroken(breed, hoog, rng)
    lijnen = [rand.boundary, *(shapely.boundary(vorm) for _, vorm in stroken)]
    lijnen.extend(_cell_lines(breed, hoog, buiging, rng))
    net = shapely.union_all(
        [shapely.transform(lijn, _to_rd) for lijn in lijnen], grid_size=ROOSTER_M
    )
    vlakken = shapely.get_parts(shapely.polygonize(shapely.get_parts(net)))
    punten = shapely.point_on_surface(vlakken)
    binnen = shapely.contains_properly(shapely.transform(rand, _to_rd), punten)
    vlakken, punten = vlakken[binnen], punten[binnen]
    strook = np.full(len(vlakken), "", dtype="<U8")
    for soort, vorm in reversed(stroken):
        strook[shapely.intersects(shapely.transform(vorm, _to_rd), punten)] = soort
    kern, afstand = _nearest_kern(shapely.centroid(vlakken), kernen)
    volgorde = np.lexsort((shapely.get_y(punten).round(2), shapely.get_x(punten).round(2)))
    return Landschap(vlakken[volgorde], strook[volgorde], kern[volgorde], afstand[volgorde], kernen)


def _to_rd(punten: Getallen) -> Getallen:
    return np.asarray(punten + np.array(OORSPRONG), dtype=np.float64)


def _make_kernen(
    kolommen: int, rijen: int, schaal: float, rng: np.random.Generator
) -> tuple[Kern, ...]:
    """Put the same handful of towns in every tile, mirrored and shifted."""
    uit: list[Kern] = []
    tegels = kolommen * rijen
    gemeenten = min(12, 4 + tegels)
    for tegel in range(tegels):
        spiegel = rng.integers(0, 2, size=2) if tegel else np.zeros(2)
        for x, y, omvang in _KERNEN:
            plek = np.abs(spiegel - np.array([x, y])) + rng.uniform(-0.03, 0.03, size=2)
            plek = (plek + np.array([tegel % kolommen, tegel // kolommen])) * _TEGEL * schaal
            grootte = max(1, round(omvang * schaal * schaal))
            uit.append(Kern(len(uit), float(plek[0]), float(plek[1]), grootte, -1))
    stap = len(uit) / gemeenten
    hoofd = [uit[int(i * stap)] for i in range(gemeenten)]
    plekken = np.array([(k.x, k.y) for k in hoofd])
    return tuple(
        Kern(
            k.nummer,
            k.x + OORSPRONG[0],
            k.y + OORSPRONG[1],
            k.omvang,
            int(np.argmin(np.hypot(*(plekken - [k.x, k.y]).T))),
        )
        for k in uit
    )


def _nearest_kern(
    punten: Vormen, kernen: tuple[Kern, ...]
) -> tuple[npt.NDArray[np.int64], Getallen]:
    """Return the kern that every cell belongs to, and the distance to its centre.

    A larger town reaches further.
    """
    xy = shapely.get_coordinates(punten)
    straal = np.array([0.45 * _CELMAAT_M * math.sqrt(k.omvang) for k in kernen])
    plekken = np.array([(k.x, k.y) for k in kernen])
    beste = np.zeros(len(xy), dtype=np.int64)
    afstand = np.empty(len(xy))
    for begin in range(0, len(xy), 2_000):
        deel = slice(begin, begin + 2_000)
        d = np.hypot(
            xy[deel, None, 0] - plekken[None, :, 0], xy[deel, None, 1] - plekken[None, :, 1]
        )
        beste[deel] = np.argmin(d - straal, axis=1)
        afstand[deel] = d[np.arange(len(d)), beste[deel]]
    return beste, afstand


class _Buiging:
    """A smooth field that bends straight lines into those of grown land."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._golf = rng.uniform(420.0, 900.0, size=4)
        self._fase = rng.uniform(0, 2 * math.pi, size=4)

    def __call__(self, punten: Getallen) -> Getallen:
        x, y = punten[:, 0], punten[:, 1]
        a, b, c, d = (
            np.sin(2 * math.pi * langs / golf + fase)
            for langs, golf, fase in zip((y, x + y, x, x - y), self._golf, self._fase, strict=True)
        )
        return np.column_stack((x + 26 * a + 14 * b, y + 26 * c + 14 * d))

    def bend_ring(self, vorm: Polygon) -> Polygon:
        return shapely.transform(vorm, self)


def _cell_lines(
    breed: float, hoog: float, buiging: _Buiging, rng: np.random.Generator
) -> list[LineString]:
    """Return the bent Voronoi lines of a jittered triangular grid."""
    rijen = math.ceil(hoog / (_CELMAAT_M * 0.9)) + 2
    kolommen = math.ceil(breed / _CELMAAT_M) + 2
    j, i = np.mgrid[-1:rijen, -1:kolommen]
    xy = np.stack(((i + 0.5 * (j % 2)) * _CELMAAT_M, j * _CELMAAT_M * 0.9), axis=-1).reshape(-1, 2)
    xy = xy + rng.uniform(-0.30, 0.30, size=xy.shape) * _CELMAAT_M
    randen = shapely.get_parts(shapely.voronoi_polygons(MultiPoint(xy), only_edges=True))
    return list(shapely.transform(shapely.segmentize(randen, 32.0), buiging))


def _make_stroken(breed: float, hoog: float, rng: np.random.Generator) -> list[tuple[str, Polygon]]:
    """Return the strips, the one that lies on top first."""
    dwars: list[tuple[str, Polygon]] = []
    for k in range(max(1, round(breed / 8_000))):
        x = (k + 0.60) * breed / max(1, round(breed / 8_000))
        spoor = _curve(hoog, x, 60.0, 2_600.0, rng)[:, ::-1]
        dwars.append(("spoor", shapely.buffer(LineString(spoor), 11.0, cap_style="flat")))
    langs: list[tuple[str, Polygon]] = []
    for k in range(max(1, round(hoog / 8_000))):
        deel = hoog / max(1, round(hoog / 8_000))
        rivier = LineString(_curve(breed, (k + 0.30) * deel, 130.0, 1_500.0, rng))
        kanaal = LineString(_curve(breed, (k + 0.88) * deel, 25.0, 4_000.0, rng))
        weg = LineString(_curve(breed, (k + 0.73) * deel, 70.0, 2_200.0, rng))
        langs.append(("rivier", shapely.buffer(rivier, 36.0, cap_style="flat")))
        langs.append(("dijk", shapely.buffer(rivier, 62.0, cap_style="flat")))
        langs.append(("kanaal", shapely.buffer(kanaal, 13.0, cap_style="flat")))
        langs.append(("weg", shapely.buffer(weg, 10.0, cap_style="flat")))
    # A railway bridge crosses the water, the road passes under.
    return [*dwars, *langs]


def _curve(
    lengte: float, midden: float, uitslag_m: float, golf_m: float, rng: np.random.Generator
) -> Getallen:
    """Return a winding line (n, 2) from before 0 to past `lengte`."""
    x = np.arange(-400.0, lengte + 400.0, 18.0)
    fase = rng.uniform(0, 2 * math.pi, size=2)
    y = (
        midden
        + uitslag_m * np.sin(2 * math.pi * x / golf_m + fase[0])
        + 0.45 * uitslag_m * np.sin(2 * math.pi * x / (0.47 * golf_m) + fase[1])
    )
    return np.column_stack((x, y))
