"""Where homes could come: school and business sites, old blocks, and fields beside a town."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely import Polygon

from daeb_locaties.voorbeeld.streek import Cel, Streek
from daeb_locaties.voorbeeld.vlakdeling import parts_of

SOORTEN = ("inbreiding", "sloop", "uitleg")
_UITLEG_M2 = (14_000.0, 42_000.0)
_PER_CEL = 3


@dataclass(frozen=True, slots=True)
class Plek:
    """A site: its ground (whole parcels), kind, macro cell and gemeente index."""

    vorm: Polygon
    soort: str
    cel: int
    kern: int
    gemeente: int


@dataclass(slots=True)
class Plekken:
    """The sites that are still free, handed out once each, in a fixed order."""

    vrij: dict[str, list[Plek]] = field(default_factory=dict)

    def take(self, soort: str, gemeente: int) -> Plek | None:
        """Take a site of a kind, in the asked gemeente when there is one left there.

        Falls back on another gemeente, then on another kind; None when all are taken.
        """
        for keuze in (soort, *SOORTEN):
            lijst = self.vrij.get(keuze, [])
            for nummer, plek in enumerate(lijst):
                if plek.gemeente == gemeente:
                    return lijst.pop(nummer)
            if lijst:
                return lijst.pop(0)
        return None


def find_plekken(streek: Streek, seed: int) -> Plekken:
    """Find all sites of a region."""
    rng = np.random.default_rng([seed, 5])
    alle: dict[str, list[Plek]] = {soort: [] for soort in SOORTEN}
    for cel in streek.cellen:
        bron = _blocks(cel) if cel.bebouwd else _fields(cel, streek, rng)
        for plek in bron:
            alle[plek.soort].append(plek)
    for soort, lijst in alle.items():
        alle[soort] = [lijst[i] for i in rng.permutation(len(lijst))]
    alle["uitleg"] = _nearest_first(alle["uitleg"], streek)
    return Plekken(alle)


def _nearest_first(plekken: list[Plek], streek: Streek) -> list[Plek]:
    """Order fields by their distance to what is built, in steps of 100 m."""
    bebouwd = [cel.vorm for cel in streek.cellen if cel.bebouwd]
    if not plekken or not bebouwd:
        return plekken
    vormen = np.array([plek.vorm for plek in plekken], dtype=object)
    (plek, _), afstand = shapely.STRtree(bebouwd).query_nearest(
        vormen, return_distance=True, all_matches=False
    )
    stap = np.zeros(len(plekken))
    stap[plek] = afstand // 100.0
    return [plekken[i] for i in np.argsort(stap, kind="stable")]


def _blocks(cel: Cel) -> Iterator[Plek]:
    """Whole blocks: of school or business for inbreiding, of homes for sloop."""
    dekking = cel.dekking
    for blok in np.unique(dekking.blok[dekking.blok >= 0]):
        eigen = dekking.blok == blok
        zone = str(dekking.zone[eigen][0])
        soort = "inbreiding" if zone in {"M", "B", "GD"} else "sloop" if zone == "W" else ""
        if not soort or (zone == "M" and cel.soort == "kern"):
            continue
        delen = parts_of(shapely.coverage_union_all(dekking.vorm[eigen]), 0.0)
        grootste = max(delen, key=lambda deel: deel.area)
        if 1_200 < grootste.area < 12_000:
            yield Plek(grootste, soort, cel.nummer, cel.kern, cel.gemeente)


def _fields(cel: Cel, streek: Streek, rng: np.random.Generator) -> Iterator[Plek]:
    """Runs of neighbouring strips in polder blocks near a town."""
    kern = streek.kernen[cel.kern]
    ver = cel.vorm.distance(shapely.Point(kern.x, kern.y)) > 200.0 * np.sqrt(kern.omvang) + 250
    if cel.soort != "polder" or ver:
        return
    stroken = cel.dekking.vorm[cel.dekking.zone == "A"]
    naar_kern = shapely.distance(stroken, shapely.Point(kern.x, kern.y))
    stroken = stroken[np.argsort(naar_kern, kind="stable")]
    vrij = np.ones(len(stroken), dtype=bool)
    for _ in range(_PER_CEL):
        doel = rng.uniform(*_UITLEG_M2)
        groep = _grow(stroken, vrij, doel)
        if groep is None:
            return
        yield Plek(groep, "uitleg", cel.nummer, cel.kern, cel.gemeente)


def _grow(stroken: np.ndarray, vrij: np.ndarray, doel_m2: float) -> Polygon | None:
    """Join free strips that share a border until they are large enough."""
    rij = np.flatnonzero(vrij)
    if not len(rij):
        return None
    groep: Polygon = stroken[rij[0]]
    vrij[rij[0]] = False
    while groep.area < doel_m2:
        buren = [
            n
            for n in np.flatnonzero(vrij)
            if shapely.length(shapely.intersection(groep, stroken[n])) > 20.0
        ]
        if not buren:
            break
        groep = shapely.coverage_union(groep, stroken[buren[0]])
        groep = parts_of(groep, 0.0)[0]
        vrij[buren[0]] = False
    return groep if groep.area > 6_000 else None
