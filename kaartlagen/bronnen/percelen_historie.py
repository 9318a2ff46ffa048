"""Which versions of a perceel no longer hold: a delivery with history has them all.

A version holds while it has no end (`eindGeldigheid`, `eindRegistratie`; in version 3
`logischTijdstipVervallen`) and its `statusHistorie` is G, Geldig. An end in the year 9999
is how flat files write that there is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kaartlagen.bronnen.einden import is_open_end, rows_with_end
from kaartlagen.bronnen.kolommen import find_column
from kaartlagen.laagframe import as_text
from kaartlagen.xmllezen import Element, child, descendant, local_name, text

_EINDEN = frozenset({"eindGeldigheid", "eindRegistratie", "logischTijdstipVervallen"})
_EINDKOLOMMEN = (
    ("eind_geldigheid", "einddatum_geldigheid", "datum_einde_geldigheid"),
    ("eind_registratie",),
    ("logisch_tijdstip_vervallen", "tijdstip_vervallen"),
    ("end_lifespan_version",),
    ("valid_to",),
)
_STATUSKOLOMMEN = (
    "status_historie_code", "statushistorie_code", "status_historie_waarde", "statushistorie",
    "status_historie",
)  # fmt: skip
_GELDIG = frozenset({"G", "GELDIG"})


def has_ended(element: Element) -> bool:
    """Say whether a Perceel element is a version that no longer holds."""
    historie = child(element, "historie")
    if historie is None:
        return False
    for lid in historie.iter():
        if local_name(lid) in _EINDEN and not is_open_end(text(lid)):
            return True
    status = descendant(historie, "statusHistorie")
    if status is None:
        return False
    code = text(descendant(status, "code")) or text(descendant(status, "waarde")) or text(status)
    return code is not None and code.upper() not in _GELDIG


def deciding_elements(element: Element) -> list[Element]:
    """Give the elements of a Perceel whose text `has_ended` looks at."""
    historie = child(element, "historie")
    if historie is None:
        return []
    status = descendant(historie, "statusHistorie")
    einden = [lid for lid in historie.iter() if local_name(lid) in _EINDEN]
    return einden if status is None else [*einden, *status.iter()]


def history_columns(namen: Sequence[str]) -> tuple[str, ...]:
    """Give the columns of a table to which `ended_rows` looks."""
    gevonden = (find_column(namen, zoek) for zoek in (*_EINDKOLOMMEN, _STATUSKOLOMMEN))
    return tuple(dict.fromkeys(naam for naam in gevonden if naam is not None))


def ended_rows(kolommen: pd.DataFrame) -> NDArray[np.bool_]:
    """Mark the rows of a table that are versions that no longer hold."""
    uit = rows_with_end(kolommen, _EINDKOLOMMEN)
    naam = find_column(map(str, kolommen.columns), _STATUSKOLOMMEN)
    if naam is not None:
        uit |= _not_valid(kolommen[naam])
    return uit


def _not_valid(status: pd.Series[Any]) -> NDArray[np.bool_]:
    """Mark what has another status than G; there are a handful of values for many rows."""
    anders = {
        waarde
        for waarde in status.dropna().unique()
        if (tekst := as_text(waarde)) is not None and tekst.upper() not in _GELDIG
    }
    uit: NDArray[np.bool_] = status.isin(list(anders)).to_numpy(dtype=bool)
    return uit
