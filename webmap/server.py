"""Serving the map on this machine: take the port first, then start, then open the browser."""

from __future__ import annotations

import socket
import threading
import webbrowser
from dataclasses import dataclass

import waitress
from flask import Flask

from webmap.config import ALLE_ADRESSEN, Instellingen
from webmap.errors import PoortBezetError

_WACHT_OP_BROWSER_S = 0.3


@dataclass(frozen=True, slots=True)
class Plek:
    """An address and port that are ours, with the socket that holds them."""

    host: str
    poort: int
    socket: socket.socket

    @property
    def url(self) -> str:
        """The address to open in a browser on this machine."""
        naam = "127.0.0.1" if self.host in ALLE_ADRESSEN else self.host
        return f"http://[{naam}]:{self.poort}/" if ":" in naam else f"http://{naam}:{self.poort}/"


def claim_plek(host: str, poort: int) -> Plek:
    """Take an address and port before any work is done.

    Parameters
    ----------
    host
        Name or address of this machine.
    poort
        Port number; 0 lets the system choose a free one.

    Raises
    ------
    PoortBezetError
        When another program holds the port, or the address is not this machine's.
    """
    try:
        soort, _, _, _, adres = socket.getaddrinfo(host, poort, type=socket.SOCK_STREAM)[0]
        luisteraar = socket.create_server(adres[:2], family=soort)
    except OSError as fout:
        raise PoortBezetError(
            f"poort {poort} op {host} is niet vrij ({fout.strerror or fout}).",
            herstel="Sluit het programma dat de poort gebruikt, of kies een andere met --poort.",
        ) from fout
    return Plek(host, luisteraar.getsockname()[1], luisteraar)


def serve(app: Flask, plek: Plek, instellingen: Instellingen, *, open_browser: bool) -> None:
    """Serve until Ctrl+C, which waitress itself catches, and return."""
    server = waitress.create_server(
        app,
        sockets=[plek.socket],
        threads=instellingen.draden,
        # A stream keeps its connection too: with waitress's own limit of 100 the next waits.
        connection_limit=10 * instellingen.draden,
        max_request_body_size=instellingen.lichaam_grens,
        ident=None,
    )
    if open_browser:
        wekker = threading.Timer(_WACHT_OP_BROWSER_S, webbrowser.open, [plek.url])
        wekker.daemon = True
        wekker.start()
    try:
        server.run()
    finally:
        server.close()
