"""The project of this request: opened at the first question, closed with the answer."""

from __future__ import annotations

import hashlib
import secrets

from flask import Flask, current_app, g

from webmap.config import Instellingen
from webmap.gegevens import Gegevens, OpenGegevens
from webmap.tegelkast import Tegelkast

_SLEUTEL = "webmap"
_TEGELSLEUTEL = "tegelkast"


def bind_project(app: Flask, instellingen: Instellingen, open_gegevens: OpenGegevens) -> None:
    """Tell the app which project it shows."""
    app.extensions[_SLEUTEL] = (instellingen, open_gegevens)

    def close_project(_fout: BaseException | None) -> None:
        gegevens: Gegevens | None = g.pop("gegevens", None)
        if gegevens is not None:
            gegevens.close()

    app.teardown_appcontext(close_project)


def bind_sessie(app: Flask, instellingen: Instellingen) -> None:
    """Make the cookie of the session: signed, and for this project alone.

    The key lives as long as the server; after that the browser says again who it is. A
    cookie knows no ports, so two projects on one machine need two names.
    """
    afdruk = hashlib.sha256(str(instellingen.project_map.resolve()).encode()).hexdigest()
    app.config.update(
        SECRET_KEY=app.config.get("SECRET_KEY") or secrets.token_bytes(32),
        SESSION_COOKIE_NAME=f"daeb-{afdruk[:12]}",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        MAX_CONTENT_LENGTH=instellingen.lichaam_grens,
    )


def bind_tegelkast(app: Flask, kast: Tegelkast) -> None:
    """Give the app its memory of tiles."""
    app.extensions[_TEGELSLEUTEL] = kast


def tegelkast() -> Tegelkast:
    """Return the running app's memory of tiles."""
    kast: Tegelkast = current_app.extensions[_TEGELSLEUTEL]
    return kast


def instellingen() -> Instellingen:
    """Return the settings of the running app."""
    gekozen: Instellingen = current_app.extensions[_SLEUTEL][0]
    return gekozen


def gegevens() -> Gegevens:
    """Return the project's data for this request."""
    if "gegevens" not in g:
        g.gegevens = current_app.extensions[_SLEUTEL][1]()
    geopend: Gegevens = g.gegevens
    return geopend
