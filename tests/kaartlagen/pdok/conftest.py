"""A real OGC API Features server on loopback, and proxies that go wrong."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.kaartlagen.pdok.opzet import ZONDER_PROXY, running_pygeoapi
from tests.kaartlagen.pdok.storing import Stoorzender, stoorzender


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    for naam, waarde in ZONDER_PROXY.items():
        monkeypatch.setenv(naam, waarde)


@pytest.fixture(scope="session")
def pygeoapi(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_pygeoapi(tmp_path_factory.mktemp("pygeoapi")) as basis:
        yield basis


@pytest.fixture
def zender(pygeoapi: str) -> Iterator[Stoorzender]:
    """A proxy before pygeoapi that can be told to go wrong."""
    with stoorzender(pygeoapi) as proxy:
        yield proxy


@pytest.fixture
def nep() -> Iterator[Stoorzender]:
    """A service of its own, without pygeoapi behind it."""
    with stoorzender() as proxy:
        yield proxy
