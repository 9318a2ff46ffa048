"""The agreement as data: gemeenten, corporaties, period, hardheid rule and thresholds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from types import MappingProxyType

from daeb_locaties.begrippen import Hardheid, Maat, Planstatus

STATUSSEN = ("tussenakkoord", "eindakkoord")
"""A tussenakkoord stays in force until an eindakkoord replaces it (`domein.md` section 5)."""


@dataclass(frozen=True, slots=True)
class AkkoordGemeente:
    """A gemeente of the agreement; targets are net DAEB homes, None when not agreed."""

    code: str
    naam: str
    voorgangers: tuple[str, ...] = ()
    doel_referentie: int | None = None
    doel_meer_evenwicht: int | None = None


@dataclass(frozen=True, slots=True)
class Corporatie:
    """A woningcorporatie and the gemeenten (codes) in which it works."""

    naam: str
    gemeenten: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hardheidsregel:
    """The class-to-hardheid table with its version, and which zoning counts as living.

    The default table is that of VNG DIWI (hard = 1A, 1B, 2A, 2B; 5A and 5B are no
    capacity). `woon_hoofdgroepen` allow homes directly; in `mogelijk_hoofdgroepen` the
    rules decide, which the file does not hold; `bijbehorende_hoofdgroepen` go with homes
    in the same plan but carry none by themselves. A permit (BOPA) that is verleend or
    onherroepelijk gives the class named here (`domein.md` section 3); onbekend there means
    that permits are left out of account.
    """

    versie: str = "DIWI"
    datum: date = date(2026, 11, 22)
    hard: frozenset[Planstatus] = frozenset(
        {Planstatus.S1A, Planstatus.S1B, Planstatus.S2A, Planstatus.S2B}
    )
    geen_capaciteit: frozenset[Planstatus] = frozenset({Planstatus.S5A, Planstatus.S5B})
    woon_hoofdgroepen: frozenset[str] = frozenset({"wonen", "woongebied"})
    mogelijk_hoofdgroepen: frozenset[str] = frozenset({"gemengd", "centrum"})
    bijbehorende_hoofdgroepen: frozenset[str] = frozenset({"tuin", "groen", "verkeer", "water"})

    bopa_verleend: Planstatus = Planstatus.S2A
    bopa_onherroepelijk: Planstatus = Planstatus.S1A

    @property
    def naam(self) -> str:
        """Version and date in one text, as every result cites it."""
        return f"{self.versie} ({self.datum.isoformat()})"

    def hardheid(self, status: Planstatus) -> Hardheid:
        """Return the hardheid of a class; onbekend for the class onbekend."""
        if status is Planstatus.ONBEKEND:
            return Hardheid.ONBEKEND
        return Hardheid.HARD if status in self.hard else Hardheid.ZACHT


@dataclass(frozen=True, slots=True)
class Drempels:
    """Thresholds, all shares (0..1), of a locatie's area where nothing else is said.

    `grenssnipper_aandeel`: a smaller part in another gemeente is a border sliver.
    `dubbel_aandeel`: an overlap of at least this share of the smaller is a suspected double.
    `gelijk_aandeel`: two shapes are nearly the same when they share at least this share of the
    ground of both together.
    `apart_aandeel`: from this overlap on one of the two is left out of the balans.
    `bestaand_aandeel`: homes that stand there and stay, from this share of the homes asked,
    mean that a plan without a maximum may be no more than conserverend.
    `klasse_aandeel`: ground of a class below this share does not weigh in the verdict.
    `wezenlijke_stap`: a bod below this share of the Meer Evenwicht target needs a
    toelichting; None where the akkoord does not say, and then it is not judged.
    """

    grenssnipper_aandeel: float = 0.02
    dubbel_aandeel: float = 0.10
    gelijk_aandeel: float = 0.95
    apart_aandeel: float = 0.50
    klasse_aandeel: float = 0.05
    bestaand_aandeel: float = 0.5
    wezenlijke_stap: float | None = None


@dataclass(frozen=True, slots=True)
class Screeningsregel:
    """Which parcels could carry homes: at least so large, for at least this share of it."""

    min_oppervlakte_m2: float = 250.0
    min_woonaandeel: float = 0.5


@dataclass(frozen=True, slots=True)
class Periode:
    """A run of years, both ends in it; its text is that of the bod lines (``2021-2025``)."""

    begin: int
    eind: int

    def __str__(self) -> str:
        """Return the period as people write it."""
        return str(self.begin) if self.begin == self.eind else f"{self.begin}-{self.eind}"

    def __contains__(self, jaar: int) -> bool:
        """Whether a year lies in it."""
        return self.begin <= jaar <= self.eind


@dataclass(frozen=True, slots=True)
class Akkoord:
    """The agreement. `aanwezig` is False where the project has no `akkoord.toml`.

    `vanaf` is the day from which it is in force, None where the file does not say.
    `perioden` are the periods by which the balans is shown, `prijsgrenzen` the highest
    rent of a DAEB home by year, in euro a month; both empty where nothing is agreed.
    """

    naam: str = "geen akkoord"
    status: str = "onbekend"
    begin: int | None = None
    eind: int | None = None
    vanaf: date | None = None
    maten: tuple[Maat, ...] = tuple(Maat)
    perioden: tuple[Periode, ...] = ()
    prijsgrenzen: Mapping[int, float] = field(default_factory=lambda: MappingProxyType({}))
    gemeenten: tuple[AkkoordGemeente, ...] = ()
    corporaties: tuple[Corporatie, ...] = ()
    hardheid: Hardheidsregel = field(default_factory=Hardheidsregel)
    drempels: Drempels = field(default_factory=Drempels)
    screening: Screeningsregel = field(default_factory=Screeningsregel)
    aanwezig: bool = False

    @property
    def afdruk(self) -> str:
        """The sha256 of everything in it: the same in every process, whatever the set order."""
        inhoud = {lid.name: getattr(self, lid.name) for lid in fields(self)}
        tekst = json.dumps(inhoud, default=_plain, sort_keys=True)
        return hashlib.sha256(tekst.encode()).hexdigest()

    def gemeente(self, code: str) -> AkkoordGemeente | None:
        """Return the gemeente with this code, also under a predecessor's code."""
        for gemeente in self.gemeenten:
            if code == gemeente.code or code in gemeente.voorgangers:
                return gemeente
        return None

    def in_period(self, jaar: int | None) -> bool:
        """Whether homes of this year count: no year, no period, or within it."""
        if jaar is None:
            return True
        return (self.begin is None or jaar >= self.begin) and (
            self.eind is None or jaar <= self.eind
        )


def _plain(waarde: object) -> object:
    """Return what JSON can hold: sets sorted, dataclasses as tables, dates as text."""
    if isinstance(waarde, frozenset):
        return sorted(waarde)
    if isinstance(waarde, Mapping):
        return {str(sleutel): lid for sleutel, lid in waarde.items()}
    if isinstance(waarde, date):
        return waarde.isoformat()
    if is_dataclass(waarde):
        return {lid.name: getattr(waarde, lid.name) for lid in fields(waarde)}
    raise TypeError(type(waarde).__name__)
