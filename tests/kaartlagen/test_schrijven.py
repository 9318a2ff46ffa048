"""Writing whole or not at all, and reading back what was written."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyogrio
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from kaartlagen.errors import CrsError, KolomError, OpslagError
from kaartlagen.schrijven import (
    bewijs as bewijzen,
)
from kaartlagen.schrijven import (
    geopackage,
    write_bytes,
    write_flatgeobuf,
    write_geopackage,
    write_text,
)
from kaartlagen.stijl import Stijl
from kaartlagen.teruglezen import Laagbeeld, require_equal

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
VIERKANT = shapely.box(80_000, 430_000, 80_100, 430_100)


def frame(**kolommen: object) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        kolommen or {"naam": ["een", None]},
        geometry=[VIERKANT, shapely.box(81_000, 431_000, 81_010, 431_010)],
        crs=28992,
    )


def only(map_: Path, *namen: str) -> bool:
    """Whether a folder holds these files and nothing else, hidden ones included."""
    return sorted(p.name for p in map_.iterdir()) == sorted(namen)


# --- whole or not at all ---


def test_text_is_written_as_utf8_with_unix_line_ends(tmp_path: Path) -> None:
    write_text(tmp_path / "a.txt", "één\ntwee\n")
    assert (tmp_path / "a.txt").read_bytes() == "één\ntwee\n".encode()
    assert only(tmp_path, "a.txt")


def test_missing_folder_is_refused_in_dutch(tmp_path: Path) -> None:
    with pytest.raises(OpslagError, match="map bestaat niet"):
        write_bytes(tmp_path / "weg" / "a.bin", b"x")


def test_folder_as_target_is_refused(tmp_path: Path) -> None:
    (tmp_path / "map.gpkg").mkdir()
    with pytest.raises(OpslagError, match="dit is een map"):
        write_bytes(tmp_path / "map.gpkg", b"x")


@pytest.mark.parametrize(
    ("fout", "melding"),
    [
        (OSError(28, "No space left on device"), "schijf is vol"),
        (PermissionError(13, "Permission denied"), "ander programma houdt het bestand open"),
        (OSError(30, "Read-only file system"), "alleen gelezen"),
    ],
)
def test_failing_rename_leaves_the_old_file_and_no_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fout: OSError, melding: str
) -> None:
    pad = tmp_path / "a.bin"
    write_bytes(pad, b"oud")

    def refuse(self: Path, doel: Path) -> Path:
        raise fout

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OpslagError, match=melding):
        write_bytes(pad, b"nieuw")
    assert pad.read_bytes() == b"oud"
    assert only(tmp_path, "a.bin")


@pytest.mark.skipif(os.name == "nt", reason="rlimit bestaat niet op Windows")
@pytest.mark.parametrize("vorm", ["gpkg", "fgb"])
def test_full_disk_is_an_error_and_leaves_the_old_file(tmp_path: Path, vorm: str) -> None:
    pad = tmp_path / f"a.{vorm}"
    pad.write_bytes(b"oud")
    code = f"""
import resource, signal, sys
from datetime import UTC, datetime
from pathlib import Path
import geopandas as gpd, shapely
from kaartlagen.errors import OpslagError
from kaartlagen.schrijven import write_flatgeobuf, write_geopackage
frame = gpd.GeoDataFrame(
    {{"naam": ["x" * 500] * 4000}}, geometry=[shapely.box(0, 0, 1, 1)] * 4000, crs=28992
)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
try:
    if "{vorm}" == "fgb":
        write_flatgeobuf(Path(sys.argv[1]), frame)
    else:
        write_geopackage(Path(sys.argv[1]), {{"a": frame}}, moment=datetime(2026, 1, 1, tzinfo=UTC))
except OpslagError as fout:
    sys.exit(7)
