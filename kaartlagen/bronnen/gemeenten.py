"""Gemeenten from CBS, PDOK or a file of one's own: four-digit codes, one row per gemeente."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from kaartlagen.bronnen.kolommen import find_column, normalise
from kaartlagen.bronnen.lezing import Lezing
from kaartlagen.bronnen.tabel import make_lezing, require_column
from kaartlagen.controles import GEEN_GEMEENTE, GEMEENTENAAM_VERSCHILT
from kaartlagen.laagframe import as_text, contract_columns
from kaartlagen.lezen import Bronlaag

CODEKOLOMMEN = ("gemeentecode", "gm_code", "gemcode", "statcode", "identificatie", "code")
NAAMKOLOMMEN = ("gemeentenaam", "gm_naam", "gemnaam", "statnaam", "naam", "gemeente")

RESTCODES = frozenset({"0000", "0997", "0998", "0999"})
"""No gemeenten: CBS uses 0997-0999 for no fixed or unknown gemeente and abroad ("Buitenland"
is 0998 in its 2022 map), and IMRO 0000 for the Rijk (`domein.md` section 2.2)."""

_CODE = re.compile(r"(?:GM|G)?(\d{1,4})", re.IGNORECASE)
_MET_PREFIX = re.compile(r"GM\d{4}")
_FIJNER = ("wijkcode", "buurtcode", "wk_code", "bu_code", "wijknaam", "buurtnaam")


def gemeentecode(waarde: object) -> str | None:
    """Read a gemeentecode in any of its spellings as four digits; None when it is none.

    ``GM0363``, ``G363``, ``363`` and ``0363`` are 0363; a provincie (``PV28``) is None.
    """
    treffer = _CODE.fullmatch(as_text(waarde) or "")
    return treffer.group(1).zfill(4) if treffer else None


def gemeente_grounds(kolommen: Sequence[str], monster: pd.DataFrame) -> str | None:
    """Say on what grounds a table is one of gemeenten; None when it is not.

    Parameters
    ----------
    kolommen
        All column names of the layer.
    monster
        Its first rows. A column called just `statcode` or `code` holds gemeenten only
        when its values do: CBS and PDOK call those of provincies and wijken the same.
    """
    fijner = find_column(kolommen, _FIJNER)
    if fijner is not None and monster[fijner].notna().any():
        return None
    for code in CODEKOLOMMEN:
        eigen = find_column(kolommen, (code,))
        naam = find_column(kolommen, NAAMKOLOMMEN)
        if eigen is None or naam is None or eigen == naam or code == "code":
            continue
        teksten = [tekst for tekst in map(as_text, monster[eigen]) if tekst]
        if not teksten:
            continue
        patroon = _CODE if normalise(code).startswith("g") else _MET_PREFIX
        goed = [tekst for tekst in teksten if patroon.fullmatch(tekst.upper())]
        # A gemeente has one row, or two where land and water are apart.
        if len(goed) * 2 > len(teksten) and len(set(goed)) * 2 >= len(goed):
            return f"kolom {eigen} met gemeentecodes en kolom {naam}"
    return None


def read_gemeenten(bron: Bronlaag) -> tuple[Lezing, ...]:
    """Read gemeenten.

    Rows that are no gemeente are left out and reported. Rows with the same code (land
    and water apart, or single parts) are marked to be merged.

    Raises
    ------
    KolomError
        When there is no column with codes or with names.
    """
    codekolom = _code_column(bron)
    naamkolom = require_column(bron, NAAMKOLOMMEN, "de naam van de gemeente")
    codes = bron.kolommen[codekolom].map(gemeentecode)
    namen = bron.kolommen[naamkolom].map(as_text)
    goed = codes.notna() & ~codes.isin(list(RESTCODES)) & namen.notna()
    geweigerd = [
        f"{as_text(code) or 'zonder code'} {naam or ''}".strip()
        for code, naam in zip(bron.kolommen[codekolom][~goed], namen[~goed], strict=True)
    ]
    kolommen = contract_columns(
        "gemeenten",
        {"gemeentecode": codes[goed], "gemeentenaam": namen[goed]},
        codes.index[goed],
    )
    per_code = kolommen.groupby("gemeentecode")["gemeentenaam"].nunique()
    verschil = per_code.index[per_code > 1]
    lezing = make_lezing(
        "gemeenten",
        bron,
        kolommen,
        bevindingen=(
            *GEEN_GEMEENTE.report(len(geweigerd), geweigerd),
            *GEMEENTENAAM_VERSCHILT.report(len(verschil), verschil),
        ),
        samenvoegen_op="gemeentecode",
    )
    return (lezing,)


def _code_column(bron: Bronlaag) -> str:
    """Take the first code column of which most values are gemeentecodes."""
    for naam in CODEKOLOMMEN:
        kolom = find_column(bron.kop.kolommen, (naam,))
        if kolom is not None and bron.kolommen[kolom].map(gemeentecode).notna().mean() > 0.5:
            return kolom
    return require_column(bron, CODEKOLOMMEN[:-2], "gemeentecodes")
