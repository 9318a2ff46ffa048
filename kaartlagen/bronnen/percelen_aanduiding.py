"""The kadastrale aanduiding as people and registers write it: `OTL02 B 2298`.

Registers pad and glue its parts (``OTL02B 02298G0000``). The code of five signs is that of
the kadastrale gemeente (AKR); it says nothing of the gemeente in which the perceel lies.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_VORM = re.compile(
    r"(?P<akr>[A-Z]{3}\d{2})[\s_.-]*(?P<sectie>[A-Z]{1,2})[\s_.-]*(?P<nummer>\d{1,5})"
    r"(?:[\s_.-]*G[\s_.-]*0{1,4})?",
    re.IGNORECASE,
)
_AKR = re.compile(r"[A-Z]{3}\d{2}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Aanduiding:
    """The parts of a kadastrale aanduiding."""

    akr: str
    sectie: str
    nummer: int

    def __str__(self) -> str:
        return f"{self.akr} {self.sectie} {self.nummer}"


def parse_designation(tekst: str | None) -> Aanduiding | None:
    """Read an aanduiding in any of its spellings.

    Parameters
    ----------
    tekst
        Such as ``OTL02 B 2298``, ``otl02b2298`` or ``KRD00P 01134G0000`` (the index G0000
        is the ground itself; an appartement, A0001 and further, is no perceel).

    Returns
    -------
    Aanduiding or None
        None when it is none, or lacks a part.
    """
    treffer = _VORM.fullmatch(tekst.strip()) if tekst else None
    if treffer is None:
        return None
    return Aanduiding(treffer["akr"].upper(), treffer["sectie"].upper(), int(treffer["nummer"]))


def is_akr(tekst: str | None) -> bool:
    """Say whether a text is a code of a kadastrale gemeente (``OTL02``)."""
    return tekst is not None and _AKR.fullmatch(tekst.strip()) is not None
