"""Replaying: the state that the events say, from the first to the last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from daeb_locaties.register.bronwaarden import INGELEZEN, change_by_hand, change_by_source
from daeb_locaties.register.onderwerpen import LOCATIE, ONDERWERPEN
from daeb_locaties.register.velden import Velden


@dataclass(slots=True)
class Nagespeeld:
    """The state of one subject after its events so far."""

    velden: Velden = field(default_factory=dict)
    versie: int = 0
    bronwaarden: Velden | None = None


Toestand = dict[tuple[str, str], Nagespeeld]


def replay(gebeurtenissen: Iterable[Mapping[str, Any]]) -> Toestand:
    """Return the state of every subject, by its kind and id, that the events lead to."""
    toestand: Toestand = {}
    for gebeurtenis in gebeurtenissen:
        apply_event(toestand, gebeurtenis)
    return toestand


def apply_event(toestand: Toestand, gebeurtenis: Mapping[str, Any]) -> None:
    """Bring one event, a row of the register, into the state."""
    onderwerp = ONDERWERPEN[gebeurtenis["onderwerp"]]
    sleutel = (onderwerp.naam, gebeurtenis["onderwerp_id"])
    nu = toestand.setdefault(sleutel, Nagespeeld())
    voor = dict(nu.velden)
    onderwerp.apply(nu.velden, gebeurtenis["nieuw"])
    nu.versie = gebeurtenis["versie"]
    if onderwerp is not LOCATIE or gebeurtenis["oud"] is None:
        return
    if gebeurtenis["soort"] == INGELEZEN:
        nu.bronwaarden = change_by_source(nu.bronwaarden, gebeurtenis["nieuw"])
    else:
        nu.bronwaarden = change_by_hand(nu.bronwaarden, voor, nu.velden)
