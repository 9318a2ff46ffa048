"""What every command shares: Dutch help pages, the project folder, JSON and progress."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar, cast

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from daeb_locaties.project import Project
from daeb_locaties.voortgang import Voortgang

# Done, but items were refused; 2 is for a command that was refused as a whole.
DEELS_GEWEIGERD = 1
GEWEIGERD = 2
INTERNE_FOUT = 3

BREEDTE_ZONDER_TERMINAL = 200

_F = TypeVar("_F", bound=Callable[..., Any])


class _Nederlands:
    """Help pages in Dutch: click itself speaks English."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option that shows the help page."""
        optie = click.Command.get_help_option(cast("click.Command", self), ctx)
        if optie is not None:
            optie.help = "Toon deze hulp."
        return optie

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line with the usage."""
        opdracht = ctx.command
        stukken = [
            {"[OPTIONS]": "[OPTIES]", "COMMAND [ARGS]...": "OPDRACHT ..."}.get(stuk, stuk)
            for stuk in opdracht.collect_usage_pieces(ctx)
        ]
        formatter.write_usage(ctx.command_path, " ".join(stukken), prefix="Gebruik: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, and the commands of a group."""
        opdracht = ctx.command
        regels = [r for p in opdracht.get_params(ctx) if (r := p.get_help_record(ctx))]
        if regels:
            with formatter.section("Opties"):
                formatter.write_dl(regels)
        if isinstance(opdracht, click.Group):
            onder = [
                (naam, opdracht.get_command(ctx, naam)) for naam in opdracht.list_commands(ctx)
            ]
            with formatter.section("Opdrachten"):
                formatter.write_dl(
                    [(naam, o.get_short_help_str(90)) for naam, o in onder if o is not None]
                )


class Opdracht(_Nederlands, click.Command):
    """A command with a Dutch help page."""


class Groep(_Nederlands, click.Group):
    """A group of commands with a Dutch help page."""

    command_class = Opdracht


HULP = {"help_option_names": ["--hulp", "--help", "-h"]}


def json_option(functie: _F) -> _F:
    """Add `--json`: one JSON document on stdout instead of text for people."""
    return click.option("--json", "als_json", is_flag=True, help="Schrijf JSON op de uitvoer.")(
        functie
    )


def print_json(inhoud: object) -> None:
    """Write one JSON document on stdout, in UTF-8 whatever the terminal's code page is."""
    tekst = json.dumps(inhoud, ensure_ascii=False, indent=2) + "\n"
    click.echo(tekst.encode("utf-8"), nl=False)


def console() -> Console:
    """Return a console on stdout for tables and text, wide where no terminal sets a width."""
    breedte = None if sys.stdout.isatty() else BREEDTE_ZONDER_TERMINAL
    return Console(file=sys.stdout, width=breedte, highlight=False, markup=False, emoji=False)


@contextmanager
def opened(ctx: click.Context) -> Iterator[Project]:
    """Open the project of the command line and close it afterwards."""
    map_: Path = ctx.find_object(Path) or Path()
    with Project.open(map_) as project:
        yield project


@contextmanager
def progress() -> Iterator[Voortgang]:
    """Show the progress of a long step on stderr; nothing where stderr is no terminal."""
    scherm = Console(stderr=True, highlight=False, markup=False, emoji=False)
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TimeElapsedColumn(),
        console=scherm,
        transient=True,
        disable=not scherm.is_terminal,
    ) as balk:
        taak = balk.add_task("", total=None)

        def tell(stap: str, gedaan: int, totaal: int) -> None:
            balk.update(taak, description=stap, completed=gedaan, total=totaal or None)

        yield tell
