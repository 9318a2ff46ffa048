"""`laag ophalen`: the only command that asks another computer for anything."""

from __future__ import annotations

import click

from daeb_locaties.cli import innameverslag
from daeb_locaties.cli.basis import (
    DEELS_GEWEIGERD,
    GEWEIGERD,
    Opdracht,
    console,
    json_option,
    opened,
    print_json,
    progress,
)
from daeb_locaties.getallen import format_getal
from kaartlagen.pdok import Ophaalverslag, fetch_layer
from kaartlagen.pdok_bestand import Grens
from kaartlagen.pdok_bronnen import PDOK

OMGEVING = "DAEB_PDOK"
"""Environment variable that names a host with the paths of PDOK: a mirror."""


@click.command("ophalen", cls=Opdracht)
@click.argument("laag")
@click.option("--gemeente", metavar="CODE", help="De gemeente: code of naam.")
@click.option("--bron", metavar="URL", help="Een andere OGC API met deze collectie.")
@click.option(
    "--host",
    metavar="URL",
    envvar=OMGEVING,
    default=PDOK,
    show_default=True,
    help=f"Een spiegel van PDOK; ook met de omgevingsvariabele {OMGEVING}.",
)
@click.option(
    "--limiet",
    type=click.IntRange(1, 10_000),
    default=1000,
    show_default=True,
    metavar="N",
    help="Hoeveel objecten per pagina.",
)
@json_option
@click.pass_context
def ophalen(
    ctx: click.Context,
    laag: str,
    gemeente: str | None,
    bron: str | None,
    host: str,
    limiet: int,
    als_json: bool,
) -> int:
    """Haal een LAAG op bij PDOK: percelen, gemeenten, panden of verblijfsobjecten."""
    with opened(ctx) as project, progress() as voortgang:
        verslag = fetch_layer(
            laag,
            project.lagen,
            gemeente=gemeente,
            basis=bron,
            host=host,
            grens=Grens(limiet=limiet),
            voortgang=voortgang,
        )
    if not any(inname.opgenomen for inname in verslag.inname.lagen):
        for melding in innameverslag.refusals(verslag.inname):
            click.echo(f"Geweigerd: {melding}", err=True)
        return GEWEIGERD
    if als_json:
        print_json(_to_json(verslag))
    else:
        _show(verslag)
    return DEELS_GEWEIGERD if innameverslag.has_refusals(verslag.inname) else 0


def _to_json(verslag: Ophaalverslag) -> dict[str, object]:
    opgehaald = verslag.opgehaald
    return {
        **innameverslag.to_json(verslag.inname),
        "opgehaald": {
            "gemeentecode": verslag.gemeentecode,
            "url": opgehaald.url,
            "opgehaald_op": opgehaald.opgehaald_op.isoformat(),
            "paginas": opgehaald.paginas,
            "ontvangen": opgehaald.ontvangen,
            "buiten_gemeente": opgehaald.buiten,
            "licentie": opgehaald.licentie,
        },
    }


def _show(verslag: Ophaalverslag) -> None:
    opgehaald = verslag.opgehaald
    innameverslag.show(verslag.inname)
    console().print(
        f"Opgehaald van {opgehaald.url}: {format_getal(opgehaald.ontvangen)} objecten in "
        f"{format_getal(opgehaald.paginas)} pagina's, waarvan {format_getal(opgehaald.buiten)} "
        f"buiten de gemeente. Licentie: {opgehaald.licentie}."
    )
