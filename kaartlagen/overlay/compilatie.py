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
from typing import Any, TypeVar

from numba import njit

_Functie = TypeVar("_Functie", bound=Callable[..., Any])

_OPTIES: dict[str, Any] = {
    # Sums may be regrouped and multiply-adds fused; NaN, infinity and signs stay exact.
    "fastmath": {"reassoc", "contract"},
    "error_model": "numpy",
    "nogil": True,
}


def kernel(functie: _Functie) -> _Functie:
    """Compile a function that kernels call: no counting of references to its arrays.

    Numba counts (atomically, so with the threads waiting for each other) whenever a
    function touches an array of a tuple: 150 times per pair of pieces. Who calls from
    Python holds the arrays anyway. So such a function makes no arrays and is only called
    by an `ingang`.
    """
    return _compile(functie, _nrt=False)


def ingang(functie: _Functie) -> _Functie:
    """Compile a function that Python calls: it holds its arrays while it runs."""
    try:
        return _compile(functie, cache=True)
    except RuntimeError:  # numba: "cannot cache function ...: no locator available"
        return _compile(functie)


def _compile(functie: _Functie, **opties: Any) -> _Functie:
    jit: Any = njit
    klaar: _Functie = jit(functie, **_OPTIES, **opties)
    return klaar
