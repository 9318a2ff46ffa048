"""Writing a plan as an IMRO2012 or IMRO2008 GML file, as plan software delivers it."""

from __future__ import annotations

import hashlib
import html
from collections.abc import Iterator
from functools import cache

import numpy as np
import shapely
from shapely import LinearRing, Polygon

from daeb_locaties.voorbeeld.planmodel import ExternPlan, Plan, Planobject

_RUIMTE = {
    "IMRO2012": (
        "http://www.geonovum.nl/imro/2012/1.1",
        "http://www.opengis.net/gml/3.2",
        "http://schemas.geonovum.nl/imro/2012/1.1/IMRO2012.xsd",
    ),
    "IMRO2008": (
        "http://www.geonovum.nl/imro/2008/1",
        "http://www.opengis.net/gml",
        "http://schemas.geonovum.nl/imro/2008/1.1/IMRO2008.xsd",
    ),
}
_SRS = 'srsName="urn:ogc:def:crs:EPSG::28992"'
_KLASSE = {
    "enkelbestemming": "Enkelbestemming",
    "dubbelbestemming": "Dubbelbestemming",
    "bouwvlak": "Bouwvlak",
    "functieaanduiding": "Functieaanduiding",
    "gebiedsaanduiding": "Gebiedsaanduiding",
    "maatvoering": "Maatvoering",
}


def format_imro(plan: Plan) -> str:
    """Return the GML text of a plan.

    Coordinates are in EPSG:28992 with three decimals. Ids follow from the idn, so that
    equal plans give equal text.
    """
    return "\n".join(_Schrijver(plan).lines()) + "\n"


