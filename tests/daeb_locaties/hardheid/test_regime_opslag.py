from __future__ import annotations

import pytest

from daeb_locaties.akkoord import Hardheidsregel
from daeb_locaties.hardheid.bewijs import collect_grond, make_bewijs
from daeb_locaties.hardheid.regime import Regime
from daeb_locaties.hardheid.regime_opslag import RegimeOpslag, regime_key
from tests.daeb_locaties.bouwstenen import Plannen, locatie, vak

SLEUTEL = regime_key(["opname-1"], Hardheidsregel())


@pytest.fixture
def regime():
    return (
        Plannen()
        .plan(
            "NL.IMRO.9001.A-0001",
            [("Wonen", "wonen", vak(0, 0, 1, 1))],
            dossierstatus="vastgesteld",
        )
        .plan("NL.IMRO.9001.B-0001", [("Groen", "groen", vak(1, 0, 2, 1))], datum=None, tam=True)
        .regime()
    )


def bewijs_van(regime):
    loc = locatie(vak(0.5, 0, 1.5, 1))
    return make_bewijs(loc, collect_grond([loc], regime)[loc.id])


def test_stored_regime_gives_the_same_evidence(tmp_path, regime):
    opslag = RegimeOpslag(tmp_path / "regime")
    bewaard = opslag.put(SLEUTEL, regime)
    opnieuw = opslag.find(SLEUTEL)
    assert opnieuw is not None
    assert opnieuw.stukken == bewaard.stukken
    assert set(opnieuw.stukken) == set(regime.stukken)
    assert bewijs_van(opnieuw) == bewijs_van(bewaard)
    for oud, nieuw in zip(bewijs_van(regime), bewijs_van(opnieuw), strict=True):
        assert oud.oppervlakte_m2 == pytest.approx(nieuw.oppervlakte_m2, abs=1e-6)
        assert (oud.idn, oud.klasse, oud.datum, oud.bron) == (
            nieuw.idn, nieuw.klasse, nieuw.datum, nieuw.bron,
        )  # fmt: skip


def test_other_plans_or_another_rule_ask_for_another_regime(tmp_path, regime):
    opslag = RegimeOpslag(tmp_path / "regime")
    opslag.put(SLEUTEL, regime)
    assert opslag.find(regime_key(["opname-2"], Hardheidsregel())) is None
    streng = Hardheidsregel(woon_hoofdgroepen=frozenset({"wonen"}))
    assert opslag.find(regime_key(["opname-1"], streng)) is None


def test_a_new_regime_replaces_the_one_before(tmp_path, regime):
    opslag = RegimeOpslag(tmp_path / "regime")
    opslag.put(SLEUTEL, regime)
    nieuw = regime_key(["opname-2"], Hardheidsregel())
    opslag.put(nieuw, regime)
    assert opslag.find(SLEUTEL) is None
    assert opslag.find(nieuw) is not None
    assert len(list((tmp_path / "regime").glob("*.fgb"))) == 1


def test_damaged_regime_counts_as_absent(tmp_path, regime):
    opslag = RegimeOpslag(tmp_path / "regime")
    opslag.put(SLEUTEL, regime)
    (bestand,) = (tmp_path / "regime").glob("*.fgb")
    bestand.write_bytes(bestand.read_bytes()[:200])
    assert opslag.find(SLEUTEL) is None


def test_empty_regime_is_not_stored(tmp_path):
    opslag = RegimeOpslag(tmp_path / "regime")
    assert opslag.put(SLEUTEL, Regime()).stukken == ()
    assert not (tmp_path / "regime").exists()