"""
    klaar = subprocess.run(
        [sys.executable, "-c", code, str(pad)], cwd=ROOT, check=False, capture_output=True
    )
    assert klaar.returncode == 7, klaar.stderr.decode()
    assert pad.read_bytes() == b"oud"
    assert only(tmp_path, pad.name)


# --- FlatGeobuf ---


def test_flatgeobuf_round_trip_keeps_types_and_none(tmp_path: Path) -> None:
    bron = frame(
        naam=["0202", None],
        nummer=pd.array([1, None], dtype="Int64"),
        tam=pd.array([True, None], dtype="boolean"),
    )
    bewijs = write_flatgeobuf(tmp_path / "laag.fgb", bron)
    terug = pyogrio.read_dataframe(tmp_path / "laag.fgb").sort_values("nummer")
    assert terug.crs.to_epsg() == 28992
    assert terug["naam"].to_list()[0] == "0202"
    assert terug["naam"].isna().to_list() == [False, True]
    assert terug["nummer"].to_list()[0] == 1
    assert bewijs.lagen[0].aantal == 2
    assert only(tmp_path, "laag.fgb")


def test_flatgeobuf_has_a_spatial_index(tmp_path: Path) -> None:
    write_flatgeobuf(tmp_path / "laag.fgb", frame())
    feiten = pyogrio.read_info(tmp_path / "laag.fgb")
    assert feiten["capabilities"]["fast_spatial_filter"]


def test_flatgeobuf_without_rows_keeps_its_columns(tmp_path: Path) -> None:
    write_flatgeobuf(tmp_path / "laag.fgb", frame().iloc[:0])
    terug = pyogrio.read_dataframe(tmp_path / "laag.fgb")
    assert len(terug) == 0
    assert list(terug.columns) == ["naam", "geometry"]


def test_flatgeobuf_with_mixed_geometry_is_written_whole(tmp_path: Path) -> None:
    bron = gpd.GeoDataFrame(
        {"naam": ["vlak", "punt", "lijn"]},
        geometry=[VIERKANT, shapely.Point(80_000, 430_000), VIERKANT.exterior],
        crs=28992,
    )
    write_flatgeobuf(tmp_path / "laag.fgb", bron)
    terug = pyogrio.read_dataframe(tmp_path / "laag.fgb")
    assert sorted(terug["naam"]) == ["lijn", "punt", "vlak"]


@pytest.mark.parametrize("leeg", [None, shapely.Polygon()])
def test_row_without_geometry_is_refused_and_not_dropped(tmp_path: Path, leeg: object) -> None:
    bron = gpd.GeoDataFrame({"n": [1, 2]}, geometry=[VIERKANT, leeg], crs=28992)
    with pytest.raises(OpslagError, match=r"van 1 rij is er geen geometrie; .* rij 2"):
        write_flatgeobuf(tmp_path / "laag.fgb", bron)
    assert only(tmp_path)


@pytest.mark.parametrize("crs", [None, 4326])
def test_frame_outside_rd_is_refused(tmp_path: Path, crs: int | None) -> None:
    bron = gpd.GeoDataFrame({"n": [1]}, geometry=[shapely.Point(4.5, 52)], crs=crs)
    with pytest.raises(CrsError, match="RD"):
        write_flatgeobuf(tmp_path / "laag.fgb", bron)


def test_column_of_mixed_values_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KolomError, match="verschillende soort"):
        write_flatgeobuf(tmp_path / "laag.fgb", frame(naam=pd.Series(["een", 2], dtype=object)))
    assert only(tmp_path)


# --- GeoPackage ---


def test_geopackage_holds_layers_and_tables_in_order(tmp_path: Path) -> None:
    pad = tmp_path / "uit.gpkg"
    bewijs = write_geopackage(
        pad,
        {"vlakken": frame(), "tabel": pd.DataFrame({"a": ["ë", None], "b": [1.5, None]})},
        stijlen=[Stijl("vlakken", "gewoon", "<qgis/>")],
        moment=MOMENT,
        omschrijvingen={"vlakken": "alle vlakken"},
    )
    assert [laag.naam for laag in bewijs.lagen] == ["vlakken", "tabel", "layer_styles"]
    assert bewijs.lagen[0].bbox_rd == (80_000, 430_000, 81_010, 431_010)
    with sqlite3.connect(pad) as db:
        inhoud = db.execute(
            "SELECT table_name, data_type, description, last_change, srs_id FROM gpkg_contents"
        ).fetchall()
        assert db.execute("PRAGMA user_version").fetchone() == (10300,)
    db.close()
    stempel = "2026-01-01T00:00:00.000Z"
    assert inhoud == [
        ("vlakken", "features", "alle vlakken", stempel, 28992),
        ("tabel", "attributes", "", stempel, 0),
        ("layer_styles", "attributes", "stijlen voor QGIS", stempel, 0),
    ]
    assert only(tmp_path, "uit.gpkg")


def test_default_style_is_found_the_way_qgis_asks_for_it(tmp_path: Path) -> None:
    pad = tmp_path / "uit.gpkg"
    write_geopackage(
        pad, {"vlakken": frame()}, stijlen=[Stijl("vlakken", "s", "<qgis/>")], moment=MOMENT
    )
    with sqlite3.connect(pad) as db:
        rij = db.execute(
            "SELECT styleName, styleQML FROM layer_styles WHERE f_table_catalog = '' AND "
            "f_table_schema = '' AND f_table_name = 'vlakken' AND f_geometry_column = 'geom' "
            "AND useAsDefault = 1"
        ).fetchall()
    db.close()
    assert rij == [("s", "<qgis/>")]


def test_layer_without_rows_takes_the_named_type(tmp_path: Path) -> None:
    pad = tmp_path / "uit.gpkg"
    leeg = frame().iloc[:0]
    write_geopackage(pad, {"a": leeg, "b": leeg}, moment=MOMENT, geometrietypen={"b": "Point"})
    with sqlite3.connect(pad) as db:
        typen = db.execute(
            "SELECT table_name, geometry_type_name FROM gpkg_geometry_columns ORDER BY 1"
        ).fetchall()
    db.close()
    assert typen == [("a", "MULTIPOLYGON"), ("b", "POINT")]


def test_rings_are_turned_and_polygons_become_multi(tmp_path: Path) -> None:
    pad = tmp_path / "uit.gpkg"
    andersom = shapely.box(0, 0, 10, 10, ccw=False)
    bron = gpd.GeoDataFrame({"n": [1]}, geometry=[andersom], crs=28992)
    write_geopackage(pad, {"a": bron}, moment=MOMENT)
    terug = pyogrio.read_dataframe(pad, layer="a").geometry[0]
    assert terug.geom_type == "MultiPolygon"
    assert terug.geoms[0].exterior.is_ccw
    assert not bron.geometry[0].exterior.is_ccw  # the caller's frame is left alone


def test_third_dimension_is_left_out(tmp_path: Path) -> None:
    bron = gpd.GeoDataFrame({"n": [1]}, geometry=[shapely.Point(1, 2, 3)], crs=28992)
    write_geopackage(tmp_path / "uit.gpkg", {"a": bron}, moment=MOMENT)
    assert not pyogrio.read_dataframe(tmp_path / "uit.gpkg").geometry[0].has_z


@pytest.mark.parametrize(
    ("naam", "kolom"),
    [("Lagen", "a"), ("a-b", "a"), ("a" * 58, "a"), ("a", "Kolom"), ("a", "fid"), ("a", "1a")],
)
def test_names_that_pdok_refuses_are_refused(tmp_path: Path, naam: str, kolom: str) -> None:
    with pytest.raises(KolomError, match="kleine letters"):
        write_geopackage(tmp_path / "uit.gpkg", {naam: frame(**{kolom: [1, 2]})}, moment=MOMENT)
    assert only(tmp_path)


def test_mixed_geometry_types_are_refused(tmp_path: Path) -> None:
    bron = gpd.GeoDataFrame({"n": [1, 2]}, geometry=[VIERKANT, VIERKANT.centroid], crs=28992)
    with pytest.raises(OpslagError, match="mengt geometriesoorten: Point, Polygon"):
        write_geopackage(tmp_path / "uit.gpkg", {"a": bron}, moment=MOMENT)


def test_invalid_geometry_is_refused_with_its_row(tmp_path: Path) -> None:
    strik = shapely.Polygon([(0, 0), (10, 10), (10, 0), (0, 10)])
    bron = gpd.GeoDataFrame({"n": [1, 2]}, geometry=[VIERKANT, strik], crs=28992)
    with pytest.raises(OpslagError, match=r"rij 2: Self-intersection"):
        write_geopackage(tmp_path / "uit.gpkg", {"a": bron}, moment=MOMENT)


def test_moment_without_time_zone_is_a_mistake_of_the_caller(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="time zone"):
        write_geopackage(
            tmp_path / "uit.gpkg",
            {"a": frame()},
            moment=datetime(2026, 1, 1),  # noqa: DTZ001
        )
    assert only(tmp_path)


def test_gdal_goes_back_to_the_clock_after_writing(tmp_path: Path) -> None:
    write_geopackage(tmp_path / "uit.gpkg", {"a": frame()}, moment=MOMENT)
    assert pyogrio.get_gdal_config_option("OGR_CURRENT_DATE") is None


SCHRIJVER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
import geopandas as gpd, pandas as pd, shapely
from kaartlagen.schrijven import write_flatgeobuf, write_geopackage
from kaartlagen.stijl import Stijl
vlakken = [shapely.box(i % 40 * 10, i // 40 * 10, i % 40 * 10 + 8, i // 40 * 10 + 8)
           for i in range(800)]
frame = gpd.GeoDataFrame({"n": range(800)}, geometry=vlakken, crs=28992)
map_ = Path(sys.argv[1])
write_geopackage(map_ / "a.gpkg", {"vlak": frame, "tabel": pd.DataFrame({"a": ["x"]})},
    stijlen=[Stijl("vlak", "s", "<qgis/>")], moment=datetime(2026, 1, 1, tzinfo=UTC))
write_flatgeobuf(map_ / "a.fgb", frame)
"""


