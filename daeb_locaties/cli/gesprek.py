"""`gesprek`, `agenda`, `standpunt`, `peildatum`, `indienen` and `toets`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import uuid4

import click
from rich.table import Table

from daeb_locaties.bevriezen import freeze, read_frozen
from daeb_locaties.cli.basis import Groep, Opdracht, console, json_option, opened, print_json
from daeb_locaties.errors import GesprekError
from daeb_locaties.gesprek import (
    Agendapunt,
    Gesprek,
    Indiening,
    Partij,
    Peildatum,
    Standpunt,
    parse_partij,
)
from daeb_locaties.gespreksbegrippen import (
    Agendasoort,
    Agendastatus,
    Instrument,
    Knelpunt,
    Standpuntwaarde,
    Toetsuitkomst,
)
from daeb_locaties.gespreksronde import (
    assess,
    close_gesprek,
    close_punt,
    fill_agenda,
    make_verslag,
    put_standpunt,
    start_gesprek,
    submit,
)
from daeb_locaties.register.gesprekken import put_values, read_value, read_values
from daeb_locaties.register.schrijven import Auteur

_DAG = click.DateTime(["%Y-%m-%d"])
_F = TypeVar("_F", bound=Callable[..., Any])


def _author_options(functie: _F) -> _F:
    """Add who notes it, and for which party."""
    functie = click.option(
        "--wie", default="opdrachtregel", show_default=True, help="Wie dit vastlegt."
    )(functie)
    return click.option(
        "--partij", metavar="PARTIJ", help="'gemeente CODE', 'corporatie NAAM' of 'provincie'."
    )(functie)


def _choice(soort: Any) -> click.Choice[str]:
    return click.Choice([lid.value for lid in soort])


def _plain(waarde: Any) -> Any:
    if isinstance(waarde, date):
        return waarde.isoformat()
    return list(waarde) if isinstance(waarde, tuple) else waarde


def _document(waarde: Any) -> dict[str, Any]:
    uit = {lid.name: _plain(getattr(waarde, lid.name)) for lid in fields(waarde)}
    return {"id": waarde.id} | uit


@click.group("gesprek", cls=Groep)
def gesprek() -> None:
    """Gesprekken per gemeente: beginnen, sluiten en het verslag."""


@gesprek.command("begin")
@click.argument("gemeente")
@click.option("--datum", type=_DAG, required=True, metavar="JJJJ-MM-DD", help="De dag.")
@click.option("--deelnemer", "deelnemers", multiple=True, metavar="PARTIJ", help="Wie erbij is.")
@_author_options
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
@_author_options
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
    _show(
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
                "gesprek": _document(uit.gesprek),
                "punten": [_document(punt) for punt in uit.punten],
                "reacties": [_document(reactie) for reactie in uit.reacties],
                "standpunten": [_document(standpunt) for standpunt in uit.standpunten],
                "acties": [
                    {
                        "agendapunt_id": actie.agendapunt.id,
                        "titel": actie.agendapunt.titel,
                        "wat": actie.wat,
                        "wie": actie.wie,
                        "uiterlijk": _plain(actie.uiterlijk),
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


@click.group("agenda", cls=Groep)
def agenda() -> None:
    """De gespreksagenda per gemeente."""


@agenda.command("vul")
@click.option("--gemeente", metavar="CODE", help="Alleen deze gemeente.")
@_author_options
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
                "nieuw": [_document(punt) for punt in uit.nieuw],
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
    _show("agendapunten", punten, kolommen, als_json=als_json)
    return 0


@agenda.command("nieuw")
@click.argument("gemeente")
@click.argument("titel")
@click.option("--soort", type=_choice(Agendasoort), required=True, help="Waar het over gaat.")
@click.option("--toelichting", help="Wat erbij hoort.")
@click.option("--locatie", "locaties", multiple=True, metavar="ID", help="Over welke locatie.")
@click.option("--knelpunt", "knelpunten", multiple=True, type=_choice(Knelpunt))
@click.option("--drager", "dragers", multiple=True, metavar="PARTIJ", help="Wie het punt draagt.")
@click.option("--stap", help="De volgende stap.")
@click.option("--aan-zet", metavar="PARTIJ", help="Wie die stap zet.")
@click.option("--uiterlijk", type=_DAG, metavar="JJJJ-MM-DD", help="Voor wanneer.")
@_author_options
@click.pass_context
def nieuw(ctx: click.Context, gemeente: str, titel: str, **opties: Any) -> int:
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
@_author_options
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


@click.command("standpunt", cls=Opdracht)
@click.argument("locatie_id")
@click.argument("partij")
@click.argument("waarde", type=_choice(Standpuntwaarde))
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


@click.group("peildatum", cls=Groep)
def peildatum() -> None:
    """Een stand bevriezen, zoals die van december, en hem teruglezen."""


@peildatum.command("bevries")
@click.option("--datum", type=_DAG, required=True, metavar="JJJJ-MM-DD", help="De peildatum.")
@click.option("--naam", default="Decemberoverzicht", show_default=True, help="Hoe hij heet.")
@_author_options
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
        print_json(_document(bevroren) | {"nieuw": is_nieuw})
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
    _show("peildata", alle, ("datum", "naam", "locaties", "sha256", "id"), als_json=als_json)
    return 0


@peildatum.command("toon")
@click.argument("peildatum_id")
@click.pass_context
def toon(ctx: click.Context, peildatum_id: str) -> int:
    """Schrijf een bevroren stand als JSON."""
    with opened(ctx) as project:
        bevroren = read_value(project.register, Peildatum, peildatum_id)
        print_json(_document(bevroren) | {"inhoud": read_frozen(project, bevroren)})
    return 0


@click.command("indienen", cls=Opdracht)
@click.argument("peildatum_id")
@click.argument("gemeente")
@click.option("--datum", type=_DAG, required=True, metavar="JJJJ-MM-DD", help="De dag.")
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
@click.option("--uitkomst", type=_choice(Toetsuitkomst), required=True, help="Het oordeel.")
@click.option("--motief", required=True, help="Waarom.")
@click.option("--instrument", type=_choice(Instrument), help="Wat de provincie kan inzetten.")
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
        read_value(project.register, Indiening, indiening_id)
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


def _show(naam: str, waarden: Sequence[Any], kolommen: Sequence[str], *, als_json: bool) -> None:
    if als_json:
        print_json({naam: [_document(waarde) for waarde in waarden]})
        return
    tabel = Table(title=naam.capitalize())
    for kolom in kolommen:
        tabel.add_column(kolom.replace("_", " "))
    for waarde in waarden:
        cellen = (_plain(getattr(waarde, kolom)) for kolom in kolommen)
        tabel.add_row(*("" if cel is None else _word(cel) for cel in cellen))
    console().print(tabel)


def _word(cel: Any) -> str:
    if isinstance(cel, bool):
        return "ja" if cel else "nee"
    return str(cel)
