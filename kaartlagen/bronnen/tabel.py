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
from kaartlagen.laagframe import row_names
from kaartlagen.lezen import BOOGSTAP_GRADEN, Bronlaag
from kaartlagen.tabelcontroles import RIJ_ZONDER_PLEK
from kaartlagen.tabellen import TABELVORMEN

TE_WEINIG_PUNTEN = "de geometrie heeft te weinig punten of is beschadigd"
_GEEN_COORDINATEN = "de geometrie of de coördinaten zijn niet (of niet eenduidig) te lezen"
_NAMEN_GENOEMD = 20


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
    kolommen, zonder_plek = _only_placed(bron, kolommen)
    rijen = kolommen.index.to_numpy(dtype=np.intp)
    geometrie: NDArray[np.object_] = bron.geometrie[rijen]
    reden = _GEEN_COORDINATEN if bron.kop.vorm in TABELVORMEN else TE_WEINIG_PUNTEN
    stuk = {int(plek): reden for plek in np.flatnonzero(np.isin(rijen, bron.onleesbaar))}
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
        percelen={
            plek: bron.percelen[int(rij)]
            for plek, rij in enumerate(rijen)
            if int(rij) in bron.percelen
        },
        bevindingen=bron.bevindingen + bevindingen + _reader_findings(bron) + zonder_plek,
    )


def _only_placed(
    bron: Bronlaag, kolommen: pd.DataFrame
) -> tuple[pd.DataFrame, tuple[Bevinding, ...]]:
    """Leave out the rows of a table that nothing gives a place, and name them.

    A vector file has a geometry for every row; where it is empty, that is found later.
    """
    if bron.kop.vorm not in TABELVORMEN:
        return kolommen, ()
    mist = np.array(
        [
            bron.geometrie[rij] is None and rij not in bron.onleesbaar and rij not in bron.percelen
            for rij in kolommen.index
        ],
        dtype=bool,
    )
    namen = row_names(kolommen[mist], _NAMEN_GENOEMD)
    meer = int(mist.sum()) - len(namen)
    uitleg = f"Het gaat om: {'; '.join(namen)}{f' en nog {meer}' if meer else ''}."
    return kolommen[~mist], RIJ_ZONDER_PLEK.report(int(mist.sum()), namen, uitleg=uitleg)


def _reader_findings(bron: Bronlaag) -> tuple[Bevinding, ...]:
    recht = (
        f"De stap is {BOOGSTAP_GRADEN:.2f} graad".replace(".", ",")
        + "; bij een straal tot 400 m ligt een recht stukje hoogstens 1 mm van de boog."
    )
    return (
        *LEZER_MELDT.report(len(bron.meldingen), bron.meldingen),
        *BOGEN_RECHT.report(bron.krom, uitleg=recht),
    )
