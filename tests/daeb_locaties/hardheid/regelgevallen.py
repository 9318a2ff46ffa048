"""Four cases for each numbered rule: it holds, it does not, on the edge, and with input unknown.

`scripts/gevallen.py` writes them to docs/gevallen.md, for policy officers to read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from shapely import Point, Polygon

from daeb_locaties.begrippen import Planstatus
from daeb_locaties.model import Besluit
from tests.daeb_locaties.bouwstenen import OORSPRONG, Plannen, locatie, vak

HEEL = vak(0, 0, 1, 1)
LINKS, RECHTS = vak(0, 0, 0.5, 1), vak(0.5, 0, 1, 1)
BP = "NL.IMRO.9001.BP1-0001"
WONEN, AGRARISCH = ("Wonen", "wonen", HEEL), ("Agrarisch", "agrarisch", HEEL)
GEMENGD = ("Gemengd", "gemengd", HEEL)
SOORTEN = ("ja", "nee", "grens", "onbekend")


@dataclass(frozen=True)
class Geval:
    """One case: the situation in Dutch, what goes in, and what must come out.

    `geldt` says whether the rule takes part: for a G rule on some of the ground, for the
    others as the rule of the derivation or of the verdict.
    """

    situatie: str
    plannen: Plannen
    geldt: bool
    planstatus: str
    hardheid: str
    opgegeven: str = "onbekend"
    kenmerken: Mapping[str, Any] = field(default_factory=dict)
    woningen: int | None = None
    vorm: Polygon | Point = HEEL
    besluit: str | None = None

    def locatie(self) -> Any:
        """Return the locatie of the case."""
        loc = locatie(self.vorm, self.opgegeven, **self.kenmerken)
        if self.besluit is None:
            return loc
        besluit = Besluit(Planstatus(self.besluit), "Zo besloot het college.", date(2024, 2, 1))
        return replace(loc, besluit=besluit)


def ja(situatie, plannen, planstatus="onbekend", hardheid=None, **meer):
    """A case in which the rule holds."""
    return Geval(situatie, plannen, True, planstatus, hardheid or _hard(planstatus), **meer)


def nee(situatie, plannen, planstatus="onbekend", hardheid=None, **meer):
    """A case in which the rule does not hold."""
    return Geval(situatie, plannen, False, planstatus, hardheid or _hard(planstatus), **meer)


def _hard(planstatus: str) -> str:
    if planstatus == "onbekend":
        return "onbekend"
    return "hard" if planstatus in {"1A", "1B", "2A", "2B"} else "zacht"


def een(*vlakken, **kenmerken):
    return Plannen().plan(BP, list(vlakken) or [WONEN], **kenmerken)


def deels(aandeel, links=("Wonen", "wonen"), rechts=("Agrarisch", "agrarisch"), **kenmerken):
    """One plan: the left share of the locatie, and the rest."""
    vlakken = [(*links, vak(0, 0, aandeel, 1)), (*rechts, vak(aandeel, 0, 1, 1))]
    return een(*vlakken, **kenmerken)


def twee(aandeel, rechts, links=None):
    """Two plans beside each other, living in both."""
    return (
        Plannen()
        .plan(BP, [("Wonen", "wonen", vak(0, 0, aandeel, 1))], **(links or {}))
        .plan("NL.IMRO.9001.B-0001", [("Wonen", "wonen", vak(aandeel, 0, 1, 1))], **rechts)
    )


def op(vlak, soort, naam, vorm=HEEL):
    """A plan with one aanduiding."""
    return een(vlak, aanduidingen=((soort, naam, vorm),))


def met(soort, datum="2023-01-01", vlak=WONEN, **kenmerken):
    """A plan of 2020 with a besluit of another kind over it, that has no bestemmingen."""
    return een(vlak).plan("NL.IMRO.9001.V-0001", [], type_plan=soort, datum=datum, **kenmerken)


def verordening(datum_plan, datum, vlakken=()):
    kenmerken = {"type_plan": "beheersverordening", "gebied": HEEL, "datum": datum}
    return een(datum=datum_plan).plan("NL.IMRO.9001.BV-0001", list(vlakken), **kenmerken)


def versies(datum_ontwerp, datum_vast):
    """An ontwerp and the plan that was made of it."""
    return (
        Plannen()
        .plan("NL.IMRO.9001.BP1-ON01", [WONEN], planstatus="ontwerp", datum=datum_ontwerp)
        .plan("NL.IMRO.9001.BP1-VA01", [WONEN], datum=datum_vast)
    )


WET = "wetgevingzone - wijzigingsgebied 1"
ONTWERP, ZONDER_STATUS = {"planstatus": "ontwerp"}, {"planstatus": None}
PUNT = Point(OORSPRONG[0] + 50, OORSPRONG[1] + 50)
UITSPRAAK, VERGUNNING = "gerechtelijke uitspraak", "omgevingsvergunning"
GEEN_AANTAL = {"daeb": None}

REGELGEVALLEN: dict[str, tuple[Geval, Geval, Geval, Geval]] = {
    "G01": (
        ja("bestemming wonen in een vastgesteld plan", een(), "2A"),
        nee("bestemming agrarisch", een(AGRARISCH)),
        ja("hoofdgroep met hoofdletter en spatie", een(("Wonen", " Wonen ", HEEL)), "2A"),
        nee("hoofdgroep ontbreekt", een(("Wonen", None, HEEL))),
    ),
    "G02": (
        ja("Wonen - uit te werken", een(("Wonen - uit te werken 1", "wonen", HEEL)), "2B"),
        nee("Wonen - uitgewerkt", een(("Wonen - uitgewerkt", "wonen", HEEL)), "2A"),
        ja("hoofdletters en dubbele spatie", een(("Wonen - Uit  te Werken", "wonen", HEEL)), "2B"),
        nee("naam van de bestemming ontbreekt", een((None, "wonen", HEEL)), "2A"),
    ),
    "G03": (
        ja("wijzigingsgebied op agrarisch", op(AGRARISCH, "gebiedsaanduiding", WET), "2C"),
        nee("afwijkingsgebied", op(AGRARISCH, "gebiedsaanduiding", "wetgevingzone - afwijkingsgebied")),
        ja("wijzigingsgebied op 5 procent", op(AGRARISCH, "gebiedsaanduiding", WET, vak(0, 0, 0.05, 1))),
        nee("naam van de aanduiding ontbreekt", op(AGRARISCH, "gebiedsaanduiding", None)),
    ),
    "G04": (
        ja("functieaanduiding wonen op gemengd", op(GEMENGD, "functieaanduiding", "wonen"), "2A"),
        nee("functieaanduiding bedrijfswoning", op(GEMENGD, "functieaanduiding", "bedrijfswoning")),
        ja("hoofdletter en spatie", op(GEMENGD, "functieaanduiding", "Wonen "), "2A"),
        nee("naam van de aanduiding ontbreekt", op(GEMENGD, "functieaanduiding", None)),
    ),
    "G05": (
        ja("ontwerpplan met wonen", een(**ONTWERP), "3"),
        nee("vastgesteld plan", een(), "2A"),
        nee("ontwerp en vaststelling op dezelfde dag", versies("2020-01-01", "2020-01-01"), "2A"),
        ja("ontwerp zonder datum", een(**ONTWERP, datum=None), "3"),
    ),
    "G06": (
        ja("gemengd: de planregels beslissen", een(GEMENGD)),
        nee("wonen", een(), "2A"),
        nee("gemengd, geheel aangeduid voor wonen", op(GEMENGD, "functieaanduiding", "wonen"), "2A"),
        nee("hoofdgroep ontbreekt", een(("Gemengd", None, HEEL))),
    ),
    "G07": (
        ja("agrarisch laat geen woningen toe", een(AGRARISCH)),
        nee("wonen", een(), "2A"),
        ja("agrarisch op een snipper van 4 procent", deels(0.96), "2A"),
        ja("hoofdgroep ontbreekt", een(("Iets", None, HEEL))),
    ),
    "G08": (
        ja("TAM-plan met twee bestemmingen op elkaar", een(WONEN, ("Overig", "overig", HEEL), tam=True)),
        nee("TAM-plan met een bestemming", een(tam=True), "2A"),
        nee("twee bestemmingen die alleen aan elkaar grenzen", deels(0.5, rechts=("Wonen", "wonen")), "2A"),
        ja("gestapeld in een plan dat niet zegt een TAM-plan te zijn", een(WONEN, ("Overig", "overig", HEEL))),
    ),
    "G09": (
        ja("deels in werking", een(dossierstatus="deels in werking")),
        nee("geheel in werking", een(dossierstatus="geheel in werking"), "2A"),
        ja("met hoofdletter en spatie", een(dossierstatus="Deels in werking ")),
        ja("dossierstatus die niet in de lijst staat", een(dossierstatus="gedeeltelijk")),
    ),
    "G10": (
        ja("vervallen plan", een(dossierstatus="vervallen")),
        nee("geldend plan", een(), "2A"),
        nee("vervallen plan boven een ouder dat nog geldt",
            een().plan("NL.IMRO.9001.N-0001", [AGRARISCH], datum="2022-01-01", dossierstatus="vervallen"), "2A"),
        nee("vervallen als planstatus bestaat niet", een(planstatus="vervallen")),
    ),
    "G11": (
        ja("Wonen - voorlopig", een(("Wonen - voorlopig", "wonen", HEEL))),
        nee("Wonen", een(), "2A"),
        ja("Voorlopige bestemming wonen", een(("Voorlopige bestemming wonen", "wonen", HEEL))),
        nee("naam van de bestemming ontbreekt", een((None, "wonen", HEEL)), "2A"),
    ),
    "G12": (
        ja("planstatus ontbreekt", een(**ZONDER_STATUS)),
        nee("planstatus vastgesteld", een(), "2A"),
        nee("met hoofdletter en spatie", een(planstatus="Vastgesteld "), "2A"),
        ja("planstatus die niet in de lijst staat", een(planstatus="in behandeling")),
    ),
    "G13": (
        ja("straat op 30 procent bij het wonen", deels(0.7, rechts=("Verkeer", "verkeer")), "2A"),
        nee("horeca op 30 procent hoort niet bij het wonen", deels(0.7, rechts=("Horeca", "horeca"))),
        ja("evenveel groen als wonen", deels(0.5, rechts=("Groen", "groen")), "2A"),
        nee("hoofdgroep van de straat ontbreekt", deels(0.7, rechts=("Verkeer", None))),
    ),
    "G14": (
        ja("wonen in een ponsgebied", een().pons(HEEL)),
        nee("ponsgebied elders", een().pons(vak(3, 3, 4, 4)), "2A"),
        ja("ponsgebied op een snipper van 4 procent", een().pons(vak(0, 0, 0.04, 1)), "2A"),
        nee("TAM-omgevingsplan in een ponsgebied", een(tam=True).pons(HEEL), "2A"),
    ),
    "G15": (
        ja("BOPA op agrarisch", een(AGRARISCH).vergunning(HEEL), "2A"),
        nee("BOPA voor nul woningen", een(AGRARISCH).vergunning(HEEL, woningen=0)),
        ja("BOPA op 5 procent", een(AGRARISCH).vergunning(vak(0, 0, 0.05, 1))),
        ja("aantal woningen van de BOPA onbekend", een(AGRARISCH).vergunning(HEEL, woningen=None), "2A"),
    ),
    "G16": (
        ja("gerechtelijke uitspraak na het plan", met(UITSPRAAK)),
        nee("uitspraak van voor het plan", met(UITSPRAAK, "2015-01-01"), "2A"),
        ja("uitspraak op de dag van het plan", met(UITSPRAAK, "2020-01-01")),
        ja("uitspraak zonder datum", met(UITSPRAAK, None)),
    ),
    "G17": (
        ja("beheersverordening boven een ouder plan", verordening("2005-01-01", "2013-01-01")),
        nee("beheersverordening met eigen bestemming wonen", verordening("2005-01-01", "2013-01-01", [WONEN]), "2A"),
        nee("verordening en plan op dezelfde dag", verordening("2013-01-01", "2013-01-01"), "2A"),
        nee("verordening zonder datum", verordening("2005-01-01", None), "2A"),
    ),
    "G18": (
        ja("omgevingsvergunning op agrarisch", met(VERGUNNING, vlak=AGRARISCH)),
        nee("omgevingsvergunning op wonen", met(VERGUNNING), "2A"),
        ja("vergunning op de dag van het plan", met(VERGUNNING, "2020-01-01", AGRARISCH)),
        ja("vergunning zonder datum", met(VERGUNNING, None, AGRARISCH)),
    ),
    "A01": (
        ja("alle grond 2A", een(), "2A"),
        nee("half vastgesteld, half ontwerp", twee(0.5, ONTWERP), "3"),
        ja("ontwerp op 4 procent weegt niet mee", twee(0.96, ONTWERP), "2A"),
        nee("geen plan bekend", Plannen()),
    ),
    "A02": (
        ja("half vastgesteld, half ontwerp", twee(0.5, ONTWERP), "3"),
        nee("alle grond 2A", een(), "2A"),
        ja("ontwerp op 5 procent weegt mee", twee(0.95, ONTWERP), "3"),
        nee("status van de andere helft onbekend", twee(0.5, ZONDER_STATUS)),
    ),
    "A03": (
        ja("half wonen, half agrarisch", deels(0.5)),
        nee("geheel wonen", een(), "2A"),
        ja("agrarisch op 5 procent", deels(0.95)),
        ja("op de helft ligt geen plan", een(("Wonen", "wonen", LINKS))),
    ),
    "A04": (
        ja("geheel agrarisch", een(AGRARISCH)),
        nee("wonen", een(), "2A"),
        ja("wonen op 4 procent is te weinig", deels(0.04)),
        nee("gemengd: de regels beslissen", een(GEMENGD)),
    ),
    "A05": (
        ja("geen plan ingelezen", Plannen()),
        nee("wel een plan", een(), "2A"),
        ja("het plan grenst aan de locatie", een(("Wonen", "wonen", vak(1, 0, 2, 1)))),
        ja("alleen een plan zonder bestemmingen", Plannen().plan(BP, [])),
    ),
    "A06": (
        ja("de locatie is een punt", een(), vorm=PUNT),
        nee("de locatie is een vlak", een(), "2A"),
        nee("een vlak van een vierkante meter", een(), "2A", vorm=vak(0.5, 0.5, 0.51, 0.51)),
        ja("een punt zonder plan", Plannen(), vorm=PUNT),
    ),
    "A07": (
        ja("gemengd", een(GEMENGD)),
        nee("agrarisch", een(AGRARISCH)),
        ja("half agrarisch, half gemengd", deels(0.5, ("Gemengd", "gemengd"))),
        ja("planstatus ontbreekt", een(**ZONDER_STATUS)),
    ),
    "A08": (
        ja("negen woningen blijven, tien gevraagd", een(), woningen=9),
        nee("alle woningen worden gesloopt", een(), "2A", woningen=9, kenmerken={"sloop": 9}),
        ja("vijf blijven, tien gevraagd", een(), woningen=5),
        nee("geen laag met woningen", een(), "2A"),
    ),
    "A09": (
        ja("maximum negen, tien gevraagd", een().maximum(BP, 9, HEEL), woningen=0),
        nee("maximum twintig", een().maximum(BP, 20, HEEL), "2A", woningen=0),
        nee("maximum tien, tien gevraagd", een().maximum(BP, 10, HEEL), "2A", woningen=0),
        nee("gevraagd aantal onbekend", een().maximum(BP, 3, HEEL), "2A", woningen=0, kenmerken=GEEN_AANTAL),
    ),
    "O01": (
        ja("2A opgegeven en 2A afgeleid", een(), "2A", opgegeven="2A"),
        nee("4A opgegeven", een(), "4A", opgegeven="4A"),
        ja("2A op 96 procent van de grond", een(("Wonen", "wonen", vak(0, 0, 0.96, 1))), "2A", opgegeven="2A"),
        nee("niets opgegeven", een(), "2A"),
    ),
    "O02": (
        ja("alleen opgegeven, geen plan", Plannen(), "2A", opgegeven="2A"),
        nee("ook afgeleid", een(), "2A", opgegeven="2A"),
        ja("op precies de helft geen wonen", deels(0.5), "1A", opgegeven="1A"),
        nee("niets opgegeven en geen plan", Plannen()),
    ),
    "O03": (
        ja("alleen afgeleid", een(), "2A"),
        nee("ook opgegeven", een(), "2A", opgegeven="2A"),
        ja("afgeleid van een ontwerp", een(**ONTWERP), "3"),
        nee("niets afgeleid", Plannen()),
    ),
    "O04": (
        ja("4A opgegeven, 2A afgeleid: de zachtste", een(), "4A", opgegeven="4A"),
        nee("gelijk", een(), "2A", opgegeven="2A"),
        ja("1A opgegeven, het dossier zegt in werking", een(dossierstatus="geheel in werking"), "2A", opgegeven="1A"),
        nee("niets opgegeven", een(), "2A"),
    ),
    "O05": (
        ja("geen plan en niets opgegeven", Plannen()),
        nee("wel opgegeven", Plannen(), "2A", opgegeven="2A"),
        ja("agrarisch en niets opgegeven", een(AGRARISCH)),
        ja("planstatus ontbreekt en niets opgegeven", een(**ZONDER_STATUS)),
    ),
    "O06": (
        ja("1A opgegeven op agrarisch", een(AGRARISCH), opgegeven="1A"),
        nee("4B opgegeven op agrarisch", een(AGRARISCH), "4B", opgegeven="4B"),
        ja("op 51 procent geen wonen", deels(0.49), opgegeven="1A"),
        nee("gemengd: de regels beslissen", een(GEMENGD), "1A", opgegeven="1A"),
    ),
    "O07": (
        ja("de gemeente besluit tot 3", een(), "3", besluit="3"),
        nee("geen besluit", een(), "2A"),
        ja("besluit gelijk aan het afgeleide", een(), "2A", besluit="2A"),
        ja("besluit tot onbekend", een(), besluit="onbekend"),
    ),
    "O08": (
        ja("1A opgegeven, het GML toont hoogstens 2A", een(), "2A", opgegeven="1A"),
        nee("1B opgegeven: een andere letter", een(), "2A", opgegeven="1B"),
        nee("het dossier zegt wel of het onherroepelijk is", een(dossierstatus="vastgesteld"), "2A", opgegeven="1A"),
        nee("niets opgegeven", een(), "2A"),
    ),
    "O09": (
        ja("1A opgegeven, ontwerp op 70 procent", deels(0.7, **ONTWERP), "3", opgegeven="1A"),
        nee("4A opgegeven, ontwerp op 70 procent", deels(0.7, **ONTWERP), "4A", opgegeven="4A"),
        ja("ontwerp op 5 procent", deels(0.05, **ONTWERP), "3", opgegeven="1A"),
        nee("niets opgegeven", deels(0.7, **ONTWERP)),
    ),
    "O10": (
        ja("1A opgegeven, maximum negen, tien gevraagd", een().maximum(BP, 9, HEEL), opgegeven="1A", woningen=0),
        nee("4A opgegeven, maximum negen", een().maximum(BP, 9, HEEL), "4A", opgegeven="4A", woningen=0),
        nee("maximum tien, tien gevraagd", een().maximum(BP, 10, HEEL), "2A", opgegeven="1A", woningen=0),
        nee("gevraagd aantal onbekend", een().maximum(BP, 3, HEEL), "2A", opgegeven="1A", woningen=0, kenmerken=GEEN_AANTAL),
    ),
}  # fmt: skip
