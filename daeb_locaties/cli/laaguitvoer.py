"""`laag uitvoer`."""

from __future__ import annotations

from pathlib import Path

import click

from daeb_locaties.cli.basis import Opdracht, console, json_option, opened, print_json
from daeb_locaties.getallen import format_getal
from kaartlagen.laaguitvoer import export_layer


@click.command("uitvoer", cls=Opdracht)
@click.argument("laag")
@click.argument("doel", type=click.Path(path_type=Path))
@click.option("--momentopname", metavar="ID", help="Eén momentopname (zie laag lijst).")
@json_option
@click.pass_context
def uitvoer(
    ctx: click.Context, laag: str, doel: Path, momentopname: str | None, als_json: bool
) -> int:
    """Schrijf een LAAG met haar herkomst naar de GeoPackage DOEL."""
    with opened(ctx) as project:
        bestand = export_layer(project.lagen, laag, doel, momentopname=momentopname)
    if als_json:
        print_json(
            {
                "bestanden": [
                    {
                        "bestand": str(bestand.pad),
                        "sha256": bestand.sha256,
                        "lagen": bestand.lagen,
                        "momentopnamen": list(bestand.momentopnamen),
                        "teruggelezen_met": bestand.teruggelezen_met,
                    }
                ]
            }
        )
        return 0
    scherm = console()
    scherm.print(f"{bestand.pad} geschreven en teruggelezen met {bestand.teruggelezen_met}.")
    for naam, aantal in bestand.lagen.items():
        scherm.print(f"  {naam}: {format_getal(aantal)} rijen")
    scherm.print(f"sha256 {bestand.sha256}")
    return 0
