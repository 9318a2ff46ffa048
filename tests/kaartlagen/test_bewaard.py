"""What a new snapshot says of the ones that were there already."""

from __future__ import annotations

import pytest

from kaartlagen.inname import ingest
from kaartlagen.opslag import LaagOpslag
from tests.kaartlagen.maken import write_vector
from tests.kaartlagen.toetsen.maken import vak


def write_parcels(pad, *nummers):
    return write_vector(
        pad,
        [vak(n) for n in nummers],
        {
            "identificatie_lokaal_id": [f"{n:014d}" for n in nummers],
            "sectie": ["A"] * len(nummers),
            "perceelnummer": list(nummers),
        },
    )


@pytest.fixture
def opslag(tmp_path) -> LaagOpslag:
    return LaagOpslag(tmp_path / "lagen")


def doubles(opslag, pad):
    (inname,) = ingest([pad], opslag).lagen
    return [b for b in inname.bevindingen if b.code == "KL122"]


def test_perceel_that_another_source_holds_too_is_named_with_that_source(opslag, tmp_path):
    assert doubles(opslag, write_parcels(tmp_path / "a.gpkg", 1, 2, 3)) == []
    (eerste,) = opslag.snapshots()
    (bevinding,) = doubles(opslag, write_parcels(tmp_path / "b.gpkg", 3, 4))
    assert (bevinding.aantal, bevinding.voorbeelden) == (1, ("00000000000003",))
    assert f"a.gpkg ({eerste.id})" in bevinding.uitleg


def test_new_state_of_the_same_source_takes_the_place_of_the_old(opslag, tmp_path):
    pad = write_parcels(tmp_path / "a.gpkg", 1, 2)
    doubles(opslag, pad)
    pad.unlink()
    assert doubles(opslag, write_parcels(pad, 2, 3)) == []


def test_sources_side_by_side_share_nothing(opslag, tmp_path):
    doubles(opslag, write_parcels(tmp_path / "a.gpkg", 1, 2))
    assert doubles(opslag, write_parcels(tmp_path / "b.gpkg", 3, 4)) == []
    assert doubles(opslag, write_parcels(tmp_path / "c.gpkg", 90, 91)) == []


def test_three_sources_count_an_object_once(opslag, tmp_path):
    for naam in "ab":
        doubles(opslag, write_parcels(tmp_path / f"{naam}.gpkg", 1, 2))
    (bevinding,) = doubles(opslag, write_parcels(tmp_path / "c.gpkg", 2, 3))
    assert bevinding.aantal == 1
    assert "a.gpkg" in bevinding.uitleg
    assert "b.gpkg" in bevinding.uitleg
