"""Dividing counts over parts so that they add up to the last home."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence

from daeb_locaties.begrippen import Component, Maat
from daeb_locaties.errors import LocatieError
from daeb_locaties.model import Aantal

Aantallen = tuple[Aantal, ...]
_Sleutel = tuple[Component, Maat, int | None]


def divide_number(aantal: int, gewichten: Sequence[float]) -> tuple[int, ...]:
    """Divide a whole number by weights; the parts add up to it.

    Home by home to the part that has the fewest for its weight (Sainte-Lague). Unlike the
    rounding of remainders, a larger number never gives a part less, so that minimum,
    likely and maximum keep their order in every part.

    Parameters
    ----------
    aantal
        The number; below zero each part gets at most zero.
    gewichten
        One per part, all above zero.
    """
    if aantal < 0:
        return tuple(-deel for deel in divide_number(-aantal, gewichten))
    totaal = sum(gewichten)
    # What each part gets for certain goes at once; only the rest goes home by home.
    zeker = [max(0, int(aantal * gewicht / totaal) - len(gewichten)) for gewicht in gewichten]
    rij = [((2 * n + 1) / g, i) for i, (n, g) in enumerate(zip(zeker, gewichten, strict=True))]
    heapq.heapify(rij)
    delen = list(zeker)
    for _ in range(aantal - sum(zeker)):
        _, i = rij[0]
        delen[i] += 1
        heapq.heapreplace(rij, ((2 * delen[i] + 1) / gewichten[i], i))
    return tuple(delen)


def divide_counts(aantallen: Aantallen, gewichten: Sequence[float]) -> tuple[Aantallen, ...]:
    """Divide every count by weights; a part that gets none is known to have 0."""
    delen: list[list[Aantal]] = [[] for _ in gewichten]
    for a in aantallen:
        likely = divide_number(a.waarschijnlijk, gewichten)
        laag = _divide_bound(a.minimum, gewichten)
        hoog = _divide_bound(a.maximum, gewichten)
        for i, deel in enumerate(delen):
            deel.append(Aantal(a.component, a.maat, a.jaar, likely[i], laag[i], hoog[i]))
    return tuple(tuple(deel) for deel in delen)


def require_sum(heel: Aantallen, delen: Sequence[Aantallen], waar: str) -> None:
    """Refuse a division that does not add up to the whole.

    Raises
    ------
    LocatieError
        With every count that differs, and by how much.
    """
    fouten = []
    samen = add_counts(delen)
    heel_op_sleutel = {_key(a): a for a in heel}
    for sleutel in sorted({*heel_op_sleutel, *samen}, key=str):
        oud, nieuw = heel_op_sleutel.get(sleutel), samen.get(sleutel)
        if oud is None or nieuw is None or _bounds(oud) != _bounds(nieuw):
            component, maat, jaar = sleutel
            fouten.append(
                f"{component.label} {maat.label} {jaar or 'zonder jaar'}: "
                f"{_show(nieuw)} in plaats van {_show(oud)}"
            )
    if fouten:
        raise LocatieError(
            f"de verdeling telt niet op tot het geheel ({'; '.join(fouten)}).",
            waar=waar,
            herstel="Verdeel alle woningen, niet meer en niet minder.",
        )


def add_counts(delen: Sequence[Aantallen]) -> Mapping[_Sleutel, Aantal]:
    """Add counts up by component, measure and year.

    A count without bounds is taken as sure where another one has bounds.
    """
    groepen: dict[_Sleutel, list[Aantal]] = {}
    for a in (a for deel in delen for a in deel):
        groepen.setdefault(_key(a), []).append(a)
    return {
        sleutel: Aantal(
            *sleutel,
            sum(a.waarschijnlijk for a in groep),
            _add_bound(groep, "minimum"),
            _add_bound(groep, "maximum"),
        )
        for sleutel, groep in groepen.items()
    }


def _add_bound(groep: Sequence[Aantal], grens: str) -> int | None:
    waarden = [getattr(a, grens) for a in groep]
    if all(waarde is None for waarde in waarden):
        return None
    return sum(
        a.waarschijnlijk if waarde is None else waarde
        for a, waarde in zip(groep, waarden, strict=True)
    )


def _divide_bound(grens: int | None, gewichten: Sequence[float]) -> Sequence[int | None]:
    return [None] * len(gewichten) if grens is None else divide_number(grens, gewichten)


def _key(aantal: Aantal) -> _Sleutel:
    return aantal.component, aantal.maat, aantal.jaar


def _bounds(aantal: Aantal) -> tuple[int | None, int, int | None]:
    return aantal.minimum, aantal.waarschijnlijk, aantal.maximum


def _show(aantal: Aantal | None) -> str:
    if aantal is None:
        return "geen"
    laag, likely, hoog = _bounds(aantal)
    return str(likely) if laag is None and hoog is None else f"{laag}-{likely}-{hoog}"
