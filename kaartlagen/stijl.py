"""How QGIS shows a layer: QML text, and the `layer_styles` table that carries it.

QGIS loads the default style of this table by itself when a GeoPackage layer is opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

STIJLTABEL = "layer_styles"


@dataclass(frozen=True, slots=True)
class Stijl:
    """The default QGIS style of one layer. `qml` is the whole QML document."""

    laag: str
    naam: str
    qml: str
    omschrijving: str = ""


def style_table(stijlen: Sequence[Stijl], moment: datetime, geometriekolom: str) -> pd.DataFrame:
    """Make the rows of `layer_styles`, with the columns that QGIS asks for.

    Catalog and schema are empty text, not null: QGIS compares them with ''. The names in
    mixed case are QGIS's own.

    Parameters
    ----------
    stijlen
        One default style per layer.
    moment
        The update time, with a time zone.
    geometriekolom
        The name of the geometry column of every styled layer.

    Returns
    -------
    pandas.DataFrame
        One row per style, in the given order.
    """
    return pd.DataFrame(
        {
            "f_table_catalog": [""] * len(stijlen),
            "f_table_schema": [""] * len(stijlen),
            "f_table_name": [stijl.laag for stijl in stijlen],
            "f_geometry_column": [geometriekolom] * len(stijlen),
            "styleName": [stijl.naam for stijl in stijlen],
            "styleQML": [stijl.qml for stijl in stijlen],
            "styleSLD": [""] * len(stijlen),
            "useAsDefault": [True] * len(stijlen),
            "description": [stijl.omschrijving for stijl in stijlen],
            "owner": [""] * len(stijlen),
            "ui": [""] * len(stijlen),
            "update_time": pd.to_datetime([moment] * len(stijlen), utc=True),
        }
    )
