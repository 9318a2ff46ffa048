"""Omgevingsplan: ponsgebieden and functiegebieden from the files of a delivery, one by one.

Any file of a delivery may be given alone. A GIO carries its own geometry; the objects of
IMOW find theirs in the files beside them (`imow_levering`). Of one pons there is one source,
whether its objects or its geometry were given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kaartlagen.bronnen.gml import Boogteller
from kaartlagen.bronnen.gml_bevindingen import geometry_changes
from kaartlagen.bronnen.gml_stelsel import epsg_name
from kaartlagen.bronnen.imow import (
    GEBIEDSAANWIJZING,
    LOCATIES,
    PONS,
    Owobject,
    is_imow,
    read_objects,
)
from kaartlagen.bronnen.imow_levering import (
    AMBTSGEBIED,
    Levering,
    Ligging,
    find_regeling,
    geometry_ids,
    locate,
    objects_beside,
    open_delivery,
    regeling_of_gio,
)
from kaartlagen.bronnen.lezing import Lezing
from kaartlagen.bronnen.omgevingsplan_overig import (
    belongs_to_delivery,
    refuse_file,
    refuse_objects,
)
from kaartlagen.bronnen.stop_gio import Gio, Giolocatie, is_gio, read_gio
from kaartlagen.controles import (
    OW_AMBTSGEBIED,
    OW_BEEINDIGD,
    OW_BUUR_ONLEESBAAR,
    OW_KLASSE_ZONDER_LAAG,
    OW_ONTWERP,
    OW_ZONDER_GEOMETRIE,
    PONS_NIET_GENOEMD,
    Bevinding,
)
from kaartlagen.errors import BronError
from kaartlagen.laagframe import contract_columns
from kaartlagen.xmllezen import Wortel, read_root

LOCATIE = "locatie"
INFORMATIEOBJECT = "informatieobject"
"""Values of `soort` in functiegebieden beside the types of gebiedsaanwijzing."""

_LAAG = {PONS: "ponsgebieden", GEBIEDSAANWIJZING: "functiegebieden"} | dict.fromkeys(
    LOCATIES, "functiegebieden"
)


def omgevingsplan_grounds(wortel: Wortel) -> str | None:
    """Say on what grounds a file is one of an omgevingsplan; None when it is not.

    Files of a delivery that hold no areas are recognised too: `read_omgevingsplan` then says
    what they are and which file is wanted instead.
    """
    if is_gio(wortel) or is_imow(wortel) or belongs_to_delivery(wortel):
        return f"het wortelelement {wortel.naam} van {wortel.namespace}"
    return None


def gio_grounds(wortel: Wortel) -> str | None:
    """Say on what grounds a file can be read as a ponsgebied when the user says that it is."""
    if not is_gio(wortel):
        return None
    return f"het wortelelement {wortel.naam} van {wortel.namespace}, als ponsgebied opgegeven"


def read_omgevingsplan(pad: Path) -> tuple[Lezing, ...]:
    """Read one file of a delivery.

    Parameters
    ----------
    pad
        A GIO (GML), a file with OW-objects, or any other file of the delivery.

    Returns
    -------
    tuple of Lezing
        `ponsgebieden` and `functiegebieden`, as far as the file fills them.

    Raises
    ------
    BronError
        When the file holds no areas, or none that can be placed; the message says why.
    CrsError
        When its geometries stand in different CRSs.
    """
    wortel = read_root(pad)
    if is_gio(wortel):
        return _read_gio(pad)
    if is_imow(wortel):
        return _read_imow(pad)
    raise refuse_file(pad, wortel)


def read_pons_gio(pad: Path) -> tuple[Lezing, ...]:
    """Read a GIO as the ponsgebied that the user says it is.

    Raises
    ------
    BronError
        As `read_omgevingsplan`.
    """
    return _read_gio(pad, "ponsgebieden")


def _read_gio(pad: Path, laag: str = "functiegebieden") -> tuple[Lezing, ...]:
    """Read a GIO; what a pons beside it points to is read as that pons."""
    gio = read_gio(pad)
    levering = open_delivery(pad)
    ponsen, geponst = _pons_here(pad, gio, levering)
    over = [plek for plek in gio.locaties if plek.uuid not in geponst]
    return (*ponsen, *([_gio_lezing(pad, gio, over, levering, laag)] if over else []))


def _pons_here(pad: Path, gio: Gio, levering: Levering) -> tuple[list[Lezing], set[str]]:
    """Read the ponsen of the folder that point to this GIO, and say to which parts of it."""
    buren = objects_beside(levering, pad)
    eigen = {plek.uuid for plek in gio.locaties if plek.uuid}
    lezingen: list[Lezing] = []
    geponst: set[str] = set()
    for bestand in dict.fromkeys(lid.bestand for lid in buren if lid.klasse == PONS):
        ponsen = [lid for lid in buren if lid.klasse == PONS and lid.bestand == bestand]
        hier = eigen & geometry_ids(ponsen, buren)
        if hier:
            geponst |= hier
            lezingen += [
                replace(lid, ernaast=tuple(sorted({*lid.ernaast, bestand} - {pad.resolve()})))
                for lid in _read_imow(bestand)
                if lid.laag == "ponsgebieden"
            ]
    return lezingen, geponst


def _gio_lezing(
    pad: Path, gio: Gio, plekken: Sequence[Giolocatie], levering: Levering, laag: str
) -> Lezing:
    """Make rows of locations of a GIO, one each."""
    regeling = regeling_of_gio(pad, levering)
    return Lezing(
        laag=laag,
        kolommen=contract_columns(
            laag,
            {
                "object_id": [plek.uuid for plek in plekken],
                "naam": [plek.naam or gio.naam for plek in plekken],
                "soort": [INFORMATIEOBJECT] * len(plekken),
                "groep": [plek.groep for plek in plekken],
                "waarde": [plek.waarde for plek in plekken],
                "omgevingsplan": [regeling.werk] * len(plekken),
            },
            range(len(plekken)),
        ),
        geometrie=_array([plek.geometrie for plek in plekken]),
        crs=None if gio.srs is None else epsg_name(gio.srs),
        gelezen=len(plekken),
        bron=gio.work or pad.name,
        vorm="STOP GIO GML",
        peildatum=gio.datum,
        onleesbaar={n: plek.gebrek for n, plek in enumerate(plekken) if plek.gebrek},
        bevindingen=(
            *_pons_hint(gio, laag),
            *_changes([gio]),
            *OW_BUUR_ONLEESBAAR.report(len(levering.onleesbaar), _unreadable(levering)),
        ),
        ernaast=tuple(sorted(levering.gebruikt)),
    )


def _pons_hint(gio: Gio, laag: str) -> tuple[Bevinding, ...]:
    """Say so when a GIO is called a pons, and no object says that it is one."""
    namen = [naam for naam in (gio.naam, *(plek.naam for plek in gio.locaties)) if naam]
    if laag == "ponsgebieden" or not any("pons" in naam.lower() for naam in namen):
        return ()
    return PONS_NIET_GENOEMD.report(1, namen[:1])


def _read_imow(pad: Path) -> tuple[Lezing, ...]:
    """Read the OW-objects of a file that have an area, each class to its layer."""
    objecten = read_objects(pad)
    zonder = Counter(lid.klasse for lid in objecten if lid.klasse not in _LAAG)
    if zonder.total() == len(objecten):
        raise refuse_objects(pad, zonder)
    levering = open_delivery(pad)
    bekend = (*objecten, *objects_beside(levering, pad))
    lezingen = []
    for laag in ("ponsgebieden", "functiegebieden"):
        eigen = [lid for lid in objecten if _LAAG.get(lid.klasse) == laag]
        if eigen:
            lezingen.append(_ow_lezing(pad, laag, eigen, bekend, levering))
    if not any(len(lezing.kolommen) for lezing in lezingen):
        raise _nothing_left(pad, lezingen)
    namen = [f"{klasse} ({aantal})" for klasse, aantal in sorted(zonder.items())]
    over = OW_KLASSE_ZONDER_LAAG.report(zonder.total(), namen)
    eerste = replace(lezingen[0], bevindingen=lezingen[0].bevindingen + over)
    return (eerste, *lezingen[1:])


def _ow_lezing(
    pad: Path,
    laag: str,
    objecten: Sequence[Owobject],
    bekend: Sequence[Owobject],
    levering: Levering,
) -> Lezing:
    """Make the rows of one layer; objects that do not hold or have no place are left out."""
    ligging = locate(objecten, bekend, levering)
    geldig = [not lid.beeindigd and not lid.ontwerp for lid in objecten]
    houd = [n for n, goed in enumerate(geldig) if goed and n not in ligging.gebreken]
    rijen = [objecten[n] for n in houd]
    regeling = find_regeling(pad, levering, met_datum=laag == "ponsgebieden")
    datum = regeling.datum.isoformat() if regeling.datum else None
    return Lezing(
        laag=laag,
        kolommen=contract_columns(
            laag,
            {
                "object_id": [lid.id for lid in rijen],
                "naam": [objecten[n].naam or ligging.namen.get(n) for n in houd],
                "soort": [lid.soort or LOCATIE for lid in rijen],
                "groep": [lid.groep for lid in rijen],
                "omgevingsplan": [regeling.werk] * len(rijen),
                "datum": [datum] * len(rijen),
            },
            houd,
        ),
        geometrie=_array([ligging.vormen[n] for n in houd]),
        crs=epsg_name(ligging.srs or "EPSG:28992") if not houd or ligging.srs else None,
        gelezen=len(objecten),
        bron=_source(pad, laag, rijen),
        vorm="IMOW XML",
        peildatum=regeling.datum,
        bevindingen=(
            *_not_in_force(objecten),
            *_not_placed(objecten, geldig, ligging),
            *_changes(ligging.gios),
            *OW_BUUR_ONLEESBAAR.report(len(levering.onleesbaar), _unreadable(levering)),
        ),
        ernaast=tuple(sorted(levering.gebruikt - {pad, pad.resolve()})),
    )


def _source(pad: Path, laag: str, rijen: Sequence[Owobject]) -> str:
    """Name the source: a pons by its own id, so that a new delivery of it replaces the old."""
    ids = [lid.id for lid in rijen if lid.id]
    return ids[0] if laag == "ponsgebieden" and len(ids) == 1 else pad.name


def _not_in_force(objecten: Sequence[Owobject]) -> tuple[Bevinding, ...]:
    oud = [lid.id for lid in objecten if lid.beeindigd]
    ontwerp = [lid.id for lid in objecten if lid.ontwerp and not lid.beeindigd]
    return (*OW_BEEINDIGD.report(len(oud), oud), *OW_ONTWERP.report(len(ontwerp), ontwerp))


def _not_placed(
    objecten: Sequence[Owobject], geldig: Sequence[bool], ligging: Ligging
) -> tuple[Bevinding, ...]:
    mis = {n: gebrek for n, gebrek in sorted(ligging.gebreken.items()) if geldig[n]}
    ambt = [objecten[n].id for n, gebrek in mis.items() if gebrek == AMBTSGEBIED]
    rest = [f"{objecten[n].id}: {gebrek}" for n, gebrek in mis.items() if gebrek != AMBTSGEBIED]
    return (
        *OW_AMBTSGEBIED.report(len(ambt), ambt),
        *OW_ZONDER_GEOMETRIE.report(len(rest), rest),
    )


def _nothing_left(pad: Path, lezingen: Sequence[Lezing]) -> BronError:
    """Refuse a file of which no object can be taken, with the reasons of its findings."""
    redenen = [
        f"{bevinding.uitleg} ({'; '.join(bevinding.voorbeelden)})"
        for lezing in lezingen
        for bevinding in lezing.bevindingen
        if bevinding.niveau == "fout" or bevinding.code == OW_BUUR_ONLEESBAAR.code
    ]
    return BronError(
        f"van dit OW-bestand kan geen enkel object worden opgenomen. {' '.join(redenen)}",
        waar=pad.name,
    )


def _unreadable(levering: Levering) -> list[str]:
    return [f"{naam}: {reden}" for naam, reden in sorted(levering.onleesbaar.items())]


def _changes(gios: Iterable[Gio]) -> tuple[Bevinding, ...]:
    """Report what building the geometry of files changed, for all of them together."""
    tellers = [gio.bogen for gio in gios]
    samen = Boogteller(
        aantal=sum(teller.aantal for teller in tellers),
        oppervlakte_m2=sum(teller.oppervlakte_m2 for teller in tellers),
        hoogten=sum(teller.hoogten for teller in tellers),
    )
    return geometry_changes(samen)


def _array(vormen: Sequence[object]) -> NDArray[np.object_]:
    uit = np.empty(len(vormen), dtype=object)
    uit[:] = vormen
    return uit
