"""From flat rows to the layers of plans: the same rows as an IMRO file of the same plan gives.

A row repeats the facts of its plan. Where the plangebieden themselves are not at hand, they
are made from the enkelbestemmingen, and that is said: without a plan a bestemming has no
status.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from kaartlagen.bronnen.imro_klassen import PLANLAAG, PLANSTATUSSEN, kind_of
from kaartlagen.bronnen.imro_objecten import TAM, is_idn
from kaartlagen.bronnen.lezing import Lezing
from kaartlagen.bronnen.ruimtelijke_plannen_klassen import ENKEL, flat_layer
from kaartlagen.bronnen.ruimtelijke_plannen_kolommen import (
    PLANFEITEN,
    external_plans,
    imro_version,
    is_historical,
    is_literal,
    object_ids,
    plan_id,
    values,
)
from kaartlagen.bronnen.tabel import make_lezing
from kaartlagen.controles import (
    DATUM_ONLEESBAAR,
    IDN_AFWIJKEND,
    KLASSE_ONBEKEND,
    MAATVOERING_LETTERLIJK,
    OBJECT_ZONDER_PLAN,
    PLAN_HISTORISCH,
    PLANFEIT_VERSCHILT,
    PLANGEBIED_AFGELEID,
    PLANRIJ_HERHAALD,
    PLANSTATUS_ONBEKEND,
    TAM_PLAN,
    Bevinding,
)
from kaartlagen.datums import parse_datum
from kaartlagen.laagframe import contract_columns, row_names
from kaartlagen.lagen import LAGEN
from kaartlagen.lezen import Bronlaag


def plan_readings(
    bron: Bronlaag,
    rijen: pd.DataFrame,
    klassen: Sequence[str | None],
    bekend: Collection[str] = (),
) -> tuple[Lezing, ...]:
    """Make the layers of flat rows.

    Parameters
    ----------
    bron
        The rows as they were read, with their geometry.
    rijen
        Their facts under our names, see `flat_columns`; same index.
    klassen
        The IMRO class of each row; None for one that cannot be told.
    bekend
        Idn's of plans whose plangebied is elsewhere in the source.

    Returns
    -------
    tuple of Lezing
        One per layer that is filled, in the order of `kaartlagen.lagen`. Rows that are
        historical, have no plan, or repeat another are left out and counted. When no class
        has a layer, one reading without rows that says so.
    """
    lagen = [flat_layer(klasse) for klasse in klassen]
    soorten = pd.Series(list(klassen), index=rijen.index, dtype=object)
    lezingen: list[Lezing] = []
    verteller = bron  # what was found in the whole file is told with one layer
    afgeleid = _derived(bron, rijen, soorten, bekend)
    for laag in LAGEN:
        hier = np.array([eigen == laag for eigen in lagen], dtype=bool)
        if hier.any():
            lezingen.append(_reading(verteller, laag, rijen[hier], soorten[hier]))
            verteller = replace(bron, meldingen=(), krom=0, bevindingen=())
        elif laag == PLANLAAG and afgeleid is not None:
            lezingen.append(afgeleid)
    over = Counter(klasse or "onbekend" for klasse, laag in zip(klassen, lagen, strict=True)
                   if laag is None)  # fmt: skip
    namen = [f"{klasse} ({aantal})" for klasse, aantal in sorted(over.items())]
    gemeld = KLASSE_ONBEKEND.report(over.total(), namen)
    if not lezingen:
        leeg = contract_columns("figuren", {}, rijen.index[:0])
        return (replace(make_lezing("figuren", bron, leeg, bevindingen=gemeld), gelezen=0),)
    if afgeleid is not None and afgeleid not in lezingen:
        # The file has plangebieden too, but not of every plan.
        lezingen.insert(0, afgeleid)
    eerste = replace(lezingen[0], bevindingen=lezingen[0].bevindingen + gemeld)
    return (eerste, *lezingen[1:])


def _reading(bron: Bronlaag, laag: str, rijen: pd.DataFrame, soorten: pd.Series[Any]) -> Lezing:
    """Make the reading of one layer, of its rows alone."""
    kolommen = _columns(laag, rijen, soorten)
    oud = rijen["historisch"].map(is_historical).to_numpy(dtype=bool)
    los = kolommen["idn"].isna().to_numpy() & ~oud
    herhaald = _repeated(kolommen, bron.geometrie[kolommen.index.to_numpy(dtype=np.intp)])
    herhaald = herhaald & ~oud & ~los
    houd = ~(oud | los | herhaald)
    bevindingen = (
        *PLAN_HISTORISCH.report(int(oud.sum()), row_names(kolommen[oud])),
        *OBJECT_ZONDER_PLAN.report(int(los.sum()), row_names(kolommen[los])),
        *PLANRIJ_HERHAALD.report(int(herhaald.sum()), row_names(kolommen[herhaald])),
        *(_plan_findings(rijen[houd], kolommen[houd]) if laag == PLANLAAG else ()),
        *(_value_findings(kolommen[houd]) if laag == "maatvoeringen" else ()),
    )
    lezing = make_lezing(laag, bron, kolommen[houd], bevindingen=bevindingen)
    return replace(lezing, gelezen=len(rijen))


def _columns(laag: str, rijen: pd.DataFrame, soorten: pd.Series[Any]) -> pd.DataFrame:
    """Make the contract columns of the rows of one layer."""
    if laag == PLANLAAG:
        idns = [plan_id(eigen) or plan for eigen, plan in
                zip(rijen["identificatie"], rijen["plangebied"], strict=True)]  # fmt: skip
        return _plan_columns(rijen, idns)
    maak: dict[str, Callable[[], list[Any]]] = {
        "idn": rijen["plangebied"].tolist,
        "object_id": rijen["identificatie"].tolist,
        "naam": rijen["naam"].tolist,
        "soort": lambda: [
            kind_of(str(klasse), opgegeven)
            for klasse, opgegeven in zip(soorten, rijen["type_object"], strict=True)
        ],
        "hoofdgroep": rijen["hoofdgroep"].tolist,
        "groep": rijen["groep"].tolist,
        "artikelnummer": rijen["artikelnummer"].tolist,
        "bestemmingsvlakken": lambda: [object_ids(tekst) for tekst in rijen["vlak"]],
        "waarden": lambda: [
            values(*drie)
            for drie in zip(rijen["maatvoering"], rijen["waardetype"], rijen["waarde"], strict=True)
        ],
    }
    waarden = {naam: maak[naam]() for naam in LAGEN[laag].kolomnamen}
    return contract_columns(laag, waarden, rijen.index)


def _plan_columns(rijen: pd.DataFrame, idns: Sequence[str | None]) -> pd.DataFrame:
    datums = [parse_datum(tekst) for tekst in rijen["datum"]]
    return contract_columns(
        PLANLAAG,
        {
            "idn": idns,
            "naam": rijen["naam"],
            "type_plan": rijen["type_plan"],
            "planstatus": rijen["planstatus"],
            "datum": [datum.isoformat() if datum else None for datum in datums],
            "dossierstatus": rijen["dossierstatus"],
            "overheid": rijen["overheid"],
            "overheidscode": [_code(tekst) for tekst in rijen["overheidscode"]],
            "imro_versie": [imro_version(tekst) for tekst in rijen["versie"]],
            "tam": [None if naam is None else TAM.match(naam) is not None
                    for naam in rijen["naam"]],
            "extern_plan": [external_plans(tekst) for tekst in rijen["extern"]],
        },
        rijen.index,
    )  # fmt: skip


def _code(tekst: str | None) -> str | None:
    """Give the code of an overheid its four digits back: a table may have made it a number."""
    return tekst.zfill(4) if tekst is not None and tekst.isdigit() else tekst


def _repeated(kolommen: pd.DataFrame, geometrie: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Mark rows that equal an earlier one in everything, as pages of a service overlap."""
    dubbel = np.array(kolommen.duplicated(keep=False), dtype=bool)
    if not dubbel.any():
        return dubbel
    met_vorm = kolommen[dubbel].assign(vorm=shapely.to_wkb(geometrie[dubbel]))
    dubbel[np.flatnonzero(dubbel)] = met_vorm.duplicated().to_numpy(dtype=bool)
    return dubbel


