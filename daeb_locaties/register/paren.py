"""What people decide on two locaties that may hold the same homes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from daeb_locaties.begrippen import Paaroordeel
from daeb_locaties.errors import LocatieError
from daeb_locaties.model import Paarbesluit
from daeb_locaties.register import omzetten, schema
from daeb_locaties.register.botsing import Aanraking, refuse_conflicts
from daeb_locaties.register.onderwerpen import PAARBESLUIT
from daeb_locaties.register.opnemen import OPGENOMEN
from daeb_locaties.register.register import Register
from daeb_locaties.register.schrijven import Auteur, Schrijver
from daeb_locaties.register.vragen import ask, ask_one
from daeb_locaties.register.wijzigen import BESLOTEN, need_reason, read_row

_INHOUD = ("oordeel", "blijft_id", "daeb_dubbel")


def decide_pair(register: Register, besluit: Paarbesluit, auteur: Auteur) -> int | None:
    """Decide on a pair; it sticks, whatever the chain suspects later.

    Parameters
    ----------
    besluit
        The decision; its `versie` is that of the decision that the person saw, 0 for none.

    Returns
    -------
    int or None
        The number of the event; None when it was decided so already.

    Raises
    ------
    ConflictError
        When somebody else decided otherwise since.
    LocatieError
        When the decision contradicts itself.
    RegisterError
        When one of the two is unknown or ended, or the reason is missing.
    """
    need_reason(besluit.reden)
    geordend = _in_order(besluit)
    with register.writing(auteur, besluit.reden) as schrijver:
        for id_ in (geordend.eerste_id, geordend.tweede_id):
            read_row(schrijver, id_)
        return _put(schrijver, geordend)


def _put(schrijver: Schrijver, besluit: Paarbesluit) -> int | None:
    wordt = omzetten.paarbesluit_to_row(besluit)
    vraag = select(PAARBESLUIT.tabel).where(*PAARBESLUIT.where(PAARBESLUIT.key(wordt)))
    rij = ask_one(schrijver.verbinding, vraag)
    if rij is None:
        return schrijver.put(PAARBESLUIT, OPGENOMEN, None, wordt)
    nu = PAARBESLUIT.to_velden(rij)
    anders = [veld for veld in _INHOUD if nu[veld] != wordt[veld]]
    if not anders:
        return None
    if rij["versie"] != besluit.versie:
        botsing = (_last_touch(schrijver, rij, anders[0]), wordt[anders[0]])
        refuse_conflicts(f"{besluit.eerste_id} en {besluit.tweede_id}", [botsing])
    return schrijver.put(PAARBESLUIT, BESLOTEN, nu, wordt, versie=rij["versie"])


def _last_touch(schrijver: Schrijver, rij: Mapping[str, Any], veld: str) -> Aanraking:
    """Return who decided last on a pair, and what."""
    tabel = schema.gebeurtenis
    vraag = select(tabel).where(
        tabel.c.onderwerp_id == PAARBESLUIT.key(rij),
        tabel.c.onderwerp == PAARBESLUIT.naam,
        tabel.c.versie == rij["versie"],
    )
    laatste = ask(schrijver.verbinding, vraag)[0]
    return Aanraking(veld, None, rij[veld], laatste["wie"], laatste["partij"], laatste["tijdstip"])


def _in_order(besluit: Paarbesluit) -> Paarbesluit:
    """Return the decision with the lower id first.

    Raises
    ------
    LocatieError
        When it contradicts itself.
    """
    if besluit.eerste_id == besluit.tweede_id:
        raise LocatieError("een locatie vormt geen paar met zichzelf.", waar=besluit.eerste_id)
    if besluit.blijft_id not in {None, besluit.eerste_id, besluit.tweede_id}:
        raise LocatieError("de locatie die blijft meetellen is geen van beide.")
    if besluit.blijft_id is not None and besluit.oordeel is not Paaroordeel.ZELFDE:
        raise LocatieError("welke locatie meetelt is alleen te kiezen als het dezelfde zijn.")
    deels = besluit.oordeel is Paaroordeel.DEELS
    if besluit.daeb_dubbel is not None and (not deels or besluit.daeb_dubbel < 0):
        raise LocatieError("een aantal dubbele woningen hoort bij een paar dat deels hetzelfde is.")
    eerste, tweede = sorted((besluit.eerste_id, besluit.tweede_id))
    return replace(besluit, eerste_id=eerste, tweede_id=tweede)
