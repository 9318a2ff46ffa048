"""`balans`: how far the bids are covered, whole or cut per period, year or corporatie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import click
from rich.table import Table

from daeb_locaties.balansdelen import Balansdeel
from daeb_locaties.begrippen import Maat
from daeb_locaties.bod import parse_versie
from daeb_locaties.cli import vormen
from daeb_locaties.cli.basis import Opdracht, console, json_option, opened, print_json, progress
from daeb_locaties.errors import BodError
from daeb_locaties.getallen import format_getal
from daeb_locaties.keten import ensure_beoordeeld
from daeb_locaties.model import Balans
from daeb_locaties.overzicht import read_balans, read_balansdelen

_KOLOMMEN = ("bod", "hard", "zacht", "onbekend", "zonder_locatie", "boven_bod", "dubbel", "doel")
_DEELKOLOMMEN = ("bod", "hard", "zacht", "onbekend", "dubbel", "buiten_periode", "geen_capaciteit")


@click.command(cls=Opdracht)
@click.option(
    "--maat",
    type=click.Choice([maat.value for maat in Maat]),
    default=Maat.DAEB.value,
    show_default=True,
    help="Wat er geteld wordt.",
)
@click.option(
    "--per",
    type=click.Choice(["gemeente", "periode", "jaar", "corporatie"]),
    default="gemeente",
    show_default=True,
    help="Hoe de balans is verdeeld.",
)
@click.option(
    "--versie",
    metavar="VERSIE",
    help="De versie van het bod, bijvoorbeeld 'bod' of 'aangescherpt bod 1'; anders de nieuwste.",
)
@json_option
@click.pass_context
def balans(ctx: click.Context, maat: str, per: str, versie: str | None, als_json: bool) -> int:
    """Toon per gemeente en voor de regio hoe ver het bod door locaties is gedekt."""
    nummer = None if versie is None else _versie(versie)
    with opened(ctx) as project, progress() as voortgang:
        bewijs = ensure_beoordeeld(project, voortgang)
        stand = read_balans(project, maat=Maat(maat), versie=nummer)
        delen = (
            () if per == "gemeente" else read_balansdelen(project, per, Maat(maat), versie=nummer)
        )
    if als_json:
        uit: dict[str, Any] = {
            "akkoord": bewijs.akkoord,
            "regelversie": bewijs.regelversie,
            "maat": maat,
            "versie": versie or "nieuwste",
            "gemeenten": [vormen.balansregel(rij) for rij in stand.gemeenten],
            "regio": vormen.balansregel(stand.regio),
        }
        if per != "gemeente":
            uit["per"] = per
            uit["delen"] = [asdict(deel) | {"maat": deel.maat.value} for deel in delen]
        print_json(uit)
        return 0
    kop = f"{Maat(maat).label}, netto (akkoord: {bewijs.akkoord})"
    if per == "gemeente":
        _show(stand, f"Balans in {kop}")
    else:
        _show_delen(stand, delen, per, f"Balans per {per} in {kop}")
    return 0


def _versie(tekst: str) -> int:
    nummer = parse_versie(tekst)
    if nummer is None:
        raise BodError(
            f"'{tekst}' is geen versie van een bod.",
            herstel="Schrijf 'bod' of 'aangescherpt bod 1'.",
        )
    return nummer


def _show(stand: Balans, titel: str) -> None:
    tabel = Table(title=titel)
    tabel.add_column("gemeente")
    tabel.add_column("versie")
    for kolom in _KOLOMMEN:
        tabel.add_column(kolom.replace("_", " "), justify="right")
    tabel.add_column("toelichting")
    for rij in (*stand.gemeenten, stand.regio):
        nodig = "aanwezig" if rij.toelichting_aanwezig else "nodig"
        tabel.add_row(
            rij.naam,
            rij.bod_versie or "",
            *(_cell(getattr(rij, kolom)) for kolom in _KOLOMMEN),
            nodig if rij.toelichting_nodig else "",
        )
    console().print(tabel)


def _show_delen(stand: Balans, delen: Sequence[Balansdeel], per: str, titel: str) -> None:
    namen = {rij.gemeentecode: rij.naam for rij in (*stand.gemeenten, stand.regio)}
    tabel = Table(title=titel)
    tabel.add_column("gemeente")
    tabel.add_column(per)
    for kolom in _DEELKOLOMMEN:
        tabel.add_column(kolom.replace("_", " "), justify="right")
    for deel in delen:
        cellen = (_cell(getattr(deel, kolom)) for kolom in _DEELKOLOMMEN)
        tabel.add_row(namen[deel.gemeentecode], deel.naam, *cellen)
    console().print(tabel)


def _cell(getal: int | None) -> str:
    return "-" if getal is None else format_getal(getal)
