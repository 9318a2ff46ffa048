"""`agenda`: the gespreksagenda of a gemeente."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import click

from daeb_locaties.cli.basis import Groep, console, json_option, opened, print_json
from daeb_locaties.cli.gespreksvorm import DAG, author_options, choice, document, show
from daeb_locaties.errors import GesprekError
from daeb_locaties.gesprek import Agendapunt, Gesprek, parse_partij
from daeb_locaties.gespreksbegrippen import Agendasoort, Agendastatus, Knelpunt
from daeb_locaties.gespreksronde import close_punt, fill_agenda
from daeb_locaties.register.gesprekken import put_values, read_value, read_values
from daeb_locaties.register.schrijven import Auteur


@click.group("agenda", cls=Groep)
def agenda() -> None:
    """De gespreksagenda per gemeente."""


@agenda.command("vul")
@click.option("--gemeente", metavar="CODE", help="Alleen deze gemeente.")
@author_options
@json_option
@click.pass_context
def vul(
    ctx: click.Context, gemeente: str | None, wie: str, partij: str | None, als_json: bool
) -> int:
    """Zet op de agenda wat het register zelf vindt: strijdig, dubbel of ontbrekend."""
    with opened(ctx) as project:
        uit = fill_agenda(project, Auteur(wie, partij), gemeente)
    if als_json:
        print_json(
            {
                "nieuw": [document(punt) for punt in uit.nieuw],
                "bijgewerkt": [punt.id for punt in uit.anders],
                "zonder_oorzaak": [punt.id for punt in uit.zonder_oorzaak],
            }
        )
        return 0
    console().print(
        f"{len(uit.nieuw)} punten erbij, {len(uit.anders)} bijgewerkt; van "
        f"{len(uit.zonder_oorzaak)} open punten is de oorzaak weg."
    )
    return 0


@agenda.command("lijst")
@click.option("--gemeente", metavar="CODE", help="Alleen deze gemeente.")
@click.option("--alles", is_flag=True, help="Ook wat is afgerond of vervallen.")
@json_option
@click.pass_context
def agendalijst(ctx: click.Context, gemeente: str | None, alles: bool, als_json: bool) -> int:
    """Toon de agenda."""
    with opened(ctx) as project:
        punten = [
            punt
            for punt in read_values(project.register, Agendapunt)
            if gemeente in {None, punt.gemeentecode} and (alles or punt.status is Agendastatus.OPEN)
        ]
    punten.sort(key=lambda p: (p.gemeentecode, p.soort.value, p.titel))
    kolommen = ("gemeentecode", "soort", "titel", "aan_zet", "uiterlijk", "status", "id")
    show("agendapunten", punten, kolommen, als_json=als_json)
    return 0


@agenda.command("nieuw")
@click.argument("gemeente")
@click.argument("titel")
@click.option("--soort", type=choice(Agendasoort), required=True, help="Waar het over gaat.")
@click.option("--toelichting", help="Wat erbij hoort.")
@click.option("--locatie", "locaties", multiple=True, metavar="ID", help="Over welke locatie.")
@click.option("--knelpunt", "knelpunten", multiple=True, type=choice(Knelpunt))
@click.option("--drager", "dragers", multiple=True, metavar="PARTIJ", help="Wie het punt draagt.")
@click.option("--stap", help="De volgende stap.")
@click.option("--aan-zet", metavar="PARTIJ", help="Wie die stap zet.")
@click.option("--uiterlijk", type=DAG, metavar="JJJJ-MM-DD", help="Voor wanneer.")
@author_options
@click.pass_context
def nieuw(ctx: click.Context, /, gemeente: str, titel: str, **opties: Any) -> int:
    """Breng een punt in op de agenda van GEMEENTE: een kans, een belemmering of iets anders."""
    with opened(ctx) as project:
        bekend = {loc.id for loc in project.register.locaties()}
        vreemd = [id_ for id_ in opties["locaties"] if id_ not in bekend]
        if vreemd:
            raise GesprekError(f"locatie {vreemd[0]} is er niet.", herstel="Zie `locatie lijst`.")

        def party(tekst: str | None) -> str | None:
            return str(parse_partij(tekst, project.akkoord)) if tekst else None

        punt = Agendapunt(
            id=str(uuid4()),
            gemeentecode=gemeente,
            soort=Agendasoort(opties["soort"]),
            titel=titel,
            toelichting=opties["toelichting"],
            locatie_ids=opties["locaties"],
            knelpunten=tuple(map(Knelpunt, opties["knelpunten"])),
            ingebracht_door=party(opties["partij"]),
            dragers=tuple(str(parse_partij(d, project.akkoord)) for d in opties["dragers"]),
            volgende_stap=opties["stap"],
            aan_zet=party(opties["aan_zet"]),
            uiterlijk=opties["uiterlijk"].date() if opties["uiterlijk"] else None,
        )
        auteur = Auteur(opties["wie"], opties["partij"])
        put_values(project.register, [punt], auteur, "agendapunt ingebracht")
    console().print(f"Het punt staat op de agenda: {punt.id}")
    return 0


@agenda.command("rond")
@click.argument("punt_id")
@click.option("--uitkomst", required=True, help="Wat er is afgesproken.")
@click.option("--gesprek", "gesprek_id", metavar="ID", help="In welk gesprek.")
@author_options
@click.pass_context
def rond(
    ctx: click.Context,
    punt_id: str,
    uitkomst: str,
    gesprek_id: str | None,
    wie: str,
    partij: str | None,
) -> int:
    """Rond een agendapunt af met de uitkomst."""
    with opened(ctx) as project:
        if gesprek_id:
            read_value(project.register, Gesprek, gesprek_id)
        punt = read_value(project.register, Agendapunt, punt_id)
        close_punt(project, punt, uitkomst, Auteur(wie, partij), gesprek_id)
    console().print("Het punt is afgerond.")
    return 0
