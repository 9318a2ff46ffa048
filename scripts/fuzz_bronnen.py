"""The files that are damaged: the real ones where they are, and one made of every form."""

from __future__ import annotations

import io
import os
import zipfile
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import openpyxl
import shapely

ROOT = Path(__file__).resolve().parent.parent
_GEEN_BRON = frozenset({".tif", ".txt", ".md"})
_VIERKANT = shapely.box(155_000, 463_000, 155_100, 463_100)
_PLAN = """<?xml version="1.0" encoding="UTF-8"?><imro:FeatureCollectionIMRO gml:id="c"
 xmlns:imro="http://www.geonovum.nl/imro/2012/1.1" xmlns:gml="http://www.opengis.net/gml/3.2"
 xmlns:xlink="http://www.w3.org/1999/xlink"><imro:featureMember><imro:Enkelbestemming gml:id="o1">
<imro:identificatie><imro:NEN3610ID><imro:lokaalID>o1</imro:lokaalID></imro:NEN3610ID>
</imro:identificatie><imro:plangebied xlink:href="#NL.IMRO.9001.plan1-vas1"/><imro:naam>Wonen
</imro:naam><imro:geometrie><gml:Polygon srsName="urn:ogc:def:crs:EPSG::28992"><gml:exterior>
<gml:LinearRing><gml:posList>155000 463000 155100 463000 155100 463100 155000 463000</gml:posList>
</gml:LinearRing></gml:exterior></gml:Polygon></imro:geometrie></imro:Enkelbestemming>
</imro:featureMember></imro:FeatureCollectionIMRO>"""


@dataclass(frozen=True)
class Bron:
    """One file to damage, with the files that must lie beside it."""

    naam: str
    inhoud: bytes
    ernaast: tuple[tuple[str, bytes], ...] = ()


def find_sources(werkmap: Path) -> tuple[Bron, ...]:
    """Give all sources; the real files are skipped where their folder is absent."""
    data = Path(os.environ.get("DAEB_DATA") or ROOT.parent / "shared" / "data")
    echt = [
        Bron(pad.name, pad.read_bytes())
        for pad in (sorted(data.rglob("*")) if data.is_dir() else [])
        if pad.is_file() and pad.suffix not in _GEEN_BRON
    ]
    gemaakt = [*_made(werkmap), *_archives(echt)]
    # Of an omgevingsplan there are many small files alike: the others have their turn twice.
    anders = [bron for bron in echt if not bron.naam.endswith(".xml")]
    return (*echt, *gemaakt, *anders, *gemaakt)


def _made(werkmap: Path) -> list[Bron]:
    frame = gpd.GeoDataFrame(
        {
            "plannaam": [f"Plan {n}" for n in range(40)],
            "planstatus": ["1A", "2B", None, "4B. Optie"] * 10,
            "woningen": list(range(40)),
            "datum": ["2024-01-01"] * 40,
        },
        geometry=[shapely.affinity.translate(_VIERKANT, 200 * n, 50 * n) for n in range(40)],
        crs=28992,
    )
    maakmap = werkmap / "maken"
    maakmap.mkdir()
    for naam in ("a.gpkg", "a.shp", "a.fgb", "a.geojson"):
        frame.to_file(maakmap / naam, engine="pyogrio")
    delen = {pad.name: pad.read_bytes() for pad in maakmap.iterdir()}
    shp = {naam: inhoud for naam, inhoud in delen.items() if naam.startswith("a.") and naam[2:] in
           {"shp", "shx", "dbf", "prj", "cpg"}}  # fmt: skip
    # Each part of a Shapefile in its turn is the one that is damaged.
    bronnen = [
        Bron(naam, shp[naam], tuple((n, i) for n, i in shp.items() if n != naam)) for naam in shp
    ]
    bronnen += [Bron(naam, delen[naam]) for naam in ("a.gpkg", "a.fgb", "a.geojson")]
    percelen = frame.drop(columns=["plannaam", "planstatus", "woningen", "datum"]).assign(
        identificatie_lokaal_id=[str(10**13 + n) for n in range(40)],
        akr_kadastrale_gemeente_code_waarde="OTL02",
        sectie="B",
        perceelnummer=range(1, 41),
        kadastrale_grootte_waarde=10_000.0,
    )
    for naam in ("p.gpkg", "p.fgb", "p.geojson"):
        percelen.to_file(maakmap / naam, engine="pyogrio")
        bronnen.append(Bron(naam, (maakmap / naam).read_bytes()))
    rd = delen["a.geojson"].replace(b'"name": "a"', b'"name": "b"')
    csv = "plannaam;planstatus;woningen;wkt\n" + "".join(
        f'Plan {n};2A;{n};"SRID=28992;{vorm.wkt}"\n' for n, vorm in enumerate(frame.geometry)
    )
    punten = "plannaam,planstatus,woningen,x_rd,y_rd\n" + "".join(
        f'"Plan {n}",1A,{n},{155_000 + n},{463_000 + n}\n' for n in range(40)
    )
    boek = openpyxl.Workbook()
    blad = boek.worksheets[0]
    blad.title = "planlijst"
    for regel in csv.splitlines():
        blad.append([deel.strip('"') for deel in regel.replace("28992;", "28992|").split(";")])
    for rij in blad.iter_rows(min_row=2, min_col=4, max_col=4):
        rij[0].value = str(rij[0].value).replace("|", ";")
    vak = io.BytesIO()
    boek.save(vak)
    return [
        *bronnen, Bron("b.geojson", rd),
        Bron("a.csv", csv.encode()), Bron("b.csv", punten.encode()),
        Bron("a.xlsx", vak.getvalue()), Bron("plan.gml", _PLAN.encode()),
    ]  # fmt: skip


def _archives(echt: list[Bron]) -> list[Bron]:
    """Pack files together, and an archive in an archive."""
    klein = [bron for bron in echt if len(bron.inhoud) < 100_000][:12]
    binnen = _zip([Bron("plan.gml", _PLAN.encode()), *klein[:3]])
    return [
        Bron("levering.zip", _zip([*klein, Bron("leesmij.txt", b"tekst")])),
        Bron("extract.zip", _zip([Bron("9999VBO.zip", binnen), *klein[3:5]])),
        Bron("reeks.zip", _zip([Bron(f"A-{n:06d}.xml", _PLAN.encode()) for n in (1, 2, 4)])),
    ]


def _zip(bronnen: list[Bron]) -> bytes:
    vak = io.BytesIO()
    with zipfile.ZipFile(vak, "w", zipfile.ZIP_DEFLATED) as archief:
        for nummer, bron in enumerate(bronnen):
            archief.writestr(bron.naam if nummer == 0 else f"map{nummer}/{bron.naam}", bron.inhoud)
    return vak.getvalue()
