"""The history of a locatie, read as a person reads it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from daeb_locaties.begrippen import Component, Maat, Paaroordeel, Planstatus
from daeb_locaties.model import Aantal, Besluit, Paarbesluit
from daeb_locaties.register import Auteur, Register
from daeb_locaties.register.geschiedenis import read_history
from daeb_locaties.register.paren import decide_pair
from daeb_locaties.register.samenvoegen import merge_locaties
from daeb_locaties.register.splitsen import split_locatie
from daeb_locaties.register.terugdraaien import undo
from daeb_locaties.register.wijzigen import (
    Wijziging,
    change_locatie,
    end_locatie,
    override_verdict,
)
from tests.daeb_locaties.bouwstenen import locatie, vak
from tests.daeb_locaties.register.test_splitsen import lijn

JAN = Auteur("Jan Smit", "gemeente Schiedam")
# New year's eve in UTC, new year's day in the Netherlands.
MOMENT = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
KOP = "Op 1 januari 2027"


@pytest.fixture
def register(registerplaats):
    with Register(registerplaats, klok=lambda: MOMENT) as register:
        register.put_locaties(
            [
                replace(
                    locatie(vak(0, 0, 2, 1), id="a"),
                    aantallen=(Aantal(Component.NIEUWBOUW, Maat.DAEB, 2027, 20),),
                ),
                locatie(vak(2, 0, 3, 1), id="b", naam="Kade"),
            ],
            wie="opdrachtregel",
            reden="ingelezen uit planlijst.gpkg",
        )
        yield register


def zinnen(register, id_="a"):
    return [regel.zin for regel in read_history(register, id_)]


def wijzig(register, aantallen=None, reden="omdat de raad het besloot", **velden):
    versie = register.locatie("a").versie
    change_locatie(register, Wijziging("a", versie, velden, aantallen or {}), JAN, reden)


def test_history_begins_with_where_it_came_from(register):
    assert zinnen(register) == [
        f"{KOP} nam opdrachtregel de locatie 'Hoflaan' op (reden: ingelezen uit planlijst.gpkg)."
    ]


def test_count_reads_as_a_sentence(register):
    sleutel = (Component.NIEUWBOUW, Maat.DAEB, 2027)
    wijzig(register, {sleutel: Aantal(*sleutel, 24)})
    assert zinnen(register)[-1] == (
        f"{KOP} wijzigde Jan Smit (gemeente Schiedam) het aantal DAEB-woningen in 2027 van 20 "
        "naar 24, omdat de raad het besloot."
    )


@pytest.mark.parametrize(
    ("velden", "deel"),
    [
        ({"naam": "Laan"}, "de naam van 'Hoflaan' naar 'Laan'"),
        ({"corporaties": ("A", "B")}, "de corporaties van niets naar A, B"),
        ({"woningen_totaal": 1200}, "het totaal aantal woningen van niets naar 1.200"),
        (
            {
                "planstatus_opgegeven": Planstatus.S2A,
                "planstatus_datum": date(2026, 5, 3),
                "planstatus_herkomst": "raadsbesluit 12",
            },
            (
                "de opgegeven planstatus van niets naar 2A. Vastgesteld (bron: raadsbesluit 12, "
                "3 mei 2026)"
            ),
        ),
        (
            {"geometrie_rd": locatie(vak(0, 0, 1, 1)).geometrie_rd},
            "de begrenzing van een vlak van 20.000 m2 naar een vlak van 10.000 m2",
        ),
    ],
)
def test_every_field_has_its_words(register, velden, deel):
    wijzig(register, **velden)
    assert deel in zinnen(register)[-1]


def test_several_changes_are_one_sentence(register):
    sleutel = (Component.SLOOP, Maat.DOELGROEPVOORRAAD, None)
    wijzig(register, {sleutel: Aantal(*sleutel, 6, 4, 9)}, plantype="Verdichting", reden="brief.")
    assert zinnen(register)[-1] == (
        f"{KOP} wijzigde Jan Smit (gemeente Schiedam) het aantal woningen in de "
        "doelgroepvoorraad (sloop) zonder jaar van niets naar 6 (minimaal 4, maximaal 9) en het "
        "plantype van niets naar 'Verdichting' (reden: brief)."
    )


def test_life_of_a_locatie_reads_from_beginning_to_end(register):
    besluit = Besluit(Planstatus.S3, "nog niet besloten", date(2026, 1, 1))
    override_verdict(register, "a", 1, besluit, JAN, "brief")
    decide_pair(register, Paarbesluit("a", "b", Paaroordeel.VERSCHILLEND, "twee gebouwen"), JAN)
    uitkomst = split_locatie(register, "a", 2, lijn((1, -1), (1, 2)), JAN, "twee eigenaren")
    undo(register, uitkomst.gebeurtenis, JAN, "vergissing")
    end_locatie(register, "a", 4, JAN, "plan ingetrokken")
    regels = zinnen(register)
    jan = "Jan Smit (gemeente Schiedam)"
    assert regels[1:] == [
        (
            f"{KOP} wijzigde {jan} het besluit over de planstatus van niets naar "
            "3. In voorbereiding (nog niet besloten) (reden: brief)."
        ),
        (
            f"{KOP} legde {jan} over een mogelijk dubbel paar vast: verschillende woningen (reden: "
            "twee gebouwen)."
        ),
        f"{KOP} splitste {jan} deze locatie in 2 delen (reden: twee eigenaren).",
        (
            f"{KOP} draaide {jan} gebeurtenis {uitkomst.gebeurtenis} terug: de beëindiging van "
            "1 januari 2027 (twee eigenaren) naar niets en de opvolgers van 2 locaties naar niets "
            "(reden: vergissing)."
        ),
        f"{KOP} beëindigde {jan} deze locatie (reden: plan ingetrokken).",
    ]
    deel = zinnen(register, uitkomst.locaties[0].id)
    assert deel[0].startswith(f"{KOP} maakte {jan} de locatie 'Hoflaan (deel 1)' door een andere")


def test_merge_is_told_on_both_sides(register):
    (samen,) = merge_locaties(register, {"a": 1, "b": 1}, JAN, "een plan").locaties
    assert "voegde Jan Smit (gemeente Schiedam) deze locatie samen" in zinnen(register)[-1]
    assert "door 2 locaties samen te voegen" in zinnen(register, samen.id)[0]