class _Schrijver:
    """Writes one plan; numbers its geometries."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.nieuw = plan.versie == "IMRO2012"
        self.teller = 0
        bestemmingen = {o.naam for o in plan.objecten if o.soort.endswith("bestemming")}
        gebieden = {o.naam for o in plan.objecten if o.soort == "gebiedsaanduiding"}
        # Articles 1 and 2 are the definitions and the way of measuring.
        volgorde = [*sorted(bestemmingen), *sorted(gebieden)]
        self.artikel = {naam: nummer for nummer, naam in enumerate(volgorde, start=3)}

    def lines(self) -> Iterator[str]:
        imro, gml, schema = _RUIMTE[self.plan.versie]
        yield '<?xml version="1.0" encoding="utf-8"?>'
        yield (
            f'<imro:FeatureCollectionIMRO gml:id="NL.IMRO.FEATURECOLLECTION" xmlns:imro="{imro}"'
            f' xmlns:gml="{gml}" xmlns:xlink="http://www.w3.org/1999/xlink"'
            ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
            f' xsi:schemaLocation="{imro} {schema}">'
        )
        yield from self._member(self._metadata())
        for nummer, planobject in enumerate(self.plan.objecten):
            yield from self._member(self._object(nummer, planobject))
        yield from self._member(self._plangebied())
        yield "</imro:FeatureCollectionIMRO>"

    def _member(self, regels: Iterator[str]) -> Iterator[str]:
        yield "<imro:featureMember>"
        yield from regels
        yield "</imro:featureMember>"

    def _metadata(self) -> Iterator[str]:
        plan = self.plan
        yield '<imro:MetadataIMRObestand gml:id="NL.IMRO.METADATA">'
        yield _tag("datasetTitel", plan.naam)
        yield _tag("creatiedatum", plan.datum.isoformat())
        yield _tag("bronbeheerder", f"gemeente {plan.overheid}")
        yield _tag("codeerVerantwoordelijke", "Voorbeeldregio (fictief)")
        yield _tag("naamApplicatieschema", plan.versie)
        yield _tag("codeReferentiesysteem", "28992")
        yield _tag("toepassingsschaal", "1000")
        yield _tag("applicatieIdentificatie", "daeb-locaties voorbeeld")
        yield _tag("versieXMLschema", "1.1.0")
        yield "</imro:MetadataIMRObestand>"

    def _plangebied(self) -> Iterator[str]:
        plan = self.plan
        yield f'<imro:Bestemmingsplangebied gml:id="{plan.idn}">'
        yield from self._identificatie(plan.idn, versie=True)
        yield _tag("typePlan", plan.type_plan)
        yield _tag("beleidsmatigVerantwoordelijkeOverheid", "gemeentelijke overheid")
        yield _tag("naamOverheid", f"gemeente {plan.overheid}")
        yield _tag("overheidsCode", plan.overheidscode)
        yield _tag("naam", plan.naam)
        yield _tag("locatieNaam", plan.overheid)
        status = "PlanstatusEnDatum" if self.nieuw else "PlanstatusEnDatum_BP"
        yield f"<imro:planstatusInfo><imro:{status}>"
        yield _tag("planstatus", plan.planstatus)
        yield _tag("datum", plan.datum.isoformat())
        yield f"</imro:{status}></imro:planstatusInfo>"
        for soort, letter in (("regels", "r"), ("toelichting", "t")):
            yield from _tekst("TekstReferentiePG_BP", f"{letter}_{plan.idn}.html", soort)
        yield from self._ondergrond()
        for extern in plan.extern:
            yield from _extern(extern)
        for norm in ("IMRO", "PRBP"):
            yield _tag("verwijzingNorm", norm + plan.versie[-4:])
        yield "<imro:geometrie>"
        delen = list(shapely.get_parts(plan.vorm))
        if len(delen) == 1:
            yield from self._surface(delen[0], frozenset())
        else:
            yield f"<gml:MultiSurface {self._gml_id()}{_SRS}>"
            for deel in delen:
                yield "<gml:surfaceMember>"
                yield from self._surface(deel, frozenset())
                yield "</gml:surfaceMember>"
            yield "</gml:MultiSurface>"
        yield "</imro:geometrie>"
        yield "</imro:Bestemmingsplangebied>"

    def _ondergrond(self) -> Iterator[str]:
        if not self.nieuw:
            yield _tag("ondergrond", f"o_{self.plan.idn}_GBKN")
            return
        yield "<imro:ondergrondInfo><imro:OndergrondReferentie>"
        yield _tag("ondergrondtype", "basisregistratie grootschalige topografie (BGT)")
        yield _tag("ondergronddatum", self.plan.datum.replace(day=1).isoformat())
        yield "</imro:OndergrondReferentie></imro:ondergrondInfo>"

    def _object(self, nummer: int, o: Planobject) -> Iterator[str]:
        klasse, bestemming = _KLASSE[o.soort], o.soort.endswith("bestemming")
        yield f'<imro:{klasse} gml:id="{self._object_id(nummer)}">'
        yield from self._identificatie(self._object_id(nummer), versie=False)
        yield _tag("typePlanobject", o.soort)
        if not bestemming:
            yield self._plan_ref()
            if o.op is not None:
                yield f'<imro:bestemmingsvlak xlink:href="#{self._object_id(o.op)}"/>'
        yield _tag("naam", o.naam)
        if bestemming:
            yield _tag("bestemmingshoofdgroep", o.hoofdgroep)
        if o.soort == "gebiedsaanduiding":
            yield _tag("gebiedsaanduidinggroep", o.groep)
        if o.naam in self.artikel:
            artikel = self.artikel[o.naam]
            yield _tag("artikelnummer", str(artikel))
            anker = f"r_{self.plan.idn}.html#_{artikel}_{o.naam.replace(' ', '')}"
            yield from _tekst("TekstReferentie_BP", anker, "regels")
        for soort, waarde in o.waarden:
            yield "<imro:maatvoeringInfo><imro:WaardeEnType>"
            yield _tag("waarde", waarde)
            yield _tag("waardeType", soort)
            yield "</imro:WaardeEnType></imro:maatvoeringInfo>"
        yield "<imro:geometrie>"
        yield from self._surface(o.vorm, o.bogen)
        yield "</imro:geometrie>"
        if bestemming:
            yield self._plan_ref()
        yield f"</imro:{klasse}>"

    def _plan_ref(self) -> str:
        return f'<imro:plangebied xlink:href="#{self.plan.idn}"/>'

    def _identificatie(self, gml_id: str, *, versie: bool) -> Iterator[str]:
        if not self.nieuw:
            yield _tag("identificatie", gml_id)
            return
        lokaal, _, nummer = gml_id.removeprefix("NL.IMRO.").partition("-")
        yield "<imro:identificatie><imro:NEN3610ID>"
        yield _tag("namespace", "NL.IMRO")
        yield _tag("lokaalID", lokaal)
        if versie:
            yield _tag("versie", nummer)
        yield "</imro:NEN3610ID></imro:identificatie>"

    def _object_id(self, nummer: int) -> str:
        return f"NL.IMRO.{_digest(self.plan.idn)}{nummer:08d}"

    def _gml_id(self) -> str:
        # GML 3.2 asks an id of every geometry, GML 3.1 does not.
        self.teller += 1
        return f'gml:id="g{self.teller}" ' if self.nieuw else ""

    def _surface(self, vorm: Polygon, bogen: frozenset[int]) -> Iterator[str]:
        yield f"<gml:Surface {self._gml_id()}{_SRS}><gml:patches><gml:PolygonPatch>"
        yield "<gml:exterior>"
        yield from self._ring(vorm.exterior, bogen)
        yield "</gml:exterior>"
        for ring in vorm.interiors:
            yield "<gml:interior>"
            yield from self._ring(ring, frozenset())
            yield "</gml:interior>"
        yield "</gml:PolygonPatch></gml:patches></gml:Surface>"

    def _ring(self, ring: LinearRing, bogen: frozenset[int]) -> Iterator[str]:
        punten = shapely.get_coordinates(ring)
        if not bogen:
            yield f"<gml:LinearRing><gml:posList>{_pos(punten)}</gml:posList></gml:LinearRing>"
            return
        yield f"<gml:Ring><gml:curveMember><gml:Curve {self._gml_id().strip()}><gml:segments>"
        plek = 0
        while plek < len(punten) - 1:
            boog = plek + 1 in bogen
            naam, lengte = ("Arc", 2) if boog else ("LineStringSegment", 1)
            stuk = _pos(punten[plek : plek + lengte + 1])
            yield f"<gml:{naam}><gml:posList>{stuk}</gml:posList></gml:{naam}>"
            plek += lengte
        yield "</gml:segments></gml:Curve></gml:curveMember></gml:Ring>"


def _pos(punten: np.ndarray) -> str:
    return " ".join(f"{x:.3f} {y:.3f}" for x, y in punten)


def _tag(naam: str, tekst: str) -> str:
    return f"<imro:{naam}>{html.escape(tekst)}</imro:{naam}>"


def _tekst(klasse: str, verwijzing: str, soort: str) -> Iterator[str]:
    yield f"<imro:verwijzingNaarTekstInfo><imro:{klasse}>"
    yield _tag("verwijzingNaarTekst", verwijzing)
    yield _tag("typeTekst", soort)
    yield f"</imro:{klasse}></imro:verwijzingNaarTekstInfo>"


def _extern(extern: ExternPlan) -> Iterator[str]:
    yield "<imro:verwijzingNaarExternPlanInfo><imro:ExternPlanReferentie_BP>"
    yield _tag("naamExternPlan", extern.naam)
    yield _tag("idnExternPlan", extern.idn)
    yield _tag("rolExternPlan", extern.rol)
    yield "</imro:ExternPlanReferentie_BP></imro:verwijzingNaarExternPlanInfo>"


@cache
def _digest(idn: str) -> str:
    return hashlib.sha256(idn.encode()).hexdigest()[:24]
