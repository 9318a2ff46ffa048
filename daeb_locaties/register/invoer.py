"""What a person may fill in: values that cannot be right are refused with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from shapely import MultiPolygon, Point

from daeb_locaties.errors import LocatieError
from daeb_locaties.model import Aantal, Locatie
from kaartlagen.crs import VENSTER_RD

_TEKSTEN = tuple(veld.name for veld in fields(Locatie) if veld.type in {"str", "str | None"})
_JAREN = range(1900, 2200)


def check_locatie(locatie: Locatie, eerder: Locatie | None = None) -> None:
    """Refuse a locatie with values that cannot be right.

    Parameters
    ----------
    locatie
        As it would become.
    eerder
        As it was: what was wrong with it already does not keep anybody from mending
        something else.

    Raises
    ------
    LocatieError
        With everything that is wrong in one message.
    """
    bekend = set() if eerder is None else set(_faults(eerder))
    fouten = [fout for fout in _faults(locatie) if fout not in bekend]
    if fouten:
        raise LocatieError(
            "; ".join(fouten) + ".",
            waar=locatie.naam if isinstance(locatie.naam, str) else locatie.id,
            herstel="Verbeter dit en probeer het opnieuw.",
        )


def _faults(locatie: Locatie) -> Iterator[str]:
    yield from _texts(locatie)
    yield from _shape(locatie)
    yield from _counts(locatie)


def _texts(locatie: Locatie) -> Iterator[str]:
    if not isinstance(locatie.naam, str) or not locatie.naam.strip():
        yield "de naam ontbreekt"
    teksten = [getattr(locatie, naam) for naam in _TEKSTEN]
    for tekst in (*teksten, *locatie.corporaties):
        if tekst is not None and (not isinstance(tekst, str) or not _writable(tekst)):
            yield f"een tekst bevat tekens die niet te bewaren zijn ({tekst!r:.40})"


def _writable(tekst: str) -> bool:
    """Whether both databases can keep the text: no NUL, no half of a character."""
    return "\x00" not in tekst and not any("\ud800" <= teken <= "\udfff" for teken in tekst)


def _shape(locatie: Locatie) -> Iterator[str]:
    vorm = locatie.geometrie_rd
    if not isinstance(vorm, MultiPolygon | Point):
        yield "de begrenzing is geen vlak of punt"
    elif vorm.is_empty or not vorm.is_valid or vorm.has_z:
        yield "de begrenzing is leeg, kruist zichzelf of heeft een hoogte"
    elif not _within(vorm.bounds):
        yield "de begrenzing ligt buiten Nederland; verwacht coördinaten in RD (EPSG:28992)"


def _within(grenzen: tuple[float, float, float, float]) -> bool:
    x_min, y_min, x_max, y_max = VENSTER_RD
    return (
        x_min <= grenzen[0] and y_min <= grenzen[1] and grenzen[2] <= x_max and grenzen[3] <= y_max
    )


def _counts(locatie: Locatie) -> Iterator[str]:
    sleutels = [(a.component, a.maat, a.jaar) for a in locatie.aantallen]
    if len(set(sleutels)) < len(sleutels):
        yield "een aantal staat er tweemaal voor dezelfde component, maat en hetzelfde jaar"
    for aantal in locatie.aantallen:
        if aantal.jaar is not None and aantal.jaar not in _JAREN:
            yield f"{aantal.jaar} is geen jaar"
        if not _in_order(aantal):
            yield f"{aantal.component.label}: verwacht 0 <= minimum <= waarschijnlijk <= maximum"


def _in_order(aantal: Aantal) -> bool:
    reeks = [aantal.minimum, aantal.waarschijnlijk, aantal.maximum]
    bekend = [getal for getal in reeks if getal is not None]
    geheel = all(isinstance(getal, int) and not isinstance(getal, bool) for getal in bekend)
    return geheel and bekend == sorted(bekend) and bekend[0] >= 0
