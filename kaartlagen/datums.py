"""Dates as Dutch sources write them: year first with dashes, or day first."""

from __future__ import annotations

import re
from datetime import date, datetime

_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ].*)?")
_KAAL = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DAG_EERST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?: .*)?")


def parse_datum(waarde: object) -> date | None:
    """Read a date.

    Parameters
    ----------
    waarde
        A date or datetime, or text such as ``2024-05-03``, ``2024-05-03T00:00:00+02:00``,
        ``20240503`` or ``3-5-2024`` (day first, as the Dutch do).

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
    else:
        return None
    try:
        return date(int(jaar), int(maand), int(dag))
    except ValueError:
        return None
