"""Dates as Dutch planlijsten write them, and as people read them."""

from __future__ import annotations

import re
from datetime import date

_MAANDEN = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)


def parse_datum(tekst: str | None) -> date | None:
    """Read ``2024-05-03`` or ``3-5-2024`` (day first); None for anything else."""
    if tekst is None:
        return None
    iso = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?", tekst.strip())
    nl = re.fullmatch(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})", tekst.strip())
    delen = iso.groups() if iso else tuple(reversed(nl.groups())) if nl else None
    if delen is None:
        return None
    try:
        return date(*(int(deel) for deel in delen))
    except ValueError:
        return None


def format_datum(datum: date | None) -> str:
    """Return ``3 mei 2024``, or ``datum onbekend``."""
    if datum is None:
        return "datum onbekend"
    return f"{datum.day} {_MAANDEN[datum.month - 1]} {datum.year}"
