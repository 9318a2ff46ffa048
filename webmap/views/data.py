"""The data behind the page: GeoJSON in RD and plain JSON, each with an ETag."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import numpy as np
from flask import Blueprint, Response, request

from daeb_locaties.begrippen import Maat
from daeb_locaties.model import LocatieRegel
from webmap.detail import describe_locatie
from webmap.errors import NietGevondenError, TeGrootError, VerzoekError
from webmap.geojson import feature_collection, label_point
from webmap.kaart import Bbox
from webmap.kaartlaag import KAARTLAGEN, Kaartlaag, write_laag
from webmap.views.antwoord import answer, parse_bbox
from webmap.views.sessie import gegevens, instellingen

data = Blueprint("data", __name__, url_prefix="/api")


@data.get("/locaties")
def list_locaties() -> Response:
    """Send every locatie as a feature, in the order of the list."""
    regels = gegevens().regels()
    vormen = np.array([regel.locatie.geometrie_rd for regel in regels], dtype=object)
    rijen = [_summarise(regel) for regel in regels]
    return answer(feature_collection(vormen, rijen), "application/geo+json")


@data.get("/locaties/<locatie_id>")
def show_locatie(locatie_id: str) -> Response:
    """Send all that is known of one locatie.

    Raises
    ------
    NietGevondenError
        When the project has no locatie with this id.
    """
    bron = gegevens()
    per_id = {regel.locatie.id: regel for regel in bron.regels()}
    regel = per_id.get(locatie_id)
    if regel is None:
        raise NietGevondenError(
            "Deze locatie bestaat niet in dit project.", herstel="Vernieuw de pagina."
        )
    namen = {ander: per_id[ander].locatie.naam for ander in regel.dubbel_met if ander in per_id}
    inhoud = describe_locatie(regel, bron.bewijs(locatie_id), bron.biedingen(), namen)
    return answer(_to_json(inhoud), "application/json")


@data.get("/balans")
def show_balans() -> Response:
    """Send the balans per gemeente and of the region."""
    return answer(_to_json(asdict(gegevens().balans())), "application/json")


@data.get("/lagen/<naam>")
def list_objecten(naam: str) -> Response:
    """Send the objects of a layer within `bbox` (xmin,ymin,xmax,ymax in RD metres).

    Raises
    ------
    NietGevondenError
        When the layer is none of the map's.
    VerzoekError, TeGrootError
        When the box cannot be read, is missing where it is needed, or is too large.
    """
    laag = KAARTLAGEN.get(naam)
    if laag is None:
        raise NietGevondenError(f"De kaart kent geen laag '{naam}'.")
    bbox = _read_bbox(request.args.get("bbox"), laag)
    inhoud = write_laag(laag, gegevens(), bbox, instellingen().objecten_grens)
    return answer(inhoud, "application/geo+json")


def _read_bbox(tekst: str | None, laag: Kaartlaag) -> Bbox | None:
    if tekst is None:
        if laag.alles:
            return None
        raise VerzoekError(
            "Het kader ontbreekt.", herstel="Geef bbox=xmin,ymin,xmax,ymax in RD-meters."
        )
    bbox = parse_bbox(tekst)
    links, onder, rechts, boven = bbox
    grens = instellingen().zijde_grens_m
    if laag.naam == "percelen" and max(rechts - links, boven - onder) > grens:
        raise TeGrootError(
            "Het kader is te groot voor percelen.", herstel="Zoom verder in op de kaart."
        )
    return bbox


def _summarise(regel: LocatieRegel) -> dict[str, Any]:
    locatie = regel.locatie
    return {
        "id": locatie.id,
        "naam": locatie.naam,
        "gemeentenaam": regel.koppeling.gemeentenaam,
        "hardheid": regel.oordeel.hardheid.value,
        "planstatus": regel.oordeel.planstatus.value,
        "daeb_netto": locatie.netto(Maat.DAEB),
        "punt": label_point(locatie.geometrie_rd),
    }


def _to_json(waarde: Any) -> bytes:
    return json.dumps(waarde, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
