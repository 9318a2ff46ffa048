"""The commands `kaart` and `start`, which join daeb-locaties through its entry-point group."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from daeb_locaties.keten import read_voorbeeld, run_keten
from daeb_locaties.project import STANDAARDMAP, Project, is_empty
from daeb_locaties.voorbeeld import write_voorbeeld
from kaartlagen.errors import KaartlagenError
from webmap import create_app
from webmap.config import Instellingen
from webmap.server import Plek, claim_plek, serve

_host = click.option("--host", default="127.0.0.1", show_default=True, help="Adres.")
_poort = click.option(
    "--poort", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Poort."
)
_geen_browser = click.option("--geen-browser", is_flag=True, help="Open geen browser.")


@click.command()
@_host
@_poort
@_geen_browser
@click.pass_context
def kaart(ctx: click.Context, host: str, poort: int, geen_browser: bool) -> None:
    """Toon het project op de kaart, op deze computer."""
    with _refusals():
        plek = claim_plek(host, poort)
        _show(_project_map(ctx), plek, open_browser=not geen_browser)


@click.command()
@_poort
@_geen_browser
@click.option("--percelen", type=click.IntRange(100, 1_000_000), default=5_000, hidden=True)
@click.pass_context
def start(ctx: click.Context, poort: int, geen_browser: bool, percelen: int) -> None:
    """Begin: maak zo nodig het voorbeeld, beoordeel, en toon de kaart."""
    with _refusals():
        plek = claim_plek("127.0.0.1", poort)
        project_map = _project_map(ctx)
        _fill_when_empty(project_map, percelen)
        _show(project_map, plek, open_browser=not geen_browser)


def _project_map(ctx: click.Context) -> Path:
    gekozen = ctx.find_object(Path)
    return gekozen if gekozen is not None else STANDAARDMAP


def _fill_when_empty(project_map: Path, percelen: int) -> None:
    """Make the fictive region where there is nothing yet, and judge it."""
    if not is_empty(project_map):
        click.echo(f"Het project in {project_map} wordt getoond zoals het is.")
        return
    click.echo(f"Het project in {project_map} is leeg: de fictieve voorbeeldregio komt erin.")
    voortgang = _Meter()
    write_voorbeeld(project_map, percelen=percelen, voortgang=voortgang)
    with Project.open(project_map) as project:
        read_voorbeeld(project, voortgang=voortgang)
        run_keten(project, voortgang=voortgang)
    voortgang.finish()


def _show(project_map: Path, plek: Plek, *, open_browser: bool) -> None:
    app = create_app(project_map, instellingen=Instellingen(project_map, host=plek.host))
    click.echo(f"De kaart staat op {plek.url}  (stoppen: Ctrl+C)")
    try:
        serve(app, plek, open_browser=open_browser)
    except KeyboardInterrupt:
        click.echo("De kaart is gestopt.")


class _Meter:
    """Says on stderr which step is under way: a line per step, counted on a terminal."""

    def __init__(self) -> None:
        self._stap = ""

    def __call__(self, stap: str, gedaan: int, totaal: int) -> None:
        if stap != self._stap:
            self.finish()
            self._stap = stap
            click.echo(f"  {stap}", nl=not _on_terminal(), err=True)
        elif _on_terminal() and totaal:
            click.echo(f"\r  {stap}  {100 * gedaan // totaal:3d} %", nl=False, err=True)

    def finish(self) -> None:
        """End the line of the last step."""
        if self._stap and _on_terminal():
            click.echo(err=True)
        self._stap = ""


def _on_terminal() -> bool:
    return click.get_text_stream("stderr").isatty()


@contextmanager
def _refusals() -> Iterator[None]:
    """Turn a refusal into one message on stderr and exit code 2, without a traceback."""
    try:
        yield
    except KaartlagenError as fout:
        click.echo(f"Fout: {fout.melding}", err=True)
        raise SystemExit(2) from fout
