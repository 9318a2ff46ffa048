"""The chain: each file wholly or not at all, every row accounted for, every refusal said."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

import kaartlagen.opslag
from kaartlagen.crs import to_lonlat
from kaartlagen.errors import (
    BronError,
    CrsError,
    KaartlagenError,
    KolomError,
    OnbekendeSoortError,
    OpslagError,
)
from kaartlagen.inname import ingest, read_bestand
from kaartlagen.opslag import LaagOpslag
from tests.kaartlagen.maken import (
    VIERKANT,
    VLINDER,
    imro_object,
    plan,
    write_geojson,
    write_imro,
    write_vector,
)

GRADEN = to_lonlat(np.array([VIERKANT], dtype=object))[0]
PARIJS = shapely.box(2.2, 48.8, 2.4, 48.9)
RD_LABEL = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}
PLAN = {"plannaam": ["Hof"], "planstatus": ["1A"]}


@pytest.fixture
def opslag(tmp_path: Path) -> LaagOpslag:
    return LaagOpslag(tmp_path / "project" / "lagen")


def test_all_real_files_of_the_named_kinds_are_taken_in(data_map, opslag):
    paden = [
        *sorted((data_map / "imro").glob("*.gml")),
        data_map / "brk" / "kadastralekaart_perceel.gml",
        data_map / "gemeenten" / "gemeenten_2022.geojson",
        data_map / "woningbouw" / "derived_eib_overijssel_dev.gpkg",
    ]
    stappen: list[tuple[str, int, int]] = []
    verslag = ingest(paden, opslag, voortgang=lambda *stap: stappen.append(stap))
    assert verslag.geweigerde_bestanden == ()
    totalen: dict[str, int] = {}
    for inname in verslag.lagen:
        assert inname.gelezen == inname.opgenomen + inname.geweigerd
        assert inname.geweigerd == sum(b.aantal for b in inname.bevindingen if b.niveau == "fout")
        assert inname.momentopname is not None
        totalen[inname.laag] = totalen.get(inname.laag, 0) + inname.opgenomen
    assert totalen["gemeenten"] == 345
    assert totalen["percelen"] == 11
    assert totalen["woningbouwplannen"] == 487
    assert totalen["plangebieden"] == 5
    assert totalen["bouwvlakken"] == 5 + 5 + 1 + 9 + 88
    for laag, aantal in totalen.items():
        frame = opslag.read(laag)
        assert len(frame) == aantal
        assert frame.is_valid.all()
    assert stappen[0] == (paden[0].name, 0, 8)
    assert stappen[-1] == ("", 8, 8)
    # A second time nothing is new.
    aantal = len(opslag.snapshots())
    weer = ingest(paden, opslag)
    assert len(opslag.snapshots()) == aantal
    assert [i.momentopname for i in weer.lagen] == [i.momentopname for i in verslag.lagen]


def bad_files(map_: Path) -> dict[str, tuple[Path, type[KaartlagenError], str]]:
    """One file per way in which a file can be wrong, with the error and a word of it."""
    leeg = map_ / "leeg.gpkg"
    leeg.touch()
    tekst = map_ / "tekst.gpkg"
    tekst.write_text("dit is geen geodata")
    half = write_vector(map_ / "half.gpkg", [VIERKANT] * 300, {"plannaam": ["x" * 99] * 300})
    half.write_bytes(half.read_bytes()[: half.stat().st_size // 2])
    plan_half = write_imro(map_ / "half.gml", plan(), imro_object())
    plan_half.write_bytes(plan_half.read_bytes()[:-200])
    zonder = write_vector(map_ / "zonder.shp", [VIERKANT], PLAN)
    zonder.with_suffix(".prj").unlink()
    null_crs = write_geojson(
        map_ / "null.geojson", [VIERKANT], [{"plannaam": "a", "planstatus": "1A"}]
    )
    return {
        "leeg": (leeg, BronError, "leeg"),
        "geen geodata": (tekst, BronError, "geen geodata"),
        "afgebroken": (half, BronError, "afgebroken"),
        "afgebroken gml": (plan_half, BronError, "afgebroken"),
        "zonder crs": (zonder, CrsError, "--crs EPSG:28992"),
        "rd onder wgs84": (
            write_vector(map_ / "label.gpkg", [VIERKANT], PLAN, crs=4326),
            CrsError,
            "--crs EPSG:28992",
        ),
        "rd in geojson": (null_crs, CrsError, "--crs EPSG:28992"),
        "graden onder rd": (
            write_vector(map_ / "graden.gpkg", [GRADEN], PLAN, crs=28992),
            CrsError,
            "--crs EPSG:4326",
        ),
        "buiten nederland": (
            write_vector(map_ / "parijs.gpkg", [PARIJS], PLAN, crs=4326),
            CrsError,
            "buiten Nederland",
        ),
        "onbekende kolommen": (
            write_vector(map_ / "kolommen.gpkg", [VIERKANT], {"foo": ["a"]}),
            OnbekendeSoortError,
            "--soort vlakken",
        ),
        "bestaat niet": (map_ / "weg.gpkg", BronError, "bestaat niet"),
        "map": (map_, BronError, "map"),
    }


def test_every_wrong_file_is_refused_with_one_message_and_nothing_is_stored(tmp_path, opslag):
    for naam, (pad, soort, woord) in bad_files(tmp_path).items():
        verslag = ingest([pad], opslag)
        assert verslag.lagen == (), naam
        ((geweigerd, fout),) = verslag.geweigerde_bestanden
        assert geweigerd == pad
        assert isinstance(fout, soort), naam
        assert woord in fout.melding, naam
        assert "\n" not in fout.melding
        assert fout.waar
        assert fout.herstel
    assert not opslag.map.exists()


def test_the_option_that_the_message_names_mends_it(tmp_path):
    for naam in ("zonder crs", "rd onder wgs84", "rd in geojson"):
        map_ = tmp_path / naam.replace(" ", "_")
        map_.mkdir()
        pad, _, _ = bad_files(map_)[naam]
        (laag,) = read_bestand(pad, crs="EPSG:28992")
        assert laag.herkomst.crs_bron == "EPSG:28992"
        assert laag.frame.geometry.iloc[0].equals(VIERKANT)


def test_one_bad_file_does_not_stop_the_others(tmp_path, opslag):
    goed = write_vector(tmp_path / "goed.gpkg", [VIERKANT], PLAN)
    leeg = tmp_path / "leeg.gml"
    leeg.touch()
    verslag = ingest([leeg, goed], opslag)
    assert [i.bestand for i in verslag.lagen] == ["goed.gpkg"]
    assert [pad for pad, _ in verslag.geweigerde_bestanden] == [leeg]


def test_when_the_disk_fails_halfway_nothing_of_the_file_stays(tmp_path, opslag, monkeypatch):
    pad = write_imro(tmp_path / "p.gml", plan(), imro_object(), imro_object("Bouwvlak", 2))
    echt = kaartlagen.opslag.write_flatgeobuf

    def full(doel: Path, frame: gpd.GeoDataFrame) -> object:
        if "bouwvlakken" in doel.name:
            raise OpslagError("de schijf is vol.", waar=str(doel))
        return echt(doel, frame)

    monkeypatch.setattr(kaartlagen.opslag, "write_flatgeobuf", full)
    verslag = ingest([pad], opslag)
    assert isinstance(verslag.geweigerde_bestanden[0][1], OpslagError)
    assert opslag.snapshots() == ()


def test_refused_rows_leave_the_rest_and_are_counted(tmp_path, opslag):
    ver = shapely.Point(0, 0)
    pad = write_vector(
        tmp_path / "p.gpkg",
        [VIERKANT, VLINDER, None, ver, VIERKANT],
        {"plannaam": list("abcde"), "planstatus": ["1A"] * 5},
    )
    (inname,) = ingest([pad], opslag).lagen
    assert (inname.gelezen, inname.opgenomen, inname.geweigerd, inname.hersteld) == (5, 3, 2, 1)
    codes = {b.code: (b.aantal, b.voorbeelden) for b in inname.bevindingen}
    assert codes["KL202"] == (1, ("d 1A",))
    assert codes["KL301"] == (1, ("c 1A",))
    assert codes["KL304"] == (1, ("b 1A: +5.000,0 m2",))
    assert inname.oppervlakte_m2 == pytest.approx(25_000)
    assert inname.bbox_rd == (155_000, 463_000, 155_100, 463_100)


def test_a_file_of_which_every_row_is_refused_stores_nothing_and_says_so(data_map, opslag):
    pad = data_map / "gpkg" / "test_geometry_null.gpkg"
    (inname,) = ingest([pad], opslag, soort="vlakken").lagen
    assert (inname.gelezen, inname.opgenomen, inname.geweigerd) == (2, 0, 2)
    assert (inname.bbox_rd, inname.momentopname) == (None, None)
    assert opslag.snapshots() == ()


def test_the_users_date_goes_before_that_of_the_source(tmp_path):
    pad = write_imro(tmp_path / "p.gml", plan(datum="2024-02-01"))
    assert read_bestand(pad)[0].herkomst.peildatum == date(2024, 2, 1)
    (laag,) = read_bestand(pad, peildatum=date(2025, 1, 1))
    assert laag.herkomst.peildatum == date(2025, 1, 1)


def test_a_plan_is_known_by_its_idn_whatever_the_file_is_called(tmp_path, opslag):
    een = write_imro(tmp_path / "a.gml", plan())
    twee = write_imro(tmp_path / "b.gml", plan())
    ingest([een, twee], opslag)
    assert len(opslag.snapshots()) == 1


def test_a_changed_source_says_which_snapshot_it_replaces(tmp_path, opslag):
    pad = write_vector(tmp_path / "p.gpkg", [VIERKANT], PLAN)
    (eerste,) = ingest([pad], opslag).lagen
    write_vector(pad, [VIERKANT], {"plannaam": ["Nieuw"], "planstatus": ["1A"]})
    (tweede,) = ingest([pad], opslag).lagen
    gemeld = {b.code: b.voorbeelden for b in tweede.bevindingen}
    assert gemeld["KL103"] == (eerste.momentopname,)
    assert opslag.read("woningbouwplannen")["plannaam"].tolist() == ["Nieuw"]


def test_layers_passed_over_are_named(tmp_path):
    pad = write_vector(tmp_path / "p.gpkg", [VIERKANT], PLAN, laag="plannen")
    write_vector(pad, [VIERKANT], {"foo": ["a"]}, laag="anders", toevoegen=True)
    (laag,) = read_bestand(pad)
    gemeld = {b.code: b.voorbeelden for b in laag.bevindingen}
    assert gemeld["KL101"] == ("anders",)


def test_an_overridden_label_is_said(tmp_path):
    pad = write_vector(tmp_path / "p.gpkg", [VIERKANT], PLAN, crs=4326)
    (laag,) = read_bestand(pad, crs="EPSG:28992")
    uitleg = next(b.uitleg for b in laag.bevindingen if b.code == "KL203")
    assert "EPSG:4326" in uitleg


@pytest.mark.parametrize(
    ("crs", "speling"), [(4326, 0.01), (4258, 0.01), (3857, 0.01), (25831, 0.01)]
)
def test_every_supported_crs_comes_out_in_the_same_place(tmp_path, crs, speling):
    vorm = gpd.GeoSeries([GRADEN], crs=4258).to_crs(crs).iloc[0] if crs == 25831 else (
        gpd.GeoSeries([GRADEN], crs=4326).to_crs(3857).iloc[0] if crs == 3857 else GRADEN
    )  # fmt: skip
    (laag,) = read_bestand(write_vector(tmp_path / "p.gpkg", [vorm], PLAN, crs=crs))
    assert shapely.hausdorff_distance(laag.frame.geometry.iloc[0], VIERKANT) < speling
    assert "KL201" in {b.code for b in laag.bevindingen}


def test_the_kind_asked_for_must_have_its_columns(tmp_path):
    pad = write_vector(tmp_path / "p.gpkg", [VIERKANT], {"foo": ["a"]})
    for soort in ("percelen", "gemeenten", "woningbouwplannen", "bestemmingsvlakken"):
        with pytest.raises(KolomError):
            read_bestand(pad, soort=soort)


def test_a_report_is_plain_data(data_map, opslag):
    verslag = ingest([data_map / "brk" / "kadastralekaart_perceel.gml"], opslag)
    velden = asdict(verslag.lagen[0])
    assert set(velden) == {
        "laag", "soort", "bestand", "peildatum", "gelezen", "opgenomen", "geweigerd", "hersteld",
        "crs_bron", "omzetting", "bbox_rd", "oppervlakte_m2", "bevindingen", "momentopname",
    }  # fmt: skip
    json.dumps(velden)


hoeken = st.tuples(st.integers(0, 9), st.integers(0, 9))


@settings(max_examples=40)
@given(
    ringen=st.lists(st.none() | st.lists(hoeken, min_size=3, max_size=7), min_size=1, max_size=6)
)
def test_read_is_stored_plus_refused_for_any_polygons(ringen, tmp_path_factory):
    map_ = tmp_path_factory.mktemp("eigenschap")
    vormen = [
        None if ring is None else shapely.Polygon([(155_000 + x, 463_000 + y) for x, y in ring])
        for ring in ringen
    ]
    pad = write_vector(map_ / "p.gpkg", vormen, {"n": list(range(len(vormen)))})
    opslag = LaagOpslag(map_ / "lagen")
    (inname,) = ingest([pad], opslag, soort="vlakken").lagen
    assert inname.gelezen == len(vormen) == inname.opgenomen + inname.geweigerd
    assert inname.geweigerd == sum(b.aantal for b in inname.bevindingen if b.niveau == "fout")
    opgeslagen = opslag.read("vlakken")
    assert len(opgeslagen) == inname.opgenomen
    assert opgeslagen.is_valid.all()
