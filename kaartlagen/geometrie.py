"""Geometry that can be counted with: two-dimensional, valid, of the layer's type, not empty.

What can be mended is mended and reported with the change in area; what cannot is refused
with the reason. Nothing disappears unsaid: every refused row is in a finding.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from kaartlagen.controles import (
    GEEN_GEOMETRIE,
    GEOMETRIE_HERSTELD,
    GEOMETRIE_ONLEESBAAR,
    HOOGTE_WEG,
    MAX_VOORBEELDEN,
    VERKEERDE_GEOMETRIE,
    ZONDER_OMVANG,
    Bevinding,
    Controle,
)
from kaartlagen.getallen import square_metres
from kaartlagen.lagen import Geometriesoort

NUL_OPPERVLAK_M2 = 1e-6
"""A polygon of less than a square millimetre is none: what rounding leaves of a line."""

_PUNT, _LIJN, _VLAK = frozenset({0, 4}), frozenset({1, 2, 5}), frozenset({3, 6})
_TYPEN: dict[Geometriesoort, frozenset[int]] = {
    "punt": _PUNT,
    "lijn": _LIJN,
    "vlak": _VLAK,
    "alle": _PUNT | _LIJN | _VLAK,
}
_VERZAMELING = 7


@dataclass(frozen=True, slots=True)
class Herstel:
    """Repaired geometry, one per input row.

    `geometrie` is None where `behouden` is False; `hersteld` marks rows that were changed
    for validity, `verschil_m2` holds their change in area; `bevindingen` tell what happened.
    """

    geometrie: NDArray[np.object_]
    behouden: NDArray[np.bool_]
    hersteld: NDArray[np.bool_]
    bevindingen: tuple[Bevinding, ...]
    verschil_m2: NDArray[np.float64]


def repair(
    geometrie: NDArray[np.object_],
    soort: Geometriesoort,
    naam: Callable[[int], str],
    onleesbaar: Mapping[int, str] | None = None,
    ook_ongeldig: NDArray[np.bool_] | None = None,
) -> Herstel:
    """Make geometry fit to count with.

    Parameters
    ----------
    geometrie
        Array of shapely geometries in EPSG:28992, None allowed.
    soort
        What the layer holds; rows of another type are refused.
    naam
        Gives the name of the row at a position (from 0), for the findings.
    onleesbaar
        Per row position (from 0) why the source's geometry could not be read at all.
    ook_ongeldig
        Rows that were invalid before they were brought to RD. Rounding may hide a
        self-touch on the way; such a row is mended and counted all the same.

    Returns
    -------
    Herstel
        Polygons come out as Polygon or MultiPolygon, lines as (Multi)LineString, points
        as (Multi)Point; all valid, two-dimensional and not empty.
    """
    bevindingen: list[Bevinding] = []
    uit: NDArray[np.object_] = shapely.force_2d(geometrie)
    behouden = np.ones(len(uit), dtype=bool)

    def refuse(masker: NDArray[np.bool_], controle: Controle) -> None:
        nieuw = masker & behouden
        bevindingen.extend(controle.report(int(nieuw.sum()), _named(naam, nieuw)))
        behouden[nieuw] = False
        uit[nieuw] = None

    bevindingen.extend(HOOGTE_WEG.report(int(shapely.has_z(geometrie).sum())))
    stuk = dict(onleesbaar or {})
    bevindingen.extend(
        GEOMETRIE_ONLEESBAAR.report(
            len(stuk), [f"{naam(plek)}: {reden}" for plek, reden in sorted(stuk.items())]
        )
    )
    behouden[list(stuk)] = False
    uit[list(stuk)] = None
    refuse(shapely.is_missing(uit) | shapely.is_empty(uit), GEEN_GEOMETRIE)
    refuse(~np.isfinite(shapely.bounds(uit)).all(axis=1), GEOMETRIE_ONLEESBAAR)
    uit = _unwrap(uit, soort)
    refuse(~np.isin(shapely.get_type_id(uit), list(_TYPEN[soort])), VERKEERDE_GEOMETRIE)

    ongeldig = behouden & ~shapely.is_valid(uit)
    if ook_ongeldig is not None:
        ongeldig |= behouden & ook_ongeldig
    vooraf = uit.copy()
    uit[ongeldig] = [_mend(vorm) for vorm in uit[ongeldig]]
    refuse(ongeldig & shapely.is_missing(uit), GEOMETRIE_ONLEESBAAR)
    refuse(_without_extent(uit), ZONDER_OMVANG)
    hersteld = ongeldig & behouden
    verschil = shapely.area(uit[hersteld]) - shapely.area(vooraf[hersteld])
    namen = zip(_named(naam, hersteld), verschil.tolist(), strict=False)
    bevindingen.extend(mended_finding(verschil, [f"{wie}: {_change(m2)}" for wie, m2 in namen]))
    return Herstel(uit, behouden, hersteld, tuple(bevindingen), verschil)


def mended_finding(verschil_m2: NDArray[np.float64], namen: Sequence[str]) -> tuple[Bevinding, ...]:
    """Report rows that were repaired: their change in area, and some of them by name."""
    grootste = float(np.abs(verschil_m2).max(initial=0.0))
    uitleg = (
        f"De oppervlakte veranderde samen {square_metres(math.fsum(verschil_m2))} en per vlak "
        f"hoogstens {square_metres(grootste)}."
    )
    return GEOMETRIE_HERSTELD.report(len(verschil_m2), namen, uitleg=uitleg)


def _unwrap(geometrie: NDArray[np.object_], soort: Geometriesoort) -> NDArray[np.object_]:
    """Take from a collection the parts of the layer's type, or of its highest dimension."""
    uit = geometrie.copy()
    for plek in np.flatnonzero(shapely.get_type_id(geometrie) == _VERZAMELING):
        uit[plek] = _parts(geometrie[plek], _TYPEN[soort])
    return uit


