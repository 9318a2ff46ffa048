"""A strict reader of vector tiles, written from the specification (Mapbox Vector Tile 2.1).

It shares nothing with the writer, and refuses what a lenient reader would let pass.
"""

from __future__ import annotations

from dataclasses import dataclass

import shapely
from shapely import MultiPolygon, Polygon

Ring = list[tuple[int, int]]


@dataclass(frozen=True)
class Gelezen:
    """One object: its id, its class, and its polygons as rings (the first one outside)."""

    id: int
    klasse: str | None
    polygonen: list[list[Ring]]

    @property
    def dubbele_oppervlakte(self) -> int:
        """Twice the area in square units; holes count down."""
        return sum(dubbel(ring) for polygoon in self.polygonen for ring in polygoon)

    @property
    def vorm(self) -> shapely.Geometry:
        return MultiPolygon([Polygon(p[0], p[1:]) for p in self.polygonen])


@dataclass(frozen=True)
class GelezenLaag:
    naam: str
    objecten: list[Gelezen]
    waarden: list[str]


def dubbel(ring: Ring) -> int:
    paren = zip(ring, [*ring[1:], ring[0]], strict=True)
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in paren)


def decode(tegel: bytes) -> list[GelezenLaag]:
    lagen = []
    for veld, inhoud in _fields(tegel):
        assert veld == 3, "a tile holds layers only"
        lagen.append(_layer(inhoud))
    return lagen


def decode_one(tegel: bytes) -> GelezenLaag:
    (laag,) = decode(tegel)
    return laag


def _layer(inhoud: bytes) -> GelezenLaag:
    velden = list(_fields(inhoud))
    enkel = {veld: waarde for veld, waarde in velden if veld in {1, 5, 15}}
    assert enkel[15] == 2
    assert enkel[5] == 4096
    sleutels = [w.decode() for v, w in velden if v == 3]
    assert len(set(sleutels)) == len(sleutels)
    waarden = [_value(w) for v, w in velden if v == 4]
    assert len(set(waarden)) == len(waarden)
    objecten = [_feature(w, sleutels, waarden) for v, w in velden if v == 2]
    assert objecten, "a layer without features should not be there"
    return GelezenLaag(enkel[1].decode(), objecten, waarden)


def _value(inhoud: bytes) -> str:
    ((veld, waarde),) = _fields(inhoud)
    assert veld == 1
    return waarde.decode()


def _feature(inhoud: bytes, sleutels: list[str], waarden: list[str]) -> Gelezen:
    velden = dict(_fields(inhoud))
    assert velden[3] == 3, "polygons only"
    merken = _packed(velden.get(2, b""))
    assert len(merken) in {0, 2}
    klasse = None
    if merken:
        assert sleutels[merken[0]] == "k"
        klasse = waarden[merken[1]]
    return Gelezen(velden[1], klasse, _polygons(_packed(velden[4])))


def _polygons(bevelen: list[int]) -> list[list[Ring]]:
    polygonen: list[list[Ring]] = []
    x = y = 0
    plek = 0
    while plek < len(bevelen):
        assert bevelen[plek] == 9, "MoveTo, once"
        aantal, soort = bevelen[plek + 3] >> 3, bevelen[plek + 3] & 7
        assert soort == 2
        assert aantal >= 2
        paren = [bevelen[plek + 1 : plek + 3]]
        paren += [bevelen[plek + 4 + 2 * k : plek + 6 + 2 * k] for k in range(aantal)]
        ring: Ring = []
        for nummer, (dx, dy) in enumerate(paren):
            assert nummer == 0 or dx or dy, "a LineTo must go somewhere"
            x, y = x + _zigzag(dx), y + _zigzag(dy)
            ring.append((x, y))
        assert ring[0] != ring[-1], "ClosePath closes, not a repeated point"
        plek += 4 + 2 * aantal
        assert bevelen[plek] == 15
        plek += 1
        oppervlakte = dubbel(ring)
        assert oppervlakte != 0
        if oppervlakte > 0:
            polygonen.append([ring])
        else:
            assert polygonen, "a hole needs a polygon before it"
            polygonen[-1].append(ring)
    assert polygonen
    return polygonen


def _zigzag(waarde: int) -> int:
    return (waarde >> 1) ^ -(waarde & 1)


def _packed(inhoud: bytes) -> list[int]:
    uit, plek = [], 0
    while plek < len(inhoud):
        waarde, plek = _varint(inhoud, plek)
        uit.append(waarde)
    return uit


def _fields(inhoud: bytes) -> list[tuple[int, object]]:
    uit: list[tuple[int, object]] = []
    plek = 0
    while plek < len(inhoud):
        merk, plek = _varint(inhoud, plek)
        if merk & 7 == 0:
            waarde, plek = _varint(inhoud, plek)
            uit.append((merk >> 3, waarde))
            continue
        assert merk & 7 == 2
        lengte, plek = _varint(inhoud, plek)
        assert plek + lengte <= len(inhoud)
        uit.append((merk >> 3, inhoud[plek : plek + lengte]))
        plek += lengte
    return uit


def _varint(inhoud: bytes, plek: int) -> tuple[int, int]:
    waarde = schuif = 0
    while True:
        stuk = inhoud[plek]
        waarde |= (stuk & 127) << schuif
        plek += 1
        schuif += 7
        if stuk < 128:
            return waarde, plek
