"""Tiles of a store: versions, several snapshots, order of plans, and objects by their id."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
from shapely import box

from kaartlagen.errors import BronError, OpslagError
from kaartlagen.herkomst import Herkomst
from kaartlagen.lagen import LAGEN
from kaartlagen.opslag import LaagOpslag
from kaartlagen.tegels import TEGELLAGEN, Tegel, Tegelbron, tile_at
from kaartlagen.tegels.ver import MEESTE, choose_largest
from tests.kaartlagen.tegels.decoderen import decode, decode_one

TEGEL = tile_at(10, 93_000.0, 436_000.0)
X, Y = TEGEL.bbox_rd[0] + 100.0, TEGEL.bbox_rd[1] + 100.0


def store(
    opslag: LaagOpslag, laag: str, bron: str, rijen: list[dict[str, Any]], vormen: list[Any]
) -> str:
    kolommen = {naam: [rij.get(naam) for rij in rijen] for naam in LAGEN[laag].kolomnamen}
    frame = gpd.GeoDataFrame(kolommen, geometry=vormen, crs=28992)
    herkomst = Herkomst(
        bron, bron, (bron * 64)[:64], laag, "test", "EPSG:28992", date(2026, 1, 1),
        datetime(2026, 1, 2, tzinfo=UTC),
    )  # fmt: skip
    return opslag.store(laag, frame, herkomst).id


@pytest.fixture
def opslag(tmp_path: Path) -> LaagOpslag:
    opslag = LaagOpslag(tmp_path)
    for bron, x in (("noord", 0), ("zuid", 60)):
        rijen = [
            {"perceel_id": f"{bron}{n}", "eigenaar": "Gemeente" if n else None} for n in range(3)
        ]
        vormen = [box(X + x + 20 * n, Y, X + x + 20 * n + 20, Y + 30) for n in range(3)]
        store(opslag, "percelen", bron, rijen, vormen)
    return opslag


def test_all_snapshots_that_count_are_on_the_tile_and_ids_lead_back(opslag: LaagOpslag) -> None:
    bron = Tegelbron(TEGELLAGEN["percelen"], opslag)
    laag = decode_one(bron.encode(TEGEL))
    assert len(laag.objecten) == 6
    gevonden = {}
    for ding in laag.objecten:
        rij = bron.find(ding.id)
        assert rij is not None
        gevonden[rij.kolommen["perceel_id"]] = ding
        assert ding.klasse == (None if rij.kolommen["eigenaar"] is None else "gemeente")
        eenheid = TEGEL.zijde_m / 4096
        assert ding.vorm.area * eenheid**2 == pytest.approx(rij.geometrie_rd.area, rel=0.05)
    assert sorted(gevonden) == [f"{b}{n}" for b in ("noord", "zuid") for n in range(3)]


@pytest.mark.parametrize("nummer", [-1, 3, 1 << 32 | 3, 2 << 32, 2**60])
def test_an_id_that_no_tile_has_gives_nothing(opslag: LaagOpslag, nummer: int) -> None:
    assert Tegelbron(TEGELLAGEN["percelen"], opslag).find(nummer) is None


def test_version_stays_until_another_snapshot_counts(opslag: LaagOpslag) -> None:
    laag = TEGELLAGEN["percelen"]
    eerste = Tegelbron(laag, opslag)
    assert Tegelbron(laag, LaagOpslag(opslag.map)).versie == eerste.versie
    inhoud = eerste.encode(TEGEL)
    nieuw = store(opslag, "percelen", "oost", [{"perceel_id": "o"}], [box(X, Y, X + 9, Y + 9)])
    assert Tegelbron(laag, opslag).versie != eerste.versie
    assert eerste.encode(TEGEL) == inhoud
    opslag.remove(nieuw)
    assert Tegelbron(laag, opslag).versie == eerste.versie


def test_tile_far_from_every_row_is_empty_and_so_is_a_layer_without_rows(tmp_path: Path) -> None:
    bron = Tegelbron(TEGELLAGEN["bestemmingsvlakken"], LaagOpslag(tmp_path))
    assert bron.leeg
    assert bron.encode(TEGEL) == b""
    assert bron.find(0) is None


def test_newer_plan_is_drawn_over_older_and_dubbelbestemmingen_not_at_all(tmp_path: Path) -> None:
    opslag = LaagOpslag(tmp_path)
    datums = {"NIEUW": "2024-01-01", "OUD": "2011-05-05", "ZONDER": None}
    store(
        opslag,
        "plangebieden",
        "p",
        [{"idn": idn, "datum": datum} for idn, datum in datums.items()],
        [box(X, Y, X + 100, Y + 100)] * 3,
    )
    rijen = [
        {"idn": idn, "object_id": f"{idn}{soort}", "soort": soort, "hoofdgroep": "Wonen"}
        for idn in (*datums, "NERGENS")
        for soort in ("enkelbestemming", "dubbelbestemming")
    ]
    store(opslag, "bestemmingsvlakken", "b", rijen, [box(X, Y, X + 50, Y + 50)] * len(rijen))
    bron = Tegelbron(TEGELLAGEN["bestemmingsvlakken"], opslag)
    laag = decode_one(bron.encode(TEGEL))
    namen = [bron.find(ding.id).kolommen["object_id"] for ding in laag.objecten]  # type: ignore[union-attr]
    assert {naam.removesuffix("enkelbestemming") for naam in namen[:2]} == {"ZONDER", "NERGENS"}
    assert namen[2:] == ["OUDenkelbestemming", "NIEUWenkelbestemming"]
    assert laag.waarden == ["wonen"]


def test_every_row_of_the_layer_is_on_some_tile(opslag: LaagOpslag) -> None:
    bron = Tegelbron(TEGELLAGEN["percelen"], opslag)
    links = tile_at(13, X, Y + 30)
    rechts = tile_at(13, X + 120, Y)
    ids = {
        ding.id
        for x in range(links.x, rechts.x + 1)
        for y in range(links.y, rechts.y + 1)
        for laag in decode(bron.encode(Tegel(13, x, y)))
        for ding in laag.objecten
    }
    assert len(ids) == 6


def test_damaged_snapshot_is_said_with_its_name(opslag: LaagOpslag) -> None:
    bron = Tegelbron(TEGELLAGEN["percelen"], opslag)
    opname = opslag.current("percelen")[0]
    opname.pad.write_bytes(opname.pad.read_bytes()[:200])
    with pytest.raises(OpslagError, match=opname.id):
        bron.encode(TEGEL)


def test_box_between_the_rows_gives_none_and_no_rows_that_gdal_made_up(tmp_path: Path) -> None:
    opslag = LaagOpslag(tmp_path)
    hoeken = [box(X, Y, X + 9, Y + 9), box(X + 500, Y + 500, X + 509, Y + 509)]
    store(opslag, "percelen", "p", [{"perceel_id": "a"}, {"perceel_id": "b"}], hoeken)
    leeg = (X + 200, Y + 200, X + 210, Y + 210)
    tussen = tile_at(13, X + 250, Y + 250)
    assert len(Tegelbron(TEGELLAGEN["percelen"], opslag).cut(tussen).nummers) == 0
    assert len(opslag.read("percelen", bbox=leeg)) == 0


def test_far_away_a_large_layer_shows_the_largest_and_near_by_every_one(
    opslag: LaagOpslag,
) -> None:
    rijen = [{"perceel_id": f"k{n}"} for n in range(MEESTE)]
    hoeken = [(X + n % 50, Y + n // 50) for n in range(MEESTE)]
    klein = [box(x, y, x + 1, y + 1) for x, y in hoeken]
    groot = [box(X + 100 * n, Y + 100, X + 100 * n + 90, Y + 190) for n in range(7)]
    rijen += [{"perceel_id": f"g{n}", "eigenaar": "Gemeente"} for n in range(7)]
    store(opslag, "percelen", "west", rijen, klein + groot)
    bron = Tegelbron(TEGELLAGEN["percelen"], opslag)
    ver, dichtbij = tile_at(6, X, Y), tile_at(7, X, Y)
    uitsnede = bron.cut(ver)
    assert len(uitsnede.nummers) == MEESTE
    namen = [bron.find(int(n)).kolommen["perceel_id"] for n in uitsnede.nummers]  # type: ignore[union-attr]
    assert {n for n in namen if n[0] == "g"} == {f"g{n}" for n in range(7)}
    assert sum(n[0] in "nz" for n in namen) == 6
    # Of those only what is not a speck is drawn.
    assert len(decode_one(bron.encode(ver)).objecten) == 13
    assert len(bron.cut(dichtbij).nummers) == MEESTE + 13


def test_index_that_is_no_index_is_refused(opslag: LaagOpslag) -> None:
    opname = opslag.current("percelen")[0]
    for inhoud in (b"", b"fgb\x03fgb\x00", b"x" * 4000):
        opname.pad.write_bytes(inhoud)
        with pytest.raises(BronError, match="index"):
            choose_largest([opname], Tegel(5, 0, 0))
    opname.pad.unlink()
    with pytest.raises(BronError, match="lezen"):
        choose_largest([opname], Tegel(5, 0, 0))
