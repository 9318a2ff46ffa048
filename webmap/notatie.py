"""Numbers, shares and dates as a Dutch reader writes them: 1.234,5 and 22-11-2026."""

from __future__ import annotations

from datetime import date, datetime

from daeb_locaties import getallen

NIET_BEKEND = "–"
_VERWAARLOOSBAAR = 0.00005


def format_getal(waarde: float | None, decimalen: int = 0) -> str:
    """Write a number with a point per thousand and a decimal comma; a dash for None."""
    if waarde is None:
        return NIET_BEKEND
    return getallen.format_getal(waarde, decimalen).replace("-", "−")


def format_procent(aandeel: float | None, decimalen: int = 0) -> str:
    """Write a share (0..1) as a percentage; a dash for None."""
    if aandeel is None:
        return NIET_BEKEND
    return f"{format_getal(aandeel * 100, decimalen)}\u00a0%"


def format_aandeel(aandeel: float) -> str:
    """Write a share (0..1) as a whole percentage that never rounds a part to nothing or all."""
    procent = aandeel * 100
    if 0 < procent < 1:
        return "<\u00a01\u00a0%"
    if procent > 99 and aandeel < 1 - _VERWAARLOOSBAAR:
        return ">\u00a099\u00a0%"
    return format_procent(aandeel)


def format_datum(waarde: date | None) -> str:
    """Write a date as day-month-year; a dash for None."""
    return waarde.strftime("%d-%m-%Y") if waarde else NIET_BEKEND


def format_moment(waarde: datetime | None) -> str:
    """Write a moment with its minute in the machine's own time zone; a dash for None."""
    return waarde.astimezone().strftime("%d-%m-%Y %H:%M") if waarde else NIET_BEKEND
