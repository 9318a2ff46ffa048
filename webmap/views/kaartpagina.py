"""The one page: map, list, panel and balans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from flask import Blueprint, Response, current_app, render_template

from daeb_locaties.begrippen import Hardheid, Maat
from daeb_locaties.model import LocatieRegel
from webmap.balk import DELEN, scale_of, stack
from webmap.gegevens import Gegevens
from webmap.kaart import NEDERLAND_RD, Bbox, render_kaart
from webmap.ontbreekt import find_gemis
from webmap.views.antwoord import answer
from webmap.views.sessie import gegevens, instellingen

kaartpagina = Blueprint("kaartpagina", __name__)

_RAND_M = 150.0


@kaartpagina.get("/")
def show_kaart() -> str:
    """Show the page with everything but the geometry, which the browser fetches."""
    bron = gegevens()
    stand = bron.stand()  # before anything is read: what comes meanwhile is told again
    bron.refresh()
    regels = bron.regels()
    bbox = _opening_bbox(bron, regels)
    return render_template(
        "kaart.html",
        kaart=render_kaart(bbox),
        bbox=bbox,
        stand=stand,
        samen=True,
        akkoord=bron.akkoord,
        gemis=find_gemis(bron, len(regels)),
        keten=bron.keten(),
        percelen_zoom=instellingen().percelen_zoom,
        **_figures(bron, regels),
    )


@kaartpagina.get("/delen")
def show_delen() -> Response:
    """Send the parts of the page that figures stand in, for a page that is open already.

    Every open page asks for them after a change, so they are made once per state.
    """
    bron = gegevens()
    stand = bron.stand()
    bron.refresh()
    keten = bron.keten()
    sleutel = (stand, keten.gedraaid_op if keten else None)
    bewaard: dict[str, Any] = current_app.extensions.setdefault("delen", {})
    if bewaard.get("sleutel") != sleutel:
        html = render_template("delen.html", **_figures(bron, bron.regels()))
        bewaard.update(sleutel=sleutel, html=html.encode())
    return answer(bewaard["html"], "text/html; charset=utf-8")


def _figures(bron: Gegevens, regels: Sequence[LocatieRegel]) -> dict[str, Any]:
    """Return what the list, the region and the balans show."""
    balans = bron.balans()
    tellingen = Counter(regel.oordeel.hardheid for regel in regels)
    return {
        "regels": regels,
        "daeb": Maat.DAEB,
        "tellingen": [(hardheid, tellingen[hardheid]) for hardheid in Hardheid],
        "balans": balans,
        "delen": DELEN,
        "regiobalk": stack(balans.regio, scale_of([balans.regio])),
        "balken": [(rij, stack(rij, scale_of(balans.gemeenten))) for rij in balans.gemeenten],
    }


@kaartpagina.get("/favicon.ico")
def show_favicon() -> Response:
    """Serve the mark; a browser asks for it whatever the page says."""
    return current_app.send_static_file("favicon.svg")


def _opening_bbox(bron: Gegevens, regels: Sequence[LocatieRegel]) -> Bbox:
    """Return the box around the locaties, else around the plans, else the country."""
    if regels:
        vormen = np.array([regel.locatie.geometrie_rd for regel in regels], dtype=object)
        links, onder, rechts, boven = (float(grens) for grens in shapely.total_bounds(vormen))
        return links - _RAND_M, onder - _RAND_M, rechts + _RAND_M, boven + _RAND_M
    for laag in ("plangebieden", "gemeenten"):
        bbox = bron.laagomvang(laag)[1]
        if bbox is not None:
            return bbox
    return NEDERLAND_RD
