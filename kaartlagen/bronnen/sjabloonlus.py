"""The compiled loop of `sjabloon`: holding bytes against templates and taking the values.

Compiled code is kept by the date of this module: after a change in `puntlus` this one must
be touched too. An installation writes both.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kaartlagen.bronnen.puntlus import (
    MEESTE_CIJFERS,
    put_head,
    read_json_polygon,
    read_json_polygons,
    read_points,
    skip_space,
)
from kaartlagen.compileren import exact_entry, exact_kernel

Bytes = npt.NDArray[np.uint8]
Nummers = npt.NDArray[np.int64]
Getallen = npt.NDArray[np.float64]


class Gat(IntEnum):
    """What stands in a gap."""

    EINDE = 0
    TEKST = 1  # of an XML element, not blank, up to the next tag
    ATTRIBUUT = 2  # up to the quote that stands before it
    PUNTEN = 3  # x y x y ... up to the next tag: a ring
    WAARDE = 4  # a JSON string, number, true, false or null
    VLAK = 5  # JSON coordinates of a Polygon
    VLAKKEN = 6  # and of a MultiPolygon


class Aard(IntEnum):
    """What kind of value was found; NIETS for null and for what a piece does not have."""

    NIETS = 0
    TEKST = 1
    GEHEEL = 2
    GETAL = 3
    WAARHEID = 4


class Bundel(NamedTuple):
    """Templates as arrays: gap k of all is literal `vast[plek[k]:plek[k + 1]]` and what follows.

    Template t has gaps `eerste[t]` to `eerste[t + 1]`; `ringen[t]` counts its rings of points.
    """

    vast: Bytes
    plek: Nummers
    gat: Nummers
    veld: Nummers
    eerste: Nummers
    ringen: Nummers


class Vangst(NamedTuple):
    """What the loop takes: per row and field where its value stands, and WKB one after another.

    `vorm` (n + 1) says where the WKB of each row begins; of a row without geometry it is
    empty. `anders[0]` is set when a value holds other than ASCII signs.
    """

    begin: Nummers
    einde: Nummers
    aard: npt.NDArray[np.int8]
    wkb: Bytes
    vorm: Nummers
    anders: Nummers


_NULL = np.frombuffer(b"null", np.uint8)
_TRUE = np.frombuffer(b"true", np.uint8)
_FALSE = np.frombuffer(b"false", np.uint8)
_TEKST, _GEHEEL, _GETAL, _WAARHEID = (int(aard) for aard in list(Aard)[1:])
_NIETS = int(Aard.NIETS)
_GAT_EINDE, _GAT_TEKST, _GAT_PUNTEN = int(Gat.EINDE), int(Gat.TEKST), int(Gat.PUNTEN)
_GAT_WAARDE, _GAT_VLAK, _GAT_VLAKKEN = int(Gat.WAARDE), int(Gat.VLAK), int(Gat.VLAKKEN)


@exact_kernel
def _xml_text(data: Bytes, p: int, einde: int, slot: int) -> tuple[int, int, int, int]:
    """Pass the text at p up to the sign `slot`: where that stands, and what of it is filled.

    The first is -1 where a parser must look. The last is 1 when it holds other than ASCII.
    """
    van, tot, anders = -1, -1, 0
    while p < einde and data[p] != slot:
        teken = data[p]
        # References, an end of CDATA, control signs, and the first byte of U+FFFE.
        if teken in (38, 60, 62, 239) or (teken < 32 and (slot != 60 or teken not in (9, 10))):
            return -1, van, tot, anders
        if teken > 126:
            anders = 1
        if teken > 32:
            van = p if van < 0 else van
            tot = p + 1
        p += 1
    if p >= einde or van < 0:
        return -1, van, tot, anders
    return p, van, tot, anders


@exact_kernel
def _json_value(data: Bytes, p: int, einde: int) -> tuple[int, int, int, int, int]:
    """Pass the JSON value at p: where it ends, from where to where it is, its Aard, other signs."""
    if p >= einde:
        return -1, 0, 0, 0, 0
    teken = data[p]
    anders = 0
    if teken == 34:
        van = p + 1
        p = van
        while p < einde and data[p] != 34:
            if data[p] == 92 or data[p] < 32:
                return -1, 0, 0, 0, 0
            if data[p] > 126:
                anders = 1
            p += 1
        if p >= einde:
            return -1, 0, 0, 0, 0
        return p + 1, van, p, _TEKST, anders
    if teken in (110, 116, 102):
        woord = _NULL if teken == 110 else _TRUE if teken == 116 else _FALSE
        if p + len(woord) > einde:
            return -1, 0, 0, 0, 0
        for k in range(len(woord)):
            if data[p + k] != woord[k]:
                return -1, 0, 0, 0, 0
        einde_woord = p + len(woord)
        if teken == 110:
            return einde_woord, -1, -1, _NIETS, 0
        return einde_woord, p, einde_woord, _WAARHEID, 0
    return _json_number(data, p, einde)


@exact_kernel
def _json_number(data: Bytes, p: int, einde: int) -> tuple[int, int, int, int, int]:
    van = p
    if data[p] == 45:
        p += 1
    cijfers = p
    while p < einde and 48 <= data[p] <= 57:
        p += 1
    lengte = p - cijfers
    if lengte == 0 or lengte > MEESTE_CIJFERS or (lengte > 1 and data[cijfers] == 48):
        return -1, 0, 0, 0, 0
    aard = _GEHEEL
    if p < einde and data[p] == 46:
        aard = _GETAL
        p += 1
        cijfers = p
        while p < einde and 48 <= data[p] <= 57:
            p += 1
        if p == cijfers:
            return -1, 0, 0, 0, 0
    if p < einde and data[p] in (69, 101):
        return -1, 0, 0, 0, 0
    return p, van, p, aard, 0


@exact_kernel
def _same(data: Bytes, p: int, vast: Bytes, van: int, tot: int) -> bool:
    """Say whether the bytes at p are those of a literal."""
    if p + tot - van > len(data):
        return False
    verschil = np.uint8(0)
    for k in range(tot - van):
        verschil |= data[p + k] ^ vast[van + k]
    gelijk: bool = verschil == 0
    return gelijk


@exact_kernel
def _shape(data: Bytes, p: int, soort: int, wkb: Bytes, w: int, twee: Getallen) -> tuple[int, int]:
    """Read the points of a gap as WKB; give where both end."""
    einde = len(data)
    if w + 64 > len(wkb):
        return -2, w
    if soort == _GAT_PUNTEN:
        return read_points(data, p, einde, wkb, w, twee)
    if soort == _GAT_VLAK:
        return read_json_polygon(data, p, einde, wkb, w, twee)
    return read_json_polygons(data, p, einde, wkb, w, twee)


@exact_kernel
def _value(data: Bytes, p: int, soort: int, veld: int, vangst: Vangst, rij: int) -> int:
    """Take the value of a gap; give where it ends."""
    einde = len(data)
    if soort == _GAT_WAARDE:
        p, van, tot, aard, anders = _json_value(data, p, einde)
    else:
        slot = 60 if soort == _GAT_TEKST else int(data[p - 1])
        p, van, tot, anders = _xml_text(data, p, einde, slot)
        aard = _TEKST
    if p < 0:
        return -1
    if veld >= 0:
        # What Python calls a space and XML does not: a parser must trim it.
        if soort != _GAT_WAARDE and (data[van] > 126 or data[tot - 1] > 126):
            return -1
        vangst.begin[rij, veld], vangst.einde[rij, veld] = van, tot
        vangst.aard[rij, veld] = aard
    vangst.anders[0] |= anders
    return p


@exact_kernel
def _take(
    data: Bytes, p: int, bundel: Bundel, t: int, vangst: Vangst, rij: int, twee: Getallen
) -> tuple[int, int]:
    """Hold the piece at p against template t; give where it and its WKB end, or -1 or -2."""
    w = vangst.vorm[rij]
    if bundel.ringen[t]:
        if w + 64 > len(vangst.wkb):
            return -2, w
        w = put_head(vangst.wkb, w, 3, bundel.ringen[t])
    for veld in range(vangst.begin.shape[1]):
        vangst.begin[rij, veld], vangst.einde[rij, veld] = -1, -1
        vangst.aard[rij, veld] = _NIETS
    for gat in range(bundel.eerste[t], bundel.eerste[t + 1]):
        van, tot = bundel.plek[gat], bundel.plek[gat + 1]
        if not _same(data, p, bundel.vast, van, tot):
            return -1, w
        p += tot - van
        soort = bundel.gat[gat]
        if soort == _GAT_EINDE:
            break
        if soort in (_GAT_PUNTEN, _GAT_VLAK, _GAT_VLAKKEN):
            p, w = _shape(data, p, soort, vangst.wkb, w, twee)
        else:
            p = _value(data, p, soort, bundel.veld[gat], vangst, rij)
        if p < 0:
            break
    return p, w


@exact_entry
def take_pieces(
    data: Bytes, p: int, bundel: Bundel, vangst: Vangst, rij: int, tussen: int
) -> tuple[int, int, int]:
    """Take the pieces from p on as rows from `rij` on, as far as they fit a template.

    Parameters
    ----------
    data
        The text.
    p
        Where to begin: at a piece, or at space before it.
    bundel
        The templates.
    vangst
        Where the values go; it has been filled up to `rij`.
    rij
        The number of the first row.
    tussen
        The sign that stands between pieces, 0 for none. It is passed after a piece when
        another follows.

    Returns
    -------
    tuple
        Where it ended, the next row, and why: 0 at the end of the text, 1 at a piece that
        fits no template, 2 for want of room.
    """
    twee = np.empty(2)
    einde = len(data)
    sjablonen = len(bundel.eerste) - 1
    laatste = 0
    p = skip_space(data, p, einde)
    while p < einde:
        if rij >= len(vangst.begin):
            return p, rij, 2
        q, w = -1, 0
        for poging in range(sjablonen):
            t = (laatste + poging) % sjablonen
            q, w = _take(data, p, bundel, t, vangst, rij, twee)
            if q == -2:
                return p, rij, 2
            if q >= 0:
                laatste = t
                break
        if q < 0:
            return p, rij, 1
        rij += 1
        vangst.vorm[rij] = w
        p = skip_space(data, q, einde)
        if tussen and p < einde and data[p] == tussen:
            p = skip_space(data, p + 1, einde)
    return p, rij, 0


@exact_entry
def copy_pieces(data: Bytes, begin: Nummers, plaats: Nummers, uit: Bytes) -> None:
    """Copy pieces of some lengths after one another."""
    for i in range(len(begin)):
        for k in range(plaats[i + 1] - plaats[i]):
            uit[plaats[i] + k] = data[begin[i] + k]
