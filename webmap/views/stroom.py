"""The event stream: one per browser, with what was missed first, and polling for who has none."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from functools import partial

from flask import Blueprint, Flask, Response, current_app, jsonify, request, session

from webmap.errors import VerzoekError
from webmap.invoer import read_json, read_text
from webmap.live import Bericht, Luisteraar, Zender, make_news
from webmap.views.sessie import gegevens, instellingen

stroom = Blueprint("stroom", __name__, url_prefix="/api/stroom")

_SLEUTEL = "zender"
_OPNIEUW_MS = 2_000


def bind_zender(app: Flask, zender: Zender) -> None:
    """Give the app what tells its listeners."""
    app.extensions[_SLEUTEL] = zender


def zender() -> Zender:
    """Return what tells the listeners of the running app."""
    gevonden: Zender = current_app.extensions[_SLEUTEL]
    return gevonden


@stroom.get("")
def listen() -> Response:
    """Stream events of the register and who is there, from `Last-Event-ID` or `vanaf` on.

    Raises
    ------
    LuisteraarsError
        When all places are taken; `/api/stroom/sinds` answers then.
    """
    bron = gegevens()
    vanaf = _read_vanaf()
    stand = bron.stand()
    luisteraar = Luisteraar(session.get("naam"), session.get("partij"))
    zender().join(luisteraar, stand)
    gemist = make_news(bron, stand if vanaf is None else vanaf, stand)
    blokken = _stream(luisteraar, gemist, instellingen().hartslag_s)
    antwoord = Response(blokken, content_type="text/event-stream; charset=utf-8")
    # Not in the generator: one that never began does not run its end either.
    antwoord.call_on_close(partial(zender().leave, luisteraar))
    antwoord.headers["Cache-Control"] = "no-store"
    antwoord.headers["X-Accel-Buffering"] = "no"  # a proxy that holds on to it breaks it
    return antwoord


@stroom.get("/sinds")
def list_since() -> Response:
    """Send the same at once, for a browser without a stream."""
    bron = gegevens()
    stand = bron.stand()
    vanaf = _read_vanaf()
    nieuws = make_news(bron, stand if vanaf is None else vanaf, stand)
    return jsonify({"nummer": nieuws.nummer, **nieuws.inhoud, **zender().present()})


@stroom.put("/bewerkt")
def note_edits() -> Response:
    """Note which locatie the owner of a stream is changing."""
    inhoud = read_json(request.get_data(), {"sleutel", "locatie"})
    sleutel = read_text(inhoud.get("sleutel"), "sleutel")
    zender().edits(sleutel or "", read_text(inhoud.get("locatie"), "locatie"))
    return jsonify({})


def _stream(luisteraar: Luisteraar, gemist: Bericht, hartslag_s: float) -> Iterator[str]:
    """Give what was missed, then what comes, and a heartbeat in between."""
    laatste = gemist.nummer or 0
    yield f"retry: {_OPNIEUW_MS}\n\n"
    yield Bericht("welkom", {"sleutel": luisteraar.sleutel, "nummer": laatste}).to_sse()
    if gemist.inhoud["opnieuw"] or gemist.inhoud["gebeurtenissen"]:
        yield gemist.to_sse()
    while True:
        try:
            bericht = luisteraar.wachtrij.get(timeout=hartslag_s)
        except queue.Empty:
            yield Bericht("hart", {}).to_sse()
            continue
        if bericht.nummer is None or bericht.nummer > laatste:
            laatste = bericht.nummer or laatste
            yield bericht.to_sse()


def _read_vanaf() -> int | None:
    tekst = request.headers.get("Last-Event-ID") or request.args.get("vanaf")
    if tekst is None:
        return None
    if not tekst.isdecimal() or len(tekst) > 12:
        raise VerzoekError("'vanaf' is geen nummer van een gebeurtenis.")
    return int(tekst)
