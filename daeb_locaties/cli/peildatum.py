"""`peildatum`, `indienen` and `toets`: a frozen state, and what the provincie says of it."""

from __future__ import annotations

from datetime import datetime

import click

from daeb_locaties.bevriezen import freeze, read_frozen
from daeb_locaties.cli.basis import Groep, Opdracht, console, json_option, opened, print_json
from daeb_locaties.cli.gespreksvorm import DAG, author_options, choice, document, show
from daeb_locaties.gesprek import Partij, Peildatum, parse_partij
from daeb_locaties.gespreksbegrippen import Instrument, Toetsuitkomst
from daeb_locaties.gespreksronde import assess, submit
from daeb_locaties.register.gesprekken import read_value, read_values
from daeb_locaties.register.schrijven import Auteur


@click.group("peildatum", cls=Groep)
def peildatum() -> None:
    """Een stand bevriezen, zoals die van december, en hem teruglezen."""


@peildatum.command("bevries")
@click.option("--datum", type=DAG, required=True, metavar="JJJJ-MM-DD", help="De peildatum.")
@click.option("--naam", default="Decemberoverzicht", show_default=True, help="Hoe hij heet.")
@author_options
@json_option
@click.pass_context
def bevries(
    ctx: click.Context, datum: datetime, naam: str, wie: str, partij: str | None, als_json: bool
) -> int:
    """Bevries de stand van nu; uitvoer van later noemt hem bij zijn sha256."""
    with opened(ctx) as project:
        bevroren, is_nieuw = freeze(
            project, datum.date(), naam, Auteur(wie, partij), f"bevroren als {naam}"
        )
    if als_json:
        print_json(document(bevroren) | {"nieuw": is_nieuw})
        return 0
    wat = "bevroren" if is_nieuw else "was al bevroren, met dezelfde inhoud"
    console().print(f"{naam} ({bevroren.datum.isoformat()}) {wat}: {bevroren.locaties} locaties")
    console().print(f"id {bevroren.id}, sha256 {bevroren.sha256}")
    return 0


@peildatum.command("lijst")
@json_option
@click.pass_context
def peildatumlijst(ctx: click.Context, als_json: bool) -> int:
    """Toon de bevroren standen."""
    with opened(ctx) as project:
        alle = sorted(read_values(project.register, Peildatum), key=lambda p: (p.datum, p.id))
    show("peildata", alle, ("datum", "naam", "locaties", "sha256", "id"), als_json=als_json)
    return 0


@peildatum.command("toon")
@click.argument("peildatum_id")
@click.pass_context
def toon(ctx: click.Context, peildatum_id: str) -> int:
    """Schrijf een bevroren stand als JSON."""
    with opened(ctx) as project:
        bevroren = read_value(project.register, Peildatum, peildatum_id)
        print_json(document(bevroren) | {"inhoud": read_frozen(project, bevroren)})
    return 0


@click.command("indienen", cls=Opdracht)
@click.argument("peildatum_id")
@click.argument("gemeente")
@click.option("--datum", type=DAG, required=True, metavar="JJJJ-MM-DD", help="De dag.")
@click.option("--toelichting", help="Wat de gemeente erbij zegt.")
@click.option("--partij", required=True, metavar="PARTIJ", help="Wie indient: 'gemeente CODE'.")
@click.option("--wie", default="opdrachtregel", show_default=True, help="Wie dit vastlegt.")
@click.pass_context
def indienen(
    ctx: click.Context,
    peildatum_id: str,
    gemeente: str,
    datum: datetime,
    toelichting: str | None,
    partij: str,
    wie: str,
) -> int:
    """Dien het deel van GEMEENTE in een bevroren stand in bij de provincie."""
    with opened(ctx) as project:
        wiens: Partij = parse_partij(partij, project.akkoord)
        nieuw_ = submit(
            project,
            peildatum_id,
            gemeente,
            wiens,
            datum.date(),
            Auteur(wie, str(wiens)),
            toelichting,
        )
    console().print(f"Ingediend: {nieuw_.id}")
    return 0


@click.command("toets", cls=Opdracht)
@click.argument("indiening_id")
@click.argument("locatie_id")
@click.option("--uitkomst", type=choice(Toetsuitkomst), required=True, help="Het oordeel.")
@click.option("--motief", required=True, help="Waarom.")
@click.option("--instrument", type=choice(Instrument), help="Wat de provincie kan inzetten.")
@click.option("--wie", default="opdrachtregel", show_default=True, help="Wie dit vastlegt.")
@click.pass_context
def toets(
    ctx: click.Context,
    indiening_id: str,
    locatie_id: str,
    uitkomst: str,
    motief: str,
    instrument: str | None,
    wie: str,
) -> int:
    """Leg het oordeel van de provincie over een locatie van een indiening vast."""
    with opened(ctx) as project:
        assess(
            project,
            indiening_id,
            locatie_id,
            parse_partij("provincie", project.akkoord),
            Toetsuitkomst(uitkomst),
            motief,
            Auteur(wie, "provincie"),
            Instrument(instrument) if instrument else None,
        )
    console().print(f"{Toetsuitkomst(uitkomst).label}.")
    return 0
