"""`screening`: which parcels could carry DAEB homes, and why."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import click
import numpy as np
from rich.table import Table

from daeb_locaties.cli.basis import Opdracht, console, json_option, opened, print_json, progress
from daeb_locaties.errors import DaebError
from daeb_locaties.getallen import format_getal
from daeb_locaties.screening import Screening
from daeb_locaties.screeningslijst import read_screening
from kaartlagen.overlay import warm_up
from kaartlagen.overlay.delen import Uitvoerder
from kaartlagen.schrijven import write_flatgeobuf


@click.command(cls=Opdracht)
@click.argument("doel", required=False, type=click.Path(path_type=Path))
@click.option("--gemeente", metavar="CODE", help="Alleen percelen in deze gemeente.")
@click.option("--alles", is_flag=True, help="Toon ook de percelen die niet geschikt zijn.")
@click.option(
    "--motor",
    type=click.Choice(["draden", "dask"]),
    default="draden",
    show_default=True,
    help="Wie rekent: deze computer, of een Dask-cluster.",
)
@click.option("--scheduler", metavar="ADRES", help="Adres van de Dask-scheduler (tcp://...).")
@json_option
@click.pass_context
def screening(
    ctx: click.Context,
    doel: Path | None,
    gemeente: str | None,
    alles: bool,
    motor: str,
    scheduler: str | None,
    als_json: bool,
) -> int:
    """Zoek percelen die DAEB-woningen kunnen dragen; schrijf ze naar DOEL (FlatGeobuf)."""
    uitvoerder = _dask(scheduler) if motor == "dask" else None
    with opened(ctx) as project, progress() as voortgang:
        if not project.lagen.current("percelen"):
            raise DaebError(
                "er zijn geen percelen om te bekijken.",
                herstel="Lees percelen in (daeb-locaties laag inlezen).",
            )
        warm_up(voortgang)
        uit = read_screening(project, uitvoerder, voortgang)
    if gemeente is not None:
        uit = uit[uit["gemeentecode"] == gemeente.removeprefix("GM").zfill(4)]
    per_reden = uit["screening"].value_counts().to_dict()
    gekozen = uit if alles else uit[uit["kandidaat"]]
    if doel is not None and not gekozen.empty:
        write_flatgeobuf(doel, gekozen.reset_index(drop=True))
    if als_json:
        print_json(
            {
                "percelen": len(uit),
                "per_reden": {s.value: per_reden.get(s.value, 0) for s in Screening},
                "lijst": [
                    _vorm(rij) for rij in gekozen.drop(columns="geometry").to_dict("records")
                ],
            }
        )
        return 0
    tabel = Table(title=f"{format_getal(len(uit))} percelen")
    tabel.add_column("uitkomst")
    tabel.add_column("percelen", justify="right")
    tabel.add_column("uitleg")
    for reden in Screening:
        tabel.add_row(reden.label, format_getal(per_reden.get(reden.value, 0)), reden.definitie)
    scherm = console()
    scherm.print(tabel)
    if doel is not None:
        scherm.print(f"{format_getal(len(gekozen))} percelen geschreven naar {doel}.")
    return 0


def _dask(scheduler: str | None) -> Uitvoerder:
    """Make the executor of a cluster; Dask is an extra that not everyone has installed."""
    if scheduler is None:
        raise DaebError("--motor dask vraagt een cluster.", herstel="Geef --scheduler ADRES op.")
    try:
        module = import_module("kaartlagen.overlay.dask_motor")
    except ModuleNotFoundError as fout:
        raise DaebError(
            "Dask is niet geinstalleerd.", herstel="Installeer het extra dask: pip install .[dask]"
        ) from fout
    uitvoerder: Uitvoerder = module.make_dask_motor(scheduler)
    return uitvoerder


def _vorm(rij: dict[str, Any]) -> dict[str, Any]:
    """Return one parcel as JSON values; unknown homes as null."""
    woningen = rij["woningen"]
    return rij | {
        "woningen": None if np.isnan(woningen) else int(woningen),
        "reden": Screening(rij["screening"]).definitie,
    }
