"""The frozen values of the domain: Locatie, Bod, Bewijs, Oordeel, Koppeling and their rows.

Geometry is in EPSG:28992, areas in m2, shares (`aandeel`) between 0 and 1, dates are
`datetime.date`. None means that it is not known; an empty tuple means that there is none.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from shapely import MultiPolygon, Point

from daeb_locaties.begrippen import (
    Component,
    Hardheid,
    Maat,
    Paaroordeel,
    Planstatus,
    Reden,
    Signaal,
)


@dataclass(frozen=True, slots=True)
class Aantal:
    """A number of homes of one component and measure in one year.

    `jaar` None means that the source names no year. `minimum` and `maximum` are None
    where the source gives one number only.
    """

    component: Component
    maat: Maat
    jaar: int | None
    waarschijnlijk: int
    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True, slots=True)
class Besluit:
    """A decision of the gemeente that overrides the machine's verdict, with its reason."""

    planstatus: Planstatus
    reden: str
    datum: date


@dataclass(frozen=True, slots=True)
class Einde:
    """When and why a locatie ended. An ended locatie stays readable and counts nowhere."""

    datum: date
    reden: str


@dataclass(frozen=True, slots=True)
class Locatie:
    """A place where homes are meant to come, as its source or a person states it.

    `planstatus_herkomst` says where the declared status was found. `voorgangers` are the
    ids that this locatie was split from or merged from, `opvolgers` those that came in its
    place. `versie` is the number of its last change in the register, 0 outside one; it is
    no part of what is stated.
    """

    id: str
    naam: str
    geometrie_rd: MultiPolygon | Point
    bron: str
    bron_id: str
    gemeente_opgegeven: str | None = None
    corporaties: tuple[str, ...] = ()
    aantallen: tuple[Aantal, ...] = ()
    woningen_totaal: int | None = None
    planstatus_opgegeven: Planstatus = Planstatus.ONBEKEND
    planstatus_tekst: str | None = None
    planstatus_datum: date | None = None
    plantype: str | None = None
    vertrouwelijkheid: str | None = None
    besluit: Besluit | None = None
    planstatus_herkomst: str | None = None
    projectfase: str | None = None
    voorgangers: tuple[str, ...] = ()
    opvolgers: tuple[str, ...] = ()
    einde: Einde | None = None
    versie: int = field(default=0, compare=False)

    @property
    def oppervlakte_m2(self) -> float | None:
        """Area in m2; None for a point, of which no area is known."""
        return None if isinstance(self.geometrie_rd, Point) else float(self.geometrie_rd.area)

    def netto(self, maat: Maat) -> int | None:
        """Net number of homes of a measure; None where the source gives no number."""
        deel = [a for a in self.aantallen if a.maat is maat]
        return sum(a.component.teken * a.waarschijnlijk for a in deel) if deel else None


@dataclass(frozen=True, slots=True)
class Bodregel:
    """One line of a bod: a gross number of homes of a component in a period."""

    component: Component
    maat: Maat
    periode: str
    aantal: int


@dataclass(frozen=True, slots=True)
class Bod:
    """A version of a gemeente's bid. Only the gemeente decides a new version.

    `volgnummer` is 0 for the first bod and 1..n for `aangescherpt bod` n.
    """

    gemeentecode: str
    gemeentenaam: str
    volgnummer: int
    datum: date | None
    bron: str
    regels: tuple[Bodregel, ...]
    toelichting: str | None = None
    handelingsperspectief: str | None = None

    @property
    def versie(self) -> str:
        """The version in the users' words: `bod` or `aangescherpt bod 2`."""
        return "bod" if self.volgnummer == 0 else f"aangescherpt bod {self.volgnummer}"

    def netto(self, maat: Maat) -> int:
        """Net number of homes of a measure over all periods."""
        return sum(r.component.teken * r.aantal for r in self.regels if r.maat is maat)


@dataclass(frozen=True, slots=True)
class Bewijs:
    """One plan object that a locatie stands on.

    `bron` is the layer snapshot; `planstatus` and `dossierstatus` are the plan's own
    words; `klasse` is what this piece of ground gives by itself (onbekend when it gives
    nothing), by rule `regel`.
    """

    locatie_id: str
    idn: str
    plannaam: str
    type_plan: str | None
    planstatus: str | None
    dossierstatus: str | None
    datum: date | None
    object_id: str | None
    naam: str | None
    hoofdgroep: str | None
    klasse: Planstatus
    regel: str
    oppervlakte_m2: float
    aandeel: float
    bron: str


