"""Counts of homes in columns of their own, as a gemeente keeps them in its own list.

The full name is ``<maat>_<component>[_<jaar>][_min|_max]`` (``daeb_sloop_2027``). Shorter
ones are read too: ``daeb``, ``sociale huur 2026``, ``sloop sociale huur``, ``daeb netto``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from daeb_locaties.begrippen import Component, Maat
from daeb_locaties.model import Aantal
from daeb_locaties.plantelling import Opmerking, Telling, net_count, spread_years
from kaartlagen.bronnen.telwaarden import whole

_COMPONENTEN = {c.value.lower().replace(" ", "_"): c for c in Component}
_STAART = (
    r"(?:_(?P<jaar>(?:19|20|21)\d\d))?(?:_(?P<grens>min|max|minimum|maximum|minimaal|maximaal))?$"
)
_MATEN = "|".join(maat.value for maat in Maat)
_VOLUIT = re.compile(rf"^(?P<maat>{_MATEN})_(?P<component>{'|'.join(_COMPONENTEN)}){_STAART}")
_KORT = re.compile(
    r"^(?:aantal_)?(?P<sloop>(?:te_)?slo(?:op|pen)_)?(?P<naam>daeb|sociale_huur|sociaal_huur)"
    rf"(?:woningen|_woningen)?(?P<achter>_sloop|_nieuwbouw|_totaal|_restcapaciteit)?{_STAART}"
)
_NETTO = re.compile(r"^(?:netto_daeb|daeb_netto|daeb_saldo)$")

_Sleutel = tuple[Maat, Component, int | None]
_Cellen = dict[_Sleutel, dict[str, int]]


def is_count_column(naam: str) -> bool:
    """Say whether a column of this name is counted."""
    return any(vorm.match(naam) for vorm in (_VOLUIT, _KORT, _NETTO))


def states_counts(overig: Mapping[str, Any]) -> bool:
    """Say whether a plan has a count under a full name: that goes before any other reading."""
    return any(
        _VOLUIT.match(kolom) and whole(waarde) is not None for kolom, waarde in overig.items()
    )


def count_columns(overig: Mapping[str, Any]) -> Telling:
    """Count one plan; absent stays absent.

    Parameters
    ----------
    overig
        The columns that the contract has no room for, names in lower case with
        underscores.
    """
    cellen: _Cellen = {}
    for kolom, waarde in overig.items():
        treffer = _VOLUIT.match(kolom)
        if treffer:
            component = _COMPONENTEN[treffer["component"]]
            _put(cellen, (Maat(treffer["maat"]), component, _year(treffer)), treffer, waarde)
    sociaal = False
    bekend = {(maat, component) for maat, component, _ in cellen}
    for kolom, waarde in sorted(overig.items(), key=_rest_last):
        treffer = _KORT.match(kolom)
        if treffer is None:
            continue
        weg = bool(treffer["sloop"]) or treffer["achter"] == "_sloop"
        component = Component.SLOOP if weg else Component.NIEUWBOUW
        if (Maat.DAEB, component) in bekend:
            continue
        _put(cellen, (Maat.DAEB, component, _year(treffer)), treffer, waarde)
        sociaal |= treffer["naam"] != "daeb" and whole(waarde) is not None
    aantallen = {
        sleutel: Aantal(
            sleutel[1],
            sleutel[0],
            sleutel[2],
            cel["waarschijnlijk"],
            cel.get("min"),
            cel.get("max"),
        )
        for sleutel, cel in cellen.items()
        if "waarschijnlijk" in cel
    }
    if not aantallen:
        return _net_only(overig)
    telling = spread_years(aantallen)
    extra = {Opmerking.SOCIAAL_IS_DAEB} if sociaal else set()
    if any(a.maat is Maat.DAEB and a.jaar is None and a.waarschijnlijk for a in telling.aantallen):
        extra.add(Opmerking.JAAR_ONBEKEND)
    return Telling(telling.aantallen, telling.opmerkingen | extra)


def _put(cellen: _Cellen, sleutel: _Sleutel, treffer: re.Match[str], waarde: object) -> None:
    aantal = whole(waarde)
    if aantal is None:
        return
    if sleutel[1].teken < 0:
        # Planlijsten write demolition both as 12 and as -12; the component carries the sign.
        aantal = abs(aantal)
    grens = (treffer["grens"] or "waarschijnlijk")[:3]
    cellen.setdefault(sleutel, {})["waarschijnlijk" if grens == "waa" else grens] = aantal


def _year(treffer: re.Match[str]) -> int | None:
    return int(treffer["jaar"]) if treffer["jaar"] else None


def _rest_last(paar: tuple[str, object]) -> int:
    """Let what is still to be built go over the whole, of which a part may be there already."""
    return 1 if "restcapaciteit" in paar[0] else 0


def _net_only(overig: Mapping[str, Any]) -> Telling:
    """Count a list that has the net number of DAEB homes alone."""
    netto = next((whole(v) for k, v in overig.items() if _NETTO.match(k)), None)
    if netto is None:
        return Telling()
    return Telling(net_count(netto), frozenset({Opmerking.ALLEEN_NETTO}))
