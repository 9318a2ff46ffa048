"""The stacked bar of the balans."""

from hypothesis import given
from hypothesis import strategies as st

from daeb_locaties.begrippen import Maat
from daeb_locaties.model import Balansregel
from webmap.balk import scale_of, stack

_aantal = st.integers(0, 100_000)


def maak_rij(
    hard: int, zacht: int, onbekend: int, bod: int | None, doel: int | None = None
) -> Balansregel:
    gedekt = hard + zacht + onbekend
    return Balansregel(
        gemeentecode="9001",
        naam="Aadorp",
        maat=Maat.DAEB,
        bod_versie="bod",
        bod=bod,
        hard=hard,
        zacht=zacht,
        onbekend=onbekend,
        zonder_locatie=max(0, (bod or 0) - gedekt),
        boven_bod=max(0, gedekt - (bod or 0)),
        dubbel=0,
        doel=doel,
        stap=None,
        toelichting_nodig=False,
        toelichting_aanwezig=False,
    )


@given(hard=_aantal, zacht=_aantal, onbekend=_aantal, bod=st.none() | _aantal, doel=_aantal)
def test_parts_lie_side_by_side_within_the_full_width(
    hard: int, zacht: int, onbekend: int, bod: int | None, doel: int
) -> None:
    rij = maak_rij(hard, zacht, onbekend, bod, doel)
    balk = stack(rij, scale_of([rij]))
    einde = 0.0
    for deel in balk.delen:
        assert abs(deel.begin - einde) < 0.01
        einde = deel.begin + deel.breedte
    assert einde <= 100.01
    assert balk.doel is not None
    assert balk.doel <= 100
    assert balk.bod is None or balk.bod <= 100


def test_widths_follow_the_numbers_on_one_scale() -> None:
    rijen = [maak_rij(10, 20, 10, 100), maak_rij(50, 0, 0, 50)]
    schaal = scale_of(rijen)
    assert schaal == 100
    assert [deel.breedte for deel in stack(rijen[0], schaal).delen] == [10, 20, 10, 60]
    assert [deel.breedte for deel in stack(rijen[1], schaal).delen] == [50, 0, 0, 0]


def test_more_homes_demolished_than_built_gets_no_width_but_keeps_its_number() -> None:
    rij = maak_rij(-30, 10, 0, 40)
    deel = stack(rij, scale_of([rij])).delen[0]
    assert (deel.aantal, deel.breedte) == (-30, 0)


def test_nothing_at_all_is_a_bar_without_parts() -> None:
    balk = stack(maak_rij(0, 0, 0, None), scale_of([]))
    assert all(deel.breedte == 0 for deel in balk.delen)
    assert balk.bod is None
