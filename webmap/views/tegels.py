"""Vector tiles of the large layers, and the one object behind an id that a tile names.

An address holds the version of what it shows, so that a browser may keep a tile for good.
"""

from __future__ import annotations

import gzip
import json
from typing import Any

import numpy as np
import pandas as pd
from flask import Blueprint, Response, request

from kaartlagen.lagen import LAGEN
from kaartlagen.tegels import TEGELLAGEN, Tegel, Tegelbron, Tegelobject
from webmap.errors import NietGevondenError
from webmap.geojson import feature_collection
from webmap.views.antwoord import answer
from webmap.views.sessie import gegevens, tegelkast

tegels = Blueprint("tegels", __name__)

SOORT = "application/vnd.mapbox-vector-tile"
_HOUDBAAR = "private, max-age=31536000, immutable"
_HERLAAD = "Vernieuw de pagina."


@tegels.get("/tegels")
def list_lagen() -> Response:
    """Send which layers come as tiles, and the version of each."""
    lagen = {}
    for naam in TEGELLAGEN:
        bron = gegevens().tegelbron(naam)
        lagen[naam] = {"versie": bron.versie, "leeg": bron.leeg}
    return answer(json.dumps(lagen).encode(), "application/json")


@tegels.get("/tegels/<laag>/<versie>/<z>/<x>/<y>.mvt")
def show_tegel(laag: str, versie: str, z: str, x: str, y: str) -> Response:
    """Send one tile.

    Raises
    ------
    NietGevondenError
        When there is no such layer, version or tile.
    """
    bron = _find_bron(laag, versie)
    tegel = _read_tegel(z, x, y)
    antwoord = Response(content_type=SOORT)
    antwoord.headers["Cache-Control"] = _HOUDBAAR
    antwoord.headers["Vary"] = "Accept-Encoding"
    antwoord.set_etag(f"{versie}-{tegel.z}-{tegel.x}-{tegel.y}")
    # The name says what is in it: who has it need not wait for it to be made again.
    antwoord.make_conditional(request)
    if antwoord.status_code == 304:
        return antwoord
    inhoud = tegelkast().tegel(bron, tegel)
    if inhoud and request.accept_encodings.quality("gzip") > 0:
        antwoord.headers["Content-Encoding"] = "gzip"
        antwoord.set_data(inhoud)
    else:
        antwoord.set_data(gzip.decompress(inhoud) if inhoud else b"")
    return antwoord


@tegels.get("/tegels/<laag>/<versie>/<int:nummer>")
def show_object(laag: str, versie: str, nummer: int) -> Response:
    """Send all that is known of one object on a tile, as a feature in RD.

    Raises
    ------
    NietGevondenError
        When there is no such layer, version or object.
    """
    ding = _find_bron(laag, versie).find(nummer)
    if ding is None:
        raise NietGevondenError("Dit object staat niet op de kaart.", herstel=_HERLAAD)
    vormen = np.array([ding.geometrie_rd], dtype=object)
    eigenschappen = {"laag": laag, "id": nummer, **_describe(laag, ding)}
    return answer(feature_collection(vormen, [eigenschappen]), "application/geo+json")


def _find_bron(laag: str, versie: str) -> Tegelbron:
    if laag not in TEGELLAGEN:
        raise NietGevondenError(f"De kaart kent geen laag '{laag}' in tegels.")
    bron = gegevens().tegelbron(laag)
    if bron.versie != versie:
        raise NietGevondenError(
            f"Deze versie van de laag '{laag}' telt niet meer.", herstel=_HERLAAD
        )
    return bron


def _read_tegel(z: str, x: str, y: str) -> Tegel:
    delen = [int(deel) if deel.isascii() and deel.isdecimal() else -1 for deel in (z, x, y)]
    tegel = Tegel(*delen)
    if not tegel.bestaat:
        raise NietGevondenError(
            f"Tegel {z}/{x}/{y} valt buiten de kaart.",
            herstel="Gebruik het RD-tegelraster van PDOK, zoom 0 tot en met 15.",
        )
    return tegel


def _describe(laag: str, ding: Tegelobject) -> dict[str, Any]:
    """Return the known columns with what they mean, and the plan that the object is part of."""
    bekend = {naam: w for naam, w in ding.kolommen.items() if w is not None}
    kenmerken = [
        {"naam": kolom.naam, "uitleg": kolom.uitleg, "waarde": bekend[kolom.naam]}
        for kolom in LAGEN[laag].kolommen
        if kolom.naam in bekend
    ]
    return {"kolommen": bekend, "kenmerken": kenmerken, "plan": _find_plan(bekend.get("idn"))}


def _find_plan(idn: str | None) -> dict[str, Any] | None:
    if idn is None:
        return None
    plannen = gegevens().laag("plangebieden", None)
    rijen = plannen.loc[plannen["idn"] == idn, ["naam", "planstatus", "datum"]]
    if rijen.empty:
        return None
    rij = rijen.iloc[0]
    return {naam: None if pd.isna(rij[naam]) else rij[naam] for naam in rij.index}
