"""What the commands of the gesprek share: who notes it, dates, and lists of values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import date
from typing import Any, TypeVar

import click
from rich.table import Table

from daeb_locaties.cli.basis import console, print_json

DAG = click.DateTime(["%Y-%m-%d"])
_F = TypeVar("_F", bound=Callable[..., Any])


def author_options(functie: _F) -> _F:
    """Add who notes it, and for which party."""
    functie = click.option(
        "--wie", default="opdrachtregel", show_default=True, help="Wie dit vastlegt."
    )(functie)
    return click.option(
        "--partij", metavar="PARTIJ", help="'gemeente CODE', 'corporatie NAAM' of 'provincie'."
    )(functie)


def choice(soort: Any) -> click.Choice[str]:
    """Return the codes of an enum as the choices of an option."""
    return click.Choice([lid.value for lid in soort])


def plain(waarde: Any) -> Any:
    """Return a value as JSON and tables hold it."""
    if isinstance(waarde, date):
        return waarde.isoformat()
    return list(waarde) if isinstance(waarde, tuple) else waarde


def document(waarde: Any) -> dict[str, Any]:
    """Return a value of the gesprek as a JSON document, its id first."""
    uit = {lid.name: plain(getattr(waarde, lid.name)) for lid in fields(waarde)}
    return {"id": waarde.id} | uit


def show(naam: str, waarden: Sequence[Any], kolommen: Sequence[str], *, als_json: bool) -> None:
    """Print a list of values, as JSON or as a table of some of their fields."""
    if als_json:
        print_json({naam: [document(waarde) for waarde in waarden]})
        return
    tabel = Table(title=naam.capitalize())
    for kolom in kolommen:
        tabel.add_column(kolom.replace("_", " "))
    for waarde in waarden:
        cellen = (plain(getattr(waarde, kolom)) for kolom in kolommen)
        tabel.add_row(*("" if cel is None else _word(cel) for cel in cellen))
    console().print(tabel)


def _word(cel: Any) -> str:
    if isinstance(cel, bool):
        return "ja" if cel else "nee"
    return str(cel)
