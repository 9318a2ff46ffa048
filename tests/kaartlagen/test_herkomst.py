"""The hash of a source covers every part of it."""

from __future__ import annotations

import hashlib

import pytest

from kaartlagen.errors import BronError
from kaartlagen.herkomst import sha256_bron, sha256_file
from tests.kaartlagen.maken import VIERKANT, write_vector


def test_the_hash_of_a_file_is_that_of_its_bytes(tmp_path):
    pad = tmp_path / "a"
    pad.write_bytes(b"inhoud" * 100_000)
    assert sha256_file(pad) == hashlib.sha256(pad.read_bytes()).hexdigest() == sha256_bron(pad)


def test_an_absent_file_is_refused(tmp_path):
    with pytest.raises(BronError):
        sha256_file(tmp_path / "weg")


@pytest.mark.parametrize("deel", [".shp", ".dbf", ".prj"])
def test_a_change_in_any_part_of_a_shapefile_changes_its_hash(tmp_path, deel):
    pad = write_vector(tmp_path / "a[1].shp", [VIERKANT], {"naam": ["a"]})
    eerst = sha256_bron(pad)
    anders = pad.with_suffix(deel)
    anders.write_bytes(anders.read_bytes() + b" ")
    assert sha256_bron(pad) != eerst


def test_a_neighbour_with_a_like_name_is_no_part(tmp_path):
    pad = write_vector(tmp_path / "a.shp", [VIERKANT], {"naam": ["a"]})
    eerst = sha256_bron(pad)
    (tmp_path / "ab.dbf").write_bytes(b"x")
    (tmp_path / "a.txt").write_bytes(b"x")
    assert sha256_bron(pad) == eerst
