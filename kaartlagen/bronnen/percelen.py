"""Kadastrale percelen from flat columns (PDOK and what was made of it), ids as text.

A perceel is named by AKR-gemeente, sectie and number (`OTL02 B 2298`). The kadastrale
gemeente is not the gemeente: that is found by geometry, elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import shapely

from kaartlagen.bestandsvorm import Vorm
from kaartlagen.bronnen.kolommen import find_column, normalise, restore_cut
from kaartlagen.bronnen.lezing import Lezing
from kaartlagen.bronnen.percelen_aanduiding import is_akr, parse_designation
from kaartlagen.bronnen.percelen_historie import ended_rows
from kaartlagen.bronnen.tabel import make_lezing, optional_column, require_column
from kaartlagen.controles import AANDUIDING_ONVOLLEDIG, PERCEEL_DUBBEL, Bevinding
from kaartlagen.laagframe import as_text, contract_columns, row_names, typed
from kaartlagen.lezen import Bronlaag
from kaartlagen.registercontroles import PERCEEL_ALLEEN_PUNT, PERCEEL_VERVALLEN

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
_ID = (
    "identificatie_lokaal_id", "perceel_id", "lokaalid", "lokaal_id", "identificatie",
    "inspire_id_local_id", "inspireid_localid", "localid",
)  # fmt: skip
_AKR = ("akr_kadastrale_gemeente_code_waarde", "akrgemeente", "akr_code", "akr")
# What may hold an AKR code or a number; only its values tell.
_MISSCHIEN_AKR = ("kadgemcode", "kad_gem", "kadastrale_gemeentecode", "gemeentecode", "gemeente")
_GEMEENTE = ("kadastrale_gemeente_waarde", "kadgemeente", "kadastrale_gemeente")
_SECTIE = ("sectie",)
_NUMMER = ("perceelnummer", "perceelnr", "perceel_nr", "perceelnum")
_GROOTTE = (
    "kadastrale_grootte_waarde",
    "kadastrale_grootte_m2",
    "kadastrale_grootte",
    "oppervlakte",
    "area_value",
)
_SOORT = ("soort_grootte_waarde", "soort_grootte")
_EIGENAAR = ("eigenaar", "soort_eigenaar", "eigenaar_soort", "type_eigenaar", "eigendom")
_AANDUIDING = (
    "aanduiding", "kadastrale_aanduiding", "perceelaanduiding", "national_cadastral_reference",
)  # fmt: skip

_DELEN = {
    "perceel_id": _ID, "akr": _AKR, "kadastrale_gemeente": _GEMEENTE, "sectie": _SECTIE,
    "perceelnummer": _NUMMER, "grootte": _GROOTTE, "soort_grootte": _SOORT,
    "aanduiding": _AANDUIDING, "eigenaar": _EIGENAAR,
}  # fmt: skip

_MEESTE_CIJFERS = 18
"""More digits than a column of whole numbers holds; a perceelnummer has at most five."""

_PUNTTYPEN = (0, 4)
"""Shapely's numbers of Point and MultiPoint."""


def parcel_grounds(kolommen: Sequence[str], monster: pd.DataFrame) -> str | None:
    """Say on what grounds a table is one of percelen; None when it is not."""
    hersteld = [*kolommen, *_restored(kolommen).values()]
    nummer = find_column(hersteld, _NUMMER)
    sectie = find_column(hersteld, _SECTIE)
    if nummer is not None and sectie is not None:
        return f"kolommen {sectie} en {nummer}"
    aanduiding = find_column(kolommen, _AANDUIDING)
    # A planlijst may name the percelen of its plans; that makes it no parcel file.
    if aanduiding is not None and not any(map(_is_of_a_plan, kolommen)):
        teksten = [tekst for tekst in map(as_text, monster[aanduiding]) if tekst]
        goed = sum(parse_designation(tekst) is not None for tekst in teksten)
        if goed * 2 > len(teksten):
            return f"kolom {aanduiding} met kadastrale aanduidingen"
    return None


def _is_of_a_plan(kolom: str) -> bool:
    naam = normalise(kolom)
    return naam.startswith(("plan", "project")) or "woning" in naam


