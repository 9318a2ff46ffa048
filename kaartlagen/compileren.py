"""Compiling loops over bytes and coordinates, once per installation, without shortcuts in sums.

`kaartlagen.overlay` lets the compiler regroup its sums; here every operation is done as it
stands, so that areas are GEOS's to the bit and a test of sides can say how sure it is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from numba import njit

_Functie = TypeVar("_Functie", bound=Callable[..., Any])
_OPTIES: dict[str, Any] = {"error_model": "numpy", "nogil": True}


def exact_kernel(functie: _Functie) -> _Functie:
    """Compile a function that other compiled functions call.

    It makes no arrays: numba then does not count who uses them, which costs more than the
    work itself. Who calls from Python holds them.
    """
    return _compile(functie, {**_OPTIES, "_nrt": False})


def exact_entry(functie: _Functie) -> _Functie:
    """Compile a function that Python calls; threads run it side by side."""
    try:
        return _compile(functie, {**_OPTIES, "cache": True})
    except RuntimeError:  # numba: "cannot cache function ...: no locator available"
        return _compile(functie, _OPTIES)


def _compile(functie: _Functie, opties: dict[str, Any]) -> _Functie:
    jit: Any = njit
    klaar: _Functie = jit(functie, **opties)
    return klaar
