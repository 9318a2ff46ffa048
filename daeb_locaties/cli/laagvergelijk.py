"""`laag vergelijk`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import click
from rich.table import Table

from daeb_locaties.cli.basis import Opdracht, console, json_option, opened, print_json
from daeb_locaties.getallen import format_getal
from daeb_locaties.laagverschil import GeraakteLocatie, find_geraakt
from kaartlagen.laaguitvoer import require_layer
from kaartlagen.vergelijken import TOLERANTIE_M2, Vergelijking, Verschil, compare

TOON = 20
"""So many differences are shown to people; JSON has them all."""


@click.command("vergelijk", cls=Opdracht)
@click.argument("laag")
@click.argument("oud")
@click.argument("nieuw")
@click.option(
    "--tolerantie",
    "tolerantie_m2",
    type=click.FloatRange(min=0.0),
    default=TOLERANTIE_M2,
    show_default=True,
    metavar="M2",
    help="Zoveel grond mag een vlak verschillen.",
)
@json_option
@click.pass_context
def vergelijk(
    ctx: click.Context, laag: str, oud: str, nieuw: str, tolerantie_m2: float, als_json: bool
) -> int:
    """Vergelijk twee momentopnamen OUD en NIEUW van een LAAG (zie laag lijst)."""
    require_layer(laag)
    with opened(ctx) as project:
        uitkomst = compare(
            laag,
            project.lagen.read(laag, momentopname=oud),
            project.lagen.read(laag, momentopname=nieuw),
            tolerantie_m2=tolerantie_m2,
        )
        geraakt = find_geraakt(project.register.locaties(), uitkomst)
    if als_json:
        print_json(_to_json(oud, nieuw, uitkomst, geraakt))
    else:
        _show(uitkomst, geraakt)
    return 0


def _to_json(
    oud: str, nieuw: str, uitkomst: Vergelijking, geraakt: Sequence[GeraakteLocatie]
) -> dict[str, Any]:
    return {
        "laag": uitkomst.laag,
        "oud": oud,
        "nieuw": nieuw,
        "sleutel": list(uitkomst.sleutel),
        "tellingen": {"gelijk": uitkomst.gelijk, **_counts(uitkomst)},
        "verschillen": [_difference(verschil) for verschil in uitkomst.verschillen],
        "locaties": [asdict(locatie) for locatie in geraakt],
    }


def _counts(uitkomst: Vergelijking) -> dict[str, int]:
    return {
        "nieuw": len(uitkomst.of_kind("nieuw")),
        "weg": len(uitkomst.of_kind("weg")),
        "gewijzigd": len(uitkomst.of_kind("gewijzigd")),
    }


def _difference(verschil: Verschil) -> dict[str, Any]:
    return {
        "soort": verschil.soort,
        "naam": verschil.naam,
        "kolommen": list(verschil.kolommen),
        "geometrie_gewijzigd": verschil.geometrie_gewijzigd,
        "oppervlakte_oud_m2": verschil.oppervlakte_oud_m2,
        "oppervlakte_nieuw_m2": verschil.oppervlakte_nieuw_m2,
        "veranderd_m2": verschil.veranderd_m2,
        "bbox_rd": list(verschil.plek_rd.bounds),
    }


def _show(uitkomst: Vergelijking, geraakt: Sequence[GeraakteLocatie]) -> None:
    scherm = console()
    tellingen = ", ".join(f"{format_getal(n)} {naam}" for naam, n in _counts(uitkomst).items())
    scherm.print(f"{uitkomst.laag}: {format_getal(uitkomst.gelijk)} gelijk, {tellingen}.")
    if uitkomst.verschillen:
        scherm.print(_table(uitkomst.verschillen))
    if len(uitkomst.verschillen) > TOON:
        scherm.print(f"Getoond zijn de eerste {TOON}; met --json staan ze er alle.")
    for locatie in geraakt:
        waar = (
            "het punt"
            if locatie.oppervlakte_m2 is None
            else f"{format_getal(locatie.oppervlakte_m2)} m2"
        )
        scherm.print(
            f"Raakt locatie {locatie.naam} ({locatie.locatie_id}): {waar}; {locatie.nieuw} nieuw, "
            f"{locatie.weg} weg, {locatie.gewijzigd} gewijzigd."
        )
    if not geraakt:
        scherm.print("Er wordt geen locatie geraakt.")


def _table(verschillen: Sequence[Verschil]) -> Table:
    tabel = Table(title="Verschillen")
    for kop in ("soort", "object", "gegevens", "geometrie"):
        tabel.add_column(kop)
    for kop in ("oud (m2)", "nieuw (m2)", "veranderd (m2)"):
        tabel.add_column(kop, justify="right")
    for verschil in verschillen[:TOON]:
        tabel.add_row(
            verschil.soort,
            verschil.naam,
            ", ".join(verschil.kolommen),
            "gewijzigd" if verschil.geometrie_gewijzigd else "",
            *(
                "-" if m2 is None else format_getal(m2)
                for m2 in (
                    verschil.oppervlakte_oud_m2,
                    verschil.oppervlakte_nieuw_m2,
                    verschil.veranderd_m2,
                )
            ),
        )
    return tabel
