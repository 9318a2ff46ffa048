"""What the source of a locatie said last, for the fields that a person changed since.

Reading the source again then tells three things apart: the source still says the same (the
person's value stays), only the source changed (its value comes), or both did (a conflict).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from daeb_locaties.register.velden import Velden, differ, same

INGELEZEN = "ingelezen"
"""The kind of event by which a source changes a locatie; all others are by people."""

ALLEEN_MENSEN = frozenset({"besluit", "einde", "voorgangers", "opvolgers"})
"""Fields that no source speaks of."""


def change_by_hand(bron: Velden | None, oud: Velden, nieuw: Velden) -> Velden | None:
    """Return the source's values after a person changed fields; None when there are none."""
    uit = dict(bron or {})
    for veld in differ(oud, nieuw):
        if veld in ALLEEN_MENSEN:
            continue
        basis = uit.pop(veld, oud.get(veld))
        if not same(basis, nieuw.get(veld)):
            uit[veld] = basis
    return uit or None


def change_by_source(bron: Velden | None, velden: Iterable[str]) -> Velden | None:
    """Return the source's values after the source changed these fields itself."""
    gewijzigd = set(velden)
    return {veld: waarde for veld, waarde in (bron or {}).items() if veld not in gewijzigd} or None


def weigh(
    bron: Velden | None, nu: Mapping[str, Any], gelezen: Mapping[str, Any]
) -> tuple[Velden, list[str]]:
    """Weigh what was read from a source against what people made of it.

    Parameters
    ----------
    bron
        What the source said last, per field that a person changed.
    nu, gelezen
        The fields as they are, and as the source has them now.

    Returns
    -------
    fields, conflicts
        The fields as they become, and the names of those in which source and person both
        changed; there the person's value stays.
    """
    uit, botsend = dict(gelezen), []
    for veld in differ(nu, gelezen):
        if veld in ALLEEN_MENSEN:
            blijft = veld != "besluit" or gelezen.get(veld) is None
        else:
            blijft = bron is not None and veld in bron
            if blijft and not same(bron and bron[veld], gelezen.get(veld)):
                botsend.append(veld)
        if blijft:
            uit[veld] = nu.get(veld)
    return uit, botsend
