"""Flat ruimtelijke plannen: every spelling of the columns, and the same rows as IMRO GML."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
import pytest
import shapely

from kaartlagen.errors import BronError, CrsError, OnbekendeSoortError
from kaartlagen.herkennen import recognise
from kaartlagen.inname import read_bestand
from tests.kaartlagen.maken import (
    RING,
    VIERKANT,
    imro_object,
    plan,
    polygon_gml,
    write_geojson,
    write_imro,
    write_vector,
)

IDN = "NL.IMRO.9001.plan1-vas1"
NAAST = shapely.box(155_100, 463_000, 155_200, 463_100)
RING_NAAST = "155100 463000 155200 463000 155200 463100 155100 463100 155100 463000"
RD = {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}}
PLAN = {
    "plangebied": IDN,
    "planstatus": "vastgesteld",
    "typePlan": "bestemmingsplan",
    "datum": "2024-02-01",
    "dossierID": "NL.IMRO.9001.plan1",
    "dossierStatus": "geheel onherroepelijk in werking",
    "historisch": "false",
    "versieIMRO": "IMRO2012",
    "verwijzingNaarTekst": "https://voorbeeld.nl/r_x.html",
}
GEBIED = PLAN | {
    "identificatie": IDN,
    "naam": "Voorbeeld",
    "naamOverheid": "Gemeente Voorbeeld",
    "overheidsCode": "9001",
}
WONEN = PLAN | {
    "identificatie": "NL.IMRO.o1",
    "naam": "Wonen - 1",
    "bestemmingshoofdgroep": "wonen",
}
WATER = WONEN | {
    "identificatie": "NL.IMRO.o2", "naam": "Waterstaat", "bestemmingshoofdgroep": "waterstaat",
}  # fmt: skip


def codes(laag) -> dict[str, int]:
    return {b.code: b.aantal for b in laag.bevindingen}


def layers(pad: Path, **opties) -> dict[str, object]:
    return {laag.laag: laag for laag in read_bestand(pad, **opties)}


def table(rijen: Sequence[Mapping[str, object]]) -> dict[str, list[object]]:
    namen = dict.fromkeys(naam for rij in rijen for naam in rij)
    return {naam: [rij.get(naam) for rij in rijen] for naam in namen}


def write(pad: Path, lagen: Mapping[str, Sequence[tuple[shapely.Geometry, Mapping]]]) -> Path:
    """Write layers of rows to a GeoPackage."""
    for naam, rijen in lagen.items():
        kolommen = table([rij for _, rij in rijen])
        write_vector(pad, [vorm for vorm, _ in rijen], kolommen, laag=naam)
    return pad


def write_gml(
    pad: Path,
    objecten: Sequence[tuple[str, Mapping[str, str], str]],
    *,
    ruimte: str = "http://www.opengis.net/gml",
    wfs: str | None = None,
    srs: str = "urn:ogc:def:crs:EPSG::28992",
) -> Path:
    """Write flat features as in a download of PDOK, or as a WFS (its namespace) answers."""
    gml = (
        "http://www.opengis.net/gml/3.2"
        if wfs and wfs.endswith("2.0")
        else "http://www.opengis.net/gml"
    )
    lid = "wfs:member" if wfs and wfs.endswith("2.0") else "gml:featureMember"
    leden = []
    for klasse, rij, ring in objecten:
        velden = "".join(
            f"<app:{naam}>{str(waarde).replace('&', '&amp;')}</app:{naam}>"
            for naam, waarde in rij.items()
        )
        rand = polygon_gml(ring, srs)
        leden.append(
            f"<{lid}><app:{klasse}><gml:boundedBy><gml:Envelope><gml:lowerCorner>0 0"
            f"</gml:lowerCorner></gml:Envelope></gml:boundedBy>{velden}"
            f"<app:geometrie>{rand}</app:geometrie></app:{klasse}></{lid}>"
        )
    wortel = "wfs:FeatureCollection" if wfs else "gml:FeatureCollection"
    pad.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?><{wortel} xmlns:gml="{gml}" xmlns:app="{ruimte}" '
        f'xmlns:wfs="{wfs or "http://www.opengis.net/wfs"}"><gml:boundedBy><gml:Envelope/>'
        f"</gml:boundedBy>{''.join(leden)}</{wortel}>",
        encoding="utf-8",
    )
    return pad


# The proof: one plan in three forms.


def write_plan_as_imro(map_: Path) -> Path:
    groep = "<imro:bestemmingshoofdgroep>{}</imro:bestemmingshoofdgroep>"
    vlak = '<imro:bestemmingsvlak xlink:href="#NL.IMRO.o1"/>'
    return write_imro(
        map_ / "imro.gml",
        plan(geometrie=polygon_gml(RING_NAAST)),
        imro_object(nummer=1, extra=groep.format("wonen")),
        imro_object("Dubbelbestemming", 2, extra=groep.format("waarde")),
        imro_object("Bouwvlak", 3, extra=vlak),
        imro_object("Functieaanduiding", 4, extra=vlak),
        imro_object(
            "Gebiedsaanduiding", 5,
            extra=vlak + "<imro:gebiedsaanduidinggroep>geluidzone</imro:gebiedsaanduidinggroep>"
            "<imro:artikelnummer>07</imro:artikelnummer>",
        ),
        imro_object(
            "Maatvoering", 6,
            extra=vlak + "<imro:maatvoeringInfo><imro:WaardeEnType><imro:waarde>9</imro:waarde>"
            "<imro:waardeType>maximum bouwhoogte (m)</imro:waardeType></imro:WaardeEnType>"
            "</imro:maatvoeringInfo>",
        ),
        imro_object("Figuur", 7),
        imro_object("Besluitvlak_X", 8),
    )  # fmt: skip


def flat_plan() -> dict[str, list[tuple[shapely.Geometry, dict[str, object]]]]:
    vlak = {"bestemmingsvlak": "Enkelbestemming=NL.IMRO.o1"}

    def rij(nummer: int, **extra: object) -> dict[str, object]:
        eigen = {"identificatie": f"NL.IMRO.o{nummer}", "naam": f"Wonen - {nummer}"}
        return {k: v for k, v in (PLAN | eigen | extra).items() if k != "dossierStatus"}

    gebied = {k: v for k, v in GEBIED.items() if k != "dossierStatus"}
    return {
        "Bestemmingsplangebied": [(NAAST, gebied)],
        "Enkelbestemming": [(VIERKANT, rij(1, bestemmingshoofdgroep="wonen"))],
        "Dubbelbestemming": [(VIERKANT, rij(2, bestemmingshoofdgroep="waarde"))],
        "Bouwvlak": [(VIERKANT, rij(3, **vlak))],
        "Functieaanduiding": [(VIERKANT, rij(4, **vlak))],
        "Gebiedsaanduiding": [
            (VIERKANT, rij(5, gebiedsaanduidinggroep="geluidzone", artikelnummer="07", **vlak))
        ],
        "Maatvoering": [(VIERKANT, rij(6, maatvoering='"maximum bouwhoogte (m)"="9"', **vlak))],
        "Figuur": [(VIERKANT, rij(7))],
        "Besluitvlak_X": [(VIERKANT, rij(8, typePlanobject="besluitvlak_x"))],
    }


def rows(lagen) -> dict[str, pd.DataFrame]:
    """Give the rows per layer in one order, geometry as text, to compare."""
    uit: dict[str, list[pd.DataFrame]] = {}
    for laag in lagen:
        frame = pd.DataFrame(laag.frame.drop(columns="geometry"))
        frame["vorm"] = shapely.to_wkt(shapely.normalize(laag.frame.geometry.to_numpy()))
        uit.setdefault(laag.laag, []).append(frame)
    return {
        naam: pd.concat(delen).sort_values(["idn", "vorm", "naam"]).reset_index(drop=True)
        for naam, delen in uit.items()
    }


@pytest.mark.parametrize("vorm", ["gpkg", "pdok", "wfs"])
def test_a_plan_gives_the_same_rows_flat_as_in_imro(tmp_path, vorm):
    imro = rows(read_bestand(write_plan_as_imro(tmp_path)))
    if vorm == "gpkg":
        pad = write(tmp_path / "plat.gpkg", flat_plan())
    else:
        objecten = [
            (klasse, rij, RING if geom is VIERKANT else RING_NAAST)
            for klasse, lijst in flat_plan().items()
            for geom, rij in lijst
        ]
        wfs = {"wfs": "http://www.opengis.net/wfs/2.0", "ruimte": "http://www.deegree.org/app"}
        pad = write_gml(tmp_path / "plat.gml", objecten, **(wfs if vorm == "wfs" else {}))
    plat = rows(read_bestand(pad))
    assert set(plat) == set(imro)
    assert len(plat) == 7
    for laag, verwacht in imro.items():
        pd.testing.assert_frame_equal(plat[laag], verwacht, obj=laag)


# Columns and classes.


@pytest.mark.parametrize(
    "vertaal",
    [
        str.lower,
        str.upper,
        lambda naam: naam,
        lambda naam: "".join(f"_{t.lower()}" if t.isupper() else t for t in naam),
        lambda naam: naam[:10],
        lambda naam: naam[:10].lower(),
    ],
    ids=["lower", "upper", "camel", "snake", "cut", "cut lower"],
)
def test_columns_in_every_case_separator_and_cut(tmp_path, vertaal):
    rij = {vertaal(naam): waarde for naam, waarde in WONEN.items() if naam != "verwijzingNaarTekst"}
    lagen = layers(write(tmp_path / "p.gpkg", {"x": [(VIERKANT, rij)]}))
    vlak = lagen["bestemmingsvlakken"].frame.iloc[0]
    assert vlak[["idn", "object_id", "naam", "soort", "hoofdgroep"]].tolist() == [
        IDN, "NL.IMRO.o1", "Wonen - 1", "enkelbestemming", "wonen",
    ]  # fmt: skip
    gebied = lagen["plangebieden"].frame.iloc[0]
    feiten = ["type_plan", "planstatus", "datum", "dossierstatus", "imro_versie"]
    assert gebied[feiten].tolist() == [
        "bestemmingsplan", "vastgesteld", "2024-02-01", "geheel onherroepelijk in werking",
        "IMRO2012",
    ]  # fmt: skip


def test_a_shapefile_as_gdal_cuts_it(tmp_path):
    lagen = layers(write_vector(tmp_path / "Enkelbestemming.shp", [VIERKANT], table([WONEN])))
    assert lagen["bestemmingsvlakken"].frame.iloc[0]["hoofdgroep"] == "wonen"
    assert (
        lagen["plangebieden"].frame.iloc[0]["dossierstatus"] == "geheel onherroepelijk in werking"
    )


def test_a_cut_name_that_two_columns_share_goes_by_its_values(tmp_path):
    # Both bestemmingshoofdgroep and bestemmingsvlak are cut to `bestemming`.
    rij = PLAN | {
        "identificatie": "NL.IMRO.o4",
        "naam": "wonen",
        "bestemmingsvlak": "Enkelbestemming=NL.IMRO.9001.EP1-00",
    }
    pad = write_vector(tmp_path / "Functieaanduiding.shp", [VIERKANT], table([rij]))
    lagen = layers(pad)
    assert set(lagen) == {"aanduidingen"}
    rij = lagen["aanduidingen"].frame.iloc[0]
    assert json.loads(rij["bestemmingsvlakken"]) == ["NL.IMRO.9001.EP1-00"]


@pytest.mark.parametrize(
    ("naam", "laag", "soort"),
    [
        ("app:Bouwvlak", "bouwvlakken", None),
        ("roowfs_Functieaanduiding", "aanduidingen", "functieaanduiding"),
        ("bouwaanduidingen 2024", "aanduidingen", "bouwaanduiding"),
        ("Figuren", "figuren", None),
        ("Besluitsubvlak_P", "besluitvlakken", "besluitsubvlak_p"),
        ("besluitvlak", "besluitvlakken", "besluitvlak_x"),
        ("Structuurvisiegebied_G", "visiegebieden", "structuurvisiegebied_g"),
    ],
)
def test_the_name_of_a_layer_tells_its_class(tmp_path, naam, laag, soort):
    rij = PLAN | {"identificatie": "NL.IMRO.o1", "naam": "erf"}
    lagen = layers(write(tmp_path / "p.gpkg", {naam: [(VIERKANT, rij)]}))
    assert set(lagen) == {laag}
    if soort:
        assert lagen[laag].frame.iloc[0]["soort"] == soort


def test_content_tells_where_the_name_does_not(tmp_path):
    gevallen = {
        "bestemmingsvlakken": {"bestemmingshoofdgroep": "wonen"},
        "aanduidingen": {"gebiedsaanduidinggroep": "milieuzone"},
        "maatvoeringen": {"maatvoering": '"a"="1"'},
        "bouwvlakken": {"naam": "bouwvlak"},
    }
    for laag, extra in gevallen.items():
        rij = PLAN | {"identificatie": "NL.IMRO.o1", "naam": "x"} | extra
        lagen = layers(write(tmp_path / f"{laag}.x.gpkg", {"selectie": [(VIERKANT, rij)]}))
        assert laag in lagen, laag
    gebied = layers(write(tmp_path / "g.gpkg", {"selectie": [(VIERKANT, GEBIED)]}))
    assert set(gebied) == {"plangebieden"}


def test_a_name_is_not_believed_of_rows_that_are_plans(tmp_path):
    lagen = layers(write(tmp_path / "p.gpkg", {"Enkelbestemming": [(VIERKANT, GEBIED)]}))
    assert set(lagen) == {"plangebieden"}


def test_rows_that_say_their_own_class_go_each_to_its_layer(tmp_path):
    basis = PLAN | {"naam": "x"}
    rijen = [
        (VIERKANT, basis | {"identificatie": f"NL.IMRO.o{n}", "typePlanobject": soort})
        for n, soort in enumerate(["bouwvlak", "functieaanduiding", "besluitsubvlak_X", "onbekend"])
    ]
    lagen = layers(write(tmp_path / "p.gpkg", {"alles": rijen}))
    assert {naam: laag.gelezen for naam, laag in lagen.items()} == {
        "bouwvlakken": 1, "aanduidingen": 1, "besluitvlakken": 1,
    }  # fmt: skip
    assert lagen["besluitvlakken"].frame.iloc[0]["soort"] == "besluitsubvlak_X"
    assert lagen["bouwvlakken"].frame.index.tolist() == [0]
    assert codes(lagen["bouwvlakken"])["KL401"] == 1


def test_enkel_and_dubbel_are_told_apart_by_their_hoofdgroep(tmp_path):
    lagen = layers(write(tmp_path / "p.gpkg", {"x": [(VIERKANT, WONEN), (VIERKANT, WATER)]}))
    assert lagen["bestemmingsvlakken"].frame["soort"].tolist() == [
        "enkelbestemming", "dubbelbestemming",
    ]  # fmt: skip


def test_a_class_that_cannot_be_told_is_asked_for(tmp_path):
    rij = PLAN | {"identificatie": "NL.IMRO.o1", "naam": "parkeerterrein"}
    pad = write(tmp_path / "p.gpkg", {"selectie": [(VIERKANT, rij)]})
    assert recognise(pad).herkend[0].soort == "ruimtelijke_plannen"
    with pytest.raises(OnbekendeSoortError) as gevangen:
        read_bestand(pad)
    assert "--soort functieaanduiding" in gevangen.value.herstel
    assert layers(pad, soort="functieaanduiding")["aanduidingen"].frame.iloc[0]["soort"] == (
        "functieaanduiding"
    )
    assert set(layers(pad, soort="bouwvlak")) == {"bouwvlakken"}


def test_a_layer_without_a_place_of_its_own_is_counted_not_lost(tmp_path):
    merk = PLAN | {"identificatie": IDN, "naam": "waarmerk"}
    pad = write(
        tmp_path / "p.gpkg",
        {"Bouwvlak": [(VIERKANT, PLAN | {"identificatie": "NL.IMRO.o1", "naam": "bouwvlak"})],
         "PlangebiedDigitaalWaarmerk": [(VIERKANT, merk)]},
    )  # fmt: skip
    gemeld = {b.code: b for laag in read_bestand(pad) for b in laag.bevindingen}
    assert gemeld["KL401"].voorbeelden == ("PlangebiedDigitaalWaarmerk (1)",)


@pytest.mark.parametrize("naam", ["Bestemmingsplangebied", "Enkelbestemming"])
def test_a_plan_is_no_planlijst_and_no_layer_of_gemeenten(tmp_path, naam):
    rij = (GEBIED if naam.startswith("Bes") else WONEN) | {"gemeenteCode": "9001"}
    pad = write(tmp_path / "p.gpkg", {naam: [(VIERKANT, rij)]})
    assert [h.soort for h in recognise(pad).herkend] == ["ruimtelijke_plannen"]


def test_columns_alone_without_ids_of_imro_are_no_plan(tmp_path):
    rij = {"identificatie": "1", "plangebied": "centrum", "planstatus": "af", "naam": "x"}
    pad = write(tmp_path / "p.gpkg", {"x": [(VIERKANT, rij)]})
    assert all(h.soort != "ruimtelijke_plannen" for h in recognise(pad).herkend)


# Rows that do not count.


@pytest.mark.parametrize("waarde", ["true", "TRUE", "1", "ja", "J", True, 1])
def test_historical_rows_are_refused_and_counted(tmp_path, waarde):
    oud = WONEN | {"historisch": waarde, "identificatie": "NL.IMRO.o9"}
    nu = WONEN | {"historisch": False if isinstance(waarde, bool) else type(waarde)(0)}
    lagen = layers(write(tmp_path / "p.gpkg", {"x": [(VIERKANT, nu), (NAAST, oud)]}))
    laag = lagen["bestemmingsvlakken"]
    assert (laag.gelezen, len(laag.frame), laag.geweigerd) == (2, 1, 1)
    assert codes(laag)["KL431"] == 1
    # Nor does their ground count for the plan.
    assert lagen["plangebieden"].frame.area.tolist() == [10_000.0]


def test_a_file_of_historical_rows_alone_stores_nothing_and_says_so(tmp_path):
    pad = write(tmp_path / "p.gpkg", {"x": [(VIERKANT, WONEN | {"historisch": "true"})]})
    laag = layers(pad)["bestemmingsvlakken"]
    assert (laag.gelezen, len(laag.frame)) == (1, 0)
    assert set(layers(pad)) == {"bestemmingsvlakken"}


def test_an_object_without_a_plan_is_refused(tmp_path):
    rijen = [
        (VIERKANT, WONEN),
        (NAAST, WONEN | {"plangebied": None, "identificatie": "NL.IMRO.o2"}),
    ]
    laag = layers(write(tmp_path / "p.gpkg", {"x": rijen}))["bestemmingsvlakken"]
    assert (laag.gelezen, len(laag.frame)) == (2, 1)
    assert codes(laag)["KL403"] == 1


def test_an_id_recurs_in_the_next_version_of_a_plan(tmp_path):
    nieuw = WONEN | {"plangebied": "NL.IMRO.9001.plan1-vas2"}
    lagen = layers(write(tmp_path / "p.gpkg", {"x": [(VIERKANT, WONEN), (VIERKANT, nieuw)]}))
    assert len(lagen["bestemmingsvlakken"].frame) == 2
    assert "KL323" not in codes(lagen["bestemmingsvlakken"])
    assert len(lagen["plangebieden"].frame) == 2


def test_an_id_that_comes_twice_in_one_plan_is_reported(tmp_path):
    laag = layers(write(tmp_path / "p.gpkg", {"x": [(VIERKANT, WONEN), (NAAST, WONEN)]}))[
        "bestemmingsvlakken"
    ]
    assert (len(laag.frame), codes(laag)["KL323"]) == (2, 1)


def test_a_row_that_is_repeated_whole_counts_once(tmp_path):
    # Pages of a service overlap; two equal enkelbestemmingen would make the ground uncertain.
    laag = layers(write(tmp_path / "p.gpkg", {"x": [(VIERKANT, WONEN)] * 3}))["bestemmingsvlakken"]
    assert (laag.gelezen, len(laag.frame), laag.geweigerd) == (3, 1, 2)
    assert codes(laag)["KL432"] == 2


# Plans.


def test_a_file_of_objects_makes_its_plans_and_says_so(tmp_path):
    rijen = [
        (VIERKANT, WONEN),
        (NAAST, WONEN | {"identificatie": "NL.IMRO.o2"}),
        (NAAST, WONEN | {"plangebied": "NL.IMRO.9001.plan2-ont1", "planstatus": "ontwerp"}),
    ]
    laag = layers(write(tmp_path / "p.gpkg", {"Enkelbestemming": rijen}))["plangebieden"]
    assert codes(laag)["KL433"] == 2
    frame = laag.frame.set_index("idn")
    assert frame.area.to_dict() == {IDN: 20_000.0, "NL.IMRO.9001.plan2-ont1": 10_000.0}
    assert frame.loc[IDN, "planstatus"] == "vastgesteld"
    assert frame.loc[IDN, "naam"] is None
    assert frame["tam"].isna().all()


def test_plans_that_are_in_the_file_are_not_made_again(tmp_path):
    ander = WONEN | {"plangebied": "NL.IMRO.9001.plan2-vas1", "identificatie": "NL.IMRO.o2"}
    pad = write(
        tmp_path / "p.gpkg",
        {"Enkelbestemming": [(VIERKANT, WONEN), (NAAST, ander)],
         "Bestemmingsplangebied": [(VIERKANT, GEBIED)]},
    )  # fmt: skip
    plannen = [laag for laag in read_bestand(pad) if laag.laag == "plangebieden"]
    assert sorted(idn for laag in plannen for idn in laag.frame["idn"]) == [
        IDN, "NL.IMRO.9001.plan2-vas1",
    ]  # fmt: skip
    assert sum(codes(laag).get("KL433", 0) for laag in plannen) == 1


def test_a_historical_plan_is_not_made_anew_from_its_objects(tmp_path):
    pad = write(
        tmp_path / "p.gpkg",
        {"Enkelbestemming": [(VIERKANT, WONEN)],
         "Bestemmingsplangebied": [(VIERKANT, GEBIED | {"historisch": "true"})]},
    )  # fmt: skip
    lagen = layers(pad)
    assert len(lagen["plangebieden"].frame) == 0


def test_objects_that_disagree_about_their_plan_leave_the_fact_open(tmp_path):
    rijen = [
        (VIERKANT, WONEN),
        (NAAST, WONEN | {"identificatie": "NL.IMRO.o2", "planstatus": "ontwerp"}),
    ]
    laag = layers(write(tmp_path / "p.gpkg", {"x": rijen}))["plangebieden"]
    assert laag.frame.iloc[0]["planstatus"] is None
    bevinding = next(b for b in laag.bevindingen if b.code == "KL434")
    assert bevinding.voorbeelden == (f"{IDN}: planstatus",)


def test_only_enkelbestemmingen_make_a_plan(tmp_path):
    rij = PLAN | {"identificatie": "NL.IMRO.o1", "naam": "bouwvlak"}
    assert set(layers(write(tmp_path / "p.gpkg", {"Bouwvlak": [(VIERKANT, rij)]}))) == {
        "bouwvlakken"
    }


def test_a_code_that_became_a_number_has_its_zeros_back(tmp_path):
    rij = GEBIED | {"overheidsCode": 202}
    gebied = layers(write(tmp_path / "p.gpkg", {"x": [(VIERKANT, rij)]}))["plangebieden"].frame
    assert gebied.iloc[0]["overheidscode"] == "0202"


def test_external_plans_keep_idn_and_role(tmp_path):
    rij = GEBIED | {
        "verwijzingNaarExternPlan": "NL.IMRO.9001.moeder-vas1 (ter vervanging van extern plan)"
    }
    gebied = layers(write(tmp_path / "p.gpkg", {"x": [(VIERKANT, rij)]}))["plangebieden"].frame
    assert json.loads(gebied.iloc[0]["extern_plan"]) == [
        {"idn": "NL.IMRO.9001.moeder-vas1", "naam": None, "rol": "ter vervanging van extern plan"}
    ]


def test_plans_are_looked_at_as_in_an_imro_file(tmp_path):
    rijen = [
        (VIERKANT, GEBIED | {"naam": "TAM-omgevingsplan Dorp", "datum": "31-31-2024"}),
        (NAAST, GEBIED | {"identificatie": "NL.IMRO.9001.x", "plangebied": "NL.IMRO.9001.x",
                          "planstatus": "af"}),
    ]  # fmt: skip
    laag = layers(write(tmp_path / "p.gpkg", {"x": rijen}))["plangebieden"]
    gevonden = codes(laag)
    assert (gevonden["KL402"], gevonden["KL404"], gevonden["KL405"], gevonden["KL406"]) == (
        1,
        1,
        1,
        1,
    )
    assert laag.frame["tam"].tolist() == [True, False]


@pytest.mark.parametrize(
    ("tekst", "waarden"),
    [
        ('"maximum bouwhoogte (m)"="9"', [("maximum bouwhoogte (m)", "9")]),
        ('"a (m)"="9", "b (%)"="60,5"', [("a (m)", "9"), ("b (%)", "60,5")]),
        ('"a"="9";"b"="07"', [("a", "9"), ("b", "07")]),
        ("9 meter", [(None, "9 meter")]),
    ],
)
def test_values_of_a_maatvoering(tmp_path, tekst, waarden):
    rij = PLAN | {"identificatie": "NL.IMRO.o1", "naam": "m", "maatvoering": tekst}
    laag = layers(write(tmp_path / "p.gpkg", {"Maatvoering": [(VIERKANT, rij)]}))["maatvoeringen"]
    assert [
        (lid["waardetype"], lid["waarde"]) for lid in json.loads(laag.frame.iloc[0]["waarden"])
    ] == waarden
    assert ("KL435" in codes(laag)) is (waarden[0][0] is None)


def test_values_as_gdal_lists_them(tmp_path):
    rij = PLAN | {
        "identificatie": "NL.IMRO.o1", "naam": "m", "waarde": "(2:9,6)",
        "waardeType": "(2:maximum bouwhoogte (m),maximum goothoogte (m))",
    }  # fmt: skip
    frame = layers(write(tmp_path / "p.gpkg", {"Maatvoering": [(VIERKANT, rij)]}))[
        "maatvoeringen"
    ].frame
    assert json.loads(frame.iloc[0]["waarden"]) == [
        {"waardetype": "maximum bouwhoogte (m)", "waarde": "9"},
        {"waardetype": "maximum goothoogte (m)", "waarde": "6"},
    ]


def test_a_figuur_may_be_a_line(tmp_path):
    lijn = shapely.LineString([(155_000, 463_000), (155_100, 463_100)])
    rij = PLAN | {"identificatie": "NL.IMRO.o1", "naam": "as van de weg"}
    laag = layers(write(tmp_path / "p.gpkg", {"Figuur": [(lijn, rij)]}))["figuren"]
    assert laag.frame.geom_type.tolist() == ["LineString"]


def test_geojson_of_a_service_in_lower_case(tmp_path):
    # As PDOK's map service answers: names and references in lower case.
    rij = {
        "identificatie": "NL.IMRO.9001.EP1-00", "naam": "Centrum - 1", "plangebied": IDN,
        "bestemmingshoofdgroep": "centrum", "dossierid": "NL.IMRO.9001.plan1",
        "dossierstatus": "geconsolideerd", "datum": "2016-06-08", "planstatus": "vastgesteld",
        "typeplan": "bestemmingsplan", "historisch": "false",
    }  # fmt: skip
    pad = write_geojson(tmp_path / "enkelbestemming.geojson", [VIERKANT], [rij], **RD)
    lagen = layers(pad)
    assert lagen["bestemmingsvlakken"].frame.iloc[0]["hoofdgroep"] == "centrum"
    assert lagen["plangebieden"].frame.iloc[0]["dossierstatus"] == "geconsolideerd"


# GML.


def test_a_download_of_pdok_has_one_class_and_makes_its_plans(tmp_path):
    pad = write_gml(tmp_path / "Enkelbestemming.gml", [("Enkelbestemming", WONEN, RING)])
    lagen = layers(pad)
    assert {naam: laag.soort for naam, laag in lagen.items()} == {
        "plangebieden": "ruimtelijke_plannen", "bestemmingsvlakken": "ruimtelijke_plannen",
    }  # fmt: skip
    assert codes(lagen["plangebieden"])["KL433"] == 1


@pytest.mark.parametrize("wfs", ["http://www.opengis.net/wfs", "http://www.opengis.net/wfs/2.0"])
def test_an_answer_of_a_wfs_with_several_classes(tmp_path, wfs):
    bouw = PLAN | {"identificatie": "NL.IMRO.o3", "naam": "bouwvlak"}
    pad = write_gml(
        tmp_path / "a.gml",
        [("Bestemmingsplangebied", GEBIED, RING), ("roowfs_Enkelbestemming", WONEN, RING),
         ("Bouwvlak", bouw, RING), ("Bouwvlak", bouw | {"historisch": "true"}, RING)],
        ruimte="http://www.deegree.org/app",
        wfs=wfs,
    )  # fmt: skip
    lagen = layers(pad)
    assert {naam: (laag.gelezen, len(laag.frame)) for naam, laag in lagen.items()} == {
        "plangebieden": (1, 1), "bestemmingsvlakken": (1, 1), "bouwvlakken": (2, 1),
    }  # fmt: skip
    assert "KL433" not in codes(lagen["plangebieden"])


def test_classes_of_a_service_without_a_layer_are_counted(tmp_path):
    pad = write_gml(
        tmp_path / "a.gml",
        [("Enkelbestemming", WONEN, RING), ("OnderdelenDigitaalWaarmerk", PLAN, RING)],
    )
    assert codes(read_bestand(pad)[0])["KL401"] == 1


def test_degrees_of_a_service_come_latitude_first(tmp_path):
    ring = "52.155 5.387 52.155 5.389 52.157 5.389 52.157 5.387 52.155 5.387"
    pad = write_gml(
        tmp_path / "a.gml", [("Enkelbestemming", WONEN, ring)], srs="urn:ogc:def:crs:EPSG::4258"
    )
    vorm = layers(pad)["bestemmingsvlakken"].frame.geometry.iloc[0]
    assert shapely.distance(vorm.centroid, VIERKANT.centroid) < 200


def test_arcs_of_a_download_are_cut_and_told(tmp_path):
    pad = write_gml(tmp_path / "a.gml", [("Enkelbestemming", WONEN, RING)])
    boog = (
        "<gml:Curve><gml:segments><gml:Arc><gml:posList>155000 463000 155050 463050 155100 463000"
        "</gml:posList></gml:Arc><gml:LineStringSegment><gml:posList>155100 463000 155000 463000"
        "</gml:posList></gml:LineStringSegment></gml:segments></gml:Curve>"
    )
    recht = f"<gml:LinearRing><gml:posList>{RING}</gml:posList></gml:LinearRing>"
    ring = f"<gml:Ring><gml:curveMember>{boog}</gml:curveMember></gml:Ring>"
    pad.write_text(pad.read_text(encoding="utf-8").replace(recht, ring), encoding="utf-8")
    lagen = layers(pad)
    assert codes(lagen["bestemmingsvlakken"])["KL306"] == 1
    assert lagen["bestemmingsvlakken"].frame.area.iloc[0] == pytest.approx(3927, abs=1)


def test_features_without_a_crs_are_refused(tmp_path):
    pad = write_gml(tmp_path / "a.gml", [("Enkelbestemming", WONEN, RING)])
    pad.write_text(pad.read_text(encoding="utf-8").replace("srsName=", "x="), encoding="utf-8")
    with pytest.raises(CrsError, match="EPSG:28992"):
        read_bestand(pad)


def test_a_download_cut_off_halfway_is_refused(tmp_path):
    pad = write_gml(tmp_path / "a.gml", [("Enkelbestemming", WONEN, RING)] * 3)
    pad.write_text(pad.read_text(encoding="utf-8")[:-200], encoding="utf-8")
    with pytest.raises(BronError, match="afgebroken"):
        read_bestand(pad)


def test_a_packed_download_asks_to_be_unpacked(tmp_path):
    pad = write_gml(tmp_path / "a.gml", [("Enkelbestemming", WONEN, RING)])
    ingepakt = tmp_path / "Enkelbestemming.gml.gz"
    ingepakt.write_bytes(gzip.compress(pad.read_bytes()))
    with pytest.raises(BronError, match="gzip"):
        read_bestand(ingepakt)


def test_another_collection_is_not_taken_for_a_plan(tmp_path):
    pad = write_gml(tmp_path / "a.gml", [("Boom", {"naam": "eik"}, RING)])
    with pytest.raises(OnbekendeSoortError):
        recognise(pad)


def test_a_real_plan_made_flat_is_judged_the_same(data_map, tmp_path):
    pad = data_map / "imro" / "NL.IMRO.0202.974-0301.gml"
    imro = layers(pad)
    gebied = imro["plangebieden"].frame.iloc[0]
    feiten = {"plangebied": gebied["idn"], "planstatus": gebied["planstatus"],
              "typePlan": gebied["type_plan"], "datum": gebied["datum"]}  # fmt: skip
    vlakken = imro["bestemmingsvlakken"].frame
    rijen = [
        (rij.geometry, feiten | {"identificatie": rij.object_id, "naam": rij.naam,
                                 "bestemmingshoofdgroep": rij.hoofdgroep})
        for rij in vlakken.itertuples()
    ]  # fmt: skip
    plat = layers(write(tmp_path / "p.gpkg", {"bestemmingen": rijen}))
    velden = ["idn", "object_id", "naam", "soort", "hoofdgroep"]
    assert plat["bestemmingsvlakken"].frame[velden].to_numpy().tolist() == (
        vlakken[velden].to_numpy().tolist()
    )
    assert plat["bestemmingsvlakken"].frame.area.tolist() == vlakken.area.tolist()
    # The ground of the plan is that of its enkelbestemmingen, to the seams between them.
    assert plat["plangebieden"].frame.area.sum() == pytest.approx(
        imro["plangebieden"].frame.area.sum(), rel=1e-3
    )
