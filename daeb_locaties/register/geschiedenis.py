"""The history of a locatie as Dutch sentences: who did what, when and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from daeb_locaties.register.bronwaarden import INGELEZEN
from daeb_locaties.register.gebeurtenis import Gebeurtenis
from daeb_locaties.register.onderwerpen import ONDERWERPEN
from daeb_locaties.register.opnemen import OPGENOMEN
from daeb_locaties.register.register import Register
from daeb_locaties.register.samenvoegen import SAMENGEVOEGD, UIT_SAMENVOEGING
from daeb_locaties.register.splitsen import GESPLITST, UIT_SPLITSING
from daeb_locaties.register.terugdraaien import TERUGGEDRAAID
from daeb_locaties.register.velden import Velden, same
from daeb_locaties.register.wijzigen import BEEINDIGD
from daeb_locaties.register.woorden import name_author, name_moment, name_value, name_veld


@dataclass(frozen=True, slots=True)
class Geschiedenisregel:
    """One event of a history, with the sentence that tells it."""

    gebeurtenis: Gebeurtenis
    zin: str


def read_history(register: Register, locatie_id: str) -> tuple[Geschiedenisregel, ...]:
    """Return everything that happened to a locatie, oldest first.

    The decisions on pairs that it is one of belong to it too.
    """
    return tuple(
        Geschiedenisregel(gebeurtenis, tell(gebeurtenis))
        for gebeurtenis in register.gebeurtenissen_van(locatie_id)
    )


def tell(gebeurtenis: Gebeurtenis) -> str:
    """Tell an event in one Dutch sentence."""
    wanneer = name_moment(gebeurtenis.tijdstip)
    wie = name_author(gebeurtenis.wie, gebeurtenis.partij)
    vertel = _VERTELLERS.get(gebeurtenis.soort, _tell_change)
    return f"Op {wanneer} {vertel(gebeurtenis, wie)}{_why(gebeurtenis.reden)}"


def _why(reden: str) -> str:
    """Add the reason: as part of the sentence where it was written as one, else after it."""
    if reden.startswith("omdat "):
        return f", {reden.rstrip('.')}."
    return f" (reden: {reden.rstrip('.')})."


def _tell_change(gebeurtenis: Gebeurtenis, wie: str) -> str:
    return f"wijzigde {wie} {_changes(gebeurtenis)}"


def _tell_add(gebeurtenis: Gebeurtenis, wie: str) -> str:
    if gebeurtenis.onderwerp == "paarbesluit":
        return f"legde {wie} over een mogelijk dubbel paar vast: {_decision(gebeurtenis)}"
    return f"nam {wie} {_subject(gebeurtenis)} op"


def _tell_read(gebeurtenis: Gebeurtenis, wie: str) -> str:
    return f"las {wie} een nieuwe opgave in: {_changes(gebeurtenis)}"


def _tell_end(_: Gebeurtenis, wie: str) -> str:
    return f"beëindigde {wie} deze locatie"


def _tell_split(gebeurtenis: Gebeurtenis, wie: str) -> str:
    aantal = len(gebeurtenis.nieuw.get("opvolgers") or ())
    return f"splitste {wie} deze locatie in {aantal} delen"


def _tell_part(gebeurtenis: Gebeurtenis, wie: str) -> str:
    return f"maakte {wie} {_subject(gebeurtenis)} door een andere locatie te splitsen"


def _tell_merge(_: Gebeurtenis, wie: str) -> str:
    return f"voegde {wie} deze locatie samen met andere"


def _tell_whole(gebeurtenis: Gebeurtenis, wie: str) -> str:
    aantal = len(gebeurtenis.nieuw.get("voorgangers") or ())
    return f"maakte {wie} {_subject(gebeurtenis)} door {aantal} locaties samen te voegen"


def _tell_undo(gebeurtenis: Gebeurtenis, wie: str) -> str:
    return f"draaide {wie} gebeurtenis {gebeurtenis.herroept} terug: {_changes(gebeurtenis)}"


_VERTELLERS: dict[str, Callable[[Gebeurtenis, str], str]] = {
    OPGENOMEN: _tell_add,
    INGELEZEN: _tell_read,
    BEEINDIGD: _tell_end,
    GESPLITST: _tell_split,
    UIT_SPLITSING: _tell_part,
    SAMENGEVOEGD: _tell_merge,
    UIT_SAMENVOEGING: _tell_whole,
    TERUGGEDRAAID: _tell_undo,
}


def _subject(gebeurtenis: Gebeurtenis) -> str:
    naam = gebeurtenis.nieuw.get("naam")
    return f"de locatie {name_value('naam', naam)}" if naam else gebeurtenis.onderwerp


def _decision(gebeurtenis: Gebeurtenis) -> str:
    return name_value("oordeel", gebeurtenis.nieuw.get("oordeel"))


def _changes(gebeurtenis: Gebeurtenis) -> str:
    """List what changed: each field from its old value to its new one."""
    onderwerp = ONDERWERPEN[gebeurtenis.onderwerp]
    oud: Velden = {}
    nieuw: Velden = {}
    onderwerp.apply(oud, gebeurtenis.oud or {})
    onderwerp.apply(nieuw, gebeurtenis.nieuw)
    delen = [
        f"{name_veld(veld)} van {name_value(veld, oud.get(veld))} "
        f"naar {name_value(veld, nieuw.get(veld))}"
        for veld in sorted({*oud, *nieuw})
        if not same(oud.get(veld), nieuw.get(veld))
    ]
    return _enumerate(delen)


def _enumerate(delen: Sequence[str]) -> str:
    if len(delen) < 2:
        return "".join(delen)
    return f"{', '.join(delen[:-1])} en {delen[-1]}"