def read_percelen(bron: Bronlaag) -> tuple[Lezing, ...]:
    """Read percelen from a table.

    Versions that no longer hold, and points where a parcel's number is drawn, are refused
    row by row.

    Raises
    ------
    KolomError
        When sectie or perceelnummer is missing, and there is no aanduiding to take them from.
    """
    bron = _restore(bron)
    if find_column(bron.kop.kolommen, _AANDUIDING) is None:
        require_column(bron, _NUMMER, "het perceelnummer")
        require_column(bron, _SECTIE, "de sectie")
    vervallen = ended_rows(bron.kolommen)
    punten = np.isin(shapely.get_type_id(bron.geometrie), _PUNTTYPEN) & ~vervallen
    kolommen = parcel_columns(_values(bron), bron.kolommen.index)
    goed = kolommen[~(vervallen | punten)]
    bevindingen = (
        *PERCEEL_VERVALLEN.report(int(vervallen.sum()), row_names(kolommen[vervallen])),
        *PERCEEL_ALLEEN_PUNT.report(int(punten.sum()), row_names(kolommen[punten])),
        *parcel_findings(goed),
    )
    return (make_lezing("percelen", bron, goed, bevindingen=bevindingen),)


def _values(bron: Bronlaag) -> dict[str, Iterable[object]]:
    """Give the parts of each perceel; what has no column is taken from the aanduiding."""
    waarden: dict[str, Iterable[object]] = {
        "perceel_id": optional_column(bron, _ID),
        "akr": _akr(bron),
        "kadastrale_gemeente": optional_column(bron, _GEMEENTE),
        "sectie": optional_column(bron, _SECTIE),
        "perceelnummer": optional_column(bron, _NUMMER),
        "grootte": optional_column(bron, _GROOTTE),
        "soort_grootte": optional_column(bron, _SOORT),
        "aanduiding": optional_column(bron, _AANDUIDING),
        "eigenaar": optional_column(bron, _EIGENAAR),
    }
    if find_column(bron.kop.kolommen, _NUMMER) and find_column(bron.kop.kolommen, _SECTIE):
        return waarden
    delen = [parse_designation(as_text(tekst)) for tekst in waarden["aanduiding"]]
    return waarden | {
        "sectie": [deel and deel.sectie for deel in delen],
        "perceelnummer": [deel and deel.nummer for deel in delen],
        "aanduiding": [deel and str(deel) for deel in delen],
    }


def _akr(bron: Bronlaag) -> pd.Series[Any]:
    """Give the AKR codes; a column that may hold numbers too counts only for its codes."""
    if find_column(bron.kop.kolommen, _AKR) is None:
        for naam in _MISSCHIEN_AKR:
            kolom = find_column(bron.kop.kolommen, (naam,))
            if kolom is not None and bron.kolommen[kolom].map(as_text).map(is_akr).any():
                codes = bron.kolommen[kolom].map(as_text)
                return codes.where(codes.map(is_akr), None)
    return optional_column(bron, _AKR)


def part_columns(kolommen: Sequence[str]) -> dict[str, str] | None:
    """Give per part of a perceel the column that holds it, by the names alone.

    Returns
    -------
    dict or None
        Keys as those of `parcel_columns`; parts without a column are absent. None when it
        takes the values to tell.
    """
    gevonden = {deel: find_column(kolommen, namen) for deel, namen in _DELEN.items()}
    if gevonden["perceelnummer"] is None or gevonden["sectie"] is None:
        return None
    if gevonden["akr"] is None and find_column(kolommen, _MISSCHIEN_AKR) is not None:
        return None
    return {deel: naam for deel, naam in gevonden.items() if naam is not None}


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
    nummers = [read_number(nummer) for nummer in waarden["perceelnummer"]]
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
            "kadastrale_grootte_m2": [read_area(grootte) for grootte in waarden["grootte"]],
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


def read_number(waarde: object) -> int | None:
    """Give a perceelnummer; None for what is no whole number."""
    if type(waarde) is int:
        return waarde if abs(waarde) < 10**_MEESTE_CIJFERS else None
    tekst = as_text(waarde)
    if tekst is None or not tekst.isdecimal() or len(tekst) > _MEESTE_CIJFERS:
        return None
    return int(tekst)


def read_area(waarde: object) -> float | None:
    """Give a kadastrale grootte; None for what is no number."""
    if type(waarde) is float:
        return waarde
    try:
        return float(as_text(waarde) or "nan")
    except ValueError:
        return None
