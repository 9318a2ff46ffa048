"""Compiled loops from text to WKB: coordinates of GML and GeoJSON, read to the bit as Python does.

Every loop gives -1 where a parser must look, and -2 where there is no more room.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kaartlagen.compileren import exact_kernel

Bytes = npt.NDArray[np.uint8]
Getallen = npt.NDArray[np.float64]

_MACHTEN = np.array([10.0**k for k in range(23)])
"""Powers of ten that are exact."""

MEESTE_CIJFERS = 18
_HELFT = 134_217_729.0  # 2**27 + 1: parts a number in halves of 26 bits
_TWIJFEL = 1e-15
_EXACT = 9_007_199_254_740_992  # 2**53


@exact_kernel
def _divide(teller: np.int64, macht: float) -> tuple[float, bool]:
    """Divide a whole number by a power of ten: the quotient, rightly rounded, and whether sure."""
    if teller < _EXACT:
        return teller / macht, True
    hoog = float(teller)
    laag = float(teller - np.int64(hoog))
    q = hoog / macht
    # The remainder of that division without rounding (Dekker 1971).
    qh = q * _HELFT
    qh = qh - (qh - q)
    ql = q - qh
    mh = macht * _HELFT
    mh = mh - (mh - macht)
    ml = macht - mh
    product = q * macht
    fout = ((qh * mh - product) + qh * ml + ql * mh) + ql * ml
    rest = (((hoog - product) - fout) + laag) / macht
    uit = q + rest
    zeker = q + rest * (1.0 + _TWIJFEL) == uit and q + rest * (1.0 - _TWIJFEL) == uit
    return uit, zeker


@exact_kernel
def read_decimal(data: Bytes, p: int, einde: int, uit: Getallen, plek: int) -> int:
    """Read a number without exponent at p into `uit[plek]`; give where it ends, or -1."""
    minus = p < einde and data[p] == 45
    if minus:
        p += 1
    begin = p
    teller = np.int64(0)
    while p < einde and 48 <= data[p] <= 57:
        teller = 10 * teller + np.int64(data[p] - 48)
        p += 1
        if p - begin > MEESTE_CIJFERS:
            return -1
    cijfers = p - begin
    if cijfers == 0 or (cijfers > 1 and data[begin] == 48):
        return -1
    na = 0
    if p < einde and data[p] == 46:
        p += 1
        begin = p
        while p < einde and 48 <= data[p] <= 57:
            teller = 10 * teller + np.int64(data[p] - 48)
            p += 1
            if cijfers + p - begin > MEESTE_CIJFERS:
                return -1
        na = p - begin
        if na == 0:
            return -1
    getal, zeker = _divide(teller, _MACHTEN[na])
    if not zeker:
        return -1
    uit[plek] = -getal if minus else getal
    return p


@exact_kernel
def _put_u32(uit: Bytes, w: int, getal: int) -> None:
    for k in range(4):
        uit[w + k] = (getal >> (8 * k)) & 255


@exact_kernel
def put_head(uit: Bytes, w: int, soort: int, aantal: int) -> int:
    """Write the head of a WKB geometry; give where it ends."""
    uit[w] = 1
    _put_u32(uit, w + 1, soort)
    _put_u32(uit, w + 5, aantal)
    return w + 9


@exact_kernel
def _close_ring(uit: Bytes, w: int, punten: int) -> bool:
    """Write how many points the ring has that begins at w; say whether it is a ring."""
    if punten < 4:
        return False
    laatste = w + 4 + 16 * (punten - 1)
    for k in range(16):
        if uit[w + 4 + k] != uit[laatste + k]:
            return False
    _put_u32(uit, w, punten)
    return True


@exact_kernel
def _is_space(teken: int) -> bool:
    return teken in (32, 10, 9, 13)


@exact_kernel
def skip_space(data: Bytes, p: int, einde: int) -> int:
    """Give the first place from p on that holds no space, as XML and JSON know it."""
    while p < einde and _is_space(data[p]):
        p += 1
    return p


@exact_kernel
def read_points(
    data: Bytes, p: int, einde: int, uit: Bytes, w: int, twee: Getallen
) -> tuple[int, int]:
    """Read `x y x y ...` up to a tag as a ring of WKB; give where both end, or -1."""
    ruw = twee.view(np.uint8)
    begin = w
    w += 4
    punten = 0
    while True:
        p = skip_space(data, p, einde)
        if p < einde and data[p] == 60:
            break
        p = read_decimal(data, p, einde, twee, 0)
        if p < 0 or p >= einde or not _is_space(data[p]):
            return -1, w
        p = read_decimal(data, skip_space(data, p, einde), einde, twee, 1)
        if p < 0 or p >= einde or not (_is_space(data[p]) or data[p] == 60):
            return -1, w
        if w + 16 > len(uit):
            return -2, w
        for k in range(16):
            uit[w + k] = ruw[k]
        w += 16
        punten += 1
    if not _close_ring(uit, begin, punten):
        return -1, w
    return p, w


@exact_kernel
def _expect(data: Bytes, p: int, einde: int, teken: int) -> int:
    """Give the place after some sign, with space around it; -1 when it is not there."""
    p = skip_space(data, p, einde)
    if p >= einde or data[p] != teken:
        return -1
    return skip_space(data, p + 1, einde)


@exact_kernel
def _json_ring(
    data: Bytes, p: int, einde: int, uit: Bytes, w: int, twee: Getallen
) -> tuple[int, int]:
    """Read [[x, y], ...] at p as a ring of WKB; give where both end, or -1."""
    ruw = twee.view(np.uint8)
    begin = w
    w += 4
    punten = 0
    p = _expect(data, p, einde, 91)
    while p >= 0:
        p = _expect(data, p, einde, 91)
        if p < 0:
            return -1, w
        p = read_decimal(data, p, einde, twee, 0)
        if p < 0:
            return -1, w
        p = _expect(data, p, einde, 44)
        if p < 0:
            return -1, w
        p = read_decimal(data, p, einde, twee, 1)
        if p < 0:
            return -1, w
        p = _expect(data, p, einde, 93)
        if p < 0 or p >= einde:
            return -1, w
        if w + 16 > len(uit):
            return -2, w
        for k in range(16):
            uit[w + k] = ruw[k]
        w += 16
        punten += 1
        if data[p] == 44:
            p = skip_space(data, p + 1, einde)
            continue
        p = _expect(data, p, einde, 93)
        break
    if p < 0 or not _close_ring(uit, begin, punten):
        return -1, w
    return p, w


@exact_kernel
def read_json_polygon(
    data: Bytes, p: int, einde: int, uit: Bytes, w: int, twee: Getallen
) -> tuple[int, int]:
    """Read [ring, ...] at p as a WKB polygon; give where both end, or -1."""
    begin = w
    if w + 64 > len(uit):
        return -2, w
    w = put_head(uit, w, 3, 0)
    ringen = 0
    p = _expect(data, p, einde, 91)
    while p >= 0:
        if w + 64 > len(uit):
            return -2, w
        p, w = _json_ring(data, p, einde, uit, w, twee)
        if p < 0:
            return p, w
        ringen += 1
        if p < einde and data[p] == 44:
            p = skip_space(data, p + 1, einde)
            continue
        p = _expect(data, p, einde, 93)
        break
    _put_u32(uit, begin + 5, ringen)
    return p, w


@exact_kernel
def read_json_polygons(
    data: Bytes, p: int, einde: int, uit: Bytes, w: int, twee: Getallen
) -> tuple[int, int]:
    """Read [polygon, ...] at p as a WKB multipolygon; give where both end, or -1."""
    begin = w
    if w + 64 > len(uit):
        return -2, w
    w = put_head(uit, w, 6, 0)
    vlakken = 0
    p = _expect(data, p, einde, 91)
    while p >= 0:
        p, w = read_json_polygon(data, p, einde, uit, w, twee)
        if p < 0:
            return p, w
        vlakken += 1
        if p < einde and data[p] == 44:
            p = skip_space(data, p + 1, einde)
            continue
        p = _expect(data, p, einde, 93)
        break
    _put_u32(uit, begin + 5, vlakken)
    return p, w
