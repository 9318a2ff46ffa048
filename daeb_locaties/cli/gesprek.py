"""`gesprek` and `standpunt`."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import click

from daeb_locaties.cli.basis import Groep, Opdracht, console, json_option, opened, print_json
from daeb_locaties.cli.gespreksvorm import DAG, author_options, choice, document, plain, show
from daeb_locaties.gesprek import Gesprek, Standpunt, parse_partij
from daeb_locaties.gespreksbegrippen import Standpuntwaarde
from daeb_locaties.gespreksronde import close_gesprek, make_verslag, put_standpunt, start_gesprek
from daeb_locaties.register.gesprekken import read_values
from daeb_locaties.register.schrijven import Auteur


@click.group("gesprek", cls=Groep)
def gesprek() -> None:
    """Gesprekken per gemeente: beginnen, sluiten en het verslag."""


@gesprek.command("begin")
@click.argument("gemeente")
@click.option("--datum", type=DAG, required=True, metavar="JJJJ-MM-DD", help="De dag.")
@click.option("--deelnemer", "deelnemers", multiple=True, metavar="PARTIJ", help="Wie erbij is.")
@author_options
@click.pass_context
def begin(
    ctx: click.Context,
    gemeente: str,
    datum: datetime,
    deelnemers: tuple[str, ...],
    wie: str,
    partij: str | None,
) -> int:
    """Begin het volgende gesprek met GEMEENTE: eerst het startgesprek, daarna de rondes."""
    with opened(ctx) as project:
        wie_erbij = [parse_partij(tekst, project.akkoord) for tekst in deelnemers]
        nieuw = start_gesprek(project, gemeente, datum.date(), wie_erbij, Auteur(wie, partij))
    console().print(f"{nieuw.soort.label} {nieuw.nummer or ''} begonnen: {nieuw.id}")
    return 0


@gesprek.command("sluit")
@click.argument("gesprek_id")
@author_options
@click.pass_context
def sluit(ctx: click.Context, gesprek_id: str, wie: str, partij: str | None) -> int:
    """Sluit een gesprek; open punten gaan mee naar het volgende."""
    with opened(ctx) as project:
        close_gesprek(project, gesprek_id, Auteur(wie, partij))
    console().print("Het gesprek is gesloten.")
    return 0


@gesprek.command("lijst")
@json_option
@click.pass_context
def gesprekslijst(ctx: click.Context, als_json: bool) -> int:
    """Toon alle gesprekken."""
    with opened(ctx) as project:
        alle = read_values(project.register, Gesprek)
    show(
        "gesprekken",
        sorted(alle, key=lambda g: (g.gemeentecode, g.nummer)),
        ("gemeentecode", "soort", "nummer", "datum", "afgesloten", "id"),
        als_json=als_json,
    )
    return 0


@gesprek.command("verslag")
@click.argument("gesprek_id")
@json_option
@click.pass_context
def verslag(ctx: click.Context, gesprek_id: str, als_json: bool) -> int:
    """Toon het verslag en de actielijst van een gesprek."""
    with opened(ctx) as project:
        uit = make_verslag(project, gesprek_id)
    if als_json:
        print_json(
            {
                "gesprek": document(uit.gesprek),
                "punten": [document(punt) for punt in uit.punten],
                "reacties": [document(reactie) for reactie in uit.reacties],
                "standpunten": [document(standpunt) for standpunt in uit.standpunten],
                "acties": [
                    {
                        "agendapunt_id": actie.agendapunt.id,
                        "titel": actie.agendapunt.titel,
                        "wat": actie.wat,
                        "wie": actie.wie,
                        "uiterlijk": plain(actie.uiterlijk),
                    }
                    for actie in uit.acties
                ],
            }
        )
        return 0
    scherm = console()
    scherm.print(f"{uit.gesprek.soort.label} gemeente {uit.gesprek.gemeentecode}, "
                 f"{uit.gesprek.datum.isoformat()}")  # fmt: skip
    for punt in uit.punten:
        scherm.print(f"- {punt.titel}: {punt.uitkomst or 'nog geen uitkomst'}")
    scherm.print("Acties:" if uit.acties else "Er zijn geen acties afgesproken.")
    for actie in uit.acties:
        wanneer = actie.uiterlijk.isoformat() if actie.uiterlijk else "geen datum"
        scherm.print(f"- {actie.wat} ({actie.wie or 'nog niemand'}, {wanneer})")
    return 0


@click.command("standpunt", cls=Opdracht)
@click.argument("locatie_id")
@click.argument("partij")
@click.argument("waarde", type=choice(Standpuntwaarde))
@click.option("--toelichting", help="Waarom.")
@click.option("--wie", default="opdrachtregel", show_default=True, help="Wie dit vastlegt.")
@click.pass_context
def standpunt(
    ctx: click.Context,
    locatie_id: str,
    partij: str,
    waarde: str,
    toelichting: str | None,
    wie: str,
) -> int:
    """Leg vast wat PARTIJ van een locatie vindt."""
    with opened(ctx) as project:
        wiens = str(parse_partij(partij, project.akkoord))
        nieuw_ = Standpunt(locatie_id, wiens, Standpuntwaarde(waarde), toelichting)
        eerder = read_values(project.register, Standpunt, id=nieuw_.id)
        put_standpunt(
            project,
            replace(nieuw_, versie=eerder[0].versie if eerder else 0),
            Auteur(wie, wiens),
        )
    console().print(f"{wiens}: {Standpuntwaarde(waarde).label.lower()}.")
    return 0
