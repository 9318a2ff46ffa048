"""`laag inlezen`, `laag lijst` and `laag verwijder`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click
from rich.table import Table

from daeb_locaties.cli import vormen
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
from daeb_locaties.getallen import format_getal
from kaartlagen.inname import Inname, Innameverslag, ingest


@click.group("laag", cls=Groep)
def groep() -> None:
    """Kaartlagen inlezen en bekijken."""


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
@json_option
@click.pass_context
def inlezen(
    ctx: click.Context,
    bestanden: tuple[Path, ...],
    soort: str | None,
    crs: str | None,
    peildatum: datetime | None,
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
            voortgang=voortgang,
        )
    if not any(laag.opgenomen for laag in verslag.lagen):
        for melding in _refusals(verslag):
            click.echo(f"Geweigerd: {melding}", err=True)
        return GEWEIGERD
    if als_json:
        print_json(
            {
                "lagen": [vormen.inname(laag) for laag in verslag.lagen],
                "geweigerde_bestanden": [
                    {"bestand": str(pad), "melding": fout.melding}
                    for pad, fout in verslag.geweigerde_bestanden
                ],
            }
        )
    else:
        _show(verslag)
    geweigerd = verslag.geweigerde_bestanden or any(laag.geweigerd for laag in verslag.lagen)
    return DEELS_GEWEIGERD if geweigerd else 0


def _refusals(verslag: Innameverslag) -> list[str]:
    """Say of everything that was refused why: whole files, and files of which no row is left."""
    bestanden = [fout.melding for _, fout in verslag.geweigerde_bestanden]
    return bestanden + [
        f"{laag.bestand}: geen enkele rij is opgenomen. {bev.uitleg}"
        for laag in verslag.lagen
        for bev in laag.bevindingen
        if bev.niveau == "fout"
    ]


def _show(verslag: Innameverslag) -> None:
    scherm = console()
    tabel = Table(title="Ingelezen lagen")
    for kop in ("laag", "bestand", "peildatum", "stelsel"):
        tabel.add_column(kop)
    for kop in ("gelezen", "opgenomen", "geweigerd", "hersteld", "oppervlakte (m2)"):
        tabel.add_column(kop, justify="right")
    for laag in verslag.lagen:
        tabel.add_row(
            laag.laag,
            Path(laag.bestand).name,
            laag.peildatum.isoformat() if laag.peildatum else "onbekend",
            laag.crs_bron,
            *(
                format_getal(n)
                for n in (laag.gelezen, laag.opgenomen, laag.geweigerd, laag.hersteld)
            ),
            format_getal(laag.oppervlakte_m2),
        )
    scherm.print(tabel)
    for laag in verslag.lagen:
        _show_bevindingen(laag)
    for _, fout in verslag.geweigerde_bestanden:
        click.echo(f"Geweigerd: {fout.melding}", err=True)


def _show_bevindingen(laag: Inname) -> None:
    scherm = console()
    for bev in laag.bevindingen:
        voorbeelden = f" Bijvoorbeeld: {', '.join(bev.voorbeelden)}." if bev.voorbeelden else ""
        scherm.print(
            f"{laag.laag}: {bev.niveau} {bev.code} ({format_getal(bev.aantal)}x) "
            f"{bev.uitleg}{voorbeelden}"
        )


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
    tabel = Table(title="Bewaarde lagen")
    for kop in ("laag", "bron", "peildatum", "id"):
        tabel.add_column(kop)
    tabel.add_column("aantal", justify="right")
    for opname in opnamen:
        peildatum = opname.herkomst.peildatum
        tabel.add_row(
            opname.laag,
            opname.herkomst.bron,
            peildatum.isoformat() if peildatum else "onbekend",
            opname.id,
            format_getal(opname.aantal),
        )
    console().print(tabel)
    return 0


@groep.command("verwijder")
@click.argument("momentopname")
@click.pass_context
def verwijder(ctx: click.Context, momentopname: str) -> int:
    """Verwijder een bewaarde laag met het id MOMENTOPNAME (zie laag lijst)."""
    with opened(ctx) as project:
        project.lagen.remove(momentopname)
    console().print(f"{momentopname} is verwijderd.")
    return 0
