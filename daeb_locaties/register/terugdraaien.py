"""Undoing: an event that reverses an earlier one, as long as nobody built on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from daeb_locaties.datums import local_date
from daeb_locaties.errors import RegisterError
from daeb_locaties.register import schema
from daeb_locaties.register.botsing import Aanraking, collect_touches, refuse_conflicts
from daeb_locaties.register.bronwaarden import change_by_hand
from daeb_locaties.register.gebeurtenis import Gebeurtenis, row_to_gebeurtenis
from daeb_locaties.register.onderwerpen import LOCATIE, ONDERWERPEN, Onderwerp
from daeb_locaties.register.register import Register
from daeb_locaties.register.samenvoegen import SAMENGEVOEGD, UIT_SAMENVOEGING
from daeb_locaties.register.schrijven import Auteur, Schrijver
from daeb_locaties.register.splitsen import GESPLITST, UIT_SPLITSING
from daeb_locaties.register.velden import Velden, same
from daeb_locaties.register.vragen import ask, ask_one
from daeb_locaties.register.wijzigen import need_reason

TERUGGEDRAAID = "teruggedraaid"
# One action made several events: half of it cannot be undone.
_SAMEN = frozenset({GESPLITST, UIT_SPLITSING, SAMENGEVOEGD, UIT_SAMENVOEGING})


def undo(register: Register, nummer: int, auteur: Auteur, reden: str) -> tuple[int, ...]:
    """Reverse an event; of a split or a merge all of it.

    A new locatie is ended again, for nothing is ever deleted. What was undone can be
    undone in turn.

    Parameters
    ----------
    nummer
        The number of the event.

    Returns
    -------
    tuple of int
        The numbers of the reversing events.

    Raises
    ------
    ConflictError
        When a field no longer has the value that the event gave; it shows both.
    RegisterError
        When there is no such event, or it cannot be reversed.
    """
    with register.writing(auteur, need_reason(reden)) as schrijver:
        nummers = [
            _undo_one(schrijver, gebeurtenis, reden)
            for gebeurtenis in reversed(_together(schrijver, nummer))
        ]
    return tuple(nummers)


def _together(schrijver: Schrijver, nummer: int) -> Sequence[Gebeurtenis]:
    """Return the event, with the others of its action where they belong together."""
    tabel = schema.gebeurtenis
    rij = ask_one(schrijver.verbinding, select(tabel).where(tabel.c.nummer == nummer))
    if rij is None:
        raise RegisterError(f"gebeurtenis {nummer} is er niet.")
    if rij["soort"] not in _SAMEN:
        return [row_to_gebeurtenis(rij)]
    vraag = select(tabel).where(
        tabel.c.nummer >= rij["handeling"], tabel.c.handeling == rij["handeling"]
    )
    alle = ask(schrijver.verbinding, vraag.order_by(tabel.c.nummer))
    return [row_to_gebeurtenis(r) for r in alle]


def _undo_one(schrijver: Schrijver, gebeurtenis: Gebeurtenis, reden: str) -> int:
    onderwerp = ONDERWERPEN[gebeurtenis.onderwerp]
    vraag = select(onderwerp.tabel).where(*onderwerp.where(gebeurtenis.onderwerp_id))
    rij = ask(schrijver.verbinding, vraag)[0]
    nu = onderwerp.to_velden(rij)
    gaf: Velden = {}
    onderwerp.apply(gaf, gebeurtenis.nieuw)
    _refuse_changed(schrijver, onderwerp, rij, nu, gaf, gebeurtenis)
    wordt = _before(schrijver, onderwerp, nu, gaf, gebeurtenis, reden)
    wordt_rij = onderwerp.to_row(gebeurtenis.onderwerp_id, wordt)
    if onderwerp is LOCATIE:
        wordt_rij["bronwaarden"] = change_by_hand(rij["bronwaarden"], nu, wordt)
    nummer = schrijver.put(
        onderwerp,
        TERUGGEDRAAID,
        nu,
        wordt_rij,
        versie=rij["versie"],
        herroept=gebeurtenis.nummer,
    )
    if nummer is None:
        raise RegisterError(f"aan gebeurtenis {gebeurtenis.nummer} is niets terug te draaien.")
    return nummer


def _refuse_changed(
    schrijver: Schrijver,
    onderwerp: Onderwerp,
    rij: dict[str, Any],
    nu: Velden,
    gaf: Velden,
    gebeurtenis: Gebeurtenis,
) -> None:
    """Refuse when a field no longer has the value that the event gave it."""
    anders = [veld for veld in gaf if not same(gaf[veld], nu.get(veld))]
    if onderwerp is LOCATIE and nu["einde"] is not None and not gaf.get("einde"):
        anders.append("einde")
    if not anders:
        return
    later = collect_touches(schrijver.verbinding, onderwerp, rij, gebeurtenis.versie)
    botsend = [
        (later.get(veld) or Aanraking(veld, None, nu.get(veld), "", None, schrijver.moment),
         gaf.get(veld))
        for veld in anders
    ]  # fmt: skip
    refuse_conflicts(str(rij.get("naam") or gebeurtenis.onderwerp_id), botsend)


def _before(
    schrijver: Schrijver,
    onderwerp: Onderwerp,
    nu: Velden,
    gaf: Velden,
    gebeurtenis: Gebeurtenis,
    reden: str,
) -> Velden:
    """Return the fields as they were before the event."""
    if gebeurtenis.oud is None:
        if onderwerp.retract is None:
            raise RegisterError(
                f"het opnemen van {gebeurtenis.onderwerp} {gebeurtenis.onderwerp_id} is niet "
                "terug te draaien.",
                herstel="Leg een nieuwe versie vast.",
            )
        return onderwerp.retract(nu, local_date(schrijver.moment), reden)
    eerst: Velden = {}
    onderwerp.apply(eerst, gebeurtenis.oud)
    return nu | {veld: eerst.get(veld) for veld in {*gaf, *eerst}}
