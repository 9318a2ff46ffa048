"""The written files: the same bytes each time, with every planstatus and trap in them."""

from __future__ import annotations

from pathlib import Path

import pyogrio
import pytest
import shapely

from daeb_locaties.akkoord import read_akkoord
from daeb_locaties.begrippen import Maat, Planstatus, normalise_planstatus
from daeb_locaties.bod import read_biedingen
from daeb_locaties.voorbeeld import write_voorbeeld
from daeb_locaties.voorbeeld.namen import GEMEENTEN
from tests.daeb_locaties.voorbeeld.conftest import Geschreven


def _all_bytes(map_: Path) -> dict[str, bytes]:
    return {
        pad.relative_to(map_).as_posix(): pad.read_bytes()
        for pad in sorted(map_.rglob("*"))
        if pad.is_file()
    }


def test_same_seed_and_size_write_the_same_bytes(tmp_path: Path) -> None:
    mappen = tmp_path / "een", tmp_path / "twee", tmp_path / "anders"
    for map_, seed in zip(mappen, (7, 7, 8), strict=True):
        write_voorbeeld(map_, percelen=700, seed=seed)
    een, twee, anders = (_all_bytes(map_) for map_ in mappen)
    assert een.keys() == twee.keys()
    assert [naam for naam in een if een[naam] != twee[naam]] == []
    assert een["voorbeeld/percelen.gpkg"] != anders["voorbeeld/percelen.gpkg"]


def test_writing_again_leaves_no_plan_of_the_earlier_example(tmp_path: Path) -> None:
    write_voorbeeld(tmp_path, percelen=1_200, seed=1)
    tellingen = write_voorbeeld(tmp_path, percelen=400, seed=1)
    assert len(list(tmp_path.glob("voorbeeld/plannen/*"))) == tellingen.plannen


@pytest.mark.parametrize("percelen", [99, 1_000_001])
def test_size_out_of_bounds_is_refused_before_anything_is_written(
    tmp_path: Path, percelen: int
) -> None:
    with pytest.raises(ValueError, match="percelen"):
        write_voorbeeld(tmp_path, percelen=percelen)
    assert list(tmp_path.iterdir()) == []


def test_progress_names_every_step_and_ends_at_its_total(tmp_path: Path) -> None:
    stappen: dict[str, tuple[int, int]] = {}
    write_voorbeeld(
        tmp_path,
        percelen=500,
        voortgang=lambda stap, gedaan, totaal: stappen.update({stap: (gedaan, totaal)}),
    )
    assert list(stappen) == [
        "percelen in de kernen",
        "percelen in de polder",
        "bestemmingsplannen",
        "kaartlagen",
    ]
    for stap in ("bestemmingsplannen", "kaartlagen"):
        assert stappen[stap][0] == stappen[stap][1]


def test_files_hold_what_the_counts_say(voorbeeld: Geschreven) -> None:
    aantallen = {
        naam: pyogrio.read_info(voorbeeld.bron / f"{naam}.gpkg")["features"]
        for naam in ("percelen", "gemeenten", "planlijst", "planlijst_punten")
    }
    tellingen = voorbeeld.tellingen
    assert aantallen["percelen"] == tellingen.percelen == pytest.approx(5_000, rel=0.01)
    assert aantallen["gemeenten"] == tellingen.gemeenten == 5
    assert aantallen["planlijst"] + aantallen["planlijst_punten"] == tellingen.locaties
    assert 55 <= tellingen.locaties <= 70


def test_gemeenten_and_percelen_fill_the_same_region(voorbeeld: Geschreven) -> None:
    gemeenten = pyogrio.read_dataframe(voorbeeld.bron / "gemeenten.gpkg")
    percelen = pyogrio.read_dataframe(voorbeeld.bron / "percelen.gpkg")
    oppervlakte = pytest.approx(voorbeeld.tellingen.oppervlakte_m2, rel=1e-9)
    assert gemeenten.area.sum() == oppervlakte
    assert percelen.area.sum() == oppervlakte
    assert shapely.coverage_is_valid(gemeenten.geometry.to_numpy())
    assert percelen["identificatie_lokaal_id"].str.fullmatch(r"\d{14}").all()
    assert percelen["identificatie_lokaal_id"].is_unique


