"""`bod inlezen` and `bod lijst`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click
from rich.table import Table

from daeb_locaties.begrippen import Maat
from daeb_locaties.bodversies import Bodverschil, compare_alle, view_as_today
from daeb_locaties.cli import vormen
from daeb_locaties.cli.basis import Groep, console, json_option, opened, print_json
from daeb_locaties.errors import BodError
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
@click.option(
    "--nu",
    "in_gemeenten_van_nu",
    is_flag=True,
    help="De nieuwste biedingen in de gemeenten van nu; voorgangers zijn opgeteld.",
)
@json_option
@click.pass_context
def lijst(ctx: click.Context, in_gemeenten_van_nu: bool, als_json: bool) -> int:
    """Toon alle versies van alle biedingen."""
    with opened(ctx) as project:
        biedingen = read_biedingen(project)
        if in_gemeenten_van_nu:
            biedingen = view_as_today(biedingen, project.akkoord)
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


@groep.command("vergelijk")
@click.option("--gemeente", metavar="CODE", help="Alleen deze gemeente.")
@json_option
@click.pass_context
def vergelijk(ctx: click.Context, gemeente: str | None, als_json: bool) -> int:
    """Toon wat elke gemeente veranderde van de ene naar de volgende versie van haar bod."""
    with opened(ctx) as project:
        biedingen = read_biedingen(project)
    codes = {bod.gemeentecode for bod in biedingen}
    if gemeente is not None and gemeente not in codes:
        raise BodError(
            f"van gemeente {gemeente} is geen bod ingelezen.",
            herstel=f"Kies uit: {', '.join(sorted(codes)) or 'er is nog geen enkel bod'}.",
        )
    verschillen = compare_alle(b for b in biedingen if gemeente in {None, b.gemeentecode})
    if als_json:
        print_json({"verschillen": [vormen.bodverschil(v) for v in verschillen]})
        return 0
    if not verschillen:
        console().print("Er is van geen gemeente meer dan een versie van het bod.")
    for verschil in verschillen:
        _show_verschil(verschil)
    return 0


def _show_verschil(verschil: Bodverschil) -> None:
    oud, nieuw = verschil.oud, verschil.nieuw
    tabel = Table(title=f"{nieuw.gemeentenaam}: van {oud.versie} naar {nieuw.versie}")
    for kop in ("onderdeel", "maat", "periode"):
        tabel.add_column(kop)
    for kop in ("oud", "nieuw", "verschil"):
        tabel.add_column(kop, justify="right")
    for regel in verschil.regels:
        getallen = ("-" if g is None else format_getal(g) for g in (regel.oud, regel.nieuw))
        tabel.add_row(
            regel.component.label,
            regel.maat.label,
            regel.periode,
            *getallen,
            _signed(regel.verschil),
        )
    for maat, van, naar in verschil.netto:
        tabel.add_row(
            "netto", maat.label, "", format_getal(van), format_getal(naar), _signed(naar - van)
        )
    console().print(tabel)
    if verschil.toelichting_gewijzigd:
        console().print(f"Toelichting: {nieuw.toelichting or '(geen)'}")
        console().print(f"Handelingsperspectief: {nieuw.handelingsperspectief or '(geen)'}")


def _signed(getal: int) -> str:
    return f"+{format_getal(getal)}" if getal > 0 else format_getal(getal)
