"""The case table of the verdict: situation, plans, declared status, and what comes out.

A policy officer should be able to read the first column and agree with the last four.
"""

from __future__ import annotations

import pytest
from shapely import Point

from daeb_locaties.akkoord import Drempels, Hardheidsregel
from daeb_locaties.hardheid.afleiding import derive
from daeb_locaties.hardheid.bewijs import collect_grond
from daeb_locaties.hardheid.oordeel import judge
from daeb_locaties.hardheid.regels import REGELS
from tests.daeb_locaties.bouwstenen import OORSPRONG, Plannen, locatie, vak

HEEL = vak(0, 0, 1, 1)
LINKS, RECHTS = vak(0, 0, 0.5, 1), vak(0.5, 0, 1, 1)
WONEN = ("Wonen", "wonen", HEEL)
AGRARISCH = ("Agrarisch", "agrarisch", HEEL)


def een(vlak=WONEN, **kenmerken):
    return Plannen().plan("NL.IMRO.9001.BP1-0001", [vlak], **kenmerken)


def twee(oud, nieuw, vlak_oud=AGRARISCH, vlak_nieuw=WONEN):
    return (
        Plannen()
        .plan("NL.IMRO.9001.OUD-0001", [vlak_oud], datum="2010-01-01", **oud)
        .plan("NL.IMRO.9001.NIEUW-0001", [vlak_nieuw], datum="2022-01-01", **nieuw)
    )


WIJZIGING = (("gebiedsaanduiding", "wetgevingzone - wijzigingsgebied 1", HEEL),)
VAST, ONTWERP = {"planstatus": "vastgesteld"}, {"planstatus": "ontwerp"}
ONHERROEPELIJK = {"dossierstatus": "geheel onherroepelijk in werking"}

