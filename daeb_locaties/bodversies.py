"""What changed from one version of a bod to the next, and bids after a herindeling."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from daeb_locaties.akkoord import Akkoord
from daeb_locaties.begrippen import Component, Maat
from daeb_locaties.model import Bod, Bodregel


@dataclass(frozen=True, slots=True)
class Regelverschil:
    """One line of a bod in two versions; None where a version does not have the line."""

    component: Component
    maat: Maat
    periode: str
    oud: int | None
    nieuw: int | None

    @property
    def verschil(self) -> int:
        """New minus old; a line that is not there counts as 0."""
        return (self.nieuw or 0) - (self.oud or 0)


@dataclass(frozen=True, slots=True)
class Bodverschil:
    """What a gemeente changed between two versions of its bod.

    `regels` holds only lines that differ; `netto` has the net number of homes per measure,
    old and new, for the measures that either version speaks of.
    """

    oud: Bod
    nieuw: Bod
    regels: tuple[Regelverschil, ...]
    netto: tuple[tuple[Maat, int, int], ...]

    @property
    def toelichting_gewijzigd(self) -> bool:
        """Whether the toelichting or the handelingsperspectief reads otherwise."""
        return (self.oud.toelichting, self.oud.handelingsperspectief) != (
            self.nieuw.toelichting,
            self.nieuw.handelingsperspectief,
        )


def compare_versies(oud: Bod, nieuw: Bod) -> Bodverschil:
    """Compare two versions of a bod, line by line."""
    van, naar = (
        {(r.component, r.maat, r.periode): r.aantal for r in b.regels} for b in (oud, nieuw)
    )
    alle = sorted({*van, *naar}, key=lambda s: (list(Maat).index(s[1]), s[2], s[0].value))
    regels = tuple(
        Regelverschil(*sleutel, van.get(sleutel), naar.get(sleutel))
        for sleutel in alle
        if van.get(sleutel) != naar.get(sleutel)
    )
    maten = [maat for maat in Maat if any(sleutel[1] is maat for sleutel in alle)]
    netto = tuple((maat, oud.netto(maat), nieuw.netto(maat)) for maat in maten)
    return Bodverschil(oud, nieuw, regels, netto)


def compare_alle(biedingen: Iterable[Bod]) -> tuple[Bodverschil, ...]:
    """Compare every version with the one before it, by gemeente and version."""
    geordend = sorted(biedingen, key=lambda b: (b.gemeentecode, b.volgnummer))
    return tuple(
        compare_versies(oud, nieuw)
        for _, groep in groupby(geordend, key=lambda b: b.gemeentecode)
        for oud, nieuw in pairwise(groep)
    )


def view_as_today(biedingen: Sequence[Bod], akkoord: Akkoord) -> tuple[Bod, ...]:
    """Return the newest bids in today's gemeenten: those of predecessors added up.

    A gemeente that made a bod under its own code keeps it as it is. The bids themselves
    are not changed: the view of the predecessors is the list that came in.
    """
    nieuwste: dict[str, Bod] = {}
    for bod in sorted(biedingen, key=lambda b: (b.gemeentecode, b.volgnummer)):
        nieuwste[bod.gemeentecode] = bod
    uit: dict[str, list[Bod]] = {}
    for bod in nieuwste.values():
        gemeente = akkoord.gemeente(bod.gemeentecode)
        uit.setdefault(gemeente.code if gemeente else bod.gemeentecode, []).append(bod)
    return tuple(_as_one(code, groep, akkoord) for code, groep in sorted(uit.items()))


def _as_one(code: str, groep: Sequence[Bod], akkoord: Akkoord) -> Bod:
    """Add up the bids of predecessors; the version is that which all of them have reached."""
    eigen = [bod for bod in groep if bod.gemeentecode == code]
    if eigen:
        return eigen[0]
    gemeente = akkoord.gemeente(code)
    aantallen: dict[tuple[Component, Maat, str], int] = {}
    for regel in (regel for bod in groep for regel in bod.regels):
        sleutel = (regel.component, regel.maat, regel.periode)
        aantallen[sleutel] = aantallen.get(sleutel, 0) + regel.aantal
    return replace(
        groep[0],
        gemeentecode=code,
        gemeentenaam=gemeente.naam if gemeente else groep[0].gemeentenaam,
        volgnummer=min(bod.volgnummer for bod in groep),
        datum=max((bod.datum for bod in groep if bod.datum), default=None),
        bron="; ".join(f"{bod.gemeentenaam} ({bod.versie}): {bod.bron}" for bod in groep),
        regels=tuple(Bodregel(*sleutel, aantal) for sleutel, aantal in aantallen.items()),
        toelichting=_texts(groep, "toelichting"),
        handelingsperspectief=_texts(groep, "handelingsperspectief"),
    )


def _texts(groep: Sequence[Bod], naam: str) -> str | None:
    """Return what each said, with who said it; None when nobody said anything."""
    delen = [f"{b.gemeentenaam}: {getattr(b, naam)}" for b in groep if getattr(b, naam)]
    return " ".join(delen) or None
