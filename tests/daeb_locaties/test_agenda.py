"""What the register itself puts on the agenda, and that the same cause is one point."""

from __future__ import annotations

import dataclasses

from daeb_locaties.agenda import compare_agenda, derive_agenda
from daeb_locaties.balans import compute_balans
from daeb_locaties.begrippen import Paaroordeel, Planstatus, Signaal
from daeb_locaties.gespreksbegrippen import Agendasoort, Agendastatus, Knelpunt
from daeb_locaties.koppelen.bod import current_biedingen
from daeb_locaties.model import Dubbelpaar
from tests.daeb_locaties.bouwstenen import locatie
from tests.daeb_locaties.test_balans import AKKOORD, bod_van, regel_van


def derive(*regels, paren=(), biedingen=()):
    gekozen = current_biedingen(biedingen, AKKOORD)
    return derive_agenda(regels, paren, compute_balans(regels, gekozen, AKKOORD))


def met_signaal(signaal, code="9001", status=Planstatus.S2A, **kenmerken):
    regel = regel_van(locatie(**kenmerken), status, code, {})
    return dataclasses.replace(
        regel, oordeel=dataclasses.replace(regel.oordeel, signalen=(signaal,))
    )


def test_a_conflict_is_a_point_with_its_locatie_and_explanation():
    regel = met_signaal(Signaal.PLANSTATUS_STRIJDIG, id="a", naam="Hoflaan")
    (punt,) = derive(regel)
    assert (punt.soort, punt.gemeentecode, punt.locatie_ids) == (
        Agendasoort.CONFLICT, "9001", ("a",),
    )  # fmt: skip
    assert "Hoflaan" in punt.titel
    assert punt.toelichting == regel.oordeel.uitleg


def test_a_signal_that_is_no_matter_for_the_table_gives_no_point():
    assert derive(met_signaal(Signaal.ONHERROEPELIJK_ONBEKEND)) == ()


def test_a_missing_number_and_an_unknown_hardheid_are_points():
    regel = regel_van(locatie(daeb=None), Planstatus.ONBEKEND, "9001", {})
    assert [punt.soort for punt in derive(regel)] == [Agendasoort.ONTBREKEND] * 2


def test_a_locatie_without_gemeente_has_no_agenda():
    assert derive(met_signaal(Signaal.PLANSTATUS_STRIJDIG, code=None)) == ()


def test_an_undecided_pair_is_a_point_for_every_gemeente_that_it_touches():
    regels = [
        regel_van(locatie(id=id_, naam=id_), Planstatus.S2A, code, {})
        for id_, code in (("a", "9001"), ("b", "9002"))
    ]
    paar = Dubbelpaar("a", "b", "zelfde grond", 10.0, 0.6, apart=True)
    punten = derive(*regels, paren=[paar])
    assert [punt.gemeentecode for punt in punten] == ["9001", "9002"]
    assert "telt nu niet mee" in (punten[0].toelichting or "")
    beslist = dataclasses.replace(paar, besluit=Paaroordeel.VERSCHILLEND)
    assert derive(*regels, paren=[beslist]) == ()


def test_a_bod_without_locaties_and_without_toelichting_is_told():
    punten = derive(biedingen=[bod_van("9001", 0, sloop=5), bod_van("9002", 40)])
    assert [(p.gemeentecode, p.soort) for p in punten] == [
        ("9001", Agendasoort.BOD), ("9002", Agendasoort.BOD),
    ]  # fmt: skip
    assert "toelichting" in punten[0].titel
    assert "40 van de 40" in (punten[1].toelichting or "")


def test_the_same_cause_is_the_same_point():
    regel = met_signaal(Signaal.PLANSTATUS_STRIJDIG, id="a")
    (een,), (twee,) = derive(regel), derive(regel)
    uitkomst = compare_agenda([twee], [een])
    assert (uitkomst.nieuw, uitkomst.anders, uitkomst.zonder_oorzaak) == ((), (), ())


def test_an_open_point_gets_the_words_of_today_and_a_closed_one_keeps_its_own():
    (punt,) = derive(met_signaal(Signaal.PLANSTATUS_STRIJDIG, id="a"))
    oud = dataclasses.replace(punt, toelichting="zoals het was", versie=3)
    (anders,) = compare_agenda([punt], [oud]).anders
    assert (anders.toelichting, anders.versie) == (punt.toelichting, 3)
    dicht = dataclasses.replace(oud, status=Agendastatus.AFGEROND)
    assert compare_agenda([punt], [dicht]).anders == ()


def test_an_open_derived_point_without_its_cause_is_named_and_one_by_hand_is_not():
    (punt,) = derive(met_signaal(Signaal.PLANSTATUS_STRIJDIG, id="a"))
    hand = dataclasses.replace(punt, id="b", herkomst="hand")
    assert compare_agenda([], [punt, hand]).zonder_oorzaak == (punt,)


def test_the_knelpunten_are_the_twenty_one_of_the_planmonitor():
    assert len(Knelpunt) == 21
    assert Knelpunt("netcongestie").label == "Netcongestie"