# situatie | plannen | opgegeven | afgeleid | planstatus | hardheid | regel | afleidingsregel
GEVALLEN = [
    ("vastgesteld, wonen, niets opgegeven", een(), "onbekend", "2A", "2A", "hard", "O03", "A01"),
    ("vastgesteld, wonen, 2A opgegeven", een(), "2A", "2A", "2A", "hard", "O01", "A01"),
    ("vastgesteld, 1A opgegeven: GML toont 1 niet", een(), "1A", "2A", "2A", "hard", "O08", "A01"),
    (
        "in werking volgens dossier, 1A opgegeven: echte strijd",
        een(dossierstatus="geheel in werking"),
        "1A", "2A", "2A", "hard", "O04", "A01",
    ),
    ("vastgesteld, 1B opgegeven: andere letter", een(), "1B", "2A", "2A", "hard", "O04", "A01"),
    ("vastgesteld, 4A opgegeven: zachtste telt", een(), "4A", "2A", "4A", "zacht", "O04", "A01"),
    ("vastgesteld, 5B opgegeven", een(), "5B", "2A", "5B", "zacht", "O04", "A01"),
    ("onherroepelijk in het dossier", een(**ONHERROEPELIJK), "onbekend", "1A", "1A", "hard", "O03", "A01"),
    ("IMRO2008 onherroepelijk", een(planstatus="onherroepelijk"), "1A", "1A", "1A", "hard", "O01", "A01"),
    (
        "IMRO2008 onherroepelijk, dossier in werking",
        een(planstatus="onherroepelijk", dossierstatus="geheel in werking"),
        "1A", "1A", "1A", "hard", "O01", "A01",
    ),
    ("geconsolideerd als planstatus is vastgesteld", een(planstatus="geconsolideerd"), "onbekend", "2A", "2A", "hard", "O03", "A01"),
    ("woongebied", een(("Woongebied", "woongebied", HEEL)), "onbekend", "2A", "2A", "hard", "O03", "A01"),
    ("uit te werken", een(("Wonen - Uit te werken 1", "wonen", HEEL)), "onbekend", "2B", "2B", "hard", "O03", "A01"),
    (
        "uit te werken, kleine letters, onherroepelijk",
        een(("wonen - uit te werken", "wonen", HEEL), **ONHERROEPELIJK),
        "1B", "1B", "1B", "hard", "O01", "A01",
    ),
    (
        "uitwerkingsplan boven op uit te werken",
        twee(VAST, VAST | {"type_plan": "uitwerkingsplan"}, ("Wonen - uit te werken", "wonen", HEEL)),
        "onbekend", "2A", "2A", "hard", "O03", "A01",
    ),
    ("wijzigingsgebied op agrarisch", een(AGRARISCH, aanduidingen=WIJZIGING), "onbekend", "2C", "2C", "zacht", "O03", "A01"),
    (
        "wijzigingsgebied, onherroepelijk",
        een(AGRARISCH, aanduidingen=WIJZIGING, **ONHERROEPELIJK),
        "onbekend", "1C", "1C", "zacht", "O03", "A01",
    ),
    (
        "wijzigingsgebied in de spelling van 2008",
        een(AGRARISCH, aanduidingen=(("gebiedsaanduiding", "other: wro-zone - wijzigingsgebied", HEEL),)),
        "onbekend", "2C", "2C", "zacht", "O03", "A01",
    ),
    ("wijzigingsgebied op wonen verandert niets", een(WONEN, aanduidingen=WIJZIGING), "onbekend", "2A", "2A", "hard", "O03", "A01"),
    (
        "afwijkingsgebied is geen wijzigingsgebied",
        een(AGRARISCH, aanduidingen=(("gebiedsaanduiding", "wetgevingzone - afwijkingsgebied", HEEL),)),
        "onbekend", "onbekend", "onbekend", "onbekend", "O05", "A04",
    ),
    (
        "functieaanduiding wonen",
        een(("Gemengd", "gemengd", HEEL), aanduidingen=(("functieaanduiding", "wonen", HEEL),)),
        "onbekend", "2A", "2A", "hard", "O03", "A01",
    ),
    (
        "functieaanduiding bedrijfswoning is geen wonen",
        een(("Bedrijf", "bedrijf", HEEL), aanduidingen=(("functieaanduiding", "bedrijfswoning", HEEL),)),
        "onbekend", "onbekend", "onbekend", "onbekend", "O05", "A04",
    ),
    ("ontwerp", een(**ONTWERP), "onbekend", "3", "3", "zacht", "O03", "A01"),
    ("voorontwerp, 3 opgegeven", een(planstatus="voorontwerp"), "3", "3", "3", "zacht", "O01", "A01"),
    ("concept", een(planstatus="concept"), "onbekend", "3", "3", "zacht", "O03", "A01"),
    ("dossier in voorbereiding", een(dossierstatus="in voorbereiding"), "onbekend", "3", "3", "zacht", "O03", "A01"),
    ("ontwerp wonen boven geldend agrarisch", twee(VAST, ONTWERP), "onbekend", "3", "3", "zacht", "O03", "A01"),
    (
        "ontwerp groen boven geldend wonen: het geldende plan telt",
        twee(VAST, ONTWERP, WONEN, ("Groen", "groen", HEEL)),
        "onbekend", "2A", "2A", "hard", "O03", "A01",
    ),
    ("nieuw wonen boven oud agrarisch", twee(VAST, VAST), "onbekend", "2A", "2A", "hard", "O03", "A01"),
    (
        "nieuw agrarisch boven oud wonen",
        twee(VAST, VAST, WONEN, AGRARISCH),
        "onbekend", "onbekend", "onbekend", "onbekend", "O05", "A04",
    ),
    (
        "parapluplan zonder bestemmingen verandert niets",
        een().plan("NL.IMRO.9001.PARAPLU-0001", [], datum="2024-01-01"),
        "onbekend", "2A", "2A", "hard", "O03", "A01",
    ),
    (
        "ontwerpversie van een plan dat is vastgesteld telt niet",
        Plannen()
        .plan("NL.IMRO.9001.BP1-ON01", [AGRARISCH], datum="2019-01-01", **ONTWERP)
        .plan("NL.IMRO.9001.BP1-VA01", [WONEN], datum="2020-01-01"),
        "onbekend", "2A", "2A", "hard", "O03", "A01",
    ),
    ("gemengd: de regels beslissen", een(("Gemengd", "gemengd", HEEL)), "onbekend", "onbekend", "onbekend", "onbekend", "O05", "A07"),
    ("centrum, 2A opgegeven: opgave blijft", een(("Centrum", "centrum", HEEL)), "2A", "onbekend", "2A", "hard", "O02", "A07"),
    ("agrarisch, 1A opgegeven: strijdig", een(AGRARISCH), "1A", "onbekend", "onbekend", "onbekend", "O06", "A04"),
    ("agrarisch, 4B opgegeven: niet strijdig", een(AGRARISCH), "4B", "onbekend", "4B", "zacht", "O02", "A04"),
    ("verkeer alleen", een(("Verkeer", "verkeer", HEEL)), "onbekend", "onbekend", "onbekend", "onbekend", "O05", "A04"),
    ("deels in werking", een(dossierstatus="deels in werking"), "onbekend", "onbekend", "onbekend", "onbekend", "O05", "A07"),
    (
        "deels onherroepelijk in werking, 1A opgegeven",
        een(dossierstatus="deels onherroepelijk in werking"),
        "1A", "onbekend", "1A", "hard", "O02", "A07",
    ),
    ("niet in werking", een(dossierstatus="niet in werking"), "onbekend", "onbekend", "onbekend", "onbekend", "O05", "A07"),
    ("vervallen", een(dossierstatus="vervallen"), "onbekend", "onbekend", "onbekend", "onbekend", "O05", "A07"),
    (
        "vervallen nieuw plan laat het oude gelden",
        twee(VAST, {"dossierstatus": "vervallen"}, WONEN, AGRARISCH),
        "onbekend", "2A", "2A", "hard", "O03", "A01",
    ),
    ("dossierstatus van een onbekende spelling", een(dossierstatus="gedeeltelijk"), "onbekend", "onbekend", "onbekend", "onbekend", "O05", "A07"),
    ("planstatus ontbreekt", een(planstatus=None), "onbekend", "onbekend", "onbekend", "onbekend", "O05", "A07"),
    ("voorlopige bestemming", een(("Wonen - voorlopig", "wonen", HEEL)), "onbekend", "onbekend", "onbekend", "onbekend", "O05", "A07"),
    (
        "TAM-omgevingsplan met gestapelde bestemmingen",
        Plannen().plan("NL.IMRO.9001.TAM-0001", [WONEN, ("Overig", "overig", HEEL)], tam=True),
        "onbekend", "onbekend", "onbekend", "onbekend", "O05", "A07",
    ),
    ("geen plan", Plannen(), "onbekend", "onbekend", "onbekend", "onbekend", "O05", "A05"),
    ("geen plan, 1A opgegeven: niet bevestigd", Plannen(), "1A", "onbekend", "1A", "hard", "O02", "A05"),
    (
        "half vastgesteld, half ontwerp: de zachtste",
        Plannen()
        .plan("NL.IMRO.9001.A-0001", [("Wonen", "wonen", LINKS)])
        .plan("NL.IMRO.9001.B-0001", [("Wonen", "wonen", RECHTS)], **ONTWERP),
        "onbekend", "3", "3", "zacht", "O03", "A02",
    ),
    (
        "half vastgesteld, half zonder plan",
        Plannen().plan("NL.IMRO.9001.A-0001", [("Wonen", "wonen", LINKS)]),
        "onbekend", "onbekend", "onbekend", "onbekend", "O05", "A03",
    ),
    (
        "snipper van 4 procent zonder plan weegt niet mee",
        Plannen().plan("NL.IMRO.9001.A-0001", [("Wonen", "wonen", vak(0, 0, 0.96, 1))]),
        "2A", "2A", "2A", "hard", "O01", "A01",
    ),
    (
        "precies op de drempel van 5 procent weegt mee",
        Plannen().plan("NL.IMRO.9001.A-0001", [("Wonen", "wonen", vak(0, 0, 0.95, 1))]),
        "onbekend", "onbekend", "onbekend", "onbekend", "O05", "A03",
    ),
    (
        "straat in hetzelfde plan telt met het wonen mee",
        Plannen().plan(
            "NL.IMRO.9001.A-0001",
            [("Wonen", "wonen", vak(0, 0, 0.7, 1)), ("Verkeer", "verkeer", vak(0.7, 0, 1, 1))],
        ),
        "onbekend", "2A", "2A", "hard", "O03", "A01",
    ),
    (
        "meer groen dan wonen telt niet mee",
        Plannen().plan(
            "NL.IMRO.9001.A-0001",
            [("Wonen", "wonen", vak(0, 0, 0.3, 1)), ("Groen", "groen", vak(0.3, 0, 1, 1))],
        ),
        "onbekend", "onbekend", "onbekend", "onbekend", "O05", "A03",
    ),
    (
        "ontwerp op 70 procent, 1A opgegeven: de zachte grond telt",
        Plannen()
        .plan("NL.IMRO.9001.A-0001", [AGRARISCH])
        .plan("NL.IMRO.9001.B-0001", [("Wonen", "wonen", vak(0, 0, 0.7, 1))], datum="2022-01-01", **ONTWERP),
        "1A", "onbekend", "3", "zacht", "O09", "A03",
    ),
    (
        "wonen op 70 procent, 1A opgegeven: de opgave blijft, niet bevestigd",
        Plannen()
        .plan("NL.IMRO.9001.A-0001", [AGRARISCH])
        .plan("NL.IMRO.9001.B-0001", [("Wonen", "wonen", vak(0, 0, 0.7, 1))], datum="2022-01-01"),
        "1A", "onbekend", "1A", "hard", "O02", "A03",
    ),
    (
        "ontwerp met straat boven geldend agrarisch: de straat telt met het wonen mee",
        Plannen()
        .plan("NL.IMRO.9001.A-0001", [AGRARISCH])
        .plan(
            "NL.IMRO.9001.B-0001",
            [("Wonen", "wonen", vak(0, 0, 0.7, 1)), ("Verkeer", "verkeer", vak(0.7, 0, 1, 1))],
            datum="2022-01-01",
            **ONTWERP,
        ),
        "3", "3", "3", "zacht", "O01", "A01",
    ),
    (
        "straat van een ontwerp zonder wonen verandert niets",
        twee(VAST, ONTWERP, AGRARISCH, ("Verkeer", "verkeer", HEEL)),
        "onbekend", "onbekend", "onbekend", "onbekend", "O05", "A04",
    ),
]  # fmt: skip


