"""From planlijst rows to locaties: names, declared status and counts per component and year."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from uuid import UUID, uuid5

import geopandas as gpd
import pandas as pd
from shapely import MultiPolygon, Point, Polygon

from daeb_locaties.begrippen import (
    Planstatus,
    normalise_planstatus,
    planstatus_contradicts_itself,
)
from daeb_locaties.huurklasse import Prijsgrenzen
from daeb_locaties.model import Locatie
from daeb_locaties.planlijstcontroles import (
    DAEB_ONBEKEND,
    PER_OPMERKING,
    PLANSTATUS_ONLEESBAAR,
    PLANSTATUS_STRIJDIG,
)
from daeb_locaties.plantelling import Opmerking, Telling
from daeb_locaties.planvormen import count_form
from daeb_locaties.telkolommen import count_columns, states_counts
from kaartlagen.bronnen.telwaarden import whole
from kaartlagen.controles import Bevinding
from kaartlagen.datums import parse_datum

# Namespace of the stable ids: the same row of the same source gets the same id in every project.
ID_RUIMTE = UUID("6f1c2a7e-9d0b-5c55-8f0e-5a1d0c7e2b11")

_GEEN_GRENZEN: Prijsgrenzen = MappingProxyType({})
_GEEN_STATUS = frozenset({"onbekend", "nvt", "n.v.t.", "-", "geen"})


@dataclass(frozen=True, slots=True)
class Planlijst:
    """The locaties of a planlijst, in row order, and what was found while they were made."""

    locaties: tuple[Locatie, ...]
    bevindingen: tuple[Bevinding, ...]


def make_locaties(
    frame: gpd.GeoDataFrame, bron: str, prijsgrenzen: Prijsgrenzen = _GEEN_GRENZEN
) -> tuple[Locatie, ...]:
    """Make one Locatie per row of a `woningbouwplannen` frame; see `read_planlijst`."""
    return read_planlijst(frame, bron, prijsgrenzen).locaties


def read_planlijst(
    frame: gpd.GeoDataFrame, bron: str, prijsgrenzen: Prijsgrenzen = _GEEN_GRENZEN
) -> Planlijst:
    """Make one Locatie per row of a `woningbouwplannen` frame.

    Parameters
    ----------
    frame
        Contract columns of the layer `woningbouwplannen`, geometry in EPSG:28992.
    bron
        Stable id of the source, part of each locatie's id.
    prijsgrenzen
        The highest rent of a DAEB home by year, in euro a month, as the akkoord has it.

    Returns
    -------
    Planlijst
        One locatie per row, in row order. A row without `plan_id` is known by its place and
        name, so that reading the same file again finds the same locatie.
    """
    gezien: dict[str, int] = {}
    locaties, tellingen = [], []
    for rij in frame.to_dict("records"):
        bron_id = _text(rij["plan_id"]) or f"{_text(rij['plannaam'])}|{rij['geometry'].wkb_hex}"
        gezien[bron_id] = gezien.get(bron_id, 0) + 1
        if gezien[bron_id] > 1:
            bron_id = f"{bron_id}#{gezien[bron_id]}"
        overig = _overig(rij["overig"])
        vorm = None if states_counts(overig) else count_form(overig, prijsgrenzen)
        telling = count_columns(overig) if vorm is None else vorm
        locaties.append(_locatie(rij, overig, telling, bron, bron_id))
        tellingen.append(telling)
    return Planlijst(tuple(locaties), _findings(locaties, tellingen))


def _locatie(
    rij: Mapping[str, Any], overig: Mapping[str, Any], telling: Telling, bron: str, bron_id: str
) -> Locatie:
    return Locatie(
        id=str(uuid5(ID_RUIMTE, f"{bron}\n{bron_id}")),
        naam=_text(rij["plannaam"]) or f"Zonder naam ({bron_id[:40]})",
        geometrie_rd=_geometrie(rij["geometry"]),
        bron=bron,
        bron_id=bron_id,
        gemeente_opgegeven=_text(rij["gemeente"]),
        corporaties=_corporaties(overig),
        aantallen=telling.aantallen,
        woningen_totaal=_net_total(rij["woningen_toe"], rij["woningen_af"]),
        planstatus_opgegeven=normalise_planstatus(_text(rij["planstatus"])),
        planstatus_tekst=_text(rij["planstatus"]),
        planstatus_datum=parse_datum(_text(rij["status_datum"])),
        plantype=_text(rij["plantype"]),
        vertrouwelijkheid=_text(overig.get("vertrouwelijkheid")),
    )


def _findings(locaties: Iterable[Locatie], tellingen: Iterable[Telling]) -> tuple[Bevinding, ...]:
    """Say of which plannen the status or the counts are not, or not wholly, known."""
    strijdig, onleesbaar, zonder = [], [], []
    gezegd: dict[Opmerking, list[str]] = {}
    for locatie, telling in zip(locaties, tellingen, strict=True):
        tekst = locatie.planstatus_tekst
        if planstatus_contradicts_itself(tekst):
            strijdig.append(f"{locatie.naam}: {tekst}")
        elif _unreadable(locatie):
            onleesbaar.append(f"{locatie.naam}: {tekst}")
        if not telling.aantallen:
            zonder.append(locatie.naam)
        for opmerking in telling.opmerkingen:
            gezegd.setdefault(opmerking, []).append(locatie.naam)
    return (
        *PLANSTATUS_STRIJDIG.report(len(strijdig), strijdig),
        *PLANSTATUS_ONLEESBAAR.report(len(onleesbaar), onleesbaar),
        *DAEB_ONBEKEND.report(len(zonder), zonder),
        *(
            bevinding
            for opmerking, controle in PER_OPMERKING.items()
            for bevinding in controle.report(
                len(gezegd.get(opmerking, ())), gezegd.get(opmerking, ())
            )
        ),
    )


def _unreadable(locatie: Locatie) -> bool:
    """Whether the source names a status that is none, and does not say that it is unknown."""
    tekst = (locatie.planstatus_tekst or "").strip().lower()
    onbekend = locatie.planstatus_opgegeven is Planstatus.ONBEKEND
    return bool(tekst) and onbekend and tekst not in _GEEN_STATUS


def _geometrie(vorm: Any) -> MultiPolygon | Point:
    if isinstance(vorm, Polygon):
        return MultiPolygon([vorm])
    if isinstance(vorm, MultiPolygon | Point):
        return vorm
    punt: Point = vorm.representative_point()
    return punt


def _overig(tekst: Any) -> dict[str, Any]:
    """Keys of the source's other columns in lower case with underscores."""
    if not isinstance(tekst, str):
        return {}
    inhoud = json.loads(tekst)
    return {re.sub(r"[^a-z0-9]+", "_", str(k).lower()).strip("_"): v for k, v in inhoud.items()}


def _net_total(toe: Any, af: Any) -> int | None:
    bij, weg = whole(toe), whole(af)
    return None if bij is None and weg is None else (bij or 0) - abs(weg or 0)


def _corporaties(overig: Mapping[str, Any]) -> tuple[str, ...]:
    """Names separated by `;`, `/` or ` en `; an opdrachtgever may be a corporatie too."""
    namen = _text(overig.get("corporatie")) or _text(overig.get("corporaties"))
    soort = (_text(overig.get("opdrachtgever_type")) or "").lower()
    if namen is None and soort in {"woningcorporatie", "woningbouwcorporatie"}:
        namen = _text(overig.get("opdrachtgever_naam"))
    delen = re.split(r"\s*(?:;|/|\ben\b)\s*", namen or "")
    return tuple(deel for deel in delen if deel)


def _text(waarde: Any) -> str | None:
    if waarde is None or (not isinstance(waarde, str) and pd.isna(waarde)):
        return None
    tekst = str(waarde).strip()
    return tekst or None
