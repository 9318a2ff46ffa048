from __future__ import annotations

import geopandas as gpd
import pytest
from shapely import Point, box

from kaartlagen.bronnen.bag import purposes
from kaartlagen.errors import KolomError, OnbekendeSoortError
from kaartlagen.inname import read_bestand
from tests.kaartlagen.bronnen.gml_maken import punt, vlak


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


# --- PDOK's BAG light and its kin

PAND = {
    "identificatie": ["0599100000000001", "0599100000000002"],
    "bouwjaar": [1935, 9999],
    "status": ["Pand in gebruik", "Pand in gebruik"],
    "gebruiksdoel": ["woonfunctie,winkelfunctie", None],
    "oppervlakte_min": [50, None],
    "aantal_verblijfsobjecten": [3, 0],
}
VLAKKEN = [box(120_000 + 20 * n, 420_000, 120_010 + 20 * n, 420_010) for n in range(2)]


def counts(laag) -> dict[str, int]:
    return {b.code: b.aantal for b in laag.bevindingen}


def test_panden_of_bag_light_with_their_bouwjaar_and_ids_as_text(tmp_path):
    (laag,) = read_bestand(schrijf(tmp_path, PAND, VLAKKEN))
    assert (laag.laag, laag.gelezen, len(laag.frame)) == ("panden", 2, 2)
    eerste, tweede = (laag.frame.iloc[n] for n in (0, 1))
    assert (eerste["pand_id"], eerste["bouwjaar"], eerste["verblijfsobjecten"]) == (
        "0599100000000001", 1935, 3,
    )  # fmt: skip
    assert eerste["gebruiksdoel"] == "woonfunctie,winkelfunctie"
    assert tweede["gebruiksdoel"] is None
    assert laag.frame["bouwjaar"].isna().tolist() == [False, True]
    assert counts(laag)["KL804"] == 1


def test_bag_light_gives_its_panden_and_verblijfsobjecten_and_names_the_rest(tmp_path):
    pad = tmp_path / "bag-light.gpkg"
    lagen = {
        "pand": (PAND, VLAKKEN),
        "verblijfsobject": (BAG, PUNTEN),
        "woonplaats": ({"identificatie": ["3086", "3087"], "woonplaats": ["R", "S"]}, VLAKKEN),
    }
    for naam, (kolommen, vormen) in lagen.items():
        frame = gpd.GeoDataFrame(kolommen, geometry=vormen, crs="EPSG:28992")
        frame.to_file(pad, layer=naam, engine="pyogrio")
    gelezen = read_bestand(pad)
    assert {laag.laag for laag in gelezen} == {"panden", "verblijfsobjecten"}
    over = next(b for laag in gelezen for b in laag.bevindingen if b.code == "KL101")
    assert over.voorbeelden == ("woonplaats",)


def test_voorkomens_that_ended_are_refused_and_counted(tmp_path):
    einden = {"eindgeldigheid": [None, "2019-01-15"]}
    (laag,) = read_bestand(schrijf(tmp_path, BAG | einden, PUNTEN))
    assert (laag.gelezen, len(laag.frame), counts(laag)["KL801"]) == (2, 1, 1)
    einden = {"tijdstipinactief": ["2019-01-15T10:00:00", None]}
    (laag,) = read_bestand(schrijf(tmp_path, PAND | einden, VLAKKEN))
    assert laag.frame["pand_id"].tolist() == ["0599100000000002"]


@pytest.mark.parametrize(
    ("geschreven", "gelezen"),
    [
        ("woonfunctie", "woonfunctie"),
        ('[ "woonfunctie", "winkelfunctie" ]', "woonfunctie,winkelfunctie"),
        ("{woonfunctie,winkelfunctie}", "woonfunctie,winkelfunctie"),
        ('{"overige gebruiksfunctie"}', "overige gebruiksfunctie"),
        (["woonfunctie", None], "woonfunctie"),
        ("[kapot", "[kapot"),
        ([], None),
        ("", None),
        (None, None),
    ],
)
def test_gebruiksdoelen_are_read_however_a_list_is_written(geschreven, gelezen):
    assert purposes(geschreven) == gelezen


