"""One way to open a file with tables, whether GDAL reads it or it is an xlsx or csv."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from kaartlagen.bestandsvorm import Vorm
from kaartlagen.bronnen.planlijst_diwi import diwi_sheet
from kaartlagen.bronnen.tabelgeometrie import Plekkolommen, find_plek, read_plekken
from kaartlagen.bronnen.tabelkop import Blad, find_header
from kaartlagen.controles import Bevinding
from kaartlagen.errors import BronError
from kaartlagen.kolomkeuze import Kolomwijzer
from kaartlagen.lezen import Bronlaag, Laagkop
from kaartlagen.lezen import read_heads as read_vector_heads
from kaartlagen.lezen import read_layer as read_vector_layer
from kaartlagen.tabelcontroles import KOLOM_GEKOZEN, TEKSTCODERING
from kaartlagen.tabellen import TABELVORMEN, Raster, read_rasters

_MONSTER = 100


def read_heads(
    pad: Path, vorm: Vorm, wijzer: Kolomwijzer
) -> tuple[tuple[Laagkop, ...], tuple[str, ...]]:
    """List the tables of a file, with their first rows, and name those passed over.

    Parameters
    ----------
    pad
        The file.
    vorm
        Its form; no XML.
    wijzer
        What the user says, or said before, of its columns.

    Raises
    ------
    BronError
        When the file cannot be opened, or is a workbook without a table.
    KolomError
        When the user names a column that no table has.
    """
    if vorm not in TABELVORMEN:
        koppen = read_vector_heads(pad, vorm)
        wijzer.require([kop.kolommen for kop in koppen], pad.name)
        return tuple(_with_choice(kop, wijzer) for kop in koppen), ()
    bladen, over = _sheets(pad, vorm)
    wijzer.require([blad.koppen for blad, _ in bladen], pad.name)
    return tuple(_head(pad, vorm, blad, wijzer) for blad, _ in bladen), over


def read_layer(kop: Laagkop) -> Bronlaag:
    """Read all rows of one table, under the names that the user chose.

    Raises
    ------
    BronError
        When rows cannot be read.
    CrsError
        When the rows of a table name different coordinate systems.
    """
    if kop.vorm not in TABELVORMEN:
        bron = read_vector_layer(kop)
        if kop.keuze is None:
            return bron
        kolommen = bron.kolommen.set_axis(list(kop.keuze.nieuwe_koppen), axis=1)
        return replace(bron, kolommen=kolommen, bevindingen=_chosen(kop))
    for blad, raster in _sheets(kop.pad, kop.vorm)[0]:
        if blad.naam == kop.naam:
            return _layer(kop, blad, raster)
    raise BronError("het werkblad is verdwenen.", waar=f"{kop.pad.name}, {kop.naam}")


def _sheets(pad: Path, vorm: Vorm) -> tuple[list[tuple[Blad, Raster]], tuple[str, ...]]:
    bladen, over = [], []
    for raster in read_rasters(pad, vorm):
        blad = diwi_sheet(raster) or find_header(raster)
        if raster.verborgen:
            over.append(f"{raster.naam} (verborgen werkblad)")
        elif blad is None:
            over.append(f"{raster.naam} (zonder kopregel)")
        else:
            bladen.append((blad, raster))
    if not bladen:
        raise BronError(
            "in dit bestand staat geen tabel met een kopregel.",
            waar=pad.name,
            herstel="Zet boven de tabel één rij met de namen van de kolommen.",
        )
    return bladen, tuple(over)


def _with_choice(kop: Laagkop, wijzer: Kolomwijzer) -> Laagkop:
    keuze = wijzer.choose(kop.kolommen)
    if not keuze.keuze and not wijzer.opgegeven:
        return kop
    nieuw = keuze.nieuwe_koppen
    return replace(
        kop, kolommen=nieuw, monster=kop.monster.set_axis(list(nieuw), axis=1), keuze=keuze
    )


def _head(pad: Path, vorm: Vorm, blad: Blad, wijzer: Kolomwijzer) -> Laagkop:
    keuze = wijzer.choose(blad.koppen)
    koppen = keuze.nieuwe_koppen
    plek = find_plek(koppen, blad.rijen)
    return Laagkop(
        pad=pad,
        vorm=vorm,
        naam=blad.naam,
        geometrietype=plek.geometrietype,
        crs=plek.wkt_crs or plek.xy_crs,
        aantal=len(blad.rijen),
        kolommen=koppen,
        monster=_frame(blad, koppen).head(_MONSTER),
        keuze=keuze if keuze.keuze or wijzer.opgegeven else None,
    )


def _layer(kop: Laagkop, blad: Blad, raster: Raster) -> Bronlaag:
    plek = find_plek(kop.kolommen, blad.rijen)
    plekken = read_plekken(plek, kop.kolommen, blad.rijen, f"{kop.pad.name}, {kop.naam}")
    frame = _frame(blad, kop.kolommen)
    return Bronlaag(
        kop=replace(kop, crs=plekken.crs, kolommen=tuple(_without_shapes(kop.kolommen, plek))),
        kolommen=frame[_without_shapes(kop.kolommen, plek)],
        geometrie=plekken.geometrie,
        onleesbaar=plekken.onleesbaar,
        percelen=plekken.percelen,
        bevindingen=(
            *TEKSTCODERING.report(int(raster.windows)),
            *_chosen(kop),
        ),
    )


def _without_shapes(koppen: tuple[str, ...], plek: Plekkolommen) -> list[str]:
    """Leave out the text of the geometry: it is kept as geometry."""
    return [kop for kop in koppen if kop != plek.wkt]


def _frame(blad: Blad, koppen: tuple[str, ...]) -> pd.DataFrame:
    cellen = np.empty((len(blad.rijen), len(koppen)), dtype=object)
    for nr, rij in enumerate(blad.rijen):
        cellen[nr] = rij
    return pd.DataFrame(cellen, columns=list(koppen), dtype=object)


def _chosen(kop: Laagkop) -> tuple[Bevinding, ...]:
    """Tell which columns are read as the user chose, now or before."""
    if kop.keuze is None:
        return ()
    delen = [
        f"{eigen} is gelezen als {ons}{' (onthouden)' if ons in kop.keuze.onthouden else ''}"
        for ons, eigen in kop.keuze.keuze.items()
    ]
    return KOLOM_GEKOZEN.report(len(delen), uitleg="; ".join(delen) + ".")
