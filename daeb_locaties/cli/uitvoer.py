"""`uitvoer geopackage`."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from daeb_locaties.cli.basis import Groep, console, json_option, opened, print_json, progress
from daeb_locaties.errors import DaebError
from daeb_locaties.keten import ensure_beoordeeld
from daeb_locaties.model import Balans, LocatieRegel
from daeb_locaties.overzicht import read_balans, read_bewijs, read_regels
from daeb_locaties.project import Project
from daeb_locaties.register import Ketenbewijs
from daeb_locaties.uitvoer.geopackage import export_geopackage
from daeb_locaties.uitvoer.kop import Kop


@click.group("uitvoer", cls=Groep)
def groep() -> None:
    """Bestanden maken voor provincie en gemeenten."""


@groep.command("geopackage")
@click.argument("doel", type=click.Path(path_type=Path))
@click.option("--gemeente", metavar="CODE", help="Alleen de locaties van deze gemeente.")
@click.option(
    "--peildatum",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="JJJJ-MM-DD",
    help="De datum in het bestand; anders de dag van de beoordeling.",
)
@json_option
@click.pass_context
def geopackage(
    ctx: click.Context,
    doel: Path,
    gemeente: str | None,
    peildatum: datetime | None,
    als_json: bool,
) -> int:
    """Schrijf locaties, bewijs en balans naar de GeoPackage DOEL."""
    with opened(ctx) as project, progress() as voortgang:
        keten = ensure_beoordeeld(project, voortgang)
        alle = read_regels(project)
        regels, balans = _select(alle, read_balans(project, alle), gemeente)
        ids = {regel.locatie.id for regel in regels}
        bestand = export_geopackage(
            doel,
            regels,
            [bewijs for bewijs in read_bewijs(project) if bewijs.locatie_id in ids],
            balans,
            kop=_kop(project, keten, peildatum),
        )
    if als_json:
        print_json(
            {
                "bestanden": [
                    {
                        "bestand": str(bestand.pad),
                        "sha256": bestand.sha256,
                        "lagen": bestand.lagen,
                        "teruggelezen_met": bestand.teruggelezen_met,
                    }
                ]
            }
        )
        return 0
    scherm = console()
    scherm.print(f"{bestand.pad} geschreven en teruggelezen met {bestand.teruggelezen_met}.")
    for naam, aantal in bestand.lagen.items():
        scherm.print(f"  {naam}: {aantal} rijen")
    scherm.print(f"sha256 {bestand.sha256}")
    return 0


def _select(
    regels: tuple[LocatieRegel, ...], balans: Balans, gemeente: str | None
) -> tuple[tuple[LocatieRegel, ...], Balans]:
    """Keep the rows of one gemeente; the total then is that of the export."""
    if gemeente is None:
        return regels, balans
    treffer = re.fullmatch(r"(?:GM)?(\d{1,4})", gemeente)
    code = treffer.group(1).zfill(4) if treffer else gemeente
    rijen = tuple(rij for rij in balans.gemeenten if rij.gemeentecode == code)
    if not rijen:
        bekend = ", ".join(f"{rij.gemeentecode} {rij.naam}" for rij in balans.gemeenten)
        raise DaebError(
            f"gemeente '{gemeente}' staat niet in de balans.",
            herstel=f"Kies uit: {bekend or 'geen (er zijn geen gemeenten)'}.",
        )
    eigen = tuple(regel for regel in regels if regel.koppeling.gemeentecode == code)
    return eigen, Balans(rijen, replace(rijen[0], gemeentecode=None, naam="Deze uitvoer"))


def _kop(project: Project, keten: Ketenbewijs, peildatum: datetime | None) -> Kop:
    return Kop(
        akkoord_naam=project.akkoord.naam,
        akkoord_status=project.akkoord.status,
        peildatum=(peildatum or keten.gedraaid_op).date(),
        regelversie=keten.regelversie,
        momentopnamen=tuple(sorted(keten.momentopnamen)),
        versie=keten.versie,
    )