def _derived(
    bron: Bronlaag, rijen: pd.DataFrame, soorten: pd.Series[Any], bekend: Collection[str]
) -> Lezing | None:
    """Make the plangebieden that the source does not have, from its enkelbestemmingen."""
    eigen = [flat_layer(klasse) == PLANLAAG for klasse in soorten]
    aanwezig = {*bekend, *_plan_ids(rijen[eigen])}
    geldend = ~rijen["historisch"].map(is_historical).to_numpy(dtype=bool)
    nodig = (soorten == ENKEL) & geldend & rijen["plangebied"].notna()
    nodig &= ~rijen["plangebied"].isin(list(aanwezig))
    if not nodig.any():
        return None
    groepen = rijen[nodig].groupby("plangebied", sort=False)
    # The first row of each plan stands for it, with only the facts on which all rows agree.
    plannen = rijen.loc[[int(groep.index[0]) for _, groep in groepen]].copy()
    verschil = []
    for feit in PLANFEITEN:
        wisselt = (groepen[feit].nunique(dropna=False) > 1).to_numpy()
        plannen.loc[wisselt, feit] = None
        verschil += [f"{idn}: {feit}" for idn in plannen["plangebied"][wisselt]]
    plannen[["naam", "overheid", "overheidscode", "extern"]] = None
    vormen = [_union(bron.geometrie[groep.index.to_numpy(dtype=np.intp)]) for _, groep in groepen]
    kolommen = _plan_columns(plannen, plannen["plangebied"].tolist())
    geometrie = np.empty(len(vormen), dtype=object)
    geometrie[:] = vormen
    return replace(
        make_lezing(PLANLAAG, bron, kolommen[:0]),
        kolommen=kolommen,
        geometrie=geometrie,
        gelezen=len(kolommen),
        bevindingen=(
            *PLANGEBIED_AFGELEID.report(len(kolommen), kolommen["idn"]),
            *PLANFEIT_VERSCHILT.report(len(verschil), verschil),
            *_plan_findings(plannen, kolommen),
        ),
    )


