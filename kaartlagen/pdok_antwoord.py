"""What a service answers, and what that means: done, wait, or no."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from kaartlagen.errors import DienstError

LATER = "Probeer het later opnieuw."
DRUK = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Status codes of a service that may well answer if asked again."""

_VERWIJZING = frozenset({301, 302, 303, 307, 308})
_POORTEN = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Antwoord:
    """A JSON document, where it came from in the end, and the CRS that its header names."""

    document: dict[str, Any]
    url: str
    crs: str | None


@dataclass(frozen=True, slots=True)
class Ruw:
    """A response as it came: status, body, and the headers that matter."""

    status: int
    inhoud: bytes
    locatie: str | None = None
    retry_after: str | None = None
    crs: str | None = None

    @property
    def elders(self) -> str | None:
        """The address that the service refers to instead of answering; None for none."""
        return self.locatie if self.status in _VERWIJZING else None


def origin(url: str) -> tuple[str, str | None, int | None]:
    """Give scheme, host and port; what is no address has an origin of its own."""
    try:
        delen = urlsplit(url)
        schema = delen.scheme.lower()
        return schema, delen.hostname, delen.port or _POORTEN.get(schema)
    except ValueError:
        return url, None, None


def require_answer(ruw: Ruw, url: str) -> Ruw:
    """Let an answer through that is one; a refusal will not get better by asking again.

    Raises
    ------
    DienstError
        When the service refuses.
    """
    if ruw.status == 200 or ruw.elders is not None:
        return ruw
    raise DienstError(
        f"de dienst weigert het verzoek (fout {ruw.status}).",
        waar=url,
        herstel="Controleer het adres van de dienst (--bron), of probeer het later opnieuw.",
    )


def read_json(ruw: Ruw, url: str) -> dict[str, Any]:
    """Read the body as a JSON object.

    Raises
    ------
    DienstError
        When it is something else, such as the page of a proxy.
    """
    try:
        document = json.loads(ruw.inhoud, parse_constant=_no_number)
    except (ValueError, RecursionError) as fout:
        begin = ruw.inhoud.lstrip()[:1]
        wat = "een webpagina" if begin == b"<" else "geen JSON, of een afgebroken antwoord"
        raise DienstError(
            f"de dienst geeft {wat}.",
            waar=url,
            herstel="Controleer het adres van de dienst (--bron) en of een proxy ertussen zit.",
        ) from fout
    if not isinstance(document, dict):
        raise DienstError("het antwoord is geen JSON-object.", waar=url, herstel=LATER)
    return document


def asked_wait(retry_after: str | None) -> float | None:
    """Read Retry-After in seconds, also from a date; None for nothing to be understood."""
    tekst = (retry_after or "").strip()
    if tekst.isascii() and tekst.isdigit():
        return float(tekst)
    try:
        moment = parsedate_to_datetime(tekst)
    except (ValueError, TypeError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _no_number(tekst: str) -> float:
    """Refuse NaN and Infinity: Python reads them, JSON does not have them."""
    raise ValueError(tekst)
