"""Planlijsten of DIWI (VNG): the Excel template and export, and the GeoJSON.

The sheet has four header rows: sections, parts, headers and what a header counts (a date, a
price). A line is a woningblok; a project with more of them repeats its own columns. Neither
form has a column with the planstatus: each class has its own column with a begin date.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd

from kaartlagen.bronnen.kolommen import normalise
from kaartlagen.bronnen.tabelkop import Blad, cell_name, fill_right, make_blad
from kaartlagen.bronnen.telwaarden import total
from kaartlagen.datums import parse_datum
from kaartlagen.laagframe import as_text, is_missing, row_names
from kaartlagen.lezen import Bronlaag
from kaartlagen.tabelcontroles import (
    AANTALLEN_ONLEESBAAR,
    REGELS_SAMENGENOMEN,
    STATUS_NIET_TE_KIEZEN,
    STATUS_UIT_DATUMS,
)
from kaartlagen.tabellen import Raster

ID = "Identificatie nr"
NAAM = "Naam"
BOUW = "Woning aantallen/Bouw"
SLOOP = "Woning aantallen/Sloop"

_PROJECT = "Projectgegevens"
_AANTALLEN = "Woning aantallen"
_BLOKKEN = ("Bouw gegevens", "Sloop gegevens")
_EIGEN_NAAM = frozenset({"Rol type", "Maatwerk project eigenschap"})
"""Headers of which the line below holds the real name."""

_CONTROLE = frozenset(
    normalise(kop)
    for kop in (
        "Mutatie gegevens", "Oplevering", "Grootte", "Eigendom type",
        "Woning waarde en huurprijs", "Woning type", "Fysiek voorkomen", "Doelgroep",
        "Grondpositie", "Afwijkende totalen",
    )
)  # fmt: skip
_STATUSSEN = frozenset(
    normalise(kop)
    for kop in (
        "4a Opgenomen in de visie", "4b Niet opgenomen in de visie", "3 In voorbereiding",
        "2a Vastgesteld", "2b Vastgesteld uitwerking nodig", "2c Vastgesteld B&W nodig",
        "1a Onherroepelijk", "1b Onherroepelijk uitwerking nodig", "1c Onherroepelijk B&W nodig",
    )
)  # fmt: skip


def diwi_sheet(raster: Raster) -> Blad | None:
    """Give a sheet in the form of DIWI's template its columns; None for any other sheet."""
    plek = next(
        (nr for nr, rij in enumerate(raster.rijen[:30]) if {_PROJECT, _BLOKKEN[0]} <= set(rij)),
        None,
    )
    if plek is None or plek + 3 >= len(raster.rijen):
        return None
    secties = fill_right([cell_name(cel) for cel in raster.rijen[plek]])
    koppen = [cell_name(cel) for cel in raster.rijen[plek + 2]]
    onder = [cell_name(cel) for cel in raster.rijen[plek + 3]]
    delen = fill_right([cell_name(cel) for cel in raster.rijen[plek + 1]])
    namen = [_column(*vier) for vier in zip(secties, delen, koppen, onder, strict=True)]
    begin = plek + 4
    leeg = {
        kolom
        for kolom in range(len(namen))
        if all(rij[kolom] is None for rij in raster.rijen[begin:])
    }
    # The template has room for every price and date; what nobody filled in is no column.
    kort = [
        None if kolom in leeg and naam and "/" in naam and naam not in {BOUW, SLOOP} else naam
        for kolom, naam in enumerate(namen)
    ]
    return make_blad(raster, kort, begin)


def _column(sectie: str | None, deel: str | None, kop: str | None, onder: str | None) -> str | None:
    """Name a column: that of the project by its header, others by the way to it.

    `Onbekend` is the head of more columns than one: of which part it is, tells what of.
    """
    if kop is None:
        return onder
    if kop in _EIGEN_NAAM:
        return onder
    if sectie == _AANTALLEN:
        return f"{sectie}/{kop}"
    if sectie in _BLOKKEN:
        kop = f"{deel} onbekend" if kop == "Onbekend" else kop
        return "/".join(stuk for stuk in (sectie, kop, onder) if stuk)
    if sectie and sectie.startswith("Controle") and normalise(kop) in _CONTROLE:
        return f"{sectie}/{kop}"
    return kop