@dataclass(frozen=True, slots=True)
class Oordeel:
    """The verdict on a locatie, explained from the plan it stands on."""

    locatie_id: str
    planstatus_afgeleid: Planstatus
    planstatus: Planstatus
    hardheid: Hardheid
    regel: str
    regel_afleiding: str
    regelversie: str
    uitleg: str
    aandeel_hard: float
    aandeel_zacht: float
    aandeel_onbekend: float
    aandeel_geen_plan: float
    signalen: tuple[Signaal, ...]


@dataclass(frozen=True, slots=True)
class GemeenteAandeel:
    """The share of a locatie that lies in one gemeente."""

    gemeentecode: str
    gemeentenaam: str
    aandeel: float


@dataclass(frozen=True, slots=True)
class Koppeling:
    """What a locatie is linked to: its gemeente by largest share, and the gemeente's bod.

    `gemeentecode` None means that no gemeente is known there. `bod_versie` None means
    that there is no bod to count it in; `reden` then says why it does not count.
    """

    locatie_id: str
    gemeentecode: str | None
    gemeentenaam: str | None
    aandelen: tuple[GemeenteAandeel, ...]
    bod_versie: str | None
    telt_mee: bool
    reden: str | None
    signalen: tuple[Signaal, ...]
    reden_code: Reden | None = None


@dataclass(frozen=True, slots=True)
class Dubbelpaar:
    """Two locaties that may hold the same homes, and why that is suspected.

    `overlap_m2` is the shared ground and `aandeel` its share of the smaller of the two;
    both 0 where the reason is not one of ground. `apart` says that the overlap is so
    large that one of the two is left out of the balans until a person decides.
    """

    eerste_id: str
    tweede_id: str
    reden: str
    overlap_m2: float
    aandeel: float
    apart: bool = False
    besluit: Paaroordeel | None = None


@dataclass(frozen=True, slots=True)
class Paarbesluit:
    """A person's decision on two locaties that may hold the same homes; it sticks.

    The lower id comes first. `blijft_id` is the one that keeps counting where both are
    the same; `daeb_dubbel` is the number of DAEB homes that both hold, where a part is.
    None means that the person did not say.
    """

    eerste_id: str
    tweede_id: str
    oordeel: Paaroordeel
    reden: str
    blijft_id: str | None = None
    daeb_dubbel: int | None = None
    versie: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class LocatieRegel:
    """One row of the list, the table beside the map and the export."""

    locatie: Locatie
    koppeling: Koppeling
    oordeel: Oordeel
    dubbel_met: tuple[str, ...]

    @property
    def signalen(self) -> tuple[Signaal, ...]:
        """All signals of link and verdict, each once, in the order of the enum."""
        alle = {*self.koppeling.signalen, *self.oordeel.signalen}
        return tuple(s for s in Signaal if s in alle)


@dataclass(frozen=True, slots=True)
class Balansregel:
    """The balans of one gemeente or of the region, in homes of one measure.

    hard + zacht + onbekend + zonder_locatie = bod + boven_bod, exactly; no bod (None)
    counts as 0 in it. `dubbel`, `buiten_periode` and `geen_capaciteit` are set aside and
    in none of the others: together with those they hold every home of the gemeente once.
    `doel` is the Meer Evenwicht target, `stap` the bod as a share of it; both None where
    no target is known.
    """

    gemeentecode: str | None
    naam: str
    maat: Maat
    bod_versie: str | None
    bod: int | None
    hard: int
    zacht: int
    onbekend: int
    zonder_locatie: int
    boven_bod: int
    dubbel: int
    doel: int | None
    stap: float | None
    toelichting_nodig: bool
    toelichting_aanwezig: bool
    buiten_periode: int = 0
    geen_capaciteit: int = 0


@dataclass(frozen=True, slots=True)
class Balans:
    """The balans per gemeente and of the whole region."""

    gemeenten: tuple[Balansregel, ...]
    regio: Balansregel
