"""How a stored layer goes to the map: which rows, which columns, in which drawing order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from webmap.gegevens import Gegevens
from webmap.geojson import feature_collection, label_point
from webmap.kaart import Bbox


@dataclass(frozen=True, slots=True)
class Kaartlaag:
    """What of a layer is sent.

    `kolommen` are the columns sent along; `alles` says that the box may be left out;
    `met_label` that each object carries a point for its name; `vereenvoudig_m` is the
    most, in metres, that a line may be drawn from its place: 0 leaves every vertex.
    """

    naam: str
    kolommen: tuple[str, ...]
    alles: bool = False
    met_label: bool = False
    vereenvoudig_m: float = 0.0


_LAGEN = (
    Kaartlaag(
        "gemeenten",
        ("gemeentecode", "gemeentenaam"),
        alles=True,
        met_label=True,
        vereenvoudig_m=1.0,
    ),
    Kaartlaag(
        "plangebieden", ("idn", "naam", "planstatus", "datum"), alles=True, vereenvoudig_m=0.5
    ),
    Kaartlaag("bestemmingsvlakken", ("idn", "naam", "hoofdgroep")),
    Kaartlaag("percelen", ("aanduiding",)),
)

KAARTLAGEN = {laag.naam: laag for laag in _LAGEN}


def write_laag(laag: Kaartlaag, gegevens: Gegevens, bbox: Bbox | None, grens: int) -> bytes:
    """Write the objects of a layer within a box as GeoJSON in RD.

    Parameters
    ----------
    bbox
        Box in EPSG:28992 metres; None for the whole layer.
    grens
        The most objects that are sent. With more in the box, none is sent and `volledig`
        is false: a part of a layer would look like the whole of it.

    Returns
    -------
    bytes
        A FeatureCollection with the extra members `aantal`, `grens` and `volledig`,
        features in drawing order.
    """
    frame = _select(laag, gegevens, bbox)
    volledig = len(frame) <= grens
    kop = {"aantal": len(frame), "grens": grens, "volledig": volledig}
    return _write_frame(laag, frame if volledig else frame.iloc[:0], kop)


def _select(laag: Kaartlaag, gegevens: Gegevens, bbox: Bbox | None) -> gpd.GeoDataFrame:
    frame = gegevens.laag(laag.naam, bbox)
    if laag.naam == "plangebieden":
        return frame.sort_values("datum", kind="stable", na_position="first")
    if laag.naam == "bestemmingsvlakken":
        return _sort_by_plan(frame[frame["soort"] == "enkelbestemming"], gegevens, bbox)
    return frame


def _sort_by_plan(
    frame: gpd.GeoDataFrame, gegevens: Gegevens, bbox: Bbox | None
) -> gpd.GeoDataFrame:
    """Put the objects of older plans first, so that the newest plan is drawn on top."""
    plannen = gegevens.laag("plangebieden", bbox)
    datums = dict(zip(plannen["idn"], plannen["datum"], strict=True))
    volgorde = [str(datums.get(idn) or "") for idn in frame["idn"]]
    return frame.iloc[np.argsort(np.array(volgorde, dtype="U10"), kind="stable")]


def _write_frame(laag: Kaartlaag, frame: gpd.GeoDataFrame, kop: dict[str, Any]) -> bytes:
    vormen = np.asarray(frame.geometry.array, dtype=object)
    kolommen = [_plain(frame[kolom]) for kolom in laag.kolommen]
    rijen: list[dict[str, Any]] = [
        dict(zip(laag.kolommen, waarden, strict=True)) for waarden in zip(*kolommen, strict=True)
    ]
    if laag.met_label:
        for rij, vorm in zip(rijen, vormen, strict=True):
            rij["punt"] = label_point(vorm)
    if laag.vereenvoudig_m:
        vormen = shapely.simplify(vormen, laag.vereenvoudig_m, preserve_topology=True)
    return feature_collection(vormen, rijen, **kop)


def _plain(kolom: Any) -> list[Any]:
    """Return a column as JSON-ready values, None for what is missing."""
    waarden: list[Any] = kolom.astype(object).where(kolom.notna(), None).tolist()
    return waarden
