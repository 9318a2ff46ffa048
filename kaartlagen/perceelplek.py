"""The place of rows that name their percelen: the ground of those percelen together.

A row of which one perceel is not found is refused whole: a part of the ground is another
locatie than the one meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import shapely

from kaartlagen.bronnen.lezing import Lezing
from kaartlagen.bronnen.percelen_aanduiding import Aanduiding, is_akr, parse_designation
from kaartlagen.controles import Bevinding
from kaartlagen.crs import Geometrieen
from kaartlagen.laagframe import as_text, row_name
from kaartlagen.ligging import InRd
from kaartlagen.tabelcontroles import PERCEEL_NIET_GEVONDEN, PLEK_UIT_PERCELEN

_NAMEN_GENOEMD = 20
_ID = re.compile(r"\d{9,15}")
_MET_NAAM = re.compile(
    r"(?P<gemeente>\D.*?)[\s,-]+(?:sectie\s+)?(?P<sectie>[A-Za-z]{1,2})[\s-]+(?:nummer\s+|nr\.?\s*)?(?P<nummer>\d{1,5})"
)
_NUMMER = re.compile(r"\d{1,5}")

Sleutel = tuple[str, str, int] | str
"""Kadastrale gemeente (AKR code or name, lower case), sectie and number; or the id."""


@dataclass(frozen=True, slots=True)
class _Gevonden:
    """The ground of one row, or why it has none."""

    vlak: shapely.Geometry | None
    reden: str = ""


def place_on_percelen(
    lezing: Lezing, in_rd: InRd, percelen: gpd.GeoDataFrame | None
) -> tuple[Lezing, InRd]:
    """Give the rows that name percelen their ground.

    Parameters
    ----------
    lezing
        What the source module gave; `percelen` holds the names by row.
    in_rd
        Its geometry in EPSG:28992, row by row.
    percelen
        The stored layer `percelen`, EPSG:28992; None, or without rows, when there is none.

    Returns
    -------
    tuple
        Both, without the rows that were refused, which are told in a finding.
    """
    sleutels = {rij: _keys(delen) for rij, delen in lezing.percelen.items()}
    leeg = percelen is None or percelen.empty
    grond = (
        {}
        if percelen is None
        else _ground(percelen, {s for delen in sleutels.values() for s, _ in delen if s})
    )
    uitkomst = {rij: _locate(delen, grond) for rij, delen in sleutels.items()}
    vormen, bron = in_rd.geometrie.copy(), lezing.geometrie.copy()
    for rij, gevonden in uitkomst.items():
        vormen[rij] = bron[rij] = gevonden.vlak
    gevonden_rijen = [rij for rij, g in uitkomst.items() if g.vlak is not None]
    geweigerd = [rij for rij, g in uitkomst.items() if g.vlak is None]
    namen = {rij: row_name(lezing.kolommen, rij) for rij in uitkomst}
    bevindingen = (
        *PLEK_UIT_PERCELEN.report(len(gevonden_rijen), [namen[rij] for rij in gevonden_rijen]),
        *_refused([(namen[rij], uitkomst[rij].reden) for rij in geweigerd], leeg),
    )
    blijft = np.setdiff1d(np.arange(len(vormen)), geweigerd)
    return (
        _keep_rows(lezing, bron, blijft, bevindingen),
        replace(in_rd, geometrie=vormen[blijft], buiten=in_rd.buiten[blijft]),
    )


def _keep_rows(
    lezing: Lezing,
    vormen: Geometrieen,
    blijft: np.ndarray[tuple[int], np.dtype[np.intp]],
    bevindingen: tuple[Bevinding, ...],
) -> Lezing:
    plek = {int(oud): nieuw for nieuw, oud in enumerate(blijft)}
    return replace(
        lezing,
        kolommen=lezing.kolommen.iloc[blijft],
        geometrie=vormen[blijft],
        onleesbaar={plek[rij]: r for rij, r in lezing.onleesbaar.items() if rij in plek},
        percelen={},
        bevindingen=lezing.bevindingen + bevindingen,
    )


def _refused(rijen: Sequence[tuple[str, str]], leeg: bool) -> tuple[Bevinding, ...]:
    """Name every row that was refused, with the reason."""
    namen = "; ".join(f"{naam}: {reden}" for naam, reden in rijen[:_NAMEN_GENOEMD])
    meer = len(rijen) - _NAMEN_GENOEMD
    uitleg = f"{namen}{f' en nog {meer}' if meer > 0 else ''}."
    if leeg:
        uitleg = f"Er zijn in dit project geen percelen ingelezen. {uitleg}"
    return PERCEEL_NIET_GEVONDEN.report(len(rijen), [naam for naam, _ in rijen], uitleg=uitleg)


def _keys(delen: Iterable[str]) -> list[tuple[Sleutel | None, str]]:
    """Understand each name; a bare number goes with the gemeente and sectie before it."""
    uit: list[tuple[Sleutel | None, str]] = []
    vorige: tuple[str, str] | None = None
    for deel in delen:
        aanduiding = parse_designation(deel)
        met_naam = _MET_NAAM.fullmatch(deel)
        sleutel: Sleutel | None = None
        if aanduiding is not None:
            sleutel = _key(aanduiding)
        elif _ID.fullmatch(deel):
            sleutel = deel
        elif met_naam is not None and not is_akr(met_naam["gemeente"]):
            gemeente = met_naam["gemeente"].strip().lower()
            sleutel = (gemeente, met_naam["sectie"].upper(), int(met_naam["nummer"]))
        elif vorige is not None and _NUMMER.fullmatch(deel):
            sleutel = (*vorige, int(deel))
        if isinstance(sleutel, tuple):
            vorige = sleutel[:2]
        uit.append((sleutel, deel))
    return uit


def _key(aanduiding: Aanduiding) -> tuple[str, str, int]:
    return aanduiding.akr.lower(), aanduiding.sectie, aanduiding.nummer


def _ground(
    percelen: gpd.GeoDataFrame, gezocht: set[Sleutel]
) -> Mapping[Sleutel, list[shapely.Geometry]]:
    """Find the ground of the percelen that are asked for, under every name that they have."""
    if percelen.empty or not gezocht:
        return {}
    nummers = {sleutel[2] for sleutel in gezocht if isinstance(sleutel, tuple)}
    ids = {sleutel for sleutel in gezocht if isinstance(sleutel, str)}
    ruim = percelen["perceelnummer"].isin(nummers) | percelen["perceel_id"].isin(ids)
    ruim |= percelen["perceelnummer"].isna()
    grond: dict[Sleutel, list[shapely.Geometry]] = {}
    for rij in percelen[ruim].itertuples():
        for sleutel in _names(rij) & gezocht:
            grond.setdefault(sleutel, []).append(rij.geometry)
    return grond


def _names(rij: object) -> set[Sleutel]:
    namen: set[Sleutel] = set()
    aanduiding = parse_designation(as_text(getattr(rij, "aanduiding", None)))
    if aanduiding is not None:
        namen.add(_key(aanduiding))
    perceel_id = as_text(getattr(rij, "perceel_id", None))
    if perceel_id:
        namen.add(perceel_id)
    gemeente, sectie, nummer = (
        as_text(getattr(rij, veld, None))
        for veld in ("kadastrale_gemeente", "sectie", "perceelnummer")
    )
    if gemeente and sectie and nummer:
        namen.add((gemeente.lower(), sectie.upper(), int(nummer)))
    return namen


def _locate(
    delen: Sequence[tuple[Sleutel | None, str]], grond: Mapping[Sleutel, list[shapely.Geometry]]
) -> _Gevonden:
    onleesbaar = [tekst for sleutel, tekst in delen if sleutel is None]
    if onleesbaar:
        return _Gevonden(None, f"{', '.join(onleesbaar)} is geen kadastrale aanduiding")
    mist = [tekst for sleutel, tekst in delen if sleutel not in grond]
    if mist:
        return _Gevonden(None, f"{', '.join(mist)} staat niet in de laag percelen")
    vlakken = [vlak for sleutel, _ in delen if sleutel is not None for vlak in grond[sleutel]]
    return _Gevonden(shapely.union_all(vlakken))
