"""`controles`: the list of numbered checks."""

from __future__ import annotations

from dataclasses import asdict

import click

from daeb_locaties.cli.basis import Opdracht, console, json_option, print_json
from kaartlagen.controlelijst import CONTROLES, CONTROLEVERSIE


@click.command("controles", cls=Opdracht)
@json_option
def controles(als_json: bool) -> int:
    """Toon de genummerde controles bij het inlezen van kaartlagen."""
    if als_json:
        print_json({"versie": CONTROLEVERSIE, "controles": [asdict(c) for c in CONTROLES]})
        return 0
    for controle in CONTROLES:
        delen = (controle.wat, controle.waarom, controle.herstel)
        tekst = " ".join(deel for deel in delen if deel)
        console().print(f"{controle.code} ({controle.niveau}) {tekst}")
    return 0
