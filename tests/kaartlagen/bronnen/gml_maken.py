"""GML of the national registers, made in the shape of each version, with made-up content."""

from __future__ import annotations

from pathlib import Path

RING = "155000 463000 155100 463000 155100 463100 155000 463100 155000 463000"
KADASTER = "http://www.kadaster.nl/schemas"
GML32 = "http://www.opengis.net/gml/3.2"


def vlak(ring: str = RING, srs: str | None = "urn:ogc:def:crs:EPSG::28992", dim: int = 2) -> str:
    """A gml:Polygon with its namespace declared on itself, as the Kadaster writes it."""
    stelsel = f' srsName="{srs}"' if srs else ""
    stelsel += f' srsDimension="{dim}"' if dim != 2 else ""
    return (
        f'<gml:Polygon xmlns:gml="{GML32}"{stelsel}><gml:exterior><gml:LinearRing>'
        f"<gml:posList>{ring}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>"
    )


def punt(plek: str = "155050 463050", srs: str = "urn:ogc:def:crs:EPSG::28992") -> str:
    """A gml:Point."""
    return f'<gml:Point xmlns:gml="{GML32}" srsName="{srs}"><gml:pos>{plek}</gml:pos></gml:Point>'


def perceel_v5(nummer: int = 2298, einde: str = "", status: str = "G", grens: str = "") -> str:
    """A Perceel of version 5; `einde` is further content of its historie."""
    return f"""<kk:perceelMember>
<oz:Perceel gml:id="NL.IMKAD.KadastraalObject.8492{nummer:05d}70000">
<ko:identificatie domein="NL.IMKAD.KadastraalObject">8492{nummer:05d}70000</ko:identificatie>
<oz:historie><h:beginGeldigheid>2000-11-20T14:29:09+01:00</h:beginGeldigheid>{einde}
<h:volgnummer>0</h:volgnummer><h:statusHistorie><h:StatusHistorie><t:code>{status}</t:code>
<t:waarde>x</t:waarde></h:StatusHistorie></h:statusHistorie></oz:historie>
<oz:kadastraleAanduiding><oz:TypeKadastraleAanduiding><oz:kadastraleGemeente>
<oz:KadastraleGemeente><t:code>761</t:code><t:waarde>Otterlo</t:waarde></oz:KadastraleGemeente>
</oz:kadastraleGemeente><oz:sectie>B</oz:sectie><oz:perceelnummer>{nummer}</oz:perceelnummer>
<oz:aKRKadastraleGemeenteCode><oz:AKRKadastraleGemeenteCode><t:code>812</t:code>
<t:waarde>OTL02</t:waarde></oz:AKRKadastraleGemeenteCode></oz:aKRKadastraleGemeenteCode>
</oz:TypeKadastraleAanduiding></oz:kadastraleAanduiding>
<oz:begrenzingPerceel>{grens or vlak()}</oz:begrenzingPerceel>
<oz:kadastraleGrootte><oz:TypeOppervlak><oz:waarde>222</oz:waarde><oz:soortGrootte>
<oz:SoortGrootte><t:code>1</t:code><t:waarde>Vastgesteld</t:waarde></oz:SoortGrootte>
</oz:soortGrootte></oz:TypeOppervlak></oz:kadastraleGrootte>
<oz:plaatscoordinaten>{punt()}</oz:plaatscoordinaten></oz:Perceel></kk:perceelMember>"""


def write_v5(pad: Path, *leden: str) -> Path:
    """A delivery of version 5."""
    brk = f"{KADASTER}/brkkadastralekaart/v5"
    pad.write_text(
        f'<kk:DKK xmlns:gml="{GML32}" xmlns:oz="{brk}/imkad-onroerendezaak/v20220601" '
        f'xmlns:h="{brk}/imkad-historie/v20220601" xmlns:t="{brk}/imkad-typen/v20220601" '
        f'xmlns:ko="{brk}/imkad-kadastraalobject/v20220601" '
        f'xmlns:kk="{brk}/stand/v20220601">{"".join(leden)}</kk:DKK>',
        encoding="utf-8",
    )
    return pad


