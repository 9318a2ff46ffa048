"""Writing through the map server: who, what, on which version, and what it leads to."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import shapely
from shapely.geometry import shape

from daeb_locaties.project import Project
from tests.webmap.voorbeeldregio import Gebruiker
from webmap import create_app

pytestmark = pytest.mark.traag


@pytest.fixture
def anna(regio: Path) -> Iterator[Gebruiker]:
    return Gebruiker.of(regio)


@pytest.fixture
def bert(anna: Gebruiker) -> Gebruiker:
    return anna.and_another("Bert", "corporatie Woonstichting De Zilverreiger")


@pytest.fixture
def locatie(anna: Gebruiker) -> dict[str, Any]:
    """A locatie with ground, as the panel shows it."""
    for feature in anna.get("/api/locaties")["features"]:
        if feature["geometry"]["type"] != "Point":
            return anna.get(f"/api/locaties/{feature['properties']['id']}")
    raise AssertionError("de voorbeeldregio heeft geen locatie met een vlak")


def pad(locatie: dict[str, Any], actie: str = "") -> str:
    return f"/api/locaties/{locatie['id']}{actie}"


def daeb(jaar: int, aantal: int | None, **grenzen: int) -> dict[str, Any]:
    return {
        "component": "nieuwbouw",
        "maat": "daeb",
        "jaar": jaar,
        "waarschijnlijk": aantal,
        **grenzen,
    }


def test_percelen_become_a_locatie_with_name_gemeente_verdict_and_effect(
    anna: Gebruiker, regio: Path
) -> None:
    percelen = anna.percelen(3)
    ids = [p["id"] for p in percelen]
    begin = time.perf_counter()
    antwoord = anna.send(
        "POST",
        "/api/locaties",
        {"percelen": ids, "aantallen": [daeb(2027, 40, minimum=30, maximum=60)]},
    )
    duur = time.perf_counter() - begin
    assert antwoord.status_code == 201, antwoord.text
    assert duur < 2.0
    (nieuw,) = antwoord.json["locaties"]
    assert antwoord.headers["Location"] == pad(nieuw)
    assert nieuw["naam"] == f"{percelen[0]['aanduiding']} en 2 andere percelen"
    assert nieuw["gemeentenaam"] == nieuw["gemeente_opgegeven"]
    assert nieuw["oordeel"]["uitleg"]
    assert nieuw["bod"]["versie"]
    assert nieuw["daeb_netto"] == 40
    assert nieuw["versie"] == 1
    assert antwoord.json["effect"][0]["zin"].startswith(nieuw["gemeentenaam"])
    with Project.open(regio) as project:
        frame = project.lagen.read("percelen")
        grond = shapely.union_all(frame[frame["perceel_id"].isin(ids)].geometry.to_numpy())
        bewaard = project.register.locatie(nieuw["id"])
        assert bewaard is not None
        assert bewaard.geometrie_rd.symmetric_difference(grond).area < 0.01
        laatste = project.register.gebeurtenissen()[-1]
    assert (laatste.wie, laatste.partij) == ("Anna", "gemeente 9001")


@pytest.mark.parametrize("als", ["geojson", "wkt"])
def test_a_drawn_polygon_becomes_a_locatie(anna: Gebruiker, als: str) -> None:
    x, y = anna.locaties()[0]["punt"]
    vlak = shapely.box(x, y, x + 50, y + 40)
    geometrie = shapely.to_wkt(vlak) if als == "wkt" else shapely.geometry.mapping(vlak)
    antwoord = anna.send("POST", "/api/locaties", {"geometrie": geometrie, "naam": "Getekend"})
    assert antwoord.status_code == 201, antwoord.text
    (nieuw,) = antwoord.json["locaties"]
    assert nieuw["naam"] == "Getekend"
    assert nieuw["oppervlakte_m2"] == pytest.approx(2000)
    assert nieuw["daeb_netto"] is None


@pytest.mark.parametrize(
    ("inhoud", "status"),
    [
        ({}, 400),
        ({"percelen": []}, 400),
        ({"percelen": ["weg"]}, 404),
        ({"percelen": ["weg"], "geometrie": "POINT (100000 400000)"}, 400),
        ({"geometrie": "POLYGON ((0 0, 1 1"}, 400),
        ({"geometrie": "LINESTRING (0 0, 1 1)"}, 422),
        ({"geometrie": "POLYGON ((4.5 51.9, 4.6 51.9, 4.6 52, 4.5 51.9))"}, 422),
        (
            {"geometrie": "POLYGON ((100000 4e5, 100010 400010, 100010 4e5, 1e5 400010, 1e5 4e5))"},
            422,
        ),
        ({"geometrie": "POINT (100000 400000)", "onzin": 1}, 400),
        ({"geometrie": "POINT (100000 400000)", "plantype": "Kasteel"}, 422),
        ({"geometrie": "POINT (100000 400000)", "naam": "x" * 501}, 422),
    ],
)
def test_what_cannot_be_a_locatie_is_refused_in_dutch(
    anna: Gebruiker, inhoud: dict[str, Any], status: int
) -> None:
    antwoord = anna.send("POST", "/api/locaties", inhoud)
    assert antwoord.status_code == status, antwoord.text
    assert antwoord.content_type.startswith("application/problem+json")
    assert antwoord.json["detail"].rstrip().endswith(".")


def test_a_change_gives_the_new_state_and_tells_the_effect(
    anna: Gebruiker, locatie: dict[str, Any]
) -> None:
    antwoord = anna.send(
        "PATCH",
        pad(locatie),
        {
            "naam": "Nieuwe naam",
            "aantallen": [daeb(2029, 123, minimum=100, maximum=140)],
            "corporaties": ["Wooncoöperatie De Grutto"],
            "planstatus": {"status": "3", "datum": "2026-10-01", "herkomst": "raadsbesluit"},
            "plantype": "Verdichting",
            "projectfase": "2. Definitie",
            "vertrouwelijkheid": "Regio",
        },
        locatie["versie"],
    )
    assert antwoord.status_code == 200, antwoord.text
    (nu,) = antwoord.json["locaties"]
    assert nu["naam"] == "Nieuwe naam"
    assert nu["versie"] == locatie["versie"] + 1
    assert nu["planstatus_opgegeven"]["code"] == "3"
    assert nu["planstatus_herkomst"] == "raadsbesluit"
    assert nu["projectfase"] == "2. Definitie"
    assert {"component": "nieuwbouw", "teken": 1, "maat": "daeb", "jaar": 2029, "minimum": 100,
            "waarschijnlijk": 123, "maximum": 140} in nu["aantallen"]  # fmt: skip
    assert "van" in antwoord.json["effect"][0]["zin"]
    assert anna.get(pad(locatie)) == nu


def test_two_people_change_different_fields_and_both_stay(
    anna: Gebruiker, bert: Gebruiker, locatie: dict[str, Any]
) -> None:
    eerst = anna.send("PATCH", pad(locatie), {"naam": "Van Anna"}, locatie["versie"])
    daarna = bert.send("PATCH", pad(locatie), {"aantallen": [daeb(2030, 7)]}, locatie["versie"])
    assert (eerst.status_code, daarna.status_code) == (200, 200)
    (nu,) = daarna.json["locaties"]
    assert nu["naam"] == "Van Anna"
    assert any(a["jaar"] == 2030 and a["waarschijnlijk"] == 7 for a in nu["aantallen"])


def test_two_people_change_the_same_field_and_see_both_values(
    anna: Gebruiker, bert: Gebruiker, locatie: dict[str, Any]
) -> None:
    anna.send("PATCH", pad(locatie), {"naam": "Van Anna"}, locatie["versie"])
    antwoord = bert.send(
        "PATCH", pad(locatie), {"naam": "Van Bert", "plantype": "Verdichting"}, locatie["versie"]
    )
    assert antwoord.status_code == 412
    (botsing,) = antwoord.json["botsingen"]
    assert (botsing["veld"], botsing["nu"], botsing["gevraagd"]) == (
        "naam",
        "'Van Anna'",
        "'Van Bert'",
    )
    assert botsing["wie"] == "Anna (gemeente 9001)"
    nu = anna.get(pad(locatie))
    assert nu["naam"] == "Van Anna"
    assert nu["plantype"] == locatie["plantype"]  # all or nothing


def test_a_change_without_a_version_is_428_and_with_an_impossible_one_422(
    anna: Gebruiker, locatie: dict[str, Any]
) -> None:
    assert anna.send("PATCH", pad(locatie), {"naam": "X"}).status_code == 428
    assert anna.send("PATCH", pad(locatie), {"naam": "X"}, 99).status_code == 422
    assert anna.send("PATCH", "/api/locaties/weg", {"naam": "X"}, 1).status_code == 404


@pytest.mark.parametrize(
    "aantal",
    [daeb(2027, 10, minimum=20), daeb(2027, -1), daeb(12, 5), daeb(2027, None, minimum=2)],
)
def test_impossible_counts_are_422(
    anna: Gebruiker, locatie: dict[str, Any], aantal: dict[str, Any]
) -> None:
    antwoord = anna.send("PATCH", pad(locatie), {"aantallen": [aantal]}, locatie["versie"])
    assert antwoord.status_code == 422, antwoord.text


def test_split_merge_and_undo_keep_ground_and_homes(
    anna: Gebruiker, locatie: dict[str, Any]
) -> None:
    features = anna.get("/api/locaties")["features"]
    vlak = next(shape(f["geometry"]) for f in features if f["properties"]["id"] == locatie["id"])
    links, onder, rechts, boven = vlak.bounds
    x = vlak.representative_point().x
    antwoord = anna.send(
        "POST",
        pad(locatie, "/splits"),
        {"lijn": [[x, onder - 10], [x, boven + 10]], "delen": [{"naam": "West"}, {"naam": "Oost"}]},
        locatie["versie"],
    )
    assert antwoord.status_code == 200, antwoord.text
    west, oost = antwoord.json["locaties"]
    assert (west["naam"], oost["naam"]) == ("West", "Oost")
    assert west["oppervlakte_m2"] + oost["oppervlakte_m2"] == pytest.approx(
        locatie["oppervlakte_m2"]
    )
    assert west["daeb_netto"] + oost["daeb_netto"] == locatie["daeb_netto"]
    assert anna.client.get(pad(locatie)).status_code == 404

    samen = anna.send(
        "POST", "/api/locaties/samenvoegen", {"versies": {west["id"]: 1, oost["id"]: 1}}
    )
    assert samen.status_code == 200, samen.text
    (geheel,) = samen.json["locaties"]
    assert geheel["daeb_netto"] == locatie["daeb_netto"]

    for stap in (samen, antwoord):
        nummer = stap.json["gebeurtenis"]
        terug = anna.send("POST", f"/api/gebeurtenissen/{nummer}/terugdraaien")
        assert terug.status_code == 200, terug.text
    assert anna.get(pad(locatie))["naam"] == locatie["naam"]
    assert rechts > links


def test_ending_needs_a_reason_and_can_be_undone(anna: Gebruiker, locatie: dict[str, Any]) -> None:
    weigering = anna.send("POST", pad(locatie, "/einde"), {}, locatie["versie"])
    assert weigering.status_code == 422
    assert "reden" in weigering.json["detail"]
    einde = anna.send("POST", pad(locatie, "/einde"), {"reden": "vervallen"}, locatie["versie"])
    assert einde.status_code == 200
    assert anna.client.get(pad(locatie)).status_code == 404
    anna.send("POST", f"/api/gebeurtenissen/{einde.json['gebeurtenis']}/terugdraaien")
    assert anna.get(pad(locatie))["id"] == locatie["id"]
    regels = anna.get(pad(locatie, "/geschiedenis"))["regels"]
    assert [regel["soort"] for regel in regels][:2] == ["teruggedraaid", "beeindigd"]
    assert "Anna (gemeente 9001)" in regels[0]["zin"]


def test_undo_of_what_somebody_built_on_is_a_conflict(
    anna: Gebruiker, bert: Gebruiker, locatie: dict[str, Any]
) -> None:
    eerst = anna.send("PATCH", pad(locatie), {"naam": "Van Anna"}, locatie["versie"]).json
    bert.send("PATCH", pad(locatie), {"naam": "Van Bert"}, locatie["versie"] + 1)
    antwoord = anna.send("POST", f"/api/gebeurtenissen/{eerst['gebeurtenis']}/terugdraaien")
    assert antwoord.status_code == 412
    assert antwoord.json["botsingen"][0]["nu"] == "'Van Bert'"


def test_a_decision_on_a_pair_takes_the_suspicion_away(anna: Gebruiker) -> None:
    alle = [anna.get(pad(rij)) for rij in anna.locaties()]
    dubbel = next(locatie for locatie in alle if locatie["dubbel_met"])
    ander = dubbel["dubbel_met"][0]
    antwoord = anna.send(
        "POST",
        "/api/dubbelparen",
        {
            "eerste_id": dubbel["id"],
            "tweede_id": ander["id"],
            "oordeel": "verschillend",
            "reden": "het zijn twee gebouwen",
        },
    )
    assert antwoord.status_code == 200, antwoord.text
    nu = anna.get(pad(dubbel))
    assert ander["id"] not in [deel["id"] for deel in nu["dubbel_met"]]


def test_nobody_writes_without_saying_who_he_is(regio: Path, locatie: dict[str, Any]) -> None:
    client = create_app(regio, flask_config={"TESTING": True}).test_client()
    antwoord = client.patch(
        pad(locatie), json={"naam": "X"}, headers={"X-DAEB": "1", "If-Match": '"1"'}
    )
    assert antwoord.status_code == 403
    assert antwoord.json["code"] == "wie_onbekend"
    assert "naam en partij" in antwoord.json["detail"]


def test_who_one_is_is_checked_and_can_be_forgotten(anna: Gebruiker) -> None:
    ik = anna.get("/api/ik")
    assert (ik["naam"], ik["partij"]) == ("Anna", "gemeente 9001")
    assert {"waarde": "gemeente 9001", "label": "Gemeente Zwanenwaard"} in ik["partijen"]
    for naam, partij in (("", "provincie"), ("Cor", "gemeente 1234"), ("Cor", "koning")):
        antwoord = anna.send("PUT", "/api/ik", {"naam": naam, "partij": partij})
        assert antwoord.status_code == 422
    assert anna.send("DELETE", "/api/ik").json["naam"] is None


@pytest.mark.parametrize(
    "koppen",
    [
        {},
        {"X-DAEB": "1", "Origin": "http://kwaad.example"},
        {"X-DAEB": "1", "Sec-Fetch-Site": "cross-site"},
        {"X-DAEB": "1", "Origin": "null"},
    ],
)
def test_another_page_cannot_write(anna: Gebruiker, koppen: dict[str, str]) -> None:
    antwoord = anna.client.put(
        "/api/ik", json={"naam": "Dief", "partij": "provincie"}, headers=koppen
    )
    assert antwoord.status_code == 403
    assert anna.get("/api/ik")["naam"] == "Anna"


def test_a_body_that_is_no_object_or_too_large_is_refused(anna: Gebruiker) -> None:
    for inhoud, status in (("{", 400), ("[]", 400), ('{"naam": NaN}', 400), ("[" * 9999, 400)):
        antwoord = anna.client.put("/api/ik", data=inhoud, headers={"X-DAEB": "1"})
        assert antwoord.status_code == status
    groot = anna.client.put("/api/ik", data="x" * (1 << 21), headers={"X-DAEB": "1"})
    assert groot.status_code == 413
    assert groot.json["title"] == "Het verzoek is te groot"


def test_a_perceel_is_found_under_a_tap_and_those_in_view_are_listed(anna: Gebruiker) -> None:
    x, y = anna.locaties()[0]["punt"]
    onder = anna.get(f"/api/percelen?punt={x},{y}")["features"]
    assert len(onder) == 1
    assert shape(onder[0]["geometry"]).buffer(0.1).covers(shapely.Point(x, y))
    assert anna.get("/api/percelen?punt=10,10")["features"] == []
    assert anna.client.get("/api/percelen?punt=x").status_code == 400
    ver = anna.get("/api/percelen?bbox=0,300000,200000,600000")
    assert (ver["volledig"], ver["features"]) == (False, [])