def test_two_processes_in_two_seconds_write_the_same_bytes(tmp_path: Path) -> None:
    hashes = []
    for keer, klok in enumerate(("UTC", "Asia/Tokyo")):
        map_ = tmp_path / str(keer)
        map_.mkdir()
        omgeving = {**os.environ, "TZ": klok, "PYTHONHASHSEED": str(keer + 1)}
        subprocess.run(
            [sys.executable, "-c", SCHRIJVER, str(map_)], cwd=ROOT, check=True, env=omgeving
        )
        time.sleep(1.0)  # so that a clock time in the file would differ
        hashes.append(
            [hashlib.sha256((map_ / n).read_bytes()).hexdigest() for n in ("a.gpkg", "a.fgb")]
        )
    assert hashes[0] == hashes[1]


def test_rewriting_replaces_the_whole_geopackage(tmp_path: Path) -> None:
    pad = tmp_path / "uit.gpkg"
    write_geopackage(pad, {"oud": frame()}, moment=MOMENT)
    write_geopackage(pad, {"nieuw": frame()}, moment=MOMENT)
    assert [naam for naam, _ in pyogrio.list_layers(pad)] == ["nieuw"]


# --- reading back ---


def test_difference_on_reading_back_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pad = tmp_path / "uit.gpkg"
    write_geopackage(pad, {"a": frame()}, moment=MOMENT)
    oud = pad.read_bytes()
    heel = geopackage._write_layer

    def lose_a_row(doel: Path, tabel: geopackage._Tabel) -> None:
        heel(doel, geopackage._Tabel(tabel.naam, tabel.frame.iloc[:1], tabel.soort))

    monkeypatch.setattr(geopackage, "_write_layer", lose_a_row)
    with pytest.raises(OpslagError, match="aantal rijen is 1, bedoeld was 2"):
        write_geopackage(pad, {"a": frame()}, moment=MOMENT)
    assert pad.read_bytes() == oud
    assert only(tmp_path, "uit.gpkg")


