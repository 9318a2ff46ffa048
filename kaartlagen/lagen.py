"""The layer contracts: which layers exist, with which columns, types and geometry.

Every frame that a source module returns and that the store hands out obeys its contract
here: the columns below in this order, then `geometry` in EPSG:28992. Text that is a code
stays text (``0202``); a date is ISO text ``JJJJ-MM-DD``; None means that the source does
not say, never "empty".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Geometriesoort = Literal["vlak", "lijn", "punt", "alle"]
Kolomtype = Literal["text", "int", "float", "bool"]


@dataclass(frozen=True, slots=True)
class Kolom:
    """One column of a layer contract: name, type and meaning (Dutch)."""

    naam: str
    type: Kolomtype
    uitleg: str


@dataclass(frozen=True, slots=True)
class Laag:
    """One layer contract.

    `dekkend` is True for a layer of which only the newest snapshot counts (a complete
    cover, such as gemeenten); False where the newest snapshot of every source counts
    (plans of several files together).
    """

    naam: str
    geometrie: Geometriesoort
    kolommen: tuple[Kolom, ...]
    dekkend: bool
    uitleg: str

    @property
    def kolomnamen(self) -> tuple[str, ...]:
        """The attribute column names in contract order, without `geometry`."""
        return tuple(kolom.naam for kolom in self.kolommen)


_IDN = Kolom("idn", "text", "identificatie van het plan (NL.IMRO...)")
_OBJECT = Kolom("object_id", "text", "identificatie van het planobject")
_NAAM = Kolom("naam", "text", "naam zoals in de bron")
_OVERIG = Kolom("overig", "text", "alle overige kolommen van de bron als JSON-object")

_LAGEN = (
    Laag(
        "gemeenten",
        "vlak",
        (
            Kolom("gemeentecode", "text", "CBS-code, vier cijfers (0606)"),
            Kolom("gemeentenaam", "text", "naam van de gemeente"),
        ),
        True,
        "gemeentegrenzen",
    ),
    Laag(
        "percelen",
        "vlak",
        (
            Kolom("perceel_id", "text", "lokaal id van de BRK, als tekst"),
            Kolom("aanduiding", "text", "kadastrale aanduiding (OTL02 B 2298)"),
            Kolom("kadastrale_gemeente", "text", "naam van de kadastrale gemeente"),
            Kolom("sectie", "text", "kadastrale sectie"),
            Kolom("perceelnummer", "int", "perceelnummer"),
            Kolom("kadastrale_grootte_m2", "float", "kadastrale grootte in m2"),
            Kolom("soort_grootte", "text", "Vastgesteld, Voorlopig of Administratief"),
            Kolom("eigenaar", "text", "soort eigenaar, letterlijk uit de bron"),
        ),
        False,
        "kadastrale percelen",
    ),
    Laag(
        "plangebieden",
        "vlak",
        (
            _IDN,
            _NAAM,
            Kolom("type_plan", "text", "typePlan volgens IMRO"),
            Kolom("planstatus", "text", "planstatus volgens IMRO"),
            Kolom("datum", "text", "datum van de planstatus, JJJJ-MM-DD"),
            Kolom("dossierstatus", "text", "dossierstatus (STRI); leeg als onbekend"),
            Kolom("overheid", "text", "naam van de overheid"),
            Kolom("overheidscode", "text", "code van de overheid, vier cijfers"),
            Kolom("imro_versie", "text", "IMRO2006, IMRO2008 of IMRO2012"),
            Kolom("tam", "bool", "TAM-omgevingsplan"),
            Kolom("extern_plan", "text", "JSON-lijst van {idn, naam, rol} van externe plannen"),
        ),
        False,
        "plangebieden van ruimtelijke plannen",
    ),
    Laag(
        "bestemmingsvlakken",
        "vlak",
        (
            _IDN,
            _OBJECT,
            _NAAM,
            Kolom("soort", "text", "enkelbestemming of dubbelbestemming"),
            Kolom("hoofdgroep", "text", "bestemmingshoofdgroep"),
            Kolom("artikelnummer", "text", "artikelnummer in de regels"),
        ),
        False,
        "enkel- en dubbelbestemmingen",
    ),
    Laag("bouwvlakken", "vlak", (_IDN, _OBJECT, _NAAM), False, "bouwvlakken"),
    Laag(
        "aanduidingen",
        "vlak",
        (
            _IDN,
            _OBJECT,
            _NAAM,
            Kolom("soort", "text", "functie-, bouw-, gebieds- of (IMRO2006) lettertekenaanduiding"),
            Kolom("groep", "text", "gebiedsaanduidinggroep"),
            Kolom("artikelnummer", "text", "artikelnummer in de regels"),
            Kolom("bestemmingsvlakken", "text", "JSON-lijst van object_id's waarop zij slaat"),
        ),
        False,
        "functie-, bouw- en gebiedsaanduidingen",
    ),
    Laag(
        "maatvoeringen",
        "vlak",
        (
            _IDN,
            _OBJECT,
            _NAAM,
            Kolom("waarden", "text", "JSON-lijst van {waardetype, waarde}"),
            Kolom("bestemmingsvlakken", "text", "JSON-lijst van object_id's waarop zij slaat"),
        ),
        False,
        "maatvoeringen",
    ),
    Laag("figuren", "alle", (_IDN, _OBJECT, _NAAM), False, "figuren"),
    Laag(
        "besluitvlakken",
        "alle",
        (_IDN, _OBJECT, _NAAM, Kolom("soort", "text", "objecttype volgens IMRO")),
        False,
        "besluit(sub)vlakken",
    ),
    Laag(
        "visiegebieden",
        "alle",
        (_IDN, _OBJECT, _NAAM, Kolom("soort", "text", "objecttype volgens IMRO")),
        False,
        "gebieden van structuurvisies en verordeningen",
    ),
    Laag(
        "ponsgebieden",
        "vlak",
        (
            _OBJECT,
            _NAAM,
            Kolom("omgevingsplan", "text", "identificatie van het omgevingsplan (regeling)"),
            Kolom("datum", "text", "datum van inwerkingtreding, JJJJ-MM-DD; leeg als onbekend"),
        ),
        False,
        "ponsgebieden: hier gelden de Wro-plannen niet meer",
    ),
    Laag(
        "functiegebieden",
        "vlak",
        (
            _OBJECT,
            _NAAM,
            Kolom("soort", "text", "type gebiedsaanwijzing (Functie), informatieobject of locatie"),
            Kolom("groep", "text", "groep van de gebiedsaanwijzing, GIO-deel of norm"),
            Kolom("waarde", "text", "normwaarde van een informatieobject, letterlijk uit de bron"),
            Kolom("omgevingsplan", "text", "identificatie van het omgevingsplan (regeling)"),
        ),
        False,
        "gebiedsaanwijzingen, informatieobjecten en locaties van een omgevingsplan",
    ),
    Laag(
        "bopa",
        "vlak",
        (
            Kolom("zaaknummer", "text", "zaaknummer van de vergunning"),
            _NAAM,
            Kolom("verleend_op", "text", "datum van verlening, JJJJ-MM-DD"),
            Kolom("onherroepelijk_op", "text", "datum onherroepelijk, JJJJ-MM-DD"),
            Kolom("woningen", "int", "aantal vergunde woningen; leeg als onbekend"),
            _OVERIG,
        ),
        False,
        "verleende buitenplanse omgevingsplanactiviteiten",
    ),
    Laag(
        "woningbouwplannen",
        "alle",
        (
            Kolom("plan_id", "text", "id van het plan in de bron"),
            Kolom("plannaam", "text", "naam van het plan"),
            Kolom("gemeente", "text", "gemeente zoals de bron haar noemt (naam of code)"),
            Kolom("planstatus", "text", "planologische status, letterlijk uit de bron"),
            Kolom("status_datum", "text", "datum van de status, JJJJ-MM-DD"),
            Kolom("plantype", "text", "plantype, letterlijk uit de bron"),
            Kolom("woningen_toe", "int", "aantal toe te voegen woningen (alle soorten)"),
            Kolom("woningen_af", "int", "aantal te onttrekken woningen, 0 of hoger"),
            _OVERIG,
        ),
        False,
        "planlijsten woningbouw",
    ),
    Laag(
        "verblijfsobjecten",
        "punt",
        (
            Kolom("vbo_id", "text", "identificatie in de BAG, als tekst"),
            Kolom("gebruiksdoel", "text", "gebruiksdoel volgens de BAG"),
            Kolom("status", "text", "status volgens de BAG"),
            Kolom("oppervlakte_m2", "float", "gebruiksoppervlakte in m2"),
        ),
        False,
        "verblijfsobjecten van de BAG",
    ),
    Laag(
        "panden",
        "vlak",
        (
            Kolom("pand_id", "text", "identificatie in de BAG, als tekst"),
            Kolom("bouwjaar", "int", "oorspronkelijk bouwjaar"),
            Kolom("status", "text", "status volgens de BAG"),
            Kolom("gebruiksdoel", "text", "gebruiksdoelen, door komma's gescheiden"),
            Kolom("verblijfsobjecten", "int", "aantal verblijfsobjecten"),
        ),
        False,
        "panden van de BAG",
    ),
    Laag(
        "achtergrond",
        "alle",
        (
            Kolom("soort", "text", "pand, weg, water, terrein, spoor of overig"),
            Kolom("klasse", "text", "objecttype en klasse, letterlijk uit de bron"),
            _NAAM,
        ),
        False,
        "achtergrondkaart (BGT, TOP10NL)",
    ),
    Laag("punten", "punt", (_OVERIG,), False, "punten van geen bijzondere soort"),
    Laag("lijnen", "lijn", (_OVERIG,), False, "lijnen van geen bijzondere soort"),
    Laag("vlakken", "vlak", (_OVERIG,), False, "vlakken van geen bijzondere soort"),
)

LAGEN: dict[str, Laag] = {laag.naam: laag for laag in _LAGEN}
"""All layer contracts by name."""
