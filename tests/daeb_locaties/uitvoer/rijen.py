"""Small made-up rows for the export tests; no real names or numbers."""

from __future__ import annotations

from datetime import date

from shapely import MultiPolygon, Point, Polygon, box

from daeb_locaties.begrippen import Component, Hardheid, Maat, Planstatus, Signaal
from daeb_locaties.model import (
    Aantal,
    Balans,
    Balansregel,
    Bewijs,
    GemeenteAandeel,
    Koppeling,
    Locatie,
    LocatieRegel,
    Oordeel,
)
from daeb_locaties.uitvoer.kop import Kop

VIJANDIG = "<script>alert('ë')</script> \"; DROP TABLE locaties; -- 🏠 \u202eomgekeerd"


def make_kop() -> Kop:
    return Kop(
        akkoord_naam="Akkoord Voorbeeldregio",
        akkoord_status="tussenakkoord",
        peildatum=date(2026, 1, 1),
        regelversie="DIWI (2024-01-01)",
        momentopnamen=("plangebieden-1f", "gemeenten-2a"),
        versie="0.1.0",
    )


def make_vlak(x: float = 80_000.0, y: float = 430_000.0) -> MultiPolygon:
    """A square of one hectare with a hole, its rings the wrong way round on purpose."""
    schil = [(x, y), (x, y + 100), (x + 100, y + 100), (x + 100, y)]
    gat = [(x + 40, y + 40), (x + 60, y + 40), (x + 60, y + 60), (x + 40, y + 60)]
    return MultiPolygon([Polygon(schil, [gat])])


def make_locatie(
    id_: str = "loc-1",
    naam: str = "De Hoek",
    geometrie: MultiPolygon | Point | None = None,
    **anders: object,
) -> Locatie:
    velden: dict[str, object] = {
        "gemeente_opgegeven": "Waterveen",
        "corporaties": ("Woonstichting De Kade", "Thuis aan Zee"),
        "aantallen": (
            Aantal(Component.NIEUWBOUW, Maat.DAEB, 2026, 30, 20, 40),
            Aantal(Component.TRANSFORMATIE, Maat.DAEB, 2027, 5),
            Aantal(Component.SLOOP, Maat.DAEB, 2026, 12),
            Aantal(Component.NIEUWBOUW, Maat.DOELGROEPVOORRAAD, None, 50),
        ),
        "woningen_totaal": 80,
        "planstatus_opgegeven": Planstatus.S1A,
        "planstatus_tekst": "1a_onherroepelijk",
        "planstatus_datum": date(2025, 5, 6),
        "vertrouwelijkheid": "Gemeente",
        **anders,
    }
    return Locatie(id_, naam, geometrie or make_vlak(), "planlijst.gpkg", "p1", **velden)  # type: ignore[arg-type]


def make_regel(
    locatie: Locatie | None = None, hardheid: Hardheid = Hardheid.HARD, **anders: object
) -> LocatieRegel:
    locatie = locatie or make_locatie()
    oordeel = Oordeel(
        locatie_id=locatie.id,
        planstatus_afgeleid=Planstatus.S2A,
        planstatus=Planstatus.S2A,
        hardheid=hardheid,
        regel="H1",
        regel_afleiding="A3",
        regelversie="DIWI (2024-01-01)",
        uitleg="Het plan Waterveen-Oost (vastgesteld 2025-02-03) laat hier wonen toe.",
        aandeel_hard=1 / 3,
        aandeel_zacht=1 / 3,
        aandeel_onbekend=1 / 3,
        aandeel_geen_plan=0.0,
        signalen=(Signaal.DEELS_HARD,),
    )
    koppeling = Koppeling(
        locatie_id=locatie.id,
        gemeentecode="9001",
        gemeentenaam="Waterveen",
        aandelen=(GemeenteAandeel("9001", "Waterveen", 1.0),),
        bod_versie="aangescherpt bod 1",
        telt_mee=True,
        reden=None,
        signalen=(Signaal.GEMEENTE_WIJKT_AF,),
    )
    velden: dict[str, object] = {"dubbel_met": ("loc-2", "loc-3"), **anders}
    return LocatieRegel(locatie, koppeling, oordeel, **velden)  # type: ignore[arg-type]


def make_bewijs(locatie_id: str = "loc-1", datum: date | None = date(2025, 2, 3)) -> Bewijs:
    return Bewijs(
        locatie_id=locatie_id,
        idn="NL.IMRO.9001.BPoost-VA01",
        plannaam="Waterveen-Oost",
        type_plan="bestemmingsplan",
        planstatus="vastgesteld",
        dossierstatus=None,
        datum=datum,
        object_id="NL.IMRO.ob1",
        naam="Wonen",
        hoofdgroep="wonen",
        klasse=Planstatus.S2A,
        regel="A3",
        oppervlakte_m2=9_600.0,
        aandeel=1.0,
        bron="bestemmingsvlakken-1f",
    )


def make_balansregel(naam: str = "Waterveen", code: str | None = "9001") -> Balansregel:
    return Balansregel(
        gemeentecode=code,
        naam=naam,
        maat=Maat.DAEB,
        bod_versie=None if code is None else "aangescherpt bod 1",
        bod=100,
        hard=23,
        zacht=0,
        onbekend=0,
        zonder_locatie=77,
        boven_bod=0,
        dubbel=0,
        doel=None,
        stap=None,
        toelichting_nodig=True,
        toelichting_aanwezig=False,
    )


def make_balans() -> Balans:
    return Balans((make_balansregel(),), make_balansregel("regio", None))


def make_regels() -> tuple[LocatieRegel, ...]:
    """Three vlakken and a point, with hostile text and with everything unknown."""
    leeg = make_locatie(
        "loc-2",
        VIJANDIG,
        MultiPolygon([box(81_000, 431_000, 81_050, 431_050)]),
        gemeente_opgegeven=None,
        corporaties=(),
        aantallen=(),
        woningen_totaal=None,
        planstatus_opgegeven=Planstatus.ONBEKEND,
        planstatus_tekst=None,
        planstatus_datum=None,
        vertrouwelijkheid=None,
    )
    punt = make_locatie("loc-4", "Alleen een punt", Point(82_000, 432_000))
    return (
        make_regel(),
        make_regel(leeg, Hardheid.ZACHT, dubbel_met=()),
        make_regel(make_locatie("loc-3", "", make_vlak(83_000)), Hardheid.ONBEKEND),
        make_regel(punt, Hardheid.ONBEKEND),
    )
