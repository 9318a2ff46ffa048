"""The commands `kaart` and `start`, which join daeb-locaties through its entry-point group.

A refusal rises as an error: the root command turns it into one message and exit code 2.
"""

from __future__ import annotations

import threading
from pathlib import Path

import click

from daeb_locaties.cli.basis import Opdracht, progress
from daeb_locaties.inlezen import make_voorbeeld, needs_voorbeeld
from daeb_locaties.keten import ensure_beoordeeld
from daeb_locaties.project import STANDAARDMAP, Project
from kaartlagen.tegels import warm_up
from webmap import create_app
from webmap.config import Instellingen
from webmap.server import Plek, claim_plek, serve

_host = click.option(
    "--host", default="127.0.0.1", show_default=True, help="Adres waarop de kaart luistert."
)
_poort = click.option(
    "--poort",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Poort; 0 kiest een vrije.",
)
_geen_browser = click.option("--geen-browser", is_flag=True, help="Open geen browser.")


@click.command(cls=Opdracht)
@_host
@_poort
@_geen_browser
@click.pass_context
def kaart(ctx: click.Context, host: str, poort: int, geen_browser: bool) -> None:
    """Toon het project op de kaart, op deze computer."""
    plek = claim_plek(host, poort)
    project_map = ctx.find_object(Path) or STANDAARDMAP
    _judge(project_map)
    _show(project_map, plek, open_browser=not geen_browser)


@click.command(cls=Opdracht)
@_poort
@_geen_browser
@click.pass_context
def start(ctx: click.Context, poort: int, geen_browser: bool) -> None:
    """Begin: maak zo nodig de voorbeeldregio, beoordeel haar en toon de kaart."""
    # The port comes first: whoever cannot be served should not wait for an example.
    plek = claim_plek("127.0.0.1", poort)
    project_map = ctx.find_object(Path) or STANDAARDMAP
    if needs_voorbeeld(project_map):
        click.echo(f"Het project in {project_map} is leeg; de fictieve voorbeeldregio komt erin.")
        with progress() as voortgang:
            make_voorbeeld(project_map, voortgang=voortgang)
    _judge(project_map)
    _show(project_map, plek, open_browser=not geen_browser)


def _judge(project_map: Path) -> None:
    """Run the chain where its results are older than what it rests on."""
    with Project.open(project_map) as project, progress() as voortgang:
        ensure_beoordeeld(project, voortgang)


def _show(project_map: Path, plek: Plek, *, open_browser: bool) -> None:
    instellingen = Instellingen(project_map, host=plek.host)
    app = create_app(project_map, instellingen=instellingen)
    # In the background: the page can be open before the first tile is asked for.
    threading.Thread(target=warm_up, daemon=True).start()
    click.echo(f"De kaart staat op {plek.url} (stoppen: Ctrl+C)")
    serve(app, plek, instellingen, open_browser=open_browser)
    click.echo("De kaart is gestopt.")