BP = "NL.IMRO.9001.BP1-0001"
VERORDENING = {"type_plan": "beheersverordening", "gebied": HEEL, "datum": "2013-01-01"}


def met(soort, datum="2023-01-01", vlak=WONEN, **kenmerken):
    """A plan of 2020 with a besluit of another kind over it, that has no bestemmingen."""
    return een(vlak).plan("NL.IMRO.9001.B-0001", [], type_plan=soort, datum=datum, **kenmerken)


# situatie | plannen | opgegeven | locatie | bestaande woningen | de laatste vijf als hierboven
GEVALLEN_MET_MEER = [
    ("wonen in een ponsgebied", een().pons(HEEL), "onbekend", {}, None, "onbekend", "onbekend", "onbekend", "O05", "A07"),
    ("wonen in een ponsgebied, 2A opgegeven", een().pons(HEEL), "2A", {}, None, "onbekend", "2A", "hard", "O02", "A07"),
    ("TAM-omgevingsplan in een ponsgebied geldt", een(tam=True).pons(HEEL), "onbekend", {}, None, "2A", "2A", "hard", "O03", "A01"),
    ("pons op een snipper", een().pons(vak(0, 0, 0.04, 1)), "onbekend", {}, None, "2A", "2A", "hard", "O03", "A01"),
    ("pons op de drempel", een().pons(vak(0, 0, 0.05, 1)), "onbekend", {}, None, "onbekend", "onbekend", "onbekend", "O05", "A03"),
    ("BOPA op agrarisch", een(AGRARISCH).vergunning(HEEL), "onbekend", {}, None, "2A", "2A", "hard", "O03", "A01"),
    ("BOPA onherroepelijk", een(AGRARISCH).vergunning(HEEL, onherroepelijk="2024-06-01"), "1A", {}, None, "1A", "1A", "hard", "O01", "A01"),
    ("BOPA zonder plan eronder", Plannen().vergunning(HEEL), "onbekend", {}, None, "2A", "2A", "hard", "O03", "A01"),
    ("BOPA voor nul woningen", een(AGRARISCH).vergunning(HEEL, woningen=0), "onbekend", {}, None, "onbekend", "onbekend", "onbekend", "O05", "A04"),
    ("BOPA zonder datum", een(AGRARISCH).vergunning(HEEL, verleend=None), "onbekend", {}, None, "onbekend", "onbekend", "onbekend", "O05", "A04"),
    ("BOPA op een wijzigingsgebied gaat voor", een(AGRARISCH, aanduidingen=WIJZIGING).vergunning(HEEL), "onbekend", {}, None, "2A", "2A", "hard", "O03", "A01"),
    ("BOPA op een directe bestemming verandert niets", een(**ONHERROEPELIJK).vergunning(HEEL), "onbekend", {}, None, "1A", "1A", "hard", "O03", "A01"),
    ("BOPA in een ponsgebied blijft gelden", een(AGRARISCH).pons(HEEL).vergunning(HEEL), "onbekend", {}, None, "2A", "2A", "hard", "O03", "A01"),
    ("jongere uitspraak", met("gerechtelijke uitspraak"), "onbekend", {}, None, "onbekend", "onbekend", "onbekend", "O05", "A07"),
    ("uitspraak van voor het plan", met("gerechtelijke uitspraak", "2015-01-01"), "onbekend", {}, None, "2A", "2A", "hard", "O03", "A01"),
    ("uitspraak over een ander plan", met("gerechtelijke uitspraak", extern=("NL.IMRO.9001.X-0001",)), "onbekend", {}, None, "2A", "2A", "hard", "O03", "A01"),
    ("uitspraak over dit plan", met("gerechtelijke uitspraak", "2015-01-01", extern=(BP,)), "onbekend", {}, None, "onbekend", "onbekend", "onbekend", "O05", "A07"),
    (
        "uitspraak in het dossier van het plan is geen nieuwe versie ervan",
        een().plan("NL.IMRO.9001.BP1-GU01", [], type_plan="gerechtelijke uitspraak", datum="2015-01-01"),
        "onbekend", {}, None, "2A", "2A", "hard", "O03", "A01",
    ),
    (
        "planstatus van IMRO2006: of het plan geldt, blijkt niet",
        een(planstatus="vigerend", type_plan="gemeentelijk plan; bestemmingsplan artikel 10"),
        "onbekend", {}, None, "onbekend", "onbekend", "onbekend", "O05", "A07",
    ),
    (
        "hetzelfde plan uit twee bronnen is geen stapeling",
        een().plan(BP, [WONEN]),
        "onbekend", {}, None, "2A", "2A", "hard", "O03", "A01",
    ),
    ("reactieve aanwijzing", met("reactieve aanwijzing"), "onbekend", {}, None, "onbekend", "onbekend", "onbekend", "O05", "A07"),
    (
        "beheersverordening boven oud wonen",
        een(datum="2005-01-01").plan("NL.IMRO.9001.BV-0001", [], **VERORDENING),
        "onbekend", {}, None, "onbekend", "onbekend", "onbekend", "O05", "A07",
    ),
    (
        "nieuw plan boven een beheersverordening",
        een(datum="2020-01-01").plan("NL.IMRO.9001.BV-0001", [], **VERORDENING),
        "onbekend", {}, None, "2A", "2A", "hard", "O03", "A01",
    ),
    ("omgevingsvergunning op agrarisch, 2A opgegeven", met("omgevingsvergunning", vlak=AGRARISCH), "2A", {}, None, "onbekend", "2A", "hard", "O02", "A07"),
    ("omgevingsvergunning op wonen verandert niets", met("omgevingsvergunning"), "onbekend", {}, None, "2A", "2A", "hard", "O03", "A01"),
    ("projectbesluit van voor het plan", met("projectbesluit", "2015-01-01", AGRARISCH), "2A", {}, None, "onbekend", "onbekend", "onbekend", "O06", "A04"),
    (
        "een plan dat een ander vervangt gaat voor, ook met een oudere datum",
        een(AGRARISCH, datum="2022-01-01").plan("NL.IMRO.9001.N-0001", [WONEN], datum="2021-01-01", extern=(BP,)),
        "onbekend", {}, None, "2A", "2A", "hard", "O03", "A01",
    ),
    ("tien nieuwe, vijf blijven: op de helft", een(), "onbekend", {}, 5, "onbekend", "onbekend", "onbekend", "O05", "A08"),
    ("tien nieuwe, vier blijven", een(), "onbekend", {}, 4, "2A", "2A", "hard", "O03", "A01"),
    ("alle bestaande woningen gaan weg", een(), "onbekend", {"sloop": 8}, 8, "2A", "2A", "hard", "O03", "A01"),
    ("geen aantal gevraagd en er staat een woning", een(), "onbekend", {"daeb": None}, 1, "onbekend", "onbekend", "onbekend", "O05", "A08"),
    ("bestaande woningen op grond in voorbereiding", een(**ONTWERP), "onbekend", {}, 9, "3", "3", "zacht", "O03", "A01"),
    ("bestaande woningen, 1A opgegeven", een(), "1A", {}, 9, "onbekend", "1A", "hard", "O02", "A08"),
    ("geen laag met woningen", een(), "onbekend", {}, None, "2A", "2A", "hard", "O03", "A01"),
    ("maximum tien, tien gevraagd", een().maximum(BP, 10, HEEL), "onbekend", {}, 0, "2A", "2A", "hard", "O03", "A01"),
    ("maximum negen, tien gevraagd", een().maximum(BP, 9, HEEL), "onbekend", {}, 0, "onbekend", "onbekend", "onbekend", "O05", "A09"),
    ("maximum negen, 1A opgegeven", een().maximum(BP, 9, HEEL), "1A", {}, 0, "onbekend", "onbekend", "onbekend", "O10", "A09"),
    ("maximum vijftien en zes blijven", een().maximum(BP, 15, HEEL), "onbekend", {}, 6, "onbekend", "onbekend", "onbekend", "O05", "A09"),
    ("maximum zestien en zes blijven", een().maximum(BP, 16, HEEL), "onbekend", {}, 6, "2A", "2A", "hard", "O03", "A01"),
    ("twee maxima van vijf", een().maximum(BP, 5, LINKS).maximum(BP, 5, RECHTS), "onbekend", {}, 0, "2A", "2A", "hard", "O03", "A01"),
    ("maximum op de helft van de grond zegt niets", een().maximum(BP, 3, LINKS), "onbekend", {}, 0, "2A", "2A", "hard", "O03", "A01"),
    ("maximum van een ander plan zegt niets", een().maximum("NL.IMRO.9001.X-0001", 3, HEEL), "onbekend", {}, 0, "2A", "2A", "hard", "O03", "A01"),
    ("maximum dat geen getal is", een().maximum(BP, "drie", HEEL), "onbekend", {}, 0, "2A", "2A", "hard", "O03", "A01"),
    ("maximale bouwhoogte is geen aantal", een().maximum(BP, 3, HEEL, soort="maximum bouwhoogte (m)"), "onbekend", {}, 0, "2A", "2A", "hard", "O03", "A01"),
]  # fmt: skip


