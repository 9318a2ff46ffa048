"""The list of checks: no code twice, none ever gone, none left out."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import kaartlagen
from kaartlagen.controlelijst import CONTROLES, CONTROLEVERSIE

UITGEGEVEN = Path(__file__).with_name("controlecodes.txt")
"""Codes that were once given out. Add to this list; never take anything away: a code in a
stored snapshot must stay explicable."""


def test_no_code_is_used_twice():
    assert [code for code, n in Counter(c.code for c in CONTROLES).items() if n > 1] == []


def test_no_code_that_was_given_out_is_gone_and_every_new_one_is_written_down():
    uitgegeven = UITGEGEVEN.read_text(encoding="utf-8").split()
    nu = {controle.code for controle in CONTROLES}
    assert set(uitgegeven) - nu == set()
    assert nu - set(uitgegeven) == set(), f"voeg toe aan {UITGEGEVEN.name}"


def test_every_code_in_the_source_is_in_the_list():
    map_ = Path(kaartlagen.__file__).parent
    codes = {
        code
        for pad in map_.rglob("*.py")
        for code in re.findall(r'"(KL\d+)"', pad.read_text(encoding="utf-8"))
    }
    assert codes == {controle.code for controle in CONTROLES}


def test_a_check_has_a_code_of_its_subject_and_whole_dutch_sentences():
    for controle in CONTROLES:
        assert re.fullmatch(r"KL[1-9]\d\d", controle.code)
        for tekst in (controle.wat, controle.waarom, controle.herstel):
            assert tekst == tekst.strip()
            assert not tekst or tekst[-1] in '.".', controle.code
        assert controle.wat


def test_version_tells_how_many_there_are():
    assert CONTROLEVERSIE.startswith(f"kaartlagen-controles {len(CONTROLES)}-")
