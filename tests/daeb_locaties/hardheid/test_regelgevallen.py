"""Every numbered rule against its four cases, and the table of them in the docs."""

from __future__ import annotations

from pathlib import Path

import pytest

from daeb_locaties.akkoord import Drempels, Hardheidsregel
from daeb_locaties.hardheid.afleiding import derive
from daeb_locaties.hardheid.bewijs import collect_grond
from daeb_locaties.hardheid.oordeel import judge
from daeb_locaties.hardheid.regels import REGELS
from scripts.gevallen import TABEL, format_table
from tests.daeb_locaties.hardheid.regelgevallen import REGELGEVALLEN, SOORTEN

ALLE = [
    (code, soort, geval)
    for code, vier in REGELGEVALLEN.items()
    for soort, geval in zip(SOORTEN, vier, strict=True)
]


def test_every_rule_has_its_four_cases():
    assert list(REGELGEVALLEN) == list(REGELS)


@pytest.mark.parametrize(("code", "soort", "geval"), ALLE, ids=[f"{c}-{s}" for c, s, _ in ALLE])
def test_geval_of_regel(code, soort, geval):
    loc, rule = geval.locatie(), Hardheidsregel()
    grond = collect_grond([loc], geval.plannen.regime(rule))
    ruimte = geval.plannen.ruimte(loc, grond, geval.woningen)
    oordeel = judge(loc, derive(loc, grond[loc.id], rule, Drempels(), ruimte), rule)
    regels = {oordeel.regel, oordeel.regel_afleiding}
    regels |= {deel.stuk.grond.regel for deel in grond[loc.id]}
    uitkomst = (code in regels, oordeel.planstatus.value, oordeel.hardheid.value)
    assert uitkomst == (geval.geldt, geval.planstatus, geval.hardheid), oordeel.uitleg


def test_the_table_in_the_docs_is_this_one():
    assert Path(TABEL).read_text(encoding="utf-8") == format_table()
