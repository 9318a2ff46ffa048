"""Dates as people read them in a sentence."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

_NEDERLAND = ZoneInfo("Europe/Amsterdam")

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


def format_datum(datum: date | None) -> str:
    """Return ``3 mei 2024``, or ``datum onbekend``."""
    if datum is None:
        return "datum onbekend"
    return f"{datum.day} {_MAANDEN[datum.month - 1]} {datum.year}"


def local_date(moment: datetime) -> date:
    """Return the day that the Dutch calendar had at a moment."""
    return moment.astimezone(_NEDERLAND).date()