def prepare_diwi_sheet(bron: Bronlaag) -> Bronlaag | None:
    """Make one row per project of the lines of a DIWI sheet; None for any other table.

    The woningblokken come as they are into the column `woningblokken`; the counts of the
    project are their sums.
    """
    if not {ID, NAAM, BOUW, SLOOP} <= set(bron.kolommen.columns):
        return None
    blokkolommen = [kolom for kolom in bron.kolommen.columns if "/" in str(kolom)]
    projecten = _projects(bron.kolommen)
    eerste = [_first_placed(bron, regels) for regels in projecten]
    frame = bron.kolommen.iloc[[regels[0] for regels in projecten]].drop(columns=blokkolommen)
    frame = frame.reset_index(drop=True)
    blokken = [
        [_block(bron.kolommen, regel, regels[0], blokkolommen) for regel in regels]
        for regels in projecten
    ]
    frame["woningblokken"] = pd.Series(blokken, dtype=object)
    frame["woningen_toe"] = [total(blok.get(BOUW) for blok in rij) for rij in blokken]
    frame["woningen_af"] = [total(blok.get(SLOOP) for blok in rij) for rij in blokken]
    samen = [regels for regels in projecten if len(regels) > 1]
    nieuw = replace(
        bron,
        kolommen=frame,
        geometrie=bron.geometrie[eerste],
        onleesbaar=tuple(nr for nr, regel in enumerate(eerste) if regel in bron.onleesbaar),
        percelen={nr: bron.percelen[r] for nr, r in enumerate(eerste) if r in bron.percelen},
        bevindingen=bron.bevindingen
        + REGELS_SAMENGENOMEN.report(
            sum(len(regels) - 1 for regels in samen),
            [as_text(bron.kolommen[NAAM].iloc[regels[0]]) for regels in samen],
        ),
    )
    return with_status(
        nieuw, [kolom for kolom in frame.columns if normalise(str(kolom)) in _STATUSSEN]
    )


def prepare_diwi_geojson(bron: Bronlaag) -> Bronlaag | None:
    """Lay the nested properties of a DIWI GeoJSON flat; None for any other table."""
    if not {"projectgegevens", "woning_blokken"} <= set(bron.kolommen.columns):
        return None
    projecten = [_json(waarde) for waarde in bron.kolommen["projectgegevens"]]
    blokken = [_json(waarde) for waarde in bron.kolommen["woning_blokken"]]
    frame = bron.kolommen.copy()
    frame["plan_id"] = [
        _dig(p, "basisgegevens", "identificatie_nr") or _dig(p, "diwi_id") or _dig(p, "diwiId")
        for p in projecten
    ]
    frame["plannaam"] = [_dig(p, "basisgegevens", "naam") for p in projecten]
    frame["gemeente"] = [_names(_dig(p, "locatie", "gemeente")) for p in projecten]
    frame["plantype"] = [_dig(p, "projectgegevens", "plan_soort") for p in projecten]
    frame["vertrouwelijkheid"] = [
        _dig(p, "projectgegevens", "vertrouwelijkheid") for p in projecten
    ]
    for kolom, soort in (("woningen_toe", "CONSTRUCTION"), ("woningen_af", "DEMOLITION")):
        frame[kolom] = [
            total(
                _dig(blok, "mutatiegegevens", "aantal")
                for blok in (rij if isinstance(rij, list) else [])
                if _dig(blok, "mutatiegegevens", "mutatie_type") == soort
            )
            for rij in blokken
        ]
    stuk = [
        not isinstance(p, dict) or not isinstance(b, list)
        for p, b in zip(projecten, blokken, strict=True)
    ]
    statussen = [_dig(p, "planologische_planstatus") for p in projecten]
    keuzen = [_pick(s if isinstance(s, dict) else {}) for s in statussen]
    frame = frame.astype(object)
    return _with_picked(
        replace(
            bron,
            kolommen=frame,
            bevindingen=bron.bevindingen
            + AANTALLEN_ONLEESBAAR.report(sum(stuk), row_names(frame[pd.Series(stuk, dtype=bool)])),
        ),
        keuzen,
    )


def with_status(bron: Bronlaag, kolommen: Sequence[str]) -> Bronlaag:
    """Add the planstatus that holds today, of columns that each hold a begin date."""
    keuzen = [
        _pick({kolom: rij[kolom] for kolom in kolommen}) for rij in bron.kolommen.to_dict("records")
    ]
    return _with_picked(bron, keuzen)


