"""From error to answer: one table from error class to HTTP status, one shape for a problem.

A browser that reads a page gets a Dutch page; a script that reads data gets
`application/problem+json` (RFC 9457) with the same words.
"""

from __future__ import annotations

import json
import logging
from typing import Any

from flask import Flask, Response, make_response, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError

from daeb_locaties.errors import (
    AkkoordError,
    BodError,
    DaebError,
    GesprekError,
    LocatieError,
    RegisterError,
    ReservekopieError,
)
from daeb_locaties.register import Botsing, ConflictError
from daeb_locaties.register.woorden import name_author, name_value, name_veld
from kaartlagen.errors import (
    BijlageError,
    BronError,
    CrsError,
    DienstError,
    KaartlagenError,
    KolomError,
    OnbekendeSoortError,
    OpslagError,
)
from kaartlagen.overlay.errors import (
    GeannuleerdError,
    NietOndersteundError,
    OppervlakteindexError,
)
from webmap.errors import (
    GeweigerdError,
    HostError,
    LuisteraarsError,
    NietGevondenError,
    PoortBezetError,
    TeGrootError,
    ToegangError,
    VerzoekError,
    VoorwaardeError,
    WebmapError,
    WieOnbekendError,
)

STATUS_PER_FOUT: dict[type[KaartlagenError], int] = {
    VerzoekError: 400,
    HostError: 400,
    ToegangError: 403,
    WieOnbekendError: 403,
    NietGevondenError: 404,
    AkkoordError: 409,
    PoortBezetError: 409,
    ConflictError: 412,
    TeGrootError: 422,
    BodError: 422,
    LocatieError: 422,
    GesprekError: 422,
    GeweigerdError: 422,
    BronError: 422,
    BijlageError: 422,
    OnbekendeSoortError: 422,
    CrsError: 422,
    KolomError: 422,
    NietOndersteundError: 422,
    VoorwaardeError: 428,
    LuisteraarsError: 503,
    OpslagError: 503,
    DienstError: 503,
    OppervlakteindexError: 503,
    GeannuleerdError: 503,
    RegisterError: 503,
    ReservekopieError: 503,
    WebmapError: 500,
    DaebError: 500,
    KaartlagenError: 500,
}

TITELS: dict[int, str] = {
    400: "Het verzoek klopt niet",
    403: "Geen toegang",
    404: "Niet gevonden",
    405: "Dit kan hier niet",
    409: "Het project spreekt zichzelf tegen",
    412: "Iemand anders was u voor",
    413: "Het verzoek is te groot",
    415: "Dit soort inhoud wordt hier niet gelezen",
    422: "Het verzoek kan niet worden verwerkt",
    428: "Zeg eerst welke versie u zag",
    500: "Er ging iets mis in het programma",
    503: "De gegevens zijn nu niet te lezen",
}

_UITLEG_PER_STATUS: dict[int, str] = {
    404: "Deze pagina bestaat niet. Ga terug naar de kaart.",
    405: "Dit adres neemt dit soort verzoeken niet aan.",
    413: "Stuur minder tegelijk, bijvoorbeeld een vlak met minder hoekpunten.",
    500: "De fout staat in het venster waarin de kaart is gestart. Probeer het opnieuw.",
}

_logboek = logging.getLogger(__name__)


def status_of(fout: KaartlagenError) -> int:
    """Return the HTTP status of an error: that of its nearest class in the table."""
    return next(
        STATUS_PER_FOUT[klasse] for klasse in type(fout).__mro__ if klasse in STATUS_PER_FOUT
    )


def register_problems(app: Flask) -> None:
    """Hang the handlers on the app."""
    app.register_error_handler(KaartlagenError, _answer_known)
    app.register_error_handler(HTTPException, _answer_http)


def _answer_known(fout: KaartlagenError) -> Response:
    status = status_of(fout)
    if status >= 500:
        _logboek.error("%s", fout.melding)
    return _problem(status, fout.melding, _members(fout))


def _members(fout: KaartlagenError) -> dict[str, Any]:
    """Return what a script needs beside the words, to help its user on."""
    if isinstance(fout, ConflictError):
        return {"naam": fout.waar, "botsingen": [_describe_botsing(b) for b in fout.botsingen]}
    if isinstance(fout, WieOnbekendError):
        return {"code": "wie_onbekend"}
    return {}


def _describe_botsing(botsing: Botsing) -> dict[str, Any]:
    """Put both values of a field side by side, in words."""
    aanraking = botsing.aanraking
    return {
        "veld": aanraking.veld,
        "naam": name_veld(aanraking.veld),
        "nu": name_value(aanraking.veld, aanraking.nu),
        "gevraagd": name_value(aanraking.veld, botsing.gevraagd),
        "wie": name_author(aanraking.wie, aanraking.partij),
        "tijdstip": aanraking.tijdstip.isoformat(),
        "zin": botsing.zin,
    }


def _answer_http(fout: HTTPException) -> Response:
    status = fout.code or 500
    if isinstance(fout, InternalServerError) and fout.original_exception is not None:
        _logboek.error("onverwachte fout bij %s", request.path, exc_info=fout.original_exception)
    return _problem(status, _UITLEG_PER_STATUS.get(status, TITELS.get(status, "")))


def _problem(status: int, uitleg: str, leden: dict[str, Any] | None = None) -> Response:
    titel = TITELS.get(status, "Het verzoek is niet gelukt")
    if _wants_page():
        pagina = render_template("probleem.html", status=status, titel=titel, uitleg=uitleg)
        return make_response(pagina, status)
    inhoud = {"type": "about:blank", "title": titel, "status": status, "detail": uitleg}
    inhoud |= leden or {}
    antwoord = make_response(json.dumps(inhoud, ensure_ascii=False), status)
    antwoord.content_type = "application/problem+json; charset=utf-8"
    return antwoord


def _wants_page() -> bool:
    soorten = request.accept_mimetypes
    return not request.path.startswith(("/api/", "/tegels")) and soorten.accept_html
