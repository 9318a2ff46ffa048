"""Small plans of each version and kind, with the structure that real ones have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.kaartlagen.maken import RING

RD_URN = "urn:ogc:def:crs:EPSG::28992"
IDN_2006 = "NL.IMRO.06540000BS4376-"
VISIE = "NL.IMRO.9001.visie1-vas1"


def square(x: float, y: float, zijde: float = 100.0) -> str:
    """The posList of a square with its lower left corner at x, y."""
    return f"{x} {y} {x + zijde} {y} {x + zijde} {y + zijde} {x} {y + zijde} {x} {y}"


def surface(punten: str = RING, srs: str = RD_URN, *, naam: str = "") -> str:
    """A gml:Surface as IMRO writes it: patches, a ring, a curve, segments."""
    ident = f' gml:id="{naam}"' if naam else ""
    return (
        f'<gml:Surface{ident} srsName="{srs}"><gml:patches><gml:PolygonPatch><gml:exterior>'
        "<gml:Ring><gml:curveMember><gml:Curve><gml:segments><gml:LineStringSegment>"
        f"<gml:posList>{punten}</gml:posList></gml:LineStringSegment></gml:segments></gml:Curve>"
        "</gml:curveMember></gml:Ring></gml:exterior></gml:PolygonPatch></gml:patches>"
        "</gml:Surface>"
    )


def multi_surface(*ringen: str) -> str:
    """A gml:MultiSurface in the form of IMRO2006: all members in one property."""
    leden = "".join(map(surface, ringen))
    return (
        f'<gml:MultiSurface srsName="{RD_URN}"><gml:surfaceMembers>{leden}</gml:surfaceMembers>'
        "</gml:MultiSurface>"
    )


def line(punten: str = "155000 463000 155100 463100") -> str:
    """A gml:Curve of one straight segment."""
    return (
        f'<gml:Curve srsName="{RD_URN}"><gml:segments><gml:LineStringSegment><gml:posList>'
        f"{punten}</gml:posList></gml:LineStringSegment></gml:segments></gml:Curve>"
    )


def point(punt: str = "155050 463050") -> str:
    """A gml:Point."""
    return f'<gml:Point srsName="{RD_URN}"><gml:pos>{punt}</gml:pos></gml:Point>'


# --- IMRO2006 -------------------------------------------------------------------------------


def write_2006(pad: Path, *leden: str, kop: str = "") -> Path:
    """An IMRO2006 collection: the root is GML's own, and it has an envelope."""
    inhoud = "".join(f"<gml:featureMember>{lid}</gml:featureMember>" for lid in leden)
    pad.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><gml:FeatureCollection '
        'xmlns:imro="http://www.ravi.nl/imro2006" xmlns:gml="http://www.opengis.net/gml" '
        'xmlns:xlink="http://www.w3.org/1999/xlink"><gml:description>proef</gml:description>'
        f'<gml:boundedBy><gml:Envelope srsName="{RD_URN}"><gml:lowerCorner>155000 463000'
        "</gml:lowerCorner><gml:upperCorner>155100 463100</gml:upperCorner></gml:Envelope>"
        f"</gml:boundedBy>{kop}{inhoud}</gml:FeatureCollection>",
        encoding="utf-8",
    )
    return pad


def plan_2006(
    klasse: str = "Bestemmingsplangebied",
    typeplan: str = "gemeentelijk plan; bestemmingsplan artikel 10",
    status: str = "vastgesteld",
    codes: str = "<imro:gemeenteCode>0654</imro:gemeenteCode>"
    "<imro:provincieCode>29</imro:provincieCode>",
    extra: str = "",
) -> str:
    """A plangebied of IMRO2006, its outline in a MultiSurface."""
    soort = {"ProvinciaalPlangebied": "PP", "NationaalPlangebied": "NP"}.get(klasse, "BP")
    return (
        f'<imro:{klasse} gml:id="{IDN_2006}"><imro:identificatie>{IDN_2006}</imro:identificatie>'
        f"<imro:typePlan>{typeplan}</imro:typePlan>{codes}<imro:naam>Kern Voorbeeld</imro:naam>"
        f"<imro:planstatusInfo><imro:Planstatus{soort}enDatum><imro:datum>2007-06-07</imro:datum>"
        f"<imro:planstatus>{status}</imro:planstatus></imro:Planstatus{soort}enDatum>"
        f"</imro:planstatusInfo>{extra}<imro:geometrie><imro:VlakMultiVlak>"
        f"<imro:geometrieMultiVlak>{multi_surface(RING)}</imro:geometrieMultiVlak>"
        f"</imro:VlakMultiVlak></imro:geometrie></imro:{klasse}>"
    )


def object_2006(
    klasse: str = "Enkelbestemming",
    nummer: int = 1,
    vorm: str | None = None,
    *,
    soort: str | None = None,
    houder: str = "PuntLijnVlak",
    eigenschap: str = "geometrieVlak",
    extra: str = "",
) -> str:
    """An object of IMRO2006: plain identification, and words around the geometry."""
    groep = {"Enkelbestemming": "bestemmingsvlak", "Dubbelbestemming": "bestemmingsvlak"}
    plansoort = soort or f"{groep.get(klasse, 'aanduiding')}; {klasse.lower()}"
    geometrie = surface() if vorm is None else vorm
    omhuld = (
        f"<imro:geometrie><imro:{houder}><imro:{eigenschap}>{geometrie}</imro:{eigenschap}>"
        f"</imro:{houder}></imro:geometrie>"
        if geometrie
        else ""
    )
    return (
        f'<imro:{klasse} gml:id="localid{nummer}"><imro:identificatie>EP{nummer}'
        f"</imro:identificatie><imro:typePlanobject>{plansoort}</imro:typePlanobject>"
        f'<imro:naam>Vlak {nummer}</imro:naam><imro:plangebied xlink:href="#{IDN_2006}"/>'
        f"{extra}{omhuld}<imro:labelInfo><imro:Label><imro:tekst>W</imro:tekst><imro:positie>"
        f"<imro:Labelpositie><imro:plaatsingspunt>{point()}</imro:plaatsingspunt>"
        f"</imro:Labelpositie></imro:positie></imro:Label></imro:labelInfo></imro:{klasse}>"
    )


