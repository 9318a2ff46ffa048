"""The frozen values of the gesprek (werkafspraken 5a and 5b); all but the content can change.

`versie` is the number of the last change in the register, 0 for what is not in it yet.
None means that nothing is stated; an empty tuple that there is none.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid5

from daeb_locaties.akkoord import Akkoord
from daeb_locaties.errors import GesprekError
from daeb_locaties.gespreksbegrippen import (
    Agendasoort,
    Agendastatus,
    Gesprekssoort,
    Instrument,
    Knelpunt,
    Partijsoort,
    Standpuntwaarde,
    Toetsuitkomst,
)

_RUIMTE = UUID("5d1c0a5e-6f0b-4d7a-9f43-3a1f6a0f5b11")
HAND, AFGELEID = "hand", "afgeleid"


@dataclass(frozen=True, slots=True)
class Partij:
    """One party: a gemeente by its code, a corporatie by its name, or the provincie."""

    soort: Partijsoort
    naam: str = ""

    def __str__(self) -> str:
        """Return the party as the register names it: ``gemeente 9001``."""
        return f"{self.soort.value} {self.naam}".strip()


def parse_partij(tekst: str, akkoord: Akkoord) -> Partij:
    """Read a party: ``gemeente 9001``, ``corporatie Woonstee`` or ``provincie``.

    Raises
    ------
    GesprekError
        When it is no party, or none of the akkoord.
    """
    woord, _, naam = tekst.strip().partition(" ")
    soorten = {soort.value: soort for soort in Partijsoort}
    soort = soorten.get(woord.lower())
    naam = naam.strip()
    if soort is None or (soort is Partijsoort.PROVINCIE) is bool(naam):
        raise GesprekError(
            f"'{tekst}' is geen partij.",
            herstel="Schrijf 'gemeente CODE', 'corporatie NAAM' of 'provincie'.",
        )
    bekend = {
        Partijsoort.GEMEENTE: [gemeente.code for gemeente in akkoord.gemeenten],
        Partijsoort.CORPORATIE: [corporatie.naam for corporatie in akkoord.corporaties],
        Partijsoort.PROVINCIE: [],
    }[soort]
    if naam and bekend and naam not in bekend:
        raise GesprekError(
            f"{soort.value} '{naam}' hoort niet bij het akkoord.",
            herstel=f"Kies uit: {', '.join(bekend)}.",
        )
    return Partij(soort, naam)


@dataclass(frozen=True, slots=True)
class Gesprek:
    """One meeting of a gemeente with its partners: the start, or round 1, 2 .."""

    id: str
    gemeentecode: str
    soort: Gesprekssoort
    nummer: int
    datum: date
    deelnemers: tuple[str, ...] = ()
    afgesloten: bool = False
    versie: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Agendapunt:
    """A point on the gespreksagenda of a gemeente.

    `ingebracht_door`, `dragers` and `aan_zet` name parties; `gesprek_id` is the meeting in
    which it was dealt with. `herkomst` is `hand`, or `afgeleid` where the tool found it.
    """

    id: str
    gemeentecode: str
    soort: Agendasoort
    titel: str
    toelichting: str | None = None
    locatie_ids: tuple[str, ...] = ()
    knelpunten: tuple[Knelpunt, ...] = ()
    ingebracht_door: str | None = None
    dragers: tuple[str, ...] = ()
    gesprek_id: str | None = None
    volgende_stap: str | None = None
    aan_zet: str | None = None
    uiterlijk: date | None = None
    uitkomst: str | None = None
    status: Agendastatus = Agendastatus.OPEN
    herkomst: str = HAND
    versie: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Reactie:
    """A remark in a thread on a point of the agenda or a locatie; a thread can be resolved."""

    id: str
    onderwerp_id: str
    partij: str
    tekst: str
    antwoord_op: str | None = None
    opgelost: bool = False
    versie: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Standpunt:
    """What one party says of one locatie."""

    locatie_id: str
    partij: str
    waarde: Standpuntwaarde
    toelichting: str | None = None
    versie: int = field(default=0, compare=False)

    @property
    def id(self) -> str:
        """One per locatie and party."""
        return make_id("standpunt", self.locatie_id, self.partij)


@dataclass(frozen=True, slots=True)
class Peildatum:
    """A frozen state of the whole register, that later exports cite by its sha256."""

    id: str
    datum: date
    naam: str
    sha256: str
    akkoord: str
    regelversie: str
    locaties: int
    versie: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Indiening:
    """What a gemeente hands to the provincie: its part of a frozen peildatum."""

    id: str
    peildatum_id: str
    gemeentecode: str
    datum: date
    toelichting: str | None = None
    versie: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Beoordeling:
    """What the provincie as assessor says of one locatie of an indiening."""

    indiening_id: str
    locatie_id: str
    uitkomst: Toetsuitkomst
    motief: str
    instrument: Instrument | None = None
    versie: int = field(default=0, compare=False)

    @property
    def id(self) -> str:
        """One per indiening and locatie."""
        return make_id("beoordeling", self.indiening_id, self.locatie_id)


def make_id(*delen: str) -> str:
    """Return the id that always belongs to these words."""
    return str(uuid5(_RUIMTE, "\n".join(delen)))
