"""The flat columns of ruimtelijke plannen, under whatever name and in whatever letter case.

PDOK, the WFS of Ruimtelijkeplannen.nl and what people saved of them have one row per object,
with the facts of its plan repeated on it (`domein.md` section 2.6). A Shapefile cuts the
names: both bestemmingshoofdgroep and bestemmingsvlak then end as ``bestemming``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from types import MappingProxyType

import pandas as pd

from kaartlagen.bronnen.kolommen import find_column, normalise
from kaartlagen.laagframe import as_text
from kaartlagen.lezen import Bronlaag

NAMEN = MappingProxyType(
    {
        "identificatie": ("identificatie", "gml_id", "object_id"),
        "plangebied": (
            "plangebied",
            "plangebied_href",
            "planidentificatie",
            "plan_identificatie",
            "idn",
        ),
        "naam": ("naam",),
        "hoofdgroep": ("bestemmingshoofdgroep", "bestemmings_hoofdgroep", "hoofdgroep"),
        "groep": ("gebiedsaanduidinggroep", "gebiedsaanduiding_groep", "groep"),
        "artikelnummer": ("artikelnummer", "artikel_nummer"),
        "maatvoering": ("maatvoering",),
        "waarde": ("waarde",),
        "waardetype": ("waardetype", "waarde_type"),
        "vlak": ("bestemmingsvlak", "bestemmings_vlak"),
        "type_object": ("typeplanobject", "type_planobject", "type_plan_object"),
        "type_plan": ("typeplan", "type_plan"),
        "planstatus": ("planstatus", "plan_status"),
        "datum": ("datum", "planstatusdatum", "planstatus_datum", "datum_planstatus"),
        "dossierstatus": ("dossierstatus", "dossier_status"),
        "historisch": ("historisch", "ishistorisch", "is_historisch"),
        "versie": ("versieimro", "versie_imro", "imro_versie"),
        "overheid": ("naamoverheid", "naam_overheid"),
        "overheidscode": ("overheidscode", "overheids_code"),
        "extern": (
            "verwijzingnaarexternplan",
            "verwijzing_naar_extern_plan",
            "verwijzingnaarexternplaninfo",
        ),
    }
)
"""What each fact is called, by our name for it; case and separators make no difference."""

PLANFEITEN = ("type_plan", "planstatus", "datum", "dossierstatus", "versie")
"""The facts of the plan that every object row repeats."""

DUBBEL = frozenset({"leiding", "waarde", "waterstaat"})
"""Hoofdgroepen of dubbelbestemmingen (IMRO2008 and IMRO2012); no enkelbestemming has them."""

_ID = re.compile(r"NL\.IMRO\.[^\s,;=\"'#|]+")
_PAAR = re.compile(r'"([^"]*)"\s*=\s*"([^"]*)"')
_VERSIE = re.compile(r"(2006|2008|2012)")
_WAAR = frozenset({"true", "1", "t", "ja", "j", "waar", "yes", "y"})
_ROLLEN = (
    "als mutatie opgenomen",
    "ter vervanging van extern plan",
    "ten gevolge van extern plan/besluit",
)
"""The roles of an extern plan (IMRO2012, rolExternPlan)."""


def is_flat(kolommen: Sequence[str], monster: pd.DataFrame) -> bool:
    """Say whether a table has the columns of a flat plan, and ids of IMRO in them."""
    eigen = own_columns(kolommen, monster)
    feiten = sum(eigen[naam] is not None for naam in (*PLANFEITEN, "hoofdgroep", "groep"))
    if eigen["identificatie"] is None or feiten < 1 + (eigen["plangebied"] is None):
        return False
    ids = [eigen[naam] for naam in ("identificatie", "plangebied")]
    return any(
        _ID.search(tekst)
        for kolom in ids
        if kolom is not None
        for tekst in map(as_text, monster[kolom])
        if tekst
    )


def own_columns(kolommen: Sequence[str], rijen: pd.DataFrame) -> dict[str, str | None]:
    """Find the source's column for each fact.

    A column that two facts claim by the first ten letters of their names goes to the one
    whose values it holds: a bestemmingsvlak is named by an id of IMRO.
    """
    eigen = {naam: find_column(kolommen, koppen) for naam, koppen in NAMEN.items()}
    gekort = eigen["hoofdgroep"]
    if gekort is not None and gekort == eigen["vlak"]:
        teksten = [tekst for tekst in map(as_text, rijen[gekort]) if tekst]
        ids = sum(_ID.search(tekst) is not None for tekst in teksten)
        eigen["hoofdgroep" if ids * 2 > len(teksten) else "vlak"] = None
    return eigen


def flat_columns(bron: Bronlaag) -> pd.DataFrame:
    """Give all facts of all rows as text, under our names; None where there is none."""
    eigen = own_columns(bron.kop.kolommen, bron.kolommen)
    index = bron.kolommen.index
    data = {}
    for naam, kolom in eigen.items():
        ruw = [None] * len(index) if kolom is None else bron.kolommen[kolom].astype(object).tolist()
        data[naam] = pd.Series([as_text(waarde) for waarde in ruw], index=index, dtype=object)
    plannen = [plan_id(tekst) for tekst in data["plangebied"]]
    data["plangebied"] = pd.Series(plannen, index=index, dtype=object)
    return pd.DataFrame(data, index=index)


def plan_id(tekst: str | None) -> str | None:
    """Give the idn of a plan from what refers to it: ``#idn``, ``Bestemmingsplangebied=idn``."""
    if tekst is None:
        return None
    return re.split(r"[#=]", tekst)[-1].strip().strip('"') or None


