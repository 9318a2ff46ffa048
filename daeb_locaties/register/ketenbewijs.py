"""The receipt of a run of the chain: versions, hashes, counts and seconds per step."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Ketenbewijs:
    """What one run stood on, so that its figures can be traced and repeated.

    `momentopnamen` maps the id of each layer snapshot used to the sha256 of its source;
    `invoer_sha256` is the digest of locaties and biedingen; `seconden` is per step.
    """

    gedraaid_op: datetime
    versie: str
    regelversie: str
    akkoord: str
    akkoord_sha256: str
    invoer_sha256: str
    momentopnamen: dict[str, str]
    tellingen: dict[str, int]
    seconden: dict[str, float]
    ontbreekt: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the receipt as plain JSON values."""
        return asdict(self) | {
            "gedraaid_op": self.gedraaid_op.isoformat(),
            "ontbreekt": list(self.ontbreekt),
        }

    @classmethod
    def from_json(cls, inhoud: dict[str, Any]) -> Ketenbewijs:
        """Read a receipt back from its JSON values."""
        return cls(
            **inhoud
            | {
                "gedraaid_op": datetime.fromisoformat(inhoud["gedraaid_op"]),
                "ontbreekt": tuple(inhoud["ontbreekt"]),
            }
        )
