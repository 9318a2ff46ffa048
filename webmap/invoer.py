"""What a request brings: JSON read into the values of the domain, or refused with the reason."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any, NoReturn, TypeAlias, TypeVar

import shapely
from shapely import LineString, MultiPolygon, Point, Polygon

from daeb_locaties.begrippen import Begrip, Component, Maat, Planstatus
from daeb_locaties.errors import LocatieError
from daeb_locaties.keuzelijsten import KEUZELIJSTEN
from daeb_locaties.model import Aantal
from daeb_locaties.register.splitsen import Deel
from daeb_locaties.register.wijzigen import Aantalsleutel
from webmap.errors import VerzoekError, VoorwaardeError

Vorm: TypeAlias = MultiPolygon | Point
_B = TypeVar("_B", bound=Begrip)

LANGSTE_TEKST = 500
_MEESTE = 2_000
_ETAG = re.compile(r'(?:W/)?"(\d{1,9})"')
_STATUSDELEN = frozenset({"status", "tekst", "datum", "herkomst"})
_CEL = frozenset({"component", "maat", "jaar", "minimum", "waarschijnlijk", "maximum"})


def read_json(inhoud: bytes, bekend: Collection[str]) -> dict[str, Any]:
    """Read the body of a request: one JSON object with no members but the known ones.

    Raises
    ------
    VerzoekError
        When it is anything else.
    """
    try:
        gelezen = json.loads(inhoud or b"{}", parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as fout:
        raise VerzoekError("De inhoud is geen JSON.", herstel="Stuur een JSON-object.") from fout
    return as_object(gelezen, "De inhoud", bekend)


def as_object(waarde: Any, wat: str, bekend: Collection[str]) -> dict[str, Any]:
    """Return a JSON object with no members but the known ones."""
    if not isinstance(waarde, dict):
        raise VerzoekError(f"{wat} is geen JSON-object.")
    vreemd = sorted(set(waarde) - set(bekend))
    if vreemd:
        raise VerzoekError(
            f"{wat} heeft onbekende velden: {', '.join(vreemd)[:200]}.",
            herstel=f"Bekend zijn: {', '.join(sorted(bekend))}.",
        )
    return waarde


def read_versie(kop: str | None) -> int:
    """Read the version that a change is based on from its If-Match header.

    Raises
    ------
    VoorwaardeError
        When it is absent: without it somebody else's change could be lost unseen.
    """
    if kop is None:
        raise VoorwaardeError(
            "Een wijziging moet zeggen op welke versie zij rust.",
            herstel='Stuur If-Match mee met de versie die u zag, zoals "3".',
        )
    gevonden = _ETAG.fullmatch(kop.strip())
    if gevonden is None:
        raise VerzoekError("If-Match is geen versie.", herstel='Schrijf haar als "3".')
    return int(gevonden.group(1))


def read_velden(inhoud: Mapping[str, Any]) -> dict[str, Any]:
    """Read the fields of a locatie that a person gave, by attribute of `Locatie`.

    Raises
    ------
    VerzoekError, LocatieError
        When a value is of the wrong kind, or cannot be right.
    """
    velden: dict[str, Any] = {}
    for naam, lees in _VELDEN.items():
        if naam in inhoud:
            velden[naam] = lees(inhoud[naam], naam)
    if "planstatus" in inhoud:
        velden |= _read_planstatus(inhoud["planstatus"])
    if "geometrie" in inhoud:
        velden["geometrie_rd"] = read_vorm(inhoud["geometrie"])
    return velden


def read_aantallen(waarde: Any) -> dict[Aantalsleutel, Aantal | None]:
    """Read counts by component, measure and year; `waarschijnlijk` null takes one away."""
    aantallen: dict[Aantalsleutel, Aantal | None] = {}
    for cel in as_list(waarde, "aantallen"):
        rij = as_object(cel, "Een aantal", _CEL)
        sleutel = (
            read_begrip(Component, rij.get("component"), "component"),
            read_begrip(Maat, rij.get("maat"), "maat"),
            _optional_number(rij.get("jaar"), "jaar"),
        )
        if sleutel in aantallen:
            raise LocatieError(
                f"{sleutel[0].label} ({sleutel[1].label}) staat er tweemaal voor "
                f"{sleutel[2] or 'geen jaar'}."
            )
        likely = _optional_number(rij.get("waarschijnlijk"), "waarschijnlijk")
        grenzen = [_optional_number(rij.get(n), n) for n in ("minimum", "maximum")]
        if likely is None and any(grens is not None for grens in grenzen):
            raise LocatieError("bij een minimum of maximum hoort een waarschijnlijk aantal.")
        aantallen[sleutel] = None if likely is None else Aantal(*sleutel, likely, *grenzen)
    return aantallen


def read_vorm(waarde: Any) -> Vorm:
    """Read a polygon or point in RD from GeoJSON or WKT.

    Raises
    ------
    VerzoekError, LocatieError
        When it cannot be read, or is another kind of shape.
    """
    try:
        tekst = waarde if isinstance(waarde, str) else json.dumps(waarde)
        vorm = shapely.from_wkt(tekst) if isinstance(waarde, str) else shapely.from_geojson(tekst)
    except (shapely.errors.GEOSException, TypeError, ValueError) as fout:
        raise VerzoekError(
            "De begrenzing is niet te lezen.", herstel="Stuur GeoJSON of WKT in RD (EPSG:28992)."
        ) from fout
    if isinstance(vorm, Polygon):
        vorm = MultiPolygon([vorm])
    if not isinstance(vorm, MultiPolygon | Point):
        raise LocatieError("de begrenzing is geen vlak of punt.")
    return vorm


def read_vlakken(waarde: Any) -> list[MultiPolygon]:
    """Read the shapes that cut a locatie."""
    vormen = [read_vorm(vlak) for vlak in as_list(waarde, "vlakken")]
    vlakken = [vorm for vorm in vormen if isinstance(vorm, MultiPolygon)]
    if len(vlakken) < len(vormen) or not shapely.is_valid(vlakken).all():
        raise LocatieError("een vlak om langs te splitsen is een punt of kruist zichzelf.")
    return vlakken


def read_lijn(waarde: Any) -> LineString:
    """Read the line that cuts a locatie, a list of [x, y] in RD."""
    punten = as_list(waarde, "lijn")
    try:
        lijn = LineString([(float(x), float(y)) for x, y in punten])
        if not (shapely.is_valid(lijn) and lijn.length > 0):
            raise ValueError
    except (TypeError, ValueError, shapely.errors.GEOSException) as fout:
        raise VerzoekError(
            "De lijn is niet te lezen.", herstel="Geef ten minste twee punten [x, y] in RD."
        ) from fout
    return lijn


def read_delen(waarde: Any) -> list[Deel]:
    """Read what a person says of the parts of a split."""
    delen = []
    for cel in as_list(waarde, "delen"):
        rij = as_object(cel, "Een deel", {"naam", "aantallen", "woningen_totaal"})
        aantallen = read_aantallen(rij["aantallen"]) if "aantallen" in rij else None
        delen.append(
            Deel(
                read_text(rij.get("naam"), "naam"),
                None if aantallen is None else tuple(a for a in aantallen.values() if a),
                _optional_number(rij.get("woningen_totaal"), "woningen_totaal"),
            )
        )
    return delen


def read_ids(waarde: Any, wat: str) -> list[str]:
    """Read ids: texts, each once, at least one."""
    ids = as_list(waarde, wat)
    if not ids or not all(isinstance(id_, str) and id_ for id_ in ids):
        raise VerzoekError(f"'{wat}' is geen lijst van nummers.")
    return list(dict.fromkeys(ids))


def read_versies(waarde: Any) -> dict[str, int]:
    """Read versions by locatie id."""
    if not isinstance(waarde, dict) or not all(
        isinstance(versie, int) and not isinstance(versie, bool) for versie in waarde.values()
    ):
        raise VerzoekError("'versies' geeft niet per locatie de versie die u zag.")
    return waarde


def read_text(waarde: Any, naam: str) -> str | None:
    """Read a text of a reasonable length; empty is None."""
    if waarde is None:
        return None
    if not isinstance(waarde, str):
        raise VerzoekError(f"'{naam}' is geen tekst.")
    if len(waarde) > LANGSTE_TEKST:
        raise LocatieError(f"'{naam}' is langer dan {LANGSTE_TEKST} tekens.")
    return waarde.strip() or None


def read_begrip(soort: type[_B], waarde: Any, naam: str) -> _B:
    """Read a code of a list of words."""
    try:
        return soort(waarde)
    except ValueError:
        raise LocatieError(
            f"'{naam}' is onbekend.", herstel=f"Kies uit: {', '.join(lid.value for lid in soort)}."
        ) from None


def as_list(waarde: Any, naam: str) -> Sequence[Any]:
    """Return a JSON list of a reasonable length."""
    if not isinstance(waarde, list) or len(waarde) > _MEESTE:
        raise VerzoekError(f"'{naam}' is geen lijst van ten hoogste {_MEESTE} delen.")
    return waarde


def _read_planstatus(waarde: Any) -> dict[str, Any]:
    """Read a declared planstatus; half of it means nothing, so all four parts are given."""
    deel = as_object(waarde or {}, "De planstatus", _STATUSDELEN)
    status = read_begrip(Planstatus, deel.get("status", Planstatus.ONBEKEND), "status")
    return {
        "planstatus_opgegeven": status,
        "planstatus_tekst": read_text(deel.get("tekst"), "tekst"),
        "planstatus_datum": _optional_date(deel.get("datum")),
        "planstatus_herkomst": read_text(deel.get("herkomst"), "herkomst"),
    }


def _read_name(waarde: Any, naam: str) -> str:
    return read_text(waarde, naam) or ""  # the register refuses a locatie without a name


def _read_choice(waarde: Any, naam: str) -> str | None:
    tekst = read_text(waarde, naam)
    if tekst is not None and tekst not in KEUZELIJSTEN[naam]:
        raise LocatieError(
            f"'{tekst:.60}' is geen {naam}.", herstel=f"Kies uit: {', '.join(KEUZELIJSTEN[naam])}."
        )
    return tekst


def _read_names(waarde: Any, naam: str) -> tuple[str, ...]:
    namen = [read_text(deel, naam) for deel in as_list(waarde, naam)]
    return tuple(dict.fromkeys(deel for deel in namen if deel))


def _optional_number(waarde: Any, naam: str) -> int | None:
    if waarde is None:
        return None
    if isinstance(waarde, bool) or not isinstance(waarde, int) or abs(waarde) > 1_000_000:
        raise LocatieError(f"'{naam}' is geen geheel getal.")
    return waarde


def _optional_count(waarde: Any, naam: str) -> int | None:
    aantal = _optional_number(waarde, naam)
    if aantal is not None and aantal < 0:
        raise LocatieError(f"'{naam}' kan niet kleiner zijn dan 0.")
    return aantal


def _optional_date(waarde: Any) -> date | None:
    if waarde is None or waarde == "":
        return None
    try:
        return date.fromisoformat(waarde)
    except (TypeError, ValueError):
        raise LocatieError("de datum is niet te lezen.", herstel="Schrijf jjjj-mm-dd.") from None


def _refuse_constant(naam: str) -> NoReturn:
    raise ValueError(naam)


_VELDEN: dict[str, Callable[[Any, str], Any]] = {
    "naam": _read_name,
    "gemeente_opgegeven": read_text,
    "corporaties": _read_names,
    "woningen_totaal": _optional_count,
    "plantype": _read_choice,
    "projectfase": _read_choice,
    "vertrouwelijkheid": _read_choice,
}
LOCATIEVELDEN = frozenset({*_VELDEN, "planstatus", "geometrie", "aantallen", "reden"})
"""The members that a request about a locatie may have."""
