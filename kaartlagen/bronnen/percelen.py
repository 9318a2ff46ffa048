"""Kadastrale percelen from flat columns (PDOK and what was made of it), ids as text.

A perceel is named by AKR-gemeente, sectie and number (`OTL02 B 2298`). The kadastrale
gemeente is not the gemeente: that is found by geometry, elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from kaartlagen.bestandsvorm import Vorm
from kaartlagen.bronnen.kolommen import find_column, restore_cut
from kaartlagen.bronnen.lezing import Lezing
from kaartlagen.bronnen.tabel import make_lezing, optional_column, require_column
from kaartlagen.controles import AANDUIDING_ONVOLLEDIG, PERCEEL_DUBBEL, Bevinding
from kaartlagen.laagframe import as_text, contract_columns, row_names, typed
from kaartlagen.lezen import Bronlaag

_PDOK_SNAKE = (
    "identificatie_namespace", "identificatie_lokaal_id", "begin_geldigheid",
    "tijdstip_registratie", "volgnummer", "status_historie_code", "status_historie_waarde",
    "kadastrale_gemeente_code", "kadastrale_gemeente_waarde", "sectie",
    "akr_kadastrale_gemeente_code_code", "akr_kadastrale_gemeente_code_waarde",
    "kadastrale_grootte_waarde", "soort_grootte_code", "soort_grootte_waarde", "perceelnummer",
    "perceelnummer_rotatie", "perceelnummer_verschuiving_delta_x",
    "perceelnummer_verschuiving_delta_y",
)  # fmt: skip
_PDOK_CAMEL = (
    "identificatieNamespace", "identificatieLokaalID", "beginGeldigheid",
    "tijdstipRegistratie", "volgnummer", "statusHistorieCode", "statusHistorieWaarde",
    "kadastraleGemeenteCode", "kadastraleGemeenteWaarde", "sectie",
    "AKRKadastraleGemeenteCodeCode", "AKRKadastraleGemeenteCodeWaarde",
    "kadastraleGrootteWaarde", "soortGrootteCode", "soortGrootteWaarde", "perceelnummer",
    "perceelnummerRotatie", "perceelnummerVerschuivingDeltaX",
    "perceelnummerVerschuivingDeltaY",
)  # fmt: skip
# What each column is called at PDOK, at NLExtract and in our own files, the best first.
_ID = ("identificatie_lokaal_id", "perceel_id", "lokaalid", "lokaal_id", "identificatie")
_AKR = ("akr_kadastrale_gemeente_code_waarde", "akrgemeente", "akr_code", "akr")
_GEMEENTE = ("kadastrale_gemeente_waarde", "kadgemeente", "kadastrale_gemeente")
_SECTIE = ("sectie",)
_NUMMER = ("perceelnummer", "perceelnr", "perceel_nr")
_GROOTTE = (
    "kadastrale_grootte_waarde",
    "kadastrale_grootte_m2",
    "kadastrale_grootte",
    "oppervlakte",
)
_SOORT = ("soort_grootte_waarde", "soort_grootte")
_EIGENAAR = ("eigenaar", "soort_eigenaar", "eigenaar_soort", "type_eigenaar", "eigendom")
_AANDUIDING = ("aanduiding", "kadastrale_aanduiding", "perceelaanduiding")


def parcel_grounds(kolommen: Sequence[str], _monster: pd.DataFrame) -> str | None:
    """Say on what grounds a table is one of percelen; None when it is not."""
    hersteld = [*kolommen, *_restored(kolommen).values()]
    nummer = find_column(hersteld, _NUMMER)
    sectie = find_column(hersteld, _SECTIE)
    if nummer is None or sectie is None:
        return None
    return f"kolommen {sectie} en {nummer}"


def read_percelen(bron: Bronlaag) -> tuple[Lezing, ...]:
    """Read percelen from a table.

    Raises
    ------
    KolomError
        When sectie or perceelnummer is missing.
    """
    bron = _restore(bron)
    require_column(bron, _NUMMER, "het perceelnummer")
    require_column(bron, _SECTIE, "de sectie")
    kolommen = parcel_columns(
        {
            "perceel_id": optional_column(bron, _ID),
            "akr": optional_column(bron, _AKR),
            "kadastrale_gemeente": optional_column(bron, _GEMEENTE),
            "sectie": optional_column(bron, _SECTIE),
            "perceelnummer": optional_column(bron, _NUMMER),
            "grootte": optional_column(bron, _GROOTTE),
            "soort_grootte": optional_column(bron, _SOORT),
            "aanduiding": optional_column(bron, _AANDUIDING),
            "eigenaar": optional_column(bron, _EIGENAAR),
        },
        bron.kolommen.index,
    )
    lezing = make_lezing("percelen", bron, kolommen, bevindingen=parcel_findings(kolommen))
    return (lezing,)


def parcel_columns(
    waarden: Mapping[str, Iterable[object]], index: Sequence[int] | pd.Index[Any]
) -> pd.DataFrame:
    """Make the contract columns of percelen.

    Parameters
    ----------
    waarden
        `perceel_id`, `akr`, `kadastrale_gemeente`, `sectie`, `perceelnummer`, `grootte`
        (m2) and `soort_grootte` per row, and perhaps `aanduiding` and `eigenaar` where the
        source has them.
    index
        Row numbers in the source.
    """
    akrs, secties = (typed(waarden[naam], "text", pd.Index(index)) for naam in ("akr", "sectie"))
    nummers = [_number(nummer) for nummer in waarden["perceelnummer"]]
    gegeven = typed(waarden.get("aanduiding", [None] * len(nummers)), "text", pd.Index(index))
    aanduidingen = [
        zelf or designation(akr, sectie, nummer)
        for zelf, akr, sectie, nummer in zip(gegeven, akrs, secties, nummers, strict=True)
    ]
    return contract_columns(
        "percelen",
        {
            "perceel_id": waarden["perceel_id"],
            "aanduiding": aanduidingen,
            "kadastrale_gemeente": waarden["kadastrale_gemeente"],
            "sectie": secties,
            "perceelnummer": nummers,
            "kadastrale_grootte_m2": [_area(grootte) for grootte in waarden["grootte"]],
            "soort_grootte": waarden["soort_grootte"],
            "eigenaar": waarden.get("eigenaar", [None] * len(nummers)),
        },
        index,
    )


def designation(akr: str | None, sectie: str | None, nummer: int | None) -> str | None:
    """Write the kadastrale aanduiding; None when a part of it is unknown."""
    if akr is None or sectie is None or nummer is None:
        return None
    return f"{akr} {sectie} {nummer}"


def parcel_findings(kolommen: pd.DataFrame) -> tuple[Bevinding, ...]:
    """Report incomplete designations and percelen that occur more than once."""
    zonder = kolommen[kolommen["aanduiding"].isna()]
    ids = kolommen["perceel_id"]
    dubbel = ids[ids.notna() & ids.duplicated()]
    return (
        *AANDUIDING_ONVOLLEDIG.report(len(zonder), row_names(zonder)),
        *PERCEEL_DUBBEL.report(len(dubbel), dubbel[:10]),
    )


def _restored(kolommen: Sequence[str]) -> dict[str, str]:
    return restore_cut(kolommen, _PDOK_SNAKE) or restore_cut(kolommen, _PDOK_CAMEL)


def _restore(bron: Bronlaag) -> Bronlaag:
    """Give a Shapefile of the PDOK schema its full column names back."""
    namen = _restored(bron.kop.kolommen) if bron.kop.vorm is Vorm.SHAPEFILE else {}
    if not namen:
        return bron
    kolommen = bron.kolommen.rename(columns=namen)
    return replace(
        bron, kolommen=kolommen, kop=replace(bron.kop, kolommen=tuple(map(str, kolommen.columns)))
    )


def _number(waarde: object) -> int | None:
    if type(waarde) is int:
        return waarde
    tekst = as_text(waarde)
    return int(tekst) if tekst is not None and tekst.isdigit() else None


def _area(waarde: object) -> float | None:
    if type(waarde) is float:
        return waarde
    try:
        return float(as_text(waarde) or "nan")
    except ValueError:
        return None
