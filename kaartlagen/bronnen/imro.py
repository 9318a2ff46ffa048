"""IMRO2006, 2008 and 2012 GML: a plan with all its objects, each class to its layer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kaartlagen.bogen import BOOGTOLERANTIE_M
from kaartlagen.bronnen.gml import Boogteller
from kaartlagen.bronnen.gml_stelsel import epsg_name
from kaartlagen.bronnen.imro_klassen import (
    ADMINISTRATIEF,
    PLANLAAG,
    PLANSTATUSSEN,
    carries_geometry,
    layer_of,
    version_of,
)
from kaartlagen.bronnen.imro_objecten import Planobject, is_idn, read_object
from kaartlagen.bronnen.imro_verwijzingen import Adresboek, link_rows
from kaartlagen.bronnen.imro_vormen import (
    Vormboek,
    fill_complexes,
    keep_highest,
    note_object,
    note_outline,
    resolve,
)
from kaartlagen.bronnen.lezing import Lezing
from kaartlagen.bronnen.stri import Dossier, find_dossier
from kaartlagen.controles import (
    BOGEN_RECHT,
    DATUM_ONLEESBAAR,
    HOOGTE_WEG,
    IDN_AFWIJKEND,
    KLASSE_ONBEKEND,
    PLANSTATUS_ONBEKEND,
    TAM_PLAN,
    Bevinding,
)
from kaartlagen.crs import parse_crs
from kaartlagen.datums import parse_datum
from kaartlagen.errors import BronError, CrsError
from kaartlagen.getallen import decimal, square_metres
from kaartlagen.imrocontroles import (
    BEGRENZING_ONGEBRUIKT,
    COMPLEX_UIT_ONDERDELEN,
    LAGERE_DIMENSIE_WEG,
)
from kaartlagen.laagframe import as_text, contract_columns
from kaartlagen.lagen import LAGEN
from kaartlagen.xmllezen import (
    Wortel,
    attribute,
    iter_features,
    local_name,
    read_root,
)


@dataclass(slots=True)
class _Bestand:
    """What a whole file gave: objects, what was counted per layer, and what was left over."""

    versie: str
    objecten: list[Planobject] = field(default_factory=list)
    tellers: dict[str, Boogteller] = field(default_factory=dict)
    omtrek: Boogteller = field(default_factory=Boogteller)
    onbekend: Counter[str] = field(default_factory=Counter)
    ongebruikt: list[str] = field(default_factory=list)
    stelsel_geheel: str | None = None

    def of_layer(self, laag: str) -> list[Planobject]:
        return [lid for lid in self.objecten if lid.laag == laag]


def imro_grounds(wortel: Wortel) -> str | None:
    """Say on what grounds an XML file is an IMRO plan; None when it is not.

    IMRO2006 has the root of GML itself: there the first members tell.
    """
    if wortel.naam == "FeatureCollectionIMRO" and version_of([wortel.namespace]):
        return f"het wortelelement {wortel.naam} van {wortel.namespace}"
    if wortel.naam == "FeatureCollection" and _version(wortel) == "IMRO2006":
        return "een FeatureCollection met objecten van IMRO2006"
    return None


def read_imro(pad: Path) -> tuple[Lezing, ...]:
    """Read a plan file.

    Parameters
    ----------
    pad
        A GML file with root `FeatureCollectionIMRO`, or a `FeatureCollection` of IMRO2006.

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
            herstel="Gelezen worden plannen, besluiten, visies en verordeningen in IMRO2006, "
            "IMRO2008 en IMRO2012.",
        )
    plannen = bestand.of_layer(PLANLAAG)
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
        eigenaar=as_text(enig.get("overheid")),
    )
    boek = Adresboek.of(bestand.versie, bestand.objecten)
    lezingen = [
        _plan_layer(lezing, plannen, pad) if lezing.laag == PLANLAAG else lezing
        for laag in LAGEN
        if bestand.of_layer(laag)
        for lezing in [_layer(bestand, boek, laag, gemeen)]
    ]
    over = _left_over(bestand)
    eerste = replace(lezingen[0], bevindingen=lezingen[0].bevindingen + over)
    return (eerste, *lezingen[1:])


def _version(wortel: Wortel) -> str | None:
    """Give the version by the root's namespace, else by those of the first members."""
    leden = [lid[1:].split("}", 1)[0] for lid in wortel.leden if lid.startswith("{")]
    return version_of([wortel.namespace]) or version_of(leden) or version_of(wortel.namespaces)


def _read_file(pad: Path) -> _Bestand:
    bestand = _Bestand(_version(read_root(pad)) or "IMRO2012")
    vormen = Vormboek()
    for nummer, element in enumerate(iter_features(pad)):
        klasse = local_name(element)
        laag = layer_of(klasse)
        if local_name(element.getparent()) == "boundedBy":
            bestand.stelsel_geheel = attribute(element, "srsName")
        elif carries_geometry(klasse):
            note_outline(element, nummer, vormen, bestand.omtrek)
        elif laag is not None:
            lid = read_object(element, laag, bestand.versie)
            bestand.objecten.append(lid)
            teller = bestand.tellers.setdefault(laag, Boogteller())
            note_object(element, lid, nummer, vormen, teller)
        elif klasse not in ADMINISTRATIEF:
            bestand.onbekend[klasse] += 1
    resolve(pad, vormen, bestand.tellers, bestand.omtrek)
    bestand.ongebruikt = sorted(vormen.dragers.keys() - vormen.gebruikt)
    return bestand


