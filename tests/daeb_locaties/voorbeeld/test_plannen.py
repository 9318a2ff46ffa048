"""The plan files: well-formed, covering, and read back by the ordinary reader."""

from __future__ import annotations

import math
from collections import Counter
from datetime import date

import numpy as np
import pytest
import shapely
from lxml import etree
from shapely import Polygon

from daeb_locaties.voorbeeld.imro import format_imro
from daeb_locaties.voorbeeld.moederplannen import make_circle, make_moederplannen
from daeb_locaties.voorbeeld.planmodel import Plan, Planobject
from daeb_locaties.voorbeeld.streek import make_streek
from kaartlagen.bronnen.imro import read_imro
from tests.daeb_locaties.voorbeeld.conftest import Geschreven

PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


def test_mother_plans_cover_the_region_and_their_bestemmingen_cover_each_plan() -> None:
    streek = make_streek(1_500, 2)
    plannen = [plan for _, plan in make_moederplannen(streek, 2)]
    heel = sum(cel.vorm.area for cel in streek.cellen)
    assert sum(plan.vorm.area for plan in plannen) == pytest.approx(heel, rel=1e-9)
    for plan in plannen:
        vlakken = np.array(
            [o.vorm for o in plan.objecten if o.soort == "enkelbestemming"], dtype=object
        )
        assert shapely.is_valid(vlakken).all()
        assert shapely.area(vlakken).sum() == pytest.approx(plan.vorm.area, abs=0.5)
        assert shapely.union_all(vlakken).symmetric_difference(plan.vorm).area < 0.5


def test_every_file_is_well_formed_with_unique_ids_and_references_that_resolve(
    voorbeeld: Geschreven,
) -> None:
    bestanden = sorted(voorbeeld.bron.glob("plannen/*.gml"))
    assert len(bestanden) == voorbeeld.tellingen.plannen
    xlink = "{http://www.w3.org/1999/xlink}href"
    for pad in bestanden:
        wortel = etree.parse(pad, PARSER).getroot()
        ids = [v for e in wortel.iter() for k, v in e.attrib.items() if k.endswith("}id")]
        assert len(ids) == len(set(ids)), pad.name
        for element in wortel.iter():
            if xlink in element.attrib:
                assert element.attrib[xlink].removeprefix("#") in ids, pad.name


def test_reader_finds_every_object_of_every_plan(voorbeeld: Geschreven) -> None:
    gelezen: Counter[str] = Counter()
    for pad in sorted(voorbeeld.bron.glob("plannen/*.gml")):
        for lezing in read_imro(pad):
            assert not lezing.onleesbaar, pad.name
            gelezen[lezing.laag] += len(lezing.kolommen)
    plannen = gelezen.pop("plangebieden")
    assert plannen == voorbeeld.tellingen.plannen
    assert sum(gelezen.values()) == voorbeeld.tellingen.planobjecten
    assert set(gelezen) == {"bestemmingsvlakken", "bouwvlakken", "aanduidingen", "maatvoeringen"}


def test_every_kind_of_plan_that_a_verdict_must_know_is_there(voorbeeld: Geschreven) -> None:
    gevonden = set()
    namen: set[str] = set()
    for pad in sorted(voorbeeld.bron.glob("plannen/*.gml")):
        for lezing in read_imro(pad):
            if lezing.laag == "plangebieden":
                rij = lezing.kolommen.iloc[0]
                gevonden.add((rij["imro_versie"], rij["type_plan"], rij["planstatus"], rij["tam"]))
            namen.update(lezing.kolommen["naam"])
    assert gevonden >= {
        ("IMRO2008", "bestemmingsplan", "onherroepelijk", False),
        ("IMRO2012", "bestemmingsplan", "vastgesteld", False),
        ("IMRO2012", "bestemmingsplan", "geconsolideerd", False),
        ("IMRO2012", "bestemmingsplan", "ontwerp", False),
        ("IMRO2012", "bestemmingsplan", "voorontwerp", False),
        ("IMRO2012", "bestemmingsplan", "vastgesteld", True),
        ("IMRO2012", "uitwerkingsplan", "vastgesteld", False),
        ("IMRO2012", "wijzigingsplan", "vastgesteld", False),
    }
    assert namen >= {
        "Wonen - Uit te werken 1",
        "wetgevingzone - wijzigingsgebied 1",
        "wro-zone - wijzigingsgebied 1",
        "Waterstaat - Waterkering",
        "Waarde - Archeologie",
        "maximum aantal wooneenheden",
        "wonen",
    }


@pytest.mark.parametrize("versie", ["IMRO2008", "IMRO2012"])
def test_circle_of_two_arcs_reads_back_as_a_circle(tmp_path, versie) -> None:
    vorm, bogen = make_circle(shapely.Point(120_000, 403_000), 100.0)
    grond = Polygon([(119_000, 402_000), (121_000, 402_000), (121_000, 404_000)])
    molen = Planobject(
        "gebiedsaanduiding", "vrijwaringszone - molenbiotoop", vorm,
        groep="vrijwaringszone", bogen=bogen,
    )  # fmt: skip
    plan = Plan(
        "NL.IMRO.9001.BP00001-VA01", "Molen & <akker>", "bestemmingsplan", "vastgesteld",
        date(2020, 1, 2), "Zwanenwaard", "9001", grond, (molen,), versie,
    )  # fmt: skip
    pad = tmp_path / "plan.gml"
    pad.write_text(format_imro(plan), encoding="utf-8")
    lezingen = {lezing.laag: lezing for lezing in read_imro(pad)}
    assert lezingen["plangebieden"].kolommen["naam"].tolist() == ["Molen & <akker>"]
    (cirkel,) = lezingen["aanduidingen"].geometrie
    assert cirkel.area == pytest.approx(math.pi * 100.0**2, rel=1e-4)
