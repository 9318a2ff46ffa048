"""Sources for the ingest benchmark: the same percelen as GeoPackage, GeoJSON and BRK GML.

Columns and structure are those of PDOK's OGC API and of the Kadastrale kaart (version 5);
coordinates are in RD with three decimals, as there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio
import shapely

from daeb_locaties.voorbeeld.percelen import make_percelen
from daeb_locaties.voorbeeld.streek import make_streek

VORMEN = {
    "GeoPackage": "percelen.gpkg",
    "GeoJSON": "percelen.geojson",
    "GML": "kadastralekaart_perceel.gml",
}
_SEED = 1
_BLOK = 20_000
_SPATIE = ' xmlns:gml="http://www.opengis.net/gml/3.2"'
_RD = 'srsName="urn:ogc:def:crs:EPSG::28992"'
_NS = "http://www.kadaster.nl/schemas/brkkadastralekaart/v5"
_KOP = f"""<?xml version="1.0" encoding="UTF-8"?>
<kk:DKK
        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
        xmlns:gml="http://www.opengis.net/gml/3.2"
        xmlns:oz="{_NS}/imkad-onroerendezaak/v20220601"
        xmlns:h="{_NS}/imkad-historie/v20220601"
        xmlns:t="{_NS}/imkad-typen/v20220601"
        xmlns:ko="{_NS}/imkad-kadastraalobject/v20220601"
        xmlns:kk="{_NS}/stand/v20220601">
"""
_PERCEEL = """<kk:perceelMember>
    <oz:Perceel gml:id="NL.IMKAD.KadastraalObject.{id}">
        <ko:identificatie domein="NL.IMKAD.KadastraalObject">{id}</ko:identificatie>
        <oz:historie>
            <h:beginGeldigheid>{begin}</h:beginGeldigheid>
            <h:tijdstipRegistratie>{begin}</h:tijdstipRegistratie>
            <h:volgnummer>0</h:volgnummer>
            <h:statusHistorie>
                <h:StatusHistorie>
                    <t:code>G</t:code>
                    <t:waarde>Geldig</t:waarde>
                </h:StatusHistorie>
            </h:statusHistorie>
        </oz:historie>
        <oz:kadastraleAanduiding>
            <oz:TypeKadastraleAanduiding>
                <oz:kadastraleGemeente>
                    <oz:KadastraleGemeente>
                        <t:code>{code}</t:code>
                        <t:waarde>{gemeente}</t:waarde>
                    </oz:KadastraleGemeente>
                </oz:kadastraleGemeente>
                <oz:sectie>{sectie}</oz:sectie>
                <oz:perceelnummer>{nummer}</oz:perceelnummer>
                <oz:aKRKadastraleGemeenteCode>
                    <oz:AKRKadastraleGemeenteCode>
                        <t:code>{akrcode}</t:code>
                        <t:waarde>{akr}</t:waarde>
                    </oz:AKRKadastraleGemeenteCode>
                </oz:aKRKadastraleGemeenteCode>
            </oz:TypeKadastraleAanduiding>
        </oz:kadastraleAanduiding>
        <oz:begrenzingPerceel><gml:Polygon{gml} gml:id="GEOMETRY_{id}-vlak" {rd}>{ringen}</gml:Polygon></oz:begrenzingPerceel>
        <oz:kadastraleGrootte>
            <oz:TypeOppervlak>
                <oz:waarde>{grootte:.0f}</oz:waarde>
                <oz:soortGrootte>
                    <oz:SoortGrootte>
                        <t:code>{soortcode}</t:code>
                        <t:waarde>{soort}</t:waarde>
                    </oz:SoortGrootte>
                </oz:soortGrootte>
            </oz:TypeOppervlak>
        </oz:kadastraleGrootte>
        <oz:perceelnummerRotatie>0.0</oz:perceelnummerRotatie>
        <oz:perceelnummerVerschuiving>
            <oz:TypePerceelnummerVerschuiving>
                <oz:deltaX>0.0</oz:deltaX>
                <oz:deltaY>0.0</oz:deltaY>
            </oz:TypePerceelnummerVerschuiving>
        </oz:perceelnummerVerschuiving>
        <oz:plaatscoordinaten><gml:Point{gml} gml:id="GEOMETRY_{id}-punt" {rd}><gml:pos>{punt}</gml:pos></gml:Point></oz:plaatscoordinaten>
    </oz:Perceel>
