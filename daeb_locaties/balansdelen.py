"""The same balans cut another way: per period, year and corporatie."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from daeb_locaties.akkoord import Akkoord, Periode, parse_periode
from daeb_locaties.balansposten import Post, Vak, add_posten
from daeb_locaties.begrippen import Maat
from daeb_locaties.model import Bod

GEEN_PERIODE = "zonder periode"
"""Homes without a year, and bod lines that run over more than one period."""

GEEN_CORPORATIE = "zonder corporatie"
GEEN_JAAR = "zonder jaar"


@dataclass(frozen=True, slots=True)
class Balansdeel:
    """Net homes of one measure in one part of the balans, by compartment.

    `naam` is the period, the year or the corporaties. `bod` is the part of the bod that
    speaks of it, None where a bod has no such parts. Parts of one view add up to the row
    of the gemeente (`gemeentecode`; None: the region).
    """

    gemeentecode: str | None
    maat: Maat
    naam: str
    bod: int | None
    hard: int
    zacht: int
    onbekend: int
    dubbel: int
    buiten_periode: int
    geen_capaciteit: int


def split_by_periode(
    posten: Sequence[Post],
    biedingen: Mapping[str, Sequence[Bod]],
    akkoord: Akkoord,
    maat: Maat,
    gemeentecode: str | None = None,
) -> tuple[Balansdeel, ...]:
    """Cut the balans by the periods of the akkoord.

    A bod line counts in the period that holds all its years. What cannot be laid in one
    period, of the bod as of the homes, stands in the last row, `zonder periode`.
    """
    namen = [*map(str, akkoord.perioden), GEEN_PERIODE]
    gekozen = _choose(posten, maat, gemeentecode)
    som = add_posten(gekozen, lambda post: _periode_of(post.jaar, akkoord))
    bod = _bod_per_periode(biedingen, akkoord, maat, gemeentecode)
    return tuple(
        _deel(gemeentecode, maat, naam, som.get(naam, Counter()), bod.get(naam, 0) if bod else None)
        for naam in namen
    )


def split_by_jaar(
    posten: Sequence[Post], maat: Maat, gemeentecode: str | None = None
) -> tuple[Balansdeel, ...]:
    """Cut the balans by year, from the first that is named; a bod is not made per year."""
    som = add_posten(_choose(posten, maat, gemeentecode), lambda post: post.jaar)
    jaren = sorted(jaar for jaar in som if jaar is not None)
    return tuple(
        _deel(gemeentecode, maat, GEEN_JAAR if jaar is None else str(jaar), som[jaar], None)
        for jaar in [*jaren, *([None] if None in som else [])]
    )


def split_by_corporatie(
    posten: Sequence[Post], akkoord: Akkoord, maat: Maat, gemeentecode: str | None = None
) -> tuple[Balansdeel, ...]:
    """Cut the balans by corporatie; homes of more than one together stand under both names."""
    som = add_posten(_choose(posten, maat, gemeentecode), lambda post: post.corporaties)
    genoemd = {(corporatie.naam,) for corporatie in akkoord.corporaties} if not gemeentecode else ()
    groepen = sorted({*som, *genoemd}, key=lambda groep: (not groep, groep))
    return tuple(
        _deel(
            gemeentecode,
            maat,
            " + ".join(groep) or GEEN_CORPORATIE,
            som.get(groep, Counter()),
            None,
        )
        for groep in groepen
    )


def _choose(posten: Sequence[Post], maat: Maat, gemeentecode: str | None) -> list[Post]:
    """Return the posts of the rows of the balans: of one gemeente, or of all that have a row."""
    buiten = {Vak.BUITEN_AKKOORD, Vak.GEEN_GEMEENTE}
    return [
        post
        for post in posten
        if post.maat is maat
        and post.vak not in buiten
        and gemeentecode in {None, post.gemeentecode}
    ]


def _periode_of(jaar: int | None, akkoord: Akkoord) -> str:
    gevonden = (p for p in akkoord.perioden if jaar is not None and jaar in p)
    return str(next(gevonden, GEEN_PERIODE))


def _bod_per_periode(
    biedingen: Mapping[str, Sequence[Bod]],
    akkoord: Akkoord,
    maat: Maat,
    gemeentecode: str | None,
) -> Counter[str] | None:
    """Add up bod lines per period; None where there is no bod."""
    groepen = [
        groep
        for code, groep in biedingen.items()
        if gemeentecode in {None, code} and (not akkoord.gemeenten or akkoord.gemeente(code))
    ]
    if not any(groepen):
        return None
    uit: Counter[str] = Counter()
    for regel in (regel for groep in groepen for bod in groep for regel in bod.regels):
        if regel.maat is maat:
            periode = parse_periode(regel.periode)
            uit[_holder(periode, akkoord)] += regel.component.teken * regel.aantal
    return uit


def _holder(periode: Periode | None, akkoord: Akkoord) -> str:
    """Return the period of the akkoord that holds all years of a bod line."""
    gevonden = (
        p
        for p in akkoord.perioden
        if periode is not None and periode.begin in p and periode.eind in p
    )
    return str(next(gevonden, GEEN_PERIODE))


def _deel(
    gemeentecode: str | None, maat: Maat, naam: str, som: Counter[Vak], bod: int | None
) -> Balansdeel:
    return Balansdeel(
        gemeentecode,
        maat,
        naam,
        bod,
        hard=som[Vak.HARD],
        zacht=som[Vak.ZACHT],
        onbekend=som[Vak.ONBEKEND],
        dubbel=som[Vak.DUBBEL],
        buiten_periode=som[Vak.BUITEN_PERIODE],
        geen_capaciteit=som[Vak.GEEN_CAPACITEIT],
    )
