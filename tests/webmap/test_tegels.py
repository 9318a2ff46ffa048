"""Tiles over HTTP: what is sent, how long it may be kept, and what is refused in Dutch."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from kaartlagen.opslag import LaagOpslag
from kaartlagen.tegels import Tegel, tile_at
from tests.kaartlagen.tegels.decoderen import decode, decode_one
from tests.webmap.nepgegevens import IDN, NepGegevens, X, Y, bewaar_lagen, leeg_project, maak_lagen
from webmap import create_app
from webmap.tegelkast import Tegelkast

PLEK = tile_at(10, X + 100, Y + 130)


def address(client: FlaskClient, laag: str = "percelen", tegel: Tegel = PLEK) -> str:
    versie = client.get("/tegels").json[laag]["versie"]
    return f"/tegels/{laag}/{versie}/{tegel.z}/{tegel.x}/{tegel.y}.mvt"


def test_layers_are_listed_with_their_version_and_may_not_be_kept(client: FlaskClient) -> None:
    antwoord = client.get("/tegels")
    assert sorted(antwoord.json) == ["bestemmingsvlakken", "percelen"]
    assert antwoord.headers["Cache-Control"] == "private, no-cache"
    assert not antwoord.json["percelen"]["leeg"]


def test_tile_may_be_kept_for_good_and_holds_the_parcels(client: FlaskClient) -> None:
    antwoord = client.get(address(client))
    assert antwoord.status_code == 200
    assert "immutable" in antwoord.headers["Cache-Control"]
    assert antwoord.content_type == "application/vnd.mapbox-vector-tile"
    # The sixth lies on the tile to the west.
    assert len(decode_one(antwoord.data).objecten) == 5


def test_tile_is_compressed_for_who_can_read_that(client: FlaskClient) -> None:
    adres = address(client)
    klein = client.get(adres, headers={"Accept-Encoding": "gzip"})
    assert klein.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(klein.data) == client.get(adres).data
    assert "Accept-Encoding" in klein.headers["Vary"]


def test_who_has_the_tile_hears_so_without_it_being_made(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    adres = address(client)
    merk = client.get(adres).headers["ETag"]

    def fail(*_: Any) -> bytes:
        raise AssertionError("made again")

    monkeypatch.setattr(Tegelkast, "tegel", fail)
    opnieuw = client.get(adres, headers={"If-None-Match": merk})
    assert (opnieuw.status_code, opnieuw.data) == (304, b"")
    assert "immutable" in opnieuw.headers["Cache-Control"]


def test_empty_tile_is_an_answer(client: FlaskClient) -> None:
    ver = client.get(address(client, tegel=Tegel(10, 3, 3)), headers={"Accept-Encoding": "gzip"})
    assert (ver.status_code, ver.data) == (200, b"")
    assert "Content-Encoding" not in ver.headers


def test_zoning_comes_with_its_hoofdgroep_and_without_dubbelbestemmingen(
    client: FlaskClient,
) -> None:
    laag = decode_one(client.get(address(client, "bestemmingsvlakken")).data)
    assert sorted(d.klasse or "" for d in laag.objecten) == sorted(laag.waarden)
    assert set(laag.waarden) <= {"wonen", "groen", "verkeer", "water", "tuin"}


@pytest.mark.parametrize(
    ("pad", "woord"),
    [
        ("/tegels/woningbouwplannen/{v}/10/1/1.mvt", "woningbouwplannen"),
        ("/tegels/percelen/{v}/10/1024/1.mvt", "buiten de kaart"),
        ("/tegels/percelen/{v}/16/1/1.mvt", "buiten de kaart"),
        ("/tegels/percelen/{v}/-1/0/0.mvt", "buiten de kaart"),
        ("/tegels/percelen/{v}/10/x/1.mvt", "buiten de kaart"),
        ("/tegels/percelen/{v}/10/1e3/1.mvt", "buiten de kaart"),
        ("/tegels/percelen/{v}/10/²/1.mvt", "buiten de kaart"),
        ("/tegels/percelen/verouderd/10/1/1.mvt", "telt niet meer"),
        ("/tegels/percelen/{v}/99", "staat niet op de kaart"),
        ("/tegels/percelen/{v}/99999999999999999999999999", "staat niet op de kaart"),
    ],
)
def test_what_is_not_there_is_404_in_dutch(client: FlaskClient, pad: str, woord: str) -> None:
    versie = client.get("/tegels").json["percelen"]["versie"]
    antwoord = client.get(pad.format(v=versie), headers={"Accept": "*/*"})
    assert antwoord.status_code == 404
    assert antwoord.content_type.startswith("application/problem+json")
    assert woord in antwoord.json["detail"]


def test_object_behind_an_id_comes_with_its_row_and_shape(client: FlaskClient) -> None:
    adres = address(client)
    ding = decode_one(client.get(adres).data).objecten[0]
    feature = client.get(f"{adres.split('/10/')[0]}/{ding.id}").json["features"][0]
    assert feature["properties"]["kolommen"]["aanduiding"].startswith("ADP01 A ")
    assert feature["properties"]["kenmerken"][0]["uitleg"] == "kadastrale aanduiding (OTL02 B 2298)"
    assert feature["geometry"]["type"] in {"Polygon", "MultiPolygon"}


def test_zone_names_its_plan(client: FlaskClient) -> None:
    adres = address(client, "bestemmingsvlakken")
    ding = decode_one(client.get(adres).data).objecten[0]
    eigenschappen = client.get(f"{adres.split('/10/')[0]}/{ding.id}").json["features"][0][
        "properties"
    ]
    assert eigenschappen["kolommen"]["idn"] == IDN
    assert eigenschappen["plan"] == {
        "naam": "Molenveld",
        "planstatus": "vastgesteld",
        "datum": "2024-05-03",
    }


def test_empty_project_has_empty_tiles() -> None:
    leeg = create_app(Path(), open_gegevens=leeg_project).test_client()
    assert leeg.get("/tegels").json["percelen"]["leeg"]
    assert leeg.get(address(leeg)).data == b""


def test_memory_stays_within_its_bound_and_forgets_the_oldest() -> None:
    bron = NepGegevens().tegelbron("bestemmingsvlakken")
    tegels = [tile_at(12, X + 215 * n, Y + 10) for n in range(5)]
    groot = Tegelkast()
    inhoud = [groot.tegel(bron, tegel) for tegel in tegels]
    kast = Tegelkast(grens=len(inhoud[0]) + len(inhoud[1]))
    for _ in range(2):
        for tegel, verwacht in zip(tegels, inhoud, strict=True):
            assert kast.tegel(bron, tegel) == verwacht
            assert kast.omvang <= len(inhoud[0]) + len(inhoud[1])


def test_another_snapshot_is_seen_at_once_and_by_every_process(tmp_path: Path) -> None:
    opslag = bewaar_lagen(maak_lagen())
    een, ander = Tegelkast(), Tegelkast()
    eerst = een.bron(opslag, "percelen").versie
    assert ander.bron(LaagOpslag(opslag.map), "percelen").versie == eerst
    opslag.remove(opslag.current("percelen")[0].id)
    assert een.bron(opslag, "percelen").leeg
    assert ander.bron(LaagOpslag(opslag.map), "percelen").leeg
    assert decode(een.tegel(een.bron(opslag, "percelen"), PLEK)) == []