def _layer(bestand: _Bestand, boek: Adresboek, laag: str, gemeen: Lezing) -> Lezing:
    """Make the reading of one layer; `gemeen` holds what all layers of the file share."""
    objecten = bestand.of_layer(laag)
    complexen = fill_complexes(bestand.objecten) if laag == "visiegebieden" else []
    gemengd = [lid.kolommen.get("object_id") for lid in objecten if keep_highest(lid)]
    rijen = link_rows(objecten, boek)
    houd = [plek for plek, rij in enumerate(rijen.rijen) if rij["idn"]]
    return replace(
        gemeen,
        laag=laag,
        kolommen=_columns(laag, [rijen.rijen[plek] for plek in houd], houd),
        geometrie=_array([objecten[plek].geometrie for plek in houd]),
        gelezen=len(objecten),
        onleesbaar={
            nummer: gebrek
            for nummer, plek in enumerate(houd)
            if (gebrek := objecten[plek].gebrek) is not None
        },
        bevindingen=(
            *rijen.bevindingen,
            *_geometry_findings(bestand.tellers[laag]),
            *LAGERE_DIMENSIE_WEG.report(len(gemengd), gemengd),
            *COMPLEX_UIT_ONDERDELEN.report(
                len(complexen), (lid.kolommen["object_id"] for lid in complexen)
            ),
        ),
    )


def _plan_layer(lezing: Lezing, plannen: Sequence[Planobject], pad: Path) -> Lezing:
    """Add to the plangebieden what stands beside the file, and look at what they say."""
    dossiers = [
        find_dossier(pad, str(lid.kolommen["idn"]), _text(lid.kolommen["planstatus"]))
        if lid.kolommen["idn"]
        else Dossier()
        for lid in plannen
    ]
    kolommen = lezing.kolommen.copy()
    kolommen["dossierstatus"] = pd.Series(
        [dossiers[int(plek)].status for plek in kolommen.index], index=kolommen.index, dtype=object
    )
    gevonden = tuple(bevinding for dossier in dossiers for bevinding in dossier.bevindingen)
    return replace(
        lezing,
        kolommen=kolommen,
        ernaast=tuple(dict.fromkeys(p for dossier in dossiers for p in dossier.gelezen)),
        bevindingen=(*lezing.bevindingen, *_plan_findings(plannen), *gevonden),
    )


def _one_crs(bestand: _Bestand, pad: Path) -> str | None:
    """Give the CRS that all geometries name, else that of the whole; None when none is named."""
    tellers = [*bestand.tellers.values(), bestand.omtrek]
    namen = set[str]().union(*(teller.stelsels for teller in tellers))
    if not namen and bestand.stelsel_geheel:
        namen = {bestand.stelsel_geheel}
    alle = [parse_crs(epsg_name(naam), pad.name) for naam in sorted(namen)]
    stelsels = {stelsel.label: stelsel for stelsel in alle}
    if len(stelsels) > 1 and {stelsel.basis for stelsel in alle} != {"rd"}:
        raise CrsError(
            f"het bestand gebruikt verschillende coördinatenstelsels: "
            f"{', '.join(sorted(stelsels))}.",
            waar=pad.name,
            herstel="Vraag de bronhouder om een bestand in RD (EPSG:28992).",
        )
    for label, stelsel in stelsels.items():
        if stelsel.basis != "rd" and any(teller.aantal for teller in tellers):
            raise CrsError(
                f"het bestand heeft bogen en staat in {label}; bogen worden alleen in RD gelezen.",
                waar=pad.name,
                herstel="Vraag de bronhouder om een bestand in RD (EPSG:28992).",
            )
    return next(iter(stelsels), None)


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
    vreemd = [k for k in kolommen if not is_idn(k["idn"], str(k["imro_versie"]))]
    status = [
        k for k in kolommen
        if str(k["planstatus"]).lower() not in PLANSTATUSSEN[str(k["imro_versie"])]
    ]  # fmt: skip
    datum = [k for k in kolommen if k["datum_tekst"] and not k["datum"]]
    tam = [k for k in kolommen if k["tam"]]
    return (
        *IDN_AFWIJKEND.report(len(vreemd), (k["idn"] for k in vreemd)),
        *PLANSTATUS_ONBEKEND.report(len(status), (k["planstatus"] or "(leeg)" for k in status)),
        *DATUM_ONLEESBAAR.report(len(datum), (k["datum_tekst"] for k in datum)),
        *TAM_PLAN.report(len(tam), (k["naam"] for k in tam)),
    )


def _geometry_findings(teller: Boogteller) -> tuple[Bevinding, ...]:
    uitleg = (
        f"Een recht stukje ligt hoogstens {decimal(BOOGTOLERANTIE_M * 1000, 0)} mm van de boog; "
        f"samen scheelt dat hoogstens {square_metres(teller.oppervlakte_m2)}."
    )
    return (
        *BOGEN_RECHT.report(teller.aantal, uitleg=uitleg),
        *HOOGTE_WEG.report(teller.hoogten),
    )


def _left_over(bestand: _Bestand) -> tuple[Bevinding, ...]:
    """Tell of members that are in no layer, and of arcs and heights in shared outlines."""
    namen = [f"{klasse} ({aantal})" for klasse, aantal in sorted(bestand.onbekend.items())]
    return (
        *KLASSE_ONBEKEND.report(sum(bestand.onbekend.values()), namen),
        *BEGRENZING_ONGEBRUIKT.report(len(bestand.ongebruikt), bestand.ongebruikt),
        *_geometry_findings(bestand.omtrek),
    )


def _text(waarde: object) -> str | None:
    return waarde if isinstance(waarde, str) else None
