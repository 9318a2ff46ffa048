"""Ruimtelijke plannen from flat tables, as PDOK and Ruimtelijkeplannen.nl have them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from kaartlagen.bestandsvorm import Vorm
from kaartlagen.bronnen.imro_klassen import PLANLAAG
from kaartlagen.bronnen.lezing import Lezing
from kaartlagen.bronnen.ruimtelijke_plannen_klassen import (
    ENKEL,
    TE_KIEZEN,
    flat_layer,
    name_choices,
    row_classes,
    table_class,
)
from kaartlagen.bronnen.ruimtelijke_plannen_kolommen import flat_columns, is_flat, own_columns
from kaartlagen.bronnen.ruimtelijke_plannen_lagen import plan_readings
from kaartlagen.errors import OnbekendeSoortError
from kaartlagen.lezen import Bronlaag, Laagkop, read_heads, read_layer


def flat_plan_grounds(kolommen: Sequence[str], monster: pd.DataFrame) -> str | None:
    """Say on what grounds a table is one of a flat ruimtelijk plan; None when it is not."""
    if not is_flat(kolommen, monster):
        return None
    eigen = own_columns(kolommen, monster)
    namen = [eigen[naam] for naam in ("identificatie", "plangebied", "planstatus", "hoofdgroep")]
    return f"kolommen {' en '.join([naam for naam in namen if naam][:2])} met ids van IMRO"


def no_grounds(_kolommen: Sequence[str], _monster: pd.DataFrame) -> str | None:
    """Recognise nothing: this kind is only chosen by the user."""
    return None


def read_flat_plan(bron: Bronlaag) -> tuple[Lezing, ...]:
    """Read a table of plangebieden or of objects of one class, or of rows that say their class.

    Raises
    ------
    OnbekendeSoortError
        When neither the table's name nor its columns tell what the objects are.
    """
    rijen = flat_columns(bron)
    klasse = table_class(rijen, bron.kop.naam)
    klassen = row_classes(rijen, klasse)
    if all(lid is None for lid in klassen):
        raise OnbekendeSoortError(
            "de kolommen zijn die van een ruimtelijk plan, maar welke objecten het zijn, is "
            "niet te zeggen.",
            waar=f"{bron.kop.pad.name}, laag {bron.kop.naam}",
            herstel=f"Bewaar deze laag als eigen bestand en geef op wat het is: {name_choices()}.",
        )
    return plan_readings(bron, rijen, klassen, _plans_beside(bron, klassen))


def read_flat_as(klasse: str) -> Callable[[Bronlaag], tuple[Lezing, ...]]:
    """Make the reader of a table whose rows are of one class, as the user says."""

    def read(bron: Bronlaag) -> tuple[Lezing, ...]:
        rijen = flat_columns(bron)
        return plan_readings(bron, rijen, [klasse] * len(rijen), _plans_beside(bron, [klasse]))

    return read


def choices() -> dict[str, Callable[[Bronlaag], tuple[Lezing, ...]]]:
    """Give the readers for the classes that a user may have to name, by `--soort`."""
    return {soort: read_flat_as(klasse) for soort, klasse in TE_KIEZEN.items()}


def _plans_beside(bron: Bronlaag, klassen: Sequence[str | None]) -> set[str]:
    """Give the plans whose plangebied is in another layer of the same file."""
    if ENKEL not in klassen or bron.kop.vorm is not Vorm.GEOPACKAGE:
        return set()
    uit: set[str] = set()
    for kop in read_heads(bron.kop.pad, bron.kop.vorm):
        if kop.naam != bron.kop.naam and _holds_plans(kop):
            ander = flat_columns(read_layer(kop))
            uit |= {idn for kolom in ("identificatie", "plangebied") for idn in ander[kolom] if idn}
    return uit


def _holds_plans(kop: Laagkop) -> bool:
    if kop.geometrietype is None or not is_flat(kop.kolommen, kop.monster):
        return False
    monster = flat_columns(
        Bronlaag(kop, kop.monster, pd.Series([None] * len(kop.monster), dtype=object).to_numpy())
    )
    return flat_layer(table_class(monster, kop.naam)) == PLANLAAG
