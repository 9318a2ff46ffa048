"""Codes out of their list, ids, dates, counts and slivers."""

from __future__ import annotations

from datetime import date

import pytest
import shapely

from kaartlagen.toetsen import check_layer
from kaartlagen.toetsen.waardelijsten import WAARDELIJSTEN
from tests.kaartlagen.toetsen.maken import DAG, check, frame, vak


@pytest.mark.parametrize("laag", WAARDELIJSTEN)
def test_every_value_of_a_list_is_in_it_whatever_its_case(laag):
    for lijst in WAARDELIJSTEN[laag]:
        waarden = [w for waarde in sorted(lijst.waarden) for w in (waarde, waarde.upper(), None)]
        assert lijst.controle.code not in check(laag, {lijst.kolom: waarden})
        vreemd = check(laag, {lijst.kolom: [*waarden, "zoiets"]})[lijst.controle.code]
        assert vreemd.aantal == 1
        assert vreemd.voorbeelden[0].endswith(": zoiets")


def test_list_is_checked_value_by_value_where_a_cell_holds_several():
    gevonden = check(
        "verblijfsobjecten",
        {
            "vbo_id": ["0001010000000001", "0001010000000002"],
            "gebruiksdoel": ["woonfunctie, winkelfunctie", "woonfunctie,droomfunctie"],
        },
        [vak(0).centroid, vak(1).centroid],
    )
    assert gevonden["KL852"].aantal == 1


def test_extension_of_an_imro_list_is_no_error():
    groep = {"idn": ["a"], "object_id": ["1"], "groep": ["other: wro-zone - wijzigingsgebied"]}
    assert check("aanduidingen", groep) == {}


def test_id_that_lost_its_zeros_is_told():
    gevonden = check("percelen", {"perceel_id": ["00000000000001", "12", None]})
    assert (gevonden["KL751"].aantal, gevonden["KL751"].voorbeelden) == (1, ("12",))
    assert check("panden", {"pand_id": ["363100012345678"]})["KL850"].aantal == 1
    assert "KL850" not in check("panden", {"pand_id": ["0363100012345678"]})


@pytest.mark.parametrize(
    ("datum", "vreemd"),
    [("2026-11-22", False), ("2026-11-23", True), ("1900-01-01", False), ("1899-12-31", True)],
)
def test_date_after_the_day_of_reading_or_before_1900_is_told(datum, vreemd):
    plannen = frame("plangebieden", {"idn": ["NL.IMRO.x"], "datum": [datum]})
    codes = {b.code for b in check_layer("plangebieden", plannen, DAG)}
    assert ("KL120" in codes) is vreemd


def test_permit_is_not_irrevocable_before_it_is_given_nor_older_than_the_law():
    kolommen = {
        "zaaknummer": ["1", "2", "3", "4"],
        "verleend_op": ["2025-03-01", "2025-03-01", "2023-12-31", None],
        "onherroepelijk_op": ["2025-02-01", "2025-05-01", None, "2025-01-01"],
    }
    gevonden = check("bopa", kolommen)
    assert (gevonden["KL950"].aantal, gevonden["KL951"].aantal) == (1, 1)
    assert gevonden["KL950"].voorbeelden == ("1 2025-03-01",)


def test_size_on_paper_and_on_the_map_may_differ_a_little():
    ids = [f"{n:014d}" for n in range(4)]
    gevonden = check(
        "percelen",
        {
            "perceel_id": ids,
            "aanduiding": ["A 1", "A 2", "A 3", "A 4"],
            "kadastrale_grootte_m2": [100.0, 109.0, 150.0, None],
        },
    )["KL753"]
    assert gevonden.aantal == 1
    assert gevonden.voorbeelden == (f"{ids[2]} A 3: 150,0 m2 en op de kaart 100,0 m2",)


def test_counts_of_homes_that_cannot_well_be():
    gevonden = check(
        "woningbouwplannen",
        {"plan_id": ["1", "2", "3", "4"], "woningen_toe": [-3, 10, 11, None]},
    )
    assert (gevonden["KL650"].aantal, gevonden["KL651"].aantal) == (1, 1)
    # A point has no ground to hold against its number.
    punt = {"plan_id": ["1"], "woningen_toe": [500]}
    assert check("woningbouwplannen", punt, [vak(0).centroid]) == {}


def test_year_of_building_that_cannot_well_be():
    gevonden = check(
        "panden", {"pand_id": [f"{n:016d}" for n in range(4)], "bouwjaar": [999, 1650, 2032, None]}
    )
    assert (gevonden["KL853"].aantal, gevonden["KL853"].voorbeelden[0]) == (
        2,
        "0000000000000000 999: 999",
    )


def test_sliver_is_told_also_when_it_is_a_part():
    smal = vak(0, breed=0.05)
    net_niet = vak(2, breed=0.2)
    met_deel = shapely.MultiPolygon([vak(4), vak(6, breed=0.05)])
    gevonden = check("vlakken", {"overig": ["a", "b", "c"]}, [smal, net_niet, met_deel])
    assert gevonden["KL320"].aantal == 2


def test_nothing_is_refused_and_an_empty_layer_has_no_findings():
    assert check_layer("percelen", frame("percelen", {"perceel_id": ["1"]})[:0], DAG) == ()
    kolommen = {"perceel_id": ["1", "1"], "soort_grootte": ["x", "y"]}
    for bevinding in check("percelen", kolommen, [vak(0), vak(0)], op=date(2026, 1, 1)).values():
        assert bevinding.niveau in {"waarschuwing", "melding"}
