"""From planlijst rows to locaties: names, declared status and counts per component and year."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

import geopandas as gpd
import pandas as pd
from shapely import MultiPolygon, Point, Polygon

from daeb_locaties.begrippen import Component, Maat, normalise_planstatus
from daeb_locaties.model import Aantal, Locatie
from kaartlagen.datums import parse_datum

# Namespace of the stable ids: the same row of the same source gets the same id in every project.
ID_RUIMTE = UUID("6f1c2a7e-9d0b-5c55-8f0e-5a1d0c7e2b11")

_COMPONENTEN = {c.value.lower().replace(" ", "_"): c for c in Component}
_TELKOLOM = re.compile(
    rf"^(?P<maat>{'|'.join(m.value for m in Maat)})_(?P<component>{'|'.join(_COMPONENTEN)})"
    r"(?:_(?P<jaar>\d{4}))?(?:_(?P<grens>min|max))?$"
)


def make_locaties(frame: gpd.GeoDataFrame, bron: str) -> tuple[Locatie, ...]:
    """Make one Locatie per row of a `woningbouwplannen` frame.

    Parameters
    ----------
    frame
        Contract columns of the layer `woningbouwplannen`, geometry in EPSG:28992.
    bron
        Stable id of the source, part of each locatie's id.

    Returns
    -------
    tuple of Locatie
        One per row, in row order. A row without `plan_id` is known by its place and
        name, so that reading the same file again finds the same locatie.
    """
    gezien: dict[str, int] = {}
    locaties = []
    for rij in frame.to_dict("records"):
        bron_id = _text(rij["plan_id"]) or f"{_text(rij['plannaam'])}|{rij['geometry'].wkb_hex}"
        gezien[bron_id] = gezien.get(bron_id, 0) + 1
        if gezien[bron_id] > 1:
            bron_id = f"{bron_id}#{gezien[bron_id]}"
        locaties.append(_locatie(rij, bron, bron_id))
    return tuple(locaties)


def _locatie(rij: Mapping[str, Any], bron: str, bron_id: str) -> Locatie:
    overig = _overig(rij["overig"])
    return Locatie(
        id=str(uuid5(ID_RUIMTE, f"{bron}\n{bron_id}")),
        naam=_text(rij["plannaam"]) or f"Zonder naam ({bron_id[:40]})",
        geometrie_rd=_geometrie(rij["geometry"]),
        bron=bron,
        bron_id=bron_id,
        gemeente_opgegeven=_text(rij["gemeente"]),
        corporaties=_corporaties(overig.get("corporatie")),
        aantallen=_aantallen(overig),
        woningen_totaal=_net_total(rij["woningen_toe"], rij["woningen_af"]),
        planstatus_opgegeven=normalise_planstatus(_text(rij["planstatus"])),
        planstatus_tekst=_text(rij["planstatus"]),
        planstatus_datum=parse_datum(_text(rij["status_datum"])),
        plantype=_text(rij["plantype"]),
        vertrouwelijkheid=_text(overig.get("vertrouwelijkheid")),
    )


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


def _aantallen(overig: Mapping[str, Any]) -> tuple[Aantal, ...]:
    """Read the columns `<maat>_<component>[_<jaar>][_min|_max]`; absent stays absent."""
    cellen: dict[tuple[Maat, Component, int | None], dict[str, int]] = {}
    for kolom, waarde in overig.items():
        treffer = _TELKOLOM.match(kolom)
        aantal = _whole(waarde)
        if treffer is None or aantal is None:
            continue
        component = _COMPONENTEN[treffer["component"]]
        if component.teken < 0:
            # Planlijsten write demolition both as 12 and as -12; the component carries the sign.
            aantal = abs(aantal)
        jaar = int(treffer["jaar"]) if treffer["jaar"] else None
        sleutel = (Maat(treffer["maat"]), component, jaar)
        cellen.setdefault(sleutel, {})[treffer["grens"] or "waarschijnlijk"] = aantal
    return tuple(
        Aantal(component, maat, jaar, cel["waarschijnlijk"], cel.get("min"), cel.get("max"))
        for (maat, component, jaar), cel in sorted(cellen.items(), key=_cell_order)
        if "waarschijnlijk" in cel
    )


def _cell_order(cel: tuple[tuple[Maat, Component, int | None], Any]) -> tuple[str, str, int]:
    maat, component, jaar = cel[0]
    return maat.value, component.value, jaar or 0


def _net_total(toe: Any, af: Any) -> int | None:
    bij, weg = _whole(toe), _whole(af)
    return None if bij is None and weg is None else (bij or 0) - abs(weg or 0)


def _corporaties(tekst: Any) -> tuple[str, ...]:
    """Names separated by `;`, `/` or ` en `."""
    delen = re.split(r"\s*(?:;|/|\ben\b)\s*", _text(tekst) or "")
    return tuple(deel for deel in delen if deel)


def _whole(waarde: Any) -> int | None:
    if waarde is None or isinstance(waarde, bool) or pd.isna(waarde):
        return None
    try:
        getal = float(waarde)
    except ValueError:
        return None
    return int(getal) if getal.is_integer() else None


def _text(waarde: Any) -> str | None:
    if waarde is None or (not isinstance(waarde, str) and pd.isna(waarde)):
        return None
    tekst = str(waarde).strip()
    return tekst or None