def test_fiona_reads_back_where_it_is_installed(tmp_path: Path) -> None:
    bewijs = write_geopackage(tmp_path / "uit.gpkg", {"a": frame()}, moment=MOMENT)
    if bewijzen.fiona is None:
        assert not bewijs.onafhankelijk
        assert bewijs.lezer.startswith("pyogrio")
    else:
        assert bewijs.onafhankelijk
        assert bewijs.lezer.startswith("fiona")


def test_without_fiona_pyogrio_sees_the_same_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lagen = {"a": frame(), "leeg": frame().iloc[:0], "t": pd.DataFrame({"x": ["é"]})}
    met = write_geopackage(tmp_path / "met.gpkg", lagen, moment=MOMENT)
    monkeypatch.setattr(bewijzen, "fiona", None)
    zonder = write_geopackage(tmp_path / "zonder.gpkg", lagen, moment=MOMENT)
    assert not zonder.onafhankelijk
    assert zonder.lezer.startswith("pyogrio")
    assert zonder.lagen == met.lagen
    assert write_flatgeobuf(tmp_path / "a.fgb", frame()).lagen[0].aantal == 2
    assert write_flatgeobuf(tmp_path / "b.fgb", frame().iloc[:0]).lagen[0].aantal == 0


BEELD = Laagbeeld("a", 2, ("n",), (0.0, 0.0, 1.0, 1.0), 28992)


