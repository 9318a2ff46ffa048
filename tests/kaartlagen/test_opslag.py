"""The store: immutable snapshots, the newest of each source, whole or not at all."""

from __future__ import annotations

import dataclasses
import json
import os
import threading
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal

import kaartlagen.opslag
from kaartlagen.controles import GEEN_GEMEENTE
from kaartlagen.errors import KolomError, OpslagError
from kaartlagen.herkomst import Herkomst
from kaartlagen.laagframe import contract_columns, layer_frame
from kaartlagen.lagen import LAGEN
from kaartlagen.opslag import LaagOpslag
from tests.kaartlagen.maken import VIERKANT

MINUTEN = count()


def origin(bron: str = "a.gpkg", sha: str = "a" * 64, **overig: object) -> Herkomst:
    velden = {
        "bron": bron,
        "bestand": bron,
        "sha256": sha,
        "soort": "percelen",
        "vorm": "GeoPackage",
        "crs_bron": "EPSG:28992",
        "peildatum": date(2024, 1, 1),
        # Each reading is a minute after the one before, as readings are.
        "ingelezen_op": datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=next(MINUTEN)),
        **overig,
    }
    return Herkomst(**velden)


def parcels(*namen: str, dx: float = 0.0):
    kolommen = contract_columns(
        "percelen",
        {
            "perceel_id": namen,
            "perceelnummer": [None if n == "zonder" else 7 for n in namen],
            "kadastrale_grootte_m2": [12.5] * len(namen),
        },
        range(len(namen)),
    )
    vormen = np.array(
        [shapely.affinity.translate(VIERKANT, dx + 200 * n) for n in range(len(namen))],
        dtype=object,
    )
    return layer_frame(kolommen, vormen)


def gemeenten(code: str):
    kolommen = contract_columns("gemeenten", {"gemeentecode": [code], "gemeentenaam": ["A"]}, [0])
    return layer_frame(kolommen, np.array([VIERKANT], dtype=object))


@pytest.fixture
def opslag(tmp_path: Path) -> LaagOpslag:
    return LaagOpslag(tmp_path / "project" / "lagen")


def test_what_goes_in_comes_out_with_the_contracts_types(opslag):
    frame = parcels("0001", "zonder")
    bevindingen = GEEN_GEMEENTE.report(2, ["x", "y"])
    opname = opslag.store("percelen", frame, origin(), bevindingen)
    terug = opslag.read("percelen")
    assert [*terug.columns] == [*LAGEN["percelen"].kolomnamen, "momentopname", "geometry"]
    assert set(terug["momentopname"]) == {opname.id}
    assert terug.crs.to_epsg() == 28992
    zelfde = terug.drop(columns="momentopname").sort_values("perceel_id", ignore_index=True)
    assert_geodataframe_equal(
        zelfde, frame.sort_values("perceel_id", ignore_index=True), check_like=True
    )
    assert zelfde["sectie"].tolist() == [None, None]
    assert zelfde["perceelnummer"].isna().tolist() == [False, True]
    assert opname.aantal == 2
    assert opname.oppervlakte_m2 == pytest.approx(20_000)
    assert opname.bbox_rd == (155_000, 463_000, 155_300, 463_100)


def test_the_facts_survive_a_new_process(opslag):
    bevindingen = GEEN_GEMEENTE.report(2, ["x", "y"])
    opname = opslag.store("percelen", parcels("1"), origin(peildatum=None), bevindingen)
    (terug,) = LaagOpslag(opslag.map).snapshots()
    assert terug == opname
    assert terug.herkomst.ingelezen_op.tzinfo is not None


def test_the_same_bytes_make_no_second_snapshot(opslag):
    eerste = opslag.store("percelen", parcels("1"), origin())
    weer = opslag.store("percelen", parcels("1"), origin(ingelezen_op=datetime.now(UTC)))
    assert weer == eerste
    assert len(opslag.snapshots()) == 1


@pytest.mark.parametrize(
    "anders",
    [{"sha": "b" * 64}, {"crs_bron": "EPSG:4326"}, {"peildatum": None}, {"versie": "2"}],
)
def test_other_bytes_or_another_reading_make_a_new_one_and_the_newest_counts(opslag, anders):
    opslag.store("percelen", parcels("oud"), origin())
    nieuw = opslag.store("percelen", parcels("nieuw"), origin(**anders))
    assert len(opslag.snapshots("percelen")) == 2
    assert opslag.current("percelen") == (nieuw,)
    assert opslag.read("percelen")["perceel_id"].tolist() == ["nieuw"]


