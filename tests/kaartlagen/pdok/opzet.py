"""Starting a real OGC API Features server (pygeoapi), with collections in PDOK's schema."""

from __future__ import annotations

import importlib.util
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from kaartlagen.pdok_http import Beleid
from tests.conftest import IN_CI
from tests.kaartlagen.pdok import streek

SNEL = Beleid(wacht_s=0.01, tempo_s=0.0, lezen_s=20.0, hoogstens_bytes=8 * 1024**2)
"""The ordinary policy, without the patience, and for small answers."""

ZONDER_PROXY = {"NO_PROXY": "127.0.0.1,localhost", "no_proxy": "127.0.0.1,localhost"}
"""Environment in which loopback is asked directly, whatever the machine's proxy is."""


@contextmanager
def running_pygeoapi(map_: Path) -> Iterator[str]:
    """Give the scheme, host and port of a running pygeoapi with all collections."""
    if importlib.util.find_spec("pygeoapi") is None:
        if IN_CI and sys.platform == "linux":
            pytest.fail("pygeoapi ontbreekt; het hoort bij de test-extra")
        pytest.skip("pygeoapi is niet geïnstalleerd (test-extra, alleen op Linux)")
    with socket.socket() as vrij:
        vrij.bind(("127.0.0.1", 0))
        poort = vrij.getsockname()[1]
    basis = f"http://127.0.0.1:{poort}"
    (map_ / "config.yml").write_text(json.dumps(_config(map_, basis)), encoding="utf-8")
    (map_ / "openapi.yml").write_text(
        json.dumps({"openapi": "3.0.2", "info": {"title": "proef", "version": "1"}, "paths": {}}),
        encoding="utf-8",
    )
    omgeving = {
        **os.environ,
        "PYGEOAPI_CONFIG": str(map_ / "config.yml"),
        "PYGEOAPI_OPENAPI": str(map_ / "openapi.yml"),
    }
    logboek = map_ / "logboek.txt"
    with logboek.open("wb") as uit:
        proces = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("dienst.py")), str(poort)],
            env=omgeving,
            stdout=uit,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_for(basis, proces, logboek)
            yield basis
        finally:
            proces.terminate()
            proces.wait(20)


def _wait_for(basis: str, proces: subprocess.Popen, logboek: Path) -> None:
    einde = time.monotonic() + 120
    sessie = requests.Session()
    sessie.trust_env = False
    while time.monotonic() < einde:
        if proces.poll() is not None:
            break
        try:
            if sessie.get(f"{basis}/collections?f=json", timeout=5).status_code == 200:
                return
        except requests.ConnectionError:
            time.sleep(0.2)
    pytest.fail(f"pygeoapi start niet:\n{logboek.read_text(encoding='utf-8')[-3000:]}")


def _config(map_: Path, basis: str) -> dict[str, object]:
    inhoud = {
        "perceel": streek.percelen(),
        "gemeentegebied": streek.gemeenten(),
        "pand": streek.panden(),
        "verblijfsobject": streek.verblijfsobjecten(),
        "leeg": streek.percelen()[:1],
        # A service that has not heard of RD.
        "perceel_lonlat": streek.in_lonlat(streek.percelen()),
    }
    return {
        "server": {
            "bind": {"host": "127.0.0.1", "port": 0},
            "url": basis,
            "mimetype": "application/json; charset=UTF-8",
            "encoding": "utf-8",
            "languages": ["nl-NL"],
            "limits": {"default_items": 10, "max_items": 1000},
            "map": {"url": "https://voorbeeld/{z}/{x}/{y}.png", "attribution": "geen"},
        },
        "logging": {"level": "ERROR"},
        "metadata": {
            "identification": {
                "title": "proef",
                "description": "proef",
                "keywords": ["proef"],
                "terms_of_service": "geen",
                "url": "https://voorbeeld",
            },
            "license": {"name": "CC BY 4.0", "url": "https://voorbeeld"},
            "provider": {"name": "proef", "url": "https://voorbeeld"},
            "contact": {"name": "proef"},
        },
        "resources": {
            naam: _resource(naam, streek.write_collection(map_ / f"{naam}.geojson", features))
            for naam, features in inhoud.items()
        },
    }


def _resource(naam: str, pad: Path) -> dict[str, object]:
    is_rd = not naam.endswith("_lonlat")
    stelsel = {
        "crs": [streek.CRS84_URI, streek.RD_URI] if is_rd else [streek.CRS84_URI],
        "storage_crs": streek.RD_URI if is_rd else streek.CRS84_URI,
    }
    return {
        "type": "collection",
        "title": naam,
        "description": naam,
        "keywords": [naam],
        "links": [
            {
                "rel": "license",
                "type": "text/html",
                "title": "CC BY 4.0 (proef)",
                "href": "https://voorbeeld/licentie",
            }
        ],
        "extents": {"spatial": {"bbox": [3.0, 50.0, 8.0, 54.0], "crs": streek.CRS84_URI}},
        "providers": [
            {"type": "feature", "name": "GeoJSON", "data": str(pad), "id_field": "id", **stelsel}
        ],
    }
