from __future__ import annotations

import pytest
from shapely import Point

from daeb_locaties.akkoord import Akkoord, AkkoordGemeente
from daeb_locaties.begrippen import Signaal
from daeb_locaties.koppelen.gemeente import gemeente_signals, link_gemeenten
from daeb_locaties.model import GemeenteAandeel
from tests.daeb_locaties.bouwstenen import OORSPRONG, gemeenten, locatie, vak

KAART = gemeenten(
    ("9001", "Westveld", vak(-10, -10, 1, 10)), ("9002", "Oostveld", vak(1, -10, 12, 10))
)


def link(loc, kaart=KAART, akkoord=None):
    return link_gemeenten([loc], kaart, akkoord or Akkoord())[loc.id]


def test_gemeente_is_the_one_with_the_largest_share():
    delen = link(locatie(vak(0.4, 0, 1.4, 1)))
    assert [(d.gemeentecode, round(d.aandeel, 6)) for d in delen] == [("9001", 0.6), ("9002", 0.4)]
    assert gemeente_signals(locatie(), delen) == (Signaal.OVER_GEMEENTEGRENS,)


def test_border_sliver_is_ignored_below_the_drempel_and_reported_on_it():
    assert len(link(locatie(vak(0.011, 0, 1.011, 1)))) == 1
    assert len(link(locatie(vak(0.02, 0, 1.02, 1)))) == 2


def test_equal_shares_go_to_the_lower_code():
    assert link(locatie(vak(0.5, 0, 1.5, 1)))[0].gemeentecode == "9001"


def test_locatie_outside_every_gemeente_is_unknown():
    loc = locatie(vak(50, 50, 51, 51))
    assert link(loc) == ()
    assert gemeente_signals(loc, ()) == (Signaal.GEEN_GEMEENTE,)


def test_without_layer_every_gemeente_is_unknown():
    assert link(locatie(), gemeenten()) == ()


def test_point_lies_in_one_gemeente_even_on_the_border():
    op_grens = Point(OORSPRONG[0] + 100, OORSPRONG[1])
    delen = link(locatie(op_grens))
    assert [d.gemeentecode for d in delen] == ["9001"]


def test_predecessor_counts_as_the_gemeente_of_today():
    akkoord = Akkoord(gemeenten=(AkkoordGemeente("9009", "Heelveld", ("9001", "9002")),))
    delen = link(locatie(vak(0.4, 0, 1.4, 1)), akkoord=akkoord)
    assert [(d.gemeentecode, d.gemeentenaam, round(d.aandeel, 9)) for d in delen] == [
        ("9009", "Heelveld", 1.0)
    ]


@pytest.mark.parametrize(
    ("opgegeven", "naam", "wijkt_af"),
    [
        ("Hengelo", "Hengelo (O.)", False),
        ("gemeente Hengelo", "Hengelo", False),
        ("HOF VAN TWENTE", "Hof van Twente", False),
        ("GM9001", "Hengelo", False),
        ("9001", "Hengelo", False),
        ("9002", "Hengelo", True),
        ("Borne", "Hengelo", True),
        (None, "Hengelo", False),
    ],
)
def test_named_gemeente_is_compared_by_name_or_code(opgegeven, naam, wijkt_af):
    signalen = gemeente_signals(locatie(gemeente=opgegeven), (GemeenteAandeel("9001", naam, 1.0),))
    assert (Signaal.GEMEENTE_WIJKT_AF in signalen) is wijkt_af
