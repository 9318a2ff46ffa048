"""Telling every open browser what happens in the register, and who is there.

One thread looks at the register while anybody listens, so that what another process writes
is told too; what is written through this server is told at once. Each listener has a queue
of its own and never waits for another.
"""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from daeb_locaties.register import Gebeurtenis
from kaartlagen.errors import KaartlagenError
from webmap.errors import LuisteraarsError
from webmap.gegevens import Gegevens, OpenGegevens

PEIL_S = 0.5
MEESTE_NA = 200
"""From more missed events than this a browser is told to read everything anew."""

_MEESTE_WACHTEND = 500


@dataclass(frozen=True, slots=True)
class Bericht:
    """One message; `nummer` is that of the last event in it, None where there is none."""

    soort: str
    inhoud: dict[str, Any]
    nummer: int | None = None

    def to_sse(self) -> str:
        """Write it as a block of an event stream."""
        kop = "" if self.nummer is None else f"id: {self.nummer}\n"
        tekst = json.dumps(self.inhoud, ensure_ascii=False, separators=(",", ":"))
        return f"{kop}event: {self.soort}\ndata: {tekst}\n\n"


@dataclass(slots=True, eq=False)
class Luisteraar:
    """One open browser: who it says to be, and what he is changing."""

    naam: str | None
    partij: str | None
    sleutel: str = field(default_factory=lambda: uuid4().hex)
    bewerkt: str | None = None
    wachtrij: queue.Queue[Bericht] = field(default_factory=lambda: queue.Queue(_MEESTE_WACHTEND))

    def put(self, bericht: Bericht) -> None:
        """Add a message; a browser that reads too slowly is told to read everything anew."""
        try:
            self.wachtrij.put_nowait(bericht)
        except queue.Full:
            while not self.wachtrij.empty():
                self.wachtrij.get_nowait()
            self.wachtrij.put_nowait(
                Bericht("wijziging", {"opnieuw": True, "gebeurtenissen": []}, bericht.nummer)
            )


class Zender:
    """Tells all listeners of one project. Safe between threads.

    Parameters
    ----------
    open_gegevens
        Opens the project, for the thread that looks at the register.
    hoogstens
        The most listeners at once: each holds a thread of the server.
    """

    def __init__(self, open_gegevens: OpenGegevens, hoogstens: int) -> None:
        self._open = open_gegevens
        self._hoogstens = hoogstens
        self._slot = threading.Lock()
        self._wek = threading.Event()
        self._luisteraars: list[Luisteraar] = []
        self._draad: threading.Thread | None = None
        self._nummer = 0

    def join(self, luisteraar: Luisteraar, stand: int) -> None:
        """Let somebody listen to everything after event `stand`.

        Raises
        ------
        LuisteraarsError
            When there is no room; the browser then asks now and then.
        """
        with self._slot:
            if len(self._luisteraars) >= self._hoogstens:
                raise LuisteraarsError(
                    "Er kijken te veel mensen tegelijk mee om elke wijziging meteen te melden.",
                    herstel="De pagina vraagt nu om de paar seconden zelf wat er nieuw is.",
                )
            self._luisteraars.append(luisteraar)
            if self._draad is None:
                self._nummer = stand
                self._draad = threading.Thread(target=self._look, name="stroom", daemon=True)
                self._draad.start()
        self._tell_present()

    def leave(self, luisteraar: Luisteraar) -> None:
        """Forget a listener; the thread ends with the last one."""
        with self._slot:
            if luisteraar not in self._luisteraars:
                return
            self._luisteraars.remove(luisteraar)
        self._wek.set()
        self._tell_present()

    def edits(self, sleutel: str, locatie_id: str | None) -> None:
        """Note what a listener is changing; None for nothing."""
        with self._slot:
            for luisteraar in self._luisteraars:
                if luisteraar.sleutel == sleutel:
                    luisteraar.bewerkt = locatie_id
        self._tell_present()

    def notify(self) -> None:
        """Say that the register has just been written in."""
        self._wek.set()

    def present(self) -> dict[str, Any]:
        """Return who is there: each person once, guests as a number."""
        with self._slot:
            alle = list(self._luisteraars)
        namen: dict[tuple[str, str | None], set[str]] = {}
        for wie in alle:
            if wie.naam:
                bewerkt = namen.setdefault((wie.naam, wie.partij), set())
                bewerkt.update({wie.bewerkt} if wie.bewerkt else ())
        return {
            "aanwezig": [
                {"naam": naam, "partij": partij, "bewerkt": sorted(bewerkt)}
                for (naam, partij), bewerkt in sorted(namen.items(), key=str)
            ],
            "gasten": sum(1 for wie in alle if not wie.naam),
        }

    def _tell_present(self) -> None:
        self._send(Bericht("aanwezig", self.present()))

    def _send(self, bericht: Bericht) -> None:
        with self._slot:
            alle = list(self._luisteraars)
        for luisteraar in alle:
            luisteraar.put(bericht)

    def _look(self) -> None:
        """Look at the register until nobody listens any more."""
        bron: Gegevens | None = None
        while True:
            self._wek.wait(PEIL_S)
            self._wek.clear()
            with self._slot:
                if not self._luisteraars:
                    self._draad = None
                    break
            try:
                bron = bron or self._open()
                self._tell_news(bron)
            except KaartlagenError:
                # Busy or away for a moment: the next look tells what this one could not.
                _close(bron)
                bron = None
        _close(bron)

    def _tell_news(self, bron: Gegevens) -> None:
        stand = bron.stand()
        if stand == self._nummer:
            return
        bericht = make_news(bron, self._nummer, stand)
        self._nummer = bericht.nummer or stand
        self._send(bericht)
        if self._nummer < stand:
            self._wek.set()


def make_news(bron: Gegevens, vanaf: int, stand: int) -> Bericht:
    """Return what happened after event `vanaf`, or that it is too much to tell."""
    if not 0 <= stand - vanaf <= MEESTE_NA:
        return Bericht("wijziging", {"opnieuw": True, "gebeurtenissen": []}, stand)
    nieuws = bron.since(vanaf)
    nummer = nieuws[-1].nummer if nieuws else stand
    inhoud = {"opnieuw": False, "gebeurtenissen": describe_events(nieuws)}
    return Bericht("wijziging", inhoud, nummer)


def describe_events(gebeurtenissen: Iterable[Gebeurtenis]) -> list[dict[str, Any]]:
    """Describe events for a browser: who did what to which locaties; no values."""
    return [
        {
            "nummer": g.nummer,
            "handeling": g.handeling,
            "onderwerp": g.onderwerp,
            "soort": g.soort,
            "wie": g.wie,
            "partij": g.partij,
            "locaties": _locaties_of(g),
        }
        for g in gebeurtenissen
    ]


def _locaties_of(gebeurtenis: Gebeurtenis) -> list[str]:
    """Return the locaties that an event is about; a pair has two."""
    if gebeurtenis.onderwerp in {"locatie", "paarbesluit"}:
        return gebeurtenis.onderwerp_id.split("/")
    return []


def _close(bron: Gegevens | None) -> None:
    if bron is not None:
        bron.close()
