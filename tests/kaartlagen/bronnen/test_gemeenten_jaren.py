"""Gemeenten of every year and publisher, and of their own time."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import shapely

from kaartlagen.bronnen.gemeenten import finest_cover, timely
from kaartlagen.errors import OnbekendeSoortError
from kaartlagen.inname import read_bestand
from tests.kaartlagen.bronnen.gml_maken import RING, vlak
from tests.kaartlagen.maken import VIERKANT, write_vector

VER = shapely.affinity.translate(VIERKANT, 5_000)
NAMEN = ["Amsterdam", "Rotterdam"]
GM = ["GM0363", "GM0599"]


def only(pad: Path, **opties):
    lagen = read_bestand(pad, **opties)
    assert len(lagen) == 1
    laag = lagen[0]
    fouten = sum(b.aantal for b in laag.bevindingen if b.niveau == "fout")
    assert laag.geweigerd == fouten == laag.gelezen - len(laag.frame)
    return laag


def findings(laag) -> dict[str, tuple[int, tuple[str, ...]]]:
    return {b.code: (b.aantal, b.voorbeelden) for b in laag.bevindingen}


@pytest.mark.parametrize(
    ("kolommen", "peildatum"),
    [
        # CBS Wijk- en Buurtkaart, 2009 - 2022 and after
        ({"GM_CODE": GM, "GM_NAAM": NAMEN, "WATER": ["NEE", "NEE"], "OAD": [1, 2]}, None),
        ({"gemeentecode": GM, "gemeentenaam": NAMEN, "water": ["NEE", "NEE"],
          "jrstatcode": ["2024GM0363", "2024GM0599"], "jaar": [2024, 2024]}, date(2024, 1, 1)),
        # CBS gebiedsindelingen
        ({"statcode": GM, "statnaam": NAMEN, "jrstatcode": ["2023GM0363", "2023GM0599"],
          "rubriek": ["gemeente", "gemeente"]}, date(2023, 1, 1)),
        ({"statcode": GM, "statnaam": NAMEN, "jaarcode": [2026, 2026]}, date(2026, 1, 1)),
        # PDOK bestuurlijke gebieden, and its predecessor
        ({"identificatie": GM, "naam": NAMEN, "code": ["0363", "0599"],
          "ligtInProvincieCode": ["27", "28"]}, None),
        ({"code": ["0363", "0599"], "gemeentenaam": NAMEN}, None),
        ({"GEM_CODE": [363, 599], "GEM_NAAM": NAMEN}, None),
    ],
)  # fmt: skip
def test_the_columns_of_every_year_are_read(tmp_path, kolommen, peildatum):
    laag = only(write_vector(tmp_path / "g.gpkg", [VIERKANT, VER], kolommen))
    assert laag.frame["gemeentecode"].tolist() == ["0363", "0599"]
    assert laag.frame["gemeentenaam"].tolist() == NAMEN
    assert laag.herkomst.peildatum == peildatum


def test_postcodes_beside_a_gemeentenaam_are_not_taken_for_gemeenten(tmp_path):
    kolommen = {"code": ["3011", "3012"], "gemeentenaam": ["Rotterdam", "Rotterdam"]}
    with pytest.raises(OnbekendeSoortError):
        read_bestand(write_vector(tmp_path / "p.gpkg", [VIERKANT, VER], kolommen))


def test_rows_of_buurten_are_refused_by_name(tmp_path):
    kolommen = {
        "buurtcode": [None, "BU05990001"], "gemeentecode": GM, "gemeentenaam": NAMEN,
    }  # fmt: skip
    pad = write_vector(tmp_path / "wbk.gpkg", [VIERKANT, VER], kolommen)
    laag = only(pad, soort="gemeenten")
    assert laag.frame["gemeentecode"].tolist() == ["0363"]
    assert findings(laag)["KL501"] == (1, ("GM0599 Rotterdam",))


def test_a_table_of_mixed_regions_gives_its_gemeenten_alone(tmp_path):
    kolommen = {
        "statcode": ["GM0363", "WK036300", "BU03630000"],
        "statnaam": ["Amsterdam", "Burgwallen", "Kop Zeedijk"],
    }
    laag = only(
        write_vector(tmp_path / "k.gpkg", [VIERKANT, VER, VER], kolommen), soort="gemeenten"
    )
    assert laag.frame["gemeentecode"].tolist() == ["0363"]
    assert findings(laag)["KL501"][0] == 2


def test_land_and_water_with_a_part_abroad(tmp_path):
    kolommen = {
        "GM_CODE": ["GM0363", "GM0363", "GM0998"],
        "GM_NAAM": ["Amsterdam", "Amsterdam", "Buitenland"],
        "WATER": ["NEE", "JA", "B"],
    }
    naast = shapely.affinity.translate(VIERKANT, 100)
    laag = only(write_vector(tmp_path / "g.gpkg", [VIERKANT, naast, VER], kolommen))
    assert laag.frame.area.tolist() == [20_000.0]
    assert {c: a for c, (a, _) in findings(laag).items()} == {"KL501": 1, "KL502": 1}


def test_of_a_cbs_file_with_two_editions_the_fine_one_is_read(tmp_path):
    kolommen = {"statcode": GM, "statnaam": NAMEN}
    pad = tmp_path / "gi.gpkg"
    write_vector(pad, [VIERKANT, VER], kolommen, laag="gemeente_gegeneraliseerd")
    fijn = [VIERKANT.buffer(1), VER.buffer(1)]
    write_vector(pad, fijn, kolommen, laag="gemeente_niet_gegeneraliseerd", toevoegen=True)
    punten = [VIERKANT.centroid, VER.centroid]
    write_vector(pad, punten, kolommen, laag="gemeente_labelpoint", toevoegen=True)
    laag = only(pad)
    assert (laag.frame.area > 10_000).all()
    overgeslagen = findings(laag)["KL101"][1]
    assert "gemeente_gegeneraliseerd (grover dan gemeente_niet_gegeneraliseerd)" in overgeslagen
    assert "gemeente_labelpoint" in overgeslagen


def test_only_a_pair_of_editions_of_one_layer_is_decided():
    assert finest_cover(["gemeente_gegeneraliseerd", "gemeente_niet_gegeneraliseerd"])
    assert finest_cover(["gemeente_2022", "gemeente_2023"]) is None
    jaren = ["gemeente_2022_gegeneraliseerd", "gemeente_2023_niet_gegeneraliseerd"]
    assert finest_cover(jaren) is None


@pytest.mark.parametrize("naam", ["Gemeentegebied", "gemeente_gegeneraliseerd"])
def test_gemeenten_of_a_wfs_in_gml(tmp_path, naam):
    pad = tmp_path / "g.gml"
    pad.write_text(
        f'<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:b="b">'
        f"<wfs:member><b:{naam}><b:identificatie>GM0363</b:identificatie><b:naam>Amsterdam"
        f"</b:naam><b:code>0363</b:code><b:geom>{vlak(RING)}</b:geom></b:{naam}></wfs:member>"
        "</wfs:FeatureCollection>"
    )
    laag = only(pad)
    assert laag.frame["gemeentecode"].tolist() == ["0363"]
    assert laag.herkomst.vorm == "GML (WFS)"


def region(pad: Path, codes: list[str]) -> Path:
    vormen = [shapely.affinity.translate(VIERKANT, 200 * n) for n in range(len(codes))]
    namen = [f"Gemeente {code}" for code in codes]
    return write_vector(pad, vormen, {"gemeentecode": codes, "gemeentenaam": namen})


def test_codes_that_ended_are_told_with_their_successor(tmp_path):
    laag = only(region(tmp_path / "g.gpkg", ["0501", "0599"]))
    assert findings(laag)["KL505"] == (
        1, ("0501 Brielle: sinds 01-01-2023 1992 Voorne aan Zee",),
    )  # fmt: skip
    assert "KL504" not in findings(laag)


def test_a_file_of_two_times_at_once_is_warned_of(tmp_path):
    laag = only(region(tmp_path / "g.gpkg", ["0501", "1992"]))
    assert findings(laag)["KL504"][0] == 1


def test_the_peildatum_that_the_user_names_counts(tmp_path):
    pad = region(tmp_path / "g.gpkg", ["0501", "0599"])
    laag = only(pad, peildatum=date(2024, 1, 1))
    assert findings(laag)["KL504"][0] == 1
    laag = only(pad, peildatum=date(2022, 1, 1))
    assert set(findings(laag)) == {"KL505"}


def test_a_gemeente_before_its_time_is_warned_of(tmp_path):
    laag = only(region(tmp_path / "g.gpkg", ["1992", "0599"]), peildatum=date(2022, 1, 1))
    assert findings(laag)["KL504"] == (1, ("1992 Voorne aan Zee: bestaat sinds 01-01-2023",))


def test_the_real_file_of_2022_shows_the_old_gemeenten_of_voorne(data_map):
    laag = only(data_map / "gemeenten" / "gemeenten_2022.geojson")
    assert findings(laag)["KL505"][0] == 3
    assert "KL504" not in findings(laag)


def test_today_gives_no_finding():
    assert timely(["1992", "0599", "0606"], date(2026, 1, 1)) == ()
