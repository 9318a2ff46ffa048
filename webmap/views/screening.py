"""The screening: which parcels could carry DAEB homes, as a list and on the map, equally."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
from flask import Blueprint, Response, render_template, request
from shapely import box

from webmap.geojson import feature_collection
from webmap.kaart import NEDERLAND_RD, Bbox, render_kaart
from webmap.ontbreekt import find_screeninggemis
from webmap.perceelfilter import (
    ALLES,
    VOLGORDE,
    ZONDER_GEMEENTE,
    Perceelfilter,
    cut_page,
    read_filter,
)
from webmap.perceelrij import make_rijen
from webmap.views.antwoord import answer, parse_bbox
from webmap.views.sessie import gegevens, instellingen

screening = Blueprint("screening", __name__)

_RAND_M = 150.0


@screening.get("/screening")
def show_screening() -> str:
    """Show one page of the list, with the map of the same choice.

    Raises
    ------
    VerzoekError
        When the choice in the address cannot be read.
    """
    bron = gegevens()
    keus = read_filter(request.args)
    gekozen_id = request.args.get("perceel", "")
    omvang = bron.laagomvang("percelen")
    if omvang[0] == 0:
        return render_template(
            "screening_leeg.html", akkoord=bron.akkoord, gemis=find_screeninggemis(bron)
        )
    alle = bron.screening()
    past = keus.apply(alle)
    blad = cut_page(past, request.args.get("pagina", ""), gekozen_id)
    bbox = _around(past) or omvang[1] or NEDERLAND_RD
    return render_template(
        "screening.html",
        kaart=render_kaart(bbox, "kandidaten"),
        bbox=bbox,
        akkoord=bron.akkoord,
        gemis=find_screeninggemis(bron),
        keus=keus,
        vraag=keus.to_query(),
        gekozen_id=gekozen_id,
        blad=blad,
        rijen=make_rijen(blad.percelen),
        aantal=len(past),
        met_eigenaar=_names_owners(alle),
        **_choices(alle, keus),
    )


@screening.get("/api/screening")
def list_percelen() -> Response:
    """Send the parcels of the choice within `bbox` as GeoJSON in RD.

    Raises
    ------
    VerzoekError
        When the box or the choice cannot be read.
    """
    keus = read_filter(request.args)
    bbox = parse_bbox(request.args.get("bbox", ""))
    alle = gegevens().screening()
    past = keus.apply(alle.iloc[np.sort(alle.sindex.query(box(*bbox)))])
    grens = instellingen().kandidaten_grens
    volledig = len(past) <= grens
    kop = {"aantal": len(past), "grens": grens, "volledig": volledig}
    getoond = past if volledig else past.iloc[:0]
    vormen = np.asarray(getoond.geometry.values, dtype=object)
    rijen = [
        {
            "id": rij.id,
            "aanduiding": rij.aanduiding,
            "gemeentenaam": rij.gemeente,
            "uitkomst": rij.uitkomst.value,
            "label": rij.uitkomst.label,
            "kandidaat": rij.uitkomst.kandidaat,
            "oppervlakte_m2": round(rij.oppervlakte_m2, 1),
        }
        for rij in make_rijen(getoond)
    ]
    return answer(feature_collection(vormen, rijen, **kop), "application/geo+json")


def _choices(alle: gpd.GeoDataFrame, keus: Perceelfilter) -> dict[str, Any]:
    """Return what can be chosen: outcomes with their number and address, and gemeenten."""
    per_uitkomst = alle["screening"].value_counts().to_dict()
    tellingen = [(uitkomst, per_uitkomst.get(uitkomst.value, 0)) for uitkomst in VOLGORDE]
    grenzen = gegevens().laag("gemeenten", None)
    gemeenten = sorted(
        set(zip(grenzen["gemeentecode"], grenzen["gemeentenaam"], strict=True)),
        key=lambda gemeente: str(gemeente[1]),
    )
    if alle["gemeentecode"].isna().any():
        gemeenten.append((ZONDER_GEMEENTE, "Gemeente onbekend"))
    return {
        "tellingen": tellingen,
        "kandidaten": sum(aantal for uitkomst, aantal in tellingen if uitkomst.kandidaat),
        "alle": len(alle),
        "alles": ALLES,
        "gemeenten": gemeenten,
        "vraag_van": {
            code: keus.with_uitkomst(code).to_query()
            for code in ("", ALLES, *(uitkomst.value for uitkomst in VOLGORDE))
        },
    }


def _names_owners(percelen: gpd.GeoDataFrame) -> bool:
    return "eigenaar" in percelen and bool(percelen["eigenaar"].notna().any())


def _around(percelen: gpd.GeoDataFrame) -> Bbox | None:
    if percelen.empty:
        return None
    links, onder, rechts, boven = (float(grens) for grens in percelen.total_bounds)
    return links - _RAND_M, onder - _RAND_M, rechts + _RAND_M, boven + _RAND_M
