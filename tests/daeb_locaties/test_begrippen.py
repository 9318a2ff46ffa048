from __future__ import annotations

import pytest

from daeb_locaties.begrippen import (
    Component,
    Planstatus,
    normalise_planstatus,
    planstatus_contradicts_itself,
)

SPELLINGEN = [
    ("1A Onherroepelijk", "1A"),
    ("1a_onherroepelijk", "1A"),
    ("1A. Onherroepelijk", "1A"),
    ("1A_ONHERROEPELIJK", "1A"),
    ("1B. Onherroepelijk, uitwerkingsplicht", "1B"),
    ("1B_ONHERROEPELIJK_MET_UITWERKING_NODIG", "1B"),
    ("1C_ONHERROEPELIJK_MET_BW_NODIG", "1C"),
    ("1C Onherroepelijk, wijzigingsbevoegdheid", "1C"),
    ("2A. Vastgesteld", "2A"),
    ("2B Vastgesteld, uitwerkingsplicht", "2B"),
    ("2C. Vastgesteld, wijzigingsbevoegdheid", "2C"),
    ("3 In voorbereiding", "3"),
    ("3_IN_VOORBEREIDING", "3"),
    ("4A. Visie", "4A"),
    ("4B. Idee", "4B"),
    ("4B. Optie", "4B"),
    ("4A_OPGENOMEN_IN_VISIE", "4A"),
    ("4B_NIET_OPGENOMEN_IN_VISIE", "4B"),
    ("1c Onherroepelijk B&W nodig", "1C"),
    ("2c Vastgesteld B&W nodig", "2C"),
    ("2b Vastgesteld uitwerking nodig", "2B"),
    ("4a Opgenomen in de visie", "4A"),
    ("4b Niet opgenomen in de visie", "4B"),
    ("_2A_VASTGESTELD", "2A"),
    ("3", "3"),
    ("3. In voorbereiding, nog niet vastgesteld", "3"),
    ("2B", "2B"),
    ("5A. Ambtelijk met locatie", "5A"),
    ("5B. Ambtelijk zonder locatie", "5B"),
    ("2a", "2A"),
    ("  2A  ", "2A"),
    ("Vastgesteld", "2A"),
    ("Onherroepelijk, wijzigingsbevoegdheid", "1C"),
    ("Onbekend", "onbekend"),
    ("", "onbekend"),
    (None, "onbekend"),
    ("10 woningen", "onbekend"),
    ("1", "onbekend"),
    ("6A", "onbekend"),
    ("3A", "onbekend"),
]


@pytest.mark.parametrize(("tekst", "code"), SPELLINGEN)
def test_normalise_planstatus_reads_every_spelling(tekst, code):
    assert normalise_planstatus(tekst).value == code


@pytest.mark.parametrize(
    ("tekst", "code"),
    [
        ("4B. Visie", "onbekend"),  # The letters of class 4 are swapped by some suppliers.
        ("4A. Idee", "onbekend"),
        ("4b_opgenomen_in_de_visie", "onbekend"),
        ("3. Vastgesteld", "onbekend"),
        ("1A. Vastgesteld", "onbekend"),
        ("2A. Onherroepelijk", "onbekend"),
        ("1A. Onherroepelijk, uitwerkingsplicht", "onbekend"),
        ("5A. Ambtelijk zonder locatie", "onbekend"),
    ],
)
def test_normalise_planstatus_checks_the_word_beside_the_code(tekst, code):
    assert normalise_planstatus(tekst).value == code
    assert planstatus_contradicts_itself(tekst)


@pytest.mark.parametrize(("tekst", "_code"), SPELLINGEN)
def test_only_a_code_beside_another_word_contradicts_itself(tekst, _code):
    assert not planstatus_contradicts_itself(tekst)


@pytest.mark.parametrize("status", list(Planstatus))
def test_every_label_reads_back_as_its_own_code(status):
    assert normalise_planstatus(status.label) is status


def test_components_that_take_homes_away_have_a_minus():
    weg = {c.value for c in Component if c.teken < 0}
    assert weg == {"sloop", "verkoop", "liberalisatie"}
