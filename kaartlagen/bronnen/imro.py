"""IMRO2008 and IMRO2012 GML: a plan with all its objects, each class to its layer."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kaartlagen.bogen import BOOGTOLERANTIE_M
from kaartlagen.bronnen.gml import Boogteller
from kaartlagen.bronnen.imro_klassen import ADMINISTRATIEF, PLANSTATUSSEN, VERSIES, layer_of
from kaartlagen.bronnen.imro_objecten import Planobject, read_object
from kaartlagen.bronnen.lezing import Lezing
from kaartlagen.controles import (
    BOGEN_RECHT,
    DATUM_ONLEESBAAR,
    IDN_AFWIJKEND,
    KLASSE_ONBEKEND,
    OBJECT_ZONDER_PLAN,
    PLANSTATUS_ONBEKEND,
    TAM_PLAN,
    Bevinding,
)
from kaartlagen.crs import parse_crs
from kaartlagen.datums import parse_datum
from kaartlagen.errors import BronError, CrsError
from kaartlagen.getallen import decimal, square_metres
from kaartlagen.laagframe import contract_columns
from kaartlagen.lagen import LAGEN
from kaartlagen.xmllezen import Wortel, iter_features, local_name, read_root

IDN = re.compile(r"NL\.IMRO\.[0-9]{4}\.[A-Za-z0-9]{1,18}-[A-Za-z0-9]{4}")
"""The form of a plan's idn (`domein.md` section 2.2)."""


@dataclass(frozen=True, slots=True)
class _Bestand:
    """What a whole file gave: objects, arcs per layer, and counts of classes without a layer."""

    versie: str
    objecten: tuple[Planobject, ...]
    bogen: Mapping[str, Boogteller]
    onbekend: Mapping[str, int]

    def of_layer(self, laag: str) -> list[Planobject]:
        return [lid for lid in self.objecten if lid.laag == laag]


def imro_grounds(wortel: Wortel) -> str | None:
    """Say on what grounds an XML file is an IMRO plan; None when it is not."""
    if wortel.naam == "FeatureCollectionIMRO" and wortel.namespace in VERSIES:
        return f"het wortelelement {wortel.naam} van {wortel.namespace}"
    return None


def read_imro(pad: Path) -> tuple[Lezing, ...]:
    """Read a plan file.

    Parameters
    ----------
    pad
        A GML file with root `FeatureCollectionIMRO`.

    Returns
    -------
    tuple of Lezing
        One per layer that the file fills, in the order of `kaartlagen.lagen`; one row per
        XML object. Arcs are cut into chords within `BOOGTOLERANTIE_M`.

    Raises
    ------
    BronError
        When the file is cut off, or holds no object that is read.
    CrsError
        When its geometries name different CRSs.
    """
    bestand = _read_file(pad)
    if not bestand.objecten:
        klassen = ", ".join(sorted(bestand.onbekend)) or "geen enkel object"
        raise BronError(
            f"het IMRO-bestand bevat geen objecten die gelezen worden ({klassen}).",
            waar=pad.name,
            herstel="Gelezen worden bestemmingsplannen en besluiten in IMRO2008 en IMRO2012.",
        )
    plannen = bestand.of_layer("plangebieden")
    enig = plannen[0].kolommen if len(plannen) == 1 else {}
    gemeen = Lezing(
        laag="",
        kolommen=pd.DataFrame(),
        geometrie=_array([]),
        crs=_one_crs(bestand, pad),
        gelezen=0,
        bron=str(enig.get("idn") or pad.name),
        vorm=f"{bestand.versie} GML",
        peildatum=parse_datum(enig.get("datum")),
    )
    gevuld = [laag for laag in LAGEN if bestand.of_layer(laag)]
    lezingen = [_layer(bestand, laag, gemeen) for laag in gevuld]
    over = _unknown_classes(bestand.onbekend)
    eerste = replace(lezingen[0], bevindingen=lezingen[0].bevindingen + over)
    return (eerste, *lezingen[1:])


def _layer(bestand: _Bestand, laag: str, gemeen: Lezing) -> Lezing:
    """Make the reading of one layer; `gemeen` holds what all layers of the file share."""
    objecten = bestand.of_layer(laag)
    rijen = _rows(bestand, objecten)
    houd = [plek for plek, rij in enumerate(rijen) if rij["idn"]]
    wezen = [rij for rij in rijen if not rij["idn"]]
    return replace(
        gemeen,
        laag=laag,
        kolommen=_columns(laag, [rijen[plek] for plek in houd], houd),
        geometrie=_array([objecten[plek].geometrie for plek in houd]),
        gelezen=len(objecten),
        onleesbaar={
            nummer: gebrek
            for nummer, plek in enumerate(houd)
            if (gebrek := objecten[plek].gebrek) is not None
        },
        bevindingen=(
            *OBJECT_ZONDER_PLAN.report(len(wezen), (rij.get("object_id") for rij in wezen)),
            *_arc_finding(bestand.bogen.get(laag)),
            *(_plan_findings(objecten) if laag == "plangebieden" else ()),
        ),
    )


