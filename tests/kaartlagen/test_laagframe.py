"""Frames obey their contract: types, order, and JSON that loses nothing."""

from __future__ import annotations

import json
from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaartlagen.getallen import square_metres
from kaartlagen.laagframe import as_text, contract_columns, rest_as_json, row_name, typed
from kaartlagen.lagen import LAGEN


@pytest.mark.parametrize(
    ("waarde", "tekst"),
    [(None, None), (np.nan, None), (pd.NA, None), (pd.NaT, None), ("", None), ("  ", None),
     (" a ", "a"), ("0202", "0202"), (363, "363"), (363.0, "363"), (np.float64(1.5), "1.5"),
     (np.int64(7), "7"), (True, "True")],
)  # fmt: skip
def test_values_become_text_without_inventing_any(waarde, tekst):
    assert as_text(waarde) == tekst


WAARDEN = st.one_of(
    st.none(), st.integers(), st.floats(), st.booleans(), st.text(max_size=8),
    st.binary(max_size=8), st.just(pd.NA), st.just(pd.NaT), st.just(np.int64(2**62)),
    st.just(np.float64(1.5)),
    st.just("9" * 5_000), st.just("²"), st.dates(),
)  # fmt: skip


@given(
    waarden=st.lists(WAARDEN, max_size=6), soort=st.sampled_from(["text", "int", "float", "bool"])
)
def test_whatever_a_cell_holds_it_becomes_its_type_or_unknown(waarden, soort):
    reeks = typed(waarden, soort, pd.RangeIndex(len(waarden)))
    assert len(reeks) == len(waarden)
    for waarde, gelezen in zip(waarden, reeks, strict=True):
        if soort == "int" and type(waarde) is int and abs(waarde) < 2**63:
            assert gelezen == waarde
        if soort == "int" and not pd.isna(gelezen):
            assert float(waarde) == pytest.approx(float(gelezen))


@pytest.mark.parametrize(
    ("soort", "waarde", "gelezen"),
    [
        ("int", 2**63, None), ("int", 10**400, None), ("int", 2.5, None), ("int", "12", 12),
        ("int", "twaalf", None), ("int", 2298.0, 2298), ("int", float("inf"), None),
        ("float", "1.5", 1.5), ("float", "abc", None), ("float", 10**400, None),
        ("bool", 1, True), ("bool", 2, None), ("bool", "ja", None),
    ],
)  # fmt: skip
def test_a_value_of_another_type_is_read_or_unknown(soort, waarde, gelezen):
    (uit,) = typed([waarde], soort, pd.RangeIndex(1))
    assert uit == gelezen if gelezen is not None else pd.isna(uit)


@pytest.mark.parametrize("laag", list(LAGEN))
def test_absent_columns_are_there_and_empty(laag):
    kolommen = contract_columns(laag, {}, [4, 7])
    assert tuple(kolommen.columns) == LAGEN[laag].kolomnamen
    assert kolommen.index.tolist() == [4, 7]
    assert kolommen.isna().to_numpy().all()


waarden = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
)


@given(rijen=st.lists(st.dictionaries(st.sampled_from("abc"), waarden), min_size=1))
def test_the_rest_of_a_row_comes_back_from_its_json(rijen):
    frame = pd.DataFrame(rijen, columns=list("abc"), dtype=object)
    terug = [json.loads(tekst) for tekst in rest_as_json(frame)]
    assert terug == [{naam: rij.get(naam) for naam in "abc"} for rij in rijen]


def test_types_of_files_become_plain_json():
    frame = pd.DataFrame(
        {
            "heel": pd.array([1, None], dtype="Int64"),
            "kommagetal": [1.5, np.nan],
            "datum": [date(2024, 5, 3), None],
            "moment": pd.to_datetime([datetime(2024, 5, 3, 12, 0), None]),  # noqa: DTZ001
            "oneindig": [np.inf, -np.inf],
        }
    )
    eerste, tweede = (json.loads(tekst) for tekst in rest_as_json(frame))
    assert eerste == {
        "heel": 1, "kommagetal": 1.5, "datum": "2024-05-03", "moment": "2024-05-03T12:00:00",
        "oneindig": "inf",
    }  # fmt: skip
    assert tweede == {
        "heel": None, "kommagetal": None, "datum": None, "moment": None, "oneindig": "-inf",
    }  # fmt: skip
    assert rest_as_json(frame[[]]) == [None, None]


def test_a_row_is_named_by_its_first_filled_columns_else_its_number():
    kolommen = contract_columns(
        "gemeenten", {"gemeentecode": ["0363", None], "gemeentenaam": ["A", None]}, [0, 9]
    )
    assert row_name(kolommen, 0) == "0363 A"
    assert row_name(kolommen, 1) == "rij 10"


@pytest.mark.parametrize(
    ("m2", "tekst"),
    [
        (0, "0,0 m2"),
        (1234.56, "1.234,6 m2"),
        (0.0123, "0,012 m2"),
        (1e-9, "minder dan 0,001 m2"),
        (-2.0, "-2,0 m2"),
    ],
)
def test_areas_are_written_as_people_read_them(m2, tekst):
    assert square_metres(m2) == tekst
