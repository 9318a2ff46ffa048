"""`laag inlezen`, `laag lijst` and `laag verwijder`, and the group of all `laag` commands."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click
from rich.table import Table

from daeb_locaties.cli import innameverslag, vormen
from daeb_locaties.cli.basis import (
    DEELS_GEWEIGERD,
    GEWEIGERD,
    Groep,
    console,
    json_option,
    opened,
    print_json,
    progress,
)
from daeb_locaties.cli.kolommen import kolom_option, read_choice
from daeb_locaties.cli.laaguitvoer import uitvoer
from daeb_locaties.cli.laagvergelijk import vergelijk
from daeb_locaties.cli.ophalen import ophalen
from daeb_locaties.getallen import format_getal
from kaartlagen.herkomst import Bronvermelding
from kaartlagen.inname import ingest
from kaartlagen.momentopname import Momentopname


@click.group("laag", cls=Groep)
def groep() -> None:
    """Kaartlagen inlezen, ophalen, bekijken en vergelijken."""


for _opdracht in (ophalen, uitvoer, vergelijk):
    groep.add_command(_opdracht)


@groep.command("inlezen")
@click.argument("bestanden", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--soort", metavar="SOORT", help="De soort, als die niet te herkennen is.")
@click.option("--crs", metavar="EPSG:N", help="Het coordinatenstelsel, als het bestand dat mist.")
@click.option(
    "--peildatum",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="JJJJ-MM-DD",
    help="De datum waarop de gegevens gelden.",
)
@click.option("--eigenaar", metavar="NAAM", help="Van wie de gegevens zijn.")
@click.option("--licentie", metavar="TEKST", help="Onder welke voorwaarden zij gelden.")
@kolom_option
@json_option
@click.pass_context
def inlezen(
    ctx: click.Context,
    bestanden: tuple[Path, ...],
    soort: str | None,
    crs: str | None,
    peildatum: datetime | None,
    eigenaar: str | None,
    licentie: str | None,
    kolommen: tuple[str, ...],
    als_json: bool,
) -> int:
    """Herken, controleer, herstel en bewaar kaartlagen uit BESTANDEN."""
    with opened(ctx) as project, progress() as voortgang:
        verslag = ingest(
            bestanden,
            project.lagen,
            soort=soort,
            crs=crs,
            peildatum=peildatum.date() if peildatum else None,
            vermelding=Bronvermelding(eigenaar, licentie),
            kolommen=read_choice(kolommen),
            voortgang=voortgang,
        )
    if not any(laag.opgenomen for laag in verslag.lagen):
        for melding in innameverslag.refusals(verslag):
            click.echo(f"Geweigerd: {melding}", err=True)
        return GEWEIGERD
    if als_json:
        print_json(innameverslag.to_json(verslag))
    else:
        innameverslag.show(verslag)
    return DEELS_GEWEIGERD if innameverslag.has_refusals(verslag) else 0


@groep.command("lijst")
@json_option
@click.pass_context
def lijst(ctx: click.Context, als_json: bool) -> int:
    """Toon de bewaarde lagen."""
    with opened(ctx) as project:
        opnamen = project.lagen.snapshots()
    if als_json:
        print_json({"lagen": [vormen.momentopname(opname) for opname in opnamen]})
        return 0
    console().print(_table(opnamen))
    return 0


def _table(opnamen: tuple[Momentopname, ...]) -> Table:
    tabel = Table(title="Bewaarde lagen")
    for kop in ("laag", "id", "bron", "eigenaar", "licentie", "peildatum", "ingelezen op"):
        tabel.add_column(kop)
    tabel.add_column("aantal", justify="right")
    for opname in opnamen:
        herkomst = opname.herkomst
        tabel.add_row(
            opname.laag,
            opname.id,
            herkomst.bron,
            herkomst.eigenaar or "onbekend",
            herkomst.licentie or "onbekend",
            herkomst.peildatum.isoformat() if herkomst.peildatum else "onbekend",
            herkomst.ingelezen_op.astimezone().strftime("%Y-%m-%d %H:%M"),
            format_getal(opname.aantal),
        )
    return tabel


@groep.command("verwijder")
@click.argument("momentopname")
@click.pass_context
def verwijder(ctx: click.Context, momentopname: str) -> int:
    """Verwijder een bewaarde laag met het id MOMENTOPNAME (zie laag lijst)."""
    with opened(ctx) as project:
        project.lagen.remove(momentopname)
    console().print(f"{momentopname} is verwijderd.")
    return 0
