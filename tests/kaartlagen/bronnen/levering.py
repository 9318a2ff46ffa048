"""Files of a delivery of an omgevingsplan, each made for one defect or one variant."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.kaartlagen.maken import polygon_gml

WERK = "/akn/nl/act/gm9001/2024/plan"
DOEL = "/join/id/proces/gm9001/2024/doel"
GIO_WERK = "/join/id/regdata/gm9001/2024/centrum"
UUID = "0F2A3C4D-1111-2222-3333-444455556666"

_GIO_NS = (
    'xmlns:geo="https://standaarden.overheid.nl/stop/imop/geo/" '
    'xmlns:basisgeo="http://www.geostandaarden.nl/basisgeometrie/1.0" '
    'xmlns:gml="http://www.opengis.net/gml/3.2"'
)
_OW_NS = " ".join(
    [
        'xmlns:ow-dc="http://www.geostandaarden.nl/imow/bestanden/deelbestand"',
        'xmlns:sl="http://www.geostandaarden.nl/bestanden-ow/standlevering-generiek"',
        'xmlns:xlink="http://www.w3.org/1999/xlink"',
        *(
            f'xmlns:{kort}="http://www.geostandaarden.nl/imow/{lang}"'
            for kort, lang in [
                ("ga", "gebiedsaanwijzing"),
                ("l", "locatie"),
                ("p", "pons"),
                ("ow", "owobject"),
                ("rol", "regelsoplocatie"),
            ]
        ),
    ]
)


def location(
    uuid: str = UUID, geometrie: str | None = None, naam: str | None = "Centrum", extra: str = ""
) -> str:
    """A geo:Locatie with its geometry."""
    vorm = polygon_gml() if geometrie is None else geometrie
    titel = f"<geo:naam>{naam}</geo:naam>" if naam else ""
    return (
        f"<geo:Locatie>{titel}<geo:geometrie>{geometry(uuid, vorm)}</geo:geometrie>{extra}"
        "</geo:Locatie>"
    )


def geometry(uuid: str, vorm: str) -> str:
    """A basisgeo:Geometrie."""
    return (
        f"<basisgeo:Geometrie><basisgeo:id>{uuid}</basisgeo:id>"
        f"<basisgeo:geometrie>{vorm}</basisgeo:geometrie></basisgeo:Geometrie>"
    )


def write_gio(
    pad: Path, *locaties: str, werk: str = GIO_WERK, versie: str = "2024-03-01;1", kop: str = ""
) -> Path:
    """A GIO as a gemeente delivers it."""
    lijst = "".join(locaties or (location(),))
    pad.write_text(
        f"<geo:GeoInformatieObjectVaststelling {_GIO_NS}><geo:context/><geo:vastgesteldeVersie>"
        f"<geo:GeoInformatieObjectVersie><geo:FRBRWork>{werk}</geo:FRBRWork>"
        f"<geo:FRBRExpression>{werk}/nld@{versie}</geo:FRBRExpression>{kop}"
        f"<geo:locaties>{lijst}</geo:locaties></geo:GeoInformatieObjectVersie>"
        "</geo:vastgesteldeVersie></geo:GeoInformatieObjectVaststelling>",
        encoding="utf-8",
    )
    return pad


def write_geometries(pad: Path, vormen: Sequence[tuple[str, str]]) -> Path:
    """A file of bare geometries, as older deliveries have them."""
    leden = "".join(
        f"<basisgeo:featureMember>{geometry(uuid, vorm)}</basisgeo:featureMember>"
        for uuid, vorm in vormen
    )
    pad.write_text(
        f"<basisgeo:FeatureCollectionGeometrie {_GIO_NS}>{leden}"
        "</basisgeo:FeatureCollectionGeometrie>",
        encoding="utf-8",
    )
    return pad


def write_ow(pad: Path, *objecten: str) -> Path:
    """A file with OW-objects."""
    standen = "".join(
        f"<sl:stand><ow-dc:owObject>{lid}</ow-dc:owObject></sl:stand>" for lid in objecten
    )
    pad.write_text(
        f"<ow-dc:owBestand {_OW_NS}><sl:standBestand><sl:dataset>Dorp</sl:dataset>{standen}"
        "</sl:standBestand></ow-dc:owBestand>",
        encoding="utf-8",
    )
    return pad


def pons(locatie: str = "gebied.1", nummer: int = 1, extra: str = "") -> str:
    """A Pons that points to a locatie."""
    return (
        f"<p:Pons><p:identificatie>nl.imow-gm9001.pons.{nummer}</p:identificatie>{extra}"
        f'<p:locatieaanduiding><l:LocatieRef xlink:href="{locatie}"/></p:locatieaanduiding>'
        "</p:Pons>"
    )


def area_designation(locatie: str = "gebied.1", soort: str = "Functie", extra: str = "") -> str:
    """A Gebiedsaanwijzing that points to a locatie."""
    basis = "http://standaarden.omgevingswet.overheid.nl"
    return (
        "<ga:Gebiedsaanwijzing><ga:identificatie>nl.imow-gm9001.gebiedsaanwijzing.1"
        f"</ga:identificatie>{extra}<ga:type>{basis}/typegebiedsaanwijzing/id/concept/{soort}"
        f"</ga:type><ga:naam>Centrum</ga:naam><ga:groep>{basis}/functie/id/concept/Centrumgebied"
        f'</ga:groep><ga:locatieaanduiding><l:LocatieRef xlink:href="{locatie}"/>'
        "</ga:locatieaanduiding></ga:Gebiedsaanwijzing>"
    )


def area(id_: str = "gebied.1", uuid: str = UUID) -> str:
    """A Gebied that points to a geometry."""
    return (
        f"<l:Gebied><l:identificatie>{id_}</l:identificatie><l:geometrie>"
        f'<l:GeometrieRef xlink:href="{uuid}"/></l:geometrie></l:Gebied>'
    )


def area_group(*leden: str, id_: str = "groep.1") -> str:
    """A Gebiedengroep of locaties."""
    verwijzingen = "".join(
        f'<l:groepselement><l:GebiedRef xlink:href="{lid}"/></l:groepselement>' for lid in leden
    )
    return (
        f"<l:Gebiedengroep><l:identificatie>{id_}</l:identificatie>"
        f"<l:noemer>Groep</l:noemer>{verwijzingen}</l:Gebiedengroep>"
    )


def write_manifest(map_: Path, werken: Sequence[tuple[str, str]] = ((WERK, "ow.xml"),)) -> Path:
    """The manifest of the OW-files: regelingen with the file that belongs to each."""
    delen = "".join(
        f"<Aanlevering><WorkIDRegeling>{werk}</WorkIDRegeling><DoelID>{DOEL}</DoelID>"
        f"<Bestand><naam>{bestand}</naam></Bestand></Aanlevering>"
        for werk, bestand in werken
    )
    pad = map_ / "manifest-ow.xml"
    pad.write_text(
        '<Aanleveringen xmlns="http://www.geostandaarden.nl/bestanden-ow/manifest-ow">'
        f"<domein>omgevingswet</domein>{delen}</Aanleveringen>",
        encoding="utf-8",
    )
    return pad


def write_besluit(map_: Path, datum: str = "2024-07-01", doel: str = DOEL) -> Path:
    """A besluit that says from when its regeling holds."""
    pad = map_ / "besluit.xml"
    pad.write_text(
        '<AanleveringBesluit xmlns="https://standaarden.overheid.nl/lvbb/stop/aanlevering/">'
        "<BesluitVersie><Tijdstempels><Tijdstempel>"
        f"<doel>{doel}</doel><soortTijdstempel>juridischWerkendVanaf</soortTijdstempel>"
        f"<datum>{datum}</datum></Tijdstempel></Tijdstempels></BesluitVersie></AanleveringBesluit>",
        encoding="utf-8",
    )
    return pad
