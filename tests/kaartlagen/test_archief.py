"""Zip files: each file in it counts as its own, nothing leaves the folder, bombs are refused."""

from __future__ import annotations

import io
import os
import stat
import struct
import tempfile
import warnings
import zipfile
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from kaartlagen.archief import Bronbestand, Lidfout, open_sources
from kaartlagen.errors import BronError, CrsError, KaartlagenError
from kaartlagen.grenzen import limited
from kaartlagen.herkomst import sha256_file
from kaartlagen.inname import ingest, read_bestand
from kaartlagen.opslag import LaagOpslag
from tests.kaartlagen.maken import (
    VIERKANT,
    imro_object,
    plan,
    write_geojson,
    write_imro,
    write_vector,
)

PLAN = {"plannaam": ["Hof"], "planstatus": ["1A"]}


@pytest.fixture
def opslag(tmp_path: Path) -> LaagOpslag:
    return LaagOpslag(tmp_path / "project" / "lagen")


@pytest.fixture
def temp(tmp_path, monkeypatch) -> Path:
    """A temporary folder of our own, to see what stays behind."""
    map_ = tmp_path / "tmp"
    map_.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(map_))
    return map_


def write_zip(pad: Path, leden: Mapping[str, Path | bytes | str]) -> Path:
    with zipfile.ZipFile(pad, "w", zipfile.ZIP_DEFLATED) as archief:
        for naam, inhoud in leden.items():
            archief.writestr(naam, inhoud.read_bytes() if isinstance(inhoud, Path) else inhoud)
    return pad


def zip_bytes(leden: Mapping[str, bytes | str]) -> bytes:
    vak = io.BytesIO()
    with zipfile.ZipFile(vak, "w", zipfile.ZIP_DEFLATED) as archief:
        for naam, inhoud in leden.items():
            archief.writestr(naam, inhoud)
    return vak.getvalue()


def patch_zip(pad: Path, oud: bytes, nieuw: bytes) -> Path:
    """Change the archive's own words: its list of contents and the heads of its members."""
    inhoud = pad.read_bytes()
    assert len(oud) == len(nieuw)
    assert oud in inhoud
    pad.write_bytes(inhoud.replace(oud, nieuw))
    return pad


def names(pad: Path) -> list[str]:
    with open_sources(pad) as bronnen:
        return [bron.naam for bron in bronnen]


def refused(pad: Path) -> str:
    with pytest.raises(BronError) as gevangen, open_sources(pad) as bronnen:
        list(bronnen)
    fout = gevangen.value
    assert pad.name in fout.waar
    assert fout.herstel
    return fout.wat


@pytest.mark.parametrize("naam", ["a.gpkg", "a.shp", "a.geojson", "a.fgb"])
def test_a_zipped_file_of_every_form_is_read_as_the_file_itself(tmp_path, naam):
    los = write_vector(
        tmp_path / naam, [VIERKANT], PLAN, crs=28992 if naam != "a.geojson" else 4326
    )
    if naam == "a.geojson":
        write_geojson(
            los, [shapely.box(5.0, 52.0, 5.01, 52.01)], [{"plannaam": "H", "planstatus": "1A"}]
        )
    delen = {f"map/{deel.name}": deel for deel in sorted(tmp_path.iterdir())}
    pad = write_zip(tmp_path / "levering.zip", delen)
    (uit,), (direct,) = read_bestand(pad), read_bestand(los)
    assert uit.frame.equals(direct.frame)
    assert uit.herkomst.bestand == uit.herkomst.bron == f"levering.zip/map/{naam}"
    assert uit.herkomst.sha256 == direct.herkomst.sha256
    if naam != "a.shp":
        assert uit.herkomst.sha256 == sha256_file(los)


