"""Fields and their values in the words of a Dutch sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import shapely

from daeb_locaties.begrippen import Component, Maat, Paaroordeel, Planstatus
from daeb_locaties.datums import format_datum, local_date
from daeb_locaties.getallen import format_getal
from daeb_locaties.register.velden import PLANSTATUS, read_count_key

_NAMEN = {
    "naam": "de naam",
    "geometrie_rd": "de begrenzing",
    "bron": "de bron",
    "bron_id": "het kenmerk in de bron",
    "gemeente_opgegeven": "de opgegeven gemeente",
    "corporaties": "de corporaties",
    "woningen_totaal": "het totaal aantal woningen",
    PLANSTATUS: "de opgegeven planstatus",
    "plantype": "het plantype",
    "projectfase": "de projectfase",
    "vertrouwelijkheid": "de vertrouwelijkheid",
    "besluit": "het besluit over de planstatus",
    "voorgangers": "de voorgangers",
    "opvolgers": "de opvolgers",
    "einde": "de beëindiging",
    "datum": "de datum",
    "gemeentenaam": "de naam van de gemeente",
    "regels": "de regels",
    "toelichting": "de toelichting",
    "handelingsperspectief": "het handelingsperspectief",
    "oordeel": "het besluit",
    "blijft_id": "welke locatie meetelt",
    "daeb_dubbel": "het aantal dubbele DAEB-woningen",
    "reden": "de reden",
}
_MAATWOORD = {
    Maat.DAEB: "DAEB-woningen",
    Maat.DOELGROEPVOORRAAD: "woningen in de doelgroepvoorraad",
}


def name_author(wie: str, partij: str | None) -> str:
    """Return who it was, with the party behind it."""
    return f"{wie} ({partij})" if partij else wie


def name_moment(moment: datetime) -> str:
    """Return the day of a moment as the Dutch clock had it."""
    return format_datum(local_date(moment))


def name_veld(veld: str) -> str:
    """Return a field with its article: ``het aantal DAEB-woningen in 2027``."""
    sleutel = read_count_key(veld)
    if sleutel is None:
        return _NAMEN.get(veld, f"het veld {veld}")
    component, maat, jaar = sleutel
    soort = "" if component is Component.NIEUWBOUW else f" ({component.label.lower()})"
    return f"het aantal {_MAATWOORD[maat]}{soort}" + (f" in {jaar}" if jaar else " zonder jaar")


def name_value(veld: str, waarde: Any) -> str:
    """Return a value of a field as people write it; ``niets`` where nothing is stated."""
    if waarde is None or waarde in ([], ""):
        return "niets"
    if read_count_key(veld) is not None:
        return _count(waarde)
    vorm = _VORMEN.get(veld)
    if vorm is not None:
        return vorm(waarde)
    return format_getal(waarde) if isinstance(waarde, int | float) else f"'{waarde}'"


def _count(cel: Mapping[str, Any]) -> str:
    tekst = format_getal(cel["waarschijnlijk"])
    grenzen = [
        f"{woord} {format_getal(cel[naam])}"
        for naam, woord in (("minimum", "minimaal"), ("maximum", "maximaal"))
        if cel[naam] is not None
    ]
    return f"{tekst} ({', '.join(grenzen)})" if grenzen else tekst


def _shape(wkb: str) -> str:
    vorm = shapely.from_wkb(wkb)
    if vorm.geom_type == "Point":
        return f"een punt ({vorm.x:.0f}, {vorm.y:.0f})"
    return f"een vlak van {format_getal(vorm.area)} m2"


def _status(cel: Mapping[str, Any]) -> str:
    delen = [
        f"bron: {cel['herkomst']}" if cel.get("herkomst") else "",
        format_datum(date.fromisoformat(cel["datum"])) if cel.get("datum") else "",
    ]
    bij = ", ".join(deel for deel in delen if deel)
    status = Planstatus(cel["status"]).label
    return f"{status} ({bij})" if bij else status


def _decision(cel: Mapping[str, Any]) -> str:
    return f"{Planstatus(cel['planstatus']).label} ({cel['reden']})"


def _ending(cel: Mapping[str, Any]) -> str:
    return f"{format_datum(date.fromisoformat(cel['datum']))} ({cel['reden']})"


def _how_many(ids: Sequence[str]) -> str:
    """Count locaties: their ids say nothing in a sentence."""
    return "1 locatie" if len(ids) == 1 else f"{len(ids)} locaties"


_VORMEN: dict[str, Callable[[Any], str]] = {
    "geometrie_rd": _shape,
    "corporaties": ", ".join,
    "voorgangers": _how_many,
    "opvolgers": _how_many,
    PLANSTATUS: _status,
    "besluit": _decision,
    "einde": _ending,
    "regels": lambda regels: f"{len(regels)} regels",
    "oordeel": lambda code: Paaroordeel(code).label.lower(),
}
