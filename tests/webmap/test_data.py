"""The data behind the page."""

import json
from pathlib import Path

import pandas as pd
import pytest
from flask.testing import FlaskClient

from tests.webmap.nepgegevens import IDN, KWADE_NAAM, NepGegevens, X, Y, leeg_project
from webmap import create_app
from webmap.config import Instellingen

KADER = f"{X},{Y},{X + 1000},{Y + 600}"


def test_locaties_come_in_rd_in_the_order_of_the_list(
    client: FlaskClient, gegevens: NepGegevens
) -> None:
    antwoord = client.get("/api/locaties")
    assert antwoord.content_type == "application/geo+json"
    inhoud = antwoord.json
    assert inhoud["crs"]["properties"]["name"] == "urn:ogc:def:crs:EPSG::28992"
    assert [f["properties"]["id"] for f in inhoud["features"]] == [
        regel.locatie.id for regel in gegevens.rijen
    ]
    hoek = inhoud["features"][0]["geometry"]["coordinates"][0][0][0]
    assert X <= hoek[0] <= X + 2000
    assert Y <= hoek[1] <= Y + 2000


def test_point_locatie_is_a_point(client: FlaskClient) -> None:
    laatste = client.get("/api/locaties").json["features"][-1]
    assert laatste["geometry"] == {"type": "Point", "coordinates": [X + 900, Y + 500]}
    assert laatste["properties"]["punt"] == [X + 900, Y + 500]


def test_detail_holds_verdict_evidence_bod_and_doubles(client: FlaskClient) -> None:
    detail = client.get("/api/locaties/loc-002").json
    assert detail["oordeel"]["hardheid"]["code"] == "zacht"
    assert detail["oordeel"]["planstatus"]["label"] == "3. In voorbereiding"
    assert [rij["oppervlakte_m2"] for rij in detail["bewijs"]] == [12345.678, 2054.5]
    assert detail["bewijs"][0]["idn"] == IDN
    assert detail["bewijs"][0]["datum"] == "2024-05-03"
    assert detail["bod"]["versie"] == "bod"
    assert detail["bod"]["daeb_netto"] == 1500
    assert detail["dubbel_met"] == [{"id": "loc-003", "naam": "Centrumrand"}]
    assert [s["code"] for s in detail["signalen"]] == ["planstatus_strijdig", "mogelijk_dubbel"]


def test_detail_says_why_a_locatie_does_not_count(client: FlaskClient) -> None:
    bod = client.get("/api/locaties/loc-003").json["bod"]
    assert bod["telt_mee"] is False
    assert bod["reden"] == "Van deze gemeente is geen bod ingelezen."
    assert bod["versie"] is None


def test_unknown_locatie_is_404(client: FlaskClient) -> None:
    assert client.get("/api/locaties/weg").status_code == 404


def test_balans_keeps_its_sum_rule(client: FlaskClient) -> None:
    for rij in client.get("/api/balans").json["gemeenten"]:
        gedekt = rij["hard"] + rij["zacht"] + rij["onbekend"] + rij["zonder_locatie"]
        assert gedekt == (rij["bod"] or 0) + rij["boven_bod"]


def test_dubbelbestemmingen_are_not_drawn(client: FlaskClient) -> None:
    inhoud = client.get(f"/api/lagen/bestemmingsvlakken?bbox={KADER}").json
    groepen = [f["properties"]["hoofdgroep"] for f in inhoud["features"]]
    assert sorted(groepen) == ["groen", "tuin", "verkeer", "water", "wonen"]


def test_a_box_gives_what_lies_in_it(client: FlaskClient) -> None:
    inhoud = client.get(f"/api/lagen/percelen?bbox={X},{Y},{X + 50},{Y + 300}").json
    assert [f["properties"]["aanduiding"] for f in inhoud["features"]] == ["ADP01 A 0", "ADP01 A 1"]
    assert inhoud["volledig"] is True