def write_v4(pad: Path, einde: str = "") -> Path:
    """A delivery of version 4: members of one name, and `28992` for a CRS."""
    brk = f"{KADASTER}/brkkadastralekaart/v4"
    pad.write_text(
        f'<kk:brkkadastralekaartCollection xmlns:gml="{GML32}" '
        f'xmlns:kk="{brk}/featurecollection/v20190402" '
        f'xmlns:oz="{brk}/imkad-onroerendezaak/v20190402" '
        f'xmlns:h="{brk}/imkad-historie/v20190402" xmlns:t="{brk}/imkad-typen/v20190402" '
        f'xmlns:ko="{brk}/imkad-kadastraalobject/v20190402" gml:id="NL.IMKAD.Kadastralekaart">'
        "<kk:brkkadastralekaartMember>"
        '<oz:Perceel gml:id="NL.IMKAD.KadastraalObject.11720427170000"><ko:identificatie>'
        "<t:namespace>NL.IMKAD.KadastraalObject</t:namespace>"
        "<t:lokaalID>11720427170000</t:lokaalID></ko:identificatie><oz:historie>"
        f"<h:beginGeldigheid>2010-04-28T10:47:24.000</h:beginGeldigheid>{einde}"
        "<h:statusHistorie><h:StatusHistorie><t:code>G</t:code><t:waarde>Geldig</t:waarde>"
        "</h:StatusHistorie></h:statusHistorie></oz:historie><oz:kadastraleAanduiding>"
        "<oz:TypeKadastraleAanduiding><oz:kadastraleGemeente><oz:KadastraleGemeente>"
        "<t:code>42</t:code><t:waarde>Amsterdam</t:waarde></oz:KadastraleGemeente>"
        "</oz:kadastraleGemeente><oz:sectie>AK</oz:sectie><oz:perceelnummer>4271"
        "</oz:perceelnummer><oz:aKRKadastraleGemeenteCode><oz:AKRKadastraleGemeenteCode>"
        "<t:code>70</t:code><t:waarde>ASD30</t:waarde></oz:AKRKadastraleGemeenteCode>"
        "</oz:aKRKadastraleGemeenteCode></oz:TypeKadastraleAanduiding></oz:kadastraleAanduiding>"
        f"<oz:begrenzingPerceel>{vlak(srs='28992')}</oz:begrenzingPerceel><oz:kadastraleGrootte>"
        "<oz:TypeOppervlak><oz:waarde>2420</oz:waarde><oz:soortGrootte><oz:SoortGrootte>"
        "<t:code>2</t:code><t:waarde>Voorlopig</t:waarde></oz:SoortGrootte></oz:soortGrootte>"
        "</oz:TypeOppervlak></oz:kadastraleGrootte>"
        f"<oz:plaatscoordinaten>{punt(srs='28992')}</oz:plaatscoordinaten></oz:Perceel>"
        "</kk:brkkadastralekaartMember></kk:brkkadastralekaartCollection>",
        encoding="utf-8",
    )
    return pad


def write_v3(pad: Path, historie: str = "") -> Path:
    """A delivery of version 3: flat namespaces, the AKR code alone, no soort grootte."""
    pad.write_text(
        f'<b:KadastraleKaartCollection xmlns:gml="{GML32}" '
        f'xmlns:b="{KADASTER}/brkkadastralekaart/v20160101"><b:perceelMember>'
        '<b:Perceel gml:id="NL.IMKAD.KadastraalObject.470485338"><b:identificatie><b:NEN3610ID>'
        "<b:namespace>NL.IMKAD.KadastraalObject</b:namespace><b:lokaalID>0470485338</b:lokaalID>"
        "</b:NEN3610ID></b:identificatie><b:historie><b:KadasterHistorie>"
        "<b:logischTijdstipOntstaan>2009-03-27T23:59:59.000</b:logischTijdstipOntstaan>"
        f"{historie}</b:KadasterHistorie></b:historie>"
        "<b:kadastraleAanduiding><b:TypeKadastraleAanduiding><b:kadastraleGemeente>"
        "<b:KadastraleGemeenteKeuze><b:AKRKadastraleGemeenteCode>SBG01"
        "</b:AKRKadastraleGemeenteCode></b:KadastraleGemeenteKeuze></b:kadastraleGemeente>"
        "<b:sectie>B</b:sectie><b:perceelnummer>6931</b:perceelnummer>"
        "</b:TypeKadastraleAanduiding></b:kadastraleAanduiding>"
        f"<b:begrenzingPerceel>{vlak()}</b:begrenzingPerceel><b:kadastraleGrootte>"
        "<b:TypeOppervlak><b:waarde>75</b:waarde></b:TypeOppervlak></b:kadastraleGrootte>"
        f"<b:plaatscoordinaten>{punt()}</b:plaatscoordinaten></b:Perceel></b:perceelMember>"
        "</b:KadastraleKaartCollection>",
        encoding="utf-8",
    )
    return pad
