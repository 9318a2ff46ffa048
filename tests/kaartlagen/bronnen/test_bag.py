from __future__ import annotations

import geopandas as gpd
import pytest
from shapely import Point, box

from kaartlagen.errors import KolomError, OnbekendeSoortError
from kaartlagen.inname import read_bestand


def schrijf(tmp_path, kolommen, geometrie):
    pad = tmp_path / "bag.gpkg"
    gpd.GeoDataFrame(kolommen, geometry=geometrie, crs="EPSG:28992").to_file(pad, engine="pyogrio")
    return pad


PUNTEN = [Point(120_000 + n, 420_000) for n in range(2)]
BAG = {
    "identificatie": ["0599010000000001", "0599010000000002"],
    "gebruiksdoel": ["woonfunctie,winkelfunctie", "kantoorfunctie"],
    "status": ["Verblijfsobject in gebruik", "Verblijfsobject gevormd"],
    "oppervlakte": [80, 120],
}


def test_points_with_a_gebruiksdoel_are_verblijfsobjecten_with_ids_as_text(tmp_path):
    (laag,) = read_bestand(schrijf(tmp_path, BAG, PUNTEN))
    assert (laag.laag, laag.gelezen, laag.geweigerd) == ("verblijfsobjecten", 2, 0)
    assert laag.frame["vbo_id"].tolist() == BAG["identificatie"]
    assert laag.frame["oppervlakte_m2"].tolist() == [80.0, 120.0]


def test_panden_with_a_gebruiksdoel_are_not_taken_for_verblijfsobjecten(tmp_path):
    vlakken = [box(120_000 + 20 * n, 420_000, 120_010 + 20 * n, 420_010) for n in range(2)]
    with pytest.raises(OnbekendeSoortError):
        read_bestand(schrijf(tmp_path, BAG, vlakken))


def test_table_without_gebruiksdoel_is_refused_as_verblijfsobjecten(tmp_path):
    zonder = {naam: reeks for naam, reeks in BAG.items() if naam != "gebruiksdoel"}
    with pytest.raises(KolomError, match="gebruiksdoel"):
        read_bestand(schrijf(tmp_path, zonder, PUNTEN), soort="verblijfsobjecten")
