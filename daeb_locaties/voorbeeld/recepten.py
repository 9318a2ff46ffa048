"""Newer plans on top of the mother plans, each kind of plan that a verdict must know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import shapely
from shapely import Polygon

from daeb_locaties.voorbeeld.bestemmingen import add_zones
from daeb_locaties.voorbeeld.dekking import ROOSTER_M, Stuk, inner_part, make_dekking
from daeb_locaties.voorbeeld.moederplannen import make_circle, make_idn
from daeb_locaties.voorbeeld.namen import GEMEENTEN
from daeb_locaties.voorbeeld.planmodel import ExternPlan, Plan, Planobject
from daeb_locaties.voorbeeld.vlakdeling import (
    Blokmaat,
    cut_across,
    measure_doos,
    measure_doos_along,
    split_blocks,
)


@dataclass(frozen=True, slots=True)
class Opdracht:
    """What a newer plan is for: its name, ground, gemeente, homes, date and mother plan."""

    naam: str
    vorm: Polygon
    gemeente: int
    woningen: int
    datum: date
    nummer: int
    moeder: ExternPlan | None
    seed: int


# IMRO2008 plans that began in time still became onherroepelijk after IMRO2012 came; these
# must be younger than the mother plans that they lie on.
_DAG_2008 = date(2014, 6, 1)
_RAND_M = 4.0

Recept = Callable[[Opdracht], tuple[Plan, ...]]


def _plan(
    o: Opdracht,
    objecten: list[Planobject],
    *,
    status: str = "vastgesteld",
    type_plan: str = "bestemmingsplan",
    versie: str = "VA01",
    oud: bool = False,
    naam: str | None = None,
    vorm: Polygon | None = None,
    extern: ExternPlan | None = None,
) -> Plan:
    gemeente = GEMEENTEN[o.gemeente]
    soort = {"uitwerkingsplan": "UP", "wijzigingsplan": "WP"}.get(type_plan, "BP")
    verwijzing = extern or o.moeder
    return Plan(
        idn=make_idn(gemeente.code, soort, 50_000 + o.nummer, versie),
        naam=naam or o.naam,
        type_plan=type_plan,
        planstatus=status,
        datum=_DAG_2008 + timedelta(days=o.nummer % 360) if oud else o.datum,
        overheid=gemeente.naam,
        overheidscode=gemeente.code,
        vorm=o.vorm if vorm is None else vorm,
        objecten=tuple(objecten),
        versie="IMRO2008" if oud else "IMRO2012",
        extern=(verwijzing,) if verwijzing else (),
    )


def _design(o: Opdracht, vorm: Polygon | None = None) -> list[Planobject]:
    """Draw a small neighbourhood: blocks, streets, and a green with a tree."""
    grond = o.vorm if vorm is None else vorm
    rng = np.random.default_rng([o.seed, 6, o.nummer])
    kader = inner_part(grond, _RAND_M)
    if kader is None or grond.area < 9_500:
        uit = [Planobject("enkelbestemming", "Wonen", grond, "wonen")]
    else:
        hoek = measure_doos(kader).hoek
        blokken = split_blocks(kader, Blokmaat(56.0, 84.0, 12.0, 10.0, hoek, 0.1), rng)
        blokken.sort(key=lambda b: -b.area)
        stukken = [
            Stuk(blok, "G" if nummer == len(blokken) - 1 and nummer else "W", nummer)
            for nummer, blok in enumerate(blokken)
        ]
        uit = []
        dekking = make_dekking(grond, stukken, rand_m=_RAND_M, rand="V", rest="V", straatstuk_m=1e6)
        add_zones(uit, dekking, tuin=False)
    wonen = [n for n, p in enumerate(uit) if p.naam == "Wonen"]
    uit.append(_maatvoering(uit[wonen[0]].vorm, o.woningen, wonen[0]))
    groen = next((n for n, p in enumerate(uit) if p.naam == "Groen"), None)
    if groen is not None:
        boom, bogen = make_circle(uit[groen].vorm.point_on_surface(), 4.0)
        naam = "specifieke vorm van groen - waardevolle boom"
        uit.append(Planobject("functieaanduiding", naam, boom, op=groen, bogen=bogen))
    return uit


def _maatvoering(vorm: Polygon, woningen: int, op: int | None) -> Planobject:
    naam = "maximum aantal wooneenheden"
    return Planobject("maatvoering", naam, vorm, op=op, waarden=((naam, str(woningen)),))


def _vast(o: Opdracht) -> tuple[Plan, ...]:
    return (_plan(o, _design(o)),)


def _oud(o: Opdracht) -> tuple[Plan, ...]:
    return (_plan(o, _design(o), status="onherroepelijk", versie="OH01", oud=True),)


def _ontwerp(o: Opdracht) -> tuple[Plan, ...]:
    return (_plan(o, _design(o), status="ontwerp", versie="ON01"),)


def _versies(o: Opdracht) -> tuple[Plan, ...]:
    """An ontwerp and the vastgesteld version of the same dossier."""
    return _ontwerp(o)[0], _plan(_later(o), _design(o))


def _voorontwerp(o: Opdracht) -> tuple[Plan, ...]:
    return (_plan(o, _design(o), status="voorontwerp", versie="VO01"),)


def _uit_te_werken(o: Opdracht) -> list[Planobject]:
    zone = Planobject("enkelbestemming", "Wonen - Uit te werken 1", o.vorm, "wonen")
    return [zone, _maatvoering(o.vorm, o.woningen, 0)]


def _uitwerking(o: Opdracht) -> tuple[Plan, ...]:
    return (_plan(o, _uit_te_werken(o)),)


def _uitwerking_oud(o: Opdracht) -> tuple[Plan, ...]:
    return (_plan(o, _uit_te_werken(o), status="onherroepelijk", versie="OH01", oud=True),)


def _uitgewerkt(o: Opdracht) -> tuple[Plan, ...]:
    """A mother zone `uit te werken`, and the uitwerkingsplan for all of it."""
    moeder = _plan(o, _uit_te_werken(o))
    kind = _plan(
        _later(o),
        _design(o),
        type_plan="uitwerkingsplan",
        naam=f"Uitwerkingsplan {o.naam}",
        extern=ExternPlan(moeder.naam, moeder.idn, "als mutatie opgenomen"),
    )
    return moeder, kind


def _wijzigingsgebied(o: Opdracht, *, oud: bool) -> list[Planobject]:
    zone = "wro-zone" if oud else "wetgevingzone"
    return [
        Planobject("enkelbestemming", "Agrarisch", o.vorm, "agrarisch"),
        Planobject("gebiedsaanduiding", f"{zone} - wijzigingsgebied 1", o.vorm, groep=zone, op=0),
    ]


def _wijziging(o: Opdracht) -> tuple[Plan, ...]:
    return (_plan(o, _wijzigingsgebied(o, oud=False)),)


def _wijziging_oud(o: Opdracht) -> tuple[Plan, ...]:
    return (
        _plan(o, _wijzigingsgebied(o, oud=True), status="onherroepelijk", versie="OH01", oud=True),
    )


def _gewijzigd(o: Opdracht) -> tuple[Plan, ...]:
    """A wijzigingsgebied, and the wijzigingsplan that uses it."""
    moeder = _plan(o, _wijzigingsgebied(o, oud=False))
    kind = _plan(
        _later(o),
        _design(o),
        type_plan="wijzigingsplan",
        naam=f"Wijzigingsplan {o.naam}",
        extern=ExternPlan(moeder.naam, moeder.idn, "als mutatie opgenomen"),
    )
    return moeder, kind


def _tam(o: Opdracht) -> tuple[Plan, ...]:
    """A TAM-omgevingsplan: enkelbestemmingen on top of each other."""
    objecten = [
        Planobject("enkelbestemming", "Wonen", o.vorm, "wonen"),
        Planobject("enkelbestemming", "Bouwactiviteiten in het gebied", o.vorm, "overig"),
        _maatvoering(o.vorm, o.woningen, 0),
    ]
    return (_plan(o, objecten, naam=f"TAM-omgevingsplan Hoofdstuk 22b {o.naam}"),)


def _gemengd(o: Opdracht) -> tuple[Plan, ...]:
    return (_plan(o, [Planobject("enkelbestemming", "Gemengd - 1", o.vorm, "gemengd")]),)


def _functie(o: Opdracht) -> tuple[Plan, ...]:
    """Maatschappelijk with a functieaanduiding that allows homes."""
    objecten = [
        Planobject("enkelbestemming", "Maatschappelijk", o.vorm, "maatschappelijk"),
        Planobject("functieaanduiding", "wonen", o.vorm, op=0),
    ]
    return (_plan(o, objecten),)


def _voorlopig(o: Opdracht) -> tuple[Plan, ...]:
    zone = Planobject("enkelbestemming", "Wonen - Voorlopig 1", o.vorm, "wonen")
    return (_plan(o, [zone]),)


def _deels(o: Opdracht) -> tuple[Plan, ...]:
    """A plan for the larger part of the site only; the rest keeps its old use."""
    doos = measure_doos(o.vorm)
    begin, eind = measure_doos_along(o.vorm, doos.hoek)[:2]
    een, _ = cut_across(o.vorm, doos.hoek, begin + 0.6 * (eind - begin))
    deel = shapely.set_precision(max(een, key=lambda d: d.area), ROOSTER_M)
    return (_plan(o, _design(o, deel), vorm=deel),)


def _later(o: Opdracht) -> Opdracht:
    return Opdracht(
        o.naam,
        o.vorm,
        o.gemeente,
        o.woningen,
        o.datum + timedelta(days=730),
        o.nummer,
        o.moeder,
        o.seed,
    )


def _geen(o: Opdracht) -> tuple[Plan, ...]:
    del o
    return ()


RECEPTEN: dict[str, Recept] = {
    "geen": _geen,
    "vast": _vast,
    "oud": _oud,
    "ontwerp": _ontwerp,
    "voorontwerp": _voorontwerp,
    "versies": _versies,
    "uitwerking": _uitwerking,
    "uitwerking_oud": _uitwerking_oud,
    "uitgewerkt": _uitgewerkt,
    "wijziging": _wijziging,
    "wijziging_oud": _wijziging_oud,
    "gewijzigd": _gewijzigd,
    "tam": _tam,
    "gemengd": _gemengd,
    "functie": _functie,
    "voorlopig": _voorlopig,
    "deels": _deels,
}
"""The kinds of newer plans, by the word that the list of locaties uses."""
