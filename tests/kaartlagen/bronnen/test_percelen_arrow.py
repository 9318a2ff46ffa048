"""Percelen a column at a time are the percelen of the rules for single values."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from kaartlagen.bronnen.arrowwaarden import repeated, text_column
from kaartlagen.bronnen.deel import Deel, OngeschiktError
from kaartlagen.bronnen.percelen import parcel_columns, parcel_findings
from kaartlagen.bronnen.percelen_arrow import Perceeltelling, parcel_table
from kaartlagen.laagframe import as_text, columns_from_arrow

TEKST = st.none() | st.sampled_from(
    ["", " ", "A", " b", "é", "\u00a0x\u00a0", "OTL02", "x\t", "\x1f"]
)
TEKST |= st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=4)
GEHEEL = st.none() | st.integers(-3, 9999)
GETAL = st.none() | st.sampled_from([12.0, 1.5, -2.0, 363.0, float("nan"), float("inf")])
CIJFERS = st.none() | st.sampled_from(["12", "007", " 8 ", "-1", "x", "1.5", "", "3e2", "nan"])

KOLOM = st.sampled_from(
    [(TEKST, pa.string()), (GEHEEL, pa.int64()), (GETAL, pa.float64()), (CIJFERS, pa.string()),
     (GEHEEL, pa.int32()), (CIJFERS, pa.large_string())]
)  # fmt: skip
DELEN = (
    "perceel_id", "akr", "kadastrale_gemeente", "sectie", "perceelnummer", "grootte",
    "soort_grootte", "aanduiding", "eigenaar",
)  # fmt: skip
NULLABLE = {pa.int64(): pd.Int64Dtype(), pa.int32(): pd.Int32Dtype()}


@st.composite
def kolommen(draw):
    n = draw(st.integers(1, 12))
    namen = draw(st.lists(st.sampled_from(DELEN[7:]), unique=True))
    uit = {}
    for naam in (*DELEN[:7], *namen):
        waarde, soort = draw(KOLOM)
        uit[naam] = pa.array(draw(st.lists(waarde, min_size=n, max_size=n)), soort)
    return uit


def as_read_whole(kolom: pa.Array) -> pd.Series:
    """The column as `kaartlagen.lezen` hands it to the rules for single values."""
    return kolom.to_pandas(types_mapper=NULLABLE.get).astype(object)


@settings(max_examples=300)
@given(kolommen(), st.integers(1, 12))
def test_columns_and_findings_are_those_of_single_values(waarden, knip):
    n = len(waarden["akr"])
    heel = parcel_columns({naam: as_read_whole(k) for naam, k in waarden.items()}, range(n))
    snel = parcel_table(waarden, n)
    assert_frame_equal(columns_from_arrow("percelen", snel, range(n)), heel)
    telling = Perceeltelling()
    for van in range(0, n, knip):
        deel = snel.slice(van, knip)
        rijen = np.arange(len(deel))
        telling.add(Deel(deel, pa.nulls(len(deel), pa.binary()), rijen, len(deel)), van)
    assert telling.findings() == parcel_findings(heel)


@settings(max_examples=200)
@given(st.lists(TEKST), st.integers(0, 3))
def test_text_is_trimmed_as_single_values_are_also_in_a_slice(teksten, van):
    kolom = pa.array(teksten, pa.string()).slice(van)
    assert text_column(kolom).to_pylist() == [as_text(tekst) for tekst in teksten[van:]]


@given(st.lists(st.none() | st.sampled_from("abc")))
def test_repeated_values_are_those_of_pandas(waarden):
    reeks = pd.Series(waarden, dtype=object)
    verwacht = (reeks.notna() & reeks.duplicated()).tolist()
    assert repeated(pa.array(waarden, pa.string())).tolist() == verwacht


@pytest.mark.parametrize(
    "kolom",
    [pa.array([True]), pa.array([b"x"]), pa.array(["a\x00b"]), pa.array([1], pa.timestamp("s"))],
)
def test_what_only_single_values_know_is_left_to_them(kolom):
    with pytest.raises(OngeschiktError):
        parcel_table({"perceel_id": kolom}, 1)


def test_a_number_beyond_64_bits_is_left_to_the_other_road():
    with pytest.raises(OngeschiktError):
        parcel_table({"perceelnummer": pa.array([2**63], pa.uint64())}, 1)


def test_digits_beyond_64_bits_are_no_perceelnummer():
    tabel = parcel_table({"perceelnummer": pa.array(["9" * 20])}, 1)
    assert tabel.column("perceelnummer").to_pylist() == [None]
