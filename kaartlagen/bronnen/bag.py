"""Panden and verblijfsobjecten of the BAG from tables, as PDOK's BAG light has them.

Ids stay text: the first digit of half of them is 0. The fifth and sixth digit tell what an
id is of (01 verblijfsobject, 10 pand, 20 nummeraanduiding), which no column name does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kaartlagen.bronnen.achtergrond import is_topography
from kaartlagen.bronnen.einden import rows_with_end
from kaartlagen.bronnen.kolommen import find_column
from kaartlagen.bronnen.lezing import Lezing
from kaartlagen.bronnen.tabel import make_lezing, optional_column, require_column
from kaartlagen.controles import Bevinding
from kaartlagen.errors import KolomError
from kaartlagen.laagframe import as_text, contract_columns, is_missing, row_names
from kaartlagen.lezen import Bronlaag
from kaartlagen.registercontroles import (
    BAG_DUBBEL,
    BAG_NIET_ACTUEEL,
    BOUWJAAR_ONBEKEND,
    GEBRUIKSDOEL_ONTBREEKT,
)

_ID = ("identificatie", "vbo_id", "verblijfsobject_id", "pand_id", "pandidentificatie")
_DOEL = (
    "gebruiksdoel", "gebruiksdoelen", "gebruiksdoelverblijfsobject", "verblijfsobjectgebruiksdoel",
)  # fmt: skip
_STATUS = ("status", "verblijfsobjectstatus", "pandstatus")
_OPPERVLAKTE = (
    "oppervlakte",
    "oppervlakte_m2",
    "gebruiksoppervlakte",
    "oppervlakteverblijfsobject",
)
_BOUWJAAR = ("bouwjaar", "oorspronkelijk_bouwjaar")
_AANTAL = ("aantal_verblijfsobjecten", "verblijfsobjecten")
_ADRES = ("nummer_id", "nummeraanduiding_id", "nummeraanduidingid")
_EINDEN = (
    ("eind_geldigheid", "einddatumtijdvakgeldigheid"),
    ("tijdstip_inactief",),
    ("tijdstip_inactief_lv",),
    ("tijdstip_niet_bag_lv",),
    ("datum_eind",),
)
_BOUWJAAR_ONBEKEND = 9999
_BAG_ID = re.compile(r"\d{4}(\d{2})\d{10}")
_VBO, _PAND = "01", "10"
_MEESTE_CIJFERS = 18


def vbo_grounds(kolommen: Sequence[str], monster: pd.DataFrame) -> str | None:
    """Say on what grounds a table of points is one of verblijfsobjecten; None when it is not.

    A list of adressen counts as one, to be refused with its reason: people offer it as such.
    """
    if is_topography(kolommen):
        return None
    kolom_id, doel = find_column(kolommen, _ID), find_column(kolommen, _DOEL)
    if kolom_id and doel and _is_of(monster[kolom_id], _VBO):
        return f"kolommen {kolom_id} en {doel}"
    adres = find_column(kolommen, _ADRES)
    if adres and doel is None and find_column(kolommen, ("huisnummer",)):
        return f"adressen uit de BAG (kolommen {adres} en huisnummer)"
    return None


def read_verblijfsobjecten(bron: Bronlaag) -> tuple[Lezing, ...]:
    """Read verblijfsobjecten from a table, one row per row that holds now.

    Raises
    ------
    KolomError
        When the gebruiksdoel is missing: without it a home is not to be told from a shop,
        and the homes of the region would seem to be none.
    """
    if find_column(bron.kop.kolommen, _DOEL) is None and find_column(bron.kop.kolommen, _ADRES):
        raise KolomError(
            "dit zijn adressen (nummeraanduidingen) uit de BAG, zonder gebruiksdoel: of er "
            "gewoond wordt, is niet te zien.",
            waar=f"{bron.kop.pad.name}, laag {bron.kop.naam}",
            herstel="Lees de verblijfsobjecten van de BAG (bag-light.gpkg van PDOK, of het "
            "BAG-extract) in, of bewaar de adressen met --soort punten.",
        )
    require_column(bron, _DOEL, "het gebruiksdoel")
    kolommen = contract_columns(
        "verblijfsobjecten",
        {
            "vbo_id": optional_column(bron, _ID),
            "gebruiksdoel": optional_column(bron, _DOEL).map(purposes),
            "status": optional_column(bron, _STATUS),
            "oppervlakte_m2": optional_column(bron, _OPPERVLAKTE).map(to_number),
        },
        bron.kolommen.index,
    )
    kolommen, bevindingen = _current(kolommen, rows_with_end(bron.kolommen, _EINDEN))
    bevindingen += vbo_findings(kolommen)
    return (make_lezing("verblijfsobjecten", bron, kolommen, bevindingen=bevindingen),)


def pand_grounds(kolommen: Sequence[str], monster: pd.DataFrame) -> str | None:
    """Say on what grounds a table of areas is one of panden; None when it is not."""
    if is_topography(kolommen):
        return None
    kolom_id, bouwjaar = find_column(kolommen, _ID), find_column(kolommen, _BOUWJAAR)
    if kolom_id and bouwjaar and _is_of(monster[kolom_id], _PAND):
        return f"kolommen {kolom_id} en {bouwjaar}"
    return None


def read_panden(bron: Bronlaag) -> tuple[Lezing, ...]:
    """Read panden from a table, one row per row that holds now.

    Raises
    ------
    KolomError
        When there is no column with ids.
    """
    require_column(bron, _ID, "de identificatie van het pand")
    kolommen, onbekend = pand_columns(
        {
            "pand_id": optional_column(bron, _ID),
            "bouwjaar": optional_column(bron, _BOUWJAAR),
            "status": optional_column(bron, _STATUS),
            "gebruiksdoel": optional_column(bron, _DOEL),
            "verblijfsobjecten": optional_column(bron, _AANTAL),
        },
        bron.kolommen.index,
    )
    kolommen, bevindingen = _current(kolommen, rows_with_end(bron.kolommen, _EINDEN))
    bevindingen += onbekend + double_findings(kolommen, "pand_id")
    return (make_lezing("panden", bron, kolommen, bevindingen=bevindingen),)


def pand_columns(
    waarden: dict[str, Iterable[object]], index: Sequence[int] | pd.Index[Any]
) -> tuple[pd.DataFrame, tuple[Bevinding, ...]]:
    """Make the contract columns of panden, and report bouwjaren that stand for unknown."""
    bouwjaren = [_whole(waarde) for waarde in waarden["bouwjaar"]]
    onbekend = bouwjaren.count(_BOUWJAAR_ONBEKEND)
    kolommen = contract_columns(
        "panden",
        {
            "pand_id": waarden["pand_id"],
            "bouwjaar": [None if jaar == _BOUWJAAR_ONBEKEND else jaar for jaar in bouwjaren],
            "status": waarden["status"],
            "gebruiksdoel": [purposes(waarde) for waarde in waarden["gebruiksdoel"]],
            "verblijfsobjecten": [_whole(waarde) for waarde in waarden["verblijfsobjecten"]],
        },
        index,
    )
    return kolommen, BOUWJAAR_ONBEKEND.report(onbekend)


def vbo_findings(kolommen: pd.DataFrame) -> tuple[Bevinding, ...]:
    """Report verblijfsobjecten without gebruiksdoel, and ids that come more than once."""
    zonder = kolommen[kolommen["gebruiksdoel"].isna()]
    return (
        *GEBRUIKSDOEL_ONTBREEKT.report(len(zonder), row_names(zonder)),
        *double_findings(kolommen, "vbo_id"),
    )


def double_findings(kolommen: pd.DataFrame, sleutel: str) -> tuple[Bevinding, ...]:
    """Report ids that come more than once."""
    ids = kolommen[sleutel]
    dubbel = ids[ids.notna() & ids.duplicated()]
    return BAG_DUBBEL.report(len(dubbel), dubbel[:10])


def purposes(waarde: object) -> str | None:
    """Write one or more gebruiksdoelen as one text with commas.

    Parameters
    ----------
    waarde
        A text (`woonfunctie,winkelfunctie`), a list, or a list as GDAL (`[ "woonfunctie" ]`)
        or PostgreSQL (`{woonfunctie}`) write it in a text.
    """
    if isinstance(waarde, list | tuple | np.ndarray):
        delen = [tekst for deel in waarde if (tekst := as_text(deel))]
        return ",".join(delen) or None
    tekst = as_text(waarde)
    if tekst and tekst.startswith("["):
        try:
            return purposes(json.loads(tekst))
        except ValueError:
            return tekst
    if tekst and tekst.startswith("{") and tekst.endswith("}"):
        return purposes([deel.strip(' "') for deel in tekst[1:-1].split(",")])
    return tekst


def to_number(waarde: object) -> float | None:
    """Read a number; None when there is none."""
    if is_missing(waarde):
        return None
    try:
        return float(str(waarde))
    except ValueError:
        return None


def _current(
    kolommen: pd.DataFrame, voorbij: NDArray[np.bool_]
) -> tuple[pd.DataFrame, tuple[Bevinding, ...]]:
    namen = row_names(kolommen[voorbij])
    return kolommen[~voorbij], BAG_NIET_ACTUEEL.report(int(voorbij.sum()), namen)


def _is_of(ids: pd.Series[Any], soort: str) -> bool:
    """Say whether ids can be of a kind of object; other ids than those of the BAG may be."""
    treffers = [_BAG_ID.fullmatch(as_text(waarde) or "") for waarde in ids]
    anders = [treffer for treffer in treffers if treffer and treffer.group(1) != soort]
    return len(anders) * 2 <= len(treffers)


def _whole(waarde: object) -> int | None:
    """Read a count or a year; None for what is none, and for what no column could hold."""
    tekst = as_text(waarde)
    goed = tekst is not None and tekst.isdecimal() and len(tekst) <= _MEESTE_CIJFERS
    return int(str(tekst)) if goed else None