def _plan_ids(rijen: pd.DataFrame) -> set[str]:
    return {
        idn
        for eigen, plan in zip(rijen["identificatie"], rijen["plangebied"], strict=True)
        if (idn := plan_id(eigen) or plan) is not None
    }


def _union(vormen: NDArray[np.object_]) -> shapely.Geometry | None:
    aanwezig = vormen[~(shapely.is_missing(vormen) | shapely.is_empty(vormen))]
    if not len(aanwezig):
        return None
    geldig = np.where(shapely.is_valid(aanwezig), aanwezig, shapely.make_valid(aanwezig))
    return shapely.union_all(geldig)


def _plan_findings(rijen: pd.DataFrame, kolommen: pd.DataFrame) -> tuple[Bevinding, ...]:
    """Look at what the plangebieden say of themselves, as for an IMRO file."""
    versies = kolommen["imro_versie"].tolist()
    vreemd = [
        idn
        for idn, versie in zip(kolommen["idn"], versies, strict=True)
        if not (is_idn(idn, versie) if versie else any(is_idn(idn, v) for v in PLANSTATUSSEN))
    ]
    status = [
        planstatus or "(leeg)"
        for planstatus, versie in zip(kolommen["planstatus"], versies, strict=True)
        if str(planstatus).lower() not in _statuses(versie)
    ]
    datums = rijen["datum"][kolommen["datum"].isna().to_numpy() & rijen["datum"].notna().to_numpy()]
    tam = kolommen["naam"][kolommen["tam"].fillna(False).to_numpy(dtype=bool)]
    return (
        *IDN_AFWIJKEND.report(len(vreemd), vreemd),
        *PLANSTATUS_ONBEKEND.report(len(status), status),
        *DATUM_ONLEESBAAR.report(len(datums), datums),
        *TAM_PLAN.report(len(tam), tam),
    )


def _statuses(versie: str | None) -> frozenset[str]:
    """Give the planstatus values of a version, or of all where it is not known."""
    if versie is not None:
        return PLANSTATUSSEN[versie]
    return frozenset().union(*PLANSTATUSSEN.values())


def _value_findings(kolommen: pd.DataFrame) -> tuple[Bevinding, ...]:
    letterlijk = kolommen[[is_literal(waarden) for waarden in kolommen["waarden"]]]
    return MAATVOERING_LETTERLIJK.report(len(letterlijk), row_names(letterlijk))
