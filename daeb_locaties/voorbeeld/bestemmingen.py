"""From parcels to zoning: bestemmingen follow blocks and streets, not single parcels."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely import Polygon

from daeb_locaties.voorbeeld.dekking import ROOSTER_M, Dekking
from daeb_locaties.voorbeeld.planmodel import Planobject
from daeb_locaties.voorbeeld.streek import Cel
from daeb_locaties.voorbeeld.vlakdeling import parts_of

BESTEMMING = {
    "A": ("Agrarisch", "agrarisch"),
    "B": ("Bedrijventerrein", "bedrijventerrein"),
    "C": ("Centrum", "centrum"),
    "G": ("Groen", "groen"),
    "GD": ("Gemengd", "gemengd"),
    "M": ("Maatschappelijk", "maatschappelijk"),
    "S": ("Sport", "sport"),
    "T": ("Tuin", "tuin"),
    "V": ("Verkeer - Verblijfsgebied", "verkeer"),
    "VR": ("Verkeer - Railverkeer", "verkeer"),
    "W": ("Wonen", "wonen"),
    "WA": ("Water", "water"),
}
"""Name and hoofdgroep of every bestemming code; the names are those of SVBP plans."""

_VOORTUIN_M = 3.5
_BOUWDIEPTE_M = 12.0


def make_objecten(cellen: Sequence[Cel]) -> list[Planobject]:
    """Make the objects of a plan that covers the given cells exactly."""
    uit: list[Planobject] = []
    for cel in cellen:
        tuin = cel.soort in {"vooroorlogs", "stroken", "bloemkool", "vinex"}
        add_zones(uit, cel.dekking, tuin=tuin)
        if cel.soort == "dijk":
            uit.append(
                Planobject("dubbelbestemming", "Waterstaat - Waterkering", cel.vorm, "waterstaat")
            )
        if cel.soort == "kern":
            uit.append(Planobject("dubbelbestemming", "Waarde - Archeologie", cel.vorm, "waarde"))
    return uit


def add_zones(uit: list[Planobject], dekking: Dekking, *, tuin: bool) -> None:
    """Add the enkelbestemmingen of one cover, with bouwvlakken on what may be built."""
    eerste = len(uit)
    codes = np.where(dekking.zone == "AE", "A", dekking.zone)
    blok = np.where(np.isin(codes, ("A", "V", "WA", "G")), -1, dekking.blok)
    sleutels = sorted(set(zip(codes.tolist(), blok.tolist(), strict=True)))
    for code, nummer in sleutels:
        deel = dekking.vorm[(codes == code) & (blok == nummer)]
        for vorm in parts_of(shapely.coverage_union_all(deel), 0.0):
            if code == "W":
                _add_wonen(uit, vorm, tuin)
                continue
            naam, hoofdgroep = BESTEMMING[code]
            uit.append(Planobject("enkelbestemming", naam, vorm, hoofdgroep))
            if code in {"B", "C", "GD", "M"}:
                _add_bouwvlak(uit, len(uit) - 1, shapely.buffer(vorm, -3.0))
    agrarisch = [n for n in range(eerste, len(uit)) if uit[n].naam == "Agrarisch"]
    for erf in dekking.vorm[dekking.zone == "AE"]:
        op = next((n for n in agrarisch if uit[n].vorm.covers(erf.point_on_surface())), None)
        _add_bouwvlak(uit, op, shapely.buffer(erf, -4.0))


def _add_wonen(uit: list[Planobject], blok: Polygon, tuin: bool) -> None:
    """A block: front gardens along the street, Wonen behind them, and where to build."""
    kernen = (
        parts_of(_on_grid(shapely.buffer(blok, -_VOORTUIN_M, join_style="mitre")), 150.0)
        if tuin and not blok.interiors
        else []
    )
    if not kernen:
        uit.append(Planobject("enkelbestemming", *_named("W", blok)))
        _add_bouwvlak(uit, len(uit) - 1, shapely.buffer(blok, -1.0, join_style="mitre"))
        return
    rand = Polygon(blok.exterior, [kern.exterior for kern in kernen])
    uit.append(Planobject("enkelbestemming", *_named("T", rand)))
    for kern in kernen:
        uit.append(Planobject("enkelbestemming", *_named("W", kern)))
        achter = shapely.buffer(kern, -_BOUWDIEPTE_M, join_style="mitre")
        _add_bouwvlak(uit, len(uit) - 1, shapely.difference(kern, achter))


def _named(code: str, vorm: Polygon) -> tuple[str, Polygon, str]:
    naam, hoofdgroep = BESTEMMING[code]
    return naam, vorm, hoofdgroep


def _add_bouwvlak(uit: list[Planobject], op: int | None, vorm: object) -> None:
    delen = parts_of(_on_grid(vorm), 40.0)
    uit.extend(Planobject("bouwvlak", "bouwvlak", deel, op=op) for deel in delen)


def _on_grid(vorm: object) -> object:
    """Round to the millimetre without making the shape invalid."""
    return shapely.set_precision(vorm, ROOSTER_M)
