"""Code lists and forms of identifications, as their sources publish them."""

from __future__ import annotations

from dataclasses import dataclass

from kaartlagen.controles import Controle
from kaartlagen.inhoudcontroles import (
    BAG_ID_AFWIJKEND,
    BAG_STATUS_ONBEKEND,
    DOSSIERSTATUS_ONBEKEND,
    GEBIEDSGROEP_ONBEKEND,
    GEBRUIKSDOEL_ONBEKEND,
    HOOFDGROEP_ONBEKEND,
    PERCEEL_ID_AFWIJKEND,
    SOORT_GROOTTE_ONBEKEND,
    TYPE_PLAN_ONBEKEND,
)


@dataclass(frozen=True, slots=True)
class Waardelijst:
    """The values that a column may hold, compared without regard to case.

    `scheiding` parts the values of a cell that holds several. What begins with ``other:``
    extends an IMRO list and is no error.
    """

    kolom: str
    waarden: frozenset[str]
    controle: Controle
    scheiding: str | None = None


@dataclass(frozen=True, slots=True)
class Idvorm:
    """The form of an identification: a regular expression for the whole text."""

    kolom: str
    patroon: str
    controle: Controle


# IMRO2012.xsd 1.1.0 and the IMRO2008 lists (`domein.md` section 2.1).
_HOOFDGROEPEN = frozenset(
    {
        "agrarisch", "agrarisch met waarden", "bedrijf", "bedrijventerrein", "bos", "centrum",
        "cultuur en ontspanning", "detailhandel", "dienstverlening", "gemengd", "groen", "horeca",
        "kantoor", "maatschappelijk", "natuur", "overig", "recreatie", "sport", "tuin", "verkeer",
        "water", "wonen", "woongebied", "leiding", "waarde", "waterstaat",
        # IMRO2006XML.xsd 1.0RC
        "ontspanning en vermaak",
    }
)  # fmt: skip
_TYPEN_PLAN = frozenset(
    {
        "bestemmingsplan", "inpassingsplan", "rijksbestemmingsplan", "uitwerkingsplan",
        "wijzigingsplan", "aanwijzingsbesluit", "beheersverordening", "exploitatieplan",
        "gerechtelijke uitspraak", "omgevingsvergunning", "reactieve aanwijzing",
        "voorbereidingsbesluit", "projectbesluit", "tijdelijke ontheffing buitenplans",
        "buiten toepassing verklaring beheersverordening", "amvb", "regeling",
        "provinciale verordening", "structuurvisie",
        # IMRO2006XML.xsd 1.0RC
        "gemeentelijk plan", "gemeentelijk plan; artikel 19 plan",
        "gemeentelijk plan; bestemmingsplan artikel 10",
        "gemeentelijk plan; uitwerkingsplan artikel 11",
        "gemeentelijk plan; wijzigingsplan artikel 11", "gemeentelijk plan; structuurplan",
        "gemeentelijk plan; structuurschets", "gemeentelijk plan; structuurvisie",
        "regionaal plan", "regionaal plan; omgevingsplan", "regionaal plan; sectorplan",
        "regionaal plan; structuurplan/schets/visie", "regionaal plan; uitwerking regionaal plan",
        "provinciaal plan", "provinciaal plan; omgevingsplan", "provinciaal plan; sectorplan",
        "provinciaal plan; streekplan", "provinciaal plan; uitwerking provinciaal plan",
        "nationaal plan", "nationaal plan; nota", "nationaal plan; pkb",
        "nationaal plan; structuurschema/schets", "nationaal plan; uitwerking nationaal plan",
        "artikel 19 besluit", "besluit aanwijzing", "goedkeuringsbesluit", "uitspraak abrs",
        "uitspraak rechtbank", "vrijstellingsbesluit",
    }
)  # fmt: skip
_DOSSIERSTATUSSEN = frozenset(
    {
        "in voorbereiding", "vastgesteld", "geheel in werking", "deels in werking",
        "niet in werking", "geheel onherroepelijk in werking", "deels onherroepelijk in werking",
        "vervallen", "geconsolideerd",
    }
)  # fmt: skip
_GEBIEDSGROEPEN = frozenset(
    {
        "geluidzone", "luchtvaartverkeerzone", "milieuzone", "reconstructiewetzone",
        "veiligheidszone", "vrijwaringszone", "wetgevingzone", "overige zone", "wro-zone", "overig",
    }
)  # fmt: skip
# Catalogus BAG 2018, domeinen StatusPand, StatusVerblijfsobject and Gebruiksdoel.
_PANDSTATUSSEN = frozenset(
    {
        "bouwvergunning verleend", "niet gerealiseerd pand", "bouw gestart",
        "pand in gebruik (niet ingemeten)", "pand in gebruik", "verbouwing pand",
        "sloopvergunning verleend", "pand gesloopt", "pand buiten gebruik",
        "pand ten onrechte opgevoerd",
    }
)  # fmt: skip
_VBO_STATUSSEN = frozenset(
    {
        "verblijfsobject gevormd", "niet gerealiseerd verblijfsobject",
        "verblijfsobject in gebruik (niet ingemeten)", "verblijfsobject in gebruik",
        "verbouwing verblijfsobject", "verblijfsobject ingetrokken",
        "verblijfsobject buiten gebruik", "verblijfsobject ten onrechte opgevoerd",
    }
)  # fmt: skip
_GEBRUIKSDOELEN = frozenset(
    {
        "woonfunctie", "bijeenkomstfunctie", "celfunctie", "gezondheidszorgfunctie",
        "industriefunctie", "kantoorfunctie", "logiesfunctie", "onderwijsfunctie", "sportfunctie",
        "winkelfunctie", "overige gebruiksfunctie",
    }
)  # fmt: skip
# Perceel, `soortGrootte` (`domein.md` section 4).
_SOORTEN_GROOTTE = frozenset({"vastgesteld", "voorlopig", "administratief"})

