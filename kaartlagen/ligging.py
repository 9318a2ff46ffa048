"""Do the numbers fit the label? What else would they fit? Said, never acted upon.

A wrong label shifts a plan by kilometres or by a hundred metres; a tool that guesses hides
that. So the numbers are tested against the Netherlands, and where they do not fit the
refusal names what they look like and the option with which the user says so. Swapped axes
have an option too: `--crs EPSG:28992/yx` says that y (or latitude) comes first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray

from kaartlagen.crs import Geometrieen, Stelsel, outside_rd, parse_crs, to_rd
from kaartlagen.crsfouten import degrees_on_amersfoort
from kaartlagen.errors import CrsError

VERWISSELD = "/yx"
"""What follows a CRS of the user whose axes stand the other way round in the file."""

_GRADEN_AMERSFOORT = "EPSG:4289"

MEERDERHEID = 0.5
"""When more than this part of the rows lies outside, the label is wrong, not the rows."""


@dataclass(frozen=True, slots=True)
class InRd:
    """Geometries in RD, which rows lie outside the Netherlands, and the CRS they came from.

    `opgegeven` says that the user named the CRS; `label` is what the file names (None for
    nothing, or for what is no CRS).
    """

    geometrie: Geometrieen
    buiten: NDArray[np.bool_]
    stelsel: Stelsel
    opgegeven: bool = False
    label: str | None = None


@dataclass(frozen=True, slots=True)
class _Kandidaat:
    """A CRS that numbers may look like, for the message."""

    omschrijving: str
    crs: str
    verwisseld: bool = False

    @property
    def optie(self) -> str:
        """The option with which the user says that this is it."""
        return f"--crs {self.crs}{VERWISSELD if self.verwisseld else ''}"


_KANDIDATEN = (
    _Kandidaat("RD-coördinaten in meters", "EPSG:28992"),
    _Kandidaat("lengte en breedte in graden", "EPSG:4326"),
    _Kandidaat("Web Mercator (webkaart)", "EPSG:3857"),
    _Kandidaat("UTM zone 31", "EPSG:25831"),
    _Kandidaat("UTM zone 32", "EPSG:25832"),
    _Kandidaat("RD-coördinaten met x en y verwisseld", "EPSG:28992", verwisseld=True),
    _Kandidaat("breedte en lengte, dus met de assen verwisseld", "EPSG:4326", verwisseld=True),
)


def bring_to_rd(
    geometrie: Geometrieen, label: str | None, opgegeven: str | None, waar: str
) -> InRd:
    """Bring geometries to RD when their numbers fit their CRS.

    Parameters
    ----------
    geometrie
        Array of shapely geometries (None allowed) in source coordinates, east or lon first.
    label
        The CRS that the file names; None when it names none.
    opgegeven
        The CRS that the user names with `--crs`; it overrides the label. With `VERWISSELD`
        behind it the axes stand the other way round.
    waar
        File and layer, for the message.

    Returns
    -------
    InRd
        One row per input. Single rows outside the Netherlands are marked, not refused here.

    Raises
    ------
    CrsError
        When there is no CRS, it has no road to RD, it is a label that is mostly wrong
        (EPSG:4289), or most rows lie outside the Netherlands; the message names what the
        numbers look like.
    """
    kaal = opgegeven.removesuffix(VERWISSELD) if opgegeven else None
    gekozen = kaal or label
    if gekozen is None:
        raise CrsError(
            f"het bestand noemt geen coördinatenstelsel.{_looks_like(geometrie, None)}",
            waar=waar,
            herstel=_remedy(geometrie, None),
        )
    stelsel = _parsed(geometrie, gekozen, waar)
    if opgegeven is None and stelsel.label == _GRADEN_AMERSFOORT:
        raise degrees_on_amersfoort(waar)
    if kaal == opgegeven:
        omgezet = to_rd(geometrie, gekozen)
    else:
        omgezet = to_rd(_swapped(geometrie), gekozen)
        stelsel = replace(stelsel, label=stelsel.label + VERWISSELD)
    buiten = outside_rd(omgezet)
    aanwezig = ~(shapely.is_missing(geometrie) | shapely.is_empty(geometrie))
    if aanwezig.any() and buiten.sum() > MEERDERHEID * aanwezig.sum():
        wie = "opgegeven is" if opgegeven else "voor dit bestand geldt"
        raise CrsError(
            f"de coördinaten passen niet bij {stelsel.label}, dat {wie}: "
            f"{_numbers(geometrie)} ligt dan buiten Nederland."
            f"{_looks_like(geometrie, stelsel)}",
            waar=waar,
            herstel=_remedy(geometrie, stelsel),
        )
    return InRd(omgezet, buiten, stelsel, opgegeven is not None, label)


def _parsed(geometrie: Geometrieen, gekozen: str, waar: str) -> Stelsel:
    """Understand the label; where it is not read, say what the numbers look like instead."""
    try:
        return parse_crs(gekozen, waar)
    except CrsError as fout:
        if "--crs EPSG" in fout.herstel or not _candidates(geometrie, None):
            raise
        wat = f"{fout.wat}{_looks_like(geometrie, None)}"
        raise CrsError(wat, waar=waar, herstel=_remedy(geometrie, None)) from fout


def _swapped(geometrie: Geometrieen) -> Geometrieen:
    """Let x and y change places."""
    om: Geometrieen = shapely.transform(shapely.force_2d(geometrie), lambda xy: xy[:, ::-1])
    return om


def _candidates(geometrie: Geometrieen, behalve: Stelsel | None) -> list[_Kandidaat]:
    """Which CRSs would put most of the numbers in the Netherlands."""
    grenzen = shapely.bounds(geometrie)
    midden = (grenzen[:, :2] + grenzen[:, 2:]) / 2
    midden = midden[np.isfinite(midden).all(axis=1)]
    if not len(midden):
        return []
    gevonden = []
    for kandidaat in _KANDIDATEN:
        if behalve is not None and kandidaat.optie == f"--crs {behalve.label}":
            continue
        punten = shapely.points(midden[:, ::-1] if kandidaat.verwisseld else midden)
        if outside_rd(to_rd(punten, kandidaat.crs)).mean() <= MEERDERHEID:
            gevonden.append(kandidaat)
    return gevonden


def _looks_like(geometrie: Geometrieen, behalve: Stelsel | None) -> str:
    namen = [kandidaat.omschrijving for kandidaat in _candidates(geometrie, behalve)]
    return f" De getallen lijken {' of '.join(namen)}." if namen else ""


def _remedy(geometrie: Geometrieen, behalve: Stelsel | None) -> str:
    opties = [kandidaat.optie for kandidaat in _candidates(geometrie, behalve)]
    if opties:
        return f"Klopt dat, geef dan {' of '.join(opties)} op."
    if behalve is None:
        return "Geef het stelsel op, bijvoorbeeld --crs EPSG:28992."
    return (
        "Controleer of het bestand over Nederland gaat; klopt alleen het stelsel niet, geef "
        "het dan op, bijvoorbeeld --crs EPSG:28992."
    )


def _numbers(geometrie: Geometrieen) -> str:
    """The middle of the data, as the user would see it in the file."""
    x_min, y_min, x_max, y_max = shapely.total_bounds(geometrie)
    return f"({(x_min + x_max) / 2:.6g}, {(y_min + y_max) / 2:.6g})"