# --- visies, verordeningen, AMvB's ----------------------------------------------------------


def outline(
    naam: str, geometrie: str | None = None, klasse: str = "GeometrieStructuurvisieObject"
) -> str:
    """An outline to which objects point with `begrenzing`."""
    return (
        f'<imro:{klasse} gml:id="{naam}"><imro:geometrie>'
        f"{surface() if geometrie is None else geometrie}</imro:geometrie>"
        f"<imro:idealisatie>exact</imro:idealisatie></imro:{klasse}>"
    )


def bounded_plan(
    klasse: str = "Structuurvisieplangebied_G",
    typeplan: str = "structuurvisie",
    grenzen: Sequence[str] = ("g0",),
    *,
    code: str = "9001",
    extra: str = "",
) -> str:
    """A plangebied whose outline stands elsewhere in the file."""
    links = "".join(f'<imro:begrenzing xlink:href="#{grens}"/>' for grens in grenzen)
    return (
        f'<imro:{klasse} gml:id="{VISIE}"><imro:identificatie><imro:NEN3610ID>'
        "<imro:namespace>NL.IMRO</imro:namespace><imro:lokaalID>9001.visie1</imro:lokaalID>"
        "<imro:versie>vas1</imro:versie></imro:NEN3610ID></imro:identificatie>"
        f"<imro:typePlan>{typeplan}</imro:typePlan><imro:naamOverheid>Voorbeeld</imro:naamOverheid>"
        f"<imro:overheidsCode>{code}</imro:overheidsCode><imro:naam>Visie</imro:naam>"
        "<imro:planstatusInfo><imro:PlanstatusEnDatum><imro:planstatus>vastgesteld"
        "</imro:planstatus><imro:datum>2020-03-04</imro:datum></imro:PlanstatusEnDatum>"
        f"</imro:planstatusInfo>{extra}{links}</imro:{klasse}>"
    )


def bounded_object(
    klasse: str = "Structuurvisiegebied_G",
    nummer: int = 1,
    grenzen: Sequence[str] = ("g1",),
    *,
    plan: str | None = f'<imro:plangebied xlink:href="#{VISIE}"/>',
    extra: str = "",
) -> str:
    """An object whose outlines stand elsewhere in the file."""
    links = "".join(f'<imro:begrenzing xlink:href="#{grens}"/>' for grens in grenzen)
    soort = klasse[0].lower() + klasse[1:]
    return (
        f'<imro:{klasse} gml:id="NL.IMRO.v{nummer}"><imro:identificatie><imro:NEN3610ID>'
        f"<imro:namespace>NL.IMRO</imro:namespace><imro:lokaalID>v{nummer}</imro:lokaalID>"
        f"</imro:NEN3610ID></imro:identificatie><imro:typePlanobject>{soort}"
        f"</imro:typePlanobject><imro:naam>Gebied {nummer}</imro:naam>{links}{plan or ''}{extra}"
        f"</imro:{klasse}>"
    )


# --- STRI -----------------------------------------------------------------------------------


def write_manifest(
    pad: Path,
    dossiers: Mapping[str, tuple[str, Sequence[str]]],
    *,
    datum: str = "2024-05-01",
    versie: str = "2012/2.0",
) -> Path:
    """A manifest of STRI2012: dossiers with their status, and the plans in them."""
    inhoud = "".join(
        f'<Dossier Id="{dossier}" Status="{status}">'
        + "".join(
            f'<Plan Id="{idn}"><Naam>Voorbeeld</Naam><Datum>2024-02-01</Datum><GeleideFormulier>'
            f"https://voorbeeld.nl/g_{idn}.xml</GeleideFormulier></Plan>"
            for idn in plannen
        )
        + "</Dossier>"
        for dossier, (status, plannen) in dossiers.items()
    )
    pad.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?><Manifest '
        f'xmlns="http://www.geonovum.nl/stri/{versie}" OverheidsCode="9001" '
        f'NaamOverheid="Voorbeeld" Datum="{datum}">{inhoud}'
        '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo><Reference URI=""/>'
        "</SignedInfo></Signature></Manifest>",
        encoding="utf-8",
    )
    return pad


def write_properties(
    pad: Path,
    idn: str,
    status: str = "vastgesteld",
    *,
    wortel: str = "Manifest",
    versie: str = "2008/1",
    historisch: str = "false",
) -> Path:
    """A manifest of STRI2008 or STRI2006, or a geleideformulier: plans with properties."""
    pad.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?><{wortel} '
        f'xmlns="http://www.geonovum.nl/stri/{versie}" OverheidsCode="9001" '
        'NaamOverheid="Voorbeeld" Datum="2010-11-08T12:23:43.843+01:00">'
        f'<Plan Historisch="{historisch}" Id="{idn}"><Eigenschappen><Naam>Voorbeeld</Naam>'
        f"<Type>bestemmingsplan</Type><Status>{status}</Status>"
        "<Datum>2008-07-01T00:00:00.000+02:00</Datum></Eigenschappen><Onderdelen "
        f'BasisURL="https://voorbeeld.nl/"><IMRO>{idn}.gml</IMRO></Onderdelen></Plan></{wortel}>',
        encoding="utf-8",
    )
    return pad
