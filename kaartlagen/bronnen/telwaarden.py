"""Numbers of homes as planlijsten write them: 12, "12", "1.200", -12; and their sums."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kaartlagen.laagframe import as_text

_ONMOGELIJK = 1e12
_DUIZENDTALLEN = re.compile(r"[-+]?\d{1,3}(\.\d{3})+")


def whole(waarde: object) -> int | None:
    """Read a whole number, also from text; None for anything else.

    ``1.200`` as text is twelve hundred: of homes there are no parts.
    """
    tekst = as_text(waarde)
    if tekst is None or isinstance(waarde, bool):
        return None
    if isinstance(waarde, str) and _DUIZENDTALLEN.fullmatch(tekst):
        tekst = tekst.replace(".", "")
    try:
        getal = float(tekst.replace(",", "."))
    except ValueError:
        return None
    # More than this is no count of homes, and no column could hold it.
    return int(getal) if abs(getal) < _ONMOGELIJK and getal.is_integer() else None


def taken(waarde: object) -> int | None:
    """Read a number of homes that go: EIB writes -12, others 12."""
    getal = whole(waarde)
    return None if getal is None else abs(getal)


def total(waarden: Iterable[object]) -> int | None:
    """Add numbers up; None when there are none, or one that is filled in is no number."""
    gevuld = [waarde for waarde in waarden if as_text(waarde) is not None]
    getallen = [whole(waarde) for waarde in gevuld]
    bekend = [getal for getal in getallen if getal is not None]
    return sum(bekend) if gevuld and len(bekend) == len(gevuld) else None
