"""The root command, its exit codes, and the commands that other packages plug in."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import entry_points
from pathlib import Path

import click

import daeb_locaties
from daeb_locaties.cli import (
    agenda,
    akkoord,
    balans,
    beheer,
    bod,
    controles,
    gesprek,
    keten,
    laag,
    locatie,
    peildatum,
    screening,
    uitvoer,
)
from daeb_locaties.cli.basis import GEWEIGERD, HULP, INTERNE_FOUT, Groep
from daeb_locaties.project import REGISTERVARIABELE, STANDAARDMAP
from kaartlagen.errors import KaartlagenError

# Packages above this one (webmap) add their commands under this name, so that no arrow runs up.
INSTEEKGROEP = "daeb_locaties.opdrachten"


@click.group(cls=Groep, context_settings=HULP, invoke_without_command=False)
@click.option(
    "--project",
    "project_map",
    type=click.Path(path_type=Path),
    default=STANDAARDMAP,
    show_default=True,
    metavar="MAP",
    help="De projectmap met akkoord, lagen en register.",
)
@click.option(
    "--register",
    "register_adres",
    metavar="ADRES",
    help="Het register op een server: postgresql://gebruiker@server/database.",
)
@click.version_option(
    daeb_locaties.__version__, "--versie", message="%(version)s", help="Toon de versie."
)
@click.pass_context
def groep(ctx: click.Context, project_map: Path, register_adres: str | None) -> None:
    """DAEB-locaties: van bod naar locaties op de kaart, hard of zacht met bewijs."""
    ctx.obj = project_map
    if register_adres is not None:
        ctx.with_resource(_register_at(register_adres))


for _opdracht in (
    laag.groep,
    akkoord.groep,
    bod.groep,
    locatie.groep,
    uitvoer.groep,
    keten.beoordeel,
    balans.balans,
    keten.dubbeltelling,
    keten.verschil,
    keten.voorbeeld,
    screening.screening,
    gesprek.gesprek,
    agenda.agenda,
    gesprek.standpunt,
    peildatum.peildatum,
    peildatum.indienen,
    peildatum.toets,
    keten.regels,
    controles.controles,
    beheer.controleer,
    beheer.reservekopie,
    beheer.herstel,
    beheer.migreer,
):
    groep.add_command(_opdracht)


@contextmanager
def _register_at(adres: str) -> Iterator[None]:
    """Let everything that this command opens find the register there."""
    eerder = os.environ.get(REGISTERVARIABELE)
    os.environ[REGISTERVARIABELE] = adres
    try:
        yield
    finally:
        if eerder is None:
            del os.environ[REGISTERVARIABELE]
        else:
            os.environ[REGISTERVARIABELE] = eerder


def main() -> None:
    """Run the command line; the exit code says how it ended.

    0 done; 1 done, but items were refused; 2 refused, nothing changed; 3 internal error.
    """
    for ingang in sorted(entry_points(group=INSTEEKGROEP), key=lambda e: e.name):
        groep.add_command(ingang.load(), ingang.name)
    try:
        uitkomst = groep.main(prog_name="daeb-locaties", standalone_mode=False)
    except KaartlagenError as fout:
        _stop(fout.melding)
    except click.UsageError as fout:
        _stop(_dutch(fout))
    except (click.Abort, KeyboardInterrupt):
        _stop("Afgebroken.")
    except Exception:  # noqa: BLE001 - the outermost edge: what comes here is our fault
        click.echo("Interne fout; meld dit met de regels hieronder.", err=True)
        click.echo(traceback.format_exc(), err=True)
        sys.exit(INTERNE_FOUT)
    sys.exit(uitkomst if isinstance(uitkomst, int) else 0)


def _stop(melding: str) -> None:
    click.echo(f"Geweigerd: {melding}" if melding != "Afgebroken." else melding, err=True)
    sys.exit(GEWEIGERD)


def _dutch(fout: click.UsageError) -> str:
    """Say in Dutch what is wrong with the words of the call, and where help is."""
    pad = fout.ctx.command_path if fout.ctx else "daeb-locaties"
    if isinstance(fout, click.NoSuchOption):
        wat = f"de optie {fout.option_name} bestaat niet."
    elif isinstance(fout, click.MissingParameter):
        naam = fout.param.human_readable_name if fout.param else ""
        wat = f"{naam} ontbreekt."
    elif isinstance(fout, click.BadParameter):
        naam = fout.param.human_readable_name if fout.param else ""
        wat = f"de waarde voor {naam} is niet bruikbaar ({fout.message})"
    elif isinstance(fout.ctx and fout.ctx.command, click.Group):
        wat = "deze opdracht bestaat niet of ontbreekt."
    else:
        wat = fout.message
    return f"{wat} Zie: {pad} --hulp"
