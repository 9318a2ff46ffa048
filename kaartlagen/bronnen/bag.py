"""Verblijfsobjecten of the BAG from a table with points, as PDOK's BAG light has them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from kaartlagen.bronnen.kolommen import find_column
from kaartlagen.bronnen.lezing import Lezing
from kaartlagen.bronnen.tabel import make_lezing, optional_column, require_column
from kaartlagen.laagframe import contract_columns
from kaartlagen.lezen import Bronlaag

_ID = ("identificatie", "vbo_id", "verblijfsobject_id")
_DOEL = ("gebruiksdoel", "gebruiksdoelen")
_STATUS = ("status", "verblijfsobjectstatus")
_OPPERVLAKTE = ("oppervlakte", "oppervlakte_m2", "gebruiksoppervlakte")


def vbo_grounds(kolommen: Sequence[str], _monster: pd.DataFrame) -> str | None:
    """Say on what grounds a table of points is one of verblijfsobjecten; None when it is not."""
    kolom_id, doel = find_column(kolommen, _ID), find_column(kolommen, _DOEL)
    return f"kolommen {kolom_id} en {doel}" if kolom_id and doel else None


def read_verblijfsobjecten(bron: Bronlaag) -> tuple[Lezing, ...]:
    """Read verblijfsobjecten from a table, one row per row.

    Raises
    ------
    KolomError
        When the gebruiksdoel is missing: without it a home is not to be told from a shop.
    """
    require_column(bron, _DOEL, "het gebruiksdoel")
    kolommen = contract_columns(
        "verblijfsobjecten",
        {
            "vbo_id": optional_column(bron, _ID),
            "gebruiksdoel": optional_column(bron, _DOEL),
            "status": optional_column(bron, _STATUS),
            "oppervlakte_m2": optional_column(bron, _OPPERVLAKTE),
        },
        bron.kolommen.index,
    )
    lezing = make_lezing("verblijfsobjecten", bron, kolommen)
    return (lezing,)
