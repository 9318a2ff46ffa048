"""What each form of planlijst says of DAEB, and what it does not."""

from __future__ import annotations

import json

import pytest

from daeb_locaties.begrippen import Component, Maat
from daeb_locaties.plantelling import Opmerking
from daeb_locaties.planvormen import count_form

GRENZEN = {2024: 879.66}


def daeb(telling):
    return {
        (a.component.value, a.jaar): a.waarschijnlijk
        for a in telling.aantallen
        if a.maat is Maat.DAEB
    }


def bounds(telling):
    return [
        (a.waarschijnlijk, a.minimum, a.maximum) for a in telling.aantallen if a.maat is Maat.DAEB
    ]


def jaar(jaartal, **aantallen):
    return {"jaartal": jaartal, "meergezins_koop3": 2} | aantallen


def pzh(jaren, netto=None, verhuurder="Combinatie"):
    overig = {
        "year_properties": json.dumps(jaren),
        "ph_short3": netto,
        "verhuurder_type": verhuurder,
    }
    telling = count_form(overig, GRENZEN)
    assert telling is not None
    return telling


class TestZuidHolland:
    """`year_properties` tells social rent by year, `ph_short3` that of corporaties alone."""

    def test_net_equal_to_social_rent_makes_every_year_daeb(self):
        telling = pzh(
            [jaar(2026, meergezins_huur1=10, eengezins_huur2=2), jaar(2027, onbekend_huur1=3)], 15
        )
        assert daeb(telling) == {("nieuwbouw", 2026): 12, ("nieuwbouw", 2027): 3}
        assert telling.opmerkingen == frozenset()

    def test_demolition_counts_when_all_rent_is_of_a_corporatie(self):
        jaren = [jaar(2026, meergezins_huur1=10, sloop_eengezins_huur1=4, sloop_eengezins_koop1=9)]
        telling = pzh(jaren, 6, "Woningcorporatie")
        assert daeb(telling) == {("nieuwbouw", 2026): 10, ("sloop", 2026): 4}

    def test_net_that_may_hide_other_owners_on_both_sides_stays_net(self):
        jaren = [jaar(2026, meergezins_huur1=10, sloop_eengezins_huur1=4)]
        telling = pzh(jaren, 6)
        assert daeb(telling) == {("nieuwbouw", None): 6}
        assert Opmerking.ALLEEN_NETTO in telling.opmerkingen

    def test_other_landlords_leave_the_year_open_unless_there_is_one(self):
        een = pzh([jaar(2026, meergezins_huur1=10), jaar(2027)], 8)
        assert daeb(een) == {("nieuwbouw", 2026): 8}
        twee = pzh([jaar(2026, meergezins_huur1=10), jaar(2027, meergezins_huur1=5)], 8)
        assert daeb(twee) == {("nieuwbouw", None): 8}
        assert twee.opmerkingen == {Opmerking.JAAR_ONBEKEND}

    def test_no_corporatie_homes_is_0_and_not_unknown(self):
        assert daeb(pzh([jaar(2026, meergezins_huur1=10)], 0)) == {("nieuwbouw", None): 0}
        assert daeb(pzh([jaar(2026, meergezins_huur4=10)], 0)) == {("nieuwbouw", None): 0}

    def test_a_class_that_is_not_known_leaves_room(self):
        telling = pzh([jaar(2026, meergezins_huur1=10, onbekend_onbekend=4)], 10)
        assert bounds(telling) == [(10, 10, 14)]
        assert Opmerking.DEELS_ONBEKEND in telling.opmerkingen
        assert daeb(pzh([jaar(2026, meergezins_huur_onb=4)], 0)) == {}

    def test_without_the_net_number_only_the_landlord_tells(self):
        jaren = [jaar(2026, meergezins_huur1=10)]
        assert daeb(pzh(jaren)) == {}
        assert daeb(pzh(jaren, verhuurder="Woningcorporatie")) == {("nieuwbouw", 2026): 10}

    def test_a_net_number_that_cannot_be_is_no_number(self):
        telling = pzh([jaar(2026, meergezins_huur1=10)], 12)
        assert (daeb(telling), telling.opmerkingen) == ({}, {Opmerking.STRIJDIG})

    def test_net_demolition(self):
        assert daeb(pzh([jaar(2026, sloop_meergezins_huur2=7)], -7)) == {("sloop", 2026): 7}

    @pytest.mark.parametrize("gebouwd", ["Ja", "Nee"])
    def test_bouw_gerealiseerd_changes_nothing(self, gebouwd):
        jaren = [jaar(2020, meergezins_huur1=10, bouw_gerealiseerd=gebouwd)]
        assert daeb(pzh(jaren, 10)) == {("nieuwbouw", 2020): 10}

    def test_the_net_number_without_lists(self):
        telling = count_form({"ph_short3": 9}, GRENZEN)
        assert telling is not None
        assert daeb(telling) == {("nieuwbouw", None): 9}

    def test_all_rent_social_gives_the_doelgroepvoorraad_too(self):
        jaren = [{"jaartal": 2026, "meergezins_huur1": 10, "meergezins_huur4": 5}]
        maten = {(a.maat, a.waarschijnlijk) for a in pzh(jaren, 8).aantallen}
        assert maten == {(Maat.DAEB, 8)}
        maten = {(a.maat, a.waarschijnlijk) for a in pzh(jaren, 10).aantallen}
        assert maten == {(Maat.DAEB, 10), (Maat.DOELGROEPVOORRAAD, 10)}


