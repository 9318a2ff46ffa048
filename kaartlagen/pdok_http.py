"""Asking a web service for JSON: patient, polite, never on another host, never too much.

The only module that opens a network connection; it does so only when somebody asks.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

import requests
from requests import exceptions as mis

import kaartlagen
from kaartlagen.errors import DienstError
from kaartlagen.pdok_antwoord import (
    DRUK,
    LATER,
    Antwoord,
    Ruw,
    asked_wait,
    origin,
    read_json,
    require_answer,
)

USER_AGENT = f"daeb-locaties/{kaartlagen.__version__} (kaartlagen)"

_VOORBIJGAAND = (
    mis.ConnectionError,
    mis.Timeout,
    mis.ChunkedEncodingError,
    mis.ContentDecodingError,
)
_BLOK = 1 << 16

Melden = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Beleid:
    """How patient and how polite a download is; times in seconds.

    A failed request is tried again after `wacht_s`, twice that, and so on, up to
    `hoogstens_wacht_s`, or as long as the service asks; a service that asks for more is
    left alone. `tempo_s` is the least time between two requests.
    """

    pogingen: int = 6
    wacht_s: float = 1.0
    hoogstens_wacht_s: float = 120.0
    tempo_s: float = 0.2
    verbinden_s: float = 10.0
    lezen_s: float = 60.0
    antwoord_s: float = 300.0
    hoogstens_bytes: int = 256 * 1024 * 1024
    hoogstens_doorverwezen: int = 5


class _Anoniem(requests.auth.AuthBase):
    """No credentials: without this, requests looks for them in the user's .netrc."""

    def __call__(self, verzoek: requests.PreparedRequest) -> requests.PreparedRequest:
        return verzoek


class Dienst:
    """A service on one host; use it in a `with`.

    Parameters
    ----------
    basis
        Address of the service. Only its scheme, host and port are ever asked.
    beleid
        How patient and polite.
    melden
        Told (Dutch) when a request has to wait.
    slaap
        Waits so many seconds; for tests.
    """

    def __init__(
        self,
        basis: str,
        beleid: Beleid | None = None,
        *,
        melden: Melden | None = None,
        slaap: Callable[[float], None] = time.sleep,
    ) -> None:
        self.basis = basis
        self.beleid = beleid or Beleid()
        self._melden = melden
        self._slaap = slaap
        self._vorige = -float("inf")
        self._verbonden = False
        self._sessie = requests.Session()
        self._sessie.auth = _Anoniem()
        self._sessie.headers.update(
            {"User-Agent": USER_AGENT, "Accept": "application/geo+json, application/json"}
        )

    def __enter__(self) -> Self:
        """Return the service itself."""
        return self

    def __exit__(
        self,
        soort: type[BaseException] | None,
        fout: BaseException | None,
        spoor: TracebackType | None,
    ) -> None:
        """Close the connections."""
        self._sessie.close()

    def get(self, url: str) -> Antwoord:
        """Ask for a JSON object.

        Raises
        ------
        DienstError
            When the address is on another host, the service cannot be reached, refuses or
            stays busy, or the answer is too large or no JSON object.
        """
        for _ in range(self.beleid.hoogstens_doorverwezen + 1):
            self.require_same_host(url)
            ruw = self._patiently(url)
            if ruw.elders is None:
                return Antwoord(read_json(ruw, url), url, ruw.crs)
            url = urljoin(url, ruw.elders)
        raise DienstError("de dienst blijft doorverwijzen.", waar=url, herstel=LATER)

    def require_same_host(self, url: str) -> None:
        """Refuse an address on another scheme, host or port than the service's own.

        Raises
        ------
        DienstError
            When it is elsewhere: a service must not send its visitors on.
        """
        if origin(url) != origin(self.basis):
            raise DienstError(
                f"de dienst verwijst naar een andere computer ({url[:100]}); dat adres wordt niet "
                "gevolgd.",
                waar=self.basis,
                herstel="Controleer het adres van de dienst (--bron).",
            )

    def _patiently(self, url: str) -> Ruw:
        """Ask again after passing failures."""
        poging = 0
        while True:
            poging += 1
            reden, gevraagd, oorzaak = "", None, None
            try:
                ruw = self._once(url)
            except mis.SSLError as fout:
                raise _certificate(url) from fout
            except _VOORBIJGAAND as fout:
                reden, oorzaak = _reason(fout), fout
            except mis.RequestException as fout:
                raise DienstError(
                    f"de dienst is niet te bevragen ({type(fout).__name__}).", waar=url
                ) from fout
            else:
                self._verbonden = True
                if ruw.status not in DRUK:
                    return require_answer(ruw, url)
                reden, gevraagd = f"de dienst antwoordt met fout {ruw.status}", ruw.retry_after
            # Without any answer so far there may be no network at all: say so soon.
            if poging >= (self.beleid.pogingen if self._verbonden else 2):
                raise _gave_up(url, reden, poging, self._verbonden) from oorzaak
            self._wait(self._delay(poging, gevraagd, url), reden)

    def _once(self, url: str) -> Ruw:
        self._keep_pace()
        beleid = self.beleid
        with self._sessie.get(
            url,
            stream=True,
            allow_redirects=False,
            timeout=(beleid.verbinden_s, beleid.lezen_s),
        ) as antwoord:
            einde = time.monotonic() + beleid.antwoord_s
            inhoud = b"".join(_limited(antwoord, beleid.hoogstens_bytes, einde, url))
            koppen = antwoord.headers
            crs = koppen.get("Content-Crs")
            return Ruw(
                status=antwoord.status_code,
                inhoud=inhoud,
                locatie=koppen.get("Location"),
                retry_after=koppen.get("Retry-After"),
                crs=crs.strip().strip("<>") if crs else None,
            )

    def _keep_pace(self) -> None:
        over = self._vorige + self.beleid.tempo_s - time.monotonic()
        if over > 0:
            self._slaap(over)
        self._vorige = time.monotonic()

    def _delay(self, poging: int, gevraagd: str | None, url: str) -> float:
        """Say how long to wait: what the service asks, else longer each time."""
        seconden = asked_wait(gevraagd)
        if seconden is None:
            langer: float = self.beleid.wacht_s * 2 ** (poging - 1)
            return min(langer, self.beleid.hoogstens_wacht_s)
        if seconden > self.beleid.hoogstens_wacht_s:
            raise DienstError(
                f"de dienst is druk en vraagt {seconden:.0f} seconden te wachten.",
                waar=url,
                herstel=LATER,
            )
        return seconden

    def _wait(self, seconden: float, reden: str) -> None:
        if self._melden is not None:
            self._melden(f"wachten, {seconden:.0f} s ({reden})")
        self._slaap(seconden)


