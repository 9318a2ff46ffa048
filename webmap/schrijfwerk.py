"""Carrying out a change: the register writes, the chain judges, and the effect is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from daeb_locaties.errors import RegisterError
from daeb_locaties.model import Balans, Balansregel, Locatie
from daeb_locaties.register import ConflictError, Register
from daeb_locaties.register.wijzigen import Uitkomst
from webmap.detail import describe_locatie
from webmap.errors import GeweigerdError, NietGevondenError
from webmap.gegevens import Gegevens
from webmap.notatie import format_getal

_VAKKEN = (
    ("hard", "concreet hard"),
    ("zacht", "concreet zacht"),
    ("onbekend", "onbekend"),
    ("zonder_locatie", "nog zonder locatie"),
    ("boven_bod", "boven het bod"),
    ("dubbel", "mogelijk dubbel"),
    ("buiten_periode", "buiten de periode"),
    ("geen_capaciteit", "zonder capaciteit"),
)


def perform(
    gegevens: Gegevens, actie: Callable[[Register], Uitkomst], tell: Callable[[], None]
) -> dict[str, Any]:
    """Carry out a change and tell what it led to.

    Parameters
    ----------
    gegevens
        The project; judged again afterwards. The figures before are those of the last run:
        to judge first would let a change wait for the judging of another one.
    actie
        Writes in the register.
    tell
        Says that the register was written in, before the judging begins.

    Returns
    -------
    dict
        The event, the locaties with their new verdict, and the effect on the balans.

    Raises
    ------
    ConflictError
        When somebody else was first.
    GeweigerdError, LocatieError, RegisterError
        When the register refuses.
    """
    voor = gegevens.balans()
    uitkomst = refuse_plainly(lambda: actie(gegevens.register))
    tell()
    gegevens.refresh()
    return {
        "gebeurtenis": uitkomst.gebeurtenis,
        "locaties": describe_all(gegevens, [locatie.id for locatie in uitkomst.locaties]),
        "effect": tell_effect(voor, gegevens.balans()),
    }


def refuse_plainly(actie: Callable[[], Any]) -> Any:
    """Tell a register that says no apart from one that cannot be read.

    Raises
    ------
    GeweigerdError
        In place of a refusal that no fault of the database lies under.
    """
    try:
        return actie()
    except ConflictError:
        raise
    except RegisterError as fout:
        if fout.__cause__ is not None:
            raise
        raise GeweigerdError(fout.wat, waar=fout.waar, herstel=fout.herstel) from fout


def require_locatie(gegevens: Gegevens, id_: str) -> Locatie:
    """Return a locatie, ended or not.

    Raises
    ------
    NietGevondenError
        When the project has none of this id.
    """
    locatie = gegevens.register.locatie(id_)
    if locatie is None:
        raise NietGevondenError(
            "Deze locatie bestaat niet in dit project.", herstel="Vernieuw de pagina."
        )
    return locatie


def describe_all(gegevens: Gegevens, ids: Sequence[str]) -> list[dict[str, Any]]:
    """Describe locaties as the panel shows them; ended ones are left out."""
    per_id = {regel.locatie.id: regel for regel in gegevens.regels()}
    return [
        describe_locatie(
            per_id[id_],
            gegevens.bewijs(id_),
            gegevens.biedingen(),
            {ander: per_id[ander].locatie.naam for ander in per_id[id_].dubbel_met},
        )
        for id_ in ids
        if id_ in per_id
    ]


def tell_effect(voor: Balans, na: Balans) -> list[dict[str, Any]]:
    """Say per gemeente what changed in the balans, with a sentence; empty for nothing."""
    eerder = {rij.gemeentecode: rij for rij in voor.gemeenten}
    effecten = []
    for rij in na.gemeenten:
        oud = eerder.get(rij.gemeentecode)
        anders = [] if oud is None else _changed(oud, rij)
        if anders:
            delen = [
                f"{woord} van {format_getal(van)} naar {format_getal(naar)}"
                for _, woord, van, naar in anders
            ]
            effecten.append(
                {
                    "gemeente": rij.naam,
                    "anders": {vak: {"van": van, "naar": naar} for vak, _, van, naar in anders},
                    "zin": f"{rij.naam}: {', '.join(delen)}.",
                }
            )
    return effecten


def _changed(oud: Balansregel, nieuw: Balansregel) -> list[tuple[str, str, int, int]]:
    paren = [(vak, woord, getattr(oud, vak), getattr(nieuw, vak)) for vak, woord in _VAKKEN]
    return [deel for deel in paren if deel[2] != deel[3]]
