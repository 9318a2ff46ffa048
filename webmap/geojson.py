"""Layers as GeoJSON in RD: coordinates to the centimetre, only the columns that a map needs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

CRS_RD = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}


def feature_collection(
    geometrieen: npt.NDArray[np.object_],
    eigenschappen: Sequence[Mapping[str, Any]],
    **kop: Any,
) -> bytes:
    """Write geometries and their properties as one FeatureCollection in EPSG:28992.

    Parameters
    ----------
    geometrieen
        shapely geometries in RD metres, shape (n,); an empty or absent one is written as
        a feature without geometry.
    eigenschappen
        n mappings, JSON-ready, in the same order.
    kop
        Extra members of the collection, such as a count.

    Returns
    -------
    bytes
        UTF-8 JSON. The `crs` member is that of GeoJSON 2008, which QGIS and GDAL read;
        RFC 7946 knows lon/lat only, and RD must not pass through that.
    """
    afgerond = shapely.transform(geometrieen, lambda xy: np.round(xy, 2))
    teksten = shapely.to_geojson(afgerond)
    leeg = shapely.is_missing(geometrieen) | shapely.is_empty(geometrieen)
    features = ",".join(
        f'{{"type":"Feature","properties":{_json(rij)},"geometry":{"null" if mist else tekst}}}'
        for tekst, rij, mist in zip(teksten, eigenschappen, leeg, strict=True)
    )
    leden = {"type": "FeatureCollection", "crs": CRS_RD, **kop}
    return f'{_json(leden)[:-1]},"features":[{features}]}}'.encode()


def label_point(geometrie: Any) -> list[float]:
    """Return a point [x, y] in RD that lies on the geometry, for a label or a marker."""
    punt = geometrie.representative_point()
    return [round(punt.x, 2), round(punt.y, 2)]


def _json(waarde: Any) -> str:
    return json.dumps(waarde, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
