"""`controleer`, `reservekopie`, `herstel` and `migreer`."""

from __future__ import annotations

import os
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from daeb_locaties.beheer.controle import check_project
from daeb_locaties.beheer.herstel import restore
from daeb_locaties.beheer.reservekopie import back_up
from daeb_locaties.cli import vormen
from daeb_locaties.cli.basis import (
    DEELS_GEWEIGERD,
    Opdracht,
    console,
    json_option,
    opened,
    print_json,
)
from daeb_locaties.getallen import format_getal
from daeb_locaties.project import REGISTERVARIABELE, find_register
from daeb_locaties.register import Registerplaats
from daeb_locaties.register.bijwerken import migrate


@click.command(cls=Opdracht)
@json_option
@click.pass_context
def controleer(ctx: click.Context, als_json: bool) -> int:
    """Controleer register en lagen: zegels, toestand, verwijzingen en bestanden."""
    with opened(ctx) as project:
        verslag = check_project(project)
    if als_json:
        print_json(
            {
                "goed": verslag.goed,
                "gebeurtenissen": verslag.gebeurtenissen,
                "onderwerpen": verslag.onderwerpen,
                "momentopnamen": verslag.momentopnamen,
                "bevindingen": [vormen.bevinding(b) for b in verslag.bevindingen],
            }
        )
        return 0 if verslag.goed else DEELS_GEWEIGERD
    scherm = console()
    scherm.print(
        f"{format_getal(verslag.gebeurtenissen)} gebeurtenissen over "
        f"{format_getal(verslag.onderwerpen)} onderwerpen en "
        f"{format_getal(verslag.momentopnamen)} momentopnamen nagegaan."
    )
    for bev in verslag.bevindingen:
        voorbeelden = f" Bijvoorbeeld: {'; '.join(bev.voorbeelden)}." if bev.voorbeelden else ""
        scherm.print(f"{bev.niveau} {bev.code} ({bev.aantal}x) {bev.uitleg}{voorbeelden}")
    scherm.print("Alles in orde." if verslag.goed else "Er is iets niet in orde.")
    return 0 if verslag.goed else DEELS_GEWEIGERD


@click.command(cls=Opdracht)
@click.argument("doel", type=click.Path(path_type=Path))
@json_option
@click.pass_context
def reservekopie(ctx: click.Context, doel: Path, als_json: bool) -> int:
    """Schrijf het hele project naar een bestand DOEL (.zip), terwijl anderen doorwerken."""
    with opened(ctx) as project:
        verslag = back_up(project, doel.resolve())
    if als_json:
        print_json(asdict(verslag) | {"bestand": str(doel)})
        return 0
    console().print(
        f"{doel}: {format_getal(verslag.bestanden)} bestanden, "
        f"{format_getal(verslag.gebeurtenissen)} gebeurtenissen, "
        f"{format_getal(verslag.bytes / 1e6, 1)} MB; teruggelezen en in orde."
    )
    console().print(f"sha256 {verslag.sha256}")
    return 0


@click.command(cls=Opdracht)
@click.argument("bron", type=click.Path(path_type=Path))
@json_option
@click.pass_context
def herstel(ctx: click.Context, bron: Path, als_json: bool) -> int:
    """Zet een reservekopie BRON terug in een nieuwe of lege projectmap."""
    map_ = (ctx.find_object(Path) or Path()).resolve()
    adres = os.environ.get(REGISTERVARIABELE)
    verslag = restore(bron, map_, Registerplaats.parse(adres) if adres else None)
    if als_json:
        print_json(asdict(verslag) | {"project_map": str(verslag.project_map)})
        return 0
    console().print(
        f"Teruggezet in {map_}: {format_getal(verslag.bestanden)} bestanden en "
        f"{format_getal(verslag.gebeurtenissen)} gebeurtenissen, stand van {verslag.gemaakt_op}; "
        "nagegaan en in orde."
    )
    console().print(f"Het register staat in {verslag.register} (was: {verslag.register_was}).")
    return 0


@click.command(cls=Opdracht)
@json_option
@click.pass_context
def migreer(ctx: click.Context, als_json: bool) -> int:
    """Breng het register bij naar deze versie; van een bestand komt er eerst een kopie."""
    map_ = ctx.find_object(Path) or Path()
    verslag = migrate(find_register(map_), datetime.now(UTC))
    if als_json:
        kopie = str(verslag.kopie) if verslag.kopie else None
        print_json({"van": verslag.van, "naar": verslag.naar, "kopie": kopie})
        return 0
    if not verslag.bijgewerkt:
        console().print(f"Het register is al bij (versie {verslag.naar}).")
        return 0
    console().print(f"Het register is bijgewerkt van versie {verslag.van} naar {verslag.naar}.")
    if verslag.kopie:
        console().print(f"De kopie van daarvoor staat in {verslag.kopie}.")
    return 0
