"""The work on the parts of a layer, done by the workers of a Dask cluster.

Imported only by who asks for Dask: it needs the optional extra `dask`. The workers must
see the folder with the parts at the same path.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import distributed  # type: ignore[import-not-found,unused-ignore]

from kaartlagen.overlay.delen import Deeltaak, Uitvoerder
from kaartlagen.overlay.paren import Oppervlakteparen

_VOORUIT = 4
"""Tasks per worker thread under way or done and not yet taken."""


def make_dask_motor(scheduler: str | Any) -> Uitvoerder:
    """Return an executor for `stream_join` that sends every part to a cluster.

    Parameters
    ----------
    scheduler
        Address of the scheduler (``tcp://host:8786``) or a running local cluster.
    """

    def run(
        functie: Callable[[Deeltaak], Oppervlakteparen], taken: Sequence[Deeltaak]
    ) -> Iterator[Oppervlakteparen]:
        verbind: Any = distributed.Client
        with verbind(scheduler, set_as_default=False) as client:
            ruim = _VOORUIT * max(1, sum(client.nthreads().values()))
            lopend: deque[Any] = deque()
            for k in range(len(taken)):
                while len(lopend) < ruim and k + len(lopend) < len(taken):
                    lopend.append(client.submit(functie, taken[k + len(lopend)], pure=False))
                yield lopend.popleft().result()

    return run