def _with_picked(
    bron: Bronlaag, keuzen: Sequence[tuple[str | None, date | None, bool]]
) -> Bronlaag:
    frame = bron.kolommen.copy()
    frame["planstatus"] = pd.Series([status for status, _, _ in keuzen], dtype=object)
    frame["status_datum"] = pd.Series([datum for _, datum, _ in keuzen], dtype=object)
    twijfel = pd.Series([t for _, _, t in keuzen], dtype=bool)
    met_datum = pd.Series([datum is not None for _, datum, _ in keuzen], dtype=bool)
    return replace(
        bron,
        kolommen=frame,
        kop=replace(bron.kop, kolommen=tuple(map(str, frame.columns))),
        bevindingen=(
            *bron.bevindingen,
            *STATUS_UIT_DATUMS.report(int(met_datum.sum())),
            *STATUS_NIET_TE_KIEZEN.report(int(twijfel.sum()), _project_names(frame[twijfel])),
        ),
    )


def _pick(statussen: Mapping[str, object]) -> tuple[str | None, date | None, bool]:
    """Choose a status: the last that has begun, or the only one marked; and say of doubt.

    A status that begins in the future does not hold yet.
    """
    gevuld = {naam: waarde for naam, waarde in statussen.items() if as_text(waarde)}
    datums = {naam: parse_datum(waarde) for naam, waarde in gevuld.items()}
    vandaag = datetime.now(UTC).date()
    begonnen = [(datum, naam) for naam, datum in datums.items() if datum and datum <= vandaag]
    zonder = [naam for naam, datum in datums.items() if datum is None]
    if zonder:
        return (zonder[0], None, False) if len(gevuld) == 1 else (None, None, True)
    if not begonnen:
        return None, None, False
    laatste = max(begonnen)[0]
    namen = [naam for datum, naam in begonnen if datum == laatste]
    return (namen[0], laatste, False) if len(namen) == 1 else (None, None, True)


def _projects(kolommen: pd.DataFrame) -> list[list[int]]:
    """Group the lines of a project: those with the same number and name; others stand alone."""
    groepen: dict[object, list[int]] = {}
    for nr, (plan_id, naam) in enumerate(zip(kolommen[ID], kolommen[NAAM], strict=True)):
        sleutel = (as_text(plan_id), as_text(naam)) if as_text(plan_id) else nr
        groepen.setdefault(sleutel, []).append(nr)
    return list(groepen.values())


def _first_placed(bron: Bronlaag, regels: Sequence[int]) -> int:
    """Take the line of a project that says where it is, else its first."""
    return next(
        (
            r
            for r in regels
            if bron.geometrie[r] is not None or r in bron.percelen or r in bron.onleesbaar
        ),
        regels[0],
    )


def _block(
    kolommen: pd.DataFrame, regel: int, eerste: int, blokkolommen: Sequence[str]
) -> dict[str, Any]:
    """Keep what a line says of its woningblok, and what it says otherwise of the project."""
    rij, kop = kolommen.iloc[regel], kolommen.iloc[eerste]
    anders = [
        k for k in kolommen.columns if k not in blokkolommen and as_text(rij[k]) != as_text(kop[k])
    ]
    return {
        str(kolom): rij[kolom] for kolom in (*blokkolommen, *anders) if not is_missing(rij[kolom])
    }


def _project_names(frame: pd.DataFrame) -> list[str]:
    kolom = "plannaam" if "plannaam" in frame.columns else NAAM
    return [as_text(naam) or "zonder naam" for naam in frame[kolom].head(10)]


def _json(waarde: object) -> Any:
    """Read what GDAL hands over of a nested property: its JSON text."""
    if not isinstance(waarde, str):
        return waarde
    try:
        return json.loads(waarde)
    except ValueError:
        return None


def _dig(waarde: object, *sleutels: str) -> Any:
    for sleutel in sleutels:
        waarde = waarde.get(sleutel) if isinstance(waarde, dict) else None
    return waarde


def _names(waarde: object) -> str | None:
    if isinstance(waarde, list):
        return ", ".join(str(deel) for deel in waarde) or None
    return as_text(waarde)
