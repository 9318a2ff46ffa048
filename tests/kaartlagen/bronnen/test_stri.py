"""The STRI manifest beside a plan gives its dossierstatus, and a changed one a new snapshot."""

from __future__ import annotations

import shutil

import pytest

from kaartlagen.bronnen.stri import find_dossier
from kaartlagen.errors import OnbekendeSoortError
from kaartlagen.herkennen import recognise
from kaartlagen.inname import ingest, read_bestand
from kaartlagen.opslag import LaagOpslag
from tests.kaartlagen.imro_maken import (
    IDN_2006,
    plan_2006,
    write_2006,
    write_manifest,
    write_properties,
)
from tests.kaartlagen.maken import imro_object, plan, write_imro

IDN = "NL.IMRO.9001.plan1-vas1"
DOSSIER = "NL.IMRO.9001.plan1"


@pytest.fixture
def planbestand(tmp_path):
    return write_imro(tmp_path / f"{IDN}.gml", plan(), imro_object())


def plan_layer(pad):
    return next(laag for laag in read_bestand(pad) if laag.laag == "plangebieden")


def findings(laag) -> dict[str, object]:
    return {b.code: b for b in laag.bevindingen}


def test_without_a_manifest_the_dossierstatus_is_unknown(planbestand):
    laag = plan_layer(planbestand)
    assert laag.frame.iloc[0]["dossierstatus"] is None
    assert "KL410" not in findings(laag)


@pytest.mark.parametrize("versie", ["2012/1.0", "2012/2.0"])
@pytest.mark.parametrize("naam", ["manifest.xml", "manifest_STRI2012_9001.xml", "lijst.XML"])
@pytest.mark.parametrize(
    "status",
    ["in voorbereiding", "vastgesteld", "geheel in werking", "deels in werking",
     "niet in werking", "geheel onherroepelijk in werking", "deels onherroepelijk in werking",
     "vervallen", "geconsolideerd"],
)  # fmt: skip
def test_the_dossierstatus_comes_from_the_manifest_with_its_name_and_date(
    planbestand, versie, naam, status
):
    write_manifest(
        planbestand.with_name(naam),
        {"NL.IMRO.9001.ander": ("vervallen", ["NL.IMRO.9001.ander-vas1"]),
         DOSSIER: (status, ["NL.IMRO.9001.plan1-ont1", IDN])},
        versie=versie,
    )  # fmt: skip
    laag = plan_layer(planbestand)
    assert laag.frame.iloc[0]["dossierstatus"] == status
    uitleg = findings(laag)["KL410"].uitleg
    assert f"{naam} van 1-5-2024" in uitleg
    assert status in uitleg
    assert "KL453" not in findings(laag)


def test_a_status_out_of_the_list_is_kept_and_told(planbestand):
    write_manifest(planbestand.with_name("manifest.xml"), {DOSSIER: ("in orde", [IDN])})
    laag = plan_layer(planbestand)
    assert laag.frame.iloc[0]["dossierstatus"] == "in orde"
    assert "KL453" in findings(laag)


def test_a_manifest_that_does_not_name_the_plan_says_nothing(planbestand):
    zonder = plan_layer(planbestand)
    write_manifest(
        planbestand.with_name("manifest.xml"),
        {DOSSIER: ("geheel in werking", ["NL.IMRO.9001.plan1-vas2"])},
    )
    met = plan_layer(planbestand)
    assert met.frame.iloc[0]["dossierstatus"] is None
    assert met.herkomst.sha256 == zonder.herkomst.sha256


def test_of_two_manifests_the_newest_speaks(planbestand):
    write_manifest(
        planbestand.with_name("manifest-a.xml"), {DOSSIER: ("vastgesteld", [IDN])},
        datum="2023-01-01",
    )  # fmt: skip
    write_manifest(
        planbestand.with_name("manifest-b.xml"), {DOSSIER: ("geheel in werking", [IDN])},
        datum="2024-01-01", versie="2012/1.0",
    )  # fmt: skip
    assert plan_layer(planbestand).frame.iloc[0]["dossierstatus"] == "geheel in werking"


def test_two_manifests_of_one_day_that_disagree_leave_it_unknown(planbestand):
    for naam, status in [("a.xml", "vastgesteld"), ("b.xml", "geheel in werking")]:
        write_manifest(planbestand.with_name(naam), {DOSSIER: (status, [IDN])})
    laag = plan_layer(planbestand)
    assert laag.frame.iloc[0]["dossierstatus"] is None
    assert len(findings(laag)["KL411"].voorbeelden) == 2


def test_the_manifests_of_2008_and_2006_know_no_dossierstatus(planbestand, tmp_path):
    write_properties(planbestand.with_name("manifest.xml"), IDN)
    laag = plan_layer(planbestand)
    assert laag.frame.iloc[0]["dossierstatus"] is None
    assert "KL412" not in findings(laag)
    oud = write_2006(tmp_path / "oud.gml", plan_2006())
    write_properties(tmp_path / "manifest2006.xml", IDN_2006, versie="2006/1", historisch="true")
    laag = plan_layer(oud)
    assert laag.frame.iloc[0]["dossierstatus"] is None
    assert findings(laag)["KL412"].voorbeelden == ("manifest2006.xml",)


