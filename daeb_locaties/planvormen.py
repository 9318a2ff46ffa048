"""How each known form of planlijst counts homes, as lines that say what is DAEB.

Each function takes the columns of one plan as kaartlagen kept them (`overig`, names in lower
case) and gives its count, or None when the plan is not in that form.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from daeb_locaties.begrippen import Component
from daeb_locaties.diwiblokken import count_blocks, count_geojson_blocks
from daeb_locaties.huurklasse import Prijsgrenzen
from daeb_locaties.plantelling import (
    Opmerking,
    Telling,
    Telt,
    Woningregel,
    count_lines,
    net_count,
)
from kaartlagen.bronnen.telwaarden import whole

Overig = Mapping[str, Any]

_KLASSE = re.compile(
    r"(?P<sloop>sloop_)?(?:meergezins|eengezins|onbekend)_(?P<klasse>(?:koop|huur)(?:[1-4]|_onb)|onbekend)"
)
_SOCIAAL = frozenset({"huur1", "huur2"})
_OPEN = frozenset({"huur_onb", "onbekend"})
_BETAALBAARHEID: Mapping[str, tuple[Telt, Telt]] = {
    "sociale huur": (Telt.WEL, Telt.WEL),
    "huur middenhuur": (Telt.NIET, Telt.NIET),
    "huur dure huur": (Telt.NIET, Telt.NIET),
    "huur onbekend": (Telt.ONBEKEND, Telt.ONBEKEND),
    "koop betaalbare koop": (Telt.NIET, Telt.ONBEKEND),
    "koop dure koop": (Telt.NIET, Telt.NIET),
    "koop onbekend": (Telt.NIET, Telt.ONBEKEND),
    "onbekend koop of huur": (Telt.ONBEKEND, Telt.ONBEKEND),
}
"""Per class of Planmonitor Wonen: is it DAEB, and is it in the doelgroepvoorraad?"""


def count_form(overig: Overig, grenzen: Prijsgrenzen) -> Telling | None:
    """Count a plan in the first form that fits; None when none of them does."""
    vormen: tuple[Callable[[], Telling | None], ...] = (
        lambda: count_year_lists(overig),
        lambda: count_categories(overig),
        lambda: _blocks(overig.get("woningblokken"), count_blocks, grenzen),
        lambda: _blocks(overig.get("woning_blokken"), count_geojson_blocks, grenzen),
    )
    return next((telling for vorm in vormen if (telling := vorm()) is not None), None)


def count_year_lists(overig: Overig) -> Telling | None:
    """Count the lists per year of DIWI and Planmonitor Zuid-Holland.

    The price classes tell social rent, not whose it is; `ph_short3` is the net number of
    the corporaties alone. So a year is DAEB where the two agree and no other owner fits
    in between, or where the plan says that all rent is of a corporatie. Else only the
    net number is known.
    """
    jaren = _objects(overig.get("year_properties"))
    netto = whole(overig.get("ph_short3"))
    if jaren is None:
        if netto is None:
            return None
        return Telling(net_count(netto), frozenset({Opmerking.ALLEEN_NETTO}))
    bouw = _sum(jaren, _SOCIAAL, sloop=False)
    sloop = _sum(jaren, _SOCIAAL, sloop=True)
    open_ = _sum(jaren, _OPEN, sloop=False)
    van_corporatie = str(overig.get("verhuurder_type") or "").strip().lower() == "woningcorporatie"
    if netto is None:
        sociaal = Telt.WEL if van_corporatie else Telt.ONBEKEND
        return count_lines(_year_lines(jaren, sociaal))
    if not -sloop <= netto <= bouw:
        return Telling((), frozenset({Opmerking.STRIJDIG}))
    if netto == bouw - sloop and (van_corporatie or not bouw or not sloop):
        return count_lines(_year_lines(jaren, Telt.WEL))
    return _net_of(jaren, netto, sloop, open_)


def _net_of(jaren: list[Overig], netto: int, sloop: int, open_: int) -> Telling:
    """Count where only the net number is known, with the year when there is but one."""
    waar = {whole(jaar.get("jaartal")) for jaar in jaren if _sum([jaar], _SOCIAAL, sloop=False)}
    if not sloop and netto and len(waar) == 1:
        regels = [Woningregel(Component.NIEUWBOUW, waar.pop(), netto, Telt.WEL)]
        regels.append(Woningregel(Component.NIEUWBOUW, None, open_, Telt.ONBEKEND))
        return count_lines(regels)
    gezegd = {Opmerking.ALLEEN_NETTO} if sloop else set()
    if netto:
        gezegd.add(Opmerking.JAAR_ONBEKEND)
    if open_:
        gezegd.add(Opmerking.DEELS_ONBEKEND)
    return Telling(net_count(netto, open_), frozenset(gezegd))


def _year_lines(jaren: Iterable[Overig], sociaal: Telt) -> list[Woningregel]:
    regels = []
    for jaar in jaren:
        for sleutel, waarde in jaar.items():
            treffer, aantal = _KLASSE.fullmatch(sleutel), whole(waarde)
            if treffer is None or aantal is None:
                continue
            daeb, doelgroep = _zh_class(treffer["klasse"], sociaal)
            component = Component.SLOOP if treffer["sloop"] else Component.NIEUWBOUW
            regels.append(
                Woningregel(component, whole(jaar.get("jaartal")), abs(aantal), daeb, doelgroep)
            )
    return regels


def _zh_class(klasse: str, sociaal: Telt) -> tuple[Telt, Telt]:
    if klasse in _SOCIAAL:
        return sociaal, Telt.WEL
    if klasse in _OPEN:
        return Telt.ONBEKEND, Telt.ONBEKEND
    return Telt.NIET, Telt.ONBEKEND if klasse.startswith("koop") else Telt.NIET


def _sum(jaren: Iterable[Overig], klassen: frozenset[str], *, sloop: bool) -> int:
    return sum(
        abs(whole(waarde) or 0)
        for jaar in jaren
        for sleutel, waarde in jaar.items()
        if (treffer := _KLASSE.fullmatch(sleutel))
        and treffer["klasse"] in klassen
        and bool(treffer["sloop"]) is sloop
    )


def count_categories(overig: Overig) -> Telling | None:
    """Count the categories of Planmonitor Wonen: only the cut by price says what is social."""
    regels = _objects(overig.get("plancategorieen"))
    if regels is None:
        return None
    gezegd: set[Opmerking] = set()
    lijnen: list[Woningregel] = []
    geheel, geprijsd = 0, 0
    for regel in regels:
        weg = bool(_text(regel.get("sloop")))
        prijs = _text(regel.get("betaalbaarheid"))
        geheel += 0 if weg or not _text(regel.get("nieuwbouw")) else _left(regel)
        if not weg and not prijs:
            continue
        component = Component.SLOOP if weg else Component.NIEUWBOUW
        klasse = _BETAALBAARHEID.get(prijs, (Telt.ONBEKEND, Telt.ONBEKEND))
        geprijsd += 0 if weg else _left(regel)
        lijnen += _planned(regel, component, klasse, gezegd)
    if geprijsd > geheel > 0:
        gezegd.add(Opmerking.STRIJDIG)
    lijnen.append(Woningregel(Component.NIEUWBOUW, None, max(0, geheel - geprijsd), Telt.ONBEKEND))
    if any(lijn.daeb is Telt.WEL and lijn.aantal for lijn in lijnen):
        gezegd.add(Opmerking.SOCIAAL_IS_DAEB)
    return count_lines(lijnen, gezegd)


def _planned(
    regel: Overig, component: Component, klasse: tuple[Telt, Telt], gezegd: set[Opmerking]
) -> list[Woningregel]:
    """Give the homes of a category by year, and what is left of it without one."""
    jaren = [
        (whole(detail.get("jaartal")), whole(detail.get("aantal_gepland")) or 0)
        for detail in regel.get("detailplanning", ())
    ]
    rest = _left(regel) - sum(aantal for _, aantal in jaren)
    if rest < 0:
        gezegd.add(Opmerking.STRIJDIG)
    return [
        Woningregel(component, jaar, aantal, *klasse) for jaar, aantal in (*jaren, (None, rest))
    ]


def _left(regel: Overig) -> int:
    """Give what is still to be done of a category; its years plan just that."""
    gepland = whole(regel.get("totaal_gepland"))
    if gepland is None:
        return sum(whole(d.get("aantal_gepland")) or 0 for d in regel.get("detailplanning", ()))
    return gepland - (whole(regel.get("totaal_gerealiseerd")) or 0)


def _blocks(
    waarde: object,
    count: Callable[[list[Overig], Prijsgrenzen], Telling],
    grenzen: Prijsgrenzen,
) -> Telling | None:
    blokken = _objects(waarde)
    return None if blokken is None else count(blokken, grenzen)


def _objects(waarde: object) -> list[Overig] | None:
    """Read a list of objects, also from the JSON text that GDAL makes of it."""
    if isinstance(waarde, str):
        try:
            waarde = json.loads(waarde)
        except ValueError:
            return None
    if isinstance(waarde, list) and all(isinstance(deel, dict) for deel in waarde):
        return waarde
    return None


def _text(waarde: object) -> str:
    return str(waarde or "").strip().lower()
