"""A small project in memory: three gemeenten, two plans, six parcels and a handful of locaties."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import geopandas as gpd
import shapely
from shapely import MultiPolygon, Point, box

from daeb_locaties.akkoord import Akkoord, AkkoordGemeente
from daeb_locaties.balans import compute_balans
from daeb_locaties.begrippen import Component, Hardheid, Maat, Planstatus, Reden, Signaal
from daeb_locaties.koppelen.bod import current_biedingen
from daeb_locaties.model import (
    Aantal,
    Balans,
    Bewijs,
    Bod,
    Bodregel,
    GemeenteAandeel,
    Koppeling,
    Locatie,
    LocatieRegel,
    Oordeel,
)
from daeb_locaties.register import Gebeurtenis, Ketenbewijs, Register
from daeb_locaties.screening import KLASSEN, Screening
from kaartlagen.herkomst import Herkomst
from kaartlagen.lagen import LAGEN
from kaartlagen.opslag import LaagOpslag
from kaartlagen.tegels import TEGELLAGEN, Tegelbron
from webmap.kaart import Bbox
from webmap.perceelfilter import sort_percelen

X, Y = 93_000.0, 436_000.0
KWADE_NAAM = '<script>alert(1)</script> & "Hof"'
KWADE_AFBEELDING = "<img src=x onerror=alert(1)>"
IDN = "NL.IMRO.9001.BP1-VG01"


def vierkant(x: float, y: float, zijde: float = 120.0) -> MultiPolygon:
    return MultiPolygon([box(X + x, Y + y, X + x + zijde, Y + y + zijde)])


def maak_regel(
    nummer: int,
    naam: str,
    *,
    hardheid: Hardheid = Hardheid.HARD,
    planstatus: Planstatus = Planstatus.S2A,
    gemeente: str = "Aadorp",
    daeb: int | None = 40,
    vorm: MultiPolygon | Point | None = None,
    telt_mee: bool = True,
    signalen: tuple[Signaal, ...] = (),
    dubbel_met: tuple[str, ...] = (),
) -> LocatieRegel:
    locatie_id = f"loc-{nummer:03d}"
    aantallen = () if daeb is None else (Aantal(Component.NIEUWBOUW, Maat.DAEB, 2026, daeb),)
    locatie = Locatie(
        id=locatie_id,
        naam=naam,
        geometrie_rd=vorm or vierkant(200.0 * (nummer % 8), 200.0 * (nummer // 8)),
        bron="planlijst.gpkg",
        bron_id=str(nummer),
        gemeente_opgegeven=gemeente,
        aantallen=aantallen,
        planstatus_opgegeven=planstatus,
        planstatus_datum=date(2025, 3, 1),
    )
    koppeling = Koppeling(
        locatie_id,
        "9001" if gemeente == "Aadorp" else "9002",
        gemeente,
        (GemeenteAandeel("9001", gemeente, 1.0),),
        "bod" if telt_mee else None,
        telt_mee,
        None if telt_mee else Reden.GEEN_BOD.label,
        (),
        None if telt_mee else Reden.GEEN_BOD,
    )
    is_hard = float(hardheid is Hardheid.HARD)
    oordeel = Oordeel(
        locatie_id=locatie_id,
        planstatus_afgeleid=planstatus,
        planstatus=planstatus,
        hardheid=hardheid,
        regel="O01",
        regel_afleiding="A01",
        regelversie="DIWI (2024-01-01)",
        uitleg=f'{hardheid.label}: het bestemmingsplan "Molenveld" geeft hier wonen.',
        aandeel_hard=is_hard,
        aandeel_zacht=float(hardheid is Hardheid.ZACHT),
        aandeel_onbekend=float(hardheid is Hardheid.ONBEKEND),
        aandeel_geen_plan=0.0,
        signalen=signalen,
    )
    return LocatieRegel(locatie, koppeling, oordeel, dubbel_met)


def standaardregels() -> tuple[LocatieRegel, ...]:
    return (
        maak_regel(1, "Aan de Molenvliet"),
        maak_regel(
            2,
            "Burgemeesterspark",
            hardheid=Hardheid.ZACHT,
            planstatus=Planstatus.S3,
            daeb=1234,
            signalen=(Signaal.MOGELIJK_DUBBEL, Signaal.PLANSTATUS_STRIJDIG),
            dubbel_met=("loc-003",),
        ),
        maak_regel(
            3,
            "Centrumrand",
            hardheid=Hardheid.ONBEKEND,
            planstatus=Planstatus.ONBEKEND,
            daeb=None,
            telt_mee=False,
            dubbel_met=("loc-002",),
        ),
        maak_regel(4, KWADE_NAAM, gemeente="Beekloo"),
        maak_regel(5, KWADE_AFBEELDING, hardheid=Hardheid.ZACHT, planstatus=Planstatus.S1C),
        maak_regel(
            6, "Stationsplein", gemeente="Beekloo", vorm=Point(X + 900, Y + 500), telt_mee=False
        ),
    )


def maak_bewijs(locatie_id: str) -> tuple[Bewijs, ...]:
    eerste = Bewijs(
        locatie_id=locatie_id,
        idn=IDN,
        plannaam="Molenveld",
        type_plan="bestemmingsplan",
        planstatus="vastgesteld",
        dossierstatus=None,
        datum=date(2024, 5, 3),
        object_id="o1",
        naam="Wonen",
        hoofdgroep="wonen",
        klasse=Planstatus.S2A,
        regel="G01",
        oppervlakte_m2=12345.678,
        aandeel=0.8573,
        bron="plan-1",
    )
    return eerste, replace(
        eerste,
        object_id="o2",
        naam="Groen",
        hoofdgroep="groen",
        oppervlakte_m2=2054.5,
        aandeel=0.1427,
    )


def _laag(
    naam: str, rijen: list[dict[str, object]], vormen: list[shapely.Geometry]
) -> gpd.GeoDataFrame:
    kolommen = [*LAGEN[naam].kolomnamen, "momentopname"]
    volledig = [{kolom: rij.get(kolom) for kolom in kolommen} for rij in rijen]
    return gpd.GeoDataFrame(volledig, columns=kolommen, geometry=vormen, crs=28992)


def maak_lagen() -> dict[str, gpd.GeoDataFrame]:
    vlakken = [(g, box(X + 200 * i, Y, X + 200 * (i + 1), Y + 600)) for i, g in enumerate(_GROEPEN)]
    percelen = [box(X + 40 * i, Y + 100, X + 40 * (i + 1), Y + 160) for i in range(6)]
    return {
        "gemeenten": _laag(
            "gemeenten",
            [
                {"gemeentecode": "9001", "gemeentenaam": "Aadorp"},
                {"gemeentecode": "9002", "gemeentenaam": "Beekloo"},
            ],
            [box(X - 500, Y - 500, X + 800, Y + 900), box(X + 800, Y - 500, X + 2000, Y + 900)],
        ),
        "plangebieden": _laag(
            "plangebieden",
            [{"idn": IDN, "naam": "Molenveld", "planstatus": "vastgesteld", "datum": "2024-05-03"}],
            [box(X, Y, X + 1000, Y + 600)],
        ),
        "bestemmingsvlakken": _laag(
            "bestemmingsvlakken",
            [
                {"idn": IDN, "naam": groep.title(), "soort": soort, "hoofdgroep": groep}
                for groep, _ in vlakken
                for soort in ("enkelbestemming", "dubbelbestemming")
            ],
            [vorm for _, vorm in vlakken for _ in range(2)],
        ),
        "percelen": _laag(
            "percelen", [{"aanduiding": f"ADP01 A {i}"} for i in range(6)], list(percelen)
        ),
    }


def maak_gescreend(aantal: int = 230) -> gpd.GeoDataFrame:
    """Parcels of 10 by 20 m in rows of 25; of each five two are no candidate."""
    uitkomsten = ("hard", "zacht", "regels_beslissen", "te_klein", "geen_wonen")
    rijen = [_gescreend(nummer, uitkomsten[nummer % 5]) for nummer in range(aantal)]
    vormen = [
        MultiPolygon(
            [
                box(
                    X + 12 * (i % 25),
                    Y + 25 * (i // 25),
                    X + 12 * (i % 25) + 10 + i / 1000,
                    Y + 25 * (i // 25) + 20,
                )
            ]
        )
        for i in range(aantal)
    ]
    frame = gpd.GeoDataFrame(rijen, geometry=vormen, crs=28992)
    frame["oppervlakte_m2"] = frame.area
    return frame


def _gescreend(nummer: int, uitkomst: str) -> dict[str, object]:
    return {
        "perceel_id": f"p{nummer:04d}",
        "aanduiding": KWADE_AFBEELDING if nummer == 225 else f"ADP01 A {nummer}",
        **{f"aandeel_{klasse.value}": 0.0 for klasse in KLASSEN},
        "aandeel_2A": 0.75,
        "aandeel_3": 0.2495,
        "aandeel_wonen": 0.9995,
        "aandeel_gemengd": 0.0005,
        "aandeel_overig": 0.0,
        "aandeel_geen_plan": 0.0,
        "woningen": float("nan") if nummer % 2 else float(nummer),
        "eigenaar": "gemeente" if nummer % 3 else None,
        "screening": uitkomst,
        "kandidaat": Screening(uitkomst).kandidaat,
        "gemeentecode": None if nummer == 0 else ("9001" if nummer % 2 else "9002"),
        "gemeentenaam": None if nummer == 0 else ("Aadorp" if nummer % 2 else "Beekloo"),
    }


_GROEPEN = ("wonen", "groen", "verkeer", "water", "tuin")


def maak_biedingen() -> tuple[Bod, ...]:
    regel = Bodregel(Component.NIEUWBOUW, Maat.DAEB, "2021-2030", 1500)
    return (Bod("9001", "Aadorp", 0, date(2021, 6, 1), "bod.csv", (regel,), toelichting="Volgt."),)


AKKOORD = Akkoord(
    naam="Regioakkoord Voorbeeld",
    status="tussenakkoord",
    begin=2021,
    eind=2030,
    gemeenten=(
        AkkoordGemeente("9001", "Aadorp", doel_meer_evenwicht=2000),
        AkkoordGemeente("9002", "Beekloo", doel_meer_evenwicht=300),
    ),
    aanwezig=True,
)


@dataclass
class NepGegevens:
    """What the screens ask for, from memory."""

    rijen: tuple[LocatieRegel, ...] = field(default_factory=standaardregels)
    lagen: dict[str, gpd.GeoDataFrame] = field(default_factory=maak_lagen)
    bod: tuple[Bod, ...] = field(default_factory=maak_biedingen)
    akkoord: Akkoord = AKKOORD
    gescreend: gpd.GeoDataFrame = field(default_factory=maak_gescreend)
    gesloten: int = 0
    bronmerk: str = "0" * 64
    _opslag: LaagOpslag | None = None

    def refresh(self) -> None:
        pass

    def regels(self) -> tuple[LocatieRegel, ...]:
        return self.rijen

    def bewijs(self, locatie_id: str) -> tuple[Bewijs, ...]:
        return maak_bewijs(locatie_id)

    def balans(self) -> Balans:
        return compute_balans(self.rijen, current_biedingen(self.bod, self.akkoord), self.akkoord)

    def biedingen(self) -> tuple[Bod, ...]:
        return self.bod

    def keten(self) -> Ketenbewijs | None:
        if not self.rijen:
            return None
        # Only what a page reads of the receipt.
        return SimpleNamespace(  # type: ignore[return-value]
            gedraaid_op=datetime(2026, 11, 22, 9, 30, tzinfo=UTC), regelversie="DIWI (2024-01-01)"
        )

    def laag(self, naam: str, bbox: Bbox | None) -> gpd.GeoDataFrame:
        frame = self.lagen.get(naam)
        if frame is None:
            return _laag(naam, [], [])
        return frame if bbox is None else frame[frame.intersects(box(*bbox))]

    def screening(self) -> gpd.GeoDataFrame:
        return sort_percelen(self.gescreend)

    def tegelbron(self, naam: str) -> Tegelbron:
        if self._opslag is None:
            self._opslag = bewaar_lagen(self.lagen, self.bronmerk)
        return Tegelbron(TEGELLAGEN[naam], self._opslag)

    def laagomvang(self, naam: str) -> tuple[int, Bbox | None]:
        frame = self.laag(naam, None)
        grenzen = tuple(float(grens) for grens in frame.total_bounds)
        return len(frame), (grenzen if len(frame) else None)  # type: ignore[return-value]

    @property
    def register(self) -> Register:
        raise AssertionError("een project in het geheugen heeft geen register")

    def stand(self) -> int:
        return 0

    def since(self, nummer: int) -> tuple[Gebeurtenis, ...]:
        return ()

    def close(self) -> None:
        self.gesloten += 1


def bewaar_lagen(lagen: dict[str, gpd.GeoDataFrame], merk: str = "0" * 64) -> LaagOpslag:
    """Store layers for real: tiles are made of files, and of those as they are when first asked."""
    opslag = LaagOpslag(Path(tempfile.mkdtemp(prefix="daeb-nep-")))
    atexit.register(shutil.rmtree, opslag.map, ignore_errors=True)
    for naam, frame in lagen.items():
        nu = datetime(2026, 11, 22, tzinfo=UTC)
        herkomst = Herkomst("nep", "nep", merk, naam, "nep", "EPSG:28992", None, nu)
        opslag.store(naam, frame.drop(columns="momentopname"), herkomst)
    return opslag


def leeg_project() -> NepGegevens:
    return NepGegevens(rijen=(), lagen={}, bod=(), akkoord=Akkoord())