</kk:perceelMember>
"""  # noqa: E501  (lines as they stand in a delivery)


def make_sources(map_: Path, percelen: int) -> dict[str, Path]:
    """Write the three files; done before: left as they are."""
    doel = map_ / f"inname-{percelen}"
    paden = {vorm: doel / naam for vorm, naam in VORMEN.items()}
    if not (doel / "klaar").exists():
        doel.mkdir(parents=True, exist_ok=True)
        frame = make_percelen(make_streek(percelen, _SEED))
        frame = frame.set_geometry(shapely.transform(frame.geometry.to_numpy(), _to_mm), crs=28992)
        pyogrio.write_dataframe(frame, paden["GeoPackage"], layer="perceel", use_arrow=True)
        _write_text(paden["GeoJSON"], _geojson(frame))
        _write_text(paden["GML"], _gml(frame))
        (doel / "klaar").touch()
    return paden


def _to_mm(xy: np.ndarray) -> np.ndarray:
    return np.round(xy, 3)


def _write_text(pad: Path, stukken: Iterator[str]) -> None:
    with pad.open("w", encoding="utf-8", newline="\n") as bestand:
        bestand.writelines(stukken)


def _rings(vlak: shapely.Polygon, punt: str, tussen: str) -> list[str]:
    """Write each ring's points with three decimals, as `punt` % (x, y) joined by `tussen`."""
    return [
        tussen.join(punt % (x, y) for x, y in ring.coords)
        for ring in (vlak.exterior, *vlak.interiors)
    ]


def _geojson(frame: gpd.GeoDataFrame) -> Iterator[str]:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}
    yield f'{{"type":"FeatureCollection","crs":{json.dumps(crs)},"features":[\n'
    kolommen = [str(kolom) for kolom in frame.columns if kolom != "geometry"]
    for van in range(0, len(frame), _BLOK):
        blok = frame.iloc[van : van + _BLOK]
        lijsten = [blok[kolom].tolist() for kolom in kolommen]
        regels = []
        for vlak, *waarden in zip(blok.geometry, *lijsten, strict=True):
            rij = json.dumps(dict(zip(kolommen, waarden, strict=True)), ensure_ascii=False)
            ringen = ",".join(f"[{ring}]" for ring in _rings(vlak, "[%.3f,%.3f]", ","))
            regels.append(
                f'{{"type":"Feature","properties":{rij},"geometry":'
                f'{{"type":"Polygon","coordinates":[{ringen}]}}}}'
            )
        yield (",\n" if van else "") + ",\n".join(regels)
    yield "\n]}\n"


def _gml(frame: gpd.GeoDataFrame) -> Iterator[str]:
    yield _KOP
    velden = {
        "id": "identificatie_lokaal_id", "begin": "begin_geldigheid",
        "code": "kadastrale_gemeente_code", "gemeente": "kadastrale_gemeente_waarde",
        "sectie": "sectie", "nummer": "perceelnummer",
        "akrcode": "akr_kadastrale_gemeente_code_code",
        "akr": "akr_kadastrale_gemeente_code_waarde", "grootte": "kadastrale_grootte_waarde",
        "soortcode": "soort_grootte_code", "soort": "soort_grootte_waarde",
    }  # fmt: skip
    for van in range(0, len(frame), _BLOK):
        blok = frame.iloc[van : van + _BLOK]
        lijsten = [blok[kolom].tolist() for kolom in velden.values()]
        stukken = []
        for vlak, *waarden in zip(blok.geometry, *lijsten, strict=True):
            buiten, *gaten = _rings(vlak, "%.3f %.3f", " ")
            ringen = _ring("exterior", buiten) + "".join(_ring("interior", g) for g in gaten)
            punt = vlak.centroid
            stukken.append(
                _PERCEEL.format(
                    **dict(zip(velden, waarden, strict=True)),
                    gml=_SPATIE,
                    rd=_RD,
                    ringen=ringen,
                    punt=f"{punt.x:.3f} {punt.y:.3f}",
                )
            )
        yield "".join(stukken)
    yield "</kk:DKK>\n"


def _ring(soort: str, punten: str) -> str:
    return (
        f"<gml:{soort}><gml:LinearRing><gml:posList>{punten}</gml:posList></gml:LinearRing>"
        f"</gml:{soort}>"
    )
