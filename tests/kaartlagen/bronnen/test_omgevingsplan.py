"""Omgevingsplan: each file of a delivery alone, and the joins between them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import shapely

from kaartlagen.errors import BronError, CrsError, KaartlagenError, OnbekendeSoortError
from kaartlagen.inname import ingest, read_bestand
from kaartlagen.opslag import LaagOpslag
from tests.kaartlagen.bronnen.levering import (
    UUID,
    WERK,
    area,
    area_designation,
    area_group,
    location,
    pons,
    write_besluit,
    write_geometries,
    write_gio,
    write_manifest,
    write_ow,
)
from tests.kaartlagen.maken import VIERKANT, polygon_gml

STAD = Path("omgevingsplan/gemeentestad")
ANDER = "155200 463000 155300 463000 155300 463100 155200 463100 155200 463000"
RAND = "155050 463000 155150 463000 155150 463100 155050 463100 155050 463000"


def codes(laag) -> dict[str, int]:
    return {b.code: b.aantal for b in laag.bevindingen}


def one(pad: Path, **opties):
    (laag,) = read_bestand(pad, **opties)
    return laag


# What each file of the official example delivery is, given alone in its folder.
GELEZEN = {
    "Bedrijf_categorie_2.gml": ("functiegebieden", 1, 1),
    "Bouwhoogte.gml": ("functiegebieden", 4, 4),
    "Centrumgebied.gml": ("functiegebieden", 1, 1),
    "PonsGebied.gml": ("ponsgebieden", 1, 1),
    "Speelhal.gml": ("functiegebieden", 1, 1),
    "Welstand.gml": ("functiegebieden", 3, 3),
    "Zone_A.gml": ("functiegebieden", 1, 1),
    "Zone_B.gml": ("functiegebieden", 1, 1),
    "Zuilichem.gml": ("functiegebieden", 1, 1),
    "owGebiedsaanwijzingen-Gemeentestad.xml": ("functiegebieden", 2, 2),
    # The ambtsgebied has no geometry of its own.
    "owLocaties-Gemeentestad.xml": ("functiegebieden", 21, 20),
    "owPons-Gemeentestad.xml": ("ponsgebieden", 1, 1),
}
GEWEIGERD = {
    "GIO001-Bedrijf_categorie_2.xml": r"categorie 2; de gebieden .* Bedrijf_categorie_2\.gml",
    "GIO002-Centrumgebied.xml": r"Lees Centrumgebied\.gml in",
    "GIO003-Zone_A.xml": r"Lees Zone_A\.gml in",
    "GIO004-Zone_B.xml": r"Lees Zone_B\.gml in",
    "GIO005-Speelhal.xml": r"Lees Speelhal\.gml in",
    "GIO006-Bouwhoogte.xml": r"maximum bouwhoogte bedrijfsgebouw.*Lees Bouwhoogte\.gml in",
    "GIO007-Welstand.xml": r"Lees Welstand\.gml in",
    "GIO008-Zuilichem.xml": r"Lees Zuilichem\.gml in",
    "IO009.xml": r"geen kaart is \(Regdata\.pdf\)",
    "PonsGebied.xml": r"Lees PonsGebied\.gml in",
    "akn_nl_bill_gm0297-3520-01.xml": "besluit met de tekst",
    "manifest-ow.xml": "manifest.*OW-bestanden",
    "manifest.xml": "inhoudsopgave",
    "opdracht.xml": "opdracht bij een levering",
    "owActiviteiten-Gemeentestad.xml": r"alleen activiteiten \(16\)",
    "owKaart.xml": r"alleen kaarten \(1\)",
    "owOmgevingsnormOmgevingswaarde.xml": r"omgevingsnormen \(2\), omgevingswaarden \(1\)",
    "owRegelingsgebied.xml": "het regelingsgebied",
    "owRegeltekst-Gemeentestad.xml": r"regels voor iedereen \(20\), regelteksten \(14\)",
    "owSymbolisatieItem.xml": r"symbolisatie \(8\)",
}


def test_every_file_of_the_example_delivery_has_its_outcome_here(data_map):
    assert {pad.name for pad in (data_map / STAD).iterdir()} == set(GELEZEN) | set(GEWEIGERD)


@pytest.mark.parametrize("naam", GELEZEN)
def test_a_file_of_the_example_delivery_is_read(data_map, naam):
    laag = one(data_map / STAD / naam)
    assert (laag.laag, laag.gelezen, len(laag.frame)) == GELEZEN[naam]
    assert laag.gelezen == len(laag.frame) + laag.geweigerd
    assert laag.soort == "omgevingsplan"
    assert laag.herkomst.crs_bron == "EPSG:28992"
    assert laag.frame.is_valid.all()
    assert (laag.frame.area > 0).all()
    assert set(laag.frame["omgevingsplan"]) == {"/akn/nl/act/gm0297/2019/reg456"}


@pytest.mark.parametrize("naam", GEWEIGERD)
def test_a_file_of_the_example_delivery_is_refused_by_what_it_is(data_map, naam):
    with pytest.raises(BronError, match=GEWEIGERD[naam]):
        read_bestand(data_map / STAD / naam)


def test_areas_of_the_example_delivery_are_those_of_its_coordinates(data_map):
    # Expected values: the shoelace sum over the posLists of each file, holes taken off.
    oppervlakten = {
        "PonsGebied.gml": 37_933_988,
        "Zone_B.gml": 4_698_436,
        "Centrumgebied.gml": 499_141,
    }
    for naam, verwacht in oppervlakten.items():
        assert one(data_map / STAD / naam).frame.area.sum() == pytest.approx(verwacht, abs=1)


def test_the_pons_of_the_example_delivery_knows_its_plan_and_its_day(data_map):
    rij = one(data_map / STAD / "owPons-Gemeentestad.xml").frame.iloc[0]
    assert rij["object_id"] == "nl.imow-gm0297.pons.2019000001"
    assert rij["naam"] == "PonsGebieddd"
    assert rij["datum"] == "2020-01-14"


def test_functions_of_the_example_delivery_name_their_group(data_map):
    frame = one(data_map / STAD / "owGebiedsaanwijzingen-Gemeentestad.xml").frame
    assert frame[["naam", "soort", "groep"]].to_numpy().tolist() == [
        ["Bedrijf categorie 2", "Functie", "Bedrijf"],
        ["Centrumgebied", "Functie", "Centrumgebied"],
    ]
    gio = one(data_map / STAD / "Centrumgebied.gml").frame
    assert frame.geometry.iloc[1].equals(gio.geometry.iloc[0])


def test_the_whole_folder_gives_one_pons_and_leaves_it_as_it_was(data_map, tmp_path):
    map_ = Path(shutil.copytree(data_map / STAD, tmp_path / "levering"))
    voor = sorted(pad.name for pad in map_.iterdir())
    opslag = LaagOpslag(tmp_path / "lagen")
    verslag = ingest(sorted(map_.iterdir()), opslag)
    assert {pad.name for pad, _ in verslag.geweigerde_bestanden} == set(GEWEIGERD)
    assert len(opslag.read("ponsgebieden")) == 1
    # Objects and geometry of the pons are one source, so the second adds no snapshot.
    assert len(opslag.snapshots("ponsgebieden")) == 1
    assert opslag.read("functiegebieden")["soort"].value_counts().to_dict() == {
        "locatie": 20,
        "informatieobject": 13,
        "Functie": 2,
    }
    assert sorted(pad.name for pad in map_.iterdir()) == voor


def test_locations_of_a_gio_keep_group_value_and_id(tmp_path):
    kop = (
        "<geo:normlabel>maximum bouwhoogte</geo:normlabel><geo:groepen><geo:Groep>"
        "<geo:groepID>hoog</geo:groepID><geo:label>Hoogbouw</geo:label></geo:Groep></geo:groepen>"
    )
    hoog = location(extra="<geo:groepID>hoog</geo:groepID>")
    laag = location(
        "AAAA",
        polygon_gml(ANDER),
        None,
        "<geo:kwantitatieveNormwaarde>07</geo:kwantitatieveNormwaarde>",
    )
    frame = one(write_gio(tmp_path / "g.gml", hoog, laag, kop=kop)).frame
    assert frame.drop(columns="geometry").to_numpy().tolist() == [
        [UUID.lower(), "Centrum", "informatieobject", "Hoogbouw", None, None],
        ["aaaa", "centrum", "informatieobject", "maximum bouwhoogte", "07", None],
    ]


def test_a_gio_is_one_source_over_its_versions(tmp_path):
    oud = one(write_gio(tmp_path / "oud.gml", versie="2023-05-01;1")).herkomst
    nieuw = one(write_gio(tmp_path / "nieuw.gml", versie="2024-03-01;2")).herkomst
    assert oud.bron == nieuw.bron == "/join/id/regdata/gm9001/2024/centrum"
    assert (oud.peildatum.isoformat(), nieuw.peildatum.isoformat()) == ("2023-05-01", "2024-03-01")
    zonder = one(write_gio(tmp_path / "jaar.gml", versie="2024;1")).herkomst
    assert zonder.peildatum is None


def test_a_gio_version_outside_a_vaststelling_is_read_too(tmp_path):
    pad = write_gio(tmp_path / "g.gml")
    tekst = pad.read_text(encoding="utf-8")
    kern = tekst[tekst.index("<geo:GeoInformatieObjectVersie>") : tekst.index("</geo:vastgestelde")]
    ruimten = tekst[tekst.index("xmlns:geo") : tekst.index(">")]
    pad.write_text(kern.replace("Versie>", f"Versie {ruimten}>", 1), encoding="utf-8")
    assert one(pad).frame["naam"].tolist() == ["Centrum"]


def test_bare_geometries_are_read(tmp_path):
    pad = write_geometries(tmp_path / "g.gml", [("A1", polygon_gml()), ("B2", polygon_gml(ANDER))])
    frame = one(pad).frame
    assert frame["object_id"].tolist() == ["a1", "b2"]
    assert frame["naam"].isna().all()


def test_a_change_of_a_gio_is_refused_for_it_says_not_what_holds(tmp_path):
    pad = write_gio(tmp_path / "g.gml")
    tekst = pad.read_text(encoding="utf-8")
    pad.write_text(
        tekst.replace("GeoInformatieObjectVersie", "GeoInformatieObjectMutatie")
        .replace("<geo:locaties>", "<geo:was><geo:Selectie><geo:locaties>")
        .replace("</geo:locaties>", "</geo:locaties></geo:Selectie></geo:was>"),
        encoding="utf-8",
    )
    with pytest.raises(BronError, match="wijziging"):
        read_bestand(pad)


def test_points_of_a_gio_are_refused_row_by_row(tmp_path):
    punt = (
        '<gml:Point srsName="urn:ogc:def:crs:EPSG::28992"><gml:pos>155000 463000</gml:pos>'
        "</gml:Point>"
    )
    laag = one(write_gio(tmp_path / "g.gml", location(), location("B2", punt)))
    assert (laag.gelezen, len(laag.frame), laag.geweigerd) == (2, 1, 1)
    assert codes(laag)["KL302"] == 1


def test_heights_of_a_gio_are_left_out_and_told(tmp_path):
    hoog = (
        '<gml:Polygon srsName="urn:ogc:def:crs:EPSG::7415" srsDimension="3"><gml:exterior>'
        "<gml:LinearRing><gml:posList>155000 463000 1 155100 463000 1 155100 463100 1 "
        "155000 463000 1</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>"
    )
    laag = one(write_gio(tmp_path / "g.gml", location(geometrie=hoog)))
    assert not laag.frame.has_z.any()
    assert laag.frame.area.tolist() == [5_000.0]
    assert codes(laag)["KL307"] == 1


def test_a_broken_ring_refuses_its_location_with_the_reason(tmp_path):
    open_ring = polygon_gml("155000 463000 155100 463000 155100 463100 155000 463100")
    laag = one(write_gio(tmp_path / "g.gml", location(), location("B2", open_ring)))
    assert (laag.gelezen, len(laag.frame)) == (2, 1)
    bevinding = next(b for b in laag.bevindingen if b.code == "KL305")
    assert "niet gesloten" in bevinding.voorbeelden[0]


def test_etrs89_has_the_latitude_first(tmp_path):
    # STOP allows RD and ETRS89; the URN of the latter promises latitude, longitude.
    graden = polygon_gml(
        "52.155 5.387 52.155 5.389 52.157 5.389 52.157 5.387 52.155 5.387",
        "urn:ogc:def:crs:EPSG::4258",
    )
    laag = one(write_gio(tmp_path / "g.gml", location(geometrie=graden)))
    assert laag.herkomst.crs_bron == "EPSG:4258"
    assert shapely.distance(laag.frame.geometry.iloc[0].centroid, VIERKANT.centroid) < 200


def test_two_coordinate_systems_in_one_gio_are_refused(tmp_path):
    graden = polygon_gml("52.1 5.3 52.2 5.3 52.2 5.4 52.1 5.3", "urn:ogc:def:crs:EPSG::4258")
    with pytest.raises(CrsError):
        read_bestand(write_gio(tmp_path / "g.gml", location(), location("B2", graden)))


def test_a_pons_finds_its_geometry_by_way_of_groups(tmp_path):
    ow = write_ow(tmp_path / "ow.xml", pons("groep.1"))
    write_ow(
        tmp_path / "loc.xml",
        area_group("gebied.1", "groep.2"),
        area_group("gebied.2", id_="groep.2"),
        area(),
        area("gebied.2", "B2"),
    )
    write_gio(tmp_path / "een.gml", location())
    write_gio(tmp_path / "twee.gml", location("b2", polygon_gml(RAND)), werk="/join/id/twee")
    frame = one(ow).frame
    # Two areas that overlap by half count once.
    assert frame.area.tolist() == [15_000.0]


def test_ids_of_geometries_differ_in_capitals(tmp_path):
    ow = write_ow(tmp_path / "ow.xml", pons(), area(uuid=UUID.lower()))
    write_gio(tmp_path / "g.gml", location(UUID.upper()))
    assert read_bestand(ow)[0].frame.area.tolist() == [10_000.0]


def test_groups_that_hold_each_other_come_to_an_end(tmp_path):
    ow = write_ow(
        tmp_path / "ow.xml",
        pons("groep.1"),
        area_group("groep.2", "gebied.1"),
        area_group("groep.1", id_="groep.2"),
        area(),
    )
    write_gio(tmp_path / "g.gml")
    lagen = {laag.laag: laag for laag in read_bestand(ow)}
    assert lagen["ponsgebieden"].frame.area.tolist() == [10_000.0]


def test_a_pons_of_which_a_part_is_missing_is_refused_whole(tmp_path):
    ow = write_ow(
        tmp_path / "ow.xml", pons("groep.1"), area_group("gebied.1", "gebied.2"), area(),
        area("gebied.2", "B2"), area_designation(),
    )  # fmt: skip
    write_gio(tmp_path / "g.gml")
    lagen = {laag.laag: laag for laag in read_bestand(ow)}
    assert (lagen["ponsgebieden"].gelezen, len(lagen["ponsgebieden"].frame)) == (1, 0)
    bevinding = next(b for b in lagen["ponsgebieden"].bevindingen if b.code == "KL903")
    assert "b2 staat niet in deze map" in bevinding.voorbeelden[0]
    # gebied.2 and the group are refused, gebied.1 and the gebiedsaanwijzing are not.
    assert (lagen["functiegebieden"].gelezen, len(lagen["functiegebieden"].frame)) == (4, 2)


def test_a_pons_without_its_delivery_is_refused_with_the_remedy(tmp_path):
    with pytest.raises(BronError, match=r"bij elkaar in één map.*gebied\.1 staat niet in deze map"):
        read_bestand(write_ow(tmp_path / "ow.xml", pons()))


def test_nothing_outside_the_folder_is_looked_at(tmp_path):
    map_ = tmp_path / "levering"
    map_.mkdir()
    ow = write_ow(map_ / "ow.xml", pons("../gebied.1"), area("../gebied.1", "../elders.gml"))
    buiten = write_gio(tmp_path / "elders.gml", location("../elders.gml"))
    with pytest.raises(BronError, match="staat niet in deze map"):
        read_bestand(ow)
    (map_ / "g.gml").symlink_to(buiten)
    with pytest.raises(BronError, match="staat niet in deze map"):
        read_bestand(ow)


def test_a_neighbour_with_a_doctype_is_named_and_not_read(tmp_path):
    ow = write_ow(tmp_path / "ow.xml", pons(), area())
    gio = write_gio(tmp_path / "g.gml")
    gio.write_text(
        '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>' + gio.read_text(encoding="utf-8"),
        encoding="utf-8",
    )
    with pytest.raises(BronError, match=r"g\.gml: .*DOCTYPE"):
        read_bestand(ow)


def test_a_broken_neighbour_that_was_not_needed_is_no_obstacle(tmp_path):
    ow = write_ow(tmp_path / "ow.xml", pons(), area())
    write_gio(tmp_path / "g.gml")
    heel = write_ow(tmp_path / "ander.xml", area("gebied.9")).read_text(encoding="utf-8")
    (tmp_path / "ander.xml").write_text(heel[:-40], encoding="utf-8")
    laag = read_bestand(ow)[0]
    assert (laag.laag, len(laag.frame)) == ("ponsgebieden", 1)
    assert codes(laag)["KL905"] == 1


@pytest.mark.parametrize("status", ["B", "b", "beëindigd"])
def test_an_ended_object_does_not_hold(tmp_path, status):
    ow = write_ow(
        tmp_path / "ow.xml", pons(extra=f"<ow:status>{status}</ow:status>"), area_designation(),
        area(),
    )  # fmt: skip
    write_gio(tmp_path / "g.gml")
    lagen = {laag.laag: laag for laag in read_bestand(ow)}
    assert (lagen["ponsgebieden"].gelezen, lagen["ponsgebieden"].geweigerd) == (1, 1)
    assert codes(lagen["ponsgebieden"]) == {"KL901": 1}
    assert len(lagen["functiegebieden"].frame) == 2


def test_a_draft_does_not_hold(tmp_path):
    ontwerp = "<ow:procedurestatus>ontwerp</ow:procedurestatus>"
    ow = write_ow(tmp_path / "ow.xml", pons(extra=ontwerp))
    write_ow(tmp_path / "loc.xml", area())
    gio = write_gio(tmp_path / "g.gml")
    with pytest.raises(BronError, match="ontwerp"):
        read_bestand(ow)
    # Nor does its geometry, when that is given.
    with pytest.raises(BronError, match="ontwerp"):
        read_bestand(gio)


def test_an_object_of_the_whole_ambtsgebied_is_refused_for_that(tmp_path):
    ambt = "<l:Ambtsgebied><l:identificatie>ambt.1</l:identificatie></l:Ambtsgebied>"
    with pytest.raises(BronError, match=r"bestuurlijke grenzen.*pons\.1.*ambt\.1"):
        read_bestand(write_ow(tmp_path / "ow.xml", pons("ambt.1"), ambt))


def test_objects_without_a_layer_are_counted_beside_those_with_one(tmp_path):
    activiteit = "<rol:Activiteit><rol:identificatie>a.1</rol:identificatie></rol:Activiteit>"
    ow = write_ow(tmp_path / "ow.xml", area_designation(), area(), activiteit, activiteit)
    write_gio(tmp_path / "g.gml")
    laag = one(ow)
    bevinding = next(b for b in laag.bevindingen if b.code == "KL904")
    assert (bevinding.aantal, bevinding.voorbeelden) == (2, ("Activiteit (2)",))


def test_other_types_of_gebiedsaanwijzing_are_told_apart(tmp_path):
    ow = write_ow(tmp_path / "ow.xml", area_designation(soort="Geluid"), area())
    write_gio(tmp_path / "g.gml")
    assert one(ow).frame["soort"].tolist() == ["Geluid", "locatie"]


def test_a_gio_that_is_called_pons_but_not_pointed_at_says_so(tmp_path):
    pad = write_gio(tmp_path / "g.gml", location(naam="Ponsgebied"))
    laag = one(pad)
    assert laag.laag == "functiegebieden"
    assert codes(laag)["KL906"] == 1
    als_pons = one(pad, soort="ponsgebieden")
    assert (als_pons.laag, als_pons.soort) == ("ponsgebieden", "ponsgebieden")
    assert als_pons.frame.iloc[0]["naam"] == "Ponsgebied"
    assert als_pons.frame.iloc[0]["datum"] is None


def test_a_gio_with_a_pons_and_more_fills_both_layers(tmp_path):
    write_ow(tmp_path / "ow.xml", pons(), area())
    pad = write_gio(tmp_path / "g.gml", location(), location("B2", polygon_gml(ANDER), "Rest"))
    lagen = {laag.laag: laag.frame for laag in read_bestand(pad)}
    assert lagen["ponsgebieden"]["object_id"].tolist() == ["nl.imow-gm9001.pons.1"]
    assert lagen["functiegebieden"]["naam"].tolist() == ["Rest"]


def test_a_newer_geometry_beside_the_same_pons_makes_a_new_snapshot(tmp_path):
    ow = write_ow(tmp_path / "ow.xml", pons(), area())
    write_gio(tmp_path / "g.gml")
    opslag = LaagOpslag(tmp_path / "lagen")
    ingest([ow], opslag)
    write_gio(tmp_path / "g.gml", location(geometrie=polygon_gml(ANDER)))
    ingest([ow], opslag)
    assert len(opslag.snapshots("ponsgebieden")) == 2
    assert opslag.read("ponsgebieden").geometry.iloc[0].bounds[0] == 155_200


def test_the_regeling_is_that_of_the_manifest_that_lists_the_file(tmp_path):
    ow = write_ow(tmp_path / "ow.xml", pons(), area())
    write_gio(tmp_path / "g.gml")
    write_manifest(tmp_path, [(WERK, "ow.xml"), ("/akn/nl/act/gm9001/2024/ander", "x.xml")])
    write_besluit(tmp_path)
    rij = read_bestand(ow)[0].frame.iloc[0]
    assert (rij["omgevingsplan"], rij["datum"]) == (WERK, "2024-07-01")


def test_a_day_of_another_doel_is_not_taken(tmp_path):
    ow = write_ow(tmp_path / "ow.xml", pons(), area())
    write_gio(tmp_path / "g.gml")
    write_manifest(tmp_path)
    write_besluit(tmp_path, doel="/join/id/proces/gm9001/2024/ander")
    laag = read_bestand(ow)[0]
    assert laag.frame.iloc[0]["datum"] is None
    assert laag.herkomst.peildatum is None


def test_a_regeling_that_cannot_be_told_is_left_open(tmp_path):
    ow = write_ow(tmp_path / "ow.xml", pons(), area())
    write_gio(tmp_path / "g.gml")
    write_manifest(tmp_path, [(WERK, "a.xml"), ("/akn/nl/act/gm9001/2024/ander", "b.xml")])
    assert read_bestand(ow)[0].frame.iloc[0]["omgevingsplan"] is None


def test_the_user_cannot_call_a_delivery_something_else(tmp_path):
    with pytest.raises(OnbekendeSoortError, match="omgevingsplan"):
        read_bestand(write_gio(tmp_path / "g.gml"), soort="percelen")


def test_a_file_cut_off_halfway_is_refused(tmp_path):
    pad = write_gio(tmp_path / "g.gml")
    pad.write_text(pad.read_text(encoding="utf-8")[:-60], encoding="utf-8")
    with pytest.raises(KaartlagenError, match="afgebroken"):
        read_bestand(pad)