def test_several_plans_in_one_zip_are_each_their_own_source(tmp_path, opslag, temp):
    leden: dict[str, Path | str] = {}
    for nummer in (1, 2, 3):
        los = write_imro(tmp_path / f"p{nummer}.gml", plan(naam=f"Plan {nummer}"), imro_object())
        tekst = los.read_text("utf-8").replace("9001.plan1", f"9001.plan{nummer}")
        leden[f"plannen/p{nummer}.gml"] = tekst
    leden["plannen/toelichting.pdf"] = "%PDF-1.7"
    leden["plannen/regels.html"] = "<html></html>"
    leden["leesmij.txt"] = "zomaar wat tekst"
    leden["__MACOSX/._p1.gml"] = b"\x00\x05\x16\x07"
    verslag = ingest([write_zip(tmp_path / "plannen.zip", leden)], opslag)
    assert verslag.geweigerde_bestanden == ()
    assert [i.bestand for i in verslag.lagen if i.laag == "plangebieden"] == [
        f"plannen.zip/plannen/p{nummer}.gml" for nummer in (1, 2, 3)
    ]
    assert len(opslag.read("plangebieden")) == 3
    # A plan is known by its idn, in a zip or not.
    assert {o.herkomst.bron for o in opslag.snapshots("plangebieden")} == {
        f"NL.IMRO.9001.plan{nummer}-vas1" for nummer in (1, 2, 3)
    }
    over = {str(pad.relative_to(tmp_path)) for pad, _ in verslag.overgeslagen_bestanden}
    assert over == {
        "plannen.zip/plannen/toelichting.pdf",
        "plannen.zip/plannen/regels.html",
        "plannen.zip/leesmij.txt",
    }
    assert list(temp.iterdir()) == []
    assert sorted(p.name for p in opslag.map.iterdir()) == sorted(opslag_lagen(opslag))


def opslag_lagen(opslag: LaagOpslag) -> set[str]:
    return {opname.laag for opname in opslag.snapshots()}


def test_one_bad_file_in_a_zip_leaves_the_others(tmp_path, opslag):
    goed = write_vector(tmp_path / "goed.gpkg", [VIERKANT], PLAN)
    fout = write_geojson(
        tmp_path / "fout.geojson", [VIERKANT], [{"plannaam": "x", "planstatus": "1A"}]
    )
    pad = write_zip(tmp_path / "l.zip", {"goed.gpkg": goed, "fout.geojson": fout, "leeg.gml": ""})
    verslag = ingest([pad], opslag)
    assert [i.bestand for i in verslag.lagen] == ["l.zip/goed.gpkg"]
    redenen = {str(plek.relative_to(tmp_path)): f for plek, f in verslag.geweigerde_bestanden}
    assert set(redenen) == {"l.zip/fout.geojson", "l.zip/leeg.gml"}
    assert isinstance(redenen["l.zip/fout.geojson"], CrsError)
    assert redenen["l.zip/fout.geojson"].waar.startswith("l.zip/fout.geojson")
    # Read without a store, the layer itself tells what was left out.
    (laag,) = read_bestand(pad)
    codes = {b.code: b for b in laag.bevindingen}
    assert codes["KL105"].aantal == 2
    assert all(naam.startswith("l.zip/") for naam in codes["KL105"].voorbeelden)


def test_a_zip_without_data_says_why_of_each_file(tmp_path, opslag):
    pad = write_zip(tmp_path / "l.zip", {"a.pdf": "%PDF-1.7", "manifest.xml": "<manifest/>"})
    verslag = ingest([pad], opslag)
    assert verslag.lagen == ()
    assert [f.waar for _, f in verslag.geweigerde_bestanden] == [
        "l.zip/a.pdf",
        "l.zip/manifest.xml",
    ]
    with pytest.raises(KaartlagenError, match="pdf"):
        read_bestand(pad)


def bag_part(nummer: int, ids: list[int]) -> str:
    """A numbered part of a delivery; any XML kind of which the reader is fast will do."""
    leden = "".join(
        f"<imro:featureMember>{imro_object(nummer=i)}</imro:featureMember>" for i in ids
    )
    begin = f"<imro:featureMember>{plan()}</imro:featureMember>" if nummer == 1 else ""
    return (
        '<?xml version="1.0"?><imro:FeatureCollectionIMRO gml:id="c" '
        'xmlns:imro="http://www.geonovum.nl/imro/2012/1.1" '
        'xmlns:gml="http://www.opengis.net/gml/3.2" '
        f'xmlns:xlink="http://www.w3.org/1999/xlink">{begin}{leden}</imro:FeatureCollectionIMRO>'
    )


