"""Layers in memory give what the store gives."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from kaartlagen.herkomst import Herkomst
from kaartlagen.opslag import LaagOpslag
from webmap.geheugen import Laaggeheugen

X, Y = 93_000, 436_000


def maak_plannen(*namen: str, x: float = X) -> gpd.GeoDataFrame:
    """One row per name, side by side, 10 m wide."""
    rijen = [
        {
            "idn": f"NL.IMRO.9001.{naam}",
            "object_id": naam,
            "naam": naam,
            "soort": "enkelbestemming",
            "hoofdgroep": "wonen",
            "artikelnummer": None,
        }
        for naam in namen
    ]
    vormen = [box(x + 10 * i, Y, x + 10 * (i + 1), Y + 10) for i in range(len(namen))]
    return gpd.GeoDataFrame(rijen, geometry=vormen, crs=28992)


def maak_herkomst(bron: str, sha256: str) -> Herkomst:
    return Herkomst(
        bron=bron,
        bestand=f"{bron}.gml",
        sha256=sha256 * 64,
        soort="imro",
        vorm="IMRO2012 GML",
        crs_bron="EPSG:28992",
        peildatum=date(2024, 1, 1),
        ingelezen_op=datetime(2026, 1, 1, tzinfo=UTC),
        versie="0",
    )


@pytest.fixture(scope="module")
def opslag(tmp_path_factory: pytest.TempPathFactory) -> LaagOpslag:
    opslag = LaagOpslag(tmp_path_factory.mktemp("lagen"))
    for nummer in range(3):
        frame = maak_plannen("a", "b", "c", "d", x=X + 40 * nummer)
        opslag.store("bestemmingsvlakken", frame, maak_herkomst(f"plan{nummer}", str(nummer)))
    return opslag


_plek = st.integers(-30, 150)


@given(x1=_plek, x2=_plek, y1=_plek, y2=_plek)
def test_every_box_gives_the_rows_that_the_store_gives(
    opslag: LaagOpslag, x1: int, x2: int, y1: int, y2: int
) -> None:
    # Half metres: whether a box that only touches counts is the file's own affair.
    bbox = (
        X + min(x1, x2) + 0.5,
        Y + min(y1, y2) + 0.5,
        X + max(x1, x2) + 0.6,
        Y + max(y1, y2) + 0.6,
    )
    eigen = Laaggeheugen().read(opslag, "bestemmingsvlakken", bbox)
    winkel = opslag.read("bestemmingsvlakken", bbox=bbox)
    for kolom in ("idn", "object_id", "momentopname"):
        assert sorted(eigen[kolom]) == sorted(winkel[kolom])
    assert eigen.geometry.area.sum() == pytest.approx(winkel.geometry.area.sum())


def test_a_second_reading_opens_no_file(
    opslag: LaagOpslag, monkeypatch: pytest.MonkeyPatch
) -> None:
    geheugen = Laaggeheugen()
    eerste = geheugen.read(opslag, "bestemmingsvlakken", None)
    monkeypatch.setattr(LaagOpslag, "read", None)
    tweede = geheugen.read(opslag, "bestemmingsvlakken", (X, Y, X + 5, Y + 5))
    assert len(tweede) < len(eerste)


def test_a_new_snapshot_is_seen_at_once(tmp_path: Path) -> None:
    opslag, geheugen = LaagOpslag(tmp_path), Laaggeheugen()
    assert geheugen.read(opslag, "bestemmingsvlakken", (X, Y, X + 5, Y + 5)).empty
    opslag.store("bestemmingsvlakken", maak_plannen("oud"), maak_herkomst("plan", "1"))
    assert list(geheugen.read(opslag, "bestemmingsvlakken", None)["naam"]) == ["oud"]
    opslag.store("bestemmingsvlakken", maak_plannen("nieuw"), maak_herkomst("plan", "2"))
    assert list(geheugen.read(opslag, "bestemmingsvlakken", None)["naam"]) == ["nieuw"]


def test_a_large_layer_is_read_from_its_file_each_time(opslag: LaagOpslag) -> None:
    geheugen = Laaggeheugen(grens=5)
    bbox = (X + 1.0, Y + 1.0, X + 5.0, Y + 5.0)
    gelezen = geheugen.read(opslag, "bestemmingsvlakken", bbox)
    assert list(gelezen["naam"]) == ["a"]
    assert geheugen._bewaard == {}
    assert np.array_equal(gelezen.total_bounds, [X, Y, X + 10, Y + 10])
