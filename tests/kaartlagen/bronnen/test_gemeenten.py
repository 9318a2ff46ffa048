"""Gemeenten from every publisher: four digits, one row each, and nothing that is none."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from kaartlagen.bronnen.gemeenten import gemeentecode
from kaartlagen.errors import KolomError, OnbekendeSoortError
from kaartlagen.inname import read_bestand
from tests.kaartlagen.maken import VIERKANT, write_vector

NAAST = shapely.affinity.translate(VIERKANT, 100)
NAMEN = ["Amsterdam", "Rotterdam"]
GM, PV = ["GM0363", "GM0599"], ["PV27", "PV28"]
VER = shapely.affinity.translate(VIERKANT, 5_000)


def only(pad: Path, **opties):
    lagen = read_bestand(pad, **opties)
    assert len(lagen) == 1
    return lagen[0]


def findings(laag) -> dict[str, tuple[int, tuple[str, ...]]]:
    return {b.code: (b.aantal, b.voorbeelden) for b in laag.bevindingen}


def test_the_real_file_of_2022(data_map):
    laag = only(data_map / "gemeenten" / "gemeenten_2022.geojson")
    assert (laag.laag, laag.gelezen, len(laag.frame), laag.geweigerd) == ("gemeenten", 346, 345, 1)
    assert laag.hersteld == 7
    assert laag.herkomst.crs_bron == "EPSG:4326"
    gevonden = findings(laag)
    assert gevonden["KL501"] == (1, ("GM0998 Buitenland",))
    assert gevonden["KL304"][0] == 7
    frame = laag.frame
    assert frame.is_valid.all()
    assert frame["gemeentecode"].str.fullmatch(r"\d{4}").all()
    assert frame["gemeentecode"].is_unique
    namen = frame.set_index("gemeentecode")["gemeentenaam"]
    assert namen["0034"] == "Almere"
    # The generalised land area of the Netherlands is some 37,000 km2 with inland water.
    assert 33e9 < frame.area.sum() < 42e9


def test_the_area_that_repair_changes_is_stated(data_map):
    laag = only(data_map / "gemeenten" / "gemeenten_2022.geojson")
    uitleg = next(b.uitleg for b in laag.bevindingen if b.code == "KL304")
    assert "m2" in uitleg


@given(code=st.integers(1, 9999))
def test_a_code_is_four_digits_in_every_spelling(code):
    verwacht = f"{code:04d}"
    for spelling in (
        code,
        str(code),
        float(code),
        f"GM{code:04d}",
        f"gm{code}",
        f"G{code}",
        f" {verwacht} ",
    ):
        assert gemeentecode(spelling) == verwacht


@pytest.mark.parametrize(
    "waarde", [None, "", "PV28", "WK036300", "BU03630000", "Amsterdam", "12345", float("nan")]
)
def test_what_is_no_gemeentecode_is_none(waarde):
    assert gemeentecode(waarde) is None


@pytest.mark.parametrize(
    "kolommen",
    [
        {"statcode": GM, "statnaam": NAMEN, "jaarcode": [2024, 2024]},
        {"identificatie": GM, "naam": NAMEN, "code": ["0363", "0599"]},
        {"gemeentecode": ["363", "599"], "gemeentenaam": NAMEN},
        {"GEMEENTECODE": [363, 599], "GEMEENTENAAM": NAMEN},
        {"gm_code": GM, "gm_naam": NAMEN},
        {"GM_CODE": GM, "GM_NAAM": NAMEN, "WATER": ["NEE", "NEE"]},
    ],
)  # fmt: skip
@pytest.mark.parametrize("naam", ["g.gpkg", "g.shp"])
def test_every_publishers_columns_are_recognised(tmp_path, kolommen, naam):
    laag = only(write_vector(tmp_path / naam, [VIERKANT, VER], kolommen))
    assert laag.laag == "gemeenten"
    assert laag.frame["gemeentecode"].tolist() == ["0363", "0599"]
    assert laag.frame["gemeentenaam"].tolist() == ["Amsterdam", "Rotterdam"]


@pytest.mark.parametrize(
    "kolommen",
    [
        {"statcode": PV, "statnaam": NAMEN},
        {"identificatie": PV, "naam": NAMEN, "code": ["27", "28"]},
        {"buurtcode": ["BU03630000", "BU05990001"], "gemeentecode": GM, "gemeentenaam": NAMEN},
        {"wijkcode": ["WK036300", "WK059901"], "gm_code": GM, "gm_naam": NAMEN},
        {"code": ["0363", "0599"], "naam": NAMEN},
        {"gemeentecode": ["0363"] * 2, "gemeentenaam": ["A"] * 2, "adres": ["a", "b"]},
    ],
)  # fmt: skip
def test_other_areas_with_gemeente_columns_are_not_taken_for_gemeenten(tmp_path, kolommen):
    vormen = [VIERKANT, VER] * 3
    ruim = {naam: waarden * 3 for naam, waarden in kolommen.items()}
    if "adres" not in kolommen:
        vormen, ruim = vormen[:2], kolommen
    with pytest.raises(OnbekendeSoortError):
        read_bestand(write_vector(tmp_path / "g.gpkg", vormen, ruim))


def test_a_plain_code_column_needs_the_users_word(tmp_path):
    pad = write_vector(tmp_path / "g.gpkg", [VIERKANT, VER], {"code": [34, 50], "naam": ["A", "B"]})
    laag = only(pad, soort="gemeenten")
    assert laag.frame["gemeentecode"].tolist() == ["0034", "0050"]


def test_land_and_water_of_a_gemeente_become_one_row(tmp_path):
    kolommen = {
        "gemeentecode": ["GM0363", "GM0363", "GM0599"],
        "gemeentenaam": ["Amsterdam", "Amsterdam", "Rotterdam"],
        "water": ["NEE", "JA", "NEE"],
    }
    laag = only(write_vector(tmp_path / "g.gpkg", [VIERKANT, NAAST, VER], kolommen))
    assert laag.frame["gemeentecode"].tolist() == ["0363", "0599"]
    assert laag.frame.area.tolist() == pytest.approx([20_000, 10_000])
    assert laag.gelezen == len(laag.frame) + laag.geweigerd == 3
    assert findings(laag)["KL502"] == (1, ("0363",))


def test_one_code_with_two_names_is_said(tmp_path):
    kolommen = {
        "gemeentecode": ["0363", "0363", "0599"],
        "gemeentenaam": ["Amsterdam", "Weesp", "R"],
    }
    laag = only(write_vector(tmp_path / "g.gpkg", [VIERKANT, NAAST, VER], kolommen))
    assert findings(laag)["KL503"] == (1, ("0363",))
    assert laag.frame.iloc[0]["gemeentenaam"] == "Amsterdam"


def test_missing_columns_are_named(tmp_path):
    pad = write_vector(tmp_path / "g.gpkg", [VIERKANT], {"iets": ["a"]})
    with pytest.raises(KolomError, match="gemeentecode"):
        read_bestand(pad, soort="gemeenten")
    pad = write_vector(tmp_path / "h.gpkg", [VIERKANT], {"gemeentecode": ["0363"]})
    with pytest.raises(KolomError, match="naam van de gemeente"):
        read_bestand(pad, soort="gemeenten")


def test_two_layers_of_gemeenten_in_one_file_ask_for_a_choice(tmp_path):
    kolommen = {"gemeentecode": ["0363"], "gemeentenaam": ["Amsterdam"]}
    pad = write_vector(tmp_path / "g.gpkg", [VIERKANT], kolommen, laag="g2021")
    write_vector(pad, [VIERKANT], kolommen, laag="g2022", toevoegen=True)
    with pytest.raises(OnbekendeSoortError, match="g2021, g2022"):
        read_bestand(pad)
