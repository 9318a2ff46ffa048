from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daeb_locaties.akkoord import Akkoord, AkkoordGemeente, Corporatie, Drempels, Periode
from daeb_locaties.balans import compute_balans
from daeb_locaties.balansdelen import (
    GEEN_PERIODE,
    split_by_corporatie,
    split_by_jaar,
    split_by_periode,
)
from daeb_locaties.balansposten import make_posten
from daeb_locaties.begrippen import Component, Maat, Planstatus, Reden
from daeb_locaties.koppelen.bod import current_biedingen, link_bod
from daeb_locaties.model import (
    Aantal,
    Bod,
    Bodregel,
    GemeenteAandeel,
    LocatieRegel,
    Oordeel,
)
from tests.daeb_locaties.bouwstenen import locatie

AKKOORD = Akkoord(
    naam="Test",
    status="tussenakkoord",
    begin=2021,
    eind=2030,
    gemeenten=(
        AkkoordGemeente("9001", "Westveld", doel_meer_evenwicht=100),
        AkkoordGemeente("9002", "Oostveld", doel_meer_evenwicht=50),
    ),
    aanwezig=True,
)


def oordeel_van(loc, status):
    return Oordeel(
        locatie_id=loc.id,
        planstatus_afgeleid=Planstatus.ONBEKEND,
        planstatus=status,
        hardheid=AKKOORD.hardheid.hardheid(status),
        regel="O02",
        regel_afleiding="A05",
        regelversie="test",
        uitleg="",
        aandeel_hard=0,
        aandeel_zacht=0,
        aandeel_onbekend=0,
        aandeel_geen_plan=1,
        signalen=(),
    )


def bod_van(code, aantal, *, versie=0, toelichting=None, maat=Maat.DAEB, sloop=0):
    return Bod(
        gemeentecode=code,
        gemeentenaam=f"Gemeente {code}",
        volgnummer=versie,
        datum=None,
        bron="test",
        regels=(
            Bodregel(Component.NIEUWBOUW, maat, "2021-2030", aantal),
            Bodregel(Component.SLOOP, maat, "2021-2030", sloop),
        ),
        toelichting=toelichting,
    )


def regel_van(loc, status, code, biedingen, akkoord=AKKOORD, *, dubbel=False):
    aandelen = (GemeenteAandeel(code, f"Gemeente {code}", 1.0),) if code else ()
    koppeling = link_bod(loc, status, aandelen, biedingen, akkoord, dubbel=dubbel)
    return LocatieRegel(loc, koppeling, oordeel_van(loc, status), ())


def test_balans_splits_the_bod_by_hardheid_and_names_the_rest():
    biedingen = current_biedingen([bod_van("9001", 100, sloop=20)], AKKOORD)
    regels = [
        regel_van(locatie(id="a", daeb=30), Planstatus.S2A, "9001", biedingen),
        regel_van(locatie(id="b", daeb=10), Planstatus.S3, "9001", biedingen),
        regel_van(locatie(id="c", daeb=5), Planstatus.ONBEKEND, "9001", biedingen),
        regel_van(locatie(id="d", daeb=7), Planstatus.S2A, "9001", biedingen, dubbel=True),
        regel_van(locatie(id="e", daeb=9, jaar=2035), Planstatus.S2A, "9001", biedingen),
        regel_van(locatie(id="f", daeb=None), Planstatus.S2A, "9001", biedingen),
        regel_van(locatie(id="g", daeb=4), Planstatus.S5A, "9001", biedingen),
    ]
    (_, west), regio = (b := compute_balans(regels, biedingen, AKKOORD)).gemeenten, b.regio
    assert (west.bod, west.hard, west.zacht, west.onbekend) == (80, 30, 10, 5)
    assert (west.zonder_locatie, west.boven_bod, west.dubbel, west.buiten_periode) == (35, 0, 7, 9)
    assert west.stap == 0.8
    assert (regio.bod, regio.doel) == (80, 150)
    redenen = {r.locatie.id: r.koppeling.reden_code for r in regels}
    assert redenen == {
        "a": None,
        "b": None,
        "c": None,
        "d": Reden.DUBBEL,
        "e": Reden.BUITEN_PERIODE,
        "f": Reden.DAEB_ONBEKEND,
        "g": Reden.GEEN_CAPACITEIT,
    }


