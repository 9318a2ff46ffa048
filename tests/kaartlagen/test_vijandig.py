"""Files made to harm: refused by name, nothing fetched, nothing written, nothing that hangs."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest
import shapely

from kaartlagen.errors import BronError, CrsError, KaartlagenError
from kaartlagen.inname import GelezenLaag, ingest, read_bestand
from kaartlagen.opslag import LaagOpslag
from tests.kaartlagen.maken import VIERKANT, plan, write_geojson, write_imro, write_vector

pytestmark = pytest.mark.timeout(30)

PLAN = {"plannaam": ["Hof"], "planstatus": ["1A"]}
PERCEEL = {"sectie": ["B"], "perceelnummer": [12], "identificatie_lokaal_id": ["1"]}
RIJ = {"plannaam": "Hof", "planstatus": "1A"}
PUNT = shapely.Point(5, 52)


@pytest.fixture
def luisteraar() -> Iterator[tuple[str, list[bytes]]]:
    """An address on this machine, and what was asked of it."""
    gevraagd: list[bytes] = []
    with socket.socket() as deur:
        deur.bind(("127.0.0.1", 0))
        deur.listen()
        deur.settimeout(0.1)
        open_ = threading.Event()
        open_.set()

        def answer() -> None:
            while open_.is_set():
                try:
                    gast, _ = deur.accept()
                except TimeoutError:
                    continue
                with gast:
                    gevraagd.append(gast.recv(400))
                    gast.sendall(b"HTTP/1.0 200 OK\r\nContent-Length: 10\r\n\r\nEPSG:28992")

        draad = threading.Thread(target=answer)
        draad.start()
        yield f"http://127.0.0.1:{deur.getsockname()[1]}/stelsel", gevraagd
        open_.clear()
        draad.join()


@pytest.fixture
def map_(tmp_path: Path) -> Path:
    """The folder of the sources."""
    bronnen = tmp_path / "bron"
    bronnen.mkdir()
    return bronnen


def take(pad: Path) -> tuple[GelezenLaag, ...] | KaartlagenError:
    """Read a file; whatever happens, its folder stays as it was."""
    vooraf = {p: (p.lstat().st_size, p.lstat().st_mtime_ns) for p in pad.parent.iterdir()}
    try:
        return read_bestand(pad)
    except KaartlagenError as fout:
        return fout
    finally:
        assert {
            p: (p.lstat().st_size, p.lstat().st_mtime_ns) for p in pad.parent.iterdir()
        } == vooraf


def why(pad: Path) -> str:
    """Read a file that must be refused; give the message."""
    uitkomst = take(pad)
    assert isinstance(uitkomst, KaartlagenError)
    assert uitkomst.waar
    assert uitkomst.herstel
    return uitkomst.melding


# GeoJSON


@pytest.mark.parametrize("plek", ["voor", "achter", "codes"])
def test_geojson_that_points_elsewhere_for_its_crs_is_refused_and_nothing_is_fetched(
    map_, luisteraar, plek
):
    adres, gevraagd = luisteraar
    link = {"type": "link", "properties": {"href": adres, "type": "proj4"}}
    kaal = json.dumps(
        {"type": "FeatureCollection", "features": [
            {"type": "Feature", "properties": RIJ, "geometry": shapely.geometry.mapping(PUNT)}]}
    )  # fmt: skip
    sleutel = '"\\u0063rs"' if plek == "codes" else '"crs"'
    lid = f"{sleutel} : {json.dumps(link)}"
    pad = map_ / "a.geojson"
    pad.write_text(f"{{{lid}, {kaal[1:]}" if plek == "voor" else f"{kaal[:-1]}, {lid}}}")
    assert "ander adres" in why(pad)
    assert gevraagd == []


@pytest.mark.parametrize("naam", ["{adres}", "/etc/passwd", "EPSG:99999", "RD", ""])
def test_a_name_of_a_crs_that_nobody_knows_is_not_taken_for_degrees(map_, luisteraar, naam):
    adres, gevraagd = luisteraar
    crs = {"type": "name", "properties": {"name": naam.format(adres=adres)}}
    assert isinstance(take(write_geojson(map_ / "a.json", [PUNT], [RIJ], crs=crs)), CrsError)
    assert gevraagd == []


def test_links_within_data_are_not_followed(map_, luisteraar):
    adres, gevraagd = luisteraar
    verder = [{"rel": "next", "href": adres, "type": "application/geo+json"}]
    (laag,) = read_bestand(write_geojson(map_ / "a.json", [PUNT], [RIJ], links=verder))
    assert len(laag.frame) == 1
    (map_ / "b.json").write_text(
        json.dumps({"type": "FeatureCollection", "coordRefSys": adres, "features": [],
                    "conformsTo": ["http://www.opengis.net/spec/json-fg-1/0.2/conf/core"]})
    )  # fmt: skip
    take(map_ / "b.json")
    assert gevraagd == []


def test_json_that_is_an_order_to_the_library_is_not_carried_out(map_, luisteraar):
    adres, gevraagd = luisteraar
    opdracht = {
        "type": "gdal_streamed_alg",
        "command_line": f"gdal vector pipeline ! read /vsicurl/{adres} ! write x",
    }
    for naam, inhoud in (
        ("a.json", json.dumps(opdracht)),
        ("b.gdalg.json", json.dumps(opdracht)),
        ("c.gdalg.json", json.dumps({"vulling": "FeatureCollection " * 9000, **opdracht})),
        ("d.json", json.dumps({"vulling": "FeatureCollection " * 9000, **opdracht})),
    ):
        (map_ / naam).write_text(inhoud)
        why(map_ / naam)
    assert gevraagd == []


DIEP = 200_000


@pytest.mark.parametrize(
    "inhoud",
    [
        (
            '{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,'
            f'"properties":{{"a":{"[" * DIEP}{"]" * DIEP}}}}}]}}'
        ),
        (
            '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":'
            f'{{"type":"Polygon","coordinates":{"[" * DIEP}'
        ),
        '{"type":"GeometryCollection","geometries":[' * DIEP,
        "[" * DIEP,
        '{"crs":' * DIEP,
    ],
)
def test_json_nested_without_end_is_refused(map_, inhoud):
    (map_ / "a.json").write_text(inhoud)
    why(map_ / "a.json")


# XML


def laughs() -> str:
    lagen = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    return f'<!DOCTYPE a [<!ENTITY a0 "ha">{lagen}]>'


@pytest.mark.parametrize("vulling", [0, 70_000])
@pytest.mark.parametrize(
    "kop",
    [
        laughs(),
        '<!DOCTYPE a SYSTEM "{adres}">',
        '<!DOCTYPE a [<!ENTITY % x SYSTEM "{adres}"> %x;]>',
        '<!DOCTYPE a [<!ENTITY a11 SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_entities_and_doctypes_are_refused_wherever_they_stand(map_, luisteraar, kop, vulling):
    adres, gevraagd = luisteraar
    write_imro(map_ / "p.gml", plan(naam="&a11;"), kop=f"<!--{'x' * vulling}-->")
    tekst = (map_ / "p.gml").read_text("utf-8")
    (map_ / "p.gml").write_text(tekst.replace("-->", "-->" + kop.replace("{adres}", adres), 1))
    assert "DOCTYPE" in why(map_ / "p.gml") or "XML" in why(map_ / "p.gml")
    assert gevraagd == []


def test_xml_that_orders_or_points_elsewhere_does_nothing(map_, luisteraar):
    adres, gevraagd = luisteraar
    vrt = (
        f'<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>/vsicurl/{adres}'
        "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"
    )
    for naam in ("a.vrt", "a.gml", "a.gpkg"):
        (map_ / naam).write_text(vrt)
        assert "OGRVRTDataSource" in why(map_ / naam)
    pad = write_imro(map_ / "p.gml", plan(), '<xi:include href="{adres}"/>')
    tekst = pad.read_text("utf-8").replace("{adres}", adres)
    tekst = tekst.replace(
        "<imro:Feat",
        f'<?xml-stylesheet href="{adres}"?><imro:Feat',
    ).replace(
        "gml:id=",
        'xmlns:xi="http://www.w3.org/2001/XInclude" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'xsi:schemaLocation="x {adres}" gml:id=',
        1,
    )
    pad.write_text(tekst)
    (laag,) = read_bestand(pad)
    assert laag.laag == "plangebieden"
    assert gevraagd == []


def test_xml_nested_without_end_is_refused(map_):
    (map_ / "a.gml").write_text("<a>" * 300_000)
    assert "XML" in why(map_ / "a.gml")


# GeoPackage


def open_plain(pad: Path) -> sqlite3.Connection:
    """Open a GeoPackage without its triggers: they call functions that only GDAL has."""
    verbinding = sqlite3.connect(pad)
    namen = verbinding.execute("select name from sqlite_master where type = 'trigger'").fetchall()
    for (naam,) in namen:
        verbinding.execute(f'drop trigger "{naam}"')
    return verbinding


def make_gpkg(
    pad: Path,
    *opdrachten: str,
    waarden: tuple[object, ...] = (),
    kolommen: Mapping[str, Sequence[object]] = PLAN,
) -> Path:
    write_vector(pad, [VIERKANT], kolommen, laag="plannen")
    verbinding = open_plain(pad)
    for opdracht in opdrachten:
        verbinding.execute(opdracht, waarden if "?" in opdracht else ())
    verbinding.commit()
    verbinding.close()
    return pad


EINDELOOS = (
    "create view v as with recursive c(x) as (select 1 union all select x + 1 from c) "
    "select x as fid, 'a' as plannaam, '1A' as planstatus from c order by x desc"
)
REGISTREER = "insert into gpkg_contents(table_name, data_type, srs_id) values ('v', 'features', 0)"


@pytest.mark.parametrize(
    ("opdrachten", "woord"),
    [
        ((EINDELOOS,), "view"),
        ((EINDELOOS, REGISTREER), "view"),
        (("create view v as select * from plannen", REGISTREER), "view"),
        (("create view v as select load_extension('x') as fid",), "view"),
        (("create view gpkg_metadata as select fid from plannen",), "view"),
        (("create table t (fid integer, x as (zeroblob(1000000000)))",), "berekende kolom"),
        (
            (
                "pragma writable_schema = on",
                (
                    "insert into sqlite_master values ('table', 'w', 'w', 0, "
                    "'CREATE VIRTUAL TABLE w USING VirtualOGR(''/vsicurl/http://x'')')"
                ),
            ),
            "virtuele tabel",
        ),
        (
            (
                "pragma writable_schema = on",
                "update sqlite_master set sql = 'CREATE TABLE x(((' where name = 'plannen'",
            ),
            "beschadigd",
        ),
    ],
)
def test_a_geopackage_with_programs_in_it_is_refused(map_, opdrachten, woord):
    assert woord in why(make_gpkg(map_ / "a.gpkg", *opdrachten))


def test_a_geopackage_with_triggers_and_plain_views_is_read(map_):
    pad = make_gpkg(
        map_ / "a.gpkg",
        "create trigger t after insert on plannen begin delete from plannen; end",
        "create view st_geometry_columns as select table_name, column_name from "
        "gpkg_geometry_columns;",
    )
    (laag,) = read_bestand(pad)
    assert len(laag.frame) == 1


def test_a_geopackage_that_miscounts_itself_loses_no_row(map_, tmp_path):
    pad = write_vector(map_ / "a.gpkg", [VIERKANT] * 5, {k: w * 5 for k, w in PLAN.items()})
    for aantal in (1, 900_000_000_000):
        with sqlite3.connect(pad) as verbinding:
            verbinding.execute("update gpkg_ogr_contents set feature_count = ?", (aantal,))
        verbinding.close()
        uitkomst = take(pad)
        if not isinstance(uitkomst, KaartlagenError):
            assert uitkomst[0].gelezen == 5


def gpkg_with_wkb(pad: Path, wkb: bytes, kolommen: Mapping[str, Sequence[object]] = PLAN) -> Path:
    kop = b"GP\x00\x01" + struct.pack("<i", 28992)
    opdracht = "update plannen set geom = ?"
    return make_gpkg(pad, opdracht, waarden=(kop + wkb,), kolommen=kolommen)


def nested_wkb(soort: int, diepte: int) -> bytes:
    return struct.pack("<BII", 1, soort, 1) * diepte + shapely.to_wkb(VIERKANT)


WKB = [
    nested_wkb(7, 50_000),
    nested_wkb(6, 50_000),
    nested_wkb(7, 50_000).replace(b"\x01\x07\x00\x00\x00", b"\x01\xef\x03\x00\x00"),
    struct.pack("<BIII", 1, 3, 1, 0x7FFFFFFF),
    struct.pack("<BII", 1, 3, 0x7FFFFFFF),
    struct.pack("<BII", 1, 6, 0xFFFFFFFF),
    struct.pack("<BIII", 1, 10, 1, 0x7FFFFFFF),
    b"\x01",
    b"\xff" * 40,
]


@pytest.mark.parametrize("wkb", WKB)
@pytest.mark.parametrize("kolommen", [PLAN, PERCEEL], ids=["planlijst", "percelen"])
def test_wkb_that_lies_or_nests_refuses_its_row_alone(map_, wkb, kolommen):
    uitkomst = take(gpkg_with_wkb(map_ / "a.gpkg", wkb, kolommen))
    if not isinstance(uitkomst, KaartlagenError):
        assert [(laag.gelezen, laag.geweigerd) for laag in uitkomst] == [(1, 1)]


@pytest.mark.parametrize("wkb", WKB)
def test_the_road_of_large_files_withstands_the_same(map_, tmp_path, monkeypatch, wkb):
    monkeypatch.setattr("kaartlagen.grootinname.GROOT_VANAF_BYTES", 0)
    verslag = ingest([gpkg_with_wkb(map_ / "a.gpkg", wkb, PERCEEL)], LaagOpslag(tmp_path / "l"))
    assert all((laag.gelezen, laag.geweigerd) == (1, 1) for laag in verslag.lagen)


@pytest.mark.parametrize("getal", [float("nan"), float("inf"), -float("inf"), 1e308])
def test_numbers_that_are_none_end_nowhere(map_, getal):
    punten = (155_000.0, 463_000.0, getal, 463_000.0, 155_100.0, getal, 155_000.0, 463_000.0)
    wkb = struct.pack("<BIII", 1, 3, 1, 4) + struct.pack("<8d", *punten)
    uitkomst = take(gpkg_with_wkb(map_ / "a.gpkg", wkb))
    if not isinstance(uitkomst, KaartlagenError):
        assert [(laag.gelezen, laag.geweigerd) for laag in uitkomst] == [(1, 1)]


# Shapefile, FlatGeobuf, what is no file


def write_shp(map_: Path) -> Path:
    return write_vector(map_ / "a.shp", [VIERKANT], PLAN)


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
@pytest.mark.parametrize("deel", [".dbf", ".shx", ".prj"])
@pytest.mark.parametrize("doel", ["bestand", "pijp", "weg"])
def test_a_part_of_a_shapefile_that_leads_elsewhere_is_refused(map_, tmp_path, deel, doel):
    pad = write_shp(map_)
    los = pad.with_suffix(deel)
    if doel == "pijp":
        los.unlink()
        os.mkfifo(los)
    else:
        los.rename(tmp_path / "elders.bin")
        los.symlink_to(tmp_path / ("elders.bin" if doel == "bestand" else "weg.bin"))
    assert "verwijzing of geen gewoon bestand" in why(pad)


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_to_a_whole_shapefile_is_that_shapefile(map_, tmp_path):
    pad = write_shp(map_)
    (tmp_path / "b.shp").symlink_to(pad)
    (laag,) = read_bestand(tmp_path / "b.shp")
    assert len(laag.frame) == 1


@pytest.mark.parametrize("inhoud", ["http://127.0.0.1:1/x", "/etc/passwd", "x" * 300_000])
def test_a_prj_that_is_no_crs_is_none(map_, inhoud):
    pad = write_shp(map_)
    pad.with_suffix(".prj").write_text(inhoud)
    assert "coördinatenstelsel" in why(pad)


def lie(pad: Path, plek: int, vorm: str, *waarden: int) -> None:
    inhoud = bytearray(pad.read_bytes())
    struct.pack_into(vorm, inhoud, plek, *waarden)
    pad.write_bytes(bytes(inhoud))


def test_a_shapefile_whose_sizes_lie_is_refused_or_loses_no_row_unsaid(map_):
    for deel, plek, vorm, waarden in (
        (".shx", 100, ">ii", (0x7FFFFFF0, 0x7FFFFFFF)),
        (".shp", 104, ">i", (0x7FFFFFF0,)),
        (".shp", 148, "<i", (0x7FFFFFFF,)),
        (".dbf", 4, "<I", (0x7FFFFFFF,)),
        (".dbf", 8, "<HH", (0xFFFF, 0xFFFF)),
    ):
        pad = write_shp(map_)
        lie(pad.with_suffix(deel), plek, vorm, *waarden)
        uitkomst = take(pad)
        if not isinstance(uitkomst, KaartlagenError):
            assert uitkomst[0].gelezen == len(uitkomst[0].frame) + uitkomst[0].geweigerd


@pytest.mark.parametrize("groot", [1, 10_000_000, 0x7FFFFFFF, 0xFFFFFFFF])
def test_a_flatgeobuf_whose_header_lies_about_its_size_is_refused(map_, groot):
    pad = write_vector(map_ / "a.fgb", [VIERKANT], PLAN)
    lie(pad, 8, "<I", groot)
    assert "beschadigd" in why(pad)


@pytest.mark.parametrize("aantal", [0, 1, 2, 10**8, 10**12, 2**62, 2**63])
def test_a_flatgeobuf_whose_count_lies_is_refused(map_, aantal):
    pad = write_vector(map_ / "a.fgb", [VIERKANT] * 3, {k: w * 3 for k, w in PLAN.items()})
    plek = pad.read_bytes().index(struct.pack("<Q", 3), 12)
    lie(pad, plek, "<Q", aantal)
    why(pad)


@pytest.mark.skipif(os.name == "nt", reason="no such files on Windows")
def test_pipes_and_devices_are_no_files(map_):
    os.mkfifo(map_ / "a.gpkg")
    for pad in (map_ / "a.gpkg", Path("/dev/zero"), Path("/dev/stdin")):
        with pytest.raises(BronError, match="geen gewoon bestand"):
            read_bestand(pad)


def test_a_table_without_end_in_its_width_is_refused(map_):
    rij = RIJ | {f"k{n}": 1 for n in range(3_000)}
    assert "DAEB_GRENS_KOLOMMEN" in why(write_geojson(map_ / "a.json", [PUNT], [rij]))


# Nothing beside the source


MAKEN: dict[str, Callable[[Path], Path]] = {
    "a.gpkg": lambda pad: write_vector(pad, [VIERKANT], PLAN),
    "a.shp": lambda pad: write_vector(pad, [VIERKANT], PLAN),
    "a.fgb": lambda pad: write_vector(pad, [VIERKANT], PLAN),
    "a.geojson": lambda pad: write_geojson(pad, [PUNT], [RIJ]),
    "a.gml": lambda pad: write_imro(pad, plan()),
}


@pytest.mark.parametrize("naam", MAKEN)
def test_taking_in_leaves_the_folder_of_the_source_as_it_was(map_, tmp_path, naam):
    pad = MAKEN[naam](map_ / naam)
    vooraf = {p.name: p.read_bytes() for p in map_.iterdir()}
    verslag = ingest([pad], LaagOpslag(tmp_path / "lagen"))
    assert verslag.geweigerde_bestanden == ()
    assert {p.name: p.read_bytes() for p in map_.iterdir()} == vooraf


def test_rows_in_the_log_of_an_open_geopackage_are_read_and_nothing_is_touched(map_, tmp_path):
    pad = write_vector(map_ / "a.gpkg", [VIERKANT], PLAN)
    verbinding = open_plain(pad)
    verbinding.commit()
    verbinding.execute("pragma journal_mode = wal")
    verbinding.execute("update a set plannaam = 'Nieuw'")
    verbinding.commit()
    assert (map_ / "a.gpkg-wal").stat().st_size
    (laag,) = take(pad)
    assert laag.frame["plannaam"].tolist() == ["Nieuw"]
    assert laag.herkomst.bestand == "a.gpkg"
    # What a program left behind when it died, without its index of the log.
    (map_ / "b.gpkg").write_bytes(pad.read_bytes())
    (map_ / "b.gpkg-wal").write_bytes((map_ / "a.gpkg-wal").read_bytes())
    (laag,) = take(map_ / "b.gpkg")
    assert laag.frame["plannaam"].tolist() == ["Nieuw"]
    verbinding.close()


LEES = (
    "import sys; from pathlib import Path; from kaartlagen.inname import read_bestand\n"
    "map_ = Path(sys.argv[1])\n"
    "try:\n    (map_ / 'proef').touch()\nexcept OSError:\n    pass\n"
    "else:\n    sys.exit(77)\n"
    "for naam in sys.argv[2:]:\n    assert len(read_bestand(map_ / naam)[0].frame) == 1, naam\n"
)


@pytest.mark.skipif(sys.platform != "linux", reason="read-only mounts are made with unshare")
def test_a_folder_on_a_read_only_disk_is_read(map_):
    for naam, maak in MAKEN.items():
        maak(map_ / naam)
    write_vector(map_ / "w.gpkg", [VIERKANT], PLAN)
    with sqlite3.connect(map_ / "w.gpkg") as verbinding:
        verbinding.execute("pragma journal_mode = wal")
    verbinding.close()
    opdracht = (
        'map=$1; mount --bind "$map" "$map" && mount -o remount,ro,bind "$map" || exit 77; '
        'shift; exec "$@"'
    )
    uit = subprocess.run(
        ["unshare", "-rm", "sh", "-c", opdracht, "sh", str(map_), sys.executable, "-c", LEES,
         str(map_), *MAKEN, "w.gpkg"],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    if uit.returncode == 77 or "unshare" in uit.stderr:
        pytest.skip(f"geen alleen-lezen schijf te maken: {uit.stderr.strip()[:80]}")
    assert uit.returncode == 0, uit.stderr


# Numbers that no column can hold


@pytest.mark.parametrize("getal", ["99999999999999999999", "9" * 5_000, "1e308", "²", "-", "nan"])
def test_numbers_that_are_too_large_or_none_are_left_empty_and_said(map_, getal):
    (map_ / "a.csv").write_text(
        f"plannaam;planstatus;woningen;x_rd;y_rd\nHof;1A;{getal};155000;463000\n", "utf-8"
    )
    uitkomst = take(map_ / "a.csv")
    assert not isinstance(uitkomst, KaartlagenError)
    (laag,) = uitkomst
    assert laag.frame["woningen_toe"].isna().all()
    assert getal in str(laag.frame["overig"].iloc[0])


@pytest.mark.parametrize("getal", ["²", "9" * 5_000, "٣", "-1"])
def test_dimensions_and_codes_that_are_no_number_do_no_harm(map_, getal):
    for oud, nieuw in (
        ("<gml:posList>", f'<gml:posList srsDimension="{getal}" count="{getal}">'),
        ("EPSG::28992", f"EPSG::{getal}"),
        ('srsName="urn:ogc:def:crs:EPSG::28992"', f'srsName="{getal}"'),
    ):
        pad = write_imro(map_ / "p.gml", plan())
        pad.write_text(pad.read_text("utf-8").replace(oud, nieuw), "utf-8")
        take(pad)
