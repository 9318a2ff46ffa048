"""Guard against counting a home twice: suspected pairs, and which of them is set aside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from shapely import Point

from daeb_locaties.akkoord import Drempels
from daeb_locaties.begrippen import Maat
from daeb_locaties.model import Dubbelpaar, Locatie, Oordeel
from kaartlagen.overlay import area_join

ZELFDE_GROND = "zelfde grond"
ZELFDE_VORM = "vrijwel dezelfde vorm"
ZELFDE_PUNT = "zelfde punt"
TWEE_CORPORATIES = "twee corporaties op een plek"
TWEE_GEMEENTEN = "een plek in twee gemeenten"
ZELFDE_CODE = "zelfde plancode"
ZELFDE_NAAM = "zelfde naam in een gemeente"
REDENEN = (
    ZELFDE_GROND,
    ZELFDE_VORM,
    ZELFDE_PUNT,
    TWEE_CORPORATIES,
    TWEE_GEMEENTEN,
    ZELFDE_CODE,
    ZELFDE_NAAM,
)
"""Why two locaties may hold the same homes, in the order in which a pair names them."""

_CODE_LENGTE = 6
"""Shorter ids (a row number, say) are the same in two sources by chance."""


@dataclass(slots=True)
class _Verdenking:
    """What speaks for one pair so far."""

    redenen: set[str] = field(default_factory=set)
    overlap_m2: float = 0.0
    aandeel: float = 0.0
    apart: bool = False


_Paar = tuple[str, str]


def find_dubbelparen(
    locaties: Sequence[Locatie], gemeentecode: Mapping[str, str | None], drempels: Drempels
) -> tuple[Dubbelpaar, ...]:
    """Find pairs of locaties that may hold the same homes.

    Parameters
    ----------
    locaties
        All locaties; order does not matter.
    gemeentecode
        By locatie id; None where no gemeente is known.
    drempels
        `dubbel_aandeel` makes a pair suspect, `gelijk_aandeel` calls two shapes nearly
        the same, `apart_aandeel` sets one of a pair aside.

    Returns
    -------
    tuple of Dubbelpaar
        One per pair of ids (the lower id first) with every reason that holds, in the order
        of `REDENEN`; ordered by ids.
    """
    orde = sorted(locaties, key=lambda loc: loc.id)
    paren: dict[_Paar, _Verdenking] = {}
    _same_ground(orde, gemeentecode, drempels, paren)
    _same_point(orde, paren)
    _same_code(orde, paren)
    _same_name(orde, gemeentecode, paren)
    return tuple(
        Dubbelpaar(
            *sleutel,
            "; ".join(reden for reden in REDENEN if reden in v.redenen),
            v.overlap_m2,
            v.aandeel,
            v.apart,
        )
        for sleutel, v in sorted(paren.items())
    )


def _same_ground(
    orde: Sequence[Locatie],
    gemeentecode: Mapping[str, str | None],
    drempels: Drempels,
    paren: dict[_Paar, _Verdenking],
) -> None:
    vlakken = [loc for loc in orde if not isinstance(loc.geometrie_rd, Point)]
    vormen = np.asarray([loc.geometrie_rd for loc in vlakken], dtype=object)
    gedeeld = area_join(vormen, vormen)
    for i, j, area in zip(gedeeld.left, gedeeld.right, gedeeld.area_m2, strict=True):
        een, twee = vlakken[i], vlakken[j]
        kleinste, grootste = sorted((een.geometrie_rd.area, twee.geometrie_rd.area))
        if i >= j or area < drempels.dubbel_aandeel * kleinste:
            continue
        verdenking = paren.setdefault((een.id, twee.id), _Verdenking())
        verdenking.overlap_m2 = float(area)
        verdenking.aandeel = min(1.0, float(area) / kleinste)
        verdenking.apart = verdenking.aandeel >= drempels.apart_aandeel
        samen = kleinste + grootste - area
        verdenking.redenen |= {
            ZELFDE_GROND,
            *([ZELFDE_VORM] if area >= drempels.gelijk_aandeel * samen else []),
            *_two_owners(een, twee, gemeentecode),
        }


def _two_owners(
    een: Locatie, twee: Locatie, gemeentecode: Mapping[str, str | None]
) -> Iterator[str]:
    """Say whether one site is brought in by two corporaties, or in two gemeenten."""
    if een.corporaties and twee.corporaties and set(een.corporaties) != set(twee.corporaties):
        yield TWEE_CORPORATIES
    codes = {gemeentecode.get(een.id), gemeentecode.get(twee.id)}
    if len(codes) == 2 and None not in codes:
        yield TWEE_GEMEENTEN


def _same_point(orde: Sequence[Locatie], paren: dict[_Paar, _Verdenking]) -> None:
    per_punt: dict[tuple[float, float], list[Locatie]] = {}
    for loc in orde:
        if isinstance(loc.geometrie_rd, Point):
            sleutel = (round(loc.geometrie_rd.x), round(loc.geometrie_rd.y))
            per_punt.setdefault(sleutel, []).append(loc)
    for een, twee in _pairs(per_punt.values()):
        verdenking = paren.setdefault((een.id, twee.id), _Verdenking())
        verdenking.redenen.add(ZELFDE_PUNT)
        verdenking.apart = True


def _same_code(orde: Sequence[Locatie], paren: dict[_Paar, _Verdenking]) -> None:
    """Find the same plan in two sources by the id that both give it."""
    per_code: dict[str, list[Locatie]] = {}
    for loc in orde:
        code = loc.bron_id.strip().casefold()
        if len(code) >= _CODE_LENGTE:
            per_code.setdefault(code, []).append(loc)
    for een, twee in _pairs(per_code.values()):
        if een.bron != twee.bron:
            paren.setdefault((een.id, twee.id), _Verdenking()).redenen.add(ZELFDE_CODE)


def _same_name(
    orde: Sequence[Locatie],
    gemeentecode: Mapping[str, str | None],
    paren: dict[_Paar, _Verdenking],
) -> None:
    per_naam: dict[tuple[str, str], list[Locatie]] = {}
    for loc in orde:
        naam = re.sub(r"[\W_]+", "", loc.naam.casefold())
        code = gemeentecode.get(loc.id)
        if naam and code is not None:
            per_naam.setdefault((code, naam), []).append(loc)
    for een, twee in _pairs(per_naam.values()):
        paren.setdefault((een.id, twee.id), _Verdenking()).redenen.add(ZELFDE_NAAM)


def _pairs(groepen: Iterable[Sequence[Locatie]]) -> list[tuple[Locatie, Locatie]]:
    return [paar for groep in groepen for paar in combinations(groep, 2)]


def firmest_first(
    locaties: Iterable[Locatie],
    oordelen: Mapping[str, Oordeel],
    gekozen: frozenset[str] = frozenset(),
) -> list[Locatie]:
    """Order locaties: those that a person chose, the firmest, the most DAEB homes, the id."""
    return sorted(
        locaties,
        key=lambda loc: (
            loc.id not in gekozen,
            oordelen[loc.id].planstatus.firmness,
            -(loc.netto(Maat.DAEB) or 0),
            loc.id,
        ),
    )


def choose_apart(
    locaties: Sequence[Locatie],
    oordelen: Mapping[str, Oordeel],
    paren: Sequence[Dubbelpaar],
    gekozen: frozenset[str] = frozenset(),
) -> frozenset[str]:
    """Return the ids whose homes are set aside because another locatie counts them.

    Of two that share ground the one that a person chose stays (`gekozen`), then the
    firmest, then the one with more DAEB homes, then the lower id; a locatie without a
    number of DAEB homes counts nothing and sets nothing aside. A home never counts twice.
    """
    buren: dict[str, set[str]] = {}
    for paar in paren:
        if paar.apart:
            buren.setdefault(paar.eerste_id, set()).add(paar.tweede_id)
            buren.setdefault(paar.tweede_id, set()).add(paar.eerste_id)
    met_aantal = [loc for loc in locaties if loc.id in buren and loc.netto(Maat.DAEB) is not None]
    blijft: set[str] = set()
    apart: set[str] = set()
    for loc in firmest_first(met_aantal, oordelen, gekozen):
        (apart if buren[loc.id] & blijft else blijft).add(loc.id)
    return frozenset(apart)
