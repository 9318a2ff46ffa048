"""Small plans and locaties for tests: squares on a grid of 100 m, in EPSG:28992."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

import geopandas as gpd
from shapely import MultiPolygon, Point, Polygon, box

from daeb_locaties.akkoord import Drempels, Hardheidsregel
from daeb_locaties.begrippen import Component, Maat, Planstatus
from daeb_locaties.hardheid.regime import Planlagen, Regime, build_regime
from daeb_locaties.hardheid.ruimte import Ruimte, measure_ruimte
from daeb_locaties.model import Aantal, Locatie
from kaartlagen.lagen import LAGEN

OORSPRONG = (120_000.0, 420_000.0)


def vak(x0: float, y0: float, x1: float, y1: float) -> Polygon:
    """Return a rectangle in units of 100 m from a fixed point in RD."""
    ox, oy = OORSPRONG
    return box(ox + 100 * x0, oy + 100 * y0, ox + 100 * x1, oy + 100 * y1)


@dataclass
class Plannen:
    """Collects plans into the three layers that the regime is built from."""

    gebieden: list[dict] = field(default_factory=list)
    vlakken: list[dict] = field(default_factory=list)
    aanduidingen: list[dict] = field(default_factory=list)
    ponsgebieden: list[dict] = field(default_factory=list)
    bopa: list[dict] = field(default_factory=list)
    maatvoeringen: list[dict] = field(default_factory=list)

    def plan(
        self,
        idn: str,
        vlakken: list[tuple[str, str, Polygon]],
        *,
        planstatus: str | None = "vastgesteld",
        datum: str | None = "2020-01-01",
        dossierstatus: str | None = None,
        naam: str = "Testplan",
        type_plan: str = "bestemmingsplan",
        tam: bool = False,
        extern: tuple[str, ...] = (),
        gebied: Polygon | None = None,
        aanduidingen: tuple[tuple[str, str, Polygon], ...] = (),
    ) -> Plannen:
        """Add a plan; vlakken are (naam, hoofdgroep, shape), aanduidingen (soort, naam, shape).

        `gebied` is its plangebied (by default its first vlak), `extern` the idn's it names.
        """
        alle = [gebied] if gebied else [vorm for *_, vorm in vlakken] or [vak(0, 0, 1, 1)]
        self.gebieden.append(
            {
                "idn": idn,
                "naam": naam,
                "type_plan": type_plan,
                "planstatus": planstatus,
                "datum": datum,
                "dossierstatus": dossierstatus,
                "overheid": "gemeente Test",
                "overheidscode": "9001",
                "imro_versie": "IMRO2012",
                "tam": tam,
                "extern_plan": json.dumps(
                    [{"idn": lid, "naam": None, "rol": None} for lid in extern]
                ),
                "momentopname": f"opname-{idn}",
                "geometry": MultiPolygon([alle[0]]),
            }
        )
        for nummer, (vlaknaam, hoofdgroep, vorm) in enumerate(vlakken):
            self.vlakken.append(
                {
                    "idn": idn,
                    "object_id": f"{idn}.EP{nummer}",
                    "naam": vlaknaam,
                    "soort": "enkelbestemming",
                    "hoofdgroep": hoofdgroep,
                    "artikelnummer": str(nummer),
                    "momentopname": f"opname-{idn}",
                    "geometry": vorm,
                }
            )
        for nummer, (soort, aanduiding, vorm) in enumerate(aanduidingen):
            self.aanduidingen.append(
                {
                    "idn": idn,
                    "object_id": f"{idn}.AA{nummer}",
                    "naam": aanduiding,
                    "soort": soort,
                    "groep": None,
                    "artikelnummer": None,
                    "bestemmingsvlakken": json.dumps([]),
                    "momentopname": f"opname-{idn}",
                    "geometry": vorm,
                }
            )
        return self

    def pons(self, vorm: Polygon) -> Plannen:
        """Add a ponsgebied."""
        self.ponsgebieden.append(
            {
                "object_id": "pons-1",
                "naam": "Ponsgebied",
                "omgevingsplan": "/akn/nl/act/gm9001/2024/omgevingsplan",
                "datum": "2024-06-01",
                "momentopname": "opname-pons",
                "geometry": vorm,
            }
        )
        return self

    def vergunning(
        self,
        vorm: Polygon,
        *,
        zaak: str = "Z-1",
        verleend: str | None = "2024-03-01",
        onherroepelijk: str | None = None,
        woningen: int | None = 12,
    ) -> Plannen:
        """Add a BOPA."""
        self.bopa.append(
            {
                "zaaknummer": zaak,
                "naam": "Hofje",
                "verleend_op": verleend,
                "onherroepelijk_op": onherroepelijk,
                "woningen": woningen,
                "overig": None,
                "momentopname": "opname-bopa",
                "geometry": vorm,
            }
        )
        return self

    def maximum(
        self,
        idn: str,
        aantal: int | str,
        vorm: Polygon,
        *,
        soort: str = "maximum aantal wooneenheden",
    ) -> Plannen:
        """Add a maatvoering with a number of homes to a plan."""
        self.maatvoeringen.append(
            {
                "idn": idn,
                "object_id": f"{idn}.MV{len(self.maatvoeringen)}",
                "naam": soort,
                "waarden": json.dumps([{"waardetype": soort, "waarde": str(aantal)}]),
                "bestemmingsvlakken": json.dumps([]),
                "momentopname": f"opname-{idn}",
                "geometry": vorm,
            }
        )
        return self

    def ruimte(self, loc: Locatie, grond: object, woningen: int | None) -> Ruimte:
        """Measure the homes on a locatie; `woningen` stand in a row across its middle."""
        punten = None
        if woningen is not None:
            x0, y0, x1, y1 = loc.geometrie_rd.bounds
            plekken = [
                Point(x0 + (n + 1) * (x1 - x0) / (woningen + 1), (y0 + y1) / 2)
                for n in range(woningen)
            ]
            punten = gpd.GeoDataFrame(geometry=plekken, crs="EPSG:28992")
        maatvoeringen = _frame("maatvoeringen", self.maatvoeringen)
        klasse_aandeel = Drempels().klasse_aandeel
        return measure_ruimte([loc], grond, punten, maatvoeringen, klasse_aandeel)[loc.id]

    def frames(self) -> dict[str, gpd.GeoDataFrame]:
        """Return the filled layers with the columns of their contract, as a file has them."""
        lagen = {"plangebieden": self.gebieden, "bestemmingsvlakken": self.vlakken}
        return {
            laag: _frame(laag, rijen).drop(columns="momentopname")
            for laag, rijen in lagen.items()
            if rijen
        }

    def regime(self, rule: Hardheidsregel | None = None) -> Regime:
        """Build the regime of the collected plans."""
        lagen = Planlagen(
            _frame("plangebieden", self.gebieden),
            _frame("bestemmingsvlakken", self.vlakken),
            _frame("aanduidingen", self.aanduidingen),
            _frame("ponsgebieden", self.ponsgebieden),
            _frame("bopa", self.bopa),
        )
        return build_regime(lagen, rule or Hardheidsregel())


def _frame(laag: str, rijen: list[dict]) -> gpd.GeoDataFrame:
    kolommen = [*LAGEN[laag].kolomnamen, "momentopname", "geometry"]
    data = {kolom: [rij[kolom] for rij in rijen] for kolom in kolommen}
    return gpd.GeoDataFrame(data, geometry="geometry", crs="EPSG:28992")


def gemeenten(*rijen: tuple[str, str, Polygon]) -> gpd.GeoDataFrame:
    """Return a layer `gemeenten` of (code, naam, shape)."""
    return _frame(
        "gemeenten",
        [
            {"gemeentecode": code, "gemeentenaam": naam, "momentopname": "g", "geometry": vorm}
            for code, naam, vorm in rijen
        ],
    )


def locatie(
    vorm: Polygon | Point | None = None,
    opgegeven: Planstatus | str = "onbekend",
    *,
    id: str = "loc-1",
    naam: str = "Hoflaan",
    daeb: int | None = 10,
    jaar: int | None = None,
    corporaties: tuple[str, ...] = (),
    gemeente: str | None = None,
    sloop: int | None = None,
) -> Locatie:
    """Return a locatie, by default one square with ten homes."""
    vorm = vorm if vorm is not None else vak(0, 0, 1, 1)
    aantallen = () if daeb is None else (Aantal(Component.NIEUWBOUW, Maat.DAEB, jaar, daeb),)
    if sloop is not None:
        aantallen += (Aantal(Component.SLOOP, Maat.DAEB, jaar, sloop),)
    return Locatie(
        id=id,
        naam=naam,
        geometrie_rd=MultiPolygon([vorm]) if isinstance(vorm, Polygon) else vorm,
        bron="test",
        bron_id=id,
        aantallen=aantallen,
        corporaties=corporaties,
        gemeente_opgegeven=gemeente,
        planstatus_opgegeven=Planstatus(opgegeven),
    )