def test_a_numbered_delivery_in_a_zip_in_a_zip_is_one_layer(tmp_path, opslag, temp):
    delen = {
        f"9999VBO08112026-{n:06d}.xml": bag_part(n, list(range(10 * n, 10 * n + n)))
        for n in (3, 1, 2)
    }
    pad = write_zip(tmp_path / "extract.zip", {"9999VBO08112026.zip": zip_bytes(delen)})
    verslag = ingest([pad], opslag, soort="imro")
    assert verslag.geweigerde_bestanden == ()
    (inname,) = [i for i in verslag.lagen if i.laag == "bestemmingsvlakken"]
    assert (inname.gelezen, inname.opgenomen, inname.geweigerd) == (6, 6, 0)
    rijen = opslag.read("bestemmingsvlakken")
    assert sorted(rijen["object_id"]) == [f"NL.IMRO.o{i}" for i in (10, 20, 21, 30, 31, 32)]
    assert inname.bestand == (
        "extract.zip/9999VBO08112026.zip/9999VBO08112026-000001.xml t/m 9999VBO08112026-000003.xml"
    )
    assert list(temp.iterdir()) == []


def test_a_gap_in_a_numbered_delivery_is_said(tmp_path):
    delen = {f"A-{n:06d}.xml": bag_part(n, [n]) for n in (1, 2, 4)}
    lagen = read_bestand(write_zip(tmp_path / "l.zip", delen), soort="imro")
    codes = {b.code: b for laag in lagen for b in laag.bevindingen}
    assert codes["KL107"].voorbeelden == ("000003",)


def test_a_brk_delivery_is_read_from_its_zip(data_map, tmp_path, opslag):
    delen = {pad.name: pad for pad in sorted((data_map / "brk").glob("*.gml"))}
    verslag = ingest([write_zip(tmp_path / "extract.zip", delen)], opslag)
    percelen = [i for i in verslag.lagen if i.laag == "percelen"]
    assert [(i.bestand, i.opgenomen) for i in percelen] == [
        ("extract.zip/kadastralekaart_perceel.gml", 11)
    ]


def test_files_that_belong_together_lie_together(tmp_path):
    shp = write_vector(tmp_path / "a.shp", [VIERKANT], PLAN)
    delen = {f"x/{deel.name.upper()}": deel for deel in tmp_path.glob("a.*")}
    pad = write_zip(tmp_path / "l.zip", delen)
    assert names(pad) == ["l.zip/x/A.SHP"]
    (laag,) = read_bestand(pad)
    assert laag.frame.equals(read_bestand(shp)[0].frame)


ONVEILIG = {
    "../../weg.gml": "buiten de map",
    "map/../../weg.gml": "buiten de map",
    "/etc/weg.gml": "buiten de map",
    "C:/weg.gml": "buiten de map",
    "..\\..\\weg.gml": "buiten de map",
    "C:weg.gml": "buiten de map",
    "a//b.gml": "onmogelijke naam",
    "./a.gml": "onmogelijke naam",
    "a\x07.gml": "onmogelijke naam",
}


@pytest.mark.parametrize("naam", ONVEILIG)
def test_a_name_that_leads_elsewhere_is_refused(tmp_path, temp, naam):
    pad = tmp_path / "l.zip"
    with zipfile.ZipFile(pad, "w") as archief:
        archief.writestr("goed.gml", "<a/>")
        info = zipfile.ZipInfo("x")
        info.filename = naam
        archief.writestr(info, "<a/>")
    assert ONVEILIG[naam] in refused(pad)
    assert list(temp.iterdir()) == []
    assert not (tmp_path.parent / "weg.gml").exists()


