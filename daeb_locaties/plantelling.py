"""From lines of homes to counts per component, measure and year, with min and max.

A line says of so many homes whether they are in a measure: yes, no, or not known. What the
source states is the likely number; what it leaves open may come on top, and is the maximum.
Where it states nothing and leaves something open there is no number at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from daeb_locaties.begrippen import Component, Maat
from daeb_locaties.model import Aantal


class Telt(Enum):
    """Whether homes are in a measure."""

    WEL = "wel"
    NIET = "niet"
    ONBEKEND = "onbekend"


class Opmerking(Enum):
    """What is to be said of how counts were read."""

    SOCIAAL_IS_DAEB = "sociale huur is geteld als DAEB"
    DEELS_ONBEKEND = "van een deel van de woningen is niet bekend of zij DAEB zijn"
    ALLEEN_NETTO = "de bron noemt alleen het saldo van nieuwbouw en sloop"
    JAAR_ONBEKEND = "het jaar waarin DAEB-woningen komen of gaan, is niet bekend"
    STRIJDIG = "aantallen in de bron spreken elkaar tegen"
    PRIJS_ONBEKEND = "van huurprijzen is niet bekend of zij onder de DAEB-grens liggen"


@dataclass(frozen=True, slots=True)
class Woningregel:
    """So many homes of one kind that come or go in one year; `jaar` None is not known."""

    component: Component
    jaar: int | None
    aantal: int
    daeb: Telt
    doelgroep: Telt = Telt.ONBEKEND


@dataclass(frozen=True, slots=True)
class Telling:
    """Counts, and what is to be said of them."""

    aantallen: tuple[Aantal, ...] = ()
    opmerkingen: frozenset[Opmerking] = frozenset()


def count_lines(regels: Iterable[Woningregel], opmerkingen: Iterable[Opmerking] = ()) -> Telling:
    """Count the lines of one plan.

    Parameters
    ----------
    regels
        Lines in which every home stands once.
    opmerkingen
        What was found while the lines were read.

    Returns
    -------
    Telling
        No count of a measure means that the source does not say; a count of 0 that it
        says there are none. The doelgroepvoorraad is counted only where it is known of
        every home, for no source states it by itself.
    """
    gevuld = [regel for regel in regels if regel.aantal > 0]
    gezegd = set(opmerkingen)
    daeb = _measure(gevuld, Maat.DAEB, lambda regel: regel.daeb)
    doelgroep = _measure(gevuld, Maat.DOELGROEPVOORRAAD, lambda regel: regel.doelgroep)
    if any(regel.doelgroep is Telt.ONBEKEND for regel in gevuld):
        doelgroep = ()
    if any(aantal.maximum is not None for aantal in daeb):
        gezegd.add(Opmerking.DEELS_ONBEKEND)
    if any(aantal.jaar is None and aantal.waarschijnlijk for aantal in daeb):
        gezegd.add(Opmerking.JAAR_ONBEKEND)
    return Telling(daeb + doelgroep, frozenset(gezegd))


def net_count(netto: int, ruimte: int = 0) -> tuple[Aantal, ...]:
    """Make a count of a net number of DAEB homes of which the two sides are not known.

    Parameters
    ----------
    netto
        Homes that come less homes that go.
    ruimte
        Homes to be built of which it is not known whether they are DAEB.
    """
    if netto == 0 and ruimte:
        return ()
    component = Component.NIEUWBOUW if netto >= 0 else Component.SLOOP
    grenzen = (netto, netto + ruimte) if ruimte and netto > 0 else (None, None)
    return (Aantal(component, Maat.DAEB, None, abs(netto), *grenzen),)


def spread_years(
    cellen: Mapping[tuple[Maat, Component, int | None], Aantal],
) -> Telling:
    """Take a count without a year beside counts per year for what it is: their total.

    What the total has over the years stays, without a year; a total below the sum of the
    years contradicts them, and the years are kept.
    """
    uit: list[Aantal] = []
    gezegd: set[Opmerking] = set()
    for (maat, component, jaar), cel in cellen.items():
        jaren = [
            ander.waarschijnlijk
            for (m, c, j), ander in cellen.items()
            if (m, c) == (maat, component) and j is not None
        ]
        if jaar is not None or not jaren:
            uit.append(cel)
            continue
        rest = cel.waarschijnlijk - sum(jaren)
        if rest < 0:
            gezegd.add(Opmerking.STRIJDIG)
        elif rest > 0:
            uit.append(Aantal(component, maat, None, rest))
    return Telling(tuple(sorted(uit, key=_order)), frozenset(gezegd))


def _measure(
    regels: Sequence[Woningregel], maat: Maat, telt: Callable[[Woningregel], Telt]
) -> tuple[Aantal, ...]:
    som: dict[tuple[Component, int | None], dict[Telt, int]] = {}
    for regel in regels:
        groep = som.setdefault((regel.component, regel.jaar), dict.fromkeys(Telt, 0))
        groep[telt(regel)] += regel.aantal
    genoemd = sum(groep[Telt.WEL] for groep in som.values())
    open_ = sum(groep[Telt.ONBEKEND] for groep in som.values())
    if not som or (not genoemd and open_):
        return ()
    if not genoemd:
        return (Aantal(Component.NIEUWBOUW, maat, None, 0),)
    aantallen = [
        _bounded(component, maat, jaar, groep[Telt.WEL], groep[Telt.ONBEKEND])
        for (component, jaar), groep in som.items()
        if groep[Telt.WEL] or groep[Telt.ONBEKEND]
    ]
    return tuple(sorted(aantallen, key=_order))


def _bounded(component: Component, maat: Maat, jaar: int | None, wel: int, open_: int) -> Aantal:
    if not open_:
        return Aantal(component, maat, jaar, wel)
    return Aantal(component, maat, jaar, wel, wel, wel + open_)


def _order(aantal: Aantal) -> tuple[str, str, int]:
    return aantal.maat.value, aantal.component.value, aantal.jaar or 0
