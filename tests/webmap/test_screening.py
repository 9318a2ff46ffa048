"""The screening page: its filters and pages, its words, and the parcels behind the map."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pandas as pd
import pytest
from flask.testing import FlaskClient

from tests.webmap.nepgegevens import KWADE_AFBEELDING, NepGegevens, X, Y, leeg_project
from tests.webmap.test_pagina import Lezer
from webmap import create_app
from webmap.config import Instellingen
from webmap.notatie import format_aandeel

OVERAL = f"{X - 500},{Y - 500},{X + 2000},{Y + 2000}"
FILTERS = (
    "",
    "uitkomst=zacht",
    "uitkomst=alles",
    "uitkomst=te_klein",
    "gemeente=9002",
    "gemeente=onbekend",
    "minimum=203.5",
    "minimum=203,5&uitkomst=alles",
    "zoek=a+11",
    "zoek=ADP01&gemeente=9001&uitkomst=regels_beslissen&minimum=201",
)


def ids_of(html: str) -> list[str]:
    return [str(rij["data-id"]) for rij in Lezer(html).find("tr") if "data-id" in rij]


def link_to(html: str, rel: str) -> str | None:
    return next((a["href"] for a in Lezer(html).find("a") if a.get("rel") == rel), None)


def read_all_pages(client: FlaskClient, vraag: str = "") -> list[str]:
    html = client.get(f"/screening?{vraag}").text
    gevonden = ids_of(html)
    while adres := link_to(html, "next"):
        html = client.get(adres).text
        gevonden += ids_of(html)
    return gevonden


def fits(rij: dict[str, Any], keus: dict[str, str]) -> bool:
    """Say it the long way: one parcel, one choice."""
    code = "onbekend" if pd.isna(rij["gemeentecode"]) else rij["gemeentecode"]
    uitkomst = keus.get("uitkomst", "")
    return (
        (rij["kandidaat"] if not uitkomst else uitkomst in {"alles", rij["screening"]})
        and keus.get("gemeente", code) == code
        and rij["oppervlakte_m2"] >= float(keus.get("minimum", "0").replace(",", "."))
        and all(w in rij["aanduiding"].lower() for w in keus.get("zoek", "").lower().split())
    )


@pytest.mark.parametrize("vraag", FILTERS)
def test_filter_gives_what_fits_on_all_pages_together_and_on_the_map(
    client: FlaskClient, gegevens: NepGegevens, vraag: str
) -> None:
    keus = dict(parse_qsl(vraag))
    rijen = gegevens.gescreend.to_dict("records")
    verwacht = [rij["perceel_id"] for rij in rijen if fits(rij, keus)]
    gevonden = read_all_pages(client, vraag)
    assert verwacht
    assert sorted(gevonden) == sorted(verwacht)
    inhoud = client.get(f"/api/screening?bbox={OVERAL}&{vraag}").json
    assert [f["properties"]["id"] for f in inhoud["features"]] == gevonden


def test_list_has_candidates_first_by_outcome_and_then_the_largest(
    client: FlaskClient, gegevens: NepGegevens
) -> None:
    per_id = gegevens.gescreend.set_index("perceel_id")
    gevonden = per_id.loc[read_all_pages(client, "uitkomst=alles")]
    assert list(dict.fromkeys(gevonden["screening"])) == [
        "hard",
        "zacht",
        "regels_beslissen",
        "te_klein",
        "geen_wonen",
    ]
    for _, groep in gevonden.groupby("screening"):
        assert groep["oppervlakte_m2"].is_monotonic_decreasing


def test_pages_hold_a_hundred_rows_and_keep_the_choice_in_their_address(
    client: FlaskClient,
) -> None:
    eerste = client.get("/screening?gemeente=9001&uitkomst=alles&zoek=adp").text
    assert len(ids_of(eerste)) == 100
    assert link_to(eerste, "prev") is None
    tweede = client.get(str(link_to(eerste, "next"))).text
    assert link_to(tweede, "next") is None
    assert link_to(tweede, "prev") == ("/screening?pagina=1&uitkomst=alles&gemeente=9001&zoek=adp")
    assert '<option value="9001" selected>' in tweede


@pytest.mark.parametrize("pagina", ["0", "99", "-1", "x", ""])
def test_a_page_that_does_not_exist_becomes_the_nearest(client: FlaskClient, pagina: str) -> None:
    assert ids_of(client.get(f"/screening?pagina={pagina}").text)


def test_a_parcel_in_the_address_opens_its_page_and_is_chosen(client: FlaskClient) -> None:
    laatste = read_all_pages(client)[-1]
    rijen = Lezer(client.get(f"/screening?perceel={laatste}").text).find("tr")
    assert [rij["data-id"] for rij in rijen if rij.get("aria-selected") == "true"] == [laatste]


@pytest.mark.parametrize(
    "vraag", ["uitkomst=onzin", "minimum=veel", "minimum=-1", "minimum=nan", "minimum=1e999"]
)
def test_a_choice_that_cannot_be_read_is_a_dutch_400(client: FlaskClient, vraag: str) -> None:
    antwoord = client.get(f"/screening?{vraag}", headers={"Accept": "text/html"})
    assert antwoord.status_code == 400
    assert "Het verzoek klopt niet" in antwoord.text


@pytest.mark.parametrize("bbox", ["", "bbox=1,2,3", "bbox=4,4,1,1", "bbox=nan,0,1,1"])
def test_a_box_that_cannot_be_read_is_refused(client: FlaskClient, bbox: str) -> None:
    assert client.get(f"/api/screening?{bbox}").status_code == 400


def test_hostile_text_stays_text(client: FlaskClient) -> None:
    kwaad = '"><script>alert(1)</script>'
    html = client.get("/screening", query_string={"zoek": kwaad, "gemeente": kwaad}).text
    assert "<script>alert" not in html
    assert [v["value"] for v in Lezer(html).find("input") if v.get("name") == "zoek"] == [kwaad]
    html = client.get("/screening?zoek=onerror").text
    assert ids_of(html) == ["p0225"]
    assert KWADE_AFBEELDING in "".join(Lezer(html).tekst)
    assert not Lezer(html).find("img")


def test_row_says_shares_homes_and_reason_in_words(client: FlaskClient) -> None:
    html = client.get("/screening?zoek=a+1&uitkomst=zacht").text
    rij = html[html.index('data-id="p0001"') :].split("</tr>")[0]
    tekst = re.sub(r"\s+", " ", "".join(Lezer(f"<tr {rij}").tekst))
    for woord in (
        "ADP01 A 1",
        "Aadorp",
        "200 m²",
        "Zacht te bebouwen",
        "> 99 %",
        "< 1 %",
        "2A 75 %",
        "3 25 %",
        "onbekend",
        "gemeente",
        "een wijziging of een plan in voorbereiding",
    ):
        assert woord in tekst.replace("\u00a0", " "), woord


def test_owner_is_a_column_only_where_the_layer_names_owners(gegevens: NepGegevens) -> None:
    client = create_app(Path(), open_gegevens=lambda: gegevens).test_client()
    assert 'data-kop="Eigenaar"' in client.get("/screening").text
    gegevens.gescreend = gegevens.gescreend.drop(columns="eigenaar")
    assert 'data-kop="Eigenaar"' not in client.get("/screening").text


def test_too_many_parcels_are_counted_and_not_sent(gegevens: NepGegevens) -> None:
    app = create_app(
        Path(),
        instellingen=Instellingen(Path(), kandidaten_grens=50),
        open_gegevens=lambda: gegevens,
    )
    inhoud = app.test_client().get(f"/api/screening?bbox={OVERAL}").json
    assert (inhoud["aantal"], inhoud["volledig"], inhoud["features"]) == (138, False, [])
    klein = f"{X},{Y},{X + 30},{Y + 30}"
    inhoud = app.test_client().get(f"/api/screening?bbox={klein}&uitkomst=alles").json
    assert (inhoud["volledig"], len(inhoud["features"])) == (True, 6)


def test_project_without_percelen_says_so_with_the_next_step() -> None:
    pagina = create_app(Path(), open_gegevens=leeg_project).test_client().get("/screening")
    assert pagina.status_code == 200
    assert "Er zijn geen percelen" in pagina.text
    assert "daeb-locaties laag inlezen kadastralekaart_perceel.gml" in pagina.text
    assert not Lezer(pagina.text).find("table")


def test_choice_that_fits_nothing_says_so_with_a_way_back(client: FlaskClient) -> None:
    html = client.get("/screening?zoek=bestaatniet").text
    assert "Geen perceel voldoet aan deze keuze" in html
    assert 'href="/screening">Toon alle kandidaten' in html


def test_both_pages_link_to_each_other(client: FlaskClient) -> None:
    eerste, tweede = (Lezer(client.get(pad).text).find("a") for pad in ("/", "/screening"))
    assert "/screening" in [a.get("href") for a in eerste]
    assert "#balansvak" in [a.get("href") for a in eerste]
    assert "/#balansvak" in [a.get("href") for a in tweede]
    assert [a["href"] for a in tweede if a.get("aria-current") == "page"] == ["/screening"]


def test_page_holds_no_inline_style_or_handler_and_no_outside_address(client: FlaskClient) -> None:
    lezer = Lezer(client.get("/screening").text)
    for tag, attrs in lezer.tags:
        assert tag not in {"style", "iframe", "base"}
        assert not [naam for naam in attrs if naam == "style" or naam.startswith("on")]
        for naam in ("src", "href", "action"):
            assert not (attrs.get(naam) or "").startswith(("http", "//"))


@pytest.mark.parametrize(
    ("aandeel", "tekst"),
    [(0.0, "0 %"), (0.004, "< 1 %"), (0.5, "50 %"), (0.9995, "> 99 %"), (0.99999, "100 %")],
)
def test_share_never_rounds_a_part_to_nothing_or_all(aandeel: float, tekst: str) -> None:
    assert format_aandeel(aandeel).replace("\u00a0", " ") == tekst