def test_locaties_without_bod_are_shown_above_the_bod():
    regels = [regel_van(locatie(daeb=12), Planstatus.S2A, "9002", {})]
    oost = compute_balans(regels, {}, AKKOORD).gemeenten[0]
    assert (oost.naam, oost.bod, oost.hard, oost.boven_bod) == ("Oostveld", None, 12, 12)
    assert regels[0].koppeling.telt_mee is False
    assert regels[0].koppeling.reden_code is Reden.GEEN_BOD


def test_locatie_without_gemeente_or_outside_the_akkoord_counts_nowhere():
    buiten = regel_van(locatie(id="a"), Planstatus.S2A, "7777", {})
    nergens = regel_van(locatie(id="b"), Planstatus.S2A, None, {})
    assert buiten.koppeling.reden_code is Reden.BUITEN_AKKOORD
    assert nergens.koppeling.reden_code is Reden.GEEN_GEMEENTE
    assert compute_balans([buiten, nergens], {}, AKKOORD).regio.hard == 0


@pytest.mark.parametrize(
    ("aantal", "sloop", "maat", "grens", "nodig"),
    [
        (10, 0, Maat.DOELGROEPVOORRAAD, None, False),
        (10, 10, Maat.DOELGROEPVOORRAAD, None, True),
        (10, 11, Maat.DAEB, None, True),
        (49, 0, Maat.DAEB, 0.5, True),
        (50, 0, Maat.DAEB, 0.5, False),
        (1, 0, Maat.DAEB, None, False),
    ],
)
def test_toelichting_is_due_without_extra_voorraad_or_without_a_real_step(
    aantal, sloop, maat, grens, nodig
):
    akkoord = Akkoord(gemeenten=AKKOORD.gemeenten, drempels=Drempels(wezenlijke_stap=grens))
    biedingen = current_biedingen([bod_van("9001", aantal, sloop=sloop, maat=maat)], akkoord)
    west = compute_balans([], biedingen, akkoord).gemeenten[1]
    assert west.toelichting_nodig is nodig
    assert west.toelichting_aanwezig is False


def test_newest_version_of_a_bod_counts():
    biedingen = current_biedingen([bod_van("9001", 5, versie=1), bod_van("9001", 9)], AKKOORD)
    assert [b.versie for b in biedingen["9001"]] == ["aangescherpt bod 1"]


def test_bids_of_predecessors_add_up_until_the_merged_gemeente_has_its_own():
    akkoord = Akkoord(gemeenten=(AkkoordGemeente("9009", "Heelveld", ("9001", "9002")),))
    oud = [bod_van("9001", 10), bod_van("9002", 20)]
    rij = compute_balans([], current_biedingen(oud, akkoord), akkoord).gemeenten[0]
    assert rij.bod == 30
    rij = compute_balans(
        [], current_biedingen([*oud, bod_van("9009", 44)], akkoord), akkoord
    ).gemeenten[0]
    assert rij.bod == 44


aantallen = st.lists(
    st.builds(
        Aantal,
        st.sampled_from(list(Component)),
        st.sampled_from(list(Maat)),
        st.sampled_from([None, 2020, 2025, 2030, 2031]),
        st.integers(0, 400),
    ),
    max_size=4,
)


@given(
    st.lists(
        st.tuples(
            aantallen,
            st.sampled_from(list(Planstatus)),
            st.sampled_from(["9001", "9002", "7777", None]),
            st.booleans(),
        ),
        max_size=12,
    ),
    st.lists(st.tuples(st.sampled_from(["9001", "9002"]), st.integers(0, 900)), max_size=2),
)
def test_balans_adds_up_to_the_last_home_on_any_register(rijen, bod_aantallen):
    biedingen = current_biedingen([bod_van(c, n) for c, n in bod_aantallen], AKKOORD)
    regels = []
    for nummer, (tellingen, status, code, dubbel) in enumerate(rijen):
        basis = locatie(id=f"loc-{nummer:02}", daeb=None)
        loc = type(basis)(
            **{v: getattr(basis, v) for v in basis.__slots__} | {"aantallen": tuple(tellingen)}
        )
        regels.append(regel_van(loc, status, code, biedingen, dubbel=dubbel))
    balans = compute_balans(regels, biedingen, AKKOORD)
    for rij in (*balans.gemeenten, balans.regio):
        links = rij.hard + rij.zacht + rij.onbekend + rij.zonder_locatie
        assert links == (rij.bod or 0) + rij.boven_bod
    alle = sum(
        r.locatie.netto(Maat.DAEB) or 0
        for r in regels
        if r.koppeling.gemeentecode in {"9001", "9002"}
    )
    regio = balans.regio
    geteld = regio.hard + regio.zacht + regio.onbekend
    assert alle == geteld + regio.dubbel + regio.buiten_periode + regio.geen_capaciteit
    for maat in Maat:
        _check_parts(regels, biedingen, maat)


