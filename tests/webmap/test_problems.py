"""From error to answer."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from daeb_locaties.errors import AkkoordError, GesprekError, RegisterError
from kaartlagen.errors import CrsError, KaartlagenError, OpslagError
from tests.webmap.nepgegevens import NepGegevens
from webmap import create_app
from webmap.errors import (
    GeweigerdError,
    NietGevondenError,
    TeGrootError,
    VerzoekError,
    VoorwaardeError,
    WieOnbekendError,
)
from webmap.problems import STATUS_PER_FOUT, status_of


def all_errors(klasse: type[KaartlagenError]) -> set[type[KaartlagenError]]:
    return {klasse}.union(*(all_errors(onder) for onder in klasse.__subclasses__()))


def test_every_error_of_the_three_packages_has_a_status_of_its_own() -> None:
    assert all_errors(KaartlagenError) == set(STATUS_PER_FOUT)


@pytest.mark.parametrize(
    ("fout", "status"),
    [
        (VerzoekError, 400),
        (NietGevondenError, 404),
        (AkkoordError, 409),
        (TeGrootError, 422),
        (GesprekError, 422),
        (GeweigerdError, 422),
        (WieOnbekendError, 403),
        (VoorwaardeError, 428),
        (CrsError, 422),
        (OpslagError, 503),
        (RegisterError, 503),
        (KaartlagenError, 500),
    ],
)
def test_status_is_that_of_the_table(fout: type[KaartlagenError], status: int) -> None:
    assert status_of(fout("iets")) == status


class KapotteGegevens(NepGegevens):
    """A project whose register cannot be read, or whose code fails."""

    def __init__(self, fout: Exception) -> None:
        super().__init__()
        self.fout = fout

    def regels(self) -> tuple[()]:
        raise self.fout


def make_client(fout: Exception) -> FlaskClient:
    return create_app(Path(), open_gegevens=lambda: KapotteGegevens(fout)).test_client()


def test_a_script_gets_problem_json_in_dutch() -> None:
    fout = RegisterError("het register is bezet.", herstel="Sluit het andere programma.")
    antwoord = make_client(fout).get("/api/locaties")
    assert antwoord.status_code == 503
    assert antwoord.content_type.startswith("application/problem+json")
    assert antwoord.json["detail"] == "het register is bezet. Sluit het andere programma."
    assert antwoord.json["status"] == 503


def test_a_reader_gets_a_dutch_page_with_the_same_words_escaped() -> None:
    fout = AkkoordError("sleutel <b>naam</b> ontbreekt.")
    antwoord = make_client(fout).get("/", headers={"Accept": "text/html"})
    assert antwoord.status_code == 409
    assert '<html lang="nl">' in antwoord.text
    assert "sleutel &lt;b&gt;naam&lt;/b&gt; ontbreekt." in antwoord.text
    assert "Content-Security-Policy" in antwoord.headers


def test_an_unforeseen_error_shows_nothing_of_its_inside() -> None:
    antwoord = make_client(ZeroDivisionError("geheim pad")).get("/api/locaties")
    assert antwoord.status_code == 500
    assert "geheim" not in antwoord.text
    assert antwoord.json["title"] == "Er ging iets mis in het programma"


def test_an_unknown_address_is_404_as_page_and_as_json(client: FlaskClient) -> None:
    assert client.get("/api/niets").json["title"] == "Niet gevonden"
    pagina = client.get("/niets", headers={"Accept": "text/html"})
    assert pagina.status_code == 404
    assert "Naar de kaart" in pagina.text


def test_a_wrong_method_is_refused(client: FlaskClient) -> None:
    assert client.post("/").status_code == 405
