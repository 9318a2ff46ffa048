"""The client alone: patience, pace, certificates, and what it never sends."""

from __future__ import annotations

import contextlib
import shutil
import ssl
import subprocess
import tempfile
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaartlagen.errors import DienstError
from kaartlagen.opslag import LaagOpslag
from kaartlagen.pdok import fetch_layer
from kaartlagen.pdok_antwoord import asked_wait, origin
from kaartlagen.pdok_bestand import Grens
from kaartlagen.pdok_bronnen import VERZAMELINGEN, require_address
from kaartlagen.pdok_http import Beleid, Dienst
from tests.kaartlagen.pdok import streek
from tests.kaartlagen.pdok.opzet import SNEL


@pytest.fixture
def geslapen():
    return []


@pytest.fixture
def dienst(nep, geslapen):
    with Dienst(nep.basis, Beleid(tempo_s=0.0), slaap=geslapen.append) as eigen:
        yield eigen


def test_waits_twice_as_long_each_time_and_says_so(nep, geslapen):
    gemeld = []
    nep.altijd = lambda v: v.answer(500)
    with (
        Dienst(nep.basis, Beleid(tempo_s=0.0), melden=gemeld.append, slaap=geslapen.append) as d,
        pytest.raises(DienstError, match="fout 500, ook na 6 pogingen"),
    ):
        d.get(f"{nep.basis}/x")
    assert geslapen == [1, 2, 4, 8, 16]
    assert gemeld[0] == "wachten, 1 s (de dienst antwoordt met fout 500)"


def test_waits_as_long_as_the_service_asks(nep, dienst, geslapen):
    nep.on(1, doe=lambda v: v.answer(429, Retry_After="7"))
    nep.on(2, doe=lambda v: v.json({"a": 1}))
    assert dienst.get(f"{nep.basis}/x").document == {"a": 1}
    assert geslapen == [7.0]


def test_a_refusal_is_not_asked_again(nep, dienst, geslapen):
    nep.altijd = lambda v: v.answer(400)
    with pytest.raises(DienstError, match="fout 400"):
        dienst.get(f"{nep.basis}/x")
    assert (len(nep.verzoeken), geslapen) == (1, [])


def test_keeps_its_pace(nep, geslapen):
    nep.altijd = lambda v: v.json({})
    with Dienst(nep.basis, Beleid(tempo_s=5.0), slaap=geslapen.append) as dienst:
        dienst.get(f"{nep.basis}/x")
        dienst.get(f"{nep.basis}/y")
    (pauze,) = geslapen
    assert 4.0 < pauze <= 5.0


def test_no_password_of_the_user_goes_along(nep, dienst, tmp_path, monkeypatch):
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login ik password geheim\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    nep.altijd = lambda v: v.json({})
    dienst.get(f"{nep.basis}/x")
    assert "Authorization" not in nep.koppen[0]


def test_redirect_on_the_same_host_is_followed(nep, dienst):
    nep.on(1, doe=lambda v: v.answer(301, Location="/nieuw?f=json"))
    nep.on(2, doe=lambda v: v.json({"a": 1}, Content_Crs="<x>"))
    antwoord = dienst.get(f"{nep.basis}/oud")
    assert nep.verzoeken == ["/oud", "/nieuw?f=json"]
    assert (antwoord.url, antwoord.crs) == (f"{nep.basis}/nieuw?f=json", "x")


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl ontbreekt")
def test_certificate_that_nobody_vouches_for_is_refused_at_once(tmp_path, geslapen):
    sleutel, bewijs = tmp_path / "sleutel.pem", tmp_path / "bewijs.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(sleutel),
         "-out", str(bewijs)],
        check=True,
        capture_output=True,
    )  # fmt: skip

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            raise AssertionError("asked without trust")

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(bewijs, sleutel)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    basis = f"https://127.0.0.1:{server.server_address[1]}"
    try:
        with (
            Dienst(basis, SNEL, slaap=geslapen.append) as dienst,
            pytest.raises(DienstError, match="certificaat") as gevangen,
        ):
            dienst.get(f"{basis}/x")
    finally:
        server.shutdown()
        server.server_close()
    assert "REQUESTS_CA_BUNDLE" in gevangen.value.herstel
    assert geslapen == []


def test_broken_off_halfway_leaves_no_file_and_no_snapshot(zender, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tijdelijk"))
    (tmp_path / "tijdelijk").mkdir()
    opslag = LaagOpslag(tmp_path / "lagen")
    streek.store_gemeenten(opslag, datetime(2026, 1, 1, tzinfo=UTC))

    def stop(stap: str, *_: int) -> None:
        if "pagina 2" in stap:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetch_layer(
            "percelen",
            opslag,
            gemeente="9001",
            basis=zender.basis,
            beleid=SNEL,
            grens=Grens(limiet=100),
            voortgang=stop,
        )
    assert list((tmp_path / "tijdelijk").iterdir()) == []
    assert opslag.snapshots("percelen") == ()


def test_asked_wait_reads_seconds_and_dates():
    assert asked_wait("12") == 12.0
    straks = datetime.now(UTC) + timedelta(seconds=90)
    assert asked_wait(straks.strftime("%a, %d %b %Y %H:%M:%S GMT")) == pytest.approx(90, abs=3)
    assert asked_wait("Wed, 21 Oct 2015 07:28:00 GMT") == 0.0


@given(st.text())
def test_asked_wait_never_fails(tekst):
    seconden = asked_wait(tekst)
    assert seconden is None or seconden >= 0


@pytest.mark.parametrize(
    ("een", "ander", "gelijk"),
    [
        ("https://api.pdok.nl/a", "https://API.pdok.nl:443/b?c", True),
        ("https://api.pdok.nl/a", "http://api.pdok.nl/a", False),
        ("https://api.pdok.nl/a", "https://api.pdok.nl:444/a", False),
        ("https://api.pdok.nl/a", "https://api.pdok.nl.kwaad.nl/a", False),
        ("https://api.pdok.nl/a", "https://api.pdok.nl@kwaad.nl/a", False),
        ("https://api.pdok.nl/a", "//kwaad.nl/a", False),
        ("https://api.pdok.nl/a", "https://[kapot", False),
    ],
)
def test_origin_is_scheme_host_and_port(een, ander, gelijk):
    assert (origin(een) == origin(ander)) is gelijk


@given(st.text(max_size=40))
def test_address_is_taken_or_refused_never_more(tekst):
    with contextlib.suppress(DienstError):
        assert require_address(tekst).lower().startswith("http")


def test_addresses_of_pdok():
    assert VERZAMELINGEN["percelen"].base() == (
        "https://api.pdok.nl/kadaster/brk-kadastrale-kaart/ogc/v1"
    )
    assert VERZAMELINGEN["panden"].base("https://spiegel/") == "https://spiegel/kadaster/bag/ogc/v2"
