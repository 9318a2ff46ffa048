"""The shared first half of reading a table-like layer: raw rows to a Lezing's frame parts."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kaartlagen.bronnen.kolommen import find_column
from kaartlagen.bronnen.lezing import Lezing
from kaartlagen.controles import BOGEN_RECHT, LEZER_MELDT, Bevinding
from kaartlagen.errors import KolomError
from kaartlagen.lezen import BOOGSTAP_GRADEN, Bronlaag

_TE_WEINIG_PUNTEN = "de geometrie heeft te weinig punten of is beschadigd"


def require_column(bron: Bronlaag, namen: tuple[str, ...], waarvoor: str) -> str:
    """Find a column that the kind of layer cannot do without.

    Raises
    ------
    KolomError
        When it is not there; the message lists the columns that are.
    """
    kolom = find_column(bron.kop.kolommen, namen)
    if kolom is None:
        raise KolomError(
            f"de kolom met {waarvoor} ontbreekt (gezocht: {', '.join(namen[:4])}); "
            f"er zijn: {', '.join(bron.kop.kolommen[:12]) or 'geen kolommen'}.",
            waar=f"{bron.kop.pad.name}, laag {bron.kop.naam}",
            herstel="Hernoem de kolom, of kies met --soort een andere soort.",
        )
    return kolom


def optional_column(bron: Bronlaag, namen: tuple[str, ...]) -> pd.Series[Any]:
    """Give the values of a column, or of None when the source does not have it."""
    kolom = find_column(bron.kop.kolommen, namen)
    if kolom is None:
        return pd.Series([None] * len(bron.kolommen), index=bron.kolommen.index, dtype=object)
    return bron.kolommen[kolom].astype(object)


def make_lezing(
    laag: str,
    bron: Bronlaag,
    kolommen: pd.DataFrame,
    *,
    bevindingen: tuple[Bevinding, ...] = (),
    samenvoegen_op: str | None = None,
) -> Lezing:
    """Join contract columns with the geometry of the same source rows.

    Parameters
    ----------
    laag
        Name of the contract.
    bron
        The layer as it was read.
    kolommen
        Contract columns; the index says which source rows they are.
    bevindingen
        What the source module found.
    samenvoegen_op
        See `Lezing`.
    """
    rijen = kolommen.index.to_numpy(dtype=np.intp)
    geometrie: NDArray[np.object_] = bron.geometrie[rijen]
    stuk = {
        int(plek): _TE_WEINIG_PUNTEN for plek in np.flatnonzero(np.isin(rijen, bron.onleesbaar))
    }
    return Lezing(
        laag=laag,
        kolommen=kolommen,
        geometrie=geometrie,
        crs=bron.kop.crs,
        gelezen=len(bron.geometrie),
        bron=bron.kop.pad.name,
        vorm=bron.kop.vorm.value,
        onleesbaar=stuk,
        samenvoegen_op=samenvoegen_op,
        bevindingen=bevindingen + _reader_findings(bron),
    )


def _reader_findings(bron: Bronlaag) -> tuple[Bevinding, ...]:
    recht = (
        f"De stap is {BOOGSTAP_GRADEN:.2f} graad".replace(".", ",")
        + "; bij een straal tot 400 m ligt een recht stukje hoogstens 1 mm van de boog."
    )
    return (
        *LEZER_MELDT.report(len(bron.meldingen), bron.meldingen),
        *BOGEN_RECHT.report(bron.krom, uitleg=recht),
    )