def categorie(aantal, jaren=(), **velden):
    detail = [{"jaartal": j, "aantal_gepland": n} for j, n in jaren]
    return {"totaal_gepland": aantal, "detailplanning": detail} | velden


def zeeland(*regels):
    telling = count_form({"plancategorieen": list(regels)}, GRENZEN)
    assert telling is not None
    return telling


class TestZeeland:
    """Only the cut by price speaks of social rent; the other cuts are of the same homes."""

    def test_social_rent_by_year_and_what_is_left_without_one(self):
        telling = zeeland(
            categorie(40, nieuwbouw="Nieuwbouw"),
            categorie(40, woning_type="Meergezins"),
            categorie(25, [(2026, 10), (2027, 5)], betaalbaarheid="Sociale huur"),
            categorie(15, betaalbaarheid="Koop dure koop"),
        )
        assert daeb(telling) == {
            ("nieuwbouw", 2026): 10, ("nieuwbouw", 2027): 5, ("nieuwbouw", None): 10,
        }  # fmt: skip
        assert {Opmerking.SOCIAAL_IS_DAEB, Opmerking.JAAR_ONBEKEND} == telling.opmerkingen

    def test_what_is_built_is_no_longer_to_come(self):
        telling = zeeland(
            categorie(25, [(2026, 15)], betaalbaarheid="Sociale huur", totaal_gerealiseerd=10)
        )
        assert daeb(telling) == {("nieuwbouw", 2026): 15}

    def test_homes_without_a_price_class_leave_room(self):
        telling = zeeland(
            categorie(40, nieuwbouw="Nieuwbouw"),
            categorie(25, [(2026, 25)], betaalbaarheid="Sociale huur"),
        )
        assert bounds(telling) == [(0, 0, 15), (25, None, None)]

    def test_demolition_does_not_say_what_goes(self):
        telling = zeeland(
            categorie(25, [(2026, 25)], betaalbaarheid="Sociale huur"), categorie(6, sloop="Sloop")
        )
        assert daeb(telling) == {("nieuwbouw", 2026): 25, ("sloop", None): 0}
        assert (0, 0, 6) in bounds(telling)
        sociaal = zeeland(categorie(6, sloop="Sloop", betaalbaarheid="Sociale huur"))
        assert daeb(sociaal) == {("sloop", None): 6}

    def test_only_a_total_is_no_daeb_number(self):
        assert zeeland(categorie(40, nieuwbouw="Nieuwbouw")).aantallen == ()
        assert zeeland().aantallen == ()

    def test_no_social_rent_is_0(self):
        telling = zeeland(
            categorie(15, nieuwbouw="Nieuwbouw"), categorie(15, betaalbaarheid="Huur dure huur")
        )
        assert daeb(telling) == {("nieuwbouw", None): 0}

    def test_a_crossed_table_counts_once(self):
        telling = zeeland(
            categorie(20, [(2026, 20)], nieuwbouw="Nieuwbouw", betaalbaarheid="Sociale huur",
                      woning_type="Eengezins"),
            categorie(5, nieuwbouw="Nieuwbouw", betaalbaarheid="Koop dure koop"),
        )  # fmt: skip
        assert daeb(telling) == {("nieuwbouw", 2026): 20}
        assert bounds(telling) == [(20, None, None)]

    def test_years_over_the_total_are_kept_and_said(self):
        telling = zeeland(categorie(5, [(2026, 8)], betaalbaarheid="Sociale huur"))
        assert daeb(telling) == {("nieuwbouw", 2026): 8}
        assert Opmerking.STRIJDIG in telling.opmerkingen

    def test_a_class_out_of_the_list_is_not_known(self):
        assert zeeland(categorie(5, betaalbaarheid="Erfpacht")).aantallen == ()