def _read_file(pad: Path) -> _Bestand:
    versie = VERSIES[read_root(pad).namespace]
    objecten: list[Planobject] = []
    bogen: dict[str, Boogteller] = {}
    onbekend: Counter[str] = Counter()
    for element in iter_features(pad):
        klasse = local_name(element)
        laag = layer_of(klasse)
        if laag is not None:
            teller = bogen.setdefault(laag, Boogteller())
            objecten.append(read_object(element, laag, versie, teller))
        elif klasse not in ADMINISTRATIEF:
            onbekend[klasse] += 1
    return _Bestand(versie, tuple(objecten), bogen, onbekend)


def _one_crs(bestand: _Bestand, pad: Path) -> str | None:
    """Give the CRS that all geometries name; None when none names one."""
    namen = set[str]().union(*(teller.stelsels for teller in bestand.bogen.values()))
    stelsels = {parse_crs(naam, pad.name).label for naam in namen}
    if len(stelsels) > 1:
        raise CrsError(
            f"het bestand gebruikt verschillende coördinatenstelsels: "
            f"{', '.join(sorted(stelsels))}.",
            waar=pad.name,
            herstel="Vraag de bronhouder om een bestand in RD (EPSG:28992).",
        )
    return stelsels.pop() if stelsels else None


def _rows(bestand: _Bestand, objecten: Sequence[Planobject]) -> list[dict[str, object]]:
    """Fill in the references of objects, which may point anywhere in the file."""
    idns = {lid.gml_id: lid.kolommen["idn"] for lid in bestand.of_layer("plangebieden")}
    ids = {lid.gml_id: lid.kolommen.get("object_id") for lid in bestand.objecten}
    return [_row(lid, idns, ids) for lid in objecten]


def _row(
    lid: Planobject, idns: Mapping[str | None, object], ids: Mapping[str | None, object]
) -> dict[str, object]:
    """Fill in the references of one object: its plan's idn and the vlakken it speaks of."""
    if lid.laag == "plangebieden":
        return dict(lid.kolommen)
    vlakken = [ids.get(verwijzing) or verwijzing for verwijzing in lid.vlak_verwijzingen]
    return {
        **lid.kolommen,
        "idn": _idn(lid.plan_verwijzing, idns),
        "bestemmingsvlakken": json.dumps(vlakken, ensure_ascii=False),
    }


def _idn(verwijzing: str | None, idns: Mapping[str | None, object]) -> object:
    """Find the plan of an object: what it points to, else the only plan of the file."""
    if verwijzing in idns and verwijzing is not None:
        return idns[verwijzing]
    if verwijzing is not None and IDN.fullmatch(verwijzing):
        return verwijzing
    return next(iter(idns.values())) if len(idns) == 1 else None


def _columns(
    laag: str, rijen: Sequence[Mapping[str, object]], index: Sequence[int]
) -> pd.DataFrame:
    namen = LAGEN[laag].kolomnamen
    return contract_columns(laag, {n: [rij.get(n) for rij in rijen] for n in namen}, index)


def _array(vormen: Sequence[object]) -> NDArray[np.object_]:
    uit = np.empty(len(vormen), dtype=object)
    uit[:] = vormen
    return uit


def _plan_findings(plannen: Sequence[Planobject]) -> tuple[Bevinding, ...]:
    """Look at what the plangebieden say of themselves."""
    kolommen = [lid.kolommen for lid in plannen]
    vreemd = [k for k in kolommen if not IDN.fullmatch(str(k["idn"]))]
    status = [
        k for k in kolommen
        if str(k["planstatus"]).lower() not in PLANSTATUSSEN[str(k["imro_versie"])]
    ]  # fmt: skip
    datum = [k for k in kolommen if k["datum_tekst"] and not k["datum"]]
    tam = [k for k in kolommen if k["tam"]]
    return (
        *IDN_AFWIJKEND.report(len(vreemd), (k["idn"] for k in vreemd)),
        *PLANSTATUS_ONBEKEND.report(len(status), (k["planstatus"] for k in status)),
        *DATUM_ONLEESBAAR.report(len(datum), (k["datum_tekst"] for k in datum)),
        *TAM_PLAN.report(len(tam), (k["naam"] for k in tam)),
    )


def _arc_finding(teller: Boogteller | None) -> tuple[Bevinding, ...]:
    if teller is None:
        return ()
    uitleg = (
        f"Een recht stukje ligt hoogstens {decimal(BOOGTOLERANTIE_M * 1000, 0)} mm van de boog; "
        f"samen scheelt dat hoogstens {square_metres(teller.oppervlakte_m2)}."
    )
    return BOGEN_RECHT.report(teller.aantal, uitleg=uitleg)


def _unknown_classes(onbekend: Mapping[str, int]) -> tuple[Bevinding, ...]:
    namen = [f"{klasse} ({aantal})" for klasse, aantal in sorted(onbekend.items())]
    return KLASSE_ONBEKEND.report(sum(onbekend.values()), namen)
