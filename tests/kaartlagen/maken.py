"""Small files made for one defect or one variant each; nothing here comes from elsewhere."""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path

import geopandas as gpd
import pyogrio
import shapely

# A square of 100 x 100 m in the middle of the country, in RD.
VIERKANT = shapely.box(155_000, 463_000, 155_100, 463_100)
VLINDER = shapely.Polygon(
    [(155_000, 463_000), (155_100, 463_100), (155_100, 463_000), (155_000, 463_100)]
)


def write_vector(
    pad: Path,
    vormen: Sequence[shapely.Geometry | None],
    kolommen: Mapping[str, Sequence[object]] | None = None,
    *,
    crs: str | int | None = 28992,
    laag: str | None = None,
    toevoegen: bool = False,
) -> Path:
    """Write a vector file; the suffix tells the form."""
    frame = gpd.GeoDataFrame(
        {} if kolommen is None else dict(kolommen), geometry=list(vormen), crs=crs
    )
    opties = {"layer": laag} if laag else {}
    soorten = {vorm.geom_type for vorm in vormen if vorm is not None}
    with warnings.catch_warnings():
        # GDAL warns that it cuts the names of a Shapefile: that is what the test wants.
        warnings.simplefilter("ignore")
        pyogrio.write_dataframe(
            frame,
            pad,
            append=toevoegen,
            geometry_type=soorten.pop() if len(soorten) == 1 else "Unknown",
            **opties,
        )
    return pad


def write_geojson(
    pad: Path,
    vormen: Sequence[shapely.Geometry],
    kolommen: Sequence[Mapping[str, object]] | None = None,
    **leden: object,
) -> Path:
    """Write GeoJSON by hand, with extra members such as `crs`."""
    rijen = kolommen or [{}] * len(vormen)
    inhoud = {
        "type": "FeatureCollection",
        **leden,
        "features": [
            {"type": "Feature", "properties": dict(rij), "geometry": shapely.geometry.mapping(vorm)}
            for vorm, rij in zip(vormen, rijen, strict=True)
        ],
    }
    pad.write_text(json.dumps(inhoud), encoding="utf-8")
    return pad


RING = "155000 463000 155100 463000 155100 463100 155000 463100 155000 463000"


def polygon_gml(punten: str = RING, srs: str = "urn:ogc:def:crs:EPSG::28992") -> str:
    """A gml:Polygon of one straight ring."""
    return (
        f'<gml:Polygon srsName="{srs}"><gml:exterior><gml:LinearRing><gml:posList>{punten}'
        "</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>"
    )


PLAN = """<imro:Bestemmingsplangebied gml:id="NL.IMRO.9001.plan1-vas1">
<imro:identificatie><imro:NEN3610ID><imro:namespace>NL.IMRO</imro:namespace>
<imro:lokaalID>9001.plan1</imro:lokaalID><imro:versie>vas1</imro:versie></imro:NEN3610ID>
</imro:identificatie><imro:typePlan>bestemmingsplan</imro:typePlan>
<imro:naamOverheid>Gemeente Voorbeeld</imro:naamOverheid>
<imro:overheidsCode>9001</imro:overheidsCode><imro:naam>{naam}</imro:naam>
<imro:planstatusInfo><imro:PlanstatusEnDatum><imro:planstatus>{status}</imro:planstatus>
<imro:datum>{datum}</imro:datum></imro:PlanstatusEnDatum></imro:planstatusInfo>{extra}
<imro:geometrie>{geometrie}</imro:geometrie></imro:Bestemmingsplangebied>"""


def plan(
    naam: str = "Voorbeeld",
    status: str = "vastgesteld",
    datum: str = "2024-02-01",
    extra: str = "",
    geometrie: str | None = None,
) -> str:
    """A Bestemmingsplangebied of IMRO2012."""
    return PLAN.format(
        naam=naam, status=status, datum=datum, extra=extra, geometrie=geometrie or polygon_gml()
    )


def imro_object(
    klasse: str = "Enkelbestemming",
    nummer: int = 1,
    geometrie: str | None = None,
    *,
    plan: str | None = "#NL.IMRO.9001.plan1-vas1",
    extra: str = "",
) -> str:
    """An object of a plan of IMRO2012."""
    link = f'<imro:plangebied xlink:href="{plan}"/>' if plan else ""
    vorm = polygon_gml() if geometrie is None else geometrie
    return (
        f'<imro:{klasse} gml:id="NL.IMRO.o{nummer}"><imro:identificatie><imro:NEN3610ID>'
        f"<imro:namespace>NL.IMRO</imro:namespace><imro:lokaalID>o{nummer}</imro:lokaalID>"
        f"</imro:NEN3610ID></imro:identificatie>"
        f"<imro:typePlanobject>{klasse.lower()}</imro:typePlanobject>{link}"
        f"<imro:naam>Wonen - {nummer}</imro:naam>{extra}"
        f"<imro:geometrie>{vorm}</imro:geometrie></imro:{klasse}>"
    )


def write_imro(pad: Path, *leden: str, versie: str = "2012/1.1", kop: str = "") -> Path:
    """An IMRO2012 collection of the members given."""
    inhoud = "".join(f"<imro:featureMember>{lid}</imro:featureMember>" for lid in leden)
    pad.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>{kop}<imro:FeatureCollectionIMRO gml:id="c" '
        f'xmlns:imro="http://www.geonovum.nl/imro/{versie}" '
        'xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:xlink="http://www.w3.org/1999/xlink">'
        f"{inhoud}</imro:FeatureCollectionIMRO>",
        encoding="utf-8",
    )
    return pad
