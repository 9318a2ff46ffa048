"""`locatie inlezen` and `locatie lijst`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click
from rich.table import Table

from daeb_locaties.begrippen import Maat
from daeb_locaties.cli import vormen
from daeb_locaties.cli.basis import (
    DEELS_GEWEIGERD,
    Groep,
    console,
    json_option,
    opened,
    print_json,
    progress,
)
from daeb_locaties.cli.kolommen import kolom_option, read_choice
from daeb_locaties.getallen import format_getal
from daeb_locaties.inlezen import ingest_locaties
from daeb_locaties.keten import ensure_beoordeeld
from daeb_locaties.overzicht import read_regels


@click.group("locatie", cls=Groep)
def groep() -> None:
    """Locaties inlezen en bekijken."""


@groep.command("inlezen")
@click.argument("bestand", type=click.Path(path_type=Path))
@click.option("--soort", metavar="SOORT", help="De soort, als die niet te herkennen is.")
@click.option("--crs", metavar="EPSG:N", help="Het coordinatenstelsel, als het bestand dat mist.")
@kolom_option
@json_option
@click.pass_context
def inlezen(
    ctx: click.Context,
    bestand: Path,
    soort: str | None,
    crs: str | None,
    kolommen: tuple[str, ...],
    als_json: bool,
) -> int:
    """Lees locaties uit BESTAND: een planlijst (ook xlsx of csv) of een bestand met vlakken."""
    keuze = read_choice(kolommen)
    with opened(ctx) as project:
        verslag = ingest_locaties(project, bestand, soort=soort, crs=crs, kolommen=keuze)
    if als_json:
        print_json(
            {
                "bestand": verslag.bestand,
                "gelezen": verslag.gelezen,
                "geweigerd": verslag.geweigerd,
                **asdict(verslag.register),
                "bevindingen": [vormen.bevinding(b) for b in verslag.bevindingen],
            }
        )
    else:
        register = verslag.register
        console().print(
            f"{bestand.name}: {verslag.gelezen} gelezen, {register.opgenomen} opgenomen, "
            f"{register.gewijzigd} gewijzigd, {register.gelijk} gelijk gebleven, "
            f"{verslag.geweigerd} geweigerd."
        )
        if register.beeindigd:
            console().print(f"{register.beeindigd} locaties zijn beëindigd en blijven dat.")
        for botsing in register.botsingen:
            console().print(botsing.zin)
        for bev in verslag.bevindingen:
            voorbeelden = f" Bijvoorbeeld: {', '.join(bev.voorbeelden)}." if bev.voorbeelden else ""
            console().print(f"{bev.niveau} {bev.code} ({bev.aantal}x) {bev.uitleg}{voorbeelden}")
    return DEELS_GEWEIGERD if verslag.geweigerd or verslag.register.botsingen else 0


@groep.command("lijst")
@json_option
@click.pass_context
def lijst(ctx: click.Context, als_json: bool) -> int:
    """Toon alle locaties met hun oordeel."""
    with opened(ctx) as project, progress() as voortgang:
        ensure_beoordeeld(project, voortgang)
        regels = read_regels(project)
    if als_json:
        print_json({"locaties": [vormen.locatie(regel) for regel in regels]})
        return 0
    tabel = Table(title=f"{format_getal(len(regels))} locaties")
    for kop in ("gemeente", "naam", "status", "oordeel", "regel"):
        tabel.add_column(kop)
    tabel.add_column("DAEB netto", justify="right")
    tabel.add_column("signalen")
    for regel in regels:
        netto = regel.locatie.netto(Maat.DAEB)
        tabel.add_row(
            regel.koppeling.gemeentenaam or "onbekend",
            regel.locatie.naam,
            regel.oordeel.planstatus.value,
            regel.oordeel.hardheid.value,
            regel.oordeel.regel,
            "onbekend" if netto is None else format_getal(netto),
            "; ".join(s.label for s in regel.signalen),
        )
    console().print(tabel)
    return 0
