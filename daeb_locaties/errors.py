"""The errors of daeb_locaties, in the shape of kaartlagen's: what, where, how to mend."""

from __future__ import annotations

from kaartlagen.errors import KaartlagenError


class DaebError(KaartlagenError):
    """Base of all errors that daeb_locaties raises on purpose; messages are Dutch."""


class AkkoordError(DaebError):
    """`akkoord.toml` cannot be read or contradicts itself."""


class BodError(DaebError):
    """A file with bids cannot be read or holds an impossible line."""


class LocatieError(DaebError):
    """A file with locaties holds something that cannot become a locatie."""


class GesprekError(DaebError):
    """Something is asked of a gesprek, its agenda or an indiening that cannot be."""


class RegisterError(DaebError):
    """The register cannot be opened, read or written."""


class ReservekopieError(DaebError):
    """A backup cannot be made, read or put back."""
