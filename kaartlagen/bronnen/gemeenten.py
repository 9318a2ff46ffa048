"""Gemeenten from CBS, PDOK or a file of one's own: four-digit codes, one row per gemeente."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from kaartlagen.bronnen.kolommen import find_column, normalise
from kaartlagen.bronnen.lezing import Lezing
from kaartlagen.bronnen.tabel import make_lezing, require_column
from kaartlagen.controles import GEEN_GEMEENTE, GEMEENTENAAM_VERSCHILT, Bevinding
from kaartlagen.laagframe import as_text, contract_columns
from kaartlagen.lezen import Bronlaag
from kaartlagen.registercontroles import GEMEENTECODE_ANDERE_TIJD, GEMEENTECODE_VERVALLEN
from kaartlagen.voorgangers import ended, out_of_time

CODEKOLOMMEN = ("gemeentecode", "gm_code", "gemcode", "statcode", "identificatie", "code")
NAAMKOLOMMEN = ("gemeentenaam", "gm_naam", "gemnaam", "statnaam", "naam", "gemeente")

RESTCODES = frozenset({"0000", "0997", "0998", "0999"})
"""No gemeenten: CBS uses 0997-0999 for no fixed or unknown gemeente and abroad ("Buitenland"
is 0998 in its 2022 map), and IMRO 0000 for the Rijk (`domein.md` section 2.2)."""

_CODE = re.compile(r"(?:GM|G)?(\d{1,4})", re.IGNORECASE)
_MET_PREFIX = re.compile(r"GM\d{4}")
_FIJNER = ("wijkcode", "buurtcode", "wk_code", "bu_code", "wijknaam", "buurtnaam")
_EIGEN_NAAM = ("gemeentenaam", "gm_naam", "gemnaam")
_JAARKOLOMMEN = ("jaarcode", "jrstatcode", "jaar", "peiljaar")
_JAAR = re.compile(r"(?:19|20)\d{2}")


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
        if eigen is None or naam is None or eigen == naam:
            continue
        if code == "code" and not _one_to_one(kolommen, monster, eigen):
            continue
        teksten = [tekst for tekst in map(as_text, monster[eigen]) if tekst]
        if not teksten:
            continue
        patroon = _CODE if normalise(code).startswith("g") or code == "code" else _MET_PREFIX
        goed = [tekst for tekst in teksten if patroon.fullmatch(tekst.upper())]
        # A gemeente has one row, or two where land and water are apart.
        if len(goed) * 2 > len(teksten) and len(set(goed)) * 2 >= len(goed):
            return f"kolom {eigen} met gemeentecodes en kolom {naam}"
    return None


def _one_to_one(kolommen: Sequence[str], monster: pd.DataFrame, code: str) -> bool:
    """Say whether a column called `code` holds one code per gemeentenaam.

    Old editions of PDOK call it so; but postcodes are four digits too.
    """
    naam = find_column(kolommen, _EIGEN_NAAM)
    if naam is None or not len(monster):
        return False
    paren = monster[[code, naam]].dropna().drop_duplicates()
    return bool(paren[code].is_unique and paren[naam].is_unique)


def read_gemeenten(bron: Bronlaag) -> tuple[Lezing, ...]:
    """Read gemeenten.

    Rows that are no gemeente (wijken, buurten, abroad) are left out and reported. Rows with
    the same code (land and water apart, or single parts) are marked to be merged.

    Raises
    ------
    KolomError
        When there is no column with codes or with names.
    """
    codekolom = _code_column(bron)
    naamkolom = require_column(bron, NAAMKOLOMMEN, "de naam van de gemeente")
    codes = bron.kolommen[codekolom].map(gemeentecode)
    namen = bron.kolommen[naamkolom].map(as_text)
    goed = codes.notna() & ~codes.isin(list(RESTCODES)) & namen.notna() & ~_finer(bron)
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
    return (replace(lezing, peildatum=_peildatum(bron)),)


def timely(codes: Iterable[str], peildatum: date | None) -> tuple[Bevinding, ...]:
    """Report codes that do not belong to the time of a layer of gemeenten.

    Parameters
    ----------
    codes
        The gemeentecodes of the layer.
    peildatum
        The date for which it holds; None when nobody said.
    """
    verkeerd = out_of_time(codes, peildatum)
    if verkeerd:
        return GEMEENTECODE_ANDERE_TIJD.report(len(verkeerd), verkeerd)
    vervallen = ended(codes)
    return GEMEENTECODE_VERVALLEN.report(len(vervallen), vervallen)


def finest_cover(lagen: Sequence[str]) -> str | None:
    """Choose among layers of one division: the CBS gives each generalised and not.

    Returns
    -------
    str or None
        The one that is not generalised; None when they are not the two of such a pair.
    """
    fijn = [laag for laag in lagen if "niet_gegeneraliseerd" in laag.lower()]
    grof = [laag for laag in lagen if laag not in fijn]
    if (
        len(fijn) == 1
        and len(grof) == 1
        and (fijn[0].lower().replace("niet_gegeneraliseerd", "gegeneraliseerd") == grof[0].lower())
    ):
        return fijn[0]
    return None


def _finer(bron: Bronlaag) -> pd.Series[bool]:
    """Mark rows that are a wijk or buurt: they name one beside their gemeente."""
    kolom = find_column(bron.kop.kolommen, _FIJNER)
    if kolom is None:
        return pd.Series(False, index=bron.kolommen.index)
    return bron.kolommen[kolom].map(as_text).notna()


def _peildatum(bron: Bronlaag) -> date | None:
    """Give the first of January of the year that every row names; None when none does."""
    kolom = find_column(bron.kop.kolommen, _JAARKOLOMMEN)
    if kolom is None:
        return None
    teksten = {tekst for waarde in bron.kolommen[kolom] if (tekst := as_text(waarde))}
    jaren = {treffer.group() if (treffer := _JAAR.match(tekst)) else None for tekst in teksten}
    jaar = jaren.pop() if len(jaren) == 1 else None
    return date(int(jaar), 1, 1) if jaar else None


def _code_column(bron: Bronlaag) -> str:
    """Take the first code column of which most values are gemeentecodes."""
    for naam in CODEKOLOMMEN:
        kolom = find_column(bron.kop.kolommen, (naam,))
        if kolom is not None and bron.kolommen[kolom].map(gemeentecode).notna().mean() > 0.5:
            return kolom
    return require_column(bron, CODEKOLOMMEN[:-2], "gemeentecodes")
