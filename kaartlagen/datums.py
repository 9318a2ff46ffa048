"""Dates as Dutch sources write them: year first with dashes, day first, or in words."""

from __future__ import annotations

import re
from datetime import date, datetime

_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ].*)?")
_KAAL = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DAG_EERST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?: .*)?")
_IN_WOORDEN = re.compile(r"(\d{1,2})[ -]([a-z]{3,9})\.?[ -](\d{4})")
_MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
_KORT = {maand[:3]: nummer for nummer, maand in enumerate(_MAANDEN, 1)} | {"mrt": 3, "sept": 9}


def parse_datum(waarde: object) -> date | None:
    """Read a date.

    Parameters
    ----------
    waarde
        A date or datetime, or text such as ``2024-05-03``, ``2024-05-03T00:00:00+02:00``,
        ``20240503``, ``3-5-2024`` (day first, as the Dutch do) or ``3 mei 2024``.

    Returns
    -------
    date or None
        None when there is no date in it, or none that exists. A time is dropped.
    """
    if isinstance(waarde, datetime):
        return waarde.date()
    if isinstance(waarde, date):
        return waarde
    tekst = str(waarde).strip() if waarde is not None else ""
    jaar_eerst = _ISO.fullmatch(tekst) or _KAAL.fullmatch(tekst)
    dag_eerst = _DAG_EERST.fullmatch(tekst)
    if jaar_eerst:
        jaar, maand, dag = jaar_eerst.groups()
    elif dag_eerst:
        dag, maand, jaar = dag_eerst.groups()
    elif woorden := _IN_WOORDEN.fullmatch(tekst.lower()):
        dag, maand, jaar = woorden[1], _month(woorden[2]), woorden[3]
    else:
        return None
    try:
        return date(int(jaar), int(maand), int(dag))
    except ValueError:
        return None


def _month(naam: str) -> str:
    """Give the number of a month that is named in full or cut short; 0 for no month."""
    if naam in _MAANDEN:
        return str(_MAANDEN.index(naam) + 1)
    return str(_KORT.get(naam, 0))
