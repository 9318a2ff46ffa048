"""From a reading in RD to a clean layer: refuse, repair, merge, and say what was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from kaartlagen.bronnen.lezing import Lezing
from kaartlagen.controles import (
    BUITEN_NEDERLAND,
    CRS_OPGEGEVEN,
    GEMEENTE_SAMENGEVOEGD,
    HOOGTE_WEG,
    OMGEZET_NAAR_RD,
    STELSEL_AFWIJKEND,
    Bevinding,
)
from kaartlagen.geometrie import repair
from kaartlagen.laagframe import layer_frame, row_name, row_names
from kaartlagen.lagen import LAGEN
from kaartlagen.ligging import InRd


@dataclass(frozen=True, slots=True)
class Gezuiverd:
    """A layer fit to store, how many of its rows were repaired, and what was found.

    `verschil_m2` holds the change in area of every row that was repaired.
    """

    frame: gpd.GeoDataFrame
    hersteld: int
    bevindingen: tuple[Bevinding, ...]
    verschil_m2: NDArray[np.float64]


def purify(lezing: Lezing, in_rd: InRd) -> Gezuiverd:
    """Clean one reading.

    Parameters
    ----------
    lezing
        What the source module gave.
    in_rd
        Its geometry in EPSG:28992, row by row.

    Returns
    -------
    Gezuiverd
        A frame of the layer's contract; rows that were refused are not in it, and every
        one of them is counted in a finding of level `fout`.
    """
    hoog = int(shapely.has_z(lezing.geometrie).sum())
    schoon = purify_rows(lezing, in_rd)
    stelsel = crs_findings(in_rd, len(lezing.geometrie), hoog)
    return replace(schoon, bevindingen=stelsel + schoon.bevindingen)


def purify_rows(lezing: Lezing, in_rd: InRd) -> Gezuiverd:
    """Clean rows as `purify`, without a word on the CRS of the whole."""
    buiten = in_rd.buiten
    bevindingen = BUITEN_NEDERLAND.report(int(buiten.sum()), row_names(lezing.kolommen[buiten]))
    binnen = np.flatnonzero(~buiten)
    herstel = repair(
        in_rd.geometrie[binnen],
        LAGEN[lezing.laag].geometrie,
        lambda plek: row_name(lezing.kolommen, int(binnen[plek])),
        _shift(lezing.onleesbaar, binnen),
        ~shapely.is_valid(lezing.geometrie[binnen]) & ~shapely.is_missing(lezing.geometrie[binnen]),
    )
    kolommen = lezing.kolommen.iloc[binnen[herstel.behouden]]
    frame = layer_frame(kolommen, herstel.geometrie[herstel.behouden])
    bevindingen += herstel.bevindingen
    if lezing.samenvoegen_op is not None:
        frame, samen = _merge(frame, lezing.samenvoegen_op)
        bevindingen += samen
    return Gezuiverd(frame, int(herstel.hersteld.sum()), bevindingen, herstel.verschil_m2)


def _shift(redenen: Mapping[int, str], binnen: NDArray[np.intp]) -> dict[int, str]:
    """Give reasons the positions that their rows have among the rows that stay."""
    return {
        nieuw: redenen[oud] for oud in redenen for nieuw in np.flatnonzero(binnen == oud).tolist()
    }


def crs_findings(in_rd: InRd, aantal: int, hoog: int) -> tuple[Bevinding, ...]:
    """Say what was done to bring rows to RD.

    Parameters
    ----------
    in_rd
        Some rows of the layer, in RD.
    aantal
        How many rows the layer has.
    hoog
        Of how many the geometry has heights.
    """
    stelsel = in_rd.stelsel
    uit: tuple[Bevinding, ...] = ()
    if in_rd.opgegeven and in_rd.label is not None and in_rd.label != stelsel.label:
        uit += CRS_OPGEGEVEN.report(
            1, uitleg=f"Opgegeven is {stelsel.label}; het bestand noemt {in_rd.label}."
        )
    if stelsel.opmerking is not None:
        uit += STELSEL_AFWIJKEND.report(1, uitleg=stelsel.opmerking)
    # The road to RD is flat; where a label has heights, GML has dropped them on the way.
    uit += HOOGTE_WEG.report(hoog or (aantal if stelsel.hoogte else 0))
    if stelsel.omzetting == "geen":
        return uit
    return uit + OMGEZET_NAAR_RD.report(
        aantal,
        uitleg=f"Zij stonden in {stelsel.label}. {_ACCURACY[stelsel.omzetting]}",
    )


_ACCURACY = {
    "grid": "Gebruikt is het grid van RDNAPTRANS2018; de nauwkeurigheid is 1 mm.",
    "helmert": "Het grid van RDNAPTRANS2018 ontbreekt op deze machine; zonder grid is de "
    "nauwkeurigheid 0,25 m.",
    "amersfoort": "Alleen de kaartprojectie is toegepast; dat is exact.",
}


def _merge(frame: gpd.GeoDataFrame, sleutel: str) -> tuple[gpd.GeoDataFrame, tuple[Bevinding, ...]]:
    """Make one row of the rows that share a key; the first row's other values stay."""
    dubbel = frame[sleutel].duplicated()
    if not dubbel.any():
        return frame, ()
    vormen = frame.geometry.groupby(frame[sleutel]).agg(_union)
    uit = pd.DataFrame(frame[~dubbel].drop(columns="geometry"))
    geometrie = vormen.loc[uit[sleutel]].to_numpy()
    namen = frame.loc[dubbel, sleutel].drop_duplicates()
    return layer_frame(uit, geometrie), GEMEENTE_SAMENGEVOEGD.report(int(dubbel.sum()), namen)


def _union(vormen: pd.Series[Any]) -> shapely.Geometry:
    return shapely.union_all(vormen.to_numpy())
