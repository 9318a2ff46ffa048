"""What the chain computed: replaced as a whole by every run, read in parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, delete, insert, select

from daeb_locaties.balansposten import Post
from daeb_locaties.model import Bewijs, Dubbelpaar, Koppeling, Oordeel
from daeb_locaties.register import omzetten, schema
from daeb_locaties.register.ketenbewijs import Ketenbewijs
from daeb_locaties.register.schrijven import fill
from daeb_locaties.register.vragen import Rij, ask

_Waarde = TypeVar("_Waarde")


@dataclass(frozen=True, slots=True)
class Resultaten:
    """Everything that one run of the chain computed."""

    koppelingen: Sequence[Koppeling]
    oordelen: Sequence[Oordeel]
    bewijs: Sequence[Bewijs]
    dubbelparen: Sequence[Dubbelpaar]
    ketenbewijs: Ketenbewijs
    balansposten: Sequence[Post] = ()


def replace_all(verbinding: Connection, resultaten: Resultaten) -> None:
    """Replace everything that earlier runs computed, within a transaction that writes."""
    # Two runs at once take turns: on PostgreSQL only a locked row sees to that.
    verbinding.execute(select(schema.stand).with_for_update())
    bewijs = map(omzetten.bewijs_to_row, resultaten.bewijs)
    posten = map(omzetten.post_to_row, resultaten.balansposten)
    inhoud: Sequence[tuple[Table, Iterable[Rij]]] = (
        (schema.koppeling, map(omzetten.koppeling_to_row, resultaten.koppelingen)),
        (schema.oordeel, map(omzetten.oordeel_to_row, resultaten.oordelen)),
        (schema.bewijs, _numbered(bewijs)),
        (schema.dubbelpaar, map(asdict, resultaten.dubbelparen)),
        (schema.balanspost, _numbered(posten)),
    )
    for tabel, rijen in inhoud:
        verbinding.execute(delete(tabel))
        fill(verbinding, tabel, rijen)
    verbinding.execute(
        insert(schema.ketenbewijs).values(
            gedraaid_op=resultaten.ketenbewijs.gedraaid_op,
            inhoud=resultaten.ketenbewijs.to_json(),
        )
    )


def _numbered(rijen: Iterable[Rij]) -> Iterable[Rij]:
    return ({"nummer": nummer} | rij for nummer, rij in enumerate(rijen, start=1))


def read_koppelingen(
    verbinding: Connection, ids: Sequence[str] | None = None
) -> dict[str, Koppeling]:
    """Return links by locatie id, of these locaties or of all."""
    return _by_locatie(verbinding, schema.koppeling, ids, omzetten.row_to_koppeling)


def read_oordelen(verbinding: Connection, ids: Sequence[str] | None = None) -> dict[str, Oordeel]:
    """Return verdicts by locatie id, of these locaties or of all."""
    return _by_locatie(verbinding, schema.oordeel, ids, omzetten.row_to_oordeel)


def _by_locatie(
    verbinding: Connection,
    tabel: Table,
    ids: Sequence[str] | None,
    lees: Callable[[Mapping[str, Any]], _Waarde],
) -> dict[str, _Waarde]:
    vraag = select(tabel).order_by(tabel.c.locatie_id)
    if ids is not None:
        vraag = vraag.where(tabel.c.locatie_id.in_(ids))
    return {rij["locatie_id"]: lees(rij) for rij in ask(verbinding, vraag)}


def read_bewijs(verbinding: Connection, locatie_id: str | None = None) -> tuple[Bewijs, ...]:
    """Return evidence, of one locatie or of all, in stored order."""
    vraag = select(schema.bewijs).order_by(schema.bewijs.c.nummer)
    if locatie_id is not None:
        vraag = vraag.where(schema.bewijs.c.locatie_id == locatie_id)
    return tuple(omzetten.row_to_bewijs(rij) for rij in ask(verbinding, vraag))


def read_dubbelparen(
    verbinding: Connection, ids: Sequence[str] | None = None
) -> tuple[Dubbelpaar, ...]:
    """Return suspected pairs by ids, those that one of these locaties is in or all."""
    tabel = schema.dubbelpaar
    vraag = select(tabel).order_by(tabel.c.eerste_id, tabel.c.tweede_id)
    if ids is not None:
        vraag = vraag.where(tabel.c.eerste_id.in_(ids) | tabel.c.tweede_id.in_(ids))
    return tuple(omzetten.row_to_dubbelpaar(rij) for rij in ask(verbinding, vraag))


def read_posten(verbinding: Connection) -> tuple[Post, ...]:
    """Return the sums that the balans is added up from, in stored order."""
    vraag = select(schema.balanspost).order_by(schema.balanspost.c.nummer)
    return tuple(omzetten.row_to_post(rij) for rij in ask(verbinding, vraag))


def read_gemeentenamen(verbinding: Connection) -> dict[str, str]:
    """Return the gemeenten in which there are locaties, code to name."""
    tabel = schema.koppeling
    vraag = select(tabel.c.gemeentecode, tabel.c.gemeentenaam).distinct()
    rijen = ask(verbinding, vraag.where(tabel.c.gemeentecode.is_not(None)))
    return {rij["gemeentecode"]: rij["gemeentenaam"] or rij["gemeentecode"] for rij in rijen}


def read_ketenbewijs(verbinding: Connection) -> Ketenbewijs | None:
    """Return the receipt of the last run; None when the chain never ran."""
    tabel = schema.ketenbewijs
    rijen = ask(verbinding, select(tabel.c.inhoud).order_by(tabel.c.nummer.desc()).limit(1))
    return Ketenbewijs.from_json(rijen[0]["inhoud"]) if rijen else None
