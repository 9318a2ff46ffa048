"""The page itself: its shield, its words, and what it says is missing."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.webmap.nepgegevens import KWADE_AFBEELDING, KWADE_NAAM, NepGegevens, leeg_project
from webmap import create_app
from webmap.beveiliging import accepts_host
from webmap.config import Instellingen


class Lezer(HTMLParser):
    """Collects tags, attributes and text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.tekst: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.tekst.append(data)

    def find(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for naam, attrs in self.tags if naam == tag]


def test_policy_is_strict_and_its_nonce_is_new_each_time(client: FlaskClient) -> None:
    eerste, tweede = client.get("/"), client.get("/")
    nonce = re.search(r"'nonce-([^']+)'", eerste.headers["Content-Security-Policy"])
    assert nonce is not None
    assert eerste.headers["Content-Security-Policy"] == (
        f"default-src 'none'; script-src 'self' 'nonce-{nonce[1]}'; style-src 'self'; "
        "img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    )
    assert nonce[1] in eerste.text
    assert nonce[1] not in tweede.text
    assert eerste.headers["X-Content-Type-Options"] == "nosniff"
    assert eerste.headers["Referrer-Policy"] == "no-referrer"
    assert eerste.headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize(
    "pad", ["/", "/api/locaties", "/static/js/hoofd.js", "/weg", "/favicon.ico"]
)
def test_every_answer_carries_the_policy(client: FlaskClient, pad: str) -> None:
    with client.get(pad) as antwoord:
        assert "default-src 'none'" in antwoord.headers["Content-Security-Policy"]


def test_page_holds_no_inline_style_or_handler_and_no_outside_address(client: FlaskClient) -> None:
    html = client.get("/").text
    for tag, attrs in Lezer(html).tags:
        assert tag not in {"style", "iframe", "base"}
        assert not [naam for naam in attrs if naam == "style" or naam.startswith("on")]
        for naam in ("src", "href"):
            assert not (attrs.get(naam) or "").startswith(("http", "//"))
    for script in Lezer(html).find("script"):
        assert "src" in script or "nonce" in script


def test_page_is_dutch_with_title_landmarks_and_may_be_zoomed(client: FlaskClient) -> None:
    lezer = Lezer(client.get("/").text)
    assert lezer.find("html")[0]["lang"] == "nl"
    assert [m["content"] for m in lezer.find("meta") if m.get("name") == "viewport"] == [
        "width=device-width, initial-scale=1"
    ]
    for landmark in ("header", "nav", "main", "footer"):
        assert len(lezer.find(landmark)) == 1


def test_hostile_names_are_text(client: FlaskClient) -> None:
    html = client.get("/").text
    lezer = Lezer(html)
    assert KWADE_NAAM in "".join(lezer.tekst)
    assert KWADE_AFBEELDING in "".join(lezer.tekst)
    assert not lezer.find("img")
    assert "<script>alert" not in html


def test_table_has_the_rows_of_the_list_in_its_order(
    client: FlaskClient, gegevens: NepGegevens
) -> None:
    rijen = [rij for rij in Lezer(client.get("/").text).find("tr") if "data-id" in rij]
    assert [rij["data-id"] for rij in rijen] == [regel.locatie.id for regel in gegevens.rijen]
    assert [rij["data-hardheid"] for rij in rijen] == [
        regel.oordeel.hardheid.value for regel in gegevens.rijen
    ]


def test_numbers_are_dutch_and_unknown_is_a_word(client: FlaskClient) -> None:
    html = client.get("/").text
    assert "1.234" in html
    assert re.search(r'data-kop="DAEB netto"[^>]*><span class="stil">onbekend', html)


def test_only_the_first_row_is_a_tab_stop(client: FlaskClient) -> None:
    knoppen = [
        k for k in Lezer(client.get("/").text).find("button") if k.get("class") == "rij-knop"
    ]
    assert [knop["tabindex"] for knop in knoppen] == ["0"] + ["-1"] * (len(knoppen) - 1)


def test_balans_shows_each_gemeente_as_bar_and_as_numbers(client: FlaskClient) -> None:
    html = client.get("/").text
    assert (
        'aria-label="Aadorp: concreet hard 40, concreet zacht 1.274, onbekend 0, '
        'nog zonder locatie 186 woningen"' in html
    )
    assert re.search(r'data-kop="Stap"[^>]*>75\u00a0%', html)


def test_empty_project_says_once_what_is_missing_and_how_to_mend_it() -> None:
    pagina = create_app(Path(), open_gegevens=leeg_project).test_client().get("/")
    assert pagina.status_code == 200
    for opdracht in ("locatie inlezen", "bod inlezen", "--soort gemeenten", "akkoord.toml"):
        assert pagina.text.count(opdracht) == 1, opdracht


def test_missing_gemeenten_are_named_and_the_rest_works(gegevens: NepGegevens) -> None:
    del gegevens.lagen["gemeenten"]
    pagina = create_app(Path(), open_gegevens=lambda: gegevens).test_client().get("/")
    assert "Er zijn geen gemeentegrenzen" in pagina.text
    assert "Er zijn nog geen locaties" not in pagina.text


def test_complete_project_says_nothing_is_missing(client: FlaskClient) -> None:
    assert "nog niet volledig" not in client.get("/").text


def test_favicon_is_served(client: FlaskClient) -> None:
    with client.get("/favicon.ico") as antwoord:
        assert antwoord.status_code == 200
        assert antwoord.content_type.startswith("image/svg+xml")


def test_module_scripts_have_a_type_that_browsers_accept(client: FlaskClient) -> None:
    with client.get("/static/js/hoofd.js") as antwoord:
        assert antwoord.content_type.startswith("text/javascript")


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:9", "[::1]:8000", "kaart.intern"])
def test_own_names_are_answered(gegevens: NepGegevens, host: str) -> None:
    app = create_app(
        Path(),
        instellingen=Instellingen(Path(), host="kaart.intern"),
        open_gegevens=lambda: gegevens,
    )
    assert app.test_client().get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["kwaad.example", "127.0.0.1.kwaad.example:8000", "10.0.0.9", "[::"]
)
def test_a_foreign_name_is_refused_against_dns_rebinding(client: FlaskClient, host: str) -> None:
    for pad in ("/", "/api/locaties", "/static/js/hoofd.js"):
        antwoord = client.get(pad, headers={"Host": host})
        assert antwoord.status_code == 400
        assert "Molenvliet" not in antwoord.text


def test_bound_to_every_address_a_bare_address_is_accepted_and_a_foreign_name_not() -> None:
    accept = accepts_host("0.0.0.0")
    assert accept("192.168.1.20:8000")
    assert accept("[fe80::1]:8000")
    assert not accept("kwaad.example")