@pytest.mark.parametrize(
    ("ander", "melding"),
    [
        (Laagbeeld("b", 2, ("n",), BEELD.bbox_rd, 28992), "de lagen"),
        (Laagbeeld("a", 1, ("n",), BEELD.bbox_rd, 28992), "aantal rijen"),
        (Laagbeeld("a", 2, ("m",), BEELD.bbox_rd, 28992), "kolommen"),
        (Laagbeeld("a", 2, ("n",), (0.0, 0.0, 1.0, 1.002), 28992), "omvang"),
        (Laagbeeld("a", 2, ("n",), None, 28992), "omvang"),
        (Laagbeeld("a", 2, ("n",), BEELD.bbox_rd, 4326), "coördinatenstelsel"),
    ],
)
def test_every_kind_of_difference_is_named(ander: Laagbeeld, melding: str) -> None:
    with pytest.raises(OpslagError, match=melding):
        require_equal("uit.gpkg", (BEELD,), (ander,))


def test_equal_layers_in_another_order_pass() -> None:
    twee = Laagbeeld("t", 0, (), None, None)
    require_equal("uit.gpkg", (BEELD, twee), (twee, BEELD))


# --- any attribute comes back as it went ---

TEKST = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=20).filter(
    lambda t: "\x00" not in t
)
GEHEEL = st.none() | st.integers(-(2**63), 2**63 - 1)
GETAL = st.none() | st.floats(allow_nan=False, allow_infinity=False)
DATUM = st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(TEKST, GEHEEL, GETAL, st.none() | st.booleans(), DATUM), max_size=6))
def test_attributes_come_back_as_they_went(rijen: list[tuple[object, ...]]) -> None:
    typen = (pa.string(), pa.int64(), pa.float64(), pa.bool_(), pa.date32())
    bron = pd.DataFrame(
        {
            f"k{i}": pd.Series([rij[i] for rij in rijen], dtype=pd.ArrowDtype(soort))
            for i, soort in enumerate(typen)
        }
    )
    with tempfile.TemporaryDirectory() as map_:
        pad = Path(map_) / "uit.gpkg"
        write_geopackage(pad, {"t": bron}, moment=MOMENT)
        db = sqlite3.connect(pad)
        terug = db.execute("SELECT k0, k1, k2, k3, k4 FROM t ORDER BY fid").fetchall()
        db.close()
    verwacht = [(*r[:4], None if r[4] is None else r[4].isoformat()) for r in rijen]  # type: ignore[attr-defined]
    assert terug == verwacht


def test_nul_in_text_shows_as_a_sign_instead_of_cutting_it(tmp_path: Path) -> None:
    pad = tmp_path / "uit.gpkg"
    write_geopackage(pad, {"a": frame(naam=["voor\x00na", None])}, moment=MOMENT)
    assert pyogrio.read_dataframe(pad)["naam"][0] == "voor\ufffdna"
