"""What the screens may ask of a project: a narrow window, opened per request.

The screens know this protocol only, so that they can be tried with a handful of rows in
memory and know nothing of registers and files.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import geopandas as gpd

from daeb_locaties import overzicht
from daeb_locaties.akkoord import Akkoord
from daeb_locaties.keten import ensure_beoordeeld
from daeb_locaties.model import Balans, Bewijs, Bod, LocatieRegel
from daeb_locaties.project import Project
from daeb_locaties.register import Gebeurtenis, Ketenbewijs, Register
from daeb_locaties.register.nieuws import read_since
from daeb_locaties.screeningslijst import read_screening, screening_key
from kaartlagen.tegels import Tegelbron
from webmap.geheugen import Laaggeheugen
from webmap.kaart import Bbox
from webmap.perceelfilter import sort_percelen
from webmap.tegelkast import Tegelkast


class Gegevens(Protocol):
    """The read side of one project, as the screens need it."""

    @property
    def akkoord(self) -> Akkoord:
        """The agreement; its defaults where the project has none."""

    def refresh(self) -> None:
        """Judge again where the project has changed, so that no figure is stale."""

    def regels(self) -> tuple[LocatieRegel, ...]:
        """Return every locatie, in the order of the list."""

    def bewijs(self, locatie_id: str) -> tuple[Bewijs, ...]:
        """Return the evidence under one locatie, largest share first."""

    def balans(self) -> Balans:
        """Return the balans per gemeente and of the region."""

    def biedingen(self) -> tuple[Bod, ...]:
        """All versions of all bids."""

    def keten(self) -> Ketenbewijs | None:
        """Return the receipt of the last run of the chain; None before the first."""

    def laag(self, naam: str, bbox: Bbox | None) -> gpd.GeoDataFrame:
        """Return the current rows of a layer in EPSG:28992, within a box in metres."""

    def tegelbron(self, naam: str) -> Tegelbron:
        """Return the source of a layer's tiles, with the version that counts now."""

    def laagomvang(self, naam: str) -> tuple[int, Bbox | None]:
        """Return the number of rows of a layer and the box around them (None: no rows)."""

    def screening(self) -> gpd.GeoDataFrame:
        """Return every parcel with its outcome, candidates first; no rows without parcels."""

    @property
    def register(self) -> Register:
        """The register, to write in; reading goes by the other questions."""

    def stand(self) -> int:
        """Return the number of the last event of the register; 0 before the first."""

    def since(self, nummer: int) -> tuple[Gebeurtenis, ...]:
        """Return the events after this number, oldest first."""

    def close(self) -> None:
        """Let go of the files."""


OpenGegevens = Callable[[], Gegevens]


class ProjectGegevens:
    """The window on a real project folder."""

    def __init__(
        self, project_map: Path, geheugen: Laaggeheugen, kast: Tegelkast | None = None
    ) -> None:
        self._project = Project.open(project_map)
        self._geheugen = geheugen
        self._kast = kast or Tegelkast()

    @property
    def akkoord(self) -> Akkoord:
        """The agreement of the project."""
        return self._project.akkoord

    def refresh(self) -> None:
        """Run the chain when anything that it stood on has changed.

        One run at a time: who waited mostly finds that the run of another was his as well.
        """
        with self._geheugen.beurt:
            ensure_beoordeeld(self._project)

    def regels(self) -> tuple[LocatieRegel, ...]:
        """Return every locatie, in the order of the list."""
        return overzicht.read_regels(self._project)

    def bewijs(self, locatie_id: str) -> tuple[Bewijs, ...]:
        """Return the evidence under one locatie, largest share first."""
        return overzicht.read_bewijs(self._project, locatie_id)

    def balans(self) -> Balans:
        """Return the balans per gemeente and of the region."""
        return overzicht.read_balans(self._project)

    def biedingen(self) -> tuple[Bod, ...]:
        """All versions of all bids."""
        return overzicht.read_biedingen(self._project)

    def keten(self) -> Ketenbewijs | None:
        """Return the receipt of the last run of the chain."""
        return overzicht.read_keten(self._project)

    def laag(self, naam: str, bbox: Bbox | None) -> gpd.GeoDataFrame:
        """Return the current rows of a layer, within a box."""
        return self._geheugen.read(self._project.lagen, naam, bbox)

    def tegelbron(self, naam: str) -> Tegelbron:
        """Return the source of a layer's tiles, with the version that counts now."""
        return self._kast.bron(self._project.lagen, naam)

    def laagomvang(self, naam: str) -> tuple[int, Bbox | None]:
        """Count and box of a layer, from its snapshots alone."""
        momentopnamen = self._project.lagen.current(naam)
        return sum(m.aantal for m in momentopnamen), enclosing_bbox(
            [m.bbox_rd for m in momentopnamen if m.bbox_rd]
        )

    def screening(self) -> gpd.GeoDataFrame:
        """Return every parcel with its outcome; computed again only after a change."""
        return self._geheugen.remember(
            "screening",
            screening_key(self._project),
            lambda: sort_percelen(read_screening(self._project)),
        )

    @property
    def register(self) -> Register:
        """The register of the project."""
        return self._project.register

    def stand(self) -> int:
        """Return the number of the last event."""
        return self._project.register.laatste_gebeurtenis()

    def since(self, nummer: int) -> tuple[Gebeurtenis, ...]:
        """Return the events after this number, oldest first."""
        return read_since(self._project.register, nummer)

    def close(self) -> None:
        """Close the project."""
        self._project.close()


def enclosing_bbox(kaders: list[Bbox]) -> Bbox | None:
    """Return the box around boxes; None when there are none."""
    if not kaders:
        return None
    links, onder, rechts, boven = zip(*kaders, strict=True)
    return min(links), min(onder), max(rechts), max(boven)
