"""Files that already have the columns of a layer contract, such as our own exports."""

from __future__ import annotations

from collections.abc import Sequence

from kaartlagen.bronnen.kolommen import find_column
from kaartlagen.bronnen.lezing import Lezing
from kaartlagen.bronnen.tabel import make_lezing, require_column
from kaartlagen.laagframe import contract_columns, is_missing
from kaartlagen.lagen import LAGEN
from kaartlagen.lezen import Bronlaag


def has_contract(kolommen: Sequence[str], laag: str) -> bool:
    """Say whether every column of a layer's contract is among these."""
    namen = LAGEN[laag].kolomnamen
    return all(find_column(kolommen, (naam,)) is not None for naam in namen)


def read_own(bron: Bronlaag, laag: str) -> Lezing:
    """Read a layer whose columns are those of a contract.

    Raises
    ------
    KolomError
        When a column of the contract is missing.
    """
    waarden = {}
    for kolom in LAGEN[laag].kolommen:
        eigen = require_column(bron, (kolom.naam,), kolom.uitleg)
        waarden[kolom.naam] = [
            None if is_missing(waarde) else waarde for waarde in bron.kolommen[eigen].astype(object)
        ]
    return make_lezing(laag, bron, contract_columns(laag, waarden, bron.kolommen.index))
