"""The seal of an event: a hash over all it says and over the seal of the event before it.

Whoever changes, removes or inserts an event afterwards breaks every seal from there on.
The way of sealing never changes, for it has to fit events of years ago.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

BEGIN = "0" * 64
"""The seal before the first event."""

_VELDEN = (
    "nummer",
    "wie",
    "partij",
    "onderwerp",
    "onderwerp_id",
    "versie",
    "soort",
    "oud",
    "nieuw",
    "reden",
    "handeling",
    "herroept",
)


def seal(gebeurtenis: Mapping[str, Any], vorig_zegel: str) -> str:
    """Return the seal of an event.

    Parameters
    ----------
    gebeurtenis
        Its row; `tijdstip` carries its time zone.
    vorig_zegel
        The seal of the event before it; `BEGIN` for the first.
    """
    moment: datetime = gebeurtenis["tijdstip"]
    inhoud = {veld: gebeurtenis[veld] for veld in _VELDEN}
    inhoud["tijdstip"] = moment.astimezone(UTC).isoformat(timespec="microseconds")
    inhoud["vorig"] = vorig_zegel
    return hashlib.sha256(canonical(inhoud)).hexdigest()


def canonical(inhoud: Any) -> bytes:
    """Return the one way in which a value is written as JSON: the same value, the same bytes."""
    return json.dumps(
        inhoud, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False
    ).encode("ascii")
