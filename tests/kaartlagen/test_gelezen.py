"""Parts of one delivery become one layer: every row, every count, every finding."""

from __future__ import annotations

from dataclasses import replace

from kaartlagen.controles import GEEN_GEOMETRIE, Bevinding
from kaartlagen.gelezen import join_parts
from kaartlagen.inname import read_bestand
from tests.kaartlagen.maken import VIERKANT, write_vector


def parts(tmp_path):
    uit = []
    for naam, vormen in (("a", [VIERKANT, None]), ("b", [VIERKANT] * 3), ("c", [None, VIERKANT])):
        kolommen = {
            "plannaam": [f"{naam}{n}" for n in range(len(vormen))],
            "planstatus": ["1A"] * len(vormen),
        }
        uit.append(read_bestand(write_vector(tmp_path / f"{naam}.gpkg", vormen, kolommen)))
    return uit


def test_rows_and_counts_are_those_of_all_parts(tmp_path):
    delen = parts(tmp_path)
    (laag,) = join_parts(delen)
    assert (laag.gelezen, laag.geweigerd, len(laag.frame)) == (7, 2, 5)
    assert laag.frame["plannaam"].tolist() == ["a0", "b0", "b1", "b2", "c1"]
    assert laag.frame.index.tolist() == [0, 2, 3, 4, 6]
    assert laag.frame.crs == 28992
    geweigerd = next(b for b in laag.bevindingen if b.code == GEEN_GEOMETRIE.code)
    assert geweigerd.aantal == 2
    assert len(geweigerd.voorbeelden) == 2


def test_the_hash_is_that_of_the_parts_in_their_order(tmp_path):
    delen = parts(tmp_path)
    (laag,), (zelfde,), (anders,) = map(join_parts, (delen, delen, delen[::-1]))
    assert laag.herkomst.sha256 == zelfde.herkomst.sha256 != anders.herkomst.sha256


def test_texts_that_differ_are_said_to_be_of_one_part(tmp_path):
    delen = [
        [replace(lagen[0], bevindingen=(Bevinding("KL304", "waarschuwing", 1, f"Deel {n}."),))]
        for n, lagen in enumerate(parts(tmp_path))
    ]
    (laag,) = join_parts(delen)
    (bev,) = laag.bevindingen
    assert bev.aantal == 3
    assert "één deel" in bev.uitleg


def test_one_part_is_itself(tmp_path):
    (deel, *_) = parts(tmp_path)
    assert join_parts([deel]) == tuple(deel)
