"""Serving on this machine, and the commands that do it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from webmap import opdrachten
from webmap.errors import PoortBezetError
from webmap.server import Plek, claim_plek

ROOT = Path(__file__).parents[2]


@pytest.fixture
def bezette_poort() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as luisteraar:
        yield luisteraar.getsockname()[1]


def test_a_free_port_is_ours_and_named_in_the_address() -> None:
    plek = claim_plek("127.0.0.1", 0)
    try:
        assert plek.poort > 0
        assert plek.url == f"http://127.0.0.1:{plek.poort}/"
        with pytest.raises(PoortBezetError):
            claim_plek("127.0.0.1", plek.poort)
    finally:
        plek.socket.close()


def test_a_busy_port_is_refused_with_its_number_and_the_way_out(bezette_poort: int) -> None:
    with pytest.raises(PoortBezetError) as fout:
        claim_plek("127.0.0.1", bezette_poort)
    assert str(bezette_poort) in fout.value.melding
    assert "--poort" in fout.value.melding


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(PoortBezetError):
        claim_plek("203.0.113.9", 0)


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("0.0.0.0", "http://127.0.0.1:81/"),
        ("::1", "http://[::1]:81/"),
        ("kaart.intern", "http://kaart.intern:81/"),
    ],
)
def test_address_can_be_opened_on_this_machine(host: str, url: str) -> None:
    with socket.socket() as los:
        assert Plek(host, 81, los).url == url


@pytest.mark.parametrize("opdracht", [opdrachten.kaart, opdrachten.start])
def test_busy_port_is_found_before_anything_is_made(
    opdracht: opdrachten.Opdracht, bezette_poort: int, project_map: Path
) -> None:
    uitslag = CliRunner().invoke(
        opdracht, ["--geen-browser", "--poort", str(bezette_poort)], obj=project_map
    )
    assert isinstance(uitslag.exception, PoortBezetError)
    assert not project_map.exists()


def test_kaart_prints_its_address_answers_there_and_stops_when_told(project_map: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from webmap.opdrachten import kaart; "
        "kaart(args=['--geen-browser', '--poort', '0'], obj=Path(sys.argv[1]))"
    )
    with subprocess.Popen(
        [sys.executable, "-u", "-c", code, str(project_map)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as proces:
        try:
            assert proces.stdout is not None
            regel = proces.stdout.readline()
            assert regel.startswith("De kaart staat op http://127.0.0.1:"), regel
            with urllib.request.urlopen(regel.split()[4], timeout=200) as antwoord:
                tekst = antwoord.read().decode()
            assert "Dit project is nog niet volledig" in tekst
            if os.name == "posix":
                proces.send_signal(signal.SIGINT)
                assert proces.stdout.read() == "De kaart is gestopt.\n"
                assert proces.wait() == 0
        finally:
            proces.terminate()
