"""What people decided on pairs, brought to bear on what the chain suspects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from daeb_locaties.begrippen import Maat, Paaroordeel
from daeb_locaties.dubbeltelling import firmest_first
from daeb_locaties.model import Dubbelpaar, Locatie, Oordeel, Paarbesluit

BESLOTEN = "door een mens aangewezen"
"""The reason of a pair that the chain does not suspect, and that a person decided on."""


def decide_paren(
    paren: Sequence[Dubbelpaar], besluiten: Sequence[Paarbesluit], levend: frozenset[str]
) -> tuple[Dubbelpaar, ...]:
    """Return the pairs with what people decided on them, ordered by ids.

    Parameters
    ----------
    paren
        What the chain suspects.
    besluiten
        What people decided; it goes above every suspicion.
    levend
        The ids of all locaties that have not ended.

    Returns
    -------
    tuple of Dubbelpaar
        The same pairs, and those that a person called (partly) the same unsuspected. One
        of two that are the same is set aside; none of two that are not.
    """
    uit = {(paar.eerste_id, paar.tweede_id): paar for paar in paren}
    for besluit in besluiten:
        sleutel = (besluit.eerste_id, besluit.tweede_id)
        if not levend.issuperset(sleutel):
            continue
        oordeel = besluit.oordeel
        if sleutel not in uit:
            if oordeel is Paaroordeel.VERSCHILLEND:
                continue
            uit[sleutel] = Dubbelpaar(*sleutel, BESLOTEN, 0.0, 0.0)
        apart = oordeel is Paaroordeel.ZELFDE
        uit[sleutel] = replace(uit[sleutel], apart=apart, besluit=oordeel)
    return tuple(uit[sleutel] for sleutel in sorted(uit))


def chosen_ids(besluiten: Sequence[Paarbesluit]) -> frozenset[str]:
    """Return the ids that people said keep counting."""
    return frozenset(b.blijft_id for b in besluiten if b.blijft_id is not None)


def count_partly_double(
    locaties: Sequence[Locatie],
    oordelen: Mapping[str, Oordeel],
    besluiten: Sequence[Paarbesluit],
    apart: frozenset[str],
) -> dict[str, int]:
    """Return by id how many DAEB homes of a locatie another one counts already.

    Of a pair with a number of double homes the softer locatie gives them up, as
    `choose_apart` would choose; a pair of which one is set aside already gives up nothing.
    """
    per_id = {loc.id: loc for loc in locaties}
    uit: dict[str, int] = {}
    for besluit in besluiten:
        ids = {besluit.eerste_id, besluit.tweede_id}
        if besluit.oordeel is not Paaroordeel.DEELS or not besluit.daeb_dubbel:
            continue
        if ids & apart or not ids <= per_id.keys():
            continue
        paar = [per_id[id_] for id_ in ids if per_id[id_].netto(Maat.DAEB) is not None]
        if len(paar) == 2:
            zachtste = firmest_first(paar, oordelen)[-1].id
            uit[zachtste] = uit.get(zachtste, 0) + besluit.daeb_dubbel
    return uit
