"""`bod inlezen` and `bod lijst`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click
from rich.table import Table

from daeb_locaties.begrippen import Maat
from daeb_locaties.cli import vormen
from daeb_locaties.cli.basis import Groep, console, json_option, opened, print_json
from daeb_locaties.getallen import format_getal
from daeb_locaties.inlezen import ingest_biedingen
from daeb_locaties.overzicht import read_biedingen


@click.group("bod", cls=Groep)
def groep() -> None:
    """Biedingen van de gemeenten."""


@groep.command("inlezen")
@click.argument("bestand", type=click.Path(path_type=Path))
@json_option
@click.pass_context
def inlezen(ctx: click.Context, bestand: Path, als_json: bool) -> int:
    """Lees biedingen uit BESTAND (csv of xlsx); het hele bestand of niets."""
    with opened(ctx) as project:
        verslag = ingest_biedingen(project, bestand)
    if als_json:
        print_json({"bestand": str(bestand), **asdict(verslag)})
    else:
        console().print(
            f"{bestand.name}: {verslag.opgenomen} bodversies opgenomen, "
            f"{verslag.gewijzigd} gewijzigd, {verslag.gelijk} gelijk gebleven."
        )
    return 0


@groep.command("lijst")
@json_option
@click.pass_context
def lijst(ctx: click.Context, als_json: bool) -> int:
    """Toon alle versies van alle biedingen."""
    with opened(ctx) as project:
        biedingen = read_biedingen(project)
    if als_json:
        print_json({"biedingen": [vormen.bod(versie) for versie in biedingen]})
        return 0
    tabel = Table(title="Biedingen")
    for kop in ("gemeente", "versie", "datum"):
        tabel.add_column(kop)
    for maat in Maat:
        tabel.add_column(f"{maat.label} netto", justify="right")
    tabel.add_column("toelichting")
    for versie in biedingen:
        tabel.add_row(
            versie.gemeentenaam,
            versie.versie,
            versie.datum.isoformat() if versie.datum else "onbekend",
            *(format_getal(versie.netto(maat)) for maat in Maat),
            versie.toelichting or versie.handelingsperspectief or "",
        )
    console().print(tabel)
    return 0
