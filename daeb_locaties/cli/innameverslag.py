"""What reading files did, told to people and as JSON, whatever command read them."""

from __future__ import annotations

from typing import Any

import click
from rich.table import Table

from daeb_locaties.cli import vormen
from daeb_locaties.cli.basis import console
from daeb_locaties.getallen import format_getal
from kaartlagen.inname import Inname, Innameverslag


def to_json(verslag: Innameverslag) -> dict[str, Any]:
    """Give the report as one JSON document."""
    return {
        "lagen": [vormen.inname(laag) for laag in verslag.lagen],
        "geweigerde_bestanden": [
            {"bestand": str(pad), "melding": fout.melding}
            for pad, fout in verslag.geweigerde_bestanden
        ],
        "overgeslagen_bestanden": [
            {"bestand": str(pad), "melding": fout.melding}
            for pad, fout in verslag.overgeslagen_bestanden
        ],
    }


def has_refusals(verslag: Innameverslag) -> bool:
    """Say whether a file or a row was refused."""
    return bool(verslag.geweigerde_bestanden) or any(laag.geweigerd for laag in verslag.lagen)


def refusals(verslag: Innameverslag) -> list[str]:
    """Say of everything that was refused why: whole files, and files of which no row is left."""
    bestanden = [fout.melding for _, fout in verslag.geweigerde_bestanden]
    return bestanden + [
        f"{laag.bestand}: geen enkele rij is opgenomen. {bev.uitleg}"
        for laag in verslag.lagen
        for bev in laag.bevindingen
        if bev.niveau == "fout"
    ]


def show(verslag: Innameverslag) -> None:
    """Print a table of the layers, their findings, and what was refused."""
    scherm = console()
    tabel = Table(title="Ingelezen lagen")
    for kop in ("laag", "bestand", "peildatum", "stelsel"):
        tabel.add_column(kop)
    for kop in ("gelezen", "opgenomen", "geweigerd", "hersteld", "oppervlakte (m2)"):
        tabel.add_column(kop, justify="right")
    for laag in verslag.lagen:
        tabel.add_row(
            laag.laag,
            laag.bestand,
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
        _show_findings(laag)
    for pad, _ in verslag.overgeslagen_bestanden:
        scherm.print(f"Overgeslagen, geen geodata of van een soort die niet gelezen wordt: {pad}")
    for _, fout in verslag.geweigerde_bestanden:
        click.echo(f"Geweigerd: {fout.melding}", err=True)


def _show_findings(laag: Inname) -> None:
    scherm = console()
    for bev in laag.bevindingen:
        voorbeelden = f" Bijvoorbeeld: {', '.join(bev.voorbeelden)}." if bev.voorbeelden else ""
        scherm.print(
            f"{laag.laag}: {bev.niveau} {bev.code} ({format_getal(bev.aantal)}x) "
            f"{bev.uitleg}{voorbeelden}"
        )
