"""Which class of IMRO a flat row is: by what it says of itself, its layer's name, its columns.

The classes are those of the WFS of Ruimtelijkeplannen.nl and the downloads of PDOK.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from kaartlagen.bronnen.imro_klassen import PLANLAAG, layer_of
from kaartlagen.bronnen.imro_objecten import IDN
from kaartlagen.bronnen.kolommen import normalise
from kaartlagen.bronnen.ruimtelijke_plannen_kolommen import DUBBEL, is_own_id

ENKEL, DUBBELE = "Enkelbestemming", "Dubbelbestemming"

_SUFFIX = ("_A", "_P", "_X")
_VISIE = ("_G", "_P", "_R")
KLASSEN = (
    "Bestemmingsplangebied", "Besluitgebied", "Plangebied", "Plangebied_PCP", ENKEL, DUBBELE,
    "Bouwvlak", "Functieaanduiding", "Bouwaanduiding", "Gebiedsaanduiding",
    "Lettertekenaanduiding", "Maatvoering", "Figuur", "Onthoudingsgebied",
    "PlangebiedDigitaalWaarmerk", "OnderdelenDigitaalWaarmerk",
    *(f"{naam}{deel}" for naam in ("Besluitgebied", "Besluitvlak", "Besluitsubvlak")
      for deel in _SUFFIX),
    *(f"{naam}{deel}" for naam in ("Structuurvisieplangebied", "Structuurvisiegebied",
                                   "Structuurvisiecomplex") for deel in _VISIE),
    "Structuurvisieverklaring_P",
    *(f"{overheid}{soort}" for overheid in ("Gemeentelijk", "Provinciaal", "Nationaal")
      for soort in ("Gebied", "Verbinding", "Complex", "Plangebied")),
)  # fmt: skip

TE_KIEZEN = {
    "bouwvlak": "Bouwvlak",
    "functieaanduiding": "Functieaanduiding",
    "bouwaanduiding": "Bouwaanduiding",
    "figuur": "Figuur",
    "besluitvlak": "Besluitvlak_X",
}
"""Values of `--soort` for the classes that have no columns of their own."""

_PER_NAAM = {normalise(klasse): klasse for klasse in KLASSEN} | {
    "figuren": "Figuur",
    "besluitvlak": "Besluitvlak_X",
    "besluitsubvlak": "Besluitsubvlak_X",
}
_ALLE_ZELFDE = "bouwvlak"
"""What IMRO2012 prescribes as the name of every bouwvlak."""


def class_of(naam: str) -> str | None:
    """Find the class in the name of a feature type or layer: ``app:roowfs_Bouwvlak``.

    None when there is none in it, or more than one. The longest goes before those that are
    part of it.
    """
    plat = normalise(naam)
    gevonden = [kort for kort in _PER_NAAM if kort in plat]
    los = [
        kort for kort in gevonden if not any(kort in ander for ander in gevonden if ander != kort)
    ]
    klassen = {_PER_NAAM[kort] for kort in los}
    return klassen.pop() if len(klassen) == 1 else None


def flat_layer(klasse: str | None) -> str | None:
    """Give the layer of a class; None for one without a layer."""
    if klasse is None:
        return None
    if klasse in {"Plangebied", "Plangebied_PCP"} or klasse.endswith("aalPlangebied"):
        return PLANLAAG
    return layer_of(klasse)


def table_class(rijen: pd.DataFrame, laagnaam: str) -> str | None:
    """Tell the class of a table's rows from its name, else from its columns.

    Parameters
    ----------
    rijen
        Facts under our names, see `flat_columns`.
    laagnaam
        What the layer is called.

    Returns
    -------
    str or None
        None when neither tells. A name is not believed where the rows name themselves as
        the plan: a plangebied is no object.
    """
    naam = class_of(laagnaam)
    laag = flat_layer(naam)
    gebied = _are_plans(rijen)
    if naam is not None and (laag is None or (laag == PLANLAAG) == gebied):
        return naam
    if gebied:
        return "Bestemmingsplangebied"
    for kolom, klasse in (
        ("hoofdgroep", ENKEL),
        ("groep", "Gebiedsaanduiding"),
        ("maatvoering", "Maatvoering"),
        ("waardetype", "Maatvoering"),
    ):
        if rijen[kolom].notna().any():
            return klasse
    namen = set(rijen["naam"].dropna().str.lower())
    return "Bouwvlak" if namen == {_ALLE_ZELFDE} else None


def row_classes(rijen: pd.DataFrame, klasse: str | None) -> list[str | None]:
    """Give the class of each row.

    A row that says its own class (`typePlanobject`) is believed; whether a bestemming is an
    enkel- or dubbelbestemming follows from its hoofdgroep, since none is in both lists.
    """
    zelf = [None if tekst is None else class_of(tekst) for tekst in rijen["type_object"]]
    return [
        eigen or (_bestemming(groep, klasse) if klasse in {ENKEL, DUBBELE} else klasse)
        for eigen, groep in zip(zelf, rijen["hoofdgroep"], strict=True)
    ]


def _bestemming(groep: str | None, klasse: str | None) -> str | None:
    if groep is None:
        return klasse
    return DUBBELE if groep.lower() in DUBBEL else klasse


def _are_plans(rijen: pd.DataFrame) -> bool:
    """Say whether rows are plangebieden: they have the id of a plan, or name an overheid."""
    ids = list(zip(rijen["identificatie"], rijen["plangebied"], strict=True))
    gevuld = [(eigen, plan) for eigen, plan in ids if eigen is not None]
    zelf = sum(is_own_id(eigen, plan) or IDN.fullmatch(eigen) is not None for eigen, plan in gevuld)
    return bool(gevuld) and zelf * 2 > len(gevuld)


def name_choices(soorten: Sequence[str] = tuple(TE_KIEZEN)) -> str:
    """Name the options with which a user says what the objects are."""
    return " of ".join(f"--soort {soort}" for soort in soorten)
