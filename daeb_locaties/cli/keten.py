"""`voorbeeld`, `beoordeel`, `dubbeltelling`, `verschil` and `regels`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click
from rich.table import Table

from daeb_locaties.cli import vormen
from daeb_locaties.cli.basis import Opdracht, console, json_option, opened, print_json, progress
from daeb_locaties.errors import DaebError
from daeb_locaties.getallen import format_getal
from daeb_locaties.hardheid.regels import REGELS
from daeb_locaties.inlezen import make_voorbeeld, needs_voorbeeld
from daeb_locaties.keten import ensure_beoordeeld, run_keten
from daeb_locaties.verschil import compare_oordelen


@click.command(cls=Opdracht)
@click.option("--percelen", default=5000, show_default=True, type=click.IntRange(100, 1_000_000))
@click.option("--seed", default=1, show_default=True, type=int, help="Zelfde getal, zelfde regio.")
@json_option
@click.pass_context
def voorbeeld(ctx: click.Context, percelen: int, seed: int, als_json: bool) -> int:
    """Maak de fictieve voorbeeldregio in een lege projectmap."""
    map_: Path = ctx.find_object(Path) or Path()
    if not needs_voorbeeld(map_):
        raise DaebError(
            "in deze map staat al een project; het voorbeeld wordt er niet overheen geschreven.",
            waar=str(map_),
            herstel="Kies met --project een lege map.",
        )
    with progress() as voortgang:
        tellingen = make_voorbeeld(map_, percelen=percelen, seed=seed, voortgang=voortgang)
    if als_json:
        print_json(asdict(tellingen))
    else:
        for naam, aantal in asdict(tellingen).items():
            console().print(f"{naam}: {format_getal(aantal)}")
        console().print(f"De voorbeeldregio staat in {map_}.")
    return 0


@click.command(cls=Opdracht)
@json_option
@click.pass_context
def beoordeel(ctx: click.Context, als_json: bool) -> int:
    """Koppel, beoordeel en controleer alle locaties."""
    with opened(ctx) as project, progress() as voortgang:
        bewijs = run_keten(project, voortgang)
    if als_json:
        print_json(bewijs.to_json())
        return 0
    scherm = console()
    for naam, aantal in bewijs.tellingen.items():
        scherm.print(f"{naam.replace('_', ' ')}: {format_getal(aantal)}")
    scherm.print(f"hardheidsregel: {bewijs.regelversie}; akkoord: {bewijs.akkoord}")
    for tekst in bewijs.ontbreekt:
        scherm.print(f"Let op: {tekst}")
    return 0


@click.command(cls=Opdracht)
@json_option
@click.pass_context
def dubbeltelling(ctx: click.Context, als_json: bool) -> int:
    """Toon de paren locaties waarin dezelfde woningen mogelijk tweemaal staan."""
    with opened(ctx) as project, progress() as voortgang:
        ensure_beoordeeld(project, voortgang)
        paren = project.register.dubbelparen()
        namen = {loc.id: loc.naam for loc in project.register.locaties()}
    if als_json:
        print_json({"paren": [vormen.dubbelpaar(paar) for paar in paren]})
        return 0
    tabel = Table(title=f"{format_getal(len(paren))} mogelijk dubbele paren")
    for kop in ("eerste", "tweede", "reden"):
        tabel.add_column(kop)
    tabel.add_column("overlap (m2)", justify="right")
    for paar in paren:
        tabel.add_row(
            namen[paar.eerste_id],
            namen[paar.tweede_id],
            paar.reden,
            format_getal(paar.overlap_m2),
        )
    console().print(tabel)
    return 0


@click.command(cls=Opdracht)
@click.option(
    "--sinds",
    type=click.DateTime(["%Y-%m-%d"]),
    required=True,
    metavar="JJJJ-MM-DD",
    help="De peildatum: kaartlagen van later tellen nog niet mee.",
)
@json_option
@click.pass_context
def verschil(ctx: click.Context, sinds: datetime, als_json: bool) -> int:
    """Toon welke locaties sinds een peildatum een ander oordeel hebben, en door welk plan."""
    with opened(ctx) as project:
        verschillen = compare_oordelen(project, sinds.date())
    if als_json:
        rijen = [vormen.oordeelverschil(v) for v in verschillen]
        print_json({"sinds": sinds.date().isoformat(), "verschillen": rijen})
        return 0
    aantal = len(verschillen)
    wie = "1 locatie heeft" if aantal == 1 else f"{format_getal(aantal)} locaties hebben"
    console().print(f"{wie} een ander oordeel dan op {sinds.date().isoformat()}.")
    for anders in verschillen:
        console().print(anders.zin)
    return 0


@click.command(cls=Opdracht)
@json_option
def regels(als_json: bool) -> int:
    """Toon de regels van het oordeel met hun bron."""
    if als_json:
        print_json({"regels": [asdict(regel) for regel in REGELS.values()]})
        return 0
    for regel in REGELS.values():
        console().print(f"{regel.code} {regel.titel}. {regel.uitleg} Bron: {regel.bron}.")
    return 0
