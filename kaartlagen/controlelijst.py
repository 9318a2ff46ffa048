"""All numbered checks in one list, for people and for the docs, and the version of that list."""

from __future__ import annotations

import hashlib
from types import ModuleType

from kaartlagen import (
    controles,
    imrocontroles,
    inhoudcontroles,
    registercontroles,
    tabelcontroles,
)
from kaartlagen.controles import Controle

_MODULES: tuple[ModuleType, ...] = (
    controles,
    imrocontroles,
    inhoudcontroles,
    registercontroles,
    tabelcontroles,
)


def _defined() -> tuple[Controle, ...]:
    """Give every check that is defined, by code; a code used twice is in it twice."""
    eigen = {
        id(waarde): waarde
        for module in _MODULES
        for waarde in vars(module).values()
        if isinstance(waarde, Controle)
    }
    return tuple(sorted(eigen.values(), key=lambda controle: controle.code))


CONTROLES = _defined()
"""Every check, ordered by code."""


def _version() -> str:
    """Name the list by what is in it, so that no addition goes by unnamed."""
    tekst = "\n".join(f"{c.code} {c.niveau}" for c in CONTROLES)
    return f"kaartlagen-controles {len(CONTROLES)}-{hashlib.sha256(tekst.encode()).hexdigest()[:8]}"


CONTROLEVERSIE = _version()
"""Version of the list of checks: how many there are, and a hash of their codes and levels."""
