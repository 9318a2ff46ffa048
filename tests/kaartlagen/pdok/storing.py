"""A service between the client and the real one that goes wrong as it is told."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import requests

Storing = Callable[["Verzoek"], None]


@dataclass
class Verzoek:
    """One request: how many there were before it, and ways to answer it."""

    nummer: int
    pad: str
    kop: dict[str, str]
    _handler: BaseHTTPRequestHandler
    _bron: str
    eigen: str

    def forward(self, wijzig: Callable[[dict], object] | None = None) -> None:
        """Answer as the real service does, with its addresses made ours."""
        antwoord = requests.get(self._bron + self.pad, headers={"Accept": self.kop["Accept"]})
        inhoud = antwoord.content.replace(self._bron.encode(), self.eigen.encode())
        if wijzig is not None:
            document = json.loads(inhoud)
            inhoud = json.dumps(wijzig(document) or document).encode()
        crs = antwoord.headers.get("Content-Crs")
        self.answer(antwoord.status_code, inhoud, **({"Content-Crs": crs} if crs else {}))

    def answer(self, status: int, inhoud: bytes = b"", **koppen: str) -> None:
        self._handler.send_response(status)
        for naam, waarde in koppen.items():
            self._handler.send_header(naam.replace("_", "-"), waarde)
        self._handler.send_header("Content-Length", str(len(inhoud)))
        self._handler.end_headers()
        self._handler.wfile.write(inhoud)

    def json(self, document: object, **koppen: str) -> None:
        self.answer(200, json.dumps(document).encode(), **koppen)

    def bomb(self, grootte: int) -> None:
        """Answer with little that unpacks to much."""
        self.answer(200, gzip.compress(b" " * grootte), Content_Encoding="gzip")

    def cut(self) -> None:
        """Promise more than is sent and hang up."""
        self._handler.send_response(200)
        self._handler.send_header("Content-Length", "100000")
        self._handler.end_headers()
        self._handler.wfile.write(b'{"type": "FeatureColl')
        self._handler.close_connection = True

    def hang_up(self) -> None:
        """Hang up without a word."""
        self._handler.close_connection = True

    def stall(self, seconden: float) -> None:
        time.sleep(seconden)
        self.forward()


@dataclass
class Stoorzender:
    """The proxy: its address, what was asked of it, and what goes wrong by request number."""

    bron: str
    basis: str = ""
    verzoeken: list[str] = field(default_factory=list)
    koppen: list[dict[str, str]] = field(default_factory=list)
    storingen: dict[int, Storing] = field(default_factory=dict)
    altijd: Storing | None = None

    def on(self, *nummers: int, doe: Storing) -> None:
        """Let the requests with these numbers (from 1) go wrong."""
        self.storingen.update(dict.fromkeys(nummers, doe))


@contextmanager
def stoorzender(bron: str = "http://127.0.0.1:9") -> Iterator[Stoorzender]:
    """Run a proxy before the service at `bron` (scheme, host and port)."""
    zender = Stoorzender(bron)
    slot = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            with slot:
                zender.verzoeken.append(self.path)
                zender.koppen.append(dict(self.headers))
                nummer = len(zender.verzoeken)
            verzoek = Verzoek(nummer, self.path, dict(self.headers), self, bron, zender.basis)
            doe = zender.storingen.get(nummer, zender.altijd)
            try:
                verzoek.forward() if doe is None else doe(verzoek)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    zender.basis = f"http://127.0.0.1:{server.server_address[1]}"
    draad = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    draad.start()
    try:
        yield zender
    finally:
        server.shutdown()
        server.server_close()
        draad.join()
