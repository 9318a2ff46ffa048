"""Checks are numbered once and for all, and a finding is whole Dutch sentences."""

from __future__ import annotations

import pytest

import kaartlagen.controles as module
from kaartlagen.controles import MAX_VOORBEELDEN, Controle

CONTROLES = [waarde for waarde in vars(module).values() if isinstance(waarde, Controle)]


def test_every_code_is_used_once():
    codes = [controle.code for controle in CONTROLES]
    assert len(codes) == len(set(codes)) > 20


@pytest.mark.parametrize("controle", CONTROLES, ids=lambda c: c.code)
def test_every_check_speaks_in_sentences(controle):
    for zin in filter(None, (controle.wat, controle.waarom, controle.herstel)):
        assert zin[0].isupper()
        assert zin.endswith(".")


def test_a_check_that_saw_nothing_reports_nothing():
    assert module.GEEN_GEOMETRIE.report(0, ["x"]) == ()


def test_examples_are_few_and_the_count_is_whole():
    (bevinding,) = module.GEEN_GEOMETRIE.report(900, (f"rij {n}" for n in range(900)))
    assert bevinding.aantal == 900
    assert len(bevinding.voorbeelden) == MAX_VOORBEELDEN
    assert bevinding.niveau == "fout"


def test_the_case_at_hand_stands_between_what_and_why():
    (bevinding,) = module.GEOMETRIE_HERSTELD.report(1, uitleg="Dit geval.")
    wat, waarom = module.GEOMETRIE_HERSTELD.wat, module.GEOMETRIE_HERSTELD.waarom
    assert bevinding.uitleg.startswith(f"{wat} Dit geval. {waarom}")