def test_planlijst_has_every_planstatus_in_more_than_one_spelling(voorbeeld: Geschreven) -> None:
    lijst = pyogrio.read_dataframe(voorbeeld.bron / "planlijst.gpkg")
    teksten = {tekst for tekst in lijst["planstatus"] if isinstance(tekst, str)}
    klassen = [normalise_planstatus(tekst) for tekst in teksten]
    assert set(klassen) == set(Planstatus)
    for status in ("1A", "2A", "3", "4A", "4B"):
        assert klassen.count(Planstatus(status)) > 1, status
    assert lijst["planstatus"].isna().any()


def test_planlijst_holds_the_traps(voorbeeld: Geschreven) -> None:
    lijst = pyogrio.read_dataframe(voorbeeld.bron / "planlijst.gpkg").set_index("plannaam")
    gemeenten = pyogrio.read_dataframe(voorbeeld.bron / "gemeenten.gpkg").set_index("naam")
    vorm = lijst.geometry
    assert vorm["De Meander fase 2"].within(vorm["De Meander"].buffer(0.01))
    assert lijst["corporatie"]["De Meander fase 2"] == lijst["corporatie"]["De Meander"]
    assert vorm["Lichtschip (blok B)"].equals(vorm["Het Lichtschip"])
    assert lijst["corporatie"]["Lichtschip (blok B)"] not in lijst["corporatie"]["Het Lichtschip"]
    assert {"Molenhof", "MOLENHOF", '<script>alert(1)</script> & "Hof"'} <= set(lijst.index)
    grens = gemeenten.geometry.intersection(vorm["Grensveld"]).area / vorm["Grensveld"].area
    assert (grens > 0.05).sum() == 2
    genoemd = gemeenten.geometry[lijst["gemeente"]["Parallelweg"]]
    assert genoemd.intersection(vorm["Parallelweg"]).area < 1.0
    daeb = [k for k in lijst.columns if k.startswith("daeb_nieuwbouw")]
    assert lijst.loc["Tijdelijk Wonen Vaart", daeb].isna().all()
    assert lijst.loc["Merelbuurt", "daeb_sloop"] > 0
    assert lijst.loc["De Meander", [k for k in daeb if k.endswith("_min")]].notna().any()


def test_akkoord_and_bids_read_back_in_two_versions(voorbeeld: Geschreven) -> None:
    akkoord = read_akkoord(voorbeeld.map / "akkoord.toml")
    assert akkoord.status == "tussenakkoord"
    assert [g.code for g in akkoord.gemeenten] == [g.code for g in GEMEENTEN[:5]]
    eerste = read_biedingen(voorbeeld.bron / "bod.csv")
    tweede = read_biedingen(voorbeeld.bron / "aangescherpt_bod.xlsx")
    assert {b.volgnummer for b in eerste} == {0}
    assert {b.volgnummer for b in tweede} == {1}
    met_bod = {b.gemeentecode for b in (*eerste, *tweede)}
    assert {g.code for g in akkoord.gemeenten} - met_bod == {"9005"}
    stil = [b for b in tweede if not b.toelichting and not b.handelingsperspectief]
    assert [
        (b.gemeentecode, b.netto(Maat.DAEB), b.netto(Maat.DOELGROEPVOORRAAD)) for b in stil
    ] == [("9004", 0, 0)]


def test_no_name_is_that_of_a_real_gemeente(data_map: Path) -> None:
    echt = pyogrio.read_dataframe(
        data_map / "gemeenten" / "gemeenten_2022.geojson", read_geometry=False
    )
    echte_namen = set(echt["gemeentenaam"].dropna().str.lower())
    assert not echte_namen & {g.naam.lower() for g in GEMEENTEN}
    assert not set(echt["gemeentecode"].dropna()) & {g.code for g in GEMEENTEN}
