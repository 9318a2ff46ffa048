"""The page's shield: a nonce per answer, a strict policy, and only hosts that are ours."""

from __future__ import annotations

import ipaddress
import secrets
import socket
from collections.abc import Callable
from urllib.parse import urlsplit

from flask import Flask, Response, g, request

from webmap.config import ALLE_ADRESSEN, LOOPBACK
from webmap.errors import HostError, ToegangError

EIGEN_KOP = "X-DAEB"
"""A page elsewhere cannot send a header of its own without asking, and is never answered."""

_LEZEND = frozenset({"GET", "HEAD", "OPTIONS"})
_VASTE_KOPPEN = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def content_security_policy(nonce: str) -> str:
    """Return the policy: everything from this server, inline script only with the nonce."""
    regels = (
        "default-src 'none'",
        f"script-src 'self' 'nonce-{nonce}'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "font-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
    return "; ".join(regels)


def accepts_host(host: str) -> Callable[[str], bool]:
    """Make the test that a Host header must pass on a server bound to `host`.

    A page elsewhere can point its own name at 127.0.0.1 (DNS rebinding); it cannot make
    the browser send another name than its own. Bound to every address, a bare IP address
    and the machine's own name pass too, since neither can be rebound from outside.
    """
    namen = LOOPBACK | {host.lower()}
    overal = host in ALLE_ADRESSEN
    if overal:
        namen |= {socket.gethostname().lower()}

    def accept(kop: str) -> bool:
        try:
            naam = urlsplit(f"//{kop}").hostname or ""
        except ValueError:
            return False
        return naam in namen or (overal and _is_address(naam))

    return accept


def check_origin() -> None:
    """Refuse to write for another page than one of ours.

    Raises
    ------
    ToegangError
        When our header is missing, or the browser says that the request comes from elsewhere.
    """
    if request.method in _LEZEND or request.url_rule is None:
        return
    herkomst = request.headers.get("Origin")
    elders = herkomst is not None and urlsplit(herkomst).netloc != request.host
    vreemd = request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}
    if EIGEN_KOP not in request.headers or elders or vreemd:
        raise ToegangError(
            "Dit verzoek komt niet van deze pagina.",
            herstel=f"Een eigen programma stuurt de kop {EIGEN_KOP}: 1 mee.",
        )


def protect(app: Flask, host: str) -> None:
    """Hang the host check, the nonce and the headers on the app."""
    accept = accepts_host(host)

    def check_host() -> None:
        g.nonce = secrets.token_urlsafe(18)
        if not accept(request.headers.get("Host", "")):
            raise HostError(
                "Dit adres hoort niet bij deze kaart.",
                herstel=f"Open de kaart op http://{host}.",
            )

    def add_headers(antwoord: Response) -> Response:
        for naam, waarde in _VASTE_KOPPEN.items():
            antwoord.headers.setdefault(naam, waarde)
        # A failure before the nonce was made still gets a policy, with one nobody knows.
        nonce = g.get("nonce") or secrets.token_urlsafe(18)
        antwoord.headers["Content-Security-Policy"] = content_security_policy(nonce)
        return antwoord

    app.before_request(check_host)
    app.before_request(check_origin)
    app.after_request(add_headers)


def _is_address(naam: str) -> bool:
    try:
        ipaddress.ip_address(naam)
    except ValueError:
        return False
    return True