@pytest.mark.parametrize(
    ("status", "verschilt"), [("vastgesteld", False), ("Vastgesteld", False), ("ontwerp", True)]
)
def test_a_geleideformulier_that_says_another_planstatus_is_told(planbestand, status, verschilt):
    write_properties(
        planbestand.with_name(f"g_{IDN}.xml"), IDN, status,
        wortel="GeleideFormulier", versie="2012/1.0",
    )  # fmt: skip
    laag = plan_layer(planbestand)
    assert ("KL414" in findings(laag)) is verschilt
    assert laag.frame.iloc[0]["planstatus"] == "vastgesteld"
    assert laag.frame.iloc[0]["dossierstatus"] is None


def test_a_damaged_manifest_is_told_and_not_used(planbestand):
    pad = write_manifest(
        planbestand.with_name("manifest.xml"), {DOSSIER: ("geheel in werking", [IDN])}
    )
    pad.write_bytes(pad.read_bytes()[:-40])
    laag = plan_layer(planbestand)
    assert laag.frame.iloc[0]["dossierstatus"] is None
    assert findings(laag)["KL413"].voorbeelden == ("manifest.xml",)


def test_other_xml_beside_the_plan_is_left_alone(planbestand):
    planbestand.with_name("kapot.xml").write_text("<open>", encoding="utf-8")
    planbestand.with_name("iets.xml").write_text("<a><b><c/></b></a>", encoding="utf-8")
    planbestand.with_name("leeg.xml").write_bytes(b"")
    planbestand.with_name("doctype.xml").write_text(
        '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', encoding="utf-8"
    )
    planbestand.with_name("map.xml").mkdir()
    assert {"KL410", "KL413"}.isdisjoint(findings(plan_layer(planbestand)))


def test_a_changed_manifest_makes_a_new_snapshot_of_the_plangebieden_alone(planbestand, tmp_path):
    opslag = LaagOpslag(tmp_path / "lagen")
    manifest = planbestand.with_name("manifest.xml")
    write_manifest(manifest, {DOSSIER: ("vastgesteld", [IDN])})
    eerst = {i.laag: i.momentopname for i in ingest([planbestand], opslag).lagen}
    weer = {i.laag: i.momentopname for i in ingest([planbestand], opslag).lagen}
    assert weer == eerst
    write_manifest(manifest, {DOSSIER: ("geheel onherroepelijk in werking", [IDN])})
    daarna = {i.laag: i.momentopname for i in ingest([planbestand], opslag).lagen}
    assert daarna["plangebieden"] != eerst["plangebieden"]
    assert daarna["bestemmingsvlakken"] == eerst["bestemmingsvlakken"]
    assert opslag.read("plangebieden")["dossierstatus"].tolist() == [
        "geheel onherroepelijk in werking"
    ]


def test_a_folder_full_of_plans_reads_its_manifest_once(tmp_path, monkeypatch):
    idns = [f"NL.IMRO.9001.plan{n}-vas1" for n in range(20)]
    write_manifest(tmp_path / "manifest.xml", {DOSSIER: ("vastgesteld", idns)})
    gelezen = []
    echt = __import__("kaartlagen.bronnen.stri", fromlist=["iter_features"]).iter_features
    monkeypatch.setattr(
        "kaartlagen.bronnen.stri.iter_features", lambda pad: gelezen.append(pad) or echt(pad)
    )
    statussen = {find_dossier(tmp_path / f"{idn}.gml", idn, None).status for idn in idns}
    assert statussen == {"vastgesteld"}
    assert len(gelezen) == 1


def test_an_idn_that_is_a_path_reaches_no_other_folder(tmp_path):
    (tmp_path / "plannen").mkdir()
    write_properties(tmp_path / "x.xml", "../x", wortel="GeleideFormulier")
    dossier = find_dossier(tmp_path / "plannen" / "p.gml", "/../../x", "ontwerp")
    assert dossier.gelezen == ()
    assert find_dossier(tmp_path / "plannen" / "p.gml", "a\0b", None).gelezen == ()


@pytest.mark.parametrize("wortel", ["Manifest", "GeleideFormulier"])
def test_a_manifest_by_itself_is_refused_with_what_it_is_for(tmp_path, wortel):
    pad = write_properties(tmp_path / "m.xml", IDN, wortel=wortel)
    with pytest.raises(OnbekendeSoortError, match="naast het GML-bestand van een plan"):
        recognise(pad)


def test_nothing_is_written_beside_the_plan(planbestand):
    write_manifest(planbestand.with_name("manifest.xml"), {DOSSIER: ("vastgesteld", [IDN])})
    voor = sorted(planbestand.parent.iterdir())
    plan_layer(planbestand)
    assert sorted(planbestand.parent.iterdir()) == voor


def test_a_real_plan_takes_the_status_from_a_manifest_beside_it(data_map, tmp_path):
    idn = "NL.IMRO.0202.974-0301"
    pad = tmp_path / f"{idn}.gml"
    shutil.copy(data_map / "imro" / f"{idn}.gml", pad)
    write_manifest(
        tmp_path / "manifest.xml",
        {"NL.IMRO.0202.974": ("geheel onherroepelijk in werking", [idn])},
    )
    laag = plan_layer(pad)
    assert laag.frame.iloc[0]["dossierstatus"] == "geheel onherroepelijk in werking"
    assert laag.frame.iloc[0]["planstatus"] == "vastgesteld"
