"""The proof of counts: what an independent count of the XML finds, is stored or refused.

Counted here with Python's own XML parser, per class, over every plan file at hand; and the
areas per class laid beside those that GDAL reads.
"""

from __future__ import annotations

import os
import shutil
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

import pyogrio
import pytest
import shapely

from kaartlagen.bronnen.gml import SLUITING_M
from kaartlagen.bronnen.imro_klassen import ADMINISTRATIEF, carries_geometry, layer_of
from kaartlagen.inname import read_bestand
from tests.kaartlagen.imro_maken import (
    bounded_object,
    bounded_plan,
    line,
    object_2006,
    outline,
    plan_2006,
    square,
    surface,
    write_2006,
)
from tests.kaartlagen.maken import imro_object, plan, polygon_gml, write_imro

DATA = Path(os.environ.get("DAEB_DATA") or Path(__file__).parents[4] / "shared" / "data")
ECHT = sorted((DATA / "imro").glob("*.gml")) if DATA.is_dir() else []
PLANKLASSEN = {"plangebieden", "bouwvlakken", "maatvoeringen", "figuren"}
BOOGSTAP_GRADEN = 0.1


def count_classes(pad: Path) -> Counter[str]:
    """Count the features of a collection by class, by nothing but their depth."""
    klassen: Counter[str] = Counter()
    spoor: list[str] = []
    for gebeurtenis, element in ET.iterparse(pad, events=("start", "end")):
        if gebeurtenis == "end":
            spoor.pop()
            continue
        naam = element.tag.rsplit("}", 1)[-1]
        if len(spoor) == 2 and spoor[1] in {"featureMember", "featureMembers"}:
            klassen[naam] += 1
        spoor.append(naam)
    return klassen


def kind(klasse: str) -> str:
    """The `soort` under which a class is stored, in lower case."""
    return klasse.lower()


def assert_all_are_accounted_for(pad: Path) -> None:
    klassen = count_classes(pad)
    gelezen = {laag.laag: laag for laag in read_bestand(pad)}
    per_laag: Counter[str] = Counter()
    los: Counter[str] = Counter()
    for klasse, aantal in klassen.items():
        if klasse in ADMINISTRATIEF or carries_geometry(klasse):
            continue
        laag = layer_of(klasse)
        (los if laag is None else per_laag)[laag or klasse] += aantal
    assert {naam: laag.gelezen for naam, laag in gelezen.items()} == dict(per_laag)
    gemeld = Counter()
    for laag in gelezen.values():
        assert laag.gelezen == len(laag.frame) + laag.geweigerd
        fouten = sum(b.aantal for b in laag.bevindingen if b.niveau == "fout")
        assert fouten == laag.geweigerd
        gemeld.update({b.code: b.aantal for b in laag.bevindingen if b.code == "KL401"})
    assert gemeld["KL401"] == sum(los.values())
    for naam, laag in gelezen.items():
        if naam in PLANKLASSEN or laag.geweigerd:
            continue
        verwacht = {kind(k): n for k, n in klassen.items() if layer_of(k) == naam}
        assert laag.frame["soort"].str.lower().value_counts().to_dict() == verwacht


@pytest.mark.parametrize("pad", ECHT, ids=lambda pad: pad.stem)
def test_every_object_of_a_real_plan_is_stored_or_refused(pad):
    assert_all_are_accounted_for(pad)


def test_every_object_of_a_plan_of_2006_is_stored_or_refused(tmp_path):
    assert_all_are_accounted_for(
        write_2006(
            tmp_path / "p.gml",
            "<imro:MetadataIMRObestand/>",
            plan_2006(),
            object_2006(nummer=1),
            object_2006("Bouwvlak", 2, houder="VlakMultiVlak"),
            object_2006("Bouwvlak", 3, ""),
            object_2006("Lettertekenaanduiding", 4),
            object_2006("Figuur", 5, ""),
            object_2006("Rechten", 6),
        )
    )


def test_every_object_of_a_visie_is_stored_or_refused(tmp_path):
    assert_all_are_accounted_for(
        write_imro(
            tmp_path / "v.gml",
            outline("g0"),
            outline("g1"),
            bounded_plan(),
            bounded_object(nummer=1),
            bounded_object("Structuurvisieverklaring_G", 2),
            bounded_object("Structuurvisiegebied_G", 3, ("weg",)),
            bounded_object("Structuurvisiecomplex_G", 4, ()),
        )
    )


def test_every_object_of_a_damaged_plan_is_stored_or_refused(tmp_path):
    kapot = polygon_gml("155000 463000 155100 463000 155100 463100 155000 463100")
    klein = polygon_gml("155000 463000 155000 463000 155000 463000 155000 463000")
    ver = polygon_gml("0 0 1 0 1 1 0 0")
    assert_all_are_accounted_for(
        write_imro(
            tmp_path / "p.gml",
            plan(),
            imro_object(nummer=1),
            imro_object(nummer=2, geometrie=kapot),
            imro_object(nummer=3, geometrie=klein),
            imro_object(nummer=4, geometrie=ver),
            imro_object(nummer=5, geometrie=" "),
            imro_object(nummer=6, geometrie=line()),
            imro_object(nummer=7, geometrie=surface(square(155_500, 463_000))),
            imro_object(nummer=8, geometrie=surface(square(155_700, 463_000))),
            imro_object("Sterrenwacht", 9),
        )
    )


@pytest.mark.parametrize("pad", ECHT, ids=lambda pad: pad.stem)
def test_the_area_of_every_class_is_that_of_gdal(pad, tmp_path, monkeypatch):
    # The same step for both: chords far finer than anyone's digits.
    monkeypatch.setattr("kaartlagen.bronnen.gml.stroke_arc", _finely("stroke_arc"))
    monkeypatch.setattr("kaartlagen.bronnen.gml.stroke_circle", _finely("stroke_circle"))
    gelezen = {laag.laag: laag.frame for laag in read_bestand(pad)}
    # GDAL writes a .gfs file beside what it reads: it gets a copy.
    kopie = Path(shutil.copy(pad, tmp_path / "plan.gml"))
    pyogrio.set_gdal_config_options({"OGR_ARC_STEPSIZE": str(BOOGSTAP_GRADEN)})
    try:
        for klasse, aantal in count_classes(pad).items():
            laag = layer_of(klasse)
            if laag is None or laag == "figuren":
                continue
            gdal = pyogrio.read_dataframe(kopie, layer=klasse).geometry.to_numpy()
            eigen = gelezen[laag]
            if "soort" in eigen:
                eigen = eigen[eigen["soort"] == kind(klasse)]
            assert len(gdal) == len(eigen) == aantal
            assert eigen.area.sum() == pytest.approx(float(shapely.area(gdal).sum()), rel=1e-6)
            assert eigen.area.to_numpy() == pytest.approx(
                shapely.area(gdal), rel=1e-6, abs=SLUITING_M**2
            )
    finally:
        pyogrio.set_gdal_config_options({"OGR_ARC_STEPSIZE": None})


def _finely(naam: str):
    """An arc cutter of ours with a tolerance of a micrometre."""
    echt = getattr(__import__("kaartlagen.bogen", fromlist=[naam]), naam)
    return lambda punten: echt(punten, 1e-6)
