from __future__ import annotations

import geopandas as gpd
import pytest
from shapely import Point

from daeb_locaties.project import Project
from daeb_locaties.woningen import read_woningen
from kaartlagen.inname import ingest


@pytest.fixture
def project(tmp_path):
    with Project.open(tmp_path / "project") as project:
        yield project


def test_without_verblijfsobjecten_homes_are_unknown(project):
    assert read_woningen(project.lagen) is None


def test_only_homes_in_use_count(project, tmp_path):
    frame = gpd.GeoDataFrame(
        {
            "identificatie": list("abcd"),
            "gebruiksdoel": ["woonfunctie", "winkelfunctie", "Woonfunctie,winkelfunctie", None],
            "status": ["Verblijfsobject in gebruik", "Verblijfsobject in gebruik", None, None],
        },
        geometry=[Point(120_000 + n, 420_000) for n in range(4)],
        crs="EPSG:28992",
    )
    frame.loc[4] = ["e", "woonfunctie", "Verblijfsobject gevormd", Point(120_009, 420_000)]
    frame.loc[5] = ["f", "woonfunctie", "Verbouwing verblijfsobject", Point(120_012, 420_000)]
    frame.to_file(tmp_path / "bag.gpkg", engine="pyogrio")
    verslag = ingest([tmp_path / "bag.gpkg"], project.lagen)
    assert verslag.lagen[0].opgenomen == 6
    assert set(read_woningen(project.lagen)["vbo_id"]) == {"a", "c", "f"}