def test_gemeenten_carry_a_place_for_their_name_and_need_no_box(client: FlaskClient) -> None:
    features = client.get("/api/lagen/gemeenten").json["features"]
    assert [f["properties"]["gemeentenaam"] for f in features] == ["Aadorp", "Beekloo"]
    assert features[0]["properties"]["punt"][0] < features[1]["properties"]["punt"][0]


def test_newer_plan_is_drawn_over_older(gegevens: NepGegevens, client: FlaskClient) -> None:
    plannen, vlakken = gegevens.lagen["plangebieden"], gegevens.lagen["bestemmingsvlakken"]
    nieuwer = plannen.assign(idn="NIEUW", datum="2026-01-01")
    gegevens.lagen["plangebieden"] = type(plannen)(
        pd.concat([nieuwer, plannen], ignore_index=True), crs=28992
    )
    vlakken.loc[vlakken.index[0], "idn"] = "NIEUW"
    features = client.get(f"/api/lagen/bestemmingsvlakken?bbox={KADER}").json["features"]
    assert [f["properties"]["idn"] for f in features] == [IDN] * 4 + ["NIEUW"]


def test_too_many_objects_gives_none_and_says_how_many(gegevens: NepGegevens) -> None:
    instellingen = Instellingen(Path(), objecten_grens=5)
    klein = create_app(
        instellingen.project_map, instellingen=instellingen, open_gegevens=lambda: gegevens
    ).test_client()
    inhoud = klein.get(f"/api/lagen/percelen?bbox={KADER}").json
    assert (inhoud["aantal"], inhoud["volledig"], inhoud["features"]) == (6, False, [])


@pytest.mark.parametrize(
    "bbox",
    ["", "1,2,3", "a,b,c,d", "1,2,3,4,5", "5,5,1,1", "1,1,1,9", "nan,0,1,1", "0,0,inf,1"],
)
def test_a_bad_box_is_400(client: FlaskClient, bbox: str) -> None:
    antwoord = client.get(f"/api/lagen/percelen?bbox={bbox}")
    assert antwoord.status_code == 400
    assert "kader" in antwoord.json["detail"]


def test_no_box_where_one_is_needed_is_400(client: FlaskClient) -> None:
    assert client.get("/api/lagen/percelen").status_code == 400


def test_parcels_of_a_whole_province_are_422(client: FlaskClient) -> None:
    antwoord = client.get("/api/lagen/percelen?bbox=0,300000,280000,620000")
    assert antwoord.status_code == 422
    assert "Zoom" in antwoord.json["detail"]


def test_unknown_laag_is_404(client: FlaskClient) -> None:
    assert client.get("/api/lagen/woningbouwplannen?bbox=0,0,1,1").status_code == 404


def test_empty_project_gives_empty_answers() -> None:
    leeg = create_app(Path(), open_gegevens=leeg_project).test_client()
    for pad in (
        "locaties",
        "lagen/gemeenten",
        "lagen/plangebieden",
        f"lagen/percelen?bbox={KADER}",
    ):
        antwoord = leeg.get(f"/api/{pad}")
        assert antwoord.status_code == 200, pad
        assert antwoord.json["features"] == []


def test_unchanged_data_is_not_sent_twice(client: FlaskClient) -> None:
    eerste = client.get("/api/locaties")
    assert eerste.headers["Cache-Control"] == "private, no-cache"
    opnieuw = client.get("/api/locaties", headers={"If-None-Match": eerste.headers["ETag"]})
    assert opnieuw.status_code == 304
    assert opnieuw.data == b""


def test_hostile_name_is_data_and_nothing_else(client: FlaskClient) -> None:
    antwoord = client.get("/api/locaties/loc-004")
    assert json.loads(antwoord.data)["naam"] == KWADE_NAAM
    assert antwoord.content_type == "application/json"
    assert antwoord.headers["X-Content-Type-Options"] == "nosniff"


def test_project_is_closed_after_each_request(client: FlaskClient, gegevens: NepGegevens) -> None:
    client.get("/api/locaties")
    client.get("/api/locaties/weg")
    assert gegevens.gesloten == 2