WAARDELIJSTEN: dict[str, tuple[Waardelijst, ...]] = {
    "plangebieden": (
        Waardelijst("type_plan", _TYPEN_PLAN, TYPE_PLAN_ONBEKEND),
        Waardelijst("dossierstatus", _DOSSIERSTATUSSEN, DOSSIERSTATUS_ONBEKEND),
    ),
    "bestemmingsvlakken": (Waardelijst("hoofdgroep", _HOOFDGROEPEN, HOOFDGROEP_ONBEKEND),),
    "aanduidingen": (Waardelijst("groep", _GEBIEDSGROEPEN, GEBIEDSGROEP_ONBEKEND),),
    "percelen": (Waardelijst("soort_grootte", _SOORTEN_GROOTTE, SOORT_GROOTTE_ONBEKEND),),
    "panden": (
        Waardelijst("status", _PANDSTATUSSEN, BAG_STATUS_ONBEKEND),
        Waardelijst("gebruiksdoel", _GEBRUIKSDOELEN, GEBRUIKSDOEL_ONBEKEND, scheiding=","),
    ),
    "verblijfsobjecten": (
        Waardelijst("status", _VBO_STATUSSEN, BAG_STATUS_ONBEKEND),
        Waardelijst("gebruiksdoel", _GEBRUIKSDOELEN, GEBRUIKSDOEL_ONBEKEND, scheiding=","),
    ),
}
"""The code lists per layer."""

IDVORMEN: dict[str, Idvorm] = {
    "percelen": Idvorm("perceel_id", "^[0-9]{14}$", PERCEEL_ID_AFWIJKEND),
    "panden": Idvorm("pand_id", "^[0-9]{16}$", BAG_ID_AFWIJKEND),
    "verblijfsobjecten": Idvorm("vbo_id", "^[0-9]{16}$", BAG_ID_AFWIJKEND),
}
"""The form of the identification per layer."""