def test_reading_an_older_file_again_makes_it_count_again(opslag):
    opslag.store("percelen", parcels("a"), origin(sha="a" * 64))
    opslag.store("percelen", parcels("b"), origin(sha="b" * 64))
    opslag.store("percelen", parcels("a"), origin(sha="a" * 64))
    assert opslag.read("percelen")["perceel_id"].tolist() == ["a"]
    assert len(opslag.snapshots()) == 3


def test_sources_count_together_except_in_a_complete_cover(opslag):
    opslag.store("percelen", parcels("a"), origin("a.gpkg"))
    opslag.store("percelen", parcels("b"), origin("b.gpkg", "b" * 64))
    assert sorted(opslag.read("percelen")["perceel_id"]) == ["a", "b"]
    opslag.store("gemeenten", gemeenten("0001"), origin("a.gpkg"))
    opslag.store("gemeenten", gemeenten("0002"), origin("b.gpkg", "b" * 64))
    assert opslag.read("gemeenten")["gemeentecode"].tolist() == ["0002"]


def test_the_order_of_rows_is_the_same_every_time(opslag):
    for bron in ("c", "a", "b"):
        opslag.store("percelen", parcels("1", "2", "3"), origin(bron, bron * 64))
    eerste = opslag.read("percelen")
    assert_geodataframe_equal(eerste, LaagOpslag(opslag.map).read("percelen"))
    assert eerste.index.tolist() == list(range(9))


def test_a_box_gives_the_rows_that_meet_it(opslag):
    opslag.store("percelen", parcels("a", "b", "c"), origin())
    opslag.store("percelen", parcels("ver", dx=9_000), origin("ver", "b" * 64))
    gevonden = opslag.read("percelen", bbox=(155_150, 463_000, 155_250, 463_050))
    assert gevonden["perceel_id"].tolist() == ["b"]
    niets = opslag.read("percelen", bbox=(0, 300_000, 1, 300_001))
    assert len(niets) == 0
    assert [*niets.columns] == [*gevonden.columns]


@pytest.mark.parametrize("laag", list(LAGEN))
def test_an_empty_layer_has_its_contracts_columns_and_types(opslag, laag):
    leeg = opslag.read(laag)
    assert [*leeg.columns] == [*LAGEN[laag].kolomnamen, "momentopname", "geometry"]
    assert leeg.crs.to_epsg() == 28992
    verwacht = {"text": "object", "int": "Int64", "float": "float64", "bool": "boolean"}
    for kolom in LAGEN[laag].kolommen:
        assert str(leeg[kolom.naam].dtype) == verwacht[kolom.type]
    assert opslag.snapshots(laag) == ()


def test_nothing_is_made_before_the_first_store(opslag):
    opslag.read("percelen")
    opslag.snapshots()
    assert not opslag.map.exists()


def test_a_removed_snapshot_gives_way_to_the_one_before(opslag):
    oud = opslag.store("percelen", parcels("oud"), origin())
    nieuw = opslag.store("percelen", parcels("nieuw"), origin(sha="b" * 64))
    opslag.remove(nieuw.id)
    assert opslag.current("percelen") == (oud,)
    assert not nieuw.pad.exists()
    with pytest.raises(OpslagError, match="bestaat niet"):
        opslag.remove(nieuw.id)


def test_an_empty_frame_and_other_columns_are_refused(opslag):
    with pytest.raises(OpslagError, match="geen rijen"):
        opslag.store("percelen", parcels(), origin())
    with pytest.raises(KolomError, match="verwacht"):
        opslag.store("gemeenten", parcels("1"), origin())
    assert not opslag.map.exists()


def test_rows_without_facts_are_no_snapshot(opslag, monkeypatch):
    def fail(*_: object) -> None:
        raise OpslagError("de schijf is vol.")

    monkeypatch.setattr(kaartlagen.opslag, "write_text", fail)
    with pytest.raises(OpslagError):
        opslag.store("percelen", parcels("1"), origin())
    assert opslag.snapshots() == ()
    assert len(opslag.read("percelen")) == 0


def test_a_damaged_snapshot_is_said_with_the_remedy(opslag):
    opname = opslag.store("percelen", parcels("1"), origin())
    opname.pad.write_bytes(b"stuk")
    with pytest.raises(OpslagError, match="beschadigd") as gevangen:
        opslag.read("percelen")
    assert "a.gpkg" in gevangen.value.herstel
    opname.pad.with_suffix(".json").write_text('{"vorm": 1}')
    with pytest.raises(OpslagError, match="beschadigd"):
        LaagOpslag(opslag.map).snapshots()


