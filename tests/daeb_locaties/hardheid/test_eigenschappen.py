"""Properties of the verdict that hold for any plans: order, distance, sums and firmness."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daeb_locaties.akkoord import Drempels, Hardheidsregel
from daeb_locaties.begrippen import Hardheid, Planstatus
from daeb_locaties.hardheid.afleiding import derive
from daeb_locaties.hardheid.bewijs import collect_grond, make_bewijs
from daeb_locaties.hardheid.oordeel import judge
from daeb_locaties.model import Besluit
from tests.daeb_locaties.bouwstenen import Plannen, locatie, vak

RULE = Hardheidsregel()
ZACHTHEID = (Hardheid.HARD, Hardheid.ZACHT, Hardheid.ONBEKEND)

hoek = st.integers(-4, 12)
rechthoeken = st.tuples(hoek, hoek, st.integers(1, 8), st.integers(1, 8)).map(
    lambda r: vak(r[0] / 4, r[1] / 4, (r[0] + r[2]) / 4, (r[1] + r[3]) / 4)
)
bestemmingen = st.sampled_from(
    [
        ("Wonen", "wonen"),
        ("Wonen - Uit te werken", "wonen"),
        ("Agrarisch", "agrarisch"),
        ("Groen", "groen"),
        ("Gemengd", "gemengd"),
        ("Verkeer", "verkeer"),
    ]
)
plannen_lijst = st.lists(
    st.tuples(
        st.lists(st.tuples(bestemmingen, rechthoeken), min_size=1, max_size=3),
        st.sampled_from(["vastgesteld", "ontwerp", "onherroepelijk", None]),
        st.sampled_from(["2010-01-01", "2015-06-01", "2022-03-01", None]),
        st.sampled_from([None, None, "geheel in werking", "vervallen", "deels in werking"]),
    ),
    max_size=4,
)


def make_plannen(lijst, volgorde=None):
    plannen = Plannen()
    for nummer in volgorde or range(len(lijst)):
        vlakken, planstatus, datum, dossier = lijst[nummer]
        plannen.plan(
            f"NL.IMRO.9001.BP{nummer}-0001",
            [(naam, groep, vorm) for (naam, groep), vorm in vlakken],
            planstatus=planstatus,
            datum=datum,
            dossierstatus=dossier,
        )
    return plannen


def beoordeel(plannen, loc):
    grond = collect_grond([loc], plannen.regime(RULE))[loc.id]
    afleiding = derive(loc, grond, RULE, Drempels())
    return judge(loc, afleiding, RULE), make_bewijs(loc, grond)


@given(plannen_lijst, st.sampled_from(list(Planstatus)))
def test_shares_sum_to_one_and_evidence_never_counts_ground_twice(lijst, opgegeven):
    loc = locatie(vak(0, 0, 2, 2), opgegeven)
    oordeel, bewijs = beoordeel(make_plannen(lijst), loc)
    aandelen = (
        oordeel.aandeel_hard,
        oordeel.aandeel_zacht,
        oordeel.aandeel_onbekend,
        oordeel.aandeel_geen_plan,
    )
    assert all(0 <= aandeel <= 1 for aandeel in aandelen)
    assert sum(aandelen) == pytest.approx(1, abs=1e-6)
    assert sum(b.aandeel for b in bewijs) <= 1 + 1e-6
    assert sum(b.oppervlakte_m2 for b in bewijs) <= loc.geometrie_rd.area + 1e-3


@given(plannen_lijst, st.data())
def test_row_order_of_plans_does_not_matter(lijst, data):
    volgorde = data.draw(st.permutations(range(len(lijst))))
    loc = locatie(vak(0, 0, 2, 2))
    een, bewijs_een = beoordeel(make_plannen(lijst), loc)
    twee, bewijs_twee = beoordeel(make_plannen(lijst, volgorde), loc)
    assert een.planstatus is twee.planstatus
    assert een.aandeel_hard == pytest.approx(twee.aandeel_hard, abs=1e-9)
    assert len(bewijs_een) == len(bewijs_twee)


@given(plannen_lijst)
def test_plan_far_away_changes_nothing(lijst):
    loc = locatie(vak(0, 0, 2, 2))
    zonder = beoordeel(make_plannen(lijst), loc)
    ver = make_plannen(lijst).plan(
        "NL.IMRO.9001.VER-0001", [("Wonen", "wonen", vak(90, 90, 92, 92))], datum="2024-01-01"
    )
    assert beoordeel(ver, loc) == zonder


@given(plannen_lijst)
@settings(max_examples=40)
def test_running_again_changes_nothing(lijst):
    loc = locatie(vak(0, 0, 2, 2))
    assert beoordeel(make_plannen(lijst), loc) == beoordeel(make_plannen(lijst), loc)


@given(st.sampled_from(list(Planstatus)), st.sampled_from(list(Planstatus)))
def test_firmer_planstatus_never_gives_softer_hardheid(een, twee):
    stevig, zacht = sorted((een, twee), key=lambda s: s.firmness)
    assert ZACHTHEID.index(RULE.hardheid(stevig)) <= ZACHTHEID.index(RULE.hardheid(zacht))


@given(plannen_lijst, st.sampled_from(list(Planstatus)))
@settings(max_examples=40)
def test_softer_declared_status_never_gives_harder_oordeel(lijst, opgegeven):
    """Against a derived status that is known, declaring less never yields more."""
    plannen = make_plannen(lijst)
    basis, _ = beoordeel(plannen, locatie(vak(0, 0, 2, 2)))
    if Planstatus.ONBEKEND in {opgegeven, basis.planstatus_afgeleid}:
        return
    oordeel, _ = beoordeel(plannen, locatie(vak(0, 0, 2, 2), opgegeven))
    assert oordeel.planstatus.firmness >= basis.planstatus_afgeleid.firmness


def test_besluit_of_gemeente_overrides_and_keeps_the_derived_status():
    plannen = Plannen().plan("NL.IMRO.9001.BP1-0001", [("Wonen", "wonen", vak(0, 0, 1, 1))])
    loc = dataclasses.replace(
        locatie(opgegeven="1A"),
        besluit=Besluit(Planstatus.S3, "Het plan wordt ingetrokken.", date(2024, 2, 1)),
    )
    oordeel, _ = beoordeel(plannen, loc)
    assert (oordeel.planstatus.value, oordeel.regel) == ("3", "O07")
    assert oordeel.planstatus_afgeleid.value == "2A"
    assert "ingetrokken" in oordeel.uitleg
