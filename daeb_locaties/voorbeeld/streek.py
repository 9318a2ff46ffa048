"""The whole region: which cell becomes what, and its parcels.

Towns are filled from their centre outwards until the wanted number of parcels is in
sight; the polder takes the rest, so that the count comes out as asked.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely import Polygon

from daeb_locaties.voorbeeld.buurten import BUURTTYPEN
from daeb_locaties.voorbeeld.dekking import Dekking, Stuk, make_dekking
from daeb_locaties.voorbeeld.landschap import Kern, Landschap, make_landschap
from daeb_locaties.voorbeeld.polder import DITCH_RIM_M, lay_lint, lay_polder
from daeb_locaties.voorbeeld.vlakdeling import measure_doos, parts_of
from daeb_locaties.voortgang import Voortgang, silent

_STROOKZONE = {"rivier": "WA", "kanaal": "WA", "dijk": "G", "spoor": "VR", "weg": "V"}
_BEBOUWD_AANDEEL = 0.86
_KLEIN_M2 = 22_000.0
_POLDERBLOK_M = 620.0


@dataclass(frozen=True, slots=True)
class Cel:
    """A macro cell with its parcels: kind, kern, gemeente index and cover."""

    nummer: int
    vorm: Polygon
    soort: str
    kern: int
    gemeente: int
    dekking: Dekking

    @property
    def bebouwd(self) -> bool:
        """Whether the cell is part of a town or village."""
        return self.soort in BUURTTYPEN or self.soort == "lint"


@dataclass(frozen=True, slots=True)
class Streek:
    """The fictive region: its cells and its towns."""

    cellen: tuple[Cel, ...]
    kernen: tuple[Kern, ...]
    gemeenten: int = field(default=0)

    @property
    def percelen(self) -> int:
        """The number of parcels."""
        return sum(len(cel.dekking.vorm) for cel in self.cellen)


def make_streek(percelen: int, seed: int, voortgang: Voortgang = silent) -> Streek:
    """Make the region.

    Parameters
    ----------
    percelen
        The wanted number of parcels.
    seed
        The same seed and number give the same region.
    voortgang
        Called with a Dutch step, the number done and the total.
    """
    land = make_landschap(percelen, np.random.default_rng([seed, 1]))
    bouw = _Bouw(land, percelen, seed, voortgang)
    bouw.fill_strips()
    bouw.fill_towns()
    bouw.fill_polder()
    return Streek(
        tuple(sorted(bouw.cellen, key=lambda c: c.nummer)),
        land.kernen,
        int(land.gemeente.max()) + 1,
    )


class _Bouw:
    """Fills the landscape; keeps what is used and how many parcels there are."""

    def __init__(self, land: Landschap, percelen: int, seed: int, voortgang: Voortgang) -> None:
        self.land, self.doel, self.seed, self.voortgang = land, percelen, seed, voortgang
        self.cellen: list[Cel] = []
        self.gemeente = land.gemeente
        self.over = np.ones(len(land.vorm), dtype=bool)
        self.aantal = 0

    def fill_strips(self) -> None:
        """Strips and small corners are one parcel each."""
        klein = shapely.area(self.land.vorm) < _KLEIN_M2
        smal = klein | (shapely.area(self.land.vorm) / shapely.length(self.land.vorm) ** 2 < 0.028)
        for nummer in np.flatnonzero((self.land.strook != "") | smal):
            strook = str(self.land.strook[nummer])
            kern = self.land.kernen[self.land.kern[nummer]]
            bij_stad = self.land.afstand_m[nummer] < 170.0 * math.sqrt(kern.omvang)
            zone = _STROOKZONE.get(strook, "G" if bij_stad else "A")
            vorm = self.land.vorm[nummer]
            dekking = Dekking(np.array([vorm], dtype=object), np.array([zone]), np.array([-1]))
            self._keep(int(nummer), vorm, strook or "groen", dekking)

    def fill_towns(self) -> None:
        """Fill neighbourhoods, all towns at the same pace, until the share is reached."""
        rangen = self._rank_cells()
        grens = _BEBOUWD_AANDEEL * self.doel
        gemiddeld = 150.0
        for gedaan, (_, nummer, soort) in enumerate(rangen, start=1):
            if self.aantal + 0.6 * gemiddeld > grens and gedaan > 1:
                break
            self._fill_town_cell(nummer, soort)
            gemiddeld = self.aantal / gedaan
            self._tell("percelen in de kernen", min(self.aantal, self.doel))

    def _rank_cells(self) -> list[tuple[float, int, str]]:
        """Order the land cells by their turn, with the kind that each would become."""
        uit: list[tuple[float, int, str]] = []
        vrij = np.flatnonzero(self.over)
        for kern in self.land.kernen:
            eigen = vrij[self.land.kern[vrij] == kern.nummer]
            eigen = eigen[np.argsort(self.land.afstand_m[eigen], kind="stable")]
            for rang, nummer in enumerate(eigen[: math.ceil(1.6 * kern.omvang)]):
                beurt = (rang + 0.5) / kern.omvang
                uit.append((beurt, int(nummer), self._soort(kern, rang)))
        return sorted(uit)

    def _soort(self, kern: Kern, rang: int) -> str:
        """Old in the middle, new at the edge, business and a park between."""
        if kern.omvang <= 2:
            return "lint" if rang == 0 else "bloemkool"
        if rang == 0:
            return "kern"
        if kern.omvang <= 5:
            return ("vooroorlogs", "bloemkool", "vinex", "bedrijven", "stroken")[(rang - 1) % 5]
        deel = rang / kern.omvang
        if rang in {round(0.55 * kern.omvang), round(0.95 * kern.omvang)}:
            return "bedrijven"
        if deel < 0.22:
            return "vooroorlogs"
        if deel < 0.5:
            return "park" if rang == round(0.3 * kern.omvang) else "stroken"
        return "bloemkool" if deel < 0.72 else "vinex"

    def _fill_town_cell(self, nummer: int, soort: str) -> None:
        vorm = self.land.vorm[nummer]
        rng = np.random.default_rng([self.seed, 2, nummer])
        if soort == "lint":
            stukken: list[Stuk] = lay_lint(vorm, measure_doos(vorm).hoek, rng)
            dekking = make_dekking(vorm, stukken, rand_m=DITCH_RIM_M, rand="WA", rest="V")
        else:
            type_ = BUURTTYPEN[soort]
            dekking = make_dekking(
                vorm, type_.lay_out(vorm, rng), rand_m=type_.rand_m, rand="V", rest="V"
            )
        self._keep(nummer, vorm, soort, dekking)

    def fill_polder(self) -> None:
        """Join what is left into polder blocks and give each its part of the parcels."""
        blokken = self._join_polder()
        randen = ["V" if nummer % 3 == 0 else "WA" for nummer, _ in blokken]
        leeg = [
            len(
                make_dekking(
                    vorm, [], rand_m=DITCH_RIM_M, rand="V", rest="A", straatstuk_m=1e9
                ).vorm
            )
            - 1
            for _, vorm in blokken
        ]
        grond, vast = sum(vorm.area for _, vorm in blokken), sum(leeg)
        for (nummer, vorm), rand, eigen in zip(blokken, randen, leeg, strict=True):
            rest = self.doel - self.aantal - vast
            quotum = max(1, round(rest * vorm.area / grond))
            grond, vast = grond - vorm.area, vast - eigen
            rng = np.random.default_rng([self.seed, 3, nummer])
            stukken = lay_polder(vorm, self._polder_hoek(vorm), quotum, rng)
            dekking = make_dekking(vorm, stukken, rand_m=DITCH_RIM_M, rand=rand, rest="WA")
            self._keep(nummer, vorm, "polder", dekking)
            self._tell("percelen in de polder", min(self.aantal, self.doel))

    def _polder_hoek(self, vorm: Polygon) -> float:
        """Strips lie the same way over a whole reclamation, a few kilometres wide."""
        midden = vorm.centroid
        golf = math.sin(midden.x / 1_900.0 + self.seed) + math.sin(midden.y / 2_300.0)
        return 0.5 + 0.45 * golf

    def _join_polder(self) -> list[tuple[int, Polygon]]:
        """Join neighbouring cells of one kern into larger polder blocks."""
        nummers = np.flatnonzero(self.over)
        midden = shapely.get_coordinates(shapely.centroid(self.land.vorm[nummers]))
        vak = (midden // _POLDERBLOK_M).astype(np.int64)
        sleutels: dict[tuple[int, int, int], list[int]] = {}
        for nummer, (i, j) in zip(nummers, vak, strict=True):
            sleutels.setdefault((int(self.land.kern[nummer]), int(i), int(j)), []).append(
                int(nummer)
            )
        uit: list[tuple[int, Polygon]] = []
        for leden in sleutels.values():
            samen = shapely.coverage_union_all(self.land.vorm[leden])
            for deel in parts_of(samen, 0.0):
                eigen = [n for n in leden if deel.covers(self.land.vorm[n].representative_point())]
                uit.append((eigen[0], deel))
        return sorted(uit, key=lambda paar: paar[0])

    def _keep(self, nummer: int, vorm: Polygon, soort: str, dekking: Dekking) -> None:
        self.over[nummer] = False
        self.aantal += len(dekking.vorm)
        self.cellen.append(
            Cel(
                nummer,
                vorm,
                soort,
                int(self.land.kern[nummer]),
                int(self.gemeente[nummer]),
                dekking,
            )
        )

    def _tell(self, stap: str, gedaan: int) -> None:
        self.voortgang(stap, gedaan, self.doel)
