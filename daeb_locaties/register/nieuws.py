"""What happened since somebody looked last."""

from __future__ import annotations

from sqlalchemy import select

from daeb_locaties.register.gebeurtenis import Gebeurtenis, row_to_gebeurtenis
from daeb_locaties.register.register import Register
from daeb_locaties.register.schema import gebeurtenis


def read_since(register: Register, nummer: int, hoogstens: int = 1_000) -> tuple[Gebeurtenis, ...]:
    """Return the first events after this number, oldest first, `hoogstens` of them."""
    vraag = (
        select(gebeurtenis)
        .where(gebeurtenis.c.nummer > nummer)
        .order_by(gebeurtenis.c.nummer)
        .limit(hoogstens)
    )
    return tuple(row_to_gebeurtenis(rij) for rij in register.ask(vraag))
