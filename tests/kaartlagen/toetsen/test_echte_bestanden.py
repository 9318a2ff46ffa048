"""The checks on content against real files: silent where the data is good."""

from __future__ import annotations

import pytest

from kaartlagen import inhoudcontroles
from kaartlagen.controles import Controle
from kaartlagen.inname import read_bestand

INHOUD = {w.code for w in vars(inhoudcontroles).values() if isinstance(w, Controle)}


def content_findings(pad) -> dict[str, int]:
    """The findings on content of all layers of a file: how many rows per code."""
    uit: dict[str, int] = {}
    for laag in read_bestand(pad):
        for bevinding in laag.bevindingen:
            if bevinding.code in INHOUD:
                uit[bevinding.code] = uit.get(bevinding.code, 0) + bevinding.aantal
    return uit


@pytest.mark.parametrize(
    "naam",
    [
        "imro/NL.IMRO.0200.bp1416-ont1.gml",
        "imro/NL.IMRO.0202.974-0301.gml",
        "imro/NL.IMRO.0638.BP00002WY008-VAS1.gml",
        "imro/NL.IMRO.0664.BPBS03-ON99.gml",
        "imro/NL.IMRO.1680.1800030105-0000.gml",
        "brk/kadastralekaart_perceel.gml",
    ],
)
def test_real_plans_and_percelen_give_no_content_findings(data_map, naam):
    assert content_findings(data_map / naam) == {}


def test_generalised_gemeenten_overlap_and_that_is_told(data_map):
    gevonden = content_findings(data_map / "gemeenten" / "gemeenten_2022.geojson")
    assert set(gevonden) == {"KL320", "KL550"}
    assert gevonden["KL550"] > 100
