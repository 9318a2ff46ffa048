"""Splitting and merging: lineage, ground and homes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, MultiPolygon, Point, box

from daeb_locaties.begrippen import Component, Maat, Planstatus
from daeb_locaties.errors import LocatieError
from daeb_locaties.model import Aantal, Besluit
from daeb_locaties.register import Auteur, ConflictError
from daeb_locaties.register.samenvoegen import merge_locaties
from daeb_locaties.register.snijden import cut_by_line, cut_by_shapes
from daeb_locaties.register.splitsen import Deel, split_locatie
from daeb_locaties.register.wijzigen import Wijziging, change_locatie
from tests.daeb_locaties.bouwstenen import OORSPRONG, locatie, vak

JAN = Auteur("Jan Smit", "gemeente Schiedam")


def lijn(*punten):
    ox, oy = OORSPRONG
    return LineString([(ox + 100 * x, oy + 100 * y) for x, y in punten])


def aantallen(likely, jaar=2027):
    return (Aantal(Component.NIEUWBOUW, Maat.DAEB, jaar, likely),)


@pytest.fixture
def bekend(register):
    """One locatie of 3 by 1 with ten homes."""
    heel = replace(
        locatie(vak(0, 0, 3, 1), "2A", id="a", jaar=2027),
        woningen_totaal=31,
        plantype="Verdichting",
    )
    register.put_locaties([heel], wie="test", reden="test")
    return register


def test_split_by_a_line_ends_the_whole_and_divides_by_area(bekend):
    uitkomst = split_locatie(bekend, "a", 1, lijn((1, -1), (1, 2)), JAN, "twee eigenaren")
    links, rechts = uitkomst.locaties
    assert (links.oppervlakte_m2, rechts.oppervlakte_m2) == (10_000, 20_000)
    assert (links.netto(Maat.DAEB), rechts.netto(Maat.DAEB)) == (3, 7)
    assert (links.woningen_totaal, rechts.woningen_totaal) == (10, 21)
    assert (links.naam, rechts.naam) == ("Hoflaan (deel 1)", "Hoflaan (deel 2)")
    assert links.planstatus_opgegeven is Planstatus.S2A
    assert links.plantype == "Verdichting"
    assert set(bekend.locaties()) == {links, rechts}
    (ouder,) = bekend.beeindigde_locaties()
    assert ouder.opvolgers == (links.id, rechts.id)
    assert links.voorgangers == rechts.voorgangers == ("a",)
    assert ouder.einde.reden == "twee eigenaren"


def test_split_by_shapes_keeps_the_rest_as_a_part(bekend):
    uitkomst = split_locatie(
        bekend, "a", 1, [vak(-1, -1, 1, 2), vak(1, -1, 2, 2)], JAN, "langs de percelen"
    )
    assert [deel.oppervlakte_m2 for deel in uitkomst.locaties] == [10_000] * 3
    assert sum(deel.netto(Maat.DAEB) for deel in uitkomst.locaties) == 10


def test_given_division_holds_when_it_adds_up(bekend):
    delen = [Deel("Oost", aantallen(9), 30), Deel("West", aantallen(1), 1)]
    uit = split_locatie(bekend, "a", 1, lijn((1, -1), (1, 2)), JAN, "r", delen).locaties
    assert [(d.naam, d.netto(Maat.DAEB), d.woningen_totaal) for d in uit] == [
        ("Oost", 9, 30),
        ("West", 1, 1),
    ]


@pytest.mark.parametrize(
    ("delen", "melding"),
    [
        ([Deel(aantallen=aantallen(9)), Deel(aantallen=aantallen(2))], "telt niet op"),
        ([Deel(aantallen=aantallen(10)), Deel()], "van alle delen"),
        ([Deel(woningen_totaal=30), Deel(woningen_totaal=2)], "is niet 31"),
        ([Deel(), Deel(), Deel()], "geeft 2 delen"),
    ],
)
def test_division_that_loses_or_makes_homes_is_refused(bekend, delen, melding):
    with pytest.raises(LocatieError, match=melding):
        split_locatie(bekend, "a", 1, lijn((1, -1), (1, 2)), JAN, "r", delen)
    assert len(bekend.gebeurtenissen()) == 1


@pytest.mark.parametrize(
    "snede",
    [
        lijn((1, -1), (1, 0.5)),
        lijn((5, -1), (5, 2)),
        [vak(8, 8, 9, 9)],
        [vak(-1, -1, 4, 2)],
        [vak(0, 0, 2, 1), vak(1, 0, 3, 1)],
    ],
    ids=["halverwege", "ernaast", "vlak ernaast", "vlak eroverheen", "overlappend"],
)
def test_cut_that_does_not_divide_is_refused(bekend, snede):
    with pytest.raises(LocatieError):
        split_locatie(bekend, "a", 1, snede, JAN, "r")
    assert bekend.locatie("a").einde is None


def test_locatie_that_changed_meanwhile_is_not_split(bekend):
    change_locatie(bekend, Wijziging("a", 1, {"naam": "Nieuw"}), JAN, "r")
    with pytest.raises(ConflictError, match="de naam"):
        split_locatie(bekend, "a", 1, lijn((1, -1), (1, 2)), JAN, "r")


def test_point_is_not_split(register):
    register.put_locaties([locatie(Point(120_000, 420_000), id="a")], wie="t", reden="t")
    with pytest.raises(LocatieError, match="punt"):
        split_locatie(register, "a", 1, lijn((1, -1), (1, 2)), JAN, "r")


U_VORM = MultiPolygon([vak(0, 0, 3, 3).difference(vak(1, 1, 2, 3))])


def test_line_through_both_legs_gives_two_parts_not_three():
    boven, onder = cut_by_line(U_VORM, lijn((-1, 2), (4, 2)), "u")
    assert (len(boven.geoms), len(onder.geoms)) == (2, 1)
    assert boven.area + onder.area == pytest.approx(U_VORM.area)
    assert boven.bounds[1] > onder.bounds[1]


def test_side_of_a_line_with_corners_is_told_right():
    hoek = lijn((0.5, -1), (0.5, 0.5), (4, 0.5))
    links, rechts = cut_by_line(MultiPolygon([vak(0, 0, 3, 1)]), hoek, "x")
    assert (links.area, rechts.area) == (pytest.approx(17_500), pytest.approx(12_500))


@given(
    st.lists(st.tuples(st.floats(0, 300), st.floats(0, 100)), min_size=2, max_size=6, unique=True)
)
def test_parts_of_any_line_are_the_ground_itself(punten):
    geheel = MultiPolygon([box(20, 10, 280, 90), box(300, 10, 320, 40)])
    snede = LineString([(-50, 50), *punten, (400, 60)])
    if not snede.is_simple:
        return
    try:
        delen = cut_by_line(geheel, snede, "x")
    except LocatieError:
        return
    assert sum(deel.area for deel in delen) == pytest.approx(geheel.area)
    assert delen[0].intersection(delen[1]).area == pytest.approx(0, abs=1e-6)


@given(
    st.lists(
        st.tuples(st.floats(0, 280), st.floats(0, 80), st.floats(1, 200), st.floats(1, 80)),
        min_size=1,
        max_size=3,
    )
)
def test_parts_of_any_shapes_are_the_ground_itself(vlakken):
    geheel = MultiPolygon([box(20, 10, 280, 90)])
    try:
        delen = cut_by_shapes(geheel, [box(x, y, x + b, y + h) for x, y, b, h in vlakken], "x")
    except LocatieError:
        return
    assert sum(deel.area for deel in delen) == pytest.approx(geheel.area)


def paar(register, **anders):
    een = locatie(vak(0, 0, 1, 1), id="a", naam="Oost", jaar=2027, corporaties=("A",))
    twee = locatie(vak(1, 0, 2, 1), id="b", naam="West", jaar=2028, corporaties=("B",))
    twee = replace(twee, **anders)
    register.put_locaties([een, twee], wie="t", reden="t")
    return {"a": 1, "b": 1}


def test_merge_adds_homes_up_and_keeps_the_lineage(register):
    versies = paar(register)
    (samen,) = merge_locaties(register, versies, JAN, "een plan", {"naam": "Samen"}).locaties
    assert (samen.naam, samen.corporaties, samen.netto(Maat.DAEB)) == ("Samen", ("A", "B"), 20)
    assert samen.oppervlakte_m2 == 20_000
    assert samen.voorgangers == ("a", "b")
    assert register.locaties() == (samen,)
    assert {loc.opvolgers for loc in register.beeindigde_locaties()} == {(samen.id,)}


@pytest.mark.parametrize(
    ("anders", "velden", "melding"),
    [
        ({"plantype": "Uitbreiding overig"}, {}, "het plantype"),
        ({"planstatus_opgegeven": Planstatus.S3}, {}, "de opgegeven planstatus"),
        ({"vertrouwelijkheid": "Gemeente"}, {}, "de vertrouwelijkheid"),
        ({"woningen_totaal": 4}, {}, "het totaal aantal woningen"),
        ({"aantallen": ()}, {}, "of de DAEB-woningen bekend zijn"),
        ({"besluit": Besluit(Planstatus.S3, "r", date(2026, 1, 1))}, {}, "het besluit"),
        ({"geometrie_rd": Point(120_000, 420_000)}, {}, "een punt"),
        ({}, {"aantallen": aantallen(3)}, "telt niet op"),
        ({}, {"bron": "x"}, "niet te kiezen"),
    ],
)
def test_merge_of_what_differs_asks_for_an_answer(register, anders, velden, melding):
    versies = paar(register, **anders)
    with pytest.raises(LocatieError, match=melding):
        merge_locaties(register, versies, JAN, "r", velden)
    assert len(register.locaties()) == 2


def test_given_answer_settles_a_difference(register):
    versies = paar(
        register, planstatus_opgegeven=Planstatus.S3, planstatus_herkomst="brief", aantallen=()
    )
    velden = {"planstatus_opgegeven": Planstatus.S3, "aantallen": aantallen(12)}
    (samen,) = merge_locaties(register, versies, JAN, "r", velden).locaties
    assert (samen.planstatus_opgegeven, samen.planstatus_herkomst) == (Planstatus.S3, None)
    assert samen.netto(Maat.DAEB) == 12
