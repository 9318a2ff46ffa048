"""BGT and TOP10NL from tables (PDOK's GeoPackage, its API, NLExtract) as background.

Half of what PDOK's BGT gives are versions that ended: `eind_registratie` tells them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kaartlagen.bronnen.achtergrond_klassen import (
    OVERIG,
    SOORTEN,
    WEG_STATUS,
    class_text,
    kind_of,
    other_findings,
    tells,
)
from kaartlagen.bronnen.einden import rows_with_end
from kaartlagen.bronnen.kolommen import find_column, normalise
from kaartlagen.bronnen.lezing import Lezing
from kaartlagen.bronnen.tabel import make_lezing, optional_column
from kaartlagen.laagframe import as_text, contract_columns, row_names
from kaartlagen.lezen import Bronlaag
from kaartlagen.registercontroles import ACHTERGROND_NIET_ACTUEEL

_HOOGTE = ("relatieve_hoogteligging",)
_BGT = ("bronhouder", "bgt_status", "plus_status")
_TOPNL = ("visualisatiecode", "tdncode")
_SOORT, _KLASSE = ("soort",), ("klasse",)
_NAAM = ("naamnl", "naam", "naam_officieel", "naamfries", "straatnaam", "tekst", "brugnaam")
_WAARDEN = (
    "functie", "bgt_functie", "function", "type", "bgt_type", "class", "fysiek_voorkomen",
    "bgt_fysiekvoorkomen", "openbareruimtetype",
)  # fmt: skip
_PLUS = ("plus_functie", "plus_type", "plus_fysiek_voorkomen")
_GEEN_TYPE = frozenset({"typeinfrastructuur"})
_EINDEN = (
    ("eind_registratie",),
    ("object_eind_tijd",),
    ("termination_date",),
    ("versie_eind_tijd",),
)
_STATUS = ("bgt_status", "plus_status", "status")


def is_topography(kolommen: Sequence[str]) -> bool:
    """Say whether a table has the columns of the BGT or of TOP10NL."""
    bgt = find_column(kolommen, _HOOGTE) and any(find_column(kolommen, (k,)) for k in _BGT)
    topnl = find_column(kolommen, _TOPNL) and _type_columns(kolommen)
    return bool(bgt or topnl)


def achtergrond_grounds(kolommen: Sequence[str], monster: pd.DataFrame) -> str | None:
    """Say on what grounds a table is background; None when it is not."""
    if is_topography(kolommen):
        kolom = find_column(kolommen, _HOOGTE) or find_column(kolommen, _TOPNL)
        return f"kolommen van de BGT of TOP10NL (zoals {kolom})"
    soort, klasse = find_column(kolommen, _SOORT), find_column(kolommen, _KLASSE)
    if soort and klasse and len(monster) and monster[soort].isin(SOORTEN).all():
        return f"kolommen {soort} en {klasse} van de laag achtergrond"
    return None


def read_achtergrond(bron: Bronlaag) -> tuple[Lezing, ...]:
    """Read the objects of one layer that exist now."""
    kolommen = bron.kop.kolommen
    if find_column(kolommen, _KLASSE) and find_column(kolommen, _SOORT):
        return (_own(bron),)
    soort = kind_of(bron.kop.naam, kolommen)
    eigen = contract_columns(
        "achtergrond",
        {
            "soort": [soort] * len(bron.kolommen),
            "klasse": _classes(bron),
            "naam": optional_column(bron, _NAAM),
        },
        bron.kolommen.index,
    )
    voorbij = rows_with_end(bron.kolommen, _EINDEN) | _planned(bron.kolommen)
    goed = eigen[~voorbij]
    bevindingen = ACHTERGROND_NIET_ACTUEEL.report(int(voorbij.sum()), row_names(eigen[voorbij]))
    if soort == OVERIG:
        bevindingen += other_findings([bron.kop.naam] * len(goed))
    return (make_lezing("achtergrond", bron, goed, bevindingen=bevindingen),)


def _own(bron: Bronlaag) -> Lezing:
    waarden = {naam: optional_column(bron, (naam,)) for naam in ("soort", "klasse", "naam")}
    kolommen = contract_columns("achtergrond", waarden, bron.kolommen.index)
    return make_lezing("achtergrond", bron, kolommen)


def _classes(bron: Bronlaag) -> list[str]:
    """Write type and class of every row, literally as the source has them."""
    namen = [str(naam) for naam in bron.kolommen.columns]
    eigen = [k for naam in _WAARDEN if (k := find_column(namen, (naam,)))][:1]
    plus = [k for naam in _PLUS if (k := find_column(namen, (naam,)))][:1]
    typen = _type_columns(namen)[:1]
    reeksen = [_texts(bron.kolommen[kolom]) for kolom in (typen or (*eigen, *plus))]
    if not reeksen:
        return [bron.kop.naam] * len(bron.kolommen)
    uit = []
    for waarden in zip(*reeksen, strict=True):
        eerste = next(filter(tells, waarden), None)
        uit.append(class_text(bron.kop.naam, [eerste]))
    return uit


def _type_columns(kolommen: Sequence[str]) -> list[str]:
    """Give TOP10NL's own columns of a type: `typeweg`, `typegebouw` ..."""
    return [
        kolom
        for kolom in kolommen
        if (naam := normalise(kolom)).startswith("type") and len(naam) > 4
        and naam not in _GEEN_TYPE
    ]  # fmt: skip


def _texts(reeks: pd.Series[Any]) -> list[str | None]:
    return [as_text(waarde) for waarde in reeks.astype(object)]


def _planned(kolommen: pd.DataFrame) -> NDArray[np.bool_]:
    """Mark rows whose status is of what is not there."""
    namen = [str(naam) for naam in kolommen.columns]
    uit = np.zeros(len(kolommen), dtype=bool)
    for zoek in _STATUS:
        kolom = find_column(namen, (zoek,))
        if kolom is not None:
            uit |= kolommen[kolom].astype(str).str.lower().isin(WEG_STATUS).to_numpy(dtype=bool)
    return uit
