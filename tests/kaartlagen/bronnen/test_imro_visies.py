"""Structuurvisies, verordeningen and AMvB's: outlines that stand apart from their objects."""

from __future__ import annotations

import pytest

from kaartlagen.inname import ingest, read_bestand
from kaartlagen.opslag import LaagOpslag
from tests.kaartlagen.imro_maken import (
    VISIE,
    bounded_object,
    bounded_plan,
    line,
    outline,
    point,
    square,
    surface,
)
from tests.kaartlagen.maken import write_imro


def layers(pad):
    return {laag.laag: laag for laag in read_bestand(pad)}


def codes(laag) -> dict[str, int]:
    return {b.code: b.aantal for b in laag.bevindingen}


PLAN = (outline("g0", klasse="GeometriePlangebied"), bounded_plan())


@pytest.mark.parametrize("letter", ["G", "P", "R"])
@pytest.mark.parametrize("versie", ["2008/1", "2012/1.0", "2012/1.1"])
def test_a_structuurvisie_of_every_overheid_and_version(tmp_path, letter, versie):
    gelezen = layers(
        write_imro(
            tmp_path / "v.gml",
            outline("g0", klasse="GeometriePlangebied"),
            bounded_object(f"Structuurvisiegebied_{letter}"),
            outline("g1", surface(square(155_010, 463_010, 10))),
            bounded_plan(f"Structuurvisieplangebied_{letter}"),
            versie=versie,
        )
    )
    plan = gelezen["plangebieden"].frame.iloc[0]
    assert (plan["idn"], plan["type_plan"]) == (VISIE, "structuurvisie")
    assert plan.geometry.area == pytest.approx(10_000)
    laag = gelezen["visiegebieden"]
    assert laag.frame.iloc[0]["soort"] == f"structuurvisiegebied_{letter}"
    assert laag.frame.iloc[0]["idn"] == VISIE
    assert laag.frame.iloc[0].geometry.area == pytest.approx(100)
    assert codes(gelezen["plangebieden"]) == {}


def test_an_object_with_more_outlines_has_them_all(tmp_path):
    laag = layers(
        write_imro(
            tmp_path / "v.gml",
            *PLAN,
            bounded_object(grenzen=("g1", "g2")),
            outline("g1", surface(square(155_000, 463_000, 10))),
            outline("g2", surface(square(155_050, 463_000, 20))),
        )
    )["visiegebieden"]
    assert laag.frame.iloc[0].geometry.area == pytest.approx(500)


def test_one_outline_may_serve_more_objects(tmp_path):
    laag = layers(
        write_imro(
            tmp_path / "v.gml", *PLAN, outline("g1"),
            bounded_object(nummer=1), bounded_object(nummer=2),
        )
    )["visiegebieden"]  # fmt: skip
    assert laag.frame.area.tolist() == pytest.approx([10_000.0] * 2)


def test_points_and_lines_of_a_visie_are_kept(tmp_path):
    laag = layers(
        write_imro(
            tmp_path / "v.gml", *PLAN,
            outline("g1", point()), outline("g2", line()),
            bounded_object(nummer=1), bounded_object(nummer=2, grenzen=("g2",)),
        )
    )["visiegebieden"]  # fmt: skip
    assert laag.frame.geom_type.tolist() == ["Point", "LineString"]
    assert laag.geweigerd == 0


def test_of_unlike_outlines_the_areas_are_kept_and_told(tmp_path):
    laag = layers(
        write_imro(
            tmp_path / "v.gml", *PLAN, outline("g1"), outline("g2", line()),
            bounded_object(grenzen=("g1", "g2")),
        )
    )["visiegebieden"]  # fmt: skip
    assert laag.frame.geom_type.tolist() == ["Polygon"]
    assert codes(laag)["KL417"] == 1


def test_an_outline_that_is_missing_refuses_the_object_and_says_which(tmp_path):
    laag = layers(write_imro(tmp_path / "v.gml", *PLAN, bounded_object(grenzen=("weg",))))[
        "visiegebieden"
    ]
    assert (laag.gelezen, laag.geweigerd) == (1, 1)
    bevinding = next(b for b in laag.bevindingen if b.code == "KL305")
    assert "weg" in bevinding.voorbeelden[0]


def test_an_outline_that_nobody_points_to_is_told(tmp_path):
    laag = layers(write_imro(tmp_path / "v.gml", *PLAN, outline("los")))["plangebieden"]
    bevinding = next(b for b in laag.bevindingen if b.code == "KL416")
    assert (bevinding.aantal, bevinding.voorbeelden) == (1, ("los",))


def test_a_begrenzing_may_point_at_the_geometry_itself_or_hold_it(tmp_path):
    binnen = f"<imro:begrenzing>{outline('g3')}</imro:begrenzing>"
    laag = layers(
        write_imro(
            tmp_path / "v.gml", *PLAN,
            outline("g1", surface(square(155_000, 463_000, 10), naam="vlak1")),
            bounded_object(nummer=1, grenzen=("vlak1",)),
            bounded_object(nummer=2, grenzen=("g1",)),
            bounded_object(nummer=3, grenzen=(), extra=binnen),
        )
    )["visiegebieden"]  # fmt: skip
    assert laag.frame.area.tolist() == pytest.approx([100.0, 100.0, 10_000.0])


