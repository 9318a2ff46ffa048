"""`--kolom`: which column of a table is read as what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from daeb_locaties.telkolommen import is_count_column
from kaartlagen.errors import KolomError
from kaartlagen.kolomkeuze import parse_keuze
from kaartlagen.lagen import LAGEN

_F = TypeVar("_F", bound=Callable[..., Any])

_PLEK = frozenset({"wkt", "wkt_rd", "x", "y", "x_rd", "y_rd", "lon", "lat", "percelen"})
_PLANLIJST = frozenset({"corporatie", "vertrouwelijkheid"})
_BEKEND = _PLEK | _PLANLIJST | {kolom for laag in LAGEN.values() for kolom in laag.kolomnamen}


def kolom_option(functie: _F) -> _F:
    """Add `--kolom`, which may be given more than once."""
    return click.option(
        "--kolom",
        "kolommen",
        multiple=True,
        metavar="NAAM=KOP",
        help="Lees de kolom met deze KOP als NAAM, bijvoorbeeld 'plannaam=Naam project'. Mag "
        "vaker; de keuze wordt onthouden voor bestanden met dezelfde koppen.",
    )(functie)


def read_choice(teksten: Sequence[str]) -> dict[str, str]:
    """Read what was given with `--kolom`.

    Raises
    ------
    KolomError
        When a text has another form, or names a column that nothing reads.
    """
    keuze = parse_keuze(teksten)
    vreemd = [naam for naam in keuze if naam not in _BEKEND and not is_count_column(naam)]
    if vreemd:
        raise KolomError(
            f"de naam {vreemd[0]!r} voor een kolom bestaat niet.",
            herstel="Kies bijvoorbeeld plan_id, plannaam, gemeente, planstatus, status_datum, "
            "woningen_toe, woningen_af, corporatie, daeb_nieuwbouw_2026, wkt, x_rd, y_rd, lon, "
            "lat of percelen.",
        )
    return keuze
