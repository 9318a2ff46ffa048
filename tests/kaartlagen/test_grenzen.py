"""Limits hold, are said with their setting, and can be set by variable or for a block."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
import shapely

from kaartlagen import grenzen
from kaartlagen.errors import BronError
from kaartlagen.grenzen import (
    Grenzen,
    current_limits,
    limited,
    require_columns,
    require_points,
    require_rows,
    require_size,
    size_text,
)
from kaartlagen.inname import read_bestand
from tests.kaartlagen.maken import VIERKANT, imro_object, plan, write_imro, write_vector

PLAN = {"plannaam": list("abc"), "planstatus": ["1A"] * 3}


def test_every_limit_stands_in_the_table_with_its_default():
    for veld in fields(Grenzen):
        regel = next(
            r for r in str(grenzen.__doc__).splitlines()
            if r.startswith(f"DAEB_GRENS_{veld.name.upper()} ")
        )  # fmt: skip
        assert f"{getattr(Grenzen(), veld.name):,}".replace(",", ".") in regel.split()


def test_the_environment_sets_a_limit_and_a_block_goes_before_it(monkeypatch):
    monkeypatch.setenv("DAEB_GRENS_RIJEN", "7")
    assert current_limits().rijen == 7
    with limited(rijen=3):
        assert current_limits() == Grenzen(rijen=3)
        require_rows(3, "a")
        with pytest.raises(BronError, match="3"):
            require_rows(4, "a")
    assert current_limits().rijen == 7


@pytest.mark.parametrize("waarde", ["veel", "0", "-1", "1.000", "1e9", "9" * 5000])
def test_a_limit_that_is_no_number_is_refused_by_name(monkeypatch, waarde):
    monkeypatch.setenv("DAEB_GRENS_PUNTEN", waarde)
    with pytest.raises(BronError, match="DAEB_GRENS_PUNTEN"):
        current_limits()


@pytest.mark.parametrize(
    ("grens", "toets"),
    [
        ("bestand_bytes", lambda: require_size(2_000_000, "a")),
        ("rijen", lambda: require_rows(1_500, "a")),
        ("kolommen", lambda: require_columns(1_500, "a")),
        ("punten", lambda: require_points(np.array([None, VIERKANT], dtype=object), "a")),
    ],
)
def test_going_over_a_limit_names_the_setting_that_raises_it(grens, toets):
    toets()
    with limited(**{grens: 1}), pytest.raises(BronError) as gevangen:
        toets()
    assert f"DAEB_GRENS_{grens.upper()}" in gevangen.value.herstel
    assert gevangen.value.waar == "a"


@pytest.mark.parametrize("naam", ["a.gpkg", "a.shp", "a.fgb"])
@pytest.mark.parametrize("grens", ["bestand_bytes", "rijen", "kolommen", "punten"])
def test_reading_a_file_keeps_to_the_limits(tmp_path, naam, grens):
    pad = write_vector(tmp_path / naam, [VIERKANT] * 3, PLAN)
    assert len(read_bestand(pad)[0].frame) == 3
    with limited(**{grens: 1}), pytest.raises(BronError, match="grens is 1"):
        read_bestand(pad)


def test_reading_xml_keeps_to_the_limits(tmp_path):
    pad = write_imro(tmp_path / "p.gml", plan(), *(imro_object(nummer=n) for n in range(5)))
    for grens in ("rijen", "punten"):
        with limited(**{grens: 3}), pytest.raises(BronError, match="grens is 3"):
            read_bestand(pad)


def test_sizes_are_written_for_people():
    assert [size_text(n) for n in (12, 1_500, 2_340_000, 200_000_000_000)] == [
        "12 bytes", "1,5 kB", "2,3 MB", "200,0 GB",
    ]  # fmt: skip


def test_points_are_counted_per_shape_not_together():
    veel = np.array([VIERKANT] * 10, dtype=object)
    with limited(punten=5):
        require_points(veel, "a")
        with pytest.raises(BronError, match="object 2 "):
            require_points(np.array([VIERKANT, shapely.Point(0, 0).buffer(1)]), "a")
