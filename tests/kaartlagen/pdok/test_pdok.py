"""From a real OGC API Features server into the store, by way of every check."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import shapely

from kaartlagen.errors import CrsError, DienstError, KaartlagenError
from kaartlagen.opslag import LaagOpslag
from kaartlagen.pdok import fetch_layer
from kaartlagen.pdok_bestand import Grens
from kaartlagen.pdok_http import USER_AGENT
from tests.kaartlagen.pdok import streek
from tests.kaartlagen.pdok.opzet import SNEL


@pytest.fixture
def opslag(tmp_path) -> LaagOpslag:
    leeg = LaagOpslag(tmp_path / "lagen")
    streek.store_gemeenten(leeg, datetime(2026, 1, 1, tzinfo=UTC))
    return leeg


def fetch(opslag, zender, laag="percelen", **opties):
    vaste = {"gemeente": "9001", "basis": zender.basis, "beleid": SNEL, "grens": Grens(limiet=100)}
    return fetch_layer(laag, opslag, **{**vaste, **opties})


def test_parcels_of_one_gemeente_come_in_pages_and_only_those_that_lie_in_it(opslag, zender):
    verslag = fetch(opslag, zender)
    (inname,) = verslag.inname.lagen
    assert (inname.laag, inname.opgenomen) == ("percelen", streek.IN_GEMEENTE)
    assert verslag.opgehaald.paginas > 3
    assert verslag.opgehaald.ontvangen >= streek.IN_KADER
    assert verslag.opgehaald.ontvangen - verslag.opgehaald.buiten == streek.IN_GEMEENTE
    frame = opslag.read("percelen")
    assert len(frame) == frame["perceel_id"].nunique() == streek.IN_GEMEENTE
    gedeeld = shapely.area(shapely.intersection(frame.geometry.to_numpy(), streek.GEMEENTE))
    assert gedeeld == pytest.approx(streek.ZIJDE**2, abs=1e-6)
    assert frame["aanduiding"].str.fullmatch(r"WVD00 A \d+").all()
    assert set(frame["soort_grootte"]) == {"Vastgesteld"}


def test_coordinates_are_asked_in_rd_and_arrive_to_the_bit(opslag, zender):
    verslag = fetch(opslag, zender)
    assert verslag.inname.lagen[0].crs_bron == "EPSG:28992"
    eerste = zender.verzoeken[1]
    assert f"crs={streek.RD_URI}" in eerste
    assert f"bbox-crs={streek.RD_URI}" in eerste
    frame = opslag.read("percelen").set_index("perceelnummer")
    nummer = 1 + 3 * streek.RIJEN + 5
    gekomen = frame.loc[nummer, "geometry"].normalize()
    assert gekomen == shapely.MultiPolygon([streek.vak(5, 3)]).normalize()


def test_herkomst_says_where_when_whose_and_under_which_terms(opslag, zender):
    verslag = fetch(opslag, zender)
    (opname,) = opslag.current("percelen")
    herkomst = opname.herkomst
    assert herkomst.url == verslag.opgehaald.url
    assert herkomst.url.startswith(f"{zender.basis}/collections/perceel/items?")
    assert (herkomst.eigenaar, herkomst.licentie) == ("Kadaster", "CC BY 4.0 (proef)")
    assert herkomst.peildatum == datetime.now().astimezone().date()
    assert herkomst.bron == "pdok_percelen_9001.geojson"
    assert herkomst.gereedschap.startswith("kaartlagen ")


def test_every_request_names_the_tool(opslag, zender):
    fetch(opslag, zender)
    assert {kop["User-Agent"] for kop in zender.koppen} == {USER_AGENT}
    assert not any("Authorization" in kop for kop in zender.koppen)


def test_service_without_rd_is_asked_in_degrees_and_brought_to_rd(opslag, zender):
    # The collection stands under another name here; the proxy gives it the one of PDOK.
    def other_collection(verzoek):
        verzoek.pad = verzoek.pad.replace("/collections/perceel", "/collections/perceel_lonlat")
        verzoek.forward(lambda document: _renamed(document, "perceel_lonlat", "perceel"))

    zender.altijd = other_collection
    verslag = fetch(opslag, zender)
    assert "bbox-crs" not in zender.verzoeken[1]
    (inname,) = verslag.inname.lagen
    assert inname.crs_bron == "EPSG:4326"
    assert inname.opgenomen == streek.IN_GEMEENTE
    assert inname.oppervlakte_m2 == pytest.approx(streek.IN_GEMEENTE * streek.ZIJDE**2, rel=1e-4)


def _renamed(document: dict, van: str, naar: str) -> dict:
    if document.get("id") == van:
        document["id"] = naar
    for link in document.get("links", ()):
        link["href"] = link["href"].replace(van, naar)
    return document


def test_gemeenten_come_whole_and_then_tell_where_to_fetch(tmp_path, zender):
    opslag = LaagOpslag(tmp_path / "lagen")
    fetch(opslag, zender, "gemeenten", gemeente=None)
    assert opslag.read("gemeenten")["gemeentecode"].tolist() == ["9001", "9002"]
    verslag = fetch(opslag, zender, gemeente="westveld")
    assert verslag.gemeentecode == "9001"
    assert verslag.inname.lagen[0].opgenomen == streek.IN_GEMEENTE


@pytest.mark.parametrize("laag", ["panden", "verblijfsobjecten"])
def test_bag_comes_with_its_lists_of_references(opslag, zender, laag):
    verslag = fetch(opslag, zender, laag)
    assert verslag.inname.lagen[0].opgenomen == 20
    assert len(opslag.read(laag)) == 20


def test_same_answer_twice_is_one_snapshot(opslag, zender):
    eerste = fetch(opslag, zender)
    tweede = fetch(opslag, zender, grens=Grens(limiet=250))
    assert eerste.inname.lagen[0].momentopname == tweede.inname.lagen[0].momentopname
    assert len(opslag.snapshots("percelen")) == 1


def test_progress_counts_the_features(opslag, zender):
    stappen = []
    fetch(opslag, zender, voortgang=lambda *stap: stappen.append(stap))
    geteld = [(gedaan, totaal) for naam, gedaan, totaal in stappen if "pagina" in naam]
    assert [gedaan for gedaan, _ in geteld] == sorted(gedaan for gedaan, _ in geteld)
    assert geteld[-1][0] == geteld[-1][1]


@pytest.mark.parametrize(
    ("storing", "deel"),
    [
        (lambda v: v.answer(429, Retry_After="0"), "fout 429"),
        (lambda v: v.answer(500, b"kapot"), "fout 500"),
        (lambda v: v.answer(503, Retry_After="Wed, 21 Oct 2015 07:28:00 GMT"), "fout 503"),
        (lambda v: v.cut(), "verbroken"),
        (lambda v: v.hang_up(), "verbinding"),
    ],
)
def test_passing_failure_is_waited_out_and_a_lasting_one_leaves_nothing(
    opslag, zender, storing, deel
):
    zender.on(1, 3, 5, 6, doe=storing)
    heel = fetch(opslag, zender)
    assert heel.inname.lagen[0].opgenomen == streek.IN_GEMEENTE
    eerder = opslag.snapshots("percelen")
    zender.verzoeken.clear()
    zender.storingen.clear()
    zender.on(*range(4, 40), doe=storing)
    with pytest.raises(DienstError, match=deel):
        fetch(opslag, zender)
    assert len(zender.verzoeken) == 3 + SNEL.pogingen
    assert opslag.snapshots("percelen") == eerder


def test_slow_answer_is_asked_again(opslag, zender):
    zender.on(3, doe=lambda v: v.stall(4.0))
    ongeduldig = replace(SNEL, lezen_s=1.5)
    verslag = fetch(opslag, zender, beleid=ongeduldig)
    assert verslag.inname.lagen[0].opgenomen == streek.IN_GEMEENTE
    assert len(zender.verzoeken) > verslag.opgehaald.paginas + 1


@pytest.mark.parametrize(
    ("storing", "deel"),
    [
        (lambda v: v.answer(200, b"<html><body>Inloggen</body></html>"), "een webpagina"),
        (lambda v: v.answer(404, b"<html>weg</html>"), "fout 404"),
        (lambda v: v.answer(200, b'{"type": "FeatureCollection", "features": [nul'), "geen JSON"),
        (lambda v: v.answer(200, b"[" * 100_000), "geen JSON"),
        (lambda v: v.json({"type": "FeatureCollection", "features": [{"a": 1}]}), "geen Feature"),
        (lambda v: v.json(["niets"]), "geen JSON-object"),
        (lambda v: v.forward(lambda d: d | {"links": [_next("http://127.0.0.1:1/x")]}), "andere"),
        (lambda v: v.forward(lambda d: d | {"links": [_next("file:///etc/passwd")]}), "andere"),
        (lambda v: v.forward(lambda d: d | {"links": [_next(v.pad)]}), "kring"),
        (lambda v: v.answer(302, Location="http://127.0.0.1:1/elders"), "andere"),
        (lambda v: v.answer(302, Location=v.pad), "doorverwijzen"),
        (lambda v: v.answer(429, Retry_After="86400"), "86400 seconden"),
        (lambda v: v.forward(lambda d: d | {"numberMatched": 1}), "telt 1 objecten"),
        (lambda v: v.json({**LEEG, "numberMatched": 0}), "geen objecten"),
        (
            lambda v: v.json(LEEG, Content_Crs="<http://www.opengis.net/def/crs/EPSG/0/3857>"),
            "3857",
        ),
        (lambda v: v.bomb(12 * 1024**2), "groter dan 8 MB"),
    ],
)
def test_answer_that_is_no_page_is_refused_with_the_reason_and_nothing_is_stored(
    opslag, zender, storing, deel
):
    zender.altijd = lambda v: v.forward() if v.nummer == 1 else storing(v)
    with pytest.raises(DienstError, match=deel) as gevangen:
        fetch(opslag, zender)
    assert gevangen.value.waar
    assert opslag.snapshots("percelen") == ()


LEEG = {"type": "FeatureCollection", "features": []}


def _next(href: str) -> dict[str, str]:
    return {"rel": "next", "type": "application/geo+json", "href": href}


def test_number_of_pages_is_capped(opslag, zender):
    with pytest.raises(DienstError, match="meer dan 2 pagina's"):
        fetch(opslag, zender, grens=Grens(limiet=10, paginas=2))


def test_numbers_in_another_crs_than_the_service_says_are_refused_by_the_intake(opslag, zender):
    def lie(verzoek):
        def in_degrees(document):
            if document.get("type") == "FeatureCollection":
                document["features"] = streek.in_lonlat(document["features"])

        verzoek.forward(in_degrees)

    zender.altijd = lie
    with pytest.raises((CrsError, DienstError)):
        fetch(opslag, zender)
    assert opslag.snapshots("percelen") == ()


def test_feature_that_cannot_be_read_is_kept_for_the_intake_to_refuse_by_name(opslag, zender):
    def spoil(document):
        if document.get("features"):
            document["features"][0]["geometry"] = {"type": "Polygon", "coordinates": [[[1, 2]]]}

    zender.on(2, doe=lambda v: v.forward(spoil))
    verslag = fetch(opslag, zender)
    (inname,) = verslag.inname.lagen
    assert (inname.opgenomen, inname.geweigerd) in {
        (streek.IN_GEMEENTE, 1),
        (streek.IN_GEMEENTE - 1, 1),
    }


@pytest.mark.parametrize(
    ("laag", "opties", "deel"),
    [
        ("wegen", {}, "Kies uit: percelen"),
        ("percelen", {"gemeente": None}, "--gemeente 0606"),
        ("percelen", {"gemeente": "1234"}, "staat niet"),
        ("percelen", {"gemeente": ""}, "staat niet"),
        ("gemeenten", {}, "Laat --gemeente weg"),
        ("percelen", {"basis": "ftp://voorbeeld/x"}, "geen adres"),
        ("percelen", {"basis": "https://naam:geheim@voorbeeld"}, "geen adres"),
        ("percelen", {"basis": "https://voorbeeld/x?token=1"}, "geen adres"),
    ],
)
def test_what_cannot_be_asked_is_said_before_anything_is_asked(opslag, nep, laag, opties, deel):
    with pytest.raises(KaartlagenError) as gevangen:
        fetch(opslag, nep, laag, **opties)
    assert deel in gevangen.value.melding
    assert nep.verzoeken == []


def test_without_gemeenten_the_remedy_is_named(tmp_path, nep):
    with pytest.raises(DienstError, match="laag ophalen gemeenten"):
        fetch(LaagOpslag(tmp_path / "lagen"), nep)


def test_service_without_the_collection_is_refused(opslag, zender):
    with pytest.raises(DienstError, match="fout 404"):
        fetch(opslag, zender, basis=f"{zender.basis}/bestaat-niet")


def test_mirror_has_the_paths_of_pdok(opslag, nep):
    nep.altijd = lambda v: v.answer(404)
    with pytest.raises(DienstError):
        fetch(opslag, nep, basis=None, host=nep.basis)
    assert nep.verzoeken == ["/kadaster/brk-kadastrale-kaart/ogc/v1/collections/perceel?f=json"]