@pytest.mark.parametrize("soort", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_links_and_devices_are_refused(tmp_path, soort):
    pad = tmp_path / "l.zip"
    with zipfile.ZipFile(pad, "w") as archief:
        info = zipfile.ZipInfo("plan.gml")
        info.create_system = 3
        info.external_attr = (soort | 0o777) << 16
        archief.writestr(info, "/etc/passwd")
    assert "verwijzing" in refused(pad)


def test_a_password_is_said(tmp_path):
    pad = write_zip(tmp_path / "l.zip", {"plan.gml": "<a/>"})
    inhoud = bytearray(pad.read_bytes())
    for begin, plek in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        inhoud[inhoud.index(begin) + plek] |= 1
    pad.write_bytes(bytes(inhoud))
    assert "wachtwoord" in refused(pad)


@pytest.mark.parametrize("soort", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packing_that_asks_much_memory_is_refused(tmp_path, soort):
    pad = tmp_path / "l.zip"
    with zipfile.ZipFile(pad, "w", soort) as archief:
        archief.writestr("plan.gml", "<a/>" * 100)
    assert "gecomprimeerd" in refused(pad)


@pytest.mark.parametrize("tweede", ["plan.gml", "PLAN.GML", "plan.gml/onder.gml"])
def test_names_that_fall_together_are_refused(tmp_path, tweede):
    pad = tmp_path / "l.zip"
    with zipfile.ZipFile(pad, "w") as archief:
        archief.writestr("plan.gml", "<a/>")
        info = zipfile.ZipInfo("x")
        info.filename = tweede
        with nullcontext() if tweede != "plan.gml" else pytest.warns(match="Duplicate"):
            archief.writestr(info, "<b/>")
    assert "naam" in refused(pad) or "heten" in refused(pad)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path, temp):
    pad = write_zip(tmp_path / "l.zip", {"plan.gml": b"\x00" * 30_000_000})
    assert pad.stat().st_size < 100_000
    assert "zipbom" in refused(pad)
    with limited(archief_verhouding=2_000):
        assert names(pad) == ["l.zip/plan.gml"]
    assert list(temp.iterdir()) == []


def test_a_bomb_that_lies_about_its_size_does_not_unpack_further(tmp_path, temp):
    echt = 30_000_000
    pad = write_zip(tmp_path / "l.zip", {"plan.gml": b"\x00" * echt})
    patch_zip(pad, struct.pack("<I", echt), struct.pack("<I", 1_000))
    with open_sources(pad) as bronnen:
        (bron,) = list(bronnen)
        assert isinstance(bron, Lidfout)
        assert sum(p.stat().st_size for p in temp.rglob("*") if p.is_file()) <= 1_000
    assert list(temp.iterdir()) == []


def test_limits_are_said_with_the_setting(tmp_path):
    pad = write_zip(tmp_path / "l.zip", {f"{n}.gml": "<a/>" * 50 for n in range(5)})
    for grens, waarde in (("archief_leden", 4), ("archief_bytes", 500)):
        with limited(**{grens: waarde}):
            with pytest.raises(BronError) as gevangen, open_sources(pad) as bronnen:
                list(bronnen)
            assert f"DAEB_GRENS_{grens.upper()}" in gevangen.value.herstel
    assert len(names(pad)) == 5


def test_archives_count_together_and_go_no_deeper_than_the_limit(tmp_path, temp):
    diepst = zip_bytes({"plan.gml": "<a/>"})
    diep = zip_bytes({"diepst.zip": diepst, "naast.gml": "<a/>"})
    pad = write_zip(tmp_path / "l.zip", {"diep.zip": diep, "ook.gml": "<a/>"})
    with open_sources(pad) as bronnen:
        uit = {bron.naam: bron for bron in bronnen}
    assert isinstance(uit["l.zip/diep.zip/naast.gml"], Bronbestand)
    dieper = uit["l.zip/diep.zip/diepst.zip"]
    assert isinstance(dieper, Lidfout)
    assert "DAEB_GRENS_ARCHIEF_DIEPTE" in dieper.fout.herstel
    with limited(archief_leden=3):
        assert any(
            isinstance(bron, Lidfout) and "bestanden" in bron.fout.wat for bron in list_sources(pad)
        )
    assert list(temp.iterdir()) == []


def list_sources(pad: Path) -> list[Bronbestand | Lidfout]:
    with open_sources(pad) as bronnen:
        return list(bronnen)


def test_a_list_of_contents_that_would_fill_memory_is_not_read(tmp_path):
    pad = write_zip(tmp_path / "l.zip", {"plan.gml": "<a/>"})
    inhoud = bytearray(pad.read_bytes())
    eind = inhoud.index(b"PK\x05\x06")
    inhoud[eind:eind] = b"\x00" * 3_000_000
    struct.pack_into("<I", inhoud, inhoud.index(b"PK\x05\x06") + 12, 3_000_000)
    pad.write_bytes(bytes(inhoud))
    with limited(archief_leden=100), pytest.raises(BronError, match="bestanden in"):
        read_bestand(pad)


def test_damage_in_one_member_refuses_that_member(tmp_path, opslag):
    goed = write_vector(tmp_path / "goed.gpkg", [VIERKANT], PLAN)
    pad = tmp_path / "l.zip"
    with zipfile.ZipFile(pad, "w", zipfile.ZIP_STORED) as archief:
        archief.writestr("stuk.gml", "<a>stukgemaakt</a>")
        archief.write(goed, "goed.gpkg")
    pad.write_bytes(pad.read_bytes().replace(b"stukgemaakt", b"stukgeknipt"))
    verslag = ingest([pad], opslag)
    assert [i.bestand for i in verslag.lagen] == ["l.zip/goed.gpkg"]
    ((plek, fout),) = verslag.geweigerde_bestanden
    assert plek.name == "stuk.gml"
    assert "beschadigd" in fout.wat


@pytest.mark.parametrize("deel", [0.2, 0.7, 0.98])
def test_a_zip_cut_off_is_refused(tmp_path, opslag, deel):
    pad = write_zip(tmp_path / "l.zip", {f"{n}.gml": "<a/>" * 500 for n in range(5)})
    pad.write_bytes(pad.read_bytes()[: int(pad.stat().st_size * deel)])
    ((plek, fout),) = ingest([pad], opslag).geweigerde_bestanden
    assert plek == pad
    assert "beschadigd of afgebroken" in fout.wat


def test_what_a_killed_program_left_unpacked_is_cleared_a_day_later(tmp_path, opslag):
    opslag.map.mkdir(parents=True)
    oud, nieuw = opslag.map / "daeb-uitpakken-oud", opslag.map / "daeb-uitpakken-nieuw"
    for map_ in (oud, nieuw):
        map_.mkdir()
        (map_ / "groot.gml").touch()
    os.utime(oud, (0, 0))
    los = write_vector(tmp_path / "a.gpkg", [VIERKANT], PLAN)
    ingest([write_zip(tmp_path / "l.zip", {"a.gpkg": los})], opslag)
    assert not oud.exists()
    assert (nieuw / "groot.gml").exists()


def test_an_empty_zip_is_refused(tmp_path):
    assert "leeg" in refused(write_zip(tmp_path / "l.zip", {}))
    assert "leeg" in refused(write_zip(tmp_path / "m.zip", {"map/": ""}))


@settings(max_examples=150)
@given(
    namen=st.lists(
        st.text(st.sampled_from(list("ab./\\:C\x00é~ ")), min_size=1, max_size=12), max_size=4
    )
)
def test_whatever_the_names_nothing_lands_outside_the_folder(namen, tmp_path_factory):
    map_ = tmp_path_factory.mktemp("namen")
    pad = map_ / "l.zip"
    with zipfile.ZipFile(pad, "w") as archief:
        for naam in namen:
            info = zipfile.ZipInfo("x")
            info.filename = naam
            with warnings.catch_warnings(action="ignore"):
                archief.writestr(info, "<a/>")
    werk = map_ / "werk"
    werk.mkdir()
    vooraf = set(map_.rglob("*"))
    try:
        with open_sources(pad, werk) as bronnen:
            list(bronnen)
            buiten = {p for p in map_.rglob("*") if werk not in p.parents}
            assert buiten <= vooraf
    except BronError:
        pass
    assert set(map_.rglob("*")) == vooraf


def test_a_bag_extract_in_parts_in_zips_is_one_layer(data_map, tmp_path, opslag):
    deel = (data_map / "bag" / "0221VBO15092020-000001.xml").read_text("utf-8")
    (los,) = read_bestand(data_map / "bag" / "0221VBO15092020-000001.xml")
    delen = {
        # Another woonplaats has other identifications.
        f"0221VBO15092020-{n:06d}.xml": deel.replace("0221010", f"022{n}010")
        for n in (1, 2, 3)
    }
    pad = write_zip(
        tmp_path / "extract.zip",
        {"0221VBO15092020.zip": zip_bytes(delen), "Leveringsdocument.xml": "<Leveringsdocument/>"},
    )
    verslag = ingest([pad], opslag)
    assert verslag.geweigerde_bestanden == ()
    (inname,) = verslag.lagen
    assert (inname.laag, inname.gelezen) == ("verblijfsobjecten", 3 * los.gelezen)
    assert inname.opgenomen == len(opslag.read("verblijfsobjecten")) == 3 * len(los.frame)
    assert len(opslag.snapshots()) == 1


def test_a_delivery_of_an_omgevingsplan_is_read_with_what_lies_beside_it(
    data_map, tmp_path, opslag
):
    map_ = data_map / "omgevingsplan" / "gemeentestad"
    pad = write_zip(tmp_path / "stad.zip", {p.name: p for p in sorted(map_.iterdir())})
    verslag = ingest([pad], opslag)
    assert {i.laag for i in verslag.lagen} >= {"ponsgebieden"}
    assert verslag.geweigerde_bestanden == ()
    assert len(verslag.overgeslagen_bestanden) > 10
    for opname in opslag.snapshots():
        tekst = opname.pad.with_suffix(".json").read_text("utf-8")
        assert "uitpakken" not in tekst
        assert opname.herkomst.bestand.startswith("stad.zip/")
