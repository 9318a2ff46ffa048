"""Marking: percelen under a tap or in view, and a new locatie made of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from flask import Blueprint, Response, jsonify, request
from shapely import MultiPolygon, Point, Polygon

from daeb_locaties.errors import LocatieError
from daeb_locaties.koppelen.gemeente import link_gemeenten
from daeb_locaties.model import Locatie
from daeb_locaties.register import Register
from daeb_locaties.register.wijzigen import Uitkomst, add_locatie
from webmap.errors import NietGevondenError, VerzoekError
from webmap.gegevens import Gegevens
from webmap.geojson import feature_collection
from webmap.invoer import (
    LOCATIEVELDEN,
    Vorm,
    read_aantallen,
    read_ids,
    read_json,
    read_text,
    read_velden,
)
from webmap.kaart import Bbox
from webmap.schrijfwerk import perform
from webmap.views.antwoord import answer, parse_bbox
from webmap.views.ik import auteur
from webmap.views.sessie import gegevens, instellingen
from webmap.views.stroom import zender

markeren = Blueprint("markeren", __name__, url_prefix="/api")

BRON = "op de kaart gemarkeerd"
_GENOEMD = 12
_IN_BEELD = 200


@markeren.get("/percelen")
def list_percelen() -> Response:
    """Send the percelen under `punt` (x,y in RD) or within `bbox`, at most a screenful.

    Raises
    ------
    VerzoekError
        When the place cannot be read.
    """
    if "punt" in request.args:
        x, y = _parse_punt(request.args["punt"])
        frame = gegevens().laag("percelen", (x - 0.01, y - 0.01, x + 0.01, y + 0.01))
        # On a shared border one of the two: a tap means one perceel.
        gekozen = frame[frame.intersects(Point(x, y))].iloc[:1]
    else:
        bbox = parse_bbox(request.args.get("bbox", ""))
        grens = instellingen().zijde_grens_m
        if max(bbox[2] - bbox[0], bbox[3] - bbox[1]) > grens:
            return _send(None, 0)
        frame = gegevens().laag("percelen", bbox)
        gekozen = frame[frame.intersects(shapely.box(*bbox))]
        if len(gekozen) > _IN_BEELD:
            return _send(None, len(gekozen))
    return _send(gekozen, len(gekozen))


@markeren.post("/locaties")
def make_locatie() -> tuple[Response, int]:
    """Make a locatie of `percelen` (ids) or a `geometrie`; naam and gemeente when not given.

    Raises
    ------
    NietGevondenError
        When a perceel is not in the layer.
    VerzoekError, LocatieError, WieOnbekendError
        When something cannot be read, cannot be right, or nobody said who writes.
    """
    wie = auteur()
    inhoud = read_json(request.get_data(), LOCATIEVELDEN | {"percelen", "bbox"})
    bron = gegevens()
    velden = read_velden(inhoud)
    namen: Sequence[str] = ()
    if "percelen" in inhoud:
        if "geometrie_rd" in velden:
            raise VerzoekError("Geef percelen of een begrenzing, niet allebei.")
        ids = read_ids(inhoud["percelen"], "percelen")
        velden["geometrie_rd"], namen = _join(bron, ids, _read_hint(inhoud.get("bbox")))
    if "geometrie_rd" not in velden:
        raise VerzoekError(
            "De plek ontbreekt.", herstel="Geef percelen (nummers) of een geometrie in RD."
        )
    aantallen = read_aantallen(inhoud.get("aantallen", []))
    locatie = _complete(
        bron, velden, namen, [aantal for aantal in aantallen.values() if aantal is not None]
    )
    reden = read_text(inhoud.get("reden"), "reden") or BRON

    def add(register: Register) -> Uitkomst:
        return add_locatie(register, locatie, wie, reden)

    uitkomst = perform(bron, add, zender().notify)
    antwoord = jsonify(uitkomst)
    antwoord.headers["Location"] = f"/api/locaties/{uitkomst['locaties'][0]['id']}"
    return antwoord, 201


def _send(frame: gpd.GeoDataFrame | None, aantal: int) -> Response:
    """Send percelen with their id, name and area; None for too many to send."""
    kop = {"aantal": aantal, "grens": _IN_BEELD, "volledig": frame is not None}
    if frame is None:
        return answer(feature_collection(np.empty(0, dtype=object), [], **kop), _GEOJSON)
    vormen = np.asarray(frame.geometry.values, dtype=object)
    rijen = [
        {"id": id_, "aanduiding": naam, "oppervlakte_m2": round(float(vorm.area), 1)}
        for id_, naam, vorm in zip(_ids(frame), _names(frame), vormen, strict=True)
    ]
    return answer(feature_collection(vormen, rijen, **kop), _GEOJSON)


def _join(bron: Gegevens, ids: Sequence[str], hint: Bbox | None) -> tuple[Vorm, Sequence[str]]:
    """Return the ground of percelen together, and their names.

    Parameters
    ----------
    hint
        Where the percelen lie, so that a large layer need not be read whole.

    Raises
    ------
    NietGevondenError
        When one of them is not in the layer: a part of the ground is another locatie.
    """
    gezocht = set(ids)
    gekozen = gpd.GeoDataFrame()
    for bbox in (hint, None) if hint else (None,):
        frame = bron.laag("percelen", bbox)
        gekozen = frame[np.isin(_ids(frame), list(gezocht))]
        if set(_ids(gekozen)) == gezocht:
            break
    weg = gezocht - set(_ids(gekozen))
    if weg:
        raise NietGevondenError(
            f"Deze percelen zijn er niet (meer): {', '.join(sorted(weg))[:200]}.",
            herstel="Kies de percelen opnieuw op de kaart.",
        )
    per_id = dict(zip(_ids(gekozen), _names(gekozen), strict=True))
    samen = shapely.union_all(np.asarray(gekozen.geometry.values, dtype=object))
    vlak = MultiPolygon([samen]) if isinstance(samen, Polygon) else samen
    if not isinstance(vlak, MultiPolygon):
        raise LocatieError("deze percelen geven samen geen vlak.")
    return vlak, [per_id[id_] for id_ in ids]


def _complete(
    bron: Gegevens, velden: dict[str, Any], namen: Sequence[str], aantallen: Sequence[Any]
) -> Locatie:
    """Make the locatie, with a name and a gemeente where the person gave none."""
    vorm: Vorm = velden["geometrie_rd"]
    locatie = Locatie(
        id="",
        bron=BRON,
        bron_id=_enumerate(namen) if namen else "getekend",
        aantallen=tuple(aantallen),
        **{"naam": "", **velden},
    )
    gemeente = locatie.gemeente_opgegeven
    if gemeente is None and not vorm.is_empty and shapely.is_valid(vorm):
        grenzen = bron.laag("gemeenten", vorm.bounds)
        delen = link_gemeenten([locatie], grenzen, bron.akkoord)[""]
        gemeente = delen[0].gemeentenaam if delen else None
    naam = locatie.naam or _make_name(namen, gemeente)
    return Locatie(
        id="",
        bron=BRON,
        bron_id=locatie.bron_id,
        aantallen=locatie.aantallen,
        **{**velden, "naam": naam, "gemeente_opgegeven": gemeente},
    )


def _make_name(namen: Sequence[str], gemeente: str | None) -> str:
    if not namen:
        return f"Nieuwe locatie in {gemeente}" if gemeente else "Nieuwe locatie"
    if len(namen) < 3:
        return " en ".join(namen)
    return f"{namen[0]} en {len(namen) - 1} andere percelen"


def _enumerate(namen: Sequence[str]) -> str:
    rest = f" + {len(namen) - _GENOEMD} andere" if len(namen) > _GENOEMD else ""
    return " + ".join(namen[:_GENOEMD]) + rest


def _ids(frame: gpd.GeoDataFrame) -> list[str]:
    """Return what a perceel is asked for by: its id, or its name where it has none."""
    if frame.empty:
        return []
    return [str(id_) for id_ in frame["perceel_id"].fillna(frame["aanduiding"])]


def _names(frame: gpd.GeoDataFrame) -> list[str]:
    return [] if frame.empty else [str(n) for n in frame["aanduiding"].fillna(frame["perceel_id"])]


def _parse_punt(tekst: str) -> tuple[float, float]:
    try:
        x, y = (float(deel) for deel in tekst.split(","))
    except ValueError:
        x = y = math.nan
    if not (math.isfinite(x) and math.isfinite(y)):
        raise VerzoekError("De plek is niet te lezen.", herstel="Geef punt=x,y in RD-meters.")
    return x, y


def _read_hint(waarde: Any) -> Bbox | None:
    if waarde is None:
        return None
    if not isinstance(waarde, list):
        raise VerzoekError("'bbox' is geen lijst van vier getallen.")
    return parse_bbox(",".join(map(str, waarde)))


_GEOJSON = "application/geo+json"