def blok(bouw=None, sloop=None, sectie="Bouw gegevens", **cellen):
    basis = {"Woning aantallen/Bouw": bouw, "Woning aantallen/Sloop": sloop}
    return {k: v for k, v in basis.items() if v is not None} | {
        f"{sectie}/{naam}": aantal for naam, aantal in cellen.items()
    }


def diwi(*blokken, grenzen=GRENZEN):
    telling = count_form({"woningblokken": list(blokken)}, grenzen)
    assert telling is not None
    return telling


VAN_CORPORATIE = "HUURWONING_WONINGCORPORATIE"
SOCIAAL = "Huurprijs woningcorporatie categorie/Sociale huur"
ONDER_GRENS = "Huurprijs woningcorporatie/0-879,66"


class TestDiwiExcel:
    """A block has its counts side by side: by date, by owner, by rent."""

    @pytest.mark.parametrize("prijs", [SOCIAAL, ONDER_GRENS])
    def test_rent_of_a_corporatie_under_the_limit_in_the_year_of_the_block(self, prijs):
        een = blok(30, **{"Opleverdatum/2026-12-31": 30, "Huur woningcorporatie": 20, prijs: 20,
                          "Koopwoning": 10})  # fmt: skip
        assert daeb(diwi(een)) == {("nieuwbouw", 2026): 20}

    def test_demolition_has_its_own_columns(self):
        een = blok(None, 8, "Sloop gegevens", **{"Opleverdatum/2025-06-30": 8,
                                                 "Huur woningcorporatie": 8,
                                                 SOCIAAL: 8})  # fmt: skip
        assert daeb(diwi(een)) == {("sloop", 2025): 8}

    def test_more_dates_give_a_year_only_to_a_block_of_one_class(self):
        datums = {"Opleverdatum/2026-12-31": 10, "Opleverdatum/2027-12-31": 20}
        zuiver = blok(30, **datums, **{"Huur woningcorporatie": 30, SOCIAAL: 30})
        assert daeb(diwi(zuiver)) == {("nieuwbouw", 2026): 10, ("nieuwbouw", 2027): 20}
        gemengd = blok(30, **datums, **{"Huur woningcorporatie": 20, SOCIAAL: 20, "Koopwoning": 10})
        telling = diwi(gemengd)
        assert daeb(telling) == {("nieuwbouw", None): 20}
        assert Opmerking.JAAR_ONBEKEND in telling.opmerkingen

    def test_rents_that_are_not_told_leave_room(self):
        telling = diwi(blok(30, **{"Huur woningcorporatie": 30, SOCIAAL: 20}))
        assert bounds(telling) == [(20, 20, 30)]
        assert Opmerking.PRIJS_ONBEKEND in telling.opmerkingen
        assert diwi(blok(30, **{"Huur woningcorporatie": 30})).aantallen == ()
        assert (
            diwi(blok(30, **{"Huur woningcorporatie": 30, ONDER_GRENS: 30}), grenzen={}).aantallen
            == ()
        )

    def test_homes_without_an_owner_leave_room(self):
        telling = diwi(blok(30, **{"Huur woningcorporatie": 20, SOCIAAL: 20}))
        assert bounds(telling) == [(20, 20, 30)]
        telling = diwi(
            blok(30, **{"Eigendom type onbekend": 10, "Huur woningcorporatie": 20, SOCIAAL: 20})
        )
        assert bounds(telling) == [(20, 20, 30)]

    def test_only_a_total_is_no_daeb_number(self):
        assert diwi(blok(30)).aantallen == ()
        assert diwi().aantallen == ()

    def test_all_for_sale_is_0(self):
        assert daeb(diwi(blok(30, Koopwoning=30))) == {("nieuwbouw", None): 0}
        dure = blok(
            30, **{"Particuliere verhuurder": 30, "Huurprijs particuliere verhuurder/0-700": 30}
        )
        telling = diwi(dure)
        assert daeb(telling) == {("nieuwbouw", None): 0}
        # Rent under the limit of a private landlord is in the doelgroepvoorraad.
        assert [
            a.waarschijnlijk for a in telling.aantallen if a.maat is Maat.DOELGROEPVOORRAAD
        ] == [30]

    @pytest.mark.parametrize(
        "cellen",
        [{"Huur woningcorporatie": 40, SOCIAAL: 40}, {"Huur woningcorporatie": 10, SOCIAAL: 20}],
    )
    def test_counts_that_contradict_each_other_are_no_number(self, cellen):
        telling = diwi(blok(30, **cellen))
        assert telling.aantallen == ()
        assert Opmerking.STRIJDIG in telling.opmerkingen

    def test_blocks_of_a_project_are_added(self):
        een = blok(10, **{"Opleverdatum/2026-12-31": 10, "Huur woningcorporatie": 10, SOCIAAL: 10})
        twee = blok(5, **{"Opleverdatum/2026-03-01": 5, "Huur woningcorporatie": 5, SOCIAAL: 5})
        assert daeb(diwi(een, twee)) == {("nieuwbouw", 2026): 15}