def test_a_complex_has_its_own_outline_or_that_of_its_parts(tmp_path):
    delen = "".join(f'<imro:planobject xlink:href="#NL.IMRO.v{n}"/>' for n in (1, 2, 4))
    laag = layers(
        write_imro(
            tmp_path / "v.gml", *PLAN,
            outline("g1", surface(square(155_000, 463_000, 10))),
            outline("g2", surface(square(155_050, 463_000, 10))),
            bounded_object(nummer=1), bounded_object(nummer=2, grenzen=("g2",)),
            bounded_object("Structuurvisiecomplex_G", 3),
            # A complex in a complex, that points back: no end without a guard.
            bounded_object("Structuurvisiecomplex_G", 4, (), extra=delen.replace("v4", "v5")),
            bounded_object("Structuurvisiecomplex_G", 5, (), extra=delen),
        )
    )["visiegebieden"]  # fmt: skip
    assert laag.frame.area.tolist() == pytest.approx([100.0, 100.0, 100.0, 200.0, 200.0])
    assert codes(laag)["KL415"] == 2


def test_a_complex_of_nothing_is_refused(tmp_path):
    laag = layers(
        write_imro(tmp_path / "v.gml", *PLAN, bounded_object("Structuurvisiecomplex_G", 1, ()))
    )["visiegebieden"]
    assert (laag.gelezen, laag.geweigerd) == (1, 1)
    assert codes(laag)["KL301"] == 1


def test_a_structuurvisieverklaring_is_a_visiegebied(tmp_path):
    laag = layers(
        write_imro(
            tmp_path / "v.gml", *PLAN, outline("g1"), bounded_object("Structuurvisieverklaring_P")
        )
    )["visiegebieden"]
    assert laag.frame.iloc[0]["soort"] == "structuurvisieverklaring_P"


@pytest.mark.parametrize(
    ("letter", "typeplan", "code"),
    [("P", "provinciale verordening", "9928"), ("A", "amvb", "0000"), ("A", "regeling", "0000")],
)
def test_a_verordening_and_an_amvb_have_besluitvlakken_with_outlines(
    tmp_path, letter, typeplan, code
):
    link = f'<imro:besluitgebied xlink:href="#{VISIE}"/>'
    gelezen = layers(
        write_imro(
            tmp_path / "v.gml",
            outline("g0", klasse="GeometriePlangebied"),
            bounded_plan(f"Besluitgebied_{letter}", typeplan, code=code),
            bounded_object(f"Besluitvlak_{letter}", 1, plan=link),
            bounded_object(
                f"Besluitsubvlak_{letter}", 2, plan='<imro:besluitvlak xlink:href="#NL.IMRO.v1"/>'
            ),
            outline("g1", klasse="GeometrieBesluitobject_P1"),
        )
    )
    plan = gelezen["plangebieden"]
    assert plan.frame.iloc[0]["type_plan"] == typeplan
    assert plan.frame.iloc[0]["overheidscode"] == code
    assert codes(plan) == {}
    laag = gelezen["besluitvlakken"]
    assert laag.frame["soort"].tolist() == [f"besluitvlak_{letter}", f"besluitsubvlak_{letter}"]
    # A subvlak that names no plan belongs to the plan of its vlak.
    assert laag.frame["idn"].tolist() == [VISIE] * 2


@pytest.mark.parametrize(
    "typeplan",
    ["aanwijzingsbesluit", "beheersverordening", "exploitatieplan", "gerechtelijke uitspraak",
     "omgevingsvergunning", "reactieve aanwijzing", "voorbereidingsbesluit", "projectbesluit",
     "tijdelijke ontheffing buitenplans", "buiten toepassing verklaring beheersverordening"],
)  # fmt: skip
def test_every_gebiedsgericht_besluit_is_a_plangebied_of_its_type(tmp_path, typeplan):
    plan = bounded_plan("Besluitgebied_X", typeplan, grenzen=()).replace(
        "</imro:Besluitgebied_X>",
        f"<imro:geometrie>{surface()}</imro:geometrie></imro:Besluitgebied_X>",
    )
    laag = layers(write_imro(tmp_path / "x.gml", plan))["plangebieden"]
    assert laag.frame.iloc[0]["type_plan"] == typeplan
    assert codes(laag) == {}


def test_a_visie_with_points_and_lines_survives_the_store(tmp_path):
    pad = write_imro(
        tmp_path / "v.gml", *PLAN, outline("g1", point()), outline("g2"),
        bounded_object(nummer=1), bounded_object(nummer=2, grenzen=("g2",)),
    )  # fmt: skip
    opslag = LaagOpslag(tmp_path / "lagen")
    verslag = ingest([pad], opslag)
    assert not verslag.geweigerde_bestanden
    terug = opslag.read("visiegebieden")
    assert sorted(terug.geom_type) == ["Point", "Polygon"]
