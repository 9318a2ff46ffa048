"""What the area engine refuses, by name."""

from __future__ import annotations

from kaartlagen.errors import KaartlagenError


class NietOndersteundError(KaartlagenError):
    """A geometry that the area engine cannot measure: curved, a collection, not finite."""


class OppervlakteindexError(KaartlagenError):
    """A stored area index is absent, damaged, of another version or of another source."""


class GeannuleerdError(KaartlagenError):
    """The caller asked to stop; nothing was returned or written."""