def _limited(
    antwoord: requests.Response, hoogstens: int, einde: float, url: str
) -> Iterator[bytes]:
    """Read a body in pieces, up to a size and a moment; what it unpacks to counts."""
    aantal = 0
    for blok in antwoord.iter_content(_BLOK):
        aantal += len(blok)
        if aantal > hoogstens:
            raise DienstError(
                f"het antwoord is groter dan {hoogstens // 1024**2} MB.",
                waar=url,
                herstel="Vraag kleinere pagina's op (--limiet).",
            )
        if time.monotonic() > einde:
            raise mis.ReadTimeout
        yield blok


def _reason(fout: Exception) -> str:
    if isinstance(fout, mis.ProxyError):
        return "de proxy laat het verzoek niet door"
    if isinstance(fout, mis.ConnectTimeout):
        return "er komt geen verbinding tot stand"
    if isinstance(fout, mis.Timeout):
        return "de dienst antwoordt niet op tijd"
    if isinstance(fout, mis.ChunkedEncodingError | mis.ContentDecodingError):
        return "de verbinding werd verbroken"
    return "er is geen verbinding met de dienst"


def _gave_up(url: str, reden: str, pogingen: int, verbonden: bool) -> DienstError:
    if verbonden:
        return DienstError(f"{reden}, ook na {pogingen} pogingen.", waar=url, herstel=LATER)
    return DienstError(
        f"{reden}.",
        waar=url,
        herstel="Controleer de netwerkverbinding; een proxy geeft u op met HTTPS_PROXY. Zonder "
        "netwerk leest u een gedownload bestand in met `laag inlezen`.",
    )


def _certificate(url: str) -> DienstError:
    return DienstError(
        "het certificaat van de dienst wordt niet vertrouwd; er is niets opgehaald.",
        waar=url,
        herstel="Gebruikt uw organisatie een eigen certificaat, wijs het dan aan met "
        "REQUESTS_CA_BUNDLE.",
    )
