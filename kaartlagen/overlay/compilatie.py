"""One way to compile a kernel: without the GIL, kept in a cache, never dependent on it.

Kernels are plain nogil functions that threads run over blocks, not numba's parallel loops:
numba's portable threading layer aborts the process when two threads (two web requests)
enter it at once, blocks give progress and cancelling, and the code compiles twice as fast.

Numba keeps compiled code beside the source, or in the user's cache folder when that is not
writable, or in NUMBA_CACHE_DIR when that is set. Where none of them can be written the
kernel is compiled in every process instead. Numba looks at the date of the file that holds
a kernel, not at what it calls: so a kernel and its helpers live in one module.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

_Functie = TypeVar("_Functie", bound=Callable[..., Any])

_REKENREGELS = {"reassoc", "contract"}
"""Sums may be regrouped and multiply-adds fused; NaN, infinity and signs stay exact."""


def kernel(functie: _Functie) -> _Functie:
    """Compile `functie` at its first call; it then runs without the GIL."""
    opties: dict[str, Any] = {"nogil": True, "fastmath": _REKENREGELS, "error_model": "numpy"}
    try:
        return cast("_Functie", njit(functie, cache=True, **opties))
    except RuntimeError:  # numba: "cannot cache function ...: no locator available"
        return cast("_Functie", njit(functie, **opties))
