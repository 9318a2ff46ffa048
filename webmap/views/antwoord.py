"""What the answers with data share: the box that is asked for, and an ETag."""

from __future__ import annotations

import math

from flask import Response, request

from webmap.errors import VerzoekError
from webmap.kaart import Bbox


def parse_bbox(tekst: str) -> Bbox:
    """Read a box xmin,ymin,xmax,ymax in RD metres.

    Raises
    ------
    VerzoekError
        When it is no four numbers, or the box is empty or turned around.
    """
    try:
        links, onder, rechts, boven = (float(deel) for deel in tekst.split(","))
    except ValueError:
        raise VerzoekError(
            "Het kader is niet te lezen.",
            herstel="Geef vier getallen: bbox=xmin,ymin,xmax,ymax in RD-meters.",
        ) from None
    if (
        not all(map(math.isfinite, (links, onder, rechts, boven)))
        or links >= rechts
        or onder >= boven
    ):
        raise VerzoekError(
            "Het kader is leeg of omgekeerd.", herstel="xmin en ymin zijn de kleinste getallen."
        )
    return links, onder, rechts, boven


def answer(inhoud: bytes, soort: str) -> Response:
    """Answer with an ETag; the browser asks again each time and mostly hears 304."""
    antwoord = Response(inhoud, content_type=soort)
    antwoord.headers["Cache-Control"] = "private, no-cache"
    antwoord.add_etag()
    antwoord.make_conditional(request)
    return antwoord
