"""Numbers and dates in Dutch."""

from datetime import date

import pytest

from webmap.notatie import format_datum, format_getal, format_procent


@pytest.mark.parametrize(
    ("waarde", "decimalen", "tekst"),
    [
        (1234.5, 1, "1.234,5"),
        (0, 0, "0"),
        (-1200, 0, "−1.200"),
        (None, 0, "–"),
        (1e6, 0, "1.000.000"),
    ],
)
def test_number_has_points_and_a_comma(waarde: float | None, decimalen: int, tekst: str) -> None:
    assert format_getal(waarde, decimalen) == tekst


def test_share_is_a_percentage_that_does_not_break_over_lines() -> None:
    assert format_procent(0.654) == "65\u00a0%"
    assert format_procent(None) == "–"


def test_date_is_day_month_year() -> None:
    assert format_datum(date(2026, 11, 2)) == "02-11-2026"
    assert format_datum(None) == "–"
