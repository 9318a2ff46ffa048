"""The intake of large sources, part by part; what that road cannot take goes the ordinary way.

Both roads give the same snapshot and say the same of it: tests hold them together.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd

from kaartlagen.archief import Bronbestand
from kaartlagen.bronnen.deel import OngeschiktError, Stroom
from kaartlagen.bronnen.lezing import Lezing
from kaartlagen.bronnen.soort import Tabelsoort, XmlSoort
from kaartlagen.controles import BRONLAAG_OVERGESLAGEN, Bevinding
from kaartlagen.errors import KaartlagenError, OpslagError
from kaartlagen.herkennen import Herkenning, recognise
from kaartlagen.herkomst import Herkomst, sha256_bron
from kaartlagen.ingenomen import (
    Aantallen,
    Inlezing,
    Inname,
    Keuzes,
    describe_intake,
    make_herkomst,
    replaced_findings,
)
from kaartlagen.kolomkeuze import Kolomgeheugen, Kolomwijzer
from kaartlagen.ligging import InRd
from kaartlagen.opslag import LaagOpslag
from kaartlagen.stroom import stream_in

GROOT_VANAF_BYTES = 8_000_000
"""From this size on a file is worth the threads; below it nothing needs to be compiled."""


def take_in_parts(
    bron: Bronbestand,
    keuzes: Keuzes,
    opslag: LaagOpslag,
    voortgang: Callable[[str, int, int], None] | None = None,
) -> list[Inname] | None:
    """Take a large source into the store.

    Parameters
    ----------
    bron
        The source.
    keuzes
        What the user says of it.
    opslag
        The store.
    voortgang
        Called as (stap, gedaan, totaal).

    Returns
    -------
    list of Inname or None
        None when this road does not lead there: nothing was stored and nothing is said.

    Raises
    ------
    OpslagError
        When the disk refuses.
    """
    pad = bron.paden[0]
    if len(bron.paden) > 1 or not pad.is_file() or pad.stat().st_size < GROOT_VANAF_BYTES:
        return None
    wijzer = Kolomwijzer(keuzes.kolommen or {}, Kolomgeheugen(opslag.map))
    moment = datetime.now(UTC)
    try:
        herkenning = recognise(pad, keuzes.soort, wijzer)
        herkend = herkenning.herkend[0]
        stroom = replace(_stream(pad, herkenning), bron=bron.naam)
        with ThreadPoolExecutor(1) as teller:
            sha256 = teller.submit(sha256_bron, pad)

            def origin(in_rd: InRd) -> Herkomst:
                inlezing = Inlezing(bron.naam, sha256.result(), moment, keuzes)
                return make_herkomst(inlezing, herkend, _without_rows(stroom), in_rd)

            def beside(herkomst: Herkomst) -> tuple[Bevinding, ...]:
                over = herkenning.overgeslagen
                gemeld = BRONLAAG_OVERGESLAGEN.report(len(over), over)
                return gemeld + replaced_findings(stroom.laag, herkomst, opslag)

            uit = stream_in(
                stroom,
                opslag,
                crs=keuzes.crs,
                op=moment.date(),
                herkomst=origin,
                erbij=beside,
                voortgang=voortgang,
            )
    except OpslagError:
        raise
    except (OngeschiktError, KaartlagenError):
        # The ordinary road says what is wrong, or finds that nothing is.
        return None
    opname = uit.momentopname
    aantallen = Aantallen(uit.gelezen, uit.opgenomen, uit.hersteld)
    return [describe_intake(stroom.laag, uit.herkomst, aantallen, uit.bevindingen, opname, opslag)]


def _stream(pad: Path, herkenning: Herkenning) -> Stroom:
    """Open the one layer of a file to be read part by part."""
    if len(herkenning.herkend) > 1:
        raise OngeschiktError("several layers")
    herkend = herkenning.herkend[0]
    if isinstance(herkend.lezer, XmlSoort) and herkend.lezer.stream is not None:
        return herkend.lezer.stream(pad)
    if (
        isinstance(herkend.lezer, Tabelsoort)
        and herkend.lezer.stream is not None
        and herkend.kop is not None
        and not herkend.erbij
    ):
        return herkend.lezer.stream(herkend.kop)
    raise OngeschiktError(f"no such road for {herkend.soort}")


def _without_rows(stroom: Stroom) -> Lezing:
    """Say of a stream what a reading says of the whole."""
    return Lezing(
        laag=stroom.laag,
        kolommen=pd.DataFrame(),
        geometrie=np.empty(0, dtype=object),
        crs=stroom.crs,
        gelezen=0,
        bron=stroom.bron,
        vorm=stroom.vorm,
        peildatum=stroom.peildatum,
    )