def test_the_facts_are_plain_json(opslag):
    opname = opslag.store("percelen", parcels("1"), origin())
    feiten = json.loads(opname.pad.with_suffix(".json").read_text(encoding="utf-8"))
    assert feiten["herkomst"]["sha256"] == "a" * 64
    assert feiten["bbox_rd"] == [155_000, 463_000, 155_100, 463_100]


def test_readers_and_writers_at_once_never_see_half_a_snapshot(opslag):
    fouten: list[BaseException] = []

    def write(nummer: int) -> None:
        opslag_ = LaagOpslag(opslag.map)
        for keer in range(5):
            opslag_.store(
                "percelen", parcels("1", "2"), origin(f"{nummer}", f"{nummer}{keer}" * 16)
            )

    def read() -> None:
        for _ in range(20):
            frame = LaagOpslag(opslag.map).read("percelen")
            assert len(frame) % 2 == 0

    def guarded(taak, *argumenten: object) -> None:
        try:
            taak(*argumenten)
        except BaseException as fout:  # noqa: BLE001  (shown by the test below)
            fouten.append(fout)

    draden = [threading.Thread(target=guarded, args=(write, n)) for n in range(2)]
    draden.append(threading.Thread(target=guarded, args=(read,)))
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert fouten == []
    assert len(LaagOpslag(opslag.map).read("percelen")) == 4


def test_every_layer_stores_every_geometry_that_it_allows(opslag):
    vormen = {
        "vlak": [VIERKANT, shapely.MultiPolygon([VIERKANT])],
        "lijn": [VIERKANT.exterior, shapely.MultiLineString([VIERKANT.exterior.coords])],
        "punt": [shapely.Point(155_000, 463_000), shapely.MultiPoint([(155_000, 463_000)])],
    }
    vormen["lijn"][0] = shapely.LineString(VIERKANT.exterior.coords)
    vormen["alle"] = [*vormen["vlak"], *vormen["lijn"], *vormen["punt"]]
    for naam, laag in LAGEN.items():
        rij = np.empty(len(vormen[laag.geometrie]), dtype=object)
        rij[:] = vormen[laag.geometrie]
        frame = layer_frame(contract_columns(naam, {}, range(len(rij))), rij)
        opslag.store(naam, frame, origin())
        terug = opslag.read(naam)
        # Single and multi forms may become one; a point never becomes a line.
        assert sorted(shapely.get_dimensions(terug.geometry)) == sorted(
            shapely.get_dimensions(frame.geometry)
        )
        assert all(pd.isna(terug[k]).all() for k in laag.kolomnamen)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root mag overal schrijven")
def test_a_folder_that_may_not_be_written_is_said(tmp_path):
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(OpslagError, match="map"):
            LaagOpslag(tmp_path / "lagen").store("percelen", parcels("1"), origin())
    finally:
        tmp_path.chmod(0o755)


def test_newest_is_the_one_with_the_latest_peildatum_whatever_was_read_last(opslag):
    nieuw = opslag.store("gemeenten", gemeenten("0002"), origin("b", peildatum=date(2023, 1, 1)))
    opslag.store("gemeenten", gemeenten("0001"), origin("a", "b" * 64, peildatum=date(2022, 1, 1)))
    assert opslag.current("gemeenten") == (nieuw,)


def test_same_source_is_named_alike_in_every_project(tmp_path):
    namen = {
        LaagOpslag(tmp_path / naam).store("percelen", parcels("1"), origin()).id for naam in "ab"
    }
    assert len(namen) == 1


def test_source_that_returns_to_an_earlier_state_counts_again_under_its_own_name(opslag):
    eerste = opslag.store("percelen", parcels("a"), origin(sha="a" * 64))
    opslag.store("percelen", parcels("b"), origin(sha="b" * 64))
    weer = opslag.store("percelen", parcels("a"), origin(sha="a" * 64))
    assert weer.id == f"{eerste.id}-2"
    assert opslag.current("percelen") == (weer,)


def test_snapshot_from_before_a_column_reads_it_as_unknown(opslag, monkeypatch):
    laag = LAGEN["percelen"]
    ouder = dataclasses.replace(laag, kolommen=laag.kolommen[:-1])
    monkeypatch.setitem(LAGEN, "percelen", ouder)
    frame = parcels("1", "2")
    opslag.store("percelen", frame[[*ouder.kolomnamen, "geometry"]], origin())
    monkeypatch.setitem(LAGEN, "percelen", laag)
    gelezen = opslag.read("percelen")
    assert gelezen[laag.kolomnamen[-1]].tolist() == [None, None]
    assert set(gelezen["perceel_id"]) == {"1", "2"}
