"""What the tests of the map share: a project in memory, a client, a server and a browser."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from tests.webmap.nepgegevens import NepGegevens
from tests.webmap.voorbeeldregio import copy_regio, make_regio
from webmap import create_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser

STATISCH = Path(__file__).parents[2] / "webmap" / "static"
_ARGUMENTEN = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture
def gegevens() -> NepGegevens:
    return NepGegevens()


@pytest.fixture(scope="session")
def regio_bron(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_regio(tmp_path_factory.mktemp("regio") / "project")


@pytest.fixture
def regio(regio_bron: Path, tmp_path: Path) -> Path:
    """A copy of the example region to write in."""
    return copy_regio(regio_bron, tmp_path / "regio")


@pytest.fixture
def app(gegevens: NepGegevens, tmp_path: Path) -> Flask:
    return create_app(tmp_path, open_gegevens=lambda: gegevens, flask_config={"TESTING": True})


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[[NepGegevens], str]]:
    """Serve projects in memory on ports of their own; returns the address of the page."""
    servers = []

    def start(gegevens: NepGegevens) -> str:
        app = create_app(tmp_path, open_gegevens=lambda: gegevens)
        server = make_server("127.0.0.1", 0, app, threaded=True)
        draad = threading.Thread(target=server.serve_forever)
        draad.start()
        servers.append((server, draad))
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server, draad in servers:
        server.shutdown()
        draad.join()
        server.server_close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The rules of accessibility as a script."""
    gevonden = sorted((Path(__file__).parent / "vendor").rglob("axe.min.js"))
    if not gevonden:
        pytest.skip("axe-core staat er niet (hatch_build.py --test)")
    return gevonden[0].read_text(encoding="utf-8")


@pytest.fixture
def serve_map() -> Iterator[Callable[[Path], str]]:
    """Serve project folders on ports of their own; returns the address of the page."""
    servers = []

    def start(project_map: Path) -> str:
        server = make_server("127.0.0.1", 0, create_app(project_map), threaded=True)
        draad = threading.Thread(target=server.serve_forever)
        draad.start()
        servers.append((server, draad))
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server, draad in servers:
        server.shutdown()
        draad.join()
        server.server_close()


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    if not (STATISCH / "vendor" / "leaflet" / "leaflet.js").exists():
        pytest.skip("de voorkantpakketten staan er niet (hatch_build.py)")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as speler:
        instantie = speler.chromium.launch(executable_path=chromium, args=list(_ARGUMENTEN))
        yield instantie
        instantie.close()