def beoordeel(plannen, loc, woningen=None):
    rule = Hardheidsregel()
    grond = collect_grond([loc], plannen.regime(rule))
    ruimte = plannen.ruimte(loc, grond, woningen)
    return judge(loc, derive(loc, grond[loc.id], rule, Drempels(), ruimte), rule)


@pytest.mark.parametrize("geval", GEVALLEN, ids=lambda geval: geval[0])
def test_geval(geval):
    _, plannen, opgegeven, afgeleid, planstatus, hardheid, regel, afleidingsregel = geval
    oordeel = beoordeel(plannen, locatie(HEEL, opgegeven))
    uitkomst = (
        oordeel.planstatus_afgeleid.value,
        oordeel.planstatus.value,
        oordeel.hardheid.value,
        oordeel.regel,
        oordeel.regel_afleiding,
    )
    assert uitkomst == (afgeleid, planstatus, hardheid, regel, afleidingsregel), oordeel.uitleg


@pytest.mark.parametrize("geval", GEVALLEN_MET_MEER, ids=lambda geval: geval[0])
def test_geval_met_meer(geval):
    _, plannen, opgegeven, kenmerken, woningen, *verwacht = geval
    oordeel = beoordeel(plannen, locatie(HEEL, opgegeven, **kenmerken), woningen)
    uitkomst = [
        oordeel.planstatus_afgeleid.value,
        oordeel.planstatus.value,
        oordeel.hardheid.value,
        oordeel.regel,
        oordeel.regel_afleiding,
    ]
    assert uitkomst == verwacht, oordeel.uitleg


