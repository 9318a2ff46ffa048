"""A stored layer as a GeoPackage: its rows, where they come from, and what was found."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime, timedelta

import geopandas as gpd
import pyogrio
import pytest
import shapely

from kaartlagen.controles import GEEN_GEMEENTE
from kaartlagen.errors import KolomError, OpslagError
from kaartlagen.herkomst import Herkomst
from kaartlagen.inname import ingest
from kaartlagen.laaguitvoer import export_layer
from kaartlagen.lagen import LAGEN
from kaartlagen.opslag import LaagOpslag
from tests.kaartlagen.toetsen.maken import frame, vak

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


def store(opslag, laag, kolommen, vormen=None, *, bron="a.gpkg", uur=0, bevindingen=(), **velden):
    herkomst = Herkomst(
        bron=bron,
        bestand=bron,
        sha256=f"{uur:064d}",
        soort=laag,
        vorm="GeoPackage",
        crs_bron="EPSG:28992",
        peildatum=date(2026, 1, 1),
        ingelezen_op=BEGIN + timedelta(hours=uur),
        **velden,
    )
    return opslag.store(laag, frame(laag, kolommen, vormen), herkomst, bevindingen)


@pytest.fixture
def opslag(tmp_path) -> LaagOpslag:
    return LaagOpslag(tmp_path / "lagen")


def test_layer_goes_out_with_its_herkomst_and_findings(opslag, tmp_path):
    opname = store(
        opslag,
        "percelen",
        {"perceel_id": ["1", "2"], "perceelnummer": [7, None]},
        eigenaar="Kadaster",
        licentie="CC BY 4.0",
        url="https://voorbeeld/items",
        gereedschap="kaartlagen 0.1.0",
        bevindingen=GEEN_GEMEENTE.report(2, ["x", "y"]),
    )
    doel = tmp_path / "percelen.gpkg"
    uitkomst = export_layer(opslag, "percelen", doel)
    assert uitkomst.lagen == {"percelen": 2, "herkomst": 1, "bevindingen": 1}
    assert uitkomst.momentopnamen == (opname.id,)
    rijen = gpd.read_file(doel, layer="percelen", engine="pyogrio")
    assert rijen.crs.to_epsg() == 28992
    assert set(LAGEN["percelen"].kolomnamen) < set(rijen.columns)
    assert set(rijen["momentopname"]) == {opname.id}
    assert sorted(rijen["perceel_id"]) == ["1", "2"]
    (herkomst,) = pyogrio.read_dataframe(doel, layer="herkomst").to_dict("records")
    assert herkomst["momentopname"] == opname.id
    assert (herkomst["eigenaar"], herkomst["licentie"]) == ("Kadaster", "CC BY 4.0")
    assert (herkomst["url"], herkomst["sha256"]) == ("https://voorbeeld/items", "0" * 64)
    assert (herkomst["peildatum"], herkomst["aantal"]) == ("2026-01-01", 2)
    (bevinding,) = pyogrio.read_dataframe(doel, layer="bevindingen").to_dict("records")
    assert (bevinding["code"], bevinding["voorbeelden"]) == ("KL501", "x; y")


def test_it_can_be_read_in_again_as_the_same_rows(opslag, tmp_path):
    store(opslag, "percelen", {"perceel_id": ["1", "2"], "aanduiding": ["A 1", "A 2"],
                               "sectie": ["A", "A"], "perceelnummer": [1, 2]})  # fmt: skip
    doel = tmp_path / "percelen.gpkg"
    export_layer(opslag, "percelen", doel)
    ander = LaagOpslag(tmp_path / "ander")
    (inname,) = ingest([doel], ander).lagen
    assert (inname.laag, inname.opgenomen, inname.geweigerd) == ("percelen", 2, 0)
    kolommen = [*LAGEN["percelen"].kolomnamen]
    eerst = opslag.read("percelen")[kolommen].sort_values("perceel_id", ignore_index=True)
    later = ander.read("percelen")[kolommen].sort_values("perceel_id", ignore_index=True)
    assert eerst.equals(later)


def test_equal_snapshots_give_equal_bytes(opslag, tmp_path):
    store(opslag, "gemeenten", {"gemeentecode": ["0001"], "gemeentenaam": ["A"]})
    sommen = {
        export_layer(opslag, "gemeenten", tmp_path / naam / "uit.gpkg").sha256
        for naam in ("een", "twee")
        if (tmp_path / naam).mkdir() is None
    }
    assert len(sommen) == 1


def test_one_snapshot_goes_out_on_request_also_when_it_no_longer_counts(opslag, tmp_path):
    oud = store(opslag, "percelen", {"perceel_id": ["oud"]})
    nieuw = store(opslag, "percelen", {"perceel_id": ["nieuw"]}, uur=1)
    doel = tmp_path / "uit.gpkg"
    export_layer(opslag, "percelen", doel, momentopname=oud.id)
    assert gpd.read_file(doel, layer="percelen", engine="pyogrio")["perceel_id"].tolist() == ["oud"]
    assert export_layer(opslag, "percelen", doel).momentopnamen == (nieuw.id,)


def test_layer_of_mixed_geometry_gets_a_table_for_each(opslag, tmp_path):
    lijn = shapely.LineString([(155_000, 463_000), (155_010, 463_000)])
    store(
        opslag,
        "figuren",
        {"idn": ["a"] * 3, "object_id": ["1", "2", "3"]},
        [vak(0), lijn, vak(0).centroid],
    )
    uitkomst = export_layer(opslag, "figuren", tmp_path / "uit.gpkg")
    tabellen = {naam: n for naam, n in uitkomst.lagen.items() if naam.startswith("figuren")}
    assert tabellen == {"figuren_vlakken": 1, "figuren_lijnen": 1, "figuren_punten": 1}


def test_bestemmingen_carry_their_qgis_style(opslag, tmp_path):
    store(
        opslag,
        "bestemmingsvlakken",
        {"idn": ["a"], "object_id": ["1"], "soort": ["enkelbestemming"], "hoofdgroep": ["wonen"]},
    )
    doel = tmp_path / "uit.gpkg"
    export_layer(opslag, "bestemmingsvlakken", doel)
    with sqlite3.connect(doel) as verbinding:
        (stijl,) = verbinding.execute("select f_table_name, styleQML from layer_styles").fetchall()
    verbinding.close()
    assert stijl[0] == "bestemmingsvlakken"
    assert 'attr="hoofdgroep"' in stijl[1]
    assert 'value="wonen"' in stijl[1]


@pytest.mark.parametrize("laag", LAGEN)
def test_every_layer_goes_out(opslag, tmp_path, laag):
    vorm = {"punt": vak(0).centroid, "lijn": vak(0).exterior}.get(LAGEN[laag].geometrie, vak(0))
    if vorm.geom_type == "LinearRing":
        vorm = shapely.LineString(vorm.coords)
    store(opslag, laag, {LAGEN[laag].kolomnamen[0]: ["a"]}, [vorm])
    doel = tmp_path / "uit.gpkg"
    assert export_layer(opslag, laag, doel).lagen[laag] == 1
    assert len(gpd.read_file(doel, layer=laag, engine="pyogrio")) == 1


def test_what_is_not_there_is_refused_and_nothing_is_written(opslag, tmp_path):
    doel = tmp_path / "uit.gpkg"
    with pytest.raises(KolomError, match="Kies uit: gemeenten"):
        export_layer(opslag, "wegen", doel)
    with pytest.raises(OpslagError, match="niets ingelezen"):
        export_layer(opslag, "percelen", doel)
    opname = store(opslag, "percelen", {"perceel_id": ["1"]})
    with pytest.raises(OpslagError, match=opname.id):
        export_layer(opslag, "percelen", doel, momentopname="percelen-x")
    assert not doel.exists()
