"""Findings of parts added up to those of the whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kaartlagen.controles import MAX_VOORBEELDEN, Bevinding


def merge_findings(
    groepen: Iterable[Iterable[Bevinding]], volgorde: Sequence[str] = ()
) -> tuple[Bevinding, ...]:
    """Add up findings of the same check: the first text and the first examples stay.

    Codes come in the order of `volgorde`, then in that in which they first come.
    """
    samen: dict[str, Bevinding] = {}
    for groep in groepen:
        for bev in groep:
            eerder = samen.get(bev.code)
            samen[bev.code] = bev if eerder is None else _add(eerder, bev)
    return tuple(sorted(samen.values(), key=lambda bev: _rank(bev.code, volgorde)))


def _rank(code: str, volgorde: Sequence[str]) -> int:
    return volgorde.index(code) if code in volgorde else len(volgorde)


def _add(een: Bevinding, ander: Bevinding) -> Bevinding:
    return replace(
        een,
        aantal=een.aantal + ander.aantal,
        voorbeelden=(een.voorbeelden + ander.voorbeelden)[:MAX_VOORBEELDEN],
    )