@pytest.mark.parametrize("geval", GEVALLEN, ids=lambda geval: geval[0])
def test_shares_of_geval_sum_to_one(geval):
    oordeel = beoordeel(geval[1], locatie(HEEL, geval[2]))
    som = (
        oordeel.aandeel_hard
        + oordeel.aandeel_zacht
        + oordeel.aandeel_onbekend
        + oordeel.aandeel_geen_plan
    )
    assert som == pytest.approx(1, abs=1e-6)


def test_point_has_no_shares_and_says_so():
    punt = Point(OORSPRONG[0] + 50, OORSPRONG[1] + 50)
    oordeel = beoordeel(een(), locatie(punt, "2A"))
    assert (oordeel.regel, oordeel.regel_afleiding) == ("O02", "A06")
    assert "punt" in oordeel.uitleg
    assert oordeel.aandeel_hard == 0


def test_uitleg_names_plan_status_date_and_share():
    uitleg = beoordeel(een(naam="Molenveld", datum="2024-05-03"), locatie(HEEL, "2A")).uitleg
    for deel in ("Molenveld", "NL.IMRO.9001.BP1-0001", "vastgesteld op 3 mei 2024", "100%"):
        assert deel in uitleg


def test_every_regel_is_reached_by_a_geval_or_is_tested_elsewhere():
    bereikt = {"A06", "O07"}
    zonder_meer = [(plannen, opgegeven, {}, None) for _, plannen, opgegeven, *_ in GEVALLEN]
    for plannen, opgegeven, kenmerken, woningen in [
        *zonder_meer,
        *(geval[1:5] for geval in GEVALLEN_MET_MEER),
    ]:
        loc = locatie(HEEL, opgegeven, **kenmerken)
        oordeel = beoordeel(plannen, loc, woningen)
        bereikt |= {oordeel.regel, oordeel.regel_afleiding}
        bereikt |= {d.stuk.grond.regel for d in collect_grond([loc], plannen.regime())[loc.id]}
    assert set(REGELS) == bereikt
