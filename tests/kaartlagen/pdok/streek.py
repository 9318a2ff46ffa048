"""A made-up gemeente with its parcels in the schema of PDOK, as a service would give them."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import shapely

from kaartlagen.bronnen.gemeenten import gemeentecode
from kaartlagen.crs import to_lonlat
from kaartlagen.herkomst import Herkomst
from kaartlagen.laagframe import contract_columns, layer_frame
from kaartlagen.opslag import LaagOpslag

OORSPRONG = (85_000.0, 436_000.0)
ZIJDE = 25.0
RIJEN = 24
"""The collection is a square of RIJEN by RIJEN parcels of ZIJDE metres."""

RD_URI = "http://www.opengis.net/def/crs/EPSG/0/28992"
CRS84_URI = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"


def vak(kolom: float, rij: float, breed: float = 1.0, hoog: float = 1.0) -> shapely.Polygon:
    """A rectangle in units of ZIJDE."""
    x, y = OORSPRONG[0] + kolom * ZIJDE, OORSPRONG[1] + rij * ZIJDE
    return shapely.box(x, y, x + breed * ZIJDE, y + hoog * ZIJDE)


# An L: half of it lies in the box of the gemeente and not in the gemeente.
GEMEENTE = shapely.union(vak(2, 2, 20, 6), vak(2, 2, 6, 20))
BUURMAN = vak(22, 2, 2, 6)
IN_GEMEENTE = 20 * 6 + 6 * 14
IN_KADER = 20 * 20
"""Parcels that share ground with the gemeente, and those wholly in its box; the ring of
parcels around the box touches it."""


def percelen() -> list[dict[str, object]]:
    """The features of collection `perceel`, in RD, as multipolygons."""
    return [_perceel(kolom, rij) for rij in range(RIJEN) for kolom in range(RIJEN)]


def _perceel(kolom: int, rij: int) -> dict[str, object]:
    nummer = 1 + rij * RIJEN + kolom
    return feature(
        shapely.MultiPolygon([vak(kolom, rij)]),
        {
            "identificatie_namespace": "NL.IMKAD.KadastraalObject",
            "identificatie_lokaal_id": f"{10_000_000_000_000 + nummer * 10_000}",
            "begin_geldigheid": "2024-01-02T00:00:00Z",
            "tijdstip_registratie": "2024-01-02T10:00:00Z",
            "volgnummer": 1,
            "status_historie_code": "G",
            "status_historie_waarde": "Geldig",
            "kadastrale_gemeente_code": "1000",
            "kadastrale_gemeente_waarde": "Westveld",
            "sectie": "A",
            "akr_kadastrale_gemeente_code_code": "1000",
            "akr_kadastrale_gemeente_code_waarde": "WVD00",
            "kadastrale_grootte_waarde": ZIJDE * ZIJDE,
            "soort_grootte_code": "1",
            "soort_grootte_waarde": "Vastgesteld",
            "perceelnummer": nummer,
            "perceelnummer_rotatie": 0.0,
            "perceelnummer_verschuiving_delta_x": 0.0,
            "perceelnummer_verschuiving_delta_y": 0.0,
        },
    )


def gemeenten() -> list[dict[str, object]]:
    """The features of collection `gemeentegebied`, in RD."""
    return [
        feature(
            shapely.MultiPolygon([vorm]),
            {
                "identificatie": f"GM{code}",
                "naam": naam,
                "code": code,
                "ligt_in_provincie_code": "28",
                "ligt_in_provincie_naam": "Zuid-Holland",
                "ligt_in_land_code": "6030",
                "ligt_in_land_naam": "Nederland",
            },
        )
        for code, naam, vorm in (("9001", "Westveld", GEMEENTE), ("9002", "Oostveld", BUURMAN))
    ]


def verblijfsobjecten() -> list[dict[str, object]]:
    """The features of collection `verblijfsobject`, in RD: one in each parcel of row 4."""
    return [
        feature(
            vak(kolom, 4).centroid,
            {
                "identificatie": f"9001010000{kolom:06d}",
                "status": "Verblijfsobject in gebruik",
                "gebruiksdoel": "woonfunctie",
                "oppervlakte": 80,
                "pand.href": [f"https://voorbeeld/pand/{kolom}"],
            },
        )
        for kolom in range(RIJEN)
    ]


def panden() -> list[dict[str, object]]:
    """The features of collection `pand`, in RD."""
    return [
        feature(
            vak(kolom + 0.25, 4.25, 0.5, 0.5),
            {
                "identificatie": f"9001100000{kolom:06d}",
                "status": "Pand in gebruik",
                "gebruiksdoel": "woonfunctie",
                "bouwjaar": 1990,
                "aantal_verblijfsobjecten": 1,
                "verblijfsobject.href": [f"https://voorbeeld/vbo/{kolom}"],
            },
        )
        for kolom in range(RIJEN)
    ]


def feature(vorm: shapely.Geometry, eigenschappen: Mapping[str, object]) -> dict[str, object]:
    """A GeoJSON feature with a stable uuid."""
    return {
        "type": "Feature",
        "id": str(uuid.uuid5(uuid.NAMESPACE_OID, json.dumps(eigenschappen, sort_keys=True))),
        "geometry": shapely.geometry.mapping(vorm),
        "properties": dict(eigenschappen),
    }


def in_lonlat(features: Sequence[dict[str, object]]) -> list[dict[str, object]]:
    """The same features in longitude and latitude."""
    vormen = np.array([shapely.geometry.shape(f["geometry"]) for f in features], dtype=object)
    return [
        {**f, "geometry": shapely.geometry.mapping(vorm)}
        for f, vorm in zip(features, to_lonlat(vormen), strict=True)
    ]


def write_collection(pad: Path, features: Sequence[dict[str, object]]) -> Path:
    """A GeoJSON file for a service."""
    inhoud = {"type": "FeatureCollection", "features": list(features)}
    pad.write_text(json.dumps(inhoud), encoding="utf-8")
    return pad


def store_gemeenten(opslag: LaagOpslag, moment) -> None:
    """Put the gemeenten in a store, as an earlier `laag inlezen` would."""
    rijen = [(f["properties"], shapely.geometry.shape(f["geometry"])) for f in gemeenten()]
    kolommen = contract_columns(
        "gemeenten",
        {
            "gemeentecode": [gemeentecode(e["identificatie"]) for e, _ in rijen],
            "gemeentenaam": [e["naam"] for e, _ in rijen],
        },
        range(len(rijen)),
    )
    vormen = np.array([vorm for _, vorm in rijen], dtype=object)
    herkomst = Herkomst(
        bron="gemeenten.gpkg",
        bestand="gemeenten.gpkg",
        sha256="0" * 64,
        soort="gemeenten",
        vorm="GeoPackage",
        crs_bron="EPSG:28992",
        peildatum=None,
        ingelezen_op=moment,
    )
    opslag.store("gemeenten", layer_frame(kolommen, vormen), herkomst)
