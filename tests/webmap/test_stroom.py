"""The event stream: every change to everyone, once, also after a break, and who is there."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import pytest

from daeb_locaties.project import Project
from daeb_locaties.register.schrijven import Auteur
from daeb_locaties.register.wijzigen import Wijziging, change_locatie
from tests.webmap.bladzijde import wait_until
from tests.webmap.nepgegevens import NepGegevens
from tests.webmap.voorbeeldregio import Gebruiker
from webmap import create_app
from webmap.config import Instellingen
from webmap.errors import LuisteraarsError
from webmap.live import MEESTE_NA, Bericht, Luisteraar, Zender

ROOT = Path(__file__).parents[2]


@dataclass
class Oor:
    """A browser that listens: reads a stream in a thread and keeps what it heard."""

    url: str
    naam: str | None = None
    koppen: dict[str, str] = field(default_factory=dict)
    berichten: list[tuple[str, dict[str, Any], float]] = field(default_factory=list)
    nummer: str | None = None

    def __post_init__(self) -> None:
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        if self.naam:
            self.send("PUT", "api/ik", {"naam": self.naam, "partij": "provincie"})
        verzoek = urllib.request.Request(f"{self.url}api/stroom", headers=self.koppen)
        self.antwoord = self.opener.open(verzoek, timeout=30)
        self.draad = threading.Thread(target=self._read, daemon=True)
        self.draad.start()

    def send(self, method: str, pad: str, inhoud: Any, koppen: dict[str, str] | None = None) -> Any:
        verzoek = urllib.request.Request(
            self.url + pad,
            data=json.dumps(inhoud).encode(),
            method=method,
            headers={"X-DAEB": "1", **(koppen or {})},
        )
        return json.load(self.opener.open(verzoek, timeout=30))

    def _read(self) -> None:
        soort = ""
        try:
            for regel in self.antwoord:
                kop, _, waarde = regel.decode().rstrip("\n").partition(": ")
                if kop == "id":
                    self.nummer = waarde
                elif kop == "event":
                    soort = waarde
                elif kop == "data":
                    self.berichten.append((soort, json.loads(waarde), time.perf_counter()))
        except (OSError, ValueError, AttributeError):
            return  # closed

    def heard(self, soort: str) -> list[dict[str, Any]]:
        return [inhoud for naam, inhoud, _ in self.berichten if naam == soort]

    def numbers(self) -> list[int]:
        return [g["nummer"] for b in self.heard("wijziging") for g in b["gebeurtenissen"]]

    def close(self) -> None:
        # Not `close`: that waits for the thread that reads.
        self.antwoord.fp.raw._sock.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def kaart(regio: Path) -> Iterator[str]:
    """The map server as users start it: waitress, in a process of its own."""
    code = (
        "import sys; from pathlib import Path; from webmap.opdrachten import kaart; "
        "kaart(args=['--geen-browser', '--poort', '0'], obj=Path(sys.argv[1]))"
    )
    with subprocess.Popen(
        [sys.executable, "-u", "-c", code, str(regio)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as proces:
        try:
            assert proces.stdout is not None
            yield proces.stdout.readline().split()[4]
        finally:
            proces.terminate()


@pytest.mark.traag
def test_everyone_hears_every_change_once_also_of_another_process(kaart: str, regio: Path) -> None:
    oren = [Oor(kaart) for _ in range(20)]
    anna = Oor(kaart, naam="Anna")
    wait_until(lambda: all(oor.heard("welkom") for oor in [*oren, anna]), "welkom")
    with urllib.request.urlopen(f"{kaart}api/locaties") as antwoord:
        id_ = json.load(antwoord)["features"][0]["properties"]["id"]
    with urllib.request.urlopen(f"{kaart}api/locaties/{id_}") as antwoord:
        versie = json.load(antwoord)["versie"]
    verstuurd = []
    for keer in range(4):
        koppen = {"If-Match": f'"{versie + keer}"'}
        gedaan = anna.send("PATCH", f"api/locaties/{id_}", {"naam": f"Keer {keer}"}, koppen)
        verstuurd.append(gedaan["gebeurtenis"])
    with Project.open(regio) as project:
        wijziging = Wijziging(id_, versie + 4, {"naam": "Elders"})
        uitkomst = change_locatie(project.register, wijziging, Auteur("opdrachtregel"), "proef")
        verstuurd.append(uitkomst.gebeurtenis)
    wait_until(lambda: all(oor.numbers() == verstuurd for oor in oren), "alle gebeurtenissen")
    eerste = oren[0].heard("wijziging")[0]["gebeurtenissen"][0]
    assert eerste == {
        "nummer": verstuurd[0],
        "handeling": verstuurd[0],
        "onderwerp": "locatie",
        "soort": "gewijzigd",
        "wie": "Anna",
        "partij": "provincie",
        "locaties": [id_],
    }
    for oor in [*oren, anna]:
        oor.close()


@pytest.mark.traag
def test_who_was_away_hears_first_what_he_missed(kaart: str, regio: Path) -> None:
    with Project.open(regio) as project:
        stand = project.register.laatste_gebeurtenis()
        locatie = project.register.locaties()[0]
        for keer in range(3):
            wijziging = Wijziging(locatie.id, locatie.versie + keer, {"naam": f"Keer {keer}"})
            change_locatie(project.register, wijziging, Auteur("Bert"), "proef")
    oor = Oor(kaart, koppen={"Last-Event-ID": str(stand + 1)})
    wait_until(lambda: oor.numbers() == [stand + 2, stand + 3], "wat gemist was")
    assert oor.nummer == str(stand + 3)
    oor.close()


@pytest.mark.traag
def test_presence_names_who_is_there_until_the_browser_is_gone(kaart: str) -> None:
    gast = Oor(kaart)
    anna = Oor(kaart, naam="Anna")
    ik = {"naam": "Anna", "partij": "provincie", "bewerkt": []}
    wait_until(lambda: {"aanwezig": [ik], "gasten": 1} in gast.heard("aanwezig"), "Anna is er")
    wait_until(lambda: bool(anna.heard("welkom")), "welkom")
    sleutel = anna.heard("welkom")[0]["sleutel"]
    anna.send("PUT", "api/stroom/bewerkt", {"sleutel": sleutel, "locatie": "loc-1"})
    bezig = {"aanwezig": [{**ik, "bewerkt": ["loc-1"]}], "gasten": 1}
    wait_until(lambda: bezig in gast.heard("aanwezig"), "Anna bewerkt")
    anna.close()
    gast.berichten.clear()
    einde = time.monotonic() + 25  # noticed at the second heartbeat
    while {"aanwezig": [], "gasten": 1} not in gast.heard("aanwezig"):
        assert time.monotonic() < einde, "Anna blijft aanwezig"
        time.sleep(0.2)
    gast.close()


@pytest.mark.traag
def test_polling_tells_the_same(regio: Path) -> None:
    anna = Gebruiker.of(regio)
    begin = anna.get("/api/stroom/sinds")["nummer"]
    locatie = anna.get(f"/api/locaties/{anna.locaties()[0]['id']}")
    anna.send("PATCH", f"/api/locaties/{locatie['id']}", {"naam": "X"}, locatie["versie"])
    nieuws = anna.get(f"/api/stroom/sinds?vanaf={begin}")
    assert nieuws["nummer"] == begin + 1
    assert nieuws["gebeurtenissen"][0]["locaties"] == [locatie["id"]]
    assert nieuws["opnieuw"] is False
    assert anna.get(f"/api/stroom/sinds?vanaf={begin + 1}")["gebeurtenissen"] == []
    assert anna.get(f"/api/stroom/sinds?vanaf={begin + 9}")["opnieuw"] is True  # put back
    assert anna.client.get("/api/stroom/sinds?vanaf=x").status_code == 400


def test_beyond_the_last_place_the_answer_is_503(tmp_path: Path) -> None:
    app = create_app(
        tmp_path,
        instellingen=Instellingen(tmp_path, luisteraars=1),
        open_gegevens=NepGegevens,
        flask_config={"TESTING": True},
    )
    eerste = app.test_client().get("/api/stroom", buffered=False)
    assert eerste.status_code == 200
    tweede = app.test_client().get("/api/stroom")
    assert tweede.status_code == 503
    assert "om de paar seconden" in tweede.json["detail"]
    eerste.close()
    derde = app.test_client().get("/api/stroom", buffered=False)
    assert derde.status_code == 200
    derde.close()


class Stand(NepGegevens):
    """A project of which only the number of events is known."""

    nummer = 0

    def stand(self) -> int:
        return self.nummer


def test_too_much_to_tell_is_told_as_read_everything_anew() -> None:
    bron = Stand()
    zender = Zender(lambda: bron, 2)
    luisteraar = Luisteraar("Anna", "provincie")
    zender.join(luisteraar, 0)
    assert luisteraar.wachtrij.get(timeout=2).soort == "aanwezig"
    bron.nummer = MEESTE_NA + 1
    zender.notify()
    bericht = luisteraar.wachtrij.get(timeout=2)
    assert (bericht.inhoud["opnieuw"], bericht.nummer) == (True, MEESTE_NA + 1)
    zender.leave(luisteraar)


def test_a_browser_that_does_not_read_holds_nobody_up_and_reads_anew_later() -> None:
    luisteraar = Luisteraar(None, None)
    for nummer in range(2_000):
        luisteraar.put(Bericht("wijziging", {"opnieuw": False}, nummer))
    wachtend = []
    while not luisteraar.wachtrij.empty():
        wachtend.append(luisteraar.wachtrij.get())
    assert len(wachtend) <= 500
    assert any(bericht.inhoud["opnieuw"] for bericht in wachtend)
    assert wachtend[-1].nummer == 1_999


def test_the_last_who_leaves_stops_the_looking_and_the_next_starts_it_again() -> None:
    eerder = set(threading.enumerate())
    zender = Zender(NepGegevens, 1)
    for _ in range(3):
        luisteraar = Luisteraar(None, None)
        zender.join(luisteraar, 0)
        with pytest.raises(LuisteraarsError):
            zender.join(Luisteraar(None, None), 0)
        zender.leave(luisteraar)
        zender.leave(luisteraar)
    wait_until(
        lambda: not any(d.name == "stroom" for d in set(threading.enumerate()) - eerder), "stilte"
    )