def geoblok(aantal, soort="CONSTRUCTION", eigenaar=VAN_CORPORATIE, datum="2027-06-30", waarde=None):
    return {
        "mutatiegegevens": {"mutatie_type": soort, "aantal": aantal, "eigendom_type": eigenaar},
        "einddatum": datum,
        "waarde": waarde,
    }


def geojson(*blokken):
    telling = count_form({"woning_blokken": json.dumps(blokken)}, GRENZEN)
    assert telling is not None
    return telling


class TestDiwiGeojson:
    """A block has one count; its owner and price are known when there is one of each."""

    def test_a_block_of_a_corporatie_under_the_limit(self):
        telling = geojson(
            geoblok(30, waarde={"laag": 0, "hoog": 879.66}),
            geoblok(4, "DEMOLITION", waarde={"laag": 0, "hoog": 600}, datum=None),
        )
        assert daeb(telling) == {("nieuwbouw", 2027): 30, ("sloop", None): 4}

    def test_the_owner_may_stand_with_the_price(self):
        waarde = [{"categorie": VAN_CORPORATIE, "laag": 0, "hoog": 700}]
        assert daeb(geojson(geoblok(30, eigenaar=None, waarde=waarde))) == {("nieuwbouw", 2027): 30}

    @pytest.mark.parametrize(
        "waarde",
        [None, {}, {"laag": 0, "hoog": 2_000}, [{"categorie": "KOOPWONING"}, {"categorie": "X"}]],
    )
    def test_without_one_owner_and_price_there_is_no_number(self, waarde):
        assert geojson(geoblok(30, waarde=waarde)).aantallen == ()

    def test_homes_for_sale_are_no_daeb(self):
        assert daeb(geojson(geoblok(30, eigenaar="KOOPWONING"))) == {("nieuwbouw", None): 0}


def test_a_plan_of_no_known_form_is_left_to_its_columns():
    assert count_form({"daeb_nieuwbouw_2026": 3, "year_properties": "geen lijst"}, GRENZEN) is None
    assert Component.NIEUWBOUW.teken == 1