VAKKEN = ("hard", "zacht", "onbekend", "dubbel", "buiten_periode", "geen_capaciteit")


def _check_parts(regels, biedingen, maat):
    """Every view of a measure holds the homes of the whole, and no home more."""
    akkoord = dataclasses.replace(AKKOORD, perioden=(Periode(2021, 2025), Periode(2026, 2030)))
    balans = compute_balans(regels, biedingen, akkoord, maat=maat)
    posten = make_posten(regels, akkoord)
    for rij in (*balans.gemeenten, balans.regio):
        code = rij.gemeentecode
        perioden = split_by_periode(posten, biedingen, akkoord, maat, code)
        for delen in (
            perioden,
            split_by_jaar(posten, maat, code),
            split_by_corporatie(posten, akkoord, maat, code),
        ):
            for vak in VAKKEN:
                assert sum(getattr(deel, vak) for deel in delen) == getattr(rij, vak)
        assert sum(deel.bod or 0 for deel in perioden) == (rij.bod or 0)


def test_a_bod_line_counts_in_the_period_that_holds_its_years():
    akkoord = dataclasses.replace(AKKOORD, perioden=(Periode(2021, 2025), Periode(2026, 2030)))
    perioden = ("2021-2025", "2026-2028", "2021-2030", "ooit")
    regels = tuple(
        Bodregel(Component.NIEUWBOUW, Maat.DAEB, periode, 10**nummer)
        for nummer, periode in enumerate(perioden)
    )
    bod = Bod("9001", "Westveld", 0, None, "test", regels)
    delen = split_by_periode((), {"9001": (bod,)}, akkoord, Maat.DAEB)
    assert {deel.naam: deel.bod for deel in delen} == {
        "2021-2025": 1, "2026-2030": 10, GEEN_PERIODE: 1100,
    }  # fmt: skip


def test_homes_of_two_corporaties_stand_under_both_names():
    biedingen = current_biedingen([bod_van("9001", 100)], AKKOORD)
    akkoord = dataclasses.replace(AKKOORD, corporaties=(Corporatie("Rust"), Corporatie("Woonstee")))
    gevallen = ((("Woonstee",), 3), (("Woonstee", "Rust"), 5), ((), 7))
    regels = [
        regel_van(locatie(id=str(n), daeb=n, corporaties=c), Planstatus.S2A, "9001", biedingen)
        for c, n in gevallen
    ]
    delen = split_by_corporatie(make_posten(regels, akkoord), akkoord, Maat.DAEB)
    assert [(deel.naam, deel.hard) for deel in delen] == [
        ("Rust", 0), ("Rust + Woonstee", 5), ("Woonstee", 3), ("zonder corporatie", 7),
    ]  # fmt: skip


def test_a_part_that_is_double_is_set_aside_and_the_rest_counts():
    biedingen = current_biedingen([bod_van("9001", 100)], AKKOORD)
    regels = [regel_van(locatie(id="a", daeb=30), Planstatus.S2A, "9001", biedingen)]
    posten = make_posten(regels, AKKOORD, deels_dubbel={"a": 12})
    assert {post.vak.value: post.aantal for post in posten} == {"dubbel": 12, "hard": 18}


def test_an_older_version_of_the_bod_can_be_chosen():
    reeks = [bod_van("9001", 100), bod_van("9001", 130, versie=1), bod_van("9002", 50)]
    gekozen = current_biedingen(reeks, AKKOORD, tot_en_met=0)
    assert {code: groep[0].netto(Maat.DAEB) for code, groep in gekozen.items()} == {
        "9001": 100, "9002": 50,
    }  # fmt: skip


def test_doelgroepvoorraad_is_a_measure_of_its_own_without_a_target():
    biedingen = current_biedingen([bod_van("9001", 40, maat=Maat.DOELGROEPVOORRAAD)], AKKOORD)
    regels = [regel_van(locatie(id="a", daeb=30), Planstatus.S2A, "9001", biedingen)]
    west = compute_balans(regels, biedingen, AKKOORD, maat=Maat.DOELGROEPVOORRAAD).gemeenten[1]
    assert (west.bod, west.hard, west.zonder_locatie, west.doel) == (40, 0, 40, None)
