"""Every home in exactly one compartment: the posts from which each view of the balans is added.

A view (per gemeente, corporatie, period or year) is a sum of posts, so that all views
hold the same homes and add up exactly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from daeb_locaties.akkoord import Akkoord
from daeb_locaties.begrippen import Hardheid, Maat, Reden
from daeb_locaties.model import LocatieRegel


class Vak(StrEnum):
    """Where a home is counted. The first three count towards a bod, the others do not."""

    HARD = "hard"
    ZACHT = "zacht"
    ONBEKEND = "onbekend"
    DUBBEL = "dubbel"
    BUITEN_PERIODE = "buiten_periode"
    GEEN_CAPACITEIT = "geen_capaciteit"
    BUITEN_AKKOORD = "buiten_akkoord"
    GEEN_GEMEENTE = "geen_gemeente"

    @property
    def telt(self) -> bool:
        """Whether homes in it count towards a bod."""
        return self in {Vak.HARD, Vak.ZACHT, Vak.ONBEKEND}


_HARDHEID = {
    Hardheid.HARD: Vak.HARD,
    Hardheid.ZACHT: Vak.ZACHT,
    Hardheid.ONBEKEND: Vak.ONBEKEND,
}


@dataclass(frozen=True, slots=True)
class Post:
    """Net homes of one measure and year of one locatie, in one compartment.

    `locatie_id` is None for the sum of several locaties (`join_posten`). `gemeentecode`
    and `jaar` are None where they are not known. `corporaties` holds all that are named:
    homes of two corporaties together are theirs together, for who builds how many is not
    known.
    """

    locatie_id: str | None
    gemeentecode: str | None
    corporaties: tuple[str, ...]
    maat: Maat
    jaar: int | None
    vak: Vak
    aantal: int


def make_posten(
    regels: Sequence[LocatieRegel],
    akkoord: Akkoord,
    apart: frozenset[str] = frozenset(),
    deels_dubbel: Mapping[str, int] | None = None,
) -> tuple[Post, ...]:
    """Put the homes of all locaties in compartments.

    Parameters
    ----------
    regels
        All locaties with their link and verdict.
    akkoord
        Gemeenten, period, and the classes that are no capacity.
    apart
        Ids whose homes are set aside as double; those that the link names so count too.
    deels_dubbel
        By id, how many DAEB homes of a locatie another locatie counts already.

    Returns
    -------
    tuple of Post
        The sum over a locatie and measure is its net number of homes.
    """
    return tuple(
        post
        for regel in regels
        for post in _posten(
            regel,
            akkoord,
            dubbel=regel.locatie.id in apart or regel.koppeling.reden_code is Reden.DUBBEL,
            deels=(deels_dubbel or {}).get(regel.locatie.id, 0),
        )
    )


def _posten(regel: LocatieRegel, akkoord: Akkoord, *, dubbel: bool, deels: int) -> Iterable[Post]:
    per_jaar: Counter[tuple[Maat, int | None]] = Counter()
    for aantal in regel.locatie.aantallen:
        per_jaar[aantal.maat, aantal.jaar] += aantal.component.teken * aantal.waarschijnlijk
    rest = deels
    for (maat, jaar), netto in per_jaar.items():
        vak = _vak(regel, akkoord, jaar, dubbel=dubbel)
        weg = min(rest, netto) if maat is Maat.DAEB and vak.telt and netto > 0 else 0
        rest -= weg
        for deel, waar in ((weg, Vak.DUBBEL), (netto - weg, vak)):
            if deel:
                yield _post(regel, maat, jaar, waar, deel)


def _post(regel: LocatieRegel, maat: Maat, jaar: int | None, vak: Vak, aantal: int) -> Post:
    corporaties = tuple(sorted(regel.locatie.corporaties))
    code = regel.koppeling.gemeentecode
    return Post(regel.locatie.id, code, corporaties, maat, jaar, vak, aantal)


def _vak(regel: LocatieRegel, akkoord: Akkoord, jaar: int | None, *, dubbel: bool) -> Vak:
    """Return the first compartment that fits, in the order of the list."""
    code = regel.koppeling.gemeentecode
    buiten = code is not None and bool(akkoord.gemeenten) and akkoord.gemeente(code) is None
    vakken = (
        (Vak.GEEN_GEMEENTE, code is None),
        (Vak.BUITEN_AKKOORD, buiten),
        (Vak.BUITEN_PERIODE, not akkoord.in_period(jaar)),
        (Vak.GEEN_CAPACITEIT, regel.oordeel.planstatus in akkoord.hardheid.geen_capaciteit),
        (Vak.DUBBEL, dubbel),
    )
    return next((vak for vak, past in vakken if past), _HARDHEID[regel.oordeel.hardheid])


def join_posten(posten: Iterable[Post]) -> tuple[Post, ...]:
    """Add up the posts that are alike in all but their locatie: few, with the same sums."""
    som: Counter[Post] = Counter()
    for post in posten:
        som[replace(post, locatie_id=None, aantal=0)] += post.aantal
    return tuple(replace(post, aantal=aantal) for post, aantal in som.items() if aantal)


_Sleutel = TypeVar("_Sleutel", bound=Hashable)


def add_posten(
    posten: Iterable[Post], sleutel: Callable[[Post], _Sleutel]
) -> dict[_Sleutel, Counter[Vak]]:
    """Add posts up by a key; each compartment of a key that holds nothing is 0."""
    uit: dict[_Sleutel, Counter[Vak]] = {}
    for post in posten:
        uit.setdefault(sleutel(post), Counter())[post.vak] += post.aantal
    return uit