def object_ids(tekst: str | None) -> str:
    """Give the ids in a reference to bestemmingsvlakken as a JSON list."""
    if tekst is None:
        return "[]"
    ids = _ID.findall(tekst) or [plan_id(deel) for deel in re.split(r"[,;|]", tekst)]
    return json.dumps([lid for lid in ids if lid], ensure_ascii=False)


def values(maatvoering: str | None, waardetype: str | None, waarde: str | None) -> str:
    """Give the values of a maatvoering as a JSON list of {waardetype, waarde}.

    PDOK writes ``"maximum bouwhoogte (m)"="9", "maximum goothoogte (m)"="6"``. A text in
    another form is kept as the waarde of no waardetype.
    """
    paren: list[tuple[str | None, str | None]]
    if maatvoering is not None:
        paren = [(soort.strip(), getal.strip()) for soort, getal in _PAAR.findall(maatvoering)]
        paren = paren or [(None, maatvoering)]
    elif waardetype is not None or waarde is not None:
        soorten, getallen = _listed(waardetype), _listed(waarde)
        gelijk = len(soorten) == len(getallen)
        paren = list(zip(soorten, getallen, strict=True)) if gelijk else [(waardetype, waarde)]
    else:
        paren = []
    return json.dumps(
        [{"waardetype": soort, "waarde": getal} for soort, getal in paren], ensure_ascii=False
    )


def is_literal(waarden: str) -> bool:
    """Say whether a maatvoering could not be parted into kind and value."""
    return any(lid["waardetype"] is None for lid in json.loads(waarden))


def is_historical(tekst: str | None) -> bool:
    """Say whether a row is marked as historical; an unknown mark is not taken for one."""
    return tekst is not None and tekst.lower() in _WAAR


def imro_version(tekst: str | None) -> str | None:
    """Give the version of IMRO as ``IMRO2012``; None when the text names none."""
    jaar = _VERSIE.search(tekst or "")
    return f"IMRO{jaar.group(1)}" if jaar else None


def external_plans(tekst: str | None) -> str:
    """Give the plans that a reference names as a JSON list of {idn, naam, rol}.

    The role is taken over when the text has the words of one, and of one only.
    """
    if tekst is None:
        return "[]"
    rollen = [rol for rol in _ROLLEN if rol in tekst.lower()]
    rol = rollen[0] if len(rollen) == 1 else None
    ids = list(dict.fromkeys(_ID.findall(tekst)))
    plannen = [{"idn": idn, "naam": None, "rol": rol} for idn in ids]
    plannen = plannen or [{"idn": None, "naam": tekst, "rol": rol}]
    return json.dumps(plannen, ensure_ascii=False)


def _listed(tekst: str | None) -> list[str | None]:
    """Part a list as GDAL writes one in a single cell: ``(2:9,6)`` or ``["9","6"]``."""
    if tekst is None:
        return []
    gdal = re.fullmatch(r"\(\d+:(.*)\)", tekst)
    if gdal:
        return [deel.strip() for deel in gdal.group(1).split(",")]
    if tekst.startswith("["):
        try:
            return [as_text(deel) for deel in json.loads(tekst)]
        except (ValueError, TypeError):
            return [tekst]
    return [tekst]


def is_own_id(identificatie: str | None, plangebied: str | None) -> bool:
    """Say whether a row names itself as the plan that it belongs to."""
    return identificatie is not None and normalise(identificatie) == normalise(plangebied or "")