def _mend(vorm: shapely.Geometry) -> shapely.Geometry | None:
    """Make one geometry valid, keeping what has its dimension; None when nothing helps.

    GEOS can hand back parts that still share an edge; a second pass joins them. Where the
    structure of rings cannot be saved, the lines themselves are built up anew.
    """
    soort = (_PUNT, _LIJN, _VLAK)[int(shapely.get_dimensions(vorm))]
    poging = vorm
    for opties in (
        {"method": "structure", "keep_collapsed": False},
        {"method": "structure", "keep_collapsed": False},
        {"method": "linework"},
    ):
        poging = _parts(shapely.make_valid(poging, **opties), soort)
        if shapely.is_valid(poging):
            return poging
    return None


def _parts(vorm: shapely.Geometry, typen: frozenset[int]) -> shapely.Geometry:
    """Join the parts of some types; when several dimensions remain, the highest."""
    if shapely.get_type_id(vorm) != _VERZAMELING:
        return vorm
    delen = [deel for deel in _flat(vorm) if shapely.get_type_id(deel) in typen]
    if not delen:
        return vorm
    hoogste = max(int(shapely.get_dimensions(deel)) for deel in delen)
    return shapely.union_all([d for d in delen if shapely.get_dimensions(d) == hoogste])


def _flat(vorm: shapely.Geometry) -> list[shapely.Geometry]:
    if shapely.get_type_id(vorm) != _VERZAMELING:
        return [vorm]
    return [deel for lid in shapely.get_parts(vorm) for deel in _flat(lid)]


def _without_extent(geometrie: NDArray[np.object_]) -> NDArray[np.bool_]:
    dimensie = shapely.get_dimensions(geometrie)
    leeg = shapely.is_empty(geometrie)
    plat = (dimensie == 2) & (shapely.area(geometrie) < NUL_OPPERVLAK_M2)
    kort = (dimensie == 1) & (shapely.length(geometrie) == 0.0)
    masker: NDArray[np.bool_] = leeg | plat | kort
    return masker


def _change(verschil_m2: float) -> str:
    """Write a change in area with its sign."""
    tekst = square_metres(verschil_m2)
    return f"+{tekst}" if verschil_m2 > 0 and tekst[0].isdigit() else tekst


def _named(naam: Callable[[int], str], masker: NDArray[np.bool_]) -> list[str]:
    return [naam(int(plek)) for plek in np.flatnonzero(masker)[:MAX_VOORBEELDEN]]
