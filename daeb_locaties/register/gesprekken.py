"""What is said at the table: put in the register, and read from it."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from sqlalchemy import insert, select

from daeb_locaties.errors import GesprekError
from daeb_locaties.gesprek import (
    Agendapunt,
    Beoordeling,
    Gesprek,
    Indiening,
    Peildatum,
    Reactie,
    Standpunt,
)
from daeb_locaties.gespreksbegrippen import (
    Agendasoort,
    Agendastatus,
    Gesprekssoort,
    Instrument,
    Knelpunt,
    Standpuntwaarde,
    Toetsuitkomst,
)
from daeb_locaties.register.gesprekstabellen import peildatuminhoud
from daeb_locaties.register.register import Register
from daeb_locaties.register.schrijven import Auteur
from daeb_locaties.register.vastleggen import Gesprekswaarde, put_value, subject_of
from daeb_locaties.register.wijzigen import need_reason

_W = TypeVar("_W", Agendapunt, Beoordeling, Gesprek, Indiening, Peildatum, Reactie, Standpunt)

# How a column becomes the attribute of that name; the others are what they are.
_LEZERS: dict[type[Gesprekswaarde], dict[str, Any]] = {
    Gesprek: {"soort": Gesprekssoort, "deelnemers": tuple},
    Agendapunt: {
        "soort": Agendasoort,
        "status": Agendastatus,
        "locatie_ids": tuple,
        "dragers": tuple,
        "knelpunten": lambda codes: tuple(map(Knelpunt, codes)),
    },
    Reactie: {},
    Standpunt: {"waarde": Standpuntwaarde},
    Peildatum: {},
    Indiening: {},
    Beoordeling: {"uitkomst": Toetsuitkomst, "instrument": Instrument},
}


def put_values(
    register: Register, waarden: Iterable[Gesprekswaarde], auteur: Auteur, reden: str
) -> int:
    """Put values, new or changed, all or none; return how many differed from what was there.

    Raises
    ------
    ConflictError
        When somebody else gave one of the fields another value since.
    RegisterError
        When there is no reason, or the database refuses.
    """
    with register.writing(auteur, need_reason(reden)) as schrijver:
        return sum(put_value(schrijver, waarde) is not None for waarde in waarden)


def read_values(register: Register, soort: type[_W], **waar: str) -> tuple[_W, ...]:
    """Return all values of a kind, by id; only those with the given columns where named."""
    tabel = subject_of(soort).tabel
    vraag = select(tabel).order_by(tabel.c.id)
    for kolom, waarde in waar.items():
        vraag = vraag.where(tabel.c[kolom] == waarde)
    return tuple(_from_row(soort, rij) for rij in register.ask(vraag))


def read_value(register: Register, soort: type[_W], id_: str) -> _W:
    """Return one value.

    Raises
    ------
    GesprekError
        When there is none of this id.
    """
    gevonden = read_values(register, soort, id=id_)
    if not gevonden:
        raise GesprekError(f"{subject_of(soort).naam} {id_} is er niet.")
    return gevonden[0]


def put_peildatum(
    register: Register, peildatum: Peildatum, inhoud: bytes, auteur: Auteur, reden: str
) -> bool:
    """Put a frozen state with its content; return whether it was not there yet."""
    with register.writing(auteur, need_reason(reden)) as schrijver:
        vraag = select(peildatuminhoud.c.sha256).where(peildatuminhoud.c.sha256 == peildatum.sha256)
        if schrijver.verbinding.execute(vraag).first() is None:
            schrijver.verbinding.execute(
                insert(peildatuminhoud).values(
                    sha256=peildatum.sha256, inhoud=zlib.compress(inhoud, 9)
                )
            )
        return put_value(schrijver, peildatum) is not None


def read_inhoud(register: Register, sha256: str) -> bytes:
    """Return the content of a frozen state.

    Raises
    ------
    GesprekError
        When it is not in the register.
    """
    rijen = register.ask(select(peildatuminhoud).where(peildatuminhoud.c.sha256 == sha256))
    if not rijen:
        raise GesprekError(f"de bevroren stand {sha256[:12]} is er niet.")
    return zlib.decompress(rijen[0]["inhoud"])


def _from_row(soort: type[_W], rij: Mapping[str, Any]) -> _W:
    lezers = _LEZERS[soort]
    eigen: set[str] = {"id"} if soort in {Standpunt, Beoordeling} else set()
    return soort(
        **{
            naam: lezers[naam](waarde) if naam in lezers and waarde is not None else waarde
            for naam, waarde in rij.items()
            if naam not in eigen
        }
    )
