"""Circular arcs as chains of straight chords that stay within a stated distance of the arc."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

BOOGTOLERANTIE_M = 0.001
"""A chord lies at most this far from its arc: a millimetre, finer than any survey.

With chords at a distance h from an arc of length L the area between them is at most
2/3 h L: for an arc of 100 m less than 0.07 m2.
"""

MEESTE_KOORDEN = 100_000
"""More chords no arc in the Netherlands needs: a circle of 1,000 km takes 70,000."""

_GROOTSTE_STAP = math.radians(45.0)
_RECHT = 1e-12

Punten = NDArray[np.float64]


class BoogFoutError(ValueError):
    """An arc that would take an absurd number of chords; the text is Dutch."""


def stroke_arc(punten: Punten, tolerantie_m: float = BOOGTOLERANTIE_M) -> tuple[Punten, float]:
    """Replace an arc through three points by chords.

    Parameters
    ----------
    punten
        Shape (3, 2): begin, a point on the arc, end. Begin equal to end means a whole
        circle with the middle point opposite, as in `gml:Arc`.
    tolerantie_m
        Greatest distance between chord and arc, in the unit of the coordinates.

    Returns
    -------
    tuple
        The chain, shape (n, 2), n >= 3, that begins, passes and ends exactly in the given
        points; and the area between arc and chords, always >= 0. Three points on a line
        give themselves and 0. The same arc the other way round gives the same points
        reversed, so that neighbours that share an arc still share a border.
    """
    begin, midden, eind = punten
    if tuple(begin) > tuple(eind):
        keten, verlies = stroke_arc(punten[::-1], tolerantie_m)
        return keten[::-1], verlies
    middelpunt = _centre(begin, midden, eind)
    if middelpunt is None:
        return punten.copy(), 0.0
    straal = float(np.hypot(*(begin - middelpunt)))
    hoek_begin, hoek_midden, hoek_eind = (
        math.atan2(punt[1] - middelpunt[1], punt[0] - middelpunt[0]) for punt in punten
    )
    draai = _turn(begin, midden, eind)
    eerste = _swept(hoek_begin, hoek_midden, draai)
    tweede = _swept(hoek_midden, hoek_eind, draai)
    links, verlies_links = _chords(middelpunt, straal, hoek_begin, eerste, tolerantie_m)
    rechts, verlies_rechts = _chords(middelpunt, straal, hoek_midden, tweede, tolerantie_m)
    keten = np.vstack([begin, links, midden, rechts, eind])
    return keten, verlies_links + verlies_rechts


def stroke_circle(punten: Punten, tolerantie_m: float = BOOGTOLERANTIE_M) -> tuple[Punten, float]:
    """Replace a circle through three points (`gml:Circle`) by a closed chain of chords.

    Parameters and results as `stroke_arc`; the chain ends where it begins. Three points
    on a line are no circle: they give themselves, closed, and 0.
    """
    begin, midden, eind = punten
    heen, verlies_heen = stroke_arc(punten, tolerantie_m)
    middelpunt = _centre(begin, midden, eind)
    if middelpunt is None:
        return np.vstack([punten, begin]), 0.0
    # The far side: the point on the circle opposite to the middle of the arc given.
    hoek_eind, hoek_begin = (
        math.atan2(punt[1] - middelpunt[1], punt[0] - middelpunt[0]) for punt in (eind, begin)
    )
    rest = _swept(hoek_eind, hoek_begin, _turn(begin, midden, eind))
    straal = float(np.hypot(*(begin - middelpunt)))
    top = middelpunt + straal * np.array(
        [math.cos(hoek_eind + rest / 2), math.sin(hoek_eind + rest / 2)]
    )
    terug, verlies_terug = stroke_arc(np.vstack([eind, top, begin]), tolerantie_m)
    return np.vstack([heen, terug[1:]]), verlies_heen + verlies_terug


def circle_points(middelpunt: Punten, straal: float) -> Punten:
    """Give three points on the circle around a centre (`gml:CircleByCenterPoint`)."""
    hoeken = np.radians([0.0, 120.0, 240.0])
    punten: Punten = middelpunt + straal * np.column_stack([np.cos(hoeken), np.sin(hoeken)])
    return punten


def _centre(begin: Punten, midden: Punten, eind: Punten) -> Punten | None:
    """Centre of the circle through three points; None when they lie on a line."""
    if np.array_equal(begin, eind):
        return None if np.array_equal(begin, midden) else (begin + midden) / 2
    # Relative to the first point: RD coordinates squared would cost half the digits.
    a, b = midden - begin, eind - begin
    kruis = float(a[0] * b[1] - a[1] * b[0])
    schaal = float(np.hypot(*a) * np.hypot(*b))
    if schaal == 0.0 or abs(kruis) <= _RECHT * schaal:
        return None
    aa, bb = float(a @ a), float(b @ b)
    x = (b[1] * aa - a[1] * bb) / (2 * kruis)
    y = (a[0] * bb - b[0] * aa) / (2 * kruis)
    middelpunt: Punten = begin + np.array([x, y])
    return middelpunt


def _turn(begin: Punten, midden: Punten, eind: Punten) -> int:
    """+1 when the arc runs counter-clockwise, -1 when clockwise."""
    a, b = midden - begin, eind - midden
    return 1 if a[0] * b[1] - a[1] * b[0] >= 0 else -1


def _swept(van: float, tot: float, draai: int) -> float:
    """Angle from `van` to `tot` in the sense `draai`, signed, at most a whole turn."""
    hoek = (tot - van) * draai % (2 * math.pi)
    return draai * hoek


def _chords(
    middelpunt: Punten, straal: float, begin: float, hoek: float, tolerantie_m: float
) -> tuple[Punten, float]:
    """Points strictly between the ends of an arc, and the area that its chords cut off."""
    pijl = min(max(tolerantie_m / straal, 0.0), 1.0)
    # Sagitta s = r (1 - cos(step / 2)), solved for the step; arcsin keeps its digits.
    stap = min(4.0 * math.asin(math.sqrt(pijl / 2.0)), _GROOTSTE_STAP)
    aantal = max(math.ceil(abs(hoek) / stap), 1)
    if aantal > MEESTE_KOORDEN:
        raise BoogFoutError("een boog is te groot om in rechte stukjes te verdelen")
    deel = hoek / aantal
    hoeken = begin + deel * np.arange(1, aantal)
    punten = middelpunt + straal * np.column_stack([np.cos(hoeken), np.sin(hoeken)])
    kap = abs(deel) - math.sin(abs(deel))
    return punten, aantal * straal * straal * kap / 2.0
