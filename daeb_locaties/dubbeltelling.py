"""Guard against counting a home twice: suspected pairs, and which of them is set aside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import numpy as np
from shapely import Point

from daeb_locaties.akkoord import Drempels
from daeb_locaties.begrippen import Maat
from daeb_locaties.model import Dubbelpaar, Locatie, Oordeel
from kaartlagen.overlay import area_join

ZELFDE_GROND = "zelfde grond"
ZELFDE_GROND_TWEE_CORPORATIES = "zelfde grond, twee corporaties"
ZELFDE_NAAM = "zelfde naam in een gemeente"
ZELFDE_PUNT = "zelfde punt"


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
        `dubbel_aandeel` makes a pair suspect, `apart_aandeel` sets one of it aside.

    Returns
    -------
    tuple of Dubbelpaar
        One per pair of ids (the lower id first), ground before name; ordered by ids.
    """
    orde = sorted(locaties, key=lambda loc: loc.id)
    paren = {(p.eerste_id, p.tweede_id): p for p in _same_name(orde, gemeentecode)}
    paren.update({(p.eerste_id, p.tweede_id): p for p in _same_point(orde)})
    paren.update({(p.eerste_id, p.tweede_id): p for p in _same_ground(orde, drempels)})
    return tuple(paren[sleutel] for sleutel in sorted(paren))


def _same_ground(orde: Sequence[Locatie], drempels: Drempels) -> list[Dubbelpaar]:
    vlakken = [loc for loc in orde if not isinstance(loc.geometrie_rd, Point)]
    vormen = np.asarray([loc.geometrie_rd for loc in vlakken], dtype=object)
    paren = area_join(vormen, vormen)
    uit = []
    for i, j, area in zip(paren.left, paren.right, paren.area_m2, strict=True):
        een, twee = vlakken[i], vlakken[j]
        kleinste = min(een.geometrie_rd.area, twee.geometrie_rd.area)
        if i >= j or area < drempels.dubbel_aandeel * kleinste:
            continue
        aandeel = min(1.0, float(area) / kleinste)
        ander = een.corporaties and twee.corporaties and een.corporaties != twee.corporaties
        reden = ZELFDE_GROND_TWEE_CORPORATIES if ander else ZELFDE_GROND
        apart = aandeel >= drempels.apart_aandeel
        uit.append(Dubbelpaar(een.id, twee.id, reden, float(area), aandeel, apart))
    return uit


def _same_point(orde: Sequence[Locatie]) -> list[Dubbelpaar]:
    per_punt: dict[tuple[float, float], list[Locatie]] = {}
    for loc in orde:
        if isinstance(loc.geometrie_rd, Point):
            sleutel = (round(loc.geometrie_rd.x), round(loc.geometrie_rd.y))
            per_punt.setdefault(sleutel, []).append(loc)
    return [
        Dubbelpaar(een.id, twee.id, ZELFDE_PUNT, 0.0, 0.0, apart=True)
        for een, twee in _pairs(per_punt.values())
    ]


def _same_name(orde: Sequence[Locatie], gemeentecode: Mapping[str, str | None]) -> list[Dubbelpaar]:
    per_naam: dict[tuple[str, str], list[Locatie]] = {}
    for loc in orde:
        naam = re.sub(r"[\W_]+", "", loc.naam.casefold())
        code = gemeentecode.get(loc.id)
        if naam and code is not None:
            per_naam.setdefault((code, naam), []).append(loc)
    return [
        Dubbelpaar(een.id, twee.id, ZELFDE_NAAM, 0.0, 0.0)
        for een, twee in _pairs(per_naam.values())
    ]


def _pairs(groepen: Iterable[Sequence[Locatie]]) -> list[tuple[Locatie, Locatie]]:
    return [paar for groep in groepen for paar in combinations(groep, 2)]


def choose_apart(
    locaties: Sequence[Locatie], oordelen: Mapping[str, Oordeel], paren: Sequence[Dubbelpaar]
) -> frozenset[str]:
    """Return the ids whose homes are set aside because another locatie counts them.

    Of two that share ground the firmest stays, then the one with more DAEB homes, then
    the lower id; a locatie without a number of DAEB homes counts nothing and sets
    nothing aside. Until a person decides, so that a home never counts twice.
    """
    buren: dict[str, set[str]] = {}
    for paar in paren:
        if paar.apart:
            buren.setdefault(paar.eerste_id, set()).add(paar.tweede_id)
            buren.setdefault(paar.tweede_id, set()).add(paar.eerste_id)
    met_aantal = [loc for loc in locaties if loc.id in buren and loc.netto(Maat.DAEB) is not None]
    met_aantal.sort(
        key=lambda loc: (
            oordelen[loc.id].planstatus.firmness,
            -(loc.netto(Maat.DAEB) or 0),
            loc.id,
        )
    )
    blijft: set[str] = set()
    apart: set[str] = set()
    for loc in met_aantal:
        (apart if buren[loc.id] & blijft else blijft).add(loc.id)
    return frozenset(apart)
