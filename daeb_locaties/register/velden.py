"""The fields of a locatie as events name them, so that each can change apart from the others.

A count is a field per component, measure and year; a declared planstatus is one field with
its date and origin, for half of it means nothing. All values are plain JSON, None where
nothing is stated.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

import shapely

from daeb_locaties.begrippen import Begrip, Component, Maat, Planstatus
from daeb_locaties.errors import RegisterError
from daeb_locaties.model import Aantal, Besluit, Einde, Locatie

Velden = dict[str, Any]

_KALE_TYPEN = frozenset({str, int, float, bool})
_COMPONENT = {lid.value: lid for lid in Component}
_MAAT = {lid.value: lid for lid in Maat}

PLANSTATUS = "planstatus"
_AANTAL = "aantal"
_GEWOON = (
    "naam",
    "bron",
    "bron_id",
    "gemeente_opgegeven",
    "woningen_totaal",
    "plantype",
    "projectfase",
    "vertrouwelijkheid",
)
_LIJSTEN = ("corporaties", "voorgangers", "opvolgers")

# Parts of the planstatus, by the name of the locatie's attribute.
_DELEN = {
    "planstatus_opgegeven": "status",
    "planstatus_tekst": "tekst",
    "planstatus_datum": "datum",
    "planstatus_herkomst": "herkomst",
}


def locatie_to_velden(locatie: Locatie) -> Velden:
    """Return every field of a locatie.

    Raises
    ------
    RegisterError
        When it has two counts of the same component, measure and year.
    """
    velden: Velden = {naam: getattr(locatie, naam) for naam in _GEWOON}
    velden |= {naam: list(getattr(locatie, naam)) for naam in _LIJSTEN}
    velden["geometrie_rd"] = shapely.to_wkb(locatie.geometrie_rd, hex=True).lower()
    velden[PLANSTATUS] = _planstatus(locatie)
    besluit, einde = locatie.besluit, locatie.einde
    velden["besluit"] = None if besluit is None else plain(asdict(besluit))
    velden["einde"] = None if einde is None else plain(asdict(einde))
    return velden | aantallen_to_velden(locatie.aantallen, locatie.naam)


def velden_to_locatie(id_: str, velden: Mapping[str, Any], versie: int = 0) -> Locatie:
    """Return the locatie that has these fields."""
    status = velden.get(PLANSTATUS) or {}
    besluit, einde = velden.get("besluit"), velden.get("einde")
    gewoon: dict[str, Any] = {naam: velden.get(naam) for naam in _GEWOON}
    gewoon |= {naam: tuple(velden.get(naam) or ()) for naam in _LIJSTEN}
    return Locatie(
        id=id_,
        geometrie_rd=shapely.from_wkb(velden["geometrie_rd"]),
        aantallen=velden_to_aantallen(velden),
        planstatus_opgegeven=Planstatus(status.get("status", Planstatus.ONBEKEND)),
        planstatus_tekst=status.get("tekst"),
        planstatus_datum=read_date(status.get("datum")),
        planstatus_herkomst=status.get("herkomst"),
        besluit=besluit and read_besluit(besluit),
        einde=einde and read_einde(einde),
        versie=versie,
        **gewoon,
    )


def count_key(component: Component, maat: Maat, jaar: int | None) -> str:
    """Return the field of one count, such as ``aantal:nieuwbouw:daeb:2027``."""
    return f"{_AANTAL}:{component.value}:{maat.value}:{'' if jaar is None else jaar}"


def read_count_key(veld: str) -> tuple[Component, Maat, int | None] | None:
    """Return component, measure and year of a field; None when it is no count."""
    if not veld.startswith(f"{_AANTAL}:"):
        return None
    _, component, maat, jaar = veld.split(":")
    return _COMPONENT[component], _MAAT[maat], int(jaar) if jaar else None


def aantallen_to_velden(aantallen: Iterable[Aantal], waar: str) -> Velden:
    """Return one field per count."""
    velden: Velden = {}
    for a in aantallen:
        sleutel = count_key(a.component, a.maat, a.jaar)
        if sleutel in velden:
            jaar = f"het jaar {a.jaar}" if a.jaar else "geen jaar"
            raise RegisterError(
                f"{a.component.label} ({a.maat.label}) staat er tweemaal voor {jaar}.",
                waar=waar,
                herstel="Tel de twee aantallen op, of laat er een weg.",
            )
        velden[sleutel] = {
            "waarschijnlijk": a.waarschijnlijk,
            "minimum": a.minimum,
            "maximum": a.maximum,
        }
    return velden


def velden_to_aantallen(velden: Mapping[str, Any]) -> tuple[Aantal, ...]:
    """Return the counts among the fields, by measure, component and year."""
    aantallen = [
        Aantal(*sleutel, cel["waarschijnlijk"], cel["minimum"], cel["maximum"])
        for veld, cel in velden.items()
        if cel is not None and (sleutel := read_count_key(veld)) is not None
    ]
    return tuple(sorted(aantallen, key=aantal_order))


def aantal_order(aantal: Aantal) -> tuple[str, str, int]:
    """Order counts by measure, component and year; without a year first."""
    return aantal.maat.value, aantal.component.value, aantal.jaar or 0


def apply(velden: Velden, nieuw: Mapping[str, Any]) -> None:
    """Bring what an event says into the fields of a locatie, in place.

    The first registers wrote all counts as one field, and a planstatus as several.
    """
    for veld, waarde in nieuw.items():
        if veld == "aantallen":
            for oud in [v for v in velden if v.startswith(f"{_AANTAL}:")]:
                del velden[oud]
            for cel in waarde:
                jaar = "" if cel["jaar"] is None else cel["jaar"]
                velden[f"{_AANTAL}:{cel['component']}:{cel['maat']}:{jaar}"] = {
                    naam: cel[naam] for naam in ("waarschijnlijk", "minimum", "maximum")
                }
        elif veld in _DELEN:
            status = dict(velden.get(PLANSTATUS) or dict.fromkeys(_DELEN.values()))
            status[_DELEN[veld]] = waarde
            velden[PLANSTATUS] = status
        elif veld != "id":
            velden[veld] = waarde


def differ(oud: Mapping[str, Any], nieuw: Mapping[str, Any]) -> list[str]:
    """Name the fields that differ; absent and empty are the same as None."""
    return [v for v in sorted({*oud, *nieuw}) if not same(oud.get(v), nieuw.get(v))]


def same(een: Any, ander: Any) -> bool:
    """Whether two values of a field say the same."""
    return (None if een == [] else een) == (None if ander == [] else ander)


def plain(waarde: Any) -> Any:
    """Make a value fit for JSON: bytes as hex, dates as ISO text, codes as text."""
    if waarde is None or type(waarde) in _KALE_TYPEN:
        return waarde
    if isinstance(waarde, Begrip):
        return waarde.value
    if isinstance(waarde, bytes):
        return waarde.hex()
    if isinstance(waarde, date):
        return waarde.isoformat()
    if isinstance(waarde, Mapping):
        return {naam: plain(deel) for naam, deel in waarde.items()}
    if isinstance(waarde, list | tuple):
        return [plain(deel) for deel in waarde]
    return waarde


def read_besluit(cel: Mapping[str, Any]) -> Besluit:
    """Read a decision of the gemeente from its JSON."""
    return Besluit(Planstatus(cel["planstatus"]), cel["reden"], date.fromisoformat(cel["datum"]))


def read_einde(cel: Mapping[str, Any]) -> Einde:
    """Read the end of a locatie from its JSON."""
    return Einde(date.fromisoformat(cel["datum"]), cel["reden"])


def read_date(tekst: str | None) -> date | None:
    """Read a date of JSON."""
    return date.fromisoformat(tekst) if tekst else None


def _planstatus(locatie: Locatie) -> Velden | None:
    """Return the declared planstatus as one field; None when nothing at all is declared."""
    delen = {deel: plain(getattr(locatie, naam)) for naam, deel in _DELEN.items()}
    leeg = delen["status"] == Planstatus.ONBEKEND.value and not any(
        delen[deel] for deel in ("tekst", "datum", "herkomst")
    )
    return None if leeg else delen