def test_ids_that_come_twice_and_missing_purposes_are_told(tmp_path):
    doelen = ["woonfunctie", None]
    kolommen = BAG | {"identificatie": [BAG["identificatie"][0]] * 2, "gebruiksdoel": doelen}
    (laag,) = read_bestand(schrijf(tmp_path, kolommen, PUNTEN))
    assert counts(laag) == {"KL805": 1, "KL806": 1}


def test_the_real_addresses_are_refused_because_they_do_not_tell_homes_from_shops(data_map):
    with pytest.raises(KolomError, match=r"adressen .* zonder gebruiksdoel") as gevangen:
        read_bestand(data_map / "bag" / "bag.gpkg")
    assert "--soort punten" in gevangen.value.herstel


def test_the_real_addresses_can_be_kept_as_points(data_map):
    lagen = read_bestand(data_map / "bag" / "bag.gpkg", soort="punten")
    assert sorted(len(laag.frame) for laag in lagen) == [1, 67, 1836]


def test_ids_of_another_kind_of_object_are_not_taken_for_it(tmp_path):
    nummers = BAG | {"identificatie": ["0599200000000001", "0599200000000002"]}
    with pytest.raises(OnbekendeSoortError):
        read_bestand(schrijf(tmp_path, nummers, PUNTEN))


@pytest.mark.parametrize(
    ("naam", "laag"), [("pand", "panden"), ("verblijfsobject", "verblijfsobjecten")]
)
def test_the_wfs_of_the_bag_in_gml(tmp_path, naam, laag):
    vorm = vlak() if naam == "pand" else punt()
    soort = "10" if naam == "pand" else "01"
    pad = tmp_path / "b.gml"
    pad.write_text(
        '<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs/2.0" '
        f'xmlns:bag="http://bag.geonovum.nl"><wfs:member><bag:{naam}><bag:identificatie>'
        f"0599{soort}0000000001</bag:identificatie><bag:bouwjaar>1935</bag:bouwjaar>"
        "<bag:status>in gebruik</bag:status><bag:gebruiksdoel>woonfunctie</bag:gebruiksdoel>"
        f"<bag:oppervlakte>80</bag:oppervlakte><bag:geom>{vorm}</bag:geom></bag:{naam}>"
        "</wfs:member></wfs:FeatureCollection>"
    )
    (gelezen,) = read_bestand(pad)
    assert (gelezen.laag, len(gelezen.frame)) == (laag, 1)
    assert gelezen.frame.iloc[0]["gebruiksdoel"] == "woonfunctie"


def test_our_own_panden_read_back(tmp_path):
    kolommen = {
        "pand_id": ["0599100000000001"], "bouwjaar": [1935], "status": ["Pand in gebruik"],
        "gebruiksdoel": ["woonfunctie"], "verblijfsobjecten": [3],
    }  # fmt: skip
    (laag,) = read_bestand(schrijf(tmp_path, kolommen, VLAKKEN[:1]))
    assert laag.laag == "panden"
    rij = laag.frame.drop(columns="geometry").iloc[0]
    assert rij.to_dict() == {naam: waarden[0] for naam, waarden in kolommen.items()}


def test_a_bouwjaar_that_is_no_number_is_unknown(tmp_path):
    for waarde in ("²", "9" * 25, "onbekend", "-1"):
        kolommen = PAND | {"bouwjaar": [waarde, "1935"]}
        (laag,) = read_bestand(schrijf(tmp_path, kolommen, VLAKKEN))
        assert laag.frame["bouwjaar"].isna().tolist() == [True, False]
        (tmp_path / "bag.gpkg").unlink()
