"""`akkoord lijst`: which agreements the project holds, and under which the figures stand."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click
from rich.table import Table

from daeb_locaties.akkoord import read_akkoorden
from daeb_locaties.cli.basis import Groep, console, json_option, print_json
from daeb_locaties.getallen import format_getal


@click.group("akkoord", cls=Groep)
def groep() -> None:
    """De akkoorden van het project."""


@groep.command("lijst")
@click.option(
    "--peildatum",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="JJJJ-MM-DD",
    help="De dag waarop u wilt weten welk akkoord geldt; anders vandaag.",
)
@json_option
@click.pass_context
def lijst(ctx: click.Context, peildatum: datetime | None, als_json: bool) -> int:
    """Toon alle akkoorden en zeg welk akkoord geldt."""
    map_: Path = ctx.find_object(Path) or Path()
    op = peildatum.date() if peildatum else date.today()  # noqa: DTZ011  (a day of the users)
    bestanden = read_akkoorden(map_, op)
    if als_json:
        print_json(
            {
                "peildatum": op.isoformat(),
                "akkoorden": [
                    {
                        "bestand": b.pad.name,
                        "naam": b.akkoord.naam,
                        "status": b.akkoord.status,
                        "vanaf": b.akkoord.vanaf.isoformat() if b.akkoord.vanaf else None,
                        "begin": b.akkoord.begin,
                        "eind": b.akkoord.eind,
                        "geldt": b.geldt,
                        "gemeenten": [g.code for g in b.akkoord.gemeenten],
                        "hardheidsregel": b.akkoord.hardheid.naam,
                        "sha256": b.akkoord.afdruk,
                    }
                    for b in bestanden
                ],
            }
        )
        return 0
    if not bestanden:
        console().print("Er is geen akkoord: zet akkoord.toml in de projectmap.")
        return 0
    tabel = Table(title=f"Akkoorden op {op.isoformat()}")
    for kop in ("bestand", "naam", "status", "vanaf", "looptijd", "gemeenten", "geldt"):
        tabel.add_column(kop)
    for b in bestanden:
        tabel.add_row(
            b.pad.name,
            b.akkoord.naam,
            b.akkoord.status,
            b.akkoord.vanaf.isoformat() if b.akkoord.vanaf else "onbekend",
            f"{b.akkoord.begin or '?'}-{b.akkoord.eind or '?'}",
            format_getal(len(b.akkoord.gemeenten)),
            "ja" if b.geldt else "nee",
        )
    console().print(tabel)
    return 0
