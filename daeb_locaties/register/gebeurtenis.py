"""One event, as it was written and will stay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Gebeurtenis:
    """One event: who changed what, when, from what to what, and why.

    `versie` is the version of the subject that it led to. `oud` is None when the subject
    was new; otherwise `oud` and `nieuw` hold the fields that differ. `handeling` is the number
    of the first event of the same transaction, `herroept` that of the event which this one
    reverses.
    """

    nummer: int
    tijdstip: datetime
    wie: str
    onderwerp: str
    onderwerp_id: str
    soort: str
    oud: Mapping[str, Any] | None
    nieuw: Mapping[str, Any]
    reden: str
    partij: str | None
    versie: int
    handeling: int
    herroept: int | None
    zegel: str


_VELDEN = tuple(veld.name for veld in fields(Gebeurtenis))


def row_to_gebeurtenis(rij: Mapping[str, Any]) -> Gebeurtenis:
    """Read an event from its row."""
    return Gebeurtenis(**{naam: rij[naam] for naam in _VELDEN})
