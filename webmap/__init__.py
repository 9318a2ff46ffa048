"""The map and its screens: people, sessions and pages, and no rule of its own."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask

from webmap.beveiliging import protect
from webmap.config import Instellingen
from webmap.gegevens import OpenGegevens, ProjectGegevens
from webmap.geheugen import Laaggeheugen
from webmap.live import Zender
from webmap.notatie import format_aandeel, format_datum, format_getal, format_moment, format_procent
from webmap.problems import register_problems
from webmap.tegelkast import Tegelkast
from webmap.views.data import data
from webmap.views.geschiedenis import geschiedenis
from webmap.views.ik import ik
from webmap.views.kaartpagina import kaartpagina
from webmap.views.markeren import markeren
from webmap.views.screening import screening
from webmap.views.sessie import bind_project, bind_sessie, bind_tegelkast
from webmap.views.stroom import bind_zender, stroom
from webmap.views.tegels import tegels
from webmap.views.wijzigen import wijzigen


def create_app(
    project_map: Path,
    *,
    instellingen: Instellingen | None = None,
    open_gegevens: OpenGegevens | None = None,
    flask_config: Mapping[str, Any] | None = None,
) -> Flask:
    """Make the map server of one project.

    Parameters
    ----------
    project_map
        The project folder.
    instellingen
        Settings; the defaults for this folder when left out.
    open_gegevens
        What opens the project for a request; tests give rows in memory.
    flask_config
        Extra Flask settings, such as ``{"TESTING": True}``.

    Returns
    -------
    Flask
        A WSGI app that reads the project anew for every request.
    """
    _fix_file_types()
    app = Flask(__name__)
    app.config.update(flask_config or {})
    gekozen = instellingen or Instellingen(project_map)
    geheugen, kast = Laaggeheugen(), Tegelkast()
    open_project = open_gegevens or (lambda: ProjectGegevens(project_map, geheugen, kast))
    bind_project(app, gekozen, open_project)
    bind_sessie(app, gekozen)
    bind_tegelkast(app, kast)
    bind_zender(app, Zender(open_project, gekozen.luisteraars))
    protect(app, gekozen.host)
    register_problems(app)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        getal=format_getal,
        procent=format_procent,
        aandeel=format_aandeel,
        datum=format_datum,
        moment=format_moment,
    )
    app.register_blueprint(kaartpagina)
    app.register_blueprint(data)
    app.register_blueprint(screening)
    app.register_blueprint(tegels)
    for blauwdruk in (ik, markeren, wijzigen, geschiedenis, stroom):
        app.register_blueprint(blauwdruk)
    return app


def _fix_file_types() -> None:
    """Name the types that Windows may get wrong from its registry.

    A module script sent as text/plain is refused by every browser.
    """
    mimetypes.add_type("text/javascript", ".js")
    mimetypes.add_type("text/css", ".css")
    mimetypes.add_type("image/svg+xml", ".svg")
